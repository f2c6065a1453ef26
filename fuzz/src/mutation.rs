//! Changes of files at random. The same seed makes the same file.

use std::ops::Range;
use std::sync::LazyLock;

use fastrand::Rng;

/// The largest file that comes of it, in bytes.
pub const MAX_CASE: usize = 64 * 1024 - 1;

/// What means something in some file.
static TOKENS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let lines = include_str!("../tokens.dict").lines();
    let quoted = lines.filter_map(|line| line.strip_prefix('"')?.strip_suffix('"'));
    quoted.map(unescaped).collect()
});

/// A token as libFuzzer writes it: `\"`, `\\`, and `\x` with two digits.
fn unescaped(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        bytes.extend_from_slice(before.as_bytes());
        let byte = after.strip_prefix('x').map(|digits| &digits[..2]);
        let byte = byte.map(|digits| u8::from_str_radix(digits, 16).expect("two digits"));
        bytes.push(byte.unwrap_or(after.as_bytes()[0]));
        rest = &after[if byte.is_some() { 3 } else { 1 }..];
    }
    bytes.extend_from_slice(rest.as_bytes());
    bytes
}

/// One of the seeds, changed a few times.
pub fn mutated(seeds: &[Vec<u8>], rng: &mut Rng) -> Vec<u8> {
    let mut bytes = seed(seeds, rng).to_vec();
    for _ in 0..rng.usize(1..=6) {
        change(&mut bytes, seeds, rng);
    }
    bytes.truncate(MAX_CASE);
    bytes
}

fn seed<'a>(seeds: &'a [Vec<u8>], rng: &mut Rng) -> &'a [u8] {
    &seeds[rng.usize(..seeds.len())]
}

fn change(bytes: &mut Vec<u8>, seeds: &[Vec<u8>], rng: &mut Rng) {
    match rng.u8(..16) {
        0 => flip(bytes, rng),
        1 => put(bytes, stretch(bytes, rng), &[]),
        2 => duplicate(bytes, stretch(bytes, rng), rng),
        3 => put(bytes, line(bytes, rng), &[]),
        4 => duplicate(bytes, line(bytes, rng), rng),
        5 => number(bytes, rng),
        6 | 7 => splice(bytes, seed(seeds, rng), rng),
        8 | 9 => word(bytes, rng),
        10 => put(bytes, stretch(bytes, rng), token(rng)),
        11 => put(bytes, word_at(bytes, rng), token(rng)),
        12 => bytes.truncate(rng.usize(..=bytes.len())),
        _ => {
            let at = rng.usize(..=bytes.len());
            put(bytes, at..at, token(rng));
        }
    }
}

fn token(rng: &mut Rng) -> &'static [u8] {
    &TOKENS[rng.usize(..TOKENS.len())]
}

fn put(bytes: &mut Vec<u8>, place: Range<usize>, new: &[u8]) {
    bytes.splice(place, new.iter().copied());
}

fn flip(bytes: &mut [u8], rng: &mut Rng) {
    if !bytes.is_empty() {
        let at = rng.usize(..bytes.len());
        bytes[at] = if rng.bool() {
            bytes[at] ^ (1 << rng.u8(..8))
        } else {
            rng.u8(..)
        };
    }
}

/// Some bytes; most often few.
fn stretch(bytes: &[u8], rng: &mut Rng) -> Range<usize> {
    let start = rng.usize(..=bytes.len());
    let most = 1 << rng.u8(1..12);
    start..(start + rng.usize(..most)).min(bytes.len())
}

fn line(bytes: &[u8], rng: &mut Rng) -> Range<usize> {
    around(bytes, rng, |byte| byte != b'\n')
}

fn word_at(bytes: &[u8], rng: &mut Rng) -> Range<usize> {
    around(bytes, rng, |byte| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.')
    })
}

/// The bytes around a place that are all of a kind.
fn around(bytes: &[u8], rng: &mut Rng, is_in: fn(u8) -> bool) -> Range<usize> {
    let at = rng.usize(..=bytes.len());
    let before = bytes[..at].iter().rev().take_while(|byte| is_in(**byte));
    let after = bytes[at..].iter().take_while(|byte| is_in(**byte));
    at - before.count()..at + after.count()
}

/// Puts the same bytes there again: most often once, at times so often that
/// there are many of them.
fn duplicate(bytes: &mut Vec<u8>, place: Range<usize>, rng: &mut Rng) {
    let often = if rng.u8(..8) == 0 {
        rng.usize(..300)
    } else {
        1
    };
    let again = bytes[place.clone()].to_vec();
    let room = MAX_CASE.saturating_sub(bytes.len()) / again.len().max(1);
    put(bytes, place.end..place.end, &again.repeat(room.min(often)));
}

/// Puts another word of the same file in the place of one.
fn word(bytes: &mut Vec<u8>, rng: &mut Rng) {
    let other = bytes[word_at(bytes, rng)].to_vec();
    put(bytes, word_at(bytes, rng), &other);
}

/// Puts another digit in the place of one.
fn number(bytes: &mut [u8], rng: &mut Rng) {
    let digits: Vec<_> = (0..bytes.len())
        .filter(|at| bytes[*at].is_ascii_digit())
        .collect();
    if !digits.is_empty() {
        bytes[digits[rng.usize(..digits.len())]] = rng.u8(b'0'..=b'9');
    }
}

/// Puts a stretch of another seed there, or goes on as that seed does.
fn splice(bytes: &mut Vec<u8>, other: &[u8], rng: &mut Rng) {
    let at = rng.usize(..=bytes.len());
    if rng.u8(..4) == 0 {
        put(bytes, at..bytes.len(), &other[rng.usize(..=other.len())..]);
    } else {
        put(bytes, at..at, &other[stretch(other, rng)]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_makes_the_same_file() {
        let seeds = [b"one line\nand another".to_vec(), b"[project]".to_vec()];
        let make = |seed| {
            let mut rng = Rng::with_seed(seed);
            (0..100)
                .map(|_| mutated(&seeds, &mut rng))
                .collect::<Vec<_>>()
        };
        assert_eq!(make(7), make(7));
        assert_ne!(make(7), make(8));
    }

    #[test]
    fn a_token_is_written_as_libfuzzer_writes_it() {
        assert_eq!(unescaped(r#"a\"\\\x0a\xffb"#), b"a\"\\\n\xffb");
        assert!(TOKENS.iter().all(|token| !token.is_empty()));
    }
}
