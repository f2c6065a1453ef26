//! The arguments, and the help that teaches them.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

use crate::import::tags::Pattern;
use crate::init::Cadence;
use crate::init::ci::Host;
use crate::input::published::Published;
use crate::schedule::{Choice, Day, Label, Version};
use crate::site::BaseUrl;
use crate::views::feeds::endoflife;
use crate::views::gantt::Scheme;
use crate::views::{DateForm, ThemeSelector};

/// A departures board for release trains.
///
/// Reads a release schedule (schedule.toml) and makes what readers need: a
/// table of supported versions, a chart of the release trains, and pages that
/// quote the right versions and dates, without any JavaScript.
#[derive(Debug, Parser)]
#[command(
    name = "trainboard",
    version,
    arg_required_else_help = true,
    max_term_width = 90
)]
pub(super) struct Args {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Init(InitArgs),
    Build(BuildArgs),
    #[cfg(feature = "serve")]
    Serve(ServeArgs),
    Check(CheckArgs),
    /// Explain a finding, with an example; without a name, list them all
    #[command(after_help = "Example:
  trainboard explain end-before-release")]
    Explain {
        /// Its name, which stands in brackets behind `error` or `warning`
        code: Option<String>,
    },
    Status(StatusArgs),
    Next(NextArgs),
    Diff(DiffArgs),
    Render(RenderArgs),
    Update(UpdateArgs),
    /// Take over what is recorded elsewhere: releases, or another project's schedule
    #[command(subcommand)]
    Import(ImportCommand),
    Mdbook(MdbookArgs),
    /// Look at the files of the default theme, and take a copy of one
    #[command(subcommand)]
    Theme(ThemeCommand),
    /// Print the JSON Schema of a file, for editors
    ///
    /// Editors that know it complete keys, show what they mean and mark what
    /// is wrong. Write it beside your files, and name it in a first line that
    /// taplo and the VS Code extension Even Better TOML understand:
    ///
    ///   #:schema ./schedule.schema.json
    ///
    /// It holds what can be said of each table by itself; `trainboard check`
    /// knows the rest, such as an end before a release.
    ///
    /// That of `board` is for programs that read what is published.
    #[command(
        verbatim_doc_comment,
        after_help = "Examples:
  trainboard schema > schedule.schema.json
  trainboard schema settings > trainboard.schema.json
  trainboard schema board > board.schema.json"
    )]
    Schema {
        /// Which file
        #[arg(value_enum, default_value = "schedule")]
        file: SchemaFile,
    },
    /// Print the completions of a shell
    #[command(after_help = "For bash, for example:
  trainboard completions bash > ~/.local/share/bash-completion/completions/trainboard")]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page, or write those of all commands into a folder
    #[command(after_help = "Examples:
  trainboard man | man -l -
  trainboard man --out ~/.local/share/man/man1")]
    Man {
        /// The folder to write to, with one page for each command; made if it is absent
        #[arg(long, short, value_name = "DIR")]
        out: Option<PathBuf>,
    },
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum SchemaFile {
    /// schedule.toml
    Schedule,
    /// trainboard.toml
    Settings,
    /// board.json, which trainboard writes
    Board,
}

/// What a board is made from.
#[derive(Debug, ClapArgs)]
pub(super) struct BoardArgs {
    /// The schedule to read, instead of that of trainboard.toml or schedule.toml
    #[arg(long, value_name = "FILE")]
    pub(super) schedule: Option<PathBuf>,
    /// The day to look at, instead of today in UTC
    ///
    /// Without it, the day of `SOURCE_DATE_EPOCH` counts, if that is set.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(super) date: Option<Day>,
}

/// Begin a project that builds at once
///
/// Writes a schedule with comments, settings and two pages into this folder, or
/// adds trainboard to the mdBook that is there. The days in the schedule are
/// made up, around today. No file that is there is ever replaced.
#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:
  trainboard init
  trainboard init --cadence six-weekly --ci github
  trainboard init --mdbook")]
pub(super) struct InitArgs {
    /// How often a new version comes out; asked for on a terminal, else monthly
    #[arg(long, value_name = "C")]
    pub(super) cadence: Option<Cadence>,
    /// What the project is called, instead of the name of its folder or book
    #[arg(long)]
    pub(super) name: Option<Label>,
    /// Add trainboard to the book of this folder's book.toml
    ///
    /// The one file that is there and changes: a table is added at its end.
    #[arg(long)]
    pub(super) mdbook: bool,
    /// Add what checks every change, and publishes on the days of a change
    ///
    /// In a project that is there already, nothing else is added.
    #[arg(long, value_enum, value_name = "HOST")]
    pub(super) ci: Option<Host>,
    /// The day around which the schedule's days lie, instead of today in UTC
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(super) date: Option<Day>,
}

#[derive(Debug, Subcommand)]
pub(super) enum ThemeCommand {
    /// List the files of the default theme, and which of them are yours
    List,
    /// Copy a file of the default theme into the project, where it replaces the default
    #[command(after_help = "Examples:
  trainboard theme eject page.html
  trainboard theme eject site.css")]
    Eject {
        /// Its name, as `theme list` has it
        name: String,
    },
}

/// Build the site
///
/// Renders the pages of content/ with the theme, the schedule's table and
/// chart in their places, and writes them to public/. Files that trainboard
/// did not write are never touched; a build that fails leaves the last one as
/// it was. On every day of one period it makes the same bytes.
#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:
  trainboard build
  trainboard build --date 2026-12-20 --out preview
  trainboard build --strict --base-url https://example.org/releases/")]
pub(super) struct BuildArgs {
    #[command(flatten)]
    pub(super) board: BoardArgs,
    /// The folder to write to, instead of that of trainboard.toml or public
    #[arg(long, short, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// Where the site is published; adds 404.html, sitemap.xml and canonical links
    #[arg(long, value_name = "URL")]
    pub(super) base_url: Option<BaseUrl>,
    /// Make warnings errors
    #[arg(long)]
    pub(super) strict: bool,
    /// Write to a folder that is not empty and was not made by trainboard
    ///
    /// It is adopted: nothing in it is deleted.
    #[arg(long)]
    pub(super) force: bool,
}

/// Preview the site while you write
///
/// Serves the site from memory to this machine, builds it again when a file
/// changes, and reloads the page where it was. What it shows is byte for byte
/// what `build` writes; nothing is written. An error is shown over the last good
/// page until it is mended. The bar above the page shows it as it will be on any
/// other day.
#[cfg(feature = "serve")]
#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:
  trainboard serve --open
  trainboard serve --date 2026-12-20
  trainboard serve --host 0.0.0.0 --port 3000 --poll")]
pub(super) struct ServeArgs {
    #[command(flatten)]
    pub(super) board: BoardArgs,
    /// The port to listen at; if it is taken, the next that is free
    #[arg(long, short, value_name = "N", default_value_t = 8000)]
    pub(super) port: u16,
    /// The address or name to listen at, instead of this machine alone
    #[arg(long, value_name = "HOST")]
    pub(super) host: Option<String>,
    /// Open the preview in the browser
    #[arg(long, short)]
    pub(super) open: bool,
    /// Look at the files twice a second, where the system does not tell of changes
    #[arg(long)]
    pub(super) poll: bool,
}

/// Find everything that is wrong, and write nothing
///
/// Looks at the schedule, the settings, the pages with their markers and
/// links, the templates and the other files, and reports all it finds in one
/// run. The exit code is 1 when there is an error. A finding that is true and
/// known is acknowledged where it stands: `allow` and `note` in the schedule.
#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:
  trainboard check
  trainboard check --strict --format github
  trainboard check --published https://example.org/releases/
  trainboard check --format json | jq -r '.[].code' | sort | uniq -c")]
pub(super) struct CheckArgs {
    #[command(flatten)]
    pub(super) board: BoardArgs,
    /// Compare what is published with what a build of today would make
    ///
    /// An address or a folder. The exit code is 1 when what readers see there is
    /// stale, and every train that is shown wrongly is named. Where the settings
    /// have no base URL, a site with a sitemap is taken to be built for this
    /// address.
    #[arg(long, value_name = "URL|DIR")]
    pub(super) published: Option<Published>,
    /// Where the site is published, if it was built with `--base-url`
    #[arg(long, value_name = "URL")]
    pub(super) base_url: Option<BaseUrl>,
    /// How to write what is found
    #[arg(long, value_enum, default_value = "human")]
    pub(super) format: CheckFormat,
    /// Make warnings errors
    #[arg(long)]
    pub(super) strict: bool,
    /// Make it an error that a planned day has come and nobody recorded a release
    ///
    /// For the job that publishes every day: it is told of what nobody wrote
    /// down, and no pull request fails for a day that came by itself.
    #[arg(long)]
    pub(super) due: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum CheckFormat {
    /// With the place in the text, for people
    Human,
    /// A line each
    Short,
    /// A list, for programs
    Json,
    /// Annotations of a GitHub workflow
    Github,
}

/// Show the board, or say whether a version is supported
///
/// Without VERSION: the trains that are supported, recent or next.
/// With VERSION, a train or any of its releases: whether it is supported on
/// that day and until when. The exit code is 0 if it is and 1 if it is not.
#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:
  trainboard status
  trainboard status 48.0.1
  trainboard status v24 --date 2028-05-01
  trainboard status --format json | jq '.trains[] | select(.supported) | .version'")]
pub(super) struct StatusArgs {
    #[command(flatten)]
    pub(super) board: BoardArgs,
    /// Show all trains from the first on
    #[arg(long, conflicts_with = "version")]
    pub(super) all: bool,
    /// Be content with extended support, which is paid for or partial
    #[arg(long, requires = "version")]
    pub(super) extended: bool,
    /// How to write it
    #[arg(long, value_enum, default_value = "text")]
    pub(super) format: StatusFormat,
    /// A train or a release, with or without `v`
    pub(super) version: Option<Version>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum StatusFormat {
    /// Columns for a terminal
    Text,
    /// A Markdown table
    Markdown,
    /// The public shape of a board
    Json,
}

/// List the coming days on which the docs change
///
/// On every other day, a build makes the same bytes as on the day before.
#[derive(Debug, ClapArgs)]
pub(super) struct NextArgs {
    #[command(flatten)]
    pub(super) board: BoardArgs,
    /// How many days to list
    #[arg(long, short = 'n', value_name = "N", default_value_t = 6, value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub(super) count: u16,
    /// How to write it
    #[arg(long, value_enum, default_value = "text")]
    pub(super) format: NextFormat,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum NextFormat {
    /// A line for each thing that happens
    Text,
    /// A list of days
    Json,
}

/// List what changes between two days
///
/// Every day after the first one and up to the second on which the docs change,
/// and what happens on it.
#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:
  trainboard diff --from 2026-11-20 --to 2027-01-31
  trainboard diff --from 2026-11-20 --to 2027-01-31 --format json | jq -r '.[].date'")]
pub(super) struct DiffArgs {
    /// The schedule to read, instead of that of trainboard.toml or schedule.toml
    #[arg(long, value_name = "FILE")]
    pub(super) schedule: Option<PathBuf>,
    /// The day before the first change that is told
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(super) from: Day,
    /// The last day whose changes are told
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(super) to: Day,
    /// How to write it
    #[arg(long, value_enum, default_value = "text")]
    pub(super) format: NextFormat,
}

/// Write one view of the board
#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:
  trainboard render gantt -o chart.svg
  trainboard render board -o docs/board.html
  trainboard render style --theme-selector 'html.dark' -o docs/trainboard.css
  trainboard render table --format markdown --columns version,status,end
  trainboard render value --name current.version
  trainboard render values --format json -o data/versions.json
  trainboard render badge --name lts -o docs/badge-lts.svg")]
pub(super) struct RenderArgs {
    #[command(flatten)]
    pub(super) board: BoardArgs,
    /// What to write
    #[arg(value_enum)]
    pub(super) view: RenderView,
    /// How to write it, where the view has several ways
    #[arg(long, value_enum)]
    pub(super) format: Option<ViewFormat>,
    /// The columns of a table: version, status, branch, release, phases, end, latest, or a milestone
    #[arg(long, value_name = "A,B,C")]
    pub(super) columns: Option<String>,
    /// Which pages the chart is for, as a file of its own [default: auto]
    #[arg(long, value_name = "SCHEME", value_parser = one_of::<Scheme>())]
    pub(super) scheme: Option<Scheme>,
    /// Draw so much before and after the period, such as 6m (months), 1y or 90d
    #[arg(long, value_name = "SPAN")]
    pub(super) span: Option<String>,
    /// Which value, such as current.version; or which badge: current, supported or lts
    #[arg(long, value_name = "NAME")]
    pub(super) name: Option<String>,
    /// How to write values that are dates [default: long]
    #[arg(long, value_name = "FORM", value_parser = one_of::<DateForm>())]
    pub(super) date_form: Option<DateForm>,
    /// Whether a block of html has the style sheet in it [default: inline]
    #[arg(long, value_enum)]
    pub(super) style: Option<FragmentStyle>,
    /// Where the page is dark, as a selector of CSS, such as 'html.dark'
    ///
    /// Needed by sites alone that have a switch of their own and do not tell the
    /// browser of it, in `color-scheme`.
    #[arg(long, value_name = "SELECTOR")]
    pub(super) theme_selector: Option<ThemeSelector>,
    /// The product's file in a copy of endoflife.date's repository, to bring up to date
    #[arg(long, value_name = "FILE")]
    pub(super) from: Option<PathBuf>,
    /// The category of a product that endoflife.date does not have yet
    #[arg(long, value_name = "NAME", value_parser = categories(), conflicts_with = "from")]
    pub(super) category: Option<String>,
    /// Write to this file, and only when it would change
    ///
    /// Folders that are missing are made.
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
}

/// The categories of endoflife.date.
fn categories() -> PossibleValuesParser {
    PossibleValuesParser::new(endoflife::CATEGORIES.map(|(name, _)| name))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FragmentStyle {
    /// It has, for a page that knows nothing of it
    Inline,
    /// It has not: the page has that of `render style`
    None,
}

/// The words of a choice, as markers have them.
fn one_of<T: Choice + Send + Sync>() -> impl TypedValueParser<Value = T> {
    let chosen = |word: String| {
        let mut all = T::ALL.iter();
        let chosen = all.find(|(name, _)| *name == word);
        chosen
            .map(|(_, choice)| *choice)
            .ok_or("it is none of them")
    };
    PossibleValuesParser::new(T::ALL.iter().map(|(name, _)| *name)).try_map(chosen)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum RenderView {
    /// The table of supported versions (html, markdown, rst, text, json)
    Table,
    /// The chart (svg, a file of its own; html, to be put into a page)
    Gantt,
    /// What is supported, what to choose, what comes next (html, markdown, rst, text)
    Summary,
    /// Summary, chart and table (html)
    Board,
    /// The branches that a security fix goes to (text)
    Versions,
    /// One value: see --name (text)
    Value,
    /// All values, for the data of another generator (text, json, rst)
    Values,
    /// The milestones to come (html, markdown, rst, text)
    Milestones,
    /// The patch releases to come (html, markdown, rst, text)
    Patches,
    /// Which versions get security fixes, for a SECURITY.md (markdown, html, rst)
    Security,
    /// The public shape of the board (json)
    Json,
    /// The days of all trains, for calendars (ics)
    Calendar,
    /// What has come, for feed readers (atom)
    Atom,
    /// The product, as the API of endoflife.date has it (json)
    Api,
    /// The file of the product in endoflife.date's repository (markdown)
    ///
    /// With `--from`, the one that is there, its list of releases brought up to
    /// date; else a new one, of that `--category`.
    Endoflife,
    /// One answer as a small picture: see --name (svg)
    Badge,
    /// The style sheet of table and chart (css)
    Style,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ViewFormat {
    /// A block to be put into a page
    Html,
    /// A file of its own
    Svg,
    /// Markdown
    Markdown,
    /// Plain text
    Text,
    /// reStructuredText
    Rst,
    /// The shape that programs read
    Json,
    /// A style sheet
    Css,
    /// iCalendar
    Ics,
    /// Atom
    Atom,
}

/// Rewrite the pairs of markers in files
///
/// For files that are read as they are, such as a README on GitHub. What is
/// between a marker and its close is replaced: tables and summaries as
/// Markdown, values as text, the chart as a picture. All else in the file stays
/// as it is, byte for byte. In such a file every marker needs its close:
///
///   Use <!-- trainboard value current.version -->50.0.0<!-- /trainboard -->.
///
///   <!-- trainboard table -->
///   <!-- /trainboard -->
///
/// In a file .mdx a marker may be {/* trainboard table */} as well. In a file
/// .rst it is a line `.. trainboard table`, and becomes reStructuredText.
///
/// All files are read first; if anything is wrong, none is written.
#[derive(Debug, ClapArgs)]
#[command(
    verbatim_doc_comment,
    after_help = "Examples:
  trainboard update README.md
  trainboard update README.md SECURITY.md --chart docs/schedule.svg
  trainboard update README.md --chart docs/light.svg --dark-chart docs/dark.svg
  trainboard update README.md --check"
)]
pub(super) struct UpdateArgs {
    #[command(flatten)]
    pub(super) board: BoardArgs,
    /// The files to update
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    /// Write nothing; show the difference and exit with 1 if a file is stale
    #[arg(long)]
    pub(super) check: bool,
    /// Where to write the chart, an SVG, that the files show
    ///
    /// The files link to it by a relative path. Folders that are missing are
    /// made.
    #[arg(long, value_name = "FILE")]
    pub(super) chart: Option<PathBuf>,
    /// Where to write the chart once more, for dark pages
    ///
    /// Markdown then shows one or the other, as GitHub does where the reader asked
    /// for dark pages, and `--chart` is for light pages alone.
    #[arg(long, value_name = "FILE", requires = "chart")]
    pub(super) dark_chart: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(super) enum ImportCommand {
    /// Record the releases that a git repository has tags of
    ///
    /// The day of a release is that of its tag, in UTC: when an annotated tag was
    /// made, else that of the commit. Releases that the schedule lacks are added
    /// after those that it has; all else in the file stays as it is, byte for
    /// byte. A release that it has with another day is reported, not changed.
    #[command(after_help = "Examples:
  trainboard import git .
  trainboard import git ../wasmtime --dry-run
  trainboard import git . --pattern 'release-{version}' --check
  trainboard import git . --exclude nightly")]
    Git {
        /// A folder of the repository
        dir: PathBuf,
        /// How its tags are written
        #[arg(long, value_name = "PATTERN", default_value = "v{version}")]
        pattern: Pattern,
        /// Leave out tags with this text in their names; may be said again
        #[arg(long, value_name = "TEXT")]
        exclude: Vec<String>,
        #[command(flatten)]
        args: ImportArgs,
    },
    /// Record the releases that a changelog names
    ///
    /// Every heading that begins with a version is a release, on the day that it or
    /// the line below it names:
    ///
    ///   ## 1.2.3 - 2026-01-02
    ///   ## [1.2.3] - 2026-01-02
    ///   ## v1.2.3 (2026-01-02)
    ///
    ///   ## 1.2.3
    ///   Released 2026-01-02.
    ///
    /// What is unreleased or yanked is left out. Releases that the schedule lacks
    /// are added after those that it has; all else in the file stays as it is, byte
    /// for byte. A release that it has with another day is reported, not changed.
    #[command(
        verbatim_doc_comment,
        after_help = "Examples:
  trainboard import changelog CHANGELOG.md
  trainboard import changelog RELEASES.md --check"
    )]
    Changelog {
        /// The changelog, a Markdown file
        file: PathBuf,
        #[command(flatten)]
        args: ImportArgs,
    },
    /// Make a schedule of Node.js's, `schedule.json`
    ///
    /// A phase lasts until the next begins, and the day of an end is the first
    /// without support.
    #[command(after_help = "Get the file with:
  curl -O https://raw.githubusercontent.com/nodejs/Release/main/schedule.json

Examples:
  trainboard import node schedule.json
  trainboard import node schedule.json -o schedules/node.toml")]
    Node(OneFile),
    /// Make a schedule of Python's release data
    ///
    /// One of its files will do, and with both they are held against each other:
    /// the first has no days for the change from bug fixes to security fixes, the
    /// second has, and all releases. The second may also be the TOML from which
    /// Python makes it.
    #[command(after_help = "Get the files with:
  curl -O https://peps.python.org/api/release-cycle.json
  curl -O https://peps.python.org/api/python-releases.json

Examples:
  trainboard import python release-cycle.json
  trainboard import python release-cycle.json python-releases.json -o schedules/python.toml")]
    Python(TwoFiles),
    /// Make a schedule of a product of endoflife.date
    ///
    /// A train is supported while any of the ends that the site gives is not over,
    /// and the day of an end is the last with support. The older list, which does
    /// not say what the product is called, is read too.
    #[command(after_help = "Get a product with:
  curl -o ubuntu.json https://endoflife.date/api/v1/products/ubuntu/

Examples:
  trainboard import endoflife ubuntu.json
  trainboard import endoflife ubuntu.json -o schedules/ubuntu.toml --force")]
    Endoflife(OneFile),
    /// Make a schedule of Kubernetes's, `schedule.yaml`
    ///
    /// `eol.yaml` has the releases that have ended, and may be given beside it. The
    /// day of an end is the last with support.
    #[command(after_help = "Get the files with:
  base=https://raw.githubusercontent.com/kubernetes/website/main/data/releases
  curl -O $base/schedule.yaml -O $base/eol.yaml

Examples:
  trainboard import kubernetes schedule.yaml
  trainboard import kubernetes schedule.yaml eol.yaml -o schedules/kubernetes.toml")]
    Kubernetes(TwoFiles),
    /// Make a schedule of .NET's, `releases-index.json`
    ///
    /// The file has no days of release: what is out, is out since an unknown day.
    /// The day of an end is the last with support.
    #[command(after_help = "Get the file with:
  base=https://raw.githubusercontent.com/dotnet/core/main/release-notes
  curl -O $base/releases-index.json

Examples:
  trainboard import dotnet releases-index.json
  trainboard import dotnet releases-index.json -o schedules/dotnet.toml")]
    Dotnet(OneFile),
}

/// One file of somebody else's, and where the schedule made of it goes.
#[derive(Debug, ClapArgs)]
pub(super) struct OneFile {
    /// The file
    pub(super) file: PathBuf,
    #[command(flatten)]
    pub(super) new: NewArgs,
}

/// One or two such files.
#[derive(Debug, ClapArgs)]
pub(super) struct TwoFiles {
    /// The files, in any order
    #[arg(required = true, num_args = 1..=2, value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) new: NewArgs,
}

/// Where a new schedule goes.
#[derive(Debug, ClapArgs)]
pub(super) struct NewArgs {
    /// Up to which day the days of release in the file are facts, instead of today
    ///
    /// Later ones are plans. It counts where the file does not say of which day
    /// it is.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(super) as_of: Option<Day>,
    /// Write to this file, instead of stdout; folders that are missing are made
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Replace that file, if it is there and says something else
    #[arg(long, requires = "output")]
    pub(super) force: bool,
    /// What the project is called, instead of what the source calls it
    #[arg(long)]
    pub(super) name: Option<Label>,
}

/// What becomes of the releases that a schedule lacks.
#[derive(Debug, ClapArgs)]
pub(super) struct ImportArgs {
    /// The schedule to extend, instead of that of trainboard.toml or schedule.toml
    #[arg(long, value_name = "FILE")]
    pub(super) schedule: Option<PathBuf>,
    /// Write nothing; show the difference
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Write nothing; show the difference and exit with 1 if releases are missing
    #[arg(long, conflicts_with = "dry_run")]
    pub(super) check: bool,
}

/// Put table, chart and values into a book, as mdBook's preprocessor
///
/// mdBook runs it, with the book on stdin. Every marker in a chapter, such as
/// `<!-- trainboard board -->`, is replaced as it is in a site.
#[derive(Debug, ClapArgs)]
#[command(after_help = "In book.toml:
  [preprocessor.trainboard]
  command  = \"trainboard mdbook\"   # not needed where mdbook-trainboard is installed
  renderers = [\"html\"]
  schedule  = \"data/schedule.toml\"

More keys: date, style = \"none\", on-missing = \"warn\"")]
pub(super) struct MdbookArgs {
    #[command(subcommand)]
    pub(super) command: Option<MdbookCommand>,
}

#[derive(Debug, Subcommand)]
pub(super) enum MdbookCommand {
    /// Say by the exit code whether a book for this renderer may be changed unasked
    Supports {
        /// html, or any other
        renderer: String,
    },
}

// The program that mdBook looks for; its help is that of its arguments.
#[derive(Debug, Parser)]
#[command(name = "mdbook-trainboard", version, max_term_width = 90)]
pub(super) struct Preprocessor {
    #[command(flatten)]
    pub(super) args: MdbookArgs,
}
