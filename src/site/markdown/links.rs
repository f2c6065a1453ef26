//! Links and pictures.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, OffsetIter, Tag};

use super::super::address::{self, Address, Refused};
use super::super::browser::Role;
use super::super::links::DeadLink;
use super::super::page::is_index;
use super::headings::push_attribute;
use super::{ADVISED, AnchorLink, LinkContext, Writer};
use crate::diagnostic::Diagnostic;

pub(super) struct OpenPicture<'a> {
    pub(super) address: String,
    pub(super) title: CowStr<'a>,
    pub(super) text: String,
    /// Pictures and links in its text.
    pub(super) depth: usize,
}

impl<'a> Writer<'a> {
    /// Where the target of a link or a picture is written.
    pub(super) fn target_place(
        &self,
        tag: &Tag<'a>,
        span: &Range<usize>,
        events: &OffsetIter<'a>,
    ) -> Range<usize> {
        let (Tag::Link { dest_url, id, .. } | Tag::Image { dest_url, id, .. }) = tag else {
            return span.clone();
        };
        let definition = events.reference_definitions().get(id);
        let is_inline = self.expanded.text[span.clone()].ends_with([')', '>']);
        let written = match definition {
            Some(definition) if !is_inline => definition.span.clone(),
            _ => span.clone(),
        };
        let found = self.expanded.text[written.clone()].rfind(&**dest_url);
        let place = found
            .filter(|_| !dest_url.is_empty())
            .map_or(written.clone(), |at| {
                let start = written.start + at;
                start..start + dest_url.len()
            });
        self.expanded.place(place)
    }

    pub(super) fn link(&mut self, kind: LinkType, to: &str, title: &str, place: Range<usize>) {
        let address = if kind == LinkType::Email {
            format!("mailto:{to}")
        } else {
            self.address(to, Role::Link, place)
        };
        let is_bare = matches!(kind, LinkType::Autolink | LinkType::Email);
        self.html
            .push_str(if is_bare { "<a class=\"bare\"" } else { "<a" });
        push_attribute(&mut self.html, "href", &address);
        if !title.is_empty() {
            push_attribute(&mut self.html, "title", title);
        }
        self.html.push('>');
    }

    /// The address to write for one that is written in a page.
    pub(super) fn address(&mut self, written: &str, role: Role, place: Range<usize>) -> String {
        let written = address::as_browsers_read(written);
        let inside = match address::read(&written) {
            Ok(Address::Inside(inside)) => inside,
            Ok(Address::Outside) if role == Role::Picture => {
                let title = "this comes from another host";
                let help = "copy the file into the site: no page makes a request to another host";
                self.refuse(place, Refused::new(title, help));
                return String::new();
            }
            Ok(Address::Outside) => return written.into_owned(),
            Err(mut refused) => {
                if let Some(meant) = self.meant(&written) {
                    refused.help = format!("write it from the page on: `{meant}`").into();
                }
                self.refuse(place, refused);
                return String::new();
            }
        };
        if role == Role::Other {
            return written.into_owned();
        }
        let LinkContext {
            page, from, folder, ..
        } = self.links;
        match self.links.targets.follow(page, (from, folder), &inside) {
            Ok(link) => {
                if let Some((page, anchor)) = link.anchor {
                    let span = place;
                    self.body
                        .anchor_links
                        .push(AnchorLink { page, anchor, span });
                }
                self.body.files.extend(link.file);
                link.address
            }
            Err(dead) => {
                let meant = self.meant(&written);
                self.dead(dead, meant, place);
                String::new()
            }
        }
    }

    fn dead(&mut self, dead: DeadLink, meant: Option<String>, place: Range<usize>) {
        let error = Diagnostic::error("dead-link", dead.title);
        let mut error = error.at(self.links.source, place, "leads nowhere");
        error.help = meant.map(|address| format!("write `{address}`"));
        let is_open = error.help.is_none() && self.missing.len() < ADVISED;
        let missing = dead.missing.filter(|_| is_open);
        let number = self.errors.len();
        self.missing.extend(missing.map(|path| (number, path)));
        self.errors.push(error);
    }

    /// The address to write for one at which other generators publish what
    /// there is: from the top of the site, or from a page that is a folder.
    fn meant(&self, written: &str) -> Option<String> {
        let LinkContext {
            from,
            source,
            targets,
            ..
        } = self.links;
        let (path, hash) = written.split_at(written.find(['?', '#']).unwrap_or(written.len()));
        let (_, name) = source.name.rsplit_once('/').unwrap_or(("", &source.name));
        let folder = match name.strip_suffix(".md") {
            Some(stem) if !is_index(name) => format!("{from}/{stem}"),
            _ => from.to_owned(),
        };
        let folders = if path.starts_with('/') {
            ["", ""]
        } else {
            [from, &folder]
        };
        let mut paths = folders
            .iter()
            .filter_map(|folder| address::resolved(folder, path));
        let file = paths.find_map(|path| targets.meant(&path))?;
        Some(address::relative(from, file) + hash)
    }

    pub(super) fn refuse(&mut self, place: Range<usize>, refused: Refused) {
        self.errors.push(refused.at(self.links.source, place));
    }

    pub(super) fn open_picture(&mut self, to: &str, title: CowStr<'a>, place: Range<usize>) {
        let address = self.address(to, Role::Picture, place);
        self.picture = Some(OpenPicture {
            address,
            title,
            text: String::new(),
            depth: 0,
        });
    }

    /// Collects the text of a picture, and writes it at its end.
    pub(super) fn in_picture(&mut self, event: Event<'a>) {
        let Some(picture) = &mut self.picture else {
            return;
        };
        match event {
            Event::Start(_) => picture.depth += 1,
            Event::End(_) if picture.depth > 0 => picture.depth -= 1,
            Event::End(_) => self.close_picture(),
            Event::Text(text) | Event::Code(text) => picture.text.push_str(&text),
            Event::SoftBreak | Event::HardBreak => picture.text.push(' '),
            _ => {}
        }
    }

    pub(super) fn close_picture(&mut self) {
        if let Some(picture) = self.picture.take() {
            self.html.push_str("<img");
            push_attribute(&mut self.html, "src", &picture.address);
            push_attribute(&mut self.html, "alt", &picture.text);
            if !picture.title.is_empty() {
                push_attribute(&mut self.html, "title", &picture.title);
            }
            self.html.push('>');
        }
    }
}
