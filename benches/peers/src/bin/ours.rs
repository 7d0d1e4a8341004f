//! The same operations declared: what the attributes state is enforced by the framework, with its defaults.

#[path = "../../../sample/shop.rs"]
mod shop;

use std::sync::{Arc, RwLock};

use peers::{AUDIENCE, CALLERS, ISSUER, KEY_ID, PER_ADDRESS, PER_CALLER, Start};
use secure_api::{prelude::*, token::Signer};
use shop::{Item, Order, OrderId, Orders, Role, Version, create_order, get_order};

#[derive(Resource)]
#[view(Pong, public, fields(status, region))]
struct Ping {
    status: String,
    region: String,
}

/// Says that it is there.
#[get("/ping", version = Version::V1.., public = "a monitor has no account", view = Pong)]
async fn ping() -> Ping {
    Ping { status: "up".to_owned(), region: "north".to_owned() }
}

/// The three operations.
#[api(
    roles = Role, versions = Version, limit = Limit::per_principal(PER_CALLER).per_minute(),
    routes(ping, get_order, create_order)
)]
struct Declared;

fn orders() -> Orders {
    let orders = (0..CALLERS).map(peers::order).map(|order| {
        let item = |(sku, quantity)| Item { sku, quantity };
        let id = OrderId::new(order.id);
        let order = Order {
            id,
            owner: CallerId::new(ISSUER, None, &order.owner).expect("an id"),
            customer_email: order.customer_email,
            note: Some(order.note),
            items: order.items.into_iter().map(item).collect(),
            margin: order.margin,
        };
        (id, order)
    });
    Orders(Arc::new(RwLock::new(orders.collect())))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let start = Start::read();
    let signer = Signer::es256_pem(SecretBytes::file(start.path("private.pem")), KEY_ID)?;
    let app = Declared::app()
        .store(orders())
        .tokens(Issuer::new(ISSUER).audience(AUDIENCE).key(signer.key()))
        .address_limit(Limit::per_address(PER_ADDRESS).per_minute())
        .build()?;
    app.serve(&start.address.to_string()).await?;
    Ok(())
}
