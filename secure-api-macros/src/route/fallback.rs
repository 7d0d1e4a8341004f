//! The placeholder for a route whose declaration has mistakes, so that they are the only errors.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{Type, ext::IdentExt, spanned::Spanned};

use super::{
    Verb,
    check::{Left, Remains},
    expand::key_span,
};
use crate::{
    broken, concern, path,
    signature::{Handler, is_unknown},
};

/// Expands the name as a type, with no operation behind it: what lists or links to the route still resolves.
pub(super) fn expand(
    verb: Verb,
    handler: &Handler,
    remains: &Remains<'_>,
    errors: Option<TokenStream>,
) -> TokenStream {
    if handler.is_method() && !handler.is_free_with_self() {
        return quote!(#errors #handler);
    }
    broken::note_route();
    let ident = handler.ident();
    let private = path::private();
    let kind = format_ident!("{verb:?}Verb");
    let keys = (0..remains.parameters.len()).map(|place| {
        let argument = remains.arguments.iter().find(|bound| bound.parameter == Some(place))?;
        if argument.is_told {
            return None;
        }
        // Whoever takes a borrow is told to take the value.
        let ty = match argument.ty {
            Type::Reference(borrow) => &borrow.elem,
            ty => ty,
        };
        let is_text = |ty: &Type| path::plain(ty).is_some_and(|name| name == "str");
        let ty = Some(ty).filter(|ty| !is_unknown(ty) && !is_text(ty))?;
        Some(quote_spanned! {ty.span()=>
            <#ty as #private::PathArgument<#private::#kind>>::Key
        })
    });
    let keys: Vec<_> = keys.collect();
    // Of which type a key is that no argument takes, nobody knows.
    broken::note_keyless(ident, keys.iter().any(Option::is_none));
    let key = match &keys[..] {
        [Some(key)] => key.clone(),
        keys => {
            let keys = keys.iter().flatten();
            quote_spanned!(key_span(&remains.arguments)=> (#(#keys),*))
        }
    };
    let left = remains.left.as_ref().map(|left| left_to_the_module(left, ident));
    let named = placeholder(ident, &private, &key);
    let code = quote!(#left #named);
    let route = super::named::expand(handler, code);
    let meant = remains.exchanged.map(|types| handler.exchanging(types));
    let meant = meant.or_else(|| handler.without_body());
    let meant = meant.or_else(|| remains.is_changed.then(|| handler.with_empty_body()));
    let handler = meant.as_ref().unwrap_or(handler);
    quote! {
        #errors
        // The handler counts as used: that it is not served is the mistake that was just reported.
        #[allow(dead_code, unused_mut, unused_variables)]
        #handler
        #route
    }
}

/// Expands the name alone, for a handler that cannot be there.
pub(super) fn without_handler(handler: &Handler) -> TokenStream {
    broken::note_route();
    let (ident, private) = (handler.ident(), path::private());
    let code = placeholder(ident, &private, &quote!(()));
    super::named::expand(handler, code)
}

/// Expands the checks of the decisions left to the module: one that is missing there too is a mistake beside the
/// others.
fn left_to_the_module(left: &Left, ident: &Ident) -> TokenStream {
    let Left { versions, access, defaults } = left;
    let (imports, name) = (path::imports(), ident.unraw().to_string());
    let defaults = defaults.clone().unwrap_or_else(concern::defaults::here);
    let check = quote_spanned! {ident.span()=>
        const _: () = __p::check_stated(#name, &__DEFAULTS, #versions, #access);
    };
    quote! {
        const _: () = {
            #imports
            const __DEFAULTS: __p::Defaults = #defaults;
            #check
        };
    }
}

/// Expands what a name has that stands for an operation, with none behind it.
fn placeholder(ident: &Ident, private: &TokenStream, key: &TokenStream) -> TokenStream {
    quote! {
        #[allow(dead_code)]
        impl #ident {
            #[doc(hidden)]
            pub const SA018_PUT_ROUTES_ABOVE_THE_MODULE: #private::Listed = &[];
            #[doc(hidden)]
            pub const _SECURE_API_SHOWN: #private::ShowingUnknown = #private::ShowingUnknown;
        }
        #[allow(dead_code)]
        impl #private::Endpoint for #ident {
            type Key = #key;
            const NAME: #private::OperationName =
                #private::OperationName::new(0, "", "", 0);
            const STEP: ::core::option::Option<&'static #private::Route> =
                ::core::option::Option::None;
            const ROUTE: &'static #private::Route = &#private::Route::UNSTATED;
        }
    }
}
