//! Templates and the files that go with them: the embedded theme, and what a
//! project puts in its place, file by file.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use include_dir::{Dir, include_dir};
use tera::{Context, ErrorKind, Tera};

use super::page::Asset;
use super::raw_html::{self, Note};
use crate::diagnostic::{Diagnostic, Source};
use crate::markers::MAX_PAGE;
use crate::output::SitePath;

static TEMPLATES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates");
static STATIC: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/static");

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
    pub bytes: &'static [u8],
}

/// What the files of the default theme are.
const ABOUT: [(&str, &str); 4] = [
    ("page.html", "the frame of every page"),
    ("nav.html", "the navigation"),
    ("404.html", "the page for addresses that do not exist"),
    ("site.css", "the style sheet of the pages"),
];

/// The files of the default theme, which are embedded.
pub fn embedded() -> impl Iterator<Item = ThemeFile> {
    ABOUT.into_iter().filter_map(|(name, about)| {
        let template = TEMPLATES.get_file(name).map(|file| ("templates", file));
        let (folder, file) = template.or_else(|| Some(("static", STATIC.get_file(name)?)))?;
        Some(ThemeFile {
            name,
            folder,
            about,
            bytes: file.contents(),
        })
    })
}

/// The files of the default theme that the project does not replace.
pub(super) fn default_files(own: &[Asset]) -> Vec<Asset> {
    let is_replaced = |path: &SitePath| own.iter().any(|asset| asset.path == *path);
    STATIC
        .files()
        .filter_map(|file| {
            let path = SitePath::new(file.path().to_str()?).ok()?;
            Some(Asset {
                name: format!("the default theme's `{path}`"),
                bytes: file.contents().to_vec().into(),
                path,
            })
        })
        .filter(|asset| !is_replaced(&asset.path))
        .collect()
}

/// The texts of templates, by name.
pub(super) type Templates = BTreeMap<String, Arc<Source>>;

/// Templates, compiled.
pub(super) struct Theme {
    tera: Tera,
    sources: Templates,
    /// Whether nobody waits for a page any more.
    is_stopped: AtomicBool,
    /// Whether a template is the project's own, and so may do what it likes.
    pub(super) is_own: bool,
}

impl Theme {
    /// The embedded templates, with those of the project in their place.
    pub(super) fn new(own: &[Template]) -> Result<Self, Vec<Diagnostic>> {
        let mut sources = BTreeMap::new();
        for file in TEMPLATES.files() {
            if let (Some(name), Some(text)) = (file.path().to_str(), file.contents_utf8()) {
                let source = Source::new(format!("templates/{name}"), text);
                sources.insert(name.to_owned(), source);
            }
        }
        for template in own {
            let name = template.path.as_str().to_owned();
            sources.insert(name, Arc::clone(&template.source));
        }
        let mut theme = Self {
            tera: Tera::new(),
            sources,
            is_stopped: AtomicBool::new(false),
            is_own: !own.is_empty(),
        };
        let refused: Vec<_> = own.iter().flat_map(refused_in).collect();
        if !refused.is_empty() {
            return Err(refused);
        }
        let templates: Vec<_> = theme.sources.iter().map(|(n, s)| (n, &s.text)).collect();
        match theme.tera.add_raw_templates(templates) {
            Ok(()) => Ok(theme),
            Err(error) => Err(theme.diagnostics(&error)),
        }
    }

    /// What it was compiled from.
    pub(super) fn templates(&self) -> Templates {
        self.sources.clone()
    }

    /// Makes all that is being rendered come to an end, where it writes
    /// something.
    pub(super) fn stop(&self) {
        self.is_stopped.store(true, Ordering::Relaxed);
    }

    /// Makes a value known to all templates.
    pub(super) fn share(&mut self, name: &'static str, value: &impl serde::Serialize) {
        self.tera.global_context().insert(name, value);
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
            is_full: false,
            is_stopped: &self.is_stopped,
        };
        match self.tera.render_to(template, context, &mut page) {
            Ok(()) => Ok(page.bytes),
            Err(_) if page.is_full => Err(self.too_large(template)),
            Err(error) => Err(self.diagnostic(template, &error)),
        }
    }

    fn too_large(&self, template: &str) -> Diagnostic {
        let title = format!("the template `{template}` makes a page of more than 64 MiB");
        self.at_start(template, Diagnostic::error("page-size", title))
    }

    /// An error about a template as a whole.
    pub(super) fn at_start(&self, template: &str, error: Diagnostic) -> Diagnostic {
        match self.sources.get(template) {
            Some(source) => error.at(source, 0..0, "in this template"),
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

    /// `message`, ` --> name:line:column`, and carets below.
    fn report(&self, report: &str) -> Diagnostic {
        let message = report.lines().next().unwrap_or_default();
        let error = Diagnostic::error("template", lower_first(message));
        let place = report
            .lines()
            .find_map(|line| line.trim_start().strip_prefix("--> "));
        let mut parts = place.unwrap_or_default().rsplitn(3, ':');
        let column = parts.next().and_then(|column| column.parse::<usize>().ok());
        let line = parts.next().and_then(|line| line.parse::<usize>().ok());
        let source = parts.next().and_then(|name| self.sources.get(name));
        let (Some(column), Some(line), Some(source)) = (column, line, source) else {
            return error;
        };
        let lines = source
            .text
            .split_inclusive('\n')
            .take(line.saturating_sub(1));
        let start = lines.map(str::len).sum::<usize>() + column.saturating_sub(1);
        let length = report.matches('^').count();
        error.at(source, start..start + length, "here")
    }

    fn diagnostic(&self, template: &str, error: &tera::Error) -> Diagnostic {
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                let found = Diagnostic::error("template", lower_first(report.message()));
                match self.sources.get(report.filename()) {
                    Some(source) => found.at(source, report.span().range.clone(), "here"),
                    None => found,
                }
            }
            ErrorKind::CircularInclude { tpl, include_chain } => {
                let title = format!("the template `{tpl}` includes itself");
                let next = include_chain.get(1).unwrap_or(tpl);
                self.naming(tpl, next, title)
            }
            ErrorKind::CircularExtend { tpl, .. } => {
                let title = format!("the template `{tpl}` extends itself");
                self.naming(tpl, tpl, title)
            }
            ErrorKind::MissingParent { current, parent } => {
                let title = format!("there is no template `{parent}`");
                self.naming(current, parent, title)
            }
            ErrorKind::TemplateNotFound(name) => {
                let title = format!("there is no template `{name}`");
                let user = self
                    .sources
                    .iter()
                    .find(|(_, source)| source.text.contains(&**name));
                let user = user.map_or(template, |(user, _)| user);
                self.naming(user, name, title)
            }
            other => {
                let title = lower_first(other.to_string().lines().next().unwrap_or_default());
                self.at_start(template, Diagnostic::error("template", title))
            }
        }
    }

    /// An error of a template where it names another.
    fn naming(&self, template: &str, name: &str, title: String) -> Diagnostic {
        let error = Diagnostic::error("template", title);
        let Some(source) = self.sources.get(template) else {
            return error;
        };
        let at = source.text.find(name).unwrap_or(0);
        let end = (at + name.len()).min(source.text.len());
        error.at(source, at..end, "named here")
    }
}

/// What may not be in a template, as far as its text shows it.
fn refused_in(template: &Template) -> Vec<Diagnostic> {
    let text = &template.source.text;
    let visible = without_tags(text);
    let note = |note| match note {
        Note::Refused { span, title, help } => Some((span, title, help)),
        _ => None,
    };
    raw_html::notes(&visible)
        .into_iter()
        .filter_map(note)
        .filter(|(span, ..)| !is_of_the_frame(&visible[span.clone()]))
        .map(|(span, title, help)| {
            Diagnostic::error("refused-html", title)
                .at(&template.source, span, "refused")
                .help(help)
        })
        .collect()
}

/// What a page's frame needs and its text may not have.
fn is_of_the_frame(html: &str) -> bool {
    html.starts_with("<link") || html == "http-equiv"
}

/// A template with its tags blanked out, every byte in its place.
fn without_tags(text: &str) -> String {
    let mut visible = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest
        .find("{{")
        .into_iter()
        .chain(rest.find("{%"))
        .chain(rest.find("{#"))
        .min()
    {
        let (close, blank) = match rest.as_bytes()[start + 1] {
            b'{' => ("}}", '_'),
            b'%' => ("%}", ' '),
            _ => ("#}", ' '),
        };
        let end = rest[start..]
            .find(close)
            .map_or(rest.len(), |end| start + end + 2);
        visible.push_str(&rest[..start]);
        visible.extend(std::iter::repeat_n(blank, end - start));
        rest = &rest[end..];
    }
    visible + rest
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_ascii_lowercase());
    first
        .into_iter()
        .chain(chars)
        .collect::<String>()
        .trim_end_matches('.')
        .to_owned()
}

/// A page being written, up to the limit.
struct Page<'a> {
    bytes: Vec<u8>,
    is_full: bool,
    is_stopped: &'a AtomicBool,
}

impl std::io::Write for Page<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.is_stopped.load(Ordering::Relaxed) {
            return Err(std::io::ErrorKind::BrokenPipe.into());
        }
        if self.bytes.len() + bytes.len() > MAX_PAGE {
            self.is_full = true;
            return Err(std::io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_theme_can_be_told_of() {
        let files = TEMPLATES.files().chain(STATIC.files());
        let mut names: Vec<_> = files.filter_map(|file| file.path().to_str()).collect();
        let mut told: Vec<_> = embedded().map(|file| file.name).collect();
        names.sort_unstable();
        told.sort_unstable();
        assert_eq!(told, names);
    }

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
