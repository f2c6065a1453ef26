//! What the words of a schedule mean, one by one.

use trainboard::schedule::{End, Row, Schedule};

use crate::schedules::{day, schedule};

const MONTHLY: &str = r#"
[project]
name = "Example"
[cadence]
anchor = { version = "1.0.0", date = 2024-01-20 }
every = "1 month"
branch = "15 days before"
"#;

fn monthly(rest: &str) -> Schedule {
    schedule(&format!("{MONTHLY}\n{rest}"))
}

fn written(rest: &str) -> Schedule {
    schedule(&format!("[project]\nname = \"Example\"\n{rest}"))
}

/// `1.0.0 supported 2024-03-20`: a train on a day.
#[track_caller]
fn row(schedule: &Schedule, version: &str, date: &str) -> Row {
    schedule
        .row_of(&version.parse().unwrap(), day(date))
        .unwrap()
}

#[track_caller]
fn status(schedule: &Schedule, version: &str, date: &str) -> &'static str {
    row(schedule, version, date).status().as_str()
}

#[track_caller]
fn end(schedule: &Schedule, version: &str) -> String {
    match row(schedule, version, "2024-01-01").end() {
        End::On(when) => when.to_string(),
        other => other.precision().to_owned(),
    }
}

fn shown(schedule: &Schedule, date: &str) -> Vec<String> {
    let board = schedule.at(day(date)).unwrap();
    board
        .trains()
        .map(|row| row.train().version.to_string())
        .collect()
}

#[test]
fn days_count_from_the_anchor_and_never_drift() {
    let schedule = schedule(
        "[project]\nname = \"Example\"\n[cadence]\nanchor = { version = \"1\", date = 2026-01-31 }\nevery = \"1 month\"",
    );
    let release = |version| {
        row(&schedule, version, "2026-01-01")
            .release()
            .when()
            .unwrap()
            .to_string()
    };
    assert_eq!(release("2"), "2026-02-28");
    assert_eq!(release("3"), "2026-03-31");
}

#[test]
fn a_weekend_moves_the_release_and_nothing_else() {
    let schedule = schedule(&format!(
        "{MONTHLY}\nweekend = \"after\"\n[[channel]]\nname = \"Normal\"\nphases = [{{ name = \"Supported\", for = \"2 months\" }}]"
    ));
    let first = row(&schedule, "1.0.0", "2024-01-20");
    assert_eq!(
        first.release().when(),
        Some(day("2024-01-22").into()),
        "the 20th is a Saturday"
    );
    assert_eq!(first.branch().when(), Some(day("2024-01-05").into()));
    assert_eq!(end(&schedule, "1.0.0"), "2024-03-20");
    assert_eq!(first.status().as_str(), "stabilising");
}

#[test]
fn support_counts_from_the_plan_unless_the_channel_says_otherwise() {
    let fact = "[[release]]\nversion = \"1.0.0\"\ndate = 2024-01-24\n";
    let channel =
        "[[channel]]\nname = \"Normal\"\nphases = [{ name = \"Supported\", for = \"2 months\" }]\n";
    assert_eq!(
        end(&monthly(&format!("{channel}{fact}")), "1.0.0"),
        "2024-03-20"
    );
    let from_release = format!("{channel}support-from = \"release\"\n{fact}");
    assert_eq!(end(&monthly(&from_release), "1.0.0"), "2024-03-24");
}

#[test]
fn a_recorded_day_counts_on_boards_before_it() {
    let schedule = monthly("[[release]]\nversion = \"2.0.0\"\ndate = 2024-02-24\n");
    let late = row(&schedule, "2.0.0", "2024-02-21");
    assert_eq!(late.status().as_str(), "stabilising");
    assert_eq!(late.release().when(), Some(day("2024-02-24").into()));
    assert_eq!(late.release().planned, Some(day("2024-02-20").into()));
}

#[test]
fn a_plan_that_has_come_is_due_until_it_is_recorded() {
    let schedule = monthly("[[release]]\nversion = \"1.0.0\"\ndate = 2024-01-20\n");
    assert_eq!(status(&schedule, "1.0.0", "2024-02-20"), "supported");
    assert_eq!(status(&schedule, "2.0.0", "2024-02-19"), "stabilising");
    let second = row(&schedule, "2.0.0", "2024-02-20");
    assert_eq!(second.status().as_str(), "due");
    assert!(!second.is_by_plan());
}

#[test]
fn a_plan_that_is_trusted_counts_and_is_known_to_be_a_plan() {
    let text = format!("{MONTHLY}\n[[release]]\nversion = \"1.0.0\"\ndate = 2024-01-20\n");
    let schedule = schedule(&text.replace("[cadence]", "plans = \"trusted\"\n[cadence]"));
    let second = row(&schedule, "2.0.0", "2024-02-20");
    assert!(second.is_supported());
    assert!(second.is_by_plan());
    assert!(!row(&schedule, "1.0.0", "2024-02-20").is_by_plan());
}

#[test]
fn a_phase_of_n_releases_ends_with_the_nth_newer_train_that_leaves() {
    let channel =
        "[[channel]]\nname = \"Normal\"\nphases = [{ name = \"Supported\", releases = 2 }]\n";
    assert_eq!(end(&monthly(channel), "1.0.0"), "2024-03-20");
    let skipped = format!("{channel}[[train]]\nversion = \"3.0.0\"\nskip = \"holidays\"\n");
    assert_eq!(end(&monthly(&skipped), "1.0.0"), "2024-04-20");
    assert_eq!(end(&monthly(&skipped), "2.0.0"), "2024-05-20");
    let moved = format!("{channel}[[train]]\nversion = \"3.0.0\"\nrelease = 2024-03-27\n");
    assert_eq!(end(&monthly(&moved), "1.0.0"), "2024-03-27");
}

#[test]
fn a_phase_of_n_releases_is_open_while_nobody_knows_the_nth() {
    let text = "[[channel]]\nname = \"Normal\"\nphases = [{ name = \"Supported\", releases = 2 }]\n\
        [[train]]\nversion = \"1\"\nrelease = 2024-01-01\n[[train]]\nversion = \"2\"\nrelease = 2024-02-01\n\
        [[train]]\nversion = \"3\"\nrelease = 2024-03-01\n[[train]]\nversion = \"4\"\n";
    let schedule = written(text);
    assert_eq!(end(&schedule, "1"), "2024-03-01");
    assert_eq!(end(&schedule, "2"), "open");
    assert_eq!(status(&schedule, "4", "2030-01-01"), "planned");
}

#[test]
fn a_month_is_supported_whole() {
    let schedule =
        written("[[train]]\nversion = \"3.14\"\nrelease = 2025-10-07\nend = \"2030-10\"\n");
    assert_eq!(status(&schedule, "3.14", "2030-10-31"), "supported");
    assert_eq!(status(&schedule, "3.14", "2030-11-01"), "ended");
    let row = row(&schedule, "3.14", "2026-01-01");
    assert_eq!(row.end().precision(), "month");
    assert_eq!(row.end().when(), "2030-10".parse().ok());
}

#[test]
fn the_end_day_is_supported_only_where_the_project_says_so() {
    let train = "[[train]]\nversion = \"1\"\nrelease = 2024-01-01\nend = 2024-06-30\n";
    assert_eq!(status(&written(train), "1", "2024-06-30"), "ended");
    let last = written(&format!("end-day = \"supported\"\n{train}"));
    assert_eq!(status(&last, "1", "2024-06-30"), "supported");
    assert_eq!(status(&last, "1", "2024-07-01"), "ended");
}

#[test]
fn what_is_unknown_stays_unknown() {
    let schedule = written(
        "[[train]]\nversion = \"1\"\nreleased = true\nended = true\n[[train]]\nversion = \"2\"\nreleased = true\n[[train]]\nversion = \"3\"\n",
    );
    for date in ["1990-01-01", "2024-01-01", "2090-01-01"] {
        assert_eq!(status(&schedule, "1", date), "ended");
        assert_eq!(status(&schedule, "2", date), "supported");
        assert_eq!(status(&schedule, "3", date), "planned");
    }
    assert_eq!(end(&schedule, "1"), "unknown");
    assert_eq!(end(&schedule, "2"), "open");
    let board = schedule.at(day("2024-01-01")).unwrap();
    assert_eq!(board.period().valid_from, None);
    assert_eq!(board.period().next_change, None);
}

#[test]
fn written_days_that_have_passed_are_facts_where_nothing_is_recorded() {
    let train = "[[train]]\nversion = \"1\"\nrelease = 2024-01-01\nend = 2024-06-30\n";
    let plain = written(train);
    assert_eq!(row(&plain, "1", "2023-12-31").release().recorded, None);
    assert_eq!(
        row(&plain, "1", "2024-01-01").release().recorded,
        Some(day("2024-01-01"))
    );
    assert_eq!(
        row(&plain, "1", "2024-06-30").recorded_end(),
        Some(day("2024-06-30"))
    );
    let recorded = written(&format!(
        "{train}[[release]]\nversion = \"1.1\"\ndate = 2024-02-01\n"
    ));
    assert_eq!(row(&recorded, "1", "2024-06-30").release().recorded, None);
}

#[test]
fn an_overridden_end_cuts_or_lengthens_the_last_phase() {
    let channel = "[[channel]]\nname = \"Normal\"\nphases = [{ name = \"Active\", for = \"2 months\" }, { name = \"Security\", level = \"maintenance\", for = \"2 months\" }]\n";
    let phases = |end: &str| {
        let schedule = monthly(&format!(
            "{channel}[[train]]\nversion = \"1.0.0\"\nend = {end}\n"
        ));
        let train = schedule.train_of(&"1.0.0".parse().unwrap()).unwrap();
        let phase =
            |phase: &trainboard::schedule::Phase| format!("{} {}", phase.name, phase.to.unwrap());
        train.phases.iter().map(phase).collect::<Vec<_>>()
    };
    assert_eq!(
        phases("2024-07-01"),
        ["Active 2024-03-20", "Security 2024-07-01"]
    );
    assert_eq!(
        phases("2024-04-01"),
        ["Active 2024-03-20", "Security 2024-04-01"]
    );
    assert_eq!(
        phases("2024-03-01"),
        ["Active 2024-03-01"],
        "a phase left empty vanishes"
    );
}

#[test]
fn a_pre_phase_ends_with_the_release_at_the_latest() {
    let schedule = written(
        "[[train]]\nversion = \"27\"\nrelease = 2027-04-22\nend = 2030-04-30\nphases = [{ name = \"Alpha\", level = \"pre\", from = 2026-10-28 }, { name = \"Current\", from = 2027-05-01 }]\n",
    );
    assert_eq!(
        row(&schedule, "27", "2026-11-20")
            .phase()
            .map(|phase| &*phase.name),
        Some("Alpha")
    );
    assert_eq!(status(&schedule, "27", "2026-11-20"), "stabilising");
    assert_eq!(row(&schedule, "27", "2027-04-22").phase(), None);
    assert_eq!(status(&schedule, "27", "2027-04-22"), "supported");
}

#[test]
fn a_skipped_train_never_leaves_and_says_why() {
    let schedule =
        monthly("[[train]]\nversion = \"3.0.0\"\nskip = \"the team is at a conference\"\n");
    let board = schedule.at(day("2024-02-25")).unwrap();
    assert_eq!(shown(&schedule, "2024-02-25"), ["1.0.0", "2.0.0", "4.0.0"]);
    assert_eq!(&*board.skipped()[0].label, "3.0.0");
    assert_eq!(&*board.skipped()[0].reason, "the team is at a conference");
}

#[test]
fn a_late_train_does_not_prolong_an_ended_one() {
    let schedule = monthly(
        "[[channel]]\nname = \"Normal\"\nphases = [{ name = \"Supported\", for = \"2 months\" }]\n[[release]]\nversion = \"1.0.1\"\ndate = 2024-03-25\n",
    );
    assert_eq!(status(&schedule, "1.0.0", "2024-03-25"), "ended");
    assert_eq!(
        row(&schedule, "1.0.0", "2024-03-25")
            .latest()
            .unwrap()
            .version
            .as_str(),
        "1.0.1"
    );
    let finding = &schedule.findings()[0];
    assert_eq!(finding.code, "released-after-end");
}

#[test]
fn no_later_release_moves_an_end() {
    let channel =
        "[[channel]]\nname = \"Normal\"\nphases = [{ name = \"Supported\", for = \"2 months\" }]\n";
    let kinds = [
        monthly(channel),
        monthly(&channel.replace("phases", "support-from = \"release\"\nphases")),
        written("[[train]]\nversion = \"1\"\nrelease = 2024-01-20\nend = 2024-03-20\n"),
    ];
    let usual = kinds.map(|schedule| end(&schedule, "1"));
    assert_eq!(usual, ["2024-03-20"; 3]);
    let mut date = day("2024-01-01");
    while date < day("2024-05-01") {
        let fact = format!("[[release]]\nversion = \"1.0.1\"\ndate = {date}\n");
        let kinds = [
            monthly(&(channel.to_owned() + &fact)),
            monthly(&(channel.replace("phases", "support-from = \"release\"\nphases") + &fact)),
            written(&format!(
                "[[train]]\nversion = \"1\"\nrelease = 2024-01-20\nend = 2024-03-20\n{fact}"
            )),
        ];
        assert_eq!(kinds.map(|schedule| end(&schedule, "1")), usual, "{date}");
        date = date.next().unwrap();
    }
}

#[test]
fn the_latest_release_is_the_highest_that_is_out_and_no_pre_release() {
    let schedule = monthly(
        "[[release]]\nversion = \"1.0.10\"\ndate = 2024-02-01\n[[release]]\nversion = \"1.0.9\"\ndate = 2024-02-02\n[[release]]\nversion = \"1.0.11-rc.1\"\ndate = 2024-02-03\n[[release]]\nversion = \"1.0.12\"\ndate = 2024-03-01\n",
    );
    let latest = |date| {
        row(&schedule, "1", date)
            .latest()
            .map(|release| release.version.to_string())
    };
    assert_eq!(latest("2024-01-31"), None);
    assert_eq!(latest("2024-02-10"), Some("1.0.10".to_owned()));
    assert_eq!(latest("2024-03-01"), Some("1.0.12".to_owned()));
}

/// However its name compares: later releases may be numbered in another way.
#[test]
fn the_first_release_of_a_train_is_never_later_than_another() {
    let schedule = written(
        "[[train]]\nversion = \"2024\"\nrelease = 2024-01-01\n\
         [[release]]\nversion = \"2024\"\ndate = 2024-01-01\n\
         [[release]]\nversion = \"16.0.1\"\ntrain = \"2024\"\ndate = 2024-02-01\n\
         [[release]]\nversion = \"16.0.2\"\ntrain = \"2024\"\ndate = 2024-03-01\n",
    );
    let latest = |date| {
        row(&schedule, "2024", date)
            .latest()
            .map(|release| release.version.to_string())
    };
    assert_eq!(latest("2024-01-31"), Some("2024".to_owned()));
    assert_eq!(latest("2024-02-01"), Some("16.0.1".to_owned()));
    assert_eq!(latest("2024-03-01"), Some("16.0.2".to_owned()));
}

#[test]
fn a_release_rides_on_the_longest_prefix_or_the_train_that_it_names() {
    let schedule = written(
        "[[train]]\nversion = \"3.1\"\nrelease = 2024-01-01\n[[train]]\nversion = \"3.14\"\nrelease = 2024-01-01\n\
         [[train]]\nversion = \"11-24h2\"\nrelease = 2024-01-01\n\
         [[release]]\nversion = \"3.14.2\"\ndate = 2024-02-01\n[[release]]\nversion = \"10.0.26100\"\ntrain = \"11-24h2\"\ndate = 2024-02-01\n",
    );
    let latest = |train| {
        row(&schedule, train, "2024-03-01")
            .latest()
            .map(|release| release.version.to_string())
    };
    assert_eq!(latest("3.1"), None);
    assert_eq!(latest("3.14"), Some("3.14.2".to_owned()));
    assert_eq!(latest("11-24h2"), Some("10.0.26100".to_owned()));
}

#[test]
fn values_follow_the_release_day() {
    let schedule = written(
        "[[train]]\nversion = \"26\"\nbadge = \"LTS\"\nrelease = 2026-05-05\nend = 2029-04-30\nphases = [{ name = \"Current\" }, { name = \"Active LTS\", level = \"lts\", from = 2026-10-28 }]\n\
         [[train]]\nversion = \"24\"\nbadge = \"LTS\"\nrelease = 2025-05-06\nend = 2028-04-30\nphases = [{ name = \"Current\" }, { name = \"Active LTS\", level = \"lts\", from = 2025-10-28 }]\n",
    );
    let version = |row: Option<&Row>| row.map(|row| row.train().version.to_string());
    let board = schedule.at(day("2026-06-01")).unwrap();
    assert_eq!(version(board.current()).as_deref(), Some("26"));
    assert_eq!(version(board.previous()).as_deref(), Some("24"));
    assert_eq!(
        version(board.lts()).as_deref(),
        Some("24"),
        "26 has its badge, and its long-term support is to come"
    );
    let board = schedule.at(day("2026-10-28")).unwrap();
    assert_eq!(version(board.lts()).as_deref(), Some("26"));
    assert_eq!(version(board.next()), None);
}

#[test]
fn a_window_of_ten_to_the_nine_trains_is_refused_at_once() {
    let text = format!("{MONTHLY}[window]\nupcoming = 1000000000\n");
    let told = crate::messages::told(&text);
    assert!(
        told.contains("a window of 1000000000 trains is larger than the limit of 5000"),
        "{told}"
    );
}

#[test]
fn the_end_of_the_calendar_is_no_end_of_the_program() {
    let schedule = monthly(
        "[[channel]]\nname = \"LTS\"\nphases = [{ name = \"LTS\", level = \"lts\", for = \"24 months\" }]\n",
    );
    let board = schedule.at(day("9999-12-31")).unwrap();
    assert_eq!(board.period().next_change, None);
    let daily = schedule_of("1 day");
    let error = daily.at(day("9999-12-31")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the board of 9999-12-31 needs more trains than the limit of 100000"
    );
}

fn schedule_of(every: &str) -> Schedule {
    schedule(&format!(
        "[project]\nname = \"Example\"\n[cadence]\nanchor = {{ version = \"1\", date = 1970-01-01 }}\nevery = \"{every}\""
    ))
}

#[test]
fn all_trains_go_from_the_first_to_the_last_that_the_window_shows() {
    let schedule = monthly("");
    let board = schedule.all_at(day("2024-12-01")).unwrap();
    assert_eq!(board.trains().count(), 12);
}

/// A schedule with a column of its own, a branch that never leaves, and a train
/// that nobody recorded.
const COLUMNS: &str = r#"
[project]
name = "Lantern"
[[column]]
id = "php"
title = "PHP"
[[channel]]
name = "Yearly"
fields = { php = "8.2 to 8.5" }
phases = [{ name = "Bug fixes", for = "18 months" }, { name = "Security", level = "maintenance", for = "6 months" }]
[window]
order = "newest"
[[train]]
version = "main"
rolling = true
[[train]]
version = "11"
released = 2024-03-12
fields = { php = "8.2 to 8.4" }
[[train]]
version = "12"
released = 2025-02-24
[[train]]
version = "13"
release = "2026-Q1"
"#;

#[test]
fn a_branch_that_never_leaves_stands_first_and_the_newest_below_it() {
    let board = schedule(COLUMNS).at(day("2025-11-01")).unwrap();
    let versions: Vec<_> = board
        .in_order()
        .iter()
        .map(|row| row.train().version.to_string())
        .collect();
    assert_eq!(versions, ["main", "13", "12", "11"]);
    assert_eq!(board.next().unwrap().train().version.as_str(), "13");
    assert_eq!(board.current().unwrap().train().version.as_str(), "12");
}

#[test]
fn many_ended_trains_go_together_after_those_that_matter() {
    let mut text = String::from("[project]\nname = \"Lantern\"\n[window]\nrecent = 20\n");
    for number in 1..=8 {
        let end = if number == 3 { 2030 } else { 2012 + number };
        let train = format!("version = \"{number}\"\nreleased = 201{number}-01-01");
        text.extend(["[[train]]\n", &train, &format!("\nend = {end}-01-01\n")]);
    }
    let project = crate::project::Project::with_schedule(&text);
    let first = |text: &str| {
        let numbered = text
            .lines()
            .filter_map(|line| line.split_whitespace().next());
        let versions = numbered.filter(|word| word.len() == 1);
        versions.collect::<Vec<_>>().join(" ")
    };
    let on = |day: &str| project.run(&format!("status --date {day}")).succeeds();
    assert_eq!(first(&on("2017-06-01")), "1 2 3 4 5 6 7 8");
    assert_eq!(first(&on("2019-06-01")), "3 8 1 2 4 5 6 7");
    assert_eq!(first(&on("2030-06-01")), "1 2 3 4 5 6 7 8");
    let html = project
        .run("render table --format html --date 2019-06-01")
        .succeeds();
    let (shown, folded) = html.split_once("<details>").unwrap();
    let rows = |html: &str| html.matches("<th scope=\"row\">").count();
    assert_eq!((rows(shown), rows(folded)), (2, 6));
    assert!(folded.contains("<summary>6 trains that have ended</summary>"));
}

#[test]
fn a_column_has_what_the_train_says_else_what_its_channel_does() {
    let project = crate::project::Project::with_schedule(COLUMNS);
    let table = project.run("status --date 2025-11-01").succeeds();
    let last = |version: &str| {
        let mut lines = table.lines();
        let line = lines.find(|line| line.starts_with(version)).unwrap();
        line.rsplit("  ").next().unwrap().to_owned()
    };
    assert_eq!(last("11"), "8.2 to 8.4");
    assert_eq!(last("12"), "8.2 to 8.5");
    let json = project
        .run("status --date 2025-11-01 --format json")
        .succeeds();
    let board: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(board["trains"][0]["fields"]["php"], "8.2 to 8.4");
    assert_eq!(board["trains"][3]["rolling"], true);
}

#[test]
fn a_branch_that_never_leaves_brings_no_train_of_the_future_with_it() {
    let text = "[project]\nname = \"Daily\"\n\
                [cadence]\nanchor = { version = \"1\", date = 2025-01-01 }\nevery = \"1 month\"\n\
                [[channel]]\nname = \"All\"\nphases = [{ name = \"Supported\", releases = 1 }]\n\
                [[train]]\nversion = \"9\"\nskip = \"far ahead\"\n\
                [[train]]\nversion = \"main\"\nrolling = true\n";
    let (schedule, date) = (schedule(text), day("2025-03-15"));
    let trains = schedule.trains_at(date).unwrap();
    let versions: Vec<_> = trains
        .iter()
        .map(|on| on.row().train().version.as_str())
        .collect();
    assert_eq!(versions, ["1", "2", "3", "4", "main"]);
    assert_eq!(schedule.at(date).unwrap().skipped(), []);
}

#[test]
fn a_branch_that_never_leaves_is_no_supported_version() {
    let project = crate::project::Project::with_schedule(COLUMNS);
    let told = project.run("status main --date 2025-11-01").fails(1, "");
    assert_eq!(
        told,
        "Lantern main is a branch that is always there, and never supported.\n"
    );
}

#[test]
fn a_plan_that_has_come_is_told_as_a_plan() {
    let project = crate::project::Project::with_schedule(COLUMNS);
    let told = project.run("next --date 2026-04-01 -n 3").succeeds();
    assert!(
        told.contains("13: the phase “Security” is planned to begin"),
        "{told}"
    );
}

#[test]
fn a_release_on_a_train_without_a_day_says_that_it_is_out() {
    let train =
        "[[train]]\nversion = \"3\"\nphases = [{ name = \"Current\", from = 2025-01-01 }]\n";
    let with = |fact: &str| {
        let schedule = format!("[project]\nname = \"Lantern\"\n{train}{fact}");
        let project = crate::project::Project::with_schedule(&schedule);
        let json = project
            .run("status 3 --date 2025-06-01 --format json")
            .ends();
        let train: serde_json::Value = serde_json::from_str(&json).unwrap();
        (
            train["status"].clone(),
            train["released"].clone(),
            train["release"].clone(),
        )
    };
    let none = serde_json::Value::Null;
    assert_eq!(with(""), ("planned".into(), false.into(), none.clone()));
    let beta = "[[release]]\nversion = \"3.0-beta.1\"\ntrain = \"3\"\ndate = 2025-02-01\n";
    assert_eq!(with(beta).0, "planned");
    let patch = "[[release]]\nversion = \"3.1\"\ndate = 2025-02-01\n";
    assert_eq!(with(patch), ("supported".into(), true.into(), none));
}

#[test]
fn a_train_that_is_out_since_an_unknown_day_is_newer_than_those_before_its_support() {
    let schedule = "[project]\nname = \"Lantern\"\n[[train]]\nversion = \"2\"\nreleased = 2024-01-01\n\
         [[train]]\nversion = \"3\"\nphases = [{ name = \"Current\", from = 2025-01-01 }]\n\
         [[release]]\nversion = \"3.1\"\ndate = 2025-02-01\n";
    let project = crate::project::Project::with_schedule(schedule);
    let current = project.run("render value --name current.version --date 2025-06-01");
    assert_eq!(current.succeeds(), "3\n");
}

/// A year of trains, one every two months, each active until the next.
const IN_ALL: &str = r#"
[project]
name = "Lantern"
[cadence]
anchor = { version = "1", date = 2024-01-31 }
every = "2 months"
[[channel]]
name = "Stable"
phases = [
    { name = "Active", releases = 1 },
    { name = "Maintenance", level = "maintenance", for = "13 months after release" },
    { name = "Paid", level = "extended", for = "1 month" },
]
"#;

#[test]
fn a_length_after_the_release_counts_from_there_whatever_came_before() {
    let schedule = schedule(IN_ALL);
    // By hand: 31 January 2024, the next two months later, and thirteen months
    // in all: to the last day of a February that has no 31st.
    let train = schedule.train_of(&"1".parse().unwrap()).unwrap();
    let days = |n: usize| {
        let phase = &train.phases[n];
        [phase.from, phase.to].map(|when| when.unwrap().to_string())
    };
    assert_eq!(days(0), ["2024-01-31", "2024-03-31"]);
    assert_eq!(days(1), ["2024-03-31", "2025-02-28"]);
    assert_eq!(days(2), ["2025-02-28", "2025-03-31"]);
    // Train 2 leaves on 31 March 2024.
    let train = schedule.train_of(&"2".parse().unwrap()).unwrap();
    assert_eq!(train.phases[1].to.unwrap().to_string(), "2025-04-30");
}

#[test]
fn a_length_after_the_release_that_is_over_too_early_leaves_no_day() {
    let text = IN_ALL.replace("13 months after", "1 month after");
    let schedule = schedule(&text);
    let codes: Vec<_> = schedule.findings().iter().map(|found| found.code).collect();
    assert_eq!(codes, ["empty-phase"]);
}
