//! A small API with a limit of each kind: a hall that sells tickets.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use secure_api::{
    app::AppBuilder,
    behavior::Behavior,
    prelude::*,
    testing::{self, Client},
};
use tokio::sync::Notify;

use crate::support::NoKeys;

#[derive(Role, Debug)]
pub(super) enum Role {
    Visitor,
}

#[derive(Version)]
pub(super) enum Version {
    V1,
}

/// All operations of the hall that state it, together.
const ALL: Limit = Limit::per_api(3).per_hour();

/// Buys for the caller's company.
#[post("/company", version = Version::V1, role = Role::Visitor, limit = Limit::per_tenant(2).per_minute())]
pub(super) async fn company() -> Accepted {
    Accepted
}

/// Buys by an app.
#[post("/client", version = Version::V1, role = Role::Visitor, limit = Limit::per_client(2).per_minute())]
pub(super) async fn client() -> Accepted {
    Accepted
}

/// Buys by a machine.
#[post("/machine", version = Version::V1, role = Role::Visitor, limit = Limit::per_api_key(2).per_minute())]
pub(super) async fn machine() -> Accepted {
    Accepted
}

/// Opens a door for everybody.
#[post("/door", version = Version::V1, role = Role::Visitor, limit = Limit::per_route(3).per_minute())]
pub(super) async fn door() -> Accepted {
    Accepted
}

/// Rings the first bell.
#[post("/bells/first", version = Version::V1, role = Role::Visitor, limit = ALL)]
pub(super) async fn first_bell() -> Accepted {
    Accepted
}

/// Rings the second bell.
#[post("/bells/second", version = Version::V1, role = Role::Visitor, limit = ALL)]
pub(super) async fn second_bell() -> Accepted {
    Accepted
}

/// Reserves a box, which is four seats.
#[post("/box", version = Version::V1, role = Role::Visitor, limit = Limit::per_principal(10).per_minute().weight(4))]
pub(super) async fn box_of_four() -> Accepted {
    Accepted
}

/// Looks around.
#[post("/look", version = Version::V1, role = Role::Visitor,
       limit = [Limit::per_principal(1).per_minute().observe(), Limit::per_principal(3).per_minute()])]
pub(super) async fn look() -> Accepted {
    Accepted
}

/// Knocks, whoever it is.
#[post("/knock", version = Version::V1, public = "whoever knocks is nobody yet",
       limit = Limit::per_principal(2).per_minute())]
pub(super) async fn knock() -> Accepted {
    Accepted
}

/// The place to send a code to.
#[derive(Input)]
pub(super) struct NewCode {
    #[input(email, name = "email")]
    _email: String,
    #[input(max_len = 20, name = "phone")]
    _phone: Option<String>,
    #[input(max_len = 20, name = "word")]
    _word: Option<Secret<String>>,
    #[input(text, max_len = 20, name = "greeting", check = is_polite)]
    _greeting: Option<String>,
}

fn is_polite(greeting: &Option<String>) -> Result<(), InvalidValue> {
    match greeting.as_deref() {
        Some("hey") => Err(InvalidValue::new("polite", "a greeting of more than one syllable")),
        _ => Ok(()),
    }
}

/// Sends a code.
#[post("/codes", version = Version::V1, public = "whoever signs up has no token yet", credential,
       limit = [Limit::per_address(12).per_minute(), Limit::per_field("email", 2).per_hour(),
                Limit::per_field("phone", 2).per_hour(), Limit::per_field("word", 2).per_hour(),
                Limit::per_field("greeting", 2).per_hour()])]
pub(super) async fn send_code(Json(_new): Json<NewCode>) -> Accepted {
    Accepted
}

/// The tickets of an order.
#[derive(Input)]
pub(super) struct NewOrder {
    #[input(items = 0..=6, each(max_len = 20), name = "seats")]
    _seats: Vec<String>,
}

/// Orders tickets.
#[post("/orders", version = Version::V1, role = Role::Visitor,
       limit = [Limit::per_principal(10).per_minute().weight_of("seats"), Limit::per_principal(20).per_minute()])]
pub(super) async fn order(Json(_new): Json<NewOrder>) -> Accepted {
    Accepted
}

/// Searches by a word.
#[derive(Input)]
pub(super) struct Search {
    #[input(max_len = 20, name = "word")]
    _word: String,
}

/// A play.
#[derive(Resource)]
#[view(PlayView, public, fields(name))]
pub(super) struct Play {
    name: String,
}

/// Finds a play.
#[get("/plays", version = Version::V1, role = Role::Visitor, view = PlayView,
      limit = Limit::per_field("word", 2).per_minute())]
pub(super) async fn find(Query(_search): Query<Search>) -> Play {
    Play { name: "Nathan".to_owned() }
}

/// The curtain: who waits behind it, and what opens it.
#[derive(Default)]
pub(super) struct Curtain {
    pub(super) waiting: AtomicUsize,
    pub(super) opens: Notify,
}

/// Waits behind the curtain.
#[post("/stage", version = Version::V1, role = Role::Visitor, limit = Limit::per_principal(2).at_once())]
pub(super) async fn stage(curtain: Service<Arc<Curtain>>) -> Accepted {
    curtain.waiting.fetch_add(1, Ordering::SeqCst);
    curtain.opens.notified().await;
    Accepted
}

/// A hall.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(600).per_minute(), tenants,
      routes(company, client, machine, door, first_bell, second_bell, box_of_four, look, knock, send_code, order, find, stage))]
pub(super) struct Hall;

/// Returns the hall and its curtain.
pub(super) fn hall() -> (AppBuilder, Arc<Curtain>) {
    let curtain = Arc::new(Curtain::default());
    let app = Hall::app().service(Arc::clone(&curtain)).tokens(testing::issuer());
    (app.api_keys(ApiKeys::new("hall", NoKeys)), curtain)
}

/// Returns a client of the hall.
pub(super) fn visitors() -> (Client, Arc<Curtain>) {
    let (app, curtain) = hall();
    // Who sends a dozen names from one address would have less of the limits that are tried here.
    let app = app.behavior(Behavior::off());
    (testing::client(app).expect("a hall that opens"), curtain)
}
