//! What a project says about its site.

use std::ops::Deref;
use std::path::Path;

use crate::diagnostic::Label as Place;
use crate::markers::Around;
use crate::output::SitePath;
use crate::schedule::Label;

/// `[site]` of `trainboard.toml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The site's title; the project's name when there is none.
    pub title: Option<Label>,
    /// Where the site is published.
    pub base_url: Option<BaseUrl>,
    /// The language of the pages.
    pub lang: Lang,
    /// Where a page is edited.
    pub edit_url: Option<EditUrl>,
    /// A picture beside the site's title.
    pub logo: Option<SiteFile>,
    /// The picture that browsers show on the tab of a page.
    pub favicon: Option<SiteFile>,
    /// Style sheets that come after those of the theme.
    pub css: Styles,
    /// Whether code is coloured.
    pub highlight: bool,
    /// Whether there is a `_redirects` beside the pages of aliases.
    pub redirects: bool,
    /// The schedule, from the project's folder, where somebody said which file
    /// it is: it has to be there then.
    pub schedule: Option<Inside>,
    /// The folder of pages, from the project's folder.
    pub content: Inside,
    /// The folder to write to, from the project's folder.
    pub output: Inside,
}

impl Settings {
    /// The schedule, from the project's folder, whether or not it is there.
    pub fn schedule(&self) -> &str {
        self.schedule.as_deref().unwrap_or("schedule.toml")
    }

    /// The files of the site that it names.
    pub(super) fn files(&self) -> impl Iterator<Item = &SiteFile> {
        let pictures = [&self.logo, &self.favicon].into_iter().flatten();
        pictures.chain(&self.css.0)
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            title: None,
            base_url: None,
            lang: Lang("en".to_owned()),
            edit_url: None,
            logo: None,
            favicon: None,
            css: Styles::default(),
            highlight: true,
            redirects: false,
            schedule: None,
            content: Inside("content".to_owned()),
            output: Inside("public".to_owned()),
        }
    }
}

/// The full address of the top of a site, with a slash at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl(String);

impl std::str::FromStr for BaseUrl {
    type Err = String;

    /// The address that is written so, with or without the last slash.
    fn from_str(text: &str) -> Result<Self, String> {
        expect_web_address(text)?;
        if text.contains(['?', '#']) {
            return Err(format!("the address `{text}` has a query or a fragment"));
        }
        let slash = if text.ends_with('/') { "" } else { "/" };
        Ok(Self(format!("{text}{slash}")))
    }
}

impl BaseUrl {
    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its path at its host, with a slash at both ends.
    pub(super) fn path(&self) -> &str {
        let host = self.0.find("://").map_or(0, |at| at + 3);
        let path = self.0[host..].find('/').map_or(0, |at| host + at);
        &self.0[path..]
    }

    /// The address of a file there.
    pub fn to(&self, path: &SitePath) -> String {
        format!("{}{}", self.0, super::address::encoded(path.as_str()))
    }
}

/// A path from the project's folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inside(String);

impl std::str::FromStr for Inside {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let path = text.trim_end_matches('/').trim_start_matches("./");
        if path.is_empty() || Path::new(path).is_absolute() {
            return Err(format!("`{text}` is not a path from the project's folder"));
        }
        if path.split(['/', '\\']).any(|name| name == "..") {
            return Err(format!("`{text}` may lead out of the project's folder"));
        }
        if path.contains('\\') {
            return Err(format!(
                "`{text}` has a backslash where only Windows knows it: write `/`"
            ));
        }
        Ok(Self(path.to_owned()))
    }
}

impl Inside {
    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A file of the site that the settings name, from the top of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteFile {
    /// The way to it.
    pub path: Inside,
    /// Where it is named.
    pub place: Place,
}

/// Style sheets that the settings name, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Styles(pub Vec<SiteFile>);

/// The path of a style sheet, which ends in `.css`: as such it is looked
/// through for what leads to another host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StylePath(pub Inside);

impl std::str::FromStr for StylePath {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let path: Inside = text.parse()?;
        if path.ends_with(".css") {
            Ok(Self(path))
        } else {
            Err(format!("`{text}` is not the path of a file `….css`"))
        }
    }
}

impl Deref for Inside {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

/// A language tag: `en`, `pt-BR`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lang(String);

impl std::str::FromStr for Lang {
    type Err = String;

    /// The language that is written so.
    fn from_str(text: &str) -> Result<Self, String> {
        let is_part = |part: &str| {
            (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
        };
        let first = text.split('-').next().unwrap_or_default();
        if text.split('-').all(is_part) && first.len() > 1 {
            Ok(Self(text.to_owned()))
        } else {
            Err(format!(
                "`{text}` is not a language such as `en` or `pt-BR`"
            ))
        }
    }
}

/// Languages and scripts that are written from right to left.
const RIGHT_TO_LEFT: &[&str] = &[
    "adlm", "ar", "arab", "arc", "ckb", "dv", "fa", "he", "hebr", "iw", "ji", "ks", "mand", "mzn",
    "nko", "nkoo", "pnb", "prs", "ps", "rohg", "samr", "sd", "syr", "syrc", "thaa", "ug", "ur",
    "yi",
];

impl Lang {
    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `rtl` where it is written from right to left, else `ltr`.
    pub fn direction(&self) -> &'static str {
        let lower = self.0.to_ascii_lowercase();
        let mut parts = lower.split('-');
        let language = parts.next().unwrap_or_default();
        // The script, which has four letters, says more than the language.
        let script = parts.find(|part| part.len() == 4 && !part.starts_with(char::is_numeric));
        if RIGHT_TO_LEFT.contains(&script.unwrap_or(language)) {
            "rtl"
        } else {
            "ltr"
        }
    }

    /// How it relates to the English of what trainboard writes.
    pub(super) fn around(&self) -> Around {
        let language = self.0.split('-').next().unwrap_or_default();
        match self.direction() {
            "rtl" => Around::RightToLeft,
            _ if language.eq_ignore_ascii_case("en") => Around::English,
            _ => Around::LeftToRight,
        }
    }
}

/// An address with `{path}` in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditUrl(String);

impl std::str::FromStr for EditUrl {
    type Err = String;

    /// The address that is written so.
    fn from_str(text: &str) -> Result<Self, String> {
        expect_web_address(text)?;
        if !text.contains("{path}") {
            return Err(format!(
                "the address `{text}` does not say where the path goes: `{{path}}`"
            ));
        }
        Ok(Self(text.to_owned()))
    }
}

impl EditUrl {
    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Where that file is edited.
    pub fn of(&self, path: &str) -> String {
        self.0.replace("{path}", &super::address::encoded(path))
    }
}

fn expect_web_address(text: &str) -> Result<(), String> {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    let is_wrong =
        |c: char| c.is_whitespace() || c.is_control() || matches!(c, '\\' | '"' | '<' | '>');
    match rest {
        Some(rest) if !rest.is_empty() && !rest.starts_with('/') && !rest.contains(is_wrong) => {
            Ok(())
        }
        _ => Err(format!(
            "the address `{text}` is not a full address that begins with `https://` or `http://`"
        )),
    }
}

#[cfg(test)]
mod tests {
    use std::str::FromStr;

    use super::*;

    #[test]
    fn a_base_url_is_a_full_address_of_a_folder() {
        let with = |text: &str| BaseUrl::from_str(text).map(|url| url.as_str().to_owned());
        assert_eq!(
            with("https://example.org/x"),
            Ok("https://example.org/x/".to_owned())
        );
        assert_eq!(
            with("https://example.org/"),
            Ok("https://example.org/".to_owned())
        );
        assert_eq!(
            with("/releases/").unwrap_err(),
            "the address `/releases/` is not a full address that begins with `https://` or `http://`"
        );
        assert_eq!(
            with("https://example.org/?x").unwrap_err(),
            "the address `https://example.org/?x` has a query or a fragment"
        );
    }

    #[test]
    fn an_edit_url_says_where_the_path_goes() {
        let url = EditUrl::from_str("https://example.org/edit/{path}").unwrap();
        assert_eq!(
            url.of("content/a b.md"),
            "https://example.org/edit/content/a%20b.md"
        );
        assert_eq!(
            EditUrl::from_str("https://example.org/edit/").unwrap_err(),
            "the address `https://example.org/edit/` does not say where the path goes: `{path}`"
        );
        assert_eq!(
            EditUrl::from_str("javascript:{path}").unwrap_err(),
            "the address `javascript:{path}` is not a full address that begins with `https://` or `http://`"
        );
    }

    #[test]
    fn a_style_sheet_is_a_file_that_can_be_looked_through() {
        let style = |text: &str| StylePath::from_str(text).map(|path| path.0.as_str().to_owned());
        assert_eq!(style("a/b.css").as_deref(), Ok("a/b.css"));
        assert_eq!(
            style("style.txt").unwrap_err(),
            "`style.txt` is not the path of a file `….css`"
        );
        assert_eq!(
            style("/a.css").unwrap_err(),
            "`/a.css` is not a path from the project's folder"
        );
    }

    #[test]
    fn a_language_has_a_direction() {
        let direction = |text: &str| Lang::from_str(text).unwrap().direction();
        for text in ["ar", "he-IL", "FA", "ur", "ckb", "uz-Arab", "pa-Arab-PK"] {
            assert_eq!(direction(text), "rtl", "{text}");
        }
        for text in ["de", "en", "tr", "ar-Latn", "uz", "sl-1994"] {
            assert_eq!(direction(text), "ltr", "{text}");
        }
    }

    #[test]
    fn a_language_is_a_tag() {
        assert_eq!(Lang::from_str("pt-BR").unwrap().as_str(), "pt-BR");
        for text in ["", "en_GB", "e\"n", "english language", "x"] {
            let message = format!("`{text}` is not a language such as `en` or `pt-BR`");
            assert_eq!(Lang::from_str(text).unwrap_err(), message);
        }
    }
}
