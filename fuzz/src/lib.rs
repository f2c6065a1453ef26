//! What is given to trainboard when somebody wishes it ill: one function for
//! each kind of file, which does with its bytes what a user's run does, and
//! panics where that breaks a promise.
//!
//! There are two ways to run it. The targets of cargo-fuzz are in
//! `fuzz_targets/`; they need its toolchain. The program `mutate` needs none: it
//! changes sound files at random, by a seed, so many times as it is told.

mod claims;
pub mod mutation;
mod project;
mod seeds;
mod targets;

pub use claims::largest;

/// A kind of file.
#[derive(Clone, Copy)]
pub struct Target {
    /// Its name, which is that of its file in `fuzz_targets/`.
    pub name: &'static str,
    /// Does with the file what a user's run does.
    ///
    /// # Panics
    ///
    /// Where trainboard does, or where what it makes is not as it is promised.
    pub run: fn(&[u8]),
    /// Files of that kind, most of them sound.
    pub seeds: fn() -> Vec<Vec<u8>>,
}

const fn target(name: &'static str, run: fn(&[u8]), seeds: fn() -> Vec<Vec<u8>>) -> Target {
    Target { name, run, seeds }
}

/// All kinds of files.
pub const TARGETS: [Target; 16] = [
    target("schedule", targets::schedule, seeds::schedules),
    target("settings", targets::settings, seeds::settings),
    target("page", targets::page, seeds::pages),
    target("raw_html", targets::page, seeds::raw_html),
    target("summary", targets::summary, seeds::summaries),
    target("template", targets::template, seeds::templates),
    target("static_file", targets::static_file, seeds::static_files),
    target("update", targets::update, seeds::updated),
    target("mdbook", targets::mdbook, seeds::books),
    target("changelog", targets::changelog, seeds::changelogs),
    target("tags", targets::tags, seeds::tags),
    target("node", targets::node, seeds::node),
    target("python", targets::python, seeds::python),
    target("endoflife", targets::endoflife, seeds::endoflife),
    target("kubernetes", targets::kubernetes, seeds::kubernetes),
    target("dotnet", targets::dotnet, seeds::dotnet),
];

/// Does with that file what a user's run of the target of that name does.
///
/// # Panics
///
/// Where there is no such target, and where the target does.
pub fn run(name: &str, bytes: &[u8]) {
    let target = TARGETS.iter().find(|target| target.name == name);
    (target.expect("a target of that name").run)(bytes);
}
