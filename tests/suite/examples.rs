//! The schedules of `examples/`: each is sound and short, and tells what its
//! project tells, on the day before, the day of and the day after each date of the
//! project's own list. What differs is named, with the reason.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use trainboard::diagnostic::Source;
use trainboard::input;
use trainboard::schedule::{Length, Schedule};

use crate::import::schedules::AS_OF;
use crate::import::schedules::oracle::{self, Last, Told};
use crate::schedules::{day, schedule};

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/examples"))
}

fn text(name: &str) -> String {
    fs::read_to_string(folder().join(format!("{name}.toml"))).unwrap()
}

fn names() -> Vec<String> {
    let files = fs::read_dir(folder()).unwrap();
    let paths = files.map(|file| file.unwrap().path());
    let mut names: Vec<_> = paths
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    names.sort();
    names
}

/// The text of each.
pub(crate) fn texts() -> impl Iterator<Item = String> {
    names().into_iter().map(|name| text(&name))
}

#[test]
fn every_example_is_sound_and_short_and_says_where_its_facts_are_from() {
    assert_eq!(names().len(), 16);
    for name in names() {
        let text = text(&name);
        let read = input::schedule::parse(&Source::new(&name, text.clone()));
        let read = read.unwrap_or_else(|found| panic!("{name}: {found:#?}"));
        assert_eq!(read.schedule.findings(), [], "{name}");
        assert!(text.lines().count() < 60, "{name}");
        let comment: Vec<_> = text.lines().take_while(|line| !line.is_empty()).collect();
        assert!(comment.iter().all(|line| line.starts_with("# ")), "{name}");
        assert!(comment.join(" ").contains("# Facts: https://"), "{name}");
    }
}

type Trains = BTreeMap<String, Told>;

/// Those that the example makes, of those that are out.
fn of_example(schedule: &Schedule, mut told: Trains) -> Trains {
    told.retain(|name, told| {
        let is_made = || {
            let train = schedule.train_of(&name.parse().unwrap());
            train.is_some_and(|train| train.version.as_str() == name)
        };
        told.release.is_none_or(|release| release <= day(AS_OF)) && is_made()
    });
    told
}

/// A train that is supported until another comes is over on the day on which
/// that one is out; to endoflife.date it is the last day of both.
fn until_the_next(mut told: Trains) -> Trains {
    let releases: Vec<_> = told.values().filter_map(|told| told.release).collect();
    for told in told.values_mut() {
        if let Last::Day(last) = told.ordinary
            && releases.contains(&last)
        {
            told.ordinary = Last::Day(last.previous().unwrap());
        }
    }
    told
}

/// Debian's long-term support is everybody's; to endoflife.date it is extended
/// support, and it does not know what others offer after it.
fn long_term_for_all(mut told: Trains) -> Trains {
    for told in told.values_mut() {
        told.ordinary = told.extended;
        let Last::Day(_) = told.ordinary else {
            continue;
        };
        told.extended = told.release.map_or(Last::Unknown, |release| {
            Last::Day(release.after(Length::months(120)).unwrap())
        });
    }
    told
}

/// The releases of Wasmtime as they came out, and the ends of its page.
fn wasmtime() -> (Trains, Value) {
    let tables: Value = serde_json::from_str(include_str!("../data/wasmtime-tables.json")).unwrap();
    let rows = tables.as_object().unwrap().values();
    let rows = rows.flat_map(|table| table.as_array().unwrap());
    let ends: BTreeMap<_, _> = rows
        .map(|row| (&row["version"], row["eol"].as_str().unwrap()))
        .map(|(version, end)| (version.as_str().unwrap(), end))
        .collect();
    let lines = include_str!("../data/wasmtime-releases.csv").lines();
    let releases: Vec<_> = lines
        .filter_map(|line| line.split_once(','))
        .filter_map(|(version, released)| Some((version, released, *ends.get(version)?)))
        .collect();
    let told = releases.iter().map(|(version, released, end)| {
        let last = Last::Day(day(end).previous().unwrap());
        let told = Told::ordinary(Some(day(released)), last);
        ((*version).to_owned(), told)
    });
    (told.collect(), json!(releases))
}

/// What the schedule of Node.js says, which writes a `v` before its versions.
fn node() -> (Trains, Value) {
    let (told, source) = oracle::node();
    let number = |name: String| name.trim_start_matches('v').to_owned();
    let told = told.into_iter().map(|(name, told)| (number(name), told));
    (told.collect(), source)
}

fn told_as(read: fn(Trains) -> Trains, name: &str) -> (Trains, Value) {
    let (told, source) = oracle::endoflife(name);
    (read(told), source)
}

/// A train of which an example and its source say something else: on how many of
/// the days, from which on, and why.
type Difference = (&'static str, &'static str, &'static str);

const SLIPPED: &str = "it slipped, and of those that did the example has the newest alone";

const OF_WASMTIME: &[Difference] = &[
    (
        "20.0.0",
        "1 from 2024-04-21: NotYet there, Ordinary here",
        SLIPPED,
    ),
    (
        "23.0.0",
        "2 from 2024-07-20: NotYet there, Ordinary here",
        SLIPPED,
    ),
    (
        "26.0.0",
        "1 from 2024-10-21: NotYet there, Ordinary here",
        SLIPPED,
    ),
    (
        "32.0.0",
        "1 from 2025-04-20: NotYet there, Ordinary here",
        SLIPPED,
    ),
    (
        "35.0.0",
        "2 from 2025-07-20: NotYet there, Ordinary here",
        SLIPPED,
    ),
    (
        "42.0.0",
        "3 from 2026-02-20: NotYet there, Ordinary here",
        SLIPPED,
    ),
    (
        "45.0.0",
        "1 from 2026-05-20: NotYet there, Ordinary here",
        SLIPPED,
    ),
];

const OF_KUBERNETES: &[Difference] = &[(
    "1.36",
    "2 from 2026-04-20: Ordinary there, NotYet here",
    "the file of April has its plan, and it came out two days later",
)];

const APRIL: &str = "the example has the month, which is supported whole";

const OF_NODE: &[Difference] = &[
    ("20", "1 from 2026-04-30: Over there, Ordinary here", APRIL),
    ("22", "1 from 2027-04-30: Over there, Ordinary here", APRIL),
    ("24", "1 from 2028-04-30: Over there, Ordinary here", APRIL),
    ("26", "1 from 2029-04-30: Over there, Ordinary here", APRIL),
];

const OF_LINUX: &[Difference] = &[(
    "7.1",
    "11 from 2026-08-31: Ordinary there, Over here",
    "the source knows an end only when it has come, and the rule has one before",
)];

const OF_FIREFOX: &[Difference] = &[(
    "140",
    "1 from 2026-09-29: Ordinary there, Over here",
    "the day on which 156 is out, which the source does not list",
)];

const EXTENDED: &str = "the source leaves the extended channel out";

const OF_CHROME: &[Difference] = &[
    (
        "144",
        "6 from 2026-02-10: Over there, Extended here",
        EXTENDED,
    ),
    (
        "146",
        "6 from 2026-04-07: Over there, Extended here",
        EXTENDED,
    ),
    (
        "148",
        "3 from 2026-06-02: Over there, Extended here",
        EXTENDED,
    ),
    (
        "150",
        "9 from 2026-07-28: Over there, Extended here",
        EXTENDED,
    ),
    (
        "151",
        "1 from 2026-08-25: Ordinary there, Over here",
        "the day on which 152 is out, which the source does not list",
    ),
];

/// An example, how many of its trains are out, and what its source says of them.
type Comparison = (&'static str, usize, (Trains, Value), &'static [Difference]);

fn comparisons() -> Vec<Comparison> {
    vec![
        ("wasmtime", 29, wasmtime(), OF_WASMTIME),
        ("kubernetes", 4, oracle::endoflife("kubernetes"), &[]),
        ("kubernetes", 4, oracle::kubernetes(), OF_KUBERNETES),
        ("python", 5, oracle::endoflife("python"), &[]),
        ("python", 5, oracle::python(), &[]),
        ("node", 7, node(), OF_NODE),
        ("php", 4, oracle::endoflife("php"), &[]),
        ("postgresql", 6, oracle::endoflife("postgresql"), &[]),
        ("ubuntu", 11, oracle::endoflife("ubuntu"), &[]),
        ("debian", 3, told_as(long_term_for_all, "debian"), &[]),
        ("django", 5, oracle::endoflife("django"), &[]),
        ("linux", 11, oracle::endoflife("linux"), OF_LINUX),
        ("firefox", 9, told_as(until_the_next, "firefox"), OF_FIREFOX),
        ("chrome", 8, told_as(until_the_next, "chrome"), OF_CHROME),
        ("rust", 25, told_as(until_the_next, "rust"), &[]),
        ("go", 5, told_as(until_the_next, "go"), &[]),
        ("dotnet", 3, oracle::endoflife("dotnet"), &[]),
    ]
}

#[test]
fn examples_tell_what_their_projects_tell_on_each_day_around_each_date() {
    for (name, trains, (told, source), differences) in comparisons() {
        let schedule = schedule(&text(name));
        let told = of_example(&schedule, told);
        assert_eq!(told.len(), trains, "{name}: {told:#?}");
        let found = oracle::differing(&schedule, &told, &source);
        let found: Vec<_> = found
            .into_iter()
            .map(|(train, days)| (train, format!("{} from {}", days.len(), days[0])))
            .collect();
        let named: Vec<_> = differences
            .iter()
            .map(|(train, days, _)| ((*train).to_owned(), (*days).to_owned()))
            .collect();
        assert_eq!(found, named, "{name}");
    }
}

/// The questions of the guide's page, each with its example.
fn questions() -> Vec<(&'static str, String)> {
    let page = include_str!("../../content/guide/how-to-say.md");
    let sections = page.split("\n## ").skip(1);
    let questions = sections.map(|section| {
        let (question, answer) = section.split_once('\n').unwrap();
        let examples: Vec<_> = answer.split("```toml\n").skip(1).collect();
        let [example] = examples[..] else {
            panic!("{question}: {} examples", examples.len());
        };
        let example = example.split("```").next().unwrap();
        let project = "[project]\nname = \"Example\"\n";
        let project = if example.contains("[project]") {
            ""
        } else {
            project
        };
        (question, format!("{project}{example}"))
    });
    questions.collect()
}

#[test]
fn each_answer_to_how_do_i_say_is_a_sound_schedule() {
    let questions = questions();
    assert_eq!(questions.len(), 22);
    for (question, example) in questions {
        let read = input::schedule::parse(&Source::new("schedule.toml", example));
        let read = read.unwrap_or_else(|found| panic!("{question}: {found:#?}"));
        assert_eq!(read.schedule.findings(), [], "{question}");
    }
}
