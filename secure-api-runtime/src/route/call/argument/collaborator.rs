//! The halves of a store, services, the clock and the revocations: a handler works with these besides the request.

use std::{
    any::{TypeId, type_name},
    marker::PhantomData,
    ops::Deref,
    sync::Arc,
};

use super::{Argument, Decoded};
use crate::{
    clock::Clock,
    error::Problem,
    identity::Revocations,
    object::{Reader, Store, Writer},
    route::{call::Context, facts::ArgumentInfo},
    verb::{ChangesState, SignsIn},
};

impl<V, S: Store> Argument<V> for Reader<S> {
    fn describe() -> ArgumentInfo {
        ArgumentInfo::Store(TypeId::of::<S>(), type_name::<S>())
    }

    fn decode(context: &mut Context) -> Result<Decoded<Self>, Problem> {
        Ok(Decoded::now(Reader::new(context.store()?)))
    }
}

impl<V: ChangesState, S: Store> Argument<V> for Writer<S> {
    fn describe() -> ArgumentInfo {
        ArgumentInfo::Store(TypeId::of::<S>(), type_name::<S>())
    }

    fn decode(context: &mut Context) -> Result<Decoded<Self>, Problem> {
        Ok(Decoded::now(Writer::new(context.store()?)))
    }
}

/// A collaborator that keeps no state of the API: a mailer, a client, a signer. Registered when the app is
/// built; an app without it does not start.
///
/// A [`Store`] is none: a service is handed out whole, also to handlers that only read.
#[derive(Debug)]
pub struct Service<T: ?Sized>(pub(crate) Arc<T>);

impl<T: ?Sized> Deref for Service<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

/// The type of an argument, asked if it hands out a [`Store`] whole: the inherent constant is there only if it does, and
/// wins over that of [`Collaborator`].
#[derive(Debug)]
pub struct Handed<A>(PhantomData<fn() -> A>);

impl<S: Store> Handed<Service<S>> {
    /// `true`: it is a store.
    pub const STORE: bool = true;
}

/// The answer of [`Handed`] for all other types.
pub trait Collaborator {
    /// `false`: it is no store.
    const STORE: bool = false;
}

impl<A> Collaborator for Handed<A> {}

impl<V, T: Send + Sync + 'static> Argument<V> for Service<T> {
    fn describe() -> ArgumentInfo {
        ArgumentInfo::Service(TypeId::of::<T>(), type_name::<T>())
    }

    fn decode(context: &mut Context) -> Result<Decoded<Self>, Problem> {
        Ok(Decoded::now(Self(context.service()?)))
    }
}

/// The app's clock: the one that tokens, limits and versions are judged by, so that a test moves all of them together.
impl<V> Argument<V> for Clock {
    fn describe() -> ArgumentInfo {
        ArgumentInfo::Context
    }

    fn decode(context: &mut Context) -> Result<Decoded<Self>, Problem> {
        Ok(Decoded::now(context.state.clock().clone()))
    }
}

/// The app's revocations, for handlers that sign somebody out.
impl<V: SignsIn> Argument<V> for Revocations {
    fn describe() -> ArgumentInfo {
        ArgumentInfo::Context
    }

    fn decode(context: &mut Context) -> Result<Decoded<Self>, Problem> {
        Ok(Decoded::now(context.argument::<Self>()?.of(&context.begun)))
    }
}
