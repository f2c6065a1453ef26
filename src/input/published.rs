//! What is published: a folder, or a site on the web.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use ureq::Agent;

use super::{ReadError, shown};
use crate::output::SitePath;
use crate::site::BaseUrl;

/// The largest file that is fetched, in bytes.
const MAX_FILE: u64 = 64 * 1024 * 1024;

/// How long a host may take to answer the phone, and to say all it has to.
const CONNECT: Duration = Duration::from_secs(10);
const WHOLE: Duration = Duration::from_secs(30);

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
            .max_redirects(5)
            .http_status_as_error(false)
            .user_agent(concat!("trainboard/", env!("CARGO_PKG_VERSION")))
            .build();
        let agent = config.into();
        Self { place, agent }
    }

    /// One of its files; none when it is not there.
    ///
    /// # Errors
    ///
    /// Why it cannot be read, with its address.
    pub fn file(&self, path: &SitePath) -> Result<Option<Vec<u8>>, ReadError> {
        match &self.place {
            Place::Folder(folder) => {
                let path = folder.join(path.as_str());
                match super::bytes(&path, &shown(&path)) {
                    Ok(bytes) => Ok(Some(bytes)),
                    Err(ReadError::Absent(_)) if folder.is_dir() => Ok(None),
                    Err(ReadError::Absent(_)) => {
                        let title = format!("there is no folder `{}`", shown(folder));
                        Err(ReadError::Absent(title))
                    }
                    Err(error) => Err(error),
                }
            }
            Place::Web(url) => self.fetch(&url.to(path)),
        }
    }

    fn fetch(&self, address: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let failed = |why: String| ReadError::Machine(format!("`{address}` cannot be read: {why}"));
        let mut answer = match self.agent.get(address).call() {
            Ok(answer) => answer,
            Err(ureq::Error::Io(error)) => return Err(failed(error.to_string())),
            Err(error) => return Err(failed(error.to_string())),
        };
        match answer.status().as_u16() {
            200 => {}
            404 | 410 => return Ok(None),
            status => return Err(failed(format!("the host answers with status {status}"))),
        }
        let body = answer
            .body_mut()
            .with_config()
            .limit(MAX_FILE)
            .read_to_vec();
        body.map(Some).map_err(|error| match error {
            ureq::Error::BodyExceedsLimit(_) => failed("it is larger than 64 MiB".to_owned()),
            ureq::Error::Io(error) => failed(error.to_string()),
            error => failed(error.to_string()),
        })
    }
}
