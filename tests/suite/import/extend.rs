//! What is added to a schedule's text leaves the rest as it was, byte for byte.

use proptest::prelude::*;
use snapbox::{assert_data_eq, str};
use trainboard::diagnostic::Source;
use trainboard::import::extend::with_releases;
use trainboard::input::{self, Original};
use trainboard::report;
use trainboard::schedule::{Day, ReleaseEntry};

const HEAD: &str = "[project]\nname = \"A\"\n[[train]]\nversion = \"1\"\nrelease = 2024-01-01\n";

fn original(raw: &str) -> Original {
    Original {
        raw: raw.to_owned(),
        source: Source::of_file("schedule.toml", raw),
    }
}

fn facts(facts: &[(&str, &str)]) -> Vec<ReleaseEntry> {
    let fact = |(version, date): &(&str, &str)| {
        ReleaseEntry::new(version.parse().unwrap(), date.parse().unwrap())
    };
    facts.iter().map(fact).collect()
}

/// The text with `1.0.1` and `1.0.2` added.
#[track_caller]
fn extended(raw: &str) -> String {
    let new = facts(&[("1.0.1", "2024-02-01"), ("1.0.2", "2024-03-01")]);
    with_releases(&original(raw), &new).unwrap()
}

const SPACED: &str = "[[release]]\nversion = \"1.0.1\"\ndate = 2024-02-01\n\n[[release]]\nversion = \"1.0.2\"\ndate = 2024-03-01\n";

const FIRST: &str = "[[release]]\nversion = \"1.0.0\"\ndate = 2024-01-01\n";

#[test]
fn without_any_fact_they_come_at_the_end() {
    assert_eq!(extended(HEAD), format!("{HEAD}\n{SPACED}"));
    assert_eq!(extended(&format!("{HEAD}\n")), format!("{HEAD}\n{SPACED}"));
}

#[test]
fn a_last_line_without_its_end_gets_one() {
    let head = HEAD.trim_end();
    assert_eq!(extended(head), format!("{HEAD}\n{SPACED}"));
    let text = format!("{HEAD}\n{FIRST}note = 'x' # why");
    assert_eq!(extended(&text), format!("{text}\n\n{SPACED}"));
}

#[test]
fn they_come_after_the_last_fact_wherever_that_is() {
    let before = format!("# facts first\n\n{FIRST}# said by the bot\n");
    let after = format!("\n# the project\n{HEAD}");
    assert_eq!(
        extended(&format!("{before}{after}")),
        format!("{before}\n{SPACED}{after}")
    );
}

#[test]
fn a_comment_of_what_follows_stays_with_it() {
    let before = format!("\n{FIRST}");
    let after = format!("# the project\n{HEAD}");
    assert_eq!(
        extended(&format!("{before}{after}")),
        format!("{before}\n{SPACED}\n{after}")
    );
}

#[test]
fn the_form_of_the_last_fact_is_followed() {
    let text = format!("{HEAD}[[release]]\nversion = '1.0.0'\ndate    = \"2024-01-01\"\n");
    assert_eq!(
        extended(&text),
        format!(
            "{text}[[release]]\nversion = \"1.0.1\"\ndate    = 2024-02-01\n[[release]]\nversion = \"1.0.2\"\ndate    = 2024-03-01\n"
        )
    );
}

#[test]
fn line_ends_and_the_byte_order_mark_are_kept() {
    let text = format!("\u{feff}{HEAD}\n{FIRST}").replace('\n', "\r\n");
    let added = format!("\n{SPACED}").replace('\n', "\r\n");
    assert_eq!(extended(&text), format!("{text}{added}"));
    let mark = format!("\u{feff}{HEAD}");
    assert_eq!(extended(&mark), format!("{mark}\n{SPACED}"));
}

#[test]
fn odd_keys_quotes_and_headers_are_no_trouble() {
    let text = format!(
        "{HEAD}\n[[ \"release\" ]] # a header\n'version'=\"\"\"1.0.0\"\"\"\n\"date\" = 2024-01-01 # [[release]]\nnote = \"\"\"\\\n  long # [[x]] \\\n\n\"\"\"\n\n\n"
    );
    let at = text.len() - 2;
    let new = extended(&text);
    assert!(new.starts_with(&text[..at]) && new.ends_with(&text[at..]));
    assert!(input::schedule::parse(&Source::of_file("schedule.toml", &new)).is_ok());
}

#[test]
fn an_array_in_one_piece_is_refused() {
    let text = format!("release = [{{ version = \"1.0.0\", date = 2024-01-01 }}]\n{HEAD}");
    let new = facts(&[("1.0.1", "2024-02-01")]);
    let refused = with_releases(&original(&text), &new).unwrap_err();
    assert_data_eq!(
        report::plain(&refused),
        str![[r#"
error[inline-releases]: `release` is one array, to which no table can be added
 --> schedule.toml:1:11
  |
1 | release = [{ version = "1.0.0", date = 2024-01-01 }]
  |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ written here
  |
help: write each release as a table of its own, `[[release]]`
"#]]
    );
}

/// Schedules in pieces, each of which may come or not.
fn schedules() -> impl Strategy<Value = String> {
    let noise = prop::sample::select(vec![
        "",
        "\n",
        "# [[release]]\n",
        "  # x\n\n",
        "\n\n\n",
        "\t\n",
        "# a\n# b\n",
    ]);
    let fact = prop::sample::select(vec![
        "[[release]]\nversion = \"1.0.0\"\ndate = 2024-01-01\n",
        "[[release]] # x\n  version='1.0.0'\n\n  # in\n  date=\"2024-01-01\" # y\n",
        "[[\"release\"]]\ndate = 2024-01-01\nversion = \"\"\"\\\n  1.0.0\"\"\"\n",
        "",
    ]);
    let end = prop::sample::select(vec!["", "[window]\nrecent = 2\n", "# end"]);
    let parts = (noise.clone(), noise.clone(), fact, noise, end);
    (parts, any::<(bool, bool, bool)>()).prop_map(|(parts, (mark, crlf, cut))| {
        let (first, second, fact, third, end) = parts;
        let mut text = format!("{first}{HEAD}{second}{fact}{third}{end}");
        if cut {
            text.truncate(text.trim_end().len());
        }
        if crlf {
            text = text.replace('\n', "\r\n");
        }
        if mark {
            format!("\u{feff}{text}")
        } else {
            text
        }
    })
}

proptest! {
    #[test]
    fn all_that_was_there_is_there_around_one_place(raw in schedules(), count in 1..4_i32) {
        let first = "2024-02-01".parse::<Day>().unwrap().number();
        let entry = |n: i32| ReleaseEntry::new(
            format!("1.0.{n}").parse().unwrap(),
            Day::from_number(first + n).unwrap(),
        );
        let new: Vec<_> = (1..=count).map(entry).collect();
        let text = with_releases(&original(&raw), &new).unwrap();
        let before = raw.bytes().zip(text.bytes()).take_while(|(a, b)| a == b).count();
        let after = raw.bytes().rev().zip(text.bytes().rev()).take_while(|(a, b)| a == b).count();
        prop_assert!(before + after >= raw.len(), "{raw:?} became {text:?}");
        if raw.contains("\r\n") {
            prop_assert!(!text.replace("\r\n", "").contains('\n'), "{text:?}");
        } else {
            prop_assert!(!text.contains('\r'));
        }
        let old = input::schedule::parse(&Source::of_file("schedule.toml", &raw)).unwrap();
        let read = input::schedule::parse(&Source::of_file("schedule.toml", &text)).unwrap();
        let (old, facts) = (old.schedule.facts().len(), read.schedule.facts());
        prop_assert_eq!(facts.len(), old + new.len());
        for (fact, wanted) in facts[old..].iter().zip(&new) {
            prop_assert_eq!((&fact.version, fact.date), (&wanted.version, wanted.date));
        }
    }
}
