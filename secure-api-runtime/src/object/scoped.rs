//! The rows that a caller may list, and the pages made of them.

use std::{any::type_name, fmt, marker::PhantomData, sync::Arc};

use super::{Action, Authorized, Object, Page, Paging, Position, next::Next};
use crate::{
    identity::{Caller, Identity},
    observe::{Audited, Event, RequestId},
};

/// The rows of `T` that this caller may list, as the argument of a handler that lists.
///
/// [`scope`](Self::scope) goes into the query; [`page`](Self::page) asks the rule of each row again.
pub struct Scoped<T> {
    identity: Arc<Identity>,
    /// The operation's name, for the log.
    operation: &'static str,
    request_id: RequestId,
    audited: Audited,
    // A bound on the type itself would be an error at every place that names it, and not just at the argument.
    object: PhantomData<fn() -> T>,
}

impl<T> fmt::Debug for Scoped<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Scoped")
    }
}

impl<T: Object> Scoped<T> {
    pub(crate) fn new(
        identity: &Arc<Identity>,
        operation: &'static str,
        request_id: RequestId,
    ) -> Self {
        let identity = Arc::clone(identity);
        let audited = Audited::default();
        Self { identity, operation, request_id, audited, object: PhantomData }
    }

    /// Sets the stream that is told of rows which should not have been found.
    pub(crate) fn audited(self, audited: &Audited) -> Self {
        Self { audited: audited.clone(), ..self }
    }

    /// Returns the rows that may be listed, from [`Object::scope`].
    pub fn scope(&self) -> T::Scope {
        T::scope(&Caller::new(Arc::clone(&self.identity)))
    }

    /// Returns a page of rows that leaves, at most [`Page::MOST`] of them. A row that the rule denies is left out and
    /// the log is told, since the query should not have found it.
    pub fn page(&self, mut rows: Vec<T>) -> Page<Authorized<T>> {
        rows.truncate(Page::<T>::MOST);
        Page { items: self.prove(rows), next: Next::End, total: None }
    }

    /// Returns the same, and where the next page begins: see [`Paging`]. `position` says of the last row that is shown
    /// where it stands.
    pub fn paged<K: Position>(
        &self,
        paging: &Paging<K>,
        mut rows: Vec<T>,
        position: impl FnOnce(&T) -> K,
    ) -> Page<Authorized<T>> {
        let next = paging.cut(&mut rows, position);
        Page { items: self.prove(rows), next, total: None }
    }

    /// Returns the one row that a page of the caller's own things shows, such as `GET /me`, with its proof. A handler
    /// returns it as it is: `None`, and a row that the rule denies, are the same 404. Nothing is logged as a denial: to
    /// ask for one row by the caller's own id is no query that should have known better.
    ///
    /// ```
    /// # use secure_api::prelude::*;
    /// fn mine<T: Object>(scoped: &Scoped<T>, found: Option<T>) -> Option<Authorized<T>> {
    ///     scoped.one(found)
    /// }
    /// ```
    pub fn one(&self, row: Option<T>) -> Option<Authorized<T>> {
        Authorized::prove(row?, &self.identity, Action::Read).ok()
    }

    /// Returns the rows that the caller may read, each with its proof, for an answer that has other things in it too: a
    /// field that shows an object is `Authorized<…>`, or the resource is an object itself. As on a page, a row that the
    /// rule denies is left out, and the log is told.
    pub fn prove(&self, rows: Vec<T>) -> Vec<Authorized<T>> {
        let found = rows.len();
        let prove = |row| Authorized::prove(row, &self.identity, Action::Read).ok();
        let items: Vec<_> = rows.into_iter().filter_map(prove).collect();
        if items.len() < found {
            tracing::error!(
                target: "secure_api::security",
                event = "authz_fail",
                request_id = self.request_id.as_str(),
                operation = self.operation,
                object = type_name::<T>(),
                rows = found - items.len(),
                "a scoped query found rows that its caller may not read; they were left out"
            );
            self.audited.tell(&Event {
                event: "authz_fail",
                description: "a scoped query found rows that its caller may not read; they were left out",
                request_id: Some(self.request_id.as_str()),
                subject: self.audited.subject(self.identity.issuer(), self.identity.subject()),
                operation: Some(self.operation),
                count: Some((found - items.len()) as u64),
                ..Event::default()
            });
        }
        items
    }
}
