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

mod bounds;
mod documented;
mod dropped;
mod folder;
mod hidden;
mod kind;
mod media;
mod pixels;
mod repeated;
mod smuggled;
mod text;

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
        Self::of(Gallery::app()).await
    }

    /// Starts an app with a folder.
    async fn of(app: AppBuilder) -> Self {
        let folder = std::env::temp_dir().join(format!("gallery-{}", uuid::Uuid::new_v4()));
        fs::create_dir(&folder).expect("a new folder");
        let clock = Clock::manual(START);
        let app = app
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

// R95: nobody who is not admitted has a file looked at.
#[tokio::test]
async fn a_stranger_uploads_nothing() {
    let running = Running::start().await;
    let form = pictured(file(png(0), "a.png", "image/png"));
    let request = running.server.request(Method::POST, "/v1/pictures");
    Answer::of(request.multipart(form)).await.is_problem(401);
    assert_eq!(running.files(), 0);
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
