//! The code of a route: its name as a type, one descriptor, the handler's call, and the checks that only the
//! compiler can make, each at the token it is about.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{ext::IdentExt, spanned::Spanned};

use super::policy::{BoundArgument, RoutePolicy};
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
        flow: _,
        views,
        if_match: _,
        options: _,
        arguments,
        result,
    } = policy;
    let ident = handler.ident();
    let name = ident.unraw().to_string();
    let route = descriptor(&name, Span::call_site());
    // Its views are what others' `if_match` compares with.
    let shown_type = quote_spanned!(result.span()=> __p::Showing<__R>);
    let shown = quote_spanned! {result.span()=> (#route, __ARMS)};
    let private = path::private();
    let verb = format_ident!("{verb:?}");
    let kind = format_ident!("{verb}Verb");

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
    let arms = views.iter().map(|arm| arm.expand(result.span()));
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
            use #private as __p;
            #[allow(unused_imports)]
            use __p::unless::*;

            type __V = __p::#kind;
            #defaults
            #types
            #arms

            // Nothing but `__Call` names the handler, and nothing but a list of routes names that: so the compiler
            // says of a handler that is in no list that it is never used.
            #call
            impl #ident {
                pub const SA018_PUT_ROUTES_ABOVE_THE_MODULE: __p::Listed =
                    &[__p::Listing { route: #route, run: __p::run::<__Call> }];
                pub const _SECURE_API_SHOWN: #shown_type = #shown;
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
    let RoutePolicy { versions, access, limits, defaults, .. } = policy;
    if versions.is_some() && access.is_some() && limits.is_some() {
        return None;
    }
    let defaults = defaults.clone().unwrap_or_else(concern::defaults::here);
    Some(quote!(const __DEFAULTS: __p::Defaults = #defaults;))
}

/// Expands the facts that few routes have. What is left out here is left out of the generated code.
fn rest(policy: &RoutePolicy<'_>, description: &str) -> TokenStream {
    let RoutePolicy { versions, access, limits, flow, if_match, options, .. } = policy;
    let description = (!description.is_empty()).then(|| quote!(description: #description,));
    let inherited = match (versions.is_none(), access.is_none(), limits.is_none()) {
        (false, false, false) => None,
        (versions, access, limits) => {
            Some(quote!(inherited: __DEFAULTS.inherited(#versions, #access, #limits),))
        }
    };
    let flow = flow.expand().map(|flow| quote!(flow: #flow,));
    let if_match = if_match.as_ref().map(|_| quote!(if_match: true,));
    let options = options.expand().map(|options| quote!(options: #options,));
    quote!(#description #inherited #flow #if_match #options)
}

/// Returns the types of arguments and result, each written once and known by a short name from there on.
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

/// Expands the steps of the route, each by itself: their order is the runtime's.
///
/// Everything about an argument stands on its own type, in signatures too, so that one which is none is one error.
fn call(policy: &RoutePolicy<'_>) -> TokenStream {
    let RoutePolicy { handler, path, arguments, result, if_match, options, .. } = policy;
    let ident = handler.ident();
    // Locals that tokens of different places name are the same wherever those come from.
    let local = |name: &str| Ident::new(name, Span::mixed_site());
    let names: Vec<_> = (0..arguments.len()).map(|index| local(&format!("a{index}"))).collect();
    let context = local("context");
    let aliases = || arguments.iter().enumerate().map(|(index, argument)| alias(index, argument));
    let spans = || arguments.iter().map(|argument| argument.ty.span());
    let held = aliases().zip(spans()).map(|(ty, span)| quote_spanned!(span=> __p::Decoded<#ty>,));
    let taken = aliases().zip(spans()).map(|(ty, span)| quote_spanned!(span=> #ty,));
    let decode = arguments.iter().enumerate().map(|(index, argument)| {
        let bound = as_bound(index, argument);
        let span = argument.ty.span();
        match argument.parameter {
            Some(place) => {
                let ends = path.text.ends_with(&format!("/{{{}}}", path.parameters[place]));
                quote_spanned!(span=> #bound::decode(#context, #place, #ends)?,)
            }
            None => quote_spanned!(span=> #bound::decode(#context)?,),
        }
    });
    // What the path names comes before what an input refers to, wherever it stands.
    let begin = arguments.iter().take_while(|argument| argument.parameter.is_some()).count();
    let is_late = |place: usize| place > begin && arguments[place].parameter.is_some();
    let awaited = || names.iter().zip(spans()).enumerate();
    let early = awaited().filter(|(place, _)| is_late(*place));
    let early = early.map(|(_, (name, span))| quote_spanned!(span=> let #name = #name.await?;));
    let resolve = awaited().map(|(place, (name, span))| match is_late(place) {
        true => quote_spanned!(span=> #name,),
        false => quote_spanned!(span=> #name.await?,),
    });
    let related = (!options.allows("unrelated")).then(|| below(arguments, &names, path));
    let relate = related.filter(|below| !below.is_empty()).map(|below| {
        quote! {
            fn relate((#(#names,)*): &Self::Arguments) -> ::core::result::Result<(), __p::Problem> {
                #below
                ::core::result::Result::Ok(())
            }
        }
    });
    let unchanged = if_match.as_ref().and_then(|condition| {
        let shows = &condition.shows;
        let is_it = |argument: &BoundArgument<'_>| argument.parameter == Some(condition.parameter);
        let place = arguments.iter().position(is_it)?;
        // Locals where the route is named, so that an error stands there and at nothing else.
        let here = Span::mixed_site().located_at(shows.span());
        let name = Ident::new(&names[place].to_string(), here);
        let context = Ident::new("context", here);
        let shown = quote_spanned!(shows.span()=> <#shows>::_SECURE_API_SHOWN);
        // The views come first: what they are of is known before it is compared with the object.
        let compare = quote_spanned!(here=> __p::if_match(#shown, #name, #context));
        Some(quote! {
            fn unchanged(
                (#(#names,)*): &Self::Arguments,
                #context: &__p::Context,
            ) -> ::core::result::Result<(), __p::Problem> {
                #compare
            }
        })
    });
    let handled = quote_spanned!(ident.span()=> __p::handled(#ident(#(#names),*)).await);
    let show = quote_spanned! {result.span()=>
        let answer = <__A as __p::Outcome>::result(outcome)
            .map_err(<__E as __p::ApiError>::into_problem)?;
        let reply = __p::AnswerContext::new(#context, __ARMS);
        <__S as __p::Shown>::answer(<__O as __p::Answer>::form(answer), &reply)
    };
    let outcome = Ident::new("outcome", result.span());
    quote! {
        enum __Call {}
        impl __p::Call for __Call {
            type Decoded = (#(#held)*);
            type Arguments = (#(#taken)*);
            type Outcome = __A;
            fn decode(#context: &mut __p::Context) -> ::core::result::Result<Self::Decoded, __p::Problem> {
                ::core::result::Result::Ok((#(#decode)*))
            }
            async fn resolve(
                (#(#names,)*): Self::Decoded,
            ) -> ::core::result::Result<Self::Arguments, __p::Problem> {
                #(#early)*
                ::core::result::Result::Ok((#(#resolve)*))
            }
            #relate
            #unchanged
            async fn call((#(#names,)*): Self::Arguments) -> __A {
                #handled
            }
            fn show(#outcome: __A, #context: &__p::Context) -> __p::Answered {
                #show
            }
        }
    }
}

/// Expands the check that each object of the path belongs to the one before it. Only the types say which parameters
/// name objects, so all are asked.
fn below(
    arguments: &[BoundArgument<'_>],
    names: &[Ident],
    path: &concern::path::RoutePath,
) -> TokenStream {
    let count = path.parameters.len();
    let bound = (0..count).filter_map(|place| {
        arguments.iter().position(|argument| argument.parameter == Some(place))
    });
    let mut steps = TokenStream::new();
    let mut before: Option<(Ident, Ident)> = None;
    for (place, index) in bound.enumerate().take_while(|_| count > 1) {
        let (bound, name) = (as_bound(index, &arguments[index]), &names[index]);
        let span = arguments[index].ty.span();
        let proven = quote_spanned!(span=> #bound::proven(#name));
        let outer = Ident::new(&format!("o{place}"), Span::mixed_site());
        let ty = Ident::new(&format!("__N{place}"), span);
        if let Some((before, before_ty)) = &before {
            steps.extend(quote_spanned! {span=>
                <#bound::Proves as __p::Below<#before_ty>>::below(#proven, #before)?;
            });
            if place + 1 < count {
                steps.extend(quote_spanned! {span=>
                    type #ty = <#bound::Proves as __p::Nearest<#before_ty>>::Object;
                    let #outer: &#ty = __p::Nearest::nearest(#proven, #before);
                });
            }
        } else {
            steps.extend(quote_spanned! {span=>
                type #ty = #bound::Proves;
                let #outer: &#ty = #proven;
            });
        }
        before = Some((outer, ty));
    }
    if steps.is_empty() { steps } else { quote!({ #steps }) }
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
    let route_at = |span| descriptor(&name, span).into_token_stream();

    for (index, arm) in views.iter().enumerate() {
        let route = route_at(arm.span());
        checks.extend(quote_spanned!(arm.span()=> const _: () = __p::check_arm(#route, #index);));
        if let Some(mine) = arm.mine() {
            let (route, span) = (route_at(mine.span()), mine.span());
            let shown = path::as_written(path::innermost(result));
            checks.extend(quote_spanned! {span=>
                const _: () = __p::check_mine(
                    #route, #shown, __p::Probe::<__R>::OWNED, __p::Probe::<__R>::OWNER.is_some(),
                );
            });
        }
    }
    if views.is_empty() {
        checks
            .extend(quote_spanned!(result.span()=> const _: () = <__R as __p::NoView>::IS_NEEDED;));
    }
    let route = route_at(result.span());
    checks.extend(quote_spanned! {result.span()=>
        const _: () =
            __p::check_result(#route, __p::Probe::<__B>::OWNED);
    });
    if let Some(versions) = versions {
        let route = route_at(versions.span());
        checks.extend(quote_spanned! {versions.span()=>
            const _: () = __p::check_versions(#route);
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
        let alias = alias(index, argument);
        checks.extend(quote_spanned! {argument.ty.span()=>
            const _: () =
                __p::check_argument(#route, #what, #fact, __p::Handed::<#alias>::STORE);
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

/// Returns the first paragraph of the doc comment, and the rest.
fn documentation(attributes: &[syn::Attribute]) -> (String, String) {
    let text = path::doc_comment(attributes);
    let (summary, description) = text.split_once("\n\n").unwrap_or((&text, ""));
    (summary.replace('\n', " "), description.trim().to_owned())
}
