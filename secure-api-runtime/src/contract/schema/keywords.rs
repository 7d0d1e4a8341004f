//! Patterns, factors, and keywords that are compared as a whole.

use serde_json::Value;

use super::{Node, Schemas, Spot, shown};
use crate::contract::finding::values;

/// The keywords each of which asks for more where it appears, with their names in rules. `then` and `else` say nothing without
/// `if`.
const WHOLE: &[(&str, &str)] = &[
    ("contains", "contains"),
    ("not", "not"),
    ("if", "if"),
    ("propertyNames", "property-names"),
    ("dependentRequired", "dependent-required"),
    ("dependentSchemas", "dependent-schema"),
    ("patternProperties", "pattern-property"),
    ("unevaluatedItems", "unevaluated-items"),
    ("unevaluatedProperties", "unevaluated-properties"),
    ("contentSchema", "content-schema"),
];

/// The keywords of which no change can be judged by reading.
const OPAQUE: &[&str] = &["minContains", "maxContains", "$dynamicRef", "$recursiveRef", "\0rest"];

impl Schemas<'_, '_> {
    pub(super) fn keywords(&mut self, spot: &Spot, old: &Node, new: &Node) {
        self.pattern(spot, old, new);
        self.factor(spot, old, new);
        let unique = |node: &Node| node.is("uniqueItems");
        match (unique(old), unique(new)) {
            (false, true) => {
                let sentence = format!("`{}` has no item twice now", spot.path);
                self.tell(spot, "unique-items-added", sentence, (None, None));
            }
            (true, false) => {
                let sentence = format!("`{}` may have an item twice now", spot.path);
                self.tell(spot, "unique-items-removed", sentence, (None, None));
            }
            _ => {}
        }
        let contents = [
            ("contentEncoding", "content-encoding-changed"),
            ("contentMediaType", "content-media-type-changed"),
        ];
        for (word, stem) in contents {
            let (old, new) = (old.word(word), new.word(word));
            if old != new {
                let sentence = format!(
                    "`{word}` of `{}` was {}, and is {}",
                    spot.path,
                    shown(old),
                    shown(new)
                );
                self.tell(spot, stem, sentence, values(shown(old), shown(new)));
            }
        }
        for (word, name) in WHOLE {
            let gist = |node: &Node| node.word(word).map(super::sorted).filter(|one| *one != true);
            match (gist(old), gist(new)) {
                (None, Some(_)) => {
                    let sentence = format!("`{}` has `{word}` now", spot.path);
                    self.tell(spot, &format!("{name}-added"), sentence, (None, None));
                }
                (Some(_), None) => {
                    let sentence = format!("`{}` has no `{word}` any more", spot.path);
                    self.tell(spot, &format!("{name}-removed"), sentence, (None, None));
                }
                (Some(was), Some(is)) if *word == "not" => {
                    self.refused(spot, &was, &is);
                }
                // With what follows of it, below.
                (Some(_), Some(_)) if *word == "if" => self.condition(spot, old, new),
                (was, is) if was != is => self.not_compared(spot, word),
                _ => {}
            }
        }
        self.first_items(spot, old, new);
        for word in OPAQUE {
            if old.word(word).map(super::sorted) != new.word(word).map(super::sorted) {
                self.not_compared(spot, word);
            }
        }
    }

    /// Tells of a difference that nobody can judge by reading.
    pub(super) fn not_compared(&mut self, spot: &Spot, word: &str) {
        let word = if word.starts_with('\0') { "allOf" } else { word };
        let sentence = format!(
            "`{word}` of `{}` is another one: nobody can say by reading what breaks",
            spot.path
        );
        self.tell(spot, "schema-not-compared", sentence, (None, None));
    }

    fn pattern(&mut self, spot: &Spot, old: &Node, new: &Node) {
        let pattern = |node: &Node| node.word("pattern").and_then(Value::as_str).map(str::to_owned);
        // Each of these is a text with anything in it.
        let all = |pattern: &String| [".*", "^.*$", "", "^"].contains(&&**pattern);
        let (old, new) = (
            pattern(old).filter(|one| !one.is_empty()),
            pattern(new).filter(|one| !one.is_empty()),
        );
        let place = &spot.path;
        match (&old, &new) {
            (None, Some(one)) if !all(one) => {
                let sentence = format!("`{place}` has to match {one} now");
                self.tell(spot, "pattern-added", sentence, (None, new));
            }
            (Some(one), None) if !all(one) => {
                let sentence = format!("`{place}` has to match {one} no more");
                self.tell(spot, "pattern-removed", sentence, (old, None));
            }
            (Some(before), Some(after)) if before != after => {
                let stem = if all(after) { "pattern-generalized" } else { "pattern-changed" };
                let sentence = format!("`{place}` had to match {before}, and has to match {after}");
                self.tell(spot, stem, sentence, (old, new));
            }
            _ => {}
        }
    }

    fn factor(&mut self, spot: &Spot, old: &Node, new: &Node) {
        let factor =
            |node: &Node| node.word("multipleOf").and_then(Value::as_f64).filter(|one| *one > 0.0);
        let (old, new) = (factor(old), factor(new));
        let divides = |part: f64, whole: f64| {
            let times = whole / part;
            (times - times.round()).abs() < 1e-9
        };
        let stem = match (old, new) {
            (None, None) => return,
            (None, Some(_)) => "multiple-of-added",
            (Some(_), None) => "multiple-of-removed",
            (Some(old), Some(new)) if old.total_cmp(&new).is_eq() => return,
            (Some(old), Some(new)) if divides(new, old) => "multiple-of-widened",
            (Some(old), Some(new)) if divides(old, new) => "multiple-of-narrowed",
            _ => return self.not_compared(spot, "multipleOf"),
        };
        let text =
            |value: Option<f64>| value.map_or_else(|| "none".to_owned(), |value| value.to_string());
        let sentence =
            format!("the factor of `{}`: was {}, is {}", spot.path, text(old), text(new));
        self.tell(spot, stem, sentence, values(text(old), text(new)));
    }
}
