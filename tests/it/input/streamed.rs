//! Bodies that are in files, over real sockets: what is kept of them, and that nothing stays of the others.

use std::{
    fs,
    io::{Read, Write},
    net::TcpStream,
    path::PathBuf,
    time::Duration,
};

use reqwest::Method;
use secure_api::{app::AppBuilder, clock::Clock, docs::openapi_json, prelude::*, testing};
use serde_json::{Value as Json_, json};
use tokio::io::AsyncReadExt;

use crate::support::{
    Answer, Folder, TestServer,
    server::{START, stocked},
    token,
};

#[derive(Role)]
enum Role {
    Member,
}

#[derive(Version)]
enum Version {
    V1,
}

/// The folder of what is kept.
struct Kept(PathBuf);

/// A recording.
#[derive(Resource)]
#[view(RecordingView, role = Role::Member, fields(name, kind, bytes, first))]
struct Recording {
    name: Option<SafeFileName>,
    kind: String,
    bytes: u32,
    first: u8,
}

#[derive(ApiError, Debug)]
enum Mishap {
    #[problem(status = 409, title = "The name is taken")]
    Taken,
    #[problem(internal, from(std::io::Error))]
    Disk(Box<dyn std::error::Error + Send + Sync>),
}

#[derive(Input)]
struct Asked {
    then: Then,
}

#[derive(Value, Clone, Copy, PartialEq)]
enum Then {
    Keep,
    Drop,
    Fail,
    Panic,
    Wait,
}

/// Keeps a recording, or does not.
#[post("/recordings", version = Version::V1, role = Role::Member, view = RecordingView, accepts("audio/ogg", "audio/flac"),
       timeout = Duration::from_secs(2))]
async fn add_recording(
    Query(asked): Query<Asked>,
    recording: StreamedBody<{ 300 * KIB }>,
    folder: Service<Kept>,
) -> Result<Performed<Recording>, Mishap> {
    let mut first = [0];
    let read = recording.reader().await?.read(&mut first).await?;
    assert_eq!(read == 0, recording.is_empty());
    assert!(format!("{recording:?}").starts_with("StreamedBody(audio/"));
    let (kind, bytes) = (recording.media_type().to_owned(), recording.len() as u32);
    let name = match asked.then {
        Then::Drop => None,
        _ => Some(recording.persist(&folder.0).await?),
    };
    match asked.then {
        Then::Keep | Then::Drop => {}
        Then::Fail => return Err(Mishap::Taken),
        Then::Panic => panic!("as it was told"),
        Then::Wait => tokio::time::sleep(Duration::from_secs(60)).await,
    }
    Ok(Performed(Recording { name, kind, bytes, first: first[0] }))
}

/// Sets the anthem, once.
#[post("/anthem", version = Version::V1, role = Role::Member, accepts("audio/ogg"), idempotency_key)]
async fn set_anthem(anthem: StreamedBody<KIB>) -> Accepted {
    drop(anthem);
    Accepted
}

/// Recordings.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(10_000).per_minute(),
      routes(add_recording, set_anthem))]
struct Studio;

struct Running {
    server: TestServer,
    token: String,
    spool: Folder,
    kept: Folder,
}

impl Running {
    async fn start() -> Self {
        let (spool, kept) = (Folder::made("spool-"), Folder::made("kept-"));
        let clock = Clock::manual(START);
        let app = app(&spool).clock(clock.clone()).tokens(token::issuer());
        let app = app.service(Kept(kept.path().to_owned())).build().expect("an app");
        let server = TestServer::run(app, stocked(), clock).await;
        let token = server.token("alice", &["member"]);
        Self { server, token, spool, kept }
    }

    async fn send(&self, then: &str, kind: &str, bytes: impl Into<reqwest::Body>) -> Answer {
        let place = format!("/v1/recordings?then={then}");
        let request = self.server.request(Method::POST, &place).bearer_auth(&self.token);
        Answer::of(request.header("content-type", kind).body(bytes)).await
    }

    /// Returns the head of a request.
    fn head(&self, then: &str, framed: &str) -> Vec<u8> {
        let head = format!(
            "POST /v1/recordings?then={then} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {}\r\n\
             content-type: audio/ogg\r\n{framed}\r\n\r\n",
            self.token
        );
        head.into_bytes()
    }

    /// Sends bytes as they are, and keeps the connection.
    fn socket(&self, bytes: &[u8]) -> TcpStream {
        let mut socket = TcpStream::connect(self.server.address).expect("a connection");
        socket.write_all(bytes).expect("it is sent");
        socket
    }

    /// Returns the number of files in the two folders once it is this one, or after five seconds.
    async fn files(&self, wanted: [usize; 2]) -> [usize; 2] {
        let count = |folder: &Folder| fs::read_dir(folder.path()).expect("a folder").count();
        let counts = || [&self.spool, &self.kept].map(count);
        for _ in 0..500 {
            if counts() == wanted {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        counts()
    }
}

fn app(spool: &Folder) -> AppBuilder {
    Studio::app().spool(spool.path())
}

// R95
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_body_is_in_a_file_until_it_is_kept() {
    let running = Running::start().await;
    let bytes: Vec<u8> = (0..300 * 1024_u32).map(|place| (place % 251) as u8).collect();
    let answer = running.send("keep", "audio/flac", bytes.clone()).await;
    assert_eq!(answer.status, 200, "{answer:#?}");
    let kept = answer.json();
    let name = kept["name"].as_str().expect("a name").to_owned();
    let expected = json!({ "name": name, "kind": "audio/flac", "bytes": bytes.len(), "first": 0 });
    assert_eq!(kept, expected);
    assert_eq!(fs::read(running.kept.path().join(&name)).expect("it is there"), bytes);
    assert_eq!(running.files([0, 1]).await, [0, 1]);
    #[cfg(unix)]
    {
        let file = fs::metadata(running.kept.path().join(&name)).expect("it is there");
        assert_eq!(std::os::unix::fs::MetadataExt::mode(&file) & 0o777, 0o600);
    }
    // What is smaller than one piece is written all the same.
    let small = running.send("keep", "audio/ogg", "tea").await.json();
    let name = small["name"].as_str().expect("a name");
    assert_eq!(fs::read(running.kept.path().join(name)).expect("it is there"), b"tea");
    fs::remove_file(running.kept.path().join(name)).expect("it is there");
    let answer = running.send("drop", "audio/ogg", "").await;
    assert_eq!((answer.status, &answer.json()["bytes"]), (200, &json!(0)));
    assert_eq!(running.files([0, 1]).await, [0, 1]);
}

// R83 R95
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_stays_of_what_is_refused_or_fails() {
    let running = Running::start().await;
    let long = vec![b'a'; 300 * 1024 + 1];
    assert_eq!(running.send("keep", "audio/ogg", long.clone()).await.status, 413);
    // The same without saying how long it is.
    let mut chunked = running.head("keep", "transfer-encoding: chunked");
    for piece in long.chunks(10_000) {
        chunked.extend(format!("{:x}\r\n", piece.len()).into_bytes());
        chunked.extend([piece, b"\r\n"].concat());
    }
    chunked.extend(b"0\r\n\r\n");
    let mut socket = running.socket(&chunked);
    let answer = tokio::task::spawn_blocking(move || {
        let mut start = [0; 12];
        socket.read_exact(&mut start).map(|()| start)
    });
    let start = answer.await.expect("it is read").expect("an answer");
    assert_eq!(&start, b"HTTP/1.1 413");
    assert_eq!(running.send("keep", "audio/mpeg", "tea").await.status, 415);
    assert_eq!(running.send("nothing", "audio/ogg", "tea").await.status, 400);
    for (then, status) in [("fail", 409), ("panic", 500), ("wait", 503)] {
        assert_eq!(running.send(then, "audio/ogg", "tea").await.status, status, "{then}");
    }
    assert_eq!(running.files([0, 0]).await, [0, 0]);
}

// R95
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_stays_of_what_breaks_off_or_does_not_come() {
    let running = Running::start().await;
    let begun = || {
        let head = running.head("keep", "content-length: 200000");
        running.socket(&[&head[..], &[b'a'; 100_000]].concat())
    };
    let socket = begun();
    assert_eq!(running.files([1, 0]).await, [1, 0], "it is written while it arrives");
    drop(socket);
    assert_eq!(running.files([0, 0]).await, [0, 0]);
    // Two seconds are its time.
    let socket = begun();
    assert_eq!(running.files([1, 0]).await, [1, 0]);
    assert_eq!(running.files([0, 0]).await, [0, 0]);
    drop(socket);
}

// R116
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_is_for_one_content() {
    let running = Running::start().await;
    let key = format!("\"{}\"", uuid::Uuid::new_v4());
    for (bytes, status) in [("tea", 202), ("tea", 202), ("tee", 422)] {
        let request =
            running.server.request(Method::POST, "/v1/anthem").bearer_auth(&running.token);
        let request = request.header("content-type", "audio/ogg").header("idempotency-key", &key);
        assert_eq!(Answer::of(request.body(bytes)).await.status, status, "{bytes}");
    }
    assert_eq!(running.files([0, 0]).await, [0, 0]);
}

#[test]
fn it_is_documented_as_bytes() {
    let text = openapi_json(&Studio::API.model(), "v1").expect("v1 is a version");
    let document: Json_ = serde_json::from_str(&text).expect("it is JSON");
    let body = document.pointer("/paths/~1v1~1recordings/post/requestBody").expect("a body");
    let schema = &body["content"]["audio/flac"]["schema"];
    assert_eq!(
        schema,
        &json!({ "type": "string", "format": "binary", "contentMediaType": "audio/flac", "maxLength": 300 * KIB })
    );
}

#[tokio::test]
async fn the_attack_sends_what_is_refused() {
    let (spool, kept) = (Folder::made("spool-"), Folder::made("kept-"));
    let app = app(&spool).tokens(testing::issuer()).secret(SecretBytes::random());
    let app = app.service(Kept(kept.path().to_owned()));
    let verified = testing::verify(app).await;
    assert_eq!(verified.kept(testing::Check::Media), 2, "{verified}");
    assert_eq!(fs::read_dir(spool.path()).expect("a folder").count(), 0);
}

#[test]
fn a_folder_that_is_not_there_is_told_at_the_start() {
    let (spool, kept) = (Folder::new("spool-"), Folder::made("kept-"));
    let app = app(&spool).tokens(testing::issuer()).secret(SecretBytes::random());
    let app = app.service(Kept(kept.path().to_owned()));
    let refused = app.build().expect_err("there is no folder").to_string();
    assert!(refused.contains("SA562: `add_recording` takes a `StreamedBody`"), "{refused}");
}
