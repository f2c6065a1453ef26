//! Answers to requests.

use std::convert::Infallible;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;

use super::request::{self, Refusal, Wanted};
use super::state::Preview;
use super::view::View;
use crate::diagnostic::nearest;
use crate::schedule::Day;
use crate::site::{ROOT, encoded};
use crate::views::escape::Html;

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
    let mut response = match request::wanted(&preview.hosts, method, uri, headers) {
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
        Wanted::File { day, path } => match preview.view(day).await {
            Some(view) => file(&view, &path),
            None => unavailable("the site of this day could not be built: the terminal says why\n"),
        },
    }
}

fn typed(kind: &'static str, body: impl IntoResponse) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, kind)], body)
}

fn refused((status, why): Refusal) -> Response {
    let mut response = (status, typed(TEXT, format!("{why}\n"))).into_response();
    if status == StatusCode::METHOD_NOT_ALLOWED {
        let allow = HeaderValue::from_static("GET, HEAD");
        response.headers_mut().insert(header::ALLOW, allow);
    }
    response
}

fn unavailable(why: &'static str) -> Response {
    (StatusCode::SERVICE_UNAVAILABLE, typed(TEXT, why)).into_response()
}

fn file(view: &View, path: &str) -> Response {
    let Some(site) = &view.site else {
        return unavailable("there are no pages yet: the terminal says why\n");
    };
    if let Some(bytes) = site.get(path) {
        let kind = kind(path);
        let body = Body::from(Bytes::copy_from_slice(bytes));
        let policy = (header::CONTENT_SECURITY_POLICY, PAGE_POLICY);
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
    let own = view.not_found.as_ref();
    if let Some(page) = own.filter(|_| request::is_of_page(path)) {
        let policy = (header::CONTENT_SECURITY_POLICY, PAGE_POLICY);
        let page = not_found(page, path, near);
        let head = [(header::CONTENT_TYPE, HTML), policy];
        return (StatusCode::NOT_FOUND, head, page).into_response();
    }
    let near = near.map(|near| format!("; the nearest is `{near}`"));
    let text = format!("there is no `{path}`{}\n", near.unwrap_or_default());
    (StatusCode::NOT_FOUND, typed(TEXT, text)).into_response()
}

/// The site's own page for what is not there, as it is seen at that path, and
/// what the preview knows beside it.
fn not_found(page: &str, path: &str, near: Option<&str>) -> String {
    let root = match path.matches('/').count() {
        0 => "./".to_owned(),
        depth => "../".repeat(depth),
    };
    let near = near.map(|near| {
        let address = encoded(near);
        format!(
            "; the nearest is <a href=\"{root}{address}\">{}</a>",
            Html(near)
        )
    });
    let near = near.unwrap_or_default();
    let hint = format!("<p>There is no <code>{}</code>{near}.</p>\n", Html(path));
    let page = page.replace(ROOT, &root);
    let end = page.rfind("</main>").unwrap_or(page.len());
    let (before, after) = page.split_at(end);
    [before, &hint, after].concat()
}

/// The type of a file, by its name.
fn kind(path: &str) -> &'static str {
    // The answers of the API have no ending.
    if path.starts_with("api/v1/products/") {
        return "application/json; charset=utf-8";
    }
    let ending = path.rsplit_once('.').map(|(_, ending)| ending);
    match &*ending.unwrap_or_default().to_ascii_lowercase() {
        "html" | "htm" => HTML,
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "txt" | "md" => TEXT,
        "csv" => "text/csv; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "json" | "map" => "application/json; charset=utf-8",
        "atom" => "application/atom+xml; charset=utf-8",
        "xml" => "text/xml; charset=utf-8",
        "svg" => "image/svg+xml; charset=utf-8",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "mp3" => "audio/mpeg",
        "woff" => "font/woff",
        "woff2" => "font/woff2",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        "pdf" => "application/pdf",
        "zip" => "application/zip",
        "wasm" => "application/wasm",
        _ => "application/octet-stream",
    }
}

/// What there is to see on a day, now and after every change.
fn changes(preview: &Preview, day: Option<Day>) -> impl IntoResponse + use<> {
    let mut views = preview.views.clone();
    views.mark_changed();
    let start = (preview.clone(), views);
    let views = stream::unfold(start, move |(preview, mut views)| async move {
        views.changed().await.ok()?;
        let today = Arc::clone(&views.borrow_and_update());
        let view = match day {
            None => today,
            Some(_) => preview.view(day).await?,
        };
        let event = Event::default().data(view.json());
        Some((Ok::<_, Infallible>(event), (preview, views)))
    });
    Sse::new(views).keep_alive(KeepAlive::default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::serve::request::Hosts;

    fn view() -> View {
        let day = "2026-11-20".parse().unwrap();
        View {
            generation: 1,
            ..View::empty(day)
        }
    }

    #[test]
    fn a_day_that_cannot_be_built_is_not_answered_with_another() {
        let (jobs, _) = std::sync::mpsc::channel();
        let (_shown, views) = tokio::sync::watch::channel(Arc::new(view()));
        let preview = Preview {
            jobs,
            views,
            hosts: Arc::new(Hosts::new(None)),
        };
        let path = "index.html".to_owned();
        let day = "2026-12-20".parse().ok();
        let runtime = tokio::runtime::Builder::new_current_thread().build();
        let given = given(&preview, Wanted::File { day, path });
        let response = runtime.unwrap().block_on(given);
        assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    }
}
