//! How wide text is drawn, without any font: per character the widest of the
//! common sans-serif fonts, and a little more.

use std::borrow::Cow;

/// Tenths of a pixel: the finest step in which anything is drawn.
pub(super) type Px = i32;

/// So many whole pixels.
pub(super) const fn px(whole: i32) -> Px {
    whole * 10
}

/// A size and weight of letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Face {
    /// 12 px.
    Plain,
    /// 12 px, bold.
    Bold,
    /// 13 px.
    Name,
    /// 13 px, bold.
    BoldName,
    /// 10 px, bold.
    Badge,
}

impl Face {
    /// In pixels.
    pub(super) fn size(self) -> i32 {
        match self {
            Self::Plain | Self::Bold => 12,
            Self::Name | Self::BoldName => 13,
            Self::Badge => 10,
        }
    }

    fn widths(self) -> &'static [u16; 95] {
        match self {
            Self::Plain | Self::Name => &REGULAR,
            Self::Bold | Self::BoldName | Self::Badge => &BOLD,
        }
    }

    /// From the middle of a line of capitals down to its baseline.
    pub(super) fn drop(self) -> Px {
        self.size() * 36 / 10
    }
}

/// Thousandths of the font size for U+0020 to U+007E: the widest of Arial,
/// Open Sans and Verdana condensed, times 1.05.
const REGULAR: [u16; 95] = [
    300, 378, 434, 792, 601, 934, 769, 259, 369, 369, 579, 792, 300, 350, 300, 391, 601, 601, 601,
    601, 601, 601, 601, 601, 601, 601, 318, 318, 792, 792, 792, 584, 1066, 700, 700, 758, 766, 700,
    641, 817, 778, 356, 525, 700, 584, 952, 798, 820, 700, 820, 758, 700, 641, 768, 700, 991, 700,
    700, 647, 369, 391, 369, 792, 584, 472, 589, 646, 525, 646, 592, 361, 646, 649, 271, 271, 561,
    271, 982, 649, 635, 646, 646, 434, 525, 379, 649, 559, 825, 559, 559, 525, 601, 579, 601, 792,
];

/// The same in bold, times 1.10.
const BOLD: [u16; 95] = [
    344, 451, 522, 829, 689, 992, 863, 303, 452, 452, 600, 829, 376, 411, 376, 454, 689, 689, 689,
    689, 689, 689, 689, 689, 689, 689, 396, 396, 829, 829, 829, 672, 1073, 794, 794, 794, 822, 734,
    676, 856, 842, 428, 612, 794, 672, 1037, 894, 876, 734, 876, 794, 734, 675, 832, 766, 1092,
    763, 734, 718, 452, 454, 452, 829, 612, 495, 668, 708, 612, 708, 671, 430, 708, 723, 339, 339,
    682, 339, 1080, 723, 681, 708, 708, 499, 612, 477, 723, 645, 942, 638, 645, 576, 705, 606, 705,
    829,
];

/// How wide that text is at most.
pub(super) fn width(text: &str, face: Face) -> Px {
    (sum(text, face.widths()) * face.size()).div_euclid(100) + 1
}

/// How wide that text is at most, in thousandths of the width of a digit: what
/// CSS calls `ch`, of whatever font and size.
pub(super) fn in_digits(text: &str, is_bold: bool) -> i32 {
    let widths = if is_bold { &BOLD } else { &REGULAR };
    let digit = REGULAR[usize::from(b'0' - b' ')];
    sum(text, widths) * 1000 / i32::from(digit)
}

fn sum(text: &str, widths: &[u16; 95]) -> i32 {
    text.chars().map(|c| advance(c, widths)).sum()
}

/// Thousandths of the font size.
fn advance(c: char, widths: &[u16; 95]) -> i32 {
    let place = (c as usize).wrapping_sub(0x20);
    match (widths.get(place), c) {
        (Some(width), _) => i32::from(*width),
        (None, '–' | '‹' | '›') => 600,
        // The few that are wider than an em in the fonts that have them.
        (None, '\u{2E3A}') => 2000,
        (None, '\u{2E3B}' | '\u{12000}'..='\u{1254F}') => 3000,
        (None, '\u{A9C5}' | '\u{FDFD}') => 12_000,
        (None, _) => 1000,
    }
}

/// The text, or as much of its beginning as fits within `limit`, with an
/// ellipsis. A schedule may name a train with 200 characters, and SVG text
/// does not wrap; whoever cuts puts the whole text into a `<title>`.
pub(super) fn fitted(text: &str, face: Face, limit: Px) -> Cow<'_, str> {
    if width(text, face) <= limit {
        return Cow::Borrowed(text);
    }
    let room = limit - width("…", face);
    let mut used = 0;
    let end = text.char_indices().find(|(_, c)| {
        used += width(c.encode_utf8(&mut [0; 4]), face);
        used > room
    });
    let kept = &text[..end.map_or(text.len(), |(place, _)| place)];
    let whole = kept.trim_end_matches(|c: char| c.is_whitespace() || is_joiner(c));
    Cow::Owned(format!("{whole}…"))
}

/// What would change or join the next character, and must not come last.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FE0F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bold_is_wider_than_regular() {
        assert!(width("until 20 Aug 2027", Face::Bold) > width("until 20 Aug 2027", Face::Plain));
    }

    #[test]
    fn a_text_that_fits_is_left_alone() {
        assert_eq!(fitted("48.0.0", Face::Name, px(60)), "48.0.0");
    }

    #[test]
    fn a_text_that_does_not_fit_ends_in_an_ellipsis_within_the_limit() {
        for text in ["W".repeat(200), "👩‍👩‍👧".repeat(40), "שלום ".repeat(40)] {
            let cut = fitted(&text, Face::BoldName, px(100));
            assert!(
                cut.ends_with('…') && width(&cut, Face::BoldName) <= px(100),
                "{cut}"
            );
            assert!(!cut.contains("\u{200D}…"), "{cut}");
        }
    }
}
