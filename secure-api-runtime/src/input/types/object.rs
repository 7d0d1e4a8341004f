//! An object as the inventory lists it. It stands here because an input may refer to one.

use std::any::TypeId;

use crate::role::RoleSet;

/// The implementation of an object: what it is, what finds it, where it is kept and whom its rule admits.
#[derive(Debug, Clone)]
pub struct ObjectInfo {
    /// Its type.
    pub type_id: TypeId,
    /// Its type's name.
    pub name: &'static str,
    /// The name of its key's type.
    pub key: &'static str,
    /// The name of its store's type.
    pub store: &'static str,
    /// The roles that its rule admits to what others own; `None` where the rule is written by hand.
    pub grants: Option<Grants>,
}

/// The roles that an object's rule admits to what others own, by what they do to it.
#[derive(Debug, Clone, Copy)]
pub struct Grants {
    /// The roles that may look at it.
    pub read: RoleSet,
    /// The roles that may make it for somebody.
    pub create: RoleSet,
    /// The roles that may change it.
    pub update: RoleSet,
    /// The roles that may remove it.
    pub delete: RoleSet,
}
