//! The place of the audit stream: a disk that is full, a file that is moved away, and an app without either.

use std::{
    fs::{self, File},
    io::{self, BufRead, BufReader, Write},
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

use secure_api::{app::AppBuilder, clock::Clock, observe::Audit};

use super::{Kept, audited, lines, stop, until};
use crate::support::{
    Folder, Log, TestServer,
    server::{app, stocked},
};

/// A writer that fails while it is told to, and counts how often it did.
#[derive(Clone, Default)]
struct Failing(Kept, Arc<AtomicBool>, Arc<AtomicUsize>);

impl Write for Failing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.1.load(Ordering::SeqCst) {
            self.2.fetch_add(1, Ordering::SeqCst);
            return Err(io::ErrorKind::StorageFull.into());
        }
        // A part of it, as a disk that is nearly full.
        self.0.write(&bytes[..bytes.len().min(7)])
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn what_cannot_be_written_waits_until_it_can() {
    let failing = Failing::default();
    let server = TestServer::with(|app| audited(app, Audit::to(failing.clone()))).await;
    until("it has begun", || failing.0.lines().len() == 1).await;
    failing.1.store(true, Ordering::SeqCst);
    let first = server.get("/v1/orders").await;
    let second = server.get("/v1/orders").await;
    until("it is tried again", || failing.2.load(Ordering::SeqCst) > 1).await;
    failing.1.store(false, Ordering::SeqCst);
    stop(server).await;
    let lines = failing.0.lines();
    assert_eq!(lines.len(), 4);
    assert_eq!(lines[1]["request_id"], first.header("x-request-id"));
    assert_eq!(lines[2]["request_id"], second.header("x-request-id"));
}

fn file(folder: &Folder) -> PathBuf {
    folder.path().join("audit.jsonl")
}

#[tokio::test]
async fn a_file_that_is_moved_away_is_begun_anew() {
    let folder = Folder::made("audit");
    let server = TestServer::with(|app| audited(app, Audit::file(file(&folder)))).await;
    let read = |path: PathBuf| lines(&fs::read_to_string(path).unwrap_or_default());
    server.get("/v1/orders").await.is_problem(401);
    until("it is written", || read(file(&folder)).len() == 2).await;
    let moved = folder.path().join("audit.jsonl.1");
    fs::rename(file(&folder), &moved).expect("it is moved");
    let after = server.get("/v1/orders").await;
    stop(server).await;
    assert_eq!(read(moved).len(), 2);
    let lines = read(file(&folder));
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0]["request_id"], after.header("x-request-id"));
}

// It goes on with a file that is there, which others cannot read.
#[cfg(unix)]
#[tokio::test]
async fn a_file_is_added_to_and_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;

    let folder = Folder::made("audit");
    for _ in 0..2 {
        stop(TestServer::with(|app| audited(app, Audit::file(file(&folder)))).await).await;
    }
    assert_eq!(lines(&fs::read_to_string(file(&folder)).expect("text")).len(), 4);
    let there = fs::metadata(file(&folder)).expect("it is there");
    assert_eq!(there.permissions().mode() & 0o777, 0o600);
}

fn refused(app: AppBuilder) -> Vec<&'static str> {
    let error = app.build().expect_err("it does not start");
    error.problems().iter().map(|problem| problem.code).collect()
}

#[test]
fn an_app_does_not_start_without_its_stream_or_its_secret() {
    let folder = Folder::made("audit");
    let begun = || app(&stocked(), &Clock::manual(0));
    let nowhere = folder.path().join("no/audit.jsonl");
    assert_eq!(refused(audited(begun(), Audit::file(nowhere))), ["SA237"]);
    assert_eq!(refused(begun().audit(Audit::to(Kept::default()))), ["SA238"]);
}

// A look at an app, or a start that fails, leaves the disk as it is: whoever looks may be another user than the one who serves.
#[test]
fn what_does_not_start_begins_no_file() {
    let folder = Folder::made("audit");
    let begun = |path: PathBuf| audited(app(&stocked(), &Clock::manual(0)), Audit::file(path));
    let codes = |app: AppBuilder| {
        let problems = app.check().problems;
        problems.iter().map(|problem| problem.code).collect::<Vec<_>>()
    };
    let is_empty = || fs::read_dir(folder.path()).expect("a folder").next().is_none();
    assert_eq!(codes(begun(file(&folder))), [""; 0]);
    assert!(is_empty(), "it was only looked at");
    assert_eq!(refused(begun(file(&folder)).hosts(["no host"])), ["SA221"]);
    assert!(is_empty(), "it did not start");
    // What could not be written is told by a look, too.
    assert_eq!(codes(begun(folder.path().join("no/audit.jsonl"))), ["SA237"]);
    assert_eq!(codes(begun(folder.path().to_owned())), ["SA237"]);
    // One that is there stays as it is.
    fs::write(file(&folder), "{}\n").expect("a file");
    assert_eq!(codes(begun(file(&folder))), [""; 0]);
    assert_eq!(fs::read_to_string(file(&folder)).expect("text"), "{}\n");
    assert!(begun(file(&folder)).build().is_ok());
}

// A pipe that nobody reads would keep the start waiting.
#[cfg(unix)]
#[tokio::test]
async fn a_pipe_is_a_place_while_somebody_reads_it() {
    let folder = Folder::made("audit");
    let made = std::process::Command::new("mkfifo").arg(file(&folder)).status();
    assert!(made.expect("a command").success());
    let begun = || audited(app(&stocked(), &Clock::manual(0)), Audit::file(file(&folder)));
    let problem = begun().build().map(|_| ()).expect_err("nobody reads it");
    let [problem] = problem.problems() else { panic!("{problem}") };
    assert_eq!(problem.code, "SA237");
    assert!(problem.text.ends_with("it is a pipe that nobody reads"), "{}", problem.text);
    // Opened for both, it waits for nobody.
    let reads = File::options().read(true).write(true).open(file(&folder)).expect("a pipe");
    let server = TestServer::with(|app| audited(app, Audit::file(file(&folder)))).await;
    stop(server).await;
    let mut line = String::new();
    BufReader::new(reads).read_line(&mut line).expect("it was written");
    assert!(line.contains("sys_startup"), "{line}");
}

// What a crash left of a line is no line, and spoils none.
#[tokio::test]
async fn a_line_that_is_torn_is_gone_on_behind() {
    let log = Log::capture();
    let folder = Folder::made("audit");
    fs::write(file(&folder), "{\"event\":\"authn_lo").expect("a file");
    stop(TestServer::with(|app| audited(app, Audit::file(file(&folder)))).await).await;
    let text = fs::read_to_string(file(&folder)).expect("text");
    let (torn, rest) = text.split_once('\n').expect("a line");
    assert_eq!((torn, lines(rest).len()), ("{\"event\":\"authn_lo", 2));
    assert_eq!(log.lines_with(&["secure_api::audit", "is torn"]).len(), 1, "{}", log.text());
}

// A server of somebody else's does not say that it stops.
#[tokio::test]
async fn an_app_in_a_server_of_its_own_tells_its_end() {
    let kept = Kept::default();
    let app = audited(app(&stocked(), &Clock::manual(0)), Audit::to(kept.clone()));
    let router = app.build().expect("an app that starts").router();
    until("it has begun", || kept.lines().len() == 1).await;
    drop(router);
    until("it has ended", || kept.lines().len() == 2).await;
    assert_eq!(kept.lines()[1]["event"], "sys_shutdown");
    assert_eq!(kept.lines()[1]["description"], "the app is gone");
}

// It is said at each start, and in other words than what somebody does.
#[tokio::test]
async fn what_the_program_closes_is_told_as_closed_from_the_start() {
    let kept = Kept::default();
    let reason = "its answer had too much in it";
    let close = |app: AppBuilder| app.close("get_order", reason);
    stop(TestServer::with(|app| close(audited(app, Audit::to(kept.clone())))).await).await;
    let line = &kept.lines()[0];
    assert_eq!((&line["event"], &line["reason"]), (&"authz_admin".into(), &reason.into()));
    assert_eq!(line["description"], "an operation is closed from the start");
    assert_eq!(
        (&line["by"], &line["operation"]),
        (&"the configuration".into(), &"get_order".into())
    );
}
