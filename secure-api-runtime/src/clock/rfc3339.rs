//! The form of times in JSON, that of RFC 3339: for fields that hold seconds since 1970.

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serializer, de::Error};
use serde_json::Value;

/// Returns the text, as `2026-06-01T00:00:00Z`. What no calendar has becomes the nearest that one has.
pub(crate) fn text(seconds: i64) -> String {
    let held = seconds.clamp(Timestamp::MIN.as_second(), Timestamp::MAX.as_second());
    Timestamp::from_second(held).unwrap_or_default().to_string()
}

/// Returns the seconds that a text tells.
pub(crate) fn seconds(text: &str) -> Result<i64, jiff::Error> {
    text.parse().map(Timestamp::as_second)
}

/// Returns the seconds of a time as it is read. What was kept before times had this form holds the seconds themselves.
fn read<E: Error>(told: &Value) -> Result<i64, E> {
    match told {
        Value::String(text) => seconds(text).map_err(E::custom),
        other => {
            other.as_i64().ok_or_else(|| E::custom("a time is a text, as 2026-06-01T00:00:00Z"))
        }
    }
}

/// Writes a time.
pub(crate) fn serialize<S: Serializer>(time: &i64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&text(*time))
}

/// Reads a time.
pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    read(&Value::deserialize(deserializer)?)
}

/// The form of a time that may be lacking: `null` where it is.
pub(crate) mod maybe {
    use super::{Deserialize, Deserializer, Serializer, Value, read, text};

    /// Writes a time, if there is one.
    pub(crate) fn serialize<S: Serializer>(
        time: &Option<i64>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match time {
            Some(time) => serializer.serialize_str(&text(*time)),
            None => serializer.serialize_none(),
        }
    }

    /// Reads a time, if there is one.
    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<i64>, D::Error> {
        Option::<Value>::deserialize(deserializer)?.as_ref().map(read).transpose()
    }
}

#[cfg(test)]
mod tests {
    use serde::{Deserialize, Serialize};

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Seen {
        #[serde(with = "super")]
        first: i64,
        #[serde(default, with = "super::maybe")]
        last: Option<i64>,
    }

    #[test]
    fn times_have_one_form_and_are_read_as_they_were_kept_before() {
        let seen = |first, last| Seen { first, last };
        for (one, form) in [
            (seen(1_780_272_000, None), r#"{"first":"2026-06-01T00:00:00Z","last":null}"#),
            (
                seen(0, Some(1_796_119_205)),
                r#"{"first":"1970-01-01T00:00:00Z","last":"2026-12-01T10:00:05Z"}"#,
            ),
        ] {
            assert_eq!(serde_json::to_string(&one).expect("it is written"), form);
            assert_eq!(serde_json::from_str::<Seen>(form).expect("it is read"), one);
        }
        let kept = r#"{"first":1780272000,"last":5}"#;
        assert_eq!(
            serde_json::from_str::<Seen>(kept).expect("it is read"),
            seen(1_780_272_000, Some(5))
        );
        let other = r#"{"first":"2026-06-01T02:00:00+02:00"}"#;
        assert_eq!(
            serde_json::from_str::<Seen>(other).expect("it is read"),
            seen(1_780_272_000, None)
        );
        for none in [r#"{"first":"2026-06-01"}"#, r#"{"first":null}"#, r#"{"first":"soon"}"#, "{}"]
        {
            assert!(serde_json::from_str::<Seen>(none).is_err(), "{none}");
        }
    }

    #[test]
    fn a_time_beyond_the_calendar_is_its_end() {
        assert_eq!(super::text(i64::MAX), "9999-12-30T22:00:00Z");
    }
}
