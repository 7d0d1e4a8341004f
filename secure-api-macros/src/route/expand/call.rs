//! The steps of one route: how its arguments are decoded and resolved, how the handler is called and its result shown.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;

use super::{alias, as_bound};
use crate::{
    concern,
    route::policy::{BoundArgument, RoutePolicy},
};

/// Expands the steps of the route, each by itself: their order is the runtime's.
///
/// Everything about an argument stands on its own type, in signatures too, so that one which is none is one error.
pub(super) fn call(policy: &RoutePolicy<'_>) -> TokenStream {
    let RoutePolicy { handler, path, arguments, result, flow, if_match, options, .. } = policy;
    let ident = handler.ident();
    // Locals that tokens of different places name are the same wherever those come from.
    let local = |name: &str| Ident::new(name, Span::mixed_site());
    let names: Vec<_> = (0..arguments.len()).map(|index| local(&format!("a{index}"))).collect();
    let context = local("cx");
    let decode = arguments.iter().enumerate().map(|(index, argument)| {
        let name = &names[index];
        let bound = as_bound(index, argument);
        let span = argument.ty.span();
        match argument.parameter {
            Some(place) => {
                // A slash at the end names nothing further, nor do letters behind the parameter, as in `{order}.json`.
                let text = path.text.strip_suffix('/').unwrap_or(&path.text);
                let is_named = text.rsplit('/').next().is_some_and(|last| last.contains('{'));
                let ends = is_named && place + 1 == path.parameters.len();
                quote_spanned!(span=> let #name = #bound::decode(#context, #place, #ends)?;)
            }
            None => quote_spanned!(span=> let #name = #bound::decode(#context)?;),
        }
    });
    // The runtime resolves them in the order of the list. What the path names comes before what an input refers to,
    // wherever it stands.
    let begin = arguments.iter().take_while(|argument| argument.parameter.is_some()).count();
    let is_late = |place: &usize| *place > begin && arguments[*place].parameter.is_some();
    let (late, others): (Vec<_>, Vec<_>) = (0..arguments.len()).partition(is_late);
    let order = [late, others].concat();
    let all = list(order.iter().map(|place| names[*place].to_token_stream()));
    let taken = list(order.iter().map(|place| {
        let alias = alias(*place, &arguments[*place]);
        quote_spanned!(arguments[*place].ty.span()=> #alias)
    }));
    let related = (!options.allows("unrelated")).then(|| below(arguments, &names, path));
    let relate = related.filter(|below| !below.is_empty()).map(|below| {
        quote! {
            fn relate(#all: &Self::Arguments) -> __p::Step<()> {
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
        let context = Ident::new("cx", here);
        let shown = quote_spanned!(shows.span()=> <#shows>::_SECURE_API_SHOWN);
        // The views come first: what they are of is known before it is compared with the object.
        let compare = quote_spanned!(here=> #shown.if_match(#name, #context));
        Some(quote! {
            fn unchanged(
                #all: &Self::Arguments,
                #context: &__p::Context,
            ) -> __p::Step<()> {
                #compare
            }
        })
    });
    let handled = quote_spanned!(ident.span()=> __p::handled(#ident(#(#names),*)).await);
    let show = quote_spanned! {result.span()=>
        let out = <__A as __p::Outcome>::result(outcome);
        let out = out.map_err(<__E as __p::ApiError>::into_problem)?;
        let arms = <__S as __p::Shown>::arms(__ARMS);
        <__O as __p::Answer>::answer(out, #context, arms)
    };
    // What a keyed request creates may be shown again.
    let again = flow.is_keyed().then(|| {
        quote_spanned! {result.span()=>
            const CREATES: ::core::option::Option<fn() -> ::core::any::TypeId> =
                __p::Probe::<__R>::KEY;
            fn again<'a>(#context: &'a __p::Context, key: &'a str) -> __p::Again<'a> {
                __p::again(__p::Probe::<__R>::LOAD, #context, key, __ARMS)
            }
        }
    });
    let outcome = Ident::new("outcome", result.span());
    quote! {
        enum __Call {}
        impl __p::Call for __Call {
            type Arguments = #taken;
            type Outcome = __A;
            fn decode(#context: &mut __p::Context) -> __p::Step<<Self::Arguments as __p::Arguments>::Decoded> {
                #(#decode)*
                ::core::result::Result::Ok(#all)
            }
            #relate
            #unchanged
            async fn call(#all: Self::Arguments) -> __A {
                #handled
            }
            fn show(#outcome: __A, #context: &__p::Context) -> __p::Answered {
                #show
            }
            #again
        }
    }
}

/// Writes a list of any length: a pair of the first and of all others.
fn list(parts: impl DoubleEndedIterator<Item = TokenStream>) -> TokenStream {
    parts.rfold(quote!(()), |others, first| quote!((#first, #others)))
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
