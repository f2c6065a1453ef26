//! Schedules that are larger than anybody's: errors that name the limit, and
//! no waiting.

use std::fmt::Write;

use snapbox::{assert_data_eq, str};

use crate::messages::told;
use crate::project::Project;
use crate::schedules::{day, schedule};

fn with_facts(count: usize) -> String {
    let mut text = String::from(
        "[project]\nname = \"Example\"\n[cadence]\nanchor = { version = \"1\", date = 2020-01-01 }\nevery = \"1 month\"\n",
    );
    for n in 0..count {
        let _ = write!(
            text,
            "[[release]]\nversion = \"{}.{n}\"\ndate = 2026-01-01\n",
            n % 50 + 1
        );
    }
    text
}

#[test]
fn one_release_more_than_the_limit_is_refused() {
    let told = told(&with_facts(50_001));
    assert!(
        told.starts_with("error[too-many]: 50001 releases are more than the limit of 50000\n"),
        "{told}"
    );
}

#[test]
fn as_many_releases_as_the_limit_allows_are_read() {
    let schedule = schedule(&with_facts(50_000));
    let board = schedule.at(day("2026-11-20")).unwrap();
    assert_eq!(board.current().unwrap().latest(), None);
}

#[test]
fn a_million_releases_are_refused_before_they_are_read() {
    let project = Project::with_schedule(&with_facts(1_000_000));
    project.run("status --date 2026-11-20").fails(
        1,
        str![[r#"
error[file-size]: `schedule.toml` is larger than the limit of 8 MiB

"#]],
    );
}

#[test]
fn as_many_trains_as_the_limit_allows_are_read_and_one_more_is_not() {
    let trains = |count: usize| {
        let train = |n| format!("[[train]]\nversion = \"{n}\"\nrelease = 2020-01-01\n");
        format!(
            "[project]\nname = \"Example\"\n{}",
            (0..count).map(train).collect::<String>()
        )
    };
    let board = schedule(&trains(5_000)).at(day("2026-11-20")).unwrap();
    assert_eq!(board.trains().count(), 5_000);
    assert!(
        told(&trains(5_001))
            .starts_with("error[too-many]: 5001 trains are more than the limit of 5000\n")
    );
}

#[test]
fn steps_and_ends_past_the_calendar_are_no_trouble() {
    let text = "[project]\nname = \"Example\"\n[cadence]\nanchor = { version = \"1\", date = 9999-01-01 }\nevery = \"9000 years\"\n[[channel]]\nname = \"LTS\"\nphases = [{ name = \"LTS\", level = \"lts\", for = \"24 months\" }]\n";
    let board = schedule(text).at(day("9999-06-01")).unwrap();
    assert_eq!(board.current().unwrap().end().precision(), "open");
    assert_data_eq!(
        told(
            "[project]\nname = \"Example\"\n[cadence]\nanchor = { version = \"1\", date = 2020-01-01 }\nevery = \"99999999999 days\"\n"
        ),
        str![[r#"
error[bad-value]: `99999999999 days` is not a length such as `15 days`, `6 weeks`, `24 months` or `2 years`
 --> schedule.toml:5:9
  |
5 | every = "99999999999 days"
  |         ^^^^^^^^^^^^^^^^^^ the value of `every`

"#]]
    );
}
