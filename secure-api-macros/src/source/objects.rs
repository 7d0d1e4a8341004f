//! Objects, stores and kinds of credentials of a file, as their implementations name them.

use proc_macro2::Ident;
use syn::Type;

use super::{SourceFile, is_type, site, this_file};
use crate::path;

/// Returns `true` if a type of this name has an implementation of this trait in the file.
pub(crate) fn is_implemented(name: &Ident, of: &str) -> bool {
    let name = name.to_string();
    this_file().is_some_and(|file| file.implements(&name, |before| before.ends_with(of)))
}

/// Returns the type by which an argument proves what a path names, for a type that names it alone: for an object itself, for its
/// key, and for a value that nobody owns.
pub(crate) fn proof_of(ty: &Type) -> Option<Proof> {
    let name = path::plain(ty).filter(|name| !super::is_imported(name) && is_type(name))?;
    let name = name.to_string();
    let (file, item) = site::item(&name)?;
    if file.implements_in(&item.module, &name, "Object") {
        return Some(Proof::Object(name));
    }
    if let Some(object) = file.object_of(&item.module, &name) {
        return Some(Proof::Object(object));
    }
    let mut values = item.attributes.iter().filter(|attribute| attribute.name == "value");
    let is_unowned = values.any(|value| value.words.iter().any(|word| word == "unowned"));
    is_unowned.then_some(Proof::Unowned(name))
}

/// The proof that an argument can have of what a path names.
pub(crate) enum Proof {
    /// `Authorized` of this object.
    Object(String),
    /// `Unowned` of this value.
    Unowned(String),
}

/// Returns the kind of credentials that a source of the module knows: the type after `type Kind =`, unless it is the source
/// itself, or a kind too.
pub(crate) fn kind_of(source: &Ident) -> Option<String> {
    let (file, item) = site::item(&source.to_string()).filter(|_| is_type(source))?;
    let source = source.to_string();
    let is_source = file.implements_in(&item.module, &source, "Source");
    (is_source && !file.may_implement(&source, &["Credential"]))
        .then(|| file.named_in("Source", &source, &["type", "Kind", "="]))
        .flatten()
        .filter(|kind| *kind != source && kind != "Self")
}

impl SourceFile {
    /// Returns `true` if a module of the file has `impl … for` this name, of the trait of this one.
    fn implements_in(&self, module: &[String], name: &str, of: &str) -> bool {
        (0..self.tokens.len()).any(|place| {
            self.shown(place) == of
                && self.shown(place + 1) == "for"
                && self.shown(place + 2) == name
                && self.module_of(place).is_some_and(|found| found == module)
        })
    }

    /// Returns the only object of the file whose `load` takes a key of this name, if it stands in this module.
    fn object_of(&self, module: &[String], key: &str) -> Option<String> {
        let mut found = (0..self.tokens.len()).filter(|place| {
            self.shown(*place) == "Object" && self.shown(place + 1) == "for" && {
                let inside = self.inside(*place);
                inside.into_iter().any(|place| {
                    self.shown(place) == "load"
                        && self.shown(place + 1) == "("
                        && (place..place + 40)
                            .take_while(|place| {
                                self.shown(*place) != ">" || self.shown(place + 1) != "{"
                            })
                            .take_while(|place| self.shown(*place) != "Result")
                            .any(|place| self.shown(place) == key)
                })
            }
        });
        let place = found.next().filter(|_| found.next().is_none())?;
        self.module_of(place).filter(|found| found == module)?;
        Some(self.shown(place + 2).to_owned())
    }

    /// Returns the word behind these in the implementation of a trait for a type.
    fn named_in(&self, of: &str, name: &str, words: &[&str]) -> Option<String> {
        let is_it = |place: &usize| {
            self.shown(*place) == of
                && self.shown(place + 1) == "for"
                && self.shown(place + 2) == name
        };
        let place = (0..self.tokens.len()).find(is_it)?;
        let follows = |place: &usize| {
            words.iter().enumerate().all(|(index, word)| self.shown(place + index) == *word)
        };
        let found = self.inside(place).find(follows)? + words.len();
        // A path has no name that could be pasted elsewhere.
        (self.shown(found + 1) == ";").then(|| self.shown(found).to_owned())
    }

    /// Returns the places between a place's next braces.
    pub(super) fn inside(&self, from: usize) -> std::ops::Range<usize> {
        let open = (from..self.tokens.len()).find(|place| self.shown(*place) == "{");
        let Some(open) = open else { return 0..0 };
        let mut depth = 0_usize;
        let close = (open..self.tokens.len()).find(|place| {
            match self.shown(*place) {
                "{" => depth += 1,
                "}" => depth -= 1,
                _ => {}
            }
            depth == 0
        });
        open + 1..close.unwrap_or(self.tokens.len())
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    /// An object is found by the key that it is loaded by, and a source's kind by its name.
    #[test]
    fn implementations_tell_keys_and_kinds() {
        let text = "impl Object for Note { async fn load(db: &Reader<Db>, id: NoteId, _: &Loading<Role>) \
                    -> Result<Option<Self>, StoreError> { OtherId } fn is_it(&self, id: OtherId) -> bool { true } } \
                    impl Source for Badges { type Kind = Badge; }";
        let file = SourceFile::new(PathBuf::new(), text.to_owned());
        assert_eq!(file.object_of(&[], "NoteId").as_deref(), Some("Note"));
        assert_eq!(file.object_of(&[], "OtherId"), None);
        assert_eq!(file.object_of(&["old".to_owned()], "NoteId"), None);
        let kind = file.named_in("Source", "Badges", &["type", "Kind", "="]);
        assert_eq!(kind.as_deref(), Some("Badge"));
    }
}
