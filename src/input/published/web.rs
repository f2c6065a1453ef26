//! Files of a site on the web.

use std::io::ErrorKind;
use std::sync::LazyLock;
use std::time::Duration;

use ureq::{Agent, ResponseExt as _, Timeout};

use super::MAX_FILE;

/// How long a host may take to answer the phone, and to say all it has to.
const CONNECT: Duration = Duration::from_secs(10);
const WHOLE: Duration = Duration::from_secs(30);

const MAX_REDIRECTS: u32 = 5;

/// Keeps connections open from one file to the next.
static AGENT: LazyLock<Agent> = LazyLock::new(|| {
    let config = Agent::config_builder()
        .timeout_connect(Some(CONNECT))
        .timeout_global(Some(WHOLE))
        .max_redirects(MAX_REDIRECTS)
        .http_status_as_error(false)
        .user_agent(concat!("trainboard/", env!("CARGO_PKG_VERSION")))
        .build();
    config.into()
});

/// The file at an address, none when it is not there, or why it cannot be had.
pub(super) fn file(address: &str) -> Result<Option<Vec<u8>>, String> {
    let mut answer = AGENT.get(address).call().map_err(in_words)?;
    let (asked, answers) = (host(address), answer.get_uri().host());
    if let Some(other) = answers.filter(|other| asked.as_deref() != Some(*other)) {
        return Err(format!(
            "it leads to another host, `{other}`: check the site at its address there"
        ));
    }
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

fn too_large() -> String {
    format!("it is larger than {} MiB", MAX_FILE >> 20)
}

fn host(address: &str) -> Option<String> {
    let address: ureq::http::Uri = address.parse().ok()?;
    address.host().map(str::to_owned)
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
