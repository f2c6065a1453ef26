//! A project as endoflife.date keeps it in its own repository: the release cycles
//! of a product, and a page for a product that the site does not have yet.
//!
//! A cycle is a train that is out. What the site's people say by hand, such as
//! tags and identifiers, no schedule knows: it stays in their file.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::fmt::{self, Write};
use std::ops::RangeInclusive;

use super::cycle::{Cycle, Ending, Kinds, names};
use crate::schedule::{Board, Day, Period, Row, Version};

/// The site's categories, and what its pages call them.
pub const CATEGORIES: [(&str, &str); 9] = [
    ("app", "Applications"),
    ("database", "Databases"),
    ("device", "Devices"),
    ("framework", "Frameworks"),
    ("lang", "Languages"),
    ("os", "Operating systems"),
    ("server-app", "Server applications"),
    ("service", "Services"),
    ("standard", "Standards"),
];

/// A value of YAML: a string is always quoted, for `1.30` is no number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scalar {
    /// A string.
    Text(String),
    /// A day.
    Day(Day),
    /// True or false.
    Flag(bool),
}

impl fmt::Display for Scalar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => quoted(f, text),
            Self::Day(day) => day.fmt(f),
            Self::Flag(flag) => flag.fmt(f),
        }
    }
}

fn quoted(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    f.write_char('"')?;
    for c in text.chars() {
        match c {
            '"' | '\\' => write!(f, "\\{c}")?,
            c if c.is_control() => write!(f, "\\U{:08X}", u32::from(c))?,
            c => f.write_char(c)?,
        }
    }
    f.write_char('"')
}

/// When a field is written to a file that the site has already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// Into every cycle.
    Always,
    /// Where the product has that column.
    Column(&'static str),
    /// Only where the field is there and says something else.
    WhereThere,
    /// Only into a cycle that the file lacks.
    InNew,
}

/// A field of a cycle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name in the file.
    pub key: &'static str,
    /// What it says.
    pub value: Scalar,
    /// When it is written.
    pub when: Use,
    /// Days that say the same, less vaguely.
    same: Option<RangeInclusive<Day>>,
}

impl Field {
    fn new(key: &'static str, value: Scalar, when: Use) -> Self {
        Self {
            key,
            value,
            when,
            same: None,
        }
    }

    /// The end of some support; `past` are the days on which one may have been
    /// that is over since nobody knows when.
    fn of(key: &'static str, ending: Ending, past: RangeInclusive<Day>, when: Use) -> Self {
        let same = match (ending.earliest, ending.last_day) {
            (Some(earliest), Some(last)) => Some(earliest..=last),
            _ => ending.is_over.then_some(past),
        };
        let value = ending.last_day.map(Scalar::Day);
        Self {
            same,
            ..Self::new(key, value.unwrap_or(Scalar::Flag(ending.is_over)), when)
        }
    }

    /// Whether a value of that text, without its quotes, says nothing else.
    pub fn is_said_by(&self, text: &str) -> bool {
        let says = match &self.value {
            Scalar::Text(own) => own == text,
            own => own.to_string() == text,
        };
        let day = || text.parse().ok();
        says || self
            .same
            .as_ref()
            .is_some_and(|same| day().is_some_and(|day| same.contains(&day)))
    }
}

/// A release cycle: a train that is out.
#[derive(Clone, Debug)]
pub struct ReleaseCycle {
    /// What the site calls it.
    pub name: String,
    /// The train.
    pub train: Version,
    /// The day on which it came out.
    pub release: Day,
    /// The latest release that is recorded on it.
    pub latest: Option<Version>,
    /// What is said of it, in the order of the site.
    pub fields: Vec<Field>,
}

impl ReleaseCycle {
    /// The lines of the cycle as an item of a list, with the fields that a product
    /// with those columns has.
    pub fn lines(&self, indent: &str, has_column: impl Fn(&str) -> bool) -> String {
        let name = Scalar::Text(self.name.clone());
        let mut lines = format!("{indent}- releaseCycle: {name}\n");
        let fields = self.fields.iter().filter(|field| match field.when {
            Use::Always | Use::InNew => true,
            Use::Column(column) => has_column(column),
            Use::WhereThere => false,
        });
        for Field { key, value, .. } in fields {
            let _ = writeln!(lines, "{indent}  {key}: {value}");
        }
        lines
    }
}

/// The cycles of a project, newest first.
#[derive(Clone, Debug)]
pub struct Cycles {
    /// The trains that are out.
    pub list: Vec<ReleaseCycle>,
    /// The trains that are out since a day that nobody wrote down, for which the
    /// site has no place.
    pub undated: Vec<String>,
}

/// The cycles of a project, whose board shows all of its trains.
///
/// # Errors
///
/// A train that cannot be named there, or two of one name.
pub fn cycles(whole: &Board) -> Result<Cycles, String> {
    let kinds = Kinds::of(whole);
    let rows = || {
        whole
            .trains()
            .filter(|row| row.is_out() && !row.train().rolling)
    };
    let idle = idle_zeros(whole);
    let mut cycles = Cycles {
        list: Vec::new(),
        undated: Vec::new(),
    };
    let mut known = BTreeSet::new();
    for row in rows() {
        let name = name(&row.train().version, idle)?;
        if !known.insert(name.clone()) {
            return Err(format!(
                "two trains would be the cycle `{name}` of endoflife.date"
            ));
        }
        match cycle(whole, row, &kinds, name) {
            Some(cycle) => cycles.list.push(cycle),
            None => cycles.undated.push(row.train().label.to_string()),
        }
    }
    // A train of an older line may come out later than a newer one.
    cycles.list.reverse();
    cycles.list.sort_by_key(|cycle| Reverse(cycle.release));
    Ok(cycles)
}

/// How many numbers at the end of versions of three are 0 in all trains: the
/// site calls 48.0.0 and its patches `48`.
fn idle_zeros(board: &Board) -> usize {
    let trains = board.trains().map(Row::train);
    let versions = trains
        .filter(|train| !train.rolling)
        .map(|train| train.version.bare());
    let zeros = versions.map(|version| {
        let parts: Vec<_> = version.as_str().split('.').collect();
        match *parts {
            [_, "0", "0"] => 2,
            [_, _, "0"] => 1,
            _ => 0,
        }
    });
    zeros.min().unwrap_or(0)
}

fn name(train: &Version, idle_zeros: usize) -> Result<String, String> {
    let bare = train.bare().as_str().to_ascii_lowercase();
    let kept = bare.len() - 2 * idle_zeros;
    let is_known = |c: char| c.is_ascii_alphanumeric() || ".-+_".contains(c);
    match bare.get(..kept) {
        Some(name) if name.chars().all(is_known) => Ok(name.to_owned()),
        _ => Err(format!(
            "`{train}` cannot be a cycle of endoflife.date: a name there has letters, \
             digits, `.`, `-`, `+` and `_`"
        )),
    }
}

fn cycle(board: &Board, row: &Row, kinds: &Kinds, name: String) -> Option<ReleaseCycle> {
    let cycle = Cycle::of(board, row, kinds);
    let release = cycle.release?;
    let mut fields = Vec::new();
    if let Some(codename) = &row.train().codename {
        let codename = Scalar::Text(codename.to_string());
        fields.push(Field::new("codename", codename, Use::InNew));
    }
    fields.push(Field::new("releaseDate", Scalar::Day(release), Use::Always));
    fields.extend(lts(&cycle, kinds));
    fields.extend(ends(&cycle, release, board.period()));
    let latest = row.latest();
    if let Some(latest) = latest {
        let version = Scalar::Text(latest.version.bare().to_string());
        let date = Scalar::Day(latest.date);
        let column = Use::Column("latestColumn");
        fields.push(Field::new("latest", version, column));
        fields.push(Field::new("latestReleaseDate", date, column));
    }
    let link = latest.and_then(|latest| latest.link.as_deref());
    let link = link.map(|link| Scalar::Text(link.to_owned()));
    fields.extend(link.map(|link| Field::new("link", link, Use::InNew)));
    Some(ReleaseCycle {
        name,
        train: row.train().version.clone(),
        release,
        latest: latest.map(|latest| latest.version.clone()),
        fields,
    })
}

fn lts(cycle: &Cycle, kinds: &Kinds) -> Option<Field> {
    let (value, when) = match cycle.lts_from {
        Some(from) => (Scalar::Day(from), Use::Always),
        None if cycle.is_lts => (Scalar::Flag(true), Use::Always),
        None if kinds.lts => (Scalar::Flag(false), Use::WhereThere),
        None => return None,
    };
    let same = cycle.lts_earliest.zip(cycle.lts_from);
    Some(Field {
        same: same.map(|(earliest, from)| earliest..=from),
        ..Field::new("lts", value, when)
    })
}

fn ends(cycle: &Cycle, release: Day, period: Period) -> impl Iterator<Item = Field> {
    let yesterday = period.valid_from.and_then(Day::previous);
    let past = release..=yesterday.unwrap_or(release);
    let field = move |key, ending, when| Field::of(key, ending, past.clone(), when);
    let ends = [
        Some(field("eoas", cycle.active, Use::Column("eoasColumn"))),
        Some(field("eol", cycle.ordinary, Use::Always)),
        cycle
            .extended
            .map(|end| field("eoes", end, Use::Column("eoesColumn"))),
    ];
    ends.into_iter().flatten()
}

/// A page for a product that the site does not have: all that the schedule
/// knows, and what is to be said by hand.
pub fn page(whole: &Board, category: &str, cycles: &[ReleaseCycle]) -> String {
    let project = whole.project();
    let template = changelog_template(whole);
    let are_latest_known = cycles.iter().all(|cycle| cycle.latest.is_some());
    let title = Scalar::Text(project.name.to_string());
    let mut page = format!("---\ntitle: {title}\ncategory: {category}\n");
    page += "# By hand: tags, iconSlug, versionCommand, releasePolicyLink and identifiers,\n\
             # and below the last line of dashes what this is.\n";
    let _ = writeln!(page, "permalink: /{}", project.id());
    if let Some(template) = template.clone().filter(|_| are_latest_known) {
        let _ = writeln!(page, "changelogTemplate: {}", Scalar::Text(template));
    }
    let columns = columns(whole);
    for (column, name) in &columns {
        let _ = writeln!(page, "{column}: {}", Scalar::Text((*name).to_owned()));
    }
    if !are_latest_known {
        page += "latestColumn: false\n";
    }
    page += "\nreleases:\n";
    let has_column = |column: &str| match column {
        "latestColumn" => are_latest_known,
        column => columns.iter().any(|(known, _)| *known == column),
    };
    let cycles = cycles.iter().cloned().map(|mut cycle| {
        let is_said = are_latest_known && template.is_none();
        cycle.fields.retain(|field| field.key != "link" || is_said);
        cycle.lines("  ", has_column)
    });
    page + &cycles.collect::<Vec<_>>().join("\n") + "\n---\n"
}

/// The columns that a product has beside the usual ones, and their names.
fn columns(board: &Board) -> Vec<(&'static str, &str)> {
    let [active, _, extended] = names(board);
    let columns = [("eoasColumn", active), ("eoesColumn", extended)];
    let named = columns
        .into_iter()
        .filter_map(|(column, name)| Some((column, name?)));
    named.collect()
}

/// The address of a release as the site has it, where the version is all that
/// differs.
fn changelog_template(board: &Board) -> Option<String> {
    let link = board.project().release_link()?;
    let template = link.replace("{version}", "__LATEST__");
    (!template.contains('{')).then_some(template)
}
