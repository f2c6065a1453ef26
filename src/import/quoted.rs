//! What a source says, as messages show it.

/// The beginning of a text, in backticks, with nothing in it that could change
/// a terminal.
pub(super) fn quoted(text: &str, long: usize) -> String {
    let shown: String = text.chars().take(long).collect();
    let more = if shown.len() < text.len() { "…" } else { "" };
    format!("`{}{more}`", shown.escape_debug())
}
