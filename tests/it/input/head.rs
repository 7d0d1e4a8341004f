//! Headers and cookies that an input reads: what is taken, what is refused, and who may have a browser send them.

mod asked;
mod cookies;
mod documents;

use secure_api::{error::ProblemType, prelude::*, testing};

use super::Status;

#[derive(Role)]
enum Role {
    Member,
}

#[derive(Version)]
enum Version {
    V1,
}

/// Says where a visit comes from.
#[derive(Input)]
struct Source {
    /// The page that led here.
    #[input(name = "X-Source", text, min_len = 2, max_len = 10)]
    source: Option<String>,
    #[input(range = 1..=9)]
    visit_count: u8,
    #[input(items = 0..=3, each(max_len = 5))]
    marks: Vec<String>,
    status: Option<Status>,
    #[input(name = "X-Signature", max_len = 20)]
    signature: Option<Secret<String>>,
}

/// Says how pages look.
#[derive(Input)]
struct Looks {
    #[input(max_len = 8)]
    theme: Option<String>,
    #[input(name = "__Host-width", range = 1..=9)]
    width: Option<u8>,
}

/// Values that were read.
#[derive(Resource)]
#[view(Echo, role = Role::Member, fields(text))]
struct Read {
    text: String,
}

/// Reads headers.
#[get("/visits", version = Version::V1, role = Role::Member, view = Echo)]
async fn visits(Headers(asked): Headers<Source>) -> Read {
    let Source { source, visit_count, marks, status, signature } = asked;
    let signed = signature.map(|signature| signature.expose().len());
    Read { text: format!("{source:?} {visit_count} {marks:?} {status:?} {signed:?}") }
}

/// Reads cookies.
#[get("/looks", version = Version::V1, role = Role::Member, view = Echo)]
async fn looks(Cookies(Looks { theme, width }): Cookies<Looks>) -> Read {
    Read { text: format!("{theme:?} {width:?}") }
}

/// Changes something by cookies.
#[post("/looks", version = Version::V1, role = Role::Member)]
async fn look(Cookies(Looks { theme, width }): Cookies<Looks>) -> Accepted {
    drop((theme, width));
    Accepted
}

/// Changes something once, by headers.
#[post("/visits", version = Version::V1, role = Role::Member, idempotency_key)]
async fn visit(Headers(asked): Headers<Source>) -> Accepted {
    drop((asked.source, asked.visit_count, asked.marks, asked.status, asked.signature));
    Accepted
}

/// Changes something once, by cookies.
#[post("/looks/once", version = Version::V1, role = Role::Member, idempotency_key)]
async fn look_once(Cookies(Looks { theme, width }): Cookies<Looks>) -> Accepted {
    drop((theme, width));
    Accepted
}

/// Visits.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(1000).per_minute(),
      routes(visits, looks, look, visit, look_once))]
struct Visits;

fn member() -> testing::Actor {
    let app = Visits::app().secret(SecretBytes::random()).tokens(testing::issuer());
    let client = testing::client(app.cors(["https://app.example"])).expect("an app that starts");
    client.as_caller(Role::Member, "alice")
}

/// Returns the places that an answer of this type blames, each with its rule.
fn blamed(reply: &testing::Reply, kind: &ProblemType) -> Vec<(String, String)> {
    reply.assert_problem(kind);
    let document: testing::JsonValue = reply.json();
    let errors = document["errors"].as_array().expect("places");
    let word =
        |error: &testing::JsonValue, name: &str| error[name].as_str().expect("a word").to_owned();
    errors.iter().map(|error| (word(error, "pointer"), word(error, "code"))).collect()
}
