//! `trainboard explain`

use super::failure::Failure;
use super::{nearest_is, print};
use crate::rules::{self, Example, RULES, Rule};

/// Prints one rule, or the list of all.
pub(super) fn run(code: Option<&str>) -> Result<(), Failure> {
    let Some(code) = code else {
        let lines = RULES
            .iter()
            .map(|rule| format!("{:24} {}\n", rule.code, rule.sentence));
        return print(&lines.collect::<String>());
    };
    let Some(rule) = rules::rule(code) else {
        let near = nearest_is(code, RULES.iter().map(|rule| rule.code));
        return Err(Failure::Usage(format!("there is no rule `{code}`{near}")));
    };
    print(&explained(rule))
}

fn explained(rule: &Rule) -> String {
    let Rule { code, sentence, .. } = rule;
    let example = match &rule.example {
        Example::Words(words) => format!("\nFor example: {words}\n"),
        Example::Files(files) => shown(files),
        Example::Command(command, files) => format!("{}\nFound by: {command}\n", shown(files)),
    };
    let mended = rule
        .mended
        .map(|(path, text)| file("Right, in", path, text));
    format!(
        "{code}\n\n{sentence}\n{example}{}",
        mended.unwrap_or_default()
    )
}

fn shown(files: &[(&str, &str)]) -> String {
    let last = files.len().saturating_sub(1);
    let shown = files.iter().enumerate().map(|(n, (path, text))| {
        let what = if n == last { "Wrong, in" } else { "With" };
        file(what, path, text)
    });
    shown.collect()
}

fn file(what: &str, path: &str, text: &str) -> String {
    format!("\n{what} {path}:\n\n{}", indented(text))
}

fn indented(text: &str) -> String {
    let visible = text.replace('\u{1b}', "\u{241b}");
    let lines = visible
        .lines()
        .map(|line| format!("    {line}\n").replace("    \n", "\n"));
    lines.collect()
}
