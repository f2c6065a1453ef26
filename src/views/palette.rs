//! The colours of all fragments, as data: the style sheet is generated from
//! them, and a test computes their contrast.

/// A colour that fragments use, as `--tb-NAME`.
pub(crate) struct Token {
    /// Without the prefix.
    pub(crate) name: &'static str,
    /// What it is for.
    pub(crate) role: Role,
    /// On a light page, as `#rrggbb` or `#rrggbbaa`.
    pub(crate) light: &'static str,
    /// On a dark page.
    pub(crate) dark: &'static str,
}

/// What a colour is for, which decides how much contrast it needs and what
/// becomes of it when the reader's system forces its own colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// What is written on the page or on a pale fill.
    Text,
    /// What is written on a strong fill.
    Reversed,
    /// An outline, or a line that carries meaning.
    Line,
    /// The outline of what is over.
    Faded,
    /// A line or a shape that stands out among the others.
    Accent,
    /// A fill that is strong enough to be seen without an outline.
    Strong,
    /// A fill that is told from others by its outline.
    Pale,
    /// A tint of the page, seen through.
    Tint,
    /// A help for the eye that carries no meaning.
    Grid,
    /// The page itself, where something must stand clear of it.
    Ground,
}

impl Role {
    /// The colour of the reader's system that takes its place.
    pub(crate) fn forced(self) -> &'static str {
        match self {
            Self::Text | Self::Line | Self::Strong => "CanvasText",
            Self::Faded | Self::Grid => "GrayText",
            Self::Accent => "Highlight",
            Self::Reversed | Self::Pale | Self::Ground => "Canvas",
            Self::Tint => "transparent",
        }
    }
}

const fn token(name: &'static str, role: Role, light: &'static str, dark: &'static str) -> Token {
    Token {
        name,
        role,
        light,
        dark,
    }
}

/// All colours.
pub(crate) const TOKENS: [Token; 22] = [
    token("ground", Role::Ground, "#ffffff", "#12161c"),
    token("text", Role::Text, "#1c2128", "#e4e8ee"),
    token("muted", Role::Text, "#4c545f", "#a4adba"),
    token("grid", Role::Grid, "#d3d9e0", "#333a45"),
    token("year", Role::Grid, "#8b939d", "#69717d"),
    token("stripe", Role::Tint, "#1c21280b", "#e4e8ee0c"),
    token("current", Role::Pale, "#a9cdf8", "#1f4e86"),
    token("current-line", Role::Line, "#1862c6", "#74b3ff"),
    token("lts", Role::Strong, "#0a6b58", "#3dba95"),
    token("lts-line", Role::Line, "#0a6b58", "#45cfa5"),
    token("on-lts", Role::Reversed, "#ffffff", "#0b1017"),
    token("maintenance", Role::Pale, "#dcefe9", "#17382f"),
    token("maintenance-line", Role::Line, "#0a6b58", "#45cfa5"),
    token("extended-line", Role::Line, "#5c6570", "#97a1ae"),
    token("pre", Role::Pale, "#fbeed3", "#3a2f17"),
    token("pre-line", Role::Line, "#8a5a00", "#dfae4a"),
    token("ended", Role::Pale, "#eceef1", "#262b33"),
    token("ended-line", Role::Faded, "#646d79", "#8791a0"),
    token("period", Role::Accent, "#b3123f", "#ff86a3"),
    token("on-period", Role::Reversed, "#ffffff", "#0b1017"),
    token("band", Role::Tint, "#b3123f1a", "#ff86a324"),
    token("pill", Role::Accent, "#b3123f", "#ff86a3"),
];

/// The tokens as declarations of custom properties, each with the value that
/// `value` makes of it.
pub(crate) fn declarations(value: impl Fn(&Token) -> String) -> String {
    let declare = |token: &Token| format!("--tb-{}:{};", token.name, value(token));
    TOKENS.iter().map(declare).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    type Rgb = [f64; 3];

    /// Pages that fragments stand on, light and dark: our own, mdBook's five
    /// themes, those of four other generators (Furo, Docusaurus, `VitePress`, Material), and
    /// what a browser takes when a page says nothing.
    const LIGHT: [&str; 2] = ["#ffffff", "#e1e1db"];
    const DARK: [&str; 9] = [
        "#12161c", "#141617", "#161923", "#0f1419", "#121212", "#131416", "#1b1b1d", "#1b1b1f",
        "#1e2129",
    ];

    /// What is written, and where: `ground` is the page itself, as it is
    /// inside a badge, and `page` is that or a stripe, in the band or not.
    const TEXTS: [(&str, &str); 15] = [
        ("text", "page"),
        ("muted", "page"),
        ("lts-line", "ground"),
        ("muted", "ground"),
        ("text", "current"),
        ("text", "half current"),
        ("text", "maintenance"),
        ("text", "half maintenance"),
        ("text", "ended"),
        ("on-lts", "lts"),
        ("on-period", "pill"),
        ("text", "faded current"),
        ("text", "faded maintenance"),
        ("text", "faded ended"),
        ("muted", "faded ended"),
    ];

    /// What must be seen, and on what. Outlines lie on the page; so do the
    /// lines of the period, which have a halo where they cross a bar.
    const LINES: [(&str, &str); 10] = [
        ("current-line", "page"),
        ("lts-line", "page"),
        ("lts", "page"),
        ("maintenance-line", "page"),
        ("extended-line", "page"),
        ("pre-line", "page"),
        ("pre-line", "pre"),
        ("ended-line", "page"),
        ("period", "page"),
        ("pill", "page"),
    ];

    fn value(name: &str, dark: bool) -> &'static str {
        let token = TOKENS.iter().find(|token| token.name == name).unwrap();
        if dark { token.dark } else { token.light }
    }

    fn channel(hex: &str, n: usize) -> Option<f64> {
        let pair = hex.get(1 + 2 * n..3 + 2 * n)?;
        Some(f64::from(u8::from_str_radix(pair, 16).unwrap()) / 255.0)
    }

    /// That colour laid over `ground`, with the share of its own alpha that
    /// `share` says.
    fn over(hex: &str, share: f64, ground: Rgb) -> Rgb {
        let alpha = channel(hex, 3).unwrap_or(1.0) * share;
        [0, 1, 2].map(|n| channel(hex, n).unwrap() * alpha + ground[n] * (1.0 - alpha))
    }

    fn opaque(hex: &str) -> Rgb {
        over(hex, 1.0, [0.0; 3])
    }

    fn luminance(rgb: Rgb) -> f64 {
        let linear = rgb.map(|c| {
            if c <= 0.04045 {
                c / 12.92
            } else {
                ((c + 0.055) / 1.055).powf(2.4)
            }
        });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }

    fn contrast(a: Rgb, b: Rgb) -> f64 {
        let (a, b) = (luminance(a) + 0.05, luminance(b) + 0.05);
        a.max(b) / a.min(b)
    }

    /// All that `name` may look like on that page, before a stripe lies over
    /// it.
    fn surfaces(name: &str, page: &str, dark: bool) -> Vec<Rgb> {
        let page = opaque(page);
        let grounds = [page, over(value("band", dark), 1.0, page)];
        let laid = |fill, share| grounds.map(|ground| over(value(fill, dark), share, ground));
        match name.split_once(' ') {
            None if name == "page" => grounds.into(),
            None if name == "ground" => vec![page],
            None => vec![opaque(value(name, dark))],
            Some(("half", fill)) => laid(fill, 0.5).into(),
            Some((_, fill)) => [0.7, 0.42, 0.18].map(|share| laid(fill, share)).concat(),
        }
    }

    /// The least contrast of the two, with and without a stripe over both.
    fn least(front: Rgb, back: Rgb, dark: bool) -> f64 {
        let striped = |ground| over(value("stripe", dark), 1.0, ground);
        contrast(front, back).min(contrast(striped(front), striped(back)))
    }

    fn check(pairs: &[(&str, &str)], needed: f64) {
        let pages = LIGHT.map(|page| (page, false)).into_iter();
        for (page, dark) in pages.chain(DARK.map(|page| (page, true))) {
            for (front, back) in pairs {
                for surface in surfaces(back, page, dark) {
                    let found = least(opaque(value(front, dark)), surface, dark);
                    assert!(found >= needed, "{front} on {back} of {page}: {found:.2}");
                }
            }
        }
    }

    #[test]
    fn all_text_has_a_contrast_of_four_and_a_half() {
        check(&TEXTS, 4.5);
    }

    #[test]
    fn all_lines_that_carry_meaning_have_a_contrast_of_three() {
        check(&LINES, 3.0);
    }

    #[test]
    fn every_token_is_measured_or_exempt() {
        let measured = |token: &Token| {
            TEXTS
                .iter()
                .chain(&LINES)
                .any(|(front, back)| *front == token.name || back.ends_with(token.name))
        };
        let exempt = |token: &Token| matches!(token.role, Role::Ground | Role::Grid | Role::Tint);
        for token in &TOKENS {
            assert!(measured(token) || exempt(token), "{}", token.name);
        }
    }

    #[test]
    fn the_guide_has_every_token_with_its_values() {
        let guide = include_str!("../../content/guide/themes.md");
        for Token {
            name, light, dark, ..
        } in &TOKENS
        {
            let mut rows = guide.lines();
            let row = rows.find(|row| row.starts_with(&format!("| `--tb-{name}` |")));
            let values = format!("| `{light}` | `{dark}` |");
            assert!(row.is_some_and(|row| row.ends_with(&values)), "{name}");
        }
    }

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        let most = contrast(opaque("#000000"), opaque("#ffffff"));
        assert!((most - 21.0).abs() < 1e-9);
        let grey = contrast(opaque("#767676"), opaque("#ffffff"));
        assert!((grey - 4.54).abs() < 0.01);
    }
}
