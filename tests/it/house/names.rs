//! The names of public types: one word names one thing.

use std::collections::BTreeMap;

use super::{files_under, is_test, shown, source::Source};

/// Private modules are read too: rustc prints names without their paths.
#[test]
fn no_two_public_types_share_a_name() {
    let mut places = BTreeMap::<String, Vec<String>>::new();
    for folder in ["src", "secure-api-runtime/src"] {
        for path in files_under(folder, ".rs").iter().filter(|path| !is_test(path)) {
            for name in public_types(&Source::read(path).code) {
                places.entry(name).or_default().push(shown(path));
            }
        }
    }
    assert!(places.len() > 200, "only {} types", places.len());
    places.retain(|_, places| places.len() > 1);
    assert!(places.is_empty(), "rename the lesser one to the field's term: {places:#?}");
}

/// Returns the names of the types, traits and aliases that a file declares `pub`.
fn public_types(code: &str) -> Vec<String> {
    let mut words = code.split_whitespace();
    let mut found = Vec::new();
    while let Some(word) = words.next() {
        let declares = |kind: &str| ["struct", "enum", "trait", "type", "union"].contains(&kind);
        if word != "pub" || !words.next().is_some_and(declares) {
            continue;
        }
        let name = words.next().unwrap_or_default();
        let end = name.find(|letter: char| !letter.is_alphanumeric()).unwrap_or(name.len());
        // `$name` of a macro by example stands for names that are written elsewhere.
        found.extend((end > 0).then(|| name[..end].to_owned()));
    }
    found
}

#[test]
fn public_types_are_read_out_of_code() {
    let code = "pub struct One<T>(T); pub(crate) enum Two {} struct Three; pub trait Four: Sized {} \
                pub type Five = u8; pub fn six() {} pub enum $name {}";
    assert_eq!(public_types(code), ["One", "Four", "Five"]);
}
