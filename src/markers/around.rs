//! The language of the page around what trainboard writes, which is English.

/// How the language of a page relates to that of its views.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Around {
    /// The page is in English, too.
    #[default]
    English,
    /// It is in another language that is written from left to right.
    LeftToRight,
    /// It is in a language that is written from right to left.
    RightToLeft,
}

impl Around {
    /// The attributes of an element whose text is English, with a space before
    /// each.
    pub(crate) fn english(self) -> &'static str {
        match self {
            Self::English => "",
            Self::LeftToRight => " lang=\"en\"",
            Self::RightToLeft => " lang=\"en\" dir=\"ltr\"",
        }
    }

    /// The attribute of an element whose name alone is English, not its text.
    pub(crate) fn english_name(self) -> &'static str {
        match self {
            Self::English => "",
            Self::LeftToRight | Self::RightToLeft => " lang=\"en\"",
        }
    }

    /// A view as a part of the page.
    pub(super) fn block(self, html: String) -> String {
        match self {
            Self::English => html,
            _ => format!("<div{}>\n{html}</div>\n", self.english()),
        }
    }

    /// A text within a sentence, in English or in no language at all, such as
    /// a version: that is not read backwards among Arabic letters.
    pub(super) fn phrase(self, text: String, is_english: bool) -> String {
        match self {
            Self::English => text,
            Self::RightToLeft if !is_english => format!("<bdi>{text}</bdi>"),
            _ if is_english => format!("<span{}>{text}</span>", self.english()),
            _ => text,
        }
    }
}
