//! Answers to requests.

use std::convert::Infallible;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use tokio_stream::StreamExt;
use tokio_stream::wrappers::WatchStream;

use super::request::{self, Refusal, Wanted};
use super::state::Preview;
use super::view::View;
use crate::diagnostic::nearest;
use crate::schedule::Day;

const WRAPPER: &str = include_str!("wrapper/wrapper.html");
const SCRIPT: &str = include_str!("wrapper/preview.js");
const STYLE: &str = include_str!("wrapper/preview.css");

const HTML: &str = "text/html; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";

/// What the wrapper may do: its own script and style, and the page in it.
const WRAPPER_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    connect-src 'self'; frame-src 'self'; img-src 'self' data:; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// What a page may do: everything but run a script or stand in another's frame.
const PAGE_POLICY: &str = "script-src 'none'; object-src 'none'; frame-ancestors 'self'";

/// Answers everything.
pub(super) fn router(preview: Preview) -> Router {
    Router::new().fallback(answer).with_state(preview)
}

async fn answer(State(preview): State<Preview>, request: Request) -> Response {
    let (method, uri, headers) = (request.method(), request.uri(), request.headers());
    let mut response = match request::wanted(preview.hosts(), method, uri, headers) {
        Ok(wanted) => given(&preview, wanted).await,
        Err(refusal) => refused(refusal),
    };
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
    ] {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    response
}

async fn given(preview: &Preview, wanted: Wanted) -> Response {
    match wanted {
        Wanted::Wrapper => {
            let policy = (header::CONTENT_SECURITY_POLICY, WRAPPER_POLICY);
            ([(header::CONTENT_TYPE, HTML), policy], WRAPPER).into_response()
        }
        Wanted::Script => typed("text/javascript; charset=utf-8", SCRIPT).into_response(),
        Wanted::Style => typed("text/css; charset=utf-8", STYLE).into_response(),
        Wanted::Changes(day) => changes(preview, day).into_response(),
        Wanted::File { day, path } => file(&*preview.view(day).await, &path),
    }
}

fn typed(kind: &'static str, body: impl IntoResponse) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, kind)], body)
}

fn refused(refusal: Refusal) -> Response {
    let (status, why) = match refusal {
        Refusal::Method => (
            StatusCode::METHOD_NOT_ALLOWED,
            "the preview is for reading only",
        ),
        Refusal::Host => (StatusCode::BAD_REQUEST, "a request names one host"),
        Refusal::UnknownHost => (
            StatusCode::FORBIDDEN,
            "the preview is not known by this name; --host gives it another",
        ),
        Refusal::Foreign => (StatusCode::FORBIDDEN, "this is for the preview's own pages"),
        Refusal::Path => (StatusCode::BAD_REQUEST, "no file of a site has such a path"),
        Refusal::Nothing => (StatusCode::NOT_FOUND, "there is nothing here"),
    };
    let mut response = (status, typed(TEXT, format!("{why}\n"))).into_response();
    if refusal == Refusal::Method {
        let allow = HeaderValue::from_static("GET, HEAD");
        response.headers_mut().insert(header::ALLOW, allow);
    }
    response
}

fn file(view: &View, path: &str) -> Response {
    let Some(site) = &view.site else {
        let text = "there are no pages yet: the terminal says why\n";
        return (StatusCode::SERVICE_UNAVAILABLE, typed(TEXT, text)).into_response();
    };
    if let Some(bytes) = site.get(path) {
        let kind = kind(path);
        let body = Body::from(Bytes::copy_from_slice(bytes));
        let policy = (header::CONTENT_SECURITY_POLICY, PAGE_POLICY.to_owned());
        return ([(header::CONTENT_TYPE, kind), policy], body).into_response();
    }
    if site.get(&format!("{path}/index.html")).is_some() {
        let name = path.rsplit('/').next().unwrap_or_default();
        let to = format!(
            "{}/",
            percent_encoding::utf8_percent_encode(name, percent_encoding::NON_ALPHANUMERIC)
        );
        return (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, to)]).into_response();
    }
    let near = nearest(path, site.iter().map(|(path, _)| path.as_str()));
    let near = near.map(|near| format!("; the nearest is `{near}`"));
    let text = format!("there is no `{path}`{}\n", near.unwrap_or_default());
    (StatusCode::NOT_FOUND, typed(TEXT, text)).into_response()
}

/// The type of a file, by its name.
fn kind(path: &str) -> String {
    // The answers of the API have no ending.
    let kind = if path.starts_with("api/v1/products/") {
        mime_guess::mime::APPLICATION_JSON
    } else {
        mime_guess::from_path(path).first_or_octet_stream()
    };
    let is_text = kind.type_() == mime_guess::mime::TEXT
        || matches!(
            kind.essence_str(),
            "application/json" | "application/atom+xml" | "image/svg+xml" | "application/xml"
        );
    if is_text {
        format!("{}; charset=utf-8", kind.essence_str())
    } else {
        kind.essence_str().to_owned()
    }
}

/// What there is to see on a day, now and after every change.
fn changes(preview: &Preview, day: Option<Day>) -> impl IntoResponse + use<> {
    let preview = preview.clone();
    let views = WatchStream::new(preview.changes());
    let views = views.then(move |today: Arc<View>| {
        let preview = preview.clone();
        async move {
            let view = match day {
                None => today,
                Some(_) => preview.view(day).await,
            };
            Ok::<_, Infallible>(Event::default().data(view.json()))
        }
    });
    Sse::new(views).keep_alive(KeepAlive::default())
}
