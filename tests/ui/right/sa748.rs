//! An open redirect lends the name of an API to whoever wants to be trusted by it. So the hosts are written out, each as a
//! name that is compared whole; where on it a caller is sent is for the handler to say. This is a mistake of the macro.
//!
//! Wrong: view/redirects_to_an_address

use crate::shop::*;
use secure_api::prelude::*;

#[post("/payments", version = Version::V1.., role = Role::Customer, redirects("pay.example.com"))]
pub async fn pay() -> Result<Redirect, ShopError> {
    Ok(Redirect::elsewhere("https://pay.example.com/"))
}
