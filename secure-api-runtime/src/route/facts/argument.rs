//! The facts of one argument of a handler.

use std::any::TypeId;

use crate::{
    input::{Contents, Media, ObjectInfo, Reads, Texts},
    object::{Object, describe},
    role::RoleTable,
    shape::{ObjectShape, Shape},
};

/// The facts of an argument that the compiler checks.
#[derive(Debug, Clone, Copy)]
pub struct ArgumentFacts {
    /// `true` if it needs a caller, whatever its contents.
    pub needs_caller: bool,
    /// The role enum it speaks of.
    pub roles: Option<&'static RoleTable>,
    /// `true` if an owner's rule or a stated reason lets the caller name it.
    pub reasoned: bool,
    /// The form in which it reads the fields of an input.
    pub reads: Reads,
    /// The contents of that input.
    pub contents: Contents,
    /// `true` if an extractor of axum reads it.
    pub extractor: bool,
    /// `true` if it loads objects without their rule.
    pub unchecked: bool,
    /// `true` if it reads the request's body.
    pub takes_body: bool,
    /// `true` if there may be none.
    pub optional_body: bool,
    /// `true` if it proves who has sent the request's body.
    pub proves_body: bool,
    /// The bounds of that body, where it has no fields that have some.
    pub raw: Option<RawFacts>,
    /// The facts of its object, if it has one.
    pub object: Option<ObjectFacts>,
    /// The texts of a parameter of the path, if it is one.
    pub texts: Option<Texts>,
}

/// The facts of a body without fields that the compiler checks.
#[derive(Debug, Clone, Copy)]
pub struct RawFacts {
    /// The form that it is taken in.
    pub form: RawForm,
    /// The most bytes that its type has room for.
    pub most: usize,
}

/// The form that a body without fields is taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RawForm {
    /// Bytes in memory, of the media types that the route states.
    Bytes,
    /// Bytes in a file, of the media types that the route states.
    File,
    /// Text.
    Text,
}

/// The facts of an object that the compiler checks.
#[derive(Debug, Clone, Copy)]
pub struct ObjectFacts {
    /// `true` if the path names it.
    pub in_path: bool,
    /// `true` if its tenant is stated.
    pub tenanted: bool,
    /// Its type, for the inventory.
    pub describe: fn() -> ObjectInfo,
}

impl ObjectFacts {
    pub(crate) const fn of<T: Object>(in_path: bool) -> Self {
        Self { in_path, tenanted: T::TENANT.is_some(), describe: describe::<T> }
    }
}

impl ArgumentFacts {
    /// The facts of an argument that demands nothing.
    pub const PLAIN: Self = Self {
        needs_caller: false,
        roles: None,
        reasoned: true,
        reads: Reads::Freely,
        contents: Contents::NOTHING,
        extractor: false,
        unchecked: false,
        takes_body: false,
        optional_body: false,
        proves_body: false,
        raw: None,
        object: None,
        texts: None,
    };
}

/// The description of one argument of a handler.
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
    /// Header fields.
    Headers(ObjectShape),
    /// Cookies.
    Cookies(ObjectShape),
    /// The paging of a list: `size` and `cursor`.
    Paging,
    /// The body, and how it is written.
    Body {
        /// Its JSON form.
        shape: Shape,
        /// Its media type.
        media: Media,
        /// `true` if there may be none.
        optional: bool,
    },
    /// The body as it is, without fields.
    RawBody(RawFacts),
    /// A store, by type and name.
    Store(TypeId, &'static str),
    /// A collaborator, by type and name.
    Service(TypeId, &'static str),
    /// The client of another service, by type and name.
    #[cfg(feature = "client")]
    Upstream(TypeId, &'static str),
    /// The proof that a service signed the content, by the type and the name of its receiver.
    #[cfg(feature = "client")]
    Webhook(TypeId, &'static str),
    /// The caller, or what the caller may list.
    Caller,
    /// The facts of the request itself.
    Context,
    /// The sessions of browsers, one of which it may begin or end.
    Sessions,
    /// The sessions that the caller has.
    OpenSessions,
    /// The API keys, which it may make, by type and name.
    ApiKeys(TypeId, &'static str),
    /// The API keys, which it may list, by the type and the name of the whole.
    ApiKeyList(TypeId, &'static str),
    /// The tokens of the app's own users, which it may issue.
    Tokens,
    /// An extractor of axum's, by name.
    Extractor(&'static str),
    /// An extractor of axum's that reads the body, by name.
    BodyExtractor(&'static str),
}

impl ArgumentInfo {
    /// Describes a body that has to be there.
    pub(crate) const fn body(shape: Shape, media: Media) -> Self {
        Self::Body { shape, media, optional: false }
    }

    /// Returns `true` for what credentials of the app's own are made with.
    pub(crate) fn lets_in(self) -> bool {
        matches!(self, Self::Tokens | Self::Sessions | Self::ApiKeys(..))
    }
}
