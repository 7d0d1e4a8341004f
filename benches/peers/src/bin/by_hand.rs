//! axum by hand: the same policies from the crates that an engineer would pick for them.
//!
//! Not here, though the declaration has it: entity tags, strict query strings, a bounded cache of verified tokens,
//! the check of the `Accept` header and the projection's bounds. So what it is compared with does somewhat less.

use std::{collections::HashMap, net::SocketAddr, num::NonZeroU32, sync::Arc, time::Duration};

use axum::{
    Json, Router,
    extract::{FromRequest, Path, Request, State, rejection::JsonRejection},
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use peers::{AUDIENCE, CALLERS, ISSUER, PER_ADDRESS, PER_CALLER, Start};
use serde::{Deserialize, Serialize};
use tower_governor::{GovernorLayer, governor::GovernorConfigBuilder};
use tower_http::{
    catch_panic::CatchPanicLayer,
    limit::RequestBodyLimitLayer,
    request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer},
    set_header::SetResponseHeaderLayer,
    timeout::TimeoutLayer,
    trace::TraceLayer,
};
use uuid::Uuid;
use validator::{Validate, ValidationError};

#[derive(Serialize)]
struct Ping {
    status: String,
    region: String,
}

#[derive(Clone)]
struct Order {
    id: Uuid,
    owner: String,
    customer_email: String,
    note: Option<String>,
    items: Vec<Item>,
    margin: i64,
}

#[derive(Clone, Serialize)]
struct Item {
    sku: String,
    quantity: u32,
}

#[derive(Serialize)]
struct OrderDetail {
    id: Uuid,
    customer_email: String,
    note: Option<String>,
    items: Vec<Item>,
}

#[derive(Serialize)]
struct OrderAudit {
    #[serde(flatten)]
    detail: OrderDetail,
    margin: i64,
}

impl From<Order> for OrderDetail {
    fn from(order: Order) -> Self {
        let Order { id, customer_email, note, items, owner: _, margin: _ } = order;
        Self { id, customer_email, note, items }
    }
}

#[derive(Deserialize, Validate)]
#[serde(deny_unknown_fields)]
struct NewOrder {
    #[validate(email)]
    customer_email: String,
    #[validate(length(max = 500))]
    note: Option<String>,
    #[validate(length(min = 1, max = 50), nested)]
    items: Vec<NewItem>,
}

#[derive(Serialize, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
struct NewItem {
    #[validate(custom(function = "sku"))]
    sku: String,
    #[validate(range(min = 1, max = 1000))]
    quantity: u32,
}

fn sku(text: &str) -> Result<(), ValidationError> {
    let allowed = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-';
    if (3..=32).contains(&text.len()) && text.bytes().all(allowed) {
        Ok(())
    } else {
        Err(ValidationError::new("sku"))
    }
}

/// A refusal as `application/problem+json`.
#[derive(Debug)]
struct Problem(StatusCode, &'static str);

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        #[derive(Serialize)]
        struct Body {
            r#type: &'static str,
            title: &'static str,
            status: u16,
        }
        let Self(status, title) = self;
        let body = Body { r#type: "about:blank", title, status: status.as_u16() };
        let json = HeaderValue::from_static("application/problem+json");
        (status, [(header::CONTENT_TYPE, json)], Json(body)).into_response()
    }
}

/// A body that is JSON and valid.
struct Valid<T>(T);

impl<S: Send + Sync, T: Validate> FromRequest<S> for Valid<T>
where
    Json<T>: FromRequest<S, Rejection = JsonRejection>,
{
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let Json(body) = Json::<T>::from_request(request, state)
            .await
            .map_err(|rejection| Problem(rejection.status(), "the body is not acceptable"))?;
        let invalid = |_| Problem(StatusCode::UNPROCESSABLE_ENTITY, "the body is not valid");
        body.validate().map_err(invalid)?;
        Ok(Self(body))
    }
}

#[derive(Deserialize)]
struct Claims {
    sub: String,
    roles: Vec<String>,
}

/// The caller.
#[derive(Clone)]
struct Caller {
    subject: Arc<str>,
    admin: bool,
}

#[derive(Clone)]
struct App(Arc<Shared>);

struct Shared {
    orders: HashMap<Uuid, Order>,
    key: DecodingKey,
    validation: Validation,
    callers: DefaultKeyedRateLimiter<String>,
}

/// Checks token, role and the caller's limit.
async fn guard(
    State(App(app)): State<App>,
    mut request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let unauthorized = || Problem(StatusCode::UNAUTHORIZED, "there is no valid token");
    let header = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = header.and_then(|value| value.strip_prefix("Bearer ")).ok_or_else(unauthorized)?;
    let claims = jsonwebtoken::decode::<Claims>(token, &app.key, &app.validation)
        .map_err(|_| unauthorized())?
        .claims;
    let admin = claims.roles.iter().any(|role| role == "admin");
    if !admin && !claims.roles.iter().any(|role| role == "customer") {
        return Err(Problem(StatusCode::FORBIDDEN, "the role is missing"));
    }
    if app.callers.check_key(&claims.sub).is_err() {
        return Err(Problem(StatusCode::TOO_MANY_REQUESTS, "too many requests"));
    }
    request.extensions_mut().insert(Caller { subject: claims.sub.into(), admin });
    Ok(next.run(request).await)
}

async fn ping() -> Json<Ping> {
    Json(Ping { status: "up".to_owned(), region: "north".to_owned() })
}

async fn get_order(
    State(App(app)): State<App>,
    Path(order): Path<Uuid>,
    axum::Extension(caller): axum::Extension<Caller>,
) -> Result<Response, Problem> {
    let missing = || Problem(StatusCode::NOT_FOUND, "there is no such order");
    let order = app.orders.get(&order).cloned().ok_or_else(missing)?;
    if *order.owner != *caller.subject {
        return Err(missing());
    }
    let margin = order.margin;
    let detail = OrderDetail::from(order);
    Ok(if caller.admin {
        Json(OrderAudit { detail, margin }).into_response()
    } else {
        Json(detail).into_response()
    })
}

async fn create_order(
    Valid(body): Valid<NewOrder>,
) -> (StatusCode, [(HeaderName, String); 1], Json<OrderDetail>) {
    let id = Uuid::nil();
    let item = |item: NewItem| Item { sku: item.sku, quantity: item.quantity };
    let items = body.items.into_iter().map(item).collect();
    let order = OrderDetail { id, customer_email: body.customer_email, note: body.note, items };
    (StatusCode::CREATED, [(header::LOCATION, format!("/v1/orders/{id}"))], Json(order))
}

fn orders() -> HashMap<Uuid, Order> {
    let orders = (0..CALLERS).map(peers::order).map(|order| {
        let item = |(sku, quantity)| Item { sku, quantity };
        let peers::Order { id, owner, customer_email, note, items, margin } = order;
        let items = items.into_iter().map(item).collect();
        (id, Order { id, owner, customer_email, note: Some(note), items, margin })
    });
    orders.collect()
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let start = Start::read();
    let mut validation = Validation::new(Algorithm::ES256);
    validation.set_issuer(&[ISSUER]);
    validation.set_audience(&[AUDIENCE]);
    validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
    let per_caller = Quota::per_minute(NonZeroU32::new(PER_CALLER).ok_or("a limit of nothing")?);
    let app = App(Arc::new(Shared {
        orders: orders(),
        key: DecodingKey::from_ec_pem(start.key("public.pem").as_bytes())?,
        validation,
        callers: RateLimiter::keyed(per_caller),
    }));
    let per_address = GovernorConfigBuilder::default()
        .period(Duration::from_secs(60) / PER_ADDRESS)
        .burst_size(PER_ADDRESS)
        .use_headers()
        .finish()
        .ok_or("a limit of nothing")?;
    let request_id = HeaderName::from_static("x-request-id");
    let always = |name: HeaderName, value: &'static str| {
        SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
    };
    let router = Router::new()
        .route("/v1/orders/{order}", get(get_order))
        .route("/v1/orders", post(create_order))
        .layer(middleware::from_fn_with_state(app.clone(), guard))
        .route("/v1/ping", get(ping))
        .with_state(app)
        .layer(GovernorLayer::new(per_address))
        .layer(RequestBodyLimitLayer::new(64 * 1024))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            Duration::from_secs(15),
        ))
        .layer(CatchPanicLayer::new())
        .layer(always(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(always(header::REFERRER_POLICY, "no-referrer"))
        .layer(always(HeaderName::from_static("cross-origin-resource-policy"), "same-origin"))
        .layer(always(
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        ))
        .layer(always(header::CACHE_CONTROL, "no-store"))
        .layer(PropagateRequestIdLayer::new(request_id.clone()))
        .layer(TraceLayer::new_for_http())
        .layer(SetRequestIdLayer::new(request_id, MakeRequestUuid));
    let listener = tokio::net::TcpListener::bind(start.address).await?;
    axum::serve(listener, router.into_make_service_with_connect_info::<SocketAddr>()).await?;
    Ok(())
}
