//! `trainboard import git` and `import changelog`: facts from where they are.

mod extend;
pub(crate) mod schedules;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use snapbox::{assert_data_eq, str};
use trainboard::schedule::Day;

use crate::project::{Project, Run};
use crate::schedules::{WASMTIME, WASMTIME_RULES, day, schedule};

const CSV: &str = include_str!("../data/wasmtime-releases.csv");

fn git(folder: &Path, arguments: &[&str], input: &str) {
    std::fs::create_dir_all(folder).unwrap();
    let mut git = Command::new("git")
        .current_dir(folder)
        .args(arguments)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let mut stdin = git.stdin.take().unwrap();
    stdin.write_all(input.as_bytes()).unwrap();
    drop(stdin);
    assert!(git.wait().unwrap().success());
}

/// A tag, and how it is made.
enum Tag<'a> {
    /// Of a commit of that time.
    Light(&'a str, i64, &'a str),
    /// Made at that time, of a commit a week before.
    Annotated(&'a str, i64, &'a str),
}

/// A repository in the folder `repo` of the project, with those tags.
fn repository(project: &Project, tags: &[Tag<'_>]) {
    let folder = project.path("repo");
    git_init(&folder);
    let mut stream = String::new();
    for tag in tags {
        let (Tag::Light(name, second, zone) | Tag::Annotated(name, second, zone)) = tag;
        let who = "A <a@example.org>";
        let before = match tag {
            Tag::Light(..) => 0,
            Tag::Annotated(..) => 7 * 86_400,
        };
        let at = second - before;
        let _ = write!(
            stream,
            "commit refs/heads/main\nmark :1\ncommitter {who} {at} {zone}\ndata 0\n\n"
        );
        let _ = match tag {
            Tag::Light(..) => write!(stream, "reset refs/tags/{name}\nfrom :1\n\n"),
            Tag::Annotated(..) => write!(
                stream,
                "tag {name}\nfrom :1\ntagger {who} {second} {zone}\ndata 0\n\n"
            ),
        };
    }
    git(
        &folder,
        &["fast-import", "--quiet", "--date-format=raw"],
        &stream,
    );
}

fn git_init(folder: &Path) {
    git(folder, &["init", "--quiet", "--initial-branch=main"], "");
}

fn second(date: &str) -> i64 {
    i64::from(day(date).number()) * 86_400
}

/// trainboard where git can be found.
fn run(project: &Project, arguments: &str) -> Run {
    let path = std::env::var("PATH").unwrap();
    project
        .run(&format!("import {arguments}"))
        .env("PATH", &path)
}

/// Wasmtime's rules as the repository has them, without its facts.
fn rules() -> &'static str {
    let facts = WASMTIME.find("[[release]]").unwrap();
    &WASMTIME[..facts]
}

fn rows() -> Vec<(&'static str, &'static str)> {
    CSV.lines()
        .skip(1)
        .map(|line| line.split_once(',').unwrap())
        .collect()
}

/// Wasmtime with all its releases as tags: some light, some annotated, made
/// late in the day in zones where it is the next day or still that one.
fn wasmtime() -> Project {
    let project = Project::with_schedule(rules());
    let names: Vec<_> = rows()
        .iter()
        .map(|(version, _)| format!("v{version}"))
        .collect();
    let tag = |(n, (_, date)): (usize, &(&str, &'static str))| {
        let late = second(date) + 86_399;
        if n % 2 == 0 {
            Tag::Light(&names[n], late, "+0900")
        } else {
            Tag::Annotated(&names[n], second(date), "-0800")
        }
    };
    let rows = rows();
    let tags: Vec<_> = rows.iter().enumerate().map(tag).collect();
    repository(&project, &tags);
    project
}

/// The highest release of each train on that day, straight from the list.
fn latest(date: Day) -> BTreeMap<u32, String> {
    let mut latest: BTreeMap<u32, (Vec<u32>, &str)> = BTreeMap::new();
    for (version, released) in rows() {
        let numbers: Vec<u32> = version.split('.').map(|n| n.parse().unwrap()).collect();
        let there = latest.get(&numbers[0]);
        if day(released) <= date && there.is_none_or(|(best, _)| *best < numbers) {
            latest.insert(numbers[0], (numbers, version));
        }
    }
    let named = latest
        .into_iter()
        .map(|(n, (_, name))| (n, name.to_owned()));
    named.filter(|(train, _)| *train > 0).collect()
}

#[test]
fn two_hundred_tags_make_the_latest_of_every_train_on_every_day() {
    let project = wasmtime();
    run(&project, "git repo").says();
    let schedule = schedule(&project.read("schedule.toml"));
    let mut seen = 0;
    for n in 0..50 {
        let date = Day::from_number(day("2022-08-15").number() + n * 30).unwrap();
        let expected = latest(date);
        for train in 1..=60 {
            let version = format!("{train}.0.0").parse().unwrap();
            let row = schedule.row_of(&version, date).unwrap();
            let latest = row.latest().map(|release| release.version.to_string());
            assert_eq!(latest.as_ref(), expected.get(&train), "{train} on {date}");
        }
        seen += expected.len();
    }
    assert!(seen > 1_000, "{seen}");
}

#[test]
fn the_second_import_changes_nothing() {
    let project = wasmtime();
    run(&project, "git repo").says();
    let text = project.read("schedule.toml");
    assert!(text.starts_with(rules()));
    let modified = || {
        let metadata = std::fs::metadata(project.path("schedule.toml")).unwrap();
        metadata.modified().unwrap()
    };
    let time = modified();
    assert_data_eq!(
        run(&project, "git repo").says(),
        str![[r#"
warning[no-train]: 39 releases fit no train: `0.12.0`, `0.13.0`, `0.15.0`, `0.16.0`, `0.17.0` and 34 more
 |
help: to record such a release, write its train as `[[train]]`; it is left out until then
schedule.toml lacks no release

"#]]
    );
    assert_data_eq!(
        run(&project, "git repo --check").says(),
        str![[r#"
warning[no-train]: 39 releases fit no train: `0.12.0`, `0.13.0`, `0.15.0`, `0.16.0`, `0.17.0` and 34 more
 |
help: to record such a release, write its train as `[[train]]`; it is left out until then
schedule.toml lacks no release

"#]]
    );
    assert_eq!(project.read("schedule.toml"), text);
    assert_eq!(modified(), time);
}

#[test]
fn what_was_added_is_told_with_what_is_odd_about_it() {
    let said = run(&wasmtime(), "git repo").says();
    assert_data_eq!(
        said,
        str![[r#"
warning[no-train]: 39 releases fit no train: `0.12.0`, `0.13.0`, `0.15.0`, `0.16.0`, `0.17.0` and 34 more
 |
help: to record such a release, write its train as `[[train]]`; it is left out until then

warning[released-after-end]: `4.0.1` was released on 2023-03-08, after train `4.0.0` had ended on 2023-02-20
  --> schedule.toml:92:8
   |
92 | date = 2023-03-08
   |        ^^^^^^^^^^ this day
   |
help: if it is true, say why with a `note`, and write `allow = ["released-after-end"]`

warning[released-after-end]: `6.0.2` was released on 2023-04-27, after train `6.0.0` had ended on 2023-04-20
   --> schedule.toml:112:8
    |
112 | date = 2023-04-27
    |        ^^^^^^^^^^ this day
    |
help: if it is true, say why with a `note`, and write `allow = ["released-after-end"]`

warning[released-before-train]: `10.0.1` was released on 2023-06-19, before its train `10.0.0` left on 2023-06-20
   --> schedule.toml:144:8
    |
144 | date = 2023-06-19
    |        ^^^^^^^^^^ this day
    |
help: if it is true, say why with a `note`, and write `allow = ["released-before-train"]`

warning[released-after-end]: `10.0.2` was released on 2023-09-14, after train `10.0.0` had ended on 2023-08-20
   --> schedule.toml:168:8
    |
168 | date = 2023-09-14
    |        ^^^^^^^^^^ this day
    |
help: if it is true, say why with a `note`, and write `allow = ["released-after-end"]`

warning[released-late]: `17.0.0` was released 5 days after its plan of 2024-01-20
   --> schedule.toml:220:8
    |
220 | date = 2024-01-25
    |        ^^^^^^^^^^ this day
    |
help: say why with a `note`

warning[released-after-end]: `17.0.3` was released on 2024-04-11, after train `17.0.0` had ended on 2024-03-20
   --> schedule.toml:256:8
    |
256 | date = 2024-04-11
    |        ^^^^^^^^^^ this day
    |
help: if it is true, say why with a `note`, and write `allow = ["released-after-end"]`

warning[released-after-end]: `21.0.2` was released on 2024-10-09, after train `21.0.0` had ended on 2024-07-20
   --> schedule.toml:316:8
    |
316 | date = 2024-10-09
    |        ^^^^^^^^^^ this day
    |
help: if it is true, say why with a `note`, and write `allow = ["released-after-end"]`

warning[released-after-end]: `22.0.1` was released on 2024-10-09, after train `22.0.0` had ended on 2024-08-20
   --> schedule.toml:320:8
    |
320 | date = 2024-10-09
    |        ^^^^^^^^^^ this day
    |
help: if it is true, say why with a `note`, and write `allow = ["released-after-end"]`

warning[released-after-end]: `23.0.3` was released on 2024-10-09, after train `23.0.0` had ended on 2024-09-20
   --> schedule.toml:324:8
    |
324 | date = 2024-10-09
    |        ^^^^^^^^^^ this day
    |
help: if it is true, say why with a `note`, and write `allow = ["released-after-end"]`

warning[released-after-end]: `32.0.1` was released on 2025-06-24, after train `32.0.0` had ended on 2025-06-20
   --> schedule.toml:404:8
    |
404 | date = 2025-06-24
    |        ^^^^^^^^^^ this day
    |
help: if it is true, say why with a `note`, and write `allow = ["released-after-end"]`

warning[released-after-end]: `40.0.4` was released on 2026-02-24, after train `40.0.0` had ended on 2026-02-20
   --> schedule.toml:548:8
    |
548 | date = 2026-02-24
    |        ^^^^^^^^^^ this day
    |
help: if it is true, say why with a `note`, and write `allow = ["released-after-end"]`

warning[released-late]: `42.0.0` was released 4 days after its plan of 2026-02-20
   --> schedule.toml:556:8
    |
556 | date = 2026-02-24
    |        ^^^^^^^^^^ this day
    |
help: say why with a `note`

warning[released-on-end]: `24.0.13` was released on 2026-08-20, the day train `24.0.0` ended
   --> schedule.toml:692:8
    |
692 | date = 2026-08-20
    |        ^^^^^^^^^^ this day
    |
help: if it is true, say why with a `note`, and write `allow = ["released-on-end"]`

warning[released-on-end]: `46.0.3` was released on 2026-08-20, the day train `46.0.0` ended
   --> schedule.toml:700:8
    |
700 | date = 2026-08-20
    |        ^^^^^^^^^^ this day
    |
help: if it is true, say why with a `note`, and write `allow = ["released-on-end"]`
added 166 releases to schedule.toml: 1.0.0, 1.0.1, 2.0.0, 2.0.1, 1.0.2 and 161 more

"#]]
    );
}

/// A schedule with a fact and a comment, and a repository with two more.
fn small() -> Project {
    let facts = "\n[[release]]\nversion = '50.0.0' # the first\ndate = 2026-10-20\n";
    let project = Project::with_schedule(&format!("{WASMTIME_RULES}{facts}"));
    repository(
        &project,
        &[
            Tag::Light("v50.0.0", second("2026-10-20"), "+0000"),
            Tag::Light("v51.0.0", second("2026-11-20"), "+0000"),
            Tag::Light("v52.0.0-rc.1", second("2026-12-06"), "+0000"),
            Tag::Light("dev", second("2026-11-20"), "+0000"),
        ],
    );
    project
}

#[test]
fn facts_come_after_those_that_are_there() {
    let project = small();
    let before = project.read("schedule.toml");
    assert_data_eq!(
        run(&project, "git repo").says(),
        str![[r#"
left out a tag not of the form `v{version}`: `dev`
added 2 releases to schedule.toml: 51.0.0 and 52.0.0-rc.1

"#]]
    );
    let after = project.read("schedule.toml");
    assert_data_eq!(
        after.strip_prefix(&before).unwrap().to_owned(),
        str![[r#"

[[release]]
version = "51.0.0"
date = 2026-11-20

[[release]]
version = "52.0.0-rc.1"
date = 2026-12-06

"#]]
    );
}

#[test]
fn a_dry_run_shows_the_difference_and_writes_nothing() {
    let project = small();
    let before = project.read("schedule.toml");
    assert_data_eq!(
        run(&project, "git repo --dry-run").succeeds(),
        str![[r#"
--- schedule.toml
+++ schedule.toml
@@ -21,3 +21,11 @@
 [[release]]
 version = '50.0.0' # the first
 date = 2026-10-20
+
+[[release]]
+version = "51.0.0"
+date = 2026-11-20
+
+[[release]]
+version = "52.0.0-rc.1"
+date = 2026-12-06

"#]]
    );
    assert_eq!(project.read("schedule.toml"), before);
}

#[test]
fn a_check_fails_while_facts_are_missing() {
    let project = small();
    let before = project.read("schedule.toml");
    let shown = run(&project, "git repo --check").fails(
        1,
        str![[r#"
left out a tag not of the form `v{version}`: `dev`
schedule.toml lacks 2 releases: 51.0.0 and 52.0.0-rc.1

"#]],
    );
    assert_eq!(shown, run(&project, "git repo --dry-run").succeeds());
    assert_eq!(project.read("schedule.toml"), before);
    run(&project, "git repo").says();
    run(&project, "git repo --check").says();
}

#[test]
fn a_pre_release_is_never_the_latest() {
    let project = Project::with_schedule(WASMTIME_RULES);
    repository(
        &project,
        &[
            Tag::Light("v51.0.0", second("2026-11-20"), "+0000"),
            Tag::Light("v51.0.1rc1", second("2026-11-21"), "+0000"),
            Tag::Light("v51.0.1-rc.2", second("2026-11-22"), "+0000"),
        ],
    );
    run(&project, "git repo").says();
    let schedule = schedule(&project.read("schedule.toml"));
    let row = schedule
        .row_of(&"51.0.0".parse().unwrap(), day("2026-12-01"))
        .unwrap();
    assert_eq!(row.latest().unwrap().version.as_str(), "51.0.0");
    let releases = row.train().releases.iter();
    let names: Vec<_> = releases
        .map(|one| (one.version.as_str(), one.pre))
        .collect();
    assert_eq!(
        names,
        [
            ("51.0.0", false),
            ("51.0.1rc1", true),
            ("51.0.1-rc.2", true)
        ]
    );
}

#[test]
fn another_day_is_reported_and_not_changed() {
    let project = small();
    let text = project
        .read("schedule.toml")
        .replace("2026-10-20", "2026-10-22");
    project.write("schedule.toml", &text);
    assert_data_eq!(
        run(&project, "git repo").says(),
        str![[r#"
left out a tag not of the form `v{version}`: `dev`
warning[date-differs]: release `50.0.0` is recorded on 2026-10-22, and the tags say 2026-10-20
  --> schedule.toml:23:8
   |
23 | date = 2026-10-22
   |        ^^^^^^^^^^ recorded here
   |
help: correct the one that is wrong; if both are as they should be, allow `date-differs` here and say why in a `note`
added 2 releases to schedule.toml: 51.0.0 and 52.0.0-rc.1

"#]]
    );
    assert!(project.read("schedule.toml").starts_with(&text));
    let allowed = "allow = [\"date-differs\"]\nnote = \"tagged early\"\n";
    project.write("schedule.toml", format!("{text}{allowed}"));
    assert_data_eq!(
        run(&project, "git repo").says(),
        str![[r#"
left out a tag not of the form `v{version}`: `dev`
added 2 releases to schedule.toml: 51.0.0 and 52.0.0-rc.1

"#]]
    );
}

#[test]
fn two_tags_of_one_release_are_one_fact() {
    let project = Project::with_schedule(WASMTIME_RULES);
    repository(
        &project,
        &[
            Tag::Light("v51.0", second("2026-11-20"), "+0000"),
            Tag::Light("v51.0.0", second("2026-11-21"), "+0000"),
        ],
    );
    assert_data_eq!(
        run(&project, "git repo").says(),
        str![[r#"
warning[date-differs]: of release `51.0.0` the tags say both 2026-11-20 and 2026-11-21
added a release to schedule.toml: 51.0

"#]]
    );
    run(&project, "git repo --check").says();
}

#[test]
fn a_pattern_finds_other_tags() {
    let project = Project::with_schedule(WASMTIME_RULES);
    repository(
        &project,
        &[Tag::Annotated("rel/51.0.0", second("2026-11-20"), "+0000")],
    );
    run(&project, "git repo").fails(2, str![[r#"
error: no tag in `repo` fits `v{version}`: fetch them with `git fetch --tags`, or say with `--pattern` how they are written

"#]]);
    let said = run(&project, "git repo --pattern rel/{version}").says();
    assert_data_eq!(
        said,
        str![[r#"
added a release to schedule.toml: 51.0.0

"#]]
    );
    run(&project, "git repo --pattern v").fails(
        2,
        str![[r#"
error: invalid value 'v' for '--pattern <PATTERN>': a pattern has `{version}` in it, once

For more information, try '--help'.

"#]],
    );
}

#[test]
fn a_folder_that_is_no_repository_is_bad_usage() {
    let project = Project::with_schedule(WASMTIME_RULES).file("plain/a.txt", "");
    run(&project, "git plain").fails(
        2,
        str![[r#"
error: `plain` is no git repository

"#]],
    );
    run(&project, "git nowhere").fails(
        3,
        str![[r#"
error: there is no folder `nowhere`

"#]],
    );
}

#[test]
fn a_tag_of_no_commit_has_no_day() {
    let project = small();
    let tree = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
    let folder = project.path("repo");
    git(&folder, &["hash-object", "-t", "tree", "-w", "--stdin"], "");
    git(&folder, &["tag", "v50.0.1", tree], "");
    let said = run(&project, "git repo").says();
    assert!(
        said.contains("left out a tag without a day: `v50.0.1`\n"),
        "{said}"
    );
}

#[test]
fn nightlies_are_left_out_where_they_are_not_wanted() {
    let project = small();
    assert_data_eq!(
        run(&project, "git repo --exclude=-rc --check --exclude dev").stderr(1),
        str![[r#"
left out 2 tags that were not wanted: `dev` and `v52.0.0-rc.1`
schedule.toml lacks a release: 51.0.0

"#]]
    );
}

#[test]
fn what_git_died_of_is_told_and_not_its_first_warning() {
    let project = small();
    let tags = project.path("repo/.git/refs/tags");
    std::fs::create_dir_all(&tags).unwrap();
    std::fs::write(tags.join("broken"), "no name of an object\n").unwrap();
    std::fs::write(tags.join("lost"), format!("{}\n", "1".repeat(40))).unwrap();
    run(&project, "git repo").fails(3, str![[r#"
error: `git` cannot read the tags of `repo`: missing object 1111111111111111111111111111111111111111 for refs/tags/lost

"#]]);
}

#[test]
fn a_machine_without_git_is_told_so() {
    let project = small();
    let run = project.run("import git repo").env("PATH", "/nowhere");
    run.fails(
        3,
        str![[r#"
error: there is no program `git`: install it, or add its folder to PATH

"#]],
    );
}

#[test]
fn the_environment_does_not_lead_to_another_repository() {
    let project = small();
    let run = run(&project, "git repo --check").env("GIT_DIR", "/nowhere");
    let said = run.stderr(1);
    assert!(said.contains("schedule.toml lacks 2 releases"), "{said}");
}

#[test]
fn a_fact_that_no_schedule_can_have_is_not_written() {
    let skip = "[[train]]\nversion = \"51.0.0\"\nskip = \"no release in November\"\n";
    let project = Project::with_schedule(&format!("{WASMTIME_RULES}{skip}"))
        .file("CHANGELOG.md", "## 51.0.0 - 2026-11-20\n");
    let before = project.read("schedule.toml");
    project.run("import changelog CHANGELOG.md").fails(
        1,
        str![[r#"
error[skipped-and-released]: train `51.0.0` is skipped, and `51.0.0` was released on it
  --> schedule.toml:22:8
   |
22 | skip = "no release in November"
   |        ^^^^^^^^^^^^^^^^^^^^^^^^ skipped here
...
25 | version = "51.0.0"
   |           -------- released here

"#]],
    );
    assert_eq!(project.read("schedule.toml"), before);
}

const CHANGELOG: &str = "\
# Changelog

## [Unreleased]

## 51.0.1

- A fix

## [51.0.0] - 2026-11-20

## 50.0.1

Released 2026-10-28.

## v50.0.0 (2026-10-21)

## 0.9.0 - 2020-01-02
";

#[test]
fn a_changelog_is_read_like_tags() {
    let facts = "\n[[release]]\nversion = \"50.0.0\"\ndate = 2026-10-20\n";
    let project =
        Project::with_schedule(&format!("{WASMTIME_RULES}{facts}")).file("CHANGELOG.md", CHANGELOG);
    assert_data_eq!(
        project.run("import changelog CHANGELOG.md").says(),
        str![[r#"
warning[undated-release]: `51.0.1` has no day that can be read
 --> CHANGELOG.md:5:1
  |
5 | ## 51.0.1
  | ^^^^^^^^^ released when
  |
help: write the heading as `51.0.1 - YYYY-MM-DD`

warning[no-train]: release `0.9.0` fits no train
  --> CHANGELOG.md:17:1
   |
17 | ## 0.9.0 - 2020-01-02
   | ^^^^^^^^^^^^^^^^^^^^^ no train is a prefix of it
   |
help: to record such a release, write its train as `[[train]]`; it is left out until then

warning[date-differs]: release `50.0.0` is recorded on 2026-10-20, and the changelog says 2026-10-21
  --> schedule.toml:23:8
   |
23 | date = 2026-10-20
   |        ^^^^^^^^^^ recorded here
   |
  ::: CHANGELOG.md:15:1
   |
15 | ## v50.0.0 (2026-10-21)
   | ----------------------- the other day
   |
help: correct the one that is wrong; if both are as they should be, allow `date-differs` here and say why in a `note`
added 2 releases to schedule.toml: 50.0.1 and 51.0.0

"#]]
    );
    let text = project.read("schedule.toml");
    let added = text.strip_prefix(&format!("{WASMTIME_RULES}{facts}"));
    assert_data_eq!(
        added.unwrap().to_owned(),
        str![[r#"

[[release]]
version = "50.0.1"
date = 2026-10-28

[[release]]
version = "51.0.0"
date = 2026-11-20

"#]]
    );
    let again = project.run("import changelog CHANGELOG.md --check").says();
    assert!(
        again.ends_with("schedule.toml lacks no release\n"),
        "{again}"
    );
}

#[test]
fn a_changelog_without_a_day_that_can_be_read_is_an_error() {
    let text = "# Changes\n\n## 1.2 in spring\n\n## 1.1 in winter\n\n## 1.0\n";
    let project = Project::with_schedule(WASMTIME_RULES).file("CHANGELOG.md", text);
    project.run("import changelog CHANGELOG.md --check").fails(
        1,
        str![[r#"
error[undated-release]: `1.2` and 2 other versions have no day that can be read
 --> CHANGELOG.md:3:1
  |
3 | ## 1.2 in spring
  | ^^^^^^^^^^^^^^^^ released when
  |
help: write the heading as `1.2 - YYYY-MM-DD`

"#]],
    );
}

#[test]
fn a_file_that_is_no_changelog_is_bad_usage() {
    let project = Project::with_schedule(WASMTIME_RULES).file("README.md", "# Words\n");
    project.run("import changelog README.md").fails(
        2,
        str![[r#"
error: no heading in `README.md` begins with a version

"#]],
    );
    project.run("import changelog NEWS.md").fails(
        3,
        str![[r#"
error: there is no `NEWS.md`

"#]],
    );
    let new = project.file("CHANGELOG.md", "# Changelog\n\n## [Unreleased]\n");
    assert_data_eq!(
        new.run("import changelog CHANGELOG.md").says(),
        str![[r#"
schedule.toml lacks no release

"#]]
    );
}
