//! What a marker says.

use std::ops::Range;

use super::Mark;
use crate::diagnostic::{Diagnostic, nearest};
use crate::output::SitePath;
use crate::schedule::Choice;
use crate::views::coming::Asked;
use crate::views::gantt::Span;
use crate::views::{DateForm, is_date};

const NAMES: &[&str] = &[
    "board",
    "summary",
    "table",
    "gantt",
    "versions",
    "value",
    "security",
    "overview",
    "train",
    "trains",
    "milestones",
    "patches",
];

/// A marker that was understood.
pub(crate) struct Marker {
    pub(crate) view: View,
    /// What it is about, where it says so.
    pub(crate) subject: Option<Subject>,
}

/// What a marker is about.
#[derive(Clone)]
pub(crate) enum Subject {
    /// The project of that id.
    Project(Name),
    /// The schedule at that path, from the folder of the project.
    Schedule(Name),
}

/// A name that a marker gives, and where.
#[derive(Clone)]
pub(crate) struct Name {
    pub(crate) text: String,
    pub(crate) span: Range<usize>,
}

/// What goes in a marker's place.
pub(crate) enum View {
    /// A view of a project's board.
    Board(BoardView),
    /// The branches that a security fix goes to, or the text to use when there
    /// are none.
    Versions(Option<String>),
    /// One value.
    Value(Value),
    /// All projects.
    Overview,
    /// The train that the page is about.
    Train,
}

/// A view of a project's board that has lines of its own.
pub(crate) enum BoardView {
    /// Summary, table and chart.
    Board,
    /// The answer in words.
    Summary,
    /// The table, with the columns that are asked for.
    Table(Option<Name>),
    /// The chart.
    Gantt(Span),
    /// The milestones to come.
    Milestones(Asked),
    /// The patch releases to come.
    Patches,
    /// Which versions get security fixes.
    Security,
    /// All trains.
    Trains,
}

impl BoardView {
    /// Whether it has links to other pages of the site, and so is not the same
    /// on all of them.
    pub(super) fn leads_to_pages(&self) -> bool {
        match self {
            Self::Trains => true,
            Self::Board
            | Self::Summary
            | Self::Table(_)
            | Self::Gantt(_)
            | Self::Milestones(_)
            | Self::Patches
            | Self::Security => false,
        }
    }
}

/// A value that is asked for.
pub(crate) struct Value {
    pub(crate) name: Name,
    /// The text to use when there is none.
    pub(crate) default: Option<String>,
    /// How it is written, if it is a date.
    pub(crate) form: DateForm,
}

impl Value {
    /// Whether it is one of the train that the page is about.
    pub(super) fn is_of_a_train(&self) -> bool {
        let name = &*self.name.text;
        name.starts_with("train.") || name == "train"
    }
}

impl View {
    /// Whether it can be one of any schedule, with or without pages.
    fn is_of_a_schedule(&self) -> bool {
        match self {
            Self::Board(_) | Self::Versions(_) => true,
            Self::Value(value) => !value.is_of_a_train(),
            Self::Overview | Self::Train => false,
        }
    }

    /// Whether it becomes a block; else it is a part of a sentence.
    pub(crate) fn is_block(&self) -> bool {
        !matches!(self, Self::Versions(_) | Self::Value(_))
    }
}

/// A word of a marker: a name, or an option with its value.
struct Word<'a> {
    span: Range<usize>,
    key: &'a str,
    value: Option<(&'a str, Range<usize>)>,
}

/// What a marker says.
pub(super) fn marker(mark: &Mark<'_>) -> Result<Marker, Diagnostic> {
    let Some(rest) = mark.words.clone() else {
        let (view, subject) = (View::Board(BoardView::Board), None);
        return Ok(Marker { view, subject });
    };
    let mut words = Words {
        mark,
        rest,
        subject: None,
    };
    let view = view(&mut words)?;
    let subject = words.subject;
    if let (Some(Subject::Schedule(path)), false) = (&subject, view.is_of_a_schedule()) {
        return Err(no_schedule_taken(mark, path));
    }
    Ok(Marker { view, subject })
}

/// A view of something else than one schedule.
fn no_schedule_taken(mark: &Mark<'_>, path: &Name) -> Diagnostic {
    let title = "this marker is about pages of the site, and takes no `schedule`";
    Diagnostic::error("unknown-option", title)
        .at(mark.source, path.span.clone(), "has no pages")
        .help("name the schedule in a marker such as `board` or `table`")
}

fn view(words: &mut Words<'_>) -> Result<View, Diagnostic> {
    let mark = words.mark;
    let Some(name) = words.next()? else {
        let title = "this marker names no view";
        let error = mark.error("unknown-marker", title, "a name is missing here");
        return Err(error.help(format!("the names are {}", list(NAMES))));
    };
    let view = match (name.key, &name.value) {
        ("board", None) => View::Board(BoardView::Board),
        ("summary", None) => View::Board(BoardView::Summary),
        ("security", None) => View::Board(BoardView::Security),
        ("trains", None) => View::Board(BoardView::Trains),
        ("overview", None) => View::Overview,
        ("train", None) => View::Train,
        ("versions", None) => return Ok(View::Versions(default(words, "versions")?)),
        ("patches", None) => View::Board(BoardView::Patches),
        ("table", None) => return table(words),
        ("milestones", None) => return milestones(words),
        ("gantt", None) => return gantt(words),
        ("value", None) => return value(words),
        _ => return Err(unknown(mark, "unknown-marker", "view", &name.span, NAMES)),
    };
    match words.next()? {
        None => Ok(view),
        Some(word) => Err(words.unknown_option(&word, name.key, &[])),
    }
}

fn table(words: &mut Words<'_>) -> Result<View, Diagnostic> {
    let mut columns = None;
    while let Some(word) = words.next()? {
        let (text, span) = words.option(&word, "table", &["columns"])?;
        let text = text.to_owned();
        columns = Some(Name { text, span });
    }
    Ok(View::Board(BoardView::Table(columns)))
}

fn milestones(words: &mut Words<'_>) -> Result<View, Diagnostic> {
    let mut asked = Asked::default();
    while let Some(word) = words.next()? {
        let (text, span) = words.option(&word, "milestones", &["train", "count"])?;
        if word.key == "count" {
            asked.count = Some(count(words.mark, text, span)?);
        } else {
            asked.train = Some(chosen(words.mark, "unknown-train", "train", text, &span)?);
        }
    }
    Ok(View::Board(BoardView::Milestones(asked)))
}

fn count(mark: &Mark<'_>, text: &str, span: Range<usize>) -> Result<usize, Diagnostic> {
    let number = text.parse().ok().filter(|count| *count > 0);
    number.ok_or_else(|| {
        let title = format!("`{text}` is not a number from 1");
        Diagnostic::error("bad-count", title)
            .at(mark.source, span, "how many lines")
            .help("write for example `count=3`")
    })
}

/// The one of some names that a text is.
fn chosen<T: Choice>(
    mark: &Mark<'_>,
    code: &'static str,
    what: &str,
    text: &str,
    span: &Range<usize>,
) -> Result<T, Diagnostic> {
    let known = T::ALL.iter();
    let asked = known.clone().find(|(name, _)| *name == text);
    asked.map(|(_, chosen)| *chosen).ok_or_else(|| {
        let names: Vec<_> = known.map(|(name, _)| *name).collect();
        unknown(mark, code, what, span, &names)
    })
}

fn gantt(words: &mut Words<'_>) -> Result<View, Diagnostic> {
    let mut shown = Span::Window;
    while let Some(word) = words.next()? {
        let (text, span) = words.option(&word, "gantt", &["span"])?;
        shown = text.parse().map_err(|message: String| {
            Diagnostic::error("bad-span", message)
                .at(words.mark.source, span, "how far to look before and after")
                .help("write a number from 1 and a unit: `6m`, `12w`, `90d`, `1y`")
        })?;
    }
    Ok(View::Board(BoardView::Gantt(shown)))
}

fn value(words: &mut Words<'_>) -> Result<View, Diagnostic> {
    let name = words.next()?.filter(|word| word.value.is_none());
    let Some(name) = name else {
        let title = "this marker names no value";
        let error = words
            .mark
            .error("unknown-value", title, "a name is missing here");
        return Err(error.help("write `value` and then a name such as `current.version`"));
    };
    let mut value = Value {
        name: Name {
            text: name.key.to_owned(),
            span: name.span,
        },
        default: None,
        form: DateForm::Long,
    };
    while let Some(word) = words.next()? {
        let (text, span) = words.option(&word, "value", &["default", "date"])?;
        if word.key == "default" {
            value.default = Some(text.to_owned());
        } else {
            value.form = form(words.mark, &value.name, text, &span)?;
        }
    }
    Ok(View::Value(value))
}

fn form(
    mark: &Mark<'_>,
    name: &Name,
    text: &str,
    span: &Range<usize>,
) -> Result<DateForm, Diagnostic> {
    if !is_date(&name.text) {
        let title = format!("`{}` is no date", name.text);
        let error = Diagnostic::error("unknown-option", title);
        let error = error.at(mark.source, span.clone(), "a form of dates");
        return Err(error.help("leave out `date`"));
    }
    chosen(mark, "unknown-option", "form of a date", text, span)
}

/// What a marker says is to be written when there is nothing.
fn default(words: &mut Words<'_>, name: &str) -> Result<Option<String>, Diagnostic> {
    let mut default = None;
    while let Some(word) = words.next()? {
        let (text, _) = words.option(&word, name, &["default"])?;
        default = Some(text.to_owned());
    }
    Ok(default)
}

struct Words<'a> {
    mark: &'a Mark<'a>,
    rest: Range<usize>,
    /// What a word has named.
    subject: Option<Subject>,
}

impl<'a> Words<'a> {
    /// The next word, but for those that name a project or a schedule: any
    /// marker may have one of these.
    fn next(&mut self) -> Result<Option<Word<'a>>, Diagnostic> {
        while let Some(word) = self.any()? {
            let Some((text, span)) = word.value.clone() else {
                return Ok(Some(word));
            };
            let text = text.to_owned();
            let name = Name { text, span };
            self.name(match word.key {
                "project" => Subject::Project(name),
                "schedule" => Subject::Schedule(self.path(name)?),
                _ => return Ok(Some(word)),
            })?;
        }
        Ok(None)
    }

    /// Takes what a marker is about.
    fn name(&mut self, subject: Subject) -> Result<(), Diagnostic> {
        match (&self.subject, &subject) {
            (Some(Subject::Project(first)), Subject::Schedule(second))
            | (Some(Subject::Schedule(first)), Subject::Project(second)) => {
                let title = "a marker is about a project of the site or about a schedule, not both";
                Err(Diagnostic::error("clash", title)
                    .at(self.mark.source, second.span.clone(), "this")
                    .at(self.mark.source, first.span.clone(), "and this")
                    .help("leave out `project` or `schedule`"))
            }
            _ => {
                self.subject = Some(subject);
                Ok(())
            }
        }
    }

    /// A path from the folder of the project that stays in it.
    fn path(&self, name: Name) -> Result<Name, Diagnostic> {
        match SitePath::new(&*name.text) {
            Ok(_) => Ok(name),
            Err(title) => Err(Diagnostic::error("bad-path", title)
                .at(self.mark.source, name.span, "names a schedule")
                .help("write it from the folder of the project, such as `examples/php.toml`")),
        }
    }

    fn any(&mut self) -> Result<Option<Word<'a>>, Diagnostic> {
        let rest = &self.mark.text()[self.rest.clone()];
        let text = rest.trim_start();
        let start = self.rest.start + (rest.len() - text.len());
        if text.is_empty() {
            return Ok(None);
        }
        let end = text.find(char::is_whitespace).unwrap_or(text.len());
        let word = &text[..end];
        let key = word.split_once('=').map_or(word, |(key, _)| key);
        let span = start..start + key.len();
        let (value, end) = if key.len() < word.len() {
            let from = key.len() + 1;
            let (value, end) = self.value(&text[from..], start + from)?;
            (Some(value), end)
        } else {
            (None, start + end)
        };
        self.rest.start = end;
        Ok(Some(Word { span, key, value }))
    }

    /// The value that begins a text, and where the word ends.
    fn value(
        &self,
        text: &'a str,
        at: usize,
    ) -> Result<((&'a str, Range<usize>), usize), Diagnostic> {
        let Some(quoted) = text.strip_prefix('"') else {
            let end = text.find(char::is_whitespace).unwrap_or(text.len());
            return Ok(((&text[..end], at..at + end), at + end));
        };
        let Some(length) = quoted.find('"') else {
            let error = Diagnostic::error("unclosed-quote", "this value has no closing quote");
            return Err(error.at(self.mark.source, at..at + 1, "opened here"));
        };
        let span = at + 1..at + 1 + length;
        Ok(((&quoted[..length], span.clone()), span.end + 1))
    }

    /// The value of an option, which must be one of those known.
    fn option(
        &self,
        word: &Word<'a>,
        view: &str,
        known: &[&str],
    ) -> Result<(&'a str, Range<usize>), Diagnostic> {
        match &word.value {
            Some((value, span)) if known.contains(&word.key) => Ok((value, span.clone())),
            _ => Err(self.unknown_option(word, view, known)),
        }
    }

    fn unknown_option(&self, word: &Word<'_>, view: &str, known: &[&str]) -> Diagnostic {
        let title = format!("`{view}` has no option `{}`", word.key);
        let error = Diagnostic::error("unknown-option", title);
        let error = error.at(self.mark.source, word.span.clone(), "not known here");
        let known = [known, &["project", "schedule"]].concat();
        match nearest(word.key, known.iter().copied()) {
            Some(near) => error.help(format!("write `{near}=…`")),
            None => error.help(format!("the options of `{view}`: {}", list(&known))),
        }
    }
}

/// Some name that is not known, with the nearest that is.
pub(super) fn unknown(
    mark: &Mark<'_>,
    code: &'static str,
    what: &str,
    span: &Range<usize>,
    known: &[&str],
) -> Diagnostic {
    let name = &mark.text()[span.clone()];
    let error = Diagnostic::error(code, format!("there is no {what} `{name}`"));
    let error = error.at(mark.source, span.clone(), "not known");
    match nearest(name, known.iter().copied()) {
        Some(near) => error
            .help(format!("the nearest is `{near}`"))
            .patch(span.clone(), near),
        None => error.help(format!("the {what}s are {}", list(known))),
    }
}

fn list(names: &[&str]) -> String {
    let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}
