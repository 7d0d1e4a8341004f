//! Keywords with schemas of their own: the first items of a list, what is refused, and what a condition asks.

use serde_json::Value;

use super::{
    Node, Schemas, Spot, sorted,
    within::{Set, within},
};

/// A change of the values that a schema takes.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Moved {
    /// `true` if it takes some that it did not.
    grown: bool,
    /// `true` if it does not take some that it did.
    shrunk: bool,
}

impl Schemas<'_, '_> {
    /// Compares the first items of a list, each with what stood at its place.
    pub(super) fn first_items(&mut self, spot: &Spot, old: &Node, new: &Node) {
        let list = |node: &Node| {
            node.word("prefixItems").and_then(Value::as_array).cloned().unwrap_or_default()
        };
        // What is not among the first is among the rest.
        let rest = |node: &Node| node.word("items").cloned().unwrap_or(Value::Bool(true));
        let (was, is) = (list(old), list(new));
        let (old_rest, new_rest) = (rest(old), rest(new));
        for place in 0..was.len().max(is.len()) {
            let (was, is) =
                (was.get(place).unwrap_or(&old_rest), is.get(place).unwrap_or(&new_rest));
            self.compare(&spot.below(&format!("[{place}]")), was, is);
        }
    }

    /// Compares what is refused: of that, more is less.
    pub(super) fn refused(&mut self, spot: &Spot, was: &Value, is: &Value) {
        match self.moved(was, is) {
            // The same text is the same, unless what it refers to changed in a way that can be told.
            None if was == is => {}
            None => self.not_compared(spot, "not"),
            Some(Moved { grown, shrunk }) => {
                if grown {
                    let sentence = format!("`not` of `{}` refuses more", spot.path);
                    self.tell(spot, "not-tightened", sentence, (None, None));
                }
                if shrunk {
                    let sentence = format!("`not` of `{}` refuses less", spot.path);
                    self.tell(spot, "not-loosened", sentence, (None, None));
                }
            }
        }
    }

    /// Compares a condition that is in both: what it is, and what it asks of values that it holds for, and of others.
    pub(super) fn condition(&mut self, spot: &Spot, old: &Node, new: &Node) {
        let part = |node: &Node, word: &str| node.word(word).cloned();
        let parts = ["if", "then", "else"].map(|word| (part(old, word), part(new, word)));
        let [(Some(was), Some(is)), (old_then, new_then), (old_else, new_else)] = parts else {
            return;
        };
        let any = || Value::Bool(true);
        for (word, was, is) in [("then", &old_then, &new_then), ("else", &old_else, &new_else)] {
            let at = spot.member(word);
            self.compare(&at, was.as_ref().unwrap_or(&any()), is.as_ref().unwrap_or(&any()));
        }
        let asks = |one: &Option<Value>, other: &Option<Value>| one.is_some() || other.is_some();
        let (then, other) = (asks(&old_then, &new_then), asks(&old_else, &new_else));
        if !then && !other {
            return;
        }
        let (grown, shrunk) = match self.moved(&was, &is) {
            Some(Moved { grown, shrunk }) => (grown, shrunk),
            None if sorted(&was) == sorted(&is) => return,
            None => return self.not_compared(spot, "if"),
        };
        // `then` asks something of more values, or `else` of fewer.
        if grown && then || shrunk && other {
            let sentence = format!("`if` of `{}` asks something of more values", spot.path);
            self.tell(spot, "if-tightened", sentence, (None, None));
        }
        if shrunk && then || grown && other {
            let sentence = format!("`if` of `{}` asks something of fewer values", spot.path);
            self.tell(spot, "if-loosened", sentence, (None, None));
        }
    }

    /// Returns how the values of a schema changed; none where that cannot be told.
    fn moved(&self, was: &Value, is: &Value) -> Option<Moved> {
        let (was, is) = (Set(self.old, was), Set(self.new, is));
        Some(Moved { grown: !within(is, was)?, shrunk: !within(was, is)? })
    }
}
