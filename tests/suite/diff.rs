//! `trainboard diff`: what changes between two days.

use snapbox::{assert_data_eq, str};

use crate::project::Project;
use crate::schedules::WASMTIME;

fn diff(arguments: &str) -> crate::project::Run {
    Project::with_schedule(WASMTIME).run(&format!("diff {arguments}"))
}

#[test]
fn changes_are_told_by_day_without_the_first_and_with_the_last() {
    assert_data_eq!(
        diff("--from 2026-12-05 --to 2027-01-05").succeeds(),
        str![[r#"
2026-12-20  52.0.0 is released
            support of 50.0.0 ends
            security check of 52.0.0
            53.0.0 enters the table
            49.0.0 leaves the table
2027-01-05  the branch of 53.0.0 is cut

"#]]
    );
}

#[test]
fn it_says_what_next_says() {
    let project = Project::with_schedule(WASMTIME);
    let next = project.run("next -n 4 --date 2026-11-20").succeeds();
    let diff = project.run("diff --from 2026-11-20 --to 2027-01-20");
    assert_eq!(diff.succeeds(), next);
}

#[test]
fn programs_get_a_list_of_days() {
    assert_data_eq!(
        diff("--from 2026-12-04 --to 2026-12-19 --format json").succeeds(),
        str![[r#"
[
  {
    "date": "2026-12-05",
    "changes": [
      {
        "train": "52.0.0",
        "kind": "branched",
        "words": "the branch of 52.0.0 is cut"
      }
    ]
  }
]

"#]]
    );
}

#[test]
fn a_branch_is_cut_only_where_there_is_one() {
    let out = "[project]\nname = \"Example\"\n\
        [[train]]\nversion = \"1\"\nended = true\n\
        [[release]]\nversion = \"1\"\ndate = 2024-01-10\n";
    assert_data_eq!(
        Project::with_schedule(out)
            .run("diff --from 2024-01-01 --to 2024-02-01")
            .succeeds(),
        str![[r#"
2024-01-10  1 is released
            1 enters the table

"#]]
    );
    let tested = "[project]\nname = \"Example\"\n\
        [[train]]\nversion = \"1\"\nbranch = 2024-02-01\nrelease = 2024-03-01\n\
        phases = [{ name = \"Beta\", level = \"pre\", from = 2024-01-10 }, { name = \"Supported\" }]\n\
        [[release]]\nversion = \"1\"\ndate = 2024-03-02\n";
    assert_data_eq!(
        Project::with_schedule(tested)
            .run("diff --from 2024-01-01 --to 2024-03-03")
            .succeeds(),
        str![[r#"
2024-01-10  1: the phase “Beta” begins
2024-02-01  the branch of 1 is cut
2024-03-02  1 is released

"#]]
    );
}

#[test]
fn days_of_one_period_differ_in_nothing() {
    assert_data_eq!(
        diff("--from 2026-11-20 --to 2026-12-04").succeeds(),
        str![[r#"
nothing changes from 2026-11-20 to 2026-12-04

"#]]
    );
    assert_eq!(
        diff("--from 2026-11-20 --to 2026-11-20 --format json").succeeds(),
        "[]\n"
    );
}

#[test]
fn days_in_the_wrong_order_are_bad_usage() {
    diff("--from 2026-12-05 --to 2026-12-04").fails(
        2,
        str![[r#"
error: `--to 2026-12-04` is before `--from 2026-12-05`

"#]],
    );
}

#[test]
fn centuries_are_too_much_to_tell() {
    diff("--from 2026-12-05 --to 9999-01-01").fails(
        2,
        str![[r#"
error: more than 1000 days bring a change between 2026-12-05 and 9999-01-01

"#]],
    );
}
