//! The switch of `scripts/weaken`, which stands outside of every package: what is published has none, whatever it is built with.

use std::{
    collections::BTreeSet,
    env,
    sync::{LazyLock, Mutex, PoisonError},
};

/// Returns `true` if the stage of this name is the one that is weakened.
pub(crate) fn is(stage: &'static str) -> bool {
    static STAGE: LazyLock<String> =
        LazyLock::new(|| env::var("SECURE_API_WEAKENED").unwrap_or_default());
    if STAGE.is_empty() {
        ASKED.lock().unwrap_or_else(PoisonError::into_inner).insert(stage);
    }
    *STAGE == stage
}

/// The stages that were asked while none was weakened. What is asked of no request changes no answer.
static ASKED: Mutex<BTreeSet<&str>> = Mutex::new(BTreeSet::new());

/// Writes the stages that were asked to the file that the script names; returns `true` where one is weakened, and the first route
/// that shows it is enough.
#[cfg(feature = "testing")]
pub(crate) fn shown_is_enough() -> bool {
    if let Ok(file) = env::var("SECURE_API_ASKED") {
        let asked = ASKED.lock().unwrap_or_else(PoisonError::into_inner);
        let lines: String = asked.iter().flat_map(|stage| [*stage, "\n"]).collect();
        // The script looks for the file, and ends where it is not there.
        let _ = std::fs::write(file, lines);
    }
    env::var("SECURE_API_WEAKENED").is_ok_and(|stage| !stage.is_empty())
}
