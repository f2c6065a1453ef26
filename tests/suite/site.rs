//! From pages to a site.

use std::fmt::Write;

use proptest::prelude::*;
use scraper::{Html, Selector};
use trainboard::diagnostic::{Diagnostic, Source};
use trainboard::input::front_matter;
use trainboard::output::{Output, SitePath};
use trainboard::schedule::{
    Anchor, Before, Boards, Cadence, Channel, Draft, Length, PhaseRule, Project, Projects, Schedule,
};
use trainboard::site::{Asset, Content, FrontMatter, PageFile, Settings, Template, build};

/// A site in the making.
#[derive(Default)]
struct Site {
    content: Content,
    settings: Settings,
    boards: Boards,
}

impl Site {
    fn new() -> Self {
        Self::default()
    }

    #[track_caller]
    fn page(mut self, path: &str, text: &str) -> Self {
        let source = Source::new(format!("content/{path}"), text);
        let (front, body, wrong) = front_matter::read(&source);
        let path = SitePath::new(path).unwrap();
        self.content.pages.push(PageFile {
            path,
            source,
            front,
            body,
            wrong,
        });
        self
    }

    fn summary(mut self, text: &str) -> Self {
        self.content.summary = Some(Source::new("content/SUMMARY.md", text));
        self
    }

    fn asset(mut self, path: &str, text: &str) -> Self {
        self.content.assets.push(asset("content", path, text));
        self
    }

    fn file(mut self, path: &str, text: &str) -> Self {
        self.content.statics.push(asset("static", path, text));
        self
    }

    fn template(mut self, path: &str, text: &str) -> Self {
        let source = Source::new(format!("templates/{path}"), text);
        let path = SitePath::new(path).unwrap();
        self.content.templates.push(Template { path, source });
        self
    }

    fn at(mut self, base_url: &str) -> Self {
        self.settings.base_url = Some(base_url.parse().unwrap());
        self
    }

    /// With those lines in the `[site]` of its settings.
    #[track_caller]
    fn set(mut self, lines: &str) -> Self {
        let text = format!("[site]\n{lines}\n");
        let source = Source::new("trainboard.toml", text);
        self.settings = trainboard::input::settings::parse(&source).unwrap();
        self
    }

    /// What a careful writer is told, one line each.
    #[track_caller]
    fn advice(self) -> String {
        let built = build(self.content, &self.settings, &self.boards);
        told(&built.unwrap().advice)
    }

    /// With monthly trains, seen on a day.
    fn on(mut self, day: &str) -> Self {
        self.boards = Projects::only(schedule()).at(day.parse().unwrap()).unwrap();
        self
    }

    #[track_caller]
    fn output(self) -> Output {
        match build(self.content, &self.settings, &self.boards) {
            Ok(built) => built.output,
            Err(errors) => panic!("{}", told(&errors)),
        }
    }

    /// The page of that path, with its site.
    #[track_caller]
    fn read(self, path: &str) -> Page {
        let output = self.output();
        let text = output
            .get(path)
            .unwrap_or_else(|| panic!("there is no {path}"));
        Page(String::from_utf8(text.to_vec()).unwrap())
    }

    /// What is told instead of a site, one line each.
    #[track_caller]
    fn errors(self) -> String {
        let built = build(self.content, &self.settings, &self.boards);
        told(&built.expect_err("it built"))
    }
}

fn asset(folder: &str, path: &str, text: &str) -> Asset {
    Asset {
        path: SitePath::new(path).unwrap(),
        bytes: text.as_bytes().to_vec().into(),
        name: format!("`{folder}/{path}`"),
    }
}

/// `file:line:column code: title [place] (help)`
fn told(errors: &[Diagnostic]) -> String {
    let mut told = String::new();
    for error in errors {
        if let Some(label) = error.labels.first() {
            let before = &label.source.text[..label.span.start];
            let line = before.matches('\n').count() + 1;
            let column = before.len() - before.rfind('\n').map_or(0, |at| at + 1) + 1;
            let place = &label.source.text[label.span.clone()];
            let _ = write!(told, "{}:{line}:{column} [{place}] ", label.source.name);
        }
        let _ = writeln!(told, "{}: {}", error.code, error.title);
    }
    told
}

fn schedule() -> Schedule {
    let mut draft = Draft::new(Project::new("Wasmtime".parse().unwrap()));
    draft.cadences.push(Cadence {
        branch: Some(Before(Length::days(15))),
        ..Cadence::new(
            Anchor::new("20.0.0".parse().unwrap(), "2024-04-20".parse().unwrap()),
            Length::months(1),
        )
    });
    draft.channels.push(Channel {
        phases: vec![PhaseRule {
            length: Some(Length::months(2).into()),
            ..PhaseRule::new("Supported".parse().unwrap())
        }],
        ..Channel::new("Normal".parse().unwrap())
    });
    Schedule::new(draft).unwrap()
}

/// A page that was made.
struct Page(String);

impl Page {
    /// The text of all elements that a selector finds.
    #[track_caller]
    fn texts(&self, selector: &str) -> Vec<String> {
        let selector = Selector::parse(selector).unwrap();
        let page = Html::parse_document(&self.0);
        let text = |element: scraper::ElementRef<'_>| {
            let words: String = element.text().collect();
            words.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        page.select(&selector).map(text).collect()
    }

    /// An attribute of all elements that a selector finds.
    #[track_caller]
    fn values(&self, selector: &str, attribute: &str) -> Vec<String> {
        let selector = Selector::parse(selector).unwrap();
        let page = Html::parse_document(&self.0);
        page.select(&selector)
            .filter_map(|element| element.attr(attribute).map(str::to_owned))
            .collect()
    }

    /// What is in its article.
    fn article(&self) -> &str {
        let start = self.0.find("<article>\n").unwrap() + "<article>\n".len();
        &self.0[start..self.0.find("</article>").unwrap()]
    }
}

#[track_caller]
fn article(markdown: &str) -> String {
    let text = format!("# T\n\n{markdown}");
    let page = Site::new().page("index.md", &text).read("index.html");
    page.article()
        .strip_prefix("<h1 id=\"t\">T</h1>\n")
        .unwrap()
        .to_owned()
}

#[track_caller]
fn refusal(markdown: &str) -> String {
    Site::new().page("index.md", markdown).errors()
}

#[test]
fn a_page_has_a_frame() {
    let mut site = Site::new()
        .page("index.md", "# Home\n\nThe *first* words.")
        .page(
            "guide/README.md",
            "# Guide\n\n## One\n\n### Two\n\n## Three",
        )
        .page("guide/last.md", "# Last");
    site.settings.title = Some("Trains".parse().unwrap());
    site.settings.edit_url = Some("https://example.org/edit/{path}".parse().unwrap());
    let page = site.read("guide/index.html");
    assert_eq!(page.texts("title"), ["Guide · Trains"]);
    assert_eq!(page.values("html", "lang"), ["en"]);
    assert_eq!(page.texts(".site-nav a"), ["Home", "Guide", "Last"]);
    assert_eq!(page.texts("[aria-current=page]"), ["Guide"]);
    assert_eq!(
        page.values(".site-nav a", "href"),
        ["../index.html", "../guide/index.html", "../guide/last.html"]
    );
    assert_eq!(page.values(".toc a", "href"), ["#one", "#two", "#three"]);
    assert_eq!(page.values("a[rel=prev]", "href"), ["../index.html"]);
    assert_eq!(page.values("a[rel=next]", "href"), ["last.html"]);
    assert_eq!(page.values(".skip", "href"), ["#tb-main"]);
    assert_eq!(page.texts("main#tb-main h1"), ["Guide"]);
    assert_eq!(page.values("link[rel=stylesheet]", "href"), ["../site.css"]);
    assert_eq!(
        page.values("footer a", "href"),
        ["https://example.org/edit/content/guide/README.md"]
    );
    assert_eq!(
        page.values("meta[http-equiv]", "content"),
        ["default-src 'none'; style-src 'self'; img-src 'self' data:"]
    );
    assert!(page.texts("script").is_empty());
}

#[test]
fn a_page_describes_itself() {
    let page = Site::new()
        .page("a.md", "# A\n\nThe *first* \"words\".\n\nMore.")
        .read("a.html");
    assert_eq!(
        page.values("meta[name=description]", "content"),
        ["The first “words”."]
    );
}

#[test]
fn a_page_says_what_it_is_about_and_to_those_who_show_links_too() {
    let site = || {
        Site::new().page("index.md", "# Home").page(
            "a.md",
            "---\ntitle: A & B\ndescription: In \"short\".\n---\nMore.",
        )
    };
    let page = site().read("a.html");
    assert_eq!(
        page.values("meta[name=description]", "content"),
        ["In \"short\"."]
    );
    assert_eq!(page.values("meta[property]", "content"), [""; 0]);
    let page = site().at("https://example.org/x").read("a.html");
    let told = page.values("meta[property]", "property").into_iter();
    let told: Vec<_> = told.zip(page.values("meta[property]", "content")).collect();
    let expected = [
        ("og:type", "website"),
        ("og:url", "https://example.org/x/a.html"),
        ("og:site_name", "Home"),
        ("og:title", "A & B"),
        ("og:description", "In \"short\"."),
    ];
    assert_eq!(
        told,
        expected.map(|(name, text)| (name.to_owned(), text.to_owned()))
    );
    let page = site().at("https://example.org/x").read("index.html");
    assert!(
        page.values("meta[property='og:description']", "content")
            .is_empty()
    );
}

#[test]
fn a_logo_an_icon_and_style_sheets_are_files_of_the_site() {
    let site = || {
        Site::new()
            .page("a/b.md", "# B")
            .file("my logo.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
            .asset("pictures/icon.png", "x")
            .file("one.css", "")
            .file("two.css", "")
    };
    let with =
        "logo = \"my logo.svg\"\nfavicon = \"pictures/icon.png\"\ncss = [\"one.css\", \"two.css\"]";
    let page = site().set(with).read("a/b.html");
    assert_eq!(page.values(".site-title img", "src"), ["../my%20logo.svg"]);
    assert_eq!(page.values(".site-title img", "alt"), [""]);
    assert_eq!(
        page.values("link[rel=icon]", "href"),
        ["../pictures/icon.png"]
    );
    assert_eq!(
        page.values("link[rel=stylesheet]", "href"),
        ["../site.css", "../one.css", "../two.css"]
    );
    assert_eq!(site().set(with).advice(), "");
    let lost = format!("{with}\nbase-url = \"https://example.org/\"");
    let lost = site().set(&lost).read("404.html");
    assert_eq!(
        lost.values("link[rel=icon]", "href"),
        ["https://example.org/pictures/icon.png"]
    );
    let plain = site().read("a/b.html");
    assert!(plain.values("link[rel=icon]", "href")[0].starts_with("data:image/svg+xml,"));
    assert!(plain.values("img", "src").is_empty());
}

#[test]
fn a_file_that_the_settings_name_has_to_be_there_and_to_be_sound() {
    let site = || Site::new().page("index.md", "# Home");
    assert_eq!(
        site()
            .set("logo = \"static/logo.svg\"\ncss = [\"x.css\"]")
            .errors(),
        "trainboard.toml:2:8 [\"static/logo.svg\"] dead-link: there is no `static/logo.svg`\n\
         trainboard.toml:3:8 [\"x.css\"] dead-link: there is no `x.css`\n"
    );
    assert_eq!(
        site()
            .file("logo.svg", "<svg onload='x()'/>")
            .file("x.css", "@import 'https://example.org/x.css';")
            .set("logo = \"logo.svg\"\ncss = [\"x.css\"]")
            .errors(),
        "static/logo.svg:1:6 [onload='x()'] refused-html: a page may not have an attribute `onload`\n\
         static/x.css:1:1 [] refused-html: this comes from another host\n"
    );
}

#[test]
fn an_alias_leads_to_its_page_without_script() {
    let site = || {
        Site::new()
            .page("index.md", "# Home\n\n[was](old/index.html)")
            .page(
                "guide/new.md",
                "---\naliases: [/old/, \"a b.html\"]\n---\n# New & better",
            )
    };
    let page = site().read("old/index.html");
    assert_eq!(
        page.values("meta[http-equiv=refresh]", "content"),
        ["0; url=../guide/new.html"]
    );
    assert_eq!(
        page.values("link[rel=canonical]", "href"),
        ["../guide/new.html"]
    );
    assert_eq!(page.values("a", "href"), ["../guide/new.html"]);
    assert_eq!(page.texts("title"), ["New & better"]);
    assert_eq!(page.values("meta[name=robots]", "content"), ["noindex"]);
    assert_eq!(
        site()
            .read("index.html")
            .values("article a:not(.anchor)", "href"),
        ["guide/new.html"]
    );
    assert!(site().output().get("_redirects").is_none());
    let site = || site().set("redirects = true\nbase-url = \"https://example.org/docs\"");
    assert_eq!(
        site()
            .read("old/index.html")
            .values("link[rel=canonical]", "href"),
        ["https://example.org/docs/guide/new.html"]
    );
    assert_eq!(
        site().read("_redirects").0,
        "/docs/old/ /docs/guide/new.html 301\n\
         /docs/old/index.html /docs/guide/new.html 301\n\
         /docs/a%20b.html /docs/guide/new.html 301\n"
    );
    assert!(!site().read("sitemap.xml").0.contains("old"));
}

#[test]
fn an_alias_that_is_taken_is_an_error_with_its_place() {
    let errors = Site::new()
        .page(
            "index.md",
            "+++\naliases = [\"/b/\", \"site.css/\"]\n+++\n# Home",
        )
        .page(
            "a.md",
            "---\naliases:\n  - b/index.html\n  - a.md\n---\n# A",
        )
        .file("_redirects", "")
        .set("redirects = true")
        .errors();
    assert_eq!(
        errors,
        "two-owners: `_redirects` is made twice: from `static/_redirects` and from trainboard's own `_redirects`\n\
         content/a.md:4:5 [a.md] two-owners: `a.html` is made twice: from `content/a.md` and from an alias of `content/a.md`\n\
         content/index.md:2:12 [\"/b/\"] two-owners: `b/index.html` is made twice: from an alias of `content/a.md` and from an alias of `content/index.md`\n\
         content/index.md:2:19 [\"site.css/\"] two-owners: `site.css` from the default theme's `site.css` and `site.css/index.html` from an alias of `content/index.md` cannot stand side by side\n"
    );
}

#[test]
fn alerts_have_titles_of_their_own() {
    assert_eq!(
        article("> [!NOTE] Read *this* `now`\n> Text\n> goes on.\n>\n> More."),
        "<blockquote class=\"alert alert-note\">\n\
         <p class=\"alert-title\">Read <em>this</em> <code>now</code></p>\n\
         <p>Text\ngoes on.</p>\n<p>More.</p>\n</blockquote>\n"
    );
    assert_eq!(
        article("> [!warning]  Alone"),
        "<blockquote class=\"alert alert-warning\">\n<p class=\"alert-title\">Alone</p>\n</blockquote>\n"
    );
    assert_eq!(
        article("> [!TIP] *Over\n> two* lines\n> and text"),
        "<blockquote class=\"alert alert-tip\">\n\
         <p class=\"alert-title\"><em>Over\ntwo</em> lines</p>\n<p>and text</p>\n</blockquote>\n"
    );
    assert_eq!(
        article("> [!NOTE]\n> Text"),
        "<blockquote class=\"alert alert-note\">\n<p class=\"alert-title\">Note</p>\n<p>Text</p>\n</blockquote>\n"
    );
    for plain in [
        "> [!NOTE](x.html) Title",
        "> [!HINT] Title",
        "> \\[!NOTE] Title",
        "> [!NOTE] Title\n> ===",
        "> [!NOTE] Title\n\n[!NOTE]: https://example.org",
    ] {
        let site = Site::new().page("index.md", plain).asset("x.html", "");
        let page = site.read("index.html");
        assert!(page.texts("blockquote").len() == 1, "{plain}");
        assert!(page.texts(".alert").is_empty(), "{plain}");
    }
    let page = Site::new()
        .page("index.md", "> [!NOTE] Title\n> The text.")
        .read("index.html");
    assert_eq!(
        page.values("meta[name=description]", "content"),
        ["The text."]
    );
}

#[test]
fn bare_addresses_become_links() {
    let link = |address: &str| format!("<a class=\"bare\" href=\"{address}\">{address}</a>");
    assert_eq!(
        article("See https://example.org/a_b--c_d?x=1&amp;y='2'. *http://example.org* ... \"x\""),
        format!(
            "<p>See {}’. <em>{}</em> … “x”</p>\n",
            link("https://example.org/a_b--c_d?x=1&amp;y='2"),
            link("http://example.org")
        )
    );
    assert_eq!(
        article("# https://example.org/x\n\n| a |\n|---|\n| https://example.org |\n")
            .matches("<a class=\"bare\"")
            .count(),
        2
    );
    for text in [
        "`https://example.org`",
        "```\nhttps://example.org\n```",
        "[https://example.org](https://example.org)",
        "<a href=\"https://example.org\">https://example.org</a>",
        "<div><a href=\"https://example.org\">\n\nhttps://example.org\n\n</a></div>",
        "![https://example.org](x.png)",
        "https://localhost:8000/",
    ] {
        let page = Site::new().page("index.md", text).asset("x.png", "");
        assert!(!page.read("index.html").0.contains("\"bare\""), "{text}");
    }
    assert_eq!(
        article("<https://example.org>"),
        format!("<p>{}</p>\n", link("https://example.org"))
    );
}

#[test]
fn code_is_coloured_where_it_is_not_turned_off() {
    let text = "# A\n\n```toml\na = \"<b>\" # c\n```\n\n```unknown\na = 1\n```\n";
    let site = || Site::new().page("index.md", text);
    let page = site().read("index.html");
    assert_eq!(
        page.article().split("</h1>\n").nth(1).unwrap(),
        "<pre tabindex=\"0\"><code class=\"language-toml\"><span class=\"hl-name\">a</span> = \
         <span class=\"hl-text\">&quot;&lt;b&gt;&quot;</span> <span class=\"hl-comment\"># c</span>\n\
         </code></pre>\n\
         <pre tabindex=\"0\"><code class=\"language-unknown\">a = 1\n</code></pre>\n"
    );
    let plain = site().set("highlight = false").read("index.html");
    assert!(plain.values("[class^=hl-]", "class").is_empty());
    assert_eq!(plain.texts("pre"), page.texts("pre"));
}

#[test]
fn so_much_code_is_coloured_and_no_more() {
    let code = "a = 1\n".repeat(100_000);
    let text = format!("# A\n\n```toml\n{code}```\n\n```toml\n{code}```\n");
    let page = Site::new().page("index.md", &text).read("index.html");
    assert_eq!(page.0.matches("<span class=\"hl-name\">").count(), 100_000);
}

#[test]
fn a_style_within_a_page_is_told_where_browsers_drop_it() {
    let site = |text: &str| Site::new().page("index.md", text);
    let told = |place: &str| {
        format!(
            "content/index.md:{place} dropped-style: no browser applies a style that is written in a page\n"
        )
    };
    assert_eq!(
        site("# A\n\n<p Style='color: red'>x</p>\n\nb <b style=x>y</b>").advice(),
        told("3:4 [Style]") + &told("5:6 [style]")
    );
    assert_eq!(
        site("# A\n\n<style>p { color: red }</style>").advice(),
        told("3:1 [<style]")
    );
    assert_eq!(site("# A {style=\"x\"}").advice(), told("1:6 [style]"));
    assert_eq!(site("`<p style=x>` <!-- <p style=x> -->").advice(), "");
    let own = site("<p style=x>y</p>").template("page.html", "{{ content }}");
    assert_eq!(own.advice(), "");
}

#[test]
fn what_is_english_says_so_on_pages_in_other_languages() {
    let text = "# A\n\nOn <!-- trainboard value next.release --> \
                <!-- trainboard value next.version --> \
                <!-- trainboard value next.release date=iso --> <!-- trainboard versions -->\n\n\
                <!-- trainboard board -->\n\n> [!NOTE]\n> x\n\n| a |\n|---|\n| b |\n\n- [x] c\n\n[^1]\n\n\
                [^1]: d\n\n## B\n\n## C";
    let site = |lang: &str| {
        Site::new()
            .page("index.md", text)
            .page("b.md", "# B")
            .set(&format!("lang = \"{lang}\""))
            .on("2026-11-20")
    };
    let english = site("en-GB").read("index.html");
    assert_eq!(english.values("[lang]", "lang"), ["en-GB"]);
    assert!(english.values("[dir]", "dir").is_empty());
    let german = site("de").read("index.html");
    assert!(german.values("[dir]", "dir").is_empty());
    assert_eq!(
        german.texts("article > p span[lang=en]"),
        ["20 December 2026", "51.0.x and 50.0.x"]
    );
    for selector in [
        ".skip",
        "#tb-pages",
        "#tb-toc",
        ".tb-board",
        ".alert-title",
        ".wide",
        "input",
        ".footnotes",
        ".back",
        ".neighbours",
        ".site-footer p",
        "link[rel=alternate]",
    ] {
        let all = german
            .values(selector, "class")
            .len()
            .max(german.texts(selector).len());
        let within = format!("[lang=en] > {selector}");
        let own = format!("{selector}[lang=en]");
        let marked = german.texts(&own).len() + german.texts(&within).len();
        assert!(all > 0 && marked == all, "{selector}");
    }
    assert_eq!(
        german.values(".wide table, .footnotes ol, .next bdi", "lang"),
        ["de"; 3]
    );
    let arabic = site("ar").read("index.html");
    assert_eq!(arabic.values("html", "dir"), ["rtl"]);
    for selector in [
        ".skip",
        "#tb-pages",
        ".alert-title",
        ".site-footer p",
        "article > div",
        "article > p span",
    ] {
        let all = arabic.texts(selector);
        assert!(!all.is_empty(), "{selector}");
        let directions = arabic.values(selector, "dir").into_iter();
        assert!(
            directions.clone().all(|dir| dir == "ltr") && directions.count() > 0,
            "{selector}"
        );
    }
    assert_eq!(arabic.texts("article > p bdi").len(), 2);
}

#[test]
fn a_title_comes_from_the_page_or_its_front_matter() {
    let site = || {
        Site::new()
            .page("index.md", "# Home")
            .page("a.md", "+++\ntitle = \"Named\"\n+++\n# Heading")
            .page("b.md", "Text only")
    };
    assert_eq!(site().read("a.html").texts("title"), ["Named · Home"]);
    assert_eq!(site().read("a.html").texts("h1"), ["Heading"]);
    assert_eq!(site().read("b.html").texts("h1"), ["b"]);
    assert_eq!(site().read("index.html").texts("title"), ["Home"]);
}

#[test]
fn weights_and_folders_decide_without_a_summary() {
    let page = Site::new()
        .page("index.md", "# Home")
        .page("z.md", "+++\nweight = 1\n+++\n# Z")
        .page("a.md", "# A")
        .page("b/c.md", "# C")
        .page("b/index.md", "+++\nweight = 2\n+++\n# B")
        .page("loose/d.md", "# D")
        .read("index.html");
    let items = page.texts(".site-nav li");
    assert_eq!(items, ["Home", "Z", "B C", "C", "A", "Loose D", "D"]);
}

#[test]
fn a_summary_decides_where_there_is_one() {
    let built = Site::new()
        .page("index.md", "# Home")
        .page("a.md", "# A")
        .page("b.md", "# B")
        .page("draft.md", "# Draft")
        .summary("# Summary\n\n[Start](index.md)\n\n# Part\n\n- [Second](b.md)\n  - [Third](a.md)\n- [Later]()");
    let warnings = build(built.content.clone(), &built.settings, &Boards::default())
        .unwrap()
        .warnings;
    assert_eq!(
        told(&warnings),
        "content/draft.md:1:1 [] unlisted-page: this file is no page, since `SUMMARY.md` does not list it\n"
    );
    let page = built.read("b.html");
    let items = page.texts(".site-nav li");
    assert_eq!(items, ["Start", "Part", "Second Third", "Third", "Later"]);
    assert_eq!(page.values("a[rel=next]", "href"), ["a.html"]);
}

#[test]
fn a_summary_that_names_no_page_is_an_error() {
    let errors = Site::new()
        .page("index.md", "# Home")
        .summary("- [Home](indx.md)\n- text")
        .errors();
    assert_eq!(
        errors,
        "content/SUMMARY.md:1:10 [indx.md] dead-link: there is no page `indx.md`\n\
         content/SUMMARY.md:2:1 [- text] summary-item: this item of the summary has no link\n"
    );
}

#[test]
fn links_lead_to_pages_and_stay_relative() {
    let page = Site::new()
        .page("index.md", "# Home")
        .page("a b.md", "# A\n\n## Über uns")
        .page("guide/README.md", "# Guide")
        .page(
            "guide/x.md",
            "# X\n\n[1](../index.md) [2](<../a b.md#über-uns>) [3](README.md) [4](../guide/) \
             [5](#x) [6][six] [7](https://example.org/a.md) <a href='../index.md?q#home'>8</a> \
             <mail@example.org> [9](../logo.png)\n\n[six]: ./README.md",
        )
        .asset("logo.png", "x")
        .read("guide/x.html");
    assert_eq!(
        page.values("article a:not(.anchor)", "href"),
        [
            "../index.html",
            "../a%20b.html#über-uns",
            "index.html",
            "index.html",
            "#x",
            "index.html",
            "https://example.org/a.md",
            "../index.html?q#home",
            "mailto:mail@example.org",
            "../logo.png",
        ]
    );
}

#[test]
fn dead_links_anchors_and_pictures_are_told_with_their_places() {
    let errors = Site::new()
        .page("index.md", "# Home\n\n[a](nothing.md)\n[b][c] ![d](e.png)\n\n[c]: <gone.md> 'x'\n\n> <a\n> href=\"old.md\">x</a>")
        .page("a.md", "# A")
        .errors();
    assert_eq!(
        errors,
        "content/index.md:3:5 [nothing.md] dead-link: there is no `nothing.md`\n\
         content/index.md:4:13 [e.png] dead-link: there is no `e.png`\n\
         content/index.md:6:7 [gone.md] dead-link: there is no `gone.md`\n\
         content/index.md:9:9 [old.md] dead-link: there is no `old.md`\n"
    );
    let errors = Site::new()
        .page("index.md", "+++\n+++\n# Home\n\n[a](a.md#b) [c](#hom)")
        .page("a.md", "# A")
        .errors();
    assert_eq!(
        errors,
        "content/index.md:5:5 [a.md#b] dead-anchor: there is no `#b` in `content/a.md`\n\
         content/index.md:5:17 [#hom] dead-anchor: there is no `#hom` in `content/index.md`\n"
    );
}

#[test]
fn anchors_in_raw_html_and_of_terms_count() {
    article(
        "[a](#x) [b](#y) [c](#term) [d](#top) [e](#)\n\n<p id=x><a name=y></a></p>\n\nTerm\n: x",
    );
}

#[test]
fn what_runs_script_is_refused_with_its_place() {
    for (markdown, expected) in [
        (
            "[a](javascript:x)",
            "1:5 [javascript:x] refused-html: an address may not begin with `javascript:`",
        ),
        (
            "[a](java&#10;script:x)",
            "1:1 [[a](java&#10;script:x)] refused-html: an address may not begin with `javascript:`",
        ),
        (
            "<JavaScript:x>",
            "1:2 [JavaScript:x] refused-html: an address may not begin with `javascript:`",
        ),
        (
            "![a](data:image/png,x)",
            "1:6 [data:image/png,x] refused-html: an address may not begin with `data:`",
        ),
        (
            "a <b onclick=x>",
            "1:6 [onclick] refused-html: a page may not have an attribute `onclick`",
        ),
        (
            "# a { onclick=x }",
            "1:7 [onclick] refused-html: a page may not have an attribute `onclick`",
        ),
        (
            "<p>\n<script>",
            "2:1 [<script] refused-html: a page may not have a `script` element",
        ),
        (
            "> <p>\n> <img src=\"&#106;avascript:x\">",
            "2:13 [&#106;avascript:x] refused-html: an address may not begin with `javascript:`",
        ),
    ] {
        assert_eq!(
            refusal(markdown),
            format!("content/index.md:{expected}\n"),
            "{markdown}"
        );
    }
}

#[test]
fn what_depends_on_another_host_is_refused_with_its_place() {
    for (markdown, expected) in [
        (
            "![a](https://example.org/x.png)",
            "1:6 [https://example.org/x.png] refused-html: this comes from another host",
        ),
        (
            "<img src=//example.org/x.png>",
            "1:10 [//example.org/x.png] refused-html: an address may not begin with `//`",
        ),
        (
            "[a](/x.html)",
            "1:5 [/x.html] refused-html: an address may not begin with `/`",
        ),
        (
            "[a](../x.md)",
            "1:5 [../x.md] dead-link: `../x.md` leads out of the site",
        ),
    ] {
        assert_eq!(
            refusal(markdown),
            format!("content/index.md:{expected}\n"),
            "{markdown}"
        );
    }
}

#[test]
fn html_that_does_not_end_cannot_swallow_what_follows() {
    let told = refusal("<div title=\"\n\n[\\\" onclick=x](a)");
    assert!(told.contains("refused-html: this tag has no end"), "{told}");
    let told = refusal("<!--\n\n<script>");
    assert!(
        told.contains("refused-html: this comment has no end"),
        "{told}"
    );
}

#[test]
fn markdown_is_that_of_mdbook() {
    assert_eq!(article("~~a~~ \"b\" -- c"), "<p><del>a</del> “b” – c</p>\n");
    assert_eq!(
        article("Term\n: Text"),
        "<dl>\n<dt id=\"term\">Term</dt>\n<dd>Text</dd>\n</dl>\n"
    );
    assert!(article("> [!NOTE]\n>\n> a").starts_with(
        "<blockquote class=\"alert alert-note\">\n<p class=\"alert-title\">Note</p>\n<p>a</p>\n</blockquote>"
    ));
    assert_eq!(
        article("a[^x] b[^x]\n\n[^x]: c"),
        "<p>a<sup class=\"footnote-reference\" id=\"fr-x-1\"><a href=\"#footnote-x\">1</a></sup> \
         b<sup class=\"footnote-reference\" id=\"fr-x-2\"><a href=\"#footnote-x\">1</a></sup></p>\n\
         <section class=\"footnotes\" aria-label=\"Footnotes\">\n<ol>\n<li id=\"footnote-x\"><p>c \
         <a class=\"back\" href=\"#fr-x-1\" aria-label=\"Back to reference 1\">↩</a> \
         <a class=\"back\" href=\"#fr-x-2\" aria-label=\"Back to reference 2\">↩</a></p></li>\n</ol>\n</section>\n"
    );
    assert_eq!(
        article("| a | b |\n|--:|---|\n| c | d |"),
        "<div class=\"wide\" role=\"group\" aria-label=\"Table\" tabindex=\"0\"><table>\n\
         <thead><tr><th scope=\"col\" class=\"right\">a</th><th scope=\"col\">b</th></tr></thead>\n\
         <tbody>\n<tr><td class=\"right\">c</td><td>d</td></tr>\n</tbody></table></div>\n"
    );
    assert_eq!(
        article("```rust,ignore\n<a>\n```"),
        "<pre tabindex=\"0\"><code class=\"language-rust\">&lt;a&gt;\n</code></pre>\n"
    );
    assert_eq!(
        article("- [x] a"),
        "<ul>\n<li><input type=\"checkbox\" disabled checked aria-label=\"done\"> a</li>\n</ul>\n"
    );
}

#[test]
fn headings_have_the_anchors_of_mdbook() {
    let page = Site::new().page(
        "index.md",
        "# A & `b`\n\n## Same\n\n## Same\n\n### Own {#own .big}\n\n## 1.2 *Über*[^f]\n\n<h2>Raw</h2>\n\n[^f]: x",
    );
    let page = page.read("index.html");
    assert_eq!(
        page.values("h1, h2, h3", "id"),
        ["a--b", "same", "same-1", "own", "12-über1"]
    );
    assert_eq!(page.values("h3", "class"), ["big"]);
}

#[test]
fn a_board_makes_a_page_depend_on_its_period_and_no_other() {
    let site = |day| {
        Site::new()
            .page("index.md", "# Home\n\n<!-- trainboard board -->")
            .page("a.md", "# A")
            .on(day)
    };
    let home = site("2026-11-25").read("index.html");
    assert_eq!(
        home.texts("footer p"),
        [
            "Holds from 20 November until 5 December 2026.",
            "Subscribe: Calendar · Atom · JSON"
        ]
    );
    assert_eq!(
        home.values("footer time", "datetime"),
        ["2026-11-20", "2026-12-05"]
    );
    assert_eq!(
        home.values("link[rel=stylesheet]", "href"),
        ["trainboard.css", "site.css"]
    );
    assert!(
        site("2026-11-25")
            .read("a.html")
            .texts("footer p")
            .is_empty()
    );
    let all = |day| {
        let output = site(day).output();
        output
            .iter()
            .map(|(path, bytes)| (path.clone(), bytes.to_vec()))
            .collect::<Vec<_>>()
    };
    assert_eq!(all("2026-11-20"), all("2026-12-04"));
    assert_ne!(all("2026-12-04"), all("2026-12-05"));
}

#[test]
fn a_schedule_brings_its_files() {
    let files = |site: Site| -> Vec<String> {
        let output = site.output();
        output.iter().map(|(path, _)| path.to_string()).collect()
    };
    let site = || Site::new().page("index.md", "# Home");
    assert_eq!(files(site()), ["index.html", "site.css"]);
    assert_eq!(
        files(site().on("2026-11-25").at("https://example.org/x/")),
        [
            "404.html",
            "api/v1/products/wasmtime",
            "badge-current.svg",
            "badge-lts.svg",
            "badge-supported.svg",
            "board.json",
            "board.schema.json",
            "calendar.ics",
            "index.html",
            "releases.atom",
            "schedule.svg",
            "site.css",
            "sitemap.xml",
            "trainboard.css"
        ]
    );
}

#[test]
fn a_base_url_makes_full_addresses() {
    let site = || {
        Site::new()
            .page("index.md", "# Home")
            .page("a/index.md", "# A & B")
            .page("a/b.md", "# B")
            .at("https://example.org/x")
    };
    assert_eq!(
        site()
            .read("a/index.html")
            .values("link[rel=canonical]", "href"),
        ["https://example.org/x/a/"]
    );
    let lost = site().read("404.html");
    let mut addresses = lost.values("a", "href");
    addresses.retain(|address| address != "#tb-main");
    assert!(
        addresses
            .iter()
            .all(|address| address.starts_with("https://example.org/x/")),
        "{addresses:?}"
    );
    let map = site().read("sitemap.xml").0;
    assert_eq!(
        map,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n\
         <url><loc>https://example.org/x/a/b.html</loc></url>\n\
         <url><loc>https://example.org/x/a/</loc></url>\n\
         <url><loc>https://example.org/x/</loc></url>\n\
         </urlset>\n"
    );
}

#[test]
fn a_marker_needs_a_schedule_and_nothing_else_does() {
    assert_eq!(
        refusal("# Home\n\n<!-- trainboard board -->"),
        "content/index.md:3:1 [<!-- trainboard board -->] no-schedule: there is no schedule for this marker\n"
    );
}

#[test]
fn two_owners_of_one_path_are_named() {
    let errors = Site::new()
        .page("README.md", "# A")
        .page("index.md", "# B")
        .asset("site.css", "x")
        .asset("Logo.png", "x")
        .file("logo.png", "x")
        .errors();
    assert_eq!(
        errors,
        "two-owners: `index.html` is made twice: from `content/README.md` and from `content/index.md`\n\
         two-owners: `Logo.png` from `content/Logo.png` and `logo.png` from `static/logo.png` cannot stand side by side\n\
         two-owners: `site.css` is made twice: from `content/site.css` and from the default theme's `site.css`\n"
    );
}

#[test]
fn a_project_replaces_the_theme_file_by_file() {
    let site = || {
        Site::new()
            .page("index.md", "# Home")
            .file("site.css", "body { color: red }")
            .template(
                "nav.html",
                "<p class=own>{% for item in nav %}{{ item.title }}{% endfor %}</p>",
            )
    };
    assert_eq!(
        site().output().get("site.css").unwrap().as_slice(),
        b"body { color: red }"
    );
    assert_eq!(site().read("index.html").texts("nav .own"), ["Home"]);
}

#[test]
fn a_template_error_has_its_place() {
    let errors = Site::new()
        .page("index.md", "# Home")
        .template("page.html", "<p>\n{{ page.titel }}")
        .errors();
    assert_eq!(
        errors,
        "templates/page.html:2:9 [titel] template: field `titel` is not defined. Available fields: \
         canonical, dated, description, edit_url, feeds, has_title, path, title, toc\n"
    );
    let errors = Site::new()
        .page("index.md", "# Home")
        .template("page.html", "{% include \"page.html\" %}")
        .errors();
    assert_eq!(
        errors,
        "templates/page.html:1:13 [page.html] template: the template `page.html` includes itself\n"
    );
}

#[test]
fn a_template_cannot_put_a_script_together() {
    let errors = Site::new()
        .page("index.md", "# Home")
        .template("page.html", "{{ ('<scr' ~ 'ipt>') | safe }}")
        .errors();
    assert_eq!(
        errors,
        "templates/page.html:1:1 [] refused-html: a page may not have a `script` element\n"
    );
}

#[test]
fn a_template_that_loops_for_ever_is_given_up() {
    let loops = "{% for x in range(end=90000) %}".repeat(6);
    let ends = "{% endfor %}".repeat(6);
    let errors = Site::new()
        .page("index.md", "# Home")
        .page("other.md", "# Other")
        .template("page.html", &format!("{loops}{ends}"))
        .errors();
    assert_eq!(
        errors,
        "templates/page.html:1:1 [] endless-template: \
         the templates loop more than ten million times for one page\n"
    );
}

#[test]
fn hostile_markdown_takes_no_time_and_does_not_abort() {
    for text in [
        ">".repeat(100_000),
        "- ".repeat(50_000),
        "[".repeat(50_000),
        "*a **b ".repeat(20_000),
        "<div>".repeat(50_000),
        "`".repeat(100_001),
        "[a](b".repeat(20_000),
        "## a\n".repeat(20_000),
        "[^1]".repeat(20_000) + "\n\n[^1]: x",
        format!("{}\n{}\n", "|a".repeat(2_000), "|-".repeat(2_000)),
    ] {
        let start = text.get(..6).unwrap_or_default().to_owned();
        let time = std::time::Instant::now();
        let site = Site::new().page("index.md", &text);
        let _ = build(site.content, &site.settings, &Boards::default());
        assert!(
            time.elapsed().as_secs() < 20,
            "{start} took {:?}",
            time.elapsed()
        );
    }
}

#[test]
fn a_page_has_a_size_at_most() {
    let text = "a".repeat(8 * 1024 * 1024 + 1);
    let errors = refusal(&text);
    assert_eq!(
        errors,
        "content/index.md:1:1 [] page-size: this file is larger than the limit of 8 MiB\n"
    );
}

#[test]
fn the_order_of_files_changes_nothing() {
    let build_in = |order: &[&str]| {
        let site = order.iter().fold(Site::new(), |site, path| {
            site.page(path, &format!("# {path}\n\n[x](index.md)"))
        });
        let output = site.output();
        output
            .iter()
            .map(|(path, bytes)| (path.clone(), bytes.to_vec()))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        build_in(&["index.md", "a.md", "b.md"]),
        build_in(&["b.md", "index.md", "a.md"])
    );
}

#[test]
fn of_many_pages_each_shows_some() {
    let site = (0..400).fold(Site::new().page("index.md", "# Home"), |site, n| {
        site.page(&format!("p{n:03}.md"), &format!("# Page {n}"))
    });
    let output = site.output();
    let page = String::from_utf8(output.get("p200.html").unwrap().to_vec()).unwrap();
    let page = Page(page);
    assert_eq!(page.texts("[aria-current=page]"), ["Page 200"]);
    assert!(page.texts(".site-nav a").len() < 30);
    assert_eq!(page.values("a[rel=prev]", "href"), ["p199.html"]);
}

#[test]
fn thousands_of_dead_links_are_told_in_time() {
    let text = "[a](b.md) [c](#d)\n\n# e { f=g }\n\n".repeat(3_000);
    let site = (0..500).fold(Site::new().page("index.md", &text), |site, n| {
        site.page(&format!("page-{n}.md"), "# A")
    });
    let time = std::time::Instant::now();
    let errors = build(site.content, &site.settings, &Boards::default()).unwrap_err();
    assert_eq!(errors.len(), 3_000);
    assert!(time.elapsed().as_secs() < 20, "{:?}", time.elapsed());
}

/// The colours of the default theme by name: light, dark.
fn colours() -> std::collections::BTreeMap<String, [String; 2]> {
    let output = Site::new().page("index.md", "# Home").output();
    let style = String::from_utf8(output.get("site.css").unwrap().to_vec()).unwrap();
    let colour = |line: &str| {
        let (name, value) = line
            .trim()
            .strip_prefix("--")?
            .split_once(": light-dark(")?;
        let (light, dark) = value.strip_suffix(");")?.split_once(", ")?;
        Some((name.to_owned(), [light.to_owned(), dark.to_owned()]))
    };
    style.lines().filter_map(colour).collect()
}

/// The contrast of two colours, as WCAG 2 defines it.
fn contrast(one: &str, other: &str) -> f64 {
    let luminance = |colour: &str| {
        let channel = |at: usize| {
            let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    };
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// The colours of code, each with the grounds on which it may stand.
fn code_colours() -> Vec<(String, String)> {
    let output = Site::new().page("index.md", "# Home").output();
    let style = String::from_utf8(output.get("site.css").unwrap().to_vec()).unwrap();
    let value = |rule: &str, key: &str| {
        let (_, value) = rule.split_once(&format!("{key}: var(--"))?;
        Some(value.split(')').next().unwrap().to_owned())
    };
    let rules = style.lines().filter(|line| line.starts_with(".hl-"));
    let pairs = rules.flat_map(|rule| {
        let colour = value(rule, " color").unwrap();
        let grounds = value(rule, "background").map_or_else(
            || vec!["panel".to_owned(), "paper".to_owned()],
            |ground| vec![ground],
        );
        grounds
            .into_iter()
            .map(move |ground| (colour.clone(), ground))
    });
    let pairs: Vec<_> = pairs.collect();
    assert_eq!(pairs.len(), 6 * 2 + 2);
    pairs
}

#[test]
fn text_is_readable_on_every_ground() {
    let colours = colours();
    let kinds = ["note", "tip", "important", "warning", "caution"];
    let mut pairs = vec![
        ("accent".to_owned(), "accent-soft".to_owned()),
        ("paper".to_owned(), "ink".to_owned()),
    ];
    for text in ["ink", "muted", "accent"] {
        pairs.extend(["paper", "panel"].map(|ground| (text.to_owned(), ground.to_owned())));
    }
    for kind in kinds {
        let soft = format!("{kind}-soft");
        pairs.extend([kind, "ink", "accent"].map(|text| (text.to_owned(), soft.clone())));
    }
    pairs.extend(code_colours());
    for (text, ground) in pairs {
        for scheme in [0, 1] {
            let contrast = contrast(&colours[&text][scheme], &colours[&ground][scheme]);
            assert!(contrast >= 4.5, "{text} on {ground}: {contrast:.2}");
        }
    }
    for scheme in [0, 1] {
        let focus = contrast(&colours["note"][scheme], &colours["paper"][scheme]);
        assert!(focus >= 3.0, "the outline of the focus: {focus:.2}");
    }
}

#[test]
fn the_colours_without_light_dark_are_the_light_ones() {
    let output = Site::new().page("index.md", "# Home").output();
    let style = String::from_utf8(output.get("site.css").unwrap().to_vec()).unwrap();
    for (name, [light, _]) in colours() {
        assert!(style.contains(&format!("--{name}: {light};")), "{name}");
    }
}

/// Pieces that Markdown, markers and raw HTML are made of.
const PIECES: &[&str] = &[
    "# ",
    "é",
    "\n",
    "\n\n",
    "> ",
    "- ",
    "    ",
    "`",
    "```\n",
    "*",
    "[",
    "](",
    ")",
    "![",
    "<a href=",
    "\"",
    "'",
    ">",
    "<",
    "</a>",
    "<div id=\"version-table\">",
    "</div>",
    "<!--",
    "-->",
    "<!-- trainboard ",
    "<!-- /trainboard -->",
    "<!-- trainboard board -->",
    "value ",
    "current.version",
    "table",
    "default=",
    "🚂",
    "|",
    "|-|",
    "x.md#é",
    "javascript:",
    "data:é",
    "<script é",
    " onclick=é",
    "[^1]",
    "[^1]: ",
    "{#é .x onx=é}",
    ": ",
    "&#106;",
    "\\",
    "<title>",
    "<svg ",
    "/>",
    "- [ ] ",
    "> [!NOTE]\n",
    "a",
    "a b",
    "é=é ",
    "+++\n",
];

fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(PIECES);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn whatever_is_written_there_is_a_site_or_an_error_with_a_place(text in pieces()) {
        let source = Source::new("content/index.md", &*text);
        let page = PageFile {
            path: SitePath::new("index.md").unwrap(),
            source,
            front: FrontMatter::default(),
            body: 0,
            wrong: Vec::new(),
        };
        let content = Content { pages: vec![page], ..Content::default() };
        let boards = Projects::only(schedule()).at("2026-11-25".parse().unwrap()).unwrap();
        let edit_url = "https://example.org/{path}".parse().ok();
        let settings = Settings { edit_url, ..Settings::default() };
        match build(content, &settings, &boards) {
            Ok(built) => {
                let page = std::str::from_utf8(built.output.get("index.html").unwrap()).unwrap();
                let page = Page(page.to_owned());
                prop_assert!(page.texts("script").is_empty());
                prop_assert!(page.values("*", "onclick").is_empty());
                prop_assert_eq!(page.texts("footer").len(), 1);
            }
            Err(errors) => {
                for label in errors.iter().flat_map(|error| &error.labels) {
                    prop_assert!(label.source.text.get(label.span.clone()).is_some());
                }
            }
        }
    }
}
