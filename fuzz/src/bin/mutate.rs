//! Gives trainboard sound files that were changed at random: a bounded number
//! of them, the same ones for the same seed.
//!
//! ```sh
//! cargo run --release --manifest-path fuzz/Cargo.toml --bin mutate -- \
//!   --cases 2000 [--target NAME] [--seed N]
//! ```
//!
//! `--target NAME --replay FILE` gives it one file, and `--corpus` writes the sound
//! files to where cargo-fuzz looks for them.

use std::collections::BTreeMap;
use std::fs;
use std::panic::{self, PanicHookInfo};
use std::path::{Path, PathBuf};
use std::process::{self, ExitCode};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use fastrand::Rng;
use trainboard_fuzz::mutation::mutated;
use trainboard_fuzz::{TARGETS, Target, largest};

/// What takes longer is told, and kept.
const SLOW: Duration = Duration::from_secs(2);

/// What takes longer by the clock is taken to have no end.
const ENDLESS: Duration = Duration::from_secs(600);

/// Where panics happened since it was last looked, also those that trainboard
/// caught: they are told to its user, and are wrong all the same.
static PANICS: Mutex<Vec<String>> = Mutex::new(Vec::new());

fn main() -> ExitCode {
    let asked = match Asked::read(std::env::args().skip(1)) {
        Ok(asked) => asked,
        Err(message) => {
            eprintln!("{message}");
            return ExitCode::from(2);
        }
    };
    panic::set_hook(Box::new(note_panic));
    let failed = match &asked.replay {
        Some(file) => asked.targets().filter(|target| fails(target, file)).count(),
        None if asked.corpus => asked.targets().map(write_corpus).sum(),
        None => asked
            .targets()
            .filter(|target| !run(target, &asked))
            .count(),
    };
    ExitCode::from(u8::from(failed > 0))
}

fn note_panic(info: &PanicHookInfo<'_>) {
    let place = info.location().map(ToString::to_string).unwrap_or_default();
    let text = info.payload_as_str().unwrap_or_default();
    let text: String = text.chars().take(300).collect();
    panics().push(format!("{place}: {text}"));
}

fn panics() -> std::sync::MutexGuard<'static, Vec<String>> {
    PANICS
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// What the arguments ask for.
struct Asked {
    cases: u64,
    seed: u64,
    target: Option<String>,
    replay: Option<PathBuf>,
    corpus: bool,
}

impl Asked {
    fn read(mut args: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut asked = Self {
            cases: 1_000,
            seed: 0,
            target: None,
            replay: None,
            corpus: false,
        };
        while let Some(arg) = args.next() {
            let mut value = || args.next().ok_or(format!("`{arg}` needs a value"));
            match arg.as_str() {
                "--cases" => asked.cases = number(&value()?)?,
                "--seed" => asked.seed = number(&value()?)?,
                "--target" => asked.target = Some(known(value()?)?),
                "--replay" => asked.replay = Some(value()?.into()),
                "--corpus" => asked.corpus = true,
                _ => return Err(format!("there is no `{arg}`: see the top of {}", file!())),
            }
        }
        Ok(asked)
    }

    fn targets(&self) -> impl Iterator<Item = &'static Target> {
        let is_asked =
            |target: &&Target| self.target.as_ref().is_none_or(|name| target.name == name);
        TARGETS.iter().filter(is_asked)
    }
}

fn number(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| format!("`{text}` is no number"))
}

fn known(name: String) -> Result<String, String> {
    let names = TARGETS.map(|target| target.name);
    match names.contains(&&*name) {
        true => Ok(name),
        false => Err(format!("there is no target `{name}`: {}", names.join(", "))),
    }
}

/// The folder of the files that are named, which cargo's own is no place for.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    fs::create_dir_all(&folder).expect("room for a folder");
    folder
}

fn write_corpus(target: &Target) -> usize {
    let folder = folder("corpus").join(target.name);
    fs::create_dir_all(&folder).expect("room for a folder");
    for (number, seed) in (target.seeds)().iter().enumerate() {
        fs::write(folder.join(format!("{number:04}")), seed).expect("room for a file");
    }
    0
}

fn fails(target: &Target, file: &Path) -> bool {
    let case = fs::read(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let (time, panicked) = tried(target, &case);
    let name = target.name;
    println!(
        "{name}: {} ms, {} bytes at most",
        time.as_millis(),
        largest()
    );
    panicked.iter().for_each(|place| println!("  {place}"));
    !panicked.is_empty()
}

/// How long a case had a processor, and what panicked.
fn tried(target: &Target, case: &[u8]) -> (Duration, Vec<String>) {
    let start = worked();
    let _ = panic::catch_unwind(|| (target.run)(case));
    (worked() - start, std::mem::take(&mut *panics()))
}

/// How long this program has had a processor: what others do on the machine
/// does not count.
fn worked() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Duration::new(
        time.tv_sec.unsigned_abs(),
        time.tv_nsec.unsigned_abs() as u32,
    )
}

/// What came of the cases of a target.
struct Tally {
    target: &'static Target,
    cases: u64,
    slowest: Duration,
    slow: u64,
    largest: usize,
    /// How many cases panicked at a place.
    panics: BTreeMap<String, u64>,
}

/// Runs all cases of a target, and says what came of them; whether none failed.
fn run(target: &'static Target, asked: &Asked) -> bool {
    let seeds = (target.seeds)();
    let mut tally = Tally::new(target);
    let running = kept(target, "running");
    let clock = Clock::begin(&running);
    let mut told = Instant::now();
    for number in 0..asked.cases {
        let case = mutated(&seeds, &mut Rng::with_seed(asked.seed.wrapping_add(number)));
        fs::write(&running, &case).expect("room for a file");
        clock.start();
        tally.add(tried(target, &case), &case);
        clock.stop();
        if told.elapsed() > Duration::from_secs(10) {
            eprintln!("{}: {} of {} cases", target.name, tally.cases, asked.cases);
            told = Instant::now();
        }
    }
    fs::remove_file(&running).expect("the file of the last case");
    tally.tell();
    tally.panics.is_empty()
}

/// The file of a case that is worth a look.
fn kept(target: &Target, what: &str) -> PathBuf {
    folder("target/cases").join(format!("{}-{what}", target.name))
}

impl Tally {
    fn new(target: &'static Target) -> Self {
        Self {
            target,
            cases: 0,
            slowest: Duration::ZERO,
            slow: 0,
            largest: 0,
            panics: BTreeMap::new(),
        }
    }

    fn add(&mut self, (time, panicked): (Duration, Vec<String>), case: &[u8]) {
        self.cases += 1;
        self.largest = self.largest.max(largest());
        if time > self.slowest {
            self.slowest = time;
            self.keep("slowest", case);
        }
        if time > SLOW {
            self.slow += 1;
            let file = self.keep(&format!("slow-{}", self.slow), case);
            println!("  {} ms: {}", time.as_millis(), file.display());
        }
        if let Some(first) = panicked.into_iter().next() {
            self.add_panic(first, case);
        }
    }

    /// One file for every place is enough.
    fn add_panic(&mut self, panic: String, case: &[u8]) {
        let place = panic.split(": ").next().unwrap_or_default().to_owned();
        let number = self.panics.len() + 1;
        let count = self.panics.entry(place).or_insert(0);
        *count += 1;
        if *count == 1 {
            let file = self.keep(&format!("panic-{number}"), case);
            println!("  {panic}\n  in {}", file.display());
        }
    }

    fn keep(&self, what: &str, case: &[u8]) -> PathBuf {
        let file = kept(self.target, what);
        fs::write(&file, case).expect("room for a file");
        file
    }

    fn tell(&self) {
        println!(
            "{}: {} cases, {} panics, {} slow, slowest {} ms ({}), largest output {} bytes",
            self.target.name,
            self.cases,
            self.panics.values().sum::<u64>(),
            self.slow,
            self.slowest.as_millis(),
            kept(self.target, "slowest").display(),
            self.largest,
        );
        for (place, count) in &self.panics {
            println!("  {count} at {place}");
        }
    }
}

/// Ends the program when a case has no end, and says in which file that is.
struct Clock {
    begun: Instant,
}

/// When the case that runs was begun, in milliseconds from 1; 0 when none runs.
static STARTED: AtomicU64 = AtomicU64::new(0);

impl Clock {
    fn begin(running: &Path) -> Self {
        let (begun, file) = (Instant::now(), running.to_owned());
        thread::spawn(move || {
            loop {
                thread::sleep(Duration::from_secs(1));
                let started = STARTED.load(Ordering::Relaxed);
                let limit = Duration::from_millis(started) + ENDLESS;
                if started > 0 && begun.elapsed() > limit {
                    println!("endless: {}", file.display());
                    process::exit(1);
                }
            }
        });
        Self { begun }
    }

    fn start(&self) {
        let millis = self.begun.elapsed().as_millis() as u64;
        STARTED.store(millis + 1, Ordering::Relaxed);
    }

    fn stop(&self) {
        STARTED.store(0, Ordering::Relaxed);
    }
}
