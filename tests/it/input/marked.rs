//! Bodies and queries of all kinds, each text of which is marked: no mark comes back.

use super::{query::Search, *};

const MARK: &str = "mArK3r";

/// Returns an object of the names that the input has, and others; every text in it holds the mark.
fn marked() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        Just(770_077_007_700_u64.into()),
        ".{0,12}".prop_map(|text| format!("{text}{MARK}").into()),
    ];
    let any = leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(serde_json::Value::from),
            object_of(inner),
        ]
    });
    object_of(any)
}

fn object_of(
    value: impl Strategy<Value = serde_json::Value>,
) -> impl Strategy<Value = serde_json::Value> {
    let names = vec![
        "customer_email",
        "note",
        "items",
        "tags",
        "status",
        "password",
        "type",
        "sku",
        "qty",
        "discount",
        "other",
    ];
    let member = (prop::sample::select(names), value);
    prop::collection::vec(member, 1..8).prop_map(|members| {
        members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    })
}

proptest! {
    // R74
    #[test]
    fn no_answer_repeats_a_value(body in marked(), cut in 0_usize..400) {
        let body = body.to_string();
        let end = (0..=cut.min(body.len())).rev().find(|end| body.is_char_boundary(*end)).unwrap_or(0);
        for text in [body.as_str(), &body[..end]] {
            if let Err(problem) = decode_body::<NewOrder>(text.as_bytes()) {
                let debug = format!("{problem:?}");
                let answer = String::from_utf8(body_of(problem)).expect("JSON is UTF-8");
                for told in [debug, answer] {
                    prop_assert!(!told.contains(MARK) && !told.contains("770077007700"), "{told}");
                }
            }
        }
    }

    // R74
    #[test]
    fn no_answer_to_a_query_repeats_a_value(name in "[a-z]{1,8}|q|limit|share|deep|code", value in "[ -~]{0,9}") {
        let query = format!("{name}={MARK}{value}");
        if let Err(problem) = decode_query::<Search>(Some(&query)) {
            let answer = String::from_utf8(body_of(problem)).expect("JSON is UTF-8");
            prop_assert!(!answer.contains(MARK), "{answer}");
        }
    }

    #[test]
    fn whatever_the_bytes_are_nothing_panics(bytes in prop::collection::vec(any::<u8>(), 0..200), query in ".{0,60}") {
        let _ = decode_body::<NewOrder>(&bytes);
        let _ = decode_query::<Search>(Some(&query));
    }
}
