//! The steps of one route: how its arguments are decoded and resolved, how the handler is called and its result shown.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
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
    let RoutePolicy { handler, path, arguments, result, if_match, options, .. } = policy;
    let ident = handler.ident();
    // Locals that tokens of different places name are the same wherever those come from.
    let local = |name: &str| Ident::new(name, Span::mixed_site());
    let names: Vec<_> = (0..arguments.len()).map(|index| local(&format!("a{index}"))).collect();
    let context = local("cx");
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
            fn relate((#(#names,)*): &Self::Arguments) -> __p::Step<()> {
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
                (#(#names,)*): &Self::Arguments,
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
        let form = <__O as __p::Answer>::form(out);
        <__S as __p::Shown>::answer(form, #context, __ARMS)
    };
    let outcome = Ident::new("outcome", result.span());
    quote! {
        enum __Call {}
        impl __p::Call for __Call {
            type Decoded = (#(#held)*);
            type Arguments = (#(#taken)*);
            type Outcome = __A;
            fn decode(#context: &mut __p::Context) -> __p::Step<Self::Decoded> {
                ::core::result::Result::Ok((#(#decode)*))
            }
            async fn resolve(
                (#(#names,)*): Self::Decoded,
            ) -> __p::Step<Self::Arguments> {
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
