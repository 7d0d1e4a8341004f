//! Files that were written of a request: kept where its handler answered, also to nobody, and removed where it did not.

use std::{io::Write, net::TcpStream, time::Duration};

use super::*;

#[derive(ApiError, Debug)]
enum Mishap {
    #[problem(status = 409, title = "The name is taken")]
    Taken,
}

#[derive(Input)]
struct Draft {
    then: Then,
    #[input(max_bytes = 2 * KIB, kinds = [FileKind::Png])]
    picture: UploadedFile,
    #[input(items = 0..=2, each(max_bytes = 100, kinds = NOTES))]
    notes: Vec<UploadedFile>,
}

#[derive(Value, Clone, Copy)]
enum Then {
    Keep,
    Fail,
    Panic,
    Wait,
    Late,
    /// Names it where others read it, and is not done yet.
    Commit,
}

/// Keeps a draft, or not.
#[post("/drafts", version = Version::V1, role = Role::Member, timeout = Duration::from_secs(2))]
async fn add_draft(
    folder: Service<Folder>,
    ran: Service<Ran>,
    Upload(draft): Upload<Draft>,
) -> Result<Accepted, Mishap> {
    for file in draft.notes.iter().chain([&draft.picture]) {
        file.persist(&folder.0).await.expect("a folder that can be written");
    }
    ran.0.fetch_add(1, Ordering::SeqCst);
    match draft.then {
        Then::Keep => {}
        Then::Fail => return Err(Mishap::Taken),
        Then::Panic => panic!("as it was told"),
        Then::Wait => tokio::time::sleep(Duration::from_secs(60)).await,
        Then::Commit => tokio::time::sleep(Duration::from_millis(400)).await,
        Then::Late => {
            // A task of its own keeps the file that it was handed, once the request was answered.
            let (folder, picture) = (folder.0.clone(), draft.picture.clone());
            tokio::spawn(async move {
                tokio::time::sleep(Duration::from_millis(100)).await;
                picture.persist(&folder).await
            });
        }
    }
    Ok(Accepted)
}

/// Drafts.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(10_000).per_minute(), routes(add_draft))]
struct Drafts;

impl Running {
    async fn drafting() -> Self {
        Self::of(Drafts::app()).await
    }

    async fn draft(&self, then: &'static str) -> u16 {
        let note = || file(&b"Tea"[..], "a.txt", "text/plain");
        let form = Multipart::new()
            .text("then", then)
            .part("picture", file(png(10), "a.png", "image/png"))
            .part("notes", note())
            .part("notes", note());
        let request = self.server.request(Method::POST, "/v1/drafts").bearer_auth(&self.token);
        Answer::of(request.multipart(form)).await.status
    }

    /// Sends a draft, and hangs up after a while.
    fn hang_up(&self, then: &str, after: Duration) {
        let field = "Content-Disposition: form-data; name=\"then\"";
        let body = body(&[(field, then.as_bytes()), (PICTURE, &png(10))]);
        let head = format!(
            "POST /v1/drafts HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {}\r\ncontent-type: {TYPE}\r\n\
             content-length: {}\r\n\r\n",
            self.token,
            body.len()
        );
        let mut socket = TcpStream::connect(self.server.address).expect("a connection");
        socket.write_all(&[head.as_bytes(), &body].concat()).expect("it is sent");
        std::thread::sleep(after);
    }

    /// Returns the number of files once it is this one, or after five seconds.
    async fn files_in_the_end(&self, wanted: usize) -> usize {
        for _ in 0..500 {
            if self.files() == wanted {
                // What comes later shows itself.
                tokio::time::sleep(Duration::from_millis(50)).await;
                return self.files();
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        self.files()
    }
}

// R95
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_of_a_request_that_failed_are_removed() {
    let drafting = Running::drafting().await;
    assert_eq!(drafting.draft("keep").await, 202);
    assert_eq!(drafting.files_in_the_end(3).await, 3);
    for (then, status) in [("fail", 409), ("panic", 500), ("wait", 503)] {
        assert_eq!(drafting.draft(then).await, status, "{then}");
        assert_eq!(drafting.files_in_the_end(3).await, 3, "{then}");
    }
    // What is written after the answer stays as well.
    assert_eq!(drafting.draft("late").await, 202);
    assert_eq!(drafting.files_in_the_end(7).await, 7);
}

// R95
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_of_callers_who_hang_up_are_removed() {
    let drafting = Running::drafting().await;
    std::thread::scope(|scope| {
        for number in 0..30 {
            let drafting = &drafting;
            scope.spawn(move || drafting.hang_up("wait", Duration::from_millis(number * 7)));
        }
    });
    assert_eq!(drafting.files_in_the_end(0).await, 0);
    assert_eq!(drafting.draft("keep").await, 202);
    assert_eq!(drafting.files_in_the_end(3).await, 3);
}

// R95: the row that names the file is written by then, or will be.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_of_callers_who_hang_up_before_the_handler_is_done_stay() {
    let drafting = Running::drafting().await;
    std::thread::scope(|scope| {
        for number in 0..10 {
            let drafting = &drafting;
            scope.spawn(move || {
                drafting.hang_up("commit", Duration::from_millis(150 + number * 20))
            });
        }
    });
    // Each is done after 400 ms, and none is removed afterwards.
    tokio::time::sleep(Duration::from_millis(1500)).await;
    assert_eq!(drafting.files_in_the_end(10).await, 10);
}
