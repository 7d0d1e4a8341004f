use secure_api::{client::Webhook, prelude::*};

#[derive(Version)]
enum Version {
    V1,
}

/// The service that sends them.
struct Payments;

#[derive(Input)]
struct Paid {
    #[input(max_len = 40)]
    order: String,
}

/// Takes the news of the payment service.
#[post("/hooks/paid", version = Version::V1, public = "the payment service signs what it sends")]
async fn take_payment(Json(_paid): Json<Paid>, _hook: Webhook<Payments>) -> NoContent {
    NoContent
}

fn main() {}
