//! Programming languages and shells.

use super::{Ink, Kind, Quotes, length, number};

/// What tells the words of a language apart.
pub(in crate::site) struct Language {
    words: &'static [&'static str],
    values: &'static [&'static str],
    quotes: &'static [Quotes],
    /// What else there is, tried first.
    own: &'static [fn(&mut Ink<'_>) -> bool],
}

pub(super) const RUST: Language = Language {
    words: &[
        "as", "async", "await", "break", "const", "continue", "crate", "dyn", "else", "enum",
        "extern", "fn", "for", "if", "impl", "in", "let", "loop", "match", "mod", "move", "mut",
        "pub", "ref", "return", "self", "static", "struct", "super", "trait", "type", "unsafe",
        "use", "where", "while",
    ],
    values: &["None", "Some", "Ok", "Err", "false", "true"],
    quotes: &[Quotes::of("\"").of_lines()],
    own: &[
        slashes,
        block_comment,
        raw_text,
        letter_or_lifetime,
        attribute,
    ],
};

pub(super) const JAVASCRIPT: Language = Language {
    words: &[
        "as",
        "async",
        "await",
        "break",
        "case",
        "catch",
        "class",
        "const",
        "continue",
        "default",
        "delete",
        "do",
        "else",
        "enum",
        "export",
        "extends",
        "finally",
        "for",
        "from",
        "function",
        "if",
        "implements",
        "import",
        "in",
        "instanceof",
        "interface",
        "let",
        "new",
        "of",
        "private",
        "public",
        "readonly",
        "return",
        "static",
        "super",
        "switch",
        "this",
        "throw",
        "try",
        "type",
        "typeof",
        "var",
        "void",
        "while",
        "yield",
    ],
    values: &["Infinity", "NaN", "false", "null", "true", "undefined"],
    quotes: &[
        Quotes::of("\""),
        Quotes::of("'"),
        Quotes::of("`").of_lines(),
    ],
    own: &[slashes, block_comment],
};

pub(super) const PYTHON: Language = Language {
    words: &[
        "and", "as", "assert", "async", "await", "break", "case", "class", "continue", "def",
        "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in",
        "is", "lambda", "match", "nonlocal", "not", "or", "pass", "raise", "return", "self", "try",
        "while", "with", "yield",
    ],
    values: &["False", "None", "True"],
    quotes: &[
        Quotes::of("\"\"\"").of_lines(),
        Quotes::of("'''").of_lines(),
        Quotes::of("\""),
        Quotes::of("'"),
    ],
    own: &[hash, decorator],
};

pub(super) const GO: Language = Language {
    words: &[
        "break", "case", "chan", "const", "continue", "default", "defer", "else", "for", "func",
        "go", "goto", "if", "import", "map", "package", "range", "return", "select", "struct",
        "switch", "type", "var",
    ],
    values: &["false", "iota", "nil", "true"],
    quotes: &[
        Quotes::of("\""),
        Quotes::of("'"),
        Quotes::of("`").literal().of_lines(),
    ],
    own: &[slashes, block_comment],
};

pub(super) const C: Language = Language {
    words: &[
        "auto",
        "bool",
        "break",
        "case",
        "catch",
        "char",
        "class",
        "const",
        "continue",
        "default",
        "delete",
        "do",
        "double",
        "else",
        "enum",
        "extern",
        "float",
        "for",
        "if",
        "inline",
        "int",
        "long",
        "namespace",
        "new",
        "private",
        "public",
        "return",
        "short",
        "signed",
        "sizeof",
        "static",
        "struct",
        "switch",
        "template",
        "this",
        "throw",
        "try",
        "typedef",
        "union",
        "unsigned",
        "using",
        "virtual",
        "void",
        "volatile",
        "while",
    ],
    values: &["NULL", "false", "nullptr", "true"],
    quotes: &[Quotes::of("\""), Quotes::of("'")],
    own: &[slashes, block_comment, directive],
};

/// Java, and languages that look like it.
pub(super) const JAVA: Language = Language {
    words: &[
        "abstract",
        "as",
        "boolean",
        "break",
        "byte",
        "case",
        "catch",
        "char",
        "class",
        "const",
        "continue",
        "default",
        "do",
        "double",
        "else",
        "enum",
        "extends",
        "final",
        "finally",
        "float",
        "for",
        "fun",
        "if",
        "implements",
        "import",
        "in",
        "int",
        "interface",
        "is",
        "long",
        "namespace",
        "new",
        "override",
        "package",
        "private",
        "protected",
        "public",
        "record",
        "return",
        "short",
        "static",
        "super",
        "switch",
        "this",
        "throw",
        "throws",
        "try",
        "using",
        "val",
        "var",
        "void",
        "when",
        "while",
    ],
    values: &["false", "null", "true"],
    quotes: &[
        Quotes::of("\"\"\"").of_lines(),
        Quotes::of("\""),
        Quotes::of("'"),
    ],
    own: &[slashes, block_comment, decorator],
};

pub(super) const RUBY: Language = Language {
    words: &[
        "and", "begin", "break", "case", "class", "def", "do", "else", "elsif", "end", "ensure",
        "for", "if", "in", "module", "next", "not", "or", "raise", "redo", "rescue", "retry",
        "return", "self", "super", "then", "unless", "until", "when", "while", "yield",
    ],
    values: &["false", "nil", "true"],
    quotes: &[Quotes::of("\"").of_lines(), Quotes::of("'").of_lines()],
    own: &[hash],
};

const SHELL: Language = Language {
    words: &[
        "case", "do", "done", "elif", "else", "esac", "exit", "export", "fi", "for", "function",
        "if", "in", "local", "return", "set", "then", "until", "while",
    ],
    values: &[],
    quotes: &[
        Quotes::of("\"").of_lines(),
        Quotes::of("'").literal().of_lines(),
    ],
    own: &[],
};

/// Reads code of a language that tells its words apart.
pub(super) fn program(language: &Language, ink: &mut Ink<'_>) {
    while let Some(next) = ink.next() {
        let is_read =
            ink.any_of(language.own) || language.quotes.iter().any(|quotes| ink.quoted(quotes));
        if is_read {
            continue;
        }
        if next.is_ascii_digit() {
            ink.put(Kind::Value, number_in_code(ink.rest()));
        } else if is_of_word(next) {
            word(language, ink);
        } else {
            ink.pass();
        }
    }
}

/// In code, `0..9` are two numbers and `1-2` is a difference.
fn number_in_code(text: &str) -> usize {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let whole = length(text, is_part);
    match text[whole..].strip_prefix('.') {
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_digit()) => {
            whole + 1 + length(rest, is_part)
        }
        _ => whole,
    }
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn word(language: &Language, ink: &mut Ink<'_>) {
    let rest = ink.rest();
    let end = length(rest, is_of_word);
    let (word, after) = rest.split_at(end);
    let is_macro = after.starts_with('!') && !after.starts_with("!=");
    let kind = if language.words.contains(&word) {
        Kind::Word
    } else if language.values.contains(&word) {
        Kind::Value
    } else if after.starts_with('(') || is_macro {
        Kind::Name
    } else if word.starts_with(char::is_uppercase) {
        Kind::Type
    } else {
        Kind::Plain
    };
    ink.put(kind, end);
}

fn slashes(ink: &mut Ink<'_>) -> bool {
    ink.comment("//")
}

fn block_comment(ink: &mut Ink<'_>) -> bool {
    ink.between(Kind::Comment, "/*", "*/")
}

fn hash(ink: &mut Ink<'_>) -> bool {
    ink.comment("#")
}

fn decorator(ink: &mut Ink<'_>) -> bool {
    let is_first = matches!(ink.last(), None | Some('\n' | ' '));
    let is_one = is_first && ink.rest().starts_with('@');
    if is_one {
        let name = length(&ink.rest()[1..], |c| is_of_word(c) || c == '.');
        ink.put(Kind::Name, 1 + name);
    }
    is_one
}

/// `#include`
fn directive(ink: &mut Ink<'_>) -> bool {
    let is_first = matches!(ink.last(), None | Some('\n'));
    let is_one = is_first && ink.rest().starts_with('#');
    if is_one {
        ink.put(Kind::Type, 1 + length(&ink.rest()[1..], is_of_word));
    }
    is_one
}

/// `r#"…"#`, with any number of hash signs.
fn raw_text(ink: &mut Ink<'_>) -> bool {
    if ink.last().is_some_and(is_of_word) {
        return false;
    }
    let rest = ink.rest();
    let Some(start) = ["r\"", "r#", "br\"", "br#", "cr\"", "cr#"]
        .iter()
        .find(|begin| rest.starts_with(**begin))
        .map(|begin| begin.len() - 1)
    else {
        return false;
    };
    let hashes = length(&rest[start..], |c| c == '#');
    let open = start + hashes;
    if !rest[open..].starts_with('"') {
        return false;
    }
    let close = format!("\"{}", &rest[start..open]);
    ink.between(Kind::Text, &rest[..=open], &close)
}

/// `'a'` is a letter and `'a` is a lifetime.
fn letter_or_lifetime(ink: &mut Ink<'_>) -> bool {
    let Some(inside) = ink.rest().strip_prefix('\'') else {
        return false;
    };
    let mut chars = inside.char_indices();
    let end = match chars.next() {
        Some((_, '\\')) => chars.take(12).skip(1).find(|(_, c)| *c == '\''),
        _ => chars.next().filter(|(_, c)| *c == '\''),
    };
    match end {
        Some((at, _)) => ink.put(Kind::Text, at + 2),
        None => ink.put(Kind::Type, 1 + length(inside, is_of_word)),
    }
    true
}

/// `#[derive(Debug)]`
fn attribute(ink: &mut Ink<'_>) -> bool {
    let rest = ink.rest();
    let is_one = rest.starts_with("#[") || rest.starts_with("#![");
    if is_one {
        let end = rest.find([']', '\n']).map_or(rest.len(), |at| at + 1);
        ink.put(Kind::Type, end);
    }
    is_one
}

pub(super) fn shell(ink: &mut Ink<'_>) {
    let mut is_command = true;
    while let Some(next) = ink.next() {
        is_command = shell_piece(ink, next, is_command);
    }
}

/// Reads the next piece of a shell; whether the next word is a command.
fn shell_piece(ink: &mut Ink<'_>, next: char, is_command: bool) -> bool {
    let is_apart = ink.last().is_none_or(|c| c.is_whitespace() || c == ';');
    if is_apart && ink.comment("#") {
        return true;
    }
    if SHELL.quotes.iter().any(|quotes| ink.quoted(quotes)) || variable(ink) {
        return false;
    }
    match next {
        '\\' => {
            ink.pass();
            ink.pass();
            is_command
        }
        '\n' | '|' | ';' | '&' | '(' | '`' => {
            ink.pass();
            true
        }
        c if c.is_whitespace() => {
            ink.pass();
            is_command
        }
        _ => shell_word(ink, is_command),
    }
}

fn shell_word(ink: &mut Ink<'_>, is_command: bool) -> bool {
    let is_part = |c: char| !c.is_whitespace() && !"|;&()<>\"'`$\\".contains(c);
    let end = length(ink.rest(), is_part);
    if end == 0 {
        ink.pass();
        return false;
    }
    let word = &ink.rest()[..end];
    let is_first = ink.last().is_none_or(char::is_whitespace);
    let assigned = word.find('=').filter(|_| is_command);
    let (kind, length, then) = match word {
        _ if is_command && SHELL.words.contains(&word) => (Kind::Word, end, true),
        "do" | "in" | "then" if is_first => (Kind::Word, end, word != "in"),
        _ if word.starts_with('-') && is_first => (Kind::Type, end, false),
        _ if assigned.is_some() => (Kind::Type, assigned.unwrap_or(end), true),
        _ if is_command => (Kind::Name, end, false),
        _ => (Kind::Plain, end, false),
    };
    ink.put(kind, length);
    if length < end {
        ink.put(Kind::Plain, end - length);
    }
    then
}

/// `$name`, `${name}`, `$1`
fn variable(ink: &mut Ink<'_>) -> bool {
    let Some(name) = ink.rest().strip_prefix('$') else {
        return false;
    };
    let end = match name.strip_prefix('{') {
        Some(inside) => inside.find(['}', '\n']).map_or(name.len(), |at| at + 2),
        None => length(name, is_of_word),
    };
    if end == 0 {
        return false;
    }
    ink.put(Kind::Value, 1 + end);
    true
}

/// What stands in a terminal: commands after a prompt, and what they say.
pub(super) fn session(ink: &mut Ink<'_>) {
    while ink.next().is_some() {
        let line = ink.line();
        let prompt = ["$ ", "# ", "% "]
            .iter()
            .any(|prompt| line.starts_with(prompt));
        if prompt {
            let end = ink.at + line.len();
            ink.put(Kind::Comment, 2);
            let mut is_command = true;
            while let Some(next) = ink.next().filter(|_| ink.at < end) {
                is_command = shell_piece(ink, next, is_command);
            }
        } else {
            ink.put(Kind::Plain, line.len() + 1);
        }
    }
}

/// A word that is a number, for the languages of data.
pub(super) fn is_number(word: &str) -> bool {
    !word.is_empty() && number(word) == word.len()
}
