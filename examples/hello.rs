//! The smallest program: roles with a hierarchy and versions with an end.
use secure_api::prelude::*;

#[derive(Role)]
enum Role {
    Customer,
    #[role(includes(Customer))]
    Support,
    #[role(includes(Support))]
    Admin,
}

#[derive(Version)]
enum Version {
    #[version(deprecated = "2026-06-01", sunset = "2036-06-01")]
    V1,
    V2,
}

fn main() {
    println!("{:?} {:?}", Role::Support.holders(), Version::V1.point().table.versions[0].headers());
    let _ = (Role::Admin, Role::Customer, Version::V2);
}
