//! The code of a route: its name as a type, one descriptor, the handler's call, and the checks that only the
//! compiler can make, each at the token it is about.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{ext::IdentExt, spanned::Spanned};

use super::policy::{Bound, RoutePolicy};
use crate::{concern, path, signature};

pub(super) fn expand(policy: &RoutePolicy<'_>) -> TokenStream {
    let RoutePolicy {
        verb,
        handler,
        path,
        versions,
        access,
        limits,
        defaults: _,
        flow,
        views,
        if_match,
        options,
        arguments,
        result,
    } = policy;
    let conditional = if_match.is_some();
    // Its views are what others' `if_match` compares with.
    let shown_type = quote_spanned! {result.span()=>
        (&'static __p::Route, &'static [__p::Arm<__R>])
    };
    let shown = quote_spanned! {result.span()=> (<Self as __p::Endpoint>::ROUTE, __ARMS)};
    let private = path::private();
    let (visibility, ident) = (&handler.visibility, handler.ident());
    let name = ident.unraw().to_string();
    let verb = format_ident!("{verb:?}");

    let path_key = concern::path::key(&verb.to_string(), &path.shape);
    let (text, shape, parameters) = (&path.text, &path.shape, &path.parameters);
    let (summary, description) = documentation(&handler.attributes);
    let inherited = inherited(policy);
    let versions = match versions {
        Some(versions) => versions.expand(),
        None => quote!(__DEFAULTS.versions()),
    };
    let access_value = match access {
        Some(access) => access.expand(),
        None => quote!(__DEFAULTS.access()),
    };
    let limits = match limits {
        Some(arms) => {
            let arms = arms.iter().map(concern::limit::Arm::expand);
            quote!(&[#(#arms),*])
        }
        None => quote!(__DEFAULTS.limits()),
    };
    let defaults = defaults(policy);
    let flow = flow.expand();
    let options = options.expand();
    let count = parameters.len();
    let arms = views.iter().map(|arm| arm.expand(result.span()));
    let used = (0..views.len()).map(|index| quote_spanned!(result.span()=> __ARMS[#index].used));
    // Documents name the path's parameters by their place, so those come first and in the path's order.
    let mut described: Vec<_> = arguments.iter().enumerate().collect();
    described.sort_by_key(|(_, argument)| argument.parameter.unwrap_or(usize::MAX));
    let describe = described.into_iter().map(|(index, argument)| {
        let bound = as_bound(index, argument);
        quote_spanned!(argument.ty.span()=> #bound::describe)
    });
    let tables = arguments.iter().enumerate().map(|(index, argument)| {
        let bound = as_bound(index, argument);
        quote_spanned!(argument.ty.span()=> #bound::FACTS.roles)
    });
    let result_table = quote_spanned!(result.span()=> __p::Probe::<__R>::ROLES);
    let types = types(policy);
    let call = call(policy);
    let key = key(arguments, &path.parameters);
    let checks = checks(policy);
    let info = quote_spanned! {result.span()=>
        __p::AnswerInfo { problems: <__E as __p::ApiError>::problems, ..<__O as __p::Answer>::INFO }
    };
    let arms = quote_spanned!(result.span()=> const __ARMS: &[__p::Arm<__R>] = &[#(#arms),*];);

    quote! {
        #[doc(hidden)]
        #[allow(non_camel_case_types, dead_code, missing_docs)]
        #visibility struct #ident {}

        const _: () = {
            use #private as __p;
            #[allow(unused_imports)]
            use __p::{NotRoles as _, NotShown as _, NotVersions as _, SaysNothing as _, Unproven as _};

            type __Route = #ident;
            type __V = __p::#verb;
            #defaults
            #types
            #arms

            // Nothing but this names the handler, and nothing but a list of routes names this: so the compiler
            // says of a handler that is in no list that it is never used.
            impl __Route {
                #[doc(hidden)]
                pub const _SECURE_API_ROUTES: &'static [&'static __p::Route] = &[&__p::Route {
                    handler: #call,
                    ..*<Self as __p::Endpoint>::ROUTE
                }];
                #[doc(hidden)]
                pub const _SECURE_API_SHOWN: #shown_type = #shown;
            }

            impl __p::Endpoint for __Route {
                type Key = #key;
                const NAME: __p::OperationName =
                    __p::OperationName::new(::core::module_path!(), #name, #count);
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
                    role_tables: &[#result_table #(, #tables)*],
                    limits: #limits,
                    inherited: #inherited,
                    flow: #flow,
                    views: &[#(#used),*],
                    if_match: #conditional,
                    options: #options,
                    arguments: &[#(#describe),*],
                    answer: #info,
                    handler: __p::unlisted,
                };
            }
            #checks
        };
    }
}

/// What the module states, for a route that leaves something out. One that states all has nothing to do with it.
fn defaults(policy: &RoutePolicy<'_>) -> Option<TokenStream> {
    let RoutePolicy { versions, access, limits, defaults, .. } = policy;
    if versions.is_some() && access.is_some() && limits.is_some() {
        return None;
    }
    let defaults = defaults.clone().unwrap_or_else(concern::defaults::here);
    Some(quote!(const __DEFAULTS: __p::Defaults = #defaults;))
}

fn inherited(policy: &RoutePolicy<'_>) -> TokenStream {
    let RoutePolicy { versions, access, limits, .. } = policy;
    match (versions.is_none(), access.is_none(), limits.is_none()) {
        (false, false, false) => quote!(__p::Inherited::NOTHING),
        (versions, access, limits) => {
            quote!(__DEFAULTS.inherited(#versions, #access, #limits))
        }
    }
}

/// The types of arguments and result, each written once and known by a short name from there on.
///
/// Whatever is generated about one of them stands on its first token, so that the compiler, which finds at
/// each use that a type cannot be what it is taken for, says it once: the same words at the same place.
fn types(policy: &RoutePolicy<'_>) -> TokenStream {
    let RoutePolicy { arguments, result, .. } = policy;
    let arguments = arguments.iter().enumerate().map(|(index, argument)| {
        let (name, ty) = (alias(index, argument), argument.ty);
        quote_spanned!(ty.span()=> type #name = #ty;)
    });
    let result = quote_spanned! {result.span()=>
        type __A = #result;
        type __O = <__A as __p::Outcome>::Success;
        type __E = <__A as __p::Outcome>::Error;
        type __S = <__O as __p::Answer>::Inner;
        type __R = <__S as __p::Shown>::Resource;
        type __B = <__S as __p::Shown>::Bare;
    };
    quote!(#(#arguments)* #result)
}

fn alias(index: usize, argument: &Bound<'_>) -> Ident {
    Ident::new(&format!("__A{index}"), argument.ty.span())
}

/// The argument's type as what the verb, or the path, lets a handler take.
fn as_bound(index: usize, argument: &Bound<'_>) -> TokenStream {
    let alias = alias(index, argument);
    match argument.parameter {
        Some(_) => quote_spanned!(argument.ty.span()=> <#alias as __p::PathArgument<__V>>),
        None => quote_spanned!(argument.ty.span()=> <#alias as __p::Argument<__V>>),
    }
}

/// Everything is decoded before anything is looked up; then the handler runs and its result is shown.
fn call(policy: &RoutePolicy<'_>) -> TokenStream {
    let RoutePolicy { handler, arguments, result, if_match, .. } = policy;
    let ident = handler.ident();
    // Locals that tokens of different places name are the same wherever those come from.
    let local = |name: &str| Ident::new(name, Span::mixed_site());
    let names: Vec<_> = (0..arguments.len()).map(|index| local(&format!("a{index}"))).collect();
    let [context, returned, kept] = ["context", "returned", "kept"].map(local);
    let decode = arguments.iter().zip(&names).enumerate().map(|(index, (argument, name))| {
        let bound = as_bound(index, argument);
        let span = argument.ty.span();
        match argument.parameter {
            Some(place) => quote_spanned!(span=> let #name = #bound::decode(&#context, #place)?;),
            None => quote_spanned!(span=> let #name = #bound::decode(&mut #context)?;),
        }
    });
    let resolve = arguments.iter().zip(&names).enumerate().map(|(index, (argument, name))| {
        let bound = as_bound(index, argument);
        let span = argument.ty.span();
        quote_spanned!(span=> let #name = #bound::resolve(#name, &#context).await?;)
    });
    let conditions = if_match.iter().flat_map(|condition| {
        let shows = &condition.shows;
        let is_it = |argument: &Bound<'_>| argument.parameter == Some(condition.parameter);
        let place = arguments.iter().position(is_it);
        place.map(|place| {
            // Locals where the route is named, so that an error stands there and at nothing else.
            let here = Span::mixed_site().located_at(shows.span());
            let name = Ident::new(&names[place].to_string(), here);
            let context = Ident::new("context", here);
            let shown = quote_spanned!(shows.span()=> <#shows>::_SECURE_API_SHOWN);
            // The views come first: what they are of is known before it is compared with the object.
            quote_spanned! {here=>
                __p::if_match(#shown, &#name, &#context)?;
            }
        })
    });
    let mutable = arguments.iter().any(|argument| argument.parameter.is_none());
    let mutable = mutable.then(|| quote!(mut));
    let enter = policy.flow.enter(&context, &kept);
    let handled = quote_spanned! {ident.span()=>
        let #returned = __p::handled(#ident(#(#names),*)).await;
    };
    quote_spanned! {result.span()=>
        |#mutable #context| ::std::boxed::Box::pin(async move {
            #(#decode)*
            #(#resolve)*
            #enter
            #(#conditions)*
            #handled
            let reply = __p::Reply::new(&#context, __ARMS, __p::Probe::<__R>::PERMITS);
            match <__A as __p::Outcome>::result(#returned) {
                ::core::result::Result::Ok(answer) => {
                    <__S as __p::Shown>::answer(<__O as __p::Answer>::form(answer), &reply)
                }
                ::core::result::Result::Err(error) => {
                    ::core::result::Result::Err(<__E as __p::ApiError>::into_problem(error))
                }
            }
        })
    }
}

/// What fills the path: nothing, one key, or a tuple of keys in the order of the path.
fn key(arguments: &[Bound<'_>], parameters: &[String]) -> TokenStream {
    let keys: Vec<_> = (0..parameters.len())
        .filter_map(|place| {
            arguments.iter().enumerate().find(|(_, argument)| argument.parameter == Some(place))
        })
        .map(|(index, argument)| {
            let bound = as_bound(index, argument);
            quote_spanned!(argument.ty.span()=> #bound::Key)
        })
        .collect();
    match &keys[..] {
        [key] => key.clone(),
        keys => quote!((#(#keys),*)),
    }
}

/// Checks on types and constants. Each stands wholly at its own token, and nothing depends on any.
fn checks(policy: &RoutePolicy<'_>) -> TokenStream {
    let RoutePolicy {
        verb: _,
        handler,
        path: _,
        versions,
        access,
        limits,
        defaults: _,
        flow,
        views,
        if_match,
        options,
        arguments,
        result,
    } = policy;
    let ident = handler.ident();
    let name = ident.unraw().to_string();
    let mut checks = TokenStream::new();
    let route_at = |span| quote_spanned!(span=> <__Route as __p::Endpoint>::ROUTE);

    for (index, arm) in views.iter().enumerate() {
        let route = route_at(arm.span());
        checks.extend(quote_spanned!(arm.span()=> const _: () = __p::check_arm(#route, #index);));
    }
    if views.is_empty() {
        checks
            .extend(quote_spanned!(result.span()=> const _: () = <__R as __p::NoView>::IS_NEEDED;));
    }
    let route = route_at(result.span());
    checks.extend(quote_spanned! {result.span()=>
        const _: () =
            __p::check_result(#route, __p::Probe::<__B>::OWNED, __p::Probe::<__R>::ROLES);
    });
    if let Some(versions) = versions {
        let route = route_at(versions.span());
        checks.extend(quote_spanned! {versions.span()=>
            const _: () = __p::check_versions(#name, #route.versions);
        });
    }
    if versions.is_none() || access.is_none() {
        let (versions, access) = (versions.is_none(), access.is_none());
        checks.extend(quote_spanned! {ident.span()=>
            const _: () = __p::check_stated(#name, &__DEFAULTS, #versions, #access);
        });
    }
    if access.is_none() && (flow.guards() || options.asks_for_scopes()) {
        let route = route_at(ident.span());
        checks.extend(quote_spanned! {ident.span()=>
            const _: () = __p::check_caller(#route);
        });
    }
    if let Some(condition) = if_match {
        let shows = &condition.shows;
        let route = route_at(shows.span());
        checks.extend(quote_spanned! {shows.span()=>
            const _: () = __p::check_if_match(#route, <#shows>::_SECURE_API_SHOWN.0);
        });
    }
    let mut facts = Vec::new();
    for (index, argument) in arguments.iter().enumerate() {
        let bound = as_bound(index, argument);
        let fact = quote_spanned!(argument.ty.span()=> #bound::FACTS);
        let route = route_at(argument.ty.span());
        let what = argument.name.as_deref().unwrap_or("argument");
        checks.extend(quote_spanned! {argument.ty.span()=>
            const _: () = __p::check_argument(#route, #what, #fact);
        });
        facts.push(fact);
    }
    // Most handlers have at most one argument that may read a body, and nothing to compare.
    let mut earlier: Vec<&TokenStream> = Vec::new();
    for (argument, fact) in arguments.iter().zip(&facts) {
        if signature::reads_no_body(argument.ty) {
            continue;
        }
        if !earlier.is_empty() {
            let route = route_at(argument.ty.span());
            checks.extend(quote_spanned! {argument.ty.span()=>
                const _: () = __p::check_body(#route, #fact, &[#(#earlier),*]);
            });
        }
        earlier.push(fact);
    }
    checks.extend(flow.checks(&route_at));
    checks.extend(options.checks(limits.as_deref().unwrap_or_default(), &route_at, &facts));
    checks
}

/// The first paragraph of the doc comment, and the rest.
fn documentation(attributes: &[syn::Attribute]) -> (String, String) {
    let text = path::doc_comment(attributes);
    let (summary, description) = text.split_once("\n\n").unwrap_or((&text, ""));
    (summary.replace('\n', " "), description.trim().to_owned())
}
