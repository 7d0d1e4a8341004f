//! `/users/login` beside `/users/{user}`: whoever is called `login` cannot be reached, whatever the verbs. So a parameter is
//! refused where its type could be the fixed segment of another path in the same version. A number or a UUID is no word; text
//! keeps the word out by `reserved`, and then nobody can be called so.
//!
//! Wrong: object/login_beside_a_user

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Value)]
#[value(pattern = "^[a-z]{3,20}$", unowned = "profiles are for everybody", reserved("login"))]
pub struct UserName(String);

#[delete("/users/{user}", version = Version::V1.., role = Role::Admin)]
async fn remove_user(_user: Unowned<UserName>) -> NoContent {
    NoContent
}

#[post("/users/login", version = Version::V1.., role = Role::Customer)]
async fn log_in() -> Accepted {
    Accepted
}
