//! The code of a module of routes: a constant beside it with what it states, the module itself, whose routes are
//! told where that constant is, and the name that stands for them all.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;

use super::{Around, policy::ModulePolicy};
use crate::{
    concern::{
        defaults::{self, constant},
        list::{self, Listed},
    },
    krate, path,
};

/// Expands the module. If it is `broken`, it has a mistake: its routes are still there, and nothing is asked of them.
pub(super) fn expand(policy: ModulePolicy, broken: bool) -> TokenStream {
    let ModulePolicy { module, prefix, excuse, defaults, listed, found, around, is_unimported } =
        policy;
    let private = path::private();
    let (ident, visibility) = (&module.ident, &module.visibility);
    let cfgs: Vec<_> =
        module.attributes.iter().filter(|attribute| attribute.path().is_ident("cfg")).collect();
    let name = ident.unraw().to_string();
    let constant = constant(ident);

    let broken = broken || around.as_ref().is_some_and(|around| around.broken);
    let beside = (!broken).then(|| {
        let outer = around.and_then(|around| around.defaults).unwrap_or_else(defaults::here);
        let imports = path::imports();
        let module = quote!(::core::concat!(::core::module_path!(), "::", #name));
        let value = defaults.expand(&module, &outer);
        let place = |span: Span| {
            let mut constant = constant.clone();
            constant.set_span(span);
            quote_spanned!(span=> #constant)
        };
        let check = defaults.check(&name, place);
        let told = prefix.as_ref().filter(|_| excuse.is_none());
        let spelling = told.and_then(|prefix| Some((prefix.span, prefix.unusual.as_ref()?)));
        let spelling = spelling.map(|(span, told)| {
            let (private, constant) = (path::private_at(span), place(span));
            quote_spanned! {span=>
                const _: () = #private::check_prefix_spelling(&#constant, #told);
            }
        });
        quote! {
            #(#cfgs)*
            #[doc(hidden)]
            #[allow(non_upper_case_globals, dead_code)]
            const #constant: #private::Defaults = {
                #imports
                #value
            };
            #(#cfgs)*
            const _: () = { #check #spelling };
        }
    });
    let around =
        Around { prefix, excuse, defaults: (!broken).then(|| quote!(super::#constant)), broken }
            .key();
    // Whoever renamed the crate says so once for a module.
    let named_crate = path::named_crate().map(|crate_path| {
        let key = Ident::new(krate::INHERITED, Span::call_site());
        quote!(, #key = #crate_path)
    });
    let around = quote!(#around #named_crate);
    let items = module.items.iter().filter(|item| !item.is_defaults());
    let items = items.map(|item| item.told(&around));
    let says = if broken { quote!(__p::Defaults::UNKNOWN) } else { quote!(super::#constant) };
    let said = defaults::said(&says, &private);
    let (attributes, inner) = (&module.attributes, &module.inner);
    // What `routes(…)` names is looked up where the attribute stands, like all that it says.
    let others = quote::format_ident!("__ROUTES_BESIDE_{}", ident.unraw());
    let (beside_routes, others) = if listed.is_empty() {
        (None, None)
    } else {
        let routes = listed.iter().map(Listed::expand);
        let beside = quote! {
            #(#cfgs)*
            #[doc(hidden)]
            #[allow(non_upper_case_globals)]
            const #others: &[#private::Listed] = {
                #[allow(unused_imports)]
                use #private::unless::*;
                &[#(#routes),*]
            };
        };
        (Some(beside), Some(quote!(super::#others)))
    };
    // Everything that it names was told of by one name.
    let imports = is_unimported.then(|| {
        quote!(
            #[allow(unused_imports)]
            use super::*;
        )
    });
    // What else it brings may be brought twice then.
    let quiet = is_unimported.then(|| quote!(#[allow(unused_imports)]));
    let group = list::expand_group(&found, others, &private);
    quote! {
        #beside
        #beside_routes
        #(#attributes)*
        #quiet
        #visibility mod #ident {
            #(#inner)*
            #imports
            #(#items)*
            #said
            #group
        }
    }
}
