//! The documentation page in a browser: a navigation, which brings the cookie of a session and no token.

use reqwest::Method;
use secure_api::{clock::Clock, prelude::*};

use super::parlor::{House, OWN, parlor};
use crate::support::{model::Role, server::START};

async fn house(role: Role) -> House {
    let clock = Clock::manual(START);
    House::on(&clock, parlor(&clock).docs(Docs::for_role(role))).await
}

// R102 in part: the documents.
#[tokio::test]
async fn a_session_opens_the_page_and_what_it_loads() {
    let house = house(Role::Customer).await;
    let cookie = house.cookie("alice").await;
    // As a browser sends an address that was typed, and then what stands in the page.
    let typed = [("cookie", &*cookie), ("sec-fetch-site", "none"), ("sec-fetch-mode", "navigate")];
    let page = house.ask(Method::GET, "/docs", &typed).await;
    page.has_status(200);
    assert_eq!(page.header("cache-control"), "no-store");
    assert_eq!(page.header("vary"), "accept, authorization, cookie");
    for path in ["/docs/page.js", "/docs/sign-in.js", "/docs/page.css", "/openapi/v1.json"] {
        house.ask(Method::GET, path, &[("cookie", &cookie), OWN]).await.has_status(200);
        house.ask(Method::GET, path, &[OWN]).await.is_problem(401);
    }
    let loaded = house.ask(Method::GET, "/docs/page.js", &[("cookie", &cookie), OWN]).await;
    assert_eq!(loaded.header("cross-origin-resource-policy"), "same-origin");
    house.ask(Method::DELETE, "/v1/session", &[("cookie", &cookie), OWN]).await.has_status(204);
    house.ask(Method::GET, "/docs", &typed).await.is_problem(401);
}

#[tokio::test]
async fn a_session_without_the_role_opens_nothing() {
    let house = house(Role::Support).await;
    let cookie = house.cookie("alice").await;
    for path in ["/docs", "/docs/page.js", "/openapi/v1.json"] {
        house.ask(Method::GET, path, &[("cookie", &cookie)]).await.is_problem(403);
    }
}
