//! What writing a site may do to a folder, and what it may never do.

mod faults;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use snapbox::{assert_data_eq, str};
use tempfile::TempDir;
use trainboard::write::{
    Fault, Target, WriteError, Writing, Written, create_all, replace, replace_all,
};

/// What is to be written, by path.
type Files<'a> = BTreeMap<&'a str, &'a [u8]>;

fn write(target: &Target<'_>, site: &Files<'_>) -> Result<Written, WriteError> {
    let writing = Writing::begin(target, site.keys().copied())?;
    for (path, bytes) in site {
        writing.put(path, bytes)?;
    }
    writing.finish()
}

/// A project in a temporary folder, with sources and an output.
struct Project {
    root: TempDir,
    out: PathBuf,
    force: bool,
}

impl Project {
    fn new() -> Self {
        let root = TempDir::new().unwrap();
        fs::create_dir_all(root.path().join("content/guide")).unwrap();
        fs::write(root.path().join("content/index.md"), "# Trains").unwrap();
        let out = root.path().join("public");
        Self {
            root,
            out,
            force: false,
        }
    }

    /// A project whose output is there, with these files.
    fn holding(files: &[(&str, &str)]) -> Self {
        let project = Self::new();
        for (path, text) in files {
            project.put(path, text);
        }
        project
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.out.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn text(&self, path: &str) -> String {
        fs::read_to_string(self.out.join(path)).unwrap()
    }

    fn build(&self, files: &[(&str, &str)]) -> Result<Written, WriteError> {
        self.build_site(&site(files))
    }

    fn build_site(&self, site: &Files<'_>) -> Result<Written, WriteError> {
        let sources = [self.root.path().join("content")];
        let target = Target {
            out: &self.out,
            root: self.root.path(),
            sources: &sources,
            force: self.force,
        };
        write(&target, site)
    }

    #[track_caller]
    fn built(&self, files: &[(&str, &str)]) -> Written {
        self.build(files).unwrap()
    }

    /// The build fails, the folder is as before, and the message is this one,
    /// with the project's place left out.
    #[track_caller]
    fn fails(&self, files: &[(&str, &str)], fault: Fault, message: &str) {
        let before = tree(self.root.path());
        let error = self.build(files).unwrap_err();
        let place = format!("{}/", self.root.path().display());
        assert_eq!(error.to_string().replace(&place, ""), message);
        assert_eq!(error.fault(), fault);
        assert_eq!(tree(self.root.path()), before);
    }

    /// The files of the output but its manifest.
    fn files(&self) -> Vec<String> {
        let is_file = |(path, bytes): (String, Option<Vec<u8>>)| bytes.map(|_| path);
        let files = tree(&self.out).into_iter().filter_map(is_file);
        files.filter(|path| path != ".trainboard").collect()
    }
}

fn site<'a>(files: &[(&'a str, &'a str)]) -> Files<'a> {
    let files = files.iter().copied();
    files.map(|(path, text)| (path, text.as_bytes())).collect()
}

/// All that is in a folder: files with their bytes, folders and links without.
pub(crate) fn tree(folder: &Path) -> BTreeMap<String, Option<Vec<u8>>> {
    let inside = walkdir::WalkDir::new(folder).min_depth(1).into_iter();
    inside
        .map(Result::unwrap)
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).unwrap();
            let is_file = entry.file_type().is_file();
            let bytes = is_file.then(|| fs::read(entry.path()).unwrap());
            (path.to_str().unwrap().to_owned(), bytes)
        })
        .collect()
}

fn summary(written: usize, unchanged: usize, removed: usize) -> Written {
    Written {
        written,
        unchanged,
        removed,
    }
}

const SITE: &[(&str, &str)] = &[
    ("assets/style.css", "p {}"),
    ("guide/schedule.html", "<p>schedule"),
    ("index.html", "<p>trains"),
];

#[test]
fn a_site_is_written_whole() {
    let project = Project::new();
    assert_eq!(project.built(SITE), summary(3, 0, 0));
    assert_eq!(project.text("guide/schedule.html"), "<p>schedule");
    assert_eq!(
        project.files(),
        ["assets/style.css", "guide/schedule.html", "index.html"]
    );
}

#[test]
fn the_manifest_tells_paths_sizes_and_hashes() {
    let project = Project::new();
    project.built(&[("guide/a.html", "abc")]);
    assert_data_eq!(
        project.text(".trainboard"),
        str![[r#"
{
  "trainboard": "1",
  "files": {
    "guide/a.html": [
      {
        "size": 3,
        "sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
      }
    ]
  },
  "folders": [
    "guide"
  ]
}
"#]]
    );
}

#[test]
fn what_has_not_changed_is_not_touched() {
    let project = Project::new();
    project.built(SITE);
    let times = || {
        let path = |name| project.out.join(name);
        ["assets/style.css", "index.html", ".trainboard"]
            .map(|name| fs::metadata(path(name)).unwrap().modified().unwrap())
    };
    let before = times();
    std::thread::sleep(Duration::from_millis(20));
    assert_eq!(project.built(SITE), summary(0, 3, 0));
    assert_eq!(times(), before);

    let mut changed = SITE.to_vec();
    changed[2].1 = "<p>more trains";
    assert_eq!(project.built(&changed), summary(1, 2, 0));
    assert_eq!(times()[0], before[0]);
    assert_eq!(project.text("index.html"), "<p>more trains");
}

#[cfg(unix)]
#[test]
fn a_file_is_for_all_whom_the_umask_lets() {
    use std::os::unix::fs::PermissionsExt;

    let project = Project::new();
    project.put("../plain", "");
    project.built(SITE);
    let mode = |path: &str| {
        fs::metadata(project.out.join(path))
            .unwrap()
            .permissions()
            .mode()
    };
    assert_eq!(mode("index.html"), mode("../plain"));
}

#[test]
fn a_page_that_was_renamed_leaves_nothing_behind() {
    let project = Project::new();
    project.built(&[("a/b/old.html", "x"), ("index.html", "y")]);
    assert_eq!(
        project.built(&[("a/new.html", "x"), ("index.html", "y")]),
        summary(1, 1, 1)
    );
    assert_eq!(project.files(), ["a/new.html", "index.html"]);
    assert!(!project.out.join("a/b").exists(), "an empty folder stays");
}

#[test]
fn a_page_that_someone_has_changed_is_not_deleted() {
    let project = Project::new();
    project.built(&[("a/old.html", "x"), ("index.html", "y")]);
    project.put("a/old.html", "mine");
    assert_eq!(project.built(&[("index.html", "y")]), summary(0, 1, 0));
    assert_eq!(project.text("a/old.html"), "mine");
}

#[test]
fn what_trainboard_did_not_write_is_not_deleted() {
    let project = Project::new();
    project.built(SITE);
    project.put(".git/config", "[core]");
    project.put("CNAME", "trains.example");
    project.put("guide/notes.txt", "mine");
    fs::create_dir(project.out.join("empty")).unwrap();
    project.built(&[("index.html", "<p>new")]);
    project.built(&[]);
    assert_eq!(project.files(), [".git/config", "CNAME", "guide/notes.txt"]);
    assert!(project.out.join("empty").exists());
}

#[test]
fn a_folder_that_someone_else_made_is_not_removed() {
    let project = Project::new();
    project.built(&[("index.html", "")]);
    fs::create_dir(project.out.join("theirs")).unwrap();
    project.built(&[("index.html", ""), ("theirs/a.html", "")]);
    project.built(&[("index.html", "")]);
    assert!(project.out.join("theirs").exists());
}

#[test]
fn a_folder_that_is_not_ours_is_refused() {
    let project = Project::holding(&[("thesis.tex", "years of work")]);
    project.fails(
        SITE,
        Fault::Refused,
        "the output folder `public` is not empty, and not trainboard's",
    );
}

#[test]
fn force_adopts_a_folder_and_deletes_nothing() {
    let mut project = Project::holding(&[("thesis.tex", "years of work")]);
    project.force = true;
    project.built(SITE);
    project.force = false;
    project.built(&[("index.html", "<p>new")]);
    assert_eq!(project.files(), ["index.html", "thesis.tex"]);
}

#[test]
fn a_foreign_file_in_the_way_is_named_and_kept() {
    let mut project = Project::holding(&[("index.html", "mine")]);
    let message = "`public/index.html` is not as trainboard wrote it, and is not replaced";
    project.force = true;
    project.fails(SITE, Fault::Machine, message);

    let project = Project::new();
    project.built(SITE);
    project.put("index.html", "edited");
    project.fails(SITE, Fault::Machine, message);
}

#[test]
fn a_foreign_file_with_the_right_bytes_becomes_ours() {
    let mut project = Project::holding(&[("index.html", "<p>trains")]);
    project.force = true;
    assert_eq!(project.built(SITE), summary(2, 1, 0));
    project.force = false;
    project.built(&[("index.html", "<p>new")]);
    assert_eq!(project.text("index.html"), "<p>new");
}

#[test]
fn a_folder_where_a_file_should_be_is_named() {
    let project = Project::new();
    project.built(&[("a.html", "x")]);
    fs::create_dir(project.out.join("index.html")).unwrap();
    project.fails(
        SITE,
        Fault::Machine,
        "`public/index.html` is a folder, not a file",
    );
}

#[test]
fn a_file_where_a_folder_should_be_is_named() {
    let project = Project::new();
    project.built(&[("a.html", "x")]);
    project.put("guide", "mine");
    project.fails(
        SITE,
        Fault::Machine,
        "`public/guide` is no folder, and the site needs one there",
    );
}

#[cfg(unix)]
#[test]
fn nothing_is_written_or_deleted_through_a_link() {
    let project = Project::new();
    project.built(SITE);
    let outside = project.root.path().join("outside");
    fs::rename(project.out.join("guide"), &outside).unwrap();
    std::os::unix::fs::symlink(&outside, project.out.join("guide")).unwrap();
    project.fails(
        SITE,
        Fault::Machine,
        "`public/guide` is no folder, and the site needs one there",
    );
    project.built(&[("index.html", "<p>new")]);
    assert_eq!(tree(&outside).len(), 1);

    std::os::unix::fs::symlink("index.html", project.out.join("a.html")).unwrap();
    project.fails(
        &[("a.html", "<p>new")],
        Fault::Machine,
        "`public/a.html` is no regular file",
    );
}

#[test]
fn a_manifest_that_leads_out_is_refused() {
    let project = Project::new();
    project.built(&[("a.html", "")]);
    project.put(
        ".trainboard",
        &project.text(".trainboard").replace("a.html", "../a.html"),
    );
    project.fails(
        SITE,
        Fault::Refused,
        "`public/.trainboard` is not a manifest of trainboard",
    );
}

#[test]
fn a_path_that_leads_out_is_refused() {
    for path in ["../x", "/x", "a\\b", ".trainboard", "a/../../x"] {
        let message = format!("the path `{}` cannot be written to", path.escape_debug());
        Project::new().fails(&[(path, "")], Fault::Refused, &message);
    }
}

#[test]
fn dangerous_folders_are_refused() {
    let cases = [
        ("", "is the project's root"),
        ("public/..", "is the project's root"),
        ("..", "holds the project"),
        ("/", "holds the project"),
        ("content", "is `content`, a source"),
        ("content/guide", "lies in `content`, a source"),
        ("content/site/new", "lies in `content`, a source"),
        ("content/index.md", "lies in `content`, a source"),
    ];
    for (out, why) in cases {
        let mut project = Project::new();
        project.out = project.root.path().join(out);
        project.force = true;
        let place = project.out.display().to_string();
        let place = place.replace(&format!("{}/", project.root.path().display()), "");
        project.fails(
            SITE,
            Fault::Refused,
            &format!("the output folder `{place}` {why}"),
        );
    }
}

#[cfg(unix)]
#[test]
fn links_to_dangerous_folders_are_refused() {
    let cases = [
        (".", "is the project's root"),
        ("..", "holds the project"),
        ("/", "holds the project"),
        ("content", "is `content`, a source"),
        ("content/guide", "lies in `content`, a source"),
    ];
    for (leads_to, why) in cases {
        let mut project = Project::new();
        project.force = true;
        std::os::unix::fs::symlink(leads_to, &project.out).unwrap();
        project.fails(
            SITE,
            Fault::Refused,
            &format!("the output folder `public` {why}"),
        );
    }
}

#[cfg(unix)]
#[test]
fn a_link_to_a_folder_of_its_own_is_fine() {
    let project = Project::new();
    fs::create_dir(project.root.path().join("www")).unwrap();
    std::os::unix::fs::symlink("www", &project.out).unwrap();
    project.built(SITE);
    assert!(project.root.path().join("www/index.html").exists());
}

#[test]
fn an_output_that_holds_a_source_is_refused() {
    let project = Project::new();
    project.put("content/index.md", "# Trains");
    let sources = [project.out.join("content")];
    let target = Target {
        out: &project.out,
        root: &project.root.path().join("content"),
        sources: &sources,
        force: true,
    };
    let error = write(&target, &site(SITE)).unwrap_err();
    assert_eq!(error.fault(), Fault::Refused);
    assert!(error.to_string().contains("holds"), "{error}");
}

#[test]
fn an_output_that_is_a_file_is_refused() {
    let project = Project::new();
    fs::write(&project.out, "mine").unwrap();
    project.fails(
        SITE,
        Fault::Refused,
        "the output folder `public` is no folder",
    );
}

#[test]
fn a_killed_run_is_put_in_order() {
    let project = Project::new();
    project.built(SITE);
    project.put(".trainboard-part-a1b2c3d4e5f6g7h8", "half");
    project.put("guide/.trainboard-part-a1b2c3d4e5f6g7h8", "half");
    fs::copy(
        project.out.join(".trainboard"),
        project.out.join(".trainboard.next"),
    )
    .unwrap();
    assert_eq!(project.built(SITE), summary(0, 3, 0));
    assert_eq!(
        project.files(),
        ["assets/style.css", "guide/schedule.html", "index.html"]
    );
}

#[test]
fn a_first_run_that_was_killed_is_no_foreign_folder() {
    let project = Project::holding(&[(".trainboard-part-a1b2c3d4e5f6g7h8", "half")]);
    assert_eq!(project.built(SITE), summary(3, 0, 0));
    assert_eq!(project.files().len(), 3);
}

/// One file that is written beside those of a site that is under way.
#[test]
fn what_a_living_run_has_staged_is_not_swept() {
    let project = Project::new();
    project.built(&[("assets/a.css", "old")]);
    let target = Target {
        out: &project.out,
        root: project.root.path(),
        sources: &[],
        force: false,
    };
    let writing = Writing::begin(&target, ["assets/a.css"]).unwrap();
    writing.put("assets/a.css", b"new").unwrap();
    assert!(replace(&project.out.join("assets/badge.svg"), b"<svg/>").unwrap());
    writing.finish().unwrap();
    assert_eq!(project.text("assets/a.css"), "new");
    assert_eq!(project.files(), ["assets/a.css", "assets/badge.svg"]);
}

#[test]
fn a_name_that_only_begins_like_a_temporary_one_is_kept() {
    let names = [
        ".trainboard-notes.txt",
        ".trainboard-backup",
        ".trainboard-part-a1b2c3d4e5f6g7h8d",
        ".trainboard-part-a1b2-c3d4e5f6g7h",
    ];
    let project = Project::new();
    project.built(&[("index.html", "1")]);
    for name in names {
        project.put(name, "mine");
    }
    project.built(&[("index.html", "2")]);
    for name in names {
        assert_eq!(project.text(name), "mine", "{name}");
    }
}

#[test]
fn a_folder_without_a_manifest_is_never_swept() {
    let project = Project::holding(&[(".trainboard-notes.txt", "mine")]);
    project.fails(
        &[("index.html", "1")],
        Fault::Refused,
        "the output folder `public` is not empty, and not trainboard's",
    );
    assert_eq!(project.text(".trainboard-notes.txt"), "mine");
    let adopted = Project {
        force: true,
        ..Project::holding(&[
            ("CNAME", "x"),
            (".trainboard-part-a1b2c3d4e5f6g7h8", "mine"),
        ])
    };
    adopted.built(&[("index.html", "1")]);
    assert_eq!(adopted.text(".trainboard-part-a1b2c3d4e5f6g7h8"), "mine");
}

#[test]
fn one_file_is_replaced_when_it_differs() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("table.html");
    assert!(replace(&path, b"one").unwrap());
    assert!(!replace(&path, b"one").unwrap());
    assert!(replace(&path, b"two").unwrap());
    assert_eq!(fs::read(&path).unwrap(), b"two");
    assert_eq!(tree(folder.path()).len(), 1);
}

#[test]
fn the_folders_of_one_file_are_made() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("src/generated/board.md");
    assert!(replace(&path, b"board").unwrap());
    assert_eq!(fs::read(&path).unwrap(), b"board");

    let error = replace(&path.join("below/a-file.md"), b"").unwrap_err();
    let message = "src/generated/board.md/below` cannot be made: not a directory";
    assert!(error.to_string().ends_with(message), "{error}");
    assert_eq!(fs::read(&path).unwrap(), b"board");
}

/// So a project whose `init` was killed is either not begun or whole. Of two
/// names for one place, that which comes later finds it taken.
#[test]
fn of_several_new_files_the_first_comes_last() {
    let folder = TempDir::new().unwrap();
    let [first, second] = ["schedule", "./schedule"].map(|name| folder.path().join(name));
    let error = create_all(&[(&first, b"1"), (&second, b"2")], &[]).unwrap_err();
    let place = first.display();
    assert_eq!(
        error.to_string(),
        format!("`{place}` cannot be made: entity already exists")
    );
    assert_eq!(tree(folder.path()), BTreeMap::new());
}

#[test]
fn of_several_files_all_are_replaced_or_none() {
    let folder = TempDir::new().unwrap();
    let path = |name: &str| folder.path().join(name);
    let (first, new, last) = (path("first"), path("new/file"), path("last"));
    fs::write(&first, "one").unwrap();
    fs::write(&last, "one").unwrap();
    let mut mode = fs::metadata(&last).unwrap().permissions();
    mode.set_readonly(true);
    fs::set_permissions(&last, mode).unwrap();

    let files: [(&Path, &[u8]); 3] = [(&first, b"two"), (&new, b"two"), (&last, b"two")];
    let error = replace_all(&files).unwrap_err();
    let message = "last` cannot be replaced: permission denied";
    assert!(error.to_string().ends_with(message), "{error}");
    assert_eq!(fs::read(&first).unwrap(), b"one");
    assert_eq!(tree(folder.path()).len(), 2);

    let changed = replace_all(&[(&first, b"two"), (&new, b"two"), (&last, b"one")]);
    assert_eq!(changed.unwrap(), [true, true, false]);
}

#[cfg(unix)]
#[test]
fn replacing_keeps_links_and_permissions() {
    use std::os::unix::fs::PermissionsExt;

    let folder = TempDir::new().unwrap();
    let (file, link) = (folder.path().join("file"), folder.path().join("link"));
    fs::write(&file, "one").unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    std::os::unix::fs::symlink("file", &link).unwrap();
    assert!(replace(&link, b"two").unwrap());
    assert!(link.is_symlink());
    assert_eq!(fs::read(&file).unwrap(), b"two");
    assert_eq!(
        fs::metadata(&file).unwrap().permissions().mode() & 0o777,
        0o640
    );
}

#[cfg(unix)]
#[test]
fn a_pipe_is_written_to_and_not_replaced() {
    let folder = TempDir::new().unwrap();
    let pipe = folder.path().join("pipe");
    assert!(
        Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap()
            .success()
    );
    let reader = std::thread::spawn({
        let pipe = pipe.clone();
        move || fs::read(pipe).unwrap()
    });
    assert!(replace(&pipe, b"table").unwrap());
    assert_eq!(reader.join().unwrap(), b"table");
    assert!(!fs::metadata(&pipe).unwrap().is_file());
}

#[test]
fn where_one_of_several_new_files_cannot_be_made_none_is() {
    let project = Project::new();
    let root = project.root.path();
    let before = tree(root);
    let (first, second) = (root.join("a/b/one.txt"), root.join("x".repeat(300)));
    let new: [(&Path, &[u8]); 2] = [(&first, b"1"), (&second, b"2")];
    let error = create_all(&new, &[]).unwrap_err();
    assert_eq!(error.fault(), Fault::Machine);
    let replaced: [(&Path, &[u8]); 1] = [(&second, b"2")];
    let error = create_all(&new[..1], &replaced).unwrap_err();
    assert_eq!(error.fault(), Fault::Machine);
    assert_eq!(tree(root), before);
    assert!(!root.join("a").exists());
    assert_eq!(create_all(&new[..1], &[]).unwrap(), [true]);
    assert_eq!(create_all(&new[..1], &[]).unwrap(), [false]);
}
