//! The `--published` of `trainboard check`.

use rayon::prelude::*;

use super::check::Boards;
use super::failure::Failure;
use crate::check::published;
use crate::diagnostic::Diagnostic;
use crate::input::published::{Place, Published};
use crate::output::SitePath;
use crate::site::Built;

/// What readers see there that a build of the board's day would not make.
pub(super) fn findings(
    place: &Place,
    boards: &Boards,
    built: &Built,
) -> Result<Vec<Diagnostic>, Failure> {
    let site = Published::at(place.clone());
    let mut findings = stale(&site, place, boards)?;
    if findings
        .iter()
        .any(|finding| finding.code == "not-published")
    {
        return Ok(findings);
    }
    let is_stale = !findings.is_empty();
    let files = published::dated(&built.output, &built.dated);
    let files: Result<Vec<_>, Failure> = files
        .into_par_iter()
        .map(|(path, bytes)| {
            let there = site.file(path)?;
            Ok(published::file(path, there.as_deref(), bytes, is_stale))
        })
        .collect();
    findings.extend(files?.into_iter().flatten());
    Ok(findings)
}

fn stale(site: &Published, place: &Place, boards: &Boards) -> Result<Vec<Diagnostic>, Failure> {
    let path = SitePath::new(published::BOARD);
    let path = path.map_err(|bad| Failure::Usage(bad.to_string()))?;
    let Some(there) = site.file(&path)? else {
        let title = format!("there is no `{path}` at `{place}`");
        let error = Diagnostic::error("not-published", title);
        let help = "name the top of a site that trainboard built";
        return Ok(vec![error.help(help)]);
    };
    published::board(&there, &boards.of_window, &boards.all).or_else(|why| {
        let title = format!("the `{path}` at `{place}` is no board: {why}");
        Ok(vec![Diagnostic::error("not-published", title)])
    })
}
