//! The source file that a macro stands in, looked into where a mistake would be told many times.
//!
//! A macro sees its own item and no other. What it finds here decides nothing in a program without mistakes: it only says which
//! of the compiler's errors follow from one that is told anyway.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    rc::Rc,
};

use proc_macro2::Ident;
use syn::Type;

use crate::path;

mod file;
pub(crate) mod routes;
mod words;

pub(crate) use file::Item;
use words::Token;

thread_local! {
    /// The files that were looked into.
    static FILES: RefCell<BTreeMap<PathBuf, Option<Rc<SourceFile>>>> = const { RefCell::new(BTreeMap::new()) };
    /// The functions of which several are in one module, and one was asked about.
    static ASKED: RefCell<BTreeSet<(PathBuf, String)>> = const { RefCell::new(BTreeSet::new()) };
}

/// One file.
pub(crate) struct SourceFile {
    pub(crate) path: PathBuf,
    pub(crate) text: String,
    pub(crate) items: Vec<Rc<Item>>,
}

impl SourceFile {
    fn functions(&self, name: &Ident) -> impl Iterator<Item = &Rc<Item>> {
        let name = name.to_string();
        self.items.iter().filter(move |item| item.kind == "fn" && item.name == name)
    }

    /// Returns `true` if a type that is written so is none that an argument for a path can have: of the language, or a type of
    /// this module.
    fn is_no_argument(&self, module: &[String], name: &Ident) -> bool {
        const OTHERS: &[&str] = &[
            "String", "Uuid", "bool", "char", "i8", "i16", "i32", "i64", "i128", "isize", "u8",
            "u16", "u32", "u64", "u128", "usize",
        ];
        let name = name.to_string();
        let is_type = |item: &&Rc<Item>| {
            matches!(item.kind, "struct" | "enum") && item.name == name && item.module == module
        };
        OTHERS.contains(&&*name) || self.items.iter().any(|item| is_type(&item))
    }

    /// Returns `true` if a derive of this name may be there: the word stands outside of derives too, or anything may be brought
    /// into the file.
    pub(crate) fn may_have_derive(&self, name: &str) -> bool {
        let tokens = words::of(&self.text);
        let is_named = |token: &&Token| matches!(token, Token::Word(range) if self.text[range.clone()] == *name);
        let derives = self.items.iter().flat_map(|item| &item.attributes);
        let derives = derives.filter(|attribute| attribute.name == "derive");
        let derived = derives.flat_map(|attribute| &attribute.words).filter(|word| *word == name);
        let is_glob = |place: usize| {
            matches!(tokens[place], Token::Mark(_, b'*'))
                && matches!(tokens.get(place + 1), Some(Token::Mark(_, b';')))
                && !self.is_glob_of_ours(&tokens, place)
        };
        tokens.iter().filter(is_named).count() > derived.count() || (0..tokens.len()).any(is_glob)
    }

    /// Returns `true` if the `*` at this place is that of `use secure_api::prelude::*`.
    fn is_glob_of_ours(&self, tokens: &[Token], place: usize) -> bool {
        let words = tokens[..place].iter().rev().map_while(|token| match token {
            Token::Word(range) => Some(&self.text[range.clone()]),
            Token::Mark(_, b':') => Some(""),
            _ => None,
        });
        let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        matches!(words[..], ["prelude", "secure_api", "use", ..])
    }
}

/// Returns the file that the macro stands in.
pub(crate) fn this_file() -> Option<Rc<SourceFile>> {
    if !proc_macro::is_available() {
        return None;
    }
    // A page of a book, whose samples are programs of their own, is no such file.
    let path = proc_macro::Span::call_site().local_file()?;
    if path.extension().is_none_or(|extension| extension != "rs") {
        return None;
    }
    let read = || {
        let text = std::fs::read_to_string(&path).ok()?;
        let items = file::items(&text).into_iter().map(Rc::new).collect();
        Some(Rc::new(SourceFile { path: path.clone(), text, items }))
    };
    FILES.with_borrow_mut(|files| files.entry(path.clone()).or_insert_with(read).clone())
}

/// Returns `true` if the file has a function of this name that stands in no `impl`.
pub(crate) fn is_free_function(name: &Ident) -> bool {
    this_file().is_some_and(|file| file.functions(name).next().is_some())
}

/// Returns `true` if something of the file may be called so, or brought into it under that name.
pub(crate) fn may_be_named(name: &Ident) -> bool {
    let Some(file) = this_file() else { return true };
    let tokens = words::of(&file.text);
    let shown = |place: usize| match tokens.get(place) {
        Some(Token::Word(range)) => &file.text[range.clone()],
        Some(Token::Mark(at, _)) => &file.text[*at..=*at],
        _ => "",
    };
    // `at::<name>`, and `#[name]`.
    let is_use = |place: usize| {
        shown(place - 1) == "<" || (place > 1 && shown(place - 1) == "[" && shown(place - 2) == "#")
    };
    (0..tokens.len()).any(|place| {
        let is_named = *name == shown(place) && place > 0 && !is_use(place);
        let is_glob =
            shown(place) == "*" && shown(place + 1) == ";" && !file.is_glob_of_ours(&tokens, place);
        let is_macro = shown(place) == "macro_rules";
        is_named || is_glob || is_macro
    })
}

/// Returns `true` if the file has a conversion of this type into one of this name.
pub(crate) fn is_made_from(name: &str, ty: &Type) -> bool {
    let from = format!("From<{}>", path::as_written(ty));
    this_file().is_some_and(|file| implements(&file.text, name, |before| before.ends_with(&from)))
}

/// Returns `true` if the file has several functions of this name, all of them in one module, and one of them was asked about
/// before: then the compiler says that there are two.
pub(crate) fn is_second(name: &Ident) -> bool {
    let Some(file) = this_file() else { return false };
    let functions: Vec<_> = file.functions(name).collect();
    let is_of_one = functions.iter().all(|item| item.module == functions[0].module);
    // Of those that stand there under conditions, nobody knows which do.
    let mut attributes = functions.iter().flat_map(|item| &item.attributes);
    let is_meant = !attributes.any(|attribute| attribute.name.starts_with("cfg"));
    let key = (file.path.clone(), name.to_string());
    functions.len() > 1
        && is_of_one
        && is_meant
        && !ASKED.with_borrow_mut(|asked| asked.insert(key))
}

/// Returns `true` if one of the traits is implemented for such a type by hand, in a file of the crate.
pub(crate) fn is_implemented(own: &Path, name: &str, traits: &[&str]) -> bool {
    let is_meant = |before: &str| traits.iter().any(|name| before.ends_with(name));
    let root = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let root = root.filter(|root| own.canonicalize().is_ok_and(|own| own.starts_with(root)));
    let own_text = std::fs::read_to_string(own).unwrap_or_default();
    if implements(&own_text, name, is_meant) {
        return true;
    }
    let mut folders: Vec<PathBuf> = root.into_iter().collect();
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for path in entries.flatten().map(|entry| entry.path()) {
            let is_hidden = path
                .file_name()
                .is_none_or(|name| name == "target" || name.as_encoded_bytes().starts_with(b"."));
            if path.is_dir() {
                folders.extend((!is_hidden).then_some(path));
            } else if path.extension().is_some_and(|extension| extension == "rs")
                && std::fs::read_to_string(&path)
                    .is_ok_and(|text| implements(&text, name, is_meant))
            {
                return true;
            }
        }
    }
    false
}

/// Returns `true` if a text has `impl … for` this name, by whatever path, of a trait that is meant.
pub(crate) fn implements(text: &str, name: &str, is_meant: impl Fn(&str) -> bool) -> bool {
    let tokens = words::of(text);
    let shown = |token: &Token| match token {
        Token::Word(range) | Token::Text(range) => text[range.clone()].to_owned(),
        Token::Mark(_, mark) => char::from(*mark).to_string(),
    };
    let place_of = |place: &usize| shown(&tokens[*place]) == "for";
    (0..tokens.len()).filter(place_of).any(|place| {
        let is_of_path = |token: &&Token| matches!(token, Token::Word(_) | Token::Mark(_, b':'));
        let path = tokens[place + 1..].iter().take_while(is_of_path);
        let before: String = tokens[place.saturating_sub(12)..place].iter().map(shown).collect();
        path.last().is_some_and(|last| shown(last) == name) && is_meant(&before)
    })
}

/// The attributes that make nothing.
pub(crate) const INERT: &[&str] = &[
    "allow",
    "expect",
    "warn",
    "deny",
    "doc",
    "must_use",
    "non_exhaustive",
    "repr",
    "serde",
    "error",
];
