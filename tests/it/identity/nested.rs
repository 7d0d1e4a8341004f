//! Alternatives of credentials of which one is several kinds together: `any(A, all(B, C))`.

use reqwest::Method;
use secure_api::{
    app::AppBuilder,
    docs::openapi_json,
    identity::{Credential, Head, Kind, Principal, Refused, Source},
    prelude::*,
    testing::{self, Check},
};
use serde_json::{Value, json};

use crate::support::{
    Answer, TestServer,
    model::{Role, Version},
    server::START,
    token,
};

/// A badge.
enum Badge {}

impl Credential for Badge {
    const KIND: Kind = Kind::header("Badge", "x-badge");
}

/// The number that a badge is used with.
enum Pin {}

impl Credential for Pin {
    const KIND: Kind = Kind::header("Pin", "x-pin");
}

/// A stamp that a browser has.
enum Stamp {}

impl Credential for Stamp {
    const KIND: Kind = Kind::cookie("Stamp", "stamp");
}

macro_rules! sources {
    ($($name:ident of $kind:ident knows $text:literal as $subject:literal;)*) => {$(
        struct $name;

        impl Source for $name {
            type Kind = $kind;

            async fn identify(&self, presented: &[u8], _: &Head<'_>) -> Result<Principal, Refused> {
                match presented == $text.as_bytes() {
                    true => Ok(Principal::new("https://doors.example", $subject).roles(["customer"])),
                    false => Err(Refused::invalid("nobody was given this")),
                }
            }
        }
    )*};
}

sources! {
    Badges of Badge knows "badge-7" as "seven";
    Pins of Pin knows "1234" as "pin";
    Stamps of Stamp knows "stamped" as "stamp";
}

#[derive(Resource)]
#[view(WhoView, public, fields(id))]
struct Who {
    id: String,
}

/// Shows who came in.
#[get("/hall", version = Version::V1.., role = Role::Customer, by = any(Bearer, all(Badge, Pin)), view = WhoView)]
async fn hall(caller: Caller<Role>) -> Who {
    Who { id: caller.id().as_str().to_owned() }
}

/// Changes something: by a list, which is the same.
#[post("/hall", version = Version::V1.., role = Role::Customer, by = [all(Badge, Pin), all(Bearer, Stamp)])]
async fn change() -> Accepted {
    Accepted
}

/// A house.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(6000).per_minute(),
      allow(unused_role, unused_version, reason = "a house is for customers, from the first"),
      routes(hall, change))]
struct House;

fn app() -> AppBuilder {
    House::app().base_url("https://house.example").source(Badges).source(Pins).source(Stamps)
}

async fn house() -> TestServer {
    let clock = Clock::manual(START);
    let app = app().tokens(token::issuer()).clock(clock.clone());
    TestServer::run(app.build().expect("an app that starts"), Default::default(), clock).await
}

async fn ask(server: &TestServer, method: Method, headers: &[(&str, &str)]) -> Answer {
    let add = |request: reqwest::RequestBuilder, (name, value): &(&str, &str)| {
        request.header(*name, *value)
    };
    Answer::of(headers.iter().fold(server.request(method, "/v1/hall"), add)).await
}

const BADGE: (&str, &str) = ("x-badge", "badge-7");
const PIN: (&str, &str) = ("x-pin", "1234");
const STAMP: (&str, &str) = ("cookie", "stamp=stamped");

// R18 R22: one alternative as a whole lets in, and what is none does not.
#[tokio::test]
async fn one_alternative_lets_in() {
    let server = house().await;
    let token = format!("Bearer {}", server.token("alice", &["customer"]));
    let bearer = ("authorization", &*token);
    for (headers, id) in [
        (&[bearer][..], "https://login.depot.example||alice"),
        (&[BADGE, PIN], "https://doors.example||seven"),
        (&[PIN, BADGE], "https://doors.example||seven"),
        // What a browser has anyway says nothing.
        (&[bearer, STAMP], "https://login.depot.example||alice"),
    ] {
        let answer = ask(&server, Method::GET, headers).await;
        assert_eq!(answer.json()["id"], id, "{headers:?}");
    }
    for (headers, status) in [
        (&[][..], 401),
        (&[BADGE], 401),
        (&[PIN], 401),
        (&[STAMP], 401),
        (&[BADGE, STAMP], 401),
        (&[BADGE, ("x-pin", "9999")], 401),
        (&[("x-badge", "badge-8"), PIN], 401),
        // Nobody could say by which.
        (&[bearer, BADGE], 400),
        (&[bearer, BADGE, PIN], 400),
        (&[BADGE, PIN, PIN], 400),
        (&[("authorization", "Other x"), BADGE, PIN], 400),
    ] {
        ask(&server, Method::GET, headers).await.is_problem(status);
    }
    let challenges = ask(&server, Method::GET, &[]).await;
    assert_eq!(challenges.headers.get_all("www-authenticate").iter().count(), 3);
}

// R18 R113: two alternatives, each of two kinds; a part of one and a part of the other are none.
#[tokio::test]
async fn parts_of_two_alternatives_are_none() {
    let server = house().await;
    let token = format!("Bearer {}", server.token("alice", &["customer"]));
    let bearer = ("authorization", &*token);
    for (headers, status) in [
        (&[BADGE, PIN][..], 202),
        (&[BADGE, PIN, STAMP], 202),
        (&[bearer, STAMP], 202),
        (&[bearer], 401),
        (&[BADGE], 401),
        (&[STAMP], 401),
        (&[bearer, ("cookie", "stamp=x")], 401),
        (&[bearer, PIN], 400),
        (&[bearer, STAMP, PIN], 400),
    ] {
        let status_is = ask(&server, Method::POST, headers).await.status;
        assert_eq!(status_is, status, "{headers:?}");
    }
}

// R95
#[tokio::test]
async fn a_verification_tries_each_alternative() {
    let app = app().tokens(testing::issuer());
    let who = |name: &str| Principal::new("https://doors.example", name).roles(["customer"]);
    let verified = testing::verify(app)
        .holder("Badge", who("seven"), "badge-7")
        .holder("Pin", who("pin"), "1234")
        .holder("Stamp", who("stamp"), "stamped");
    let verified = verified.report().await.expect("an app that starts");
    let told = verified.to_string();
    assert!(verified.kept(Check::Together) == 4 && verified.noticed().is_empty(), "{told}");
}

#[test]
fn documents_and_the_list_have_the_alternatives() {
    let app = app().tokens(token::issuer()).build().expect("an app that starts");
    let text = openapi_json(app.model(), "v1").expect("v1 is a version");
    let document: Value = serde_json::from_str(&text).expect("JSON");
    let security = |verb: &str| document["paths"]["/v1/hall"][verb]["security"].clone();
    let alternatives = security("get");
    let alternatives = alternatives.as_array().expect("a list");
    let both = json!({ "Badge": [], "Pin": [] });
    assert_eq!(alternatives.len(), 2, "{alternatives:?}");
    assert_eq!(alternatives[1], both);
    let other = security("post");
    assert_eq!(other[0], both);
    assert!(other[1]["Stamp"].is_array(), "{other}");
    let listed = secure_api::inventory::routes(app.model());
    assert!(listed.contains("by Bearer or (Badge and Pin)"), "{listed}");
}
