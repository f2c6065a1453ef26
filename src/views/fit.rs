//! How much room a table needs: where it has less, its lines become cards.

use super::grid::{Grid, Head, Line};
use super::prose::{Piece, plain_pieces};
use super::text_metrics::in_digits;

/// Where a view stands, which decides what becomes of a table that is wider
/// than the columns of most pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A page that may hold something that scrolls sideways.
    Page,
    /// A book, whose arrow keys turn its pages, or whatever else is not known.
    Book,
}

/// What becomes of a table where there is less room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fit {
    /// Cards, in a column of at most so many digits.
    Cards(u16),
    /// Cards, wherever it is.
    OnlyCards,
    /// Cards on a phone, and a region that scrolls elsewhere.
    Scrolls,
}

/// The widths of columns, in digits, at which tables become cards.
/// The first is less than the narrowest phone has; on pages that are narrower
/// still, everything is a card.
const STEPS: [u16; 8] = [27, 40, 48, 60, 66, 72, 84, 104];

/// In a column of at most so many digits, a table that may scroll becomes cards.
const PHONE: u16 = 60;

/// Words may break in a cell that is wider than this, in digits.
const COMFORTABLE: i32 = 12;

/// The padding of a cell, in thousandths of a digit.
const PADDING: i32 = 1_400;

/// The mark before a status, in thousandths of a digit.
const MARK: i32 = 2_400;

/// The size of a title's letters, and of a remark's, in thousandths of those of
/// other cells.
const SMALL: i32 = 900;

/// The size of a table's letters, in thousandths of those around it.
const SIZE: i32 = 938;

const CARDS: &str = include_str!("cards.css");

impl Fit {
    pub(super) fn of(grid: &Grid, place: Place) -> Self {
        let room = width(grid);
        let step = STEPS.iter().find(|step| i32::from(**step) >= room);
        match (step, place) {
            (Some(step), _) => Self::Cards(*step),
            (None, Place::Book) => Self::OnlyCards,
            (None, Place::Page) => Self::Scrolls,
        }
    }

    /// The class that says so, behind a space.
    pub(super) fn class(self) -> String {
        match self {
            Self::Cards(step) => format!(" tb-cards-{step}"),
            Self::OnlyCards => " tb-cards".to_owned(),
            Self::Scrolls => format!(" tb-cards-{PHONE}"),
        }
    }

    /// What stands around the table: a region that the keyboard reaches, with
    /// that label, where it scrolls.
    pub(super) fn region(self, label: &str) -> (String, &'static str) {
        match self {
            Self::Scrolls => (
                format!("<div class=\"tb-scroll\" role=\"region\" tabindex=\"0\"{label}>\n"),
                "\n</div>",
            ),
            _ => (String::new(), ""),
        }
    }
}

/// The style of cards: for each step, and for tables that are nothing else.
pub(super) fn style() -> String {
    let lines = CARDS.lines().map(str::trim);
    let cards: String = lines.flat_map(|line| [line, "\n"]).collect();
    let step = |step: &u16| {
        let rules = cards.replace(".tb-cards", &format!(".tb-cards-{step}"));
        format!("@container (max-width: {step}ch) {{\n{rules}}}\n")
    };
    CARDS.to_owned() + &STEPS.iter().map(step).collect::<String>()
}

/// The width in digits that a table needs to look like one.
fn width(grid: &Grid) -> i32 {
    let columns = grid.heads.iter().enumerate();
    let columns = columns.map(|(n, head)| column(grid, n, head) + PADDING);
    let sum: i32 = columns.sum();
    sum / 1000 * SIZE / 1000 + 1
}

/// The width of a column: that of its widest cell.
fn column(grid: &Grid, n: usize, head: &Head) -> i32 {
    let cells = grid.all_lines().map(|line| cell(line, n, head));
    let title = words(&head.title, true) * SMALL / 1000;
    let mark = if head.class == "status" { MARK } else { 0 };
    cells.max().unwrap_or(0).max(title) + mark
}

fn cell(line: &Line, n: usize, head: &Head) -> i32 {
    let is_bold = line.is_strong && head.is_strong;
    let pieces = line.cells.get(n).map_or(&[][..], Vec::as_slice);
    let piece = |piece: &Piece| match (piece.plain(), piece.is_remark()) {
        (text, _) if piece.is_whole() => in_digits(text.trim(), is_bold),
        (text, false) => words(&text, is_bold),
        (text, true) => words(&text, false) * SMALL / 1000,
    };
    let narrowest = pieces.iter().map(piece).max().unwrap_or(0);
    let whole = in_digits(plain_pieces(pieces).trim(), is_bold);
    narrowest.max(whole.min(COMFORTABLE * 1000))
}

/// The width of the longest word, of which a very long one breaks.
fn words(text: &str, is_bold: bool) -> i32 {
    let words = text.split_whitespace();
    let widths = words.map(|word| in_digits(word, is_bold));
    widths.max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table of so many columns of days.
    fn days(columns: usize) -> Grid {
        let titles = vec!["Day"; columns];
        let cells = || vec![piece("20 August 2027")];
        let line = Line {
            cells: std::iter::repeat_with(cells).take(columns).collect(),
            ..Line::default()
        };
        Grid::new("Days.".to_owned(), &titles, vec![line])
    }

    fn piece(text: &str) -> Piece {
        Piece::Name(text.to_owned())
    }

    #[test]
    fn the_more_columns_the_sooner_there_are_cards() {
        let fits = [1, 3, 5, 12].map(|columns| Fit::of(&days(columns), Place::Page));
        let [
            Fit::Cards(27),
            Fit::Cards(three),
            Fit::Cards(five),
            Fit::Scrolls,
        ] = fits
        else {
            panic!("{fits:?}");
        };
        assert!(three < five, "{three} {five}");
    }

    #[test]
    fn what_fits_nowhere_scrolls_in_a_region_but_never_in_a_book() {
        let wide = days(12);
        let page = wide.html_in(Place::Page);
        assert!(
            page.contains("<div class=\"tb-scroll\" role=\"region\" tabindex=\"0\""),
            "{page}"
        );
        assert_eq!(Fit::of(&wide, Place::Book), Fit::OnlyCards);
        assert!(!wide.html().contains("tabindex"));
    }

    #[test]
    fn a_long_name_breaks_and_asks_for_no_more_room_than_its_longest_word() {
        let mut grid = days(2);
        grid.groups[0].lines[0].cells[0] = vec![piece("The release that nobody forgets")];
        assert!(width(&grid) <= width(&days(2)), "{}", width(&grid));
    }
}
