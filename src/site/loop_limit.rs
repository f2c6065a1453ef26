//! A limit for templates of a project, which may loop without an end.
//!
//! tera does not count, so a call that counts is put into the text of every
//! template: around what a loop goes through, and into what can be repeated
//! without one.

use std::cell::Cell;
use std::ops::Range;

use tera::{Error, Kwargs, State, TeraResult, Value};

/// So many times all loops together may go round for one page.
const ROUNDS: usize = 10_000_000;

/// What it costs to begin a loop, or anything else that can be repeated.
const BEGINNING: usize = 100;

/// The name of the function that counts.
pub(super) const COUNTER: &str = "__rounds";

/// A call that counts a beginning, and shows nothing.
const ONE: &str = "__rounds(of=\"\")";

thread_local! {
    static LEFT: Cell<usize> = const { Cell::new(ROUNDS) };
}

/// Begins to count for a page on this thread.
pub(super) fn begin() {
    LEFT.set(ROUNDS);
}

/// Whether the page on this thread went over the limit.
pub(super) fn is_over() -> bool {
    LEFT.get() == 0
}

/// Counts the rounds that a loop is going to make, and passes on what it goes
/// through.
pub(super) fn count(arguments: &Kwargs, _: &State<'_>) -> TeraResult<Value> {
    let of = arguments.get::<Value>("of")?;
    let of = of.unwrap_or_else(Value::undefined);
    let rounds = of.len().unwrap_or_default() + BEGINNING;
    LEFT.set(LEFT.get().saturating_sub(rounds));
    if is_over() {
        return Err(Error::message("too many rounds"));
    }
    Ok(of)
}

/// A template that counts, and where it came from.
#[derive(Default)]
pub(super) struct Counted {
    pub(super) text: String,
    /// What was put in: where it ends in this text, and the length of all
    /// until there.
    inserted: Vec<(usize, usize)>,
}

impl Counted {
    /// A stretch of this text in the text that was written.
    pub(super) fn origin(&self, span: &Range<usize>) -> Range<usize> {
        let start = self.origin_of(span.start);
        start..self.origin_of(span.end).max(start)
    }

    fn origin_of(&self, at: usize) -> usize {
        let before = self.inserted.partition_point(|(end, _)| *end <= at);
        let length = before.checked_sub(1).map_or(0, |n| self.inserted[n].1);
        let next = self.inserted.get(before);
        let inside = next.map_or(at, |(end, all)| end - (all - length));
        at.min(inside) - length
    }

    fn insert(&mut self, what: &str) {
        self.text.push_str(what);
        let before = self.inserted.last().map_or(0, |(_, length)| *length);
        self.inserted.push((self.text.len(), before + what.len()));
    }
}

/// A template, which can be compiled, with calls that count.
pub(super) fn counted(template: &str) -> Counted {
    let mut scanner = Scanner {
        rest: template,
        counted: Counted::default(),
    };
    while let Some(start) = scanner.next_tag() {
        scanner.pass(start);
        match scanner.rest.as_bytes().get(1) {
            Some(b'#') => scanner.pass_until("#}"),
            Some(b'{') => drop(scanner.tag("}}")),
            _ => scanner.block(),
        }
    }
    scanner.pass(scanner.rest.len());
    scanner.counted
}

struct Scanner<'a> {
    rest: &'a str,
    counted: Counted,
}

/// What is open within a tag.
#[derive(Default)]
struct Open {
    brackets: Vec<char>,
    loops: Vec<Loop>,
}

/// A loop, until what it goes through ends.
struct Loop {
    /// How many brackets it is in.
    depth: usize,
    /// Whether what it goes through has begun.
    is_counted: bool,
}

impl Open {
    /// The innermost loop, if it is in as many brackets as are open.
    fn innermost(&mut self) -> Option<&mut Loop> {
        let depth = self.brackets.len();
        self.loops.last_mut().filter(|it| it.depth == depth)
    }
}

impl<'a> Scanner<'a> {
    fn next_tag(&self) -> Option<usize> {
        let starts = ["{{", "{%", "{#"].map(|start| self.rest.find(start));
        starts.into_iter().flatten().min()
    }

    fn pass(&mut self, length: usize) {
        let (passed, rest) = self.rest.split_at(length);
        self.counted.text.push_str(passed);
        self.rest = rest;
    }

    fn pass_until(&mut self, end: &str) {
        let at = self.rest.find(end).map(|at| at + end.len());
        self.pass(at.unwrap_or(self.rest.len()));
    }

    /// A tag, and a count beside it where it may be repeated.
    fn block(&mut self) {
        let trims = self.rest[2..].starts_with('-');
        let words = self.rest[2..].trim_start_matches('-').trim_start();
        let name = words
            .split(|c: char| !c.is_alphanumeric() && c != '_')
            .next();
        match name {
            Some("raw") => {
                self.pass_until("endraw");
                self.pass_until("%}");
            }
            Some("include") => {
                let trim = if trims { "-" } else { "" };
                self.counted.insert(&format!("{{{{{trim} {ONE} }}}}"));
                self.tag("%}");
            }
            Some("component" | "block") => {
                let trim = if self.tag("%}") { "-" } else { "" };
                self.counted.insert(&format!("{{{{ {ONE} {trim}}}}}"));
            }
            _ => drop(self.tag("%}")),
        }
    }

    /// A tag with its loops counted. Says whether it trims what follows.
    fn tag(&mut self, end: &str) -> bool {
        let mut open = Open::default();
        let mut may_loop = end == "%}";
        self.pass(2);
        while let Some(c) = self.rest.chars().next() {
            let trims = self.rest.starts_with('-');
            if self.rest[usize::from(trims)..].starts_with(end) {
                open.loops.iter().for_each(|it| self.close(it));
                self.pass(usize::from(trims) + end.len());
                return trims;
            }
            match c {
                '"' | '\'' | '`' => self.string(c),
                '.' => {
                    self.pass(1);
                    self.pass(self.word().len());
                }
                c if c.is_alphabetic() || c == '_' => {
                    self.keyword(&mut open, may_loop);
                    may_loop = false;
                }
                c => self.sign(c, &mut open),
            }
        }
        false
    }

    fn sign(&mut self, sign: char, open: &mut Open) {
        match sign {
            '(' | '[' | '{' => open.brackets.push(sign),
            ')' | ']' | '}' => {
                self.close_innermost(open);
                open.brackets.pop();
            }
            _ => {}
        }
        self.pass(sign.len_utf8());
    }

    /// A word, which may begin a loop, or what it goes through, or end that.
    fn keyword(&mut self, open: &mut Open, may_loop: bool) {
        let word = self.word();
        let is_in_list = open.brackets.last() == Some(&'[');
        if word == "if" && is_in_list {
            self.close_innermost(open);
        }
        self.pass(word.len());
        if word == "for" && (may_loop || is_in_list) {
            open.loops.push(Loop {
                depth: open.brackets.len(),
                is_counted: false,
            });
        }
        if word == "in"
            && let Some(begun) = open.innermost().filter(|it| !it.is_counted)
        {
            begun.is_counted = true;
            let space = self.rest.len() - self.rest.trim_start().len();
            self.pass(space);
            self.counted.insert(&format!("{COUNTER}(of="));
        }
    }

    fn close_innermost(&mut self, open: &mut Open) {
        if open.innermost().is_some()
            && let Some(ended) = open.loops.pop()
        {
            self.close(&ended);
        }
    }

    fn string(&mut self, quote: char) {
        let mut is_escaped = false;
        let end = self.rest.char_indices().skip(1).find(|(_, c)| {
            let ends = *c == quote && !is_escaped;
            is_escaped = *c == '\\' && !is_escaped;
            ends
        });
        self.pass(end.map_or(self.rest.len(), |(at, _)| at + 1));
    }

    fn word(&self) -> &'a str {
        let is_end = |c: char| !c.is_alphanumeric() && c != '_';
        let end = self.rest.find(is_end).unwrap_or(self.rest.len());
        &self.rest[..end]
    }

    /// What a loop goes through ends here.
    fn close(&mut self, ended: &Loop) {
        if ended.is_counted {
            let text = &mut self.counted.text;
            let space = text.split_off(text.trim_end().len());
            self.counted.insert(")");
            self.counted.text.push_str(&space);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(template: &str, expected: &str) {
        let counted = counted(template);
        assert_eq!(counted.text.replace(ONE, "1"), expected);
        for (at, _) in template.char_indices() {
            let rest = &template[at..];
            if let Some(there) = counted.text.rfind(rest)
                && rest.starts_with(char::is_alphanumeric)
            {
                assert_eq!(counted.origin(&(there..there)).start, at, "{rest}");
            }
        }
    }

    #[test]
    fn every_loop_is_counted() {
        check(
            "a{%- for x in y -%}{{ x }}{% endfor %}b",
            "a{%- for x in __rounds(of=y) -%}{{ x }}{% endfor %}b",
        );
        check(
            "{{ [x for k, x in m if x in y] | length }}!",
            "{{ [x for k, x in __rounds(of=m) if x in y] | length }}!",
        );
        check(
            "{% for x in [[y for y in z] for z in \"a]%}\"] %}.",
            "{% for x in __rounds(of=[[y for y in __rounds(of=z)] for z in __rounds(of=\"a]%}\")]) %}.",
        );
    }

    #[test]
    fn what_repeats_itself_without_a_loop_is_counted() {
        check("{%- include \"a\" %}.", "{{- 1 }}{%- include \"a\" %}.");
        check(
            "{% component a(b) -%} x {% endcomponent a %}.",
            "{% component a(b) -%}{{ 1 -}} x {% endcomponent a %}.",
        );
    }

    #[test]
    fn what_is_no_loop_stays_as_it_is() {
        for text in [
            "for x in y",
            "{# {% for x in y %} #}",
            "{% raw %}{% for x in y %}{% endraw %}",
            "{{ \"{% for x in y %}\" ~ a.for }}{% if a in b %}{% endif %}",
        ] {
            check(text, text);
        }
    }
}
