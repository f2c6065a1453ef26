//! Drawings and other XML.

use std::ops::Range;

use roxmltree::{Document, Node, NodeType, ParsingOptions};

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
    // Drawings name the grammar that they follow; what they may not do is to
    // add to it.
    let options = ParsingOptions {
        allow_dtd: true,
        ..ParsingOptions::default()
    };
    let document = match Document::parse_with_options(text, options) {
        Ok(document) => document,
        Err(error) => return vec![not_read(text, &error)],
    };
    let root = document.root_element();
    let prolog = &text[..root.range().start];
    let nodes = document.descendants().flat_map(of_node);
    of_prolog(prolog).into_iter().chain(nodes).collect()
}

fn not_read(text: &str, error: &roxmltree::Error) -> (Range<usize>, Refused) {
    let place = error.pos();
    let before = text.split_inclusive('\n').take(place.row as usize - 1);
    let line = before.map(str::len).sum::<usize>();
    let within = text[line..].char_indices().nth(place.col as usize - 1);
    let at = within.map_or(text.len(), |(at, _)| line + at);
    let help = "browsers run what stands before a mistake: mend it, or leave the file out";
    let title = format!("this is no XML: {error}");
    let end = text[at..].chars().next().map_or(at, |c| at + c.len_utf8());
    (at..end, Refused::new(title, help))
}

/// What stands before the first element: how a file is read.
fn of_prolog(prolog: &str) -> Vec<(Range<usize>, Refused)> {
    let mut found = Vec::new();
    let start = prolog.to_ascii_lowercase().find("<!doctype");
    if let Some(at) = start.filter(|at| prolog[*at..].contains('[')) {
        let title = "a drawing may not define entities or attributes";
        found.push((at..at + "<!DOCTYPE".len(), refused(title)));
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

#[cfg(test)]
mod tests {
    use super::file;

    #[track_caller]
    fn first(text: &str) -> (String, &str) {
        let (place, refused) = file(text).remove(0);
        (refused.title, &text[place])
    }

    #[test]
    fn a_document_type_defines_nothing() {
        let title = "a drawing may not define entities or attributes";
        for subset in ["[<!ENTITY x 'y'>]", "[<?x ]> ?><!ATTLIST svg a CDATA 'x'>]"] {
            let text = format!("<!DOCTYPE svg {subset}><svg/>");
            let (found, place) = first(&text);
            assert_eq!((&*found, place), (title, "<!DOCTYPE"), "{subset}");
        }
        assert!(file("<!DOCTYPE svg PUBLIC 'a' 'b'><svg/>").is_empty());
    }

    #[test]
    fn what_is_no_xml_is_told_with_its_place() {
        let (title, place) = first("<svg>\n<é></g></svg>");
        assert!(title.starts_with("this is no XML: "), "{title}");
        assert_eq!(place, "<");
    }

    #[test]
    fn other_encodings_are_refused() {
        let (title, place) = first("<?xml version='1.0' encoding='utf-7'?><svg/>");
        assert_eq!(
            (&*title, place),
            ("a file is UTF-8, and nothing else", "utf-7")
        );
        assert!(file("<?xml version=\"1.0\" encoding=\"UTF-8\"?><svg/>").is_empty());
    }

    #[test]
    fn other_languages_run_nothing() {
        assert!(
            file(
                "<feed xmlns='http://www.w3.org/2005/Atom'><link href='https://a.example'/></feed>"
            )
            .is_empty()
        );
    }
}
