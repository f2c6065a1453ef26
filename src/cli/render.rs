//! `trainboard render`

use std::path::Path;

use super::args::{FragmentStyle, RenderArgs, RenderView, ViewFormat};
use super::failure::Failure;
use super::{board, nearest_is, print, saved, schedule};
use crate::diagnostic::{Diagnostic, nearest};
use crate::import::product::Product;
use crate::schedule::Board;
use crate::site::BaseUrl;
use crate::views::coming::{self, Asked};
use crate::views::feeds::{self, Badge, SitePlace, endoflife};
use crate::views::gantt::{self, Scheme, Span};
use crate::views::table::{self, Columns, UnknownColumn};
use crate::views::{
    self, DateForm, Listing, Place, UnknownValue, json, patches, security, summary, values,
};
use crate::{input, report, write};

pub(super) fn run(args: &RenderArgs) -> Result<(), Failure> {
    idle(args)?;
    let (schedule, date) = schedule(&args.board)?;
    let is_feed = matches!(
        args.view,
        RenderView::Calendar | RenderView::Atom | RenderView::Api | RenderView::Endoflife
    );
    let board = board(&schedule, date, is_feed)?;
    let text = view(args, &board)?;
    match &args.output {
        None => print(&text),
        Some(path) => save(path, &text),
    }
}

/// Refuses an option that has no use for what is asked for.
fn idle(args: &RenderArgs) -> Result<(), Failure> {
    use RenderView as View;
    let is_one_of = |views: &[RenderView]| views.contains(&args.view);
    let is_html = format(args) == ViewFormat::Html;
    let is_named = is_one_of(&[View::Value, View::Badge]);
    let has_dates = is_one_of(&[View::Value, View::Values]);
    let options = [
        (
            "--scheme",
            args.scheme.is_some(),
            is_one_of(&[View::Gantt]) && format(args) == ViewFormat::Svg,
        ),
        ("--span", args.span.is_some(), is_one_of(&[View::Gantt])),
        (
            "--columns",
            args.columns.is_some(),
            is_one_of(&[View::Table]),
        ),
        ("--name", args.name.is_some(), is_named),
        ("--date-form", args.date_form.is_some(), has_dates),
        ("--from", args.from.is_some(), is_one_of(&[View::Endoflife])),
        (
            "--category",
            args.category.is_some(),
            is_one_of(&[View::Endoflife]),
        ),
        ("--style", args.style.is_some(), is_html),
        (
            "--theme-selector",
            args.theme_selector.is_some(),
            is_one_of(&[View::Style]) || is_html && args.style != Some(FragmentStyle::None),
        ),
    ];
    let mut idle = options
        .iter()
        .filter(|(_, is_said, is_used)| *is_said && !is_used);
    let Some((option, ..)) = idle.next() else {
        return Ok(());
    };
    let (view, format) = (name(args.view), name(format(args)));
    Err(Failure::Usage(match *option {
        "--scheme" | "--style" | "--theme-selector" => {
            format!("`render {view} --format {format}` has no use for `{option}`")
        }
        _ => format!("`render {view}` has no use for `{option}`"),
    }))
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

/// The format that is asked for, else the usual one of the view.
fn format(args: &RenderArgs) -> ViewFormat {
    use RenderView as View;
    args.format.unwrap_or(match args.view {
        View::Table | View::Summary | View::Board | View::Milestones | View::Patches => {
            ViewFormat::Html
        }
        View::Gantt | View::Badge => ViewFormat::Svg,
        View::Versions | View::Value | View::Values => ViewFormat::Text,
        View::Security | View::Endoflife => ViewFormat::Markdown,
        View::Json | View::Api => ViewFormat::Json,
        View::Calendar => ViewFormat::Ics,
        View::Atom => ViewFormat::Atom,
        View::Style => ViewFormat::Css,
    })
}

fn view(args: &RenderArgs, board: &Board) -> Result<String, Failure> {
    use RenderView as View;
    use ViewFormat::{Atom, Css, Html, Ics, Json, Markdown, Rst, Svg, Text};
    let form = args.date_form.unwrap_or(DateForm::Long);
    Ok(match (args.view, format(args)) {
        (View::Table, Text) => table::text(board, &columns(args, board)?, false),
        (View::Table | View::Json, Json) => json::board(board),
        (View::Summary, Text) => summary::text(board),
        (View::Gantt, Svg) => {
            gantt::svg_for(board, span(args)?, args.scheme.unwrap_or(Scheme::Auto))
        }
        (View::Milestones, Text) => coming(board).text(),
        (View::Patches, Text) => patches::listing(board).text(),
        (View::Calendar, Ics) => feed(board, feeds::calendar)?,
        (View::Atom, Atom) => feed(board, feeds::atom)?,
        (View::Api, Json) => feed(board, feeds::api)?,
        (View::Badge, Svg) => feeds::badge(board, badge(args.name.as_deref())?),
        (View::Style, Css) => views::style(args.theme_selector.as_ref()),
        (View::Versions, Text) => versions(board)?,
        (View::Value, Text) => value(board, args.name.as_deref(), args.date_form)?,
        (View::Values, Text) => values::text(board, form),
        (View::Values, Json) => values::json(board, form),
        (View::Values, Rst) => values::rst(board, form),
        (_, Html) => fragment(args, &html(args, board)?),
        (_, Markdown) => markdown(args, board)?,
        (View::Endoflife, Rst) => return Err(unwritable(args)),
        (_, Rst) => views::rst::from_markdown(&markdown(args, board)?),
        _ => return Err(unwritable(args)),
    })
}

fn markdown(args: &RenderArgs, board: &Board) -> Result<String, Failure> {
    use RenderView as View;
    Ok(match args.view {
        View::Table => table::markdown(board, &columns(args, board)?),
        View::Summary => summary::markdown(board),
        View::Milestones => coming(board).markdown(),
        View::Patches => patches::listing(board).markdown(),
        View::Security => security::markdown(board),
        View::Endoflife => product(args, board)?,
        _ => return Err(unwritable(args)),
    })
}

/// The file of a product of endoflife.date, with what a person should know said
/// beside it.
fn product(args: &RenderArgs, whole: &Board) -> Result<String, Failure> {
    let cycles = endoflife::cycles(whole).map_err(Failure::Usage)?;
    for train in &cycles.undated {
        report::note(&format!(
            "{train} is left out: endoflife.date wants the day of its release"
        ));
    }
    let Some(path) = &args.from else {
        let category = category(args, whole)?;
        return Ok(endoflife::page(whole, category, &cycles.list));
    };
    let updated = Product::read(path)?.updated(&cycles.list)?;
    for note in &updated.notes {
        report::note(note);
    }
    Ok(updated.text)
}

/// The category that is asked for, else that of the schedule, where
/// endoflife.date has it.
fn category<'a>(args: &'a RenderArgs, board: &'a Board) -> Result<&'a str, Failure> {
    let own = board.project().category.as_deref();
    let known = endoflife::CATEGORIES.iter();
    let mut known = known.filter(|(name, title)| own == Some(name) || own == Some(title));
    let known = known.next().map(|(name, _)| *name);
    args.category.as_deref().or(known).ok_or_else(|| {
        let names = endoflife::CATEGORIES.map(|(name, _)| name).join(", ");
        let title = format!(
            "`render endoflife` needs `--from`, the file of the product, \
             or for a new one `--category`: one of {names}"
        );
        Failure::Usage(title)
    })
}

/// A view as a block of a page.
fn html(args: &RenderArgs, board: &Board) -> Result<String, Failure> {
    use RenderView as View;
    Ok(match args.view {
        View::Table => table::html(board, &columns(args, board)?, Place::Book),
        View::Summary => summary::html(board),
        View::Gantt => gantt::html(board, span(args)?),
        View::Board => views::board(board, Place::Book),
        View::Milestones => coming(board).html(),
        View::Patches => patches::listing(board).html(),
        View::Security => security::html(board),
        _ => return Err(unwritable(args)),
    })
}

/// That block, with the style sheet unless the page has it.
fn fragment(args: &RenderArgs, html: &str) -> String {
    let has_style = args.style != Some(FragmentStyle::None);
    let style = has_style.then(|| views::style(args.theme_selector.as_ref()));
    views::fragment(html, style.as_deref())
}

fn unwritable(args: &RenderArgs) -> Failure {
    let (view, format) = (name(args.view), name(format(args)));
    Failure::Usage(format!("`{view}` cannot be written as `{format}`"))
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
