//! What other generators would replace in a page, and Markdown shows as text.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag};

use super::place::Page;
use crate::diagnostic::Diagnostic;
use crate::markers::DIALECT;

/// So many are told of each page.
const TOLD: usize = 50;

/// A longer one is none, in bytes.
const LONGEST: usize = 1000;

/// A form of what is replaced.
struct Form {
    begin: &'static str,
    end: &'static str,
    what: &'static str,
}

const HUGO: &str = "a shortcode of Hugo";

const FORMS: [Form; 4] = [
    Form {
        begin: "{{<",
        end: ">}}",
        what: HUGO,
    },
    Form {
        begin: "{{%",
        end: "%}}",
        what: HUGO,
    },
    Form {
        begin: "{%",
        end: "%}",
        what: "a tag of Jekyll",
    },
    Form {
        begin: "{{",
        end: "}}",
        what: "a variable of a template",
    },
];

/// What begins a line, and a box by that.
const BOXES: [(&str, &str); 3] = [
    ("!!! ", "an admonition of MkDocs"),
    ("??? ", "an admonition of MkDocs"),
    (":::", "a container of VitePress"),
];

/// Something that is not replaced.
struct Foreign<'a> {
    span: Range<usize>,
    what: &'static str,
    name: &'a str,
}

/// All of it on a page, and a name of the page's file that means nothing here.
pub(super) fn warnings(page: &Page) -> Vec<Diagnostic> {
    let found = found(&page.file.source.text, page.file.body);
    let told = found.into_iter().take(TOLD).map(|foreign| {
        let title = format!("this is {}, and is shown as text", foreign.what);
        Diagnostic::warning("shortcode", title)
            .at(&page.file.source, foreign.span, "stays as it is")
            .help(help(foreign.name))
    });
    told.chain(misnamed(page)).collect()
}

/// Hugo and its like call the page of a folder `_index.md`.
fn misnamed(page: &Page) -> Option<Diagnostic> {
    if page.path.name() != "_index.md" {
        return None;
    }
    let title = "the page of a folder is its `index.md`, and this is another one";
    let warning = Diagnostic::warning("folder-page", title);
    let warning = warning.at(&page.file.source, 0..0, "a page of that name");
    Some(warning.help("rename it to `index.md`, or put its text there"))
}

fn found(text: &str, from: usize) -> Vec<Foreign<'_>> {
    let body = &text[from..];
    let mut signs = FORMS.iter().map(|form| form.begin);
    let has_box = || BOXES.iter().any(|(begin, _)| body.contains(begin));
    if !signs.any(|sign| body.contains(sign)) && !has_box() {
        return Vec::new();
    }
    let mut found = in_braces(text, from);
    found.extend(boxes(text, from));
    found.sort_by_key(|foreign| foreign.span.start);
    let unread = unread(text, from);
    let is_shown = |at| {
        let next = unread.partition_point(|stretch| stretch.end <= at);
        unread.get(next).is_none_or(|stretch| at < stretch.start)
    };
    found.retain(|foreign| is_shown(foreign.span.start));
    found
}

/// Code and comments, in order.
fn unread(text: &str, from: usize) -> Vec<Range<usize>> {
    let events = Parser::new_ext(&text[from..], DIALECT).into_offset_iter();
    let stretches = events.map(|(event, span)| (event, span.start + from..span.end + from));
    let is_unread = |(event, span): &(Event<'_>, Range<usize>)| match event {
        Event::Code(_) | Event::Start(Tag::CodeBlock(_)) => true,
        Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_) => {
            text[span.clone()].trim_start().starts_with("<!--")
        }
        _ => false,
    };
    let unread = stretches.filter(is_unread);
    unread.map(|(_, span)| span).collect()
}

fn in_braces(text: &str, from: usize) -> Vec<Foreign<'_>> {
    let mut found = Vec::new();
    let mut ends = [0; FORMS.len()];
    let mut done = from;
    for (at, _) in text[from..].match_indices('{') {
        let at = from + at;
        if at < done {
            continue;
        }
        let Some((form, end)) = whole(text, at, &mut ends) else {
            continue;
        };
        done = end;
        let inside = &text[at + form.begin.len()..end - form.end.len()];
        let name = first_word(inside.trim_start_matches(['-', ' ']));
        // The beginning was told.
        if !name.starts_with('/') && !name.starts_with("end") {
            let what = form.what;
            let span = at..end;
            found.push(Foreign { span, what, name });
        }
    }
    found
}

/// The form of what begins there, and where it ends. Where each form ends next
/// is sought once.
fn whole(text: &str, at: usize, ends: &mut [usize]) -> Option<(&'static Form, usize)> {
    let mut forms = FORMS.iter().zip(ends);
    let (form, end) = forms.find(|(form, _)| text[at..].starts_with(form.begin))?;
    // Elsewhere, braces may well be text.
    if form.begin == "{{" && !text[..at].ends_with("](") {
        return None;
    }
    let inside = at + form.begin.len();
    if *end < inside {
        let next = text[inside..].find(form.end);
        *end = next.map_or(usize::MAX, |length| inside + length);
    }
    (*end - inside <= LONGEST).then(|| (form, *end + form.end.len()))
}

/// What begins a line and would be a box until what is indented ends.
fn boxes(text: &str, from: usize) -> Vec<Foreign<'_>> {
    let mut at = from;
    let lines = text[from..].split_inclusive('\n').map(|line| {
        at += line.len();
        (at - line.len(), line)
    });
    let found = lines.filter_map(|(at, line)| {
        let shown = line.trim_start_matches(['>', ' ']);
        let (begin, what) = *BOXES.iter().find(|(begin, _)| shown.starts_with(begin))?;
        let name = first_word(&shown[begin.len()..]);
        let start = at + line.len() - shown.len();
        let span = start..start + shown.trim_end().len();
        let is_named = name.starts_with(|c: char| c.is_ascii_lowercase());
        is_named.then_some(Foreign { span, what, name })
    });
    found.collect()
}

fn first_word(text: &str) -> &str {
    let text = text.trim_start();
    let ends = |c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '/'));
    &text[..text.find(ends).unwrap_or(text.len())]
}

fn help(name: &str) -> &'static str {
    match name {
        "ref" | "relref" | "link" | "post_url" | "site" | "page" => {
            "write the path from this page on: `[text](page.md)`"
        }
        "highlight" | "code" | "prism" => {
            "write the code between two lines of ```, with its language behind the first"
        }
        "figure" | "image" | "img" => "write a picture: `![what it shows](picture.png)`",
        "youtube" | "vimeo" | "tweet" | "x" | "instagram" | "gist" => {
            "write a link to it: no page makes a request to another host"
        }
        "note" | "notice" | "info" | "abstract" | "admonition" | "alert" | "callout" => {
            "write a quote that begins with a line of `> [!NOTE]`"
        }
        "tip" | "hint" | "success" | "example" => {
            "write a quote that begins with a line of `> [!TIP]`"
        }
        "important" => "write a quote that begins with a line of `> [!IMPORTANT]`",
        "warning" | "attention" => "write a quote that begins with a line of `> [!WARNING]`",
        "caution" | "danger" | "failure" | "bug" => {
            "write a quote that begins with a line of `> [!CAUTION]`"
        }
        "details" => "write HTML: `<details>`, with a `<summary>` in it",
        _ => {
            "write in Markdown what it stands for, or put it into backticks if it is meant as text"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::found;

    fn told(text: &str) -> Vec<String> {
        let found = found(text, 0);
        let told = found.iter().map(|foreign| {
            let written = &text[foreign.span.clone()];
            format!("{} | {written} | {}", foreign.what, foreign.name)
        });
        told.collect()
    }

    #[test]
    fn what_other_generators_replace_is_found_with_its_name() {
        for (text, expected) in [
            (
                "a {{< x-y z >}} b",
                "a shortcode of Hugo | {{< x-y z >}} | x-y",
            ),
            ("{{<ref>}}", "a shortcode of Hugo | {{<ref>}} | ref"),
            (
                "{{% note\n%}}",
                "a shortcode of Hugo | {{% note\n%}} | note",
            ),
            (
                "[a]({{< ref b >}})",
                "a shortcode of Hugo | {{< ref b >}} | ref",
            ),
            (
                "> {%- link b -%}",
                "a tag of Jekyll | {%- link b -%} | link",
            ),
            (
                "[a]({{ site.x }}/b)",
                "a variable of a template | {{ site.x }} | site",
            ),
            (
                "> !!! tip \"A\"\n",
                "an admonition of MkDocs | !!! tip \"A\" | tip",
            ),
            (
                "a\n\n:::tip\na\n:::\n",
                "a container of VitePress | :::tip | tip",
            ),
            ("<p>{{< a >}}</p>", "a shortcode of Hugo | {{< a >}} | a"),
        ] {
            assert_eq!(told(text), [expected], "{text}");
        }
    }

    #[test]
    fn code_comments_and_ends_are_none() {
        for text in [
            "`{{< x >}}` and ``{% x %}``",
            "```\n{{< x >}}\n!!! note\n```",
            "a\n\n    {{% x %}}\n",
            "<!-- {{< x >}}\n\n::: tip -->",
            "a <!-- {% x %} --> b",
            "{{< /x >}} {% endx %} {% end",
            "${{ secrets.X }}, {{ x }}, {{#include a}}, !!! and ::: alone",
            "no !!! note and no ::: tip in a line",
            "{{<",
        ] {
            assert_eq!(told(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn what_never_ends_is_looked_at_no_further_than_a_little() {
        assert_eq!(told(&"{{< ".repeat(100_000)), [""; 0]);
        let many = "é{{% a %}}".repeat(3);
        assert_eq!(told(&many).len(), 3);
    }
}
