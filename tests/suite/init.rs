//! What `init` makes, what it says, and what it leaves alone.

use std::collections::BTreeMap;
use std::fs;

use mdbook_driver::MDBook;
use mdbook_driver::config::Config;
use snapbox::cmd::cargo_bin;
use snapbox::{assert_data_eq, str};
use walkdir::WalkDir;

use crate::project::Project;

const CADENCES: [&str; 4] = ["monthly", "six-weekly", "yearly", "none"];

/// The day of `init`, days soon after, a year later, and three.
const DAYS: [&str; 5] = [
    "2026-11-20",
    "2026-12-31",
    "2027-03-15",
    "2027-11-20",
    "2029-11-20",
];

/// All files of a project by their path.
fn tree(project: &Project) -> BTreeMap<String, Vec<u8>> {
    let all = WalkDir::new(project.root()).into_iter().map(Result::unwrap);
    let files = all.filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| {
            let path = entry.path().strip_prefix(project.root()).unwrap();
            let bytes = fs::read(entry.path()).unwrap();
            (path.to_str().unwrap().to_owned(), bytes)
        })
        .collect()
}

fn paths(project: &Project) -> Vec<String> {
    tree(project).into_keys().collect()
}

/// A project that `init` made on the first of the days.
fn begun(arguments: &str) -> Project {
    let project = Project::new();
    let call = format!("init --name Lantern --date {} {arguments}", DAYS[0]);
    project.run(&call).succeeds();
    project
}

/// A book with a marker in its only chapter.
fn book(toml: &str) -> Project {
    Project::new()
        .file("book.toml", toml)
        .file("src/SUMMARY.md", "# Summary\n\n[Home](home.md)\n")
        .file("src/home.md", "# Home\n\n<!-- trainboard board -->\n")
}

const BOOK: &str = "# Ours.\n[book]\ntitle = \"Lantern's book\"\nlanguage = \"en\"\n";

#[test]
fn init_says_what_it_made_and_what_comes_next() {
    let project = Project::new();
    let said = project.run("init --name Lantern --cadence monthly --date 2026-11-20");
    let said = said.says();
    assert!(include_str!("../../content/guide/command-line.md").contains(&said));
    assert_data_eq!(
        said,
        str![[r#"
made schedule.toml: what is released, and when
made trainboard.toml: the settings of the site
made content/index.md: the first page, with the board
made content/release-process.md: a page that quotes the schedule
made .gitignore: keeps the built site out of git
next: see it with `trainboard serve`, and put your own days into schedule.toml

"#]]
    );
    assert_data_eq!(
        paths(&project).join("\n"),
        str![[r#"
.gitignore
content/index.md
content/release-process.md
schedule.toml
trainboard.toml
"#]]
    );
}

#[test]
fn without_a_terminal_a_project_is_monthly() {
    assert_eq!(tree(&begun("")), tree(&begun("--cadence monthly")));
}

#[test]
fn every_choice_checks_and_builds_clean_on_every_day() {
    for cadence in CADENCES {
        for ci in ["", "--ci github"] {
            let project = begun(&format!("--cadence {cadence} {ci}"));
            for day in DAYS {
                let said = project.run(&format!("check --strict --date {day}")).says();
                assert!(said.contains("2 pages: nothing is wrong"), "{said}");
                let said = project.run(&format!("build --strict --date {day}")).says();
                assert!(
                    said.starts_with("built 2 pages in public/, valid"),
                    "{said}"
                );
            }
        }
    }
}

#[test]
fn the_first_board_has_a_train_that_is_supported_and_one_to_come() {
    for cadence in CADENCES {
        // The days on which a calendar is at its oddest, too.
        for day in [
            "2026-11-20",
            "2028-02-29",
            "2026-12-31",
            "2027-01-01",
            "2027-05-15",
        ] {
            let project = Project::new();
            let call = format!("init --cadence {cadence} --date {day}");
            project.run(&call).succeeds();
            for name in ["current.version", "next.version"] {
                let call = format!("render value --name {name} --date {day}");
                let version = project.run(&call).succeeds();
                assert!(
                    version.starts_with(|c: char| c.is_ascii_digit()),
                    "{version}"
                );
            }
        }
    }
}

#[test]
fn suggestions_are_sound_when_they_are_taken() {
    for cadence in CADENCES {
        let project = begun(&format!("--cadence {cadence}"));
        for file in ["schedule.toml", "trainboard.toml"] {
            let text = project.read(file);
            let taken = text.lines().map(|line| match line.strip_prefix('#') {
                Some(rest) if !rest.starts_with([' ', '#']) => format!("{rest}\n"),
                _ => format!("{line}\n"),
            });
            let taken: String = taken.collect();
            assert!(taken != format!("{text}\n"), "{file} suggests nothing");
            project.write(file, taken);
        }
        let found = project
            .run("check --date 2026-11-20 --format short")
            .succeeds();
        let others = found.lines().filter(|line| !line.contains("[overdue]"));
        assert_eq!(others.collect::<Vec<_>>(), Vec::<&str>::new(), "{cadence}");
    }
}

#[test]
fn the_schedule_of_a_monthly_project_explains_itself() {
    assert_data_eq!(
        begun("").read("schedule.toml"),
        str![[r##"
# What the project releases, and when: a train every month, each supported for
# two.
#
# The days here are made up, around the one on which this file was made. Put in
# your own. A line such as `#weekend = "after"` is a suggestion: take its `#`
# away.

[project]
name = "Lantern"
#version-label = "v{version}"

# The first train. All others follow from it, one by one: 1.0.0, 2.0.0, 3.0.0.
[cadence]
anchor = { version = "1.0.0", date = 2026-08-15 }
every = "1 month"
bump = "major"
branch = "14 days before"
# A release on a Saturday or Sunday moves to Monday:
#weekend = "after"

# Every twelfth train lives longer. The first channel that fits a train counts,
# so the special ones stand on top.
#[[channel]]
#name = "LTS"
#every = 12
#badge = "LTS"
#upcoming = 1
#phases = [{ name = "Long-term support", level = "lts", for = "24 months" }]

[[channel]]
name = "Normal"
phases = [{ name = "Supported", for = "2 months" }]

# What really happened. As long as nothing is recorded, a train counts as
# released on the day that was planned. Record one, and those after it are out
# when they are recorded, too: until then they are due, as the page says.
#[[release]]
#version = "1.0.0"
#date = 2026-08-17

# A train that left the rule: skipped, moved, supported for longer.
#[[train]]
#version = "12.0.0"
#skip = "no release in this month"

"##]]
    );
}

#[test]
fn what_is_there_is_named_whole_and_nothing_is_written() {
    let project = Project::new()
        .file("schedule.toml", "# mine\n")
        .file("content/index.md", "# Mine\n")
        .file("notes.txt", "mine\n");
    let before = tree(&project);
    project.run("init --date 2026-11-20").fails(
        2,
        str![[r#"
error: `schedule.toml` and `content/index.md` are there already
 |
help: move away what is there: it is never replaced, and nothing was written

"#]],
    );
    assert_eq!(tree(&project), before);
}

#[test]
fn a_file_or_a_folder_in_the_way_is_named() {
    let project = Project::new()
        .file("content", "a file\n")
        .file("trainboard.toml/inside", "a folder\n");
    let before = tree(&project);
    project.run("init --date 2026-11-20").fails(
        2,
        str![[r#"
error: `trainboard.toml` and `content` are there already
 |
help: move away what is there: it is never replaced, and nothing was written

"#]],
    );
    assert_eq!(tree(&project), before);
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_is_something_that_is_there() {
    let project = Project::new();
    std::os::unix::fs::symlink("gone", project.path("schedule.toml")).unwrap();
    project.run("init --date 2026-11-20").fails(
        2,
        str![[r#"
error: `schedule.toml` is there already
 |
help: move away what is there: it is never replaced, and nothing was written

"#]],
    );
    assert!(fs::symlink_metadata(project.path("schedule.toml")).is_ok());
    assert_eq!(paths(&project), Vec::<String>::new());
}

#[test]
fn a_second_init_changes_nothing_and_says_so() {
    let project = begun("");
    let before = tree(&project);
    let said = project.run("init --name Lantern --date 2026-11-20").says();
    assert_data_eq!(
        said,
        str![[r#"
schedule.toml is as it should be
trainboard.toml is as it should be
content/index.md is as it should be
content/release-process.md is as it should be
a train leaves every month: for another cadence, begin with `--cadence`
next: see it with `trainboard serve`, and put your own days into schedule.toml

"#]]
    );
    assert_eq!(tree(&project), before);
}

#[test]
fn a_gitignore_that_is_there_stays_and_the_missing_line_is_told() {
    let call = "init --name Lantern --date 2026-11-20";
    let project = Project::new().file(".gitignore", "/target\n");
    let said = project.run(call).says();
    assert!(
        said.contains("left .gitignore alone: add `/public` to it\n"),
        "{said}"
    );
    assert_eq!(project.read(".gitignore"), "/target\n");
    let project = Project::new().file(".gitignore", "/target\npublic/\n");
    let said = project.run(call).says();
    assert!(!said.contains(".gitignore"), "{said}");
}

#[test]
fn other_files_in_the_folder_stay() {
    let project = Project::new()
        .file("Cargo.toml", "[package]\n")
        .file("src/main.rs", "");
    project.run("init --date 2026-11-20").succeeds();
    assert_eq!(project.read("Cargo.toml"), "[package]\n");
    assert_eq!(project.read("src/main.rs"), "");
}

#[test]
fn a_project_is_called_like_its_folder_however_that_is_called() {
    let long = "é".repeat(120);
    let names = [
        "our trains",
        "🚂 trains",
        "\u{5e8}\u{5db}\u{5d1}\u{5ea}",
        "a\"b\\c",
        "{first}",
        &long,
    ];
    for name in names {
        let project = Project::new().file(&format!("{name}/.keep"), "");
        project
            .run("init --date 2026-11-20")
            .inside(name)
            .succeeds();
        project
            .run("check --strict --date 2026-11-20")
            .inside(name)
            .succeeds();
        let json = project
            .run("status --format json --date 2026-11-20")
            .inside(name)
            .succeeds();
        let board: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(board["project"], name);
    }
}

#[test]
fn control_characters_of_a_folder_are_no_part_of_the_name() {
    let project = Project::new().file("a\nb\u{1b}c/.keep", "");
    let folder = "a\nb\u{1b}c";
    project
        .run("init --date 2026-11-20")
        .inside(folder)
        .succeeds();
    let status = project
        .run("status --date 2026-11-20")
        .inside(folder)
        .succeeds();
    assert!(status.starts_with("a b c releases"), "{status}");
}

#[test]
fn a_name_that_no_schedule_would_take_is_refused() {
    let project = Project::new();
    let long = "x".repeat(300);
    for (name, why) in [
        (
            long.as_str(),
            "a text of 300 characters is longer than the limit of 200",
        ),
        ("", "a text is empty"),
        ("a\nb", "a text holds the control character U+000A"),
    ] {
        let said = project.run("init --name").arg(name).stderr(2);
        assert!(said.contains(why), "{said}");
    }
    assert_eq!(paths(&project), Vec::<String>::new());
}

#[test]
fn a_day_at_the_edge_of_the_calendar_is_refused() {
    let project = Project::new();
    project.run("init --date 1970-01-31").fails(
        2,
        str![[r#"
error: a schedule around 1970-01-31 would leave the calendar

"#]],
    );
    let said = project
        .run("init --cadence none --date 9999-12-31")
        .stderr(2);
    assert!(said.contains("would leave the calendar"), "{said}");
    assert_eq!(paths(&project), Vec::<String>::new());
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_to_is_the_fault_of_the_machine() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
    use std::os::unix::process::CommandExt;

    const NOBODY: u32 = 65534;
    let project = Project::new();
    let folder = project.path("mine");
    fs::create_dir(&folder).unwrap();
    let program = project.path("trainboard");
    let mut copy = std::process::Command::new("cp");
    copy.arg(cargo_bin!("trainboard")).arg(&program);
    assert!(copy.status().unwrap().success());
    let mut command = std::process::Command::new(&program);
    command
        .args(["init", "--date", "2026-11-20"])
        .env_clear()
        .current_dir(&folder);
    if fs::metadata(&folder).unwrap().uid() == 0 {
        // Permissions hold for anybody but root.
        fs::set_permissions(project.root(), fs::Permissions::from_mode(0o755)).unwrap();
        chown(&folder, Some(NOBODY), None).unwrap();
        command.uid(NOBODY);
    }
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).unwrap();
    let output = command.output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_data_eq!(
        said,
        str![[r#"
error: `schedule.toml` cannot be written: permission denied

"#]]
    );
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    assert!(command.output().unwrap().status.success());
}

#[test]
fn a_workflow_goes_to_the_top_of_its_repository_and_works_in_the_project() {
    let project = Project::new()
        .file(".git/HEAD", "")
        .file("docs/the \"web\"/.keep", "");
    let said = project
        .run("init --ci github --date 2026-11-20")
        .inside("docs/the \"web\"")
        .says();
    assert!(
        said.contains("made ../../.github/workflows/trainboard.yml: "),
        "{said}"
    );
    let text = project.read(".github/workflows/trainboard.yml");
    let workflow: serde_json::Value = serde_saphyr::from_str(&text).unwrap();
    for (name, job) in workflow["jobs"].as_object().unwrap() {
        let folder = &job["defaults"]["run"]["working-directory"];
        let checks_out = job["steps"][0]["uses"]
            .as_str()
            .is_some_and(|uses| uses.starts_with("actions/checkout@"));
        let expected = checks_out.then_some("docs/the \"web\"");
        assert_eq!(folder.as_str(), expected, "{name}");
    }
    project
        .run("check --strict --date 2026-11-20")
        .inside("docs/the \"web\"")
        .succeeds();
}

#[test]
fn a_folder_that_would_be_an_expression_of_a_workflow_is_refused() {
    let project = Project::new()
        .file(".git/HEAD", "")
        .file("${{ x }}/.keep", "");
    project
        .run("init --ci github --date 2026-11-20")
        .inside("${{ x }}")
        .fails(
            2,
            str![[r#"
error: `${{ x }}` cannot be named in a workflow

"#]],
        );
}

#[test]
fn a_project_that_is_there_gets_a_workflow_and_nothing_else() {
    let path = ".github/workflows/trainboard.yml";
    let project = Project::new()
        .file("trainboard.toml", "[site]\nschedule = \"days/mine.toml\"\n")
        .file("days/mine.toml", "# mine\n");
    project.run("init --ci github").fails(
        1,
        str![[r#"
error[no-content]: there is no folder `content`, so there is no site to publish
 |
help: where another generator makes your docs, run trainboard before it: the guide has this under “In other docs”; for a site of pages here, make the folder, with an `index.md` in it

"#]],
    );
    let project = project.file("content/index.md", "# Home\n");
    let mut expected = tree(&project);
    assert_data_eq!(
        project.run("init --ci github").says(),
        str![[r#"
made .github/workflows/trainboard.yml: checks every change, and publishes
what is pushed to the branch `main` is published
on GitHub: in the repository's settings, under Pages, choose GitHub Actions as the source
trainboard comes from crates.io there, or from the git repository that the variable TRAINBOARD_GIT names

"#]]
    );
    expected.insert(
        path.to_owned(),
        begun("--ci github").read(path).into_bytes(),
    );
    assert_eq!(tree(&project), expected);

    let book = book("[preprocessor.trainboard]\n");
    let mut expected = tree(&book);
    book.run("init --mdbook --ci github").succeeds();
    expected.insert(path.to_owned(), book.read(path).into_bytes());
    assert_eq!(tree(&book), expected);
    book.run("init --mdbook --ci github --cadence yearly")
        .fails(
            2,
            str![[r#"
error: `book.toml` has `[preprocessor.trainboard]` already

"#]],
        );
    book.write(path, "# mine\n");
    book.run("init --mdbook --ci github").fails(
        2,
        str![[r#"
error: `.github/workflows/trainboard.yml` is there already
 |
help: move away what is there: it is never replaced, and nothing was written

"#]],
    );
}

#[test]
fn a_book_gets_a_schedule_and_a_table_and_nothing_else() {
    let project = book(BOOK);
    let before = paths(&project);
    let said = project.run("init --mdbook --date 2026-11-20").says();
    assert_data_eq!(
        said,
        str![[r#"
made schedule.toml: what is released, and when
added `[preprocessor.trainboard]` to book.toml, and changed nothing else in it
a train leaves every month: for another cadence, begin with `--cadence`
next: put `<!-- trainboard board -->` on a line of its own into a chapter in src/, build the book, and put your own days into schedule.toml

"#]]
    );
    let added =
        "\n[preprocessor.trainboard]\nrenderers = [\"html\"]\nschedule = \"schedule.toml\"\n";
    assert_eq!(project.read("book.toml"), format!("{BOOK}{added}"));
    let new: Vec<_> = paths(&project)
        .into_iter()
        .filter(|path| !before.contains(path))
        .collect();
    assert_eq!(new, ["schedule.toml"]);
    assert!(
        project
            .read("schedule.toml")
            .contains("name = \"Lantern's book\"\n")
    );
}

#[test]
fn every_byte_of_a_book_toml_stays_however_its_lines_end() {
    let table = "[preprocessor.trainboard]\nrenderers = [\"html\"]\nschedule = \"schedule.toml\"\n";
    let texts = [
        ("", String::new()),
        ("[book]", "\n\n".to_owned()),
        ("\u{feff}[book]\ntitle = \"\"\n", "\n".to_owned()),
        ("[book]\r\n[preprocessor.links]\r\n", "\r\n".to_owned()),
        ("[output.html]\r\n# end", "\r\n\r\n".to_owned()),
        ("preprocessor.links.optional = true\n", "\n".to_owned()),
    ];
    for (toml, gap) in texts {
        let project = book(toml);
        project.run("init --mdbook --date 2026-11-20").succeeds();
        let table = if toml.contains('\r') {
            table.replace('\n', "\r\n")
        } else {
            table.to_owned()
        };
        assert_eq!(project.read("book.toml"), format!("{toml}{gap}{table}"));
    }
}

#[test]
fn a_book_is_built_by_mdbook_after_init_on_every_day() {
    for cadence in CADENCES {
        for ci in ["", "--ci github"] {
            let project = book(BOOK);
            let call = format!("init --mdbook --cadence {cadence} --date {} {ci}", DAYS[0]);
            project.run(&call).succeeds();
            for day in DAYS {
                let mut config = Config::from_disk(project.path("book.toml")).unwrap();
                let command = format!("'{}'", cargo_bin!("mdbook-trainboard").display());
                config
                    .set("preprocessor.trainboard.command", command)
                    .unwrap();
                config.set("preprocessor.trainboard.date", day).unwrap();
                let book = MDBook::load_with_config(project.root(), config).unwrap();
                book.build().unwrap();
                let page = project.read("book/home.html");
                assert!(page.contains("class=\"tb-table"), "{cadence} on {day}");
                assert!(!page.contains("<!-- trainboard"), "{cadence} on {day}");
            }
        }
    }
}

#[test]
fn a_book_that_is_not_there_or_has_trainboard_is_told_of() {
    let project = Project::new();
    project.run("init --mdbook").fails(
        2,
        str![[r#"
error: there is no `book.toml` here: go to the folder of a book, or make one with `mdbook init`

"#]],
    );
    let project = book("[preprocessor.trainboard]\nschedule = \"data/s.toml\"\n");
    let before = tree(&project);
    project.run("init --mdbook").fails(
        2,
        str![[r#"
error: `book.toml` has `[preprocessor.trainboard]` already

"#]],
    );
    assert_eq!(tree(&project), before);
}

#[test]
fn a_book_toml_that_no_table_can_follow_or_that_is_wrong_stays_as_it_is() {
    let project = book("preprocessor = { links = {} }\n");
    let before = tree(&project);
    project
        .run("init --mdbook --date 2026-11-20")
        .fails(2, str![[r#"
error: `preprocessor` in `book.toml` is written so that no table can follow: add `trainboard` to it by hand, as the guide says, and leave `--mdbook` away

"#]]);
    assert_eq!(tree(&project), before);
    let project = book("[book\n");
    let before = tree(&project);
    project.run("init --mdbook --date 2026-11-20").fails(
        1,
        str![[r#"
error[syntax]: unclosed table, expected `]`
 --> book.toml:1:6
  |
1 | [book
  |      ^

"#]],
    );
    assert_eq!(tree(&project), before);
}

#[test]
fn a_book_with_a_schedule_stays_as_it_is() {
    let project = book(BOOK).file("schedule.toml", "# mine\n");
    let before = tree(&project);
    project.run("init --mdbook --date 2026-11-20").fails(
        2,
        str![[r#"
error: `schedule.toml` is there already
 |
help: move away what is there: it is never replaced, and nothing was written

"#]],
    );
    assert_eq!(tree(&project), before);
}

#[test]
fn a_workflow_publishes_the_branch_that_the_repository_has() {
    for (branch, written) in [
        ("trunk", "[trunk]"),
        ("rel/1.x", "[\"rel/1.x\"]"),
        ("on", "[\"on\"]"),
        ("Null", "[\"Null\"]"),
    ] {
        let project = Project::new();
        let made = std::process::Command::new("git")
            .args(["init", "-q", "-b", branch])
            .current_dir(project.root())
            .status();
        assert!(made.unwrap().success());
        let said = project.run("init --cadence monthly --ci github").says();
        assert!(
            said.contains(&format!("pushed to the branch `{branch}` is published")),
            "{said}"
        );
        let workflow = project.read(".github/workflows/trainboard.yml");
        assert!(
            workflow.contains(&format!("branches: {written} #")),
            "{workflow}"
        );
    }
}
