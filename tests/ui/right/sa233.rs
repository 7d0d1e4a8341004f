//! A URL is written down everywhere: in the logs of servers and proxies, in the history of a browser, in the `Referer` of
//! the next page. So a secret comes in the body, where none of them looks. This holds at compile time, whoever may call the
//! route.
//!
//! Wrong: input/secret_in_a_query

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Input)]
pub struct Link {
    #[input(pattern = "^[0-9a-f]{64}$")]
    pub token: Secret<String>,
}

/// Confirms an address: the page behind the mailed link sends its token here.
#[post("/confirmations", version = Version::V1.., public = "who follows a link has no token yet",
       limit = Limit::per_address(5).per_minute(), credential)]
async fn confirm(_: Json<Link>) -> Accepted {
    Accepted
}
