//! Which day it is: the one place that reads the clock.

use std::time::{SystemTime, UNIX_EPOCH};

use super::failure::Failure;
use crate::report;
use crate::schedule::Day;

const SECONDS_A_DAY: u64 = 86_400;

/// The day that was asked for, else that of `SOURCE_DATE_EPOCH`, else today
/// in UTC. The time zone is never read.
pub(super) fn today(asked: Option<Day>) -> Result<Day, Failure> {
    if let Some(day) = asked {
        return Ok(day);
    }
    let clock = day_of(now())?;
    let Some(epoch) = source_date_epoch()? else {
        return Ok(clock);
    };
    let day = day_of(epoch)?;
    if day.number().abs_diff(clock.number()) > 1 {
        report::warning(&format!(
            "`SOURCE_DATE_EPOCH` says {day}, the clock says {clock}: the pages will say what holds on {day}"
        ));
    }
    Ok(day)
}

/// The same, asked again while time goes by, without saying anything.
#[cfg(feature = "serve")]
pub(super) fn still_today(asked: Option<Day>) -> Option<Day> {
    let epoch = source_date_epoch().ok()?;
    asked.or_else(|| day_of(epoch.unwrap_or_else(now)).ok())
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one function that reads the clock"
)]
fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| since.as_secs())
}

#[expect(
    clippy::disallowed_methods,
    reason = "the day is an input, and this is its edge"
)]
fn source_date_epoch() -> Result<Option<u64>, Failure> {
    let text = std::env::var("SOURCE_DATE_EPOCH").unwrap_or_default();
    if text.is_empty() {
        return Ok(None);
    }
    let title = format!("`SOURCE_DATE_EPOCH` is `{text}`, not a number of seconds");
    text.parse().map(Some).map_err(|_| Failure::Usage(title))
}

fn day_of(seconds: u64) -> Result<Day, Failure> {
    let number = i32::try_from(seconds / SECONDS_A_DAY).ok();
    let title = format!("{seconds} seconds after 1970 is past the year 9999");
    number
        .and_then(Day::from_number)
        .ok_or(Failure::Usage(title))
}
