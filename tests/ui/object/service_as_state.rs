#[path = "../shop.rs"]
mod shop;
use std::sync::Arc;

use axum::extract::State;
use secure_api::prelude::*;
use shop::{BROWSE, Role, Version};

pub struct Mailer;

#[post("/mails", version = Version::V1.., role = Role::Admin)]
async fn mail(State(mailer): State<Arc<Mailer>>) -> Accepted {
    drop(mailer);
    Accepted
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(mail))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
