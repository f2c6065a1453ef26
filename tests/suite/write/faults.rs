//! Writers that are killed, starved or crowded: processes of their own, which
//! are this binary run again with [`writer`] as its only test.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;
use trainboard::write::{Fault, Target, replace};

use super::{Files, Project, tree, write};

const ROLE: &str = "TRAINBOARD_TEST_WRITER";

/// Is nothing by itself. In a child it writes sites of growing generation into
/// the folder it is told, prints what came of it, and ends after the last.
#[test]
fn writer() {
    let Ok(role) = std::env::var(ROLE) else {
        return;
    };
    let mut words = role.splitn(3, ' ');
    let mut number = || words.next().unwrap().parse::<usize>().unwrap();
    let (first, last) = (number(), number());
    let project = PathBuf::from(words.next().unwrap());
    let target = Target {
        out: &project.join("public"),
        root: &project,
        sources: &[],
        force: false,
    };
    let mut stdout = std::io::stdout();
    writeln!(stdout, "\nready").unwrap();
    for generation in first..=last {
        let said = match write(&target, &files(&site(generation))) {
            Ok(_) => "written".to_owned(),
            Err(error) => format!("{:?}: {error}", error.fault()),
        };
        writeln!(stdout, "{said}").unwrap();
    }
}

/// A site whose files all differ from generation to generation, and a page
/// that is renamed every time.
fn site(generation: usize) -> Site {
    let pages = (0..12).map(|n| format!("guide/{}/page-{n}.html", n % 3));
    let assets = (0..4).map(|n| format!("assets/{n}.css"));
    let renamed = format!("renamed-{0}/page-{0}.html", generation % 3);
    let all = pages
        .chain(assets)
        .chain([renamed, "index.html".to_owned()]);
    all.map(|path| {
        let bytes = content(&path, generation);
        (path, bytes)
    })
    .collect()
}

type Site = BTreeMap<String, Vec<u8>>;

fn files(site: &Site) -> Files<'_> {
    let files = site.iter();
    files
        .map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
        .collect()
}

fn content(path: &str, generation: usize) -> Vec<u8> {
    let line = format!("{generation} {path}\n");
    line.repeat(3000 / line.len() + generation % 7).into_bytes()
}

fn writer_of(project: &Path, first: usize, last: usize) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    let role = format!("{first} {last} {}", project.display());
    command
        .args(["--exact", "write::faults::writer", "--nocapture", "--quiet"])
        .env(ROLE, role)
        .stdin(Stdio::null())
        .stdout(Stdio::piped());
    command
}

/// What a writer said, a line for each generation.
fn said(command: &mut Command) -> Vec<String> {
    let output = command.output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let said = text.lines().skip_while(|line| *line != "ready").skip(1);
    let is_ours = |line: &&str| *line == "written" || line.contains(": ");
    said.take_while(is_ours).map(str::to_owned).collect()
}

/// The generation of each file, by path. Fails if one is no whole file of one.
fn generations(project: &Project) -> BTreeMap<String, usize> {
    let files = tree(&project.out).into_iter();
    files
        .filter(|(path, bytes)| bytes.is_some() && !path.contains(".trainboard"))
        .map(|(path, bytes)| {
            let bytes = bytes.unwrap();
            let text = String::from_utf8_lossy(&bytes);
            let generation = text.split(' ').next().unwrap().parse().unwrap();
            assert!(bytes == content(&path, generation), "`{path}` is torn");
            (path, generation)
        })
        .collect()
}

/// What came early is at least as new as what came late.
fn assert_order(generations: &BTreeMap<String, usize>) {
    let of = |prefix: &str| {
        let these = generations
            .iter()
            .filter(|(path, _)| path.starts_with(prefix));
        these.map(|(_, generation)| *generation).collect::<Vec<_>>()
    };
    let (assets, pages, index) = (of("assets/"), of("guide/"), of("index.html"));
    let newest = generations.values().max().copied().unwrap_or(0);
    assert!(assets.iter().min() >= pages.iter().max(), "{generations:?}");
    assert!(pages.iter().min() >= index.iter().max(), "{generations:?}");
    let mixed = [&assets, &pages, &index].into_iter().flatten();
    assert!(
        mixed.into_iter().all(|it| newest - it <= 1),
        "{generations:?}"
    );
}

fn kill_after(mut child: Child, pause: Duration) {
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap() == "ready"), "no writer");
    std::thread::sleep(pause);
    child.kill().unwrap();
    // Its output is read to the end so that it never waits for us.
    drop(lines);
    child.wait().unwrap();
}

#[test]
fn a_killed_run_leaves_every_file_wholly_old_or_wholly_new() {
    let project = Project::new();
    let mut interrupted = 0;
    for round in 1..=500 {
        let first = round * 100_000;
        let child = writer_of(project.root.path(), first, usize::MAX).spawn();
        let pause = Duration::from_micros((round as u64 * 7919) % 9000);
        kill_after(child.unwrap(), pause);

        if project.out.join(".trainboard.next").exists() {
            interrupted += 1;
            assert_order_of_run(&project, first);
        }
        generations(&project);
        // Now and then a run that was killed is followed by another such.
        if round % 3 != 0 {
            assert_repaired(&project, first + 99_999);
        }
    }
    assert!(
        interrupted >= 30,
        "only {interrupted} runs were interrupted"
    );
}

/// The first write of a child follows the repair of the one before.
fn assert_order_of_run(project: &Project, first: usize) {
    let generations = generations(project);
    if generations.values().all(|generation| *generation >= first) {
        assert_order(&generations);
    }
}

/// The next build leaves its own site and nothing else.
fn assert_repaired(project: &Project, generation: usize) {
    let site = site(generation);
    project.build_site(&files(&site)).unwrap();
    let paths: Vec<_> = site.keys().cloned().collect();
    assert_eq!(project.files(), paths);
    assert!(generations(project).values().all(|it| *it == generation));
}

#[test]
fn twenty_builds_at_once_take_turns() {
    let project = Project::new();
    let start = |n: usize| {
        let mut command = writer_of(project.root.path(), n * 10, n * 10 + 4);
        std::thread::spawn(move || said(&mut command))
    };
    let builds: Vec<_> = (1..=20).map(start).collect();
    for build in builds {
        assert_eq!(build.join().unwrap(), ["written"; 5]);
    }
    let generations = generations(&project);
    let last = *generations.values().next().unwrap();
    assert!(generations.keys().eq(site(last).keys()));
    assert!(generations.values().all(|generation| *generation == last));
    assert!(!project.out.join(".trainboard.next").exists());
}

/// Runs a command in a writer's stead: `sh` with the writer as `"$@"`.
fn in_shell(script: &str, writer: &Command) -> Command {
    let mut shell = Command::new("sh");
    shell.args(["-c", script, "sh"]).arg(writer.get_program());
    shell.args(writer.get_args()).stdin(Stdio::null());
    for (name, value) in writer.get_envs() {
        shell.env(name, value.unwrap());
    }
    shell
}

#[cfg(unix)]
#[test]
fn over_the_limit_of_file_sizes_the_old_site_stays() {
    let project = Project::new();
    let root = project.root.path();
    let limited = |n| {
        said(&mut in_shell(
            r#"ulimit -f 1; exec "$@""#,
            &writer_of(root, n, n),
        ))
    };
    let refused = |said: Vec<String>| {
        let [line] = said.as_slice() else {
            panic!("{said:?}")
        };
        assert!(line.starts_with("Machine: `"), "{line}");
        assert!(
            line.ends_with("` cannot be written: file too large"),
            "{line}"
        );
    };
    refused(limited(1));
    assert!(!project.out.exists(), "an empty folder stays");

    project.build_site(&files(&site(1))).unwrap();
    let before = tree(root);
    refused(limited(2));
    assert_eq!(tree(root), before);
}

const SMALL_DISK: &str = "TRAINBOARD_TEST_SMALL_DISK";

/// The disk holds one site and not a second one beside it. It is mounted in a
/// namespace of its own, by a child that is this test again. Where the system
/// allows no such thing, a device that is always full has to do.
#[cfg(target_os = "linux")]
#[test]
fn on_a_full_disk_the_old_site_stays() {
    if let Ok(root) = std::env::var(SMALL_DISK) {
        return fill_the_disk(Path::new(&root));
    }
    let full = replace(Path::new("/dev/full"), b"x").unwrap_err();
    assert_eq!(
        full.to_string(),
        "`/dev/full` cannot be written: no storage space"
    );
    let project = Project::new();
    fs::create_dir(&project.out).unwrap();
    let on_small_disk = |command: &[&str]| {
        let mount = r#"mount -t tmpfs -o size=120k none "$0" && exec "$@""#;
        let mut unshare = Command::new("unshare");
        unshare.args(["--map-root-user", "--mount", "sh", "-c", mount]);
        unshare.arg(&project.out).args(command);
        unshare.env(SMALL_DISK, project.root.path());
        unshare.output().unwrap()
    };
    if on_small_disk(&["true"]).status.success() {
        let this = std::env::current_exe().unwrap();
        let name = "write::faults::on_a_full_disk_the_old_site_stays";
        let ran = on_small_disk(&[this.to_str().unwrap(), "--exact", name]);
        assert!(
            ran.status.success(),
            "{}",
            String::from_utf8_lossy(&ran.stdout)
        );
    }
}

fn fill_the_disk(root: &Path) {
    let target = Target {
        out: &root.join("public"),
        root,
        sources: &[],
        force: false,
    };
    write(&target, &files(&site(1))).unwrap();
    let before = tree(root);
    let error = write(&target, &files(&site(2))).unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("` cannot be written: no storage space"),
        "{error}"
    );
    assert_eq!(error.fault(), Fault::Machine);
    assert_eq!(tree(root), before);
}

/// Folders that cannot be written to: the outermost, one with a page that has
/// changed, one from which a page is only deleted.
#[cfg(unix)]
#[test]
fn in_a_read_only_folder_the_old_site_stays() {
    use std::os::unix::fs::PermissionsExt;

    let cases = [
        ("", ".trainboard.next"),
        ("guide/0", "guide/0/page-0.html"),
        ("renamed-1", "renamed-1/page-1.html"),
    ];
    for (read_only, named) in cases {
        let project = Project::new();
        let writer = Unprivileged::new(project.root.path());
        assert_eq!(writer.said(1), ["written"]);
        let before = tree(project.root.path());
        let folder = project.out.join(read_only);
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).unwrap();
        let path = project.out.join(named).display().to_string();
        let message = format!("Machine: `{path}` cannot be written: permission denied");
        assert_eq!(writer.said(2), [message]);
        assert_eq!(tree(project.root.path()), before);
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
        assert_eq!(writer.said(2), ["written"]);
    }
}

/// Writers that permissions hold for, even where the tests are run by root.
#[cfg(unix)]
struct Unprivileged<'a> {
    project: &'a Path,
    /// Holds a copy of this binary that everyone may run.
    _folder: TempDir,
    binary: PathBuf,
    user: Option<u32>,
}

#[cfg(unix)]
impl<'a> Unprivileged<'a> {
    const NOBODY: u32 = 65534;

    fn new(project: &'a Path) -> Self {
        use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};

        let folder = TempDir::new().unwrap();
        let binary = folder.path().join("writer");
        // By another process: a child of another test could else inherit the
        // file while it is open for writing, and it could not be run.
        let this = std::env::current_exe().unwrap();
        let copied = Command::new("cp").arg(this).arg(&binary).status().unwrap();
        assert!(copied.success());
        let is_root = fs::metadata(project).unwrap().uid() == 0;
        if is_root {
            for open in [folder.path(), project] {
                fs::set_permissions(open, fs::Permissions::from_mode(0o755)).unwrap();
            }
            chown(project, Some(Self::NOBODY), None).unwrap();
        }
        Self {
            project,
            _folder: folder,
            binary,
            user: is_root.then_some(Self::NOBODY),
        }
    }

    fn said(&self, generation: usize) -> Vec<String> {
        use std::os::unix::process::CommandExt;

        let writer = writer_of(self.project, generation, generation);
        let mut command = Command::new(&self.binary);
        command.args(writer.get_args()).stdin(Stdio::null());
        for (name, value) in writer.get_envs() {
            command.env(name, value.unwrap());
        }
        if let Some(user) = self.user {
            command.uid(user);
        }
        said(&mut command)
    }
}
