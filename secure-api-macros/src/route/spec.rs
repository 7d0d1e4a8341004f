//! What was written: the declaration and the handler's signature, each part with its span, nothing proved.

use proc_macro2::TokenStream;
use syn::{LitStr, parse::ParseStream, parse::Parser};

use super::{Verb, options::OptionsSpec};
use crate::{
    concern::flow::FlowSpec,
    diag::Diagnostics,
    key::{self, Key},
    message,
    module::{self, Around},
    signature::{Argument, Handler},
};

/// The keys, each of them enforced.
const KEYS: &[&str] = &[
    "version",
    "role",
    "public",
    "scope",
    "view",
    "limit",
    "after",
    "idempotency_key",
    "if_match",
    "credential",
    "deprecated",
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
    /// What the `#[routes]` around it adds.
    pub(super) around: Around,
    pub(super) flow: FlowSpec,
    pub(super) if_match: Option<Key>,
    pub(super) options: OptionsSpec,
    /// The attribute says nothing at all, or could not be read to its end: what is missing is no further mistake.
    pub(super) silent: bool,
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
            around: Around::default(),
            flow: FlowSpec::default(),
            if_match: None,
            options: OptionsSpec::default(),
            silent: true,
        };
        if attribute.is_empty() {
            let text = format!("`#[{}]` says nothing", verb.attribute());
            let help =
                "write path, versions and who may call: `(\"/orders\", version = …, role = …)`";
            diag.report(handler.ident().span(), &message::GRAMMAR, &[&text, help]);
            return spec;
        }
        let (path, keys, around, complete) = read_attribute(verb, attribute, diag);
        spec.path = path;
        spec.around = around;
        spec.silent = !complete;
        for key in keys {
            let place = match key.name.to_string().as_str() {
                "version" => Some(&mut spec.version),
                "role" => Some(&mut spec.role),
                "public" => Some(&mut spec.public),
                "view" => Some(&mut spec.view),
                "limit" => Some(&mut spec.limit),
                "if_match" => Some(&mut spec.if_match),
                other => spec.flow.place(other).or_else(|| spec.options.place(other)),
            };
            if let Some(place) = place {
                *place = Some(key);
            }
        }
        spec
    }
}

/// The path, which comes first, the keys after it, what is around, and whether all could be read.
fn read_attribute(
    verb: Verb,
    attribute: TokenStream,
    diag: &mut Diagnostics,
) -> (Option<LitStr>, Vec<Key>, Around, bool) {
    let example = format!("write `#[{}(\"/orders\", …)]`", verb.attribute());
    let parser = |input: ParseStream<'_>| {
        let path = if input.peek(LitStr) {
            let path = input.parse::<LitStr>()?;
            key::comma(input, diag);
            Some(path)
        } else {
            if !input.is_empty() {
                diag.report(input.span(), &message::GRAMMAR, &["the path comes first", &example]);
            }
            None
        };
        let (keys, complete) = key::parse_keys(input, diag);
        Ok((path, keys, complete))
    };
    let read = parser.parse2(attribute);
    let Some((path, keys, complete)) = diag.take(read, &example) else {
        return (None, Vec::new(), Around::default(), false);
    };
    let (around, keys): (Vec<_>, Vec<_>) = keys.into_iter().partition(|key| key.is(module::KEY));
    let around = around.first().map(Around::read).unwrap_or_default();
    (path, key::known_once(keys, KEYS, diag), around, complete)
}
