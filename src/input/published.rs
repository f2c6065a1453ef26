//! A published site: a folder, or an address on the web.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use super::{MAX_FILE, ReadError, shown};
use crate::output::SitePath;
use crate::site::BaseUrl;

#[cfg(feature = "fetch")]
mod web;

#[cfg(not(feature = "fetch"))]
mod web {
    /// Without the feature no host is asked for anything.
    pub(super) fn file(_address: &str) -> Result<Option<Vec<u8>>, String> {
        let how = "name a folder, or install trainboard with `--features fetch`";
        Err(format!("this trainboard does not read from the web: {how}"))
    }
}

/// Where a site is published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Published {
    /// In a folder.
    Folder(PathBuf),
    /// At an address.
    Web(BaseUrl),
}

impl FromStr for Published {
    type Err = String;

    /// An address, if it looks like one, else a folder.
    fn from_str(text: &str) -> Result<Self, String> {
        if text.contains("://") {
            text.parse().map(Self::Web)
        } else {
            Ok(Self::Folder(text.into()))
        }
    }
}

impl fmt::Display for Published {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(folder) => f.write_str(&shown(folder)),
            Self::Web(url) => f.write_str(url.as_str()),
        }
    }
}

impl Published {
    /// One of the files of the site there; none when it has no such file.
    ///
    /// # Errors
    ///
    /// Why it cannot be read, with its address.
    pub fn file(&self, path: &SitePath) -> Result<Option<Vec<u8>>, ReadError> {
        match self {
            Self::Folder(folder) => in_folder(folder, path),
            Self::Web(url) => {
                let address = url.to(path);
                web::file(&address).map_err(|why| unread(&address, &why))
            }
        }
    }
}

fn in_folder(folder: &Path, path: &SitePath) -> Result<Option<Vec<u8>>, ReadError> {
    if !folder.is_dir() {
        let name = shown(folder);
        return Err(ReadError::Absent(format!("there is no folder `{name}`")));
    }
    let path = folder.join(path.as_str());
    let name = shown(&path);
    match super::bytes(&path, &name, MAX_FILE) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(ReadError::Absent(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

fn unread(name: &str, why: &str) -> ReadError {
    ReadError::Machine(format!("`{name}` cannot be read: {why}"))
}
