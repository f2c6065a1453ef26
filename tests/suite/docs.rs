//! The commands that the README and the guide show say what they show.

use std::path::Path;

use crate::project::Project;
use crate::schedules::WASMTIME;

#[test]
fn the_commands_of_the_readme_and_the_guide_say_what_they_show() {
    trycmd::TestCases::new()
        .register_bin("trainboard", snapbox::cmd::cargo_bin!("trainboard"))
        .case("README.md")
        .case("content/guide/*.md")
        .run();
}

#[test]
fn the_picture_of_the_readme_is_the_chart() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let there = std::fs::read_to_string(root.join("content/chart.svg")).unwrap();
    let chart = Project::with_schedule(WASMTIME)
        .run("render gantt --date 2026-11-20")
        .succeeds();
    assert!(
        there == chart,
        "run: trainboard render gantt --date 2026-11-20 -o content/chart.svg"
    );
}
