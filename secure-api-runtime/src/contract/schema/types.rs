//! Types, formats, null, and values that are listed.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Node, Schemas, Spot, shown};
use crate::contract::finding::values;

/// The relation of two sets of values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Relation {
    Equal,
    Wider,
    Narrower,
    Other,
}

impl Relation {
    /// Returns the relation where both hold.
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Equal, one) | (one, Self::Equal) => one,
            (one, other) if one == other => one,
            _ => Self::Other,
        }
    }
}

/// Returns `true` if each value of one type is one of the other.
fn within(one: &str, types: &BTreeSet<String>) -> bool {
    types.is_empty() || types.contains(one) || one == "integer" && types.contains("number")
}

fn relation_of_types(old: &BTreeSet<String>, new: &BTreeSet<String>) -> Relation {
    let inside = |these: &BTreeSet<String>, those: &BTreeSet<String>| {
        those.is_empty() || !these.is_empty() && these.iter().all(|one| within(one, those))
    };
    match (inside(old, new), inside(new, old)) {
        (true, true) => Relation::Equal,
        (true, false) => Relation::Wider,
        (false, true) => Relation::Narrower,
        (false, false) => Relation::Other,
    }
}

fn relation_of_formats(old: Option<&str>, new: Option<&str>) -> Relation {
    const WIDER: &[(&str, &str)] = &[("int32", "int64"), ("float", "double")];
    // Of a text these say for whom it is, and not what is in it.
    let told = |format: &&str| !["password", "text"].contains(format);
    match (old.filter(told), new.filter(told)) {
        (None, None) => Relation::Equal,
        (Some(_), None) => Relation::Wider,
        (None, Some(_)) => Relation::Narrower,
        (Some(old), Some(new)) if old == new => Relation::Equal,
        (Some(old), Some(new)) if WIDER.contains(&(old, new)) => Relation::Wider,
        (Some(old), Some(new)) if WIDER.contains(&(new, old)) => Relation::Narrower,
        _ => Relation::Other,
    }
}

fn text_of(node: &Node) -> String {
    if node.never {
        return "nothing".to_owned();
    }
    let types: Vec<&str> = node.types.iter().map(String::as_str).collect();
    let types = if types.is_empty() { "anything".to_owned() } else { types.join(" or ") };
    match node.word("format").and_then(Value::as_str) {
        Some(format) => format!("{types} ({format})"),
        None => types,
    }
}

/// Returns `true` if a schema takes these whole numbers and no others, by its least, its greatest and its step.
fn is_range_of(values: &[Value], node: &Node) -> bool {
    let whole = |word: &str| node.word(word).and_then(Value::as_i64);
    let mut numbers: Vec<i64> = values.iter().filter_map(Value::as_i64).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let step = whole("multipleOf").unwrap_or(1);
    let is_stepwise = numbers.windows(2).all(|pair| pair[1].checked_sub(pair[0]) == Some(step));
    let (Some(first), Some(last)) = (numbers.first(), numbers.last()) else { return false };
    let are_whole = values.iter().all(|value| value.is_null() || value.as_i64().is_some());
    step > 0
        && is_stepwise
        && first.checked_rem(step) == Some(0)
        && are_whole
        && node.types.len() == 1
        && node.types.contains("integer")
        && whole("minimum") == Some(*first)
        && whole("maximum") == Some(*last)
}

impl Schemas<'_, '_> {
    /// Compares types, formats and null; `false` where the values have nothing in common that could be compared further.
    pub(super) fn types(&mut self, spot: &Spot, old: &Node, new: &Node) -> bool {
        let is_union = |node: &Node| node.members().is_some() && node.types.is_empty();
        if is_union(old) || is_union(new) {
            self.null(spot, old, new);
            return true;
        }
        let types = match (old.never, new.never) {
            (true, true) => Relation::Equal,
            (true, false) => Relation::Wider,
            (false, true) => Relation::Narrower,
            (false, false) => relation_of_types(&old.types, &new.types),
        };
        let format = |node: &Node| node.word("format").and_then(Value::as_str).map(str::to_owned);
        let formats = relation_of_formats(format(old).as_deref(), format(new).as_deref());
        let several = old.types.len() > 1 || new.types.len() > 1;
        let lists = several && formats == Relation::Equal;
        let request = spot.kind.is_request();
        let stem = match types.and(formats) {
            Relation::Equal => "",
            Relation::Wider if lists => "list-of-types-widened",
            Relation::Narrower if lists => "list-of-types-narrowed",
            Relation::Wider => "type-generalized",
            Relation::Narrower if !request => "type-specialized",
            Relation::Narrower | Relation::Other => "type-changed",
        };
        if !stem.is_empty() {
            let (before, after) = (text_of(old), text_of(new));
            let sentence = format!("`{}` was {before}, and is {after}", spot.path);
            self.tell(spot, stem, sentence, values(before, after));
        }
        self.null(spot, old, new);
        types != Relation::Other
    }

    fn null(&mut self, spot: &Spot, old: &Node, new: &Node) {
        let takes = |node: &Node| node.nullable || node.is_any() || node.types.contains("null");
        match (takes(old), takes(new)) {
            (false, true) if !new.is_any() => {
                let sentence = format!("`{}` may be null now", spot.path);
                self.tell(spot, "became-nullable", sentence, values("not null", "null"));
            }
            (true, false) if !old.is_any() => {
                let sentence = format!("`{}` may not be null any more", spot.path);
                self.tell(spot, "became-not-nullable", sentence, values("null", "not null"));
            }
            _ => {}
        }
    }

    /// Compares values that are listed: `enum` and `const`.
    pub(super) fn values(&mut self, spot: &Spot, old: &Node, new: &Node) {
        let place = &spot.path;
        let (old_const, new_const) = (old.word("const"), new.word("const"));
        let alone =
            |node: &Node| node.word("enum").and_then(Value::as_array).map(Vec::len) == Some(1);
        // A list of one is a constant by another word.
        if old_const != new_const && !(alone(old) || alone(new)) {
            let both = values(shown(old_const), shown(new_const));
            match (old_const, new_const) {
                (None, Some(one)) if old.word("enum").is_none() => {
                    self.tell(
                        spot,
                        "const-added",
                        format!("`{place}` is {} only", shown(Some(one))),
                        both,
                    );
                }
                (Some(one), None) if new.word("enum").is_none() => {
                    self.tell(
                        spot,
                        "const-removed",
                        format!("`{place}` was {} only", shown(Some(one))),
                        both,
                    );
                }
                (Some(before), Some(after)) => {
                    let sentence = format!(
                        "`{place}` was {}, and is {}",
                        shown(Some(before)),
                        shown(Some(after))
                    );
                    self.tell(spot, "const-changed", sentence, both);
                }
                _ => {}
            }
            if old.word("enum").is_none() && new.word("enum").is_none() {
                return;
            }
        }
        let list = |node: &Node| -> Option<Vec<Value>> {
            let listed = node.word("enum").and_then(Value::as_array).cloned();
            listed.or_else(|| node.word("const").map(|one| vec![one.clone()]))
        };
        let all = |values: &[Value]| {
            let texts: Vec<String> = values.iter().map(|one| shown(Some(one))).collect();
            texts.join(", ")
        };
        match (list(old), list(new)) {
            (Some(values), None) if is_range_of(&values, new) => {}
            (None, Some(new)) => {
                let sentence = format!("`{place}` is one of {} now", all(&new));
                self.tell(spot, "became-enum", sentence, (None, Some(all(&new))));
            }
            (Some(old), None) => {
                let sentence =
                    format!("`{place}` was one of {}, and may be anything else", all(&old));
                self.tell(spot, "enum-removed", sentence, (Some(all(&old)), None));
            }
            (Some(old), Some(new)) => {
                for one in old.iter().filter(|one| !new.contains(one)) {
                    let one = shown(Some(one));
                    let at = Spot { path: format!("{place}={one}"), ..spot.clone() };
                    let sentence = format!("`{place}` is never `{one}` any more");
                    self.tell(&at, "enum-value-removed", sentence, (Some(one), None));
                }
                for one in new.iter().filter(|one| !old.contains(one)) {
                    let one = shown(Some(one));
                    let at = Spot { path: format!("{place}={one}"), ..spot.clone() };
                    let sentence = format!("`{place}` may be `{one}` now");
                    self.tell(&at, "enum-value-added", sentence, (None, Some(one)));
                }
            }
            (None, None) => {}
        }
    }
}
