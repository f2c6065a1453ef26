//! The chapters of a book, and the markers in them.

use std::sync::Arc;

use serde_json::{Map, Value};

use crate::diagnostic::{Diagnostic, Source, sound};
use crate::markers::{self, MarkerContext, OutputFormat, ViewCache};
use crate::schedule::Boards;

/// What the list of chapters is called, by mdBook 0.5 and 0.4.
const LISTS: [&str; 2] = ["items", "sections"];

/// Replaces the markers of all chapters, and says how many there were.
pub(super) fn expand(
    book: &mut Value,
    src: &str,
    boards: &Boards,
    format: OutputFormat<'_>,
) -> Result<usize, Vec<Diagnostic>> {
    let list = LISTS.into_iter().find(|list| book[*list].is_array());
    let Some(items) = list.and_then(|list| book[list].as_array_mut()) else {
        let title = "this book has neither a list `items` nor a list `sections`";
        let help = "this mdBook is newer than trainboard, or something before it changed the book";
        return Err(vec![Diagnostic::error("not-a-book", title).help(help)]);
    };
    let mut walk = Walk {
        src,
        boards,
        format,
        views: ViewCache::default(),
        count: 0,
        errors: Vec::new(),
    };
    walk.items(items);
    sound(walk.count, walk.errors)
}

/// The paths of the schedules that the markers of all chapters name.
pub(super) fn schedules(book: &Value) -> Vec<String> {
    let lists = LISTS.into_iter().chain(["sub_items"]);
    let items = lists.filter_map(|list| book[list].as_array()).flatten();
    let chapters = items.filter_map(|item| item.get("Chapter"));
    let named = chapters.flat_map(|chapter| {
        let content = chapter["content"].as_str().unwrap_or_default();
        let mut named = markers::schedules(&Source::new("", content), 0);
        named.extend(schedules(chapter));
        named
    });
    named.collect()
}

struct Walk<'a> {
    src: &'a str,
    boards: &'a Boards,
    format: OutputFormat<'a>,
    views: ViewCache,
    count: usize,
    errors: Vec<Diagnostic>,
}

impl Walk<'_> {
    /// As deep as JSON may be, which its parser limits.
    fn items(&mut self, items: &mut [Value]) {
        let chapters = items
            .iter_mut()
            .filter_map(|item| item.get_mut("Chapter")?.as_object_mut());
        for chapter in chapters {
            self.chapter(chapter);
            if let Some(Value::Array(items)) = chapter.get_mut("sub_items") {
                self.items(items);
            }
        }
    }

    fn chapter(&mut self, chapter: &mut Map<String, Value>) {
        let name = name(chapter, self.src);
        let Some(Value::String(content)) = chapter.get_mut("content") else {
            return;
        };
        if !markers::may_be_in(content) {
            return;
        }
        let source: Arc<Source> = Source::new(name, content.as_str());
        let scope = MarkerContext {
            views: Some(&self.views),
            ..MarkerContext::new(self.boards)
        };
        match markers::expand(&source, 0, scope, self.format) {
            Ok(expanded) => {
                self.count += expanded.count();
                *content = expanded.text.into_owned();
            }
            Err(errors) => self.errors.extend(errors),
        }
    }
}

/// The chapter's file from the book's folder; of a chapter without a file,
/// its title.
fn name(chapter: &Map<String, Value>, src: &str) -> String {
    let text = |key| chapter.get(key).and_then(Value::as_str);
    match text("source_path").or_else(|| text("path")) {
        Some(path) => format!("{src}/{}", path.replace('\\', "/")),
        None => text("name").unwrap_or_default().to_owned(),
    }
}
