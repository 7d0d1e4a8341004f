//! The defaults of a module are enforced as if each route stated them.

use axum::{Router, body::Body, http::Request};
use secure_api::{clock::Clock, inventory, prelude::*};
use tower::ServiceExt;

use crate::support::token;

#[derive(Role)]
enum Role {
    Customer,
    #[role(includes(Customer))]
    Admin,
}

#[derive(Version)]
enum Version {
    V1,
    V2,
}

const OFTEN: Limit = Limit::per_address(600).per_minute();
const TWICE: Limit = Limit::per_address(2).per_day();

#[routes(prefix = "/notes", version = Version::V2, role = Role::Customer, limit = TWICE)]
mod notes {
    use super::*;

    #[delete("/")]
    async fn clear() -> NoContent {
        NoContent
    }

    #[delete("/all", version = Version::V1.., role = Role::Admin, limit = OFTEN)]
    async fn clear_all() -> NoContent {
        NoContent
    }

    #[delete("/{name}/lines", public = "lines are for everybody")]
    async fn clear_lines(_name: Unowned<Name>) -> NoContent {
        NoContent
    }
}

#[derive(Value)]
#[value(max_len = 9, reserved("latest"), unowned = "names are on a public board")]
struct Name(String);

#[api(roles = Role, versions = Version, limit = OFTEN, routes(notes))]
struct Board;

fn app() -> Router {
    Board::app().tokens(token::issuer()).build().expect("an app").router()
}

async fn delete(app: &Router, path: &str, roles: &[&str]) -> u16 {
    let mut request = Request::builder().method("DELETE").uri(path);
    if !roles.is_empty() {
        let token = token::sign(&token::claims("alice", roles), &Clock::system());
        request = request.header("authorization", format!("Bearer {token}"));
    }
    let request = request.body(Body::empty()).expect("a request");
    app.clone().oneshot(request).await.expect("an answer").status().as_u16()
}

// R31: who may call is decided for each route, by itself or by its module.
#[tokio::test]
async fn an_inherited_role_is_asked_for() {
    for (path, roles, status) in [
        ("/v2/notes", &[][..], 401),
        ("/v2/notes", &["customer"], 204),
        ("/v2/notes/all", &["customer"], 403),
        ("/v2/notes/all", &["admin"], 204),
        ("/v2/notes/a/lines", &[], 204),
    ] {
        assert_eq!(delete(&app(), path, roles).await, status, "{path} by {roles:?}");
    }
}

// R96
#[tokio::test]
async fn an_inherited_version_is_the_only_one() {
    assert_eq!(delete(&app(), "/v1/notes", &["admin"]).await, 404);
    assert_eq!(delete(&app(), "/v1/notes/all", &["admin"]).await, 204);
}

// R53
#[tokio::test]
async fn an_inherited_limit_is_kept() {
    let app = app();
    for status in [204, 204, 429] {
        assert_eq!(delete(&app, "/v2/notes", &["customer"]).await, status);
    }
    assert_eq!(delete(&app, "/v2/notes/all", &["admin"]).await, 204, "it states its own");
}

#[test]
fn a_path_that_yields_to_another_says_so() {
    let text = inventory::routes(&Board::API.model());
    assert!(!text.contains("yields"), "{text}");
    let text = inventory::routes(&Yielding::API.model());
    assert_eq!(text.matches("yields to").count(), 1, "{text}");
    let line = text.lines().find(|line| line.contains("/{name}/lines")).expect("a line");
    assert!(line.contains("yields to clear_latest_lines"), "{line}");
}

mod latest {
    use super::*;

    secure_api::defaults! { version = Version::V1.., role = Role::Customer, routes(clear_latest_lines) }

    #[delete("/notes/latest/lines")]
    async fn clear_latest_lines() -> NoContent {
        NoContent
    }
}

#[api(roles = Role, versions = Version, limit = OFTEN, routes(latest, notes))]
struct Yielding;
