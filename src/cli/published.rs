//! The `--published` of `trainboard check`.

use rayon::prelude::*;

use super::failure::Failure;
use super::today::Today;
use crate::check::published::{self, Compared};
use crate::diagnostic::Diagnostic;
use crate::input::published::Published;
use crate::output::SitePath;
use crate::site::{BaseUrl, Built};

/// What stands at a place, before it is known what should.
pub(super) struct There {
    site: Published,
    board: Option<Vec<u8>>,
    /// The address that it was built for, as far as that can be seen.
    pub(super) base_url: Option<BaseUrl>,
}

/// What was found there.
#[derive(Default)]
pub(super) struct Verdict {
    pub(super) findings: Vec<Diagnostic>,
    /// `the board at public holds from 2026-11-20 until 2026-12-05`
    pub(super) line: Option<String>,
    /// Why nothing more was found.
    pub(super) failure: Option<Failure>,
}

impl From<Failure> for Verdict {
    fn from(failure: Failure) -> Self {
        Self {
            failure: Some(failure),
            ..Self::default()
        }
    }
}

impl From<Diagnostic> for Verdict {
    fn from(finding: Diagnostic) -> Self {
        Self {
            findings: vec![finding],
            ..Self::default()
        }
    }
}

/// Looks at the top of a published site.
pub(super) fn look(site: &Published) -> Result<There, Failure> {
    let board = site.file(&path(published::BOARD)?)?;
    let base_url = match site {
        // A site that is built for an address has a map of its pages. Some
        // hosts refuse what they do not have.
        Published::Web(url) if matches!(site.file(&path("sitemap.xml")?), Ok(Some(_))) => {
            Some(url.clone())
        }
        _ => None,
    };
    Ok(There {
        site: site.clone(),
        board,
        base_url,
    })
}

fn path(text: &str) -> Result<SitePath, Failure> {
    SitePath::new(text).map_err(|bad| Failure::Usage(bad.to_string()))
}

/// What readers see there that a build of the day would not make; without a
/// build, the board alone is looked at.
pub(super) fn verdict(there: &There, today: &Today, built: Option<&Built>) -> Verdict {
    let place = &there.site;
    let compared = match board(there, today) {
        Ok(compared) => compared,
        Err(error) => return error.into(),
    };
    let (mut findings, period) = match compared {
        Some(Compared { findings, period }) => (findings, Some(period)),
        None => (Vec::new(), None),
    };
    let mut failure = None;
    if let Some(built) = built {
        match files(&there.site, built, !findings.is_empty()) {
            Ok(found) => findings.extend(found),
            Err(error) => failure = Some(error),
        }
    } else {
        let what = "only the board was looked at: what is wrong here comes first";
        let title = format!("of `{place}`, {what}");
        findings.push(Diagnostic::warning("not-compared", title));
    }
    Verdict {
        findings,
        line: period.map(|period| format!("the board at {place} {period}")),
        failure,
    }
}

/// What is said when there is no board to compare with.
pub(super) fn not_compared(there: &There, schedule_is_wrong: bool) -> Diagnostic {
    let place = &there.site;
    if schedule_is_wrong {
        let title = format!("`{place}` was not looked at: what is wrong here comes first");
        Diagnostic::warning("not-compared", title)
    } else {
        let title = "there is no schedule to compare with what is published";
        Diagnostic::error("no-schedule", title)
    }
}

/// The board that the site is about, if it is about one, held against that of
/// the day.
fn board(there: &There, today: &Today) -> Result<Option<Compared>, Diagnostic> {
    let Some((schedule, board, date)) = today.main() else {
        return Ok(None);
    };
    let (name, place) = (published::BOARD, &there.site);
    let Some(text) = &there.board else {
        let title = format!("there is no `{name}` at `{place}`");
        let error = Diagnostic::error("not-published", title);
        return Err(error.help("name the top of a site that trainboard built"));
    };
    let row_of = |version: &_| schedule.row_of(version, date);
    published::board(text, board, row_of)
        .map(Some)
        .map_err(|why| {
            let title = format!("the `{name}` at `{place}` is no board: {why}");
            Diagnostic::error("not-published", title)
        })
}

fn files(
    site: &Published,
    built: &Built,
    board_is_stale: bool,
) -> Result<Vec<Diagnostic>, Failure> {
    let files = published::dated(&built.output, &built.dated);
    let found: Vec<Result<_, Failure>> = files
        .into_par_iter()
        .map(|(path, bytes)| {
            let there = site.file(path)?;
            Ok(published::file(
                path,
                there.as_deref(),
                bytes,
                board_is_stale,
            ))
        })
        .collect();
    // Of several that cannot be read, the first is told.
    let found: Vec<_> = found.into_iter().collect::<Result<_, _>>()?;
    Ok(found.into_iter().flatten().collect())
}
