//! How many random cases a property is tried with.

use proptest::prelude::*;

/// As many as asked for in the environment, else few enough for every day.
pub(crate) fn cases(usual: u32) -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").is_ok();
    let cases = if asked {
        ProptestConfig::default().cases
    } else {
        usual
    };
    ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}
