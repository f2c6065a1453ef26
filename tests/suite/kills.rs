//! Commands that are killed on their way, wherever that is. With
//! `TRAINBOARD_KILLS=200` each is killed two hundred times and not five.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use snapbox::cmd::cargo_bin;
use walkdir::WalkDir;

use crate::project::Project;
use crate::write::tree;

/// All that is in a folder: files with their bytes, folders without.
type Tree = BTreeMap<String, Option<Vec<u8>>>;

/// The folder that a project lies in, after which `init` calls it.
const FOLDER: &str = "lantern";

/// How long a command may go on after the first that is seen of it.
const LAST: Duration = Duration::from_millis(2);

/// A command, and a project before it and after it.
struct Deed {
    command: &'static str,
    before: Tree,
    after: Tree,
    time: Duration,
}

impl Deed {
    fn new(command: &'static str, project: &Project) -> Self {
        let before = tree(project.root());
        let start = Instant::now();
        run(command, project);
        Self {
            command,
            before,
            time: start.elapsed(),
            after: tree(project.root()),
        }
    }

    /// Kills it that often: by turns some time after its start, and some time
    /// after the first that is seen of it.
    fn kill(&self, times: u32) -> Figures {
        let mut figures = Figures::default();
        for n in 0..times {
            let project = self.project();
            let mut child = call(self.command, &project).spawn().unwrap();
            let share = f64::from(n) / f64::from(times);
            if n % 2 == 0 {
                thread::sleep(self.time.mul_f64(share));
            } else {
                self.wait_for_trace(&project, &mut child);
                // Most of them soon: what is short is done by then.
                thread::sleep(LAST.mul_f64(share * share));
            }
            child.kill().unwrap();
            figures.hit += u32::from(child.wait().unwrap().signal().is_some());
            let there = tree(project.root());
            figures.half_done += u32::from(there != self.before && there != self.after);
            self.assert_whole(&there);
            run(self.command, &project);
            self.assert_done(&tree(project.root()));
        }
        figures
    }

    /// The project as it was.
    fn project(&self) -> Project {
        let project = Project::new();
        for (path, bytes) in &self.before {
            match bytes {
                Some(bytes) => project.write(path, bytes),
                None => fs::create_dir_all(project.path(path)).unwrap(),
            }
        }
        project
    }

    fn wait_for_trace(&self, project: &Project, child: &mut Child) {
        let count = || {
            WalkDir::new(project.root())
                .min_depth(1)
                .into_iter()
                .count()
        };
        while count() == self.before.len() && child.try_wait().unwrap().is_none() {}
    }

    /// Every file is wholly old or wholly new, and what stays is there.
    fn assert_whole(&self, there: &Tree) {
        let is_passing =
            |path: &str| path.contains("/.trainboard-part-") || path.ends_with("/.trainboard.next");
        for (path, bytes) in there {
            let known = [&self.before, &self.after].map(|tree| tree.get(path));
            let is_whole = known.contains(&Some(bytes)) || is_passing(path);
            assert!(is_whole, "{}: `{path}` is torn", self.command);
        }
        let staying = self.before.keys();
        for path in staying.filter(|path| self.after.contains_key(*path)) {
            let is_there = there.contains_key(path);
            assert!(is_there, "{}: `{path}` is lost", self.command);
        }
    }

    /// All is as if nobody had been killed.
    fn assert_done(&self, there: &Tree) {
        let paths = there.keys().chain(self.after.keys());
        let mut odd = paths.filter(|path| there.get(*path) != self.after.get(*path));
        assert_eq!(odd.next(), None, "{}", self.command);
    }
}

/// How many kills found the command still at work, and how many its work half
/// done.
#[derive(Default)]
struct Figures {
    hit: u32,
    half_done: u32,
}

fn call(command: &str, project: &Project) -> Command {
    let mut call = Command::new(cargo_bin!("trainboard"));
    call.args(command.split_whitespace())
        .current_dir(project.path(FOLDER))
        .env_clear()
        .env("SOURCE_DATE_EPOCH", "1795132800")
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    call
}

#[track_caller]
fn run(command: &str, project: &Project) {
    let output = call(command, project).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command}: {said}");
}

/// A project with these files, and one that is nobody's but the user's.
fn project(files: &[(&str, &str)]) -> Project {
    let notes = (".trainboard-notes.txt", "mine");
    let files = files.iter().chain([&notes]);
    files.fold(Project::new(), |project, (path, text)| {
        project.file(&format!("{FOLDER}/{path}"), text)
    })
}

const SCHEDULE: (&str, &str) = (
    "schedule.toml",
    "[project]\nname = \"Lantern\"\n[[train]]\nversion = \"1\"\nrelease = 2026-01-20\n",
);

/// A site of which everything changes, and one page gets another name.
fn site() -> Project {
    let page = "# Page\n\n<!-- trainboard board -->\n";
    let pages = (0..3).map(|n| format!("content/guide/{n}/page.md"));
    let pages: Vec<_> = pages.collect();
    let pages = pages.iter().map(|path| (path.as_str(), page));
    let others = [
        SCHEDULE,
        ("content/index.md", page),
        ("static/CNAME", "a.example"),
    ];
    project(&others.into_iter().chain(pages).collect::<Vec<_>>())
}

fn changed_site() -> Project {
    let site = site();
    run("build", &site);
    let path = |path: &str| site.path(&format!("{FOLDER}/{path}"));
    fs::rename(path("content/guide/1"), path("content/guide/renamed")).unwrap();
    fs::write(path("schedule.toml"), SCHEDULE.1.replace("Lantern", "Lamp")).unwrap();
    fs::write(path("public/notes.txt"), "mine").unwrap();
    site
}

fn documents() -> Project {
    let (open, close) = (
        "# Page\n\n<!-- trainboard gantt -->\n",
        "<!-- /trainboard -->\n",
    );
    let page = format!("{open}{close}");
    project(&[
        SCHEDULE,
        ("README.md", &page),
        ("docs/a.md", &page),
        ("docs/b.md", &page),
    ])
}

fn records() -> Project {
    let node = include_str!("../data/node-schedule.json");
    let changes = "## 1.0.1 - 2026-02-20\n\n## 1.0.0 - 2026-01-20\n";
    project(&[SCHEDULE, ("CHANGES.md", changes), ("node.json", node)])
}

#[test]
fn a_killed_command_tears_and_loses_nothing_and_the_next_run_clears_up() {
    let deeds = [
        Deed::new("build", &site()),
        Deed::new("build", &changed_site()),
        Deed::new(
            "update README.md docs/a.md docs/b.md --chart docs/chart.svg",
            &documents(),
        ),
        Deed::new("import changelog CHANGES.md", &records()),
        Deed::new(
            "import node node.json --output new/folder/schedule.toml",
            &records(),
        ),
        Deed::new("init --ci github", &project(&[])),
        Deed::new("theme eject page.html", &project(&[])),
    ];
    let times = std::env::var("TRAINBOARD_KILLS");
    let times = times.map_or(5, |times| times.parse().unwrap());
    let mut interrupted = 0;
    for deed in deeds {
        let Figures { hit, half_done } = deed.kill(times);
        interrupted += half_done;
        tell(&format!(
            "{hit} of {times} hit, {half_done} half done: {}",
            deed.command
        ));
    }
    assert!(interrupted > 0, "no command was interrupted in its work");
}

#[expect(clippy::print_stdout, reason = "figures for who asks for them")]
fn tell(figures: &str) {
    println!("{figures}");
}
