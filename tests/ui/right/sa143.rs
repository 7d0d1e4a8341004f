//! A URL is written down everywhere: in the logs of servers and proxies, in the history of a browser. What is named like a
//! password or a token, and is text, stands in no path, be it the type or the parameter. A link that was mailed leads to a page,
//! which sends its token in a body.
//!
//! Wrong: input/secret_in_a_path

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Input)]
pub struct Reset {
    #[input(max_len = 64)]
    pub token: Secret<String>,
}

/// Resets what a mailed link is for: its page sends the token here.
#[post("/resets", version = Version::V1.., public = "who follows a link has no token yet",
       limit = Limit::per_address(5).per_minute(), credential)]
async fn reset(_: Json<Reset>) -> Accepted {
    Accepted
}
