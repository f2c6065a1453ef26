//! The style sheet of all fragments, and that of a chart that stands alone.

use std::sync::LazyLock;

use super::fit;
use super::palette::{Role, TOKENS, Token, declarations};
use super::theme_selector::ThemeSelector;

const DRAWING: &str = include_str!("gantt/drawing.css");
const FIGURE: &str = include_str!("gantt/figure.css");
const TABLE: &str = include_str!("table.css");

/// Whether a browser can tell light pages from dark ones by itself.
const CAN_TELL: &str = "@supports (color: light-dark(#000, #fff))";

/// Whether a browser can look at the page's own colour.
const CAN_LOOK: &str = "@supports (color: light-dark(#000, #fff)) and (color: rgb(from red r g b))";

/// How light and how dark the ground is, all or nothing, told by its green.
const LOOK: &str = "--tb-day:clamp(0,g - 128,1);--tb-night:clamp(0,128 - g,1);";

/// The style sheet of all fragments. Its colours are custom properties,
/// `--tb-…`, which a page may set itself. They follow the page's own `--bg`
/// where a browser can look at that: a book's own theme may be dark without
/// saying so in its `color-scheme`. Where `dark` matches, they are the dark ones
/// whatever else the page says.
pub fn style(dark: Option<&ThemeSelector>) -> String {
    let root = |declarations: String| block(":where(:root)", &declarations);
    let darkened = dark.map(|selector| {
        let dark = declarations(|token| on_page(token, token.dark.into()));
        block(&format!(":where({selector})"), &dark)
    });
    let everywhere = match dark {
        None => ":where(:root)".to_owned(),
        Some(selector) => format!(":where(:root,{selector})"),
    };
    let light = root(declarations(|token| on_page(token, token.light.into())));
    let either = root(declarations(|token| on_page(token, either(token))));
    let looked = root(LOOK.to_owned() + &declarations(|token| on_page(token, looked(token))));
    let paper = block(&everywhere, &declarations(|token| token.light.to_owned()));
    [
        light,
        format!("{CAN_TELL} {{\n{either}}}\n"),
        format!("{CAN_LOOK} {{\n{looked}}}\n"),
        darkened.unwrap_or_default(),
        format!("@media print {{\n{paper}}}\n"),
        forced(&everywhere),
        DRAWING.to_owned(),
        FIGURE.to_owned(),
        TABLE.to_owned(),
        fit::style(),
    ]
    .concat()
}

/// The style of a drawing in a file of its own: plain light colours for
/// whatever cannot do more, and then all else where it is understood.
pub(super) fn alone() -> &'static str {
    static STYLE: LazyLock<String> = LazyLock::new(|| {
        let literal = literal(|token| token.light);
        let scheme = format!("color-scheme:light dark;{}", declarations(either));
        let tokens = block(".tb-drawing", &scheme);
        let print = "@media print {\n.tb-drawing { color-scheme: light; }\n}\n";
        let adjust =
            "@media (forced-colors: active) {\n.tb-drawing { forced-color-adjust: none; }\n}\n";
        let forced = forced(".tb-drawing");
        format!("{literal}{CAN_TELL} {{\n{tokens}{print}{forced}{adjust}{DRAWING}}}\n")
    });
    &STYLE
}

/// The rules of a drawing, with those colours and no others.
pub(super) fn literal(colour: fn(&Token) -> &'static str) -> String {
    TOKENS.iter().fold(DRAWING.to_owned(), |rules, token| {
        rules.replace(&format!("var(--tb-{})", token.name), colour(token))
    })
}

fn block(selector: &str, declarations: &str) -> String {
    format!("{selector} {{ {declarations} }}\n")
}

fn either(token: &Token) -> String {
    format!("light-dark({},{})", token.light, token.dark)
}

/// The light colour on a light ground, the dark one on a dark ground.
fn looked(token: &Token) -> String {
    let [light, dark] = [token.light, token.dark].map(channels);
    let mix = |n: usize| match (light[n], dark[n]) {
        (light, dark) if light == dark => light.to_string(),
        (light, dark) => format!("calc({light}*var(--tb-day) + {dark}*var(--tb-night))"),
    };
    let alpha = match (light[3], dark[3]) {
        (255, 255) => String::new(),
        _ => format!("/calc({}/255)", mix(3)),
    };
    let [red, green, blue] = [0, 1, 2].map(mix);
    format!("rgb(from var(--bg,Canvas) {red} {green} {blue}{alpha})")
}

/// Red, green, blue and alpha of `#rrggbb` or `#rrggbbaa`, to 255.
fn channels(hex: &str) -> [u8; 4] {
    [1, 3, 5, 7].map(|at| {
        let pair = hex.get(at..at + 2);
        pair.and_then(|pair| u8::from_str_radix(pair, 16).ok())
            .unwrap_or(255)
    })
}

/// The ground is the page's own colour, as far as it says what that is: mdBook
/// and our own theme call it `--bg`.
fn on_page(token: &Token, value: String) -> String {
    match token.role {
        Role::Ground if value.starts_with('#') => format!("var(--bg,{value})"),
        Role::Ground => "var(--bg,Canvas)".to_owned(),
        _ => value,
    }
}

fn forced(selector: &str) -> String {
    let system = declarations(|token| token.role.forced().to_owned());
    format!(
        "@media (forced-colors: active) {{\n{}}}\n",
        block(selector, &system)
    )
}
