//! `#[get]`, `#[post]`, `#[put]`, `#[patch]`, `#[delete]` and `#[query]`: from a handler and its declaration to a route.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use crate::{
    broken, concern::link, diag::Diagnostics, message, signature::Handler, source, unmarked,
};

mod check;
mod expand;
mod fallback;
mod named;
mod options;
mod policy;
mod spec;

/// The verb of the attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verb {
    Get,
    Post,
    Put,
    Patch,
    Delete,
    Query,
}

const VERBS: [&str; 6] = ["get", "post", "put", "patch", "delete", "query"];

impl Verb {
    pub(crate) fn attribute(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::Post => "post",
            Self::Put => "put",
            Self::Patch => "patch",
            Self::Delete => "delete",
            Self::Query => "query",
        }
    }
}

/// Expands a verb's attribute: parses the handler, checks it, and generates code from the proved policy alone.
pub(crate) fn expand(verb: Verb, attribute: TokenStream, item: TokenStream) -> TokenStream {
    let mut handler: Handler = match syn::parse2(item.clone()) {
        Ok(handler) => handler,
        Err(_) => return wrong_item(verb, item),
    };
    if source::is_second(handler.ident()) {
        return quote!(#handler);
    }
    // The function would be told that it names a type without its parameters, which was told of the type.
    if broken::is_generic(&handler.signature.to_token_stream()) {
        return fallback::without_handler(&handler);
    }
    if !handler.is_method() && source::is_in_impl(handler.ident()) {
        return in_impl(handler);
    }
    let prelude = source::prelude::missing(&handler);
    let is_shown = unmarked::of_route(&attribute, &handler);
    let mut diag = Diagnostics::new();
    one_verb(&mut handler, &mut diag);
    let mut spec = spec::RouteSpec::read(verb, attribute, &handler, &mut diag);
    spec.silent |= !is_shown;
    let policy = check::check(spec, &mut diag);
    let errors = diag.finish();
    let errors = quote!(#prelude #errors);
    let errors = (!errors.is_empty()).then_some(errors);
    match policy {
        Ok(policy) => {
            let code = expand::expand(&policy);
            broken::note_keyless(handler.ident(), false);
            // Whatever key it gives to such a route is another one than the compiler takes it for.
            let links = link::of_body(handler.body());
            let is_quiet = links.iter().any(|link| {
                broken::is_keyless(&link.path)
                    || link
                        .path
                        .get_ident()
                        .is_some_and(|to| source::routes::lacks_proof(handler.ident(), to))
            });
            let quiet = is_quiet.then(|| handler.with_empty_body());
            let (allow, handler) = match &quiet {
                Some(handler) => (Some(quote!(#[allow(unused_variables)])), handler),
                None => (None, &handler),
            };
            quote!(#errors #allow #handler #code)
        }
        Err(remains) => fallback::expand(verb, &handler, &remains, errors),
    }
}

/// Reports a second verb and leaves it out, since it would make a second route of the same name.
fn one_verb(handler: &mut Handler, diag: &mut Diagnostics) {
    let is_verb = |attribute: &syn::Attribute| {
        let segments = &attribute.path().segments;
        let ours = segments.len() == 1 || segments[0].ident == "secure_api";
        ours && segments.last().is_some_and(|last| VERBS.iter().any(|verb| last.ident == verb))
    };
    for attribute in handler.attributes.extract_if(.., |attribute| is_verb(attribute)) {
        let help = "write a handler for each verb; what they share is a function";
        diag.report_on(attribute.path(), &message::GRAMMAR, &["a handler answers one verb", help]);
    }
}

/// Reports a handler in an `impl`, where nothing can stand beside it.
fn in_impl(handler: Handler) -> TokenStream {
    let name = handler.ident().to_string();
    let mut diag = Diagnostics::new();
    let text = format!("`{name}` stands in an `impl`, and a handler is a function of a module");
    let help = format!("move it out of the `impl`, and write `{name}` in `routes(…)`");
    diag.report(handler.ident().span(), &message::GRAMMAR, &[&text, &help]);
    let errors = diag.finish();
    // In the function, since no item can stand beside it.
    let handler = handler.with_empty_body_and(errors);
    quote!(#[allow(dead_code, unused_variables)] #handler)
}

fn wrong_item(verb: Verb, item: TokenStream) -> TokenStream {
    let mut diag = Diagnostics::new();
    let place = item
        .clone()
        .into_iter()
        .next()
        .map_or_else(proc_macro2::Span::call_site, |first| first.span());
    let attribute = format!("#[{}]", verb.attribute());
    diag.report(place, &message::WRONG_ITEM, &[&attribute, "an async function"]);
    let errors = diag.finish();
    quote!(#errors #item)
}
