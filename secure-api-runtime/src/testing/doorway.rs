//! The functions behind the macros of `made_up`. It takes no token and no request, so it is only there in builds with
//! debug assertions, and generated code is the only one that names it.

use std::{
    any::type_name,
    marker::PhantomData,
    net::{IpAddr, Ipv4Addr},
    sync::Arc,
};

use http::HeaderMap;
use serde_json::Value;

use super::bearer::{Bearer, TENANT, issuer_named};
use crate::{
    clock::Clock,
    identity::Caller,
    object::{
        Action, Authorized, CursorKey, Loading, Object, Page, Paging, Reader, Refused, Scoped,
        Sealing, Store, Unchecked, Writer,
    },
    observe::{RequestId, Trace, next_number},
    role::Roles,
    route::{RequestContext, Service},
    secret::{AppSecret, SecretBytes},
    token::unsigned,
    version::Versions,
};

/// The name of the operation where no route was called.
const OPERATION: &str = "testing";

/// A caller that is put together.
#[derive(Debug)]
pub struct MadeUp<R> {
    bearer: Bearer,
    roles: PhantomData<fn() -> R>,
}

impl<R: Roles> MadeUp<R> {
    /// Creates a caller with this role.
    pub fn new(role: R, subject: &str) -> Self {
        Self { bearer: Bearer::new(subject), roles: PhantomData }.role(role)
    }

    /// Adds a role.
    #[must_use]
    pub fn role(mut self, role: R) -> Self {
        self.bearer.role(role);
        self
    }

    /// Adds a scope.
    #[must_use]
    pub fn scope(mut self, scope: &str) -> Self {
        self.bearer.scope(scope);
        self
    }

    /// Sets the issuer.
    #[must_use]
    pub fn issuer(mut self, name: &str) -> Self {
        name.clone_into(&mut self.bearer.issuer);
        self
    }

    /// Sets the tenant.
    #[must_use]
    pub fn tenant(mut self, tenant: &str) -> Self {
        self.bearer.claim(TENANT, tenant.into());
        self
    }

    /// Sets a claim.
    #[must_use]
    pub fn claim(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.bearer.claim(name, value.into());
        self
    }

    /// Returns the caller.
    #[track_caller]
    pub fn caller(self) -> Caller<R> {
        let now = Clock::system().unix_seconds();
        let issuer = issuer_named(&self.bearer.issuer);
        match unsigned(&self.bearer.claims(now), issuer, R::TABLE, now) {
            Ok(identity) => Caller::new(Arc::new(identity)),
            Err(refusal) => panic!("no token could say that of {}: {refusal}", self.bearer.subject),
        }
    }
}

/// Makes up an object with the proof that it may be read, if the rule permits.
#[track_caller]
pub fn readable<T: Object>(object: T, caller: &Caller<T::Roles>) -> Authorized<T> {
    authorized(object, caller, Action::Read)
}

/// Makes up an object with its proof, if the rule permits.
#[track_caller]
pub fn authorized<T: Object>(
    object: T,
    caller: &Caller<T::Roles>,
    action: Action,
) -> Authorized<T> {
    match Authorized::prove(object, caller.shared_identity(), action) {
        Ok(authorized) => authorized,
        Err(Refused::Tenant) => panic!(
            "{} is of another tenant than {}: no handler would be called",
            type_name::<T>(),
            caller.subject()
        ),
        Err(Refused::Rule) => panic!(
            "the rule of {} denies {action:?} to {}: no handler would be called",
            type_name::<T>(),
            caller.subject()
        ),
    }
}

/// Creates the rows that a caller may list.
pub fn scoped<T: Object>(caller: &Caller<T::Roles>) -> Scoped<T> {
    Scoped::new(
        caller.shared_identity(),
        OPERATION,
        RequestId::of(&HeaderMap::new(), next_number()),
    )
}

/// Makes up the leave to load objects for a caller.
pub fn loading<R: Roles>(caller: &Caller<R>) -> Loading<R> {
    Loading::new(caller.clone())
}

/// Makes up the leave to load objects of `T` without their rule.
pub fn unchecked<T: Object>(caller: &Caller<T::Roles>) -> Unchecked<T> {
    Unchecked::new(caller.shared_identity())
}

/// Makes up the reading half of a store.
pub fn reader<S: Store>(store: S) -> Reader<S> {
    Reader::new(Arc::new(store))
}

/// Makes up the writing half of a store.
pub fn writer<S: Store>(store: S) -> Writer<S> {
    Writer::new(Arc::new(store))
}

/// Makes up a collaborator.
pub fn service<T: Send + Sync + 'static>(service: T) -> Service<T> {
    Service(Arc::new(service))
}

/// Makes up a page that is asked for.
#[track_caller]
pub fn paging<K>(size: usize, position: Option<K>) -> Paging<K> {
    assert!((1..=Page::<()>::MOST).contains(&size), "no caller can ask for {size} items");
    let key = CursorKey::of(&AppSecret::random());
    let sealing = Sealing {
        key: Arc::new(key),
        place: OPERATION,
        module: OPERATION,
        operation: OPERATION,
        principal: Default::default(),
    };
    Paging { size, position, sealing }
}

/// Creates a secret of bytes.
pub fn secret(bytes: impl Into<Vec<u8>>) -> SecretBytes {
    SecretBytes::made_up(bytes)
}

/// Creates the facts of a request.
pub fn request_context<V: Versions>(version: V) -> RequestContext {
    RequestContext {
        request_id: RequestId::of(&HeaderMap::new(), next_number()),
        trace: Trace::of(&HeaderMap::new(), next_number()),
        version: V::TABLE.versions[version.index()].segment,
        client: Some(IpAddr::V4(Ipv4Addr::LOCALHOST)),
    }
}
