//! The days of a new schedule: some behind, some ahead, so that its first
//! board has a train that is supported and one that is to come.

use super::Cadence;
use crate::schedule::{Day, Length};

/// The days that the skeletons of a cadence ask for, by the names that they
/// have there; none when one would leave the calendar.
pub(super) fn of(cadence: Cadence, today: Day) -> Option<Vec<(&'static str, String)>> {
    let behind = |months| middle(today.before(Length::months(months))?);
    let ahead = |months| middle(today.after(Length::months(months))?);
    let later = |day: Day, days| day.after(Length::days(days));
    Some(match cadence {
        Cadence::Monthly => {
            let first = behind(3)?;
            let fact = first.off_the_weekend()?;
            vec![("first", first.to_string()), ("fact", fact.to_string())]
        }
        Cadence::SixWeekly => {
            let first = today.before(Length::days(15 * 7))?.off_the_weekend()?;
            let patch = later(first, 10)?;
            vec![("first", first.to_string()), ("patch", patch.to_string())]
        }
        Cadence::Yearly => {
            let first = behind(28)?;
            let long = first.after(Length::months(6 * 12))?;
            vec![
                ("first", first.to_string()),
                ("fact", first.off_the_weekend()?.to_string()),
                ("patch", later(first, 20)?.to_string()),
                ("long", month(long)),
            ]
        }
        Cadence::None => {
            let second = behind(8)?;
            vec![
                ("first", behind(20)?.to_string()),
                ("first-end", behind(2)?.to_string()),
                ("second", second.to_string()),
                ("patch", later(second, 20)?.to_string()),
                ("second-fixes", ahead(4)?.to_string()),
                ("second-end", month(ahead(10)?)),
                ("third", ahead(4)?.to_string()),
            ]
        }
    })
}

/// The fifteenth of a day's month.
fn middle(day: Day) -> Option<Day> {
    Day::new(day.year(), day.month(), 15)
}

/// `2026-11`
fn month(day: Day) -> String {
    format!("{:04}-{:02}", day.year(), day.month())
}
