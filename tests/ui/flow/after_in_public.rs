#[path = "common/till.rs"]
mod till;
use till::*;

#[post(
    "/payments",
    version = Version::V2,
    public = "anybody may pay",
    after(checkout, within = Duration::from_secs(60)),
    idempotency_key
)]
async fn pay() -> Accepted {
    Accepted
}

fn main() {}
