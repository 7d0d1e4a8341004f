//! The headers of webhooks that another service signs.

use serde_json::json;
use utoipa::openapi::{
    Required,
    path::{Parameter, ParameterBuilder, ParameterIn},
};

use crate::docs::schema::text;

/// Returns the headers of a webhook (Standard Webhooks).
pub(super) fn signed() -> impl Iterator<Item = Parameter> {
    let headers = [
        (
            "webhook-id",
            "The id of the message, the same however often it is sent.",
            text(1, 128, Some("^[!-\\-/-~]+$"), None),
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
        ),
        (
            "webhook-timestamp",
            "The time of sending, in seconds since 1970: five minutes off at most.",
            text(1, 12, Some("^[0-9]+$"), None),
            "1614265330",
        ),
        (
            "webhook-signature",
            "The signature of id, timestamp and content, with points between, by HMAC with SHA-256 in base64; several stand \
             beside each other, with a blank between.",
            text(3, 1024, Some("^v1,"), None),
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        ),
    ];
    headers.into_iter().map(|(name, description, schema, example)| {
        ParameterBuilder::new()
            .name(name)
            .parameter_in(ParameterIn::Header)
            .required(Required::True)
            .description(Some(description))
            .example(Some(json!(example)))
            .schema(Some(schema))
            .build()
    })
}
