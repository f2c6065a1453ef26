//! What is refused before anything is written.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use super::Target;
use super::disk;
use super::error::WriteError;

const CHOOSE: &str = "choose a folder of its own for the site, such as `public`";

/// Refuses paths that lead out of the folder, or to the files of ours in it.
pub(super) fn paths(paths: &BTreeSet<&str>) -> Result<(), WriteError> {
    match paths.iter().find(|path| !is_safe(path)) {
        None => Ok(()),
        Some(path) => Err(WriteError::refused(
            format!("the path `{}` cannot be written to", path.escape_debug()),
            "a path is relative, keeps to its folder and has no name that begins with `.trainboard`",
        )),
    }
}

/// Whether a path stays inside whatever folder it is joined to.
pub(super) fn is_safe(path: &str) -> bool {
    let plain = |name: &str| !matches!(name, "" | "." | "..") && !name.starts_with(".trainboard");
    !path.contains(|c: char| c.is_control() || matches!(c, '\\' | ':'))
        && path.split('/').all(plain)
}

/// Refuses to make files where something else is, and names all of that.
pub(super) fn existing(files: &[(&Path, &[u8])]) -> Result<(), WriteError> {
    let mut there = Vec::new();
    for (path, bytes) in files {
        there.extend(in_the_way(path, bytes)?);
    }
    there.dedup();
    let names: Vec<_> = there
        .iter()
        .map(|path| format!("`{}`", path.display()))
        .collect();
    match names.split_last() {
        None => Ok(()),
        Some((last, [])) => Err(already(&format!("{last} is"))),
        Some((last, others)) => Err(already(&format!("{} and {last} are", others.join(", ")))),
    }
}

fn already(who: &str) -> WriteError {
    WriteError::refused(
        format!("{who} there already"),
        "move away what is there: it is never replaced, and nothing was written",
    )
}

/// What stands where a file is to be made, if it is not that very file.
fn in_the_way<'a>(path: &'a Path, bytes: &[u8]) -> Result<Option<&'a Path>, WriteError> {
    if disk::kind(path)? == disk::FileKind::Absent {
        let mut folders = path.ancestors().skip(1);
        let first = folders.find(|folder| folder.exists());
        return Ok(first.filter(|folder| !folder.is_dir()));
    }
    let is_equal = match disk::real_path(path)? {
        Some(real) => disk::holds(&real, bytes)?,
        None => false,
    };
    Ok((!is_equal).then_some(path))
}

/// Refuses a folder in which a build could do harm.
pub(super) fn folder(target: &Target<'_>) -> Result<(), WriteError> {
    let out = resolve(target.out)?;
    let root = resolve(target.root)?;
    if out == root {
        return Err(refused(target, "is the project's root"));
    }
    if root.starts_with(&out) {
        return Err(refused(target, "holds the project"));
    }
    for source in target.sources {
        let place = resolve(source)?;
        let name = source.display();
        if out.starts_with(&place) {
            let how = if out == place { "is" } else { "lies in" };
            return Err(refused(target, &format!("{how} `{name}`, a source")));
        }
        if place.starts_with(&out) {
            return Err(refused(target, &format!("holds `{name}`, a source")));
        }
    }
    match disk::kind(&out)? {
        disk::FileKind::Absent | disk::FileKind::Folder => Ok(()),
        _ => Err(refused(target, "is no folder")),
    }
}

fn refused(target: &Target<'_>, why: &str) -> WriteError {
    let out = target.out.display();
    WriteError::refused(format!("the output folder `{out}` {why}"), CHOOSE)
}

/// A path without links, though its end may not exist yet.
fn resolve(path: &Path) -> Result<PathBuf, WriteError> {
    let path = match path {
        empty if empty == Path::new("") => Path::new("."),
        path => path,
    };
    if let Some(real) = disk::real_path(path)? {
        return Ok(real);
    }
    let mut resolved = resolve(path.parent().unwrap_or(Path::new("/")))?;
    match path.components().next_back() {
        Some(Component::ParentDir) => drop(resolved.pop()),
        Some(last) => resolved.push(last),
        None => {}
    }
    Ok(resolved)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_inside() {
        for path in ["index.html", "a/b c/d.html", "..a", ".nojekyll", "é.html"] {
            assert!(is_safe(path), "{path}");
        }
        for path in [
            "",
            "/",
            "/a",
            "a/",
            "a//b",
            ".",
            "..",
            "../a",
            "a/../b",
            "a\\b",
            "C:/x",
            "a\0b",
            "a\nb",
            ".trainboard",
            ".trainboard.next",
            "a/.trainboard-x",
        ] {
            assert!(!is_safe(path), "{path:?}");
        }
    }
}
