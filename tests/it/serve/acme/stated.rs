//! Certificates that a configuration orders: the authority is asked for what is stated there, and the rest is kept there.

use std::{
    fs,
    sync::{Arc, OnceLock},
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use secure_api::{clock::Clock, config::Config, manage::Manage};
use serde_json::{Value, json};

use super::{HOST, PATIENCE, Running, liar::honest, private};
use crate::{
    client::Peer,
    support::{
        Folder,
        server::{START, app, stocked},
    },
};

/// Returns what a signed question asks (RFC 7515, section 7.2.2).
fn payload(signed: &str) -> Value {
    let signed: Value = serde_json::from_str(signed).expect("a signed question");
    let payload = URL_SAFE_NO_PAD.decode(signed["payload"].as_str().expect("a text"));
    serde_json::from_slice(&payload.expect("base64")).expect("JSON")
}

// R48
#[tokio::test]
async fn an_authority_is_asked_for_what_a_configuration_states() {
    let base = Arc::new(OnceLock::<String>::new());
    let at = Arc::clone(&base);
    let (peer, root) = Peer::named("127.0.0.1", move |_, asked| {
        honest(at.get().expect("it is set before anybody asks"), &asked.target)
    })
    .await;
    let base = base.get_or_init(|| format!("https://{}", peer.address));
    let folder = Folder::made("stated-");
    let place = |name: &str| folder.path().join(name);
    fs::write(place("root.pem"), root).expect("a file");
    let text = format!(
        "[tls.acme]\nhosts = [\"{HOST}\", \"www.shop.example\"]\nfolder = {:?}\ndirectory = \"{base}/dir\"\n\
         contacts = [\"mailto:ops@shop.example\"]\nterms_of_service_agreed = true\nroot_certificate = {:?}\n",
        place("kept"),
        place("root.pem")
    );
    fs::write(place("shop.toml"), text).expect("a file");
    let config = Config::named("shop").file(place("shop.toml"));
    let app = app(&stocked(), &Clock::manual(START)).manage(Manage::at("127.0.0.1:0"));
    let app = app.config(config).build().expect("an app that starts");
    let _running = Running::of(app.bind("127.0.0.1:0").await.expect("a port"));
    let question = |target: &str| {
        let asked = peer.asked().into_iter().find(|asked| asked.target == target);
        asked.map(|asked| payload(&asked.body))
    };
    let asked = async {
        while question("/order").is_none() {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(PATIENCE, asked).await.expect("it is asked");
    let account = question("/account").expect("somebody asks");
    assert_eq!(account["contact"], json!(["mailto:ops@shop.example"]));
    assert_eq!(account["termsOfServiceAgreed"], true);
    let hosts = [HOST, "www.shop.example"].map(|host| json!({ "type": "dns", "value": host }));
    assert_eq!(question("/order").expect("it was asked")["identifiers"], json!(hosts));
    assert!(fs::read_dir(place("kept")).expect("a folder").count() > 0);
    private(&place("kept"));
}
