//! The audit stream: which events it has, how callers are named in it, and what becomes of a flood.

mod place;

use std::{
    io::{self, Write},
    sync::{Arc, Condvar, Mutex, MutexGuard},
    time::{Duration, Instant},
};

use reqwest::Method;
use secure_api::{app::AppBuilder, manage::Manage, observe::Audit, testing::secret};
use serde_json::Value;

use crate::{
    manage::{TOKEN, act, ask, at},
    support::{
        Answer, Log, TestServer,
        server::{BOBS, order},
    },
};

/// A stream in memory, which can be held.
#[derive(Clone, Default)]
struct Kept(Arc<(Mutex<Vec<u8>>, Mutex<bool>, Condvar)>);

impl Kept {
    fn text(&self) -> String {
        String::from_utf8(self.0.0.lock().expect("no panic").clone()).expect("text")
    }

    fn held(&self) -> MutexGuard<'_, bool> {
        self.0.1.lock().expect("no panic")
    }

    fn hold(&self, hold: bool) {
        *self.held() = hold;
        self.0.2.notify_all();
    }

    fn lines(&self) -> Vec<Value> {
        lines(&self.text())
    }
}

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut held = self.held();
        while *held {
            held = self.0.2.wait(held).expect("no panic");
        }
        self.0.0.lock().expect("no panic").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn lines(text: &str) -> Vec<Value> {
    assert!(text.is_empty() || text.ends_with('\n'), "{text}");
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("{line}")))
        .collect()
}

fn audited(app: AppBuilder, audit: Audit) -> AppBuilder {
    app.secret(secret!(TOKEN)).audit(audit)
}

async fn keeping(kept: &Kept) -> TestServer {
    TestServer::with(|app| audited(app, Audit::to(kept.clone()))).await
}

/// Stops a server, which writes its stream to its end.
async fn stop(mut server: TestServer) {
    server.stop().await.expect("it stops");
}

/// Waits until something is so.
async fn until(what: &str, is_so: impl Fn() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < Duration::from_secs(20), "{what}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

// R117 in part: a stream of its own, with hashed subject and address.
#[tokio::test]
async fn each_event_is_a_line_that_names_nobody() {
    let kept = Kept::default();
    let server = keeping(&kept).await;
    let alice = server.token("alice", &["customer"]);
    let auditor = server.token("alice", &["auditor"]);
    let answers = [
        server.get("/v1/orders").await,
        server.get_as(&auditor, "/v2/orders").await,
        server.get_as(&alice, &order("v2", BOBS)).await,
        server.send(Method::POST, Some(&alice), "/v2/orders", r#"{"chosen":1}"#).await,
    ];
    server.get("/nowhere?chosen=1").await.is_problem(404);
    let traced = server.request(Method::GET, "/v1/orders");
    let traced =
        traced.header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    Answer::of(traced).await.is_problem(401);
    stop(server).await;

    let lines = kept.lines();
    let events: Vec<_> = lines.iter().map(|line| line["event"].as_str().expect("text")).collect();
    assert_eq!(
        events,
        [
            "sys_startup",
            "authn_login_fail",
            "authz_fail",
            "authz_fail",
            "input_validation_fail",
            "authn_login_fail",
            "sys_shutdown"
        ]
    );
    for (line, answer) in lines[1..].iter().zip(&answers) {
        assert_eq!(line["request_id"], answer.header("x-request-id"));
        assert_eq!(line["datetime"], "2026-09-21T14:13:20.000000Z");
        assert_eq!(line["appid"], "Depot");
        assert_eq!(line["address"].as_str().map(str::len), Some(32), "{line}");
        assert_eq!(line["trace_id"].as_str().map(str::len), Some(32), "{line}");
        assert!(!line["reason"].as_str().expect("text").is_empty(), "{line}");
        assert!(line["problem"].as_str().expect("text").starts_with("urn:problem-type:"), "{line}");
    }
    assert_eq!(lines[1]["operation"], "list_orders");
    assert_eq!(lines[1]["version"], "v1");
    assert_eq!(lines[1]["request_method"], "GET");
    assert_eq!((&lines[1]["status"], &lines[1]["level"]), (&401.into(), &"WARN".into()));
    assert_eq!((&lines[2]["status"], &lines[2]["level"]), (&403.into(), &"CRITICAL".into()));
    assert_eq!(lines[1].get("subject"), None);
    // One caller is one, whatever happens.
    assert_eq!(lines[2]["subject"].as_str().map(str::len), Some(32));
    assert_eq!(lines[2]["subject"], lines[4]["subject"]);
    assert_eq!(lines[5]["trace_id"], "0af7651916cd43dd8448eb211c80319c");
    for told in ["alice", "127.0.0.1", "chosen", "Bearer", &alice] {
        assert!(!kept.text().contains(told), "{told}: {}", kept.text());
    }
}

// The hashes are the app's, so that they are the same on each machine and nobody else can make them.
#[tokio::test]
async fn the_hashes_are_those_of_the_secret() {
    let of = async |key: &'static str| {
        let kept = Kept::default();
        let server =
            TestServer::with(|app| app.secret(secret!(key)).audit(Audit::to(kept.clone()))).await;
        let auditor = server.token("alice", &["auditor"]);
        server.get_as(&auditor, "/v2/orders").await.is_problem(403);
        stop(server).await;
        let lines = kept.lines();
        (lines[1]["subject"].clone(), lines[1]["address"].clone())
    };
    let (one, again, other) =
        (of(TOKEN).await, of(TOKEN).await, of("nR3+w8Lc6Kz1Jv0Ty5Mb9Qx4Ga7Hd2Se").await);
    assert_eq!(one, again);
    assert_ne!(one.0, other.0);
    assert_ne!(one.1, other.1);
    assert_ne!(one.0, one.1);
}

// The subject in both is one, so that a line leads to the other.
#[tokio::test]
async fn a_subject_is_the_one_of_the_log() {
    let log = Log::capture();
    let kept = Kept::default();
    let server = keeping(&kept).await;
    let auditor = server.token("alice", &["auditor"]);
    server.get_as(&auditor, "/v2/orders").await.is_problem(403);
    stop(server).await;
    let subject = kept.lines()[1]["subject"].as_str().expect("a subject").to_owned();
    assert_eq!(log.lines_with(&["authz_fail", &subject]).len(), 1, "{}", log.text());
}

#[tokio::test]
async fn what_is_done_on_the_management_listener_is_told() {
    let kept = Kept::default();
    let manage = || Manage::at("127.0.0.1:0");
    let server =
        TestServer::with(|app| audited(app, Audit::to(kept.clone())).manage(manage())).await;
    let reason = "nobody knows whose it is";
    assert_eq!(act(&server, "close", "get_order", reason).await.status, 303);
    assert_eq!(act(&server, "open", "get_order", reason).await.status, 303);
    stop(server).await;
    let done = ["an operation was closed", "an operation was opened"];
    for (line, done) in kept.lines()[1..3].iter().zip(done) {
        assert_eq!(line["event"], "authz_admin", "{line}");
        assert_eq!((&line["description"], &line["reason"]), (&done.into(), &reason.into()));
        assert_eq!(line["operation"], "get_order");
        assert!(!line["by"].as_str().expect("text").is_empty());
    }

    let kept = Kept::default();
    let manage = manage().token(secret!(TOKEN));
    let server = TestServer::with(|app| audited(app, Audit::to(kept.clone())).manage(manage)).await;
    assert_eq!(ask(at(&server), "/inventory", "authorization: Bearer wrong\r\n").await.status, 401);
    stop(server).await;
    let line = &kept.lines()[1];
    assert_eq!((&line["event"], &line["page"]), (&"authn_login_fail".into(), &"/inventory".into()));
    assert_eq!(line["address"].as_str().map(str::len), Some(32));
    assert_eq!(line["reason"], "the management listener was asked with a wrong token");
    assert!(!kept.text().contains("127.0.0.1"), "{}", kept.text());
}

// Rows that a query should not have found are a line, with who asked and how many, and none of what is in them.
#[tokio::test]
async fn rows_that_are_left_out_are_told() {
    let kept = Kept::default();
    let server = keeping(&kept).await;
    let alice = server.token("alice", &["customer"]);
    let answer = server.get_as(&alice, "/v2/orders-of-all").await;
    answer.has_status(200);
    // The subject as another event of hers has it.
    server.get_as(&alice, &order("v2", BOBS)).await.is_problem(404);
    stop(server).await;
    let lines = kept.lines();
    let [_, rows, denied, _] = &lines[..] else { panic!("{}", kept.text()) };
    assert_eq!((&rows["event"], &rows["count"]), (&"authz_fail".into(), &1.into()), "{rows}");
    assert_eq!(rows["operation"], "list_carelessly");
    assert_eq!(rows["request_id"], answer.header("x-request-id"));
    assert_eq!(rows["subject"].as_str().map(str::len), Some(32), "{rows}");
    assert_eq!(rows["subject"], denied["subject"]);
    assert!(!kept.text().contains("bob"), "{}", kept.text());
}

// Nothing is lost in silence: what finds no room is counted, and told where it is missing.
#[tokio::test]
async fn a_flood_leaves_a_gap_that_is_told_and_hides_no_caller_who_is_known() {
    let kept = Kept::default();
    let server = TestServer::with(|app| {
        audited(app, Audit::to(kept.clone())).limit_scale(1000).manage(Manage::at("127.0.0.1:0"))
    })
    .await;
    until("it has begun", || kept.lines().len() == 1).await;
    kept.hold(true);
    let flood = 4096 - 1024 + 50;
    for _ in 0..flood {
        server.get("/v1/orders").await.has_status(401);
    }
    let auditor = server.token("alice", &["auditor"]);
    server.get_as(&auditor, "/v2/orders").await.is_problem(403);
    kept.hold(false);
    let told = ask(at(&server), "/metrics", "").await.body;
    stop(server).await;

    let lines = kept.lines();
    let of = |event: &str| lines.iter().filter(|line| line["event"] == event).count() as u64;
    let gaps: Vec<_> =
        lines.iter().filter(|line| line["event"] == "sys_monitor_disabled").collect();
    let [gap] = &gaps[..] else { panic!("{gaps:#?}") };
    let lost = gap["lost"]["authn_login_fail"].as_u64().expect("a number");
    assert_eq!(gap["count"], lost);
    assert!(lost >= 40, "{gap}");
    assert_eq!(of("authn_login_fail") + lost, flood as u64);
    // Who is known has room of its own.
    assert_eq!(of("authz_fail"), 1);
    assert_eq!(lines.last().expect("a line")["event"], "sys_shutdown");
    let of_collectors = format!("secure_api_audit_losses_total {lost}\n");
    assert!(told.contains(&of_collectors), "{of_collectors}: {told}");
}
