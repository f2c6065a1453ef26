//! `trainboard render`

use std::path::Path;

use super::args::{RenderArgs, RenderView, ViewFormat};
use super::failure::Failure;
use super::{board, print, schedule};
use crate::diagnostic::{Diagnostic, nearest};
use crate::schedule::Board;
use crate::site::BaseUrl;
use crate::views::coming::{self, Asked};
use crate::views::feeds::{self, Badge, SitePlace};
use crate::views::gantt::{self, Span};
use crate::views::table::{self, Columns, UnknownColumn};
use crate::views::{self, Listing, UnknownValue, json, patches, security, summary};
use crate::{input, report, write};

pub(super) fn run(args: &RenderArgs) -> Result<(), Failure> {
    idle(args)?;
    let (schedule, date) = schedule(&args.board)?;
    let is_feed = matches!(
        args.view,
        RenderView::Calendar | RenderView::Atom | RenderView::Api
    );
    let board = board(&schedule, date, is_feed)?;
    let format = args.format.unwrap_or_else(|| usual(args.view));
    let text = view(args, &board, format)?;
    match &args.output {
        None => print(&text),
        Some(path) => save(path, &text),
    }
}

/// Refuses an option that the view has no use for.
fn idle(args: &RenderArgs) -> Result<(), Failure> {
    let of = |views: &[RenderView]| views.contains(&args.view);
    let options = [
        ("--span", args.span.is_some() && !of(&[RenderView::Gantt])),
        (
            "--columns",
            args.columns.is_some() && !of(&[RenderView::Table]),
        ),
        (
            "--name",
            args.name.is_some() && !of(&[RenderView::Value, RenderView::Badge]),
        ),
    ];
    match options.iter().find(|(_, is_idle)| *is_idle) {
        None => Ok(()),
        Some((option, _)) => Err(Failure::Usage(format!(
            "`render {}` has no use for `{option}`",
            name(args.view)
        ))),
    }
}

/// Writes a file, unless it is already as it should be.
fn save(path: &Path, text: &str) -> Result<(), Failure> {
    let shown = input::shown(path);
    let changed = write::replace(path, text.as_bytes())?;
    let done = if changed {
        format!("wrote {shown}")
    } else {
        format!("{shown} is up to date")
    };
    report::note(&done);
    Ok(())
}

fn span(args: &RenderArgs) -> Result<Span, Failure> {
    let Some(text) = &args.span else {
        return Ok(Span::Window);
    };
    text.parse().map_err(Failure::Usage)
}

fn view(args: &RenderArgs, board: &Board, format: ViewFormat) -> Result<String, Failure> {
    use ViewFormat::{Atom, Css, Fragment, Html, Ics, Json, Markdown, Svg, Text};
    Ok(match (args.view, format) {
        (_, Fragment) => views::fragment(&view(args, board, Html)?, &views::style()),
        (RenderView::Table, Html) => table::html(board, &columns(args, board)?),
        (RenderView::Summary, Html) => summary::html(board),
        (RenderView::Gantt, Html) => gantt::html(board, span(args)?),
        (RenderView::Board, Html) => views::board(board),
        (RenderView::Milestones, Html) => coming(board).html(),
        (RenderView::Milestones, Markdown) => coming(board).markdown(),
        (RenderView::Milestones, Text) => coming(board).text(),
        (RenderView::Patches, Html) => patches::listing(board).html(),
        (RenderView::Patches, Markdown) => patches::listing(board).markdown(),
        (RenderView::Patches, Text) => patches::listing(board).text(),
        (RenderView::Security, Html) => security::html(board),
        (RenderView::Table, Markdown) => table::markdown(board, &columns(args, board)?),
        (RenderView::Table, Text) => table::text(board, &columns(args, board)?, false),
        (RenderView::Table | RenderView::Json, Json) => json::board(board),
        (RenderView::Security, Markdown) => security::markdown(board),
        (RenderView::Calendar, Ics) => feed(board, feeds::calendar)?,
        (RenderView::Atom, Atom) => feed(board, feeds::atom)?,
        (RenderView::Api, Json) => feed(board, feeds::api)?,
        (RenderView::Badge, Svg) => feeds::badge(board, badge(args.name.as_deref())?),
        (RenderView::Summary, Markdown) => summary::markdown(board),
        (RenderView::Summary, Text) => summary::text(board),
        (RenderView::Gantt, Svg) => gantt::svg(board, span(args)?),
        (RenderView::Style, Css) => views::style(),
        (RenderView::Versions, Text) => versions(board)?,
        (RenderView::Value, Text) => value(board, args.name.as_deref())?,
        (view, format) => {
            let (view, format) = (name(view), name(args.format.unwrap_or(format)));
            let title = format!("`{view}` cannot be written as `{format}`");
            return Err(Failure::Usage(title));
        }
    })
}

fn usual(view: RenderView) -> ViewFormat {
    match view {
        RenderView::Table
        | RenderView::Summary
        | RenderView::Board
        | RenderView::Milestones
        | RenderView::Patches => ViewFormat::Html,
        RenderView::Security => ViewFormat::Markdown,
        RenderView::Gantt | RenderView::Badge => ViewFormat::Svg,
        RenderView::Versions | RenderView::Value => ViewFormat::Text,
        RenderView::Style => ViewFormat::Css,
        RenderView::Json | RenderView::Api => ViewFormat::Json,
        RenderView::Calendar => ViewFormat::Ics,
        RenderView::Atom => ViewFormat::Atom,
    }
}

/// A feed that says where it is published, as far as the settings know that.
fn feed(board: &Board, text: fn(&Board, &SitePlace<'_>) -> String) -> Result<String, Failure> {
    let settings = input::settings::read(Path::new("."))?;
    let base = settings.base_url.as_ref().map(BaseUrl::as_str);
    let place = SitePlace {
        base,
        ..SitePlace::default()
    };
    Ok(text(board, &place))
}

fn badge(name: Option<&str>) -> Result<Badge, Failure> {
    let known = Badge::ALL.map(Badge::name);
    let name = name.ok_or_else(|| nameless(RenderView::Badge, &known))?;
    let named = Badge::ALL.into_iter().find(|badge| badge.name() == name);
    named.ok_or_else(|| {
        let near = nearest_is(name, known);
        Failure::Usage(format!("there is no badge `{name}`{near}"))
    })
}

/// A view that needs a name, without one.
fn nameless(view: RenderView, known: &[&str]) -> Failure {
    let (view, known) = (name(view), known.join(", "));
    Failure::Usage(format!("`render {view}` needs `--name`: one of {known}"))
}

/// What to add to a name that is not known.
fn nearest_is<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let near = nearest(name, known).map(|near| format!("; the nearest is `{near}`"));
    near.unwrap_or_default()
}

/// As the command line names it.
fn name(value: impl std::fmt::Debug) -> String {
    format!("{value:?}").to_lowercase()
}

fn coming(board: &Board) -> Listing {
    coming::listing(board, Asked::default())
}

fn columns(args: &RenderArgs, board: &Board) -> Result<Columns, Failure> {
    let Some(text) = &args.columns else {
        return Ok(Columns::default());
    };
    let columns = Columns::parse(text);
    let unknown = |UnknownColumn(name): UnknownColumn<'_>| {
        let near = nearest_is(name, table::columns(board));
        Failure::Usage(format!("`{name}` is not a column{near}"))
    };
    columns.check(board).map_err(unknown)?;
    Ok(columns)
}

fn versions(board: &Board) -> Result<String, Failure> {
    let versions = views::versions(board).map(|versions| versions + "\n");
    versions.ok_or_else(|| absent("no version is supported"))
}

fn value(board: &Board, name: Option<&str>) -> Result<String, Failure> {
    let known = views::values(board);
    let known: Vec<_> = known.iter().map(String::as_str).collect();
    let name = name.ok_or_else(|| nameless(RenderView::Value, &known))?;
    let value = views::value(board, name).map_err(|UnknownValue| {
        let near = nearest(name, known);
        let near = near.map(|near| format!("; the nearest to `{name}` is `{near}`"));
        Failure::Usage("there is no such value".to_owned() + &near.unwrap_or_default())
    })?;
    value
        .map(|value| value + "\n")
        .ok_or_else(|| absent(&format!("there is no `{name}` on this day")))
}

fn absent(title: &str) -> Failure {
    Failure::Content(vec![Diagnostic::error("no-value", title)])
}
