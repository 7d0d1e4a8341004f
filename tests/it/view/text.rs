//! Text and bytes as answers: whole, bounded, of one media type.

use reqwest::Method;
use secure_api::{prelude::*, testing};

use crate::support::{Answer, Log, TestServer, document::document, token};

#[derive(Role)]
enum Role {
    Member,
}

#[derive(Version)]
enum Version {
    V1,
}

#[derive(Input)]
struct Asked {
    #[input(range = 0..=60)]
    letters: u32,
}

/// Repeats a letter.
#[get("/text", version = Version::V1.., role = Role::Member)]
async fn get_text(Query(asked): Query<Asked>) -> Text<40> {
    Text::new("ä".repeat(asked.letters as usize))
}

/// Says something that looks like a page.
#[get("/page", version = Version::V1.., public = "it is for everybody", limit = Limit::per_address(6000).per_minute())]
async fn get_page() -> Text<80> {
    Text::new("<!DOCTYPE html>\r\n<script>alert(1)</script>\t")
}

/// Says something that a terminal obeys.
#[get("/terminal", version = Version::V1.., role = Role::Member)]
async fn get_terminal() -> Text<80> {
    Text::new("\u{1b}[2J")
}

/// Draws a ticket.
#[post("/tickets", version = Version::V1.., role = Role::Member, idempotency_key)]
async fn draw_ticket() -> Text<9> {
    Text::new("seven")
}

/// Sends bytes.
#[get("/bytes", version = Version::V1.., role = Role::Member, media_type = "application/zip")]
async fn get_bytes(Query(asked): Query<Asked>) -> Result<RawBytes<40>, StoreError> {
    Ok(RawBytes::new(vec![0; asked.letters as usize]).named("Größe.zip".parse()?))
}

#[api(roles = Role, versions = Version, limit = Limit::per_principal(6000).per_minute(),
      routes(get_text, get_page, get_terminal, draw_ticket, get_bytes))]
struct Texts;

/// Says how long the house is open.
#[get("/hours", version = Version::V1.., role = Role::Member)]
async fn get_hours() -> Text<20> {
    Text::new("From 9 to 17.")
}

/// Sends the key.
#[get("/key", version = Version::V1.., role = Role::Member, media_type = "application/octet-stream")]
async fn get_key() -> RawBytes<20> {
    RawBytes::new("a key")
}

#[api(roles = Role, versions = Version, limit = Limit::per_principal(6000).per_minute(),
      routes(get_hours, get_key))]
struct House;

async fn server() -> (TestServer, String, String) {
    let inventory = Texts::app().tokens(token::issuer()).build().expect("an app").inventory();
    let server = TestServer::of(Texts::app()).await;
    let alice = server.token("alice", &["member"]);
    (server, alice, inventory)
}

#[tokio::test]
async fn text_is_no_page_whatever_is_in_it() {
    let (server, alice, _) = server().await;
    let answer = server.get("/v1/page").await;
    assert_eq!(
        (answer.status, &*answer.body),
        (200, "<!DOCTYPE html>\r\n<script>alert(1)</script>\t")
    );
    assert_eq!(answer.header("content-type"), "text/plain; charset=utf-8");
    answer.has_security_headers();
    let tag = answer.header("etag").to_owned();
    let asked = server.request(Method::GET, "/v1/page").header("if-none-match", tag);
    assert_eq!(Answer::of(asked).await.status, 304);
    let log = Log::capture();
    server.get_as(&alice, "/v1/terminal").await.is_problem(500);
    assert!(!log.lines_with(&["the control character U+001B"]).is_empty(), "{}", log.text());
    for accept in ["application/json", "text/plain;q=0", "text/plain;q=0, */*", "text/*;q=0.0, */*"]
    {
        let asked = server.request(Method::GET, "/v1/page").header("accept", accept);
        Answer::of(asked).await.is_problem(406);
    }
}

#[tokio::test]
async fn text_and_bytes_have_a_bound() {
    let (server, alice, _) = server().await;
    for path in ["/v1/text", "/v1/bytes"] {
        let most = server.get_as(&alice, &format!("{path}?letters=40")).await;
        assert_eq!(most.status, 200, "{path}");
        let log = Log::capture();
        server.get_as(&alice, &format!("{path}?letters=41")).await.is_problem(500);
        assert!(!log.lines_with(&["its type has room for 40"]).is_empty(), "{}", log.text());
        server.get(&format!("{path}?letters=1")).await.is_problem(401);
    }
    let bytes = server.get_as(&alice, "/v1/bytes?letters=3").await;
    assert_eq!((bytes.header("content-type"), &*bytes.body), ("application/zip", "\0\0\0"));
    let kept = "attachment; filename=\"Gr__e.zip\"; filename*=UTF-8''Gr%C3%B6%C3%9Fe.zip";
    assert_eq!(bytes.header("content-disposition"), kept);
    bytes.has_security_headers();
    let head = Answer::of(server.request(Method::HEAD, "/v1/bytes?letters=3").bearer_auth(&alice));
    assert_eq!(head.await.header("content-length"), "3");
}

#[tokio::test]
async fn a_text_is_repeated_by_its_key() {
    let (server, alice, _) = server().await;
    for again in [false, true] {
        let asked = server.request(Method::POST, "/v1/tickets").bearer_auth(&alice);
        let answer = Answer::of(asked.header("idempotency-key", "\"0123456789abcdef\"")).await;
        assert_eq!((answer.status, &*answer.body), (200, "seven"));
        assert_eq!(answer.maybe_header("idempotency-replayed").is_some(), again);
        assert_eq!(answer.maybe_header("etag"), None);
    }
}

#[tokio::test]
async fn documents_and_inventory_tell_what_is_sent() {
    let (_server, _, inventory) = server().await;
    let document = document(&Texts::API.model());
    let content =
        |path: &str| document["paths"][path]["get"]["responses"]["200"]["content"].clone();
    let text = &content("/v1/text")["text/plain"]["schema"];
    assert_eq!((&text["type"], &text["maxLength"]), (&"string".into(), &40.into()), "{text}");
    let bytes = &content("/v1/bytes")["application/zip"]["schema"];
    assert_eq!((&bytes["format"], &bytes["maxLength"]), (&"binary".into(), &40.into()), "{bytes}");
    assert!(inventory.contains("text of at most 40 characters"), "{inventory}");
    assert!(inventory.contains("application/zip of at most 40 bytes"), "{inventory}");
}

#[tokio::test]
async fn verify_looks_at_text_and_bytes() {
    let app = House::app().tokens(testing::issuer()).clock(testing::at("2026-11-30"));
    let verified = testing::verify(app).await;
    assert!(verified.kept(testing::Check::Views) >= 2, "{verified}");
}
