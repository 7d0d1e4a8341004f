//! Certificates in a header: of a trusted proxy, and of whoever else can write one.

use base64::{Engine, engine::general_purpose::STANDARD};

use super::{
    bound, guest,
    pki::{Authority, Client, Server, app, known},
};
use crate::support::{Answer, TestServer, server::START};
use reqwest::Method;
use secure_api::prelude::*;
use sha2::{Digest, Sha256};

fn field(client: &Client) -> String {
    format!(":{}:", STANDARD.encode(&client.der))
}

async fn ask(server: &TestServer, path: &str, headers: &[(&str, &str)]) -> Answer {
    super::super::door::ask(server, path, headers).await
}

/// Starts the lodge behind proxies of these networks, over plaintext on this machine.
async fn behind(networks: &[&str]) -> TestServer {
    let clock = Clock::manual(START);
    let app = app(&clock, known()).proxies(networks.iter().copied()).build().expect("it starts");
    TestServer::run(app, Default::default(), clock).await
}

// R29: what a trusted proxy forwards counts, for a principal and for a bound token.
#[tokio::test]
async fn a_trusted_proxy_forwards_a_certificate() {
    let (server, ours) = (behind(&["127.0.0.0/8", "::1"]).await, Authority::new());
    let (printer, other) = (ours.issue("Printer", &[], &[], 2035), ours.issue("x", &[], &[], 2035));
    let (own, others) = (field(&printer), field(&other));
    let answer = ask(&server, "/v1/machine", &[("client-cert", &own)]).await;
    assert_eq!(answer.json(), guest("printer", "Certificate"));
    let padded = format!("  {own} ");
    assert_eq!(ask(&server, "/v1/machine", &[("client-cert", &padded)]).await.status, 200);
    let chain = [("client-cert", &*own), ("client-cert-chain", ":AAAA:")];
    assert_eq!(ask(&server, "/v1/machine", &chain).await.status, 200);
    assert_eq!(ask(&server, "/v1/machine", &[("client-cert", &others)]).await.status, 401);
    assert_eq!(ask(&server, "/v1/machine", &[]).await.status, 401);
    let token = bound(&printer, &server.clock);
    for (certificate, status) in [(Some(&own), 200), (Some(&others), 401), (None, 401)] {
        let certificate = certificate.map(|certificate| ("client-cert", &**certificate));
        let headers: Vec<_> = certificate.into_iter().chain([("authorization", &*token)]).collect();
        assert_eq!(ask(&server, "/v1/person", &headers).await.status, status);
    }
    // One that has ended is none, whatever the proxy thought of it.
    let past = field(&ours.issue("Printer", &[], &[], 2021));
    ask(&server, "/v1/machine", &[("client-cert", &past)]).await.is_problem(401);
}

// R29: nobody else does, whatever the certificate.
#[tokio::test]
async fn whoever_is_no_trusted_proxy_forwards_nothing() {
    let ours = Authority::new();
    let printer = field(&ours.issue("Printer", &[], &[], 2035));
    for networks in [&["192.0.2.0/24"][..], &["127.0.0.2"]] {
        let server = behind(networks).await;
        for header in ["client-cert", "Client-Cert-Chain"] {
            for path in ["/v1/machine", "/v1/person", "/v1/open", "/nowhere"] {
                ask(&server, path, &[(header, &*printer)]).await.is_problem(400);
            }
        }
        // An address that somebody says is nobody's.
        let forged = [
            ("client-cert", &*printer),
            ("x-forwarded-for", "192.0.2.7"),
            ("forwarded", "for=127.0.0.2"),
        ];
        ask(&server, "/v1/machine", &forged).await.is_problem(400);
        assert_eq!(ask(&server, "/v1/open", &[]).await.status, 200);
    }
    let server = TestServer::start().await;
    ask(&server, "/v2/parts/BOLT", &[("client-cert", &printer)]).await.is_problem(400);
}

#[tokio::test]
async fn what_is_no_certificate_is_refused() {
    let (server, ours) = (behind(&["127.0.0.1"]).await, Authority::new());
    let printer = ours.issue("Printer", &[], &[], 2035);
    let good = field(&printer);
    let longer = format!(":{}:", STANDARD.encode([&printer.der[..], b"\x00"].concat()));
    let shorter = format!(":{}:", STANDARD.encode(&printer.der[..printer.der.len() - 1]));
    let two = format!("{good}, {good}");
    for wrong in [
        "",
        ":",
        "::",
        "x",
        ":AAAA:",
        &good[1..],
        &good[..good.len() - 1],
        &*longer,
        &*shorter,
        &*two,
        &*format!("{good};a=1"),
        &*format!("\"{good}\""),
        &*printer.pem.replace('\n', ""),
    ] {
        ask(&server, "/v1/machine", &[("client-cert", wrong)]).await.is_problem(400);
    }
    let twice = [("client-cert", &*good), ("client-cert", &*good)];
    ask(&server, "/v1/machine", &twice).await.is_problem(400);
}

// R29: the certificate of a proxy's connection is the proxy's own, and makes nobody of who called it.
#[tokio::test]
async fn a_proxys_own_certificate_is_no_callers() {
    let ours = Authority::new();
    let change = |app: secure_api::app::AppBuilder| app.proxies(["127.0.0.1"]);
    let server = Server::start(&|tls| tls.clients(ours.pem()), change).await;
    // The proxy's certificate would be known as the printer's.
    let proxy = ours.issue("Printer", &[], &[], 2035);
    let client = server.client(Some(&proxy));
    server.get(&client, "/v1/machine", &[]).await.is_problem(401);
    let token = bound(&proxy, &server.clock);
    server.get(&client, "/v1/person", &[("authorization", &token)]).await.is_problem(401);
    let caller = field(&ours.issue("x", &[], &["mail.lodge.example"], 2035));
    let answer = server.get(&client, "/v1/machine", &[("client-cert", &caller)]).await;
    assert_eq!(answer.json(), guest("mail", "Certificate"));
}

// R19: a certificate is revoked by its thumbprint.
#[tokio::test]
async fn a_certificate_is_revoked_before_it_ends() {
    let (ours, clock) = (Authority::new(), Clock::manual(START));
    let (revoked, new) =
        (ours.issue("Printer", &[], &[], 2035), ours.issue("Printer", &[], &[], 2035));
    let app = app(&clock, known()).proxies(["127.0.0.1"]).build().expect("an app");
    let id = crate::support::token::encode(&Sha256::digest(&revoked.der));
    let end = 2_100_000_000;
    app.revocations().revoke_token(super::pki::PKI, &id, end).await.expect("the ledger answers");
    let server = TestServer::run(app, Default::default(), clock).await;
    for (client, status) in [(&revoked, 401), (&new, 200)] {
        let answer = ask(&server, "/v1/machine", &[("client-cert", &field(client))]).await;
        assert_eq!(answer.status, status);
    }
    let request = server.request(Method::POST, "/v1/machine").header("client-cert", field(&new));
    assert_eq!(Answer::of(request).await.status, 202);
}
