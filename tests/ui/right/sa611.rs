//! An operation without a version could neither be changed nor removed: nobody would know who calls it in which
//! form. Forgotten versions, zombies, are on the OWASP API list. So each operation says which versions it is in, or
//! its module does. This holds at compile time.
//!
//! Wrong: version/missing

use crate::shop::*;
use secure_api::prelude::*;

#[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn list_products() -> Page<Product> {
    todo!()
}
