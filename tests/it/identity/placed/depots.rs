//! Depots whose keys stand in a header, in a cookie and in the query.

use reqwest::Method;
use secure_api::{
    app::AppBuilder,
    identity::{Credential, Kind},
    prelude::*,
};

use crate::{
    identity::api_key::depot::Table,
    support::{
        Answer, TestServer,
        model::{Role, Version},
        server::START,
        token,
    },
};

/// The reason of the key in the query.
pub(super) const REASON: &str = "the partner's clients were built with the key in the URL";

/// A key in a header of the partner's.
pub(super) enum HeaderKey {}

impl Credential for HeaderKey {
    const KIND: Kind = ApiKey::in_header("x_acme_key");
}

/// A key in a cookie.
pub(super) enum CookieKey {}

impl Credential for CookieKey {
    const KIND: Kind = ApiKey::in_cookie("acme_key");
}

/// A key in the query.
pub(super) enum QueryKey {}

impl Credential for QueryKey {
    const KIND: Kind = ApiKey::in_query("api_key", REASON);
}

/// A key that was just made.
#[derive(Resource)]
#[view(KeyView, public, fields(key))]
struct NewKey {
    key: String,
}

/// Makes a key.
#[post("/keys", version = Version::V1.., role = Role::Customer, by = Bearer, view = KeyView)]
async fn make_key(
    caller: Caller<Role>,
    keys: ApiKeys<Table>,
    clock: Clock,
) -> Result<Performed<NewKey>, StoreError> {
    let grant = secure_api::api_key::Grant::new(&caller, "partner").roles([Role::Customer]);
    let made = keys.make(grant, &clock).await.map_err(|_| StoreError::from("no key"))?;
    Ok(Performed(NewKey { key: made.key.expose().clone() }))
}

/// A line on the shelf.
#[derive(Resource)]
#[view(LineView, public, fields(name))]
pub(super) struct Line {
    pub(super) name: String,
}

/// The wishes of who looks for something.
#[derive(Input)]
struct Wanted {
    #[input(max_len = 20)]
    word: Option<String>,
}

/// Looks for something.
#[get("/shelf", version = Version::V1.., role = Role::Customer, view = LineView)]
async fn shelf(Query(wanted): Query<Wanted>, caller: Caller<Role>) -> Line {
    let word = wanted.word.unwrap_or_default();
    Line { name: format!("{} {word}", caller.id().as_str()) }
}

/// Lists everything, in pages.
#[get("/lines", version = Version::V1.., role = Role::Customer, view = LineView, page(array, links))]
async fn lines(paging: Paging<String>) -> Page<Line> {
    let names = ["a", "b", "c"].into_iter().map(|name| Line { name: name.to_owned() });
    Page::paged(&paging, names.take(paging.rows()).collect(), |line| line.name.clone())
}

/// Changes something.
#[post("/shelf", version = Version::V1.., role = Role::Customer)]
async fn change() -> Accepted {
    Accepted
}

/// Shows the depot to everybody.
#[get("/open", version = Version::V1.., public = "everybody may look at the depot", view = LineView)]
async fn open(caller: Option<Caller<Role>>) -> Line {
    Line { name: caller.map_or_else(String::new, |caller| caller.id().as_str().to_owned()) }
}

macro_rules! depots {
    ($($name:ident by $kind:ident: $text:literal;)*) => {$(
        #[doc = $text]
        #[api(roles = Role, versions = Version, limit = Limit::per_api_key(6000).per_minute(), by = [Bearer, $kind],
              allow(unused_role, unused_version, reason = "a depot is for customers, from the first"),
              routes(make_key, shelf, lines, change, open))]
        pub(super) struct $name;
    )*};
}

depots! {
    ByHeader by HeaderKey: "A depot with keys in a header.";
    ByCookie by CookieKey: "A depot with keys in a cookie.";
    ByQuery by QueryKey: "A depot with keys in the query.";
}

pub(super) struct Depot {
    pub(super) server: TestServer,
    pub(super) key: String,
}

impl Depot {
    pub(super) async fn open<K: Credential>(app: AppBuilder) -> Self {
        let clock = Clock::manual(START);
        let app = app
            .tokens(token::issuer())
            .base_url("https://depot.example")
            .api_keys(ApiKeys::new("depot", Table::default()).sent_as::<K>())
            .clock(clock.clone());
        let app = app.build().expect("an app that starts");
        let server = TestServer::run(app, Default::default(), clock).await;
        let alice = server.token("alice", &["customer"]);
        let made = server.send(Method::POST, Some(&alice), "/v1/keys", "").await.json();
        let key = made["key"].as_str().expect("a key").to_owned();
        Self { server, key }
    }

    pub(super) async fn ask(&self, method: Method, path: &str, headers: &[(&str, &str)]) -> Answer {
        let request = self.server.request(method, path);
        let add = |request: reqwest::RequestBuilder, (name, value): &(&str, &str)| {
            request.header(*name, *value)
        };
        Answer::of(headers.iter().fold(request, add)).await
    }

    pub(super) async fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.ask(Method::GET, path, headers).await
    }
}
