//! `status`, `next`, `render` and `completions`, as a terminal and a script
//! see them.

use snapbox::{assert_data_eq, str};

use crate::project::Project;
use crate::schedules::{NODE, WASMTIME};

fn wasmtime() -> Project {
    Project::with_schedule(WASMTIME)
}

fn node() -> Project {
    Project::with_schedule(NODE)
}

#[test]
fn status_is_a_table_in_columns() {
    assert_data_eq!(
        wasmtime().run("status --date 2026-11-20").succeeds(),
        str![[r#"
Wasmtime releases
Holds from 20 November until 5 December 2026. The end is the first day without support.

Version     Status                        Branch      Release                End          Latest
36.0.0 LTS  Supported, Long-term support  5 Aug 2025  20 Aug 2025            20 Aug 2027  36.0.14
48.0.0 LTS  Supported, Long-term support  5 Aug 2026  20 Aug 2026            20 Aug 2028  48.0.0
49.0.0      Ended                         5 Sep 2026  20 Sep 2026 (by plan)  20 Nov 2026  –
50.0.0      Supported                     5 Oct 2026  20 Oct 2026 (by plan)  20 Dec 2026  –
51.0.0      Supported                     5 Nov 2026  20 Nov 2026 (by plan)  20 Jan 2027  –
52.0.0      Planned                       5 Dec 2026  20 Dec 2026            20 Feb 2027  –
60.0.0 LTS  Planned                       5 Aug 2027  20 Aug 2027            20 Aug 2029  –

"#]]
    );
}

#[test]
fn status_of_trains_with_phases_has_a_column_for_each() {
    assert_data_eq!(
        node().run("status --date 2026-11-20").succeeds(),
        str![[r#"
Node.js releases
Holds from 28 October 2026 until 22 April 2027. The end is the first day without support.

Version          Status                  Release      Active LTS   Maintenance  End
v22 Jod LTS      Supported, Maintenance  24 Apr 2024  29 Oct 2024  21 Oct 2025  30 Apr 2027
v24 Krypton LTS  Supported, Maintenance  6 May 2025   28 Oct 2025  20 Oct 2026  30 Apr 2028
v25              Ended                   15 Oct 2025  –            1 Apr 2026   1 Jun 2026
v26 LTS          Supported, Active LTS   5 May 2026   28 Oct 2026  20 Oct 2027  30 Apr 2029
v27              Alpha                   22 Apr 2027  –            20 Oct 2027  30 Apr 2030

"#]]
    );
}

#[test]
fn status_as_markdown_goes_into_a_readme() {
    assert_data_eq!(
        node()
            .run("status --date 2026-11-20 --format markdown")
            .succeeds(),
        str![[r#"
| Version | Status | Release | Active LTS | Maintenance | End |
| --- | --- | --- | --- | --- | --- |
| **v22 Jod LTS** | **Supported, Maintenance** | 24 Apr 2024 | 29 Oct 2024 | 21 Oct 2025 | **30 Apr 2027** |
| **v24 Krypton LTS** | **Supported, Maintenance** | 6 May 2025 | 28 Oct 2025 | 20 Oct 2026 | **30 Apr 2028** |
| v25 | Ended | 15 Oct 2025 | – | 1 Apr 2026 | 1 Jun 2026 |
| **v26 LTS** | **Supported, Active LTS** | 5 May 2026 | 28 Oct 2026 | 20 Oct 2027 | **30 Apr 2029** |
| v27 | Alpha | 22 Apr 2027 | – | 20 Oct 2027 | 30 Apr 2030 |

Holds from 28 October 2026 until 22 April 2027. The end is the first day without support.

"#]]
    );
}

#[test]
fn status_as_json_is_the_public_shape() {
    let json = wasmtime()
        .run("status --date 2026-11-20 --format json")
        .succeeds();
    let board: serde_json::Value = serde_json::from_str(&json).unwrap();
    let expected = serde_json::json!({
        "version": "36.0.0", "label": "36.0.0", "codename": null, "channel": "LTS", "badge": "LTS",
        "status": "supported", "supported": true, "by_plan": false, "phase": "Long-term support",
        "branch": "2025-08-05", "release": "2025-08-20",
        "support_end": "2027-08-20", "end": "2027-08-20", "end_precision": "day",
        "planned": {"branch": "2025-08-05", "release": "2025-08-20", "end": "2027-08-20"},
        "recorded": {"branch": null, "release": "2025-08-20", "end": null},
        "phases": [{"name": "Long-term support", "level": "lts", "from": "2025-08-20", "to": "2027-08-20"}],
        "milestones": [{"id": "security-check", "name": "Security check", "short": "SC", "date": "2025-08-20", "planned": "2025-08-20"}],
        "patches": [], "fields": {}, "rolling": false, "released": false,
        "latest": "36.0.14", "latest_date": "2026-08-20",
    });
    assert_eq!(board["trains"][0], expected);
    let keys = |value: &serde_json::Value| {
        value
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect::<Vec<_>>()
    };
    assert_eq!(
        keys(&board),
        ["project", "valid_from", "next_change", "end_day", "trains"]
    );
    assert_eq!(board["project"], "Wasmtime");
    assert_eq!(board["valid_from"], "2026-11-20");
    assert_eq!(board["next_change"], "2026-12-05");
    assert_eq!(board["end_day"], "unsupported");
}

#[test]
fn json_keeps_the_order_of_its_keys() {
    let json = wasmtime()
        .run("status --date 2026-11-20 --format json")
        .succeeds();
    let place = |key: &str| json.find(&format!("\"{key}\"")).unwrap();
    let keys = [
        "project",
        "valid_from",
        "next_change",
        "end_day",
        "trains",
        "version",
        "status",
        "planned",
    ];
    assert!(keys.windows(2).all(|pair| place(pair[0]) < place(pair[1])));
}

#[test]
fn a_supported_version_is_a_yes() {
    let said = wasmtime()
        .run("status --date 2026-11-20 v36.0.2")
        .succeeds();
    assert_data_eq!(
        said,
        str![[r#"
Wasmtime 36.0.0 is supported on 20 November 2026 (Long-term support), until 20 August 2027.
36.0.2 is older than its latest release: update to 36.0.14, of 20 August 2026.

"#]]
    );
    let said = wasmtime().run("status --date 2026-11-20 36").succeeds();
    assert_data_eq!(
        said,
        str![[r#"
Wasmtime 36.0.0 is supported on 20 November 2026 (Long-term support), until 20 August 2027.
Its latest release is 36.0.14, of 20 August 2026.

"#]]
    );
}

#[test]
fn an_ended_version_is_a_no() {
    let said = wasmtime()
        .run("status --date 2026-11-20 49.0.0")
        .fails(1, str![""]);
    assert_data_eq!(
        said,
        str![[r#"
Wasmtime 49.0.0 is not supported on 20 November 2026: it ended on 20 November 2026.

"#]]
    );
}

#[test]
fn a_coming_version_is_a_no_with_its_day() {
    let said = node()
        .run("status --date 2026-11-20 v27")
        .fails(1, str![""]);
    assert_data_eq!(
        said,
        str![[r#"
Node.js v27 is not supported on 20 November 2026: it is due on 22 April 2027.

"#]]
    );
}

#[test]
fn a_version_that_no_train_fits_is_an_error() {
    node().run("status v3.1 --date 2026-11-20").fails(
        1,
        str![[r#"
error[no-train]: no train of Node.js fits `3.1`

"#]],
    );
}

#[test]
fn next_lists_the_days_on_which_the_docs_change() {
    assert_data_eq!(
        wasmtime().run("next --date 2026-11-20 -n 3").succeeds(),
        str![[r#"
2026-12-05  the branch of 52.0.0 is cut
2026-12-20  52.0.0 is released
            support of 50.0.0 ends
            security check of 52.0.0
            53.0.0 enters the table
            49.0.0 leaves the table
2027-01-05  the branch of 53.0.0 is cut

"#]]
    );
    assert_data_eq!(
        node().run("next --date 2026-11-20").succeeds(),
        str![[r#"
2027-04-22  v27 is released
2027-04-30  support of v22 ends
            v22 leaves the table
2027-10-20  v26: the phase “Maintenance” begins
            v27: the phase “Maintenance” begins
2028-04-30  support of v24 ends
            v24 leaves the table
2029-04-30  support of v26 ends
2030-04-30  support of v27 ends

"#]]
    );
}

#[test]
fn next_as_json_has_the_same_days() {
    let json = wasmtime()
        .run("next --date 2026-11-20 -n 2 --format json")
        .succeeds();
    assert_data_eq!(
        json,
        str![[r#"
[
  {
    "date": "2026-12-05",
    "changes": [
      {
        "train": "52.0.0",
        "kind": "branched",
        "words": "the branch of 52.0.0 is cut"
      }
    ]
  },
  {
    "date": "2026-12-20",
    "changes": [
      {
        "train": "52.0.0",
        "kind": "released",
        "words": "52.0.0 is released"
      },
      {
        "train": "50.0.0",
        "kind": "ended",
        "words": "support of 50.0.0 ends"
      },
      {
        "train": "52.0.0",
        "kind": "milestone",
        "words": "security check of 52.0.0"
      },
      {
        "train": "53.0.0",
        "kind": "enters",
        "words": "53.0.0 enters the table"
      },
      {
        "train": "49.0.0",
        "kind": "leaves",
        "words": "49.0.0 leaves the table"
      }
    ]
  }
]

"#]]
    );
}

#[test]
fn a_fragment_is_one_block_for_a_page_that_knows_nothing_of_it() {
    for view in ["board", "table", "gantt", "summary"] {
        let fragment = wasmtime()
            .run(&format!("render {view} --format html --date 2026-11-20"))
            .succeeds();
        assert_eq!(fragment.matches("<style>").count(), 1, "{view}");
        assert!(
            fragment.starts_with("<div class=\"tb\">\n<style>\n"),
            "{fragment}"
        );
        assert!(fragment.lines().all(|line| !line.trim().is_empty()));
        for refused in [" id=", "<h1", "<h2", "<h3", "{{", "<?xml", "<!DOCTYPE"] {
            assert!(!fragment.contains(refused), "{view}: {refused}");
        }
        let page = format!("a\n\n{fragment}\n**b**");
        let blocks: Vec<_> = pulldown_cmark::Parser::new(&page)
            .filter(|event| matches!(event, pulldown_cmark::Event::Start(_)))
            .collect();
        assert_eq!(blocks.len(), 4, "{view}: {blocks:?}");
    }
}

#[test]
fn a_view_that_is_no_block_is_no_fragment() {
    wasmtime()
        .run("render versions --format html --date 2026-11-20")
        .fails(
            2,
            str![[r#"
error: `versions` cannot be written as `html`

"#]],
        );
}

#[test]
fn a_view_is_written_only_when_it_would_change() {
    let project = wasmtime();
    let render = || {
        let path = "docs/board.html";
        project.run(&format!("render board --date 2026-11-20 -o {path}"))
    };
    assert_eq!(render().says(), "wrote docs/board.html\n");
    let path = project.path("docs/board.html");
    let written = std::fs::metadata(&path).unwrap().modified().unwrap();
    assert_eq!(render().says(), "docs/board.html is up to date\n");
    assert_eq!(
        std::fs::metadata(&path).unwrap().modified().unwrap(),
        written
    );
}

#[test]
fn values_and_versions_are_plain_text() {
    let project = wasmtime();
    assert_data_eq!(
        project.run("render versions --date 2026-11-20").succeeds(),
        str![[r#"
51.0.x, 50.0.x, 48.0.x and 36.0.x

"#]]
    );
    assert_data_eq!(
        project
            .run("render value --name next.branch --date 2026-11-20")
            .succeeds(),
        str![[r#"
5 December 2026

"#]]
    );
}

#[test]
fn a_mistyped_value_or_column_names_the_nearest() {
    let project = wasmtime();
    project
        .run("render value --name next.brunch --date 2026-11-20")
        .fails(
            2,
            str![[r#"
error: there is no such value; the nearest to `next.brunch` is `next.branch`

"#]],
        );
    project
        .run("render table --columns version,sttus --date 2026-11-20")
        .fails(
            2,
            str![[r#"
error: `sttus` is not a column; the nearest is `status`

"#]],
        );
    project
        .run("render versions --format json --date 2026-11-20")
        .fails(
            2,
            str![[r#"
error: `versions` cannot be written as `json`

"#]],
        );
}

#[test]
fn the_summary_says_what_to_choose() {
    let of = |project: Project| {
        project
            .run("render summary --format text --date 2026-11-20")
            .succeeds()
    };
    assert_data_eq!(
        of(wasmtime()),
        str![[r#"
Wasmtime 51.0.0 is the current release (by plan), supported until 20 January 2027; for long-term support choose 48.0.0, supported until 20 August 2028.

Also supported: 50.0.0 (by plan) until 20 December 2026 and 36.0.0 until 20 August 2027.

Next comes 52.0.0: its branch is due on 5 December 2026 and its release is due on 20 December 2026.

"#]]
    );
    assert_data_eq!(
        of(node()),
        str![[r#"
Node.js v26 is the current release and has long-term support until 30 April 2029.

Also supported: v24 until 30 April 2028 and v22 until 30 April 2027.

Next comes v27, due on 22 April 2027.

"#]]
    );
}

#[test]
fn the_day_comes_from_source_date_epoch_where_none_is_asked_for() {
    let run = wasmtime()
        .run("render value --name valid-from")
        .env("SOURCE_DATE_EPOCH", "1732060800");
    let said = run.succeeds();
    assert_data_eq!(
        said,
        str![[r#"
20 November 2024

"#]]
    );
}

#[test]
fn an_old_source_date_epoch_is_worth_a_warning() {
    let run = wasmtime()
        .run("status")
        .env("SOURCE_DATE_EPOCH", "315619200");
    let said = run.says();
    assert!(
        said.starts_with("warning: `SOURCE_DATE_EPOCH` says 1980-01-02, the clock says "),
        "{said}"
    );
}

#[test]
fn a_source_date_epoch_that_is_no_number_is_bad_usage() {
    let run = wasmtime()
        .run("status")
        .env("SOURCE_DATE_EPOCH", "yesterday");
    run.fails(
        2,
        str![[r#"
error: `SOURCE_DATE_EPOCH` is `yesterday`, not a number of seconds

"#]],
    );
}

#[test]
fn the_time_zone_is_never_read() {
    let in_zone = |zone: &str| wasmtime().run("status").env("TZ", zone).succeeds();
    assert_eq!(in_zone("Pacific/Kiritimati"), in_zone("Etc/GMT+12"));
}

#[test]
fn colour_stays_away_from_pipes() {
    assert!(
        !wasmtime()
            .run("status --date 2026-11-20")
            .succeeds()
            .contains('\u{1b}')
    );
    let forced = wasmtime()
        .run("status --date 2026-11-20")
        .env("CLICOLOR_FORCE", "1")
        .succeeds();
    assert!(forced.contains("\u{1b}[1m36.0.0 LTS"));
}

#[test]
fn a_missing_schedule_is_named() {
    Project::new().run("status --date 2026-11-20").fails(
        3,
        str![[r#"
error: there is no `schedule.toml`: go to the project's folder, or begin a project with `trainboard init`

"#]],
    );
}

#[test]
fn a_schedule_that_is_not_utf_8_says_where() {
    let project = Project::new().file("schedule.toml", b"[project]\nname = \"\xff\"\n");
    project.run("status --date 2026-11-20").fails(
        1,
        str![[r#"
error[not-utf-8]: `schedule.toml` is not UTF-8: byte 18 is no part of a character

"#]],
    );
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_are_no_trouble() {
    let text = format!("\u{feff}{}", WASMTIME.replace('\n', "\r\n"));
    let project = Project::with_schedule(&text);
    let plain = wasmtime().run("status --date 2026-11-20").succeeds();
    assert_eq!(project.run("status --date 2026-11-20").succeeds(), plain);
}

#[test]
fn a_day_that_is_none_is_bad_usage() {
    let said = wasmtime().run("status --date 2026-02-30");
    said.fails(2, str![[r#"
error: invalid value '2026-02-30' for '--date <YYYY-MM-DD>': `2026-02-30` is not a day of the calendar

For more information, try '--help'.

"#]]);
}

#[test]
fn completions_know_the_commands() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = Project::new()
            .run(&format!("completions {shell}"))
            .succeeds();
        assert!(script.contains("status"), "{shell}");
    }
}

/// The words of a manual page, without what formats them.
fn manual(page: &str) -> String {
    let text = page.replace("\\-", "-").replace("\\fB", "");
    let text = text.replace("\\fI", "").replace("\\fR", "");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_command_has_a_manual_page_that_says_what_its_help_says() {
    let project = Project::new();
    let said = project.run("man --out pages/man1").says();
    let pages = std::fs::read_dir(project.path("pages/man1"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect::<std::collections::BTreeSet<_>>();
    assert_eq!(
        said,
        format!("wrote {} manual pages to pages/man1/\n", pages.len())
    );
    let first = project.read("pages/man1/trainboard.1");
    assert_eq!(project.run("man").succeeds(), first);
    for page in ["init", "import-git", "theme-eject", "man"] {
        let name = format!("trainboard-{page}.1");
        assert!(pages.contains(&name), "{pages:?}");
        let command = page.replace('-', " ");
        let help = project.run(&format!("{command} --help")).succeeds();
        let page = manual(&project.read(&format!("pages/man1/{name}")));
        let sentence = help.lines().next().unwrap();
        assert!(page.contains(sentence), "{sentence}: {page}");
    }
    assert!(pages.contains("mdbook-trainboard.1"), "{pages:?}");
    assert!(!pages.iter().any(|name| name.contains("help")), "{pages:?}");
}

#[test]
fn the_manual_page_names_every_command_with_its_own_page() {
    let project = Project::new();
    project.run("man --out pages").says();
    let first = manual(&project.read("pages/trainboard.1"));
    for entry in std::fs::read_dir(project.path("pages")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let page = manual(&project.read(&format!("pages/{name}")));
        let name = name.strip_suffix(".1").unwrap();
        assert!(page.starts_with(".ie"), "{page}");
        assert!(page.contains(&format!(".TH {name} 1")), "{page}");
        if name.matches('-').count() == 1 && name.starts_with("trainboard") {
            assert!(first.contains(&format!("{name}(1)")), "{name}: {first}");
        }
    }
}

#[test]
fn manual_pages_are_written_once() {
    let project = Project::new();
    project.run("man --out pages").says();
    let modified = |project: &Project| {
        let file = std::fs::metadata(project.path("pages/trainboard.1"));
        file.unwrap().modified().unwrap()
    };
    let before = modified(&project);
    project.run("man --out pages").says();
    assert_eq!(modified(&project), before);
}

#[test]
fn help_teaches_with_examples() {
    let help = Project::new().run("status --help").succeeds();
    assert!(help.contains("trainboard status 48.0.1"), "{help}");
}

#[test]
fn a_board_has_one_caption_and_a_chart_alone_has_its_own() {
    let project = Project::with_schedule(WASMTIME);
    let board = project.run("render board --date 2026-11-20").succeeds();
    let caption = "Holds from 20 November until 5 December 2026.";
    assert_eq!(board.matches(caption).count(), 1, "{board}");
    assert!(!board.contains("<figcaption>"), "{board}");
    let chart = project.run("render gantt --format html --date 2026-11-20");
    let chart = chart.succeeds();
    assert!(chart.contains(&format!("<figcaption>{caption}")), "{chart}");
}

#[test]
fn a_label_that_names_its_project_is_not_told_with_it_once_more() {
    let schedule = "[project]\nname = \"Debian\"\nversion-label = \"Debian {version}\"\n\
        [[train]]\nversion = \"13\"\nreleased = 2025-08-09\nend = 2028-08-09\n\
        [[release]]\nversion = \"13.1\"\ndate = 2025-09-06\n";
    let project = Project::with_schedule(schedule)
        .file("content/index.md", "# Home\n\n<!-- trainboard board -->\n")
        .file("content/trains.md", "+++\nper = \"train\"\n+++\n# <!-- trainboard value train.label -->\n\n<!-- trainboard train -->\n");
    project
        .run("build --date 2026-11-20 --base-url https://trains.example/")
        .succeeds();
    for entry in walkdir::WalkDir::new(project.path("public")) {
        let path = entry.unwrap().into_path();
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            !text.contains("Debian Debian"),
            "{}: {text}",
            path.display()
        );
    }
    let badge = project.run("render badge --name supported --date 2026-11-20");
    assert!(
        badge
            .succeeds()
            .contains(">Debian 13: supported until 9 Aug 2028</title>")
    );
}

#[test]
fn a_page_that_has_the_style_sheet_gets_a_block_without_it() {
    let project = wasmtime();
    let bare = project
        .run("render board --style none --date 2026-11-20")
        .succeeds();
    assert!(bare.starts_with("<div class=\"tb\">\n<div class=\"tb-board\">\n"));
    assert!(!bare.contains("<style>"));
    let whole = project.run("render board --date 2026-11-20").succeeds();
    let style = project.run("render style").succeeds();
    let lines = style.lines().filter(|line| !line.trim().is_empty());
    for line in lines {
        assert!(whole.contains(line), "{line}");
    }
    project.run("render gantt --style none").fails(
        2,
        str![[r#"
error: `render gantt --format svg` has no use for `--style`

"#]],
    );
}

#[test]
fn the_dark_colours_follow_the_switch_of_a_site() {
    let project = wasmtime();
    let style = project
        .run("render style --theme-selector html.dark")
        .succeeds();
    let place = |text: &str| style.find(text).unwrap();
    let dark = place(":where(html.dark) { --tb-ground:var(--bg,#12161c);--tb-text:#e4e8ee;");
    // Paper is white whatever the switch says.
    let paper = place("@media print {\n:where(:root,html.dark) { --tb-ground:#ffffff;");
    assert!(dark < paper);
    let block = project
        .run("render table --theme-selector html.dark")
        .succeeds();
    assert!(block.contains(":where(html.dark) {"));
    project
        .run("render table --style none --theme-selector html.dark")
        .fails(
            2,
            str![[r#"
error: `render table --format html` has no use for `--theme-selector`

"#]],
        );
    project
        .run("render style --theme-selector html{}")
        .fails(
            2,
            str![[r#"
error: invalid value 'html{}' for '--theme-selector <SELECTOR>': `{` cannot stand in it: write for example `html.dark`

For more information, try '--help'.

"#]],
        );
}

#[test]
fn all_values_are_written_for_other_generators() {
    let project = wasmtime();
    let values = |format: &str| {
        let command = format!("render values --format {format} --date 2026-11-20");
        project.run(&command).succeeds()
    };
    assert!(values("text").contains("\ncurrent.version = 51.0.0\n"));
    assert!(values("text").contains("\nnext+2.release = 20 February 2027\n"));
    assert!(!values("text").contains("current.codename"));
    let rst = values("rst");
    assert!(rst.contains("\n.. |lts.support-end| replace:: 20 August 2028\n"));
    let json: serde_json::Value = serde_json::from_str(&values("json")).unwrap();
    assert_eq!(json["current"]["support_end"], "20 January 2027");
    assert_eq!(json["current"]["codename"], serde_json::Value::Null);
    assert_eq!(json["further"][1]["version"], "54.0.0");
    let iso = project.run("render values --date-form iso --date 2026-11-20");
    assert!(iso.succeeds().contains("\nnext-change = 2026-12-05\n"));
}

#[test]
fn a_table_is_written_as_restructuredtext() {
    let table = wasmtime().run("render table --format rst --columns version,end --date 2026-11-20");
    assert_data_eq!(
        table.succeeds(),
        str![[r#"
.. list-table::
   :header-rows: 1

   * - Version
     - End
   * - **36.0.0 LTS**
     - **20 Aug 2027**
...

Holds from 20 November until 5 December 2026. The end is the first day without support.

"#]]
    );
}
