use secure_api::prelude::*;
#[derive(Role)]
pub enum Role {
    Customer,
    #[role(includes(Customer))]
    Support,
    #[role(includes(Support))]
    Admin,
}
#[derive(Version)]
pub enum Version {
    #[version(deprecated = "2026-06-01", sunset = "2036-06-01")]
    V1,
    V2,
}
fn main() {
    println!("{:?} {:?}", Role::Support.holders(), Version::V1.point().table.versions[0].headers());
    let _ = (Role::Admin, Role::Customer, Version::V2);
}
