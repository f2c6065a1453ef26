//! What must hold for every chart, read from what was written.

use super::samples;
use super::*;

/// Writes all samples to `target/charts`, to be looked at:
/// `cargo test -- --ignored write_the_samples`.
#[test]
#[ignore = "for the eye"]
#[expect(
    clippy::disallowed_methods,
    reason = "pictures to look at, outside of the product"
)]
fn write_the_samples() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("target/charts");
    std::fs::create_dir_all(&folder).unwrap();
    let near = Span::Near(Length::months(6));
    for (name, board) in samples::all() {
        for (kind, span) in [("", Span::Window), ("-near", near)] {
            let style = crate::views::style();
            let chart = html(&board, span);
            for scheme in ["light", "dark"] {
                let page = format!(
                    "<!doctype html><meta charset=utf-8><meta name=color-scheme content={scheme}>\
                     <meta name=viewport content=\"width=device-width\"><title>{name}</title>\
                     <style>body{{margin:16px;font-family:sans-serif}}{style}</style>\n{chart}"
                );
                std::fs::write(folder.join(format!("{name}{kind}-{scheme}.html")), page).unwrap();
            }
            std::fs::write(folder.join(format!("{name}{kind}.svg")), svg(&board, span)).unwrap();
        }
    }
}
