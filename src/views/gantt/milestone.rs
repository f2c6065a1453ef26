//! The marks of milestones: small triangles below the bars, where no text is.

use super::svg::{Pair, Svg};
use super::time_range::TimeRange;
use crate::schedule::Row;
use crate::views::escape::Html;
use crate::views::text_metrics::{Px, px};

/// A milestone that a row marks.
pub(super) struct Milestone {
    /// Days since 1970-01-01.
    pub(super) day: i32,
    pub(super) name: String,
    pub(super) title: String,
}

impl Milestone {
    pub(super) fn is_within(&self, range: TimeRange) -> bool {
        (range.from..range.to).contains(&self.day)
    }
}

/// Half of the width of a mark, and its height.
const HALF: Px = px(3);
const HEIGHT: Px = px(4);

/// All milestones of a train that the schedule names, in order of time; those
/// on the day of its branch or its release are seen from its bars.
pub(super) fn of_train(row: &Row) -> Vec<Milestone> {
    let train = row.train();
    let drawn = [train.branch.when(), train.release.when()];
    let named = train.milestones.iter();
    let named = named.filter(|named| !drawn.contains(&Some(named.date)));
    let milestone = named.map(|named| Milestone {
        day: named.date.last_day().number(),
        name: named.name.name.to_string(),
        title: format!("{}: {}", named.name.name, named.date.in_short()),
    });
    milestone.collect()
}

/// Marks at those places, their tips at `top`; one that would touch the mark
/// before it is left out.
pub(super) fn lay_out<'a>(
    marks: impl Iterator<Item = (Px, &'a Milestone)>,
    top: Px,
    svg: &mut Svg,
) {
    let mut free = Px::MIN;
    for (x, milestone) in marks {
        if x - HALF >= free {
            free = x + HALF + px(1);
            mark((x, top), &milestone.title, svg);
        }
    }
}

/// One mark, with its tip.
pub(super) fn mark((x, top): (Px, Px), title: &str, svg: &mut Svg) {
    let [left, right] = [x - HALF, x + HALF].map(|x| Pair((x, top + HEIGHT)));
    let (tip, title) = (Pair((x, top)), Html(title));
    svg.element(format_args!(
        "<path class=\"tb-mark\" d=\"M{tip}L{right}L{left}Z\"><title>{title}</title></path>"
    ));
}
