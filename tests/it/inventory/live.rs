//! The live inventory: what is called, by whom, and what is called that is not there.

use std::{path::Path, time::Duration};

use reqwest::Method;
use secure_api::{
    app::AppBuilder,
    clock::Clock,
    inventory::{LiveInventory, LiveOperation, LoggedOperation},
    manage::Manage,
    testing::secret,
};

use crate::{
    manage::{TOKEN, ask, at},
    support::{
        Answer, Log, TestServer,
        folder::Folder,
        server::{ALICES, app, order, stocked},
        token::ISSUER,
    },
};

pub(super) async fn seen(server: &TestServer) -> LiveInventory {
    let answer = ask(at(server), "/inventory", "").await;
    serde_json::from_str(&answer.body).unwrap_or_else(|error| panic!("{error}: {answer:#?}"))
}

pub(super) fn of<'a>(seen: &'a LiveInventory, operation: &str, version: &str) -> &'a LiveOperation {
    let mut operations = seen.operations.iter();
    let is_it = |one: &&LiveOperation| one.operation == operation && one.version == version;
    operations.find(is_it).expect("an operation")
}

fn kept(app: AppBuilder, file: &Path) -> AppBuilder {
    app.secret(secret!(TOKEN)).inventory_file(file).manage(Manage::at("127.0.0.1:0"))
}

// R101
#[tokio::test]
async fn calls_are_known_by_operation_version_and_client() {
    let server = TestServer::with(|app| app.manage(Manage::at("127.0.0.1:0"))).await;
    let (alice, bob) = (server.token("alice", &["customer"]), server.token("bob", &["customer"]));
    for _ in 0..3 {
        server.get_as(&alice, &order("v2", ALICES)).await.has_status(200);
    }
    server.get_as(&bob, &order("v2", ALICES)).await.has_status(404);
    server.get(&order("v2", ALICES)).await.has_status(401);
    let seen = seen(&server).await;
    let called = of(&seen, "get_order", "v2");
    let calls: Vec<_> = called.clients.iter().map(|client| client.calls).collect();
    assert_eq!((called.calls, &calls[..], called.others), (4, &[3, 1][..], 0));
    assert_eq!(called.strangers, 1, "nobody knows whose that was");
    let refused: Vec<_> = called.refused.values().collect();
    assert_eq!(refused, [&1, &1]);
    assert!(called.first.is_some() && called.last >= called.first);
    let text = format!("{seen:?}");
    assert!(!text.contains("alice") && !text.contains("127.0.0.1"), "nobody is named: {text}");
    assert_eq!(of(&seen, "get_order", "v1").calls, 0);
}

// R101 in part: a client of a log is that of the live inventory, where the secret is.
#[tokio::test]
async fn a_client_without_a_name_has_one_hash_here_and_in_a_log() {
    let manage = || Manage::at("127.0.0.1:0");
    let server = TestServer::with(|app| app.secret(secret!(TOKEN)).manage(manage())).await;
    server.get("/v2/parts/BOLT").await.has_status(200);
    let alice = server.token("alice", &["customer"]);
    server.get_as(&alice, "/v2/orders").await.has_status(200);
    let seen = seen(&server).await;
    let line =
        "127.0.0.1 - - [29/Nov/2026:20:42:26 +0000] \"GET /v2/parts/BOLT HTTP/1.1\" 200 12\n";
    let logged = |app: AppBuilder| {
        let traffic = app.traffic_in(line.as_bytes()).expect("memory can be read");
        let called = |one: &&LoggedOperation| one.calls > 0;
        traffic.operations.iter().find(called).expect("it is there").clients[0].client.clone()
    };
    let plain = || app(&stocked(), &Clock::manual(0));
    assert_eq!(
        logged(plain().secret(secret!(TOKEN))),
        of(&seen, "get_part", "v2").clients[0].client
    );
    assert_ne!(logged(plain()), logged(plain()), "without a secret nobody finds it again");
    // An operator who knows the callers finds one by its hash.
    let own = plain().secret(secret!(TOKEN));
    let hash = own.live_client(ISSUER, None, "alice");
    assert_eq!(hash.as_ref(), Some(&of(&seen, "list_orders", "v2").clients[0].client));
    let address = own.live_address("127.0.0.1".parse().expect("an address"));
    assert_eq!(address.as_ref(), Some(&of(&seen, "get_part", "v2").clients[0].client));
    assert_eq!(plain().live_client(ISSUER, None, "alice"), None);
}

// R101: deprecated, yet called. It is told once.
#[tokio::test]
async fn what_is_deprecated_and_called_is_a_zombie() {
    let log = Log::capture();
    let server = TestServer::with(|app| app.manage(Manage::at("127.0.0.1:0"))).await;
    let alice = server.token("alice", &["customer"]);
    for _ in 0..2 {
        server.get_as(&alice, &order("v1", ALICES)).await.has_status(200);
        server.get_as(&alice, &order("v2", ALICES)).await.has_status(200);
    }
    let found = seen(&server).await;
    let zombies: Vec<_> =
        found.zombies().map(|zombie| (&*zombie.operation, &*zombie.version)).collect();
    assert_eq!(zombies, [("get_order", "v1")]);
    assert_eq!(log.lines_with(&["a zombie", "get_order"]).len(), 1);
    let metrics = ask(at(&server), "/metrics", "").await.body;
    assert!(metrics.contains("secure_api_inventory_found_total{kind=\"zombie\"} 1"), "{metrics}");
    // R99: past its sunset it answers 410, and who calls it is known all the same.
    server.clock.advance(Duration::from_secs(10 * 365 * 86_400));
    server.get(&order("v1", ALICES)).await.is_problem(410);
    assert_eq!(of(&seen(&server).await, "get_order", "v1").calls, 3);
}

// R101: documented, unseen.
#[tokio::test]
async fn what_nobody_calls_is_an_orphan_after_a_while() {
    let server = TestServer::with(|app| app.manage(Manage::at("127.0.0.1:0"))).await;
    server.get("/v2/parts/BOLT").await.has_status(200);
    let (found, day) = (seen(&server).await, 86_400);
    let now = found.since + 5 * day;
    let orphans: Vec<_> = found.orphans(now, 4).map(|orphan| &*orphan.operation).collect();
    assert!(orphans.contains(&"get_order"));
    // It is not known of one that was not watched for that long.
    assert_eq!(found.orphans(now, 30).count(), 0);
    let called = of(&found, "get_part", "v2");
    assert!(called.last.is_some());
    assert!(!found.orphans(found.since + 5 * day, 5).any(|orphan| orphan == called));
}

// R101: each orphan is told once, until somebody calls it.
#[tokio::test]
async fn an_orphan_is_told_once() {
    let log = Log::capture();
    let server = TestServer::with(|app| app.manage(Manage::at("127.0.0.1:0"))).await;
    let day = Duration::from_secs(86_400);
    server.clock.advance(29 * day);
    server.get("/v2/parts/BOLT").await.has_status(200);
    assert_eq!(seen(&server).await.operations.iter().filter_map(|one| one.orphan_since).count(), 0);
    server.clock.advance(2 * day);
    let told = |of: &str| log.lines_with(&["an orphan", of, "secure_api::inventory"]).len();
    let found = seen(&server).await;
    assert_eq!(of(&found, "get_part", "v2").orphan_since, None);
    assert!(of(&found, "get_order", "v2").orphan_since.is_some());
    let metrics = ask(at(&server), "/metrics", "").await.body;
    let orphans = found.operations.len() - 1;
    let line = format!("secure_api_inventory_found_total{{kind=\"orphan\"}} {orphans}");
    assert!(metrics.contains(&line), "{line} in {metrics}");
    assert_eq!((told("get_order"), told("get_part")), (2, 1), "each in two versions");
    let alice = server.token("alice", &["customer"]);
    server.get_as(&alice, &order("v2", ALICES)).await.has_status(200);
    assert_eq!(of(&seen(&server).await, "get_order", "v2").orphan_since, None);
    server.clock.advance(31 * day);
    seen(&server).await;
    assert_eq!((told("get_order"), told("get_part")), (3, 2));
}

// R101: unmatched paths that several clients ask for, and not what a scanner asks everybody.
#[tokio::test]
async fn what_several_clients_miss_is_a_shadow() {
    let log = Log::capture();
    let server =
        TestServer::with(|app| app.proxies(["127.0.0.0/8"]).manage(Manage::at("127.0.0.1:0")))
            .await;
    let from = async |address: &str, path: &str| {
        let request = server.request(Method::GET, path).header("x-forwarded-for", address);
        Answer::of(request).await.has_status(404);
    };
    from("192.0.2.1", "/v2/invoices/4711").await;
    from("192.0.2.1", "/v2/invoices/4712").await;
    assert_eq!(seen(&server).await.shadows().count(), 0, "one client may have mistyped it");
    from("192.0.2.2", "/v2/invoices/4713").await;
    for address in ["192.0.2.1", "192.0.2.2"] {
        from(address, "/.env").await;
        from(address, "/wp-login.php").await;
    }
    let found = seen(&server).await;
    let shadows: Vec<_> = found.shadows().map(|shadow| (&*shadow.path, shadow.calls)).collect();
    assert_eq!(shadows, [("/v2/invoices/{id}", 3)]);
    assert_eq!(found.unmatched.iter().filter(|path| path.noise).count(), 2);
    assert_eq!(log.lines_with(&["a shadow", "/v2/invoices/{id}"]).len(), 1);
}

#[tokio::test]
async fn a_scanner_does_not_fill_the_memory() {
    let server =
        TestServer::with(|app| app.limit_scale(1000).manage(Manage::at("127.0.0.1:0"))).await;
    for number in 0..700 {
        let word: String =
            format!("{number}").bytes().map(|digit| char::from(digit + 49)).collect();
        server.get(&format!("/v2/x{word}")).await.has_status(404);
    }
    assert_eq!(seen(&server).await.unmatched.len(), 512);
}

#[tokio::test]
async fn it_is_kept_through_restarts() {
    let folder = Folder::made("live");
    let file = folder.path().join("inventory.json");
    let run = async || {
        let mut server = TestServer::with(|app| kept(app, &file)).await;
        let alice = server.token("alice", &["customer"]);
        server.get_as(&alice, &order("v1", ALICES)).await.has_status(200);
        let seen = seen(&server).await;
        server.stop().await.expect("it does not panic");
        seen
    };
    let (first, second) = (run().await, run().await);
    let (one, two) = (of(&first, "get_order", "v1"), of(&second, "get_order", "v1"));
    assert_eq!((one.calls, two.calls), (1, 2));
    assert_eq!(two.clients.len(), 1, "a client has one name in both");
    assert_eq!((two.clients[0].calls, one.zombie_since), (2, two.zombie_since));
}

// R99 in part: closed without a new build, and told.
#[tokio::test]
async fn an_operation_is_closed_before_its_sunset() {
    let log = Log::capture();
    let server = TestServer::with(|app| {
        app.close("get_order", "its answer had too much in it").manage(Manage::at("127.0.0.1:0"))
    })
    .await;
    let alice = server.token("alice", &["customer"]);
    for version in ["v1", "v2"] {
        server.get_as(&alice, &order(version, ALICES)).await.is_problem(410);
    }
    server.get_as(&alice, "/v2/orders").await.has_status(200);
    let closed = &seen(&server).await.closed[0];
    assert_eq!(
        (&*closed.operation, &*closed.reason),
        ("get_order", "its answer had too much in it")
    );
    let told = log.lines_with(&["secure_api::audit", "get_order", "its answer had too much in it"]);
    assert_eq!(told.len(), 1);
}

/// Each mistake is told by itself, and a name that is nearly one is named.
#[test]
fn only_what_is_there_is_closed_for_a_reason() {
    let (reason, other) = ("its answer had too much in it", "the answer is as it should be");
    let told = |change: &dyn Fn(AppBuilder) -> AppBuilder| {
        let error = change(app(&stocked(), &Clock::manual(0))).build().expect_err("no start");
        let [problem] = error.problems() else { panic!("{error}") };
        format!("{}: {} | {}", problem.code, problem.text, problem.help)
    };
    let near = told(&|app| app.close("get_ordre", reason));
    assert_eq!(
        near,
        "SA229: `get_ordre` cannot be closed: Depot has no operation of this name; did you mean `get_order`? | \
         write the name of a handler, as the inventory lists it"
    );
    let far = told(&|app| app.reopen("everything_at_all", reason));
    assert!(
        far.contains("cannot be opened: Depot has no operation of this name; there are `"),
        "{far}"
    );
    let without = told(&|app| app.close("get_order", "x"));
    assert_eq!(
        without,
        "SA229: `get_order` cannot be closed: `x` is no reason in words | \
         write a sentence for whoever finds it so, of three words or more, as the second argument"
    );
    let both =
        "is closed and opened by the same program | keep either `.close(…)` or `.reopen(…)` of it";
    let closed_last = told(&|app| app.reopen("get_order", other).close("get_order", reason));
    let opened_last = told(&|app| app.close("get_order", reason).reopen("get_order", other));
    assert!(
        closed_last.starts_with("SA229: `get_order` cannot be closed: it ")
            && closed_last.ends_with(both)
    );
    assert!(
        opened_last.starts_with("SA229: `get_order` cannot be opened: it ")
            && opened_last.ends_with(both)
    );
}
