use secure_api::prelude::*;

mod inner {
    #[allow(unused_imports)]
    pub use secure_api as api;
}

#[derive(Role)]
#[role(crate = self::inner::api)]
pub enum Role {
    Customer,
}

fn main() {
    let _: Option<inner::api::limit::Limit> = None;
}
