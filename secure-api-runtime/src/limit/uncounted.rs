//! Limits that do not say what is counted, as `Limit::per_minute(30)`: each is refused with what it could be.
//!
//! Of a function that is not there, rustc proposes the functions that return a `Limit`. That was `Limit::unlimited`, which
//! would compile.

use super::Limit;

/// A count that says what is counted. No number is one: [`Limit::per_principal`] and [`Limit::per_address`] say it.
#[diagnostic::on_unimplemented(
    message = "SA644: a limit says first what is counted",
    label = "counted of whom",
    note = "write `Limit::per_principal(600).per_minute()` in place of `Limit::per_minute(…)` for each caller, or `Limit::per_address(5).per_minute()` for each address"
)]
#[doc(hidden)]
pub trait Counted {
    /// Makes sure that no other crate's type is one either.
    #[doc(hidden)]
    fn sealed(_: Sealed);
}

/// A type that nobody else can name.
#[derive(Debug)]
pub struct Sealed;

/// The type of a limit by another name, so that rustc does not propose the function that returns it.
#[doc(hidden)]
pub trait Stated {
    /// `Limit`.
    type Limit;
}

impl Stated for Limit {
    type Limit = Self;
}

/// Functions that nothing can be given to. Of those that begin a limit nobody knows what they return, so that nothing is told
/// of a window that follows or does not. They are written out, because rustc shows the macro that makes one.
impl Limit {
    #[doc(hidden)]
    pub const fn per_second<N: Counted + Copy>(_: N) -> <Self as Stated>::Limit {
        Self::NOTHING
    }

    #[doc(hidden)]
    pub const fn per_minute<N: Counted + Copy>(_: N) -> <Self as Stated>::Limit {
        Self::NOTHING
    }

    #[doc(hidden)]
    pub const fn per_hour<N: Counted + Copy>(_: N) -> <Self as Stated>::Limit {
        Self::NOTHING
    }

    #[doc(hidden)]
    pub const fn per_day<N: Counted + Copy>(_: N) -> <Self as Stated>::Limit {
        Self::NOTHING
    }

    #[doc(hidden)]
    pub const fn per_user<N: Counted + Copy, T>(_: N) -> T {
        panic!()
    }

    #[doc(hidden)]
    pub const fn per_caller<N: Counted + Copy, T>(_: N) -> T {
        panic!()
    }

    #[doc(hidden)]
    pub const fn per_ip<N: Counted + Copy, T>(_: N) -> T {
        panic!()
    }

    #[doc(hidden)]
    pub const fn per_token<N: Counted + Copy, T>(_: N) -> T {
        panic!()
    }

    #[doc(hidden)]
    pub const fn new<N: Counted + Copy>(_: N) -> <Self as Stated>::Limit {
        Self::NOTHING
    }
}
