//! What must hold for every chart, read from what was written.

pub(super) mod samples;

use std::fmt;

use proptest::prelude::*;

use super::style;
use super::svg::Area;
use super::timeline::Look;
use super::*;
use crate::schedule::{
    Choice as _, Day, Draft, Level, PhaseRule, Precision, Project, Released, Schedule, TrainEntry,
    When,
};
use crate::views::text_metrics::{Face, Px, width};

/// Writes all samples to `target/charts`, to be looked at:
/// `cargo test -- --ignored write_the_samples`.
#[test]
#[ignore = "for the eye"]
#[expect(
    clippy::disallowed_methods,
    reason = "pictures to look at, outside of the product"
)]
fn write_the_samples() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("target/charts");
    std::fs::create_dir_all(&folder).unwrap();
    let near = Span::Near(Length::months(6));
    for (name, board) in samples::all() {
        for (kind, span) in [("", Span::Window), ("-near", near)] {
            let style = crate::views::style(None);
            let chart = html(&board, span);
            for scheme in ["light", "dark"] {
                let page = format!(
                    "<!doctype html><html lang=en><meta charset=utf-8>\
                     <meta name=color-scheme content={scheme}>\
                     <meta name=viewport content=\"width=device-width\"><title>{name}</title>\
                     <style>body{{margin:16px;font-family:Noto Sans}}{style}</style>\n{chart}"
                );
                std::fs::write(folder.join(format!("{name}{kind}-{scheme}.html")), page).unwrap();
            }
            std::fs::write(folder.join(format!("{name}{kind}.svg")), svg(&board, span)).unwrap();
        }
    }
}

/// Every drawing of a chart, each in both of its forms.
fn documents(board: &Board) -> Vec<String> {
    let near = Span::Near(Length::months(3));
    [Span::Window, near]
        .into_iter()
        .flat_map(|span| [html(board, span), svg(board, span)])
        .collect()
}

fn each(check: impl Fn(&str, &str)) {
    for (name, board) in samples::all() {
        for document in documents(&board) {
            check(name, &document);
        }
    }
}

#[test]
fn every_tag_is_closed_by_its_own() {
    each(|name, document| {
        let mut open = Vec::new();
        for tag in document.split('<').skip(1) {
            let (inside, text) = tag.split_once('>').unwrap();
            assert!(!text.contains('>'), "{name}: {text}");
            let element = inside.split(' ').next().unwrap();
            match element.strip_prefix('/') {
                Some(closed) => assert_eq!(open.pop(), Some(closed), "{name}"),
                None if inside.ends_with('/') => {}
                None => open.push(element),
            }
        }
        assert!(open.is_empty(), "{name}: {open:?}");
    });
}

#[test]
fn every_ampersand_begins_an_entity() {
    each(|name, document| {
        for after in document.split('&').skip(1) {
            let entity = after.split_once(';').map_or("", |(entity, _)| entity);
            assert!(
                ["amp", "lt", "gt", "quot", "#39"].contains(&entity),
                "{name}: {after}"
            );
        }
    });
}

#[test]
fn nothing_inline_has_an_id_a_style_a_link_or_a_blank_line() {
    for (name, board) in samples::all() {
        let html = html(&board, Span::Window);
        for banned in [
            " id=", "style", "<a", "<tspan", "<script", "<?xml", "{{", "\n\n", "<h",
        ] {
            assert!(!html.contains(banned), "{name}: {banned}");
        }
        assert!(
            html.starts_with("<figure") && html.ends_with("</figure>\n"),
            "{name}"
        );
    }
}

#[test]
fn markup_in_names_stays_text() {
    let board = samples::board(samples::awkward(), "2026-11-20");
    let chart = html(&board, Span::Window);
    assert!(!chart.contains("<b>"));
    assert!(chart.contains("&lt;b&gt;&amp;&quot;EOL"));
    assert!(chart.contains("Néw &lt;&amp; &quot;Old&quot;&gt;"));
}

#[test]
fn a_file_of_its_own_has_plain_colours_before_any_that_need_support() {
    let file = svg(
        &samples::board(samples::wasmtime(), "2026-11-20"),
        Span::Window,
    );
    let (plain, _) = file.split_once("@supports").unwrap();
    assert!(plain.contains(".tb-lts { fill: #0a6b58"));
    assert!(!plain.contains("var(") && !plain.contains("light-dark("));
    assert_eq!(file.matches("@supports").count(), 1);
}

#[test]
fn the_chart_of_a_period_is_the_same_on_all_its_days() {
    let on = |date| html(&samples::board(samples::wasmtime(), date), Span::Window);
    let chart = on("2026-11-20");
    assert_eq!(chart, on("2026-11-27"));
    assert_eq!(chart, on("2026-12-04"));
    assert_ne!(chart, on("2026-12-05"));
    assert!(chart.contains(">20 Nov – 5 Dec 2026</text>"));
}

#[test]
fn a_pill_over_the_new_year_names_both_years() {
    let board = samples::board(samples::wasmtime(), "2026-12-22");
    let chart = html(&board, Span::Window);
    assert!(chart.contains(">20 Dec 2026 – 5 Jan 2027</text>"));
}

#[test]
fn more_than_five_trains_that_have_ended_are_folded() {
    let chart = html(&samples::sixty(), Span::Window);
    let (present, past) = chart.split_once("<details>").unwrap();
    assert!(past.starts_with("\n<summary>47 trains that have ended</summary>\n<svg"));
    assert!(!present.contains(">ended ") && past.contains(">ended "));
}

#[test]
fn what_is_not_known_is_said() {
    let board = samples::board(samples::awkward(), "2026-11-20");
    let chart = html(&board, Span::Window);
    for said in [
        ">no end announced</text>",
        ">not announced</text>",
        ">into Oct 2030</text>",
        ">ended</text>",
    ] {
        assert!(chart.contains(said), "{said}");
    }
}

#[test]
fn a_train_before_the_near_view_stands_at_its_edge() {
    let board = samples::board(samples::node(), "2026-11-20");
    let chart = html(&board, Span::Near(Length::months(3)));
    assert!(chart.contains(">ended 1 Jun 2024</text>") && chart.contains(">‹</text>"));
}

/// What covers some of a drawing.
struct Cover {
    area: Area,
    class: String,
    what: String,
}

impl fmt::Debug for Cover {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` at {:?}", self.what, self.area)
    }
}

impl Cover {
    fn overlaps(&self, other: &Self) -> bool {
        let (a, b) = (self.area, other.area);
        a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
    }
}

fn attribute<'a>(line: &'a str, name: &str) -> &'a str {
    let start = format!(" {name}=\"");
    let (_, rest) = line.split_once(&start).unwrap();
    rest.split_once('"').unwrap().0
}

fn tenths(number: &str) -> Px {
    let (whole, tenth) = number.split_once('.').unwrap_or((number, "0"));
    assert_eq!(tenth.len(), 1, "{number}");
    let sign = if whole.starts_with('-') { -1 } else { 1 };
    whole.parse::<Px>().unwrap() * 10 + sign * tenth.parse::<Px>().unwrap()
}

/// The texts of a drawing, as wide as they are taken to be.
fn texts(drawing: &str) -> Vec<Cover> {
    let lines = drawing.lines().filter(|line| line.starts_with("<text "));
    lines.map(text).collect()
}

fn text(line: &str) -> Cover {
    let class = attribute(line, "class").to_owned();
    let what = line
        .split_once('>')
        .unwrap()
        .1
        .strip_suffix("</text>")
        .unwrap();
    let entities = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ];
    let what = entities
        .iter()
        .fold(what.to_owned(), |text, (entity, c)| text.replace(entity, c));
    let face = face(&class);
    let wide = width(&what, face);
    let (x, y) = (tenths(attribute(line, "x")), tenths(attribute(line, "y")));
    let left = match () {
        () if class.contains("tb-right") => x - wide,
        () if class.contains("tb-middle") => x - wide / 2,
        () => x,
    };
    Cover {
        area: Area {
            left,
            top: y - face.size() * 8,
            right: left + wide,
            bottom: y + face.size() * 2,
        },
        class,
        what,
    }
}

fn face(class: &str) -> Face {
    let has = |name: &str| class.split(' ').any(|part| part == name);
    match () {
        () if has("tb-badge-text") => Face::Badge,
        () if has("tb-name") && has("tb-bold") => Face::BoldName,
        () if has("tb-name") => Face::Name,
        () if has("tb-year") || has("tb-pill-text") || has("tb-phase") => Face::Bold,
        () => Face::Plain,
    }
}

/// The bars of a drawing's rows.
fn bars(drawing: &str) -> Vec<Cover> {
    let rows = drawing.split("<g>").skip(1);
    let rows = rows.map(|row| row.split("</g>").next().unwrap());
    let looks: Vec<_> = Look::all()
        .map(|look| format!("tb-{}", look.name()))
        .collect();
    let is_bar = |line: &&str| {
        line.contains(" class=\"") && {
            let class = attribute(line, "class").split(' ').next().unwrap();
            looks.iter().any(|look| look == class)
        }
    };
    rows.flat_map(str::lines).filter(is_bar).map(bar).collect()
}

fn bar(line: &str) -> Cover {
    let points: Vec<(Px, Px)> = if line.starts_with("<rect") {
        let [x, y, width, height] =
            ["x", "y", "width", "height"].map(|name| tenths(attribute(line, name)));
        assert!(width > 0 && height > 0, "{line}");
        vec![(x, y), (x + width, y + height)]
    } else {
        points(attribute(line, "d"))
    };
    let xs = || points.iter().map(|point| point.0);
    let ys = || points.iter().map(|point| point.1);
    Cover {
        area: Area {
            left: xs().min().unwrap(),
            top: ys().min().unwrap(),
            right: xs().max().unwrap(),
            bottom: ys().max().unwrap(),
        },
        class: attribute(line, "class").to_owned(),
        what: line.to_owned(),
    }
}

/// The corners of a path.
fn points(path: &str) -> Vec<(Px, Px)> {
    let mut points: Vec<(Px, Px)> = Vec::new();
    for step in path
        .trim_end_matches('Z')
        .split_inclusive(['M', 'L', 'A', 'H', 'V'])
    {
        let numbers = step.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let numbers: Vec<_> = numbers.split_whitespace().map(tenths).collect();
        match numbers[..] {
            [.., x, y] => points.push((x, y)),
            [x] => points.push((x, points[0].1)),
            [] => {}
        }
    }
    points
}

/// No text covers another, leaves the picture, or touches a bar beside which
/// it stands.
fn check_places(drawing: &str) {
    let [left, top, wide, high]: [Px; 4] = attribute(drawing, "viewBox")
        .split(' ')
        .map(tenths)
        .collect::<Vec<_>>()
        .try_into()
        .unwrap();
    let texts = texts(drawing);
    for (n, text) in texts.iter().enumerate() {
        let Area {
            left: l,
            top: t,
            right,
            bottom,
        } = text.area;
        let within = l >= left && t >= top && right <= left + wide && bottom <= top + high;
        assert!(within, "leaves the picture: {text:?}");
        assert!(!text.what.is_empty(), "says nothing: {text:?}");
        for other in &texts[n + 1..] {
            assert!(!text.overlaps(other), "{text:?} covers {other:?}");
        }
    }
    let bars = bars(drawing);
    for note in texts.iter().filter(|text| text.class.contains("tb-note")) {
        for bar in &bars {
            assert!(!note.overlaps(bar), "{note:?} covers {bar:?}");
        }
    }
    for bar in &bars {
        let within = bar.area.left >= left && bar.area.right <= left + wide;
        assert!(within, "leaves the picture: {bar:?}");
    }
}

/// The first drawing of a chart, which is the wide one.
fn wide(board: &Board) -> String {
    let html = html(board, Span::Window);
    html.split("</svg>").next().unwrap().to_owned()
}

#[test]
fn notes_of_the_wide_drawing_stand_in_a_column_beside_all_else() {
    for (name, board) in samples::all() {
        let drawing = wide(&board);
        let notes = texts(&drawing).into_iter();
        let notes = notes.filter(|text| text.class == "tb-note");
        let column: std::collections::BTreeSet<_> = notes.map(|note| note.area.left).collect();
        assert!(column.len() <= 1, "{name}: {column:?}");
        for (bar, left) in bars(&drawing).iter().zip(column.iter().cycle()) {
            assert!(bar.area.right < *left, "{name}: {bar:?}");
        }
    }
}

#[test]
fn every_chart_contains_its_period() {
    for (name, board) in samples::all() {
        let has_period = board.period() != crate::schedule::Period::default();
        let drawing = wide(&board);
        assert_eq!(drawing.contains("tb-pill"), has_period, "{name}");
        assert_eq!(drawing.contains("tb-band"), has_period, "{name}");
    }
}

#[test]
fn the_phase_that_holds_has_its_name_in_the_bar_or_beside_it() {
    for (name, board) in samples::all() {
        let drawing = wide(&board);
        let rows: Vec<_> = drawing.split("<g>").skip(1).collect();
        let [shown, _] = board.in_groups();
        for (row, drawn) in shown.iter().zip(rows) {
            let Some(phase) = row.phase().filter(|_| row.is_supported()) else {
                continue;
            };
            let names = [Some(&*phase.name), phase.short.as_deref()];
            let names = names.map(|name| name.map(|name| format!(">{}</text>", Html(name))));
            let is_named = names.iter().flatten().any(|name| drawn.contains(name));
            let is_alone = row.train().phases.len() == 1;
            let is_long = shown.len() > 20;
            assert!(is_named || is_alone || is_long, "{name}: {drawn}");
        }
    }
}

#[test]
fn a_bar_without_an_end_fades_soon_after_the_period() {
    let draft = samples::lives(&[
        ("2020-01-01", Some("2040-01-01")),
        ("2021-01-01", None),
        ("2022-01-01", Some("2027-01-01")),
    ]);
    let drawing = wide(&samples::board(draft, "2026-11-20"));
    let bars = bars(&drawing);
    let right = |n: usize| bars[n].area.right;
    let last = bars.iter().filter(|bar| bar.class.contains("tb-fade-3"));
    let faded = last.map(|bar| bar.area.right).max().unwrap();
    assert!(faded < right(0) - right(0) / 3, "{faded} of {}", right(0));
}

#[test]
fn no_bar_is_a_sliver() {
    for (name, board) in samples::all() {
        for drawing in html(&board, Span::Window).split("<svg").skip(1) {
            for bar in bars(drawing)
                .iter()
                .filter(|bar| !bar.class.contains("tb-fade"))
            {
                // An outline takes half a pixel on each side.
                assert!(bar.area.width() >= 50, "{name}: {bar:?}");
            }
        }
    }
}

fn check_board(board: &Board) {
    for document in documents(board) {
        for drawing in document.split("<svg").skip(1) {
            check_places(drawing);
        }
    }
}

#[test]
fn texts_of_the_samples_never_meet() {
    for (_, board) in samples::all() {
        check_board(&board);
    }
}

prop_compose! {
    fn any_day()(number in 15_000..26_000) -> Day {
        Day::from_number(number).unwrap()
    }
}

fn any_when() -> impl Strategy<Value = When> {
    let precision = prop::sample::select(Precision::ALL).prop_map(|(_, precision)| precision);
    (any_day(), precision).prop_map(|(day, precision)| When::new(day, precision))
}

fn any_phases() -> impl Strategy<Value = Vec<PhaseRule>> {
    let level = prop::sample::select(Level::ALL).prop_map(|(_, level)| level);
    let phase = (level, any_day(), "[A-Za-z ]{0,24}x");
    prop::collection::vec(phase, 0..4).prop_map(|mut phases| {
        phases.sort_by_key(|(level, day, _)| (*level != Level::Pre, *day));
        let rules = phases.into_iter().map(|(level, day, name)| PhaseRule {
            from: Some(day.into()),
            ..samples::phase(&name, level)
        });
        rules.collect()
    })
}

fn any_train() -> impl Strategy<Value = TrainEntry> {
    let days = [(); 3].map(|()| prop::option::of(any_when()));
    let flags = (any::<bool>(), prop::bool::weighted(0.1));
    let badge = prop::option::weighted(0.3, "[A-Z]{1,6}");
    (days, any_phases(), flags, badge).prop_map(
        |([branch, release, end], phases, (released, ended), badge)| TrainEntry {
            branch,
            release,
            end,
            phases,
            released: Released::some_day_if(released && release.is_none()),
            ended: ended && end.is_none(),
            badge: badge.map(|badge| samples::label(&badge)),
            ..TrainEntry::new("1".parse().unwrap())
        },
    )
}

fn any_draft() -> impl Strategy<Value = Draft> {
    let names = prop_oneof![Just(String::new()), "[a-zA-Z א-ת]{1,40}", "[W😀]{50,150}"];
    let trains = prop::collection::vec((any_train(), names), 0..30);
    trains.prop_map(|trains| {
        let mut draft = Draft::new(Project::new(samples::label("Any")));
        draft.window.get_or_insert_default().recent = 50;
        draft.window.get_or_insert_default().upcoming = 50;
        let numbered = (1..).zip(trains).map(|(n, (train, name))| TrainEntry {
            version: format!("{n}.0 {name}").trim().parse().unwrap(),
            ..train
        });
        draft.trains = numbered.collect();
        draft
    })
}

/// The schedule of those trains that are sound by themselves.
fn sound(draft: Draft) -> Schedule {
    let alone = |train: &TrainEntry| {
        let mut draft = draft.clone();
        draft.trains = vec![train.clone()];
        Schedule::new(draft).is_ok()
    };
    let trains = draft
        .trains
        .iter()
        .filter(|train| alone(train))
        .cloned()
        .collect();
    Schedule::new(Draft { trains, ..draft }).unwrap()
}

proptest! {
    #[test]
    fn texts_never_meet_and_never_leave_the_picture(draft in any_draft(), date in any_day()) {
        check_board(&sound(draft).at(date).unwrap());
    }
}

#[test]
fn every_colour_of_the_drawing_is_a_token() {
    let rules = style::alone();
    let (_, supported) = rules.split_once("@supports").unwrap();
    for used in supported.split("var(--").skip(1) {
        let name = used.split_once(')').unwrap().0;
        assert!(supported.contains(&format!("--{name}:")), "{name}");
    }
}
