//! The stages of enforcement that are weakened, one at a time, to see that [`verify`](crate::testing::verify) notices.
//!
//! Only the script that measures this builds with `--cfg secure_api_weakened`, which is no feature: nothing that depends on this
//! crate can turn it on. Without it, and without debug assertions, the answer is a constant, and nothing of this is in a program.

#[cfg(all(secure_api_weakened, debug_assertions))]
use std::{
    collections::BTreeSet,
    env, fs,
    sync::{LazyLock, Mutex, PoisonError},
};

/// Returns `true` if the stage of this name is the one that is weakened.
#[cfg(all(secure_api_weakened, debug_assertions))]
pub(crate) fn is(stage: &'static str) -> bool {
    static STAGE: LazyLock<String> =
        LazyLock::new(|| env::var("SECURE_API_WEAKENED").unwrap_or_default());
    if STAGE.is_empty() {
        ASKED.lock().unwrap_or_else(PoisonError::into_inner).insert(stage);
    }
    *STAGE == stage
}

/// The stages that were asked while none was weakened. What is asked of no request changes no answer.
#[cfg(all(secure_api_weakened, debug_assertions))]
static ASKED: Mutex<BTreeSet<&str>> = Mutex::new(BTreeSet::new());

/// Writes the stages that were asked to the file that the script names; returns `true` where one is weakened, and the first route
/// that shows it is enough.
#[cfg(all(secure_api_weakened, debug_assertions, feature = "testing"))]
pub(crate) fn shown_is_enough() -> bool {
    if let Ok(file) = env::var("SECURE_API_ASKED") {
        let asked = ASKED.lock().unwrap_or_else(PoisonError::into_inner);
        let lines: String = asked.iter().flat_map(|stage| [*stage, "\n"]).collect();
        // Without the file the script tries each stage.
        let _ = fs::write(file, lines);
    }
    env::var("SECURE_API_WEAKENED").is_ok_and(|stage| !stage.is_empty())
}

/// Returns `false`: every stage is as it is written.
#[cfg(not(all(secure_api_weakened, debug_assertions)))]
pub(crate) const fn is(_stage: &str) -> bool {
    false
}

/// Returns `false`: no stage is weakened.
#[cfg(all(not(all(secure_api_weakened, debug_assertions)), feature = "testing"))]
pub(crate) const fn shown_is_enough() -> bool {
    false
}
