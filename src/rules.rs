//! What can be wrong, as a table: `trainboard explain` prints it, and a test
//! shows that each example is found.

use std::sync::LazyLock;

/// Something that can be wrong.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Its stable name.
    pub code: &'static str,
    /// What must hold, in a sentence or two.
    pub sentence: &'static str,
    /// A project that breaks it.
    pub example: Example,
    /// The path of a file and the text with which the project keeps it, where
    /// that teaches something.
    pub mended: Option<(&'static str, &'static str)>,
}

/// Texts by path; the last is the one that is wrong.
pub type Files = Vec<(&'static str, &'static str)>;

/// What breaks a rule.
#[derive(Clone, Debug)]
pub enum Example {
    /// Files of a project in which `trainboard check` finds it.
    Files(Files),
    /// Files, and another command that finds it in them.
    Command(&'static str, Files),
    /// Something that no text shows, in words.
    Words(&'static str),
}

/// All rules, by name.
pub static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let rules = include_str!("rules.txt").split("=== ").skip(1);
    rules.map(read).collect()
});

/// The rule of that name.
pub fn rule(code: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.code == code)
}

fn read(text: &'static str) -> Rule {
    let mut parts = text.split("--- ");
    let mut lines = parts.next().unwrap_or_default().lines();
    let code = lines.next().unwrap_or_default();
    let sentence = lines.next().unwrap_or_default();
    let (mut files, mut mended) = (Files::new(), None);
    for (path, text) in parts.filter_map(|file| file.split_once('\n')) {
        match path.strip_suffix(", mended") {
            Some(path) => mended = Some((path, text)),
            None => files.push((path, text)),
        }
    }
    let example = match lines.next() {
        None => Example::Files(files),
        Some(line) => match line.strip_prefix("$ ") {
            Some(command) => Example::Command(command, files),
            None => Example::Words(line),
        },
    };
    Rule {
        code,
        sentence,
        example,
        mended,
    }
}
