//! A limit for templates of a project, which may loop without an end.
//!
//! tera does not count, so a call that counts is put into the text of every
//! template, wherever something is repeated: where the body of a loop begins,
//! or of what can be shown again and again, and into the condition of a list
//! that is made of another.

use std::cell::Cell;
use std::ops::Range;

use tera::{Error, Kwargs, State, Tera, TeraResult};

/// So many times all loops together may go round for one page.
const ROUNDS: usize = 10_000_000;

/// The name of the function that counts a round of a loop.
const ROUND: &str = "__round";

/// The same for the beginning of anything else that can be repeated.
const BEGINNING: &str = "__beginning";

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

/// Lets templates count. A beginning costs as much as a hundred rounds.
pub(super) fn register(tera: &mut Tera) {
    for (name, cost) in [(ROUND, 1), (BEGINNING, 100)] {
        tera.register_function(name, move |_: Kwargs, _: &State<'_>| count(cost));
    }
}

fn count(cost: usize) -> TeraResult<bool> {
    LEFT.set(LEFT.get().saturating_sub(cost));
    if is_over() {
        return Err(Error::message("too many rounds"));
    }
    Ok(true)
}

/// A template that counts, and where it came from.
#[derive(Default)]
pub(super) struct Counted {
    pub(super) text: String,
    /// What was put in.
    inserted: Vec<Range<usize>>,
}

impl Counted {
    /// A stretch of this text in the text that was written.
    pub(super) fn origin(&self, span: &Range<usize>) -> Range<usize> {
        let start = self.origin_of(span.start);
        start..self.origin_of(span.end).max(start)
    }

    fn origin_of(&self, at: usize) -> usize {
        let before = self.inserted.iter().take_while(|new| new.start < at);
        at - before.map(|new| new.end.min(at) - new.start).sum::<usize>()
    }

    fn insert(&mut self, what: &str) {
        let start = self.text.len();
        self.text.push_str(what);
        self.inserted.push(start..self.text.len());
    }
}

/// A template, which can be compiled, with calls that count.
pub(super) fn counted(template: &str) -> Counted {
    let mut scanner = Scanner {
        rest: template,
        counted: Counted::default(),
    };
    while let Some(start) = next_tag(scanner.rest) {
        scanner.pass(start);
        match scanner.rest.as_bytes().get(1) {
            Some(b'#') => scanner.pass_until("#}"),
            Some(b'{') => scanner.expressions("}}"),
            _ => scanner.block(),
        }
    }
    scanner.pass(scanner.rest.len());
    scanner.counted
}

/// Where a template has the next of its tags, expressions and comments.
pub(super) fn next_tag(template: &str) -> Option<usize> {
    let starts = ["{{", "{%", "{#"].map(|start| template.find(start));
    starts.into_iter().flatten().min()
}

struct Scanner<'a> {
    rest: &'a str,
    counted: Counted,
}

/// A bracket that is open within a tag.
enum Bracket {
    /// That of a list.
    List,
    /// That of a list made of another, whose rounds are not counted yet.
    Loop,
    Other,
}

impl<'a> Scanner<'a> {
    fn pass(&mut self, length: usize) -> &'a str {
        let (passed, rest) = self.rest.split_at(length);
        self.counted.text.push_str(passed);
        self.rest = rest;
        passed
    }

    fn pass_until(&mut self, end: &str) {
        let at = self.rest.find(end).map(|at| at + end.len());
        self.pass(at.unwrap_or(self.rest.len()));
    }

    /// A tag, and a count behind it where it begins what may be repeated.
    fn block(&mut self) {
        let inside = self.rest[2..].trim_start_matches('-').trim_start();
        let counter = match &inside[..word_end(inside)] {
            "raw" => {
                self.pass_until("endraw");
                return self.pass_until("%}");
            }
            "for" => Some(ROUND),
            "include" | "component" | "block" => Some(BEGINNING),
            _ => None,
        };
        self.expressions("%}");
        if let Some(counter) = counter {
            let trims = self.counted.text.ends_with("-%}");
            let end = if trims { "-%}" } else { "%}" };
            let count = format!("{{% if {counter}() %}}{{% endif {end}");
            self.counted.insert(&count);
        }
    }

    /// What is in a tag, with a count for each round of a list made of another.
    fn expressions(&mut self, end: &str) {
        let mut open = Vec::new();
        self.pass(2);
        while let Some(c) = self.rest.chars().next() {
            if self.rest.starts_with(end) {
                self.pass(end.len());
                return;
            }
            match c {
                '"' | '\'' | '`' => self.string(c),
                '0'..='9' => self.number(),
                c if is_of_word(c) => self.word(&mut open),
                c => self.sign(c, &mut open),
            }
        }
    }

    fn sign(&mut self, sign: char, open: &mut Vec<Bracket>) {
        match sign {
            '[' => open.push(Bracket::List),
            '(' | '{' => open.push(Bracket::Other),
            ']' | ')' | '}' => {
                if let Some(Bracket::Loop) = open.pop() {
                    self.counted.insert(&format!(" if {ROUND}()"));
                }
            }
            _ => {}
        }
        self.pass(sign.len_utf8());
    }

    fn word(&mut self, open: &mut [Bracket]) {
        let word = self.pass(word_end(self.rest));
        match (word, open.last_mut()) {
            ("for", Some(list @ Bracket::List)) => *list = Bracket::Loop,
            ("if", Some(list @ Bracket::Loop)) => {
                *list = Bracket::Other;
                self.counted.insert(&format!(" {ROUND}() and"));
            }
            _ => {}
        }
    }

    /// A word may follow it without a space.
    fn number(&mut self) {
        let end = self.rest.find(|c: char| !c.is_ascii_digit() && c != '.');
        self.pass(end.unwrap_or(self.rest.len()));
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
}

fn word_end(text: &str) -> usize {
    text.find(|c| !is_of_word(c)).unwrap_or(text.len())
}

/// A field is one word with what it is a field of: its name is no keyword.
fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(template: &str, expected: &str) {
        let counted = counted(template);
        let text = counted
            .text
            .replace("{% if __round() %}{% endif %}", "{% 1 %}");
        let text = text.replace("{% if __beginning() %}{% endif %}", "{% 100 %}");
        assert_eq!(text, expected);
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
            "a{%- for x in y -%} {{ x }}{% endfor %}b",
            "a{%- for x in y -%}{% if __round() %}{% endif -%} {{ x }}{% endfor %}b",
        );
        check(
            "{{ [x for k, x in m if x in y] | length }}!",
            "{{ [x for k, x in m if __round() and x in y] | length }}!",
        );
        check(
            "{{ [1.5for x in y] }}.",
            "{{ [1.5for x in y if __round()] }}.",
        );
        check(
            "{% for x in [[y if y else z for y in z] for z in \"a]%}\"] %}.",
            "{% for x in [[y if y else z for y in z if __round()] for z in \"a]%}\" if __round()] %}{% 1 %}.",
        );
    }

    #[test]
    fn what_repeats_itself_without_a_loop_is_counted() {
        check("{%- include \"a\" %}.", "{%- include \"a\" %}{% 100 %}.");
        check(
            "{% component a(b) -%} x {% endcomponent a %}.",
            "{% component a(b) -%}{% if __beginning() %}{% endif -%} x {% endcomponent a %}.",
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
