//! A board of Wasmtime, beside the reading of its schedule. The target for a
//! board is 20 µs.

use divan::{Bencher, black_box};
use trainboard::diagnostic::Source;
use trainboard::input;
use trainboard::schedule::{Day, Schedule};

const WASMTIME: &str = include_str!("../schedule.toml");
const NODE: &str = include_str!("../tests/fixtures/node.toml");

fn main() {
    divan::main();
}

fn schedule(text: &str) -> Schedule {
    let read = input::schedule::parse(&Source::new("schedule.toml", text));
    read.map_or_else(|found| panic!("{found:?}"), |read| read.schedule)
}

fn day(text: &str) -> Day {
    text.parse().unwrap_or_else(|message| panic!("{message}"))
}

#[divan::bench(args = ["2024-06-01", "2026-11-20", "2034-11-20"])]
fn board_of_wasmtime(bencher: Bencher<'_, '_>, date: &str) {
    let (schedule, date) = (schedule(WASMTIME), day(date));
    bencher.bench(|| schedule.at(black_box(date)));
}

#[divan::bench]
fn board_of_node(bencher: Bencher<'_, '_>) {
    let (schedule, date) = (schedule(NODE), day("2026-11-20"));
    bencher.bench(|| schedule.at(black_box(date)));
}

#[divan::bench]
fn schedule_of_wasmtime_with_166_facts() -> Schedule {
    schedule(black_box(WASMTIME))
}
