//! The tables of `trainboard.toml`, and of front matter.

use super::{Form, Key, Shape, Usual, words};
use crate::schedule::{Label, Note};
use crate::site::Per;

/// The whole of `trainboard.toml`.
pub(in crate::input) static SETTINGS: Shape = Shape::new(&[Key::optional(
    "site",
    Form::Table(&SITE),
    "The site: everything has a default.",
)]);

static SITE: Shape = Shape::new(&[
    Key::optional(
        "title",
        Form::Line(Label::LIMIT),
        "The site's title; otherwise the project's name.",
    ),
    Key::optional(
        "base-url",
        Form::BaseUrl,
        "Where the site is published. With it there are 404.html, sitemap.xml and canonical links.",
    ),
    Key::optional(
        "lang",
        Form::Lang,
        "The language of the pages, such as en or pt-BR.",
    )
    .usually(Usual::Text("en")),
    Key::optional(
        "edit-url",
        Form::EditUrl,
        "Where a page is edited, with {path} for its file.",
    ),
    Key::optional(
        "schedule",
        Form::Path,
        "The schedule, from the project's folder.",
    )
    .usually(Usual::Text("schedule.toml")),
    Key::optional(
        "content",
        Form::Path,
        "The folder of pages, from the project's folder.",
    )
    .usually(Usual::Text("content")),
    Key::optional(
        "output",
        Form::Path,
        "The folder to write to, from the project's folder.",
    )
    .usually(Usual::Text("public")),
]);

/// What a page says about itself.
pub(in crate::input) static FRONT_MATTER: Shape = Shape::new(&[
    Key::optional(
        "title",
        Form::Line(Note::LIMIT),
        "The page's title; otherwise its first heading.",
    ),
    Key::optional(
        "weight",
        Form::Number,
        "The page's place among its neighbours: lower numbers come first.",
    ),
    Key::optional(
        "per",
        Form::Choice(&words(&Per::NAMES)),
        "Of what there is a page each, made from this one.",
    ),
    Key::optional(
        "project",
        Form::Id,
        "The id of the project that the page is about.",
    ),
]);
