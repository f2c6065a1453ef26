//! `check --published`: what readers see, held against what today would say.

use snapbox::{assert_data_eq, str};

use crate::project::Project;

#[cfg(feature = "fetch")]
mod web;

const SCHEDULE: &str = r#"[project]
name = "Wasmtime"
[cadence]
anchor = { version = "20.0.0", date = 2024-04-20 }
every = "1 month"
branch = "15 days before"
[[channel]]
name = "Normal"
phases = [{ name = "Supported", for = "2 months" }]
"#;

fn project() -> Project {
    Project::with_schedule(SCHEDULE)
        .file("content/index.md", "# Home\n\n<!-- trainboard table -->\n")
        .file(
            "content/plain.md",
            "# Plain\n\nnothing that a day changes\n",
        )
}

/// A project that was published on that day.
fn published_on(day: &str) -> Project {
    let project = project();
    project.run(&format!("build --date {day}")).succeeds();
    project
}

#[test]
fn a_site_that_says_what_today_would_say_is_fresh() {
    let project = published_on("2026-11-20");
    for day in ["2026-11-20", "2026-12-04"] {
        let said = project
            .run(&format!("check --published public --date {day}"))
            .says();
        assert_data_eq!(
            said,
            str![[r#"
checked 2 pages: nothing is wrong
the board at public holds from 2026-11-20 until 2026-12-05
links to other hosts are not checked here; that does: lychee --include-fragments public

"#]]
        );
    }
}

#[test]
fn a_stale_site_is_told_train_by_train() {
    let project = published_on("2026-10-20");
    project
        .run("check --published public --date 2026-11-20")
        .fails(
            1,
            str![[r#"
error[stale]: `48.0.0` is shown as ended, it is not on the board any more

error[stale]: `49.0.0` is shown as supported, it ended on 2026-11-20

error[stale]: `51.0.0` is shown as planned, it was released on 2026-11-20

error[stale]: `52.0.0` is not shown, it is planned for 2026-12-20

checked 2 pages: 4 errors
the board at public held from 2026-10-20 until 2026-11-05
links to other hosts are not checked here; that does: lychee --include-fragments public

"#]],
        );
    let told = project
        .run("check --published public --date 2027-02-20 --format short")
        .fails(1, str![]);
    assert_data_eq!(
        told,
        str![[r#"
error[stale]: `48.0.0` is shown as ended, it is not on the board any more
error[stale]: `49.0.0` is shown as supported, it ended on 2026-11-20
error[stale]: `50.0.0` is shown as supported, it ended on 2026-12-20
error[stale]: `51.0.0` is shown as planned, it ended on 2027-01-20
error[stale]: `52.0.0` is not shown, it ended on 2027-02-20
error[stale]: `53.0.0` is not shown, it was released on 2027-01-20
error[stale]: `54.0.0` is not shown, it was released on 2027-02-20
error[stale]: `55.0.0` is not shown, it is planned for 2027-03-20

"#]]
    );
}

#[test]
fn a_changed_end_and_a_new_release_are_told() {
    let project = published_on("2026-11-20");
    let facts = "[[train]]\nversion = \"51.0.0\"\nend = 2027-03-20\n\
                 [[release]]\nversion = \"50.0.0\"\ndate = 2026-10-20\n\
                 [[release]]\nversion = \"51.0.0\"\ndate = 2026-11-20\n\
                 [[release]]\nversion = \"51.0.1\"\ndate = 2026-11-20\n";
    project.write("schedule.toml", format!("{SCHEDULE}{facts}"));
    let told = project
        .run("check --published public --date 2026-11-20 --format short")
        .ends();
    assert_data_eq!(
        told,
        str![[r#"
error[stale]: the latest release of `50.0.0` is not shown, it is 50.0.0
error[stale]: the end of `51.0.0` is shown as 2027-01-20, it is 2027-03-20
error[stale]: the latest release of `51.0.0` is not shown, it is 51.0.1

"#]]
    );
}

#[test]
fn a_page_that_was_edited_since_is_told_with_the_first_line_that_differs() {
    let project = published_on("2026-11-20");
    project.write("content/index.md", "# Start\n\n<!-- trainboard table -->\n");
    project
        .run("check --published public --date 2026-11-20")
        .fails(1, str![[r#"
error[published-page]: `index.html` is published with other contents than a build makes
 |
help: line 8 is published as `<title>Home · Wasmtime</title>`, and a build makes `<title>Start · Wasmtime</title>`

checked 2 pages: 1 error
the board at public holds from 2026-11-20 until 2026-12-05
links to other hosts are not checked here; that does: lychee --include-fragments public

"#]]);
    std::fs::remove_file(project.path("public/index.html")).unwrap();
    project
        .run("check --published public --date 2026-11-20")
        .fails(
            1,
            str![[r#"
error[published-page]: `index.html` is not published

checked 2 pages: 1 error
the board at public holds from 2026-11-20 until 2026-12-05
links to other hosts are not checked here; that does: lychee --include-fragments public

"#]],
        );
}

#[test]
fn a_page_without_a_marker_is_not_compared() {
    let project = published_on("2026-11-20");
    project.write("content/plain.md", "# Plain\n\nnew words\n");
    project
        .run("check --published public --date 2026-11-20")
        .succeeds();
}

#[test]
fn a_place_without_a_board_is_told() {
    let project = project().file("empty/x", "");
    project
        .run("check --published empty --date 2026-11-20")
        .fails(
            1,
            str![[r#"
error[not-published]: there is no `board.json` at `empty`
 |
help: name the top of a site that trainboard built

checked 2 pages: 1 error
links to other hosts are not checked here; that does: lychee --include-fragments public

"#]],
        );
    let project = project.file("other/board.json", "{\"trains\": 3}");
    let told = project
        .run("check --published other --date 2026-11-20 --format short")
        .fails(1, str![]);
    assert_data_eq!(
        told,
        str![[r#"
error[not-published]: the `board.json` at `other` is no board: invalid type: integer `3`, expected a sequence at line 1 column 12

"#]]
    );
    project
        .run("check --published nowhere --date 2026-11-20")
        .fails(
            3,
            str![[r#"
checked 2 pages: nothing is wrong
links to other hosts are not checked here; that does: lychee --include-fragments public
error: there is no folder `nowhere`

"#]],
        );
    project
        .run("check --published ftp://example.org/ --date 2026-11-20")
        .fails(2, str![[r#"
error: invalid value 'ftp://example.org/' for '--published <URL|DIR>': the address `ftp://example.org/` is not a full address that begins with `https://` or `http://`

For more information, try '--help'.

"#]]);
}

#[test]
fn a_project_without_a_schedule_has_nothing_to_compare() {
    let project = published_on("2026-11-20");
    std::fs::remove_file(project.path("schedule.toml")).unwrap();
    project.write("content/index.md", "# Home\n");
    project
        .run("check --published public --date 2026-11-20")
        .fails(
            1,
            str![[r#"
error[no-schedule]: there is no schedule to compare with what is published

checked 2 pages: 1 error
links to other hosts are not checked here; that does: lychee --include-fragments public

"#]],
        );
}

/// What is told when the schedule has that, too, since the site was published.
fn told_of(more: &str, day: &str) -> String {
    let project = published_on("2026-11-20");
    project.write("schedule.toml", format!("{SCHEDULE}{more}"));
    project
        .run(&format!(
            "check --published public --format short --date {day}"
        ))
        .fails(1, str![])
}

#[test]
fn what_changed_about_a_train_is_told_once() {
    let train = |keys: &str| format!("[[train]]\nversion = \"51.0.0\"\n{keys}\n");
    let told = [
        train("name = \"Fifty-one\"\nbadge = \"LTS\""),
        train("release = 2026-11-25"),
        train("end = \"2027-03\""),
        train("skip = \"holidays\""),
        train("phases = [{ name = \"Short\", for = \"1 month\" }, { name = \"Late\", for = \"1 month\" }]"),
        "[[train]]\nversion = \"49.0.0\"\nend = 2026-12-20\n".to_owned(),
        "[[train]]\nversion = \"52.0.0\"\nbranch = 2026-11-20\n".to_owned(),
        "[[train]]\nversion = \"52.0.0\"\nrelease = 2026-11-20\n".to_owned(),
    ]
    .map(|more| told_of(&more, "2026-11-20"));
    assert_data_eq!(
        told.join("\n"),
        str![[r#"
error[stale]: the codename of `51.0.0` is not shown, it is Fifty-one
error[stale]: the badge of `51.0.0` is not shown, it is LTS

error[stale]: `51.0.0` is shown as supported, it is stabilising since 2026-11-10
error[stale]: `52.0.0` is shown as planned, it is not on the board any more
error[stale]: `48.0.0` is not shown, it ended on 2026-10-20

error[stale]: the end of `51.0.0` is shown as 2027-01-20, it is 2027-03

error[stale]: `51.0.0` is shown as supported, it is skipped
error[stale]: `48.0.0` is not shown, it ended on 2026-10-20

error[stale]: the phase of `51.0.0` is shown as Supported, it is Short

error[stale]: `49.0.0` is shown as ended, it is supported until 2026-12-20

error[stale]: `52.0.0` is shown as planned, it is stabilising since 2026-11-20

error[stale]: `49.0.0` is shown as ended, it is not on the board any more
error[stale]: `52.0.0` is shown as planned, it was released on 2026-11-20
error[stale]: `53.0.0` is not shown, it is planned for 2027-01-20

"#]]
    );
}

#[test]
fn a_schedule_of_something_else_is_told() {
    let project = published_on("2026-11-20");
    let other = SCHEDULE
        .replace("Wasmtime\"", "Rust\"\nend-day = \"supported\"")
        .replace("20.0.0", "1.0.0");
    project.write("schedule.toml", other);
    let told = project
        .run("check --published public --format short --date 2026-11-20")
        .fails(1, str![]);
    assert_data_eq!(
        told,
        str![[r#"
error[published-page]: `api/v1/products/rust` is not published
error[stale]: the board of `Wasmtime` is published, and not that of `Rust`
error[stale]: an end is shown as the first day without support, it is the last day with support
error[stale]: `49.0.0` is shown as ended, it is planned for 2028-04-20
error[stale]: `50.0.0` is shown as supported, it is planned for 2028-05-20
error[stale]: `51.0.0` is shown as supported, it is planned for 2028-06-20
error[stale]: the branch day of `52.0.0` is shown as 2026-12-05, it is 2028-07-05
error[stale]: the release day of `52.0.0` is shown as 2026-12-20, it is 2028-07-20
error[stale]: the end of `52.0.0` is shown as 2027-02-20, it is 2028-09-20
error[stale]: `30.0.0` is not shown, it was released on 2026-09-20
error[stale]: `31.0.0` is not shown, it was released on 2026-10-20
error[stale]: `32.0.0` is not shown, it was released on 2026-11-20
error[stale]: `33.0.0` is not shown, it is planned for 2026-12-20

"#]]
    );
}

#[test]
fn a_board_of_another_period_is_told_though_its_trains_are_right() {
    let project = published_on("2026-11-20");
    let board = project.read("public/board.json");
    project.write(
        "public/board.json",
        board.replace("\"next_change\": \"2026-12-05\"", "\"next_change\": null"),
    );
    project
        .run("check --published public --date 2026-11-20")
        .fails(
            1,
            str![[r#"
error[stale]: the board is published from 2026-11-20 on, and holds from 2026-11-20 until 2026-12-05

checked 2 pages: 1 error
the board at public holds from 2026-11-20 on
links to other hosts are not checked here; that does: lychee --include-fragments public

"#]],
        );
}

#[test]
fn what_stands_in_a_published_board_cannot_write_on_the_terminal() {
    let said = |board: &str| {
        let project = published_on("2026-11-20");
        project.write("public/board.json", board);
        let run = project.run("check --published public --date 2026-11-20");
        let said = run.stderr(1);
        assert!(!said.contains('\u{1b}'), "{said}");
        said.lines().next().unwrap().to_owned()
    };
    let train = |label: &str, release: &str| {
        format!(
            "{{\"project\": \"Wasmtime\", \"trains\": [{{\"version\": \"51.0.0\", \
             \"label\": \"{label}\", \"status\": \"planned\", \"release\": \"{release}\"}}]}}"
        )
    };
    let told = [
        said(&train("51\\u001b[31m", "2026-11-20")),
        said(&train("51\\nerror: all is lost", "2026-11-20")),
        said(&train("51", "\\u001b[31m")),
        said("\u{1b}[31m"),
        said("<!doctype html>\n<title>Sign in</title>\n"),
        said(""),
    ];
    assert_data_eq!(
        told.join("\n"),
        str![[r#"
error[not-published]: the `board.json` at `public` is no board: a text holds the control character U+001B at line 1 column 80
error[not-published]: the `board.json` at `public` is no board: a text holds the control character U+000A at line 1 column 90
error[not-published]: the `board.json` at `public` is no board: `␛[31m` is not a day, month, quarter or year: `2026-10-28`, `2026-10`, `2026-Q4` or `2026` at line 1 column 117
error[not-published]: the `board.json` at `public` is no board: expected value at line 1 column 1
error[not-published]: the `board.json` at `public` is no board: expected value at line 1 column 1
error[not-published]: the `board.json` at `public` is no board: EOF while parsing a value at line 1 column 0
"#]]
    );
}

#[cfg(unix)]
#[test]
fn a_pipe_in_the_folder_is_not_waited_for() {
    let project = published_on("2026-11-20");
    let pipe = project.path("public/schedule.svg");
    std::fs::remove_file(&pipe).unwrap();
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    project
        .run("check --published public --date 2026-11-20")
        .fails(
            1,
            str![[r#"
checked 2 pages: nothing is wrong
the board at public holds from 2026-11-20 until 2026-12-05
links to other hosts are not checked here; that does: lychee --include-fragments public
error[special-file]: `public/schedule.svg` is neither a file nor a folder
 |
help: put a regular file there: no pipe, socket or device is read

"#]],
        );
}

#[test]
fn a_folder_is_a_folder() {
    let project = published_on("2026-11-20");
    for place in ["public/board.json", "nowhere"] {
        let run = project.run(&format!("check --published {place} --date 2026-11-20"));
        let said = run.stderr(3);
        assert!(
            said.ends_with(&format!("error: there is no folder `{place}`\n")),
            "{said}"
        );
    }
}

#[test]
fn a_folder_is_compared_as_it_was_built_for_its_address() {
    let project = project();
    let address = "--base-url https://example.org/x";
    project
        .run(&format!("build --date 2026-11-20 {address}"))
        .succeeds();
    let check = "check --published public --date 2026-11-20";
    project.run(&format!("{check} {address}")).succeeds();
    project.run(check).fails(
        1,
        str![[r#"
error[published-page]: `index.html` is published with other contents than a build makes
 |
help: name the address that the published site was built for: `--base-url`

error[published-page]: `calendar.ics` is published with other contents than a build makes
 |
help: name the address that the published site was built for: `--base-url`

error[published-page]: `releases.atom` is published with other contents than a build makes
 |
help: name the address that the published site was built for: `--base-url`

error[published-page]: `api/v1/products/wasmtime` is published with other contents than a build makes
 |
help: name the address that the published site was built for: `--base-url`

checked 2 pages: 4 errors
the board at public holds from 2026-11-20 until 2026-12-05
links to other hosts are not checked here; that does: lychee --include-fragments public

"#]],
    );
    project.write(
        "trainboard.toml",
        "[site]\nbase-url = \"https://example.org/x/\"\n",
    );
    project.run(check).succeeds();
}
