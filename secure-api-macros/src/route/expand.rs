//! The code of a route: its name as a type, one descriptor, the handler's call, and the checks that only the
//! compiler can make, each at the token it is about.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;

use super::policy::{Bound, RoutePolicy};
use crate::{concern, path};

pub(super) fn expand(policy: &RoutePolicy<'_>) -> TokenStream {
    let RoutePolicy { verb, handler, path, versions, access, limits, views, arguments, result } =
        policy;
    let private = path::private();
    let (visibility, ident) = (&handler.visibility, handler.ident());
    let name = ident.to_string();
    let verb = format_ident!("{verb:?}");

    let path_key = concern::path::key(&verb.to_string(), &path.shape);
    let (text, shape, parameters) = (&path.text, &path.shape, &path.parameters);
    let (summary, description) = documentation(&handler.attributes);
    let versions = versions.expand();
    let access_value = access.expand();
    let limits = match limits {
        Some(limits) => {
            let limits = limits.expand();
            quote!(::core::option::Option::Some(#limits))
        }
        None => quote!(::core::option::Option::None),
    };
    let arms = views.iter().map(concern::view::Arm::expand);
    let arm_indexes = 0..views.len();
    // Documents name the path's parameters by their place, so those come first and in the path's order.
    let mut described: Vec<_> = arguments.iter().collect();
    described.sort_by_key(|argument| argument.parameter.unwrap_or(usize::MAX));
    let describe = described.into_iter().map(|argument| {
        let bound = as_bound(argument);
        quote_spanned!(argument.ty.span()=> #bound::describe)
    });
    let call = call(policy);
    let key = key(arguments, &path.parameters);
    let checks = checks(policy);

    quote! {
        #[doc(hidden)]
        #[allow(non_camel_case_types, missing_docs)]
        #visibility struct #ident {}

        impl #ident {
            #[doc(hidden)]
            pub const __ROUTES: &'static [&'static #private::Route] = &[<Self as #private::Endpoint>::ROUTE];
        }

        const _: () = {
            use #private as __p;
            use __p::Unproven as _;

            type __V = __p::#verb;
            type __R = <#result as __p::Answer<__V>>::Resource;

            const __ARMS: &[__p::Arm<__R>] = &[#(#arms),*];

            impl __p::Endpoint for #ident {
                type Key = #key;
                const ROUTE: &'static __p::Route = &__p::Route {
                    name: #name,
                    module: ::core::module_path!(),
                    verb: __p::Verb::#verb,
                    path: #text,
                    path_shape: #shape,
                    path_key: #path_key,
                    parameters: &[#(#parameters),*],
                    summary: #summary,
                    description: #description,
                    versions: #versions,
                    access: #access_value,
                    limits: #limits,
                    views: &[#(__ARMS[#arm_indexes].used),*],
                    arguments: &[#(#describe),*],
                    answer: <#result as __p::Answer<__V>>::INFO,
                    handler: #call,
                };
            }
            #checks
        };
    }
}

/// The argument's type as what the verb, or the path, lets a handler take.
fn as_bound(argument: &Bound<'_>) -> TokenStream {
    let Bound { ty, parameter } = argument;
    match parameter {
        Some(_) => quote_spanned!(ty.span()=> <#ty as __p::PathArgument<__V>>),
        None => quote_spanned!(ty.span()=> <#ty as __p::Argument<__V>>),
    }
}

/// Everything is decoded before anything is looked up; then the handler runs and its result is shown.
fn call(policy: &RoutePolicy<'_>) -> TokenStream {
    let (ident, result) = (policy.handler.ident(), policy.result);
    let names: Vec<_> =
        (0..policy.arguments.len()).map(|index| format_ident!("a{index}")).collect();
    let decode = policy.arguments.iter().zip(&names).map(|(argument, name)| {
        let bound = as_bound(argument);
        match argument.parameter {
            Some(place) => quote!(let #name = context.path_key::<#bound::Key>(#place)?;),
            None => quote!(let #name = #bound::decode(&mut context)?;),
        }
    });
    let resolve = policy.arguments.iter().zip(&names).map(|(argument, name)| {
        let bound = as_bound(argument);
        quote!(let #name = #bound::resolve(#name, &context).await?;)
    });
    let mutable = policy.arguments.iter().any(|argument| argument.parameter.is_none());
    let mutable = mutable.then(|| quote!(mut));
    quote! {
        |#mutable context| ::std::boxed::Box::pin(async move {
            #(#decode)*
            #(#resolve)*
            __p::answer::<__V, #result>(
                &context, __ARMS, __p::Probe::<__R>::PERMITS, #ident(#(#names),*).await,
            )
        })
    }
}

/// What fills the path: nothing, one key, or a tuple of keys in the order of the path.
fn key(arguments: &[Bound<'_>], parameters: &[String]) -> TokenStream {
    let keys: Vec<_> = (0..parameters.len())
        .filter_map(|place| arguments.iter().find(|argument| argument.parameter == Some(place)))
        .map(|argument| {
            let bound = as_bound(argument);
            quote!(#bound::Key)
        })
        .collect();
    match &keys[..] {
        [key] => key.clone(),
        keys => quote!((#(#keys),*)),
    }
}

/// Checks on types and constants. Each stands at its own token, and nothing depends on any.
fn checks(policy: &RoutePolicy<'_>) -> TokenStream {
    let RoutePolicy { handler, views, arguments, result, access, path, .. } = policy;
    let ident = handler.ident();
    let name = ident.to_string();
    let route = quote!(<#ident as __p::Endpoint>::ROUTE);
    let mut checks = TokenStream::new();

    for (index, arm) in views.iter().enumerate() {
        checks.extend(quote_spanned!(arm.span()=> const _: () = __p::check_arm(#route, #index);));
    }
    if views.is_empty() {
        checks.extend(quote_spanned! {result.span()=>
            const _: () = {
                const fn states_no_view<R: __p::NoView>() {}
                states_no_view::<<#result as __p::Answer<__V>>::Resource>()
            };
        });
    }
    checks.extend(quote_spanned! {result.span()=>
        const _: () = __p::check_unproven(#name, __p::Probe::<<#result as __p::Answer<__V>>::Bare>::OWNED);
    });
    checks.extend(
        quote_spanned!(path.span=> const _: () = __p::check_versions(#name, #route.versions);),
    );
    for argument in arguments.iter().filter(|argument| argument.parameter.is_none()) {
        let bound = as_bound(argument);
        checks.extend(
            quote_spanned!(argument.ty.span()=> const _: () = __p::check_reads(#bound::READS);),
        );
    }
    if let concern::role::Access::Public(_) = access {
        for argument in arguments {
            let bound = as_bound(argument);
            checks.extend(quote_spanned! {argument.ty.span()=>
                const _: () = __p::check_public_argument(#name, #bound::NEEDS_CALLER);
            });
        }
    }
    checks
}

/// The first paragraph of the doc comment, and the rest.
fn documentation(attributes: &[syn::Attribute]) -> (String, String) {
    let text = path::doc_comment(attributes);
    let (summary, description) = text.split_once("\n\n").unwrap_or((&text, ""));
    (summary.replace('\n', " "), description.trim().to_owned())
}
