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
pub(crate) const TOKENS: [Token; 21] = [
    token("ground", Role::Ground, "#ffffff", "#12161c"),
    token("text", Role::Text, "#1c2128", "#e4e8ee"),
    token("muted", Role::Text, "#525a65", "#a4adba"),
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
    token("pre", Role::Pale, "#fbeed3", "#3a2f17"),
    token("pre-line", Role::Line, "#8a5a00", "#dfae4a"),
    token("ended", Role::Pale, "#eceef1", "#262b33"),
    token("ended-line", Role::Faded, "#6b7480", "#8791a0"),
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
