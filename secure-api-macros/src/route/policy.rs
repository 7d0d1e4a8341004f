//! The declaration as proved. Only the check makes one, and only this becomes code.

use proc_macro2::TokenStream;
use syn::Type;

use super::{Verb, options::Options};
use crate::{
    concern::{
        flow::Flow, if_match::IfMatch, limit, path::RoutePath, role::Access, version::Versions,
        view::ViewArm,
    },
    signature::Handler,
};

/// A declaration that holds as far as one item can tell.
pub(super) struct RoutePolicy<'a> {
    pub(super) verb: Verb,
    pub(super) handler: &'a Handler,
    pub(super) path: RoutePath,
    /// The versions; `None` takes the module's, and so do the next two.
    pub(super) versions: Option<Versions>,
    pub(super) access: Option<Access>,
    /// The limits; `None` takes the module's, or else the API's.
    pub(super) limits: Option<Vec<limit::LimitArm>>,
    /// The module's defaults as an expression; `None` lets the compiler look for them.
    pub(super) defaults: Option<TokenStream>,
    pub(super) flow: Flow,
    pub(super) views: Vec<ViewArm>,
    pub(super) if_match: Option<IfMatch>,
    pub(super) options: Options,
    pub(super) arguments: Vec<BoundArgument<'a>>,
    pub(super) result: &'a Type,
}

/// An argument, and the parameter of the path that it is bound to.
pub(super) struct BoundArgument<'a> {
    pub(super) name: Option<String>,
    pub(super) ty: &'a Type,
    pub(super) parameter: Option<usize>,
    /// Its type was told to be none: of which type its key is, nobody knows.
    pub(super) is_told: bool,
}
