//! Limits that say how many may come at once before they have a window, as `Limit::per_principal(30).burst(10).per_minute()`:
//! rustc would say no more than that there is no such method.

use super::{LimitWithoutWindow, uncounted::Sealed};

/// A burst of what has no window yet. No number is one: [`Limit::burst`](super::Limit::burst) stands behind the window.
#[diagnostic::on_unimplemented(
    message = "SA179: a limit has its window before its burst",
    label = "before the window",
    note = "write `.burst(…)` last, as in `Limit::per_principal(30).per_minute().burst(10)`"
)]
#[doc(hidden)]
pub trait Windowed {
    /// Makes sure that no other crate's type is one either.
    #[doc(hidden)]
    fn sealed(_: Sealed);
}

impl LimitWithoutWindow {
    /// Takes nothing that there is. Nobody knows what it returns, so that nothing is told of a window that follows.
    #[doc(hidden)]
    pub const fn burst<N: Windowed + Copy, T>(self, _: N) -> T {
        panic!()
    }
}
