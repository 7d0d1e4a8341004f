//! Closing and opening by hand: what it does, and what of it is remembered.

use secure_api::{app::AppBuilder, clock::Clock, manage::Manage, testing::secret};

use super::{
    TOKEN, ask, at,
    closing::{act, act_as, csrf_token},
    console::{facts, page},
};
use crate::support::{
    Counted, Folder, Log, TestServer,
    server::{ALICES, START, app, order, stocked},
};

const REASON: &str = "its answer had too much in it";

// R99 in part: closed by hand at once, in all versions, and opened again; each is told to the log and in the console.
#[tokio::test]
async fn an_operation_is_closed_and_opened_by_hand() {
    let log = Log::capture();
    let server = super::managed().await;
    let alice = server.token("alice", &["customer"]);
    let answers = async |status: u16| {
        for version in ["v1", "v2"] {
            server.get_as(&alice, &order(version, ALICES)).await.has_status(status);
        }
    };
    answers(200).await;
    let closed = act(&server, "close", "get_order", REASON).await;
    assert_eq!((closed.status, closed.header("location")), (303, "/console/closed"), "{closed:#?}");
    answers(410).await;
    server.get_as(&alice, &order("v2", ALICES)).await.is_problem(410);
    server.get_as(&alice, "/v2/orders").await.has_status(200);
    let told =
        log.lines_with(&["WARN secure_api::audit", "an operation was closed", "get_order", REASON]);
    assert!(
        matches!(&told[..], [line] if line.contains("by=\"the console, on this machine\" at=1790000000")),
        "{told:?}"
    );

    let shown = page(&server, "/console/closed").await;
    for part in [
        "<h3><code>get_order</code></h3>",
        REASON,
        "the console, on this machine",
        "Open <code>get_order</code>",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let operations = page(&server, "/console/operations").await;
    assert!(operations.contains("It is closed, by the console, on this machine: "), "{operations}");
    assert!(!operations.contains("Close <code>get_order</code>"));
    assert!(page(&server, "/console").await.contains("One operation is closed before its sunset."));

    assert_eq!(
        act(&server, "open", "get_order", "the answer is as it should be").await.status,
        303
    );
    answers(200).await;
    assert_eq!(
        log.lines_with(&["secure_api::audit", "an operation was opened", "get_order"]).len(),
        1
    );
    let told = facts(&server, "/console/closed").await;
    assert_eq!(told["closed"], serde_json::json!([]));
    let acts = told["acts"].as_array().expect("a list");
    let acts: Vec<_> =
        acts.iter().map(|act| (act["opened"].as_bool(), act["reason"].as_str())).collect();
    assert_eq!(
        acts,
        [(Some(true), Some("the answer is as it should be")), (Some(false), Some(REASON))]
    );
}

#[tokio::test]
async fn nothing_is_done_twice_or_to_what_is_not_there() {
    let server =
        TestServer::with(|app| app.manage(Manage::at("127.0.0.1:0").token(secret!(TOKEN)))).await;
    let program = format!("authorization: Bearer {TOKEN}\r\n");
    for (what, operation, status) in [
        ("close", "get_ordre", 404),
        ("open", "get_ordre", 404),
        ("open", "get_order", 409),
        ("close", "get_order", 303),
        ("close", "get_order", 409),
    ] {
        let answer = act_as(&server, &program, what, operation, REASON, "").await;
        assert_eq!(answer.status, status, "{what} {operation}: {answer:#?}");
    }
    let told = ask(at(&server), "/console/closed.json", &program).await.json();
    assert_eq!(told["acts"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn a_reason_is_demanded() {
    let server = super::managed().await;
    let long = format!("its answer had too much {}", "in it ".repeat(60));
    for reason in [
        "",
        " ",
        "x",
        "todo",
        "its answer had\nsecure_api::audit too much",
        "its answer \u{202e}dah too much in it",
        &*long,
    ] {
        let answer = act(&server, "close", "get_order", reason).await;
        assert_eq!(answer.status, 422, "{reason}: {answer:#?}");
        assert!(answer.body.contains("role=\"alert\">Say why, in a sentence"), "{}", answer.body);
    }
    // It is not lost, and not taken for more than a text.
    let again =
        act(&server, "close", "get_order", "\"><script>alert(1)</script> was found there").await;
    assert_eq!(again.status, 303, "it has words");
    let shown = page(&server, "/console/closed").await;
    assert!(
        shown.contains("&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt; was found there"),
        "{shown}"
    );
    let refused = act(&server, "close", "get_part", "<script>").await;
    assert!(
        refused.body.contains("value=\"&lt;script&gt;\"") && !refused.body.contains("<script"),
        "{}",
        refused.body
    );
    assert_eq!(facts(&server, "/console/closed").await["acts"].as_array().map(Vec::len), Some(1));
}

/// Returns an app whose inventory is kept.
fn kept(app: AppBuilder, folder: &Folder) -> AppBuilder {
    app.secret(secret!(TOKEN))
        .inventory_file(folder.path().join("inventory.json"))
        .manage(Manage::at("127.0.0.1:0"))
}

// Kept at once: a process that is killed has not forgotten it.
#[tokio::test]
async fn what_was_closed_by_hand_is_closed_after_a_restart() {
    let folder = Folder::made("closed-by-hand");
    let before = TestServer::with(|app| kept(app, &folder)).await;
    assert_eq!(act(&before, "close", "get_order", REASON).await.status, 303);
    // The first one was never told to stop, so all that it kept it had kept before it answered.
    let after = TestServer::with(|app| kept(app, &folder)).await;
    let alice = after.token("alice", &["customer"]);
    after.get_as(&alice, &order("v2", ALICES)).await.is_problem(410);
    let shown = page(&after, "/console/closed").await;
    assert!(
        shown.contains(REASON) && shown.contains("stays closed when the app is started again"),
        "{shown}"
    );
    assert_eq!(act(&after, "open", "get_order", "the answer is as it should be").await.status, 303);
    let last = TestServer::with(|app| kept(app, &folder)).await;
    last.get_as(&alice, &order("v2", ALICES)).await.has_status(200);
    assert_eq!(facts(&last, "/console/closed").await["acts"].as_array().map(Vec::len), Some(2));
    drop(before);
    let shown = page(&super::managed().await, "/console/closed").await;
    assert!(shown.contains("open again when the process ends"), "{shown}");
}

// R101 in part: what is closed on one machine is closed on another one from its first request on.
#[tokio::test]
async fn a_machine_that_starts_serves_nothing_that_is_closed() {
    let counted = Counted::new(&Clock::manual(START));
    let sharing = async |why: Option<&str>| {
        let change = |app: AppBuilder| {
            let app = app.secret(secret!(TOKEN)).ledger(counted.ledger.clone()).inventory_shared();
            let app = app.manage(Manage::at("127.0.0.1:0"));
            if let Some(why) = why { app.reopen("get_order", why) } else { app }
        };
        TestServer::with(change).await
    };
    let one = sharing(None).await;
    assert_eq!(act(&one, "close", "get_order", REASON).await.status, 303);
    let other = sharing(None).await;
    other.get(&order("v2", ALICES)).await.is_problem(410);
    assert_eq!(ask(at(&other), "/readyz", "").await.status, 200);
    // Nobody knows what is closed.
    counted.lose(true);
    let blind = sharing(None).await;
    let answer = ask(at(&blind), "/readyz", "").await;
    assert_eq!(answer.status, 503, "{answer:#?}");
    assert!(answer.body.contains("the live inventory was not read yet"), "{}", answer.body);
    counted.lose(false);
    // The program opens it, and does not undo what is closed after that.
    let why = "the answer is as it should be";
    let opened = sharing(Some(why)).await;
    opened.get(&order("v2", ALICES)).await.has_status(401);
    assert_eq!(act(&opened, "close", "get_order", REASON).await.status, 303);
    sharing(Some(why)).await.get(&order("v2", ALICES)).await.is_problem(410);
}

#[tokio::test]
async fn what_cannot_be_kept_is_told() {
    let folder = Folder::made("closed-and-lost");
    let server = TestServer::with(|app| {
        kept(app, &folder).inventory_file(folder.path().join("no/such/folder/inventory.json"))
    })
    .await;
    let answer = act(&server, "close", "get_order", REASON).await;
    assert_eq!(answer.status, 500, "{answer:#?}");
    assert!(answer.body.contains("could not be kept yet: that is tried again"), "{}", answer.body);
    server.get(&order("v2", ALICES)).await.is_problem(410);
}

// The program's word is the last one, also where somebody closed it by hand before.
#[tokio::test]
async fn what_the_program_closes_is_not_opened_by_hand() {
    let folder = Folder::made("closed-by-both");
    let by_hand = TestServer::with(|app| kept(app, &folder)).await;
    assert_eq!(act(&by_hand, "close", "get_order", "a copy was found elsewhere").await.status, 303);
    let server = TestServer::with(|app| kept(app, &folder).close("get_order", REASON)).await;
    let shown = page(&server, "/console/closed").await;
    assert!(shown.contains("The program closes it, so it is not opened here"), "{shown}");
    assert!(!shown.contains("action=\"/console/open\""), "{shown}");
    let answer = act_as(
        &server,
        "",
        "open",
        "get_order",
        REASON,
        &csrf_token(&server, "close", "get_part").await,
    )
    .await;
    assert_eq!(answer.status, 403, "a token of another form");
    let bearer = TestServer::with(|app| {
        kept(app, &folder)
            .manage(Manage::at("127.0.0.1:0").token(secret!(TOKEN)))
            .close("get_order", REASON)
    })
    .await;
    let line = format!("authorization: Bearer {TOKEN}\r\n");
    let answer = act_as(&bearer, &line, "open", "get_order", REASON, "").await;
    assert_eq!(answer.status, 409, "{answer:#?}");
    assert!(answer.body.contains("remove its close(…)"), "{}", answer.body);
    bearer.get(&order("v2", ALICES)).await.is_problem(410);
}

// Opened again by whoever cannot reach the console.
#[tokio::test]
async fn the_program_opens_what_was_closed_by_hand() {
    let log = Log::capture();
    let folder = Folder::made("opened-by-the-program");
    let by_hand = TestServer::with(|app| kept(app, &folder)).await;
    assert_eq!(act(&by_hand, "close", "get_order", REASON).await.status, 303);
    let why = "the answer is as it should be";
    let server = TestServer::with(|app| kept(app, &folder).reopen("get_order", why)).await;
    let alice = server.token("alice", &["customer"]);
    server.get_as(&alice, &order("v2", ALICES)).await.has_status(200);
    let told =
        log.lines_with(&["secure_api::audit", "an operation was opened", why, "the configuration"]);
    assert_eq!(told.len(), 1);
    let codes = |change: fn(AppBuilder) -> AppBuilder| {
        let error = change(app(&stocked(), &Clock::manual(0))).build().expect_err("no start");
        error.problems().iter().map(|problem| problem.code).collect::<Vec<_>>()
    };
    assert_eq!(codes(|app| app.reopen("get_ordre", "the answer is as it should be")), ["SA229"]);
    assert_eq!(codes(|app| app.reopen("get_order", "x")), ["SA229"]);
    let both: fn(AppBuilder) -> AppBuilder =
        |app| app.close("get_order", REASON).reopen("get_order", "the answer is as it should be");
    assert_eq!(codes(both), ["SA229"]);
}
