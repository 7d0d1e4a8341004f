//! Files as answers: bytes with their type, whole or in parts, for those whom the route and the object admit.

mod created;

use std::path::PathBuf;

use reqwest::Method;
use secure_api::{clock::Clock, prelude::*};

use crate::support::{Answer, TestServer, server::START, shelf::Shelf, token};

#[derive(Role)]
enum Role {
    Member,
    Guest,
}

#[derive(Version)]
enum Version {
    V1,
}

const TEXT: &str = "0123456789abcdefghij";

#[derive(Value, Clone, Copy)]
#[value(key)]
struct PaperId(Uuid);

type Cabinet = Shelf<(), ()>;

/// A paper of whoever the first letters of its key say.
struct Paper {
    holder: CallerId,
}

#[object(owner = holder)]
impl Object for Paper {
    async fn load(
        _: &Reader<Cabinet>,
        id: PaperId,
        _: &Loading<Role>,
    ) -> Result<Option<Self>, StoreError> {
        let holder = if id.get().as_u128() == 1 { "alice" } else { "bob" };
        Ok(Some(Self { holder: token::id(holder) }))
    }
}

struct Papers;

impl DownloadKinds for Papers {
    const KINDS: &'static [FileKind] = &[FileKind::PlainText, FileKind::Png];
}

/// Sends the text of a paper.
#[get("/papers/{paper}/text", version = Version::V1.., role = Role::Member)]
async fn get_text(paper: Authorized<Paper>) -> Result<Download<Papers>, StoreError> {
    drop(paper);
    let name: SafeFileName = "Größe 1.txt".parse()?;
    Ok(Download::new(TEXT, FileKind::PlainText).named(name))
}

#[derive(Value)]
#[value(max_len = 60, unowned = "the board is for everybody")]
struct FileName(String);

struct Board(PathBuf);

#[derive(ApiError)]
enum BoardError {
    #[problem(status = 404, title = "Nothing of this name is on the board")]
    Nothing,
}

/// Shows what is on the board.
#[get("/board/{name}", version = Version::V1.., public = "the board is for everybody",
      limit = Limit::per_address(6000).per_minute())]
async fn get_board(
    Unowned(name): Unowned<FileName>,
    board: Service<Board>,
) -> Result<Download<Papers>, BoardError> {
    let name: SafeFileName = name.as_str().parse().map_err(|_| BoardError::Nothing)?;
    let file = Download::kept(&board.0, &name).await.map_err(|_| BoardError::Nothing)?;
    Ok(file.inline())
}

/// Sends a file of a kind that it is not declared with.
#[get("/mistake", version = Version::V1.., role = Role::Guest)]
async fn get_mistake() -> Download<Papers> {
    Download::new(TEXT, FileKind::Pdf)
}

/// Sends a file that is too large by one byte.
#[get("/much", version = Version::V1.., role = Role::Guest)]
async fn get_much() -> Download<Papers> {
    Download::new(vec![b'x'; MOST + 1], FileKind::PlainText)
}

const MOST: usize = 64 * 1024 * 1024;

#[api(roles = Role, versions = Version, limit = Limit::per_principal(6000).per_minute(),
      routes(get_text, get_board, get_mistake, get_much))]
struct Archive;

const ALICES: &str = "/v1/papers/00000000-0000-0000-0000-000000000001/text";
const BOBS: &str = "/v1/papers/00000000-0000-0000-0000-000000000002/text";

fn board() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("board-{}", Uuid::new_v4()));
    std::fs::create_dir(&folder).expect("a folder");
    folder
}

async fn archive(board: PathBuf) -> (TestServer, String, String) {
    let clock = Clock::manual(START);
    let app =
        Archive::app().store(Cabinet::default()).service(Board(board)).tokens(token::issuer());
    let app = app.clock(clock.clone()).docs(Docs::open("tests read the documents"));
    let app = app.build().expect("an app");
    let inventory = app.inventory();
    let server = TestServer::run(app, Default::default(), clock).await;
    let alice = server.token("alice", &["member"]);
    (server, alice, inventory)
}

async fn ask(server: &TestServer, token: &str, method: Method, fields: &[(&str, &str)]) -> Answer {
    let request = server.request(method, ALICES).bearer_auth(token);
    Answer::of(fields.iter().fold(request, |request, (name, value)| request.header(*name, *value)))
        .await
}

// R35 R39: a file is guarded as anything else is.
#[tokio::test]
async fn a_file_is_sent_to_whom_the_route_and_the_object_admit() {
    let (server, alice, _) = archive(board()).await;
    let guest = server.token("alice", &["guest"]);
    server.get(ALICES).await.is_problem(401);
    server.get_as(&guest, ALICES).await.is_problem(403);
    server.get_as(&alice, BOBS).await.is_problem(404);
    let whole = server.get_as(&alice, ALICES).await;
    assert_eq!((whole.status, &*whole.body), (200, TEXT));
    assert_eq!(whole.header("content-type"), "text/plain; charset=utf-8");
    assert_eq!(whole.header("content-length"), "20");
    assert_eq!(whole.header("accept-ranges"), "bytes");
    assert_eq!(
        whole.header("content-disposition"),
        "attachment; filename=\"Gr__e 1.txt\"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%201.txt"
    );
    whole.has_security_headers();
    let head = ask(&server, &alice, Method::HEAD, &[("range", "bytes=0-3")]).await;
    assert_eq!((head.status, &*head.body), (200, ""), "only GET has ranges");
    for name in ["content-type", "content-length", "etag", "content-disposition"] {
        assert_eq!(head.header(name), whole.header(name), "{name}");
    }
    server.get_as(&guest, "/v1/mistake").await.is_problem(500);
    server.get_as(&guest, "/v1/much").await.is_problem(500);
    let document = server.get("/openapi/v1.json").await.json();
    let responses = &document["paths"]["/v1/papers/{paper}/text"]["get"]["responses"];
    let most =
        |status: &str, media: &str| &responses[status]["content"][media]["schema"]["maxLength"];
    assert_eq!(most("200", "image/png"), MOST);
    assert_eq!(most("206", "multipart/byteranges"), MOST + 4096);
}

// RFC 9110, sections 13 and 14.
#[tokio::test]
async fn a_file_is_sent_in_parts() {
    let (server, alice, _) = archive(board()).await;
    let ask = async |fields: &[(&str, &str)]| ask(&server, &alice, Method::GET, fields).await;
    let tag = ask(&[]).await.header("etag").to_owned();
    for (range, place, part) in [
        ("bytes=0-3", "bytes 0-3/20", "0123"),
        ("bytes=10-", "bytes 10-19/20", "abcdefghij"),
        ("bytes=-2", "bytes 18-19/20", "ij"),
        ("Bytes=18-99", "bytes 18-19/20", "ij"),
        ("bytes=50-60, 1-2", "bytes 1-2/20", "12"),
    ] {
        let answer = ask(&[("range", range)]).await;
        assert_eq!((answer.status, &*answer.body), (206, part), "{range}");
        assert_eq!(answer.header("content-range"), place);
        assert_eq!(answer.header("content-length"), part.len().to_string());
        assert_eq!(answer.header("content-type"), "text/plain; charset=utf-8");
        assert_eq!(answer.header("etag"), tag);
        answer.has_security_headers();
    }
    let several = ask(&[("range", "bytes=0-1,-1")]).await;
    assert_eq!(several.status, 206);
    assert!(several.maybe_header("content-range").is_none());
    let media = several.header("content-type");
    let boundary = media.strip_prefix("multipart/byteranges; boundary=").expect("a boundary");
    let part = |place: &str, text: &str| {
        let media = "Content-Type: text/plain; charset=utf-8";
        format!("--{boundary}\r\n{media}\r\nContent-Range: bytes {place}/20\r\n\r\n{text}\r\n")
    };
    let expected = format!("{}{}--{boundary}--\r\n", part("0-1", "01"), part("19-19", "j"));
    assert_eq!(several.body, expected);

    for range in
        ["bytes=20-", "bytes=-0", "bytes=x", "bytes=3-2", "bytes=", "bytes 0-1", "bytes=0-,0-"]
    {
        let refused = ask(&[("range", range)]).await;
        refused.is_problem(416);
        assert_eq!(refused.header("content-range"), "bytes */20", "{range}");
    }
    ask(&[("range", "bytes=0-1"), ("range", "bytes=2-3")]).await.is_problem(416);
    assert_eq!(ask(&[("range", "lines=0-1")]).await.status, 200);

    // Another state of the file is sent whole, and a condition comes before a range.
    let weak = format!("W/{tag}");
    let date = "Sun, 06 Nov 1994 08:49:37 GMT";
    for (condition, status) in [
        (("if-range", &*tag), 206),
        (("if-range", "\"other\""), 200),
        (("if-range", &*weak), 200),
        (("if-range", date), 200),
        (("if-range", "other"), 400),
        (("if-range", "\"a\", \"b\""), 400),
        (("if-match", "\"other\""), 412),
        (("if-match", &*tag), 206),
        (("if-none-match", &*tag), 304),
    ] {
        let answer = ask(&[("range", "bytes=0-3"), condition]).await;
        assert_eq!(answer.status, status, "{condition:?}");
    }
    let malformed = ask(&[("range", "bytes=0-3"), ("if-range", "other")]).await.is_problem(400);
    assert!(malformed["detail"].as_str().is_some_and(|detail| detail.starts_with("If-Range")));
    // Without a range there is nothing that it could be about.
    assert_eq!(ask(&[("if-range", "\"other\"")]).await.body, TEXT);
}

// RFC 9110, section 12.5.1.
#[tokio::test]
async fn a_file_is_sent_to_who_can_do_with_its_kinds() {
    let (server, alice, _) = archive(board()).await;
    for (accept, status) in [
        ("text/*", 200),
        ("text/plain", 200),
        // The route sends pictures too, but this is none.
        ("image/png", 406),
        ("image/png, text/plain;q=0.1", 200),
        ("*/*", 200),
        ("application/json", 406),
        ("*/*, text/plain;q=0, image/png;q=0", 406),
    ] {
        let answer = ask(&server, &alice, Method::GET, &[("accept", accept)]).await;
        assert_eq!(answer.status, status, "{accept}");
    }
}

// What is kept in a folder is found by its name, and nothing else is.
#[tokio::test]
async fn a_kept_file_is_sent_by_its_name() {
    let folder = board();
    for (name, text) in [("a.txt", "On the board"), ("b.pdf", "%PDF"), ("secret", "x")] {
        std::fs::write(folder.join(name), text).expect("written");
    }
    #[cfg(unix)]
    std::os::unix::fs::symlink("/etc/hostname", folder.join("link.txt")).expect("a link");
    #[cfg(unix)]
    std::process::Command::new("mkfifo").arg(folder.join("pipe.txt")).status().expect("a pipe");
    std::fs::create_dir(folder.join("folder.txt")).expect("a folder");
    let (server, ..) = archive(folder.clone()).await;
    let shown = server.get("/v1/board/a.txt").await;
    assert_eq!((shown.status, &*shown.body), (200, "On the board"));
    assert_eq!(shown.header("content-disposition"), "inline");
    for name in ["b.pdf", "secret", "link.txt", "pipe.txt", "folder.txt", "none.txt", ".a.txt"] {
        server.get(&format!("/v1/board/{name}")).await.is_problem(404);
    }
    std::fs::remove_dir_all(folder).expect("removed");
}

// R118
#[tokio::test]
async fn a_file_is_documented_and_listed() {
    let (server, _, inventory) = archive(board()).await;
    let document = server.get("/openapi/v1.json").await.json();
    let operation = &document["paths"]["/v1/papers/{paper}/text"]["get"];
    for status in ["200", "206"] {
        let content = &operation["responses"][status]["content"];
        for media in ["text/plain", "image/png"] {
            assert_eq!(content[media]["schema"]["format"], "binary", "{status} {media}");
        }
        for header in ["ETag", "Accept-Ranges", "Content-Disposition"] {
            assert!(operation["responses"][status]["headers"][header].is_object(), "{header}");
        }
    }
    for status in ["304", "406", "412", "416"] {
        assert!(operation["responses"][status].is_object(), "{status}");
    }
    let parameters = operation["parameters"].as_array().expect("parameters");
    for name in ["Range", "If-Range", "If-Match", "If-None-Match"] {
        assert!(parameters.iter().any(|parameter| parameter["name"] == name), "{name}");
    }
    let lines: Vec<_> = inventory.lines().filter(|line| line.contains("get_text")).collect();
    assert!(lines.iter().any(|line| line.contains("file: text/plain | image/png")), "{inventory}");
}
