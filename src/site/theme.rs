//! Templates and the files that go with them: the embedded theme, and what a
//! project puts in its place, file by file.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, OnceLock};

use tera::{Context, ErrorKind, Tera, Value};

use super::browser::{self, Reading};
use super::loop_limit::{self, Counted, Limit};
use super::page::Asset;
use crate::diagnostic::{Diagnostic, Source, nearest, panic_text};
use crate::markers::MAX_PAGE;
use crate::output::SitePath;

/// A template of the project.
#[derive(Clone, Debug)]
pub struct Template {
    /// Below the folder of templates; the name by which others include it.
    pub path: SitePath,
    /// Its text, named as the user would write it.
    pub source: Arc<Source>,
}

/// A file of the default theme.
#[derive(Clone, Copy, Debug)]
pub struct ThemeFile {
    /// Its name, by which nothing else in the theme goes.
    pub name: &'static str,
    /// The folder of a project in which a file of that name replaces it.
    pub folder: &'static str,
    /// What it is, in a few words.
    pub about: &'static str,
    /// What is in it.
    pub text: &'static str,
}

/// The files of the default theme that are templates.
const TEMPLATES: [ThemeFile; 3] = [
    ThemeFile {
        name: "page.html",
        folder: "templates",
        about: "the frame of every page",
        text: include_str!("../../templates/page.html"),
    },
    ThemeFile {
        name: "nav.html",
        folder: "templates",
        about: "the navigation",
        text: include_str!("../../templates/nav.html"),
    },
    ThemeFile {
        name: "404.html",
        folder: "templates",
        about: "the page for addresses that do not exist",
        text: include_str!("../../templates/404.html"),
    },
];

/// The style sheet of the default theme.
const STYLE: ThemeFile = ThemeFile {
    name: "site.css",
    folder: "static",
    about: "the style sheet of the pages",
    text: include_str!("../../static/site.css"),
};

/// The files of the default theme, which are embedded.
pub fn embedded() -> impl Iterator<Item = ThemeFile> {
    TEMPLATES.into_iter().chain([STYLE])
}

/// The style sheet of the default theme, unless the project replaces it.
pub(super) fn default_style(own: &[Asset]) -> Option<Asset> {
    let path = SitePath::new(STYLE.name).ok()?;
    let is_replaced = own.iter().any(|asset| asset.path == path);
    (!is_replaced).then(|| Asset {
        name: format!("the default theme's `{path}`"),
        bytes: STYLE.text.as_bytes().to_vec().into(),
        path,
    })
}

/// Templates, compiled.
pub(super) struct Theme {
    tera: Tera,
    sources: BTreeMap<String, Arc<Source>>,
    /// The texts that were compiled, where they count their loops.
    counted: BTreeMap<String, Counted>,
    /// Why no page is waited for any more: one went over the limit of loops.
    stopped: OnceLock<Diagnostic>,
    /// Whether a template is the project's own, and so may do what it likes.
    pub(super) is_own: bool,
}

impl Theme {
    /// The embedded templates, with those of the project in their place.
    pub(super) fn new(own: &[Template]) -> Result<Self, Vec<Diagnostic>> {
        let mut sources = BTreeMap::new();
        for ThemeFile { name, text, .. } in TEMPLATES {
            let source = Source::new(format!("templates/{name}"), text);
            sources.insert(name.to_owned(), source);
        }
        for template in own {
            let name = template.path.as_str().to_owned();
            sources.insert(name, Arc::clone(&template.source));
        }
        let mut theme = Self {
            tera: Tera::new(),
            sources,
            counted: BTreeMap::new(),
            stopped: OnceLock::new(),
            is_own: !own.is_empty(),
        };
        let refused: Vec<_> = own.iter().flat_map(refused_in).collect();
        if !refused.is_empty() {
            return Err(refused);
        }
        theme.tera.set_escape_fn(escape);
        theme.compile().map_err(|error| theme.diagnostics(&error))?;
        Ok(theme)
    }

    fn compile(&mut self) -> tera::TeraResult<()> {
        let sources = || self.sources.iter();
        let texts = sources().map(|(name, source)| (name, &source.text));
        self.tera.add_raw_templates(texts)?;
        if !self.is_own {
            return Ok(());
        }
        let counted =
            |name: &str, source: &Source| loop_limit::counted(&source.text, is_extra(name));
        self.counted = sources()
            .map(|(name, source)| (name.clone(), counted(name, source)))
            .collect();
        loop_limit::register(&mut self.tera);
        let counted = self.counted.iter();
        let texts = counted.map(|(name, counted)| (name, &counted.text));
        self.tera.add_raw_templates(texts)
    }

    /// Makes a value known to all templates.
    pub(super) fn share(&mut self, name: &'static str, value: &impl serde::Serialize) {
        self.tera.global_context().insert(name, value);
    }

    /// Makes HTML known to all templates.
    pub(super) fn share_html(&mut self, name: &'static str, html: &str) {
        let html = Value::safe_string(html);
        self.tera.global_context().insert_value(name, html);
    }

    /// Whether pages have a policy by which browsers apply style sheets only.
    pub(super) fn drops_styles(&self) -> bool {
        let page = self.sources.get("page.html");
        page.is_some_and(|page| {
            page.text.contains("Content-Security-Policy") && !page.text.contains("'unsafe-inline'")
        })
    }

    /// What a template makes of its values, expected to be of some size.
    pub(super) fn render(
        &self,
        template: &str,
        context: &Context,
        size: usize,
    ) -> Result<Vec<u8>, Diagnostic> {
        let mut page = Page {
            bytes: Vec::with_capacity(size),
            stopped: &self.stopped,
        };
        loop_limit::begin();
        let render = || self.tera.render_to(template, context, &mut page);
        match catch_unwind(AssertUnwindSafe(render)) {
            Ok(Ok(())) => Ok(page.bytes),
            Ok(Err(error)) if *error.kind() == ErrorKind::Io(TOO_LARGE) => {
                let title = format!("the template `{template}` makes a page of more than 64 MiB");
                Err(self.at_start(template, Diagnostic::error("page-size", title)))
            }
            Ok(Err(error)) => Err(match (self.stopped.get(), loop_limit::exceeded()) {
                (Some(stopped), _) => stopped.clone(),
                (None, Some(limit)) => {
                    let stopped = || self.endless(template, limit);
                    self.stopped.get_or_init(stopped).clone()
                }
                (None, None) => self.diagnostic(template, &error),
            }),
            Err(panic) => Err(self.panicked(template, panic_text(&*panic))),
        }
    }

    fn endless(&self, template: &str, limit: Limit) -> Diagnostic {
        let (title, help) = match limit {
            Limit::Rounds => (
                "the templates loop more than ten million times for one page",
                "look for loops within loops in `templates/`",
            ),
            Limit::Bytes => (
                "the templates put together more than 128 MiB for one page",
                "look in `templates/` for a value that is joined to itself, or a filter that makes much of little",
            ),
        };
        let error = Diagnostic::error("endless-template", title).help(help);
        self.at_start(template, error)
    }

    fn panicked(&self, template: &str, panic: &str) -> Diagnostic {
        let title = format!("the template `{template}` cannot be rendered: tera panics: {panic}");
        let error = Diagnostic::error("template", title);
        let error = error.help("this is a fault of trainboard or of tera: please tell its authors");
        self.at_start(template, error)
    }

    /// An error about a template as a whole.
    pub(super) fn at_start(&self, template: &str, error: Diagnostic) -> Diagnostic {
        self.at(template, 0..0, "in this template", error)
    }

    fn at(&self, template: &str, span: Range<usize>, label: &str, error: Diagnostic) -> Diagnostic {
        match self.sources.get(template) {
            Some(source) => error.at(source, span, label),
            None => error,
        }
    }

    /// The errors of compilation. Those of several templates come as one text,
    /// in the form in which compilers print them.
    fn diagnostics(&self, error: &tera::Error) -> Vec<Diagnostic> {
        let ErrorKind::Msg(text) = error.kind() else {
            return vec![self.diagnostic("", error)];
        };
        let reports = text
            .split("error: ")
            .filter(|report| !report.trim().is_empty());
        reports.map(|report| self.report(report)).collect()
    }

    fn report(&self, report: &str) -> Diagnostic {
        let message = report.lines().next().unwrap_or_default();
        let error = Diagnostic::error("template", lower_first(message));
        match self.place_in(report) {
            Some((template, span)) => self.at(template, span, "here", error),
            None => error,
        }
    }

    /// The place that a report names: ` --> name:line:column`, with carets below.
    fn place_in<'r>(&self, report: &'r str) -> Option<(&'r str, Range<usize>)> {
        let mut lines = report.lines().map(str::trim_start);
        let place = lines.find_map(|line| line.strip_prefix("--> "))?;
        let mut parts = place.rsplitn(3, ':');
        let column = parts.next()?.parse::<usize>().ok()?.checked_sub(1)?;
        let line = parts.next()?.parse::<usize>().ok()?.checked_sub(1)?;
        let template = parts.next()?;
        let text = &self.sources.get(template)?.text;
        let before = text.split_inclusive('\n').take(line);
        let start = before.map(str::len).sum::<usize>() + column;
        Some((template, start..start + report.matches('^').count()))
    }

    fn diagnostic(&self, template: &str, error: &tera::Error) -> Diagnostic {
        let (template, name, title) = match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                let found = Diagnostic::error("template", lower_first(report.message()));
                let span = report.span().range.clone();
                let counted = self.counted.get(report.filename());
                let span = counted.map_or(span.clone(), |counted| counted.origin(&span));
                return self.at(report.filename(), span, "here", found);
            }
            ErrorKind::CircularInclude { tpl, include_chain } => {
                let title = format!("the template `{tpl}` includes itself");
                (tpl, include_chain.get(1).unwrap_or(tpl), title)
            }
            ErrorKind::CircularExtend { tpl, .. } => {
                (tpl, tpl, format!("the template `{tpl}` extends itself"))
            }
            ErrorKind::MissingParent { current, parent } => {
                (current, parent, format!("there is no template `{parent}`"))
            }
            other => {
                let title = lower_first(other.to_string().lines().next().unwrap_or_default());
                return self.at_start(template, Diagnostic::error("template", title));
            }
        };
        let error = Diagnostic::error("template", title);
        let text = self.sources.get(template).map_or("", |source| &source.text);
        let at = text.find(&**name).unwrap_or(0);
        let end = (at + name.len()).min(text.len());
        self.at(template, at..end, "named here", error)
    }
}

/// What may not be in a template, as far as its text shows it.
fn refused_in(template: &Template) -> Vec<Diagnostic> {
    let visible = without_tags(&template.source.text);
    browser::errors(&visible, Reading::Html, || Arc::clone(&template.source))
}

/// Whether a template of that name is none of the theme's.
fn is_extra(name: &str) -> bool {
    TEMPLATES.iter().all(|file| file.name != name)
}

/// The templates of a project that nothing is made with: they have none of the
/// names of the theme, and none with such a name leads to them.
pub(super) fn unused(own: &[Template]) -> Vec<Diagnostic> {
    let named = |name: &str| own.iter().find(|template| template.path.as_str() == name);
    let text = |file: ThemeFile| named(file.name).map_or(file.text, |own| &own.source.text);
    let mut reached: Vec<_> = TEMPLATES.map(text).into();
    let extra = own.iter().filter(|own| is_extra(own.path.as_str()));
    let mut left: Vec<_> = extra.collect();
    while !reached.is_empty() {
        let is_used = |template: &&Template| reached.iter().any(|text| leads_to(text, template));
        let (used, unused): (Vec<_>, Vec<_>) = left.into_iter().partition(is_used);
        reached = used.iter().map(|used| &*used.source.text).collect();
        left = unused;
    }
    left.into_iter().map(idle).collect()
}

/// Whether a text names a template, or a component that is in it.
fn leads_to(text: &str, template: &Template) -> bool {
    let name = template.path.as_str();
    let quoted = ["\"", "'"].map(|quote| format!("{quote}{name}{quote}"));
    let components = template.source.text.split("component ").skip(1);
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | ':' | '-');
    let mut components = components.filter_map(|rest| rest.split(|c| !is_name(c)).next());
    quoted.iter().any(|quoted| text.contains(quoted))
        || components.any(|name| !name.is_empty() && text.contains(&format!("<{name}")))
}

fn idle(template: &Template) -> Diagnostic {
    let title = format!("no page is made with `{}`", template.source.name);
    let warning = Diagnostic::warning("unused-template", title);
    let warning = warning.at(&template.source, 0..0, "not used");
    let path = template.path.as_str();
    let stem = |name: &'static str| name.strip_suffix(".html").unwrap_or(name);
    let own = path.strip_suffix(".html").unwrap_or(path);
    match nearest(own, TEMPLATES.map(|file| stem(file.name))) {
        _ if path == STYLE.name => warning.help("put it into the folder `static`"),
        Some(near) => warning.help(format!("the nearest name is `{near}.html`")),
        None => warning.help("include it in `page.html`, `nav.html` or `404.html`"),
    }
}

/// A template with its tags blanked out, every byte in its place.
fn without_tags(text: &str) -> String {
    let mut visible = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = loop_limit::next_tag(rest) {
        let (close, blank) = match &rest[start..start + 2] {
            "{{" => ("}}", "_"),
            "{%" => ("%}", " "),
            _ => ("#}", " "),
        };
        let tag = rest[start..].find(close).map(|end| start + end + 2);
        let end = tag.unwrap_or(rest.len());
        visible += &rest[..start];
        visible += &blank.repeat(end - start);
        rest = &rest[end..];
    }
    visible + rest
}

/// Writes text as tera does by itself, but not byte by byte.
fn escape(text: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut done = 0;
    for (at, byte) in text.bytes().enumerate() {
        let reference = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            _ => continue,
        };
        out.write_all(&text.as_bytes()[done..at])?;
        out.write_all(reference.as_bytes())?;
        done = at + 1;
    }
    out.write_all(&text.as_bytes()[done..])
}

fn lower_first(text: &str) -> String {
    let mut text = text.trim_end_matches('.').to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    text
}

/// How a page fails that goes over its limit.
const TOO_LARGE: io::ErrorKind = io::ErrorKind::FileTooLarge;

/// A page being written, up to the limit.
struct Page<'a> {
    bytes: Vec<u8>,
    stopped: &'a OnceLock<Diagnostic>,
}

impl Write for Page<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.stopped.get().is_some() {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        if self.bytes.len() + bytes.len() > MAX_PAGE {
            return Err(TOO_LARGE.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn theme(name: &str, text: &str) -> Result<Theme, Vec<Diagnostic>> {
        Theme::new(&[Template {
            path: SitePath::new(name).unwrap(),
            source: Source::new(format!("templates/{name}"), text),
        }])
    }

    #[track_caller]
    fn error(text: &str) -> (String, String) {
        let made = theme("x.html", text).and_then(|theme| {
            let made = theme.render("x.html", &Context::new(), 0);
            made.map_err(|error| vec![error])
        });
        let error = made.unwrap_err().remove(0);
        let label = &error.labels[0];
        assert_eq!(label.source.name, "templates/x.html");
        let place = label.source.text.get(label.span.clone());
        (error.title, place.unwrap_or_default().to_owned())
    }

    #[test]
    fn a_mistake_is_shown_in_its_place() {
        let (title, place) = error("{% if x %}");
        assert_eq!((&*title, &*place), ("unexpected end of input", "%}"));
        let (title, place) = error("a {{ x.y.z }}");
        assert_eq!((&*title, &*place), ("variable `x` is not defined", "x"));
        let (title, place) = error("é\n{{ <x/> }}");
        assert_eq!((&*title, &*place), ("unknown component `x`", "<x/>"));
        let (title, place) = error("{% include \"y.html\" %}");
        assert_eq!(
            (&*title, &*place),
            ("unknown template `y.html`", "\"y.html\"")
        );
    }

    #[test]
    fn a_template_that_includes_itself_is_an_error() {
        let (title, place) = error("{% include \"x.html\" %}");
        assert_eq!(
            (&*title, &*place),
            ("the template `x.html` includes itself", "x.html")
        );
    }

    #[test]
    fn a_page_has_an_end() {
        let text = "{% for a in range(end=9999) %}{% for b in range(end=9999) %}\
                    a page that grows and grows and grows{% endfor %}{% endfor %}";
        let (title, _) = error(text);
        assert_eq!(
            title,
            "the template `x.html` makes a page of more than 64 MiB"
        );
    }

    #[test]
    fn a_loop_that_writes_nothing_has_an_end() {
        let range = "range(end=90000)";
        for text in [
            format!("{{% for a in {range} %}}{{% for b in {range} %}}{{% endfor %}}{{% endfor %}}"),
            "{% component a(n) %}{% if n > 0 %}{{ <a n={n - 1}/> }}{{ <a n={n - 1}/> }}\
             {{ <a n={n - 1}/> }}{{ <a n={n - 1}/> }}{% endif %}{% endcomponent a %}\
             {{ <a n={18}/> }}"
                .to_owned(),
        ] {
            let (title, _) = error(&text);
            assert_eq!(
                title,
                "the templates loop more than ten million times for one page"
            );
        }
    }

    #[test]
    fn what_grows_without_being_written_has_an_end() {
        let range = "range(end=90000)";
        let twice = |grows: &str| format!("{{% for n in {range} %}}{grows}{{% endfor %}}");
        for text in [
            format!("{{{{ [[b for b in {range} if false] for a in {range}] | length }}}}"),
            twice("{% set_global a = (a | default(value=\"xy\")) ~ a %}"),
            twice("{% set_global a = [...a | default(value=[1]), ...a | default(value=[1])] %}"),
            twice("{% set_global a = [a | default(value=1), a | default(value=1)] %}"),
            twice("{% set_global a %}{{ a | default(value=1) }}{{ a | default(value=1) }}{% endset %}"),
            twice("{% set_global a %}{{ a | default(value=1) }}some more text{% endset %}"),
            twice("{% filter upper %}text{% endfilter %}").replace("text", &"text".repeat(1000)),
            twice("{% set a = range(end=90000) | join(sep=\"some more text\") %}"),
            twice("{% set a = range(end=90000) | reverse %}"),
            "{% set a = range(end=90000) | join %}{% set b = a | replace(from=\"\", to=a) %}".to_owned(),
            "{% set a = range(end=90000) | join(sep=\"\n\") %}{% set b = a | indent(width=9000) | indent(width=9000) %}".to_owned(),
        ] {
            let text = text.replace("~ a %}", "~ (a | default(value=\"x\")) %}");
            let (title, _) = error(&text);
            assert_eq!(
                title,
                "the templates put together more than 128 MiB for one page",
                "{text}"
            );
        }
    }

    #[test]
    fn a_loop_that_fails_is_shown_in_its_place() {
        let (title, place) = error("{% for x in   y.z %}{% endfor %}");
        assert_eq!((&*title, &*place), ("variable `y` is not defined", "y"));
        let (title, place) = error("{% for x in range(end=1) %}{{ y.z }}{% endfor %}");
        assert_eq!((&*title, &*place), ("variable `y` is not defined", "y"));
        let (title, place) = error("{% for x in 1 %}{% endfor %}");
        assert_eq!(
            (&*title, &*place),
            ("iteration not possible on type `i64`", "1")
        );
    }

    #[test]
    fn a_panic_is_told_as_what_it_is() {
        let mut theme = theme("x.html", "a").unwrap();
        let burst = |_: tera::Kwargs, _: &tera::State<'_>| -> bool { panic!("out of luck") };
        theme.tera.register_function("burst", burst);
        theme
            .tera
            .add_raw_template("x.html", "{{ burst() }}")
            .unwrap();
        let error = theme.render("x.html", &Context::new(), 0).unwrap_err();
        assert_eq!(
            error.title,
            "the template `x.html` cannot be rendered: tera panics: out of luck"
        );
    }

    #[test]
    fn what_is_written_is_escaped_as_tera_does() {
        let text = "<a href=\"x\">'é' & b</a>";
        let mut context = Context::new();
        context.insert("text", text);
        let theme = theme("x.html", "{{ text }}").unwrap();
        let made = theme.render("x.html", &context, 0).unwrap();
        let expected = Tera::one_off("{{ text }}", &context, true).unwrap();
        assert_eq!(String::from_utf8(made).unwrap(), expected);
    }

    #[test]
    fn a_template_brings_no_script() {
        let (title, place) = error("{# <b> #}<p>{{ x }}</p><script>x</script>");
        assert_eq!(
            (&*title, &*place),
            ("a page may not have a `script` element", "<script")
        );
        let (title, place) = error("<p {% if x > y %}onclick=x{% endif %}>");
        assert_eq!(
            (&*title, &*place),
            ("a page may not have an attribute `onclick`", "onclick")
        );
    }
}
