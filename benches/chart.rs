//! Charts: both drawings of a page, and the file of its own. The target is
//! 100 µs for Wasmtime.

use divan::{Bencher, black_box};
use trainboard::diagnostic::Source;
use trainboard::input;
use trainboard::schedule::{Board, Schedule};
use trainboard::views::Place;
use trainboard::views::gantt::{self, Span};
use trainboard::views::table::{self, Columns};

const WASMTIME: &str = include_str!("../schedule.toml");
const NODE: &str = include_str!("../tests/fixtures/node.toml");

fn main() {
    divan::main();
}

fn board(project: &str) -> Board {
    let text = if project == "node" { NODE } else { WASMTIME };
    let read = input::schedule::parse(&Source::new("schedule.toml", text));
    let schedule: Schedule = read.map_or_else(|found| panic!("{found:?}"), |read| read.schedule);
    let date = "2026-11-20"
        .parse()
        .unwrap_or_else(|message| panic!("{message}"));
    schedule.at(date).unwrap_or_else(|error| panic!("{error}"))
}

const PROJECTS: [&str; 2] = ["wasmtime", "node"];

#[divan::bench(args = PROJECTS)]
fn chart_of_a_page(bencher: Bencher<'_, '_>, project: &str) {
    let board = board(project);
    bencher.bench(|| gantt::html(black_box(&board), Span::Window));
}

#[divan::bench(args = PROJECTS)]
fn chart_of_its_own(bencher: Bencher<'_, '_>, project: &str) {
    let board = board(project);
    bencher.bench(|| gantt::svg(black_box(&board), Span::Window));
}

#[divan::bench]
fn table_of_a_page(bencher: Bencher<'_, '_>) {
    let board = board("wasmtime");
    bencher.bench(|| table::html(black_box(&board), &Columns::default(), Place::Page));
}
