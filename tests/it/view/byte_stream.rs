//! Bytes that are made while they are sent: whole, or broken off.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use reqwest::{Method, Response};
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
    /// The number of pieces of ten bytes.
    #[input(range = 0..=60)]
    pieces: u32,
    /// The piece that fails.
    #[input(range = 0..=60)]
    fails: Option<u32>,
}

/// Streams bytes.
#[get("/bytes", version = Version::V1.., role = Role::Member, media_type = "application/octet-stream", open = 2)]
async fn stream_bytes(Query(asked): Query<Asked>) -> Result<ByteStream<40>, StoreError> {
    let pieces = (0..asked.pieces).map(move |piece| match asked.fails {
        Some(fails) if fails == piece => Err("the disk is gone"),
        _ => Ok("0123456789"),
    });
    Ok(ByteStream::new(futures_util::stream::iter(pieces)).named("all.bin".parse()?))
}

/// Streams what a reader has.
#[get("/file", version = Version::V1.., role = Role::Member, media_type = "application/zip")]
async fn stream_file() -> ByteStream<200_000> {
    ByteStream::reading(std::io::Cursor::new(vec![7; 150_000]))
}

/// Streams slowly.
#[get("/slow", version = Version::V1.., role = Role::Member, media_type = "application/zip",
      lasts = Duration::from_secs(1))]
async fn stream_slowly() -> ByteStream<40> {
    let pieces = futures_util::stream::unfold((), async |()| {
        tokio::time::sleep(Duration::from_millis(400)).await;
        Some((Ok::<_, std::io::Error>("."), ()))
    });
    ByteStream::new(pieces)
}

/// Streams more than anybody takes, until nobody is there.
#[get("/much", version = Version::V1.., role = Role::Member, media_type = "application/zip",
      lasts = Duration::from_secs(1))]
async fn stream_much(listens: Service<Listens>) -> ByteStream<1_000_000_000> {
    let listens = Arc::clone(&listens.0);
    let pieces = futures_util::stream::repeat_with(move || {
        let _ = &listens;
        Ok::<_, std::io::Error>(vec![7; 1_000_000])
    });
    ByteStream::new(pieces)
}

/// Has a clone for each stream.
#[derive(Clone, Default)]
struct Listens(Arc<()>);

#[api(roles = Role, versions = Version, limit = Limit::per_principal(6000).per_minute(),
      routes(stream_bytes, stream_file, stream_slowly, stream_much))]
struct Depot;

#[api(roles = Role, versions = Version, limit = Limit::per_principal(6000).per_minute(),
      routes(stream_file))]
struct Attacked;

async fn server() -> (TestServer, String, String) {
    serve(Listens::default()).await
}

async fn serve(listens: Listens) -> (TestServer, String, String) {
    let app = || Depot::app().service(listens.clone());
    let inventory = app().tokens(token::issuer()).build().expect("an app").inventory();
    let server = TestServer::of(app()).await;
    let alice = server.token("alice", &["member"]);
    (server, alice, inventory)
}

/// Reads to the end; `Err` where that is none.
async fn read(mut response: Response) -> Result<Vec<u8>, Vec<u8>> {
    let mut bytes = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(piece)) => bytes.extend_from_slice(&piece),
            Ok(None) => return Ok(bytes),
            Err(_) => return Err(bytes),
        }
    }
}

async fn ask(server: &TestServer, token: &str, path: &str) -> Result<Vec<u8>, Vec<u8>> {
    let asked = server.request(Method::GET, path).bearer_auth(token);
    // What breaks off at once may not even begin.
    let Ok(response) = asked.send().await else { return Err(Vec::new()) };
    assert_eq!(response.status(), 200, "{path}");
    read(response).await
}

#[tokio::test]
async fn a_stream_is_whole_or_breaks_off() {
    let (server, alice, _) = server().await;
    let log = Log::capture();
    assert_eq!(ask(&server, &alice, "/v1/bytes?pieces=4").await, Ok(b"0123456789".repeat(4)));
    assert_eq!(ask(&server, &alice, "/v1/bytes?pieces=0").await, Ok(Vec::new()));
    assert_eq!(ask(&server, &alice, "/v1/file").await, Ok(vec![7; 150_000]));
    let failed = ask(&server, &alice, "/v1/bytes?pieces=4&fails=2").await;
    assert!(failed.is_err_and(|some| some.len() <= 20), "no clean end");
    assert!(!log.lines_with(&["broke off", "the disk is gone"]).is_empty(), "{}", log.text());
    let much = ask(&server, &alice, "/v1/bytes?pieces=5").await;
    assert!(much.is_err_and(|some| some.len() <= 40), "no clean end");
    assert!(!log.lines_with(&["broke off", "more bytes"]).is_empty(), "{}", log.text());
    let slow = ask(&server, &alice, "/v1/slow").await;
    assert!(slow.is_err_and(|some| some.len() < 5), "no clean end");
    assert!(!log.lines_with(&["broke off", "its time is over"]).is_empty(), "{}", log.text());
}

// R70: whoever reads nothing, or next to nothing, holds what is sent to it no longer than anybody.
#[tokio::test]
async fn a_stream_that_is_not_read_ends_in_its_time() {
    let listens = Listens::default();
    let (server, alice, _) = serve(listens.clone()).await;
    let before = Arc::strong_count(&listens.0);
    let asked = server.request(Method::GET, "/v1/much").bearer_auth(&alice);
    let _unread = asked.send().await.expect("an answer");
    assert!(Arc::strong_count(&listens.0) > before);
    let begun = Instant::now();
    while Arc::strong_count(&listens.0) > before {
        assert!(begun.elapsed() < Duration::from_secs(20), "it is held on");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn a_stream_is_kept_and_not_shown() {
    let (server, alice, _) = server().await;
    let answer = server.get_as(&alice, "/v1/bytes?pieces=1").await;
    answer.has_security_headers();
    assert_eq!(answer.header("content-type"), "application/octet-stream");
    assert_eq!(answer.header("content-disposition"), "attachment; filename=\"all.bin\"");
    assert_eq!((answer.maybe_header("etag"), answer.maybe_header("content-length")), (None, None));
    server.get("/v1/bytes?pieces=1").await.is_problem(401);
    let head = server.request(Method::HEAD, "/v1/bytes?pieces=1").bearer_auth(&alice);
    let head = Answer::of(head).await;
    assert_eq!(
        (head.status, head.maybe_header("content-length")),
        (200.try_into().expect("one"), None)
    );
    let asked = server.request(Method::GET, "/v1/file").bearer_auth(&alice);
    Answer::of(asked.header("accept", "application/json")).await.is_problem(406);
}

#[tokio::test]
async fn documents_and_inventory_tell_of_streams() {
    let (_server, _, inventory) = server().await;
    let document = document(&Depot::API.model());
    let slow = &document["paths"]["/v1/slow"]["get"];
    assert_eq!(slow["x-open-seconds"], 1.0);
    let schema = &slow["responses"]["200"]["content"]["application/zip"]["schema"];
    assert_eq!((&schema["format"], &schema["maxLength"]), (&"binary".into(), &40.into()));
    assert!(inventory.contains("stream of application/zip of at most 40 bytes"), "{inventory}");
}

#[tokio::test]
async fn verify_looks_at_streams() {
    let app = Attacked::app().tokens(testing::issuer()).clock(testing::at("2026-11-30"));
    let verified = testing::verify(app).await;
    assert!(verified.kept(testing::Check::Views) >= 1, "{verified}");
}
