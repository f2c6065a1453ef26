//! Inputs that are made to take long: what is done for twice as much of them
//! is at most twice as much, and a little for its logarithm. Work is counted
//! as bytes that are asked of the allocator by all threads, which are the same
//! on every machine; the bench `bombs` shows the times.
//!
//! `TRAINBOARD_BOMB_FACTOR=50` makes each bomb so much larger, and
//! `TRAINBOARD_BOMB_NAME=link` takes only those with that in their name.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "tests make files as users do, and print what they counted"
)]

mod table;

use std::alloc::System;
use std::env;
use std::process::Command;

use cap::Cap;

use table::{BOMBS, Bomb};

#[global_allocator]
static ALLOCATOR: Cap<System> = Cap::new(System, usize::MAX);

/// What twice as much may cost, in hundredths of the cost.
const MAX_GROWTH: usize = 230;

/// What is no growth: buffers that are now and then asked for once more.
const SLACK: usize = 64 << 10;

/// The bytes that may be in use at once.
const MAX_PEAK: usize = 256 << 20;

/// The variable with the command line of a bomb that goes off in a process of
/// its own, where nothing else is counted.
const COMMAND: &str = "TRAINBOARD_BOMB_COMMAND";

/// What stands before the counts in what such a process prints.
const COUNTS: &str = "counted bytes, and the most at once: ";

/// Bytes that were asked for, and the most that were in use at once.
#[derive(Clone, Copy)]
struct Work {
    total: usize,
    peak: usize,
}

#[test]
fn twice_as_much_of_anything_is_at_most_twice_the_work() {
    let factor = env::var("TRAINBOARD_BOMB_FACTOR").map_or(1, |factor| factor.parse().unwrap());
    let name = env::var("TRAINBOARD_BOMB_NAME").unwrap_or_default();
    let bombs = BOMBS.iter().filter(|bomb| bomb.name.contains(&name));
    let wrong: Vec<_> = bombs.filter_map(|bomb| grows(bomb, factor)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Prints how a bomb grows, and gives that line if it is more than may be.
fn grows(bomb: &Bomb, factor: usize) -> Option<String> {
    let pieces = bomb.pieces * factor;
    let [one, single, double] = [1, pieces, 2 * pieces].map(|pieces| work(bomb, pieces));
    let [single_grown, double_grown] =
        [single, double].map(|work| work.total.saturating_sub(one.total));
    let growth = 100 * double_grown / single_grown.max(1);
    let line = format!(
        "{}: {pieces} cost {} KiB, twice as many {} KiB, {}.{:02} times that above {} KiB for one; at most {} MiB at once",
        bomb.name,
        single.total >> 10,
        double.total >> 10,
        growth / 100,
        growth % 100,
        one.total >> 10,
        double.peak >> 20,
    );
    println!("{line}");
    let is_wrong = double_grown > single_grown * MAX_GROWTH / 100 + SLACK || double.peak > MAX_PEAK;
    is_wrong.then_some(line)
}

/// What a bomb of so many pieces costs.
fn work(bomb: &Bomb, pieces: usize) -> Work {
    let project = (bomb.project)(pieces);
    let output = Command::new(env::current_exe().unwrap())
        .args(["--ignored", "--exact", "a_bomb_goes_off", "--nocapture"])
        .env_clear()
        .env(COMMAND, bomb.command)
        .current_dir(project.root())
        .output()
        .unwrap();
    let [stdout, stderr] =
        [output.stdout, output.stderr].map(|told| String::from_utf8(told).unwrap());
    let is_said = pieces == 1 || stdout.contains(bomb.says) || stderr.contains(bomb.says);
    assert!(is_said, "{}: {stdout}\n{stderr}", bomb.name);
    counts(&stdout).unwrap_or_else(|| panic!("{}: {stdout}\n{stderr}", bomb.name))
}

/// The counts in what such a process printed.
fn counts(stdout: &str) -> Option<Work> {
    let (_, counts) = stdout.rsplit_once(COUNTS)?;
    let mut counts = counts
        .split_whitespace()
        .map_while(|count| count.parse().ok());
    Some(Work {
        total: counts.next()?,
        peak: counts.next()?,
    })
}

#[test]
#[ignore = "the other test runs it, with a command"]
fn a_bomb_goes_off() {
    let command = env::var(COMMAND).unwrap();
    let arguments = std::iter::once("trainboard").chain(command.split_whitespace());
    let before = ALLOCATOR.total_allocated();
    trainboard::cli::run(arguments.map(Into::into));
    let total = ALLOCATOR.total_allocated() - before;
    println!("\n{COUNTS}{total} {}", ALLOCATOR.max_allocated());
}
