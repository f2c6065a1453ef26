//! What is published: a folder, or a site on the web.

use std::fmt;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use ureq::{Agent, Timeout};

use super::{ReadError, shown};
use crate::output::SitePath;
use crate::site::BaseUrl;

/// The largest file that is read, in bytes.
const MAX_FILE: u64 = 64 * 1024 * 1024;

/// How long a host may take to answer the phone, and to say all it has to.
const CONNECT: Duration = Duration::from_secs(10);
const WHOLE: Duration = Duration::from_secs(30);

const MAX_REDIRECTS: u32 = 5;

/// Where a site is published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a folder.
    Folder(PathBuf),
    /// At an address.
    Web(BaseUrl),
}

impl FromStr for Place {
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

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(folder) => f.write_str(&shown(folder)),
            Self::Web(url) => f.write_str(url.as_str()),
        }
    }
}

/// A published site that can be read.
pub struct Published {
    place: Place,
    agent: Agent,
}

impl Published {
    /// The site there. Nothing is read yet.
    pub fn at(place: Place) -> Self {
        let config = Agent::config_builder()
            .timeout_connect(Some(CONNECT))
            .timeout_global(Some(WHOLE))
            .max_redirects(MAX_REDIRECTS)
            .http_status_as_error(false)
            .user_agent(concat!("trainboard/", env!("CARGO_PKG_VERSION")))
            .build();
        let agent = config.into();
        Self { place, agent }
    }

    /// Where it is.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// One of its files; none when it is not there.
    ///
    /// # Errors
    ///
    /// Why it cannot be read, with its address.
    pub fn file(&self, path: &SitePath) -> Result<Option<Vec<u8>>, ReadError> {
        match &self.place {
            Place::Folder(folder) => in_folder(folder, path),
            Place::Web(url) => {
                let address = url.to(path);
                self.fetch(&address).map_err(|why| unread(&address, &why))
            }
        }
    }

    /// The file at an address, or why it cannot be had.
    fn fetch(&self, address: &str) -> Result<Option<Vec<u8>>, String> {
        let mut answer = self.agent.get(address).call().map_err(in_words)?;
        match answer.status().as_u16() {
            200 => {}
            404 | 410 => return Ok(None),
            status => return Err(format!("the host answers with status {status}")),
        }
        let body = answer.body_mut();
        if body
            .content_length()
            .is_some_and(|length| length > MAX_FILE)
        {
            return Err(too_large());
        }
        let read = body.with_config().limit(MAX_FILE).read_to_vec();
        read.map(Some).map_err(in_words)
    }
}

fn in_folder(folder: &Path, path: &SitePath) -> Result<Option<Vec<u8>>, ReadError> {
    if !folder.is_dir() {
        let name = shown(folder);
        return Err(ReadError::Absent(format!("there is no folder `{name}`")));
    }
    let path = folder.join(path.as_str());
    let name = shown(&path);
    let length = match path.metadata() {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(ReadError::machine(&name, &error)),
        // A named pipe would be waited for without end.
        Ok(metadata) if !metadata.is_file() => return Err(unread(&name, "it is no file")),
        Ok(metadata) => metadata.len(),
    };
    if length > MAX_FILE {
        return Err(unread(&name, &too_large()));
    }
    super::bytes(&path, &name).map(Some)
}

fn unread(name: &str, why: &str) -> ReadError {
    ReadError::Machine(format!("`{name}` cannot be read: {why}"))
}

fn too_large() -> String {
    format!("it is larger than {} MiB", MAX_FILE >> 20)
}

/// Why a host did not give what it was asked for.
fn in_words(error: ureq::Error) -> String {
    use ureq::Error;
    match error {
        Error::HostNotFound => "the host is not found".to_owned(),
        Error::ConnectionFailed => "the host cannot be reached".to_owned(),
        Error::TooManyRedirects => {
            format!("it is redirected more than {MAX_REDIRECTS} times")
        }
        Error::Timeout(Timeout::Connect | Timeout::Resolve) => {
            format!(
                "the host does not answer within {} seconds",
                CONNECT.as_secs()
            )
        }
        Error::Timeout(_) => format!("it takes more than {} seconds", WHOLE.as_secs()),
        Error::BodyExceedsLimit(_) => too_large(),
        Error::Rustls(error) => format!("no safe connection can be made: {error}"),
        Error::Tls(why) => format!("no safe connection can be made: {why}"),
        Error::Io(error) => match error.kind() {
            ErrorKind::ConnectionRefused => "the host refuses the connection".to_owned(),
            ErrorKind::ConnectionReset | ErrorKind::UnexpectedEof => {
                "the host ends the connection too early".to_owned()
            }
            ErrorKind::InvalidData => format!("no safe connection can be made: {error}"),
            _ => of_resolver(&error.to_string()),
        },
        error => error.to_string(),
    }
}

/// Resolvers say in words of their own that they do not know a name.
fn of_resolver(why: &str) -> String {
    match why.strip_prefix("failed to lookup address information") {
        Some(more) => format!("the host is not found{more}"),
        None => why.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_test_can_make_a_host_do_has_words_too() {
        for (error, words) in [
            (ureq::Error::HostNotFound, "the host is not found"),
            (
                ureq::Error::Timeout(Timeout::Connect),
                "the host does not answer within 10 seconds",
            ),
            (
                ureq::Error::Timeout(Timeout::RecvBody),
                "it takes more than 30 seconds",
            ),
            (
                ureq::Error::BodyExceedsLimit(MAX_FILE),
                "it is larger than 64 MiB",
            ),
        ] {
            assert_eq!(in_words(error), words);
        }
    }
}
