//! The facts of one argument of a handler.

use std::any::{TypeId, type_name};

use crate::{
    input::{Contents, Media, Reads, Texts},
    object::Object,
    role::RoleTable,
    shape::{ObjectShape, Shape},
};

/// What the compiler checks of an argument.
#[derive(Debug, Clone, Copy)]
pub struct ArgumentFacts {
    /// Tells if it needs to know who is calling, whatever is in it.
    pub needs_caller: bool,
    /// The role enum it speaks of.
    pub roles: Option<&'static RoleTable>,
    /// Whether something says why the caller may name it: an owner's rule, or a reason in words.
    pub reasoned: bool,
    /// How it reads the fields of an input.
    pub reads: Reads,
    /// The contents of that input.
    pub contents: Contents,
    /// Whether it is read by an extractor that is not ours.
    pub extractor: bool,
    /// Whether it loads objects without their rule.
    pub unchecked: bool,
    /// Whether it reads the request's body.
    pub takes_body: bool,
    /// What it has of an object, if it has one.
    pub object: Option<ObjectFacts>,
    /// The texts of a parameter of the path, if it is one.
    pub texts: Option<Texts>,
}

/// What the compiler checks of an object.
#[derive(Debug, Clone, Copy)]
pub struct ObjectFacts {
    /// Whether the path names it.
    pub in_path: bool,
    /// Whether it says whose tenant's it is.
    pub tenanted: bool,
    /// Its type, for the inventory.
    pub describe: fn() -> ObjectInfo,
}

/// The implementation of an object: what it is, what finds it and where it is kept.
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
}

impl ObjectFacts {
    pub(crate) const fn of<T: Object>(in_path: bool) -> Self {
        Self { in_path, tenanted: T::TENANT.is_some(), describe: ObjectInfo::of::<T> }
    }
}

impl ObjectInfo {
    fn of<T: Object>() -> Self {
        Self {
            type_id: TypeId::of::<T>(),
            name: type_name::<T>(),
            key: type_name::<T::Key>(),
            store: type_name::<T::Store>(),
        }
    }
}

impl ArgumentFacts {
    /// Of an argument that is nobody's.
    pub const PLAIN: Self = Self {
        needs_caller: false,
        roles: None,
        reasoned: true,
        reads: Reads::Freely,
        contents: Contents::NOTHING,
        extractor: false,
        unchecked: false,
        takes_body: false,
        object: None,
        texts: None,
    };
}

/// What one argument of a handler is.
#[derive(Debug, Clone)]
pub enum ArgumentInfo {
    /// The object behind a path parameter.
    Object {
        /// Its type's name.
        name: &'static str,
        /// The JSON form of its key.
        key: Shape,
        /// The store it is loaded from, by type and name.
        store: (TypeId, &'static str),
    },
    /// The leave to load objects without their rule.
    Unchecked {
        /// Its type's name.
        name: &'static str,
        /// The store it is loaded from, by type and name.
        store: (TypeId, &'static str),
    },
    /// A path parameter that names nothing owned, and why.
    Unowned {
        /// Its JSON form.
        key: Shape,
        /// The reason stated.
        reason: &'static str,
    },
    /// The query parameters.
    Query(ObjectShape),
    /// Which page of a list: `size` and `cursor`.
    Paging,
    /// The body, and how it is written.
    Body(ObjectShape, Media),
    /// A store, by type and name.
    Store(TypeId, &'static str),
    /// A collaborator, by type and name.
    Service(TypeId, &'static str),
    /// The caller, or what the caller may list.
    Caller,
    /// What is known of the request itself.
    Context,
    /// An extractor of axum's, by name.
    Extractor(&'static str),
    /// An extractor of axum's that reads the body, by name.
    BodyExtractor(&'static str),
}
