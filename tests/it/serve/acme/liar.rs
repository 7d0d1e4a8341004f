//! Authorities that mean no good: whatever they answer, it is told on one line, leads nowhere, and ends no renewal.

use std::sync::{Arc, OnceLock};

use axum::response::{IntoResponse, Response};
use http::StatusCode;
use secure_api::{Tls, serve::Acme};
use serde_json::{Value, json};

use super::{HOST, Running, served, told};
use crate::{
    client::Peer,
    support::{Folder, Log},
};

/// A lie: the path whose answer it is, and that answer, by the URL that the authority is at.
struct Lie {
    what: &'static str,
    path: &'static str,
    answer: fn(&str) -> Response,
    told: &'static str,
}

fn answer(status: u16, fields: &[(&str, &str)], content: &Value) -> Response {
    let mut answer =
        (StatusCode::from_u16(status).expect("a status"), content.to_string()).into_response();
    for (name, value) in fields.iter().chain(&[("replay-nonce", "bm9uY2U")]) {
        let name = http::HeaderName::try_from(*name).expect("a name");
        answer.headers_mut().insert(name, value.parse().expect("a value"));
    }
    answer
}

fn directory(base: &str, nonce: &str) -> Response {
    let at = |path: &str| format!("{base}{path}");
    let all = json!({ "newNonce": nonce, "newAccount": at("/account"), "newOrder": at("/order") });
    answer(200, &[], &all)
}

fn order(base: &str, fields: &[(&str, &str)], authorizations: &[String]) -> Response {
    let place = format!("{base}/order/1");
    let order = json!({ "status": "pending", "authorizations": authorizations, "finalize": format!("{base}/end") });
    answer(201, &[&[("location", &*place)], fields].concat(), &order)
}

fn host(base: &str, host: &str) -> Response {
    let url = format!("{base}/challenge");
    let challenge =
        json!({ "type": "tls-alpn-01", "url": url, "token": "dG9rZW4", "status": "pending" });
    let identifier = json!({ "type": "dns", "value": host });
    let all = json!({ "identifier": identifier, "status": "pending", "challenges": [challenge] });
    answer(200, &[], &all)
}

/// Answers as an authority does that means well, up to its look at the host.
pub(super) fn honest(base: &str, path: &str) -> Response {
    match path {
        "/dir" => directory(base, &format!("{base}/nonce")),
        "/nonce" => answer(200, &[], &Value::Null),
        "/account" => answer(201, &[("location", &format!("{base}/account/1"))], &json!({})),
        "/order" => order(base, &[], &[format!("{base}/host")]),
        "/host" => host(base, HOST),
        // Nobody who has to show a host asks for it.
        "/order/1" => order(base, &[("retry-after", "18446744073709551615")], &[]),
        _ => answer(500, &[], &json!({ "detail": "nothing else is asked" })),
    }
}

const LIES: [Lie; 8] = [
    Lie {
        what: "a URL that is none",
        path: "/dir",
        answer: |base| directory(base, "https://["),
        told: "an answer of the authority cannot be read",
    },
    Lie {
        what: "a time that no clock has room for",
        path: "/order",
        answer: |base| order(base, &[], &[]),
        told: "an answer of the authority cannot be read",
    },
    Lie {
        what: "an answer without an end",
        path: "/dir",
        answer: |_| answer(200, &[], &Value::String("a".repeat(300 * 1024))),
        told: "the answer is too large",
    },
    Lie {
        what: "a directory somewhere else",
        path: "/dir",
        answer: |base| answer(302, &[("location", &format!("{base}/elsewhere"))], &Value::Null),
        told: "invalid type: null",
    },
    Lie {
        what: "a nonce in plaintext",
        path: "/dir",
        answer: |base| directory(base, &format!("{}/nonce", base.replace("https", "http"))),
        told: "scheme",
    },
    Lie {
        what: "another host",
        path: "/host",
        answer: |base| host(base, "bank.example"),
        told: "bank.example is asked for, which was not ordered",
    },
    Lie {
        what: "a long wait",
        path: "/order",
        answer: |_| answer(503, &[("retry-after", "36000")], &json!({ "detail": "later" })),
        told: "API error: later again_in_seconds=36000",
    },
    Lie {
        what: "lines of its own",
        path: "/order",
        answer: |_| answer(400, &[], &json!({ "detail": "a\n\u{1b}[31mERROR b\u{202e}c\u{2066}" })),
        told: "API error: a  [31mERROR b c",
    },
];

// R48
#[tokio::test]
async fn an_authority_that_lies_is_told_of_and_leads_nowhere() {
    for lie in LIES {
        let Lie { what, path, answer, told: said } = lie;
        let log = Log::capture();
        let base = Arc::new(OnceLock::<String>::new());
        let at = Arc::clone(&base);
        let (peer, root) = Peer::named("127.0.0.1", move |_, asked| {
            let base = at.get().expect("it is set before anybody asks");
            if asked.target == path { answer(base) } else { honest(base, &asked.target) }
        })
        .await;
        let base = base.get_or_init(|| format!("https://{}", peer.address));
        let folder = Folder::new("acme-");
        let acme = Acme::new([HOST], folder.path()).directory(format!("{base}/dir"));
        let tls = Tls::acme(acme.root_certificate(&root).terms_of_service_agreed());
        let app = served(tls).build().expect("an app that starts");
        let _running = Running::of(app.bind("127.0.0.1:0").await.expect("a port"));
        told(&log, &["ERROR", "no certificate could be had by ACME", said, "again_in_seconds"], 1)
            .await;
        let targets: Vec<_> = peer.asked().into_iter().map(|asked| asked.target).collect();
        let followed = ["/elsewhere", "/challenge", "/end"];
        assert!(!targets.iter().any(|target| followed.contains(&&**target)), "{what}: {targets:?}");
        for mark in ['\u{1b}', '\u{202e}', '\u{2066}'] {
            assert!(!log.text().contains(mark), "{what}: {mark:?}");
        }
    }
}
