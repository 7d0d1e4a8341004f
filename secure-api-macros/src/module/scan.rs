//! The items of a module: which are routes, which are modules of routes, and what passes through as it is.
//!
//! Only what stands before an item is read. Bodies stay as they were typed, so that half a line in one of them
//! does not take the whole module with it.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{
    Attribute, ItemUse, LitStr, Meta, Path, Signature, Token, UseTree, Visibility,
    parse::{Parse, ParseStream, Parser},
};

use crate::{
    concern::path::{self, RoutePath},
    diag::Diagnostics,
};

const VERBS: [&str; 6] = ["get", "post", "put", "patch", "delete", "query"];

/// A module with its items in place.
pub(super) struct Module {
    pub(super) attributes: Vec<Attribute>,
    pub(super) visibility: Visibility,
    pub(super) ident: Ident,
    pub(super) inner: Vec<Attribute>,
    pub(super) items: Vec<Item>,
}

impl Parse for Module {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        let visibility = input.parse()?;
        input.parse::<Token![mod]>()?;
        let ident = input.parse()?;
        let content;
        syn::braced!(content in input);
        let inner = content.call(Attribute::parse_inner)?;
        let mut items = Vec::new();
        while !content.is_empty() {
            items.push(content.parse()?);
        }
        Ok(Self { attributes, visibility, ident, inner, items })
    }
}

/// One item.
pub(super) struct Item {
    pub(super) attributes: Vec<Attribute>,
    pub(super) kind: Kind,
    /// All of it but the attributes.
    pub(super) tokens: TokenStream,
}

/// The kind of an item, as far as it matters to `#[routes]`.
pub(super) enum Kind {
    /// A function with a verb.
    Route(Ident),
    /// A module with `#[routes]`.
    Routes(Ident),
    /// Another module, and whether there are routes in it.
    Module(Ident, bool),
    /// A call of a macro.
    Macro(Ident),
    Other,
}

impl Parse for Item {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        let kind = kind(&attributes, input);
        let mut tokens = TokenStream::new();
        if let Kind::Route(_) = kind {
            input.parse::<Visibility>()?.to_tokens(&mut tokens);
            input.parse::<Signature>()?.to_tokens(&mut tokens);
        }
        // An item ends with its braces or a semicolon. Where one goes on after that, as `const A: B = C {} + D;`
        // does, the rest is an item without a meaning, and passes through as it is.
        while !input.is_empty() {
            let token: TokenTree = input.parse()?;
            let ends = match &token {
                TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
                TokenTree::Punct(punct) => punct.as_char() == ';',
                _ => false,
            };
            tokens.extend([token]);
            if ends {
                break;
            }
        }
        Ok(Self { attributes, kind, tokens })
    }
}

/// Looks ahead at what follows the attributes.
fn kind(attributes: &[Attribute], input: ParseStream<'_>) -> Kind {
    let fork = input.fork();
    if attributes.iter().any(|attribute| VERBS.iter().any(|verb| is(attribute, verb))) {
        let signature = fork.parse::<Visibility>().and_then(|_| fork.parse::<Signature>());
        return signature.map_or(Kind::Other, |signature| Kind::Route(signature.ident));
    }
    if fork.parse::<Visibility>().is_err() {
        return Kind::Other;
    }
    if fork.parse::<Option<Token![mod]>>().is_ok_and(|token| token.is_some()) {
        return match (fork.parse::<Ident>(), fork.parse::<Group>()) {
            (Ok(ident), Ok(_)) if attributes.iter().any(|attribute| is(attribute, "routes")) => {
                Kind::Routes(ident)
            }
            (Ok(ident), Ok(group)) => Kind::Module(ident, has_routes(group.stream())),
            _ => Kind::Other,
        };
    }
    let fork = input.fork();
    let path = fork.call(Path::parse_mod_style);
    match path.ok().and_then(|path| path.segments.into_iter().next_back()) {
        // `macro_rules!` and other definitions have a name after the `!`.
        Some(last) if fork.peek(Token![!]) && !fork.peek2(syn::Ident) => Kind::Macro(last.ident),
        _ => Kind::Other,
    }
}

fn has_routes(items: TokenStream) -> bool {
    let parser = |input: ParseStream<'_>| {
        input.call(Attribute::parse_inner)?;
        let mut found = false;
        while !input.is_empty() {
            let item: Item = input.parse()?;
            found |= matches!(item.kind, Kind::Route(_) | Kind::Routes(_) | Kind::Module(_, true));
        }
        Ok(found)
    };
    parser.parse2(items).unwrap_or(false)
}

/// Returns `true` if the last segment of the attribute's path is this name.
fn is(attribute: &Attribute, name: &str) -> bool {
    attribute.path().segments.last().is_some_and(|last| last.ident == name)
}

impl Item {
    /// Returns the `#[cfg]`s that it depends on.
    pub(super) fn cfgs(&self) -> Vec<Attribute> {
        let cfgs = self.attributes.iter().filter(|attribute| attribute.path().is_ident("cfg"));
        cfgs.cloned().collect()
    }

    /// Returns the attribute that makes it a route, or routes.
    pub(super) fn declares(&self) -> Option<&Attribute> {
        let is_verb = |attribute: &&Attribute| VERBS.iter().any(|verb| is(attribute, verb));
        match &self.kind {
            Kind::Route(_) => self.attributes.iter().find(is_verb),
            Kind::Routes(_) => self.attributes.iter().find(|attribute| is(attribute, "routes")),
            Kind::Module(..) | Kind::Macro(_) | Kind::Other => None,
        }
    }

    /// Returns `true` if it is a `use` that may bring this name into the module.
    pub(super) fn imports(&self, name: &Ident) -> bool {
        match (&self.kind, syn::parse2::<ItemUse>(self.tokens.clone())) {
            (Kind::Other, Ok(item)) => brings(&item.tree, name),
            _ => false,
        }
    }

    /// Returns `true` if it is a `use` that may bring this name, other than all of the prelude.
    pub(super) fn imports_itself(&self, name: &Ident) -> bool {
        match (&self.kind, syn::parse2::<ItemUse>(self.tokens.clone())) {
            (Kind::Other, Ok(item)) => brings(&item.tree, name) && !is_of_prelude(&item.tree),
            _ => false,
        }
    }

    /// Returns `true` if it declares this name: a word that follows one that declares.
    pub(super) fn is_called(&self, name: &Ident) -> bool {
        let tokens: Vec<TokenTree> = self.tokens.clone().into_iter().collect();
        let is = |token: &TokenTree, word: &str| matches!(token, TokenTree::Ident(found) if found == word);
        tokens.windows(2).any(|pair| {
            ["struct", "enum", "union", "trait", "type", "mod"]
                .iter()
                .any(|word| is(&pair[0], word))
                && matches!(&pair[1], TokenTree::Ident(found) if found == name)
        })
    }

    /// Returns `true` if a verb is written in other letters, as `#[GET]`. The compiler says so.
    pub(super) fn is_nearly_a_route(&self) -> bool {
        self.attributes
            .iter()
            .filter_map(|attribute| attribute.path().get_ident())
            .any(|name| VERBS.iter().any(|verb| name.to_string().eq_ignore_ascii_case(verb)))
    }

    /// Returns a `#[cfg_attr(…)]` that makes it a route, or routes, under a condition. Nobody would collect it.
    pub(super) fn undecided(&self) -> Option<&Attribute> {
        let brings = |attribute: &&Attribute| match &attribute.meta {
            Meta::List(list) if attribute.path().is_ident("cfg_attr") => {
                list.tokens.clone().into_iter().any(|token| match token {
                    TokenTree::Ident(name) => {
                        name == "routes" || VERBS.iter().any(|verb| name == verb)
                    }
                    _ => false,
                })
            }
            _ => false,
        };
        self.attributes.iter().find(brings)
    }

    /// Returns `true` if the item is a `defaults!`, which states defaults beside those of `#[routes]`.
    pub(super) fn is_defaults(&self) -> bool {
        matches!(&self.kind, Kind::Macro(name) if name == "defaults")
    }

    /// Returns `true` if a path in it may be another than lower-case words with hyphens.
    pub(super) fn may_be_unusual(&self, prefix: Option<&RoutePath>) -> bool {
        match &self.kind {
            Kind::Other => false,
            Kind::Routes(_) | Kind::Module(..) | Kind::Macro(_) => true,
            Kind::Route(_) => {
                let verbs = self.attributes.iter().filter_map(|attribute| match &attribute.meta {
                    Meta::List(list) => list.tokens.clone().into_iter().next(),
                    _ => None,
                });
                let mut paths = verbs.filter_map(|token| syn::parse2::<LitStr>(token.into()).ok());
                paths.any(|path| {
                    path::parse(prefix, &path, &mut Diagnostics::ignored())
                        .is_none_or(|path| path.unusual.is_some())
                })
            }
        }
    }

    /// Returns the item, where a verb or `#[routes]` is told what is around it.
    pub(super) fn told(&self, around: &TokenStream) -> TokenStream {
        let Self { attributes, kind, tokens } = self;
        let attributes = attributes.iter().map(|attribute| {
            let concerned = match kind {
                Kind::Route(_) => VERBS.iter().any(|verb| is(attribute, verb)),
                Kind::Routes(_) => is(attribute, "routes"),
                Kind::Module(..) | Kind::Macro(_) | Kind::Other => false,
            };
            if concerned { tell(attribute, around) } else { attribute.to_token_stream() }
        });
        quote!(#(#attributes)* #tokens)
    }
}

/// Adds what is around to an attribute: after the path, so that it is read whatever follows. One without a path
/// is a mistake that is told without it, or `#[routes]`.
fn tell(attribute: &Attribute, around: &TokenStream) -> TokenStream {
    let path = attribute.path();
    let is_routes = is(attribute, "routes");
    let tokens = match &attribute.meta {
        Meta::Path(_) if is_routes => return quote!(#[#path(#around)]),
        Meta::List(list) if is_routes || !list.tokens.is_empty() => list.tokens.clone(),
        Meta::Path(_) | Meta::List(_) | Meta::NameValue(_) => return attribute.to_token_stream(),
    };
    let mut tokens = tokens.into_iter().peekable();
    let first = tokens.next_if(|token| matches!(token, TokenTree::Literal(_)));
    match &first {
        Some(_) => {
            let rest: TokenStream = tokens.collect();
            // The comma after the path is the user's, or missing.
            quote!(#[#path(#first, #around #rest)])
        }
        None => {
            let rest: TokenStream = tokens.collect();
            quote!(#[#path(#rest, #around)])
        }
    }
}

/// Returns `true` if a tree of imports is that of the whole prelude.
fn is_of_prelude(tree: &UseTree) -> bool {
    match tree {
        UseTree::Path(path) if path.ident == "prelude" => matches!(*path.tree, UseTree::Glob(_)),
        UseTree::Path(path) => is_of_prelude(&path.tree),
        _ => false,
    }
}

/// Returns `true` if a tree of imports may bring this name.
fn brings(tree: &UseTree, name: &Ident) -> bool {
    match tree {
        UseTree::Path(path) => brings(&path.tree, name),
        UseTree::Group(group) => group.items.iter().any(|tree| brings(tree, name)),
        UseTree::Name(found) => found.ident == *name,
        UseTree::Rename(found) => found.rename == *name,
        UseTree::Glob(_) => true,
    }
}
