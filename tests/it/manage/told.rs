//! Secrets that the app knows and tells nobody.

use secure_api::{clock::Clock, inventory, ledger::Redis, manage::Manage, testing::secret};

use super::{TOKEN, ask, at, console::PAGES};
use crate::support::{
    Log, RedisServer, TestServer,
    redis::PATIENT,
    server::{ALICES, app, order, stocked},
};

const PASSWORD: &str = "s3cr3t-of-the-ledger";

/// The address of a ledger has its password in it, and whoever runs the app reads all of these.
#[tokio::test]
async fn the_password_of_a_ledgers_address_is_told_nowhere() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr());
    let port = port.expect("a port").port().to_string();
    let Some(redis) = RedisServer::with(&["--port", &port, "--requirepass", PASSWORD]) else {
        return;
    };
    let ledger =
        || Redis::connect(format!("redis://:{PASSWORD}@127.0.0.1:{port}")).deadline(PATIENT);
    let log = Log::capture();
    let server = TestServer::with(|app| {
        let app = app.secret(secret!(TOKEN)).ledger(ledger()).inventory_shared();
        app.manage(Manage::at("127.0.0.1:0"))
    })
    .await;
    let alice = server.token("alice", &["customer"]);
    let mut told = Vec::new();
    let mut look = async || {
        let paths = PAGES.iter().flat_map(|(page, json)| [*page, *json]);
        for path in paths.chain(["/inventory", "/metrics", "/healthz", "/readyz"]) {
            let answer = ask(at(&server), path, "").await;
            told.push((path.to_owned(), format!("{answer:?}")));
        }
    };
    server.get_as(&alice, &order("v2", ALICES)).await.has_status(200);
    look().await;
    // Of a ledger that is gone there is more to tell.
    drop(redis);
    server.get_as(&alice, &order("v2", ALICES)).await;
    look().await;
    let known = ["/metrics", "/inventory", "/console/matrix"];
    for path in known {
        let answered = told.iter().filter(|(of, text)| of == path && text.contains("200"));
        assert_eq!(answered.count(), 2, "{path}: {told:?}");
    }
    let built = app(&stocked(), &Clock::manual(0)).secret(secret!(TOKEN)).ledger(ledger());
    told.push(("its debug".to_owned(), format!("{:?}", ledger())));
    let built = built.build().expect("an app");
    let model = serde_json::to_string(built.model()).expect("JSON");
    told.push(("the list".to_owned(), built.inventory()));
    told.push(("the matrix".to_owned(), inventory::matrix(built.model())));
    told.push(("the model".to_owned(), model));
    told.push(("the log".to_owned(), log.text()));
    for (place, text) in told {
        assert!(!text.contains(PASSWORD), "{place} has it: {text}");
    }
}
