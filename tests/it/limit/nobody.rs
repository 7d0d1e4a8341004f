//! Limits that count what no caller has.

use secure_api::prelude::*;

use crate::support::{NoKeys, token::issuer};

#[derive(Role)]
enum Role {
    Guest,
}

#[derive(Version)]
enum Version {
    V1,
}

/// Asks by a program.
#[post("/asked", version = Version::V1.., role = Role::Guest, limit = Limit::per_api_key(2).per_minute())]
async fn asked() -> Accepted {
    Accepted
}

/// Asks for a company.
#[post("/company", version = Version::V1.., role = Role::Guest, limit = Limit::per_tenant(2).per_minute())]
async fn company() -> Accepted {
    Accepted
}

/// An API whose limit is by key, of which one operation is called by tokens alone.
#[api(roles = Role, versions = Version, limit = Limit::per_api_key(60).per_minute(), routes(asked, company, told, answered))]
struct Desk;

/// Tells by a token.
#[post("/told", version = Version::V1.., role = Role::Guest, by = Bearer)]
async fn told() -> Accepted {
    Accepted
}

/// Answers.
#[post("/answered", version = Version::V1.., role = Role::Guest)]
async fn answered() -> Accepted {
    Accepted
}

/// Returns what is told of limits at start.
fn problems(app: secure_api::app::AppBuilder) -> Vec<String> {
    let Err(error) = app.build() else { return Vec::new() };
    error.problems().iter().map(|problem| format!("{}: {}", problem.code, problem.text)).collect()
}

// R62 in part: a limit that could count nobody is told when the app is built.
#[test]
fn a_limit_by_what_no_caller_has_keeps_an_app_from_starting() {
    let keys = || ApiKeys::new("desk", NoKeys);
    let by_key = ["asked", "Desk"]
        .map(|of| format!("SA316: `{of}` limits by API key, and none of its callers has one"));
    let by_tenant = "SA316: `company` limits by tenant, and none of its callers has one".to_owned();
    let [asked, desk] = by_key;
    assert_eq!(problems(Desk::app().tokens(issuer())), [asked.clone(), by_tenant, desk.clone()]);
    assert_eq!(problems(Desk::app().tokens(issuer().tenant_claim("org"))), [asked, desk]);
    // One operation that somebody calls by a key is enough for the API's limit.
    assert_eq!(
        problems(Desk::app().tokens(issuer().tenant_claim("org")).api_keys(keys())),
        [""; 0]
    );
}
