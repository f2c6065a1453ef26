//! Where trainboard runs: pipes that close, shells without a home, languages
//! and time zones. None of it changes a byte, and nothing panics.

use std::process::{Command, Output, Stdio};

use snapbox::cmd::cargo_bin;

use crate::project::Project;
use crate::schedules::WASMTIME;

fn project() -> Project {
    Project::with_schedule(WASMTIME)
        .file("content/index.md", "# Home\n\n<!-- trainboard board -->\n")
}

/// A script of the shell, in which `$0` is trainboard.
fn shell(project: &Project, script: &str) -> Output {
    Command::new("sh")
        .args(["-c", script])
        .arg(cargo_bin!("trainboard"))
        .current_dir(project.root())
        .env_clear()
        .env("PATH", "/usr/bin:/bin")
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

const COMMANDS: [&str; 7] = [
    "status --all --date 2026-11-20",
    "render gantt --date 2026-11-20",
    "explain",
    "schema",
    "completions bash",
    "man",
    "check --format json --date 2026-11-20",
];

#[test]
fn a_pipe_that_closes_early_is_no_error() {
    let project = project();
    for command in COMMANDS {
        let output = shell(
            &project,
            &format!("{{ $0 {command}; echo $? >code; }} | head -c 1 >first"),
        );
        assert_eq!(project.read("code"), "0\n", "{command}");
        assert_eq!(output.stderr, b"", "{command}");
        assert_eq!(project.read("first").len(), 1, "{command}");
    }
}

#[test]
fn a_closed_stdout_is_no_panic() {
    let project = project();
    for command in COMMANDS {
        let output = shell(&project, &format!("$0 {command} >&-"));
        assert!(
            matches!(output.status.code(), Some(0 | 3)),
            "{command}: {output:?}"
        );
    }
    let output = shell(
        &project,
        "$0 status --date x 2>&-; echo $?; $0 build --date 2026-11-20 <&- 2>&-; echo $?",
    );
    assert_eq!(output.stdout, b"2\n0\n");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_behind_stdout_is_the_machines_fault() {
    let project = project();
    for command in COMMANDS {
        let output = shell(&project, &format!("$0 {command} >/dev/full"));
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(3), "{command}: {said}");
        assert!(
            said.starts_with("error: stdout cannot be written: "),
            "{said}"
        );
    }
}

#[test]
fn neither_language_nor_home_nor_time_zone_changes_a_byte() {
    let everywhere = [
        "LANG=C LC_ALL=C",
        "LANG=tr_TR.UTF-8 LC_ALL=tr_TR.UTF-8",
        "TZ=Pacific/Kiritimati",
        "TZ=nowhere/at/all HOME=/nowhere TMPDIR=/nowhere",
        "TERM=dumb COLUMNS=1",
        "TERM=xterm-256color COLUMNS=300",
    ];
    for command in COMMANDS {
        let project = project();
        let usual = shell(&project, &format!("$0 {command}"));
        assert!(usual.status.success(), "{usual:?}");
        for surroundings in everywhere {
            let output = shell(&project, &format!("{surroundings} $0 {command}"));
            assert_eq!(output, usual, "{surroundings} {command}");
        }
    }
    let built = |surroundings: &str| {
        let project = project();
        let output = shell(
            &project,
            &format!("{surroundings} $0 build --date 2026-11-20"),
        );
        assert!(output.status.success(), "{surroundings}: {output:?}");
        project.read("public/index.html")
    };
    let usual = built("");
    for surroundings in everywhere {
        assert_eq!(built(surroundings), usual, "{surroundings}");
    }
}

/// Root may have any number of processes; nobody may not.
#[cfg(target_os = "linux")]
fn without_threads(command: &str) -> (Option<i32>, String) {
    let script = format!(
        "chmod -R a+rwX . && cp $0 ./program && \
        {{ [ $(id -u) = 0 ] && as='setpriv --reuid=64123 --clear-groups' || as=; }} ; \
        $as prlimit --nproc=1:1 ./program {command}"
    );
    let output = shell(&project(), &script);
    (
        output.status.code(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

#[cfg(target_os = "linux")]
#[test]
fn where_there_are_no_threads_the_work_is_done_without() {
    let (code, said) = without_threads("build --date 2026-11-20");
    assert_eq!(code, Some(0), "{said}");
    assert!(said.starts_with("built 1 page in public/"), "{said}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_preview_without_threads_says_what_it_needs() {
    let (code, said) = without_threads("serve --port 0 --date 2026-11-20");
    assert_eq!(code, Some(3), "{said}");
    assert_eq!(
        said,
        "error: the preview needs 4 threads of its own, and the system gives 0: raise the limit (`ulimit -u`)\n"
    );
}
