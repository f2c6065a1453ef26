//! Limits for templates of a project, which may loop, and join texts to
//! themselves, without an end.
//!
//! tera does not count, so calls that count are put into the text of every
//! template: where the body of a loop begins, or of what can be shown again and
//! again; into the condition of a list that is made of another; and where a
//! value is made of others, which are measured before that.

use std::cell::Cell;
use std::ops::Range;

use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use crate::markers::MAX_PAGE;

/// What the templates may use up for one page.
#[derive(Clone, Copy)]
struct Budget {
    /// So many times all loops together may go round.
    rounds: usize,
    /// So many bytes may be made of others: twice the largest page.
    bytes: usize,
}

const BUDGET: Budget = Budget {
    rounds: 10_000_000,
    bytes: 2 * MAX_PAGE,
};

/// What a page used up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Limit {
    Rounds,
    Bytes,
}

/// The name of the function that counts a round of a loop.
const ROUND: &str = "__round";

/// The same for the beginning of anything else that can be repeated.
const BEGINNING: &str = "__beginning";

/// The same for an item of a list that is made of another.
const ITEM: &str = "__item";

/// The same for text that is set aside.
const TEXT: &str = "__text";

/// The name of the filter that counts all bytes of a value.
const MADE: &str = "__made";

/// The same for the value itself, without what is in its items.
const TAKEN: &str = "__taken";

/// Filters that take no longer for a larger value.
const QUICK: [&str; 12] = [
    "abs",
    "default",
    "first",
    "float",
    "get",
    "int",
    "last",
    "length",
    "nth",
    "pluralize",
    "round",
    "safe",
];

/// Filters that make more than they are given. Each is called by way of another
/// that measures before.
const GROWING: [&str; 3] = ["indent", "join", "replace"];

/// What a value takes by itself, in bytes.
const VALUE: usize = 32;

thread_local! {
    static LEFT: Cell<Budget> = const { Cell::new(BUDGET) };
}

/// Begins to count for a page on this thread.
pub(super) fn begin() {
    LEFT.set(BUDGET);
}

/// The limit that the page on this thread went over.
pub(super) fn exceeded() -> Option<Limit> {
    match LEFT.get() {
        Budget { rounds: 0, .. } => Some(Limit::Rounds),
        Budget { bytes: 0, .. } => Some(Limit::Bytes),
        _ => None,
    }
}

/// Lets templates count. A beginning costs as much as a hundred rounds.
pub(super) fn register(tera: &mut Tera) {
    for (name, rounds, bytes) in [(ROUND, 1, 0), (BEGINNING, 100, 0), (ITEM, 1, VALUE)] {
        tera.register_function(name, move |_: Kwargs, _: &State<'_>| spend(rounds, bytes));
    }
    tera.register_function(TEXT, |arguments: Kwargs, _: &State<'_>| {
        spend(0, arguments.must_get("bytes")?)
    });
    tera.register_filter(MADE, |value: Value, _: Kwargs, _: &State<'_>| {
        spend(0, size(&value, BUDGET.bytes)).map(|_| value)
    });
    tera.register_filter(TAKEN, |value: Value, _: Kwargs, _: &State<'_>| {
        spend(0, own_size(&value)).map(|_| value)
    });
    for name in GROWING {
        let grow = move |value: Value, arguments: Kwargs, state: &State<'_>| {
            spend(0, grown(name, &value, &arguments))?;
            state.call_filter(name, &value, arguments)
        };
        tera.register_filter(format!("__{name}"), grow);
    }
}

fn spend(rounds: usize, bytes: usize) -> TeraResult<bool> {
    let left = LEFT.get();
    LEFT.set(Budget {
        rounds: left.rounds.saturating_sub(rounds),
        bytes: left.bytes.saturating_sub(bytes),
    });
    match exceeded() {
        Some(_) => Err(Error::message("too much for one page")),
        None => Ok(true),
    }
}

/// How many bytes a value takes with all that is in it, counted up to a limit.
fn size(value: &Value, limit: usize) -> usize {
    let items = value.as_array().into_iter().flatten();
    let values = value.as_map().into_iter().flat_map(|map| map.values());
    let mut all = own_size(value);
    for item in items.chain(values) {
        if all > limit {
            break;
        }
        all += size(item, limit - all);
    }
    all
}

fn own_size(value: &Value) -> usize {
    let items = value.as_array().map_or(0, <[Value]>::len);
    VALUE + value.as_str().map_or(VALUE * items, str::len)
}

/// The most bytes that a filter of that name makes of a value.
fn grown(name: &str, value: &Value, arguments: &Kwargs) -> usize {
    let length = |argument| {
        let text = arguments.get::<&str>(argument).ok().flatten();
        text.map_or(0, str::len)
    };
    let given = value.as_str().unwrap_or_default();
    let added = match name {
        "indent" => given.lines().count().saturating_mul(MAX_INDENT),
        "join" => {
            let items = value.as_array().map_or(0, <[Value]>::len);
            items.saturating_mul(length("sep"))
        }
        _ => {
            let from = arguments.get("from").ok().flatten().unwrap_or(given);
            let count = given.matches(from).count();
            count.saturating_mul(length("to"))
        }
    };
    size(value, BUDGET.bytes).saturating_add(added)
}

/// As many characters as tera puts before a line at most.
const MAX_INDENT: usize = 1000;

/// A template that counts, and where it came from.
#[derive(Default)]
pub(super) struct Counted {
    pub(super) text: String,
    /// What was put in, in order.
    inserted: Vec<Inserted>,
}

/// A stretch that was put in.
struct Inserted {
    span: Range<usize>,
    /// The length of all that was put in before it.
    before: usize,
}

impl Counted {
    /// A stretch of this text in the text that was written.
    pub(super) fn origin(&self, span: &Range<usize>) -> Range<usize> {
        let start = self.origin_of(span.start);
        start..self.origin_of(span.end).max(start)
    }

    fn origin_of(&self, at: usize) -> usize {
        let before = self.inserted.partition_point(|new| new.span.start < at);
        let last = before.checked_sub(1).map(|last| &self.inserted[last]);
        let length = |new: &Inserted| new.before + new.span.end.min(at) - new.span.start;
        at - last.map_or(0, length)
    }

    fn insert(&mut self, what: &str) {
        let last = self.inserted.last();
        let before = last.map_or(0, |last| last.before + last.span.len());
        let start = self.text.len();
        self.text.push_str(what);
        let span = start..self.text.len();
        self.inserted.push(Inserted { span, before });
    }
}

/// A template, which can be compiled, with calls that count. Of a part of others
/// nobody knows whether its text is set aside.
pub(super) fn counted(template: &str, is_part: bool) -> Counted {
    let mut scanner = Scanner {
        rest: template,
        counted: Counted::default(),
        set_aside: usize::from(is_part),
    };
    while let Some(start) = next_tag(scanner.rest) {
        scanner.pass(start);
        match scanner.rest.as_bytes().get(1) {
            Some(b'#') => scanner.pass_until("#}"),
            Some(b'{') => scanner.shown(),
            _ => scanner.block(),
        }
    }
    scanner.pass(scanner.rest.len());
    scanner.counted
}

/// Where a template has the next of its tags, expressions and comments.
pub(super) fn next_tag(template: &str) -> Option<usize> {
    let is_start = |at: &usize| matches!(template.as_bytes().get(at + 1), Some(b'{' | b'%' | b'#'));
    let mut braces = template.match_indices('{').map(|(at, _)| at);
    braces.find(is_start)
}

struct Scanner<'a> {
    rest: &'a str,
    counted: Counted,
    /// How many texts are open that are not written, but kept as a value.
    set_aside: usize,
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
        let word = &inside[..word_end(inside)];
        match word {
            "raw" => {
                self.pass_until("endraw");
                return self.pass_until("%}");
            }
            "set" | "set_global" => self.assignment(),
            "filter" => {
                self.pass_until(word);
                self.counted.insert(&format!(" {TAKEN} |"));
                self.set_aside += 1;
            }
            "component" => self.set_aside += 1,
            "endset" | "endfilter" | "endcomponent" => self.ends_aside(),
            _ if inside.starts_with("</") => self.ends_aside(),
            _ => {}
        }
        let begins_body = inside.starts_with('<') && !inside.starts_with("</");
        self.inside("%}");
        let is_whole = self.counted.text.ends_with('/');
        self.end("%}");
        self.set_aside += usize::from(begins_body && !is_whole);
        match word {
            "for" => self.count(&format!("{ROUND}()")),
            "include" | "component" | "block" => self.count(&format!("{BEGINNING}()")),
            _ => {}
        }
        if word != "extends" {
            self.count_text();
        }
    }

    fn ends_aside(&mut self) {
        self.set_aside = self.set_aside.saturating_sub(1);
    }

    /// The beginning of a tag that names a value, which is measured where it is
    /// made of others. What it is made of stands behind `=`, or after the tag.
    fn assignment(&mut self) {
        self.pass_until("set");
        self.pass(word_end(self.rest));
        self.space();
        self.pass(word_end(self.rest));
        let Some(value) = self.rest.trim_start().strip_prefix('=') else {
            self.counted.insert(&format!(" | {MADE}"));
            self.set_aside += 1;
            return;
        };
        let value = value.trim_start();
        let after = value[word_end(value)..].trim_start();
        if !after.starts_with("%}") && !after.starts_with("-%}") {
            self.pass_until("=");
            self.measured("%}");
        }
    }

    /// What is in a tag, measured as a whole.
    fn measured(&mut self, end: &str) {
        self.counted.insert("(");
        self.inside(end);
        self.counted.insert(&format!(") | {MADE} "));
    }

    /// What is shown. Where it is set aside, it is measured; a component is by
    /// its parts.
    fn shown(&mut self) {
        self.pass(2);
        if self.rest.starts_with('-') {
            self.pass(1);
        }
        let value = self.rest.trim_start();
        let (name, after) = value.split_at(word_end(value));
        let is_super = name == "super" && after.trim_start().starts_with('(');
        let is_in_parts = value.starts_with('<') || is_super;
        if self.set_aside > 0 && !is_in_parts {
            self.measured("}}");
        } else {
            self.inside("}}");
        }
        self.end("}}");
        self.count_text();
    }

    fn end(&mut self, end: &str) {
        let trims = usize::from(self.rest.starts_with('-'));
        self.pass((trims + end.len()).min(self.rest.len()));
    }

    /// Counts the text that follows, where it is set aside.
    fn count_text(&mut self) {
        let length = next_tag(self.rest).unwrap_or(self.rest.len());
        if self.set_aside > 0 && !self.rest[..length].trim().is_empty() {
            self.count(&format!("{TEXT}(bytes={length})"));
        }
    }

    /// A call behind a tag, which trims as that does.
    fn count(&mut self, call: &str) {
        let trims = self.counted.text.ends_with("-%}") || self.counted.text.ends_with("-}}");
        let end = if trims { "-%}" } else { "%}" };
        let count = format!("{{% if {call} %}}{{% endif {end}");
        self.counted.insert(&count);
    }

    fn space(&mut self) {
        let space = self.rest.len() - self.rest.trim_start().len();
        self.pass(space);
    }

    /// What is in a tag up to its end, with a count for each round of a list
    /// made of another.
    fn inside(&mut self, end: &str) {
        let mut open = Vec::new();
        if self.rest.starts_with("{%") {
            self.pass(2);
            let trims = usize::from(self.rest.starts_with('-'));
            self.pass(trims);
        }
        while let Some(c) = self.rest.chars().next() {
            let rest = self.rest.strip_prefix('-').unwrap_or(self.rest);
            if rest.starts_with(end) {
                return;
            }
            match c {
                '"' | '\'' | '`' => self.string(c),
                '0'..='9' => self.number(),
                '~' => self.joint(),
                '|' => self.pipe(),
                c if is_of_word(c) => self.word(&mut open),
                c => self.sign(c, &mut open),
            }
        }
    }

    /// Where two values are joined: each is measured, the second where it is no
    /// more than a name.
    fn joint(&mut self) {
        self.counted.insert(&format!("| {MADE} "));
        self.pass(1);
        self.space();
        let name = word_end(self.rest);
        let begins = self
            .rest
            .starts_with(|c: char| is_of_word(c) && !c.is_ascii_digit());
        let goes_on = self.rest[name..].starts_with(['(', '[', '?']);
        if begins && !goes_on && &self.rest[..name] != "not" {
            self.pass(name);
            self.counted.insert(&format!(" | {MADE}"));
        }
    }

    /// Where a filter follows.
    fn pipe(&mut self) {
        self.pass(1);
        self.space();
        let name = &self.rest[..word_end(self.rest)];
        if GROWING.contains(&name) {
            self.counted.insert("__");
        } else if !QUICK.contains(&name) {
            self.counted.insert(&format!("{TAKEN} | "));
        }
    }

    fn sign(&mut self, sign: char, open: &mut Vec<Bracket>) {
        match sign {
            '[' => open.push(Bracket::List),
            '(' | '{' => open.push(Bracket::Other),
            ']' | ')' | '}' => {
                if let Some(Bracket::Loop) = open.pop() {
                    self.counted.insert(&format!(" if {ITEM}()"));
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
                self.counted.insert(&format!(" {ITEM}() and"));
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
        let counted = counted(template, false);
        let text = counted
            .text
            .replace("{% if __round() %}{% endif %}", "{% 1 %}");
        let text = text.replace("__item()", "__round()");
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
            "{% component a(b) -%}{% if __beginning() %}{% endif -%}{% if __text(bytes=3) %}{% endif -%} x {% endcomponent a %}.",
        );
    }

    #[test]
    fn what_is_made_of_others_is_measured() {
        check(
            "{% set a = a ~ b.c %}{{ a ~ f(x=1) | upper }}.",
            "{% set a =( a | __made ~ b.c | __made ) | __made %}{{ a | __made ~ f(x=1) | __taken | upper }}.",
        );
        check(
            "{%- set_global a = [...a, ...a] -%}{{ a | length }}.",
            "{%- set_global a =( [...a, ...a] ) | __made -%}{{ a | length }}.",
        );
        check(
            "{{ a|replace(from=\"b\", to=c) | join }}.",
            "{{ a|__replace(from=\"b\", to=c) | __join }}.",
        );
    }

    #[test]
    fn what_is_set_aside_is_measured() {
        check(
            "{% set a %}{{ super() }}{{ superb }}{% endset %}.",
            "{% set a | __made %}{{ super() }}{{( superb ) | __made }}{% endset %}.",
        );
        check(
            "{% set a %}b{{ c }}{% endset %}.",
            "{% set a | __made %}{% if __text(bytes=1) %}{% endif %}b{{( c ) | __made }}{% endset %}.",
        );
        check(
            "{% filter upper -%} b {% endfilter %}.",
            "{% filter __taken | upper -%}{% if __text(bytes=3) %}{% endif -%} b {% endfilter %}.",
        );
    }

    #[test]
    fn what_is_no_loop_stays_as_it_is() {
        for text in [
            "for x in y",
            "{# {% for x in y %} #}",
            "{% raw %}{% for x in y %}{% endraw %}",
            "{{ \"{% for x in y %}\" + a.for }}{% if a in b %}{% endif %}",
            "{% set a = b.c %}{% set a = b -%} c {{- a }}",
        ] {
            check(text, text);
        }
    }
}
