//! Client certificates, from outside: of the connection, and as a proxy forwards them.

mod forwarded;
mod pki;
mod revoked;
mod told;

use std::time::Duration;

use reqwest::Method;
use secure_api::{client_certificate::Certificates, prelude::*};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use self::pki::{Authority, Client, Server, app, principal};
use super::door::challenges;
use crate::support::{server::START, token};

/// Returns a token that is bound to this certificate.
fn bound(client: &Client, clock: &Clock) -> String {
    let mut claims = token::good_claims(clock);
    claims["cnf"] = json!({ "x5t#S256": token::encode(&Sha256::digest(&client.der)) });
    format!("Bearer {}", token::forge(&token::good_header(), &claims))
}

/// Returns the form of the answer to somebody.
fn guest(id: &str, kind: &str) -> Value {
    json!({ "id": id, "kind": kind })
}

// R47: whose chain does not verify has no connection, and neither has one without where each client needs one.
#[tokio::test]
async fn a_chain_is_verified_before_anything_is_said() {
    let (ours, others) = (Authority::new(), Authority::new());
    let billing = &["spiffe://lodge.example/billing"][..];
    let good = ours.issue("Billing", billing, &[], 2035);
    let (past, forged) =
        (ours.issue("Billing", billing, &[], 2021), others.issue("Billing", billing, &[], 2035));
    let required = Server::start(&|tls| tls.clients(ours.pem()), |app| app).await;
    let optional = Server::start(&|tls| tls.optional_clients(ours.pem()), |app| app).await;
    for server in [&required, &optional] {
        for refused in [&past, &forged] {
            assert!(server.hangs_up(Some(refused)).await);
        }
        let answer = server.get(&server.client(Some(&good)), "/v1/machine", &[]).await;
        assert_eq!(answer.json(), guest("billing", "Certificate"));
    }
    assert!(required.hangs_up(None).await);
    let nobody = optional.client(None);
    let answer = optional.get(&nobody, "/v1/machine", &[]).await;
    answer.is_problem(401);
    assert_eq!(challenges(&answer), ["Certificate realm=\"api\""]);
    assert_eq!(optional.get(&nobody, "/v1/open", &[]).await.status, 200);
}

// R18 R31: a certificate is whose it was said to be, and one that fits two is nobody's.
#[tokio::test]
async fn a_certificate_is_somebodys() {
    let ours = Authority::new();
    let server = Server::start(&|tls| tls.clients(ours.pem()), |app| app).await;
    let (billing, other) = ("spiffe://lodge.example/billing", "spiffe://lodge.example/other");
    for (name, uris, hosts, who) in [
        ("a", &[billing][..], &[][..], "billing"),
        ("b", &[other, billing], &["x.lodge.example"], "billing"),
        ("c", &[], &["MAIL.lodge.example"], "mail"),
        ("Printer", &[], &[], "printer"),
    ] {
        let client = server.client(Some(&ours.issue(name, uris, hosts, 2035)));
        let answer = server.get(&client, "/v1/any", &[]).await;
        assert_eq!(answer.json(), guest(who, "Certificate"), "{name}");
    }
    for (name, uris, hosts) in [
        ("a", &[other][..], &[][..]),
        ("b", &["spiffe://lodge.example/billing/x"], &[]),
        ("c", &["SPIFFE://lodge.example/billing"], &["*.lodge.example"]),
        ("printer", &[], &["mail.lodge.example.evil"]),
        ("Printer", &[billing], &[]),
        ("d", &[billing], &["mail.lodge.example"]),
    ] {
        let client = server.client(Some(&ours.issue(name, uris, hosts, 2035)));
        let answer = server.get(&client, "/v1/any", &[]).await;
        answer.is_problem(401);
        assert_eq!(challenges(&answer), ["Certificate realm=\"api\", error=\"invalid_token\""]);
    }
}

#[tokio::test]
async fn a_certificate_is_found_by_its_digest_or_by_a_rule() {
    let ours = Authority::new();
    let (known, other) = (ours.issue("a", &[], &[], 2035), ours.issue("a", &[], &[], 2035));
    let digest: String =
        Sha256::digest(&known.der).iter().map(|byte| format!("{byte:02X}")).collect();
    let rule = Certificates::by(|certificate| {
        assert!(certificate.not_before() < certificate.not_after());
        certificate.subject().strip_prefix("CN=").map(principal)
    });
    for (source, admitted) in [
        (
            Certificates::new().thumbprint(&digest, principal("a")),
            &[(&known, true), (&other, false)],
        ),
        (rule, &[(&known, true), (&other, true)]),
    ] {
        // Without sockets, as a test of one's own routes.
        let clock = Clock::manual(START);
        let app = app(&clock, source).proxies(["192.0.2.1"]);
        let lodge = secure_api::testing::client(app).expect("an app that starts");
        for (client, admitted) in admitted {
            let reply = lodge.get("/v1/machine").certificate(&client.pem).await;
            reply.assert_status(if *admitted { 200 } else { 401 });
        }
        lodge.get("/v1/machine").await.assert_status(401);
    }
}

// R21: a connection has its certificate whatever is asked over it.
#[tokio::test]
async fn a_certificate_counts_where_it_is_admitted_and_nothing_else_is_said() {
    let ours = Authority::new();
    let server = Server::start(&|tls| tls.clients(ours.pem()), |app| app).await;
    let client = server.client(Some(&ours.issue("Printer", &[], &[], 2035)));
    let token =
        format!("Bearer {}", token::sign(&token::claims("alice", &["customer"]), &server.clock));
    let token = [("authorization", &*token)];
    for path in ["/v1/any", "/v1/person", "/v1/both"] {
        let answer = server.get(&client, path, &token).await;
        assert_eq!(answer.json(), guest("alice", "Bearer"), "{path}");
    }
    for (path, headers, status) in [
        ("/v1/person", &[][..], 401),
        ("/v1/both", &[], 401),
        ("/v1/machine", &token, 401),
        ("/v1/any", &[("authorization", "Bearer x.y.z")], 401),
        ("/v1/open", &[], 200),
    ] {
        assert_eq!(server.get(&client, path, headers).await.status, status, "{path}");
    }
    // Whoever is nobody's caller looks at what is public, as one without a certificate.
    let stranger = server.client(Some(&ours.issue("nobody", &[], &[], 2035)));
    assert_eq!(server.get(&stranger, "/v1/open", &[]).await.json(), guest("", ""));
}

// R29: a token that is bound to a certificate is its owner's alone.
#[tokio::test]
async fn a_token_is_bound_to_the_certificate_of_its_client() {
    let ours = Authority::new();
    let server = Server::start(&|tls| tls.optional_clients(ours.pem()), |app| app).await;
    let (own, other) = (ours.issue("a", &[], &[], 2035), ours.issue("a", &[], &[], 2035));
    let token = bound(&own, &server.clock);
    let token = [("authorization", &*token)];
    let answer = server.get(&server.client(Some(&own)), "/v1/person", &token).await;
    assert_eq!(answer.json(), guest("alice", "Bearer"));
    for thief in [Some(&other), None] {
        // The second time it is remembered, with what it is bound to.
        for _ in 0..2 {
            let answer = server.get(&server.client(thief), "/v1/person", &token).await;
            answer.is_problem(401);
            assert_eq!(challenges(&answer), ["Bearer realm=\"api\", error=\"invalid_token\""]);
        }
    }
}

// R47: a connection lasts, and a certificate ends.
#[tokio::test]
async fn the_period_of_a_certificate_is_asked_with_each_request() {
    let ours = Authority::new();
    let server = Server::start(&|tls| tls.clients(ours.pem()), |app| app).await;
    let own = ours.issue("Printer", &[], &[], 2030);
    let client = server.client(Some(&own));
    assert_eq!(server.get(&client, "/v1/machine", &[]).await.status, 200);
    // To the first second after it, 2030-12-31T00:00:01Z.
    let end = 1_924_905_600 - server.clock.unix_seconds();
    server.clock.advance(Duration::from_secs(end.unsigned_abs()));
    assert_eq!(server.get(&client, "/v1/machine", &[]).await.status, 200);
    server.clock.advance(Duration::from_secs(1));
    let token = bound(&own, &server.clock);
    for (path, headers) in [("/v1/machine", &[][..]), ("/v1/person", &[("authorization", &*token)])]
    {
        server.get(&client, path, headers).await.is_problem(401);
    }
}

// R113: a browser presents a certificate for any page that asks; a program says nothing of pages.
#[tokio::test]
async fn a_page_of_another_site_changes_nothing_by_a_certificate() {
    let ours = Authority::new();
    let change = |app: secure_api::app::AppBuilder| app.base_url("https://lodge.example");
    let server = Server::start(&|tls| tls.clients(ours.pem()), change).await;
    let client = server.client(Some(&ours.issue("Printer", &[], &[], 2035)));
    let token = token::forge(&token::good_header(), &token::good_claims(&server.clock));
    let token = format!("Bearer {token}");
    // A token beside it is sent by whoever means to, and makes a program no browser.
    let begin = async |headers: &[(&str, &str)]| {
        let alone = server.ask(&client, (Method::POST, "/v1/machine"), headers).await;
        let beside = [headers, &[("authorization", &*token)]].concat();
        [alone, server.ask(&client, (Method::POST, "/v1/both"), &beside).await]
    };
    for headers in [
        &[][..],
        &[("sec-fetch-site", "same-origin")],
        &[("sec-fetch-site", "none")],
        &[("origin", "https://lodge.example")],
        &[("origin", "https://lodge.example"), ("referer", "https://lodge.example/form")],
    ] {
        assert_eq!(begin(headers).await.map(|answer| answer.status), [202, 202], "{headers:?}");
    }
    for headers in [
        &[("sec-fetch-site", "cross-site")][..],
        &[("sec-fetch-site", "same-site")],
        &[("origin", "https://evil.example")],
        &[("origin", "null")],
        // All that a browser before 2020 says of the page whose form it sends.
        &[("referer", "https://evil.example/form")],
        &[("referer", "https://lodge.example/form")],
        &[("sec-fetch-mode", "navigate")],
    ] {
        begin(headers).await.iter().for_each(|answer| _ = answer.is_problem(403));
        assert_eq!(server.get(&client, "/v1/machine", headers).await.status, 200);
    }
}
