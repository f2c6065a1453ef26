//! What a request asks for, and whether it may.

use std::net::IpAddr;

use axum::http::{HeaderMap, HeaderName, Method, StatusCode, Uri, header};
use percent_encoding::percent_decode_str;

use crate::output::SitePath;
use crate::schedule::Day;

/// What is the preview's own stands below this.
const OWN: &str = ".trainboard/";

/// The longest target of a request that is looked at.
const MAX_TARGET: usize = 4096;

/// What a request asks for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// A file of the site; of the site of that day, if it names one.
    File { day: Option<Day>, path: String },
    /// The wrapper around a page, to be shown in a window.
    Wrapper,
    /// The script of the wrapper.
    Script,
    /// Its style sheet.
    Style,
    /// The stream of changes.
    Changes(Option<Day>),
}

/// The status and the text of a refused request.
pub(super) type Refusal = (StatusCode, &'static str);

const WRONG_METHOD: Refusal = (
    StatusCode::METHOD_NOT_ALLOWED,
    "the preview is for reading only",
);
const NOT_ONE_HOST: Refusal = (StatusCode::BAD_REQUEST, "a request names one host");
const UNKNOWN_HOST: Refusal = (
    StatusCode::FORBIDDEN,
    "the preview is not known by this name; --host gives it another",
);
const CROSS_ORIGIN: Refusal = (StatusCode::FORBIDDEN, "this is for the preview's own pages");
const BAD_PATH: Refusal = (StatusCode::BAD_REQUEST, "no file of a site has such a path");
const NOT_FOUND: Refusal = (StatusCode::NOT_FOUND, "there is nothing here");

/// By which names the preview may be asked for. A page elsewhere could make a
/// name of its own lead here, but not an address.
pub(super) struct Hosts {
    name: Option<String>,
    any_address: bool,
}

impl Hosts {
    pub(super) fn new(host: Option<&str>) -> Self {
        let bare = host.map(|host| host.trim_start_matches('[').trim_end_matches(']'));
        let address = bare.map(str::parse::<IpAddr>);
        Self {
            any_address: matches!(&address, Some(Ok(address)) if address.is_unspecified()),
            name: bare.map(str::to_ascii_lowercase),
        }
    }

    /// Whether a request may call the preview so.
    fn knows(&self, host: &str) -> bool {
        let name = without_port(host).to_ascii_lowercase();
        let bare = name.trim_start_matches('[').trim_end_matches(']');
        if bare == "localhost" || self.name.as_deref() == Some(bare) {
            return true;
        }
        let address = bare.parse::<IpAddr>();
        address.is_ok_and(|address| address.is_loopback() || self.any_address)
    }
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    }
}

/// What is asked for.
///
/// # Errors
///
/// Why it is not given.
pub(super) fn wanted(
    hosts: &Hosts,
    method: &Method,
    uri: &Uri,
    headers: &HeaderMap,
) -> Result<Wanted, Refusal> {
    if method != Method::GET && method != Method::HEAD {
        return Err(WRONG_METHOD);
    }
    let host = host(headers)?;
    let named = uri.authority().map_or(host, |authority| authority.as_str());
    if !hosts.knows(host) || !hosts.knows(named) {
        return Err(UNKNOWN_HOST);
    }
    let path = path(uri)?;
    match path.strip_prefix(OWN) {
        Some(_) if is_cross_origin(host, headers) => Err(CROSS_ORIGIN),
        Some(own) => own_file(own, uri.query(), headers),
        None => Ok(file(None, path, headers)),
    }
}

/// The one host that a request names.
fn host(headers: &HeaderMap) -> Result<&str, Refusal> {
    let mut hosts = headers.get_all(header::HOST).iter();
    match (hosts.next(), hosts.next()) {
        (Some(host), None) => host.to_str().map_err(|_| NOT_ONE_HOST),
        _ => Err(NOT_ONE_HOST),
    }
}

/// Whether a page of another origin asks.
fn is_cross_origin(host: &str, headers: &HeaderMap) -> bool {
    let text = |name: HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let origin = text(header::ORIGIN);
    let site = text(HeaderName::from_static("sec-fetch-site"));
    let is_ours = |origin: &str| origin.strip_prefix("http://") == Some(host);
    origin.is_some_and(|origin| !is_ours(origin))
        || site.is_some_and(|site| !matches!(site, "same-origin" | "none"))
}

/// The path that is meant, without the slash at its beginning.
fn path(uri: &Uri) -> Result<String, Refusal> {
    let written = uri.path();
    if written.len() > MAX_TARGET {
        return Err(BAD_PATH);
    }
    let lower = written.to_ascii_lowercase();
    let hides = ["%2f", "%5c", "%00", "//", "\\"];
    if hides.iter().any(|hidden| lower.contains(hidden)) {
        return Err(BAD_PATH);
    }
    let decoded = percent_decode_str(written).decode_utf8();
    let decoded = decoded.map_err(|_| BAD_PATH)?;
    let path = decoded.strip_prefix('/').ok_or(BAD_PATH)?;
    let climbs = path.split('/').any(|part| part == "." || part == "..");
    if climbs || path.chars().any(char::is_control) {
        return Err(BAD_PATH);
    }
    Ok(path.to_owned())
}

fn own_file(own: &str, query: Option<&str>, headers: &HeaderMap) -> Result<Wanted, Refusal> {
    let day = |text: &str| text.parse::<Day>().map_err(|_| NOT_FOUND);
    match own {
        "preview.js" => Ok(Wanted::Script),
        "preview.css" => Ok(Wanted::Style),
        "changes" => {
            let asked = query.and_then(|query| query.strip_prefix("day="));
            asked.map(day).transpose().map(Wanted::Changes)
        }
        _ => {
            let (written, path) = own
                .strip_prefix("on/")
                .and_then(|rest| rest.split_once('/'))
                .ok_or(NOT_FOUND)?;
            Ok(file(Some(day(written)?), path.to_owned(), headers))
        }
    }
}

/// A file, or the wrapper when a page is to fill a window.
fn file(day: Option<Day>, mut path: String, headers: &HeaderMap) -> Wanted {
    if path.is_empty() || path.ends_with('/') {
        path.push_str("index.html");
    }
    let fills_window = headers
        .get("sec-fetch-dest")
        .is_some_and(|dest| dest == "document");
    if fills_window && is_of_page(&path) {
        return Wanted::Wrapper;
    }
    Wanted::File { day, path }
}

/// Whether a path looks like one of a page.
pub(super) fn is_of_page(path: &str) -> bool {
    SitePath::new(path).is_ok_and(|path| path.is_page() || !path.name().contains('.'))
}
