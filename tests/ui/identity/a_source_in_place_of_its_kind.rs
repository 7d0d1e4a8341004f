#[path = "../shop.rs"]
mod shop;
use secure_api::{
    identity::{Credential, Head, Kind, Principal, Refused, Source},
    prelude::*,
};
use shop::*;

pub enum Badge {}

impl Credential for Badge {
    const KIND: Kind = Kind::header("Badge", "x-badge");
}

pub struct Badges;

impl Source for Badges {
    type Kind = Badge;

    async fn identify(&self, _: &[u8], _: &Head<'_>) -> Result<Principal, Refused> {
        Err(Refused::invalid("nobody has this badge"))
    }
}

#[post("/openings", version = Version::V1.., role = Role::Customer, by = [Badges, Bearer])]
async fn open_door(_caller: Caller<Role>) -> Accepted {
    Accepted
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(open_door))]
pub struct Shop;

fn main() {
    drop(Shop::app().source(Badges));
}
