//! The routes of a file: functions that lists and other handlers name before they are expanded, or that are none.

use std::rc::Rc;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::{Expr, ExprLit, FnArg, Lit, Path, Visibility};

use super::{INERT, Item, SourceFile, items, may_be_named, site, this_file, uses};
use crate::{
    path,
    signature::{self, Handler},
};

/// Returns `true` if a path of the route of this name names what an argument cannot prove, which is told there: so nobody knows
/// which key it has. It stands beside the site.
pub(crate) fn lacks_proof(site: &Ident, name: &Ident) -> bool {
    let Some((file, item)) = beside_site(site, name) else { return false };
    let is_sure = item.attributes.iter().all(|attribute| !attribute.name.starts_with("cfg"));
    let texts: Vec<&String> =
        item.attributes.iter().flat_map(|attribute| &attribute.texts).collect();
    let Ok(handler) = syn::parse_str::<Handler>(&file.text[item.place.clone()]) else {
        return false;
    };
    is_sure
        && handler.signature.inputs.iter().any(|argument| match argument {
            FnArg::Typed(argument) => {
                let name = argument.pat.to_token_stream().to_string();
                let is_of_path = texts.iter().any(|text| text.contains(&format!("{{{name}}}")));
                let is_none = |ty| file.is_no_argument(&item.module, ty);
                is_of_path
                    && (signature::hidden(&argument.ty).is_some()
                        || path::last_of(&argument.ty).is_some_and(|last| last.ident == "Path")
                        || path::plain(&argument.ty).is_some_and(is_none))
            }
            FnArg::Receiver(_) => false,
        })
}

/// Returns the one GET handler of the file whose path is meant.
pub(crate) fn getter(is_meant: impl Fn(&str) -> bool) -> Option<String> {
    let file = this_file()?;
    let mut found = file.items.iter().filter(|item| {
        let mut attributes = item.attributes.iter();
        let get =
            attributes.find(|attribute| ["get", "secure_api::get"].contains(&&*attribute.name));
        let path = get.and_then(|get| get.texts.first());
        item.kind == "fn" && path.is_some_and(|path| is_meant(path.trim_matches('"')))
    });
    found.next().filter(|_| found.next().is_none()).map(|item| item.name.clone())
}

/// Returns the path of the GET handler of this name in the module of the site, as its attribute has it.
pub(crate) fn path_of(name: &Ident) -> Option<String> {
    let (_, item) = site::function(&name.to_string()).filter(|_| !super::is_imported(name))?;
    let get = item.attributes.iter().find(|attribute| attribute.name == "get")?;
    Some(get.texts.first()?.trim_matches('"').to_owned()).filter(|path| path.starts_with('/'))
}

/// Returns the name that a list means by one that nothing in the file has: of a route beside the list.
pub(crate) fn near(site: &Ident, name: &Ident) -> Option<String> {
    let file = this_file()?;
    let text = name.to_string();
    let may_be = |item: &Rc<Item>| match item.kind {
        // What a macro makes, or a `use` brings, nobody sees here.
        "macro" => true,
        "use" => {
            let words: Vec<&str> =
                file.text[item.place.clone()].split(|letter: char| !is_of_name(letter)).collect();
            words.contains(&&*text)
                || file.text[item.place.clone()].contains('*') && !words.contains(&"prelude")
        }
        _ => item.name == text,
    };
    if file.items.iter().any(may_be) || file.text.contains("macro_rules") {
        return None;
    }
    let site = site_of(&file, site)?;
    let is_route = |item: &&Rc<Item>| {
        let is_verb = |attribute: &items::Attribute| {
            ["get", "post", "put", "patch", "delete", "query"].contains(&&*attribute.name)
        };
        item.kind == "fn" && item.module == site.module && item.attributes.iter().any(is_verb)
    };
    let routes: Vec<&str> = file.items.iter().filter(is_route).map(|item| &*item.name).collect();
    crate::key::meant(&text, &routes).map(str::to_owned)
}

fn is_of_name(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// Returns the handler that a text is about: the one whose name it is, or the GET handler at this path.
pub(crate) fn meant(text: &Expr) -> Option<String> {
    let Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) = text else { return None };
    let text = text.value();
    match syn::parse_str::<Ident>(&text) {
        Ok(name) => Some(name.to_string()),
        Err(_) => getter(|path| path == text),
    }
}

/// Returns `true` if a path of the list of the site leads to a handler that is private to a module, in which the site is not.
pub(crate) fn is_private(site: &Ident, path: &Path) -> bool {
    let Some(file) = this_file().filter(|_| path.segments.len() > 1) else { return false };
    let Some(site) = site_of(&file, site) else { return false };
    let mut way: Vec<String> = path.segments.iter().map(|name| name.ident.to_string()).collect();
    let Some(name) = way.pop() else { return false };
    let is_of_root = way.first().is_some_and(|first| first == "crate");
    let module = match is_of_root {
        true if uses::is_root(&file) => way.split_off(1),
        true => return false,
        false => [&site.module[..], &way].concat(),
    };
    let found = only(&file, |item| item.kind == "fn" && item.name == name && item.module == module);
    let Some(found) = found.filter(|_| !site.module.starts_with(&module)) else { return false };
    // Of two modules of one name nobody knows which it is in.
    if file.module_at(found.place.start).is_none() {
        return false;
    }
    let is_conditional = found.attributes.iter().any(|attribute| attribute.name.starts_with("cfg"));
    let handler = syn::parse_str::<Handler>(&file.text[found.place.clone()]);
    !is_conditional
        && handler.is_ok_and(|handler| matches!(handler.visibility, Visibility::Inherited))
}

/// Returns `true` if a path leads to a function of a type, which no route can be: `Order::list`.
pub(crate) fn is_of_type(site: &Ident, path: &Path) -> bool {
    let Some(file) = this_file().filter(|_| path.segments.len() == 2) else { return false };
    let Some(site) = site_of(&file, site) else { return false };
    let here: Vec<&Rc<Item>> = file
        .items
        .iter()
        .filter(|item| path.segments[0].ident == item.name && item.module == site.module)
        .collect();
    matches!(here[..], [item] if matches!(item.kind, "struct" | "enum"))
}

/// Returns the item of the site, the only one of its name, which is where the macro stands.
fn site_of<'a>(file: &'a SourceFile, name: &Ident) -> Option<&'a Rc<Item>> {
    let module = site::site()?.module;
    only(file, |item| *name == item.name && item.kind != "mod").filter(|item| item.module == module)
}

/// Returns the item that is meant, if it is the only one.
fn only(file: &SourceFile, is_meant: impl Fn(&Item) -> bool) -> Option<&Rc<Item>> {
    let mut found = file.items.iter().filter(|item| is_meant(item));
    found.next().filter(|_| found.next().is_none())
}

/// The kind of a name in a list of routes, as far as the file tells.
#[derive(Debug)]
pub(crate) enum Entry {
    /// Nothing.
    Unknown,
    /// A function without a verb.
    NoRoute,
    /// A function with an attribute that does not exist, which the compiler tells.
    Misspelt,
    /// A function that is there under this condition.
    Conditional(TokenStream),
}

/// Returns what is known of a name in the list of routes of the site.
pub(crate) fn entry(site: &Ident, name: &Ident) -> Entry {
    let Some((file, item)) = beside_site(site, name) else { return Entry::Unknown };
    if item.attributes.iter().any(|attribute| attribute.name == "cfg") {
        return condition(&file, &item).map_or(Entry::Unknown, Entry::Conditional);
    }
    let is_inert = |attribute: &items::Attribute| INERT.contains(&&*attribute.name);
    let mut others = item.attributes.iter().filter(|attribute| !is_inert(attribute)).peekable();
    if others.peek().is_none() {
        return Entry::NoRoute;
    }
    // What has a path would be a route, if there were such an attribute.
    let is_none = |attribute: &items::Attribute| {
        let is_known =
            ["get", "post", "put", "patch", "delete", "query"].contains(&&*attribute.name);
        let is_path = |text: &String| text.starts_with("\"/");
        !is_known
            && attribute.texts.iter().any(is_path)
            && syn::parse_str::<Ident>(&attribute.name).is_ok_and(|name| !may_be_named(&name))
    };
    if others.all(is_none) { Entry::Misspelt } else { Entry::Unknown }
}

/// Returns the condition under which a handler is there, all of it that stands above its other attributes: what stands below its
/// verb is told there.
fn condition(file: &SourceFile, item: &Item) -> Option<TokenStream> {
    let handler = syn::parse_str::<Handler>(&file.text[item.place.clone()]).ok()?;
    let is_cfg = |attribute: &&syn::Attribute| attribute.path().is_ident("cfg");
    let is_plain =
        |attribute: &&syn::Attribute| is_cfg(attribute) || attribute.path().is_ident("doc");
    let above = handler.attributes.iter().take_while(is_plain).filter(is_cfg);
    let mut conditions: Vec<TokenStream> =
        above.filter_map(|cfg| Some(cfg.meta.require_list().ok()?.tokens.clone())).collect();
    match conditions.len() {
        0 => None,
        1 => conditions.pop(),
        _ => Some(quote!(all(#(#conditions),*))),
    }
}

/// Returns the function of this name in the module of the site, if there is one.
fn beside_site(site: &Ident, name: &Ident) -> Option<(Rc<SourceFile>, Rc<Item>)> {
    let file = this_file()?;
    let site = site_of(&file, site)?;
    let mut found = file.functions(name).filter(|item| item.module == site.module);
    let found = Rc::clone(found.next().filter(|_| found.next().is_none())?);
    Some((Rc::clone(&file), found))
}
