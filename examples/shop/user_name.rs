//! The check of a user name that is still free. That is all a stranger learns of an account.

use secure_api::prelude::*;

use crate::{
    account::{Account, UserName},
    db::Db,
    limit::LOOK_UP,
    version::Version,
};

/// Names that look like the shop speaking. Nobody can have them, so "not available" does not always mean that
/// there is such an account.
const RESERVED: [&str; 6] = ["admin", "administrator", "shop", "support", "system", "warehouse"];

/// The result of looking for a user name.
#[derive(Resource)]
#[view(Availability, public, fields(available))]
pub struct Found {
    /// `true` if it is free.
    pub available: bool,
}

/// Returns `true` if nobody can have the name.
pub fn is_reserved(user_name: &UserName) -> bool {
    RESERVED.contains(&user_name.as_str())
}

/// Says whether a user name can be had.
#[get("/user-names/{user_name}", version = Version::V1.., public = "a sign-up form asks it", limit = LOOK_UP,
      credential, view = Availability)]
pub async fn look_up_user_name(
    Unowned(user_name): Unowned<UserName>,
    db: Reader<Db>,
) -> Result<Found, StoreError> {
    let taken = Account::named(&*db, &user_name).await?.is_some();
    Ok(Found { available: !taken && !is_reserved(&user_name) })
}
