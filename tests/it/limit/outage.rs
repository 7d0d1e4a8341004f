//! The decision for an outage: what limits do while the ledger that machines share does not answer.

use secure_api::{
    inventory::{self, ApiModel},
    limit::Outage,
    prelude::*,
    testing::{self, Client},
};

use crate::support::gone;

#[derive(Role)]
enum Role {
    Visitor,
}

#[derive(Version)]
enum Version {
    V1,
}

const FOUR: Limit = Limit::per_principal(4).per_minute();

/// Goes on by its API.
#[post("/by-api", version = Version::V1, public = "a test of outages", limit = FOUR)]
async fn by_api() -> Accepted {
    Accepted
}

/// Says so itself.
#[post("/closed", version = Version::V1, public = "a test of outages", limit = FOUR, outage = closed)]
async fn closed() -> Accepted {
    Accepted
}

/// Admits a fourth.
#[post("/fourth", version = Version::V1, public = "a test of outages", limit = FOUR, outage = local(4))]
async fn fourth() -> Accepted {
    Accepted
}

/// Takes a code.
#[post("/code", version = Version::V1, public = "a test of outages", limit = Limit::per_address(5).per_minute(), credential)]
async fn code() -> Accepted {
    Accepted
}

/// Operations of whose limit a hundredth is left, which is one.
#[routes(version = Version::V1, public = "a test of outages", limit = FOUR, outage = local(100))]
mod hundred {
    use super::*;

    /// Goes on by its module.
    #[post("/by-module")]
    pub(super) async fn by_module() -> Accepted {
        Accepted
    }

    /// Stops in a module that goes on.
    #[post("/closed-there", outage = closed)]
    pub(super) async fn closed_there() -> Accepted {
        Accepted
    }
}

#[api(roles = Role, versions = Version, limit = Limit::per_principal(600).per_minute(), outage = local(2),
      allow(unused_role, reason = "everything is public here"), routes(by_api, closed, fourth, code, hundred))]
struct Annex;

/// The same API, which says nothing of outages.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(600).per_minute(),
      allow(unused_role, reason = "everything is public here"), routes(by_api))]
struct Silent;

/// Asks five times.
async fn statuses(client: &Client, path: &str) -> Vec<u16> {
    let mut statuses = Vec::new();
    for _ in 0..5 {
        statuses.push(client.post(path).await.status());
    }
    statuses
}

fn without_ledger(app: secure_api::app::AppBuilder) -> Client {
    let app = app.tokens(testing::issuer()).secret(testing::secret!([7; 32])).ledger(gone::whole());
    testing::client(app).expect("an app that starts")
}

// R60: a limit that nobody can ask about is none, unless its route says how much each machine may admit.
#[tokio::test]
async fn a_route_is_closed_or_admits_its_part() {
    let client = without_ledger(Annex::app());
    for (path, expected) in [
        ("/v1/by-api", [202, 202, 429, 429, 429]),
        ("/v1/closed", [503; 5]),
        ("/v1/fourth", [202, 429, 429, 429, 429]),
        ("/v1/by-module", [202, 429, 429, 429, 429]),
        ("/v1/closed-there", [503; 5]),
        // Who guesses is not let in by an outage.
        ("/v1/code", [503; 5]),
    ] {
        assert_eq!(statuses(&client, path).await, expected, "{path}");
    }
    assert_eq!(statuses(&without_ledger(Silent::app()), "/v1/by-api").await, [503; 5]);
}

// Where nothing is shared there is nothing that could be out.
#[tokio::test]
async fn without_a_shared_ledger_it_means_nothing() {
    let app = Annex::app().tokens(testing::issuer());
    let client = testing::client(app).expect("an app that starts");
    for path in ["/v1/by-api", "/v1/closed", "/v1/fourth", "/v1/by-module", "/v1/closed-there"] {
        assert_eq!(statuses(&client, path).await, [202, 202, 202, 202, 429], "{path}");
    }
    assert_eq!(statuses(&client, "/v1/code").await, [202; 5]);
}

// R118
#[test]
fn who_falls_open_is_listed() {
    let model = Annex::API.model();
    let stated = |model: &ApiModel| {
        let outages = model.operations.iter().map(|one| (one.name.clone(), one.outage));
        outages.collect::<Vec<_>>()
    };
    let expected = [
        ("by_api", Outage::Local(2)),
        ("closed", Outage::Closed),
        ("fourth", Outage::Local(4)),
        ("code", Outage::Closed),
        ("by_module", Outage::Local(100)),
        ("closed_there", Outage::Closed),
    ];
    assert_eq!(stated(&model), expected.map(|(name, outage)| (name.to_owned(), outage)));
    let text = inventory::routes(&model);
    let lines: Vec<_> = text.lines().filter(|line| line.contains("outage local(")).collect();
    assert_eq!(lines.len(), 3, "{text}");
    let written = serde_json::to_string(&model).expect("JSON");
    let read: ApiModel = serde_json::from_str(&written).expect("a model");
    assert_eq!(stated(&read), stated(&model));
}
