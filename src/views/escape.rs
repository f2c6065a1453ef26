//! Text made safe for the formats it goes into.

use std::fmt::{self, Write};

/// Text as content or attribute of HTML and XML.
pub(crate) struct Html<'a>(pub(crate) &'a str);

impl fmt::Display for Html<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_html(f, self.0, |c| match c {
            '\'' => Some("&#39;"),
            // Characters that XML cannot hold in any form.
            '\u{FFFE}' | '\u{FFFF}' => Some("\u{FFFD}"),
            _ => None,
        })
    }
}

/// Text as content of HTML, or as an attribute between double quotes:
/// apostrophes stay.
pub(crate) struct HtmlProse<'a>(pub(crate) &'a str);

impl fmt::Display for HtmlProse<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_html(f, self.0, |_| None)
    }
}

/// Writes a text with references for what has a meaning in HTML, and for what
/// else has one.
fn write_html(
    f: &mut fmt::Formatter<'_>,
    text: &str,
    more: impl Fn(char) -> Option<&'static str>,
) -> fmt::Result {
    let mut done = 0;
    for (at, c) in text.char_indices() {
        let reference = match c {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' => "&quot;",
            c => match more(c) {
                Some(reference) => reference,
                None => continue,
            },
        };
        f.write_str(&text[done..at])?;
        f.write_str(reference)?;
        done = at + c.len_utf8();
    }
    f.write_str(&text[done..])
}

/// Text in a cell or a line of Markdown, where it stays what it is.
pub(crate) struct Markdown<'a>(pub(crate) &'a str);

impl fmt::Display for Markdown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '<' => f.write_str("&lt;")?,
                '&' => f.write_str("&amp;")?,
                '\\' | '`' | '*' | '_' | '[' | ']' | '{' | '}' | '|' | '~' | '#' | '>' | '$' => {
                    write!(f, "\\{c}")?;
                }
                _ => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

/// An address in a link of Markdown, also in a cell of a table: what would end
/// it goes behind percent signs.
pub(crate) struct LinkAddress<'a>(pub(crate) &'a str);

impl fmt::Display for LinkAddress<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                ' ' | '(' | ')' | '<' | '>' | '|' | '\\' | '`' => {
                    write!(f, "%{:02X}", u32::from(c))?;
                }
                _ => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

/// An address of the web as machines take it, in ASCII: what may not stand in
/// it goes behind percent signs.
pub(crate) struct Uri<'a>(pub(crate) &'a str);

impl fmt::Display for Uri<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, byte) in self.0.bytes().enumerate() {
            if is_uri_byte(byte) || byte == b'%' && is_code(self.0.as_bytes(), at) {
                f.write_char(char::from(byte))?;
            } else {
                write!(f, "%{byte:02X}")?;
            }
        }
        Ok(())
    }
}

fn is_uri_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~:/?#@!$&'()*+,;=".contains(&byte)
}

/// Whether two digits follow the percent sign there.
fn is_code(bytes: &[u8], at: usize) -> bool {
    let code = bytes.get(at + 1..at + 3);
    code.is_some_and(|code| code.iter().all(u8::is_ascii_hexdigit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_a_label_is_text() {
        let label = r#"<b onclick="x">'&*_|"#;
        assert_eq!(
            Html(label).to_string(),
            "&lt;b onclick=&quot;x&quot;&gt;&#39;&amp;*_|"
        );
        assert_eq!(
            Markdown(label).to_string(),
            "&lt;b onclick=\"x\"\\>'&amp;\\*\\_\\|"
        );
    }

    #[test]
    fn an_address_stays_in_its_link() {
        let address = "https://x.example/a b|(c)?d=e_f%20#g";
        assert_eq!(
            LinkAddress(address).to_string(),
            "https://x.example/a%20b%7C%28c%29?d=e_f%20#g"
        );
    }

    #[test]
    fn an_address_for_machines_is_ascii() {
        assert_eq!(
            Uri("https://x.example/é b%20%zz[1]?a=1&b#c\u{202e}").to_string(),
            "https://x.example/%C3%A9%20b%20%25zz%5B1%5D?a=1&b#c%E2%80%AE"
        );
    }
}
