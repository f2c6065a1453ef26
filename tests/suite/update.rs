//! `trainboard update`: Markdown files that are rewritten in place.

use std::fs;

use snapbox::{assert_data_eq, str};

use crate::project::{Project, Run};
use crate::schedules::WASMTIME;

const README: &str = "\
# Wasmtime

Use <!-- trainboard value current.version -->50.0.0<!-- /trainboard --> now.

<!-- trainboard table columns=version,status,end -->
<!-- /trainboard -->

*More*  \n";

fn project(readme: impl AsRef<[u8]>) -> Project {
    Project::with_schedule(WASMTIME).file("README.md", readme)
}

fn update(project: &Project, arguments: &str) -> Run {
    project.run(&format!("update --date 2026-11-20 {arguments}"))
}

#[test]
fn a_readme_gets_its_value_and_its_table() {
    let project = project(README);
    assert_eq!(update(&project, "README.md").says(), "updated README.md\n");
    assert_data_eq!(
        project.read("README.md"),
        str![[r#"
# Wasmtime

Use <!-- trainboard value current.version -->51.0.0<!-- /trainboard --> now.

<!-- trainboard table columns=version,status,end -->

| Version | Status | End |
| --- | --- | --- |
| **36.0.0 LTS** | **Supported, Long-term support** | **20 Aug 2027** |
| **48.0.0 LTS** | **Supported, Long-term support** | **20 Aug 2028** |
| 49.0.0 | Ended | 20 Nov 2026 |
| **50.0.0** | **Supported** | **20 Dec 2026** |
| **51.0.0** | **Supported** | **20 Jan 2027** |
| 52.0.0 | Planned | 20 Feb 2027 |
| 60.0.0 LTS | Planned | 20 Aug 2029 |

Holds from 20 November until 5 December 2026. The end is the first day without support.

<!-- /trainboard -->

*More*  

"#]]
    );
}

#[test]
fn the_second_run_changes_nothing() {
    let project = project(README);
    update(&project, "README.md").says();
    let metadata = || fs::metadata(project.path("README.md")).unwrap();
    let (text, time) = (project.read("README.md"), metadata().modified().unwrap());
    let said = update(&project, "README.md").says();
    assert_eq!(said, "README.md is up to date\n");
    assert_eq!(project.read("README.md"), text);
    assert_eq!(metadata().modified().unwrap(), time);
}

#[test]
fn the_same_period_gives_the_same_bytes() {
    let project = project(README);
    update(&project, "README.md").says();
    let later = project.run("update --date 2026-12-04 --check README.md");
    assert_eq!(later.says(), "README.md is up to date\n");
}

#[test]
fn a_byte_order_mark_windows_line_ends_and_a_missing_last_one_stay() {
    let plain = project(README);
    update(&plain, "README.md").says();
    let windows = |text: &str| format!("\u{feff}{}", text.trim_end().replace('\n', "\r\n"));
    let project = project(windows(README));
    update(&project, "README.md").says();
    assert_eq!(project.read("README.md"), windows(&plain.read("README.md")));
}

#[test]
fn check_shows_the_difference_and_writes_nothing() {
    let project = project(README);
    let difference = update(&project, "--check README.md").fails(
        1,
        str![[r#"
README.md is stale

"#]],
    );
    assert_data_eq!(
        difference,
        str![[r#"
--- README.md
+++ README.md
@@ -1,8 +1,21 @@
 # Wasmtime
 
-Use <!-- trainboard value current.version -->50.0.0<!-- /trainboard --> now.
+Use <!-- trainboard value current.version -->51.0.0<!-- /trainboard --> now.
 
 <!-- trainboard table columns=version,status,end -->
+
+| Version | Status | End |
+| --- | --- | --- |
+| **36.0.0 LTS** | **Supported, Long-term support** | **20 Aug 2027** |
+| **48.0.0 LTS** | **Supported, Long-term support** | **20 Aug 2028** |
+| 49.0.0 | Ended | 20 Nov 2026 |
+| **50.0.0** | **Supported** | **20 Dec 2026** |
+| **51.0.0** | **Supported** | **20 Jan 2027** |
+| 52.0.0 | Planned | 20 Feb 2027 |
+| 60.0.0 LTS | Planned | 20 Aug 2029 |
+
+Holds from 20 November until 5 December 2026. The end is the first day without support.
+
 <!-- /trainboard -->
 
 *More*  

"#]]
    );
    assert_eq!(project.read("README.md"), README);
    update(&project, "README.md").says();
    assert_eq!(update(&project, "--check README.md").succeeds(), "");
}

#[test]
fn colour_is_for_terminals() {
    let project = project(README);
    let forced = update(&project, "--check README.md").env("CLICOLOR_FORCE", "1");
    let difference = forced.fails(
        1,
        str![[r#"
README.md is stale

"#]],
    );
    assert!(difference.contains("\n\u{1b}[36m@@ "), "{difference}");
    assert!(difference.contains("\n\u{1b}[31m-Use "), "{difference}");
}

#[test]
fn the_chart_is_a_file_that_pages_link_to() {
    let project = project("<!-- trainboard gantt -->\n<!-- /trainboard -->\n").file(
        "docs/a/b.md",
        "<!-- trainboard board -->\n<!-- /trainboard -->\n",
    );
    let arguments = "README.md docs/a/b.md --chart docs/img/schedule.svg";
    assert_data_eq!(
        update(&project, arguments).says(),
        str![[r#"
updated docs/img/schedule.svg
updated README.md
updated docs/a/b.md

"#]]
    );
    assert_data_eq!(
        project.read("README.md"),
        str![[r#"
<!-- trainboard gantt -->

![Wasmtime release schedule from 20 November until 5 December 2026. Supported: 36.0.0 until 20 August 2027, 48.0.0 until 20 August 2028, 50.0.0 (by plan) until 20 December 2026 and 51.0.0 (by plan) until 20 January 2027. Next: 52.0.0, due 20 December 2026.](docs/img/schedule.svg)

<!-- /trainboard -->

"#]]
    );
    assert!(
        project
            .read("docs/a/b.md")
            .contains("](../img/schedule.svg)\n")
    );
    let chart = project.run("render gantt --date 2026-11-20").succeeds();
    assert!(project.read("docs/img/schedule.svg") == chart);
}

#[test]
fn a_stale_or_missing_chart_is_told() {
    let project = project("<!-- trainboard gantt span=6m -->\n<!-- /trainboard -->\n");
    let arguments = "README.md --chart schedule.svg";
    update(&project, arguments).says();
    project.write("schedule.svg", "<svg/>\n");
    let check = format!("--check {arguments}");
    let difference = update(&project, &check).fails(
        1,
        str![[r#"
schedule.svg is stale
README.md is up to date

"#]],
    );
    assert!(difference.starts_with("--- schedule.svg\n+++ schedule.svg\n@@ "));
    fs::remove_file(project.path("schedule.svg")).unwrap();
    update(&project, &check).fails(
        1,
        str![[r#"
schedule.svg is stale
README.md is up to date

"#]],
    );
    assert!(!project.path("schedule.svg").exists());
    update(&project, arguments).says();
    update(&project, &check).says();
}

#[test]
fn a_board_without_a_chart_is_words_and_a_table() {
    let project = project("<!-- trainboard board -->\n<!-- /trainboard -->\n");
    update(&project, "README.md").says();
    let text = project.read("README.md");
    assert!(text.contains("\n\n**Wasmtime 51.0.0** is the current release"));
    assert!(text.contains("\n\n| Version |"));
    assert!(!text.contains("!["));
}

#[test]
fn a_chart_needs_a_place() {
    let project = project("# a\n\n<!-- trainboard gantt -->\n<!-- /trainboard -->\n");
    update(&project, "README.md").fails(
        1,
        str![[r#"
error[no-chart]: the chart of this pair has no file
 --> README.md:3:1
  |
3 | <!-- trainboard gantt -->
  | ^^^^^^^^^^^^^^^^^^^^^^^^^ becomes a picture
  |
help: say where to write it, for example with `--chart docs/schedule.svg`

"#]],
    );
}

#[test]
fn a_place_needs_a_chart() {
    let project = project(README);
    update(&project, "README.md --chart schedule.svg").fails(
        2,
        str![[r#"
error: no pair shows the chart `schedule.svg`: it needs `gantt` or `board`

"#]],
    );
    assert!(!project.path("schedule.svg").exists());
    assert_eq!(project.read("README.md"), README);
    update(&project, "README.md --chart README.md").fails(
        2,
        str![[r#"
error: `README.md` cannot be both a file to update and the chart

"#]],
    );
}

#[test]
fn one_chart_has_one_span() {
    let project = project("<!-- trainboard gantt -->\n<!-- /trainboard -->\n").file(
        "a.md",
        "<!-- trainboard gantt span=6m -->\n<!-- /trainboard -->\n",
    );
    update(&project, "README.md a.md --chart schedule.svg").fails(
        1,
        str![[r#"
error[two-charts]: one chart cannot show two spans
 --> a.md:1:1
  |
1 | <!-- trainboard gantt span=6m -->
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ asks for another span
  |
 ::: README.md:1:1
  |
1 | <!-- trainboard gantt -->
  | ------------------------- than this one
  |
help: give both the same `span`, or update the files one by one, each with a `--chart` of its own

"#]],
    );
}

#[test]
fn a_marker_without_its_close_is_refused() {
    let project = project("# a\r\n\r\nUse <!-- trainboard value current.version -->.\r\n");
    update(&project, "README.md").fails(
        1,
        str![[r#"
error[unpaired-marker]: this marker is never closed
 --> README.md:3:5
  |
3 | Use <!-- trainboard value current.version -->.
  |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ opened here
  |
help: write `<!-- /trainboard -->` where its content ends: only a pair can be updated in place

"#]],
    );
}

#[test]
fn a_close_without_a_marker_is_refused() {
    let project = project("# a\n\n<!-- /trainboard -->\n");
    update(&project, "README.md").fails(
        1,
        str![[r#"
error[stray-close]: this closing marker closes nothing
 --> README.md:3:1
  |
3 | <!-- /trainboard -->
  | ^^^^^^^^^^^^^^^^^^^^ no marker is open here
  |
help: a closing marker belongs to the last marker before it, and each can be closed once

"#]],
    );
}

#[test]
fn a_block_that_shares_its_lines_is_refused() {
    let project = project("See <!-- trainboard table --><!-- /trainboard -->\n");
    update(&project, "README.md").fails(
        1,
        str![[r#"
error[shared-line]: this pair becomes a block, and shares its lines
 --> README.md:1:5
  |
1 | See <!-- trainboard table --><!-- /trainboard -->
  |     ^^^^^^^^^^^^^^^^^^^^^^^^^ a block has its lines to itself
  |
help: put both markers on lines of their own, with a blank line before the first

"#]],
    );
}

#[test]
fn a_file_without_a_pair_is_refused() {
    let project = project("# a\n\n`<!-- trainboard table --><!-- /trainboard -->`\n");
    update(&project, "README.md").fails(1, str![[r#"
error[no-pair]: `README.md` has no pair of markers
 |
help: write `<!-- trainboard board -->` where the board goes, and `<!-- /trainboard -->` on the next line

"#]]);
}

#[test]
fn nothing_is_written_when_one_file_is_wrong() {
    let project = project(README)
        .file("a.md", "<!-- trainboard tabel -->\n<!-- /trainboard -->\n")
        .file("b.md", "<!-- trainboard table -->\n");
    update(&project, "README.md a.md b.md").fails(
        1,
        str![[r#"
error[unknown-marker]: there is no view `tabel`
 --> a.md:1:17
  |
1 | <!-- trainboard tabel -->
  |                 ^^^^^ not known
  |
help: the nearest is `table`
  |
1 - <!-- trainboard tabel -->
1 + <!-- trainboard table -->
  |

error[unpaired-marker]: this marker is never closed
 --> b.md:1:1
  |
1 | <!-- trainboard table -->
  | ^^^^^^^^^^^^^^^^^^^^^^^^^ opened here
  |
help: write `<!-- /trainboard -->` where its content ends: only a pair can be updated in place

"#]],
    );
    assert_eq!(project.read("README.md"), README);
    update(&project, "README.md c.md").fails(
        3,
        str![[r#"
error: there is no `c.md`

"#]],
    );
    assert_eq!(project.read("README.md"), README);
}

#[test]
fn several_files_have_a_line_each() {
    let project = project(README)
        .file("docs/a.md", README)
        .file("b.md", README);
    update(&project, "docs/a.md").says();
    assert_data_eq!(
        update(&project, "README.md docs/a.md b.md").says(),
        str![[r#"
updated README.md
docs/a.md is up to date
updated b.md

"#]]
    );
    assert_eq!(project.read("README.md"), project.read("docs/a.md"));
}

#[test]
fn a_file_that_is_no_text_is_named() {
    let project = project(b"\xff");
    update(&project, "README.md").fails(
        1,
        str![[r#"
error[not-utf-8]: `README.md` is not UTF-8: byte 0 is no part of a character

"#]],
    );
    fs::create_dir(project.path("docs")).unwrap();
    update(&project, "docs").fails(
        3,
        str![[r#"
error: `docs` cannot be read: [..]

"#]],
    );
}

#[test]
fn a_read_only_file_stays_as_it_is() {
    let project = project(README).file("b.md", README);
    let mut permissions = fs::metadata(project.path("b.md")).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(project.path("b.md"), permissions).unwrap();
    update(&project, "README.md b.md").fails(
        3,
        str![[r#"
error: `b.md` cannot be replaced: permission denied

"#]],
    );
    assert_eq!(project.read("README.md"), README);
    assert_eq!(fs::read_dir(project.root()).unwrap().count(), 3);
    update(&project, "--check b.md").fails(
        1,
        str![[r#"
b.md is stale

"#]],
    );
}

/// Who has the old file open, or by another name, has it whole.
#[cfg(unix)]
#[test]
fn the_file_is_replaced_whole_and_a_link_stays_a_link() {
    let project = project(README);
    fs::hard_link(project.path("README.md"), project.path("old.md")).unwrap();
    std::os::unix::fs::symlink("README.md", project.path("link.md")).unwrap();
    update(&project, "link.md").says();
    assert_eq!(project.read("old.md"), README);
    assert!(project.path("link.md").is_symlink());
    assert!(project.read("README.md").contains("-->51.0.0<!--"));
}

#[test]
fn a_file_to_update_is_asked_for() {
    let project = Project::with_schedule(WASMTIME);
    update(&project, "").fails(
        2,
        str![[r#"
error: the following required arguments were not provided:
  <FILE>...

Usage: trainboard update --date <YYYY-MM-DD> <FILE>...

For more information, try '--help'.

"#]],
    );
}

#[test]
fn help_shows_a_pair() {
    let help = Project::new().run("update --help").succeeds();
    assert!(help.contains("\n  <!-- trainboard table -->\n  <!-- /trainboard -->\n"));
    assert!(help.contains("trainboard update README.md --check"));
}
