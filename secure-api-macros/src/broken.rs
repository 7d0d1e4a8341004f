//! Items that cannot be what they derive, as roles with fields, and errors with parameters. What names one of their variants would be told by the
//! compiler that a function is no role, once for each place, so it stays quiet instead.
//!
//! The compiler expands a crate from its top to its end in one process. Where a name is not noted yet, as that of an enum
//! further down, there are further errors and nothing worse: a route that is quiet is beside a mistake that was told.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeSet,
};

use proc_macro2::{Ident, TokenStream, TokenTree};

thread_local! {
    /// The names of these enums.
    static BROKEN: RefCell<BTreeSet<String>> = const { RefCell::new(BTreeSet::new()) };
    /// The names of items with parameters that have no place there, so that each use lacks some.
    static GENERIC: RefCell<BTreeSet<String>> = const { RefCell::new(BTreeSet::new()) };
    /// The names of routes that do not say which key their path has.
    static KEYLESS: RefCell<BTreeSet<String>> = const { RefCell::new(BTreeSet::new()) };
    /// `true` if a prefix was stated where it reaches no route.
    static PREFIX: Cell<bool> = const { Cell::new(false) };
    /// `true` if some handler has a mistake of its own.
    static ROUTE: Cell<bool> = const { Cell::new(false) };
}

/// Notes that a prefix was stated where it reaches no route, so that `/` may be meant as what is below it.
pub(crate) fn note_prefix() {
    PREFIX.set(true);
}

/// Returns `true` if some prefix reaches no route.
pub(crate) fn is_without_prefix() -> bool {
    PREFIX.get()
}

/// Notes that a handler has a mistake, so that there is no operation of its name.
pub(crate) fn note_route() {
    ROUTE.set(true);
}

/// Returns `true` if some handler has no operation, wherever it is listed: it has a mistake, or names what has. Handlers in a
/// module are expanded after the API that lists it.
pub(crate) fn is_route_lost() -> bool {
    ROUTE.get() || !GENERIC.with_borrow(BTreeSet::is_empty)
}

/// Notes if the enum of this name has variants that name no role or version.
pub(crate) fn note(name: &Ident, is_broken: bool) {
    BROKEN.with_borrow_mut(|names| match is_broken {
        true => names.insert(name.to_string()),
        false => names.remove(&name.to_string()),
    });
}

/// Notes if the item of this name has parameters and should have none.
pub(crate) fn note_generic(name: &Ident, is_generic: bool) {
    GENERIC.with_borrow_mut(|names| match is_generic {
        true => names.insert(name.to_string()),
        false => names.remove(&name.to_string()),
    });
}

/// Notes if the path of the route of this name has a parameter that no argument takes.
pub(crate) fn note_keyless(name: &Ident, is_keyless: bool) {
    KEYLESS.with_borrow_mut(|names| match is_keyless {
        true => names.insert(name.to_string()),
        false => names.remove(&name.to_string()),
    });
}

/// Returns `true` if a path names such a route.
pub(crate) fn is_keyless(path: &syn::Path) -> bool {
    let last = path.segments.last().map(|last| last.ident.to_string());
    last.is_some_and(|last| KEYLESS.with_borrow(|names| names.contains(&last)))
}

/// Returns `true` if some of these tokens name such an item without arguments.
pub(crate) fn is_generic(tokens: &TokenStream) -> bool {
    if GENERIC.with_borrow(BTreeSet::is_empty) {
        return false;
    }
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Ident(name) => GENERIC.with_borrow(|names| names.contains(&name.to_string())),
        TokenTree::Group(group) => is_generic(&group.stream()),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

/// Returns `true` if some of these tokens name a variant of such an enum, as `Role::Customer`.
pub(crate) fn is_named(tokens: &TokenStream) -> bool {
    if BROKEN.with_borrow(BTreeSet::is_empty) {
        return false;
    }
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    tokens.iter().enumerate().any(|(place, token)| match token {
        TokenTree::Ident(name) => {
            let is_path = |token: &TokenTree| matches!(token, TokenTree::Punct(mark) if mark.as_char() == ':');
            tokens.get(place + 1).is_some_and(is_path)
                && BROKEN.with_borrow(|names| names.contains(&name.to_string()))
        }
        TokenTree::Group(group) => is_named(&group.stream()),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}
