//! What the tables of our files may say. The reader knows the keys of a table
//! from here, and the JSON Schema for editors is written from it.

pub(super) mod schedule;
pub(super) mod settings;

/// A table: the keys it may have, and no others.
#[derive(Debug)]
pub(super) struct Shape {
    pub(super) keys: &'static [Key],
    pub(super) clash: Option<Clash>,
}

/// Two keys of a table that exclude each other.
#[derive(Debug)]
pub(super) struct Clash {
    pub(super) keys: [&'static str; 2],
    /// What to say of both.
    pub(super) title: &'static str,
}

impl Shape {
    const fn new(keys: &'static [Key]) -> Self {
        Self { keys, clash: None }
    }

    /// The key of that name, if it is known here.
    pub(super) fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }
}

/// A key of a table.
#[derive(Debug)]
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) form: Form,
    pub(super) is_required: bool,
    /// What counts when it is not there.
    pub(super) usual: Option<Usual>,
    /// A sentence for those who write the file.
    pub(super) meaning: &'static str,
}

impl Key {
    const fn optional(name: &'static str, form: Form, meaning: &'static str) -> Self {
        Self {
            name,
            form,
            is_required: false,
            usual: None,
            meaning,
        }
    }

    const fn required(name: &'static str, form: Form, meaning: &'static str) -> Self {
        Self {
            is_required: true,
            ..Self::optional(name, form, meaning)
        }
    }

    const fn usually(self, usual: Usual) -> Self {
        Self {
            usual: Some(usual),
            ..self
        }
    }
}

/// What counts when a key is not there.
#[derive(Clone, Copy, Debug)]
pub(super) enum Usual {
    Text(&'static str),
    Count(u32),
    Flag(bool),
}

/// What a value looks like.
#[derive(Debug)]
pub(super) enum Form {
    /// One line of at most so many characters.
    Line(usize),
    /// The id of a project.
    Id,
    /// A line that is an address with `https://` or `http://`.
    Address(usize),
    /// `2026-01-20`
    Day,
    /// `2026-01-20`, or `2026-01` for a month.
    DayOrMonth,
    /// `6 weeks`, and never none.
    Length,
    /// `15 days before`
    LengthBefore,
    /// `second tuesday`
    WeekdayOfMonth,
    /// `month-end`, `year-end`, `day 28`
    Round,
    /// A whole number from the first to the second.
    Count(usize, usize),
    /// A whole number, which may be below 0.
    Number,
    Flag,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A list of these words.
    Choices(&'static [&'static str]),
    /// The address of the top of a site.
    BaseUrl,
    /// An address with `{path}` in it.
    EditUrl,
    /// `pt-BR`
    Lang,
    /// A path from the project's folder.
    Path,
    Table(&'static Shape),
    /// A table, or a list of several.
    TableOrTables(&'static Shape),
    /// A list of tables, with its limit if there is one.
    Tables(&'static Shape, Option<usize>),
}

impl Form {
    /// What a text of this form looks like, where quotes alone make none.
    pub(super) fn example(&self) -> Option<&'static str> {
        match self {
            Self::Length => Some("6 weeks"),
            Self::LengthBefore => Some("15 days before"),
            Self::WeekdayOfMonth => Some("second tuesday"),
            Self::Round => Some("month-end"),
            _ => None,
        }
    }

    /// The shape of the tables that stand here.
    pub(super) fn shape(&self) -> Option<&'static Shape> {
        match self {
            Self::Table(shape) | Self::TableOrTables(shape) | Self::Tables(shape, _) => Some(shape),
            _ => None,
        }
    }
}

/// The words of a list of choices.
const fn words<const N: usize, T: Copy>(choices: &[(&'static str, T); N]) -> [&'static str; N] {
    let mut words = [""; N];
    let mut n = 0;
    while n < N {
        words[n] = choices[n].0;
        n += 1;
    }
    words
}
