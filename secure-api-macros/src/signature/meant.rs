//! Handlers with a mistake, as they were meant, so that it is the only one that is told.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::{FnArg, Pat, PatType, ReturnType, Type};

use super::{Handler, hidden, is_unknown};
use crate::{concern::link, path, source};

/// Returns the wrapper that a pattern takes off an argument whose type lacks it, as `Json` of `Json(order): Order`. That the type is no
/// alias of one is known of a type of this file alone.
pub(super) fn bare(argument: &PatType) -> Option<&Ident> {
    let Pat::TupleStruct(pattern) = &*argument.pat else { return None };
    let wrapper = &pattern.path.segments.last()?.ident;
    let name = path::plain(&argument.ty).filter(|name| *name != wrapper)?;
    let is_body = ["Cookies", "Form", "Headers", "Json", "Patch", "Query", "Upload"]
        .iter()
        .any(|body| wrapper == body);
    (is_body && source::is_type(name)).then_some(wrapper)
}

impl Handler {
    /// Returns the handler with two types of its arguments exchanged.
    pub(crate) fn exchanging(&self, types: [&Type; 2]) -> Self {
        let mut meant = self.clone();
        for argument in &mut meant.signature.inputs {
            if let FnArg::Typed(argument) = argument {
                let place = types.iter().position(|ty| **ty == *argument.ty);
                if let Some(place) = place {
                    *argument.ty = types[1 - place].clone();
                }
            }
        }
        meant
    }

    /// Returns the handler without its body, where that could not be compiled: it takes or returns an `impl Trait`, takes a
    /// borrow or `self`, or gives the address of no route.
    pub(crate) fn without_body(&self) -> Option<Self> {
        let is_hidden = self.result().and_then(hidden).is_some();
        let is_unknown = |argument: &FnArg| match argument {
            FnArg::Receiver(_) => true,
            FnArg::Typed(argument) => is_unknown(&argument.ty) || bare(argument).is_some(),
        };
        let takes_unknown = self.signature.inputs.iter().any(is_unknown);
        let names_routes =
            || link::unnamed(&self.body).is_none() && link::constructed(&self.body).is_none();
        if !is_hidden && !takes_unknown && names_routes() {
            return None;
        }
        let mut meant = self.with_empty_body();
        if is_hidden {
            meant.signature.output = ReturnType::Default;
        }
        if takes_unknown {
            let inputs = std::mem::take(&mut meant.signature.inputs);
            let is_typed =
                |input: &FnArg| matches!(input, FnArg::Typed(argument) if bare(argument).is_none());
            meant.signature.inputs = inputs.into_iter().filter(is_typed).collect();
        }
        Some(meant)
    }

    /// Returns `true` if the function takes `self`, and stands where nothing has one.
    pub(crate) fn is_free_with_self(&self) -> bool {
        self.is_method() && source::is_free_function(self.ident())
    }

    /// Returns the function with a body that says nothing.
    pub(crate) fn with_empty_body(&self) -> Self {
        self.with_empty_body_and(None)
    }

    /// Returns the function with a body that tells mistakes, and says nothing else.
    pub(crate) fn with_empty_body_and(&self, errors: Option<TokenStream>) -> Self {
        Self { body: quote!({ #errors loop {} }), ..self.clone() }
    }
}
