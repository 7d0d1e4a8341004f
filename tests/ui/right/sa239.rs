//! A stranger who sends a webhook that nobody signed is told that and nothing else: not which of its fields are wrong. So the proof
//! stands before the argument that reads the content. This holds at compile time.
//!
//! Wrong: client/webhook_behind_its_content

use crate::shop::*;
use secure_api::{client::Webhook, prelude::*};

/// The service that sends them.
struct Payments;

#[derive(Input)]
struct Paid {
    #[input(max_len = 40)]
    order: String,
}

/// Takes the news of the payment service.
#[post("/hooks/paid", version = Version::V1, public = "the payment service signs what it sends")]
async fn take_payment(_hook: Webhook<Payments>, Json(_paid): Json<Paid>) -> NoContent {
    NoContent
}
