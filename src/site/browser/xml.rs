//! Drawings and other XML.

use std::ops::Range;

use roxmltree::{Document, Node, NodeType};

use super::{Attribute, Element, Extent, css, foreign, local, refused};
use crate::site::address::Refused;

/// The languages in which something runs.
const RUN: &[&str] = &[
    "http://www.w3.org/1998/Math/MathML",
    "http://www.w3.org/1999/xhtml",
    "http://www.w3.org/2000/svg",
];

/// What may not be in a file that browsers read as XML, with its places.
pub(super) fn file(text: &str) -> Vec<(Range<usize>, Refused)> {
    let document = match Document::parse(text) {
        Ok(document) => document,
        Err(error) => return vec![not_read(text, &error)],
    };
    let root = document.root_element();
    let prolog = &text[..root.range().start];
    let nodes = document.descendants().flat_map(of_node);
    of_prolog(prolog).into_iter().chain(nodes).collect()
}

fn not_read(text: &str, error: &roxmltree::Error) -> (Range<usize>, Refused) {
    let start = text.to_ascii_lowercase().find("<!doctype");
    if let Some(found) = start.filter(|_| matches!(error, roxmltree::Error::DtdDetected)) {
        return (found..found + "<!DOCTYPE".len(), definitions());
    }
    let place = error.pos();
    let before = text.split_inclusive('\n').take(place.row as usize - 1);
    let line = before.map(str::len).sum::<usize>();
    let within = text[line..].char_indices().nth(place.col as usize - 1);
    let at = within.map_or(text.len(), |(at, _)| line + at);
    let help = "browsers run what stands before a mistake: mend it, or leave the file out";
    let title = format!("this is no XML: {error}");
    (at..at + 1, Refused::new(title, help))
}

fn definitions() -> Refused {
    refused("a drawing may not define entities or attributes")
}

/// What stands before the first element: how a file is read.
fn of_prolog(prolog: &str) -> Vec<(Range<usize>, Refused)> {
    let mut found = Vec::new();
    let start = prolog.to_ascii_lowercase().find("<!doctype");
    if let Some(at) = start.filter(|at| prolog[*at..].contains('[')) {
        found.push((at..at + "<!DOCTYPE".len(), definitions()));
    }
    let declaration = prolog.split_once("?>").map_or("", |(begin, _)| begin);
    let declaration = declaration.trim_start_matches('\u{feff}');
    if declaration.starts_with("<?xml")
        && let Some((_, encoding)) = declaration.split_once("encoding")
    {
        let encoding = encoding.trim_matches(|c: char| c.is_whitespace() || "='\"".contains(c));
        let name = encoding.split(['\'', '"']).next().unwrap_or_default();
        if !name.eq_ignore_ascii_case("utf-8") {
            let at = prolog.find(encoding).unwrap_or(0);
            let title = "a file is UTF-8, and nothing else";
            found.push((at..at + name.len(), refused(title)));
        }
    }
    found
}

fn of_node(node: Node<'_, '_>) -> Vec<(Range<usize>, Refused)> {
    match node.node_type() {
        NodeType::PI => {
            let is_style = node.pi().is_some_and(|pi| pi.target == "xml-stylesheet");
            let title = "a drawing may not load a style sheet";
            Vec::from_iter(is_style.then(|| (node.range(), refused(title))))
        }
        NodeType::Element if is_run(node) => of_element(node),
        _ => Vec::new(),
    }
}

/// Whether an element means something to a browser.
fn is_run(node: Node<'_, '_>) -> bool {
    let namespace = node.tag_name().namespace();
    namespace.is_none_or(|namespace| RUN.contains(&namespace))
}

fn of_element(node: Node<'_, '_>) -> Vec<(Range<usize>, Refused)> {
    let element = Element {
        name: local(node.tag_name().name()),
        attributes: node.attributes().map(attribute).collect(),
    };
    let places: Vec<_> = node
        .attributes()
        .map(|it| (it.range(), it.value()))
        .collect();
    let name = node.range().start..node.range().start + 1 + element.name.len();
    let found = element.findings(Extent::Whole).into_iter().map(|finding| {
        let place = element.attributes.iter().zip(&places);
        let place = place.clone().find(|(attribute, (_, value))| {
            attribute.written == finding.written || value.contains(&finding.written)
        });
        let place = place.map_or(name.clone(), |(_, (place, _))| place.clone());
        (place, finding.refused)
    });
    let is_style = element.name == "style" && css::foreign(&text_of(node));
    let style = is_style.then(|| (name.clone(), foreign()));
    found.chain(style).collect()
}

fn attribute(attribute: roxmltree::Attribute<'_, '_>) -> Attribute {
    Attribute {
        name: local(attribute.name()),
        written: attribute.name().to_owned(),
        value: attribute.value().to_owned(),
    }
}

fn text_of(node: Node<'_, '_>) -> String {
    node.children().filter_map(|child| child.text()).collect()
}
