//! The code of a route: its name as a type, one descriptor, the handler's call, and the checks that only the
//! compiler can make, each at the token it is about.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{ext::IdentExt, spanned::Spanned};

mod call;
mod checks;
mod held;

use super::{
    Verb,
    policy::{BoundArgument, RoutePolicy},
};
use crate::{
    concern::{
        self,
        link::{self, Link},
    },
    path, signature,
};
use call::call;
use checks::checks;
use held::held;

pub(super) fn expand(policy: &RoutePolicy<'_>) -> TokenStream {
    let RoutePolicy {
        verb,
        handler,
        path,
        versions,
        access,
        limits,
        defaults: _,
        flow: _,
        views,
        if_match: _,
        options,
        arguments,
        result,
    } = policy;
    let ident = handler.ident();
    let name = ident.unraw().to_string();
    let route = descriptor(&name, Span::call_site());
    // Its views are what others' `if_match` compares with.
    let shown_type = quote_spanned!(result.span()=> __p::Showing<__R>);
    let shown = quote_spanned! {result.span()=>
        _SECURE_API_SHOWN: #shown_type = __p::Showing::new(#route, __ARMS)
    };
    let imports = path::imports();
    let (verb_of, verb) = (verb, format_ident!("{verb:?}"));
    let kind = match verb_of {
        Verb::Delete if options.allows("content") => format_ident!("DeleteVerbWithContent"),
        _ => format_ident!("{verb}Verb"),
    };

    let path_key = concern::path::key(&verb.to_string(), &path.shape);
    let (text, shape, parameters) = (&path.text, &path.shape, &path.parameters);
    let (summary, description) = documentation(&handler.attributes);
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
            let arms = arms.iter().map(concern::limit::LimitArm::expand);
            quote!(&[#(#arms),*])
        }
        None => quote!(__DEFAULTS.limits()),
    };
    let defaults = defaults(policy);
    let rest = rest(policy, &description);
    let count = parameters.len();
    let arms = views.iter().enumerate().map(|(place, arm)| arm.expand(place, result.span()));
    let used = (0..views.len()).map(|index| quote_spanned!(result.span()=> __ARMS[#index].used));
    // Documents name the path's parameters by their place, so those come first and in the path's order.
    let mut described: Vec<_> = arguments.iter().enumerate().collect();
    described.sort_by_key(|(_, argument)| argument.parameter.unwrap_or(usize::MAX));
    let describe = described.iter().map(|&(index, argument)| {
        let bound = as_bound(index, argument);
        quote_spanned!(argument.ty.span()=> #bound::describe)
    });
    let facts = described.iter().map(|&(index, argument)| {
        let (bound, written) = (as_bound(index, argument), path::as_written(argument.ty));
        quote_spanned!(argument.ty.span()=> (#written, #bound::FACTS))
    });
    let written = path::as_written(result);
    let result_facts = quote_spanned!(result.span()=> (#written, __p::Probe::<__R>::FACTS));
    let types = types(policy);
    let call = call(policy);
    let key = key(arguments, &path.parameters);
    let checks = checks(policy);
    let info = quote_spanned! {result.span()=>
        <__O as __p::Answer>::INFO.or(<__E as __p::ApiError>::problems)
    };
    let arms =
        quote_spanned!(result.span()=> const __ARMS: &[__p::Projection<__R>] = &[#(#arms),*];);

    let code = quote! {
        const _: () = {
            #imports

            type __V = __p::#kind;
            #defaults
            #types
            #arms

            // Nothing but `__Call` names the handler, and nothing but a list of routes names that: so the compiler
            // says of a handler that is in no list that it is never used.
            #call
            impl #ident {
                pub const SA018_PUT_ROUTES_ABOVE_THE_MODULE: __p::Listed =
                    &[__p::listing::<__Call>(#route)];
                pub const #shown;
            }

            impl __p::Endpoint for #ident {
                type Key = #key;
                const NAME: __p::OperationName =
                    __p::OperationName::new(#path_key, ::core::module_path!(), #name, #count);
                const ROUTE: &'static __p::Route = #route;
            }

            const #route: &__p::Route = &__p::Route {
                name: #name,
                module: ::core::module_path!(),
                verb: __p::Verb::#verb,
                path: #text,
                path_shape: #shape,
                path_key: #path_key,
                parameters: &[#(#parameters),*],
                summary: #summary,
                versions: #versions,
                access: #access_value,
                facts: &[#(#facts,)* #result_facts],
                limits: #limits,
                views: &[#(#used),*],
                arguments: &[#(#describe),*],
                answer: #info,
                #rest
                ..__p::Route::UNSTATED
            };
            #checks
        };
    };
    super::named::expand(handler, code)
}

/// Expands the lookup of the module's defaults, for a route that omits one. One that states all has nothing to do with
/// it.
fn defaults(policy: &RoutePolicy<'_>) -> Option<TokenStream> {
    let RoutePolicy { versions, access, limits, defaults, options, .. } = policy;
    if versions.is_some() && access.is_some() && limits.is_some() && options.states_all() {
        return None;
    }
    let defaults = defaults.clone().unwrap_or_else(concern::defaults::here);
    Some(quote!(const __DEFAULTS: __p::Defaults = #defaults;))
}

/// Expands the facts that few routes have. What is left out here is left out of the generated code.
fn rest(policy: &RoutePolicy<'_>, description: &str) -> TokenStream {
    let RoutePolicy { handler, versions, access, limits, flow, if_match, options, .. } = policy;
    let description = (!description.is_empty()).then(|| quote!(description: #description,));
    let inherited = match (versions.is_none(), access.is_none(), limits.is_none()) {
        (false, false, false) if options.states_all() => None,
        (versions, access, limits) => {
            Some(quote!(inherited: __DEFAULTS.inherited(#versions, #access, #limits),))
        }
    };
    let flow = flow.expand().map(|flow| quote!(flow: #flow,));
    let condition = if_match.as_ref();
    let if_match = condition.map(|_| quote!(if_match: true,));
    let stated = options.expand().map(|options| quote!(options: #options,));
    let mut links = link::of_body(handler.body());
    links.extend(condition.map(|condition| Link::new("if_match", condition.shows.path.clone())));
    links.extend(options.instead().map(|instead| Link::new("instead", instead.path.clone())));
    let links = links.iter().map(Link::expand).reduce(|all, link| quote!(#all, #link));
    let links = links.map(|links| quote!(links: &[#links],));
    quote!(#description #inherited #flow #if_match #links #stated)
}

/// Returns the types of arguments and result, each written once and known by a short name from there on.
///
/// The names are declared where the handler's name stands: of a type that does not resolve the compiler proposes to make it
/// a parameter of the item around it, and drops what it has said in the same words at the same places.
///
/// Whatever is generated about one of them stands on its first token, so that the compiler, which finds at
/// each use that a type cannot be what it is taken for, says it once: the same words at the same place.
fn types(policy: &RoutePolicy<'_>) -> TokenStream {
    let RoutePolicy { handler, arguments, result, views, .. } = policy;
    let views = views.iter().enumerate().map(|(place, arm)| arm.declare(place));
    let here = handler.ident().span();
    let arguments = arguments.iter().enumerate().map(|(index, argument)| {
        let (mut name, ty) = (alias(index, argument), argument.ty);
        name.set_span(here);
        quote_spanned!(ty.span()=> type #name = #ty;)
    });
    let all = Ident::new("__A", here);
    let result = quote_spanned! {result.span()=>
        type #all = #result;
        type __O = <__A as __p::Outcome>::Success;
        type __E = <__A as __p::Outcome>::Error;
        type __S = <__O as __p::Answer>::Inner;
        type __R = <__S as __p::Shown>::Resource;
        type __B = <__S as __p::Shown>::Bare;
    };
    quote!(#(#arguments)* #(#views)* #result)
}

/// Returns the constant that describes the route. Where the compiler cannot make it, it names it, so that it has a name
/// to read.
fn descriptor(handler: &str, span: Span) -> Ident {
    Ident::new(&format!("ROUTE_{}", handler.to_uppercase()), span)
}

fn alias(index: usize, argument: &BoundArgument<'_>) -> Ident {
    Ident::new(&format!("__A{index}"), argument.ty.span())
}

/// Returns the argument's type as what the verb, or the path, lets a handler take.
fn as_bound(index: usize, argument: &BoundArgument<'_>) -> TokenStream {
    let alias = alias(index, argument);
    match argument.parameter {
        Some(_) => quote_spanned!(argument.ty.span()=> <#alias as __p::PathArgument<__V>>),
        None => quote_spanned!(argument.ty.span()=> <#alias as __p::Argument<__V>>),
    }
}

/// Expands the type of the path's arguments: the unit, one key, or a tuple of keys in the order of the path.
fn key(arguments: &[BoundArgument<'_>], parameters: &[String]) -> TokenStream {
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
        keys => quote_spanned!(key_span(arguments)=> (#(#keys),*)),
    }
}

/// Returns the span of the tuple of keys: that of an argument that may be no object, so that the mistake is told once
/// and there.
pub(super) fn key_span(arguments: &[BoundArgument<'_>]) -> Span {
    let mut bound = arguments.iter().filter(|argument| argument.parameter.is_some());
    let doubtful = bound.clone().find(|argument| !signature::is_from_path(argument.ty));
    doubtful.or_else(|| bound.next()).map_or_else(Span::call_site, |bound| bound.ty.span())
}

/// Returns the first paragraph of the doc comment, and the rest.
fn documentation(attributes: &[syn::Attribute]) -> (String, String) {
    let text = path::doc_comment(attributes);
    let (summary, description) = text.split_once("\n\n").unwrap_or((&text, ""));
    (summary.replace('\n', " "), description.trim().to_owned())
}
