//! The question if a type is an object, asked without a bound.

use std::{any::TypeId, marker::PhantomData};

use super::{
    again::{Load, load},
    projection::OwnerOf,
};
use crate::{
    identity::CallerId,
    object::Object,
    role::Roles,
    route::facts::{ArgumentFacts, ObjectFacts},
};

/// Asks of a concrete type whether it is an [`Object`]: the inherent constants are there only if it is, and
/// win over those of [`Unproven`].
#[derive(Debug)]
pub struct Probe<T>(PhantomData<T>);

impl<T: Object> Probe<T> {
    /// The function that says who owns it, if it has one.
    pub const OWNER: OwnerOf<T> = T::OWNER;
    /// `true`: it belongs to somebody.
    pub const OWNED: bool = true;
    /// `true` if nothing says whose tenant's it is.
    pub const UNTENANTED: bool = T::TENANT.is_none();
    /// The type of its key.
    pub const KEY: Option<fn() -> TypeId> = Some(TypeId::of::<T::Key>);
    /// The function that loads it by the text of its key.
    pub const LOAD: Option<Load<T>> = Some(load::<T>);
    /// The facts that the compiler checks.
    pub const FACTS: ArgumentFacts = ArgumentFacts {
        roles: Some(T::Roles::TABLE),
        object: Some(ObjectFacts::of::<T>(false)),
        ..ArgumentFacts::PLAIN
    };
}

/// The answer of [`Probe`] for a type that is no object.
pub trait Unproven<T> {
    /// Nobody owns it.
    const OWNER: Option<fn(&T) -> Option<&CallerId>> = None;
    /// `false`: it belongs to nobody.
    const OWNED: bool = false;
    /// `false`: it is of no tenant, and need not be.
    const UNTENANTED: bool = false;
    /// Nothing: it has no key.
    const KEY: Option<fn() -> TypeId> = None;
    /// Nothing: it cannot be loaded.
    const LOAD: Option<Load<T>> = None;
    /// The facts of a type without a rule.
    const FACTS: ArgumentFacts = ArgumentFacts::PLAIN;
}

impl<T> Unproven<T> for Probe<T> {}
