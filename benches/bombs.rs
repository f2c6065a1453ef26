//! The times of inputs that are made to take long, at a size and at twice that
//! size. `TRAINBOARD_BOMB_FACTOR=10` makes each so much larger.

#![allow(clippy::unwrap_used, reason = "a bench that cannot go on ends")]
#![allow(
    clippy::disallowed_methods,
    reason = "the projects are written before they are read"
)]

#[path = "../tests/bombs/table.rs"]
mod table;

use std::env;
use std::process::Command;

use divan::Bencher;

use table::{BOMBS, Bomb};

/// How much larger than in the test, which has no optimisations.
const FACTOR: usize = 10;

fn main() {
    divan::main();
}

#[divan::bench(args = BOMBS, sample_count = 5, sample_size = 1)]
fn once(bencher: Bencher<'_, '_>, bomb: &Bomb) {
    goes_off(bencher, bomb, 1);
}

#[divan::bench(args = BOMBS, sample_count = 5, sample_size = 1)]
fn twice(bencher: Bencher<'_, '_>, bomb: &Bomb) {
    goes_off(bencher, bomb, 2);
}

fn goes_off(bencher: Bencher<'_, '_>, bomb: &Bomb, times: usize) {
    let factor =
        env::var("TRAINBOARD_BOMB_FACTOR").map_or(FACTOR, |factor| factor.parse().unwrap());
    let project = (bomb.project)(bomb.pieces * factor * times);
    let mut command = Command::new(env!("CARGO_BIN_EXE_trainboard"));
    command
        .args(bomb.command.split_whitespace())
        .current_dir(project.root());
    bencher.bench_local(|| {
        let output = command.output().unwrap();
        let told = [output.stdout, output.stderr].concat();
        assert!(String::from_utf8(told).unwrap().contains(bomb.says));
    });
}
