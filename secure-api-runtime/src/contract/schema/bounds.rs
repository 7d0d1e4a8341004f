//! Bounds: of numbers, lengths and counts.

use std::cmp::Ordering;

use serde_json::{Number, Value};

use super::{Node, Schemas, Spot};
use crate::contract::finding::values;

/// The levels of free JSON, for which JSON Schema has no word.
pub(in crate::contract) const LEVELS: &str = "x-max-depth";

/// The bounds of lengths and counts: keyword, name in rules, in sentences, and `true` for an upper one.
const COUNTS: &[(&str, &str, &str, bool)] = &[
    ("maxLength", "max-length", "the most characters", true),
    ("minLength", "min-length", "the fewest characters", false),
    ("maxItems", "max-items", "the most items", true),
    ("minItems", "min-items", "the fewest items", false),
    ("maxProperties", "max-properties", "the most members", true),
    ("minProperties", "min-properties", "the fewest members", false),
    (LEVELS, "max-depth", "the most levels of lists and objects", true),
];

/// One end of a range.
#[derive(Debug, Clone, PartialEq)]
struct End {
    value: Number,
    /// Set where the end itself is outside.
    open: bool,
}

impl std::fmt::Display for End {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let open = if self.open { ", itself left out" } else { "" };
        write!(f, "{}{open}", self.value)
    }
}

/// Compares numbers, whole ones by all of their digits.
fn order(one: &Number, other: &Number) -> Ordering {
    match (one.as_i128(), other.as_i128()) {
        (Some(one), Some(other)) => one.cmp(&other),
        _ => {
            let value = |number: &Number| number.as_f64().unwrap_or_default();
            value(one).total_cmp(&value(other))
        }
    }
}

impl End {
    /// Reads the upper or the lower end: 3.0 says by a flag that it is left out, 3.1 by a keyword of its own.
    fn read(node: &Node, upper: bool) -> Option<Self> {
        let (plain, exclusive) =
            if upper { ("maximum", "exclusiveMaximum") } else { ("minimum", "exclusiveMinimum") };
        let number = |word: &str| match node.word(word) {
            Some(Value::Number(number)) => Some(number.clone()),
            _ => None,
        };
        let flag = node.word(exclusive).and_then(Value::as_bool).unwrap_or(false);
        let plain = number(plain).map(|value| Self { value, open: flag });
        let own = number(exclusive).map(|value| Self { value, open: true });
        let end = match (plain, own) {
            (Some(plain), Some(own)) => {
                let tighter = order(&own.value, &plain.value);
                let own_holds = if upper { tighter.is_le() } else { tighter.is_ge() };
                if own_holds { own } else { plain }
            }
            (one, other) => one.or(other)?,
        };
        // Of whole numbers, the one beside an end that is left out is an end.
        let whole = node.types.len() == 1 && node.types.contains("integer");
        match end.value.as_i64().filter(|_| whole && end.open) {
            Some(value) => {
                let value = if upper { value.saturating_sub(1) } else { value.saturating_add(1) };
                Some(Self { value: value.into(), open: false })
            }
            None => Some(end),
        }
    }

    fn order(&self, other: &Self, upper: bool) -> Ordering {
        let open = |end: &Self| i8::from(end.open) * if upper { -1 } else { 1 };
        order(&self.value, &other.value).then(open(self).cmp(&open(other)))
    }
}

impl Schemas<'_, '_> {
    pub(super) fn bounds(&mut self, spot: &Spot, old: &Node, new: &Node) {
        for (upper, name, said) in
            [(true, "max", "the greatest value"), (false, "min", "the least value")]
        {
            let (old, new) = (End::read(old, upper), End::read(new, upper));
            let exclusive = new.as_ref().or(old.as_ref()).is_some_and(|end| end.open);
            let unset = new.is_none();
            let change = change(old.as_ref(), new.as_ref(), |old, new| new.order(old, upper));
            let prefix = if exclusive && !unset { "exclusive-" } else { "" };
            if let Some(change) = change {
                let stem = format!("{prefix}{name}-{change}");
                self.bound(spot, &stem, said, old, new);
            }
        }
        for (word, name, said, upper) in COUNTS {
            let count = |node: &Node| {
                let count = node.word(word).and_then(Value::as_u64);
                count.filter(|count| *upper || *count > 0)
            };
            let (mut old, mut new) = (count(old), count(new));
            // A text has no fewer than none, which is a bound too.
            if *name == "min-length" {
                (old, new) = (old.or(Some(0)), new.or(Some(0)));
            }
            if let Some(change) = change(old.as_ref(), new.as_ref(), |old, new| new.cmp(old)) {
                self.bound(spot, &format!("{name}-{change}"), said, old, new);
            }
        }
    }

    fn bound<T: std::fmt::Display>(
        &mut self,
        spot: &Spot,
        stem: &str,
        said: &str,
        old: Option<T>,
        new: Option<T>,
    ) {
        let text = |value: Option<T>| {
            value.map_or_else(|| "not bounded".to_owned(), |value| value.to_string())
        };
        let (before, after) = (text(old), text(new));
        let sentence = format!("{said} of `{}`: was {before}, is {after}", spot.path);
        self.tell(spot, stem, sentence, values(before, after));
    }
}

fn change<T>(
    old: Option<&T>,
    new: Option<&T>,
    order: impl FnOnce(&T, &T) -> Ordering,
) -> Option<&'static str> {
    match (old, new) {
        (None, None) => None,
        (None, Some(_)) => Some("set"),
        (Some(_), None) => Some("unset"),
        (Some(old), Some(new)) => match order(old, new) {
            Ordering::Less => Some("decreased"),
            Ordering::Equal => None,
            Ordering::Greater => Some("increased"),
        },
    }
}
