//! What trainboard says of a schedule that is wrong, word by word.

use snapbox::{assert_data_eq, str};
use trainboard::diagnostic::Source;
use trainboard::{input, report};

/// Everything that is said of a schedule.
pub(crate) fn told(text: &str) -> String {
    let found = match input::schedule::parse(&Source::new("schedule.toml", text)) {
        Ok(read) => read.warnings,
        Err(diagnostics) => diagnostics,
    };
    let plain: Vec<_> = found.iter().map(report::plain).collect();
    plain.join("\n\n") + "\n"
}

/// Everything that is said of an example project with these tables.
fn of(rest: &str) -> String {
    told(&format!("[project]\nname = \"Example\"\n{rest}"))
}

const CADENCE: &str =
    "[cadence]\nanchor = { version = \"1.0.0\", date = 2024-01-20 }\nevery = \"1 month\"\n";

#[test]
fn an_end_before_the_release_comes_with_a_mend() {
    assert_data_eq!(
        of("[[train]]\nversion = \"1.0\"\nrelease = 2026-01-15\nend = 2025-01-15\n"),
        str![[r#"
error[end-before-release]: `1.0` reaches end of life before it is released
 --> schedule.toml:6:7
  |
5 | release = 2026-01-15
  |           ---------- released here
6 | end = 2025-01-15
  |       ^^^^^^^^^^ ends here
  |
help: if the year is a slip, write
  |
6 - end = 2025-01-15
6 + end = 2027-01-15
  |

"#]]
    );
}

#[test]
fn all_errors_of_a_file_are_told_in_one_run() {
    assert_data_eq!(
        told(
            "[project]\nname = \"Example\"\n[window]\nrecnet = 3\nupcoming = = 1\n[[train]]\nversion = 1.10\n[[train]]\nversion = \"2\"\nrelease = 2026-02-01\nend = 2026-01-01\n"
        ),
        str![[r#"
error[unknown-key]: `recnet` is not a known key
 --> schedule.toml:4:1
  |
4 | recnet = 3
  | ^^^^^^ not known here
  |
help: the nearest known key is
  |
4 - recnet = 3
4 + recent = 3
  |

error[syntax]: extra `=`, expected nothing
 --> schedule.toml:5:12
  |
5 | upcoming = = 1
  |            ^

error[syntax]: unexpected key or value, expected newline, `#`
 --> schedule.toml:5:14
  |
5 | upcoming = = 1
  |              ^

error[unquoted]: `version = 1.10` is a float, not a string
 --> schedule.toml:7:11
  |
7 | version = 1.10
  |           ^^^^ a string is wanted here
  |
help: quote it
  |
7 - version = 1.10
7 + version = "1.10"
  |

error[end-before-release]: `2` reaches end of life before it is released
  --> schedule.toml:11:7
   |
10 | release = 2026-02-01
   |           ---------- released here
11 | end = 2026-01-01
   |       ^^^^^^^^^^ ends here
   |
help: if the year is a slip, write
   |
11 - end = 2026-01-01
11 + end = 2027-01-01
   |

"#]]
    );
}

#[test]
fn an_empty_file_lacks_its_project() {
    assert_data_eq!(
        told(""),
        str![[r#"
error[missing-key]: `project` is missing
 --> schedule.toml:1:1
  |
1 |
  | ^ in this table

"#]]
    );
}

#[test]
fn a_time_of_day_is_refused() {
    assert_data_eq!(
        of("[[release]]\nversion = \"1.0\"\ndate = 2026-01-15T10:00:00Z\n"),
        str![[r#"
error[not-a-day]: `2026-01-15T10:00:00Z` has a time of day
 --> schedule.toml:5:8
  |
5 | date = 2026-01-15T10:00:00Z
  |        ^^^^^^^^^^^^^^^^^^^^ days only: everything here is a calendar day in UTC

"#]]
    );
}

#[test]
fn a_day_that_is_not_in_the_calendar_is_refused() {
    assert_data_eq!(
        of("[[release]]\nversion = \"1.0\"\ndate = \"2026-02-30\"\n"),
        str![[r#"
error[bad-value]: `2026-02-30` is not a day of the calendar
 --> schedule.toml:5:8
  |
5 | date = "2026-02-30"
  |        ^^^^^^^^^^^^ the value of `date`

"#]]
    );
}

#[test]
fn a_cadence_needs_an_anchor_and_a_step() {
    assert_data_eq!(
        of("[cadence]\nbump = \"mayor\"\n"),
        str![[r#"
error[missing-key]: `anchor` is missing
 --> schedule.toml:3:1
  |
3 | [cadence]
  | ^^^^^^^^^ in this table

error[missing-key]: `every` is missing
 --> schedule.toml:3:1
  |
3 | [cadence]
  | ^^^^^^^^^ in this table

error[unknown-value]: `bump` knows no `mayor`
 --> schedule.toml:4:8
  |
4 | bump = "mayor"
  |        ^^^^^^^ not known
  |
help: the nearest is
  |
4 - bump = "mayor"
4 + bump = "major"
  |

"#]]
    );
}

#[test]
fn a_cadence_of_no_time_is_refused() {
    assert_data_eq!(
        of("[cadence]\nanchor = { version = \"one\", date = 2024-01-20 }\nevery = \"0 days\"\n"),
        str![[r#"
error[bad-anchor]: the anchor's version `one` is not numbers parted by dots
 --> schedule.toml:4:22
  |
4 | anchor = { version = "one", date = 2024-01-20 }
  |                      ^^^^^ the first train
  |
help: write for example `anchor = { version = "1.0.0", date = 2026-01-20 }`

error[empty-cadence]: a cadence of no time makes every train at once
 --> schedule.toml:5:9
  |
5 | every = "0 days"
  |         ^^^^^^^^ no time at all
  |
help: write for example `every = "1 month"`

"#]]
    );
}

const FIRST: &str =
    "[[cadence]]\nanchor = { version = \"1.0\", date = 2024-01-20 }\nevery = \"1 month\"\n";

#[test]
fn a_cadence_goes_on_from_a_later_train() {
    for (anchor, said) in [
        (
            "version = \"1.0\", date = 2024-06-20",
            str![[r#"
error[bad-anchor]: `1.0` is no later train of the cadence that begins with `1.0`
 --> schedule.toml:7:22
  |
7 | anchor = { version = "1.0", date = 2024-06-20 }
  |                      ^^^^^ the first of this cadence

"#]],
        ),
        (
            "version = \"4.5\", date = 2024-06-20",
            str![[r#"
error[bad-anchor]: `4.5` is no later train of the cadence that begins with `1.0`
 --> schedule.toml:7:22
  |
7 | anchor = { version = "4.5", date = 2024-06-20 }
  |                      ^^^^^ the first of this cadence

"#]],
        ),
        (
            "version = \"four\", date = 2024-06-20",
            str![[r#"
error[bad-anchor]: the anchor's version `four` is not numbers parted by dots
 --> schedule.toml:7:22
  |
7 | anchor = { version = "four", date = 2024-06-20 }
  |                      ^^^^^^ the first of this cadence

"#]],
        ),
        (
            "version = \"4.0\", date = 2024-03-20",
            str![[r#"
error[bad-anchor]: `4.0` does not leave after the train before it, which leaves on 2024-03-20
 --> schedule.toml:7:36
  |
7 | anchor = { version = "4.0", date = 2024-03-20 }
  |                                    ^^^^^^^^^^ the first of this cadence

"#]],
        ),
    ] {
        let text = format!("{FIRST}[[cadence]]\nanchor = {{ {anchor} }}\nevery = \"1 year\"\n");
        assert_data_eq!(of(&text), said);
    }
}

#[test]
fn a_weekday_of_a_month_is_written_out() {
    let text = format!(
        "{FIRST}on = \"2nd tuesday\"\n[[channel]]\nname = \"A\"\nphases = [{{ name = \"B\", for = \"1 year\", round = \"week-end\" }}]\n"
    );
    assert_data_eq!(
        of(&text),
        str![[r#"
error[bad-value]: `2nd tuesday` is not a day of a month such as `second tuesday` or `last friday`
 --> schedule.toml:6:6
  |
6 | on = "2nd tuesday"
  |      ^^^^^^^^^^^^^ the value of `on`

error[bad-value]: `week-end` is not `month-end`, `quarter-end`, `year-end`, `month`, `quarter`, `year`, or such as `day 28`, `tuesday`, `second tuesday` or `second thursday of november`
 --> schedule.toml:9:49
  |
9 | phases = [{ name = "B", for = "1 year", round = "week-end" }]
  |                                                 ^^^^^^^^^^ the value of `round`

"#]]
    );
}

#[test]
fn a_channel_of_every_0th_train_is_refused() {
    assert_data_eq!(
        of("[[channel]]\nname = \"LTS\"\nevery = 0\n"),
        str![[r#"
error[empty-channel]: channel `LTS` takes every 0th train
 --> schedule.toml:5:9
  |
5 | every = 0
  |         ^ no number is a multiple of 0

"#]]
    );
}

#[test]
fn phases_that_make_no_sense_are_refused() {
    assert_data_eq!(
        of(&format!(
            "{CADENCE}[[channel]]\nname = \"Odd\"\nphases = [\n  {{ name = \"Beta\", level = \"pre\", for = \"1 month\" }},\n  {{ name = \"Now\", for = \"0 days\" }},\n  {{ name = \"Then\", from = 2026-01-01 }},\n  {{ name = \"Both\", for = \"1 month\", releases = 2 }},\n  {{ name = \"Unlevel\", level = \"long\" }},\n]\n"
        )),
        str![[r#"
error[pre-with-length]: phase `Beta` comes before the release and has a length
 --> schedule.toml:9:41
  |
9 |   { name = "Beta", level = "pre", for = "1 month" },
  |                                         ^^^^^^^^^ the release ends it
  |
help: leave out `for`: it runs from the branch to the release

error[no-length]: phase `Now` has no length
  --> schedule.toml:10:25
   |
10 |   { name = "Now", for = "0 days" },
   |                         ^^^^^^^^ ends as it begins

error[no-length]: phase `Then` has no length, and `Both` is to follow it
  --> schedule.toml:11:12
   |
11 |   { name = "Then", from = 2026-01-01 },
   |            ^^^^^^ until when
   |
help: add for example `for = "12 months"`

error[fixed-phase]: phase `Then` of a channel begins on a fixed day
  --> schedule.toml:11:27
   |
11 |   { name = "Then", from = 2026-01-01 },
   |                           ^^^^^^^^^^ the same day for every train
   |
help: give it a length with `for`, or move it to a `[[train]]`

error[two-lengths]: phase `Both` has two lengths
  --> schedule.toml:12:48
   |
12 |   { name = "Both", for = "1 month", releases = 2 },
   |                          --------- for a time  ^ until a newer train
   |
help: add `whichever = "later"` or `whichever = "earlier"`

error[unknown-value]: `level` knows no `long`
  --> schedule.toml:13:31
   |
13 |   { name = "Unlevel", level = "long" },
   |                               ^^^^^^ not known
   |
help: one of `pre`, `current`, `lts`, `maintenance`, `extended`

"#]]
    );
}

#[test]
fn phases_out_of_order_show_both() {
    assert_data_eq!(
        of(
            "[[train]]\nversion = \"1\"\nphases = [{ name = \"A\", from = 2026-02-01 }, { name = \"B\", from = 2026-01-01 }]\n"
        ),
        str![[r#"
error[phase-order]: phase `B` begins before the phase that it follows
 --> schedule.toml:5:67
  |
5 | phases = [{ name = "A", from = 2026-02-01 }, { name = "B", from = 2026-01-01 }]
  |                                ---------- follows this            ^^^^^^^^^^ begins here

"#]]
    );
}

#[test]
fn a_train_or_a_release_that_is_there_twice_shows_both() {
    assert_data_eq!(
        of(
            "[[train]]\nversion = \"24\"\n[[train]]\nversion = \"24\"\n[[release]]\nversion = \"24.1\"\ndate = 2026-01-01\n[[release]]\nversion = \"24.1\"\ndate = 2026-01-02\n"
        ),
        str![[r#"
error[duplicate-train]: train `24` is there twice
 --> schedule.toml:6:11
  |
4 | version = "24"
  |           ---- first here
5 | [[train]]
6 | version = "24"
  |           ^^^^ here again

error[duplicate-release]: release `24.1` is there twice
  --> schedule.toml:11:11
   |
 8 | version = "24.1"
   |           ------ first here
...
11 | version = "24.1"
   |           ^^^^^^ here again

"#]]
    );
}

#[test]
fn a_train_that_is_skipped_cannot_be_released() {
    assert_data_eq!(
        of(&format!(
            "{CADENCE}[[train]]\nversion = \"3.0.0\"\nskip = \"holidays\"\n[[release]]\nversion = \"3.0.0\"\ndate = 2024-03-20\n"
        )),
        str![[r#"
error[skipped-and-released]: train `3.0.0` is skipped, and `3.0.0` was released on it
  --> schedule.toml:8:8
   |
 8 | skip = "holidays"
   |        ^^^^^^^^^^ skipped here
 9 | [[release]]
10 | version = "3.0.0"
   |           ------- released here

"#]]
    );
}

#[test]
fn an_unknown_channel_names_the_nearest() {
    assert_data_eq!(
        of("[[channel]]\nname = \"Normal\"\n[[train]]\nversion = \"3\"\nchannel = \"Norml\"\n"),
        str![[r#"
error[unknown-channel]: train `3` is of a channel `Norml` that is not there
 --> schedule.toml:7:11
  |
7 | channel = "Norml"
  |           ^^^^^^^ no `[[channel]]` has this name
  |
help: the nearest is
  |
7 | channel = "Normal"
  |                +

"#]]
    );
}

#[test]
fn a_known_and_an_unknown_day_contradict_each_other() {
    assert_data_eq!(
        of(
            "[[train]]\nversion = \"3\"\nrelease = 2024-01-01\nreleased = true\nend = 2025-01-01\nended = true\n"
        ),
        str![[r#"
error[release-twice]: train `3` has a day for its release and says that none is known
 --> schedule.toml:6:12
  |
5 | release = 2024-01-01
  |           ---------- a known one
6 | released = true
  |            ^^^^ an unknown day
  |
help: leave out `released`: the day says it

error[end-twice]: train `3` has a day for its end and says that none is known
 --> schedule.toml:8:9
  |
7 | end = 2025-01-01
  |       ---------- a known one
8 | ended = true
  |         ^^^^ an unknown day
  |
help: leave out `ended`: the day says it

"#]]
    );
}

#[test]
fn a_recorded_day_and_an_unknown_one_contradict_each_other() {
    assert_data_eq!(
        of(
            "[[train]]\nversion = \"3\"\nreleased = true\n[[release]]\nversion = \"3.0\"\ndate = 2099-01-01\n"
        ),
        str![[r#"
error[release-twice]: train `3` has a day for its release and says that none is known
 --> schedule.toml:5:12
  |
5 | released = true
  |            ^^^^ an unknown day
...
8 | date = 2099-01-01
  |        ---------- a known one
  |
help: leave out `released`: the day says it

"#]]
    );
}

#[test]
fn odd_facts_are_warnings() {
    assert_data_eq!(
        of(
            "[[train]]\nversion = \"3\"\nrelease = 2024-01-10\nend = 2024-02-01\n[[train]]\nversion = \"4\"\nrelease = 2024-01-10\nend = 2024-01-10\nphases = [{ name = \"Current\" }]\n[[release]]\nversion = \"3.1\"\ndate = 2024-02-01\n[[release]]\nversion = \"3.2\"\ndate = 2024-02-02\n[[release]]\nversion = \"3.0.1\"\ndate = 2024-01-02\n[[release]]\nversion = \"9.0\"\ndate = 2024-01-02\n"
        ),
        str![[r#"
warning[end-on-release]: `4` ends on the day of its release
  --> schedule.toml:10:7
   |
 9 | release = 2024-01-10
   |           ---------- released here
10 | end = 2024-01-10
   |       ^^^^^^^^^^ ends here

warning[released-on-end]: `3.1` was released on 2024-02-01, the day train `3` ended
  --> schedule.toml:14:8
   |
14 | date = 2024-02-01
   |        ^^^^^^^^^^ this day
   |
help: if it is true, say why with a `note`, and write `allow = ["released-on-end"]`

warning[released-after-end]: `3.2` was released on 2024-02-02, after train `3` had ended on 2024-02-01
  --> schedule.toml:17:8
   |
17 | date = 2024-02-02
   |        ^^^^^^^^^^ this day
   |
help: if it is true, say why with a `note`, and write `allow = ["released-after-end"]`

warning[released-before-train]: `3.0.1` was released on 2024-01-02, before its train `3` left on 2024-01-10
  --> schedule.toml:20:8
   |
20 | date = 2024-01-02
   |        ^^^^^^^^^^ this day
   |
help: if it is true, say why with a `note`, and write `allow = ["released-before-train"]`

warning[no-train]: release `9.0` fits no train
  --> schedule.toml:22:11
   |
22 | version = "9.0"
   |           ^^^^^ no train is `9.0` or a prefix of it
   |
help: name the train that it rides on with `train`, or write one as `[[train]]`

"#]]
    );
}

#[test]
fn what_is_allowed_needs_a_known_code_and_a_reason() {
    assert_data_eq!(
        of(
            "[[train]]\nversion = \"3\"\n[[release]]\nversion = \"3.1\"\ndate = 2024-02-01\nallow = [\"released-late\"]\n"
        ),
        str![[r#"
error[allow-without-note]: a finding is allowed without a reason
 --> schedule.toml:8:9
  |
8 | allow = ["released-late"]
  |         ^^^^^^^^^^^^^^^^^ why is this so
  |
help: add a `note` that says why

"#]]
    );
}

#[test]
fn what_is_allowed_is_not_told() {
    assert_data_eq!(
        of(
            "[[train]]\nversion = \"3\"\nrelease = 2024-01-10\nend = 2024-02-01\n[[release]]\nversion = \"3.1\"\ndate = 2024-02-01\nallow = [\"released-on-end\"]\nnote = \"the last one\"\n"
        ),
        str![[r#"


"#]]
    );
}

#[test]
fn labels_have_limits() {
    assert_data_eq!(
        told(&format!(
            "[project]\nname = \"{}\"\nversion-label = \"v\\u0007\"\n",
            "x".repeat(201)
        )),
        str![[r#"
error[bad-value]: a text of 201 characters is longer than the limit of 200
 --> schedule.toml:2:8
  |
2 | ... = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
  |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the value of `name`

error[bad-value]: a text holds the control character U+0007
 --> schedule.toml:3:17
  |
3 | version-label = "v/u0007"
  |                 ^^^^^^^^^ the value of `version-label`

"#]]
    );
}

#[test]
fn an_address_must_be_one() {
    assert_data_eq!(
        of("[project.links]\nrelease = \"javascript:alert(1)\"\n"),
        str![[r#"
error[bad-value]: `javascript:alert(1)` is not an address that begins with `https://` or `http://`
 --> schedule.toml:4:11
  |
4 | release = "javascript:alert(1)"
  |           ^^^^^^^^^^^^^^^^^^^^^ the value of `release`

"#]]
    );
}

#[test]
fn a_wrong_type_says_what_is_wanted() {
    assert_data_eq!(
        of("[[channel]]\nname = [\"a\"]\nevery = \"12\"\n[[train]]\nversion = \"1\"\nended = 1\n"),
        str![[r#"
error[wrong-type]: `name` is an array
 --> schedule.toml:4:8
  |
4 | name = ["a"]
  |        ^^^^^ a string is wanted here

error[wrong-type]: `every` is a string
 --> schedule.toml:5:9
  |
5 | every = "12"
  |         ^^^^ a whole number is wanted here

error[wrong-type]: `ended` is an integer
 --> schedule.toml:8:9
  |
8 | ended = 1
  |         ^ `true` or `false` is wanted here

"#]]
    );
}

#[test]
fn what_really_happened_may_contradict_the_rules() {
    assert_data_eq!(
        of(
            "[cadence]\nanchor = { version = \"1.0\", date = 2024-01-20 }\nevery = \"1 month\"\nweekend = \"after\"\n[[release]]\nversion = \"1.0\"\ndate = 2024-01-20\n[[release]]\nversion = \"3.0\"\ndate = 2024-03-25\n"
        ),
        str![[r#"
warning[weekend-contradicted]: `1.0` was released on a weekend, which the cadence avoids
 --> schedule.toml:9:8
  |
9 | date = 2024-01-20
  |        ^^^^^^^^^^ a Saturday or Sunday

warning[gap]: train `2.0` has no release, and `3.0` after it has
  --> schedule.toml:11:11
   |
11 | version = "3.0"
   |           ^^^^^ the next that is recorded
   |
help: record its release, or skip it: `[[train]]` with `skip = "why"`

warning[released-late]: `3.0` was released 5 days after its plan of 2024-03-20
  --> schedule.toml:12:8
   |
12 | date = 2024-03-25
   |        ^^^^^^^^^^ this day
   |
help: say why with a `note`

"#]]
    );
}

#[test]
fn a_reason_or_an_allowance_silences_what_happened() {
    assert_data_eq!(
        of(
            "[cadence]\nanchor = { version = \"1.0\", date = 2024-01-20 }\nevery = \"1 month\"\nweekend = \"after\"\n[[train]]\nversion = \"2.0\"\nskip = \"holidays\"\n[[release]]\nversion = \"1.0\"\ndate = 2024-01-20\nallow = [\"weekend-contradicted\"]\nnote = \"in a hurry\"\n[[release]]\nversion = \"3.0\"\ndate = 2024-03-25\nnote = \"CI was down\"\n"
        ),
        str![[r#"


"#]]
    );
}

#[test]
fn a_channel_that_nothing_reaches_is_told() {
    assert_data_eq!(
        of(
            "[[channel]]\nname = \"Normal\"\n[[channel]]\nname = \"LTS\"\nevery = 12\n[[channel]]\nname = \"Named\"\n[[train]]\nversion = \"1\"\nchannel = \"Named\"\n"
        ),
        str![[r#"
warning[unreachable-channel]: channel `LTS` is never reached: `Normal` takes all its trains
 --> schedule.toml:6:8
  |
4 | name = "Normal"
  |        -------- comes first
5 | [[channel]]
6 | name = "LTS"
  |        ^^^^^ never reached
  |
help: put the special channels on top, and the one for all others last

"#]]
    );
}

#[test]
fn a_table_that_lacks_a_key_is_held_against_its_other_keys_too() {
    assert_data_eq!(
        of("[[train]]\nverison = \"1\"\nskp = \"why\"\n"),
        str![[r#"
error[missing-key]: `version` is missing
 --> schedule.toml:3:1
  |
3 | [[train]]
  | ^^^^^^^^^ in this table

error[unknown-key]: `verison` is not a known key
 --> schedule.toml:4:1
  |
4 | verison = "1"
  | ^^^^^^^ not known here
  |
help: the nearest known key is
  |
4 - verison = "1"
4 + version = "1"
  |

error[unknown-key]: `skp` is not a known key
 --> schedule.toml:5:1
  |
5 | skp = "why"
  | ^^^ not known here
  |
help: the nearest known key is
  |
5 | skip = "why"
  |   +

"#]]
    );
}

#[test]
fn an_empty_phase_says_what_emptied_it() {
    let help = |train: &str| {
        let told = of(train);
        let mut lines = told.lines().filter_map(|line| line.strip_prefix("help: "));
        lines.next().unwrap_or_default().to_owned()
    };
    let train = "[[train]]\nversion = \"1\"\nrelease = 2024-01-10\n";
    let phases = "phases = [{ name = \"A\", for = \"1 month\" }, { name = \"B\", for = \"1 month\" }, { name = \"C\", from = 2024-02-01 }]\n";
    assert_eq!(
        help(&format!("{train}{phases}")),
        "it would begin on 2024-02-10, and `C` begins on 2024-02-01: move one of them, or leave the phase out"
    );
    assert_eq!(
        help(&format!("{train}end = 2024-02-01\n{phases}")),
        "it would begin on 2024-02-10, and all support is over from 2024-02-01 on: move the `end`, or leave the phase out"
    );
    let late = "[[release]]\nversion = \"1.0.0\"\ndate = 2024-04-20\nnote = \"late\"\n";
    let channel = "[[channel]]\nname = \"Normal\"\nphases = [{ name = \"A\", for = \"1 month\" }, { name = \"B\", for = \"1 year\" }]\n";
    assert_eq!(
        help(&format!("{CADENCE}{channel}{late}")),
        "it would begin on 2024-04-20, and it is over from 2024-02-20 on: let it last longer, or leave the phase out"
    );
}

#[test]
fn what_is_allowed_and_not_found_is_told_unless_something_else_is_wrong() {
    let release = |date: &str, allow: &str| {
        format!(
            "[[train]]\nversion = \"1\"\nrelease = 2024-01-10\nend = 2024-02-01\n\
             [[release]]\nversion = \"1.1\"\ndate = {date}\nallow = [{allow}]\nnote = \"why\"\n"
        )
    };
    let late = "\"released-after-end\"";
    assert_eq!(of(&release("2024-02-02", late)), "\n");
    assert!(of(&release("2024-01-31", late)).starts_with("warning[idle-allow]"));
    let elsewhere = "\"date-differs\", \"overdue\"";
    assert_eq!(of(&release("2024-01-31", elsewhere)), "\n");
    let slip = release("2024-01-31", late) + "[window]\nrecnet = 3\n";
    assert!(!of(&slip).contains("idle-allow"));
}

#[test]
fn a_plan_that_is_missed_with_a_note_may_be_allowed_as_well() {
    let fact = |date: &str| {
        format!(
            "{CADENCE}[[release]]\nversion = \"1.0.0\"\ndate = {date}\nallow = [\"released-late\"]\nnote = \"why\"\n"
        )
    };
    assert_eq!(of(&fact("2024-01-25")), "\n");
    assert!(of(&fact("2024-01-20")).contains("[idle-allow]"));
}

#[test]
fn an_end_that_leaves_no_extended_support_says_how_ordinary_support_ends() {
    let of_train = |phases: &str| {
        of(&format!(
            "[[train]]\nversion = \"1\"\nrelease = 2024-01-10\nend = 2026-01-10\nphases = [{phases}]\n"
        ))
    };
    let cut = of_train(
        "{ name = \"Supported\", for = \"3 years\" }, { name = \"Paid\", level = \"extended\" }",
    );
    assert_data_eq!(
        cut,
        str![[r#"
warning[empty-phase]: phase `Paid` of `1` has no day left
 --> schedule.toml:7:61
  |
7 | phases = [{ name = "Supported", for = "3 years" }, { name = "Paid", level = "extended" }]
  |                                                             ^^^^^^ empty
  |
help: `end` is that of all support, extended or not: if it is ordinary support that is over from 2026-01-10 on, write no `end`, and `from = 2026-01-10` to this phase, among phases of the train's own

"#]]
    );
    let mended = "[[train]]\nversion = \"1\"\nrelease = 2024-01-10\nphases = [{ name = \"Supported\" }, \
         { name = \"Paid\", level = \"extended\", from = 2026-01-10 }]\n";
    assert_eq!(of(mended), "\n");
    let endless = of_train("{ name = \"Supported\" }, { name = \"Paid\", level = \"extended\" }");
    let help = "help: add for example `for = \"12 months\"`, or the day on which it ends as `from` to `Paid`";
    assert!(endless.contains(help), "{endless}");
}
