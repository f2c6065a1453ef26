//! The recipes for other generators are those of the sites that they build.

use std::path::Path;

use walkdir::WalkDir;

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
