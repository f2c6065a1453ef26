//! What attackers write: each vector is refused, or known to do nothing. That
//! it does nothing is what a browser says, in the referee of the same corpus.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::project::Project;

#[derive(Deserialize)]
struct Vector {
    place: String,
    text: String,
    verdict: String,
}

impl Vector {
    /// The file that it becomes; labels are of the schedule, and of a book.
    fn file(&self, number: usize) -> Option<String> {
        match &*self.place {
            "label" | "book" => None,
            "page" | "front" => Some(format!("content/v{number:04}.md")),
            ending => Some(format!("static/v{number:04}.{ending}")),
        }
    }

    fn written(&self) -> String {
        let Self { place, text, .. } = self;
        match &**place {
            "page" => format!("{text}\n"),
            "front" => format!("+++\ntitle = {}\n+++\n\nText.\n", quoted(text)),
            _ => text.clone(),
        }
    }
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

fn vectors() -> Vec<Vector> {
    let lines = include_str!("../data/vectors/vectors.jsonl").lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// The files that are refused. Of each kind of finding the first hundred are
/// told, so what is refused makes room for more.
fn all_refused(project: &Project) -> BTreeSet<String> {
    let mut refused = BTreeSet::new();
    loop {
        let told = project.run("check --format short").ends();
        let errors = told.lines().filter(|line| line.contains(" error["));
        let files = errors.filter_map(|line| Some(line.split_once(':')?.0.to_owned()));
        let files: BTreeSet<_> = files.filter(|file| !file.is_empty()).collect();
        if files.is_empty() {
            return refused;
        }
        for file in &files {
            std::fs::remove_file(project.path(file)).unwrap();
        }
        refused.extend(files);
    }
}

#[test]
fn every_vector_is_refused_or_harmless() {
    let vectors = vectors();
    assert!(vectors.len() >= 600);
    let project = Project::new().file("content/index.md", "# Home");
    // What many of them show: no picture, so that showing it fails.
    project.write("content/x", "");
    let mut expected = BTreeSet::new();
    for (number, vector) in vectors.iter().enumerate() {
        if let Some(file) = vector.file(number) {
            project.write(&file, vector.written());
            if vector.verdict == "refused" {
                expected.insert(file);
            }
        }
    }
    let refused = all_refused(&project);
    let wrong: Vec<_> = refused.symmetric_difference(&expected).collect();
    assert_eq!(wrong.first(), None, "and {} more", wrong.len());
}
