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
    // The first train left last, for its own release is among them.
    let latest = board.current().unwrap().latest().unwrap();
    assert_eq!(latest.version.as_str(), "1.49950");
}

#[test]
fn a_million_releases_are_refused_before_they_are_read() {
    let project = Project::with_schedule(&with_facts(1_000_000));
    project.run("status --date 2026-11-20").fails(
        1,
        str![[r#"
error[file-size]: `schedule.toml` is larger than the limit of 8 MiB
 |
help: make it shorter, or part it: nobody reads or writes so much by hand

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
fn one_phase_more_than_the_limit_is_refused() {
    let phases = |count: usize| {
        let phase = |n| format!("{{ name = \"P{n}\", for = \"1 day\" }},\n");
        let phases: String = (0..count).map(phase).collect();
        format!("[[channel]]\nname = \"A\"\nphases = [\n{phases}]\n")
    };
    let limit = "phases are more than the limit of 50\n";
    assert!(!told(&(with_facts(1) + &phases(50))).contains(limit));
    let told = told(&(with_facts(1) + &phases(51)));
    assert!(
        told.starts_with(&format!("error[too-many]: 51 {limit}")),
        "{told}"
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

/// A schedule of which five hundred trains with long labels are supported.
fn with_long_labels() -> String {
    let train = |n| format!("[[train]]\nversion = \"{n}\"\nrelease = 2026-01-01\n");
    let label = "x".repeat(180);
    format!(
        "[project]\nname = \"Example\"\nversion-label = \"{label}{{version}}\"\n{}",
        (0..500).map(train).collect::<String>()
    )
}

#[test]
fn a_page_that_its_markers_make_too_large_is_refused() {
    let page = "<!-- trainboard versions -->\n\n".repeat(2_000);
    let pairs = "<!-- trainboard versions -->\n<!-- /trainboard -->\n\n".repeat(2_000);
    let project = Project::with_schedule(&with_long_labels())
        .file("content/index.md", page)
        .file("README.md", pairs);
    project.run("build --date 2026-11-20").fails(
        1,
        str![[r#"
error[page-size]: this page becomes larger than the limit of 64 MiB
    --> content/index.md:1437:1
     |
1437 | <!-- trainboard versions -->
     | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ one view too many

"#]],
    );
    project.run("update README.md --date 2026-11-20").fails(
        1,
        str![[r#"
error[page-size]: this page becomes larger than the limit of 64 MiB
    --> README.md:2155:1
     |
2155 | <!-- trainboard versions -->
     | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ one view too many

"#]],
    );
}

#[test]
fn a_readme_over_the_limit_is_not_read() {
    let project = Project::with_schedule(&with_facts(1)).file("README.md", "a".repeat(8 << 20 | 1));
    project.run("update README.md --date 2026-11-20").fails(
        1,
        str![[r#"
error[file-size]: `README.md` is larger than the limit of 8 MiB
 |
help: make it shorter, or part it: nobody reads or writes so much by hand

"#]],
    );
}

#[test]
fn deep_nesting_in_toml_is_refused_and_does_not_abort() {
    let deep = 200_000;
    for text in [
        format!("a = {}", "[".repeat(deep)),
        format!("a = {}", "{ a = ".repeat(deep)),
        format!("{}a = 1", "a.".repeat(deep)),
        format!("[{}a]", "a.".repeat(deep)),
        "[[a]]\n[a.a]\n".repeat(deep / 10),
    ] {
        let project = Project::with_schedule(&text)
            .file("trainboard.toml", "[site]\n")
            .file("content/index.md", format!("+++\n{text}\n+++\n"));
        let told = project.run("check --format short").ends();
        assert!(told.contains("schedule.toml:"), "{told}");
        assert!(told.contains("content/index.md:"), "{told}");
        project.write("trainboard.toml", &text);
        project.run("check").stderr(1);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn what_is_too_much_is_refused_in_little_memory() {
    let monthly = |rest: &str| {
        format!(
            "[project]\nname = \"Example\"\nplans = \"trusted\"\n[cadence]\nanchor = {{ version = \"1\", date = 1970-01-01 }}\nevery = \"1 day\"\n{rest}"
        )
    };
    for text in [
        with_facts(50_001),
        with_facts(1_000_000),
        monthly("[window]\nrecent = 1000000000\nupcoming = 1000000000\n"),
        monthly("[[channel]]\nname = \"A\"\nupcoming = 4294967295\n"),
        monthly("[[channel]]\nname = \"A\"\nphases = [{ name = \"B\", for = \"9000 years\" }]\n"),
        monthly("[[release]]\nversion = \"4000000000\"\ndate = 2026-01-01\n"),
        monthly("").replace("1 day", "0 days"),
        monthly("[[channel]]\nname = \"A\"\nevery = 0\n"),
    ] {
        let project = Project::with_schedule(&text);
        let told = project
            .run_within(256 * 1024, "status --date 2026-11-20")
            .stderr(1);
        assert!(told.starts_with("error["), "{told}");
    }
}

#[test]
fn a_line_that_nobody_could_read_is_named_and_not_shown() {
    let wide = "x".repeat(5_000);
    let text = format!("[project]\nname = \"Example\"\n[window]\nrecnet = 3 # {wide}\n");
    assert_data_eq!(
        told(&text),
        str![[r#"
error[unknown-key]: `recnet` is not a known key
--> schedule.toml:4:1
 |
help: the nearest known key is `recent`

"#]]
    );
}

#[test]
fn thousands_of_errors_in_one_line_or_one_file_are_printed_in_time() {
    for gap in [" ", "\n"] {
        let links: Vec<_> = (0..5_000).map(|n| format!("[a](x{n}.md)")).collect();
        let project = Project::new().file("content/index.md", links.join(gap));
        let time = std::time::Instant::now();
        let told = project.run("check").stderr(1);
        assert!(told.contains("--> content/index.md:"), "{told}");
        assert!(time.elapsed().as_secs() < 20, "{:?}", time.elapsed());
    }
}

#[test]
fn a_link_that_nobody_could_read_is_cut_short() {
    let page = format!("[a]({}.md)\n", "x".repeat(5_000));
    let told = Project::new().file("content/index.md", page);
    let told = told.run("check --format short").ends();
    let cut = "x".repeat(200);
    assert_eq!(
        told,
        format!("content/index.md:1:5: error[dead-link]: there is no `{cut}…`\n")
    );
}

#[test]
fn a_file_that_is_too_large_for_a_site_says_where_to_put_it() {
    let project = Project::new()
        .file("content/index.md", "# A page\n")
        .file("static/film.svg", "");
    let film = std::fs::File::create(project.path("static/film.svg")).unwrap();
    film.set_len(1 << 30).unwrap();
    project.run("build").fails(
        1,
        str![[r#"
error[file-size]: `static/film.svg` is larger than the limit of 64 MiB
 |
help: put it where there is room for it, such as beside your releases, and link to it there

"#]],
    );
}

#[test]
fn a_template_that_joins_a_text_to_itself_is_stopped() {
    let doubled = "{% set a = a ~ a %}\n".repeat(40);
    let template = format!("{{% set a = \"a\" %}}\n{doubled}");
    let project = Project::new()
        .file("content/index.md", "# A page\n")
        .file("templates/nav.html", template);
    project.run("build").fails(
        1,
        str![[r#"
error[endless-template]: the templates put together more than 128 MiB for one page
 --> templates/nav.html:1:1
  |
1 | {% set a = "a" %}
  | ^ in this template
  |
help: look in `templates/` for a value that is joined to itself, or a filter that makes much of little

"#]],
    );
}

#[test]
fn of_places_that_are_far_apart_only_their_lines_are_shown() {
    let words = "words\n".repeat(100_000);
    let changelog = format!("## 1.1 - 2020-01-02\n\n{words}\n## 1.1 - 2020-01-01\n");
    let schedule =
        "[project]\nname = \"Example\"\n[[train]]\nversion = \"1\"\nreleased = 2020-01-01\n";
    let project = Project::with_schedule(schedule).file("CHANGELOG.md", changelog);
    let told = project
        .run("import changelog CHANGELOG.md --dry-run")
        .stderr(0);
    assert_data_eq!(
        told,
        str![[r#"
warning[date-differs]: of release `1.1` the changelog says both 2020-01-01 and 2020-01-02
      --> CHANGELOG.md:1:1
       |
     1 | ## 1.1 - 2020-01-02
       | ^^^^^^^^^^^^^^^^^^^ the later day
       |
      ::: CHANGELOG.md:100004:1
       |
100004 | ## 1.1 - 2020-01-01
       | ------------------- the day that is taken
schedule.toml lacks a release: 1.1

"#]]
    );
}
