//! A limit by a field of the input counts each of its values, as the address that a code is mailed to, whoever asks for it. A field
//! that the route does not take is never sent, and the limit would count nobody; a list or an object has no single text to
//! count by, and an object that is referred to is looked up only afterwards. `weight_of` names a list, whose entries it counts.
//! So does a limit that the API or the module states for its routes. This holds at compile time.
//!
//! Wrong: limit/per_field_misspelt

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Input)]
pub struct NewCode {
    #[input(email)]
    email: String,
    #[input(items = 1..=50, each(max_len = 20))]
    labels: Vec<String>,
}

#[post("/codes", version = Version::V1.., role = Role::Customer, limit = Limit::per_field("email", 5).per_hour())]
async fn send_code(Json(_new): Json<NewCode>) -> Accepted {
    Accepted
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(send_code))]
pub struct Shop;
