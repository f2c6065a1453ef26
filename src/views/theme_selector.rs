//! Where a page is dark that has a switch of its own.

use std::fmt;
use std::str::FromStr;

/// A selector of CSS that matches an element of every dark page, and of no light
/// one: `html.dark`, `[data-theme="dark"]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThemeSelector(String);

impl fmt::Display for ThemeSelector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for ThemeSelector {
    type Err = String;

    /// Takes what stays a selector in a style sheet, and that inside of a page.
    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if text.is_empty() {
            return Err("it is empty: write for example `html.dark`".to_owned());
        }
        let foreign = |c: char| c.is_control() || "{}<;@\\".contains(c);
        if let Some(c) = text.chars().find(|c| foreign(*c)) {
            return Err(format!(
                "`{}` cannot stand in it: write for example `html.dark`",
                c.escape_debug()
            ));
        }
        if text.contains("/*") || !is_balanced(text) {
            return Err("a bracket, a quote or a comment in it has no end".to_owned());
        }
        Ok(Self(text.to_owned()))
    }
}

/// Whether all brackets and quotes are closed, and in their order.
fn is_balanced(text: &str) -> bool {
    let mut open = Vec::new();
    let mut quote = None;
    for c in text.chars() {
        match (quote, c) {
            (Some(begun), c) if begun == c => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, '(') => open.push(')'),
            (None, '[') => open.push(']'),
            (None, ')' | ']') if open.pop() != Some(c) => return false,
            _ => {}
        }
    }
    open.is_empty() && quote.is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_selector_of_a_page_is_taken() {
        for text in ["html.dark", "body[data-theme=\"dark\"]", ":is(.a, .b) > .c"] {
            assert_eq!(text.parse::<ThemeSelector>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_would_leave_the_selector_is_refused() {
        let error = |text: &str| text.parse::<ThemeSelector>().unwrap_err();
        assert_eq!(error(" "), "it is empty: write for example `html.dark`");
        assert_eq!(
            error("a{} b"),
            "`{` cannot stand in it: write for example `html.dark`"
        );
        for text in ["a)", "[a", "a(]", "a[b='c]", "a/*"] {
            assert_eq!(
                error(text),
                "a bracket, a quote or a comment in it has no end",
                "{text}"
            );
        }
    }
}
