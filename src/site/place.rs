//! The pages of a site: those that are written, and those that one file makes
//! for every train or every project.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::address;
use super::markdown::Body;
use super::page::{Alias, PageFile, Per, is_index, output_path};
use crate::diagnostic::{Diagnostic, Source, nearest};
use crate::markers::{self, MarkerContext, PageOf};
use crate::output::SitePath;
use crate::schedule::{Boards, ProjectBoard, Version};

/// The page of every project, for a site that has no such page of its own.
const PROJECTS: (&str, &str) = (
    "projects.md",
    "# <!-- trainboard value project.name -->\n\n<!-- trainboard board -->\n",
);

/// The folder of what is made of the projects that a site is not about.
pub(super) const PROJECTS_FOLDER: &str = "projects";

/// A page of the site. It is placed first, then its Markdown is read, and then
/// it gets its title.
#[derive(Debug)]
pub(super) struct Page {
    /// What it is made from; its text is let go when it has been read.
    pub(super) file: PageFile,
    /// Where the Markdown of this page alone would be.
    pub(super) path: SitePath,
    pub(super) role: Role,
    /// Where it goes.
    pub(super) output: SitePath,
    pub(super) body: Body,
    pub(super) title: String,
}

/// What a page is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// What somebody wrote.
    Written,
    /// The list of the pages that its file makes.
    List(Per),
    /// The page of the project of that id.
    Project(Arc<str>),
    /// The page of one of the trains of that project, by its number.
    Train(Arc<str>, usize),
}

impl Page {
    fn new(file: PageFile, path: SitePath, role: Role) -> Result<Self, Diagnostic> {
        let output = SitePath::new(output_path(path.as_str()));
        Ok(Self {
            output: output.map_err(|bad| bad_path(&file, bad))?,
            file,
            path,
            role,
            body: Body::default(),
            title: String::new(),
        })
    }

    /// As the user would write the name of its file.
    pub(super) fn name(&self) -> &str {
        &self.file.source.name
    }

    /// Lets go of the text; its name stays.
    pub(super) fn forget_text(&mut self) {
        self.file.source = Source::new(self.name(), "");
    }

    /// The path of the page that the navigation has for it: itself, or the
    /// list that it is on.
    pub(super) fn listed(&self) -> String {
        if self.is_one_of_many() {
            output_path(self.file.path.as_str())
        } else {
            self.output.to_string()
        }
    }

    /// Whether it can be read, and what it says about itself.
    pub(super) fn is_sound(&self) -> bool {
        self.file.wrong.is_empty()
    }

    /// Whether it stands for its folder.
    pub(super) fn is_index(&self) -> bool {
        is_index(self.path.name())
    }

    /// Whether it is one of the many that its file makes.
    pub(super) fn is_one_of_many(&self) -> bool {
        matches!(self.role, Role::Project(_) | Role::Train(..))
    }

    /// What it is about: as it says itself, else its first words.
    pub(super) fn description(&self) -> &str {
        let given = self.file.front.description.as_ref();
        let given = given.filter(|_| !self.is_one_of_many());
        given.map_or(&self.body.description, |given| given.trim())
    }

    /// The addresses at which it was before.
    pub(super) fn aliases(&self) -> &[Alias] {
        if self.is_one_of_many() {
            return &[];
        }
        &self.file.front.aliases.0
    }

    /// Whether nobody wrote it.
    pub(super) fn is_own(&self) -> bool {
        self.name() == PROJECTS.0
    }

    /// What its markers can speak of.
    pub(super) fn context<'a>(&self, boards: &'a Boards) -> MarkerContext<'a> {
        let context = MarkerContext::new(boards);
        let (id, train) = match &self.role {
            Role::Project(id) => (Some(&**id), None),
            Role::Train(id, n) => (Some(&**id), Some(*n)),
            Role::Written | Role::List(_) => (self.file.front.project.as_deref(), None),
        };
        let project = id.and_then(|id| boards.of(id)).or(context.project);
        MarkerContext {
            project,
            train: train.and_then(|n| project?.trains.get(n)),
            ..context
        }
    }

    /// What it is made from, and where that begins: a list has a text of
    /// trainboard's own.
    pub(super) fn text(&self) -> (Arc<Source>, usize) {
        let view = match self.role {
            Role::List(Per::Train) => "trains",
            Role::List(Per::Project) => "overview",
            _ => return (Arc::clone(&self.file.source), self.file.body),
        };
        let title = markers::literal(&self.given_title());
        let text = format!("# {title}\n\n<!-- trainboard {view} -->\n");
        (Source::new(self.name(), text), 0)
    }

    /// The title that it was given, or else that its file's name gives.
    fn given_title(&self) -> String {
        let of_file = || {
            let name = self.path.name();
            title_of(name.strip_suffix(".md").unwrap_or(name))
        };
        self.file.front.title().map_or_else(of_file, str::to_owned)
    }
}

/// What a file or a folder of that name is called: `release-notes` is `Release
/// notes`.
pub(super) fn title_of(name: &str) -> String {
    let words = name.replace('-', " ");
    let mut chars = words.chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string());
    first.unwrap_or_default() + chars.as_str()
}

/// All pages of those files, by path.
pub(super) fn pages(
    files: Vec<PageFile>,
    boards: &Boards,
    errors: &mut Vec<Diagnostic>,
) -> Vec<Page> {
    let has_per_project = files
        .iter()
        .any(|file| file.front.per == Some(Per::Project));
    let default = (boards.others().next().is_some() && !has_per_project).then(default);
    let mut pages = Vec::with_capacity(files.len());
    for file in files.into_iter().chain(default.flatten()) {
        errors.extend(file.wrong.iter().cloned());
        if let Some(name) = &file.front.project
            && boards.of(name).is_none()
        {
            errors.push(unknown(&file, name, boards));
            continue;
        }
        let made = if let Some(per) = file.front.per {
            per_project_or_train(&file, per, boards)
        } else {
            let path = file.path.clone();
            Page::new(file, path, Role::Written).map(|page| vec![page])
        };
        match made {
            Ok(made) => pages.extend(made),
            Err(error) => errors.push(error),
        }
    }
    pages.sort_by(|a, b| a.path.cmp(&b.path));
    pages
}

fn default() -> Option<PageFile> {
    Some(PageFile {
        path: SitePath::new(PROJECTS.0).ok()?,
        source: Source::new(PROJECTS.0, PROJECTS.1),
        front: super::FrontMatter {
            per: Some(Per::Project),
            ..super::FrontMatter::default()
        },
        body: 0,
        wrong: Vec::new(),
    })
}

fn per_project_or_train(
    file: &PageFile,
    per: Per,
    boards: &Boards,
) -> Result<Vec<Page>, Diagnostic> {
    let roles = match per {
        Per::Project => boards.iter().map(of_project).collect(),
        Per::Train => of_trains(project(file, boards)?),
    };
    if roles.is_empty() {
        return Err(no_schedule(file));
    }
    let list = Page::new(file.clone(), file.path.clone(), Role::List(per))?;
    let mut pages = vec![list];
    let folder = file.path.as_str().strip_suffix(".md").unwrap_or("pages");
    for (name, role) in roles {
        let path = SitePath::new(format!("{folder}/{name}.md"));
        let path = path.map_err(|bad| bad_path(file, bad))?;
        pages.push(Page::new(file.clone(), path, role)?);
    }
    Ok(pages)
}

fn bad_path(file: &PageFile, title: String) -> Diagnostic {
    let error = Diagnostic::error("bad-path", title);
    error.at(&file.source, 0..0, "makes this page")
}

fn of_project(project: &ProjectBoard) -> (String, Role) {
    let id = project.id();
    (id.to_owned(), Role::Project(id.into()))
}

fn of_trains(project: &ProjectBoard) -> Vec<(String, Role)> {
    let id: Arc<str> = project.id().into();
    let mut taken = HashSet::new();
    let trains = project.trains.iter().enumerate().map(|(n, train)| {
        let mut name = segment(&train.row().train().version);
        while !taken.insert(name.to_lowercase()) {
            name.push('_');
        }
        (name, Role::Train(Arc::clone(&id), n))
    });
    trains.collect()
}

/// A version as the name of a file.
fn segment(version: &Version) -> String {
    let safe = |c: char| match c {
        c if c.is_alphanumeric() => c,
        '.' | '_' | '+' => c,
        _ => '-',
    };
    let name: String = version.as_str().chars().map(safe).collect();
    let name = name.trim_matches('.');
    if name.is_empty() { "train" } else { name }.to_owned()
}

/// The project whose trains a file is about.
fn project<'a>(file: &PageFile, boards: &'a Boards) -> Result<&'a ProjectBoard, Diagnostic> {
    let named = file.front.project.as_ref().and_then(|id| boards.of(id));
    named.or(boards.main()).ok_or_else(|| {
        if boards.is_empty() {
            return no_schedule(file);
        }
        let title = "this page does not say of which project's trains it is made";
        let first = boards.iter().next().map_or("", ProjectBoard::id);
        Diagnostic::error("which-project", title)
            .at(&file.source, place_of(file, "per"), "of every train")
            .help(format!(
                "write for example `{}` below it",
                key_of(file, "project", first)
            ))
    })
}

/// A key as the front matter of a file would have it.
fn key_of(file: &PageFile, key: &str, value: &str) -> String {
    if file.source.text.starts_with("---") {
        format!("{key}: {value}")
    } else {
        format!("{key} = \"{value}\"")
    }
}

fn no_schedule(file: &PageFile) -> Diagnostic {
    let title = "there is no schedule for the pages that this one makes";
    Diagnostic::error("no-schedule", title)
        .at(
            &file.source,
            place_of(file, "per"),
            "of which there is none",
        )
        .help("write a `schedule.toml`, or name the file in `trainboard.toml`")
}

fn unknown(file: &PageFile, name: &str, boards: &Boards) -> Diagnostic {
    let at = place_of(file, name);
    let title = format!("there is no project `{name}`");
    let error = Diagnostic::error("unknown-project", title).at(&file.source, at, "not known");
    let known: Vec<_> = boards.iter().map(ProjectBoard::id).collect();
    match nearest(name, known.iter().copied()) {
        Some(near) => error.help(format!("the nearest is `{near}`")),
        None if known.is_empty() => {
            error.help("write a `schedule.toml`, or a file in `schedules/`")
        }
        None => error.help(format!("the projects are {}", known.join(", "))),
    }
}

/// Where front matter says something.
fn place_of(file: &PageFile, what: &str) -> std::ops::Range<usize> {
    let front = &file.source.text[..file.body];
    let at = front.find(what).unwrap_or(0);
    at..(at + what.len()).min(front.len())
}

/// Where the pages of projects and trains are.
#[derive(Debug, Default)]
pub(super) struct PageAddresses(HashMap<String, SitePath>);

impl PageAddresses {
    pub(super) fn new(pages: &[Page], boards: &Boards) -> Self {
        let address = |page: &Page| {
            let of = match &page.role {
                Role::Project(id) => PageOf::Project(id),
                Role::Train(id, n) => {
                    let train = boards.of(id)?.trains.get(*n)?;
                    PageOf::Train(id, train.row().train())
                }
                Role::Written | Role::List(_) => return None,
            };
            Some((key(of), page.output.clone()))
        };
        Self(pages.iter().filter_map(address).collect())
    }

    /// The address of a page, as seen from a folder.
    pub(super) fn address(&self, of: PageOf<'_>, folder: &str) -> Option<String> {
        let path = self.0.get(&key(of))?;
        Some(address::relative(folder, path.as_str()))
    }
}

/// No id has a space in it.
fn key(of: PageOf<'_>) -> String {
    match of {
        PageOf::Project(id) => id.to_owned(),
        PageOf::Train(id, train) => format!("{id} {}", train.version),
    }
}

#[cfg(test)]
impl Page {
    /// A page without a text, that goes to `7.html`.
    pub(super) fn numbered(number: usize) -> Self {
        let path = SitePath::new(format!("{number}.md")).unwrap();
        let file = PageFile {
            path: path.clone(),
            source: Source::new(path.as_str(), ""),
            front: super::FrontMatter::default(),
            body: 0,
            wrong: Vec::new(),
        };
        Self::new(file, path, Role::Written).unwrap()
    }
}
