//! `defaults!` at the top of a file module, where an attribute cannot stand.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};

use crate::{
    broken,
    concern::{
        defaults::{self, Defaults},
        list,
    },
    diag::Diagnostics,
    key, keys, message, path,
};

pub(crate) fn defaults(keys: TokenStream) -> TokenStream {
    let mut diag = Diagnostics::new();
    let is_quiet = broken::is_named(&keys);
    let keys = key::keys_of(keys, &mut diag);
    let (prefixes, keys): (Vec<_>, Vec<_>) = keys.into_iter().partition(|key| key.is("prefix"));
    if let Some(prefix) = prefixes.first() {
        broken::note_prefix();
        let text = "a prefix cannot be stated here: nothing tells it to the routes of a file";
        let help = "write the whole path above each handler, or `#[routes(prefix = …)]` above a module with its items";
        diag.report(prefix.span(), &message::GRAMMAR, &[text, help]);
    }
    let keys = key::known_once(keys, keys::DEFAULTS, &mut diag);
    if keys.is_empty() && diag.is_empty() {
        let help = "write `version = …`, `role = …` or `limit = …`";
        diag.report(Span::call_site(), &message::GRAMMAR, &["`defaults!` says nothing", help]);
    }
    let stated = Defaults::parse(&keys, &mut diag);
    let listed = keys.iter().find(|key| key.is("routes")).map(|key| list::parse(key, &mut diag));
    let errors = diag.finish();
    let private = path::private();
    let group = listed.map(|listed| list::expand_group(&listed, None, &private));
    if errors.is_some() || is_quiet {
        let said = defaults::said(&quote!(__p::Defaults::UNKNOWN), &private);
        return quote!(#errors #said #group);
    }
    let value = stated.expand(&quote!(::core::module_path!()), &quote!(__p::Defaults::NONE));
    let said = defaults::said(&value, &private);
    let place = |span: Span| {
        let private = path::private_at(span);
        quote_spanned!(span=> <_DefaultsOfThisModule as #private::Says>::DEFAULTS)
    };
    let check = stated.check("this module", place);
    quote! {
        #said
        const _: () = { #check };
        #group
    }
}
