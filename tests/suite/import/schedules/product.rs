//! Products of endoflife.date that nobody has: in the shape of the published
//! schema, with all that it allows.

use std::collections::HashSet;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};
use trainboard::diagnostic::Source;
use trainboard::import::{self, parse};
use trainboard::schedule::{Day, Version};

use super::{AS_OF, Support, boundaries, label, read_trusting, text};
use crate::cases::cases;
use crate::schedules::day;

/// One of the four ends of a cycle: not there, a day, or only a flag.
#[derive(Clone, Debug)]
enum End {
    Day(String),
    Flag(bool),
    /// Not eligible.
    Null,
}

fn date() -> impl Strategy<Value = String> {
    let odd = select(vec![
        "2026-08-21",
        AS_OF,
        "2026-08-23",
        "2024-02-29",
        "1999-12-31",
    ]);
    let any = (1995..2045_i32, 1..=12_u32, 1..=28_u32)
        .prop_map(|(year, month, day)| format!("{year}-{month:02}-{day:02}"));
    prop_oneof![1 => odd.prop_map(str::to_owned), 5 => any]
}

fn end() -> impl Strategy<Value = End> {
    prop_oneof![
        5 => date().prop_map(End::Day),
        3 => any::<bool>().prop_map(End::Flag),
        1 => Just(End::Null),
    ]
}

fn words() -> impl Strategy<Value = String> {
    let odd = select(vec![
        "Jammy <b>Jellyfish</b>",
        "a]]>b-->c",
        "a\"b\\c'd",
        "שלום",
        "🚂🚃",
        "%{version}{major}",
        "LTS",
        "1 (LTS)",
        "x (<span title=\"2027-01-01\">Upcoming</span> LTS)",
        "{{ x }}",
        "\t",
        "a\nb",
        "é",
        "e\u{301}",
        "# not a comment",
        "]]",
        "\u{202e}oops",
        "",
    ]);
    prop_oneof![odd.prop_map(str::to_owned), "[ -~]{1,30}", "\\PC{1,210}"]
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => (0..60_u32, 0..20_u32).prop_map(|(a, b)| format!("{a}.{b}")),
        2 => (0..60_u32).prop_map(|a| a.to_string()),
        1 => select(vec!["v1", "V1", "1.0.0", "se-3", "SE-3", "Se-3", "11-24h2-e", "2019 R2", "4.0/4.1", "0", "0.0", "-", " "])
            .prop_map(str::to_owned),
        1 => words(),
    ]
}

fn latest() -> impl Strategy<Value = Value> {
    let link = prop_oneof![
        Just(Value::Null),
        Just(json!("https://example.org/notes")),
        words().prop_map(Value::from),
    ];
    let name = prop_oneof![
        name(),
        (0..60_u32, 0..9_u32, 0..9_u32).prop_map(|(a, b, c)| format!("{a}.{b}.{c}"))
    ];
    let some = (name, option::of(date()), link)
        .prop_map(|(name, date, link)| json!({"name": name, "date": date, "link": link}));
    prop_oneof![1 => Just(Value::Null), 3 => some]
}

const KEYS: [(&str, &str); 4] = [
    ("isDiscontinued", "discontinuedFrom"),
    ("isEoas", "eoasFrom"),
    ("isEol", "eolFrom"),
    ("isEoes", "eoesFrom"),
];

/// A cycle with all four ends; which of them the product has is decided later.
/// `slip` turns a flag beside a day over, and says something of its own of
/// maintenance.
fn cycle() -> impl Strategy<Value = (Map<String, Value>, [End; 4], Option<bool>)> {
    let lts = (any::<bool>(), option::weighted(0.3, date()));
    let custom = prop_oneof![
        Just(Value::Null),
        words().prop_map(|word| json!({"chrome": word}))
    ];
    let ends = [end().boxed(), end().boxed(), end().boxed(), end().boxed()];
    let texts = (name(), words(), option::of(words()), date());
    (
        texts,
        lts,
        ends,
        latest(),
        custom,
        option::weighted(0.1, any::<bool>()),
    )
        .prop_map(
            |((name, label, codename, release), (is_lts, lts_from), ends, latest, custom, slip)| {
                let cycle = json!({
                    "name": name, "codename": codename, "label": label, "releaseDate": release,
                    "isLts": is_lts, "ltsFrom": lts_from, "latest": latest, "custom": custom,
                });
                let Value::Object(cycle) = cycle else {
                    unreachable!()
                };
                (cycle, ends, slip)
            },
        )
}

/// The columns that a product has, as flags and days. The schema has security
/// support in every product, and knows only of extended support that a cycle
/// may not be eligible for it.
fn complete(
    (mut cycle, ends, slip): (Map<String, Value>, [End; 4], Option<bool>),
    columns: [bool; 4],
) -> Value {
    let mut is_maintained = false;
    for (n, (end, (flag, from))) in ends.iter().zip(KEYS).enumerate() {
        if !columns[n] && n != 2 {
            continue;
        }
        let (is_over, day) = match end {
            End::Day(day) => (Some(day.as_str() < AS_OF), Some(day)),
            End::Flag(is_over) => (Some(*is_over), None),
            End::Null if n == 3 => (None, None),
            End::Null => (Some(false), None),
        };
        is_maintained |= is_over == Some(false);
        let is_over = match slip {
            Some(turned) if day.is_some() => is_over.map(|is_over| is_over != turned),
            _ => is_over,
        };
        cycle.insert(flag.to_owned(), json!(is_over));
        cycle.insert(from.to_owned(), json!(day));
    }
    cycle.insert(
        "isMaintained".to_owned(),
        json!(slip.unwrap_or(is_maintained)),
    );
    Value::Object(cycle)
}

prop_compose! {
    fn product()(
        name in words(),
        labels in [option::of(words()), option::of(words()), option::of(words()), option::of(words())],
        columns in any::<[bool; 4]>(),
        cycles in vec(cycle(), 0..25),
    ) -> Value {
        let [eoas, discontinued, eol, eoes] = labels;
        let releases: Vec<_> = cycles.into_iter().map(|cycle| complete(cycle, columns)).collect();
        json!({
            "schema_version": "1.2.1",
            "generated_at": format!("{AS_OF}T00:00:00+00:00"),
            "last_modified": format!("{AS_OF}T00:00:00+00:00"),
            "result": {
                "name": "made-up", "aliases": [], "label": name, "category": "os", "tags": ["os"],
                "versionCommand": null, "identifiers": [],
                "labels": {
                    "eoas": eoas, "discontinued": discontinued,
                    "eol": eol.unwrap_or_default(), "eoes": eoes,
                },
                "links": {"icon": null, "html": "https://example.org/", "releasePolicy": null},
                "releases": releases,
            },
        })
    }
}

/// An end as the site tells it: whether it is flagged as over, and its day.
type Told = (Option<bool>, Option<Day>);

/// What a cycle gives on a day, by what the site says. Ordinary support lasts
/// until `isEol`, and whatever is not over after that is extended; so is the
/// support of one that the site calls maintained though all of that is over.
fn expected(cycle: &Value, on: Day) -> Support {
    let known = |key: &str| cycle[key].as_str().map(day);
    let release = known("releaseDate");
    let ends = KEYS.map(|(flag, from)| (cycle[flag].as_bool(), known(from)));
    let is_only_maintained = cycle["isMaintained"] == true && ends.into_iter().all(is_over);
    let has_ended = ends.iter().all(|end| has_ended(*end, release));
    if has_ended && !is_only_maintained {
        // Over on every day, since nobody knows on which it was not.
        Support::Over
    } else if release.is_some_and(|release| on < release) {
        Support::NotYet
    } else if is_ordinary(&ends, release, on) {
        Support::Ordinary
    } else if is_only_maintained || has_support(&ends, release, on) {
        Support::Extended
    } else {
        Support::Over
    }
}

/// Whether it is over on the day of the site.
fn is_over((flag, from): Told) -> bool {
    match from {
        Some(from) => from < day(AS_OF),
        None => flag != Some(false),
    }
}

/// Whether it is over, and was so always as far as anybody knows.
fn has_ended((flag, from): Told, release: Option<Day>) -> bool {
    match from {
        Some(from) => release.is_some_and(|release| from < release),
        None => flag != Some(false),
    }
}

/// Whether an end that is not before the release is still to come.
fn is_to_come((_, from): Told, release: Option<Day>) -> bool {
    let from = from.filter(|from| release.is_none_or(|release| *from >= release));
    from.is_some_and(|from| from >= day(AS_OF))
}

/// What is open and has no day ends at the latest with what comes after it, if
/// that has a day to come.
fn is_ordinary(ends: &[Told; 4], release: Option<Day>, on: Day) -> bool {
    let [production, active, security, extended] = *ends;
    let is_in_life = |day: &Day| release.is_none_or(|release| *day >= release);
    match security.1.filter(is_in_life) {
        Some(last) => on <= last,
        None if security == (Some(false), None) => {
            !is_to_come(extended, release) || Some(on) <= extended.1
        }
        // Since when it is over, nobody knows: it was not, while other support
        // lasted that has ended by now.
        None => {
            let past = |end: &Told| end.1.is_some_and(|last| on <= last && last < day(AS_OF));
            [production, active].iter().any(past)
        }
    }
}

/// Whether there is support of any kind: while any end that has a day is not
/// over, or one that has none.
fn has_support(ends: &[Told; 4], release: Option<Day>, on: Day) -> bool {
    let is_open = ends.iter().enumerate().any(|(n, end)| {
        let bounded = ends[n + 1..].iter().any(|end| is_to_come(*end, release));
        *end == (Some(false), None) && !bounded
    });
    let mut days = ends.iter().filter_map(|(_, from)| *from);
    is_open || days.any(|from| on <= from)
}

/// The cycles that can be trains: of several that are written alike,
/// the oldest, which comes last.
fn trains(product: &Value) -> Vec<(Version, &Value)> {
    let releases = product["result"]["releases"].as_array().unwrap();
    let mut trains: Vec<(Version, &Value)> = Vec::new();
    for cycle in releases.iter().rev() {
        let Ok(version) = cycle["name"].as_str().unwrap().parse::<Version>() else {
            continue;
        };
        if !trains.iter().any(|(other, _)| *other == version) {
            trains.push((version, cycle));
        }
    }
    trains
}

#[track_caller]
fn holds(product: &Value) {
    let source = Source::new("made-up.json", product.to_string());
    let document = parse::json(&source).unwrap();
    let imported = import::endoflife::schedule(&document, &label("Made up")).unwrap();
    let trains = trains(product);
    assert_eq!(imported.draft.trains.len(), trains.len());
    let told = imported
        .reports
        .iter()
        .any(|report| report.title.contains("it is left out"));
    let schedule = read_trusting(imported);
    for (version, cycle) in &trains {
        let train = schedule.train_of(version).unwrap();
        assert_eq!(train.version.as_str(), version.as_str());
        for on in boundaries(cycle) {
            let support = Support::of(&train, on);
            assert_eq!(support, expected(cycle, on), "{on}: {cycle}\n{train:?}");
        }
    }
    let names: HashSet<_> = trains.iter().map(|(version, _)| version.as_str()).collect();
    let left_out = product["result"]["releases"].as_array().unwrap().len() - names.len();
    assert!(left_out == 0 || told);
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn any_product_is_imported_and_supported_when_the_site_says_so(product in product()) {
        holds(&product);
    }

    #[test]
    fn a_product_without_days_of_release_is_out(mut product in product()) {
        for cycle in product["result"]["releases"].as_array_mut().unwrap() {
            cycle["releaseDate"] = Value::Null;
        }
        holds(&product);
    }
}

/// The schema is one of JSON for all that is used here.
#[test]
fn the_products_that_are_made_up_are_of_the_published_shape() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;

    let file = text("endoflife-api-v1-openapi.yml");
    let (_front_matter, schema) = file.split_once("\n---\n").unwrap();
    let mut schema: Value = serde_saphyr::from_str(schema).unwrap();
    schema["$ref"] = json!("#/components/schemas/ProductResponse");
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    let mut runner = TestRunner::deterministic();
    for _ in 0..40 {
        let product = product().new_tree(&mut runner).unwrap().current();
        let errors: Vec<_> = validator
            .iter_errors(&product)
            .map(|error| error.to_string())
            .collect();
        assert!(errors.is_empty(), "{errors:?}");
    }
}
