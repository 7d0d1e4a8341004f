//! Functions that stand in an `impl`, where an attribute can put nothing beside them.

use std::rc::Rc;

use super::{Item, SourceFile, words::Token};

impl SourceFile {
    /// Returns `true` if a function of this name stands in the braces of an `impl`, and none elsewhere.
    pub(crate) fn has_in_impl(&self, name: &str) -> bool {
        let is_called = |place: &usize| self.shown(*place) == "fn" && self.shown(place + 1) == name;
        let mut found = (0..self.tokens.len()).filter(is_called);
        found.next().is_some_and(|place| self.is_in_impl(place)) && found.next().is_none()
    }

    /// Returns `true` if the innermost braces around a place are those of an `impl` that stands beside items.
    pub(super) fn is_in_impl(&self, place: usize) -> bool {
        let mut depth = 0_usize;
        let open = (0..place).rev().find(|place| match self.shown(*place) {
            "}" => {
                depth += 1;
                false
            }
            "{" if depth == 0 => true,
            "{" => {
                depth -= 1;
                false
            }
            _ => false,
        });
        let Some(open) = open else { return false };
        let begins = |place: &usize| matches!(self.shown(*place), "{" | "}" | ";" | "]" | "");
        let begin = (0..open).rev().find(begins).map_or(0, |before| before + 1);
        let at = |place: usize| match self.tokens.get(place) {
            Some(Token::Word(range) | Token::Text(range)) => range.start,
            Some(Token::Mark(at, _)) => *at,
            None => 0,
        };
        let is_made = |item: &Rc<Item>| item.kind == "macro" && item.place.contains(&at(open));
        (begin..open).any(|place| self.shown(place) == "impl") && !self.items.iter().any(is_made)
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    fn has(text: &str) -> bool {
        SourceFile::new(PathBuf::new(), text.to_owned()).has_in_impl("list")
    }

    /// A function is in an `impl` where its braces are those of one, and no macro's.
    #[test]
    fn a_function_stands_in_an_impl() {
        assert!(has("struct A; impl A { #[get(\"/\")] async fn list() {} }"));
        assert!(has(
            "impl<T> B for A<T> where T: C { const D: u8 = 1; fn other() { } fn list() {} }"
        ));
        assert!(!has("fn list() -> impl A { {} }") && !has("mod a { fn list() {} }"));
        assert!(!has("macro_rules! a { () => { impl A { fn list() {} } } }"));
        assert!(!has("impl A { fn list() {} } fn list() {}"));
    }
}
