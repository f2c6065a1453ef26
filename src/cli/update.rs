//! `trainboard update`

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::args::UpdateArgs;
use super::failure::Failure;
use super::{clock, print, saved, schedule_path};
use crate::input::{self, Original, ReadError};
use crate::markers::update::{self, Chart, Drawing, Drawn, Updated};
use crate::schedule::{Boards, ProjectBoard};
use crate::views::gantt::{self, Picture, Scheme};
use crate::{report, write};

/// A file as it is and as it should be.
struct File<'a> {
    path: &'a Path,
    old: String,
    new: String,
}

pub(super) fn run(args: &UpdateArgs) -> Result<(), Failure> {
    distinct(args)?;
    let path = schedule_path(args.board.schedule.as_deref())?;
    let all = input::projects::all(Path::new(""), &path, false)?;
    let originals: Vec<_> = args.files.iter().map(|path| input::read(path)).collect();
    let named = originals.iter().flatten();
    let named = named.flat_map(|original| update::schedules(&original.source));
    let named: Vec<_> = named.collect();
    if all.iter().next().is_none() && named.is_empty() {
        let shown = input::shown(&path);
        return Err(ReadError::Absent(format!("there is no `{shown}`")).into());
    }
    let all = all.read_files(Path::new(""), named)?;
    let boards = all.projects().at(clock::today(args.board.date)?)?;
    let files = files(args, originals, &boards)?;
    if args.check {
        check(&files)
    } else {
        save(&files)
    }
}

/// Refuses one path for two things.
fn distinct(args: &UpdateArgs) -> Result<(), Failure> {
    let mut charts = args.chart.iter().chain(&args.dark_chart);
    let both = charts.find(|chart| args.files.contains(chart));
    let shown = |path| input::shown(path);
    if let Some(both) = both {
        let title = format!(
            "`{}` cannot be both a file to update and the chart",
            shown(both)
        );
        return Err(Failure::Usage(title));
    }
    match &args.chart {
        Some(chart) if args.dark_chart.as_ref() == Some(chart) => Err(Failure::Usage(format!(
            "`{}` cannot be both the chart for light pages and that for dark ones",
            shown(chart)
        ))),
        _ => Ok(()),
    }
}

/// All files, or all that is wrong with any of them.
fn files<'a>(
    args: &'a UpdateArgs,
    originals: Vec<Result<Original, ReadError>>,
    boards: &Boards,
) -> Result<Vec<File<'a>>, Failure> {
    let mut files = Vec::new();
    let mut charts = Vec::new();
    let mut wrong = Vec::new();
    for (path, original) in args.files.iter().zip(originals) {
        match file(path, original, args, boards) {
            Ok((file, shown)) => {
                files.push(file);
                charts.extend(shown);
            }
            Err(Failure::Content(found)) => wrong.extend(found),
            Err(failure) => return Err(failure),
        }
    }
    if !wrong.is_empty() {
        return Err(Failure::Content(wrong));
    }
    if let Some(path) = &args.chart {
        // Before the pages, so that these never show what is not there.
        let dark = args.dark_chart.as_deref();
        let scheme = dark.map_or(Scheme::Auto, |_| Scheme::Light);
        files.insert(0, chart(path, &charts, boards, scheme)?);
        if let Some(path) = dark {
            files.insert(1, chart(path, &charts, boards, Scheme::Dark)?);
        }
    } else {
        let addresses: BTreeSet<_> = charts.iter().map(|chart| &chart.address).collect();
        for address in addresses {
            report::note(&format!(
                "the picture `{address}` stays as it is: `--chart` draws it anew"
            ));
        }
    }
    Ok(files)
}

fn file<'a>(
    path: &'a Path,
    original: Result<Original, ReadError>,
    args: &UpdateArgs,
    boards: &Boards,
) -> Result<(File<'a>, Vec<Chart>), Failure> {
    let original = original?;
    let address = |chart: &Option<PathBuf>| match chart {
        Some(chart) => Ok::<_, Failure>(Some(update::address(&absolute(path)?, &absolute(chart)?))),
        None => Ok(None),
    };
    let (chart, dark) = (address(&args.chart)?, address(&args.dark_chart)?);
    let picture = chart.as_deref().map(|address| Picture {
        address,
        dark: dark.as_deref(),
    });
    let updated = update::update(&original.raw, &original.source, boards, picture);
    let Updated { text: new, charts } = updated.map_err(Failure::Content)?;
    let old = original.raw;
    Ok((File { path, old, new }, charts))
}

fn absolute(path: &Path) -> Result<PathBuf, Failure> {
    std::path::absolute(path).map_err(|error| {
        let shown = input::shown(path);
        Failure::Machine(format!("`{shown}` cannot be found: {error}"))
    })
}

fn drawn<'a>(drawing: &Drawing, boards: &'a Boards) -> Option<&'a ProjectBoard> {
    match &drawing.of {
        Drawn::Project(id) => boards.of(id),
        Drawn::Schedule(path) => boards.of_file(path),
    }
}

fn chart<'a>(
    path: &'a Path,
    charts: &[Chart],
    boards: &Boards,
    scheme: Scheme,
) -> Result<File<'a>, Failure> {
    let drawing = update::drawing_of(charts)?;
    let Some((project, span)) = drawing.and_then(|d| Some((drawn(d, boards)?, d.span))) else {
        let shown = input::shown(path);
        let title = format!("no pair shows the chart `{shown}`: it needs `gantt` or `board`");
        return Err(Failure::Usage(title));
    };
    let old = match input::read(path) {
        Ok(original) => original.raw,
        Err(ReadError::Absent(_)) => String::new(),
        Err(error) => return Err(error.into()),
    };
    let new = gantt::svg_for(&project.board, span, scheme);
    Ok(File { path, old, new })
}

/// Shows what would change.
fn check(files: &[File<'_>]) -> Result<(), Failure> {
    let mut result = Ok(());
    for file in files {
        if file.old == file.new {
            saved(file.path, None);
        } else {
            result = Err(Failure::No);
            let shown = input::shown(file.path);
            report::note(&format!("{shown} is stale"));
            print(&report::difference(&shown, &file.old, &file.new))?;
        }
    }
    result
}

fn save(files: &[File<'_>]) -> Result<(), Failure> {
    let bytes = files.iter().map(|file| (file.path, file.new.as_bytes()));
    let changed = write::replace_all(&bytes.collect::<Vec<_>>())?;
    for (file, changed) in files.iter().zip(changed) {
        saved(file.path, changed.then_some("updated"));
    }
    Ok(())
}
