//! The stages of enforcement that are weakened, one at a time, to see that [`verify`](crate::testing::verify) notices.
//!
//! Only the script that measures this builds with `--cfg secure_api_weakened`, which is no feature: nothing that depends on this
//! crate can turn it on. Without it, and without debug assertions, the answer is a constant, and nothing of this is in a program.
//! The switch itself is beside the script and in no package, so what is published does not compile with that `cfg`.

#[cfg(all(secure_api_weakened, debug_assertions))]
#[path = "../../scripts/weakened.rs"]
mod switch;

#[cfg(all(secure_api_weakened, debug_assertions, feature = "testing"))]
pub(crate) use switch::shown_is_enough;

#[cfg(all(secure_api_weakened, debug_assertions))]
pub(crate) use switch::is;

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
