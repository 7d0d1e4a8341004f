//! The declaration as written: its keys and the handler's signature, each part with its span, nothing proved.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{LitStr, parse::ParseStream, parse::Parser};

use super::{Verb, options::OptionsSpec};
use crate::{
    broken,
    concern::flow::FlowSpec,
    diag::Diagnostics,
    key::{self, Key, KeyValue},
    keys, message,
    module::{self, Around},
    signature::{Argument, Handler},
    typed::typed,
};

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
    /// The keys of the enclosing `#[routes]`.
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
        let is_quiet = broken::is_named(&attribute);
        let (path, keys, around, complete) = read_attribute(verb, attribute, diag);
        spec.path = path;
        spec.around = around;
        spec.silent = !complete || is_quiet;
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

/// Reads the path, which comes first, the keys after it, and what is around, and tells if all could be read.
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
            let (span, is_empty) = (input.span(), input.is_empty());
            let (path, rest) = elsewhere(input.parse()?);
            if !is_empty {
                let help = match &path {
                    Some(path) => {
                        let (path, rest) = (path.to_token_stream(), as_keys(&rest));
                        format!("write `#[{}({path}{rest})]`", verb.attribute())
                    }
                    None => example.clone(),
                };
                diag.report(span, &message::GRAMMAR, &["the path comes first", &help]);
            }
            let keys = |input: ParseStream<'_>| Ok(key::parse_keys(input, diag));
            let (keys, complete) = keys.parse2(rest)?;
            return Ok((path, keys, complete));
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
    // Whoever wrote a key that means nothing meant something by it, and whoever writes one is not done.
    let is_known = |key: &Key| keys::ROUTE.contains(&key.name.to_string().as_str());
    let is_meant = |key: &Key| key::meant(&key.name.to_string(), keys::ROUTE).is_some();
    let is_half = |key: &Key| !is_known(key) && matches!(key.value, KeyValue::Flag);
    let (half, keys): (Vec<_>, Vec<_>) = keys.into_iter().partition(is_half);
    let complete = complete && half.is_empty() && keys.iter().all(is_meant);
    for key in half {
        let name = key.name.to_string();
        diag.report(key.span(), &message::UNKNOWN_KEY, &[&name, &key::nearest(&name, keys::ROUTE)]);
    }
    (path, key::known_once(keys, keys::ROUTE, diag), around, complete)
}

/// Returns keys as they are typed behind a path.
fn as_keys(keys: &TokenStream) -> String {
    let around = format!("{}(", module::KEY);
    let keys = typed(keys);
    let keys = keys.trim_end_matches([',', ' ']);
    match keys.find(&around).map_or(keys, |place| keys[..place].trim_end_matches([',', ' '])) {
        "" => String::new(),
        keys => format!(", {keys}"),
    }
}

/// Takes the path out of where it does not belong, `path = "…"` or behind the keys, and returns what is left without
/// it. What may be a path but no text, as the name of a constant, is left out too: that was told.
fn elsewhere(tokens: TokenStream) -> (Option<LitStr>, TokenStream) {
    let (mut path, mut left) = (None, TokenStream::new());
    let tokens: Vec<_> = tokens.into_iter().collect();
    let is_comma =
        |token: &TokenTree| matches!(token, TokenTree::Punct(mark) if mark.as_char() == ',');
    for (place, part) in tokens.split_inclusive(is_comma).enumerate() {
        let stated = match part {
            [stated @ .., last] if is_comma(last) => stated,
            stated => stated,
        };
        let text = match stated {
            [text] => syn::parse2::<LitStr>(text.to_token_stream()).ok(),
            [name, _, text] if name.to_string() == "path" => {
                syn::parse2(text.to_token_stream()).ok()
            }
            [TokenTree::Punct(mark), ..] if place == 0 && mark.as_char() == '/' => {
                let text: TokenStream = stated.iter().cloned().collect();
                Some(LitStr::new(&text.to_string().replace(' ', ""), mark.span()))
            }
            _ => None,
        };
        let is_key = match stated {
            [TokenTree::Ident(name)] => keys::ROUTE.contains(&name.to_string().as_str()),
            [TokenTree::Ident(_), TokenTree::Punct(mark), ..] => mark.as_char() != '!',
            _ => true,
        };
        match text {
            Some(text) => path = Some(text),
            None if place == 0 && !is_key => {}
            None => left.extend(part.iter().cloned()),
        }
    }
    (path, left)
}
