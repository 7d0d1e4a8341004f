//! Uploads over real sockets: what is kept of them, and what is refused, each at its place.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
};

use reqwest::{
    Method,
    multipart::{Form as Multipart, Part},
};
use secure_api::{app::AppBuilder, clock::Clock, docs::openapi_json, inventory, prelude::*};
use serde_json::{Value as Json_, json};

use crate::support::{
    Answer, TestServer,
    client::raw_text,
    server::{START, stocked},
    token,
};

mod smuggled;

#[derive(Role)]
enum Role {
    Member,
}

#[derive(Version)]
enum Version {
    V1,
}

/// The folder of pictures.
struct Folder(PathBuf);

/// The number of times that a handler ran.
#[derive(Default)]
struct Ran(AtomicUsize);

/// A picture and what is said of it.
#[derive(Input)]
struct NewPicture {
    /// The title below it.
    #[input(max_len = 20)]
    title: String,
    #[input(range = 1..=5)]
    stars: Option<u8>,
    /// The picture.
    #[input(max_bytes = 2 * KIB, kinds = [FileKind::Png, FileKind::Jpeg])]
    picture: UploadedFile,
    #[input(items = 0..=2, each(max_bytes = 100, kinds = NOTES))]
    notes: Vec<UploadedFile>,
    #[input(max_bytes = KIB, kinds = [FileKind::Pdf], allow(active_content, reason = "a manual is a PDF"))]
    manual: Option<UploadedFile>,
}

const NOTES: &[FileKind] = &[FileKind::PlainText];

/// The file that was kept.
#[derive(Resource)]
#[view(KeptView, role = Role::Member, fields(name, called, kind, bytes, title, notes))]
struct Kept {
    name: SafeFileName,
    called: Option<SafeFileName>,
    kind: String,
    bytes: u32,
    title: String,
    notes: u32,
}

/// Keeps a picture.
#[post("/pictures", version = Version::V1, role = Role::Member, view = KeptView, idempotency_key)]
async fn add_picture(
    folder: Service<Folder>,
    ran: Service<Ran>,
    Upload(new): Upload<NewPicture>,
) -> Performed<Kept> {
    ran.0.fetch_add(1, Ordering::SeqCst);
    let name = new.picture.persist(&folder.0).await.expect("a folder that can be written");
    Performed(Kept {
        name,
        called: new.picture.display_name().cloned(),
        kind: new.picture.kind().media_type().to_owned(),
        bytes: new.picture.len() as u32 + new.manual.map_or(0, |manual| manual.len() as u32),
        title: format!("{} {}", new.title, new.stars.unwrap_or_default()),
        notes: new.notes.len() as u32,
    })
}

/// One file, in little room.
#[derive(Input)]
struct Small {
    #[input(max_bytes = 100, kinds = [FileKind::PlainText])]
    file: UploadedFile,
}

/// Takes a small one.
#[put("/small", version = Version::V1, role = Role::Member, body_limit = 600)]
async fn put_small(Upload(small): Upload<Small>) -> NoContent {
    assert!(!small.file.bytes().is_empty());
    NoContent
}

/// Pictures.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(10_000).per_minute(),
      routes(add_picture, put_small))]
struct Gallery;

/// A running server, its folder, and a member's token.
struct Running {
    server: TestServer,
    token: String,
    folder: PathBuf,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

impl Running {
    async fn start() -> Self {
        Self::with(|app| app).await
    }

    /// Starts with changed settings.
    async fn with(change: impl FnOnce(AppBuilder) -> AppBuilder) -> Self {
        let folder = std::env::temp_dir().join(format!("gallery-{}", uuid::Uuid::new_v4()));
        fs::create_dir(&folder).expect("a new folder");
        let clock = Clock::manual(START);
        let app = change(Gallery::app())
            .tokens(token::issuer())
            .clock(clock.clone())
            .service(Folder(folder.clone()))
            .service(Ran::default());
        let server = TestServer::run(app.build().expect("an app"), stocked(), clock).await;
        let token = server.token("alice", &["member"]);
        Self { server, token, folder }
    }

    /// Returns an upload by a client that knows how.
    async fn upload(&self, form: Multipart) -> Answer {
        let request = self.server.request(Method::POST, "/v1/pictures").bearer_auth(&self.token);
        let key = format!("\"{}\"", uuid::Uuid::new_v4());
        Answer::of(request.header("idempotency-key", key).multipart(form)).await
    }

    /// Returns a body as it is, with this media type.
    async fn send(&self, media_type: &str, body: impl Into<reqwest::Body>) -> Answer {
        let request = self.server.request(Method::POST, "/v1/pictures").bearer_auth(&self.token);
        let key = format!("\"{}\"", uuid::Uuid::new_v4());
        let request = request.header("idempotency-key", key).header("content-type", media_type);
        Answer::of(request.body(body)).await
    }

    /// Returns the pointers and codes of a refusal, which repeats nothing of what was sent.
    #[track_caller]
    fn told(answer: &Answer, status: u16) -> Vec<(String, String)> {
        let document = answer.is_problem(status);
        for sent in ["passwd", "script", "steal", "%PDF"] {
            assert!(!answer.body.contains(sent), "{answer:#?}");
        }
        let text = |value: &Json_| value.as_str().unwrap_or_default().to_owned();
        let errors = document["errors"].as_array().cloned().unwrap_or_default();
        errors.iter().map(|error| (text(&error["pointer"]), text(&error["code"]))).collect()
    }

    fn files(&self) -> usize {
        fs::read_dir(&self.folder).expect("a folder").count()
    }
}

/// Returns a PNG of this many bytes more than the least.
fn png(filling: usize) -> Vec<u8> {
    let chunk = |name: &[u8], content: &[u8]| {
        [&(content.len() as u32).to_be_bytes()[..], name, content, &[0; 4]].concat()
    };
    let start = b"\x89PNG\r\n\x1a\n".to_vec();
    let image = vec![0xA5; filling];
    [start, chunk(b"IHDR", &[0; 13]), chunk(b"IDAT", &image), chunk(b"IEND", b"")].concat()
}

const JPEG: &[u8] = b"\xFF\xD8\xFF\xE0\x00\x0B an image\xFF\xD9";

fn file(bytes: impl Into<std::borrow::Cow<'static, [u8]>>, name: &str, media_type: &str) -> Part {
    Part::bytes(bytes).file_name(name.to_owned()).mime_str(media_type).expect("a media type")
}

fn pictured(part: Part) -> Multipart {
    Multipart::new().text("title", "Tea").part("picture", part)
}

fn pairs<const N: usize>(expected: [(&str, &str); N]) -> Vec<(String, String)> {
    expected.map(|(pointer, code)| (pointer.to_owned(), code.to_owned())).into()
}

// R95
#[tokio::test]
async fn a_file_is_kept_under_a_name_of_the_server() {
    let running = Running::start().await;
    let form = pictured(file(png(100), "Größe 2.PNG", "image/png"))
        .text("stars", "5")
        .part("notes", file(&b"Two cups\n"[..], "a.txt", "text/plain"))
        .part("notes", file(&b"no sugar"[..], "b.txt", "application/octet-stream"))
        .part("manual", file(&b"%PDF-1.7\n%%EOF\n"[..], "m.pdf", "application/pdf"));
    let answer = running.upload(form).await;
    assert_eq!(answer.status, 200, "{answer:#?}");
    let kept = answer.json();
    let expected = json!({
        "name": kept["name"], "called": "Größe 2.PNG", "kind": "image/png",
        "bytes": png(100).len() + 15, "title": "Tea 5", "notes": 2,
    });
    assert_eq!(kept, expected);
    let name = kept["name"].as_str().expect("a name");
    let (stem, extension) = name.split_once('.').expect("an extension");
    assert!(uuid::Uuid::parse_str(stem).is_ok_and(|id| id.get_version_num() == 4), "{name}");
    assert_eq!(extension, "png");
    assert_eq!(fs::read(running.folder.join(name)).expect("it is there"), png(100));
    assert_eq!(running.files(), 1, "nothing else is there");
    #[cfg(unix)]
    {
        let file = fs::metadata(running.folder.join(name)).expect("it is there");
        assert_eq!(std::os::unix::fs::MetadataExt::mode(&file) & 0o777, 0o600);
    }
    // The same again is another file.
    let answer = running.upload(pictured(file(JPEG, "tea", "image/jpeg"))).await;
    assert_eq!((answer.status, running.files()), (200, 2), "{answer:#?}");
}

// R95
#[tokio::test]
async fn a_file_is_what_its_bytes_say() {
    let running = Running::start().await;
    let polyglot = [png(10), b"PK\x03\x04evil".to_vec()].concat();
    let cut = png(10)[..50].to_vec();
    for (part, code) in [
        (file(&b"<svg onload=steal()>"[..], "a.png", "image/png"), "kind"),
        (file(&b"<!DOCTYPE html><script>"[..], "a.png", "image/png"), "kind"),
        (file(&b"PK\x03\x04 evil"[..], "a.png", "image/png"), "kind"),
        (file(&b"GIF89a;"[..], "a.gif", "image/gif"), "kind"),
        (file(polyglot, "a.png", "image/png"), "kind"),
        (file(cut, "a.png", "image/png"), "kind"),
        (file(&b""[..], "a.png", "image/png"), "size"),
        (file(png(0), "a.png", "image/jpeg"), "media-type"),
        (file(png(0), "a.png", "text/html"), "media-type"),
        (file(png(0), "a.png", "multipart/mixed; boundary=evil"), "media-type"),
        (file(png(0), "a.jpg", "image/png"), "file-name"),
        (file(png(0), "a.png.exe", "image/png"), "file-name"),
        (file(png(0), "../../etc/passwd", "image/png"), "file-name"),
        (file(png(0), "a\u{202E}gnp.png", "image/png"), "file-name"),
    ] {
        let answer = running.upload(pictured(part)).await;
        assert_eq!(Running::told(&answer, 422), pairs([("/picture", code)]), "{answer:#?}");
    }
    // A name that is only unusual is not shown.
    let answer = running.upload(pictured(file(png(0), "-rf.png", "image/png"))).await;
    assert_eq!((answer.status, &answer.json()["called"]), (200, &Json_::Null));
    assert_eq!(running.files(), 1, "nothing that was refused is kept");
}

// R82 R95
#[tokio::test]
async fn all_mistakes_are_told_together() {
    let running = Running::start().await;
    let form = Multipart::new()
        .text("stars", "9")
        .text("evil", "1")
        .part("picture", file(png(3000), "a.png", "image/png"))
        .part("notes", file(&b"fine"[..], "a.txt", "text/plain"))
        .part("notes", file(vec![b'a'; 101], "b.txt", "text/plain"))
        .part("manual", file(&b"MZ"[..], "m.pdf", "application/pdf"));
    let mut told = Running::told(&running.upload(form).await, 422);
    told.sort();
    let expected = [
        ("/evil", "unknown"),
        ("/manual", "kind"),
        ("/notes/1", "size"),
        ("/picture", "size"),
        ("/stars", "range"),
        ("/title", "required"),
    ];
    // The name of a part that nothing declares is told, as in any input.
    assert_eq!(told, pairs(expected));
}

// R80 R83 R85
#[tokio::test]
async fn texts_are_read_as_those_of_a_form() {
    let running = Running::start().await;
    let with = |name: &'static str, part: Part| {
        Multipart::new().part("picture", file(png(0), "a.png", "image/png")).part(name, part)
    };
    let bytes = |bytes: &'static [u8]| Part::bytes(bytes);
    for (form, pointer, code) in [
        (with("title", bytes(b"a\xFF")), "/title", "encoding"),
        (with("title", bytes(b"a\0b")), "/title", "characters"),
        (with("title", bytes(&[b'a'; 21])), "/title", "length"),
        (with("title", file(&b"Tea"[..], "a.txt", "text/plain")), "/title", "type"),
        (with("title", bytes(b"Tea").mime_str("text/html").expect("one")), "/title", "media-type"),
        (
            with("title", bytes(b"Tea").mime_str("text/plain; charset=utf-7").expect("one")),
            "/title",
            "media-type",
        ),
        (with("title", bytes(b"Tea")).text("title", "Milk"), "/title", "repeated"),
        (with("title", bytes(b"Tea")).text("stars", "+1"), "/stars", "type"),
        (
            with("title", bytes(b"Tea")).part("picture", file(png(0), "b.png", "image/png")),
            "/picture",
            "repeated",
        ),
    ] {
        let answer = running.upload(form).await;
        assert_eq!(Running::told(&answer, 422), pairs([(pointer, code)]), "{answer:#?}");
    }
    // A browser sends an empty part for a file that nobody chose.
    let unchosen = || file(&b""[..], "", "application/octet-stream");
    let form = pictured(file(png(0), "a.png", "image/png"))
        .part("manual", unchosen())
        .part("notes", unchosen());
    let answer = running.upload(form).await;
    assert_eq!((answer.status, &answer.json()["notes"]), (200, &json!(0)), "{answer:#?}");
    let form = Multipart::new().text("title", "Tea").part("picture", unchosen());
    let told = Running::told(&running.upload(form).await, 422);
    assert_eq!(told, pairs([("/picture", "required")]));
    // No part at all is a form without fields.
    let told = Running::told(&running.send(TYPE, "--b--\r\n").await, 422);
    assert_eq!(told, pairs([("/title", "required"), ("/picture", "required")]));
}

/// Returns a body of parts, each of headers and content.
fn body(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (headers, content) in parts {
        body.extend([b"--b\r\n", headers.as_bytes(), b"\r\n\r\n", content, b"\r\n"].concat());
    }
    body.extend(b"--b--\r\n");
    body
}

const PICTURE: &str = "Content-Disposition: form-data; name=\"picture\"; filename=\"a.png\"";
const TITLE: &str = "Content-Disposition: form-data; name=\"title\"";
const TYPE: &str = "multipart/form-data; boundary=b";

// R80 R95
#[tokio::test]
async fn what_can_be_read_in_two_ways_is_refused() {
    let running = Running::start().await;
    let image = png(0);
    let good = body(&[(TITLE, b"Tea"), (PICTURE, &image)]);
    assert_eq!(running.send(TYPE, good.clone()).await.status, 200);
    let quoted = "Multipart/Form-Data; charset=UTF-8; boundary=\"b\"";
    assert_eq!(running.send(quoted, [b"\r\n", &good[..]].concat()).await.status, 200);
    let with = |headers: &str| body(&[(headers, b"Tea"), (PICTURE, &image)]);
    let many: Vec<_> = (0..60).map(|_| (TITLE, &b"Tea"[..])).collect();
    let long = format!("{TITLE}\r\nX-Filling: {}", "a".repeat(3000));
    let nul = "Content-Disposition: form-data; name=\"picture\"; filename=\"a\0.png\"";
    for (what, body) in [
        ("nothing", Vec::new()),
        ("cut off in a part", good[..good.len() - 20].to_vec()),
        ("cut off in the last boundary", good[..good.len() - 4].to_vec()),
        ("a preamble", [b"evil\r\n", &good[..]].concat()),
        ("an epilogue", [&good[..], b"evil"].concat()),
        ("a second upload", [&good[..], &good[..]].concat()),
        ("another boundary", String::from_utf8_lossy(&good).replace("--b", "--c").into_bytes()),
        ("no name", with("Content-Disposition: form-data")),
        ("an empty name", with("Content-Disposition: form-data; name=\"\"")),
        ("no disposition", with("X-Other: form-data; name=\"title\"")),
        ("another disposition", with("Content-Disposition: attachment; name=\"title\"")),
        ("a name in an encoding", with(&format!("{TITLE}; filename*=UTF-8''a.png"))),
        (
            "a content in an encoding",
            with(&format!("{TITLE}\r\nContent-Transfer-Encoding: base64")),
        ),
        ("two dispositions", with(&format!("{TITLE}\r\n{PICTURE}"))),
        (
            "two media types",
            with(&format!("{TITLE}\r\nContent-Type: a/b\r\ncontent-type: text/plain")),
        ),
        ("long headers", with(&long)),
        ("headers that are none", with(&format!("{TITLE}\r\nno header"))),
        ("NUL in a name", with(nul)),
        ("too many parts", self::body(&many)),
    ] {
        let answer = running.send(TYPE, body).await;
        assert_eq!(answer.status, 400, "{what}: {answer:#?}");
        Running::told(&answer, 400);
    }
    assert_eq!(running.files(), 2);
}

// R83
#[tokio::test]
async fn an_upload_says_that_it_is_one() {
    let running = Running::start().await;
    let image = png(0);
    let good = body(&[(TITLE, b"Tea"), (PICTURE, &image)]);
    let long = format!("multipart/form-data; boundary={}", "b".repeat(71));
    for wrong in [
        "application/json",
        "multipart/mixed; boundary=b",
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=b; boundary=c",
        "multipart/form-data; boundary=b; other=c",
        "multipart/form-data; boundary=b\u{e9}",
        &long,
    ] {
        let answer = running.send(wrong, good.clone()).await;
        answer.is_problem(415);
        assert_eq!(answer.header("accept"), "multipart/form-data");
    }
}

/// Returns a request to PUT a small file, up to its body.
fn small(running: &Running, headers: &str) -> String {
    format!(
        "PUT /v1/small HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer {}\r\n\
         Content-Type: {TYPE}\r\n{headers}\r\n\r\n",
        running.token
    )
}

// R82
#[tokio::test]
async fn an_upload_is_bounded_whole_and_in_each_part() {
    let running = Running::start().await;
    // What its route states, announced or not.
    let file = "Content-Disposition: form-data; name=\"file\"";
    let large = body(&[(file, &[b'a'; 600])]);
    let chunked = large
        .chunks(50)
        .map(|chunk| format!("{:x}\r\n{}\r\n", chunk.len(), String::from_utf8_lossy(chunk)));
    let chunked = small(&running, "Transfer-Encoding: chunked") + &chunked.collect::<String>();
    let stated = small(&running, "Content-Length: 601");
    for request in [chunked + "0\r\n\r\n", stated] {
        let answer = raw_text(running.server.address, request).await;
        assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
    }
    let put = |content: Vec<u8>| {
        let request = self::small(&running, &format!("Content-Length: {}", content.len()));
        raw_text(running.server.address, [request.into_bytes(), content].concat())
    };
    let answer = put(body(&[(file, &[b'a'; 100])])).await;
    assert!(answer.starts_with("HTTP/1.1 204 "), "{answer}");
    // Within the whole, and not within its own bound.
    let answer = put(body(&[(file, &[b'a'; 101])])).await;
    assert!(
        answer.starts_with("HTTP/1.1 422 ") && answer.contains("from 1 to 100 bytes"),
        "{answer}"
    );
    // A body that ends before it said so is no upload.
    let part = body(&[(file, b"abc")]);
    let mut request = small(&running, &format!("Content-Length: {}", part.len() + 5)).into_bytes();
    request.extend(&part);
    let mut stream =
        tokio::net::TcpStream::connect(running.server.address).await.expect("connects");
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    stream.write_all(&request).await.expect("is sent");
    stream.shutdown().await.expect("half is closed");
    let mut answer = String::new();
    let _ = stream.read_to_string(&mut answer).await;
    assert!(!answer.contains(" 204 "), "{answer}");
    // Without one of its own, a route has room for all of its fields.
    let most = Gallery::API.model().operations[0].body_limit.expect("that of its fields");
    assert!((3 * KIB + 200..24 * KIB).contains(&most), "{most}");
    let answer = running.send(TYPE, vec![b'a'; most + 1]).await;
    answer.is_problem(413);
    // As large as it gets, it is still read: each part by itself.
    let image = png(2 * KIB - png(0).len());
    let form = Multipart::new()
        .text("title", "\u{10FFFD}".repeat(20))
        .text("stars", "5")
        .part("picture", self::file(image, "a.png", "image/png"))
        .part("notes", self::file(vec![b'a'; 100], "a.txt", "text/plain"))
        .part("notes", self::file(vec![b'a'; 100], "b.txt", "text/plain"));
    let answer = running.upload(form).await;
    assert_eq!(answer.status, 200, "{answer:#?}");
}

// R82: who sends slowly has no more time than anybody.
#[tokio::test]
async fn a_slow_upload_is_given_up() {
    let running = Running::with(|app| app.deadline(Duration::from_millis(200))).await;
    let start = std::time::Instant::now();
    let begun = small(&running, "Content-Length: 500") + "--b\r\nContent-Disposition: form-data";
    let answer = raw_text(running.server.address, begun).await;
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    assert!(start.elapsed() < Duration::from_secs(4), "{:?}", start.elapsed());
}

// R95: nobody who is not admitted has a file looked at.
#[tokio::test]
async fn a_stranger_uploads_nothing() {
    let running = Running::start().await;
    let form = pictured(file(png(0), "a.png", "image/png"));
    let request = running.server.request(Method::POST, "/v1/pictures");
    Answer::of(request.multipart(form)).await.is_problem(401);
    assert_eq!(running.files(), 0);
}

// R67: the boundary is another one each time, and the upload the same.
#[tokio::test]
async fn a_repeated_upload_is_known_by_its_parts() {
    let running = Running::start().await;
    let send = |boundary: &str, title: &'static [u8]| {
        let image = png(0);
        let content = body(&[(TITLE, title), (PICTURE, &image)]);
        let content = [&content[..content.len() - 2]].concat();
        let content = replaced(&content, b"--b", format!("--{boundary}").as_bytes());
        let request =
            running.server.request(Method::POST, "/v1/pictures").bearer_auth(&running.token);
        let request = request.header("idempotency-key", "\"one\"");
        let media_type = format!("multipart/form-data; boundary={boundary}");
        Answer::of(request.header("content-type", media_type).body(content))
    };
    let first = send("x1", b"Tea").await;
    assert_eq!(first.status, 200, "{first:#?}");
    let again = send("y2", b"Tea").await;
    assert_eq!((again.status, &again.body), (200, &first.body));
    assert_eq!(again.header("idempotency-replayed"), "true");
    send("x1", b"Milk").await.is_problem(422);
    assert_eq!(running.files(), 1);
}

fn replaced(bytes: &[u8], old: &[u8], new: &[u8]) -> Vec<u8> {
    let mut replaced = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        match rest.strip_prefix(old) {
            Some(after) => {
                replaced.extend(new);
                rest = after;
            }
            None => {
                replaced.push(rest[0]);
                rest = &rest[1..];
            }
        }
    }
    replaced
}

// R95
#[cfg(unix)]
#[tokio::test]
async fn a_folder_that_is_no_folder_keeps_nothing() {
    let running = Running::start().await;
    let upload = decoded(&body(&[("Content-Disposition: form-data; name=\"file\"", b"abc")]));
    let missing = running.folder.join("missing");
    assert!(upload.file.persist(&missing).await.is_err());
    let file = running.folder.join("a-file");
    fs::write(&file, "kept").expect("a file");
    assert!(upload.file.persist(&file).await.is_err());
    assert_eq!(fs::read_to_string(&file).expect("it is there"), "kept");
    let name = upload.file.persist(&running.folder).await.expect("it is kept");
    assert!(Path::new(name.as_str()).extension().is_some_and(|extension| extension == "txt"));
    assert_eq!(format!("{:?}", upload.file), "UploadedFile(PlainText, 3 bytes)");
}

fn decoded(body: &[u8]) -> Small {
    secure_api::input::decode_upload(TYPE, body.to_vec()).expect("an upload")
}

proptest::proptest! {
    // R80: from pieces that mean something, in any order.
    #[test]
    fn whatever_is_uploaded_nothing_panics(
        pieces in proptest::collection::vec(
            proptest::prop_oneof![
                proptest::strategy::Just(b"--b".to_vec()),
                proptest::strategy::Just(b"--b--".to_vec()),
                proptest::strategy::Just(b"\r\n".to_vec()),
                proptest::strategy::Just(b"\r\n--b\r\n".to_vec()),
                proptest::strategy::Just(b"\r\n\r\n".to_vec()),
                proptest::strategy::Just(b"Content-Disposition: form-data; name=\"file\"".to_vec()),
                proptest::strategy::Just(b"; filename=\"a.txt\"".to_vec()),
                proptest::strategy::Just(b"\r\nContent-Type: text/plain".to_vec()),
                proptest::collection::vec(proptest::num::u8::ANY, 0..8),
            ],
            0..14,
        )
    ) {
        let body = [b"--b", &pieces.concat()[..]].concat();
        if let Ok(small) = secure_api::input::decode_upload::<Small>(TYPE, body) {
            proptest::prop_assert!((1..=100).contains(&small.file.len()));
            proptest::prop_assert_eq!(small.file.kind(), FileKind::PlainText);
        }
    }
}

// R101
#[test]
fn documents_and_inventory_tell_of_uploads() {
    let text = openapi_json(&Gallery::API.model(), "v1").expect("v1 is a version");
    let document: Json_ = serde_json::from_str(&text).expect("it is JSON");
    let post = &document["paths"]["/v1/pictures"]["post"];
    let content = &post["requestBody"]["content"]["multipart/form-data"];
    assert_eq!(content["schema"]["$ref"], "#/components/schemas/NewPicture");
    assert_eq!(
        content["encoding"],
        json!({
            "picture": { "contentType": "image/png, image/jpeg" },
            "notes": { "contentType": "text/plain" },
            "manual": { "contentType": "application/pdf" },
        })
    );
    let fields = &document["components"]["schemas"]["NewPicture"]["properties"];
    assert_eq!(
        fields["notes"]["items"],
        json!({
            "description": "A file of one of: text/plain; of 1 to 100 bytes.",
            "contentMediaType": "text/plain", "minLength": 1, "maxLength": 100,
            "x-max-bytes": 100, "x-media-types": ["text/plain"],
        })
    );
    assert_eq!(fields["picture"]["x-max-bytes"], 2048);
    assert_eq!(fields["picture"]["contentMediaType"], "application/octet-stream");
    for status in ["400", "413", "415", "422"] {
        assert!(post["responses"][status].is_object(), "{status}: {post}");
    }
    assert!(post["x-body-limit"].as_u64().is_some_and(|bytes| bytes > 3000));
    assert_eq!(document["paths"]["/v1/small"]["put"]["x-body-limit"], 600);
    // R118: what a field is excepted from is listed with the operations that read it.
    let text = inventory::routes(&Gallery::API.model());
    assert!(
        text.contains("allow active_content for NewPicture.manual: a manual is a PDF"),
        "{text}"
    );
}
