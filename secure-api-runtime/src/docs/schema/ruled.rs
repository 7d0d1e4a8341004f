//! The rules that few values have, as JSON Schema.

use utoipa::openapi::{RefOr, Schema};

use super::value::whole;
use crate::inventory::{BetweenModel, RulesModel};

/// Returns a schema with the rules that few values have. What a text has in it and has not is a pattern (ECMA-262).
pub(super) fn ruled(schema: RefOr<Schema>, rules: &RulesModel) -> RefOr<Schema> {
    let RulesModel {
        contains,
        excludes,
        visible,
        unpadded,
        multiple_of,
        unique,
        below_maximum,
        segment,
        between,
        refers: _,
    } = rules;
    let mut schema = schema;
    match &mut schema {
        RefOr::T(Schema::Object(object)) => {
            let is_number = object.minimum.is_some() || object.maximum.is_some();
            if let Some(factor) = multiple_of.filter(|_| is_number) {
                object.multiple_of = Some(whole(i128::from(factor)));
            }
            if let Some(BetweenModel { low, high, closed }) = between {
                let highest = if *closed { "x-maximum" } else { "x-exclusive-maximum" };
                let ends = [("x-minimum", low), (highest, high)];
                object.extensions =
                    Some(ends.map(|(name, end)| (name, end.clone())).into_iter().collect());
            }
            if *below_maximum {
                object.exclusive_maximum = object.maximum.take();
            }
            let mut start = String::from("^");
            let parts = [(contains, "?="), (excludes, "?!")];
            for (part, look) in
                parts.iter().filter_map(|(part, look)| Some((part.as_deref()?, look)))
            {
                start.push_str(&format!("({look}[\\s\\S]*{})", escaped(part)));
            }
            if let Some(reserved) = segment {
                start.push_str(SEGMENT);
                for word in reserved {
                    start.push_str(&format!("(?!{}$)", escaped(word)));
                }
            }
            if *unpadded {
                start.push_str(r"(?!\s)(?![\s\S]*\s$)");
            }
            let seen = match visible {
                0 => None,
                1 => Some(r"\S".to_owned()),
                more => Some(format!(r"\S[\s\S]{{{},}}\S", more - 2)),
            };
            match seen {
                // A pattern is for any part of a text, unless it says more.
                Some(seen) if start.len() == 1 && object.pattern.is_none() => {
                    object.pattern = Some(seen);
                }
                Some(seen) => start.push_str(&format!(r"(?=[\s\S]*{seen})")),
                None => {}
            }
            if start.len() > 1 {
                let rest = object.pattern.as_deref().map(|rest| rest.trim_start_matches('^'));
                object.pattern = Some(start + rest.unwrap_or_default());
            }
        }
        RefOr::T(Schema::Array(array)) => array.unique_items = *unique,
        // None of the others has such rules.
        _ => {}
    }
    schema
}

/// One segment of a path: neither `.` nor `..`, and without what separates, escapes or controls.
const SEGMENT: &str = r"(?!\.{1,2}$)(?![\s\S]*[/\\?#%\x00-\x1F\x7F-\x9F])";

/// Returns a text as a regular expression for itself.
fn escaped(text: &str) -> String {
    let mut pattern = String::new();
    for letter in text.chars() {
        if r"\^$.*+?()[]{}|/".contains(letter) {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern
}
