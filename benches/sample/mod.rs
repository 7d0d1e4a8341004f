//! The same two operations twice: guarded by a declaration, and as bare axum handlers that guard nothing.

mod shop;

use std::net::{Ipv4Addr, SocketAddr};

use axum::{
    Json as BareJson, Router,
    body::Body,
    extract::{ConnectInfo, Path, State},
    http::{Request, StatusCode, header},
    routing,
};
use secure_api::{
    clock::Clock,
    prelude::*,
    token::{Claims, Signer},
};
use shop::{Item, Order, OrderId, Orders, Role, Version, create_order, get_order};
use uuid::Uuid;

/// The API that is measured.
#[api(
    roles = Role, versions = Version, limit = Limit::per_principal(u32::MAX).per_second(),
    routes(get_order, create_order)
)]
struct Sample;

const ISSUER: &str = "https://bench.example";
const AUDIENCE: &str = "bench";

/// Two routers that answer the same requests with the same bodies.
pub(crate) struct Pair {
    /// Guarded.
    pub(crate) guarded: Router,
    /// Bare.
    pub(crate) bare: Router,
    token: String,
}

/// Builds both.
pub(crate) fn pair() -> Pair {
    let pem = || rcgen::KeyPair::generate().map(|pair| pair.serialize_pem().into_bytes());
    let pem = SecretBytes::fetched(pem).expect("a key is generated");
    let signer = Signer::es256_pem(pem, "bench").expect("the key is ES256");
    let claims = Claims::new(ISSUER, AUDIENCE, "alice").client_id("bench").roles(["customer"]);
    let token = signer.sign(&claims, &Clock::system()).expect("the token is signed");

    let id = OrderId::new(Uuid::nil());
    let item = |number: u32| Item { sku: format!("SKU-{number}"), quantity: number };
    let order = Order {
        id,
        owner: CallerId::new(ISSUER, None, "alice").expect("an id"),
        customer_email: "alice@example.com".into(),
        note: Some("leave it at the door".into()),
        items: (1..=3).map(item).collect(),
        margin: 7,
    };
    let orders = Orders::default();
    orders.0.write().expect("nobody else has the lock").insert(id, order);

    let guarded = Sample::app()
        .store(orders.clone())
        .tokens(Issuer::new(ISSUER).audience(AUDIENCE).key(signer.key()))
        .address_limit(Limit::per_address(u32::MAX).per_second())
        .build()
        .expect("the sample is complete")
        .router();
    let bare = Router::new()
        .route("/v1/orders/{order}", routing::get(bare_get))
        .route("/v1/orders", routing::post(bare_create))
        .with_state(orders);
    Pair { guarded, bare, token }
}

impl Pair {
    /// Creates a read of the one order there is.
    pub(crate) fn get(&self) -> Request<Body> {
        self.request("GET", "/v1/orders/00000000-0000-0000-0000-000000000000", Body::empty())
    }

    /// Creates a new order of three items.
    pub(crate) fn post(&self) -> Request<Body> {
        const BODY: &str = r#"{"customer_email":"alice@example.com","note":"leave it at the door","items":[{"sku":"SKU-1","quantity":1},{"sku":"SKU-2","quantity":2},{"sku":"SKU-3","quantity":3}]}"#;
        self.request("POST", "/v1/orders", Body::from(BODY))
    }

    fn request(&self, method: &str, path: &str, body: Body) -> Request<Body> {
        let peer = SocketAddr::from((Ipv4Addr::LOCALHOST, 40_000));
        Request::builder()
            .method(method)
            .uri(path)
            .header(header::AUTHORIZATION, format!("Bearer {}", self.token))
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::ACCEPT, "*/*")
            .extension(ConnectInfo(peer))
            .body(body)
            .expect("the request is well-formed")
    }
}

#[derive(serde::Serialize)]
struct BareOrder {
    id: Uuid,
    customer_email: String,
    note: Option<String>,
    items: Vec<BareItem>,
}

#[derive(serde::Serialize, serde::Deserialize)]
struct BareItem {
    sku: String,
    quantity: u32,
}

#[derive(serde::Deserialize)]
struct BareNewOrder {
    customer_email: String,
    note: Option<String>,
    items: Vec<BareItem>,
}

fn bare(order: Order) -> BareOrder {
    let item = |item: Item| BareItem { sku: item.sku, quantity: item.quantity };
    BareOrder {
        id: Uuid::nil(),
        customer_email: order.customer_email,
        note: order.note,
        items: order.items.into_iter().map(item).collect(),
    }
}

async fn bare_get(
    State(orders): State<Orders>,
    Path(order): Path<Uuid>,
) -> Result<BareJson<BareOrder>, StatusCode> {
    let orders = orders.0.read().map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
    let order = orders.get(&OrderId::new(order)).cloned().ok_or(StatusCode::NOT_FOUND)?;
    Ok(BareJson(bare(order)))
}

async fn bare_create(
    BareJson(body): BareJson<BareNewOrder>,
) -> (StatusCode, [(header::HeaderName, String); 1], BareJson<BareOrder>) {
    let id = Uuid::nil();
    let order =
        BareOrder { id, customer_email: body.customer_email, note: body.note, items: body.items };
    (StatusCode::CREATED, [(header::LOCATION, format!("/v1/orders/{id}"))], BareJson(order))
}
