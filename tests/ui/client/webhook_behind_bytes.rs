use secure_api::{client::Webhook, prelude::*};

#[derive(Version)]
enum Version {
    V1,
}

/// The service that sends them.
struct Payments;

type Signed = Webhook<Payments>;

/// Takes the news of the payment service.
#[post("/hooks/paid", version = Version::V1, public = "the payment service signs what it sends", accepts("application/pdf"))]
async fn take_invoice(_context: RequestContext, _bytes: RawBody<4096>, _hook: Signed) -> NoContent {
    NoContent
}

fn main() {}
