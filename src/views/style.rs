//! The style sheet of all fragments, and that of a chart that stands alone.

use std::sync::LazyLock;

use super::palette::{Role, TOKENS, Token, declarations};

const DRAWING: &str = include_str!("gantt/drawing.css");
const FIGURE: &str = include_str!("gantt/figure.css");
const TABLE: &str = include_str!("table.css");

/// Whether a browser can tell light pages from dark ones by itself.
const CAN_TELL: &str = "@supports (color: light-dark(#000, #fff))";

/// The style sheet of all fragments. Its colours are custom properties,
/// `--tb-…`, which a page may set itself.
pub fn style() -> String {
    let light = block(
        ":where(:root)",
        &declarations(|token| on_page(token, token.light.into())),
    );
    let either = block(
        ":where(:root)",
        &declarations(|token| on_page(token, either(token))),
    );
    let paper = block(":where(:root)", "--tb-ground:#fff;");
    [
        light,
        format!("{CAN_TELL} {{\n{either}}}\n"),
        format!("@media print {{\n{paper}}}\n"),
        forced(":where(:root)"),
        DRAWING.to_owned(),
        FIGURE.to_owned(),
        TABLE.to_owned(),
    ]
    .concat()
}

/// The style of a drawing in a file of its own: plain light colours for
/// whatever cannot do more, and then all else where it is understood.
pub(super) fn alone() -> &'static str {
    static STYLE: LazyLock<String> = LazyLock::new(|| {
        let literal = TOKENS.iter().fold(DRAWING.to_owned(), |rules, token| {
            rules.replace(&format!("var(--tb-{})", token.name), token.light)
        });
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

fn block(selector: &str, declarations: &str) -> String {
    format!("{selector} {{ {declarations} }}\n")
}

fn either(token: &Token) -> String {
    format!("light-dark({},{})", token.light, token.dark)
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
