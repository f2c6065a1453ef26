//! `trainboard render`

use std::path::Path;

use super::args::{RenderArgs, RenderView, ViewFormat};
use super::failure::Failure;
use super::{board, nearest_is, print, saved, schedule};
use crate::diagnostic::{Diagnostic, nearest};
use crate::schedule::Board;
use crate::site::BaseUrl;
use crate::views::coming::{self, Asked};
use crate::views::feeds::{self, Badge, SitePlace};
use crate::views::gantt::{self, Span};
use crate::views::table::{self, Columns, UnknownColumn};
use crate::views::{
    self, DateForm, Listing, Place, UnknownValue, json, patches, security, summary,
};
use crate::{input, write};

pub(super) fn run(args: &RenderArgs) -> Result<(), Failure> {
    idle(args)?;
    let (schedule, date) = schedule(&args.board)?;
    let is_feed = matches!(
        args.view,
        RenderView::Calendar | RenderView::Atom | RenderView::Api
    );
    let board = board(&schedule, date, is_feed)?;
    let text = view(args, &board, args.format)?;
    match &args.output {
        None => print(&text),
        Some(path) => save(path, &text),
    }
}

/// Refuses an option that the view has no use for.
fn idle(args: &RenderArgs) -> Result<(), Failure> {
    let options = [
        ("--span", args.span.is_some(), &[RenderView::Gantt][..]),
        ("--columns", args.columns.is_some(), &[RenderView::Table]),
        (
            "--name",
            args.name.is_some(),
            &[RenderView::Value, RenderView::Badge],
        ),
        (
            "--date-form",
            args.date_form.is_some(),
            &[RenderView::Value],
        ),
    ];
    let mut idle = options
        .iter()
        .filter(|(_, is_said, views)| *is_said && !views.contains(&args.view));
    match idle.next() {
        None => Ok(()),
        Some((option, ..)) => Err(Failure::Usage(format!(
            "`render {}` has no use for `{option}`",
            name(args.view)
        ))),
    }
}

/// Writes a file, unless it is already as it should be.
fn save(path: &Path, text: &str) -> Result<(), Failure> {
    let changed = write::replace(path, text.as_bytes())?;
    saved(path, changed.then_some("wrote"));
    Ok(())
}

fn span(args: &RenderArgs) -> Result<Span, Failure> {
    let Some(text) = &args.span else {
        return Ok(Span::Window);
    };
    text.parse().map_err(Failure::Usage)
}

/// A view in that format, or in its usual one.
fn view(args: &RenderArgs, board: &Board, format: Option<ViewFormat>) -> Result<String, Failure> {
    use RenderView as View;
    use ViewFormat::{Atom, Css, Fragment, Html, Ics, Json, Markdown, Svg, Text};
    Ok(match (args.view, format) {
        (_, Some(Fragment)) => views::fragment(&view(args, board, Some(Html))?, &views::style()),
        (View::Table, None | Some(Html)) => table::html(board, &columns(args, board)?, Place::Book),
        (View::Table, Some(Markdown)) => table::markdown(board, &columns(args, board)?),
        (View::Table, Some(Text)) => table::text(board, &columns(args, board)?, false),
        (View::Table, Some(Json)) | (View::Json, None | Some(Json)) => json::board(board),
        (View::Summary, None | Some(Html)) => summary::html(board),
        (View::Summary, Some(Markdown)) => summary::markdown(board),
        (View::Summary, Some(Text)) => summary::text(board),
        (View::Gantt, None | Some(Svg)) => gantt::svg(board, span(args)?),
        (View::Gantt, Some(Html)) => gantt::html(board, span(args)?),
        (View::Board, None | Some(Html)) => views::board(board, Place::Book),
        (View::Milestones, None | Some(Html)) => coming(board).html(),
        (View::Milestones, Some(Markdown)) => coming(board).markdown(),
        (View::Milestones, Some(Text)) => coming(board).text(),
        (View::Patches, None | Some(Html)) => patches::listing(board).html(),
        (View::Patches, Some(Markdown)) => patches::listing(board).markdown(),
        (View::Patches, Some(Text)) => patches::listing(board).text(),
        (View::Security, None | Some(Markdown)) => security::markdown(board),
        (View::Security, Some(Html)) => security::html(board),
        (View::Calendar, None | Some(Ics)) => feed(board, feeds::calendar)?,
        (View::Atom, None | Some(Atom)) => feed(board, feeds::atom)?,
        (View::Api, None | Some(Json)) => feed(board, feeds::api)?,
        (View::Badge, None | Some(Svg)) => feeds::badge(board, badge(args.name.as_deref())?),
        (View::Style, None | Some(Css)) => views::style(),
        (View::Versions, None | Some(Text)) => versions(board)?,
        (View::Value, None | Some(Text)) => value(board, args.name.as_deref(), args.date_form)?,
        (view, format) => {
            let format = args.format.or(format).map(name).unwrap_or_default();
            let title = format!("`{}` cannot be written as `{format}`", name(view));
            return Err(Failure::Usage(title));
        }
    })
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

fn value(board: &Board, name: Option<&str>, form: Option<DateForm>) -> Result<String, Failure> {
    let known = views::values(board);
    let known: Vec<_> = known.iter().map(String::as_str).collect();
    let name = name.ok_or_else(|| nameless(RenderView::Value, &known))?;
    let value =
        views::value(board, name, form.unwrap_or(DateForm::Long)).map_err(|UnknownValue| {
            let near = nearest(name, known);
            let near = near.map(|near| format!("; the nearest to `{name}` is `{near}`"));
            Failure::Usage("there is no such value".to_owned() + &near.unwrap_or_default())
        })?;
    if form.is_some() && !views::is_date(name) {
        let title = format!("`{name}` is no date, and has no use for `--date-form`");
        return Err(Failure::Usage(title));
    }
    value
        .map(|value| value + "\n")
        .ok_or_else(|| absent(&format!("there is no `{name}` on this day")))
}

fn absent(title: &str) -> Failure {
    Failure::Content(vec![Diagnostic::error("no-value", title)])
}
