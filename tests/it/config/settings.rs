//! Each setting that there is: its name in a file and as a variable, and that it arrives.

use std::collections::BTreeSet;

use secure_api::app::AppBuilder;

use super::{Written, effective, lines, sample, variables};
use crate::support::{
    Folder,
    api::{Depot, Runs},
    server::stocked,
};

/// A value of each setting as a file has it, and as a variable does; one that is not the default.
const VALUES: &[(&str, &str, &str)] = &[
    ("base_url", "\"https://shop.example/api\"", "https://shop.example/api"),
    ("hosts", "[\"a.example\", \"b.example:8443\"]", "a.example,b.example:8443"),
    ("cors", "[\"https://a.example\"]", "https://a.example"),
    ("proxies", "[\"10.0.0.0/8\", \"fd00::/8\"]", "10.0.0.0/8, fd00::/8"),
    ("forwarded", "\"forwarded\"", "forwarded"),
    ("body_limit", "\"1MiB\"", "1MiB"),
    ("accept_gzip", "true", "true"),
    ("deadline", "\"1500ms\"", "1500ms"),
    ("address_limit", "\"5/h\"", "5/h"),
    ("limit_scale", "3", "3"),
    ("most_open", "5", "5"),
    ("spool", "\"/tmp\"", "/tmp"),
    ("inventory_file", "\"FOLDER/inventory.json\"", "FOLDER/inventory.json"),
    ("inventory_shared", "true", "true"),
    ("docs.while_developing", "true", "true"),
    ("docs.open", "\"the sample is for its readers\"", "the sample is for its readers"),
    ("docs.off", "true", "true"),
    ("docs.for_role", "\"customer\"", "customer"),
    ("previews", "[]", ""),
    ("server.handshake_timeout", "\"3s\"", "3s"),
    ("server.header_timeout", "\"3s\"", "3s"),
    ("server.idle_timeout", "\"2min\"", "2min"),
    ("server.max_header_bytes", "\"16KiB\"", "16KiB"),
    ("server.max_connections", "50", "50"),
    ("server.max_concurrent_streams", "7", "7"),
    ("server.max_concurrent_requests", "80", "80"),
    ("server.max_buffered_bytes", "\"64MiB\"", "64MiB"),
    ("server.latency_target", "\"250ms\"", "250ms"),
    ("server.shutdown_delay", "\"5s\"", "5s"),
    ("server.proxy_protocol", "true", "true"),
    ("server.certificate_interval", "\"1h\"", "1h"),
    ("server.shutdown_deadline", "\"0ms\"", "0ms"),
    ("tls.certificate", "[\"FOLDER/certificate.pem\"]", "FOLDER/certificate.pem"),
    ("tls.key", "[\"FOLDER/key.pem\"]", "FOLDER/key.pem"),
    ("tls.acme.hosts", "[\"shop.example\"]", "shop.example"),
    ("tls.acme.folder", "\"FOLDER/acme\"", "FOLDER/acme"),
    ("tls.acme.terms_of_service_agreed", "true", "true"),
    ("tls.acme.contacts", "[\"mailto:ops@shop.example\"]", "mailto:ops@shop.example"),
    ("tls.acme.directory", "\"https://127.0.0.1:1/directory\"", "https://127.0.0.1:1/directory"),
    ("tls.acme.root_certificate", "\"FOLDER/certificate.pem\"", "FOLDER/certificate.pem"),
    ("audit.file", "\"FOLDER/audit.jsonl\"", "FOLDER/audit.jsonl"),
    ("secret", "{ file = \"FOLDER/secret\" }", "FOLDER/secret"),
    ("ledger.url", "\"redis://127.0.0.1:1\"", "redis://127.0.0.1:1"),
    ("ledger.user", "\"shop\"", "shop"),
    ("ledger.password", "{ file = \"FOLDER/secret\" }", "FOLDER/secret"),
    ("ledger.authorities", "\"FOLDER/certificate.pem\"", "FOLDER/certificate.pem"),
    ("ledger.deadline", "\"1s\"", "1s"),
    ("manage.address", "\"127.0.0.1:0\"", "127.0.0.1:0"),
    ("manage.token", "{ file = \"FOLDER/secret\" }", "FOLDER/secret"),
    ("manage.hosts", "[\"shop.internal\"]", "shop.internal"),
    ("tokens.issuer", "\"https://login.example\"", "https://login.example"),
    ("tokens.audience", "\"shop-api\"", "shop-api"),
    ("tokens.jwks_uri", "\"https://login.example/keys\"", "https://login.example/keys"),
    ("tokens.roles_claim", "\"groups\"", "groups"),
    ("tokens.tenant_claim", "\"org_id\"", "org_id"),
];

/// The settings that are stated together.
const TOGETHER: &[&[&str]] = &[
    &["tls.certificate", "tls.key"],
    &[
        "tls.acme.hosts",
        "tls.acme.folder",
        "tls.acme.terms_of_service_agreed",
        "tls.acme.contacts",
        "tls.acme.directory",
        "tls.acme.root_certificate",
    ],
    &["audit.file", "secret"],
    &[
        "ledger.url",
        "ledger.user",
        "ledger.password",
        "ledger.authorities",
        "ledger.deadline",
        "inventory_shared",
        "secret",
    ],
    &["inventory_file", "secret"],
    &["manage.address", "manage.token", "manage.hosts"],
    &["proxies", "forwarded", "server.proxy_protocol"],
    &[
        "tokens.issuer",
        "tokens.audience",
        "tokens.jwks_uri",
        "tokens.roles_claim",
        "tokens.tenant_claim",
    ],
];

fn without_issuer() -> AppBuilder {
    Depot::app().store(stocked()).service(Runs::default())
}

/// Returns the settings that one is stated with.
fn beside(name: &'static str) -> Vec<&'static str> {
    let group = TOGETHER.iter().find(|group| group.contains(&name));
    group.map_or_else(|| vec![name], |group| group.to_vec())
}

#[test]
fn each_setting_arrives_from_a_file_and_from_a_variable() {
    let folder = Folder::made("config-");
    folder.pair("shop.example");
    let secret = "Yk2gN7hRrM1cV0z9dJ4wXqE8sT6bLuPaFiOo3yHtKxI=\n";
    std::fs::write(folder.path().join("secret"), secret).expect("a file");
    let here = |text: &str| text.replace("FOLDER", &folder.path().display().to_string());
    let known: BTreeSet<&str> = AppBuilder::config_keys().iter().map(|key| key.name).collect();
    assert_eq!(
        known,
        VALUES.iter().map(|(name, ..)| *name).collect(),
        "each setting has a value here"
    );
    for key in AppBuilder::config_keys() {
        // The sample has no preview: those of the shop are stated in `check`.
        if key.name == "previews" {
            continue;
        }
        let stated = beside(key.name);
        let value = |name: &&str| VALUES.iter().find(|(known, ..)| known == name).expect("a value");
        let lines_of = stated.iter().map(|name| format!("{name} = {}\n", here(value(name).1)));
        let written = Written::new(lines_of.collect::<String>());
        let keys = AppBuilder::config_keys();
        let variable = |name: &&str| {
            let key = keys.iter().find(|key| key.name == *name).expect("it is one");
            (format!("SHOP_{}", key.variable), here(value(name).2))
        };
        let named: Vec<(String, String)> = stated.iter().map(variable).collect();
        let named: Vec<(&str, &str)> =
            named.iter().map(|(name, value)| (&**name, &**value)).collect();
        for (config, from) in [
            (
                written.config(),
                format!(
                    "{}:{}",
                    written.path(),
                    1 + stated.iter().position(|one| *one == key.name).unwrap_or(0)
                ),
            ),
            (variables(&named), format!("SHOP_{}", key.variable)),
        ] {
            // The issuer of the sample has keys that the program states.
            let app = if key.name.starts_with("tokens.") { without_issuer() } else { sample() };
            let found = app.config(config).check();
            assert_eq!(lines(&found.problems), "", "{}", key.name);
            let shown = here(value(&key.name).1);
            assert_eq!(effective(&found, key.name), (shown, from), "{}", key.name);
        }
    }
}

/// Compares each setting with the builder's method of its name.
#[test]
fn a_setting_does_what_the_method_of_its_name_does() {
    let written = Written::new(
        "base_url = \"https://shop.example\"\nhosts = [\"shop.example\"]\ncors = [\"https://a.example\"]\n\
         proxies = [\"10.0.0.0/8\"]\nbody_limit = \"1KiB\"\ndeadline = \"2s\"\nlimit_scale = 2\nmost_open = 3\n\
         address_limit = \"7/s\"\ndocs.off = true\n[server]\nproxy_protocol = true\n",
    );
    let stated = sample().config(written.config()).build().expect("it starts");
    let settings = secure_api::serve::ServerSettings { proxy_protocol: true, ..Default::default() };
    let called = sample()
        .base_url("https://shop.example")
        .hosts(["shop.example"])
        .cors(["https://a.example"])
        .proxies(["10.0.0.0/8"])
        .body_limit(1024)
        .deadline(std::time::Duration::from_secs(2))
        .limit_scale(2)
        .most_open(3)
        .address_limit(secure_api::limit::Limit::per_address(7).per_second())
        .docs(secure_api::docs::Docs::off())
        .server(settings)
        .build()
        .expect("it starts");
    assert_eq!(stated.model().settings, called.model().settings);
}

#[test]
fn variables_have_names_of_their_own() {
    let keys = AppBuilder::config_keys();
    let names: BTreeSet<&str> = keys.iter().map(|key| &*key.variable).collect();
    assert_eq!(names.len(), keys.len());
    assert!(!names.iter().any(|name| name.starts_with("APP_") || *name == "APP"));
}
