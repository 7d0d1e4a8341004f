//! The certificate for development, seen by the clients of the server.

use secure_api::Tls;

use super::acme::{Running, private, served};
use crate::support::Folder;

// R48: a certificate for development is one for clients on this machine, and nowhere else.
#[tokio::test]
async fn a_certificate_for_development_is_served_on_this_machine_alone() {
    let folder = Folder::new("development-");
    let served = || served(Tls::development_in(folder.path())).build().expect("an app that starts");
    let error = served().bind("0.0.0.0:0").await.expect_err("others would be shown it");
    let codes: Vec<_> = error.problems().iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["SA220"]);
    let running = Running::of(served().bind("127.0.0.1:0").await.expect("a port"));
    let trusted = std::fs::read_to_string(folder.path().join("localhost-certificate.pem"));
    let trusted = reqwest::Certificate::from_pem(trusted.expect("a file").as_bytes());
    let client = reqwest::Client::builder()
        .no_proxy()
        .tls_certs_only([trusted.expect("a certificate")])
        .resolve("localhost", running.address)
        .build()
        .expect("a client");
    for host in ["localhost", "127.0.0.1"] {
        let url = format!("https://{host}:{}/v2/parts/BOLT", running.address.port());
        let answer = client.get(url).send().await.expect("it is trusted");
        assert_eq!(answer.status(), 200, "{host}");
    }
    private(folder.path());
}
