//! A live inventory whose file is none any more: nothing that was closed by hand is open for it.

use std::fs;

use secure_api::{app::AppBuilder, clock::Clock, manage::Manage, testing::secret};

use super::live::seen;
use crate::{
    manage::{TOKEN, act, ask, at},
    support::{
        Log, TestServer,
        folder::Folder,
        server::{ALICES, app, order, stocked},
    },
};

const REASON: &str = "its answer had too much in it";

/// Returns an app whose inventory is kept in this folder.
fn kept(app: AppBuilder, folder: &Folder) -> AppBuilder {
    let file = folder.path().join("inventory.json");
    app.secret(secret!(TOKEN)).inventory_file(file).manage(Manage::at("127.0.0.1:0"))
}

/// Returns the names in a folder, and what stands in the inventory.
fn there(folder: &Folder) -> (Vec<String>, String) {
    let names = fs::read_dir(folder.path()).expect("it is there").flatten();
    let mut names: Vec<_> =
        names.map(|one| one.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    (names, fs::read_to_string(folder.path().join("inventory.json")).expect("it is there"))
}

// R101 in part: what was closed by hand is in it, so an app that cannot read it does not start.
#[test]
fn no_app_starts_with_an_inventory_that_is_none() {
    let folder = Folder::made("live");
    for text in ["not ours", "", "{\"since\":1,\"operations\":[", "[]", "{\"token\":\"hush\"}"] {
        fs::write(folder.path().join("inventory.json"), text).expect("a file");
        let error = kept(app(&stocked(), &Clock::manual(0)), &folder).build();
        let error = error.expect_err("it does not start");
        let told = error.to_string();
        assert_eq!(error.problems()[0].code, "SA235", "{told}");
        assert!(told.contains("inventory.json") && told.contains("move it aside"), "{told}");
        assert!(!told.contains("hush") && !told.contains("not ours"), "{told}");
        assert_eq!(there(&folder), (vec!["inventory.json".to_owned()], text.to_owned()));
    }
    // Moved aside, nothing is closed.
    let [from, to] = ["inventory.json", "old.json"].map(|name| folder.path().join(name));
    fs::rename(from, to).expect("it is there");
    kept(app(&stocked(), &Clock::manual(0)), &folder).build().expect("it starts");
}

// R99 in part, R101 in part
#[tokio::test]
async fn a_running_app_keeps_its_closings_and_never_writes_over_it() {
    let (folder, log) = (Folder::made("live"), Log::capture());
    let mut server = TestServer::with(|app| kept(app, &folder)).await;
    let alice = server.token("alice", &["customer"]);
    assert_eq!(act(&server, "close", "get_order", REASON).await.status, 303);
    let (_, whole) = there(&folder);
    let cut = &whole[..whole.len() / 2];
    fs::write(folder.path().join("inventory.json"), cut).expect("a file");
    server.get_as(&alice, "/v2/orders").await.has_status(200);
    let answer = act(&server, "close", "list_orders", REASON).await;
    assert_eq!(answer.status, 500, "{answer:#?}");
    for path in ["/v2/orders", &order("v2", ALICES)] {
        server.get_as(&alice, path).await.is_problem(410);
    }
    // It is told: once in the log, first on the first page, and as a metric. The app serves on.
    assert_eq!(act(&server, "open", "list_orders", REASON).await.status, 500);
    let told = log.lines_with(&["ERROR", "the live inventory cannot be kept", "inventory.json"]);
    assert_eq!(told.len(), 1, "{}", log.text());
    let start = ask(at(&server), "/console/start.json", "").await.json();
    let first = start["attention"][0]["says"].as_str().expect("a text");
    assert!(first.starts_with("The live inventory cannot be kept"), "{start:#}");
    assert!(first.contains("it is no live inventory: line 1, column"), "{first}");
    let metrics = ask(at(&server), "/metrics", "").await.body;
    assert!(metrics.contains("secure_api_inventory_outage 1\n"), "{metrics}");
    assert_eq!(ask(at(&server), "/readyz", "").await.status, 200);
    assert_eq!(seen(&server).await.closed.len(), 1);
    server.stop().await.expect("it does not panic");
    let names = ["inventory.json", "inventory.json.lock"].map(str::to_owned).to_vec();
    assert_eq!(there(&folder), (names, cut.to_owned()));
    let error = kept(app(&stocked(), &Clock::manual(0)), &folder).build();
    assert_eq!(error.expect_err("it does not start").problems()[0].code, "SA235");
    // Put back, it holds again.
    fs::write(folder.path().join("inventory.json"), &whole).expect("a file");
    let again = TestServer::with(|app| kept(app, &folder)).await;
    again.get_as(&alice, &order("v2", ALICES)).await.is_problem(410);
    let metrics = ask(at(&again), "/metrics", "").await.body;
    assert!(metrics.contains("secure_api_inventory_outage 0\n"), "{metrics}");
}

#[cfg(unix)]
#[tokio::test]
async fn nobody_but_the_app_reads_what_it_keeps() {
    use std::os::unix::fs::PermissionsExt;

    let folder = Folder::made("live");
    let server = TestServer::with(|app| kept(app, &folder)).await;
    assert_eq!(act(&server, "close", "get_order", REASON).await.status, 303);
    for name in there(&folder).0 {
        let there = fs::metadata(folder.path().join(&name)).expect("it is there");
        assert_eq!(there.permissions().mode() & 0o777, 0o600, "{name}");
    }
}

// A client has one hash after a restart, or what is kept of it leads to nobody.
#[test]
fn what_is_kept_has_a_secret() {
    let folder = Folder::made("live");
    let app = app(&stocked(), &Clock::manual(0));
    let built = app.inventory_file(folder.path().join("inventory.json")).build();
    let error = built.expect_err("it does not start");
    let codes: Vec<_> = error.problems().iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["SA236"]);
    assert!(error.to_string().contains(".secret("), "{error}");
}
