//! A body of at most nothing, or an answer within no time, is an operation that always fails. In other settings 0
//! means "without a bound", and who reads it that way takes the route for open. So 0 is refused, and leaving the
//! key out takes the app's bound. This holds at compile time, for the value of the constant.
//!
//! Wrong: input/body_limit_of_zero

use crate::shop::*;
use secure_api::prelude::*;

#[post("/notes", version = Version::V1.., role = Role::Customer, body_limit = 1024)]
async fn note(Json(_body): Json<NewOrder>) -> Accepted {
    Accepted
}
