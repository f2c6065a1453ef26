//! Milestones that a schedule names, and patch releases by rule.

use std::fmt::Write;

use proptest::prelude::*;
use trainboard::diagnostic::{Diagnostic, Source};
use trainboard::input;
use trainboard::schedule::{Day, Projects, Row, Schedule, TAKEN};
use trainboard::views::changes::Changes;
use trainboard::views::coming::{self, Asked};
use trainboard::views::{
    DateForm, NamedTrain, gantt, json, patches, table, train_value, train_values, value, values,
};

use crate::cases::cases;
use crate::project::Project;
use crate::schedules::{day, schedule};

/// Two milestones by rule, moved and added ones, and patches.
pub(crate) const KUBERNETES: &str = include_str!("../data/told/milestones.toml");

fn row(schedule: &Schedule, version: &str, date: &str) -> Row {
    let version = version.parse().unwrap();
    schedule.row_of(&version, day(date)).unwrap()
}

/// The milestones of a train: `rc-1 2026-07-27 2026-07-27`.
fn milestones(text: &str, version: &str) -> Vec<String> {
    let schedule = schedule(text);
    let row = row(&schedule, version, "2026-01-01");
    let words = row.train().milestones.iter().map(|named| {
        let planned = named.planned.map(|planned| format!(" {planned}"));
        let id = &named.name.id;
        format!("{id} {}{}", named.date, planned.unwrap_or_default())
    });
    words.collect()
}

/// The patches of a train on a day: `2026-06-09`, `2026-05-12 unrecorded`.
fn patches_on(schedule: &Schedule, version: &str, date: &str) -> Vec<String> {
    let row = row(schedule, version, date);
    let patches = row.patches().iter();
    let words = patches.map(|patch| {
        let version = patch.version.as_ref().map(|version| format!(" {version}"));
        let unrecorded = if patch.is_unrecorded {
            " unrecorded"
        } else {
            ""
        };
        format!("{}{}{unrecorded}", patch.date, version.unwrap_or_default())
    });
    words.collect()
}

fn found(text: &str) -> Vec<Diagnostic> {
    let read = input::schedule::parse(&Source::new("schedule.toml", text));
    read.map_or_else(|errors| errors, |read| read.warnings)
}

/// What is told of each change from a day on: `2026-07-20 feature freeze of 1.37`.
fn told(schedule: &Schedule, from: &str, days: usize) -> Vec<String> {
    let mut before = schedule.project_at(day(from)).unwrap();
    let mut told = Vec::new();
    for _ in 0..days {
        let Some(change) = before.board.period().next_change else {
            break;
        };
        let after = schedule.project_at(change).unwrap();
        let words = Changes::between(&before, &after, change).in_words();
        told.push(format!("{change} {words}"));
        before = after;
    }
    told
}

#[test]
fn a_milestone_is_counted_from_a_day_or_from_another_milestone() {
    assert_eq!(
        milestones(KUBERNETES, "1.38"),
        [
            "feature-freeze 2026-11-15 2026-11-15",
            "rc-1 2026-11-22 2026-11-22",
            "backports 2028-01-27 2028-01-27",
        ]
    );
}

#[test]
fn a_train_moves_a_milestone_and_what_is_counted_from_it() {
    assert_eq!(
        milestones(KUBERNETES, "1.37"),
        [
            "feature-freeze 2026-07-20 2026-07-16",
            "rc-1 2026-07-27 2026-07-27",
            "party 2026-08",
            "backports 2027-09-27 2027-09-27",
        ]
    );
}

#[test]
fn a_milestone_counted_from_a_month_is_a_month() {
    let text = "[project]\nname = \"A\"\n[[milestone]]\nname = \"Freeze\"\nwhen = \"1 month before release\"\n\
                [[train]]\nversion = \"1\"\nrelease = \"2027-03\"\n[[train]]\nversion = \"2\"\n";
    assert_eq!(milestones(text, "1"), ["freeze 2027-02 2027-02"]);
    assert_eq!(milestones(text, "2"), [""; 0]);
    let told = told(&schedule(text), "2027-01-10", 2);
    assert_eq!(told[0], "2027-03-01 freeze of 1, planned for February 2027");
}

#[test]
fn a_milestone_of_a_channel_is_of_no_other() {
    let text = "[project]\nname = \"A\"\n[[milestone]]\nname = \"Freeze\"\nwhen = \"1 day before release\"\nchannel = \"LTS\"\n\
                [[channel]]\nname = \"LTS\"\nfrom = \"2\"\n[[channel]]\nname = \"Normal\"\n\
                [[train]]\nversion = \"1\"\nrelease = 2027-03-02\n[[train]]\nversion = \"2\"\nrelease = 2027-04-02\n";
    assert_eq!(milestones(text, "1"), [""; 0]);
    assert_eq!(milestones(text, "2"), ["freeze 2027-04-01 2027-04-01"]);
}

#[test]
fn a_follower_takes_milestones_where_it_has_none() {
    let leader = "[project]\nname = \"Lead\"\n[[milestone]]\nname = \"Freeze\"\nwhen = \"1 day before release\"\n\
                  [[train]]\nversion = \"1\"\nrelease = 2027-03-02\nmilestones = { freeze = 2027-02-20 }\n";
    let follower = "[project]\nname = \"Follow\"\nfollows = \"lead\"\n";
    let own = "[[milestone]]\nname = \"Notes\"\nwhen = \"2 days before release\"\n";
    for (own, expected) in [("", "20 February 2027"), (own, "28 February 2027")] {
        let project = Project::new()
            .file("schedules/lead.toml", leader)
            .file("schedules/follow.toml", format!("{follower}{own}"))
            .file(
                "content/index.md",
                "# A\n\n<!-- trainboard board project=lead -->\n",
            );
        let name = if own.is_empty() { "freeze" } else { "notes" };
        let page = format!("# A\n\nOn <!-- trainboard value next.{name} project=follow -->.\n");
        let project = project.file("content/index.md", page);
        project.run("build --date 2027-01-01").succeeds();
        assert!(project.read("public/index.html").contains(expected));
    }
}

#[test]
fn what_is_wrong_with_milestones_is_told_with_the_nearest() {
    for (text, code, title, help) in [
        (
            "[[milestone]]\nname = \"A\"\nwhen = \"1 day before relase\"\n",
            "unknown-milestone",
            "milestone `a` is counted from `relase`, which is none",
            "the nearest is `release`",
        ),
        (
            "[[milestone]]\nname = \"A\"\nwhen = \"1 day before b\"\n\
             [[milestone]]\nname = \"B\"\nwhen = \"1 day after a\"\n",
            "milestone-circle",
            "milestone `b` is counted from itself, by way of `a`",
            "count one of them from `branch`, `release` or `end`",
        ),
        (
            "[[milestone]]\nname = \"Support end\"\nwhen = \"1 day after end\"\n",
            "taken-id",
            "`support-end` means something already",
            "give it another name, or an `id` of its own",
        ),
        (
            "[[train]]\nversion = \"1\"\nmilestones = { latest = { name = \"A\", date = 2026-01-01 } }\n",
            "taken-id",
            "`latest` means something already",
            "give it another name, or an `id` of its own",
        ),
        (
            "[[milestone]]\nname = \"A b\"\nwhen = \"1 day after end\"\n\
             [[milestone]]\nname = \"A-B\"\nwhen = \"1 day after end\"\n",
            "duplicate-milestone",
            "milestone `a-b` is there twice",
            "give it another name, or an `id` of its own",
        ),
        (
            "[[milestone]]\nname = \"Freeze\"\nwhen = \"1 day after end\"\n\
             [[train]]\nversion = \"1\"\nmilestones = { freze = 2026-01-01 }\n",
            "unknown-milestone",
            "train `1` has no milestone `freze`",
            "the nearest is `freeze`; one of its own is written `{ name = …, date = … }`",
        ),
    ] {
        let found = found(&format!("[project]\nname = \"A\"\n{text}"));
        let [found] = &found[..] else {
            panic!("{found:#?}")
        };
        assert_eq!((found.code, &*found.title), (code, title));
        assert_eq!(found.help.as_deref(), Some(help));
    }
}

#[test]
fn the_days_of_milestones_and_patches_are_told() {
    let told = told(&schedule(KUBERNETES), "2026-07-09", 9);
    let expected = [
        "2026-07-10 cherry-pick deadline of the next patch release of 1.35, \
         cherry-pick deadline of the next patch release of 1.36",
        "2026-07-14 a patch release of 1.35 is planned, a patch release of 1.36 is planned",
        "2026-07-20 feature freeze of 1.37",
        "2026-07-27 RC 1 of 1.37",
        "2026-08-06 the branch of 1.37 is cut",
        "2026-08-07 cherry-pick deadline of the next patch release of 1.35, \
         cherry-pick deadline of the next patch release of 1.36",
        "2026-08-11 a patch release of 1.35 is planned, a patch release of 1.36 is planned",
        "2026-08-27 1.37 is due, 1.38 enters the table",
        "2026-09-01 party of 1.37, planned for August 2026",
    ];
    assert_eq!(told, expected);
}

#[test]
fn values_are_milestones_and_trains_after_the_next() {
    let board = schedule(KUBERNETES).at(day("2026-07-01")).unwrap();
    for (name, expected) in [
        ("next.feature-freeze", Some("20 July 2026")),
        ("next.party", Some("August 2026")),
        ("current.party", None),
        ("next+1.release", Some("27 December 2026")),
        ("next+2.branch", Some("6 April 2027")),
        ("next+9.label", Some("1.46")),
        ("next+1.latest", None),
        ("current.latest", Some("1.36.1")),
        ("current.latest-date", Some("13 May 2026")),
        ("current.support-end", Some("27 June 2027")),
        ("current.codename", Some("Haru")),
    ] {
        let found = value(&board, name, DateForm::Long).unwrap();
        assert_eq!(found.as_deref(), expected, "{name}");
    }
    for name in [
        "next+0.label",
        "next+10.label",
        "next++1.label",
        "next+.label",
        "next.rc-2",
    ] {
        assert!(value(&board, name, DateForm::Long).is_err(), "{name}");
    }
    let values = values(&board);
    assert!(
        values
            .iter()
            .all(|name| value(&board, name, DateForm::Iso).is_ok()),
        "{values:?}"
    );
}

#[test]
fn a_date_has_three_forms_and_is_as_precise_in_each() {
    let board = schedule(KUBERNETES).at(day("2026-07-01")).unwrap();
    for (name, written) in [
        (
            "next.feature-freeze",
            ["20 July 2026", "20 Jul 2026", "2026-07-20"],
        ),
        ("next.party", ["August 2026", "Aug 2026", "2026-08"]),
    ] {
        let forms = [DateForm::Long, DateForm::Short, DateForm::Iso];
        let values = forms.map(|form| value(&board, name, form).unwrap().unwrap());
        assert_eq!(values, written);
    }
    let page = page("Out on <!-- trainboard value next.feature-freeze date=short -->.");
    page.run("build --date 2026-07-01").succeeds();
    assert!(
        page.read("public/index.html")
            .contains("Out on 20 Jul 2026.")
    );
}

#[test]
fn all_values_of_a_train_are_known() {
    let trains = schedule(KUBERNETES).trains_at(day("2026-07-01")).unwrap();
    let train = trains.last().unwrap();
    let values = train_values(train);
    for name in &values {
        assert!(train_value(train, name, DateForm::Iso).is_ok(), "{name}");
    }
    assert!(values.contains(&"train.next.feature-freeze".to_owned()));
    // What of a neighbour depends on the day is no part of the page's period.
    assert!(train_value(train, "train.previous.latest", DateForm::Long).is_err());
}

#[test]
fn what_a_value_or_a_column_is_called_is_the_id_of_no_milestone() {
    let board = schedule("[project]\nname = \"A\"\n")
        .at(day("2026-07-01"))
        .unwrap();
    let values = values(&board);
    let fields = values.iter().filter_map(|name| name.strip_prefix("next."));
    for name in fields.chain(table::columns(&board)) {
        assert!(TAKEN.contains(&name), "{name}");
    }
}

fn page(markers: &str) -> Project {
    Project::with_schedule(KUBERNETES).file("content/index.md", format!("# A\n\n{markers}\n"))
}

#[test]
fn a_marker_names_columns_and_lists_what_is_to_come() {
    let project = page(
        "<!-- trainboard table columns=feature-freeze,release -->\n\n\
         <!-- trainboard milestones train=next count=3 -->\n\n\
         <!-- trainboard patches -->",
    );
    project.run("build --date 2026-07-01").succeeds();
    let html = project.read("public/index.html");
    for part in [
        "<th scope=\"col\">Feature freeze</th>",
        "<caption>Kubernetes: milestones to come from 9 June until 10 July 2026.</caption>",
        "<caption>Kubernetes: patch releases to come from 9 June until 10 July 2026.</caption>",
        "<time datetime=\"2026-06-09\">9 Jun 2026</time> <span class=\"tb-mark\">not recorded</span>",
    ] {
        assert!(html.contains(part), "{part}\n{html}");
    }
    assert!(!html.contains("Party"), "{html}");
}

#[test]
fn a_wrong_name_in_a_marker_is_told_with_the_nearest() {
    for (marker, error) in [
        (
            "table columns=version,featur-freeze",
            "error[unknown-column]: there is no column `featur-freeze`",
        ),
        (
            "milestones train=nxt",
            "error[unknown-train]: there is no train `nxt`",
        ),
        (
            "milestones count=0",
            "error[bad-count]: `0` is not a number from 1",
        ),
        (
            "milestones cuont=1",
            "error[unknown-option]: `milestones` has no option `cuont`",
        ),
        (
            "patches count=1",
            "error[unknown-option]: `patches` has no option `count`",
        ),
    ] {
        let project = page(&format!("<!-- trainboard {marker} -->"));
        let run = project.run("check --date 2026-07-01");
        run.fails(1, format!("{error}\n...\n"));
    }
}

#[test]
fn milestones_of_one_train_are_those_of_all_that_name_it() {
    let board = schedule(KUBERNETES).at(day("2026-07-01")).unwrap();
    let asked = Asked {
        train: Some(NamedTrain::Next),
        count: Some(3),
    };
    let text = coming::listing(&board, asked).text();
    let lines: Vec<_> = text.lines().skip(2).collect();
    assert_eq!(
        lines,
        [
            "Milestone       Version  Day",
            "Feature freeze  1.37     20 Jul 2026",
            "RC 1            1.37     27 Jul 2026",
            "Branch          1.37     6 Aug 2026",
        ]
    );
    let none = schedule("[project]\nname = \"A\"\n");
    let none = none.at(day("2026-07-01")).unwrap();
    assert_eq!(
        coming::listing(&none, Asked::default()).text(),
        "No milestone to come is known.\n"
    );
    assert_eq!(
        patches::listing(&none).markdown(),
        "No patch release to come is known.\n"
    );
}

#[test]
fn a_recorded_patch_replaces_the_plan_of_its_month() {
    let schedule = schedule(KUBERNETES);
    let on = |date| patches_on(&schedule, "1.36", date);
    // Nothing is planned in the month of the release itself.
    assert_eq!(on("2026-04-28"), ["2026-05-13 1.36.1"]);
    assert_eq!(on("2026-05-12"), ["2026-05-13 1.36.1"]);
    assert_eq!(on("2026-05-13"), ["2026-06-09"]);
    assert_eq!(on("2026-06-08"), ["2026-06-09"]);
    assert_eq!(on("2026-06-09"), ["2026-06-09 unrecorded", "2026-07-14"]);
    assert_eq!(on("2026-07-14"), ["2026-07-14 unrecorded", "2026-08-11"]);
    // Support ends on 27 June 2027.
    assert_eq!(on("2027-06-08"), ["2027-06-08 unrecorded"]);
    assert_eq!(on("2027-06-27"), [""; 0]);
    assert_eq!(on("2026-04-27"), [""; 0]);
}

#[test]
fn patches_in_steps_of_weeks_are_counted_from_the_release() {
    let text = "[project]\nname = \"A\"\n[[channel]]\nname = \"Normal\"\npatches = { every = \"2 weeks\" }\n\
                [[train]]\nversion = \"1\"\nrelease = 2026-01-01\n\
                [[release]]\nversion = \"1.0\"\ndate = 2026-01-01\n";
    let fact = "[[release]]\nversion = \"1.1\"\ndate = 2026-01-13\n";
    let plain = schedule(text);
    assert_eq!(patches_on(&plain, "1", "2026-01-01"), ["2026-01-15"]);
    let early = schedule(&format!("{text}{fact}"));
    assert_eq!(patches_on(&early, "1", "2026-01-12"), ["2026-01-13 1.1"]);
    assert_eq!(patches_on(&early, "1", "2026-01-14"), ["2026-01-29"]);
    // No end is announced, and none is needed.
    assert_eq!(
        patches_on(&plain, "1", "9999-12-30"),
        ["9999-12-23 unrecorded"]
    );
}

#[test]
fn nobody_records_patches_in_a_file_without_facts() {
    let text = "[project]\nname = \"A\"\n[[channel]]\nname = \"Normal\"\npatches = { every = \"1 month\" }\n\
                [[train]]\nversion = \"1\"\nrelease = 2026-01-31\n";
    let trusted = schedule(text);
    assert_eq!(patches_on(&trusted, "1", "2026-03-01"), ["2026-03-31"]);
    let told = told(&trusted, "2026-03-01", 1);
    assert_eq!(told, ["2026-03-31 a patch release of 1 is planned"]);
}

#[test]
fn what_is_wrong_with_patches_is_told() {
    for (patches, code) in [
        ("{ every = \"0 days\" }", "empty-cadence"),
        (
            "{ every = \"2 weeks\", on = \"second tuesday\" }",
            "weekday-without-months",
        ),
        (
            "{ every = \"1 month\", milestones = [{ name = \"A\", when = \"1 day after release\" }] }",
            "bad-value",
        ),
    ] {
        let text =
            format!("[project]\nname = \"A\"\n[[channel]]\nname = \"B\"\npatches = {patches}\n");
        let codes: Vec<_> = found(&text).iter().map(|found| found.code).collect();
        assert_eq!(codes, [code], "{patches}");
    }
}

#[test]
fn the_page_of_a_train_tells_milestones_and_patches() {
    let project = Project::with_schedule(KUBERNETES).file(
        "content/v.md",
        "+++\nper = \"train\"\n+++\n# <!-- trainboard value train.label -->\n\n<!-- trainboard train -->\n",
    );
    project.run("build --date 2026-07-01").succeeds();
    let next = project.read("public/v/1.37.html");
    for part in [
        "<th scope=\"row\">Feature freeze</th>",
        "planned, moved from 16 Jul 2026",
        "Next, on <time datetime=\"2026-07-20\">20 July 2026</time>: feature freeze.",
    ] {
        assert!(next.contains(part), "{part}\n{next}");
    }
    let current = project.read("public/v/1.36.html");
    for part in [
        "<th scope=\"row\">Patch release</th>",
        "planned, not recorded",
        "</time>: cherry-pick deadline of its next patch release.",
    ] {
        assert!(current.contains(part), "{part}\n{current}");
    }
}

#[test]
fn the_calendar_has_milestones_and_the_next_patches() {
    let project = page("<!-- trainboard board -->");
    let calendar = project.run("render calendar --date 2026-07-01").succeeds();
    let calendar = calendar.replace("\r\n ", "");
    for line in [
        "SUMMARY:Feature freeze of Kubernetes 1.37",
        "SUMMARY:Party of Kubernetes 1.37",
        "SUMMARY:A patch release of Kubernetes 1.36 is planned",
        "SUMMARY:Cherry-pick deadline of the next patch release of Kubernetes 1.36",
    ] {
        assert!(calendar.contains(line), "{line}\n{calendar}");
    }
}

#[test]
fn a_published_board_without_a_milestone_is_stale() {
    let moved = KUBERNETES.replace("feature-freeze = 2026-07-20, ", "");
    let project = page("<!-- trainboard board -->").file("schedule.toml", moved);
    project.run("build --date 2026-07-01").succeeds();
    let project = project.file("schedule.toml", KUBERNETES);
    let run = project.run("check --published public --date 2026-07-01");
    run.fails(
        1,
        "error[stale]: the list of milestones of `1.37` is shown as [..]\n...\n",
    );
}

#[test]
fn the_chart_marks_milestones_with_their_titles() {
    let board = schedule(KUBERNETES).at(day("2026-07-01")).unwrap();
    let svg = gantt::svg(&board, gantt::Span::Window);
    assert!(
        svg.contains("<title>Feature freeze: 20 Jul 2026</title></path>"),
        "{svg}"
    );
    assert!(svg.contains(">Milestone</text>"), "{svg}");
    let plain = schedule(crate::schedules::NODE)
        .at(day("2026-07-01"))
        .unwrap();
    assert!(!gantt::svg(&plain, gantt::Span::Window).contains("class=\"tb-mark\""));
}

#[test]
fn a_board_holds_where_milestones_and_patches_are_odd() {
    let text = "[project]\nname = \"A\"\n[cadence]\nanchor = { version = \"1\", date = 9998-10-31 }\nevery = \"1 month\"\n\
                [[milestone]]\nname = \"Far\"\nwhen = \"9000 years before release\"\n\
                [[milestone]]\nname = \"Further\"\nwhen = \"9000 years after end\"\n\
                [[channel]]\nname = \"B\"\nphases = [{ name = \"C\", for = \"2 months\" }]\n\
                patches = { every = \"1 day\", milestones = [{ name = \"D\", when = \"9000 years before release\" }, { name = \"E\", when = \"40 days before release\" }] }\n";
    let schedule = schedule(text);
    for date in ["1970-01-01", "9998-12-30", "9999-12-30", "9999-12-31"] {
        let date: Day = day(date);
        let boards = Projects::only(schedule.clone()).at(date).unwrap();
        let board = &boards.main().unwrap().board;
        json::board(board);
        coming::listing(board, Asked::default()).text();
        patches::listing(board).text();
    }
}

#[test]
fn more_milestones_than_the_limit_are_refused() {
    let one = |n| format!("[[milestone]]\nname = \"M{n}\"\nwhen = \"1 day before release\"\n");
    let many: String = (0..51).map(one).collect();
    let found = found(&format!("[project]\nname = \"A\"\n{many}"));
    assert_eq!(
        found[0].title,
        "51 milestones are more than the limit of 50"
    );
}

proptest! {
    #![proptest_config(cases(24))]

    /// Milestones of random rules come in some order, whatever circles they have.
    #[test]
    fn any_milestones_are_ordered_or_refused(bases in prop::collection::vec(0..6_usize, 1..6)) {
        let mut text = String::from("[project]\nname = \"A\"\n[[train]]\nversion = \"1\"\nrelease = 2026-01-01\n");
        for (n, base) in bases.iter().enumerate() {
            let base = if *base < bases.len() { format!("m{base}") } else { "release".to_owned() };
            let _ = write!(text, "[[milestone]]\nname = \"M{n}\"\nwhen = \"{n} days after {base}\"\n");
        }
        let is_circular = (0..bases.len()).any(|start| {
            let mut at = start;
            (0..bases.len()).all(|_| {
                at = bases.get(at).copied().unwrap_or(6);
                at < bases.len()
            })
        });
        let codes: Vec<_> = found(&text).iter().map(|found| found.code).collect();
        prop_assert_eq!(codes.contains(&"milestone-circle"), is_circular);
        if !is_circular {
            prop_assert_eq!(milestones(&text, "1").len(), bases.len());
        }
    }
}
