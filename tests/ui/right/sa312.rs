//! A request that counts by the entries of its list has to have room in its limit. Where the longest list that the input takes is
//! above what the limit lets pass at once, such a request would be refused at any time, and told to come back later. So the
//! list is bounded by what the limit admits. This holds at compile time.
//!
//! Wrong: limit/list_above_the_count

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Input)]
pub struct NewCode {
    #[input(email)]
    email: String,
    #[input(items = 1..=50, each(max_len = 20))]
    labels: Vec<String>,
}

#[post("/codes", version = Version::V1.., role = Role::Customer, limit = Limit::per_principal(200).per_hour().weight_of("labels"))]
async fn send_code(Json(_new): Json<NewCode>) -> Accepted {
    Accepted
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(send_code))]
pub struct Shop;
