//! Small schedules that are easily told falsely, and what is told of them.

use trainboard::diagnostic::Source;
use trainboard::input;
use trainboard::schedule::{Board, Row, Schedule, Status};
use trainboard::views::summary;

use crate::project::Project;
use crate::schedules::{day, schedule};

macro_rules! told {
    ($name:literal) => {
        include_str!(concat!("../data/told/", $name, ".toml"))
    };
}

fn on(text: &str, date: &str) -> Board {
    schedule(text).at(day(date)).unwrap()
}

#[track_caller]
fn says(text: &str, date: &str, sentence: &str) {
    let summary = summary::text(&on(text, date));
    assert!(summary.contains(sentence), "{summary}");
}

/// That train on that day.
fn row(schedule: &Schedule, version: &str, date: &str) -> Row {
    schedule
        .row_of(&version.parse().unwrap(), day(date))
        .unwrap()
}

/// The phases of a train, each with its first day and its end.
fn phases(text: &str, version: &str) -> Vec<String> {
    let schedule = schedule(text);
    let row = row(&schedule, version, "2026-01-01");
    let phases = row.train().phases.iter();
    let words = phases.map(|phase| {
        let [from, to] = [phase.from, phase.to].map(|when| when.unwrap().to_string());
        format!("{} {from} {to}", phase.name)
    });
    words.collect()
}

fn codes(text: &str) -> Vec<&'static str> {
    let read = input::schedule::parse(&Source::new("schedule.toml", text));
    let found = read.map_or_else(|errors| errors, |read| read.warnings);
    found.iter().map(|found| found.code).collect()
}

#[test]
fn a_plan_that_nobody_recorded_is_due_and_nothing_else() {
    let text = told!("plan-as-fact");
    says(
        text,
        "2026-08-22",
        "Kubernetes 1.36 is the current release, supported through",
    );
    says(
        text,
        "2026-08-22",
        "1.37 is due since 29 July 2026, not recorded.",
    );
    says(
        text,
        "2026-08-22",
        "Next comes 1.38: its branch is due on 7 October 2026",
    );
    let project = Project::with_schedule(text);
    let status = project.run("status 1.37 --date 2026-08-22").fails(1, "");
    assert_eq!(
        status,
        "Kubernetes 1.37 is not supported on 22 August 2026: it is due since 29 July 2026, and not recorded.\n"
    );
    for view in ["security", "versions", "badge --name current"] {
        let told = project
            .run(&format!("render {view} --date 2026-08-22"))
            .succeeds();
        assert!(!told.contains("1.37"), "{told}");
    }
    let chart = project.run("render gantt --date 2026-08-22").succeeds();
    assert!(
        chart.contains("1.37: due since 29 July 2026, not recorded"),
        "{chart}"
    );
}

#[test]
fn a_patch_confirms_its_train_and_those_before_it() {
    let text = told!("rec");
    for date in ["2023-06-10", "2026-08-22"] {
        let board = on(text, date);
        assert!(board.trains().all(|row| !row.is_by_plan()), "{date}");
        assert_eq!(board.due().count(), 0, "{date}");
    }
    says(text, "2026-08-22", "Debian 13 is the current release");
    says(text, "2026-08-22", "Also supported: 12 until 30 June 2028.");
}

#[test]
fn support_that_is_paid_for_is_no_support() {
    let text = told!("extended");
    says(
        text,
        "2026-08-22",
        "Acme 2 is the current release, supported until 1 June 2027.",
    );
    says(
        text,
        "2026-08-22",
        "Extended support only: 1 with no end announced.",
    );
    let board = on(text, "2026-08-22");
    assert_eq!(board.supported().count(), 1);
    assert!(board.lts().is_none());
    let project = Project::with_schedule(text);
    project.run("status 1 --date 2026-08-22").fails(1, "");
    project
        .run("status 1 --extended --date 2026-08-22")
        .succeeds();
    project.run("status 2 --date 2026-08-22").succeeds();
}

#[test]
fn the_end_of_ordinary_support_is_none_of_extended_support() {
    says(
        told!("ubuntu"),
        "2026-08-22",
        "Ubuntu 26.04 is the current release and has long-term support through 30 April 2031; \
         extended support through 30 April 2041.",
    );
    let schedule = schedule(told!("debian"));
    let board = schedule.at(day("2026-08-22")).unwrap();
    let row = row(&schedule, "12", "2026-08-22");
    assert_eq!(row.support_end().when().unwrap().to_string(), "2028-08-30");
    assert_eq!(row.end().when().unwrap().to_string(), "2033-08-09");
    let summary = summary::text(&board);
    assert!(
        summary.starts_with("Debian 13 is the current release"),
        "{summary}"
    );
}

#[test]
fn phases_that_last_for_a_release_follow_each_other() {
    assert_eq!(
        phases(told!("releases-chain"), "42"),
        [
            "All fixes 2026-05-05 2026-06-30",
            "Most fixes 2026-06-30 2026-08-25",
            "Security 2026-08-25 2026-10-20",
        ]
    );
    let schedule = schedule(told!("releases-chain"));
    let row = row(&schedule, "42", "2026-07-15");
    assert_eq!(row.status(), Status::Supported);
    assert_eq!(&*row.phase().unwrap().name, "Most fixes");
}

#[test]
fn the_last_day_of_a_phase_belongs_to_it() {
    for (text, version, first) in [
        (told!("round-endday"), "1", "Active support"),
        (told!("php"), "8.4", "Active support"),
    ] {
        let schedule = schedule(text);
        let phase = |date: &str| {
            row(&schedule, version, date)
                .phase()
                .unwrap()
                .name
                .to_string()
        };
        assert_eq!(phase("2026-12-31"), first);
        assert_ne!(phase("2027-01-01"), first);
    }
}

#[test]
fn no_day_is_in_two_phases() {
    let text = told!("round-overlap");
    assert_eq!(
        phases(text, "1"),
        ["P0 2024-08-23 2026-12-31", "P2 2026-12-31 2028-03-23"]
    );
    assert_eq!(codes(text), ["empty-phase"]);
}

#[test]
fn each_phase_before_the_release_has_its_own_days() {
    let text = told!("python-rule");
    let before = &phases(text, "3.14")[..3];
    assert_eq!(
        before,
        [
            "Alpha 2024-05-07 2025-05-07",
            "Beta 2025-05-07 2025-08-07",
            "Release candidate 2025-08-07 2025-10-07",
        ]
    );
    let without = text.replace(", from = \"5 months before\"", "");
    assert_eq!(codes(&without), ["second-from-branch"]);
}

#[test]
fn a_channel_needs_the_branch_of_its_own_cadence() {
    assert_eq!(codes(told!("nobranch")), [""; 0]);
}

#[test]
fn what_changes_beyond_the_window_is_told() {
    let project = Project::with_schedule(told!("next-silent"));
    let told = project
        .run("diff --from 2026-12-14 --to 2026-12-15")
        .succeeds();
    assert!(told.contains("support of 18.0.0 ends"), "{told}");
}

#[test]
fn a_release_is_found_by_its_own_name() {
    let project = Project::with_schedule(told!("status-train"));
    let told = project.run("status 15.2.1 --date 2026-08-22").succeeds();
    assert!(
        told.starts_with("Mini 2019 is supported on 22 August 2026"),
        "{told}"
    );
}

#[test]
fn a_suffix_that_is_no_word_for_one_makes_no_pre_release() {
    let schedule = schedule(told!("suffix"));
    let latest = |date: &str| {
        row(&schedule, "11.2", date)
            .latest()
            .unwrap()
            .version
            .to_string()
    };
    assert_eq!(latest("2026-08-11"), "11.2.0");
    assert_eq!(latest("2026-08-12"), "11.2.13-h1");
}

#[test]
fn a_zero_that_would_be_lost_is_warned_of() {
    assert_eq!(codes(told!("calver")), ["zero-lost"]);
    let calendar = told!("calver").replace(
        "bump = \"minor\"",
        "bump = \"calendar\"\nversion = \"YY.0M\"",
    );
    let board = schedule(&calendar).all_at(day("2025-05-01")).unwrap();
    let versions: Vec<_> = board
        .trains()
        .map(|row| row.train().version.to_string())
        .collect();
    assert_eq!(versions, ["24.04", "24.10", "25.04", "25.10"]);
}

#[test]
fn a_cadence_may_end_before_the_next_begins() {
    let board = schedule(told!("linux2")).all_at(day("2026-08-22")).unwrap();
    let versions: Vec<_> = board
        .trains()
        .map(|row| row.train().version.to_string())
        .collect();
    assert_eq!(
        versions,
        ["6.17", "6.18", "6.19", "7.0", "7.1", "7.2", "7.3"]
    );
}

#[test]
fn months_stand_wherever_a_plan_stands() {
    let schedule = schedule(told!("django"));
    let table = Project::with_schedule(told!("django"))
        .run("status --all --date 2026-08-22")
        .succeeds();
    for text in ["May 2027", "Apr 2027", "Jan 2028", "Dec 2027"] {
        assert!(table.contains(text), "{table}");
    }
    let phase = |date: &str| {
        row(&schedule, "6.1", date)
            .phase()
            .unwrap()
            .name
            .to_string()
    };
    assert_eq!(phase("2027-05-31"), "Mainstream");
    assert_eq!(phase("2027-06-01"), "Extended");
    assert_eq!(
        row(&schedule, "6.2", "2027-04-30").status(),
        Status::Planned
    );
    assert_eq!(
        row(&schedule, "6.2", "2027-05-01").status(),
        Status::Supported
    );
}

#[test]
fn a_release_that_is_known_to_be_out_is_not_out_before_its_day() {
    let text = "[project]\nname = \"A\"\n[[train]]\nversion = \"1\"\nreleased = true\n\
                [[release]]\nversion = \"1.0\"\ndate = 2030-01-01\n";
    assert_eq!(codes(text), ["release-twice"]);
}

#[test]
fn a_letter_in_the_place_of_a_digit_is_warned_of() {
    let text = "[project]\nname = \"A\"\n[[train]]\nversion = \"1.O.0\"\nrelease = 2024-01-01\n";
    assert_eq!(codes(text).len(), 1, "{:?}", codes(text));
}

#[test]
fn a_label_that_begins_with_the_project_is_not_told_twice() {
    let text = "[project]\nname = \"Debian\"\nversion-label = \"Debian {version}\"\n\
                [[train]]\nversion = \"13\"\nrelease = 2025-08-09\n";
    says(
        text,
        "2026-08-22",
        "Debian 13 is the current release, supported",
    );
}

#[test]
fn long_term_support_that_ends_first_is_no_advice() {
    let of = |end: &str| {
        let text = format!(
            "[project]\nname = \"Lantern\"\n[[train]]\nversion = \"4\"\nreleased = 2025-01-10\n\
             phases = [{{ name = \"LTS\", level = \"lts\" }}]\nend = 2027-06-01\n\
             [[train]]\nversion = \"5\"\nreleased = 2026-01-10\n{end}"
        );
        summary::text(&schedule(&text).at(day("2026-11-20")).unwrap())
    };
    let of = |end: &str| of(end).lines().next().unwrap().to_owned();
    assert_eq!(
        of("end = 2028-01-01\n"),
        "Lantern 5 is the current release, supported until 1 January 2028; 4 has long-term support \
         until 1 June 2027, which is earlier."
    );
    assert_eq!(
        of("end = 2027-01-01\n"),
        "Lantern 5 is the current release, supported until 1 January 2027; for long-term support \
         choose 4, supported until 1 June 2027."
    );
    assert_eq!(
        of(""),
        "Lantern 5 is the current release, supported with no end announced; for long-term support \
         choose 4, supported until 1 June 2027."
    );
}
