//! The other operations that a route points its callers to.

use std::marker::PhantomData;

use super::{Endpoint, Route};
use crate::flow::OperationName;

/// A route by its name, or what stands in its place. That it is none is told where it is named, and not here again.
pub struct Named<E>(PhantomData<E>);

impl<E: Endpoint> Named<E> {
    /// The operation.
    pub const NAME: OperationName = E::NAME;
    /// Its facts.
    pub const ROUTE: &'static Route = E::ROUTE;
}

/// The fallback for a type that is no route: its constants lose against those of one that is.
pub trait Unnamed {
    /// No operation.
    const NAME: OperationName = OperationName::new(0, "", "", 0);
    /// No facts.
    const ROUTE: &'static Route = &Route::UNSTATED;
}

impl<E> Unnamed for Named<E> {}

/// Another operation that a route names.
#[derive(Debug, Clone, Copy)]
pub struct Link {
    /// The words by which it is named, as `Created::at`.
    pub by: &'static str,
    /// The operation.
    pub to: OperationName,
}
