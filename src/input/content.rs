//! Content, static files and templates, read from their folders.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::{ReadError, front_matter};
use crate::diagnostic::{Diagnostic, Source, sound};
use crate::output::{SitePath, is_temporary};
use crate::site::{Asset, Content, PageFile, Settings, Template};

/// Everything that a site is made from, read from a project's folder.
///
/// # Errors
///
/// All files that are no files, lead out of the project, or are not text.
pub fn read(root: &Path, settings: &Settings) -> Result<Content, ReadError> {
    let project = ProjectFolder::new(root)?;
    let folder = &*settings.content;
    if !root.join(folder).is_dir() {
        let title = format!("there is no folder `{folder}`");
        let error = Diagnostic::error("no-content", title);
        let help = "make it, with an `index.md` in it, or name another folder in `trainboard.toml`";
        return Err(ReadError::Content(vec![error.help(help)]));
    }
    let content = project.files(folder, Hidden::Skip)?;
    let statics = project.files("static", Hidden::Keep)?;
    let templates = project.files("templates", Hidden::Skip)?;
    let (markdown, assets): (Vec<_>, Vec<_>) = content.into_iter().partition(is_markdown);
    let (summary, pages): (Vec<_>, Vec<_>) = markdown.into_iter().partition(is_summary);
    let mut wrong = Vec::new();
    let content = Content {
        pages: all(pages, page, &mut wrong)?,
        summary: all(summary, |file| text(&file), &mut wrong)?.pop(),
        assets: all(assets, asset, &mut wrong)?,
        statics: all(statics, asset, &mut wrong)?,
        templates: all(templates, template, &mut wrong)?,
    };
    sound(content, wrong).map_err(ReadError::Content)
}

/// The chapters of a book, which lie in that folder of its own.
///
/// # Errors
///
/// All files that are no files, lead out of the project, or are not text.
pub fn chapters(root: &Path, folder: &str) -> Result<Vec<Arc<Source>>, ReadError> {
    let files = ProjectFolder::new(root)?.files(folder, Hidden::Skip)?;
    let (markdown, _): (Vec<_>, Vec<_>) = files.into_iter().partition(is_markdown);
    let mut wrong = Vec::new();
    let chapters = markdown.into_iter().filter(|file| !is_summary(file));
    let chapters = all(chapters.collect(), |file| text(&file), &mut wrong)?;
    sound(chapters, wrong).map_err(ReadError::Content)
}

/// What each of those files is; what is wrong with any goes to the rest of
/// that.
fn all<T: Send>(
    files: Vec<Found>,
    read: fn(Found) -> Result<T, ReadError>,
    wrong: &mut Vec<Diagnostic>,
) -> Result<Vec<T>, ReadError> {
    let read: Vec<_> = files.into_par_iter().map(read).collect();
    let mut items = Vec::with_capacity(read.len());
    for item in read {
        match item {
            Ok(item) => items.push(item),
            Err(ReadError::Content(found)) => wrong.extend(found),
            Err(machine) => return Err(machine),
        }
    }
    Ok(items)
}

/// A file that was found.
pub(super) struct Found {
    /// Where it is.
    path: PathBuf,
    /// As the user would write it.
    pub(super) name: String,
    /// From the folder that was walked.
    below: SitePath,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Hidden {
    Skip,
    Keep,
}

pub(super) struct ProjectFolder<'a> {
    root: &'a Path,
    /// Without links, so that it can be compared.
    real: PathBuf,
}

impl<'a> ProjectFolder<'a> {
    pub(super) fn new(root: &'a Path) -> Result<Self, ReadError> {
        let root = if root == Path::new("") {
            Path::new(".")
        } else {
            root
        };
        let real = root
            .canonicalize()
            .map_err(|error| ReadError::machine(&root.display().to_string(), &error))?;
        Ok(Self { root, real })
    }

    /// All files in a folder of the project; none when there is no folder.
    pub(super) fn files(&self, folder: &str, hidden: Hidden) -> Result<Vec<Found>, ReadError> {
        let top = self.root.join(folder);
        if fs::symlink_metadata(&top).is_err_and(|error| error.kind() == io::ErrorKind::NotFound) {
            return Ok(Vec::new());
        }
        let mut wrong = Vec::new();
        let mut files = Vec::new();
        let walk = WalkDir::new(&top).follow_links(true).sort_by_file_name();
        let mut walk = walk
            .into_iter()
            .filter_entry(|entry| !is_left_out(entry, hidden));
        while let Some(entry) = walk.next() {
            match entry {
                Err(error) => wrong.push(broken(&error, &top, folder)?),
                Ok(entry) => match self.file(&entry, &top, folder) {
                    Ok(file) => files.extend(file),
                    Err(error) => {
                        wrong.push(error);
                        if entry.file_type().is_dir() {
                            walk.skip_current_dir();
                        }
                    }
                },
            }
        }
        sound(files, wrong).map_err(ReadError::Content)
    }

    fn file(
        &self,
        entry: &DirEntry,
        top: &Path,
        folder: &str,
    ) -> Result<Option<Found>, Diagnostic> {
        let name = name_of(entry.path(), top, folder);
        if entry.path_is_symlink() {
            self.follow(entry.path(), &name)?;
        }
        let kind = entry.file_type();
        if kind.is_dir() {
            return Ok(None);
        }
        if !kind.is_file() {
            return Err(super::special(&name));
        }
        let below = name[folder.len()..].trim_start_matches('/');
        let below = SitePath::new(below)
            .map_err(|bad| Diagnostic::error("bad-path", format!("in `{folder}`, {bad}")))?;
        let path = entry.path().to_owned();
        Ok(Some(Found { path, name, below }))
    }

    /// Whether a file, where there is one, stays in the project.
    pub(super) fn expect_inside(&self, name: &str) -> Result<(), ReadError> {
        let path = self.root.join(name);
        if !path.exists() {
            return Ok(());
        }
        self.follow(&path, name)
            .map_err(|error| ReadError::Content(vec![error]))
    }

    /// Whether a link may be followed.
    fn follow(&self, link: &Path, name: &str) -> Result<(), Diagnostic> {
        let target = link.canonicalize().unwrap_or_default();
        if !target.starts_with(&self.real) {
            let title = format!("the link `{name}` leads out of the project");
            return Err(Diagnostic::error("link-out", title));
        }
        let folder = link.parent().and_then(|folder| folder.canonicalize().ok());
        if folder.is_some_and(|folder| folder.starts_with(&target)) {
            return Err(circle(name));
        }
        Ok(())
    }
}

/// Whether a file or folder of a project, where there is one, stays in it.
///
/// # Errors
///
/// When it is a link that leads out of it.
pub fn expect_inside(root: &Path, name: &str) -> Result<(), ReadError> {
    ProjectFolder::new(root)?.expect_inside(name)
}

/// Whether a new file, whose path may first lead up to the top of a repository,
/// stays below that.
///
/// # Errors
///
/// When a folder on its way is a link that leads out.
pub fn expect_place_inside(path: &str) -> Result<(), ReadError> {
    let (top, below) = path.split_at(path.rfind("../").map_or(0, |up| up + "../".len()));
    let project = ProjectFolder::new(Path::new(top))?;
    let mut folders = below.match_indices('/').map(|(end, _)| &below[..end]);
    folders.try_for_each(|folder| project.expect_inside(folder))
}

/// Whether a file that a book names is in the repository of the book, or else
/// in its folder.
///
/// # Errors
///
/// When it is not.
pub fn expect_in_book(root: &Path, name: &str) -> Result<(), ReadError> {
    let real = ProjectFolder::new(root)?.real;
    let border = real.ancestors().find(|folder| folder.join(".git").exists());
    let is_inside = |path: PathBuf| path.starts_with(border.unwrap_or(&real));
    if root
        .join(name)
        .canonicalize()
        .is_ok_and(|path| !is_inside(path))
    {
        let title = format!("`{name}` is outside the repository of the book");
        let error = Diagnostic::error("bad-path", title);
        let error = error.help("keep a copy of it in the repository");
        return Err(ReadError::Content(vec![error]));
    }
    Ok(())
}

/// A link that leads nowhere or in a circle is the content's fault, all
/// else the machine's.
fn broken(error: &walkdir::Error, top: &Path, folder: &str) -> Result<Diagnostic, ReadError> {
    let path = error.path().unwrap_or(top).to_owned();
    let name = name_of(&path, top, folder);
    if error.loop_ancestor().is_some() {
        return Ok(circle(&name));
    }
    if fs::symlink_metadata(&path).is_ok_and(|metadata| metadata.is_symlink()) {
        let title = format!("the link `{name}` leads nowhere");
        return Ok(Diagnostic::error("link-dead", title));
    }
    Err(ReadError::machine(
        &name,
        &error
            .io_error()
            .map_or(io::ErrorKind::Other, io::Error::kind)
            .into(),
    ))
}

fn circle(name: &str) -> Diagnostic {
    let title = format!("the link `{name}` leads to a folder that it is in");
    Diagnostic::error("link-loop", title)
}

fn name_of(path: &Path, top: &Path, folder: &str) -> String {
    let below = path.strip_prefix(top).unwrap_or(path);
    let parts = below
        .components()
        .map(|part| part.as_os_str().to_string_lossy());
    let name: Vec<_> = std::iter::once(folder.into()).chain(parts).collect();
    name.join("/")
}

fn is_left_out(entry: &DirEntry, hidden: Hidden) -> bool {
    let name = entry.file_name().to_string_lossy();
    let is_hidden = name.starts_with('.') && name != ".well-known";
    let is_left = is_temporary(&name) && !entry.file_type().is_dir();
    entry.depth() > 0
        && is_hidden
        && (hidden == Hidden::Skip || is_left || name == ".git" || name == ".DS_Store")
}

/// Only `.md` is, as in links and in the pages that they lead to.
#[expect(
    clippy::case_sensitive_file_extension_comparisons,
    reason = "`A.MD` is a file to copy, as it is for mdBook"
)]
fn is_markdown(file: &Found) -> bool {
    file.below.name().ends_with(".md")
}

fn is_summary(file: &Found) -> bool {
    file.below.as_str() == "SUMMARY.md"
}

fn page(file: Found) -> Result<PageFile, ReadError> {
    let (source, unread) = match text(&file) {
        Ok(source) => (source, Vec::new()),
        // It is there all the same, for links that lead to it.
        Err(ReadError::Content(found)) => (Source::new(&*file.name, ""), found),
        Err(machine) => return Err(machine),
    };
    let (front, body, wrong) = front_matter::read(&source);
    Ok(PageFile {
        path: file.below,
        source,
        front,
        body,
        wrong: [unread, wrong].concat(),
    })
}

fn template(file: Found) -> Result<Template, ReadError> {
    Ok(Template {
        source: text(&file)?,
        path: file.below,
    })
}

fn asset(file: Found) -> Result<Asset, ReadError> {
    Ok(Asset {
        bytes: super::bytes(&file.path, &file.name, super::MAX_FILE)?.into(),
        name: format!("`{}`", file.name),
        path: file.below,
    })
}

fn text(file: &Found) -> Result<Arc<Source>, ReadError> {
    Ok(super::read_named(&file.path, &file.name)?.source)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A project's folder with those files, by name and contents.
    fn project(files: &[(&str, &[u8])]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in files {
            put(folder.path(), name, bytes);
        }
        folder
    }

    #[expect(clippy::disallowed_methods, reason = "a test makes its own folder")]
    fn put(root: &Path, name: &str, bytes: &[u8]) {
        let path = root.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn titles(root: &Path) -> Vec<String> {
        let errors = match read(root, &Settings::default()) {
            Err(ReadError::Content(errors)) => errors,
            Ok(content) => {
                let pages = content.pages.into_iter();
                pages.flat_map(|page| page.wrong).collect()
            }
            other @ Err(_) => panic!("{other:?}"),
        };
        errors.into_iter().map(|error| error.title).collect()
    }

    #[test]
    fn files_are_sorted_out_by_folder() {
        let folder = project(&[
            ("content/b/c.md", b"# C"),
            ("content/SUMMARY.md", b"- [C](b/c.md)"),
            ("content/logo.png", b"\xff"),
            ("content/.hidden.md", b"x"),
            ("static/.nojekyll", b""),
            ("static/site.css", b"x"),
            ("templates/nav.html", b"x"),
        ]);
        let content = read(folder.path(), &Settings::default()).unwrap();
        let pages: Vec<_> = content
            .pages
            .iter()
            .map(|page| page.path.as_str())
            .collect();
        assert_eq!(pages, ["b/c.md"]);
        assert_eq!(content.pages[0].source.name, "content/b/c.md");
        assert_eq!(content.summary.unwrap().name, "content/SUMMARY.md");
        assert_eq!(content.assets[0].path.as_str(), "logo.png");
        assert_eq!(content.assets[0].name, "`content/logo.png`");
        let statics: Vec<_> = content
            .statics
            .iter()
            .map(|asset| asset.path.as_str())
            .collect();
        assert_eq!(statics, [".nojekyll", "site.css"]);
        assert_eq!(content.templates[0].source.name, "templates/nav.html");
    }

    #[test]
    fn a_byte_order_mark_goes_and_lines_end_in_line_feeds() {
        let folder = project(&[(
            "content/a.md",
            b"\xef\xbb\xbf+++\r\nweight = 1\r\n+++\r\n# A\r\n",
        )]);
        let content = read(folder.path(), &Settings::default()).unwrap();
        let page = &content.pages[0];
        assert_eq!(&page.source.text[page.body..], "# A\n");
        assert_eq!(page.front.weight, Some(1));
    }

    #[test]
    fn all_that_is_not_text_is_told_in_one_run() {
        let folder = project(&[
            ("content/a.md", b"abc\xff"),
            ("content/b.md", b"a\0b"),
            ("content/c.md", b"\x1b[0m"),
        ]);
        assert_eq!(
            titles(folder.path()),
            [
                "`content/a.md` is not UTF-8: byte 3 is no part of a character",
                "this text has the control character U+0000",
                "this text has the control character U+001B",
            ]
        );
    }

    #[test]
    fn a_file_that_is_too_large_is_not_read() {
        let folder = project(&[("content/a.md", &vec![b'a'; 8 * 1024 * 1024 + 1])]);
        assert_eq!(
            titles(folder.path()),
            ["`content/a.md` is larger than the limit of 8 MiB"]
        );
    }

    #[test]
    fn there_has_to_be_content() {
        let folder = project(&[]);
        assert_eq!(titles(folder.path()), ["there is no folder `content`"]);
    }

    #[cfg(unix)]
    #[test]
    fn links_stay_in_the_project() {
        use std::os::unix::fs::symlink;
        let outside = project(&[("secret.md", b"x")]);
        let folder = project(&[("content/a.md", b"# A"), ("docs/b.md", b"# B")]);
        let content = folder.path().join("content");
        symlink(folder.path().join("docs"), content.join("docs")).unwrap();
        let read_pages = read(folder.path(), &Settings::default()).unwrap().pages;
        let pages: Vec<_> = read_pages.iter().map(|page| page.path.as_str()).collect();
        assert_eq!(pages, ["a.md", "docs/b.md"]);
        symlink(outside.path().join("secret.md"), content.join("out.md")).unwrap();
        symlink(outside.path(), content.join("outside")).unwrap();
        symlink("..", content.join("round")).unwrap();
        symlink("nowhere", content.join("dead.md")).unwrap();
        assert_eq!(
            titles(folder.path()),
            [
                "the link `content/dead.md` leads nowhere",
                "the link `content/out.md` leads out of the project",
                "the link `content/outside` leads out of the project",
                "the link `content/round` leads to a folder that it is in",
            ]
        );
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_file_is_never_opened() {
        let folder = project(&[("content/a.md", b"# A")]);
        let path = folder.path().join("content/s.md");
        let _socket = std::os::unix::net::UnixListener::bind(path).unwrap();
        let made = std::process::Command::new("mkfifo")
            .arg(folder.path().join("content/f.md"))
            .status();
        assert!(made.unwrap().success());
        assert_eq!(
            titles(folder.path()),
            [
                "`content/f.md` is neither a file nor a folder",
                "`content/s.md` is neither a file nor a folder",
            ]
        );
    }
}
