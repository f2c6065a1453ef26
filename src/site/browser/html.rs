//! HTML, read as the standard says that browsers read it.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::ops::Range;
use std::rc::Rc;

use html5ever::buffer_queue::BufferQueue;
use html5ever::interface::TokenizerResult;
use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult};
use html5ever::tokenizer::{Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{ExpandedName, QualName};

use super::{Attribute, Element, Extent, Finding, css, foreign, local, refused};
use crate::site::address::Refused;

/// Elements within elements, at most: browsers go no deeper than 512.
const DEEPEST: usize = 400;

/// What the standard and browsers do not read in one way where `MathML` has text.
const SECTION: &str = "<![CDATA[";

/// An element that ends what is read, and shows that it would be read.
const END: &str = "trainboard-end";

/// What may not be on a page, with its places.
pub(super) fn page(html: &str) -> Vec<(Range<usize>, Refused)> {
    let reader = HtmlReader::new(Extent::Whole);
    let lines: Vec<_> = html.split_inclusive('\n').collect();
    let mut starts = vec![0];
    for (number, line) in lines.iter().enumerate() {
        reader.feed(line, number);
        starts.push(starts[number] + line.len());
    }
    let mut after = 0;
    let places = reader.finish().into_iter().map(|(line, finding)| {
        let start = starts[line];
        let found = super::find(html, &finding.written, start.max(after));
        let found = found.filter(|place| place.start < starts[line + 1]);
        let found = found.or_else(|| super::find(html, &finding.written, after));
        let place = found.unwrap_or(start..start);
        after = place.start;
        (place, finding.refused)
    });
    places.collect()
}

/// Reads HTML piece by piece.
pub(in crate::site) struct HtmlReader {
    tokenizer: Tokenizer<Judge>,
    input: BufferQueue,
}

impl HtmlReader {
    pub(in crate::site) fn new(extent: Extent) -> Self {
        let tree = TreeBuilder::new(Tree::default(), TreeBuilderOpts::default());
        let judge = Judge {
            tree,
            extent,
            piece: Cell::new(0),
            found: RefCell::default(),
            dropped: RefCell::default(),
            style: RefCell::default(),
            ended: Cell::new(false),
        };
        let reader = Self {
            tokenizer: Tokenizer::new(judge, TokenizerOpts::default()),
            input: BufferQueue::default(),
        };
        if extent == Extent::Part {
            reader.feed("<!DOCTYPE html><body><main><article>", 0);
        }
        reader
    }

    /// Reads on; what is found is of the piece with that number.
    pub(in crate::site) fn feed(&self, html: &str, piece: usize) {
        if self.judge().is_too_deep() {
            return;
        }
        self.judge().piece.set(piece);
        if super::find(html, SECTION, 0).is_some() {
            self.judge()
                .report(SECTION, refused("a page may not have a `CDATA` section"));
        }
        self.input.push_back(StrTendril::from(html));
        while !matches!(self.tokenizer.feed(&self.input), TokenizerResult::Done) {}
    }

    /// The pieces with a style of their own, which no page may apply, and how
    /// that is written.
    pub(in crate::site) fn dropped(&self) -> Vec<(usize, &'static str)> {
        self.judge().dropped.take()
    }

    /// What may not be, and the pieces in which it is.
    pub(in crate::site) fn finish(self) -> Vec<(usize, Finding)> {
        if self.judge().extent == Extent::Part {
            self.feed(&format!("<{END}>"), self.judge().piece.get());
        }
        self.tokenizer.end();
        let judge = &self.tokenizer.sink;
        judge.end_style();
        if judge.is_too_deep() {
            let help = "close what is opened: browsers go no deeper than 512";
            judge.report(
                "<",
                Refused::new("HTML is nested more than 400 deep here", help),
            );
        } else if judge.is_open() {
            let help = "close it: it would take in what comes after it";
            judge.report("<", Refused::new("this HTML has no end", help));
        }
        judge.found.take()
    }

    fn judge(&self) -> &Judge {
        &self.tokenizer.sink
    }
}

/// Looks at every tag on its way to the tree: also at those that it would drop.
struct Judge {
    tree: TreeBuilder<Node, Tree>,
    extent: Extent,
    piece: Cell<usize>,
    found: RefCell<Vec<(usize, Finding)>>,
    /// The pieces with a style of their own, and how that is written.
    dropped: RefCell<Vec<(usize, &'static str)>>,
    /// The text of the style sheet that is being read.
    style: RefCell<Option<String>>,
    /// Whether the end was seen.
    ended: Cell<bool>,
}

impl TokenSink for Judge {
    type Handle = Node;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Node> {
        match &token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => self.start_tag(tag),
            Token::TagToken(tag) if local(&tag.name) == "style" => self.end_style(),
            Token::CharacterTokens(text) => {
                if let Some(style) = &mut *self.style.borrow_mut() {
                    style.push_str(text);
                }
            }
            _ => {}
        }
        if self.is_too_deep() {
            return TokenSinkResult::Continue;
        }
        self.tree.process_token(token, line)
    }

    fn end(&self) {
        self.tree.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.tree
            .adjusted_current_node_present_but_not_in_html_namespace()
    }
}

impl Judge {
    fn start_tag(&self, tag: &Tag) {
        let name = local(&tag.name);
        if name == END {
            self.ended.set(true);
        }
        if name == "style" {
            self.end_style();
            self.style.replace(Some(String::new()));
        }
        let attributes = tag.attrs.iter().map(|attribute| Attribute {
            name: local(&attribute.name.local),
            written: attribute.name.local.to_string(),
            value: attribute.value.to_string(),
        });
        let attributes = attributes.collect();
        let element = Element { name, attributes };
        if let Some(written) = element.own_style() {
            let piece = self.piece.get();
            self.dropped.borrow_mut().push((piece, written));
        }
        for finding in element.findings(self.extent) {
            self.found.borrow_mut().push((self.piece.get(), finding));
        }
    }

    fn end_style(&self) {
        let style = self.style.take();
        if style.is_some_and(|style| css::foreign(&style)) {
            self.report("<style", foreign());
        }
    }

    fn report(&self, written: &str, refused: Refused) {
        let written = written.to_owned();
        let finding = Finding { written, refused };
        self.found.borrow_mut().push((self.piece.get(), finding));
    }

    /// Whether a part of a page takes in what comes after it.
    fn is_open(&self) -> bool {
        let is_part = self.extent == Extent::Part;
        is_part && !self.ended.get() && self.found.borrow().is_empty()
    }

    fn is_too_deep(&self) -> bool {
        self.tree.sink.deepest.get() > DEEPEST
    }
}

/// The tree, of which only what the algorithm asks for is kept.
#[derive(Default)]
struct Tree {
    deepest: Cell<usize>,
}

type Node = Rc<Built>;

/// An element, or what stands for something else.
struct Built {
    name: QualName,
    depth: Cell<usize>,
    /// It is of `MathML`, and HTML stands in it.
    holds_html: bool,
}

impl Tree {
    fn node(name: QualName, holds_html: bool) -> Node {
        Rc::new(Built {
            name,
            depth: Cell::new(0),
            holds_html,
        })
    }

    fn nameless() -> Node {
        let name = QualName::new(None, html5ever::ns!(), html5ever::local_name!(""));
        Self::node(name, false)
    }

    fn put(&self, child: NodeOrText<Node>, depth: usize) {
        if let NodeOrText::AppendNode(child) = child {
            child.depth.set(depth);
            self.deepest.set(self.deepest.get().max(depth));
        }
    }
}

impl TreeSink for Tree {
    type Handle = Node;
    type Output = ();
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) {}

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Node {
        Self::nameless()
    }

    fn elem_name<'a>(&'a self, target: &'a Node) -> ExpandedName<'a> {
        target.name.expanded()
    }

    fn create_element(
        &self,
        name: QualName,
        _: Vec<html5ever::Attribute>,
        flags: ElementFlags,
    ) -> Node {
        Self::node(name, flags.mathml_annotation_xml_integration_point)
    }

    fn create_comment(&self, _: StrTendril) -> Node {
        Self::nameless()
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Node {
        Self::nameless()
    }

    fn append(&self, parent: &Node, child: NodeOrText<Node>) {
        self.put(child, parent.depth.get() + 1);
    }

    fn append_based_on_parent_node(
        &self,
        element: &Node,
        previous: &Node,
        child: NodeOrText<Node>,
    ) {
        let depth = element.depth.get().max(previous.depth.get());
        self.put(child, depth + 1);
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Node) -> Node {
        Rc::clone(target)
    }

    fn same_node(&self, one: &Node, other: &Node) -> bool {
        Rc::ptr_eq(one, other)
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Node, child: NodeOrText<Node>) {
        self.put(child, sibling.depth.get());
    }

    fn add_attrs_if_missing(&self, _: &Node, _: Vec<html5ever::Attribute>) {}

    fn remove_from_parent(&self, _: &Node) {}

    fn reparent_children(&self, _: &Node, _: &Node) {}

    fn is_mathml_annotation_xml_integration_point(&self, node: &Node) -> bool {
        node.holds_html
    }
}
