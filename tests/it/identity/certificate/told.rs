//! Client certificates and proxies as documents, the inventory and the start know them.

use secure_api::{Tls, app::AppBuilder, config::Config, docs::openapi_json, inventory, prelude::*};
use serde_json::{Value, json};

use super::pki::{Authority, Lodge, app, known};
use crate::support::{Folder, server::START, token};

// R54 R102
#[test]
fn documents_and_the_inventory_tell_of_certificates() {
    let app = app(&Clock::manual(START), known()).proxies(["10.0.0.0/8", "fd00::/8"]);
    let app = app.build().expect("an app");
    let text = openapi_json(app.model(), "v1").expect("v1");
    let document: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(document["components"]["securitySchemes"]["Certificate"]["type"], "mutualTLS");
    let security = &document["paths"]["/v1/machine"]["get"]["security"];
    assert_eq!(*security, json!([{ "Certificate": [] }]));
    let table = inventory::routes(app.model());
    assert!(
        table.contains("\ncredentials Certificate\ntrusted proxies 10.0.0.0/8, fd00::/8; addresses of clients by x-forwarded-for\n"),
        "{table}"
    );
}

#[test]
fn certificates_come_from_somewhere_and_proxies_are_not_everyone() {
    let codes = |app: AppBuilder| {
        let error = app.build().expect_err("it does not start");
        error.problems().iter().map(|problem| problem.code).collect::<Vec<_>>()
    };
    let clock = Clock::manual(START);
    let app = || app(&clock, known());
    assert_eq!(codes(app()), ["SA186"]);
    assert_eq!(codes(app().proxies(["10.0.0.1/8", "localhost"])), ["SA183", "SA183"]);
    for everyone in
        [&["0.0.0.0/0"][..], &["::/0"], &["::ffff:0:0/96"], &["128.0.0.0/1", "0.0.0.0/1"]]
    {
        assert_eq!(codes(app().proxies(everyone.iter().copied())).last(), Some(&"SA184"));
    }
    assert_eq!(codes(Lodge::app().tokens(token::issuer())), ["SA165"]);
}

#[test]
fn a_certificate_of_the_configuration_asks_clients_for_theirs_as_the_program_did() {
    let (folder, clock) = (Folder::made("config-"), Clock::manual(START));
    let [certificate, key] = folder.pair("localhost");
    let stated = [("SHOP_TLS_CERTIFICATE", &*certificate), ("SHOP_TLS_KEY", &*key)];
    let stated = || Config::named("shop").variables(stated);
    let asking =
        Tls::pem_files(&certificate, &key).and_then(|tls| tls.clients(Authority::new().pem()));
    assert_eq!(app(&clock, known()).tls(asking).config(stated()).check().problems, []);
    // One that asks nobody does not begin to.
    let told = app(&clock, known()).config(stated()).check().problems;
    assert_eq!(told.iter().map(|problem| problem.code).collect::<Vec<_>>(), ["SA186"]);
}

#[test]
fn authorities_of_clients_are_certificates() {
    let pair = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a pair");
    let (chain, key) = (pair.cert.pem(), pair.signing_key.serialize_pem());
    let tls = || {
        Tls::pem(chain.as_bytes(), secure_api::testing::secret!(key.as_str()))
            .expect("a certificate")
    };
    let ours = Authority::new();
    let broken =
        [ours.pem(), b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"].concat();
    for wrong in [&b""[..], b"nothing", key.as_bytes(), &broken] {
        for asked in [tls().clients(wrong), tls().optional_clients(wrong)] {
            let problem = asked.expect_err("no authority");
            assert_eq!(problem.code, "SA185");
            assert!(!problem.text.contains("AAAA"));
        }
    }
    tls().clients(ours.pem()).expect("an authority");
}
