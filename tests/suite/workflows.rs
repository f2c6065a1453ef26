//! The workflows that `init` writes, and the repository's own: what they may
//! do, what they use, and what their shell does on a quiet day.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use snapbox::cmd::cargo_bin;

use crate::project::Project;

/// A workflow of GitHub that `init` wrote.
fn written(arguments: &str) -> String {
    made(HOSTS[0], arguments)
}

/// What `--ci` takes, and the file that it makes.
const HOSTS: [(&str, &str); 4] = [
    ("github", ".github/workflows/trainboard.yml"),
    ("gitlab", ".gitlab-ci.yml"),
    ("forgejo", ".forgejo/workflows/trainboard.yml"),
    ("shell", ".ci/trainboard.sh"),
];

fn made((host, path): (&str, &str), arguments: &str) -> String {
    let project = Project::new().file("book.toml", "[book]\ntitle = \"Lantern\"\n");
    let call = format!("init --ci {host} --date 2026-11-20 {arguments}");
    project.run(&call).succeeds();
    project.read(path)
}

/// The workflows of the repository itself, by their file.
fn own() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(".github/workflows");
    let files = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let read = |path: std::path::PathBuf| {
        (
            path.display().to_string(),
            fs::read_to_string(path).unwrap(),
        )
    };
    let own: Vec<_> = files.map(read).collect();
    assert!(own.len() > 1, "{own:?}");
    own
}

fn all() -> Vec<(String, String)> {
    let new = ["", "--mdbook"].map(|kind| (format!("init {kind}"), written(kind)));
    own().into_iter().chain(new).collect()
}

fn parsed(text: &str) -> Value {
    serde_saphyr::from_str(text).unwrap()
}

fn jobs(workflow: &Value) -> impl Iterator<Item = (&String, &Value)> {
    workflow["jobs"].as_object().unwrap().iter()
}

fn steps(job: &Value) -> &Vec<Value> {
    job["steps"].as_array().unwrap()
}

/// What follows `uses:`, with the comment behind it.
fn uses(text: &str) -> BTreeSet<&str> {
    text.lines()
        .filter_map(|line| Some(line.split_once("uses: ")?.1))
        .collect()
}

#[test]
fn every_action_is_pinned_to_a_commit() {
    for (name, text) in all() {
        for action in uses(&text) {
            let (_, commit) = action.split_once('@').unwrap();
            let (commit, version) = commit
                .split_once(" # v")
                .unwrap_or_else(|| panic!("{action} in {name}"));
            assert!(
                commit.len() == 40 && commit.bytes().all(|b| b.is_ascii_hexdigit()),
                "{action} in {name}"
            );
            assert!(
                version.split('.').all(|part| part.parse::<u32>().is_ok()),
                "{action} in {name}"
            );
        }
    }
}

#[test]
fn a_new_workflow_uses_what_the_repository_itself_uses() {
    let own = own();
    let known: BTreeSet<_> = own.iter().flat_map(|(_, text)| uses(text)).collect();
    let name = |action: &str| action.split_once('@').unwrap().0.to_owned();
    let names: BTreeSet<_> = known.iter().map(|action| name(action)).collect();
    for kind in ["", "--mdbook"] {
        let text = written(kind);
        assert!(uses(&text).len() >= 4);
        for action in uses(&text) {
            assert!(action.starts_with("actions/"), "{action}");
            assert!(
                known.contains(action) || !names.contains(&name(action)),
                "{action}"
            );
        }
    }
}

#[test]
fn every_job_has_a_limit_and_no_right_that_it_does_not_need() {
    for (name, text) in all() {
        let workflow = parsed(&text);
        assert_eq!(
            workflow["permissions"],
            serde_json::json!({"contents": "read"}),
            "{name}"
        );
        assert!(workflow["concurrency"]["group"].is_string(), "{name}");
        for (id, job) in jobs(&workflow) {
            assert!(
                job["timeout-minutes"]
                    .as_u64()
                    .is_some_and(|minutes| minutes <= 60),
                "{id} in {name}"
            );
            let does = |act: &str| {
                steps(job).iter().any(|step| {
                    let texts = [&step["uses"], &step["run"]];
                    let mut texts = texts.iter().filter_map(|text| text.as_str());
                    texts.any(|text| text.contains(act))
                })
            };
            let deploys = does("actions/deploy-pages@");
            let attests = does("actions/attest-build-provenance@");
            let publishes = does("/crates-io-auth-action@") || does("/gh-action-pypi-publish@");
            let releases = does("gh release ");
            let rights = job["permissions"].as_object().into_iter().flatten();
            for (right, level) in rights {
                let fits = match right.as_str() {
                    "contents" => level == "read" || releases,
                    "pages" => level == if deploys { "write" } else { "read" },
                    "id-token" => deploys || attests || publishes,
                    "attestations" => attests,
                    _ => false,
                };
                assert!(fits, "`{right}: {level}` of {id} in {name}");
            }
            for step in steps(job).iter().filter(|step| {
                step["uses"]
                    .as_str()
                    .is_some_and(|uses| uses.contains("checkout"))
            }) {
                assert_eq!(step["with"]["persist-credentials"], false, "{id} in {name}");
            }
        }
    }
}

#[test]
fn a_new_workflow_runs_for_changes_and_every_day_at_an_odd_minute() {
    for kind in ["", "--mdbook"] {
        let workflow = parsed(&written(kind));
        let on = workflow["on"].as_object().unwrap();
        let events: Vec<_> = on.keys().collect();
        assert_eq!(
            events,
            ["pull_request", "push", "schedule", "workflow_dispatch"]
        );
        let cron = on["schedule"][0]["cron"].as_str().unwrap();
        let minute: u32 = cron.strip_suffix(" 0 * * *").unwrap().parse().unwrap();
        assert!(minute % 2 == 1 && !minute.is_multiple_of(5), "{cron}");
    }
}

#[test]
fn a_new_workflow_installs_this_trainboard_and_the_mdbook_that_is_tested() {
    let trainboard = format!(
        "cargo install trainboard --locked --version {} ${{TRAINBOARD_GIT:+--git \"$TRAINBOARD_GIT\"}}\n",
        env!("CARGO_PKG_VERSION")
    );
    let lock = include_str!("../../Cargo.lock");
    let (_, tested) = lock
        .split_once("name = \"mdbook-driver\"\nversion = \"")
        .unwrap();
    let tested = tested.split('"').next().unwrap();
    let mdbook = format!("cargo install mdbook --locked --version {tested}\n");
    for host in HOSTS {
        let (site, book) = (made(host, ""), made(host, "--mdbook"));
        let times = if host.0 == "github" { 2 } else { 1 };
        assert_eq!(site.matches(&trainboard).count(), times, "{host:?}");
        assert_eq!(book.matches(&trainboard).count(), times, "{host:?}");
        assert_eq!(book.matches(&mdbook).count(), times, "{host:?}");
        assert!(!site.contains("mdbook"), "{host:?}");
    }
}

#[test]
fn what_is_compiled_is_kept_by_the_name_of_its_version() {
    for host in &HOSTS[..2] {
        let kept = format!("key: trainboard-{}", env!("CARGO_PKG_VERSION"));
        assert!(made(*host, "").contains(&kept), "{host:?}");
        let book = made(*host, "--mdbook");
        assert!(book.contains(&format!("{kept}-mdbook-")), "{host:?}");
    }
}

#[test]
fn every_host_asks_in_one_place_what_is_due() {
    for host in HOSTS {
        for kind in ["", "--mdbook"] {
            let text = made(host, kind);
            assert_eq!(text.matches("trainboard check --due").count(), 1);
        }
    }
}

#[cfg(unix)]
#[test]
fn the_notes_of_a_release_are_its_section_of_the_changelog() {
    let project = Project::new().file(
        "CHANGELOG.md",
        "# Changelog\n\n## [Unreleased]\n\nSoon.\n\n## [0.2.0] - 2026-12-01\n\nHello.\n\n### Added\n\n\
        - One\n  and two.\n\n\n## [0.1.0] - 2026-11-30\n\n- [First](a)\n\n## [0.0.1] - soon\n\n- Zero\n\n\
        [0.2.0]: https://trains.example/\n",
    );
    let notes = |version: &str| {
        let output = Command::new("bash")
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join(".ci/notes"))
            .args([version, "CHANGELOG.md"])
            .current_dir(project.root())
            .output()
            .unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (
            output.status.code(),
            text(output.stdout),
            text(output.stderr),
        )
    };
    let said = |text: &str| (Some(0), text.to_owned(), String::new());
    assert_eq!(
        notes("0.2.0"),
        said("Hello.\n\n### Added\n\n- One\n  and two.\n")
    );
    assert_eq!(notes("0.1.0"), said("- [First](a)\n"));
    for absent in ["0.3.0", "0.0.1", "Unreleased", "0.1"] {
        let (code, notes, said) = notes(absent);
        assert_eq!((code, notes.as_str()), (Some(1), ""), "{absent}");
        assert!(
            said.contains(&format!("says nothing of {absent}:")),
            "{said}"
        );
    }
}

#[test]
fn nothing_of_an_event_gets_into_a_shell() {
    for (name, text) in all() {
        for (id, job) in jobs(&parsed(&text)) {
            for step in steps(job) {
                let run = step["run"].as_str().unwrap_or_default();
                assert!(!run.contains("${{"), "{run} of {id} in {name}");
            }
        }
    }
}

#[test]
fn a_book_with_more_renderers_is_published_from_its_folder_of_html() {
    for (host, path) in HOSTS {
        let project = Project::new().file("book.toml", "[output.html]\n[output.markdown]\n");
        let call = format!("init --mdbook --ci {host} --date 2026-11-20");
        project.run(&call).succeeds();
        let more = "cp -R \"$all/html/.\" \"$OUT\"\n";
        assert!(project.read(path).contains(more), "{host}");
        assert!(!made((host, path), "--mdbook").contains(more), "{host}");
    }
}

#[test]
fn a_pipeline_works_in_a_folder_however_that_is_called() {
    for (host, path) in HOSTS {
        let folder = "docs/it's: \"a\" # b";
        let project = Project::new()
            .file(".git/HEAD", "")
            .file(&format!("{folder}/.keep"), "");
        let call = format!("init --ci {host} --date 2026-11-20");
        project.run(&call).inside(folder).succeeds();
        let text = project.read(path);
        let enters = match host {
            "gitlab" => {
                parsed(&text)["default"]["before_script"][2] == r#"cd 'docs/it'\''s: "a" # b'"#
            }
            "shell" => text.contains("/..\"/'docs/it'\\''s: \"a\" # b'\n"),
            _ => jobs(&parsed(&text))
                .any(|(_, job)| job["defaults"]["run"]["working-directory"] == folder),
        };
        assert!(enters, "{host}: {text}");
    }
}

#[cfg(unix)]
#[test]
fn the_script_builds_into_a_folder_or_gives_the_folder_to_a_command() {
    let project = Project::new();
    project.run("init --ci shell --date 2026-11-20").succeeds();
    let (program, to) = (cargo_bin!("trainboard"), project.path("there"));
    let path = format!("{}:/usr/bin:/bin", program.parent().unwrap().display());
    let run = |word: &str, environment: &[(&str, &str)]| {
        let mut command = Command::new("sh");
        let command = command.arg(project.path(".ci/trainboard.sh")).arg(word);
        let command = command.env_clear().env("PATH", &path).current_dir("/");
        command.envs(environment.iter().copied());
        command.output().unwrap().status.code()
    };
    assert_eq!(run("check", &[]), Some(0));
    assert_eq!(run("due", &[]), Some(0));
    assert_eq!(run("publish", &[]), Some(2));
    assert_eq!(run("all", &[]), Some(2));
    assert_eq!(
        run("publish", &[("PUBLISH_TO", to.to_str().unwrap())]),
        Some(0)
    );
    assert!(project.path("there/index.html").exists());
    let list = format!("ls >{}/list", project.root().display());
    assert_eq!(run("publish", &[("PUBLISH_WITH", &list)]), Some(0));
    assert!(project.read("list").contains("index.html\n"));
}

/// The shell of a step, found by its id.
fn shell(workflow: &Value, id: &str) -> String {
    let mut all = jobs(workflow).flat_map(|(_, job)| steps(job));
    let step = all.find(|step| step["id"] == id).unwrap();
    step["run"].as_str().unwrap().to_owned()
}

/// What a step says to those after it, run as GitHub runs it, with programs
/// of the project's folder in place of those of the machine.
#[cfg(unix)]
fn output(project: &Project, shell: &str, environment: &[(&str, &str)]) -> String {
    use std::os::unix::fs::PermissionsExt;

    for program in ["trainboard", "curl"] {
        let path = project.path(program);
        if path.exists() {
            fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
        }
    }
    project.write("output", "");
    let path = format!("{}:/usr/bin:/bin", project.root().display());
    let status = Command::new("bash")
        .args(["--noprofile", "--norc", "-e", "-o", "pipefail", "-c", shell])
        .env_clear()
        .env("PATH", path)
        .env("GITHUB_OUTPUT", project.path("output"))
        .envs(environment.iter().copied())
        .current_dir(project.path("html"))
        .status()
        .unwrap();
    assert!(status.success());
    project.read("output")
}

#[cfg(unix)]
#[test]
fn a_site_is_published_unless_a_daily_run_finds_it_as_it_should_be() {
    let shell = shell(&parsed(&written("")), "published");
    for (event, code, expected) in [
        ("schedule", 0, "stale=no\n"),
        ("schedule", 1, "stale=yes\n"),
        ("schedule", 3, "stale=yes\n"),
        ("push", 0, "stale=yes\n"),
        ("workflow_dispatch", 0, "stale=yes\n"),
    ] {
        let project = Project::new().file("html/index.html", "").file("trainboard", format!(
            "#!/bin/sh\n[ \"$*\" = 'check --published https://trains.example/x' ] || exit 9\nexit {code}\n"
        ));
        let environment = [("EVENT", event), ("SITE", "https://trains.example/x")];
        assert_eq!(
            output(&project, &shell, &environment),
            expected,
            "{event}, {code}"
        );
    }
}

#[cfg(unix)]
#[test]
fn a_book_is_published_only_when_its_bytes_differ() {
    let workflow = parsed(&written("--mdbook"));
    let (sum, published) = (shell(&workflow, "book"), shell(&workflow, "published"));
    let curl = "#!/bin/sh\nfor last; do :; done\ncat \"../there/${last##*/}\" 2>/dev/null\n";
    let book = || {
        Project::new()
            .file("html/index.html", "one")
            .file("html/a b/c.html", "two")
            .file("curl", curl)
    };

    let first = book();
    let told = output(&first, &sum, &[]);
    let told = told.strip_prefix("sum=").unwrap().trim_end().to_owned();
    assert_eq!(first.read("html/bytes.sha256"), format!("{told}\n"));

    // A first book, whose sum cannot be had; the same book; another one.
    let environment = [("BOOK", "https://trains.example/x"), ("SUM", told.as_str())];
    assert_eq!(output(&first, &published, &environment), "stale=yes\n");
    let second = book().file("there/bytes.sha256", first.read("html/bytes.sha256"));
    assert_eq!(output(&second, &sum, &[]), format!("sum={told}\n"));
    assert_eq!(output(&second, &published, &environment), "stale=no\n");
    let third = book().file("html/a b/c.html", "three");
    assert_ne!(output(&third, &sum, &[]), format!("sum={told}\n"));
}
