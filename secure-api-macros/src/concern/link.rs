//! `Created::at::<get_order>`: the routes that a handler names in its body, for the API to have them.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Path, spanned::Spanned};

use crate::{path, source};

/// A route that a handler names.
pub(crate) struct Link {
    /// The words by which it is named.
    pub(crate) by: &'static str,
    pub(crate) path: Path,
}

impl Link {
    pub(crate) fn new(by: &'static str, path: Path) -> Self {
        Self { by, path }
    }

    /// Returns `Link` of the runtime. `__p` is in scope.
    pub(crate) fn expand(&self) -> TokenStream {
        let Self { by, path } = self;
        // Each in the words by which it is named elsewhere too, so that what is no route is told once.
        let name = match *by {
            "instead" => quote_spanned!(path.span()=> <#path as __p::Endpoint>::NAME),
            _ => quote_spanned!(path.span()=> __p::Named::<#path>::NAME),
        };
        quote!(__p::Link { by: #by, to: #name })
    }
}

/// The words by which a redirect names where it leads to.
const REDIRECT: &str = "Redirect::to";

/// Returns the routes of `Created::at::<…>`, `Accepted::at::<…>` and `Redirect::to::<…>` in a body, each once. One that declares names of its
/// own, by `use` and the like, has names that mean nothing outside of it, and one with `#[cfg]` may name what is not there:
/// there are none then, and an address that is none is told when it is asked for.
pub(crate) fn of_body(body: &TokenStream) -> Vec<Link> {
    let mut links = Vec::new();
    if !declares(body) {
        collect(body, &mut links);
    }
    // Of a name that nothing has, the compiler tells where it is written.
    links.retain(|link| link.path.get_ident().is_none_or(source::may_be_named));
    links
}

fn declares(tokens: &TokenStream) -> bool {
    let mut is_attribute = false;
    tokens.clone().into_iter().any(|token| {
        let found = match &token {
            TokenTree::Ident(word) => ["use", "struct", "enum", "type", "mod", "macro_rules"]
                .iter()
                .any(|keyword| word == keyword),
            TokenTree::Group(group) => {
                (is_attribute && is_cfg(group.stream())) || declares(&group.stream())
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => false,
        };
        is_attribute = matches!(&token, TokenTree::Punct(mark) if mark.as_char() == '#');
        found
    })
}

fn is_cfg(attribute: TokenStream) -> bool {
    matches!(attribute.into_iter().next(), Some(TokenTree::Ident(name)) if name == "cfg")
}

fn collect(tokens: &TokenStream, links: &mut Vec<Link>) {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    for (place, token) in tokens.iter().enumerate() {
        if let TokenTree::Group(group) = token {
            collect(&group.stream(), links);
        }
        let by = match token {
            TokenTree::Ident(name) if name == "Created" => "Created::at",
            TokenTree::Ident(name) if name == "Accepted" => "Accepted::at",
            TokenTree::Ident(name) if name == "Redirect" => REDIRECT,
            _ => continue,
        };
        let method = if by == REDIRECT { "to" } else { "at" };
        let Some(path) = at(&tokens[place + 1..], method) else { continue };
        let is_known = |link: &&mut Link| {
            link.path.to_token_stream().to_string() == path.to_token_stream().to_string()
        };
        match links.iter_mut().find(is_known) {
            // More is asked of where a redirect leads to.
            Some(known) if by == REDIRECT => known.by = by,
            Some(_) => {}
            None => links.push(Link::new(by, path)),
        }
    }
}

/// Returns the path between `::at::<` and `>`, or behind another method.
fn at(tokens: &[TokenTree], method: &str) -> Option<Path> {
    let is = |place: usize, mark: char| matches!(tokens.get(place), Some(TokenTree::Punct(punct)) if punct.as_char() == mark);
    let begins = is(0, ':') && is(1, ':') && is(3, ':') && is(4, ':') && is(5, '<');
    if !begins || tokens.get(2)?.to_string() != method {
        return None;
    }
    let rest = &tokens[6..];
    let end = rest.iter().position(|token| matches!(token, TokenTree::Punct(mark) if ['<', '>', ','].contains(&mark.as_char())))?;
    syn::parse2(rest[..end].iter().cloned().collect()).ok()
}

/// Returns the first `Created::at` of a body, or `Accepted::at`, that names no route.
pub(crate) fn unnamed(body: &TokenStream) -> Option<TokenStream> {
    let tokens: Vec<TokenTree> = body.clone().into_iter().collect();
    let is = |place: usize, word: &str| {
        tokens.get(place).is_some_and(|token: &TokenTree| token.to_string() == word)
    };
    tokens.iter().enumerate().find_map(|(place, token)| match token {
        TokenTree::Group(group) => unnamed(&group.stream()),
        TokenTree::Ident(name) if name == "Created" || name == "Accepted" => {
            let is_at = is(place + 1, ":") && is(place + 2, ":") && is(place + 3, "at");
            let is_called = matches!(tokens.get(place + 4), Some(TokenTree::Group(_)));
            (is_at && is_called).then(|| tokens[place..place + 4].iter().cloned().collect())
        }
        _ => None,
    })
}

/// Returns the first `Created(…)` of a body, which is none, and what stands in its parentheses.
pub(crate) fn constructed(body: &TokenStream) -> Option<(TokenStream, String)> {
    let tokens: Vec<TokenTree> = body.clone().into_iter().collect();
    let is_path = |place: usize| {
        place > 0
            && matches!(&tokens[place - 1], TokenTree::Punct(mark) if [':', '.'].contains(&mark.as_char()))
    };
    tokens.iter().enumerate().find_map(|(place, token)| match (token, tokens.get(place + 1)) {
        (TokenTree::Group(group), _) => constructed(&group.stream()),
        (TokenTree::Ident(name), Some(TokenTree::Group(inside)))
            if name == "Created"
                && !is_path(place)
                && inside.delimiter() == Delimiter::Parenthesis =>
        {
            let shown = path::tokens_as_written(&inside.stream());
            Some((tokens[place..=place + 1].iter().cloned().collect(), shown))
        }
        _ => None,
    })
}

/// Returns the name that the route may have which shows what this handler makes, as `get_order` of `create_order`.
pub(crate) fn shown_by(handler: &str) -> String {
    let made = handler.split_once('_').map_or(handler, |(_, made)| made);
    format!("get_{made}")
}
