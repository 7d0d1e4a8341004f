//! `page(items = "articles", total = "count")`: the form of a page, where it is another than usual.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::LitStr;

use crate::{
    derive::input::is_name,
    diag::Diagnostics,
    key::{self, Key, KeyValue},
    keys, message,
};

/// The form of a page as it was proved.
pub(crate) struct PageShape {
    pub(crate) span: Span,
    /// The member of the items; none of a bare array.
    items: Option<String>,
    total: Option<String>,
    next: Option<String>,
    links: Option<Links>,
}

/// The parameter of the query by which links name the next page.
enum Links {
    /// The cursor of `Paging`.
    Cursor,
    /// One of the route's own, by its name.
    Number(LitStr),
}

/// The parameter of `Paging`, which has no number.
const CURSOR: &str = "cursor";

/// Reads the form of a page. `pages` is `true` if the handler takes the place of the page, `Paging`.
pub(crate) fn parse(key: &Key, pages: bool, diag: &mut Diagnostics) -> Option<PageShape> {
    let before = diag.count();
    let tokens = key.list(diag)?.clone();
    let written = key::keys_of(tokens, diag);
    let keys = key::known_once(written, keys::PAGE, diag);
    let (mut array, mut links) = (None, None);
    let mut named = Vec::new();
    for part in &keys {
        if part.is("array") {
            array = part.flag(diag).then(|| part.span());
        } else if part.is("links") {
            links = match matches!(part.value, KeyValue::Flag) {
                true => Some((part.span(), Links::Cursor)),
                false => part.text(diag).map(|name| (part.span(), Links::Number(name))),
            };
        } else if let Some(text) = part.text(diag) {
            named.push((part.name.to_string(), text));
        }
    }
    if keys.is_empty() && diag.count() == before {
        let help = "write `page(items = \"articles\")`";
        diag.report(key.span(), &message::GRAMMAR, &["`page` says nothing", help]);
    }
    // The members that are there and are called as usual.
    let is_usual = |wanted: &str| {
        let is_there = array.is_none() && (wanted == "items" || (wanted == "next" && pages));
        is_there && named.iter().all(|(name, _)| name != wanted)
    };
    for (place, (_, text)) in named.iter().enumerate() {
        let name = text.value();
        let is_taken =
            is_usual(&name) || named[..place].iter().any(|(_, other)| other.value() == name);
        if !is_name(&name) {
            let why = format!("`{name}` is no name in an answer");
            let help = "write 1 to 64 ASCII letters, digits, `-`, `_` and `.`";
            diag.report(text.span(), &message::PAGE_SHAPE, &[&why, help]);
        } else if is_taken {
            let why = format!("two of its members are called `{name}`");
            diag.report(text.span(), &message::PAGE_SHAPE, &[&why, "give one another name"]);
        }
    }
    if let (Some(span), [(name, _), ..]) = (array, &named[..]) {
        let why = format!("a bare array has no member for `{name}`");
        let help = "write `page(array, links)`: a total may be a header field, by `WithHeaders`";
        diag.report(span, &message::PAGE_SHAPE, &[&why, help]);
    } else if let (Some(span), true, None) = (array, pages, &links) {
        let why = "nothing in a bare array says where the next page is";
        diag.report(span, &message::PAGE_SHAPE, &[why, "write `array, links`"]);
    } else if let (Some((span, Links::Number(_))), true) = (&links, pages) {
        let why = "the next page has a cursor, and so no number";
        diag.report(*span, &message::PAGE_SHAPE, &[why, "write `links`"]);
    } else if let Some((span, Links::Number(name))) = &links
        && name.value() == CURSOR
    {
        let why = "`cursor` has the cursor of `Paging`, and no number";
        let help = "give that parameter another name, in the input of `Query<…>` too";
        diag.report(*span, &message::PAGE_SHAPE, &[why, help]);
    } else if let (Some((span, Links::Cursor)), false) = (&links, pages) {
        let why = "`links` name the next page by its cursor, and no argument is `Paging`";
        diag.report(
            *span,
            &message::PAGE_SHAPE,
            &[why, "remove `links`, or take `paging: Paging<…>`"],
        );
    }
    if diag.count() > before {
        return None;
    }
    let named =
        |name: &str| named.iter().find(|(known, _)| known == name).map(|(_, text)| text.value());
    let usual = |name: &str, usual: &str| {
        array.is_none().then(|| named(name).unwrap_or_else(|| usual.to_owned()))
    };
    Some(PageShape {
        span: key.span(),
        items: usual("items", "items"),
        total: named("total"),
        next: usual("next", "next"),
        links: links.map(|(_, by)| by),
    })
}

impl PageShape {
    /// Expands `PageShape` of the runtime. `__p` is in scope.
    pub(crate) fn expand(&self) -> TokenStream {
        let Self { span: _, items, total, next, links } = self;
        let [items, total, next] = [items, total, next].map(|name| match name {
            Some(name) => quote!(::core::option::Option::Some(#name)),
            None => quote!(::core::option::Option::None),
        });
        let links = match links {
            None => quote!(::core::option::Option::None),
            Some(Links::Cursor) => quote!(__p::PageShape::BY_CURSOR),
            Some(Links::Number(name)) => quote!(::core::option::Option::Some(#name)),
        };
        quote! {
            ::core::option::Option::Some(__p::PageShape {
                items: #items, total: #total, next: #next, links: #links,
            })
        }
    }
}
