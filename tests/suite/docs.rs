//! The commands that the README and the guide show say what they show.

use std::path::Path;

use walkdir::WalkDir;

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

/// The generators of the guide's recipes, and their sites.
const SITES: [(&str, &str); 2] = [("Docusaurus", "docusaurus"), ("VitePress", "vitepress")];

#[test]
fn recipes_for_other_docs_are_those_of_the_sites_that_are_built() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let guide = std::fs::read_to_string(root.join("content/guide/other-docs.md")).unwrap();
    for (title, site) in SITES {
        let (_, recipe) = guide.split_once(&format!("\n## {title}\n")).unwrap();
        let recipe = recipe.split("\n## ").next().unwrap();
        let files = files(&root.join("tests/sites").join(site));
        let blocks: Vec<_> = blocks(recipe).collect();
        assert!(!blocks.is_empty(), "{title}");
        for block in blocks {
            let is_there = files.iter().any(|file| file.contains(block));
            assert!(
                is_there,
                "{title}, in no file of tests/sites/{site}:\n{block}"
            );
        }
    }
}

/// The texts of all files in a folder.
fn files(folder: &Path) -> Vec<String> {
    let entries = WalkDir::new(folder).into_iter().map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_type().is_file());
    files
        .filter_map(|file| std::fs::read_to_string(file.path()).ok())
        .collect()
}

/// What stands in the blocks of code of a text.
fn blocks(text: &str) -> impl Iterator<Item = &str> {
    let blocks = text.split("\n```").skip(1).step_by(2);
    blocks.filter_map(|block| Some(block.split_once('\n')?.1.trim_end()))
}
