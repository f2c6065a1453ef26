use proptest::prelude::*;

use super::super::tests::boards;
use super::*;

fn update_file(raw: &str) -> Result<String, Vec<Diagnostic>> {
    update_named("README.md", raw)
}

fn update_named(name: &str, raw: &str) -> Result<String, Vec<Diagnostic>> {
    update_with(name, raw, None)
}

fn update_with(name: &str, raw: &str, dark: Option<&str>) -> Result<String, Vec<Diagnostic>> {
    let source = Source::of_file(name, raw);
    let picture = Picture {
        address: "docs/schedule.svg",
        dark,
    };
    let updated = update(raw, &source, &boards(), Some(picture));
    updated.map(|updated| updated.text)
}

#[test]
fn a_picture_for_dark_pages_stands_in_markdown_alone() {
    let pair = "<!-- trainboard gantt -->\n<!-- /trainboard -->\n";
    let shown = |name: &str, raw: &str| update_with(name, raw, Some("docs/dark.svg")).unwrap();
    let readme = shown("README.md", pair);
    assert!(
        readme.contains("<source media=\"(prefers-color-scheme: dark)\" srcset=\"docs/dark.svg\">")
    );
    assert_eq!(shown("README.md", &readme), readme);
    let mdx = shown("a.mdx", pair);
    assert!(
        mdx.contains("](docs/schedule.svg)") && !mdx.contains("dark"),
        "{mdx}"
    );
    let rst = shown("a.rst", ".. trainboard gantt\n.. /trainboard\n");
    assert!(
        rst.contains(".. image:: docs/schedule.svg") && !rst.contains("dark"),
        "{rst}"
    );
}

/// The file as it should be, which the next run leaves alone.
#[track_caller]
fn updated(raw: &str) -> String {
    let new = update_file(raw).unwrap_or_else(|errors| panic!("{raw}\n{errors:#?}"));
    assert_eq!(update_file(&new).unwrap(), new, "{raw}");
    assert_eq!(outside(&new), outside(raw), "{raw}");
    new
}

/// What is outside of all pairs and no marker; no test has a marker in code.
fn outside(raw: &str) -> Vec<&str> {
    const CLOSE: &str = "<!-- /trainboard -->";
    let mut outside = Vec::new();
    let mut rest = raw;
    while let Some(open) = rest.find("<!-- trainboard") {
        outside.push(&rest[..open]);
        rest = &rest[open..];
        let close = rest.find(CLOSE).unwrap() + CLOSE.len();
        rest = &rest[close..];
    }
    outside.push(rest);
    outside
}

#[track_caller]
fn error(raw: &str) -> (&'static str, String) {
    let error = update_file(raw).unwrap_err().remove(0);
    let label = &error.labels[0];
    (error.code, label.source.text[label.span.clone()].to_owned())
}

#[test]
fn a_value_is_written_into_its_sentence() {
    assert_eq!(
        updated(
            "Use <!-- trainboard value current.version -->old *text*\nhere<!-- /trainboard --> now."
        ),
        "Use <!-- trainboard value current.version -->51.0.0<!-- /trainboard --> now."
    );
    assert_eq!(
        updated("| a |\n|---|\n| <!-- trainboard versions --><!-- /trainboard --> |\n"),
        "| a |\n|---|\n| <!-- trainboard versions -->51.0.x and 50.0.x<!-- /trainboard --> |\n"
    );
}

#[test]
fn a_value_may_be_a_block() {
    assert_eq!(
        updated("> <!-- trainboard versions -->\n> <!-- /trainboard -->\n> a"),
        "> <!-- trainboard versions -->\n>\n> 51.0.x and 50.0.x\n>\n> <!-- /trainboard -->\n> a"
    );
    let line = "<!-- trainboard versions -->51.0.x and 50.0.x<!-- /trainboard -->\n";
    assert_eq!(updated(line), line);
}

#[test]
fn a_block_has_blank_lines_around_it() {
    let new =
        updated("a\n<!-- trainboard table columns=version,end --><!-- /trainboard -->\n**b**");
    let lines: Vec<_> = new.lines().collect();
    assert_eq!(lines[1], "<!-- trainboard table columns=version,end -->");
    assert_eq!(lines[2..4], ["", "| Version | End |"]);
    let last = lines.len() - 1;
    assert_eq!(lines[last - 2..], ["", "<!-- /trainboard -->", "**b**"]);
}

#[test]
fn blocks_keep_to_their_list_and_quote() {
    for (text, prefix) in [
        ("- <!-- trainboard table --><!-- /trainboard -->\n- b", "  "),
        (
            "10. a\n\n    <!-- trainboard table -->\n    <!-- /trainboard -->\n",
            "    ",
        ),
        (
            "> - a\n>\n>   <!-- trainboard table -->\n>\n>   <!-- /trainboard -->\n",
            ">   ",
        ),
        (
            "[^1]: <!-- trainboard table -->\n    <!-- /trainboard -->\n\na[^1]\n",
            "    ",
        ),
        (
            "- [ ] a\n\n  <!-- trainboard table --> x\n<!-- /trainboard -->\n",
            "  ",
        ),
    ] {
        let new = updated(text);
        let head = format!("\n{prefix}| Version |");
        assert!(new.contains(&head), "{new}");
        assert!(
            new.contains(&format!("\n{prefix}<!-- /trainboard -->")),
            "{new}"
        );
    }
}

#[test]
fn a_place_that_cannot_hold_a_block_is_an_error() {
    let text = "[^a-long-name]: <!-- trainboard table --><!-- /trainboard -->\n\na[^a-long-name]";
    assert_eq!(
        error(text),
        ("misplaced-pair", "<!-- trainboard table -->".into())
    );
    let text = "a <!-- trainboard table --><!-- /trainboard -->";
    assert_eq!(
        error(text),
        ("shared-line", "<!-- trainboard table -->".into())
    );
}

#[test]
fn pairs_in_code_are_literal() {
    let pair = "<!-- trainboard value current.version -->x<!-- /trainboard -->";
    let code = format!("`{pair}`\n\n```\n{pair}\n```\n\n    {pair}\n\n");
    let new = update_file(&format!("{code}a {pair}")).unwrap();
    assert_eq!(new, format!("{code}a {}", pair.replace('x', "51.0.0")));
    let errors = update_file(&code).unwrap_err();
    assert_eq!(errors[0].title, "`README.md` has no pair of markers");
}

#[test]
fn a_pair_in_raw_html_counts() {
    assert_eq!(
        updated(
            "<pre><code>git checkout v<!-- trainboard value current.version -->?<!-- /trainboard --></code></pre>"
        ),
        "<pre><code>git checkout v<!-- trainboard value current.version -->51.0.0<!-- /trainboard --></code></pre>"
    );
}

#[test]
fn the_adopted_element_is_html_like_any_other() {
    let text = "<div id=\"version-table\">\n\n<!-- trainboard versions -->\n<!-- /trainboard -->\n";
    assert!(updated(text).contains("\n\n51.0.x and 50.0.x\n\n"));
}

#[test]
fn every_marker_has_its_partner() {
    for (text, code, place) in [
        (
            "a <!-- trainboard value current.version -->",
            "unpaired-marker",
            "<!-- trainboard value current.version -->",
        ),
        (
            "a <!-- /trainboard -->",
            "stray-close",
            "<!-- /trainboard -->",
        ),
        (
            "<!-- trainboard board -->\n\n`<!-- /trainboard -->`",
            "unpaired-marker",
            "<!-- trainboard board -->",
        ),
        (
            "<!-- trainboard board -->\n\n```\n<!-- /trainboard -->\n",
            "unpaired-marker",
            "<!-- trainboard board -->",
        ),
    ] {
        assert_eq!(error(text), (code, place.to_owned()));
    }
    let nested = "<!-- trainboard board -->\n\na <!-- trainboard versions -->x<!-- /trainboard -->\n\n<!-- /trainboard -->";
    let codes: Vec<_> = update_file(nested)
        .unwrap_err()
        .iter()
        .map(|e| e.code)
        .collect();
    assert_eq!(codes, ["stray-close", "unpaired-marker"]);
}

#[test]
fn a_close_that_got_into_code_costs_no_text() {
    let pair = "<!-- trainboard versions -->\n~~~\n<!-- /trainboard -->\n";
    let text = format!("{pair}\nkept\n\n{pair}");
    assert_eq!(
        error(&text),
        ("marker-in-pair", "<!-- trainboard versions -->".into())
    );
}

#[test]
fn labels_stay_text() {
    let text = "a <!-- trainboard value lts.version default=\"<b>*x*\" -->y<!-- /trainboard -->";
    assert!(updated(text).contains("-->&#60;b&#62;&#42;x&#42;<!--"));
}

#[test]
fn lines_end_as_the_lines_around_do() {
    let text = "\u{feff}a\n\r\n<!-- trainboard versions -->\r\n<!-- /trainboard -->\nb\n\n\
                <!-- trainboard versions -->\r\n<!-- /trainboard -->\r\nc";
    assert_eq!(
        updated(text),
        "\u{feff}a\n\r\n<!-- trainboard versions -->\r\n\r\n51.0.x and 50.0.x\r\n\r\n<!-- /trainboard -->\nb\n\n\
         <!-- trainboard versions -->\n\n51.0.x and 50.0.x\n\n<!-- /trainboard -->\r\nc"
    );
}

#[test]
fn a_chart_is_seen_from_its_page() {
    for (from, to, expected) in [
        ("/p/README.md", "/p/schedule.svg", "schedule.svg"),
        (
            "/p/README.md",
            "/p/./x/../docs/a b(1).svg",
            "docs/a%20b%281%29.svg",
        ),
        ("/p/docs/a/b.md", "/p/img/c.svg", "../../img/c.svg"),
        ("/p/a.md", "/q/ü:#.svg", "../q/%C3%BC%3A%23.svg"),
    ] {
        assert_eq!(address(Path::new(from), Path::new(to)), expected);
    }
}

#[test]
fn ten_thousand_pairs_take_no_time() {
    let pair = "a <!-- trainboard value current.version -->x<!-- /trainboard --> b";
    let lines = format!("{pair}\r\n\r\n").repeat(5_000);
    let line = pair.repeat(5_000);
    assert!(updated(&(lines + &line)).len() > 100_000);
}

/// Markdown that means something, and what may be left of it.
const MARKUP: [&str; 48] = [
    "\n",
    "\n\n",
    "a",
    "# b",
    "- ",
    "1. ",
    "> ",
    "  ",
    "    ",
    "\t",
    "`",
    "``",
    "```\n",
    "~~~\n",
    "*",
    "**",
    "<div>",
    "</div>",
    "<pre>",
    "</pre>",
    "<b>",
    "<!-- x -->",
    "<!--",
    "-->",
    "<?",
    "<![CDATA[",
    "| a |\n|---|\n",
    "[^1]: ",
    "[a]: b\n",
    "[a](",
    ")",
    "\\",
    "&#42;",
    "===\n",
    "---\n",
    ": ",
    "- [ ] ",
    "\u{e9}",
    "\u{1f600}",
    "\r",
    "<div id=\"version-table\">",
    "$",
    "{{#include x}}",
    "+++\n",
    "<script>",
    "</script>",
    "'",
    "\"",
];

fn piece() -> impl Strategy<Value = String> {
    proptest::sample::select(&MARKUP[..]).prop_map(str::to_owned)
}

fn pair() -> impl Strategy<Value = String> {
    let marker = proptest::sample::select(vec![
        "value current.version",
        "versions",
        "table",
        "summary",
        "gantt",
        "board",
        "table columns=version,end",
    ]);
    let content = proptest::collection::vec(piece(), 0..4);
    let lines = proptest::bool::weighted(0.8);
    (marker, content, lines).prop_map(|(marker, content, lines)| {
        let end = if lines { "\n" } else { "" };
        let content = content.concat();
        format!("{end}<!-- trainboard {marker} -->{end}{content}{end}<!-- /trainboard -->{end}")
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    /// Pairs may be in code here, where they stay: then their markers are
    /// still where they were.
    #[test]
    fn what_is_outside_of_pairs_stays_byte_for_byte(
        pieces in proptest::collection::vec(prop_oneof![4 => piece(), 1 => pair()], 0..24),
        returns in any::<u64>(),
        has_mark in any::<bool>(),
    ) {
        let mut raw = if has_mark { "\u{feff}".to_owned() } else { String::new() };
        for (n, line) in pieces.concat().split_inclusive('\n').enumerate() {
            let is_crlf = returns >> (n % 64) & 1 == 1 && line.ends_with('\n');
            raw.push_str(line.trim_end_matches('\n'));
            raw.push_str(if is_crlf { "\r\n" } else if line.ends_with('\n') { "\n" } else { "" });
        }
        if let Ok(new) = update_file(&raw) {
            prop_assert_eq!(outside(&new), outside(&raw));
            prop_assert_eq!(update_file(&new).unwrap(), new);
        }
        let mdx = raw.replace("<!--", "{/*").replace("-->", "*/}");
        if let Ok(new) = update_named("a.mdx", &mdx) {
            let as_html = new.replace("{/*", "<!--").replace("*/}", "-->");
            prop_assert_eq!(outside(&as_html), outside(&raw));
            prop_assert_eq!(update_named("a.mdx", &new).unwrap(), new);
        }
        let rst = raw.replace("<!--", "\n..").replace("-->", "\n");
        if let Ok(new) = update_named("a.rst", &rst) {
            prop_assert_eq!(update_named("a.rst", &new).unwrap(), new);
        }
    }
}

/// A file of that name as it should be, which the next run leaves alone.
#[track_caller]
fn updated_in(name: &str, raw: &str) -> String {
    let new = update_named(name, raw).unwrap_or_else(|errors| panic!("{raw}\n{errors:#?}"));
    assert_eq!(update_named(name, &new).unwrap(), new, "{raw}");
    new
}

#[track_caller]
fn error_in(name: &str, raw: &str) -> (&'static str, String) {
    let error = update_named(name, raw).unwrap_err().remove(0);
    (error.code, error.help.unwrap_or_default())
}

#[test]
fn mdx_has_its_markers_in_expressions() {
    let raw = "\
Use {/* trainboard value current.version */}{/* /trainboard */}, `{/* trainboard versions */}`.

<Tabs>
    {/* trainboard table columns=version */}
    {/* /trainboard */}
</Tabs>

```mdx
{/* trainboard board */}
```

<!-- trainboard versions --><!-- /trainboard -->
";
    let new = "\
Use {/* trainboard value current.version */}51.0.0{/* /trainboard */}, `{/* trainboard versions */}`.

<Tabs>
    {/* trainboard table columns=version */}

    | Version |
    | --- |
";
    let updated = updated_in("docs/index.mdx", raw);
    assert!(updated.starts_with(new), "{updated}");
    assert!(updated.ends_with(
        "\n```mdx\n{/* trainboard board */}\n```\n\n<!-- trainboard versions -->51.0.x and 50.0.x<!-- /trainboard -->\n"
    ));
}

#[test]
fn mdx_tells_of_its_own_marks() {
    assert_eq!(
        error_in("a.mdx", "{/* trainboard versions */}"),
        ("unpaired-marker", "write `{/* /trainboard */}` where its content ends: only a pair can be updated in place".to_owned())
    );
    assert_eq!(
        error_in("a.mdx", "{/* trainboard versions"),
        ("unclosed-marker", "end it with `*/}`".to_owned())
    );
    assert_eq!(
        error_in("a.mdx", "# Home"),
        ("no-pair", "write `{/* trainboard board */}` where the board goes, and `{/* /trainboard */}` on the next line".to_owned())
    );
    assert_eq!(
        error_in("a.md", "{/* trainboard versions */}{/* /trainboard */}"),
        ("no-pair", "markers in braces are for files that end in `.mdx`; here, write `<!-- trainboard board -->` and `<!-- /trainboard -->`".to_owned())
    );
    let (code, _) = error_in("a.mdx", "a {/* trainboard table */}{/* /trainboard */}");
    assert_eq!(code, "shared-line");
}

#[test]
fn restructuredtext_has_its_markers_in_comments() {
    let raw = "\
Home
====

.. note::

   .. trainboard table columns=version,end
   .. /trainboard

.. trainboard gantt
.. /trainboard

.. code-block:: rst

   .. trainboard table

Like this::

   .. trainboard table

.. A comment

   .. trainboard table

.. trainboard versions
.. /trainboard
";
    let updated = updated_in("index.rst", raw);
    let board = "\
   .. trainboard table columns=version,end

   .. list-table::
      :header-rows: 1

      * - Version
        - End
";
    assert!(updated.contains(board), "{updated}");
    assert!(updated.contains("\n.. trainboard gantt\n\n.. image:: docs/schedule.svg\n   :alt: "));
    assert!(updated.ends_with(".. trainboard versions\n\n51.0.x and 50.0.x\n\n.. /trainboard\n"));
    // A picture that is there stays where it is.
    let source = Source::of_file("index.rst", updated.as_str());
    assert_eq!(
        update(&updated, &source, &boards(), None).unwrap().text,
        updated
    );
}

#[test]
fn restructuredtext_tells_of_its_own_marks() {
    assert_eq!(
        error_in("a.rst", ".. trainboard versions\n"),
        (
            "unpaired-marker",
            "write `.. /trainboard` where its content ends: only a pair can be updated in place"
                .to_owned()
        )
    );
    let (code, _) = error_in(
        "a.rst",
        ".. trainboard versions\n\n::\n\n  .. trainboard versions\n\n.. /trainboard\n",
    );
    assert_eq!(code, "marker-in-pair");
    let (code, help) = error_in("a.rst", "Home\n====\n\n.. Hello trainboard\n");
    assert_eq!(
        (code, &*help),
        (
            "no-pair",
            "write `.. trainboard board` where the board goes, and `.. /trainboard` on the next line"
        )
    );
}
