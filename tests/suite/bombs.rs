//! Inputs that are made to take long: what is done for twice as much of them
//! is at most twice as much.

use std::fmt::Write;

use crate::project::Project;

/// A schedule with that many tables that mean nothing.
fn unknown_tables(count: usize) -> Project {
    let mut text = String::from("[project]\nname = \"Example\"\n");
    for n in 0..count {
        let _ = writeln!(text, "[unknown{n:06}]");
    }
    Project::with_schedule(&text)
}

/// A page with that many links to pages that are not there.
fn dead_links(count: usize) -> Project {
    let mut page = String::new();
    for n in 0..count {
        let _ = writeln!(page, "[a](missing{n:06}.md)");
    }
    Project::new().file("content/index.md", page)
}

/// Makes a project of so many pieces.
type Bomb = fn(usize) -> Project;

/// Each with the code of the findings that it brings.
const BOMBS: [(&str, Bomb); 2] = [("unknown-key", unknown_tables), ("dead-link", dead_links)];

#[test]
fn of_twice_as_many_findings_no_more_are_printed_and_all_are_counted() {
    for (code, bomb) in BOMBS {
        for format in ["human", "short", "github", "json"] {
            let lines = [500, 1000].map(|count| {
                let (project, command) = (bomb(count), format!("check --format {format}"));
                let run = project.run(&command);
                let told = if format == "human" {
                    run.told()
                } else {
                    run.ends()
                };
                let more = format!("and {} more of `{code}`", count - 100);
                assert!(told.contains(&more), "{command}: {told}");
                if format == "human" {
                    assert!(told.contains(&format!("{count} errors")), "{told}");
                }
                told.lines().count()
            });
            assert_eq!(lines[0], lines[1], "{code} as {format}");
        }
    }
}
