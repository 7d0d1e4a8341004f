//! Types that lack their derive, as an enum of roles without `#[derive(Role)]`.
//!
//! A macro sees no more of a type than its name, so the compiler would tell it at each use, of which there are many. The
//! file of the use is looked into instead, where no derive of that name ran before: if the type plainly stands there, in the
//! same module and without the derive, that is told once, and what the derive would have made is made. In any other case
//! nothing is done, and the compiler says what it says.

use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::quote;
use syn::{Attribute, Data, DeriveInput, Expr, Field, Fields, FnArg, Type};

use crate::{
    derive,
    diag::{self, Diagnostics},
    path,
    signature::Handler,
    source::{self, Item, SourceFile},
};

mod elsewhere;
mod lacks;
mod stand_in;

pub(crate) use lacks::Lacks;
pub(crate) use stand_in::without_object;

thread_local! {
    /// The derives that were seen, and those that were told to be missing, which are `false`.
    static KNOWN: RefCell<BTreeMap<(&'static str, String), bool>> = const { RefCell::new(BTreeMap::new()) };
    /// The code that is to stand beside that of the macro which is expanded.
    static BESIDE: RefCell<Option<TokenStream>> = const { RefCell::new(None) };
}

/// Notes that a type has the derive whose attribute is called so.
pub(crate) fn note(helper: &'static str, name: &Ident) {
    KNOWN.with_borrow_mut(|known| known.insert((helper, name.to_string()), true));
}

/// Returns what is to stand beside the code of the macro that was expanded.
pub(crate) fn beside() -> Option<TokenStream> {
    BESIDE.take()
}

/// Asks for the derives of what a handler and its attribute name. Returns `false` if what it returns lacks its own, so that
/// there are no views of it.
pub(crate) fn of_route(attribute: &TokenStream, handler: &Handler) -> bool {
    let site = handler.ident();
    of_keys(site, attribute);
    for argument in &handler.signature.inputs {
        if let FnArg::Typed(argument) = argument {
            of_type(site, &argument.ty);
        }
    }
    let Some(result) = handler.result() else { return true };
    of_type(site, result);
    let shown = path::innermost(result);
    !path::plain(shown).is_some_and(|name| ask(site, Lacks::Resource, name))
}

/// Asks for the derives of the roles and versions that keys name by their variants: those of `version = …` are versions,
/// and all others roles.
pub(crate) fn of_keys(site: &Ident, keys: &TokenStream) {
    let mut key = String::new();
    let tokens: Vec<TokenTree> = keys.clone().into_iter().collect();
    let is_mark = |place: usize, mark: char| matches!(tokens.get(place), Some(TokenTree::Punct(punct)) if punct.as_char() == mark);
    for (place, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Ident(name) if is_mark(place + 1, '=') => key = name.to_string(),
            TokenTree::Ident(name)
                if is_mark(place + 1, ':') && !(place > 0 && is_mark(place - 1, ':')) =>
            {
                let lacks = if key == "version" { Lacks::Version } else { Lacks::Role };
                ask(site, lacks, name);
            }
            TokenTree::Group(group) => of_keys(site, &group.stream()),
            _ => {}
        }
    }
}

/// Asks for the derives of the roles that the views and fields of a resource are for, and of the values that its views show.
pub(crate) fn of_resource(input: &DeriveInput) {
    of_attributes(&input.ident, &input.attrs);
    let views = input.attrs.iter().filter(|attribute| attribute.path().is_ident("view"));
    let lists: Vec<TokenStream> =
        views.filter_map(|view| Some(view.meta.require_list().ok()?.tokens.clone())).collect();
    for field in fields(input) {
        of_attributes(&input.ident, &field.attrs);
        let is_shown = |name: &Ident| lists.iter().any(|list| shows(list, name));
        if field.ident.as_ref().is_some_and(is_shown) {
            of_member(&input.ident, &field.ty, &[Lacks::Value]);
        }
    }
}

/// Asks for the derives of the roles that the fields of an input are for, and of what they are.
pub(crate) fn of_input(input: &DeriveInput) {
    for field in fields(input) {
        of_attributes(&input.ident, &field.attrs);
        of_member(&input.ident, &field.ty, &[Lacks::Value, Lacks::Input]);
    }
}

fn fields(input: &DeriveInput) -> Vec<&Field> {
    match &input.data {
        Data::Struct(data) => data.fields.iter().collect(),
        Data::Enum(data) => data.variants.iter().flat_map(|variant| &variant.fields).collect(),
        Data::Union(_) => Vec::new(),
    }
}

/// Returns `true` if the list of a view shows a field as it is.
fn shows(list: &TokenStream, name: &Ident) -> bool {
    let tokens: Vec<TokenTree> = list.clone().into_iter().collect();
    tokens.iter().enumerate().any(|(place, token)| match token {
        TokenTree::Ident(found) if found == name => match tokens.get(place + 1) {
            Some(TokenTree::Punct(mark)) => mark.as_char() == ',',
            Some(_) => false,
            None => true,
        },
        TokenTree::Group(group) => shows(&group.stream(), name),
        _ => false,
    })
}

/// Asks for a derive of a field's type, and of what is in it; a reference names an object, which is neither value nor input.
fn of_member(site: &Ident, ty: &Type, lacks: &[Lacks]) {
    if let Some(name) = path::plain(ty) {
        let _ = lacks.iter().any(|lacks| ask(site, *lacks, name));
    }
    let last = path::last_of(ty).filter(|last| last.ident != "Ref");
    last.into_iter().flat_map(path::types_of).for_each(|ty| of_member(site, ty, lacks));
}

fn of_attributes(site: &Ident, attributes: &[Attribute]) {
    for attribute in attributes {
        if let syn::Meta::List(list) = &attribute.meta
            && ["view", "sensitive", "input"].iter().any(|name| attribute.path().is_ident(name))
        {
            of_keys(site, &list.tokens);
        }
    }
}

/// Asks for the derive of the enum that an API's key names.
pub(crate) fn of_table(site: &Ident, lacks: Lacks, table: Option<&Expr>) {
    if let Some(Expr::Path(table)) = table
        && let Some(name) = table.path.get_ident()
    {
        ask(site, lacks, name);
    }
}

/// Asks for the derives of what a type names where only a type with one can stand.
pub(crate) fn of_type(site: &Ident, ty: &Type) {
    let Some(last) = path::last_of(ty) else { return };
    let inside: Vec<&Type> = path::types_of(last).collect();
    let lacks = match last.ident.to_string().as_str() {
        "Caller" | "Loading" => Some((0, Lacks::Role)),
        "Json" | "Form" | "Patch" | "Query" | "Upload" => Some((0, Lacks::Input)),
        "Unowned" => Some((0, Lacks::Value)),
        "Authorized" | "Scoped" | "Unchecked" => Some((0, Lacks::Object)),
        "Reader" | "Writer" => Some((0, Lacks::Store)),
        "Result" => Some((1, Lacks::ApiError)),
        _ => None,
    };
    if let Some((place, lacks)) = lacks
        && let Some(name) = inside.get(place).and_then(|ty| path::plain(ty))
    {
        ask(site, lacks, name);
    }
    inside.iter().for_each(|ty| of_type(site, ty));
}

/// Looks for a type that lacks a derive, and tells it at this name; returns `true` if it lacks it. `site` is the item with the
/// macro.
fn ask(site: &Ident, lacks: Lacks, name: &Ident) -> bool {
    let text = name.to_string();
    let key = (lacks.helper(), text.clone());
    if let Some(is_there) = KNOWN.with_borrow(|known| known.get(&key).copied()) {
        return !is_there;
    }
    let Some((file, input)) = find(&site.to_string(), lacks, &text) else { return false };
    let mut diag = Diagnostics::new();
    // Of an attribute that stands there without its derive, the compiler says that it may lack one, and which.
    let has_helper = has_helper(&input, lacks);
    let trap = if has_helper || lacks::has_misspelt(&file, &text, lacks) {
        Some(diag::trap(name.span(), &lacks.message(), &[&text, &text]))
    } else {
        diag.report(name.span(), &lacks.message(), &[&text, &text]);
        None
    };
    let errors = diag.finish();
    let derived = derive::quietly(|| lacks.derived(&input, has_helper, &file));
    KNOWN.with_borrow_mut(|known| known.insert(key, false));
    BESIDE.with_borrow_mut(|beside| {
        beside.get_or_insert_default().extend(quote!(#errors #trap #derived));
    });
    true
}

/// Returns `true` if an attribute of the derive stands on the type, its variants or their fields.
fn has_helper(input: &DeriveInput, lacks: Lacks) -> bool {
    let is_helper = |attribute: &Attribute| attribute.path().is_ident(lacks.helper());
    let has = |attributes: &[Attribute]| attributes.iter().any(is_helper);
    let in_fields = |fields: &Fields| fields.iter().any(|field| has(&field.attrs));
    has(&input.attrs)
        || match &input.data {
            Data::Enum(data) => data
                .variants
                .iter()
                .any(|variant| has(&variant.attrs) || in_fields(&variant.fields)),
            Data::Struct(data) => in_fields(&data.fields),
            Data::Union(_) => false,
        }
}

/// Returns the type of this name, if it plainly stands beside the site without the derive.
fn find(site: &str, lacks: Lacks, name: &str) -> Option<(Rc<SourceFile>, DeriveInput)> {
    let source::site::Site { file, module } = source::site::site()?;
    // What is called as the site may be another item, where a macro made that.
    let is_elsewhere =
        |item: &Rc<Item>| item.name == site && item.kind != "mod" && item.module != module;
    if file.items.iter().any(is_elsewhere) {
        return None;
    }
    let found = lacking(&file, site, lacks, name).map(|place| (Rc::clone(&file), place));
    let (file, place) = found.or_else(|| elsewhere::lacking(&file, site, lacks, name))?;
    let input: DeriveInput = syn::parse_str(&file.text[place]).ok()?;
    let lacks = lacks.fits(&input) && !file.may_implement(name, lacks.traits());
    lacks.then_some((file, input))
}

/// Returns where the type stands, if nothing there may give it the derive.
fn lacking(
    file: &SourceFile,
    site: &str,
    lacks: Lacks,
    name: &str,
) -> Option<std::ops::Range<usize>> {
    // Of two of one name, as below `#[cfg]`s, nobody knows which is meant.
    let one = |matches: &dyn Fn(&&Rc<Item>) -> bool| {
        let mut found = file.items.iter().filter(matches);
        found.next().filter(|_| found.next().is_none())
    };
    let site = one(&|item| item.name == site && item.kind != "mod")?;
    let is_type = |item: &&Rc<Item>| matches!(item.kind, "struct" | "enum") && item.name == name;
    let found = one(&|item| is_type(item) && item.module == site.module)?;
    is_plain(file, found, lacks).then(|| found.place.clone())
}

/// Returns `true` if no attribute of a type may give it the derive.
fn is_plain(file: &SourceFile, item: &Item, lacks: Lacks) -> bool {
    item.attributes.iter().all(|attribute| match attribute.name.as_str() {
        "derive" if lacks.is_by_hand() => true,
        "derive" => attribute
            .words
            .iter()
            .all(|word| lacks::DERIVES.contains(&&**word) || lacks::is_misspelt(file, word, lacks)),
        "view" | "value" | "resource" if lacks.is_by_hand() => true,
        name => source::INERT.contains(&name) || name == lacks.helper(),
    })
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    fn is_lacking(text: &str) -> bool {
        let file = SourceFile::new(PathBuf::new(), text.to_owned());
        lacking(&file, "route", Lacks::Role, "Role").is_some()
    }

    /// A type lacks its derive where it stands in the route's module, with nothing above it that could make one.
    #[test]
    fn a_type_lacks_its_derive_where_that_is_plain() {
        assert!(is_lacking("enum Role { Admin } fn route() {}"));
        assert!(is_lacking(
            "#[derive(Debug, serde::Serialize)] pub enum Role { Admin } fn route() {}"
        ));
        assert!(is_lacking("#[derive(Rol)] enum Role { Admin } fn route() {}"));
        assert!(is_lacking("mod a { fn route() {} enum Role {} } mod b { enum Role {} }"));
    }

    /// A type that may have its derive, or may not be the one, lacks nothing that anybody knows of.
    #[test]
    fn a_type_that_may_have_its_derive_lacks_nothing() {
        assert!(!is_lacking("#[derive(Role)] enum Role { Admin } fn route() {}"));
        assert!(!is_lacking("#[derive(Roles)] enum Role { Admin } use own::Roles; fn route() {}"));
        assert!(!is_lacking("#[own::role] enum Role { Admin } fn route() {}"));
        assert!(!is_lacking("#[cfg(a)] enum Role {} #[cfg(not(a))] enum Role {} fn route() {}"));
        assert!(!is_lacking("mod a { enum Role { Admin } } use a::Role; fn route() {}"));
        assert!(!is_lacking("mod a { enum Role {} fn route() {} } mod b { fn route() {} }"));
        assert!(!is_lacking("own::roles! { enum Role { Admin } } fn route() {}"));
    }
}
