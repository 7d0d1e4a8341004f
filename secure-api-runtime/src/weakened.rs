//! The stages of enforcement that are weakened, one at a time, to see that [`verify`](crate::testing::verify) notices.
//!
//! Only the script that measures this builds with `--cfg secure_api_weakened`, which is no feature: nothing that depends on this
//! crate can turn it on. Without it, and without debug assertions, the answer is a constant, and nothing of this is in a program.

/// Returns `true` if the stage of this name is the one that is weakened.
#[cfg(all(secure_api_weakened, debug_assertions))]
pub(crate) fn is(stage: &str) -> bool {
    use std::{env, sync::LazyLock};
    static STAGE: LazyLock<String> =
        LazyLock::new(|| env::var("SECURE_API_WEAKENED").unwrap_or_default());
    *STAGE == stage
}

/// Returns `false`: every stage is as it is written.
#[cfg(not(all(secure_api_weakened, debug_assertions)))]
pub(crate) const fn is(_stage: &str) -> bool {
    false
}
