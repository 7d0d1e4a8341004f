//! Bare axum: the same routes with the same bodies in and out. It guards nothing.

use std::{collections::HashMap, sync::Arc};

use axum::{
    Json, Router,
    extract::{Path, State},
    http::{HeaderName, StatusCode, header},
    routing::{get, post},
};
use peers::{CALLERS, Start};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

#[derive(Serialize)]
struct Ping {
    status: String,
    region: String,
}

#[derive(Clone, Serialize)]
struct Order {
    id: Uuid,
    customer_email: String,
    note: Option<String>,
    items: Vec<Item>,
}

#[derive(Clone, Serialize, Deserialize)]
struct Item {
    sku: String,
    quantity: u32,
}

#[derive(Deserialize)]
struct NewOrder {
    customer_email: String,
    note: Option<String>,
    items: Vec<Item>,
}

type Orders = Arc<HashMap<Uuid, Order>>;

fn orders() -> Orders {
    let orders = (0..CALLERS).map(peers::order).map(|order| {
        let item = |(sku, quantity)| Item { sku, quantity };
        let items = order.items.into_iter().map(item).collect();
        let (id, customer_email, note) = (order.id, order.customer_email, Some(order.note));
        (id, Order { id, customer_email, note, items })
    });
    Arc::new(orders.collect())
}

async fn ping() -> Json<Ping> {
    Json(Ping { status: "up".to_owned(), region: "north".to_owned() })
}

async fn get_order(
    State(orders): State<Orders>,
    Path(order): Path<Uuid>,
) -> Result<Json<Order>, StatusCode> {
    orders.get(&order).cloned().map(Json).ok_or(StatusCode::NOT_FOUND)
}

async fn create_order(
    Json(NewOrder { customer_email, note, items }): Json<NewOrder>,
) -> (StatusCode, [(HeaderName, String); 1], Json<Order>) {
    let id = Uuid::nil();
    let order = Order { id, customer_email, note, items };
    (StatusCode::CREATED, [(header::LOCATION, format!("/v1/orders/{id}"))], Json(order))
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let start = Start::read();
    let router = Router::new()
        .route("/v1/ping", get(ping))
        .route("/v1/orders/{order}", get(get_order))
        .route("/v1/orders", post(create_order))
        .with_state(orders());
    axum::serve(tokio::net::TcpListener::bind(start.address).await?, router).await
}
