//! The facade: it exports what an author of an API writes or sees in a signature, and no workshop.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Attribute, Fields, ImplItem, Item, ItemUse, TraitItem, UseTree, Visibility};

use super::{files_under, is_test, read, root, shown};

/// The public items of the runtime, each with the names that its public signature says.
type Signatures = BTreeMap<String, BTreeSet<String>>;

/// Returns the items that the facade exports, each with its module. The feature flags of an item are not looked at.
fn exported() -> BTreeMap<String, String> {
    let file = syn::parse_file(&read("src/modules.rs")).expect("a program");
    // With the feature `tls`, at the root.
    let mut found = BTreeMap::from([("Tls".to_owned(), String::new())]);
    for item in file.items {
        let Item::Mod(module) = item else { panic!("a list of modules") };
        for item in module.content.into_iter().flat_map(|(_, items)| items) {
            let Item::Use(ItemUse { tree, .. }) = item else {
                panic!("{} is a list", module.ident)
            };
            for name in leaves(&tree) {
                let before = found.insert(name.clone(), module.ident.to_string());
                // The tests of an API have the clock beside what they are written with.
                assert!(before.is_none() || name == "Clock", "{name} is exported twice");
            }
        }
    }
    found
}

fn leaves(tree: &UseTree) -> Vec<String> {
    match tree {
        UseTree::Path(path) => leaves(&path.tree),
        UseTree::Name(name) => vec![name.ident.to_string()],
        UseTree::Group(group) => group.items.iter().flat_map(leaves).collect(),
        UseTree::Rename(_) | UseTree::Glob(_) => panic!("a list of names"),
    }
}

fn words(tokens: &impl ToTokens) -> BTreeSet<String> {
    fn walk(tokens: TokenStream, found: &mut BTreeSet<String>) {
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            match token {
                // The name of an associated type, as in `Future<Output = ()>`, is that of its trait.
                TokenTree::Ident(_) if matches!(tokens.peek(), Some(TokenTree::Punct(next)) if next.as_char() == '=') =>
                    {}
                TokenTree::Ident(name) => drop(found.insert(name.to_string())),
                TokenTree::Group(group) => walk(group.stream(), found),
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
        }
    }
    let mut found = BTreeSet::new();
    walk(tokens.to_token_stream(), &mut found);
    found
}

fn hidden(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("doc") && words(attribute).contains("hidden")
            || attribute.path().is_ident("cfg") && words(attribute).contains("test")
    })
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// Adds the names that a public item's signature says.
fn sign(item: &Item, found: &mut Signatures) {
    let mut add = |name: &dyn ToString, said: &[&dyn ToTokens]| {
        let entry = found.entry(name.to_string()).or_default();
        said.iter().for_each(|said| entry.extend(words(&said.to_token_stream())));
    };
    let fields_of = |fields: &Fields, all: bool, tokens: &mut TokenStream| {
        let shown = |field: &&syn::Field| (all || is_public(&field.vis)) && !hidden(&field.attrs);
        fields.iter().filter(shown).for_each(|field| field.ty.to_tokens(tokens));
    };
    match item {
        Item::Struct(item) if is_public(&item.vis) => {
            let mut tokens = item.generics.to_token_stream();
            fields_of(&item.fields, false, &mut tokens);
            add(&item.ident, &[&tokens, &item.generics.where_clause]);
        }
        Item::Enum(item) if is_public(&item.vis) => {
            let mut tokens = item.generics.to_token_stream();
            item.variants.iter().for_each(|variant| fields_of(&variant.fields, true, &mut tokens));
            add(&item.ident, &[&tokens, &item.generics.where_clause]);
        }
        Item::Trait(item) if is_public(&item.vis) => {
            // A trait that is not exported seals those that it stands above: derives implement them.
            add(&item.ident, &[&item.generics, &item.generics.where_clause]);
            for inner in &item.items {
                match inner {
                    TraitItem::Fn(inner) if !hidden(&inner.attrs) => {
                        add(&item.ident, &[&inner.sig])
                    }
                    TraitItem::Const(inner) if !hidden(&inner.attrs) => {
                        add(&item.ident, &[&inner.ty]);
                    }
                    TraitItem::Type(inner) if !hidden(&inner.attrs) => {
                        add(&item.ident, &[&inner.bounds]);
                    }
                    _ => {}
                }
            }
        }
        Item::Impl(item) if item.trait_.is_none() => {
            let syn::Type::Path(path) = &*item.self_ty else { return };
            let Some(last) = path.path.segments.last() else { return };
            for inner in &item.items {
                match inner {
                    ImplItem::Fn(inner) if is_public(&inner.vis) && !hidden(&inner.attrs) => {
                        add(&last.ident, &[&inner.sig, &item.generics]);
                    }
                    ImplItem::Const(inner) if is_public(&inner.vis) && !hidden(&inner.attrs) => {
                        add(&last.ident, &[&inner.ty]);
                    }
                    _ => {}
                }
            }
        }
        Item::Fn(item) if is_public(&item.vis) => add(&item.sig.ident, &[&item.sig]),
        Item::Const(item) if is_public(&item.vis) => add(&item.ident, &[&item.ty]),
        Item::Static(item) if is_public(&item.vis) => add(&item.ident, &[&item.ty]),
        _ => {}
    }
}

fn signatures() -> Signatures {
    let mut found = Signatures::new();
    let files = files_under("secure-api-runtime/src", ".rs");
    for path in files.iter().filter(|path| !is_test(path)) {
        let file = syn::parse_file(&read(shown(path)));
        let file = file.unwrap_or_else(|error| panic!("{}: {error}", shown(path)));
        file.items.iter().for_each(|item| sign(item, &mut found));
    }
    found
}

#[test]
fn what_a_signature_says_can_be_named() {
    let (exported, signatures) = (exported(), signatures());
    let mut said = 0;
    let mut unnamed = BTreeSet::new();
    for name in exported.keys() {
        for word in signatures.get(name).into_iter().flatten() {
            said += usize::from(exported.contains_key(word));
            let is_type = word.starts_with(|letter: char| letter.is_uppercase());
            // `Limit::unlimited` calls its own type `Stated`, so that rustc proposes it to nobody.
            if is_type
                && word != "Stated"
                && signatures.contains_key(word)
                && !exported.contains_key(word)
            {
                unnamed.insert(format!("{name} says {word}"));
            }
        }
    }
    assert!(said > 100, "only {said} names in signatures");
    assert!(unnamed.is_empty(), "export it, or hide what says it: {unnamed:#?}");
}

#[test]
fn what_is_exported_is_used() {
    let (exported, signatures) = (exported(), signatures());
    let folders = [
        ("examples", ".rs"),
        ("book/src", ".md"),
        ("src", ".md"),
        ("tests", ".rs"),
        ("tests", ".stderr"),
    ];
    let mut used = words_of(&read("README.md"));
    for path in folders.iter().flat_map(|(folder, ending)| files_under(folder, ending)) {
        if !path.starts_with(root().join("tests/it/house")) {
            used.extend(words_of(&read(shown(&path))));
        }
    }
    let unused = exported.iter().filter(|(name, _)| {
        let elsewhere = exported.keys().filter(|other| other != name);
        let mut said = elsewhere.filter_map(|other| signatures.get(other));
        !used.contains(*name) && !said.any(|said| said.contains(*name))
    });
    let unused: Vec<_> = unused.collect();
    assert!(unused.is_empty(), "no example, page, test or signature needs {unused:?}");
    let written = exported.values().filter(|module| *module != "bounds").count();
    assert!(written <= 333, "{written} items: is the new one for an author?");
}

/// A reader of the facade's documentation copies what it says.
#[test]
fn examples_in_documentation_name_the_facade() {
    let files = files_under("secure-api-runtime/src", ".rs");
    let files = files.iter().map(|path| shown(path));
    let (mut named, mut wrong) = (0, Vec::new());
    for path in files.filter(|path| !path.ends_with("/lib.rs")) {
        let text = read(&path);
        let lines = text.lines().map(str::trim_start);
        for line in lines.filter(|line| line.starts_with("///") || line.starts_with("//!")) {
            named += usize::from(line.contains("secure_api::"));
            if line.contains("secure_api_runtime") {
                wrong.push(format!("{path}: {line}"));
            }
        }
    }
    assert!(wrong.is_empty(), "an app cannot write that: {wrong:#?}");
    assert!(named > 20, "only {named} lines name the facade");
}

fn words_of(text: &str) -> BTreeSet<String> {
    let words = text.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
    words.map(str::to_owned).collect()
}
