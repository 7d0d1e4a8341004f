//! The compiler's checks of limits that count by the input, or by keys: the field is there, and is what can be counted, and some
//! caller has a key.

use super::Mistakes;
use crate::{
    compose::{Text, same},
    identity::{API_KEY, By},
    input::Field,
    limit::{Limit, Unit},
    route::{Api, Route},
};

/// Checks that the limits of an arm count by fields that the route's input has, and by keys that its callers have.
#[track_caller]
pub const fn check_counted(route: &Route, arm: usize) {
    let mut text = Text::new();
    let by = route.options.by.within(route.inherited.by);
    if by_keys(route.limits[arm].limits) && by.lacks(API_KEY) {
        text.push_all(&[
            "SA316: `",
            route.name,
            "` limits by API key, and none of its callers has one\n  help: write `Limit::per_principal` in place of \
             `Limit::per_api_key`, or ",
            match by {
                By::AllOf(_) | By::OneOf(_) => "name `ApiKey` first in its `by`, as that which says who is calling",
                _ => "add `ApiKey` to its `by`",
            },
        ]);
        text.fail();
    }
    if push_mistake(route, route.limits[arm].limits, &mut text) {
        text.fail();
    }
}

/// Returns `true` if one of the limits counts by API keys.
const fn by_keys(limits: &[Limit]) -> bool {
    let mut index = 0;
    while index < limits.len() {
        if matches!(limits[index].unit(), Unit::ApiKey) {
            return true;
        }
        index += 1;
    }
    false
}

/// Checks the same of the input for limits that a route has from its module or from the API.
pub(super) const fn check_inherited(
    api: &Api,
    route: &Route,
    group: usize,
    mistakes: &mut Mistakes,
) {
    if route.limits.is_empty() {
        check_limits(route, api.limits, group, mistakes);
    } else if route.inherited.limits.is_some() {
        check_limits(route, route.limits[0].limits, group, mistakes);
    }
}

const fn check_limits(route: &Route, limits: &[Limit], group: usize, mistakes: &mut Mistakes) {
    let mut text = Text::new();
    if push_mistake(route, limits, &mut text) {
        mistakes.begin(Some(group));
        mistakes.push_text(&text);
    }
}

/// Writes the first thing that is wrong with what limits count by; `false` if nothing is.
const fn push_mistake(route: &Route, limits: &[Limit], text: &mut Text) -> bool {
    let mut index = 0;
    while index < limits.len() {
        let limit = &limits[index];
        index += 1;
        if let Some(name) = limit.field() {
            let wrong = match field(route, name) {
                Found::One(field) if field.has_one_text() => None,
                Found::One(_) => Some("which has no single text"),
                other => other.told(),
            };
            if let Some(wrong) = wrong {
                push(route, name, wrong, Counts::Value, text);
                return true;
            }
        }
        if let Some(name) = limit.weighs() {
            let (wrong, most) = match field(route, name) {
                Found::One(field) => match field.most_entries() {
                    Some(most) => (None, most),
                    None => (Some("which is no list"), 0),
                },
                other => (other.told(), 0),
            };
            if let Some(wrong) = wrong {
                push(route, name, wrong, Counts::Entries, text);
                return true;
            }
            let each = limit.stated_weight() as u128;
            if most as u128 * each > limit.allowed() as u128 {
                push_too_many(route, (name, most), limit, text);
                return true;
            }
        }
    }
    false
}

/// The field of a name in the inputs of a route.
enum Found {
    One(&'static Field),
    None,
    Several,
    /// An input has a mistake of its own, and so no fields.
    Unknown,
}

impl Found {
    const fn told(self) -> Option<&'static str> {
        match self {
            Self::None => Some("which its input does not have"),
            Self::Several => Some("which two of its inputs have"),
            Self::One(_) | Self::Unknown => None,
        }
    }
}

const fn field(route: &Route, name: &str) -> Found {
    let (mut found, mut argument) = (Found::None, 0);
    while argument < route.facts.len() {
        let reads = route.facts[argument].1.reads;
        let fields = reads.fields();
        if reads.is_unknown() {
            return Found::Unknown;
        }
        let mut index = 0;
        while index < fields.len() {
            if same(fields[index].name, name) {
                found = match found {
                    Found::None => Found::One(&fields[index]),
                    _ => Found::Several,
                };
            }
            index += 1;
        }
        argument += 1;
    }
    found
}

/// The thing of a field that is counted.
#[derive(Clone, Copy)]
enum Counts {
    Value,
    Entries,
}

/// Returns the name of the first field of the inputs of a route of which this can be counted.
const fn first(route: &Route, counts: Counts) -> Option<&'static str> {
    let mut argument = 0;
    while argument < route.facts.len() {
        let reads = route.facts[argument].1.reads;
        let fields = reads.fields();
        let mut index = 0;
        while index < fields.len() {
            let fits = match counts {
                Counts::Value => fields[index].has_one_text(),
                Counts::Entries => fields[index].most_entries().is_some(),
            };
            if fits {
                return Some(fields[index].name);
            }
            index += 1;
        }
        argument += 1;
    }
    None
}

const fn push(route: &Route, name: &str, wrong: &str, counts: Counts, text: &mut Text) {
    text.push_all(&[
        "SA311: `",
        route.name,
        "` limits by the field `",
        name,
        "`, ",
        wrong,
        "\n  help: ",
    ]);
    match (first(route, counts), counts) {
        (Some(other), _) => {
            text.push_all(&["write `\"", other, "\"` in place of `\"", name, "\"`"]);
        }
        (None, Counts::Value) => text.push(
            "write `Limit::per_principal(5).per_minute()`: its input has no field whose values can be counted",
        ),
        (None, Counts::Entries) => {
            let constant = "\")`: its input has no list; `.weight(10)` counts each request as ten";
            text.push_all(&["remove `.weight_of(\"", name, constant]);
        }
    }
}

const fn push_too_many(route: &Route, (name, most): (&str, usize), limit: &Limit, text: &mut Text) {
    let each = limit.stated_weight() as u64;
    text.push_all(&["SA312: `", route.name, "` takes up to "]);
    text.push_number(most as u64);
    text.push_all(&[" entries of `", name, "`, and its limit lets "]);
    text.push_number(limit.allowed() as u64 / each);
    text.push(" pass at once\n  help: write `");
    text.push_number(most as u64 * each);
    text.push("` in place of `");
    text.push_number(limit.allowed() as u64);
    text.push_all(&["`, or bound `", name, "` by less"]);
}
