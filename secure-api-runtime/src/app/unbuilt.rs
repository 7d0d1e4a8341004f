//! The bounds by which the compiler refuses an app that is not built, and names that are no list.

use std::{
    fmt,
    future::{Ready, ready},
};

use super::AppBuilder;
use crate::error::StartError;

/// Several names, of hosts or of origins.
#[diagnostic::on_unimplemented(
    message = "SA652: `{Self}` is no list of names",
    label = "not a list",
    note = "write them in brackets, as `.cors([\"https://app.example\"])` and `.hosts([\"shop.example\"])`"
)]
pub trait Names {
    /// Returns each.
    #[doc(hidden)]
    fn names(self) -> impl Iterator<Item = String>;
}

#[diagnostic::do_not_recommend]
impl<N: Into<String>, I: IntoIterator<Item = N>> Names for I {
    fn names(self) -> impl Iterator<Item = String> {
        self.into_iter().map(Into::into)
    }
}

/// An app that can be served on an address: none is, before it is built.
#[diagnostic::on_unimplemented(
    message = "SA653: the app is not built yet",
    label = "only a built app is served",
    note = "write `.build()?` before `.serve`"
)]
pub trait IsBuilt {}

/// An app before it is built, with the address it is to be served on.
#[derive(Debug)]
pub struct Unbuilt<A>(A);

impl AppBuilder {
    /// Serves nothing, since the app is not built: the compiler says so.
    #[doc(hidden)]
    pub fn serve<A>(self, _: A) -> Ready<Result<(), StartError>>
    where
        Unbuilt<A>: IsBuilt,
    {
        ready(Err(StartError(Vec::new())))
    }
}

impl fmt::Debug for AppBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AppBuilder").field("api", &self.api.name).finish_non_exhaustive()
    }
}
