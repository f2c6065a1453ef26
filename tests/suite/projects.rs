//! Several projects on one site, those that follow others, and pages made for
//! every project and every train.

use snapbox::{assert_data_eq, str};

use crate::project::Project;

/// A train a month, the third four days late and the fourth skipped.
const LEADER: &str = r#"
[project]
name = "Engine"
[project.links]
release = "https://example.org/{version}"
[cadence]
anchor = { version = "1.0.0", date = 2026-01-20 }
every = "1 month"
branch = "15 days before"
[[channel]]
name = "LTS"
every = 3
badge = "LTS"
phases = [{ name = "Long-term support", level = "lts", for = "1 year" }]
[[channel]]
name = "Normal"
phases = [{ name = "Supported", for = "2 months" }]
[[train]]
version = "4"
skip = "nobody was there"
[[release]]
version = "1.0.0"
date = 2026-01-20
[[release]]
version = "1.0.1"
date = 2026-02-02
security = true
[[release]]
version = "2.0.0"
date = 2026-02-20
[[release]]
version = "3.0.0"
date = 2026-03-24
note = "Waited for a fix."
"#;

const FOLLOWER: &str = r#"
[project]
name = "Engine for Python"
category = "Bindings"
follows = "engine"
[[release]]
version = "3.0.0"
date = 2026-03-25
note = "The wheels took a day longer."
[[release]]
version = "2.0.0.post1"
date = 2026-02-21
"#;

const TRAINS: &str = r#"+++
title = "All releases"
per = "train"
+++
# Release <!-- trainboard value train.version -->

<!-- trainboard train -->

Branch: <!-- trainboard value train.branch -->,
before it <!-- trainboard value train.previous.version default="none" -->.

[Home](index.md) [the list](trains.md)
"#;

fn site() -> Project {
    Project::with_schedule(LEADER)
        .file("schedules/engine-py.toml", FOLLOWER)
        .file(
            "content/index.md",
            "# Home\n\n[2](trains/2.0.0.md)\n\n<!-- trainboard overview -->\n",
        )
        .file("content/trains.md", TRAINS)
}

/// The text of a page's article: its tags left out, a line for each element
/// that has text.
fn article(project: &Project, path: &str) -> String {
    let page = project.read(path);
    let from = page.find("<article>").unwrap();
    let to = page.find("</article>").unwrap();
    let mut text = String::new();
    let mut in_tag = false;
    for c in page[from..to].chars() {
        match c {
            '<' => in_tag = true,
            '>' => in_tag = false,
            c if !in_tag => text.push(c),
            _ => {}
        }
    }
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.flat_map(|line| [line, "\n"]).collect()
}

#[test]
fn each_project_has_its_page_its_board_and_its_chart() {
    let project = site();
    assert_data_eq!(
        project.run("build --date 2026-03-24").says(),
        str![[r#"
built 10 pages in public/, valid from 2026-03-24 until 2026-03-25
open public/index.html

"#]]
    );
    for path in [
        "public/projects/engine.html",
        "public/projects/engine-py.html",
        "public/projects/engine-py/board.json",
        "public/projects/engine-py/schedule.svg",
        "public/board.json",
        "public/schedule.svg",
        "public/projects.html",
    ] {
        assert!(project.path(path).is_file(), "{path}");
    }
    assert!(!project.path("public/projects/engine").exists());
    assert_data_eq!(
        article(&project, "public/projects.html"),
        str![[r#"
Projects
2 projects. Holds from 24 March until 25 March 2026.
Support ends next: Engine 2.0.0, Engine for Python 2.0.0 until 20 Apr 2026.
Bindings 1
Others 1
Bindings
Project
Current
LTS
Next
Next end
Engine for Python
2.0.0 latest 2.0.0.post1
–
3.0.0, 25 Mar 2026
2.0.0 until 20 Apr 2026
Others
Project
Current
LTS
Next
Next end
Engine
3.0.0
3.0.0
5.0.0, 20 May 2026
2.0.0 until 20 Apr 2026

"#]]
    );
}

/// The links of a page's navigation, indented by how deep they stand.
fn navigation(page: &str) -> String {
    let from = page.find("<nav class=\"site-nav\"").unwrap();
    let to = from + page[from..].find("</nav>").unwrap();
    let (mut depth, mut text) = (0, String::new());
    for tag in page[from..to].split('<').skip(1) {
        match tag.split_once('>') {
            Some(("ul", _)) => depth += 1,
            Some(("/ul", _)) => depth -= 1,
            Some((link, title)) if link.starts_with("a ") => {
                let href = link.split('"').nth(1).unwrap();
                let here = if link.contains("aria-current") {
                    ", here"
                } else {
                    ""
                };
                text.extend(["  "].repeat(depth - 1));
                text.extend([title, " (", href, here, ")\n"]);
            }
            _ => {}
        }
    }
    text
}

#[test]
fn the_navigation_has_the_projects_by_category() {
    let project = site();
    project.run("build --date 2026-03-24").succeeds();
    let page = project.read("public/projects/engine-py.html");
    assert_data_eq!(
        navigation(&page),
        str![[r#"
Home (../index.html)
Projects (../projects.html)
  Bindings (../projects.html#category-bindings)
    Engine for Python (../projects/engine-py.html, here)
  Others (../projects.html#category-others)
    Engine (../projects/engine.html)
All releases (../trains.html)

"#]]
    );
    let overview = project.read("public/projects.html");
    for id in ["category-bindings", "category-others"] {
        assert!(overview.contains(&format!("<h2 id=\"{id}\">")), "{id}");
        assert!(overview.contains(&format!("<a href=\"#{id}\">")), "{id}");
    }
}

#[test]
fn of_very_many_projects_a_page_shows_its_own_category() {
    let mut project = site();
    for n in 0..130 {
        let category = ["Lamps", "Kettles", "東", "西"][n % 4];
        let text = format!(
            "[project]\nname = \"P{n:03}\"\ncategory = \"{category}\"\n\
             [[train]]\nversion = \"1\"\nreleased = 2026-01-{:02}\nend = 2026-05-{:02}\n",
            n % 28 + 1,
            n % 28 + 1
        );
        project = project.file(&format!("schedules/p{n:03}.toml"), text);
    }
    project.run("build --date 2026-03-24").succeeds();
    let page = project.read("public/projects/p005.html");
    let shown = navigation(&page);
    assert!(
        shown.contains("P005 (../projects/p005.html, here)"),
        "{shown}"
    );
    assert!(
        shown.contains("Lamps (../projects.html#category-lamps)"),
        "{shown}"
    );
    assert!(!shown.contains("P004"), "{shown}");
    assert_eq!(
        shown.matches("P0").count() + shown.matches("P1").count(),
        25
    );
    let overview = project.read("public/projects.html");
    assert!(overview.contains("id=\"category-project\">東</h2>"));
    assert!(overview.contains("id=\"category-project_\">西</h2>"));
    assert!(overview.contains("; and 124 more until"), "{overview}");
}

#[test]
fn a_project_that_follows_has_the_days_of_the_other_and_its_own() {
    let project = site();
    let status = project.run("status --all --date 2026-03-26 --schedule schedules/engine-py.toml");
    assert_data_eq!(
        status.succeeds(),
        str![[r#"
Engine for Python releases
Holds from 25 March until 20 April 2026. The end is the first day without support.

Version    Status                        Branch      Release      End          Latest
1.0.0      Ended                         5 Jan 2026  20 Jan 2026  20 Mar 2026  1.0.0
2.0.0      Supported                     5 Feb 2026  20 Feb 2026  20 Apr 2026  2.0.0.post1
3.0.0 LTS  Supported, Long-term support  5 Mar 2026  25 Mar 2026  20 Mar 2027  3.0.0
5.0.0      Planned                       5 May 2026  20 May 2026  20 Jul 2026  –

4.0.0 is skipped: nobody was there

"#]]
    );
    let status = project.run("status --all --date 2026-03-26");
    assert_data_eq!(
        status.succeeds(),
        str![[r#"
Engine releases
Holds from 24 March until 20 April 2026. The end is the first day without support.

Version    Status                        Branch      Release      End          Latest
1.0.0      Ended                         5 Jan 2026  20 Jan 2026  20 Mar 2026  1.0.1
2.0.0      Supported                     5 Feb 2026  20 Feb 2026  20 Apr 2026  2.0.0
3.0.0 LTS  Supported, Long-term support  5 Mar 2026  24 Mar 2026  20 Mar 2027  3.0.0
5.0.0      Planned                       5 May 2026  20 May 2026  20 Jul 2026  –

4.0.0 is skipped: nobody was there

"#]]
    );
}

#[test]
fn what_a_follower_takes_it_reports_nothing_of() {
    let project = site();
    assert_data_eq!(
        project.run("check --strict --date 2026-03-26").told(),
        str![[r#"
checked 10 pages: nothing is wrong
links to other hosts are not checked here; that does: lychee --include-fragments public

"#]]
    );
    let wrong = LEADER.replace("date = 2026-02-20", "date = 2026-02-27");
    let project = site().file("schedule.toml", wrong);
    assert_data_eq!(
        project.run("check --date 2026-03-26").told(),
        str![[r#"
warning[released-late]: `2.0.0` was released 7 days after its plan of 2026-02-20
  --> schedule.toml:30:8
   |
30 | date = 2026-02-27
   |        ^^^^^^^^^^ this day
   |
help: say why with a `note`

warning[released-before-train]: `2.0.0.post1` was released on 2026-02-21, before its train `2.0.0` left on 2026-02-27
  --> schedules/engine-py.toml:12:8
   |
12 | date = 2026-02-21
   |        ^^^^^^^^^^ this day
   |
help: if it is true, say why with a `note`, and write `allow = ["released-before-train"]`

checked 10 pages: 2 warnings
links to other hosts are not checked here; that does: lychee --include-fragments public

"#]]
    );
}

#[test]
fn a_follower_of_a_schedule_that_is_wrong_says_nothing_of_its_own() {
    let project = site().file("schedule.toml", LEADER.replace("1 month", "1 mouth"));
    assert_data_eq!(
        project.run("build").told(),
        str![[r#"
error[bad-value]: `1 mouth` is not a length such as `15 days`, `6 weeks`, `24 months` or `2 years`
 --> schedule.toml:8:9
  |
8 | every = "1 mouth"
  |         ^^^^^^^^^ the value of `every`

"#]]
    );
}

#[test]
fn who_follows_may_know_a_day_that_the_other_does_not_and_the_other_way_round() {
    let leader = "[project]\nname = \"Engine\"\n\
                  [[train]]\nversion = \"1\"\nreleased = true\n\
                  [[train]]\nversion = \"2\"\n\
                  [[release]]\nversion = \"2.0\"\ndate = 2026-01-21\n";
    let follower = "[project]\nname = \"B\"\nfollows = \"engine\"\n\
                    [[train]]\nversion = \"2\"\nreleased = true\n\
                    [[release]]\nversion = \"1.0\"\ndate = 2026-01-02\n";
    let project = Project::with_schedule(leader).file("schedules/b.toml", follower);
    let status = "status --format json --date 2026-02-01 --schedule schedules/b.toml";
    let board: serde_json::Value = serde_json::from_str(&project.run(status).succeeds()).unwrap();
    let trains = board["trains"].as_array().unwrap().iter();
    let told: Vec<_> = trains
        .map(|train| (&train["version"], &train["release"], &train["status"]))
        .map(|(version, release, status)| format!("{version} {release} {status}"))
        .collect();
    assert_eq!(
        told,
        [r#""1" "2026-01-02" "supported""#, r#""2" null "supported""#]
    );
}

#[test]
fn a_follower_has_no_cadence_and_no_end_day_of_its_own() {
    let text = "[project]\nname = \"X\"\nfollows = \"engine\"\nend-day = \"supported\"\n";
    let project = site().file("schedules/x.toml", text);
    assert_data_eq!(
        project.run("build").told(),
        str![[r#"
error[clash]: a project that follows another means its ends as that one does
 --> schedules/x.toml:4:11
  |
3 | follows = "engine"
  |           -------- or that one
4 | end-day = "supported"
  |           ^^^^^^^^^^^ this one

"#]]
    );
    let text = "[project]\nname = \"X\"\nfollows = \"engine\"\n[cadence]\nevery = \"1 month\"\nanchor = { version = \"1\", date = 2026-01-01 }\n";
    let project = site().file("schedules/x.toml", text);
    assert_data_eq!(
        project.run("build").told(),
        str![[r#"
error[clash]: a project that follows `engine` has no cadence of its own
 --> schedules/x.toml:4:1
  |
3 | follows = "engine"
  |           -------- and this
4 | [cadence]
  | ^^^^^^^^^ this

"#]]
    );
}

#[test]
fn a_follower_can_be_followed() {
    let text = "[project]\nname = \"X\"\nfollows = \"engine-py\"\n";
    let project = site().file("schedules/x.toml", text);
    assert_data_eq!(
        project
            .run("status --date 2026-03-26 --schedule schedules/x.toml")
            .succeeds(),
        str![[r#"
X releases
Holds from 25 March until 20 April 2026. The end is the first day without support.

Version    Status                        Branch      Release      End          Latest
1.0.0      Ended                         5 Jan 2026  20 Jan 2026  20 Mar 2026  1.0.0
2.0.0      Supported                     5 Feb 2026  20 Feb 2026  20 Apr 2026  2.0.0
3.0.0 LTS  Supported, Long-term support  5 Mar 2026  25 Mar 2026  20 Mar 2027  3.0.0
5.0.0      Planned                       5 May 2026  20 May 2026  20 Jul 2026  –

4.0.0 is skipped: nobody was there

"#]]
    );
}

#[test]
fn markers_name_projects() {
    let page = "+++\nproject = \"engine-py\"\n+++\n# Home\n\n\
        Python: <!-- trainboard value current.version -->, \
        engine: <!-- trainboard value current.version project=engine -->\n\n\
        <!-- trainboard table columns=version project=engine -->\n";
    let project = site().file("content/index.md", page);
    project.run("build --date 2026-03-24").succeeds();
    assert_data_eq!(
        article(&project, "public/index.html"),
        str![[r#"
Home
Python: 2.0.0, engine: 3.0.0
Holds from 24 March until 20 April 2026. The end is the first day without support.
Version
1.0.0
2.0.0
3.0.0 LTS
5.0.0
4.0.0 skipped: nobody was there

"#]]
    );
    let holds = project.read("public/index.html");
    let footer = &holds[holds.find("<footer").unwrap()..];
    assert_data_eq!(
        footer.to_owned(),
        str![[r#"
<footer class="site-footer">
<p>Holds from <time datetime="2026-03-24">24</time> until <time datetime="2026-03-25">25 March 2026</time>.</p>
<p class="feeds">Subscribe: <a type="text/calendar" href="projects/engine-py/calendar.ics">Calendar</a> · <a type="application/atom+xml" href="projects/engine-py/releases.atom">Atom</a> · <a type="application/json" href="projects/engine-py/board.json">JSON</a></p>
</footer>
</body>
</html>

"#]]
    );
}

#[test]
fn readmes_show_any_project() {
    let readme = "Python: <!-- trainboard value current.version project=engine-py --><!-- /trainboard -->\n\n\
        <!-- trainboard overview -->\n<!-- /trainboard -->\n";
    let project = site().file("README.md", readme);
    project.run("update README.md --date 2026-03-24").succeeds();
    assert_data_eq!(
        project.read("README.md"),
        str![[r#"
Python: <!-- trainboard value current.version project=engine-py -->2.0.0<!-- /trainboard -->

<!-- trainboard overview -->

Support ends next: Engine 2.0.0, Engine for Python 2.0.0 until 20 Apr 2026.

**Bindings**

| Project | Current | LTS | Next | Next end |
|---|---|---|---|---|
| Engine for Python | 2.0.0 latest 2.0.0.post1 | – | 3.0.0, 25 Mar 2026 | 2.0.0 until 20 Apr 2026 |

**Others**

| Project | Current | LTS | Next | Next end |
|---|---|---|---|---|
| Engine | 3.0.0 | 3.0.0 | 5.0.0, 20 May 2026 | 2.0.0 until 20 Apr 2026 |

2 projects. Holds from 24 March until 25 March 2026.

<!-- /trainboard -->

"#]]
    );
}

#[test]
fn every_train_has_its_page() {
    let project = site();
    project.run("build --date 2026-03-24").succeeds();
    assert_data_eq!(
        article(&project, "public/trains.html"),
        str![[r#"
All releases
Holds from 24 March until 20 April 2026. The end is the first day without support.
Version
Status
Release
End
5.0.0
Planned
20 May 2026
20 Jul 2026
4.0.0
Skipped
–
–
3.0.0 LTS
Supported
24 Mar 2026
20 Mar 2027
2.0.0
Supported
20 Feb 2026
20 Apr 2026
1.0.0
Ended
20 Jan 2026
20 Mar 2026

"#]]
    );
    for version in 1..=5 {
        assert!(
            project
                .path(&format!("public/trains/{version}.0.0.html"))
                .is_file()
        );
    }
    assert_data_eq!(
        article(&project, "public/trains/1.0.0.html"),
        str![[r#"
Release 1.0.0
Engine 1.0.0 is no longer supported; its support ended on 20 March 2026.
Engine 1.0.0: milestones from 20 March 2026 on.
Milestone
Day
Plan and fact
Branch
5 Jan 2026
as planned
Release
20 Jan 2026
as planned
End
20 Mar 2026
as planned
Engine 1.0.0: releases.
Version
Day
Note
1.0.1 security
2 Feb 2026
1.0.0
20 Jan 2026
After it: 2.0.0
Branch: 5 January 2026,
before it none.
Home the list

"#]]
    );
    assert_data_eq!(
        article(&project, "public/trains/3.0.0.html"),
        str![[r#"
Release 3.0.0
Engine 3.0.0 is supported until 20 March 2027; its latest release is 3.0.0.
Next, on 20 March 2027: its support is over.
Engine 3.0.0: milestones from 24 March 2026 until 20 March 2027.
Milestone
Day
Plan and fact
Branch
5 Mar 2026
as planned
Release
24 Mar 2026
4 days after the plan of 20 Mar 2026
End
20 Mar 2027
planned
Engine 3.0.0: releases.
Version
Day
Note
3.0.0
24 Mar 2026
Waited for a fix.
Before it: 2.0.0 · After it: 5.0.0
Branch: 5 March 2026,
before it 2.0.0.
Home the list

"#]]
    );
    assert_data_eq!(
        article(&project, "public/trains/4.0.0.html"),
        str![[r#"
Release 4.0.0
Engine 4.0.0 is skipped: nobody was there. It was planned for 20 April 2026.
Before it: 3.0.0 · After it: 5.0.0
Branch: 5 April 2026,
before it 3.0.0.
Home the list

"#]]
    );
    assert_data_eq!(
        article(&project, "public/trains/5.0.0.html"),
        str![[r#"
Release 5.0.0
Engine 5.0.0 is planned.
Next, on 5 May 2026: its branch is cut.
Engine 5.0.0: milestones until 5 May 2026.
Milestone
Day
Plan and fact
Branch
5 May 2026
planned
Release
20 May 2026
planned
End
20 Jul 2026
planned
Before it: 3.0.0 · After it: 6.0.0
Branch: 5 May 2026,
before it 3.0.0.
Home the list

"#]]
    );
}

#[test]
fn a_train_that_has_ended_has_the_same_page_for_good() {
    let project = site();
    project.run("build --date 2026-04-01 --out a").succeeds();
    project.run("build --date 2026-12-01 --out b").succeeds();
    let [a, b] = ["a", "b"].map(|out| project.read(&format!("{out}/trains/1.0.0.html")));
    assert_eq!(a, b);
    assert!(a.contains("<p>Holds from <time datetime=\"2026-03-20\">20 March 2026</time>.</p>"));
}

#[test]
fn links_of_a_page_for_every_train_start_from_its_file() {
    let project = site();
    project.run("build --date 2026-03-24").succeeds();
    let page = project.read("public/trains/2.0.0.html");
    for link in [
        "../index.html\">Home",
        "../trains.html\">the list",
        "1.0.0.html\"><bdi>1.0.0",
    ] {
        assert!(page.contains(link), "{link}");
    }
    assert!(
        project
            .read("public/index.html")
            .contains("href=\"trains/2.0.0.html\">2</a>")
    );
    assert!(page.contains("href=\"../trains.html\" aria-current=\"true\""));
}

#[test]
fn a_mistake_in_a_page_for_every_train_is_told_once() {
    let project = site().file(
        "content/trains.md",
        TRAINS.replace("train.branch", "train.brnach"),
    );
    assert_data_eq!(
        project.run("build").told(),
        str![[r#"
error[unknown-value]: there is no value `train.brnach`
 --> content/trains.md:9:31
  |
9 | Branch: <!-- trainboard value train.brnach -->,
  |                               ^^^^^^^^^^^^ not known
  |
help: the nearest is `train.branch`
  |
9 - Branch: <!-- trainboard value train.brnach -->,
9 + Branch: <!-- trainboard value train.branch -->,
  |

"#]]
    );
    let project = site().file("content/trains.md", TRAINS.replace(" default=\"none\"", ""));
    assert_data_eq!(
        project.run("build --date 2026-03-24").told(),
        str![[r#"
error[no-value]: there is no `train.previous.version` for 1.0.0
  --> content/trains.md:10:33
   |
10 | before it <!-- trainboard value train.previous.version -->.
   |                                 ^^^^^^^^^^^^^^^^^^^^^^ has no value now
   |
help: say what to write then: `default="not yet"`

"#]]
    );
}

#[test]
fn a_summary_lists_the_list_and_its_pages_come_along() {
    let project = site()
        .file(
            "content/SUMMARY.md",
            "[Home](index.md)\n\n- [Trains](trains.md)\n",
        )
        .file(
            "content/projects.md",
            "+++\nper = \"project\"\n+++\n# <!-- trainboard value project.name -->\n",
        );
    assert_data_eq!(
        project.run("build --date 2026-03-24").told(),
        str![[r#"
warning[unlisted-page]: this file is no page, since `SUMMARY.md` does not list it
 --> content/projects.md:1:1
  |
1 | +++
  | ^ left out
built 7 pages in public/, valid from 2026-03-24 until 2026-03-25
open public/index.html

"#]]
    );
    assert!(project.path("public/trains/1.0.0.html").is_file());
    assert!(!project.path("public/projects.html").exists());
    assert!(
        project
            .read("public/trains.html")
            .contains("<h1 id=\"all-releases\">")
    );
}

#[test]
fn a_site_can_be_about_no_one_project() {
    let project = Project::new()
        .file("schedules/a.toml", LEADER)
        .file(
            "schedules/b.toml",
            "[project]\nname = \"B\"\nfollows = \"a\"\n",
        )
        .file(
            "content/index.md",
            "# Home\n\n<!-- trainboard overview -->\n",
        );
    assert_data_eq!(
        project.run("build --date 2026-03-24").says(),
        str![[r#"
built 4 pages in public/, valid from 2026-03-24 until 2026-04-20
open public/index.html

"#]]
    );
    assert!(project.path("public/projects/a/board.json").is_file());
    assert!(!project.path("public/board.json").exists());
}

#[test]
fn a_page_for_every_train_needs_a_project() {
    let project = Project::new().file("content/trains.md", TRAINS);
    assert_data_eq!(
        project.run("build").told(),
        str![[r#"
error[no-schedule]: there is no schedule for the pages that this one makes
 --> content/trains.md:3:1
  |
3 | per = "train"
  | ^^^ of which there is none
  |
help: write a `schedule.toml`, or name the file in `trainboard.toml`

"#]]
    );
    let project = project.file("schedules/a.toml", LEADER);
    assert_data_eq!(
        project.run("build").told(),
        str![[r#"
error[which-project]: this page does not say of which project's trains it is made
 --> content/trains.md:3:1
  |
3 | per = "train"
  | ^^^ of every train
  |
help: write for example `project = "a"` below it

"#]]
    );
    let named = TRAINS.replace("per =", "project = \"b\"\nper =");
    let project = project.file("content/trains.md", named);
    assert_data_eq!(
        project.run("build").told(),
        str![[r#"
error[unknown-project]: there is no project `b`
 --> content/trains.md:3:12
  |
3 | project = "b"
  |            ^ not known
  |
help: the nearest is `a`

"#]]
    );
}

#[test]
fn a_book_shows_several_projects() {
    let project = site().file("src/a.md", "");
    let book = serde_json::json!([
        {"root": project.root(), "config": {"book": {"src": "src"}, "preprocessor": {"trainboard": {"date": "2026-03-24"}}}, "renderer": "html", "mdbook_version": "0.5.0"},
        {"items": [{"Chapter": {"name": "A", "path": "a.md", "source_path": "a.md", "sub_items": [],
            "content": "# A\n\nIt is <!-- trainboard value current.version project=engine-py -->.\n"}}]}
    ]);
    let answer = project.run("mdbook").stdin(book.to_string()).succeeds();
    assert!(answer.contains("It is 2.0.0."), "{answer}");
}

#[test]
fn a_train_that_is_skipped_has_not_ended() {
    let verdict = site().run("status 4.0.0 --date 2026-09-01");
    assert_data_eq!(
        verdict.ends(),
        str![[r#"
Engine 4.0.0 is not supported on 1 September 2026: it is skipped (nobody was there).

"#]]
    );
}

#[cfg(unix)]
#[test]
fn schedules_are_files_of_the_project() {
    use std::os::unix::fs::symlink;
    let outside = Project::with_schedule(LEADER);
    let project = site();
    symlink(
        outside.path("schedule.toml"),
        project.path("schedules/away.toml"),
    )
    .unwrap();
    assert_data_eq!(
        project.run("build").told(),
        str![[r#"
error[link-out]: the link `schedules/away.toml` leads out of the project

"#]]
    );
    std::fs::remove_file(project.path("schedules/away.toml")).unwrap();
    let made = std::process::Command::new("mkfifo")
        .arg(project.path("schedules/pipe.toml"))
        .status();
    assert!(made.unwrap().success());
    assert_data_eq!(
        project.run("build").told(),
        str![[r#"
error[special-file]: `schedules/pipe.toml` is neither a file nor a folder
 |
help: put a regular file there: no pipe, socket or device is read

"#]]
    );
}

#[test]
fn what_is_no_schedule_in_the_folder_is_left_alone() {
    let project = site()
        .file("schedules/README.md", "# What these are")
        .file("schedules/old/Other One.toml", "no schedule");
    project.run("build --date 2026-03-24").succeeds();
}

#[test]
fn a_schedule_follows_another_whatever_stands_beside_it() {
    let project = Project::new()
        .file(
            "schedule.toml",
            "[project]\nname = \"Y\"\nfollows = \"engine\"\n",
        )
        .file("schedules/engine.toml", LEADER)
        .file("Cargo.toml", "[package]\n");
    let status = project.run("status 3.0.0 --date 2026-03-26").succeeds();
    assert!(status.starts_with("Y 3.0.0 is supported"), "{status}");
}

#[test]
fn forty_projects_have_every_page_chart_and_feed() {
    let mut project = Project::new().file(
        "content/index.md",
        "# All\n\n<!-- trainboard overview -->\n",
    );
    let data = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/endoflife");
    let mut names = Vec::new();
    for file in std::fs::read_dir(data).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let import = project.run("import endoflife").arg(path.to_str().unwrap());
        project = project.file(&format!("schedules/{name}.toml"), import.succeeds());
        names.push(name);
    }
    assert_eq!(names.len(), 40);
    project.run("build --date 2026-08-22").succeeds();
    let overview = project.read("public/index.html");
    for name in names {
        let page = project.read(&format!("public/projects/{name}.html"));
        assert!(page.contains("<svg") && page.contains("<table "), "{name}");
        assert!(overview.contains(&format!("href=\"projects/{name}.html\"")));
        for file in [
            "board.json",
            "schedule.svg",
            "calendar.ics",
            "releases.atom",
            "badge-current.svg",
            "badge-supported.svg",
            "badge-lts.svg",
        ] {
            let made = project.path(&format!("public/projects/{name}/{file}"));
            assert!(made.is_file(), "{name} {file}");
        }
        assert!(
            project
                .path(&format!("public/api/v1/products/{name}"))
                .is_file()
        );
    }
}
