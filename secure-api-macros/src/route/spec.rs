//! What was written: the declaration and the handler's signature, each part with its span, nothing proved.

use proc_macro2::TokenStream;
use syn::{LitStr, parse::ParseStream, parse::Parser};

use super::Verb;
use crate::{
    diag::Diagnostics,
    key::{self, Key},
    message,
    signature::{Argument, Handler},
};

/// Keys that are enforced.
const KEYS: &[&str] = &["version", "role", "public", "view", "limit"];

/// Keys of the language that nothing enforces yet. They are refused by name, so that none is taken for a promise.
const NOT_YET: &[&str] = &[
    "scope",
    "after",
    "idempotency_key",
    "deprecated",
    "credential",
    "body_limit",
    "timeout",
    "allow",
];

/// One declaration as written.
pub(super) struct RouteSpec<'a> {
    pub(super) verb: Verb,
    pub(super) handler: &'a Handler,
    pub(super) arguments: Vec<Argument<'a>>,
    pub(super) path: Option<LitStr>,
    pub(super) version: Option<Key>,
    pub(super) role: Option<Key>,
    pub(super) public: Option<Key>,
    pub(super) view: Option<Key>,
    pub(super) limit: Option<Key>,
}

impl<'a> RouteSpec<'a> {
    pub(super) fn read(
        verb: Verb,
        attribute: TokenStream,
        handler: &'a Handler,
        diag: &mut Diagnostics,
    ) -> Self {
        let mut spec = Self {
            verb,
            handler,
            arguments: handler.arguments(diag),
            path: None,
            version: None,
            role: None,
            public: None,
            view: None,
            limit: None,
        };
        let (path, keys) = read_attribute(verb, attribute, handler, diag);
        spec.path = path;
        for key in keys {
            let place = match key.name.to_string().as_str() {
                "version" => &mut spec.version,
                "role" => &mut spec.role,
                "public" => &mut spec.public,
                "view" => &mut spec.view,
                _ => &mut spec.limit,
            };
            *place = Some(key);
        }
        spec
    }
}

/// The path, which comes first, and the keys after it.
fn read_attribute(
    verb: Verb,
    attribute: TokenStream,
    handler: &Handler,
    diag: &mut Diagnostics,
) -> (Option<LitStr>, Vec<Key>) {
    let example = format!("write `#[{}(\"/orders\", …)]`", verb.attribute());
    if attribute.is_empty() {
        let ident = handler.ident();
        diag.report(ident.span(), &message::GRAMMAR, &["the route has no path", &example]);
    }
    let parser = |input: ParseStream<'_>| {
        let path = if input.peek(LitStr) {
            let path = input.parse::<LitStr>()?;
            if !input.is_empty() {
                input.parse::<syn::Token![,]>()?;
            }
            Some(path)
        } else {
            if !input.is_empty() {
                diag.report(input.span(), &message::GRAMMAR, &["the path comes first", &example]);
            }
            None
        };
        Ok((path, key::parse_keys(input, diag)))
    };
    let (path, keys) = match parser.parse2(attribute) {
        Ok(read) => read,
        Err(error) => {
            diag.push(error);
            return (None, Vec::new());
        }
    };
    let (later, keys): (Vec<_>, Vec<_>) =
        keys.into_iter().partition(|key| NOT_YET.iter().any(|name| key.is(name)));
    for key in later {
        diag.report(key.span(), &message::NOT_YET, &[&key.name.to_string()]);
    }
    (path, key::known_once(keys, KEYS, diag))
}
