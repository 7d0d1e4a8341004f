//! Cookies: read strictly, and where they change something, from a page of the app's own.

use secure_api::error::problem;

use super::*;
use crate::input::pairs;

// R84 in part
#[tokio::test]
async fn cookies_are_read_strictly() {
    for (cookies, read) in [
        (&[][..], "None None"),
        (&["theme=dark; __Host-width=7"], r#"Some("dark") Some(7)"#),
        (&["a=\"x; theme=dark; other"], r#"Some("dark") None"#),
        (&["theme=dark", "__Host-width=7"], r#"Some("dark") Some(7)"#),
        (&["Theme=dark; xtheme=dark; theme2=dark; x=theme=dark"], "None None"),
        (&["theme="], r#"Some("") None"#),
        (&["theme=%41=b"], r#"Some("%41=b") None"#),
    ] {
        let reply = looks_with(cookies).await;
        assert_eq!(reply.text_at("/text"), read, "{cookies:?}");
        assert!(reply.header("vary").is_some_and(|vary| vary.ends_with(", cookie")));
    }
    for (cookies, expected) in [
        (&["theme=dark; theme=dark"][..], &[("theme", "repeated")][..]),
        (&["theme=dark", "theme=light"], &[("theme", "repeated")]),
        (&["theme=\"dark\""], &[("theme", "characters")]),
        (&["theme=a b; __Host-width=10"], &[("theme", "characters"), ("__Host-width", "range")]),
        (&["theme=a\tb"], &[("theme", "characters")]),
        (&["theme=a,b"], &[("theme", "characters")]),
        (&["theme=123456789"], &[("theme", "length")]),
        (&["__Host-width=07"], &[("__Host-width", "type")]),
    ] {
        let reply = looks_with(cookies).await;
        assert_eq!(blamed(&reply, &problem::INVALID_COOKIE), pairs(expected), "{cookies:?}");
    }
}

async fn looks_with(cookies: &[&str]) -> testing::Reply {
    let request = member().get("/v1/looks");
    cookies.iter().fold(request, |request, cookie| request.header("cookie", cookie)).await
}

// R84 in part: what others keep in cookies changes meanwhile.
#[tokio::test]
async fn a_repetition_has_the_same_cookies_of_those_that_are_read() {
    let member = member();
    let look = |cookies: &[&str]| {
        let request = member.post("/v1/looks/once").header("idempotency-key", "\"a-look\"");
        let request = request.header("sec-fetch-site", "same-origin");
        cookies.iter().fold(request, |request, cookie| request.header("cookie", cookie))
    };
    look(&["theme=dark; seen=1"]).await.assert_status(202);
    for cookies in [&["theme=dark"][..], &["seen=2;theme=dark", "other=x"]] {
        look(cookies).await.assert_status(202).assert_header("idempotency-replayed", "true");
    }
    for cookies in [&["theme=light; seen=1"][..], &["seen=1"], &["theme=dark; __Host-width=7"]] {
        look(cookies).await.assert_problem(&problem::IDEMPOTENCY_MISMATCH);
    }
}

// R84 in part
#[tokio::test]
async fn a_page_of_another_site_changes_nothing_by_cookies() {
    let member = member();
    let post = || member.post("/v1/looks");
    let cookie = || post().header("cookie", "theme=dark");
    // A program without cookies is no browser.
    post().await.assert_status(202);
    cookie().header("sec-fetch-site", "same-origin").await.assert_status(202);
    for site in ["cross-site", "same-site"] {
        cookie().header("sec-fetch-site", site).await.assert_problem(&problem::FORBIDDEN);
    }
    cookie().await.assert_problem(&problem::FORBIDDEN);
    cookie()
        .header("origin", "https://elsewhere.example")
        .await
        .assert_problem(&problem::FORBIDDEN);
    // What only reads may be asked for by anybody's page, which cannot read the answer.
    member.get("/v1/looks").header("cookie", "theme=dark").await.assert_status(200);
}
