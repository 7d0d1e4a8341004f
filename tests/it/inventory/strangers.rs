//! Strangers in the live inventory: whoever has the address can ask, and neither calls anything nor hides anything by it.

use std::time::Duration;

use reqwest::Method;
use secure_api::{manage::Manage, testing::secret};

use super::live::{of, seen};
use crate::{
    manage::{TOKEN, ask, at},
    support::{
        Answer, TestServer,
        server::{ALICES, order},
    },
};

// R101 in part: an operation that strangers alone knocked at is an orphan, and no zombie.
#[tokio::test]
async fn who_is_refused_as_a_stranger_has_called_nothing() {
    let server = TestServer::with(|app| app.manage(Manage::at("127.0.0.1:0"))).await;
    server.clock.advance(Duration::from_secs(40 * 86_400));
    let forged = "eyJhbGciOiJFUzI1NiJ9.e30.AAAA";
    for version in ["v1", "v2"] {
        server.get(&order(version, ALICES)).await.has_status(401);
        server.get_as(forged, &order(version, ALICES)).await.has_status(401);
    }
    let found = seen(&server).await;
    for version in ["v1", "v2"] {
        let one = of(&found, "get_order", version);
        assert_eq!((one.calls, one.strangers, one.others), (0, 2, 0));
        assert_eq!(one.refused.values().sum::<u64>(), 2);
        assert!(one.clients.is_empty() && one.zombie_since.is_none() && one.last.is_none());
        assert!(one.orphan_since.is_some(), "nobody calls it");
    }
    // The console tells of them apart.
    let start = ask(at(&server), "/console/start.json", "").await.json();
    let numbers = ["calls", "refused", "strangers"].map(|name| start[name].as_u64());
    assert_eq!(numbers, [0, 0, 4].map(Some), "{start:#}");
    let traffic = ask(at(&server), "/console/traffic", "").await.body;
    assert!(traffic.contains("credentials"), "the stage that refused them: {traffic}");
    // Whoever is known and may not is a caller, and so is nobody where nobody has to be known.
    let auditor = server.token("ada", &["auditor"]);
    let refused = server.get_as(&auditor, "/v2/orders").await.status;
    server.get("/v2/parts/NONE").await.has_status(404);
    let found = seen(&server).await;
    assert_eq!((refused, of(&found, "list_orders", "v2").calls), (403, 1));
    let part = of(&found, "get_part", "v2");
    assert_eq!((part.calls, part.strangers, part.clients.len()), (1, 0, 1));
}

// R101 in part: what was asked for before is not hidden by what a few make up.
#[tokio::test]
async fn invented_paths_push_out_no_older_ones() {
    let server = TestServer::with(|app| {
        let app = app.secret(secret!(TOKEN)).proxies(["127.0.0.0/8"]).limit_scale(1000);
        app.manage(Manage::at("127.0.0.1:0"))
    })
    .await;
    let from = async |address: &str, path: &str| {
        let request = server.request(Method::GET, path).header("x-forwarded-for", address);
        Answer::of(request).await.has_status(404);
    };
    from("203.0.113.1", "/v2/receipts").await;
    for address in ["198.51.100.1", "203.0.113.1"] {
        from(address, "/v2/invoices").await;
    }
    for number in 0..600 {
        let word: String =
            format!("{number}").bytes().map(|digit| char::from(digit + 49)).collect();
        // Two clients for each, so that it looks as a shadow does.
        for address in ["192.0.2.1", "192.0.2.2"] {
            from(address, &format!("/v2/x{word}")).await;
        }
    }
    from("203.0.113.9", "/v2/orderbook").await;
    let found = seen(&server).await;
    assert_eq!(found.unmatched.len(), 512);
    for path in ["/v2/receipts", "/v2/invoices", "/v2/orderbook"] {
        assert!(found.unmatched.iter().any(|one| one.path == path), "{path}");
    }
    assert!(found.shadows().any(|one| one.path == "/v2/invoices"));
}
