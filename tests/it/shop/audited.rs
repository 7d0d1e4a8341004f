//! The audit stream of the shop: a file that is begun, named nobody in, and ended.

use std::{fs, process::Command};

use serde_json::Value;

use super::{Shop, direct, shop, trust::refused};
use crate::support::Folder;

// R117 in part
#[cfg(unix)]
#[tokio::test]
async fn the_shop_writes_its_audit_stream_to_the_file_that_it_is_told() {
    let (folder, place) = (Folder::new("shop-"), Folder::made("audit-"));
    let file = place.path().join("audit.jsonl");
    let mut command = shop(folder.path());
    command.env("SHOP_TLS", "off").env("SHOP_AUDIT", &file);
    let mut running = Shop::run(command);
    let client = direct().build().expect("a client");
    let address = &running.address;
    for (path, status) in [("/v2/products", 200), ("/v2/orders", 401), ("/v2/events", 401)] {
        let answer = client.get(format!("{address}{path}")).send().await.expect("an answer");
        assert_eq!(answer.status(), status, "{path}");
    }
    let process = running.process.id().to_string();
    let sent = Command::new("kill").args(["-TERM", &process]).status().expect("kill is there");
    assert!(sent.success());
    assert!(running.process.wait().expect("it ends").success());
    let text = fs::read_to_string(&file).expect("the stream");
    let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    let lines: Vec<_> = lines.collect();
    let told: Vec<_> =
        lines.iter().map(|line| (line["event"].as_str(), line["operation"].as_str())).collect();
    assert_eq!(
        told,
        [
            (Some("sys_startup"), None),
            (Some("authn_login_fail"), Some("list_orders")),
            (Some("authn_login_fail"), Some("list_events")),
            (Some("sys_shutdown"), None),
        ]
    );
    assert!(!text.contains("127.0.0.1"), "{text}");
    assert_eq!(super::mode(&file), 0o600);
}

#[test]
fn a_stream_that_cannot_be_written_keeps_the_shop_from_starting() {
    let data = Folder::new("shop-");
    let said = refused(data.path(), &[("SHOP_AUDIT", "/nowhere/audit.jsonl")]);
    assert!(said.contains("SA237"), "{said}");
}
