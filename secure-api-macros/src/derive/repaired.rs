//! Types with mistakes that the compiler tells by itself: two members of one name, and borrows without a lifetime. The derives are shown
//! the type without them, and tell nothing more of it.

use std::{cell::RefCell, collections::BTreeSet};

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::{
    Data, DeriveInput, Fields, GenericArgument, Lifetime, PathArguments, Type,
    punctuated::Punctuated,
};

use crate::scope;

thread_local! {
    /// `true` while such a type is expanded.
    static REPAIRED: RefCell<bool> = const { RefCell::new(false) };
}

/// Expands a type without its repeated members, and with `'static` in the place of each lifetime that is missing.
pub(super) fn expand(
    input: &mut DeriveInput,
    expand: impl FnOnce(&DeriveInput) -> TokenStream,
) -> TokenStream {
    let repaired = match &mut input.data {
        Data::Struct(data) => repair(&mut data.fields),
        Data::Enum(data) => {
            let mut repaired = false;
            data.variants.iter_mut().for_each(|variant| repaired |= repair(&mut variant.fields));
            once(&mut data.variants, |variant| Some(variant.ident.to_string())) | repaired
        }
        Data::Union(_) => false,
    };
    scope::with(&REPAIRED, repaired, || expand(input))
}

/// Returns `true` if the type that is expanded was repaired, so that the compiler tells its mistake.
pub(super) fn is_repaired() -> bool {
    REPAIRED.with_borrow(|repaired| *repaired)
}

/// Returns the arm of a `match` for variants that were left out.
pub(super) fn rest() -> Option<TokenStream> {
    is_repaired().then(|| quote!(#[allow(unreachable_patterns)] _ => loop {},))
}

fn repair(fields: &mut Fields) -> bool {
    let mut repaired = false;
    for field in fields.iter_mut() {
        repaired |= own(&mut field.ty);
    }
    match fields {
        Fields::Named(named) => {
            once(&mut named.named, |field| field.ident.as_ref().map(ToString::to_string)) | repaired
        }
        Fields::Unnamed(_) | Fields::Unit => repaired,
    }
}

/// Leaves out what has the name of one before it.
fn once<T, P: Default>(all: &mut Punctuated<T, P>, name: impl Fn(&T) -> Option<String>) -> bool {
    let mut seen = BTreeSet::new();
    let count = all.len();
    let kept = std::mem::take(all)
        .into_iter()
        .filter(|one| name(one).is_none_or(|name| seen.insert(name)));
    *all = kept.collect();
    all.len() < count
}

/// Writes `'static` where a borrow has no lifetime.
fn own(ty: &mut Type) -> bool {
    match ty {
        Type::Reference(borrow) => {
            let repaired = borrow.lifetime.is_none();
            borrow.lifetime.get_or_insert_with(|| Lifetime::new("'static", Span::call_site()));
            own(&mut borrow.elem) | repaired
        }
        Type::Path(path) => {
            let mut repaired = false;
            for segment in &mut path.path.segments {
                let PathArguments::AngleBracketed(arguments) = &mut segment.arguments else {
                    continue;
                };
                for argument in &mut arguments.args {
                    if let GenericArgument::Type(ty) = argument {
                        repaired |= own(ty);
                    }
                }
            }
            repaired
        }
        Type::Tuple(tuple) => tuple.elems.iter_mut().fold(false, |repaired, ty| own(ty) | repaired),
        Type::Array(array) => own(&mut array.elem),
        Type::Slice(slice) => own(&mut slice.elem),
        Type::Paren(paren) => own(&mut paren.elem),
        _ => false,
    }
}
