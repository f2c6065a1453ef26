//! What a user's run does with each kind of file.

use std::sync::LazyLock;

use trainboard::book::Request;
use trainboard::diagnostic::{Diagnostic, Source};
use trainboard::import::parse::{self, Parser};
use trainboard::import::{self, Document, Imported, Released, changelog as changelogs};
use trainboard::import::{dotnet as dotnets, endoflife as ends, kubernetes as kubes};
use trainboard::import::{node as nodes, python as pythons, tags as git_tags};
use trainboard::input::{self, ReadError};
use trainboard::markers::update as pairs;
use trainboard::schedule::{Board, Boards, Day, Label, Schedule};
use trainboard::views::changes::{self, Changes};
use trainboard::views::coming::{self, Asked};
use trainboard::views::feeds::{self, Badge, SitePlace};
use trainboard::views::gantt::{self, Picture, Span};
use trainboard::views::table::{self, Columns};
use trainboard::views::{self, DateForm, Place, json, patches, security, summary};

use crate::claims::{self, Claims};
use crate::project::{Project, day, told};

/// A site by that schedule, and all its views on the first day, today and the
/// last.
pub(crate) fn schedule(bytes: &[u8]) {
    let claims = Claims::of(bytes);
    let project = Project::with("schedule.toml", bytes);
    project.build(&claims);
    let read = told(input::projects::read(&project.path("schedule.toml")));
    if let Ok(read) = read {
        let days = ["1970-01-01", "2026-11-20", "9999-12-31"];
        let days = days.map(|day| day.parse().expect("a day"));
        days.iter()
            .for_each(|day| shown(&claims, &read.schedule, *day));
        for day in days {
            let found = read.schedule.notices(day).unwrap_or_default();
            let found = found.iter();
            let found = found.map(|finding| input::schedule::locate(&read.source, finding));
            claims::told(&found.collect::<Vec<_>>());
        }
    }
}

/// All views of a day; of all trains together, which may be thousands, a few.
fn shown(claims: &Claims, schedule: &Schedule, day: Day) {
    if let Ok(board) = schedule.at(day) {
        as_html(&board).iter().for_each(|html| claims.html(html));
        as_text(&board).iter().for_each(|text| claims.text(text));
        pictures(&board).iter().for_each(|svg| claims.xml(svg));
        feeds_of(claims, &board);
    }
    if let Ok(whole) = schedule.all_at(day) {
        claims.text(&table::text(&whole, &Columns::default(), false));
        claims.xml(&gantt::svg(&whole, Span::Window));
    }
    changed(claims, schedule, day);
}

fn as_html(board: &Board) -> [String; 8] {
    [
        views::board(board, Place::Page),
        table::html(board, &Columns::default(), Place::Book),
        gantt::html(board, Span::Window),
        summary::html(board),
        security::html(board),
        coming::listing(board, Asked::default()).html(),
        patches::listing(board).html(),
        gantt::html(board, "6m".parse().expect("a span")),
    ]
}

fn as_text(board: &Board) -> Vec<String> {
    let columns = Columns::default();
    let names = views::values(board);
    let values = names
        .iter()
        .filter_map(|name| views::value(board, name, DateForm::Long).ok()?);
    let mut texts = vec![
        table::markdown(board, &columns),
        table::text(board, &columns, true),
        summary::markdown(board),
        summary::text(board),
        security::markdown(board),
        json::board(board),
        gantt::in_words(board),
    ];
    texts.extend(values);
    texts
}

fn pictures(board: &Board) -> [String; 4] {
    let [a, b, c] = Badge::ALL.map(|badge| feeds::badge(board, badge));
    [gantt::svg(board, Span::Window), a, b, c]
}

fn feeds_of(claims: &Claims, board: &Board) {
    let place = SitePlace {
        base: Some("https://trains.example/docs/"),
        ..SitePlace::default()
    };
    for feed in feeds::all(board, &place) {
        claims.file(&feed.path, feed.text.as_bytes());
    }
}

/// What `next` says.
fn changed(claims: &Claims, schedule: &Schedule, day: Day) {
    let Ok(mut before) = schedule.project_at(day) else {
        return;
    };
    let mut days = Vec::new();
    while let Some(next) = before.board.period().next_change.filter(|_| days.len() < 5) {
        let Ok(after) = schedule.project_at(next) else {
            return;
        };
        days.push(Changes::between(&before, &after, next));
        before = after;
    }
    claims.text(&changes::text(&days));
    claims.text(&changes::json(&days));
}

/// A site with those settings.
pub(crate) fn settings(bytes: &[u8]) {
    Project::with("trainboard.toml", bytes).build(&Claims::of(bytes));
}

/// A site with that page.
pub(crate) fn page(bytes: &[u8]) {
    Project::with("content/page.md", bytes).build(&Claims::of(bytes));
}

/// A site with that `SUMMARY.md`.
pub(crate) fn summary(bytes: &[u8]) {
    Project::with("content/SUMMARY.md", bytes).build(&Claims::of(bytes));
}

/// A site with that template of its pages.
pub(crate) fn template(bytes: &[u8]) {
    Project::with("templates/page.html", bytes).build(&Claims::of(bytes));
}

const ENDINGS: [&str; 5] = ["svg", "xml", "xhtml", "html", "css"];

/// A site with that file, whose length decides how its name ends.
pub(crate) fn static_file(bytes: &[u8]) {
    let path = format!("static/a.{}", ENDINGS[bytes.len() % ENDINGS.len()]);
    Project::with(&path, bytes).build(&Claims::of(bytes));
}

static BOARDS: LazyLock<Boards> = LazyLock::new(|| {
    let project = Project::with("content/index.md", b"# Home\n");
    project.boards().expect("sound schedules")
});

/// A file of Markdown that is updated in place: what comes of it stays as it
/// is.
pub(crate) fn update(bytes: &[u8]) {
    let claims = Claims::of(bytes);
    let project = Project::with("README.md", bytes);
    let Ok(original) = told(input::read(&project.path("README.md"))) else {
        return;
    };
    let chart = Picture {
        address: "chart.svg",
        dark: Some("dark.svg"),
    };
    let updated = pairs::update(&original.raw, &original.source, &BOARDS, Some(chart));
    let Ok(updated) = updated.map_err(|found| claims::told(&found)) else {
        return;
    };
    claims.text(&updated.text);
    let source = Source::of_file("README.md", &updated.text);
    let again = pairs::update(&updated.text, &source, &BOARDS, Some(chart));
    assert_eq!(again.expect("what can be updated").text, updated.text);
}

/// A book on its way through mdBook. The schedules that it names are not
/// looked for: the boards are those of the sound project.
pub(crate) fn mdbook(bytes: &[u8]) {
    let claims = Claims::of(bytes);
    let Ok(request) = Request::read(bytes).map_err(|found| claims::told(&found)) else {
        return;
    };
    request.schedules();
    let Ok(answer) = request
        .answer(&BOARDS)
        .map_err(|found| claims::told(&found))
    else {
        return;
    };
    claims::told(&answer.warnings);
    let mut book = Vec::new();
    answer.write(&mut book).expect("room in memory");
    claims.file("book.json", &book);
    serde_json::from_slice::<serde_json::Value>(&book).expect("JSON");
}

/// The changelog whose releases are added to a schedule.
pub(crate) fn changelog(bytes: &[u8]) {
    let project = Project::with("CHANGELOG.md", bytes);
    let Ok(original) = told(input::read(&project.path("CHANGELOG.md"))) else {
        return;
    };
    let changelog = changelogs::read(&original.source);
    claims::told(&Vec::from_iter(changelog.warning()));
    extended(&project, changelog.releases);
}

/// What git says of a repository's tags.
pub(crate) fn tags(bytes: &[u8]) {
    let project = Project::with("tags.txt", b"");
    let listing = String::from_utf8_lossy(bytes);
    for pattern in ["v{version}", "{version}"] {
        let pattern = pattern.parse().expect("a pattern");
        let tags = git_tags::read(&listing, &pattern, &["nightly".to_owned()]);
        for names in [&tags.excluded, &tags.undated, &tags.others] {
            import::some_of(names);
        }
        extended(&project, tags.releases);
    }
}

/// The schedule with releases that it lacks can be read, and then lacks none.
fn extended(project: &Project, releases: Vec<Released>) {
    let path = project.path("schedule.toml");
    let target = import::Target::at(&path).expect("a sound schedule");
    let compared = import::compare(&target.read, releases.clone(), "the file says");
    claims::told(&compared.warnings);
    let Ok((text, odd)) = told(target.extended(&compared.missing)) else {
        return;
    };
    claims::told(&odd);
    project.write("schedule.toml", text.as_bytes());
    let target = import::Target::at(&path).expect("a sound schedule");
    let compared = import::compare(&target.read, releases, "the file says");
    assert!(compared.missing.is_empty(), "{:?}", compared.missing);
}

/// The schedule of Node.js.
pub(crate) fn node(bytes: &[u8]) {
    one(bytes, nodes::schedule);
}

/// A product of endoflife.date.
pub(crate) fn endoflife(bytes: &[u8]) {
    one(bytes, ends::schedule);
}

/// The releases of .NET.
pub(crate) fn dotnet(bytes: &[u8]) {
    one(bytes, dotnets::schedule);
}

/// The release cycle of Python, alone and with another file.
pub(crate) fn python(bytes: &[u8]) {
    let other = include_str!("../../tests/data/python-release-cycle.json");
    several(bytes, other, parse::json_or_toml, pythons::schedule);
}

/// The schedule of Kubernetes, alone and with its ends.
pub(crate) fn kubernetes(bytes: &[u8]) {
    let other = include_str!("../../tests/data/kubernetes-eol.yaml");
    several(bytes, other, parse::yaml, kubes::schedule);
}

fn name() -> Label {
    "Project".parse().expect("a name")
}

fn document(bytes: &[u8], parser: Parser) -> Result<Document, ()> {
    let project = Project::with("source", bytes);
    told(import::read(&project.path("source"), parser))
}

fn one(bytes: &[u8], importer: fn(&Document, &Label) -> Result<Imported, ReadError>) {
    if let Ok(document) = document(bytes, parse::json) {
        written(bytes, importer(&document, &name()));
    }
}

fn several(
    bytes: &[u8],
    other: &str,
    parser: Parser,
    importer: fn(&[Document], &Label) -> Result<Imported, ReadError>,
) {
    if let Ok(document) = document(bytes, parser) {
        let other = parser(&Source::new("other", other)).expect("a sound file");
        let both = [document, other];
        written(bytes, importer(&both[..1], &name()));
        written(bytes, importer(&both, &name()));
    }
}

/// What is written of an imported schedule can be read, and can be shown.
fn written(bytes: &[u8], imported: Result<Imported, ReadError>) {
    let Ok(imported) = told(imported) else { return };
    let imported = imported.with_facts_until(day());
    let Ok(text) = told(imported.text()) else {
        return;
    };
    claims::told(&imported.reports);
    let source = Source::new("schedule.toml", text);
    let read = input::schedule::parse(&source);
    let read = read.unwrap_or_else(|found: Vec<Diagnostic>| panic!("{found:#?} in {source:#?}"));
    claims::told(&read.warnings);
    let claims = Claims::of(bytes);
    claims.text(&source.text);
    shown(&claims, &read.schedule, day());
}
