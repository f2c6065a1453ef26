use std::sync::Arc;

use pulldown_cmark::{Event, Parser, Tag, TagEnd, html};

use super::*;
use crate::schedule::{
    Anchor, Before, Boards, Cadence, Channel, Draft, Length, PhaseRule, Project, Projects, Schedule,
};

/// Monthly trains, supported for two months; 51.0.0 left on 20 November.
pub(super) fn boards() -> Boards {
    let phase = PhaseRule {
        length: Some(Length::months(2).into()),
        ..PhaseRule::new("Supported".parse().unwrap())
    };
    let mut draft = Draft::new(Project::new("Wasm & time".parse().unwrap()));
    draft.cadences.push(Cadence {
        branch: Some(Before(Length::days(15))),
        ..Cadence::new(
            Anchor::new("20.0.0".parse().unwrap(), "2024-04-20".parse().unwrap()),
            Length::months(1),
        )
    });
    draft.channels.push(Channel {
        phases: vec![phase],
        ..Channel::new("Normal".parse().unwrap())
    });
    let schedule = Schedule::new(draft).unwrap();
    let projects = Projects::only(schedule);
    projects.at("2026-11-25".parse().unwrap()).unwrap()
}

#[track_caller]
fn expanded(text: &str) -> String {
    let source = Source::new("page.md", text);
    let expanded = expand(
        &source,
        0,
        MarkerContext::new(&boards()),
        OutputFormat::Html,
    )
    .unwrap();
    expanded.text.into_owned()
}

#[track_caller]
fn rendered(text: &str) -> String {
    let mut page = String::new();
    html::push_html(&mut page, Parser::new_ext(&expanded(text), DIALECT));
    page
}

/// The first error of a text: its title, the words it points at, its help.
#[track_caller]
fn error(text: &str) -> (String, String, String) {
    let source = Source::new("page.md", text);
    let error = expand(
        &source,
        0,
        MarkerContext::new(&boards()),
        OutputFormat::Html,
    )
    .unwrap_err()
    .remove(0);
    let label = &error.labels[0];
    let place = label.source.text[label.span.clone()].to_owned();
    (error.title, place, error.help.unwrap_or_default())
}

/// The views of a text, each as the lines of its one HTML block.
#[track_caller]
fn blocks(text: &str) -> Vec<String> {
    let text = expanded(text);
    let mut blocks = Vec::new();
    for event in Parser::new_ext(&text, DIALECT) {
        match event {
            Event::Start(Tag::HtmlBlock) => blocks.push(String::new()),
            Event::Html(line) => blocks.last_mut().unwrap().push_str(&line),
            Event::End(TagEnd::HtmlBlock) => {
                let block = blocks.last().unwrap();
                for tag in ["div", "figure", "table", "svg"] {
                    let opened = block.matches(&format!("<{tag}")).count();
                    let closed = block.matches(&format!("</{tag}>")).count();
                    assert_eq!(opened, closed, "{tag} in {text}");
                }
            }
            _ => {}
        }
    }
    blocks
}

#[test]
fn a_value_is_a_part_of_its_sentence() {
    let text = "Take **<!-- trainboard value current.version -->** now.";
    assert_eq!(expanded(text), "Take **51.0.0** now.");
    let text = "<!-- trainboard value next.release --> is **near**.";
    assert_eq!(
        rendered(text),
        "<p>20 December 2026 is <strong>near</strong>.</p>\n"
    );
    let text = "| a |\n|---|\n| <!-- trainboard value current.version --> |\n";
    assert!(rendered(text).contains("<td>51.0.0</td>"));
}

#[test]
fn a_pair_is_replaced_whole() {
    let text = "x <!-- trainboard value current.version -->50.0.0<!-- /trainboard --> y";
    assert_eq!(expanded(text), "x 51.0.0 y");
}

#[test]
fn a_close_belongs_to_the_last_marker() {
    let text = "<!-- trainboard value current.version --> a \
                <!-- trainboard value next.version -->b<!-- /trainboard --> c";
    assert_eq!(expanded(text), "51.0.0 a 52.0.0 c");
}

#[test]
fn code_is_literal() {
    for text in [
        "`<!-- trainboard table -->`",
        "```\n<!-- trainboard table -->\n```",
        "    <!-- trainboard table -->",
        "- a\n\n      <!-- trainboard nonsense -->",
    ] {
        assert_eq!(expanded(text), text);
    }
}

#[test]
fn raw_html_is_not() {
    let text =
        "<pre><code>git push release-<!-- trainboard value next.version -->\n\n</code></pre>";
    assert_eq!(
        expanded(text),
        "<pre><code>git push release-52.0.0\n\n</code></pre>"
    );
    let text = "a <b title='<!-- trainboard value current.version -->'>b</b>";
    assert_eq!(expanded(text), "a <b title='51.0.0'>b</b>");
}

#[test]
fn other_comments_stay() {
    let text = "<!-- a <!-- trainboard-like --> and <!-- trainboards table -->";
    assert_eq!(expanded(text), text);
}

#[test]
fn a_view_is_one_block_wherever_it_stands() {
    for text in [
        "<!-- trainboard board -->",
        "a\n<!-- trainboard board -->\nb",
        "> <!-- trainboard board -->\n> b",
        "- <!-- trainboard board -->\n- b",
        "1. a\n\n   <!-- trainboard board -->\n   b",
        "> - a\n>\n>   <!-- trainboard board -->\n>   b",
        "[^1]: a\n\n    <!-- trainboard board -->\n\na[^1]",
        "   <!-- trainboard board -->  \nb",
        "<!-- trainboard board -->\n\n- old\n\n<!-- /trainboard -->\nb",
        "<div id=\"version-table\">\n\n**old** <div>x</div>\n\n</div>\nb",
        "<div class=x id='version-table' >old</div>",
    ] {
        let found = blocks(text);
        assert_eq!(found.len(), 1, "{text}\n{}", expanded(text));
        assert!(found[0].contains("</figure>"), "{text}");
        assert!(found[0].contains("</table>"), "{text}");
    }
}

#[test]
fn what_follows_a_view_is_markdown_again() {
    let page = rendered("> <!-- trainboard summary -->\n> **b**\n\nc");
    assert!(
        page.contains("<p><strong>b</strong></p>\n</blockquote>\n<p>c</p>"),
        "{page}"
    );
}

#[test]
fn a_view_may_stand_in_html() {
    let found = blocks("<details>\n<summary>x</summary>\n<!-- trainboard table -->\n</details>\n");
    assert_eq!(found.len(), 1);
    assert!(found[0].ends_with("</details>\n"));
}

#[test]
fn the_adopted_element_ends_with_its_own_tag() {
    let text = "<div id=\"version-table\">\n\na `</div>`\n\n<div>b</div>\n\n</div>\n\nc";
    let page = rendered(text);
    assert!(page.ends_with("<p>c</p>\n"), "{page}");
    assert!(!page.contains("<p>a"), "{page}");
}

#[test]
fn a_view_has_its_line_to_itself() {
    for text in [
        "a <!-- trainboard table -->",
        "<!-- trainboard table --> a",
        "| a |\n|---|\n| <!-- trainboard table --> |",
        "a\n      <!-- trainboard table -->",
    ] {
        let (title, place, help) = error(text);
        assert_eq!(title, "this marker becomes a block, and shares its line");
        assert_eq!(place, "<!-- trainboard table -->");
        assert_eq!(
            help,
            "put the marker on a line of its own, with a blank line before and after it"
        );
    }
}

#[test]
fn options_choose() {
    let page = expanded("<!-- trainboard table columns=version,status -->");
    assert!(!page.is_empty());
    let near = expanded("<!-- trainboard gantt span=6m -->");
    assert_ne!(near, expanded("<!-- trainboard gantt -->"));
    let text = "a <!-- trainboard value lts.version default=\"not *yet*\" -->";
    assert_eq!(rendered(text), "<p>a not *yet*</p>\n");
}

#[test]
fn an_unknown_name_is_shown_with_the_nearest() {
    for (text, title, place, help) in [
        (
            "<!-- trainboard tabel -->",
            "there is no view `tabel`",
            "tabel",
            "the nearest is `table`",
        ),
        (
            "<!-- trainboard picture -->",
            "there is no view `picture`",
            "picture",
            "the views are `board`, `summary`, `table`, `gantt`, `versions`, `value`, `security`, `overview`, `train`, `trains`, `milestones`, `patches`",
        ),
        (
            "<!-- trainboard -->",
            "this marker names no view",
            "<!-- trainboard -->",
            "the names are `board`, `summary`, `table`, `gantt`, `versions`, `value`, `security`, `overview`, `train`, `trains`, `milestones`, `patches`",
        ),
        (
            "<!-- trainboard value curent.version -->",
            "there is no value `curent.version`",
            "curent.version",
            "the nearest is `current.version`",
        ),
        (
            "<!-- trainboard value -->",
            "this marker names no value",
            "<!-- trainboard value -->",
            "write `value` and then a name such as `current.version`",
        ),
    ] {
        assert_eq!(error(text), (title.into(), place.into(), help.into()));
    }
}

#[test]
fn an_unknown_option_is_shown_with_those_known() {
    for (text, title, place, help) in [
        (
            "<!-- trainboard table colums=version -->",
            "`table` has no option `colums`",
            "colums",
            "write `columns=…`",
        ),
        (
            "<!-- trainboard gantt x -->",
            "`gantt` has no option `x`",
            "x",
            "the options of `gantt`: `span`, `project`, `schedule`",
        ),
        (
            "<!-- trainboard board x=y -->",
            "`board` has no option `x`",
            "x",
            "the options of `board`: `project`, `schedule`",
        ),
        (
            "a <!-- trainboard value current.version date=iso -->",
            "`current.version` is no date",
            "iso",
            "leave out `date`",
        ),
        (
            "a <!-- trainboard value current.release date=shrot -->",
            "there is no form of a date `shrot`",
            "shrot",
            "the nearest is `short`",
        ),
        (
            "<!-- trainboard table columns=version,stauts -->",
            "there is no column `stauts`",
            "stauts",
            "the nearest is `status`",
        ),
        (
            "<!-- trainboard gantt span=6 -->",
            "`6` is not a span such as `6m`, `12w`, `90d` or `1y`",
            "6",
            "write a number from 1 and a unit: `6m`, `12w`, `90d`, `1y`",
        ),
    ] {
        assert_eq!(error(text), (title.into(), place.into(), help.into()));
    }
}

#[test]
fn a_value_that_does_not_exist_needs_a_default() {
    let (title, place, help) = error("a <!-- trainboard value lts.version -->");
    assert_eq!(title, "there is no `lts.version` in this period");
    assert_eq!(place, "lts.version");
    assert_eq!(help, "say what to write then: `default=\"not yet\"`");
}

#[test]
fn markers_end_and_closes_close() {
    let (title, place, _) = error("a <!-- /trainboard -->");
    assert_eq!(title, "this closing marker closes nothing");
    assert_eq!(place, "<!-- /trainboard -->");
    let pair = "<!-- trainboard versions -->x<!-- /trainboard -->";
    assert_eq!(error(&format!("a {pair} <!-- /trainboard -->")).0, title);
    assert_eq!(
        error("<!-- trainboard table\n\na").0,
        "this marker has no end"
    );
    let text = "a <!-- trainboard value lts.version default=\"x -->";
    assert_eq!(error(text).0, "this value has no closing quote");
    let (title, place, help) = error("<div id=\"version-table\">\n\na");
    assert_eq!(title, "this element is never closed");
    assert_eq!(place, "<div id=\"version-table\">");
    assert_eq!(
        help,
        "everything up to its `</div>` is replaced by the board"
    );
}

#[test]
fn all_errors_are_told_in_one_run() {
    let source = Source::new("page.md", "<!-- trainboard a -->\n\n<!-- trainboard b -->");
    assert_eq!(
        expand(
            &source,
            0,
            MarkerContext::new(&boards()),
            OutputFormat::Html
        )
        .unwrap_err()
        .len(),
        2
    );
}

#[test]
fn without_a_schedule_only_a_marker_is_an_error() {
    let source = Source::new("page.md", "# a");
    assert!(
        expand(
            &source,
            0,
            MarkerContext::new(&Boards::default()),
            OutputFormat::Html
        )
        .is_ok()
    );
    let source = Source::new("page.md", "<!-- trainboard board -->");
    let error = expand(
        &source,
        0,
        MarkerContext::new(&Boards::default()),
        OutputFormat::Html,
    )
    .unwrap_err()
    .remove(0);
    assert_eq!(error.title, "there is no schedule for this marker");
    let help = "write a `schedule.toml`, or name the file in `trainboard.toml`";
    assert_eq!(error.help.as_deref(), Some(help));
}

#[test]
fn text_stays_itself_in_markdown_and_in_html() {
    for text in [
        "# a",
        "1. a",
        "- a",
        "*a* _b_ `c` ~~d~~",
        "[a](b) ![c](d)",
        "<b>&amp;</b> <!-- c -->",
        "a | b",
        "...--- 'a' \"b\"",
        "  a  b  ",
        "a\\*b",
        ": a",
        "+++",
        "===",
        "50",
        "3.14.0-rc.1+x, and 4",
        "1)",
    ] {
        let mut page = String::new();
        let literal = render::literal(text);
        html::push_html(&mut page, Parser::new_ext(&literal, DIALECT));
        let expected: String = text
            .chars()
            .map(|c| match c {
                '&' => "&amp;".to_owned(),
                '<' => "&lt;".to_owned(),
                '>' => "&gt;".to_owned(),
                c => c.to_string(),
            })
            .collect();
        assert_eq!(page, format!("<p>{expected}</p>\n"), "{literal}");
        assert!(!literal.contains(['<', '"', '\'', '>']), "{literal}");
    }
}

#[test]
fn places_lead_back_to_the_source() {
    let text = "+++\n+++\na <!-- trainboard value current.version --> [b](c) <!-- trainboard versions --> zz";
    let source = Source::new("page.md", text);
    let expanded = expand(
        &source,
        8,
        MarkerContext::new(&boards()),
        OutputFormat::Html,
    )
    .unwrap();
    let place = |needle: &str| {
        let at = expanded.text.find(needle).unwrap();
        &source.text[expanded.place(at..at + needle.len())]
    };
    assert_eq!(place("[b](c)"), "[b](c)");
    assert_eq!(place("51.0.0"), "<!-- trainboard value current.version -->");
    assert_eq!(place("zz"), "zz");
    assert!(expanded.depends_on_the_day());
}

#[test]
fn ten_thousand_markers_and_deep_quotes_take_no_time() {
    let many = "a <!-- trainboard value current.version --> b\n\n".repeat(10_000);
    assert!(expanded(&many).len() > 100_000);
    let deep = ">".repeat(100_000) + " <!-- trainboard value current.version -->";
    let source: Arc<Source> = Source::new("page.md", deep);
    let _ = expand(
        &source,
        0,
        MarkerContext::new(&boards()),
        OutputFormat::Html,
    );
}
