//! An argument binds the parameter of its name. With two parameters of one name, one of them would be checked and
//! the other one used, which is how a check is passed with one's own id and somebody else's object is returned. So
//! each has a name of its own. This holds at compile time.
//!
//! Wrong: route/path_parameter_twice

use crate::shop::*;
use secure_api::prelude::*;

#[get("/products/{product}/versus/{other}", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn compare(_product: Unowned<ProductId>, _other: Unowned<ProductId>) -> Option<Product> {
    todo!()
}
