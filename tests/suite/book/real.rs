//! The test book, built by the programs that people have.

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use super::built::{Built, check, folder};

/// Builds the test book with an mdBook, which must have nothing to say
/// against it.
fn build(mdbook: &Path, settings: &[(&str, &str)]) -> Built {
    let out = TempDir::new().unwrap();
    let preprocessor = snapbox::cmd::cargo_bin!("mdbook-trainboard");
    let mut command = Command::new(mdbook);
    command
        .env_clear()
        .env("PATH", preprocessor.parent().unwrap())
        .envs(settings.iter().copied())
        .arg("build")
        .arg("--dest-dir")
        .arg(out.path())
        .arg(folder());
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).to_lowercase();
    assert!(output.status.success(), "{}: {said}", mdbook.display());
    for word in ["warn", "error"] {
        assert!(!said.contains(word), "{}: {said}", mdbook.display());
    }
    Built::read(out.path())
}

fn mdbooks() -> Vec<PathBuf> {
    let named = std::env::var("MDBOOKS").expect("`MDBOOKS` names the programs, with `:` between");
    std::env::split_paths(&named).collect()
}

#[test]
#[ignore = "needs the programs of three mdBooks, which `.ci/run` installs"]
fn every_mdbook_that_people_have_builds_the_same_book() {
    for mdbook in mdbooks() {
        let plain = build(
            &mdbook,
            &[("MDBOOK_PREPROCESSOR__TRAINBOARD__RENDERERS", "[]")],
        );
        check(&build(&mdbook, &[]), &plain);
    }
}

#[test]
#[ignore = "needs the programs of three mdBooks, which `.ci/run` installs"]
fn the_environment_may_choose_the_day() {
    for mdbook in mdbooks() {
        let day = [("MDBOOK_PREPROCESSOR__TRAINBOARD__DATE", "2026-12-20")];
        let built = build(&mdbook, &day);
        assert_eq!(built.texts("index.html", "p strong"), ["52.0.0"]);
    }
}
