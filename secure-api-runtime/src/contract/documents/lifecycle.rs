//! The end of an operation: deprecated, until when, and gone.

use serde_json::Value;

use crate::{
    contract::{
        brownouts,
        finding::{Findings, values},
    },
    version::Day,
};

/// The end that a document states of an operation or a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    None,
    On(Day),
    /// One that is no day.
    Unread,
}

/// Reads `x-sunset`: a day, or a moment of it.
pub(super) fn end_of(declared: &Value) -> End {
    let Some(stated) = declared.get("x-sunset") else { return End::None };
    let day = stated.as_str().and_then(|text| text.get(..10));
    match day.and_then(|day| Day::try_from(day.to_owned()).ok()) {
        Some(day) => End::On(day),
        None => End::Unread,
    }
}

pub(super) fn is_deprecated(declared: &Value) -> bool {
    declared.get("deprecated").and_then(Value::as_bool).unwrap_or(false)
}

/// Tells of an operation that went; `whole` where nothing is left at its path.
pub(super) fn removed(name: &str, was: &Value, whole: bool, today: Day, findings: &mut Findings) {
    let (rule, sentence) = match end_of(was) {
        _ if !is_deprecated(was) => (
            "removed-without-deprecation",
            format!("{name} is gone, and nobody was told that it would go"),
        ),
        End::None => (
            "removed-without-sunset",
            format!("{name} is gone, and nobody was told when it would go"),
        ),
        End::Unread => {
            let sentence = format!("{name} is gone, and its `x-sunset` is no day");
            return findings.add("api-path-sunset-parse", (name, ""), sentence, (None, None));
        }
        End::On(day) if today < day => {
            ("removed-before-sunset", format!("{name} is gone, and was promised until {day}"))
        }
        End::On(day) => {
            ("removed-with-deprecation", format!("{name} is gone, as it was said: on {day}"))
        }
    };
    let rule = if whole { format!("api-path-{rule}") } else { format!("api-{rule}") };
    findings.add(&rule, (name, ""), sentence, (None, None));
}

/// Compares what is said of the end of an operation that is in both.
pub(super) fn compare(name: &str, was: &Value, is: &Value, today: Day, findings: &mut Findings) {
    brownouts::stated(name, was, is, today, findings);
    let mut tell =
        |rule: &str, sentence: String, both| findings.add(rule, (name, ""), sentence, both);
    let (old, new) = (end_of(was), end_of(is));
    match (is_deprecated(was), is_deprecated(is)) {
        (false, false) => {}
        (true, false) => {
            tell("endpoint-reactivated", format!("{name} is deprecated no more"), (None, None))
        }
        (false, true) => match new {
            End::None => {
                let sentence = format!(
                    "{name} is deprecated without an end, so nobody can plan, and it can never go"
                );
                tell("api-deprecated-sunset-missing", sentence, (None, None));
            }
            End::Unread => {
                tell(
                    "api-deprecated-sunset-parse",
                    format!("`x-sunset` of {name} is no day"),
                    (None, None),
                );
            }
            End::On(day) if day < today => {
                let sentence = format!("{name} is deprecated with an end in the past, {day}");
                tell("api-sunset-date-too-small", sentence, (None, Some(day.to_string())));
            }
            End::On(day) => {
                let sentence = format!("{name} is deprecated, and served until {day}");
                tell("endpoint-deprecated-with-sunset", sentence, (None, Some(day.to_string())));
            }
        },
        (true, true) => match (old, new) {
            (old, new) if old == new => {}
            (_, End::Unread) => {
                tell(
                    "api-deprecated-sunset-parse",
                    format!("`x-sunset` of {name} is no day"),
                    (None, None),
                );
            }
            (End::On(day), End::None) => {
                let sentence =
                    format!("{name} was served until {day}, and nothing says until when it is");
                tell("sunset-deleted", sentence, (Some(day.to_string()), None));
            }
            (End::On(before), End::On(after)) if after < before => {
                let sentence = format!("{name} was promised until {before}, and goes on {after}");
                tell("api-sunset-date-changed-too-small", sentence, values(before, after));
            }
            (_, End::On(day)) if day < today => {
                let sentence = format!("{name} has an end in the past, {day}");
                tell("api-sunset-date-too-small", sentence, (None, Some(day.to_string())));
            }
            (_, End::On(day)) => {
                let sentence = format!("{name} is served until {day}");
                tell("endpoint-deprecated-with-sunset", sentence, (None, Some(day.to_string())));
            }
            (_, End::None) => {}
        },
    }
}
