//! The rules that few values have, as JSON Schema.

use serde_json::Value;
use utoipa::openapi::{RefOr, Schema, SchemaFormat, extensions::Extensions};

use super::{
    ends::{self, Digits},
    value::whole,
};
use crate::inventory::{BetweenModel, RulesModel};

/// Returns a schema with the rules that few values have. What a text has in it and has not is a pattern (ECMA-262).
pub(super) fn ruled(schema: RefOr<Schema>, rules: &RulesModel) -> RefOr<Schema> {
    let RulesModel {
        contains,
        excludes,
        visible,
        without,
        unpadded,
        multiple_of,
        one_of,
        only,
        unique,
        below_maximum,
        segment,
        between,
        refers: _,
        separated: _,
        json: _,
    } = rules;
    let mut schema = schema;
    match &mut schema {
        RefOr::T(Schema::Object(object)) => {
            let is_number = object.minimum.is_some() || object.maximum.is_some();
            if let Some(factor) = multiple_of.filter(|_| is_number) {
                object.multiple_of = Some(whole(i128::from(factor)));
            }
            if let Some(listed) = one_of {
                // A number that is a text is listed as one.
                let written = |number: &i64| match is_number {
                    true => Value::from(*number),
                    false => Value::from(number.to_string()),
                };
                object.enum_values = Some(listed.iter().map(written).collect());
            }
            if let Some(truth) = only {
                object.enum_values = Some(vec![Value::from(*truth)]);
            }
            if let (Some(factor), true) = (multiple_of, between.is_some()) {
                let stated = ("x-multiple-of", Value::from(*factor));
                object.extensions = Some(std::iter::once(stated).collect());
            }
            if let Some(BetweenModel { low, high, closed }) = between {
                let highest = if *closed { "x-maximum" } else { "x-exclusive-maximum" };
                let ends = [("x-minimum", low), (highest, high)];
                let ends: Extensions =
                    ends.map(|(name, end)| (name, end.clone())).into_iter().collect();
                object.extensions.get_or_insert_with(Extensions::default).merge(ends);
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
            let digits = match is_whole(object.format.as_ref()) {
                true => Digits::Whole,
                false => Digits::Any,
            };
            start.extend(between.as_ref().and_then(|between| ends::within(between, digits)));
            if *unpadded {
                start.push_str(r"(?!\s)(?![\s\S]*\s$)");
            }
            let any = match without {
                Some(class) => format!("[^{class}]"),
                None => r"[\s\S]".to_owned(),
            };
            let seen = match visible {
                0 => None,
                1 => Some(SEEN.to_owned()),
                more => Some(format!("{SEEN}{any}{{{},}}{SEEN}", more - 2)),
            };
            let rest = object.pattern.take();
            let is_short = start.len() == 1 && rest.is_none();
            object.pattern = match (seen, without) {
                // A pattern is for any part of a text, unless it says more.
                (Some(seen), None) if is_short => Some(seen),
                (Some(seen), Some(_)) if is_short => Some(format!("^{any}*{seen}{any}*$")),
                (seen, without) => {
                    if let Some(seen) = seen {
                        start.push_str(&format!(r"(?=[\s\S]*{seen})"));
                    }
                    if let (Some(class), true) = (without, rest.is_some()) {
                        start.push_str(&format!(r"(?![\s\S]*[{class}])"));
                    }
                    match rest {
                        Some(rest) if start.len() == 1 => Some(rest),
                        Some(rest) if has_branches(&rest) => Some(format!("{start}(?:{rest})")),
                        Some(rest) => Some(start + rest.trim_start_matches('^')),
                        None if without.is_some() => Some(format!("{start}{any}*$")),
                        None => Some(start).filter(|start| start.len() > 1),
                    }
                }
            };
        }
        RefOr::T(Schema::Array(array)) => array.unique_items = *unique,
        // None of the others has such rules.
        _ => {}
    }
    schema
}

/// Returns `true` for the format of a whole number.
fn is_whole(format: Option<&SchemaFormat>) -> bool {
    matches!(format, Some(SchemaFormat::Custom(name)) if name == "int64" || name == "uint64")
}

/// Returns `true` if a pattern has a `|` outside of its groups: what stands before or behind such a pattern is for one branch.
pub(super) fn has_branches(pattern: &str) -> bool {
    let (mut depth, mut class) = (0_usize, false);
    let mut letters = pattern.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => _ = letters.next(),
            ']' => class = false,
            '[' => class = true,
            '(' if !class => depth += 1,
            ')' if !class => depth = depth.saturating_sub(1),
            '|' if !class && depth == 0 => return true,
            _ => {}
        }
    }
    false
}

/// A character that is drawn as something: no white space, no control character, and none of those that `is_blank` knows, as
/// far as four digits name them; how more are written differs between readers of patterns.
const SEEN: &str = r"[^\s\u0000-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u202A-\u202E\u2060-\u206F\u2800\u3164\uFE00-\uFE0F\uFEFF\uFFA0\uFFF0-\uFFFB]";

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
