//! Markers that name a schedule by its path: one that is no project of the site.

use snapbox::{assert_data_eq, str};

use crate::book;
use crate::project::Project;

const OWN: &str = "[project]\nname = \"Own\"\n[[train]]\nversion = \"1\"\nrelease = 2024-01-10\n";

const OTHER: &str = r#"[project]
name = "Other"
[[train]]
version = "7"
release = 2024-02-01
end = 2024-06-01
"#;

/// A site with a page of that text, which may name `examples/other.toml`.
fn site(text: &str) -> Project {
    Project::with_schedule(OWN)
        .file("examples/other.toml", OTHER)
        .file("content/index.md", format!("# Home\n\n{text}\n"))
}

fn table(path: &str) -> String {
    format!("<!-- trainboard table schedule={path} -->")
}

#[test]
fn such_a_schedule_is_shown_and_is_no_project() {
    let views = "board table gantt summary security trains milestones patches";
    let mut text = "Now: <!-- trainboard value current.version schedule=examples/other.toml -->, \
                    <!-- trainboard versions schedule=examples/other.toml -->\n\n"
        .to_owned();
    for view in views.split(' ') {
        text += &[
            "<!-- trainboard ",
            view,
            " schedule=examples/other.toml -->\n\n",
        ]
        .concat();
    }
    let project = site(&(text + "<!-- trainboard overview -->"));
    project.run("build --date 2024-03-01").succeeds();
    let page = project.read("public/index.html");
    assert!(page.contains("Now: 7, 7.x"), "{page}");
    assert!(page.contains("Own"), "{page}");
    assert!(!page.contains("1 project from 1 "), "{page}");
    assert!(!page.contains("projects/other"), "{page}");
    assert!(!page.contains("href=\"trains"), "{page}");
    assert!(!project.path("public/projects").exists());
    assert!(!project.path("public/projects.html").exists());
    for file in ["feed.ics", "feed.xml", "board.json"] {
        if project.path(&format!("public/{file}")).exists() {
            let text = project.read(&format!("public/{file}"));
            assert!(!text.contains("Other"), "{file}");
        }
    }
}

#[test]
fn its_trains_lead_to_no_pages_even_where_the_site_has_one_of_that_name() {
    let namesake = OTHER.replace("Other", "Own");
    let project = site("<!-- trainboard trains schedule=examples/other.toml -->")
        .file("examples/other.toml", namesake.replace("\"7\"", "\"1\""))
        .file(
            "content/trains.md",
            "+++\nper = \"train\"\n+++\n# Release\n\n<!-- trainboard train -->\n",
        );
    project.run("build --date 2024-03-01").succeeds();
    let page = project.read("public/index.html");
    let article = page.split_once("<article").unwrap().1;
    let article = article.split_once("</article").unwrap().0;
    assert!(!article.contains("trains/1.html"), "{article}");
}

#[test]
fn its_days_count_in_the_period_of_the_site_and_of_the_page() {
    let project = site(&table("examples/other.toml"));
    assert_data_eq!(
        project.run("build --date 2024-03-01").says(),
        str![[r#"
built 1 page in public/, valid from 2024-02-01 until 2024-06-01
open public/index.html

"#]]
    );
    let first = project.read("public/index.html");
    for day in ["2024-02-01", "2024-05-31"] {
        project.run(&format!("build --date {day}")).succeeds();
        assert_eq!(project.read("public/index.html"), first, "{day}");
    }
    project.run("build --date 2024-06-01").succeeds();
    assert_ne!(project.read("public/index.html"), first);
}

#[test]
fn a_site_without_a_schedule_of_its_own_may_show_one() {
    let project = Project::new().file("examples/other.toml", OTHER).file(
        "content/index.md",
        "# Home\n\n".to_owned() + &table("examples/other.toml"),
    );
    project.run("build --date 2024-03-01").succeeds();
    assert!(project.path("public/trainboard.css").is_file());
    assert!(!project.path("public/board.json").exists());
}

#[test]
fn what_is_wrong_with_it_is_said_with_its_own_place() {
    let wrong = OTHER.replace("2024-06-01", "2023-06-01");
    let project = site(&table("examples/other.toml")).file("examples/other.toml", wrong);
    for command in ["build", "check"] {
        let said = project
            .run(&format!("{command} --date 2024-03-01"))
            .stderr(1);
        assert!(said.contains("error[end-before-release]"), "{said}");
        assert!(said.contains("--> examples/other.toml:6:7"), "{said}");
    }
    let odd = OTHER.to_owned() + "[[release]]\nversion = \"7.1\"\ndate = 2024-07-01\n";
    let project = site(&table("examples/other.toml")).file("examples/other.toml", odd);
    let said = project.run("check --strict --date 2024-03-01").stderr(1);
    assert!(said.contains("error[released-after-end]"), "{said}");
    assert!(said.contains("--> examples/other.toml:9:8"), "{said}");
}

#[test]
fn a_path_that_leads_out_is_refused() {
    for path in ["../other.toml", "/etc/other.toml", "examples\\other.toml"] {
        let project = site(&table(path));
        let said = project.run("check --date 2024-03-01").stderr(1);
        assert!(said.contains("error[bad-path]"), "{said}");
        assert!(said.contains("--> content/index.md:3:32"), "{said}");
        assert!(said.contains("such as `examples/php.toml`"), "{said}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_out_is_refused() {
    let project = site(&table("examples/link.toml"));
    let out = tempfile::NamedTempFile::new().unwrap();
    std::os::unix::fs::symlink(out.path(), project.path("examples/link.toml")).unwrap();
    let said = project.run("check --date 2024-03-01").stderr(1);
    assert!(said.contains("error[link-out]"), "{said}");
}

#[test]
fn a_marker_is_about_a_project_or_a_schedule() {
    let project = site("<!-- trainboard table project=own schedule=examples/other.toml -->");
    assert_data_eq!(
        project.run("build --date 2024-03-01").stderr(1),
        str![[r#"
error[clash]: a marker is about a project of the site or about a schedule, not both
 --> content/index.md:3:44
  |
3 | <!-- trainboard table project=own schedule=examples/other.toml -->
  |                               --- and this ^^^^^^^^^^^^^^^^^^^ this
  |
help: leave out `project` or `schedule`

"#]]
    );
}

#[test]
fn pages_of_the_site_are_of_no_such_schedule() {
    for view in ["overview", "train", "value train.version"] {
        let project = site(&format!(
            "Of <!-- trainboard {view} schedule=examples/other.toml -->"
        ));
        let said = project.run("check --date 2024-03-01").stderr(1);
        assert!(said.contains("takes no `schedule`"), "{view}: {said}");
    }
}

#[test]
fn a_file_is_updated_from_one() {
    let readme = "<!-- trainboard gantt schedule=examples/other.toml -->\n<!-- /trainboard -->\n";
    let project = site("").file("README.md", readme);
    project
        .run("update README.md --chart chart.svg --date 2024-03-01")
        .succeeds();
    assert!(project.read("README.md").contains("chart.svg"));
    assert!(project.read("chart.svg").contains("Other"));
    let unknown = readme.replace("other", "othre");
    project.write("README.md", unknown);
    let said = project.run("update README.md --chart c.svg").stderr(1);
    assert!(said.contains("there is no `examples/othre.toml`"), "{said}");
}

#[test]
fn a_book_shows_one_from_its_folder() {
    let chapters = [("page.md", &*table("examples/other.toml"))];
    let options = serde_json::json!({ "date": "2024-03-01" });
    let sent = book::book_of(&options, "html", &chapters);
    let shelf = Project::new().file("examples/other.toml", OTHER);
    let answer = shelf.preprocess(&sent).succeeds();
    assert!(answer.contains("Other"), "{answer}");
}
