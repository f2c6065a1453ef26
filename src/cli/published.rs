//! The `--published` of `trainboard check`.

use rayon::prelude::*;

use super::failure::Failure;
use super::today::Today;
use crate::check::published::{self, Compared};
use crate::diagnostic::Diagnostic;
use crate::input::published::Published;
use crate::output::SitePath;
use crate::site::{BaseUrl, Built};

/// The top of a published site, before the board of the day is known.
pub(super) struct SiteTop {
    site: Published,
    board: Option<Vec<u8>>,
    /// The address that it was built for, as far as that can be seen.
    pub(super) base_url: Option<BaseUrl>,
}

/// Looks at the top of a published site.
pub(super) fn look(site: &Published) -> Result<SiteTop, Failure> {
    let board = site.file(&path(published::BOARD)?)?;
    let base_url = match site {
        // A site that is built for an address has a map of its pages. Some
        // hosts refuse what they do not have.
        Published::Web(url) if matches!(site.file(&path("sitemap.xml")?), Ok(Some(_))) => {
            Some(url.clone())
        }
        _ => None,
    };
    Ok(SiteTop {
        site: site.clone(),
        board,
        base_url,
    })
}

fn path(text: &str) -> Result<SitePath, Failure> {
    SitePath::new(text).map_err(Failure::Usage)
}

/// Adds to the findings what readers see there that a build of the day would
/// not make; without a build, the board alone is looked at. Gives a line for
/// the console, and why files cannot be read.
pub(super) fn compare(
    top: &SiteTop,
    today: &Today,
    built: Option<&Built>,
    findings: &mut Vec<Diagnostic>,
) -> (Option<String>, Result<(), Failure>) {
    let place = &top.site;
    let compared = match board(top, today) {
        Ok(compared) => compared,
        Err(error) => {
            findings.push(error);
            return (None, Ok(()));
        }
    };
    let period = compared.as_ref().map(|compared| &compared.period);
    let line = period.map(|period| format!("the board at {place} {period}"));
    let stale = compared.map_or(Vec::new(), |compared| compared.findings);
    let read = if let Some(built) = built {
        files(place, built, !stale.is_empty())
    } else {
        let what = "only the board was looked at: what is wrong here comes first";
        let title = format!("of `{place}`, {what}");
        Ok(vec![Diagnostic::warning("not-compared", title)])
    };
    findings.extend(stale);
    (line, read.map(|found| findings.extend(found)))
}

/// What is said when there is no board to compare with.
pub(super) fn not_compared(top: &SiteTop, schedule_is_wrong: bool) -> Diagnostic {
    let place = &top.site;
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
fn board(top: &SiteTop, today: &Today) -> Result<Option<Compared>, Diagnostic> {
    let Some((schedule, board, date)) = today.main() else {
        return Ok(None);
    };
    let (name, place) = (published::BOARD, &top.site);
    let Some(text) = &top.board else {
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

/// What is wrong with the files of a site that say what a board says: they are
/// what a build of another day makes anew.
fn files(
    site: &Published,
    built: &Built,
    board_is_stale: bool,
) -> Result<Vec<Diagnostic>, Failure> {
    let paths = built.dated.par_iter();
    let files = paths.filter_map(|path| Some((path, built.output.get(path.as_str())?)));
    let found: Vec<Result<_, Failure>> = files
        .map(|(path, bytes)| {
            let there = site.file(path)?;
            let there = there.as_deref();
            Ok(published::file(path, there, bytes, board_is_stale))
        })
        .collect();
    // Of several that cannot be read, the first is told.
    let found: Vec<_> = found.into_iter().collect::<Result<_, _>>()?;
    Ok(found.into_iter().flatten().collect())
}
