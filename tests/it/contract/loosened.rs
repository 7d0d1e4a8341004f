//! Planted changes of how often, how much and in which order.

use secure_api::testing::{JsonValue, json};

use super::facts::{Row, limit};

fn with(mut limit: JsonValue, word: &str, value: impl Into<JsonValue>) -> JsonValue {
    limit[word] = value.into();
    limit
}

pub(super) fn rows() -> Vec<Row> {
    let step = |operation: &str, within: u32, least: u32| {
        let (within, least) = (f64::from(within), f64::from(least));
        json!({ "operation": operation, "module": "it", "within_seconds": within, "at_least_seconds": least })
    };
    let minute = || limit("principal", 60, 60.0);
    let free = || with(limit("unlimited", 0, 0.0), "reason", "the office counts by itself");
    vec![
        (
            "operations/get_order/limits/0/limits",
            json!([minute()]),
            json!([minute(), limit("tenant", 9, 1.0)]),
            &["W limit-added"],
            &["S limit-removed"],
        ),
        (
            "operations/get_order/limits/0/limits",
            json!([minute()]),
            json!([free()]),
            &["S limit-removed"],
            &["W limit-added"],
        ),
        (
            "operations/get_order/limits/0/limits/0",
            minute(),
            limit("principal", 240, 60.0),
            &["S limit-loosened"],
            &["W limit-tightened"],
        ),
        (
            "operations/get_order/limits/0/limits/0",
            minute(),
            limit("principal", 3600, 3600.0),
            &["S limit-loosened"],
            &["W limit-tightened"],
        ),
        (
            "operations/get_order/limits/0/limits/0",
            with(minute(), "burst", 10),
            minute(),
            &["S limit-loosened"],
            &["W limit-tightened"],
        ),
        (
            "operations/get_order/limits/0/limits/0",
            with(minute(), "weight", 5),
            minute(),
            &["S limit-loosened"],
            &["W limit-tightened"],
        ),
        (
            "operations/get_order/limits/0/limits/0",
            minute(),
            with(minute(), "observed", true),
            &["S limit-only-observed"],
            &["W limit-in-force"],
        ),
        (
            "operations/get_order/limits/0/limits/0",
            minute(),
            limit("address", 60, 60.0),
            &["S limit-removed", "W limit-added"],
            &["S limit-removed", "W limit-added"],
        ),
        (
            "settings/address_limit",
            limit("address", 600, 60.0),
            limit("address", 1200, 60.0),
            &["S limit-loosened"],
            &["W limit-tightened"],
        ),
        (
            "operations/get_order/outage",
            json!("closed"),
            json!({ "local": 4 }),
            &["S outage-loosened"],
            &["I outage-tightened"],
        ),
        (
            "operations/get_order/outage",
            json!({ "local": 4 }),
            json!({ "local": 2 }),
            &["S outage-loosened"],
            &["I outage-tightened"],
        ),
        (
            "operations/sign_in/credential",
            json!(true),
            json!(false),
            &["S credential-mark-removed"],
            &["I credential-mark-added"],
        ),
        (
            "operations/put_order/body_limit",
            json!(1024),
            json!(4096),
            &["S body-bound-raised"],
            &["B body-bound-lowered"],
        ),
        (
            "settings/body_limit",
            json!(1024),
            json!(4096),
            &["S body-bound-raised"],
            &["B body-bound-lowered"],
        ),
        (
            "operations/put_order/arguments",
            bytes(false),
            bytes(true),
            &["B body-kinds-added", "I response-non-success-status-added"],
            &["I response-non-success-status-removed", "S body-kinds-removed"],
        ),
        (
            "operations/put_order/timeout_seconds",
            json!(5.0),
            json!(10.0),
            &["S deadline-raised"],
            &["W deadline-lowered"],
        ),
        (
            "settings/deadline_seconds",
            json!(5.0),
            json!(10.0),
            &["S deadline-raised"],
            &["W deadline-lowered"],
        ),
        (
            "operations/put_order/after",
            json!(null),
            step("post_order", 600, 0),
            &["B step-added", "I response-non-success-status-added"],
            &["S step-removed", "I response-non-success-status-removed"],
        ),
        (
            "operations/put_order/after",
            step("post_order", 600, 0),
            step("get_order", 600, 0),
            &["S step-changed"],
            &["S step-changed"],
        ),
        (
            "operations/put_order/after",
            step("post_order", 600, 0),
            step("post_order", 900, 0),
            &["S step-loosened"],
            &["B step-tightened"],
        ),
        (
            "operations/put_order/after",
            step("post_order", 600, 9),
            step("post_order", 600, 0),
            &["S step-loosened"],
            &["B step-tightened"],
        ),
        (
            "operations/post_order/idempotency_key",
            json!(false),
            json!(true),
            &[
                "B idempotency-key-added",
                "B new-required-request-parameter",
                "I response-header-added",
                "I response-non-success-status-added",
            ],
            &[
                "S idempotency-key-removed",
                "B request-parameter-removed",
                "W optional-response-header-removed",
                "I response-non-success-status-removed",
            ],
        ),
        (
            "operations/put_order/if_match",
            json!(false),
            json!(true),
            &[
                "B if-match-added",
                "B request-parameter-became-required",
                "I response-non-success-status-added",
            ],
            &[
                "S if-match-removed",
                "I request-parameter-became-optional",
                "I response-non-success-status-removed",
            ],
        ),
    ]
}

/// Returns the arguments of an operation that takes a picture: a whole file of its media type, or any bytes.
fn bytes(file: bool) -> JsonValue {
    json!([{ "raw-body": { "media_types": ["image/png"], "max_bytes": 9, "text": false, "file": file } }])
}
