//! One file: what is called so in it, and what it implements.

use std::{collections::BTreeSet, path::PathBuf, rc::Rc, sync::OnceLock};

use proc_macro2::Ident;

use super::{
    items::{self, Item},
    site::Modules,
    tree,
    words::{self, Token},
};

/// A file, read once.
pub(crate) struct SourceFile {
    pub(crate) path: PathBuf,
    pub(crate) text: String,
    pub(crate) items: Vec<Rc<Item>>,
    pub(super) tokens: Vec<Token>,
    has_prelude: OnceLock<bool>,
    /// The names that something may have here, made when they are asked for.
    names: OnceLock<Names>,
    pub(super) modules: OnceLock<Modules>,
    /// The beginnings of the lines.
    lines: OnceLock<Vec<usize>>,
}

/// The names that something may have.
#[derive(Debug, PartialEq, Eq)]
enum Names {
    /// Anything: a macro is declared, or all of a module is brought here.
    Any,
    /// Names that are written, but not only as `at::<name>` and `#[name]`.
    These(BTreeSet<String>),
}

impl SourceFile {
    /// Returns where a line begins, counted from 1.
    pub(super) fn line(&self, number: usize) -> Option<usize> {
        let begin = |(at, _): (usize, &str)| at + 1;
        let lines = self.lines.get_or_init(|| {
            [0].into_iter().chain(self.text.match_indices('\n').map(begin)).collect()
        });
        lines.get(number.checked_sub(1)?).copied()
    }

    pub(super) fn read(path: PathBuf) -> Option<Self> {
        std::fs::read_to_string(&path).ok().map(|text| Self::new(path, text))
    }

    pub(crate) fn new(path: PathBuf, text: String) -> Self {
        let tokens = words::of(&text);
        let items = items::of(&text, &tokens).into_iter().map(Rc::new).collect();
        Self {
            path,
            text,
            items,
            tokens,
            has_prelude: OnceLock::new(),
            names: OnceLock::new(),
            modules: OnceLock::new(),
            lines: OnceLock::new(),
        }
    }

    /// Returns `true` if some prelude may be brought here.
    pub(super) fn has_prelude(&self) -> bool {
        *self.has_prelude.get_or_init(|| self.text.contains("prelude"))
    }

    pub(super) fn functions(&self, name: &Ident) -> impl Iterator<Item = &Rc<Item>> {
        let name = name.to_string();
        self.items.iter().filter(move |item| item.kind == "fn" && item.name == name)
    }

    /// Returns `true` if a type that is written so is none that an argument for a path can have: of the language, or a type of
    /// this module.
    pub(super) fn is_no_argument(&self, module: &[String], name: &Ident) -> bool {
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
        let is_named = |place: &usize| self.shown(*place) == name;
        let derives = self.items.iter().flat_map(|item| &item.attributes);
        let derives = derives.filter(|attribute| attribute.name == "derive");
        let derived = derives.flat_map(|attribute| &attribute.words).filter(|word| *word == name);
        (0..self.tokens.len()).filter(is_named).count() > derived.count()
            || (0..self.tokens.len()).any(|place| self.is_glob(place))
    }

    /// Returns `true` if something here may be called so.
    pub(super) fn may_have(&self, name: &str) -> bool {
        match self.names.get_or_init(|| self.names()) {
            Names::Any => true,
            Names::These(names) => names.contains(name),
        }
    }

    fn names(&self) -> Names {
        let places = 0..self.tokens.len();
        if places.clone().any(|place| self.is_glob(place) || self.shown(place) == "macro_rules") {
            return Names::Any;
        }
        let is_use = |place: usize| match self.shown(place - 1) {
            "<" => true,
            "[" => place > 1 && self.shown(place - 2) == "#",
            _ => false,
        };
        let is_name = |place: &usize| {
            matches!(self.tokens[*place], Token::Word(_)) && *place > 0 && !is_use(*place)
        };
        Names::These(places.filter(is_name).map(|place| self.shown(place).to_owned()).collect())
    }

    /// Returns `true` if `*;` stands at this place, which ends no `use secure_api::prelude::*`.
    fn is_glob(&self, place: usize) -> bool {
        self.shown(place) == "*" && self.shown(place + 1) == ";" && {
            let words = self.tokens[..place].iter().rev().map_while(|token| match token {
                Token::Word(range) => Some(&self.text[range.clone()]),
                Token::Mark(_, b':') => Some(""),
                _ => None,
            });
            let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
            match words[..] {
                ["prelude", "secure_api", "use", ..] => false,
                // All of the module around one is in this file too.
                ["super", "use", ..] => !self.is_in_module(place),
                _ => true,
            }
        }
    }

    /// Returns `true` if something other than a struct or an enum is declared by this name.
    pub(super) fn declares(&self, name: &str) -> bool {
        let is_declared = |place: usize| {
            ["type", "union", "trait"].contains(&self.shown(place)) && self.shown(place + 1) == name
        };
        (0..self.tokens.len()).any(is_declared)
    }

    /// Returns `true` if the place is in a module that is written in this file.
    fn is_in_module(&self, place: usize) -> bool {
        let Some(Token::Mark(at, _)) = self.tokens.get(place) else { return false };
        self.items.iter().any(|item| item.kind == "mod" && item.place.contains(at))
    }

    /// Returns the word or mark at a place, and nothing for a text.
    pub(super) fn shown(&self, place: usize) -> &str {
        match self.tokens.get(place) {
            Some(Token::Word(range)) => &self.text[range.clone()],
            Some(Token::Mark(at, _)) => self.text.get(*at..=*at).unwrap_or_default(),
            _ => "",
        }
    }

    /// Returns `true` if the file has `impl … for` this name, by whatever path, of a trait that is meant.
    pub(crate) fn implements(&self, name: &str, is_meant: impl Fn(&str) -> bool) -> bool {
        self.implemented().any(|(of, before)| of == name && is_meant(&before))
    }

    /// Returns `true` if one of the traits may be implemented for such a type by hand, here or in another file of the crate.
    pub(crate) fn may_implement(&self, name: &str, traits: &[&str]) -> bool {
        Implemented::new(self).may_have(name, traits) || tree::may_implement(name, traits)
    }

    /// Returns the modules that are in files of their own.
    pub(super) fn modules(&self) -> impl Iterator<Item = &Item> {
        let is_of_file = |module: &&Item| self.text[module.place.clone()].ends_with(';');
        self.items.iter().map(Rc::as_ref).filter(|item| item.kind == "mod").filter(is_of_file)
    }

    /// Returns the name after each `for`, and what stands before that.
    fn implemented(&self) -> impl Iterator<Item = (&str, String)> {
        let is_of_path = |token: &&Token| matches!(token, Token::Word(_) | Token::Mark(_, b':'));
        let places = (0..self.tokens.len()).filter(|place| self.shown(*place) == "for");
        places.filter_map(move |place| {
            let length = self.tokens[place + 1..].iter().take_while(is_of_path).count();
            let before = (place.saturating_sub(12)..place).map(|place| self.shown(place));
            (length > 0).then(|| (self.shown(place + length), before.collect()))
        })
    }

    /// Returns what is written as `name as other` and `type other = name;`.
    fn renamed(&self) -> impl Iterator<Item = &str> {
        let is_of_path =
            |place: &usize| matches!(self.tokens[*place], Token::Word(_) | Token::Mark(_, b':'));
        let places = (1..self.tokens.len()).filter(is_of_path);
        let is_renamed = move |place: &usize| match self.shown(place + 1) {
            "as" => true,
            ";" => (0..*place)
                .rev()
                .find(|place| !is_of_path(place))
                .is_some_and(|place| self.shown(place) == "="),
            _ => false,
        };
        places.filter(is_renamed).map(|place| self.shown(place))
    }

    /// Returns the words of the macros that are called or declared beside the items.
    fn called(&self) -> impl Iterator<Item = &str> {
        let calls = self.items.iter().filter(|item| item.kind == "macro");
        calls.flat_map(|call| {
            words::of(&self.text[call.place.clone()]).into_iter().filter_map(|token| match token {
                Token::Word(range) => Some(&self.text[call.place.start..][range]),
                _ => None,
            })
        })
    }
}

/// The implementations of a file, and what else may be one.
#[derive(Debug)]
pub(super) struct Implemented {
    /// The names after each `for`, and what stands before it.
    pairs: Vec<(String, String)>,
    /// The names that have others beside them.
    renamed: BTreeSet<String>,
    /// The words of macros that are called or declared beside items.
    called: BTreeSet<String>,
}

impl Implemented {
    pub(super) fn new(file: &SourceFile) -> Self {
        let pairs = file.implemented().map(|(name, before)| (name.to_owned(), before));
        Self {
            pairs: pairs.collect(),
            renamed: file.renamed().map(str::to_owned).collect(),
            called: file.called().map(str::to_owned).collect(),
        }
    }

    /// Returns `true` if a macro may declare a module, or reads a file.
    pub(super) fn may_bring_files(&self) -> bool {
        ["mod", "include"].iter().any(|word| self.called.contains(*word))
    }

    /// Returns `true` if one of the traits may be implemented for a type of this name.
    pub(super) fn may_have(&self, name: &str, traits: &[&str]) -> bool {
        let is_meant = |before: &str| traits.iter().any(|name| before.ends_with(name));
        self.pairs.iter().any(|(of, before)| of == name && is_meant(before))
            || self.called.contains(name)
            || self.may_bring_files()
            || traits.iter().chain([&name]).any(|name| self.renamed.contains(*name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> SourceFile {
        SourceFile::new(PathBuf::new(), text.to_owned())
    }

    /// A name that is only used, between `<` and `>` or as an attribute, is none that something has.
    #[test]
    fn a_use_is_no_name() {
        let uses = file("use secure_api::prelude::*; #[get(\"/\")] fn a() { at::<b>() }");
        assert!(uses.may_have("a") && !uses.may_have("b") && !uses.may_have("get"));
        assert!(file("use secure_api::get; #[get] fn a() {}").may_have("get"));
        assert!(file("use other::*;").may_have("b") && file("use super::*;").may_have("b"));
        assert!(!file("mod a { use super::*; fn c() {} }").may_have("b"));
        assert!(file("macro_rules! all { () => {} }").may_have("b"));
    }

    /// A derive that is brought by name, or by all of a module, may be there.
    #[test]
    fn a_derive_may_be_brought() {
        assert!(!file("#[derive(Rol)] enum A {}").may_have_derive("Rol"));
        assert!(file("use other::Rol; #[derive(Rol)] enum A {}").may_have_derive("Rol"));
        assert!(file("use other::*; #[derive(Rol)] enum A {}").may_have_derive("Rol"));
    }

    /// An implementation is found by the last word of its trait and its type, and may be made by a macro that is told the type.
    #[test]
    fn an_implementation_is_found_by_its_last_words() {
        let is = |text: &str| Implemented::new(&file(text)).may_have("Order", &["Object"]);
        assert!(
            is("impl Object for Order {}") && is("impl secure_api::Object for crate::Order {}")
        );
        assert!(is("owned!(Order);") && is("mod a { own::owned! { Bill, Order } }"));
        assert!(is("include!(concat!(env!(\"OUT_DIR\"), \"/orders.rs\"));"));
        assert!(is("type Line = crate::Order; impl Object for Line {}"));
        assert!(is("use secure_api::Object as Guarded; impl Guarded for Order {}"));
        assert!(!is("impl Store for Order {}") && !is("impl Object for OrderLine {}"));
        assert!(!is("fn a() { vec![Order]; } // impl Object for Order"));
    }
}
