//! The recipes for other generators are those of the sites that they build.

use std::path::Path;

use walkdir::WalkDir;

/// The generators of the guide's recipes, and their sites.
const SITES: [(&str, &str); 6] = [
    ("Sphinx", "sphinx"),
    ("MkDocs", "mkdocs"),
    ("Hugo", "hugo"),
    ("Docusaurus", "docusaurus"),
    ("VitePress", "vitepress"),
    ("Markdown on GitHub", "github"),
];

#[test]
fn recipes_for_other_docs_are_those_of_the_sites_that_are_built() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let guide = std::fs::read_to_string(root.join("content/guide/other-docs.md")).unwrap();
    for (title, site) in SITES {
        let (_, recipe) = guide.split_once(&format!("\n## {title}\n")).unwrap();
        let recipe = recipe.split("\n## ").next().unwrap();
        let files = files(&root.join("tests/sites").join(site));
        let lines = blocks(recipe).flat_map(str::lines);
        // Each command is run by itself, wherever the guide has it.
        let lines: Vec<_> = lines
            .filter(|line| !line.starts_with("trainboard "))
            .collect();
        assert!(!lines.is_empty(), "{title}");
        for line in lines {
            let is_there = files
                .iter()
                .any(|file| emptied(file).contains(&emptied(line)));
            assert!(
                is_there,
                "{title}, in no file of tests/sites/{site}:\n{line}"
            );
        }
    }
}

/// A text without what is between the markers of its pairs in a line.
fn emptied(text: &str) -> String {
    let mut rest = text;
    let mut emptied = String::new();
    while let Some((before, after)) = rest.split_once("<!-- /trainboard -->") {
        let is_filled = before
            .rfind("-->")
            .filter(|at| !before[*at..].contains('\n'));
        emptied.push_str(is_filled.map_or(before, |at| &before[..at + 3]));
        emptied.push_str("<!-- /trainboard -->");
        rest = after;
    }
    emptied + rest
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
    let blocks = blocks.filter_map(|block| block.split_once('\n'));
    blocks.map(|(_, code)| code.trim_end())
}
