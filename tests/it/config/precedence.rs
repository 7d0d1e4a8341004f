//! The order in which values count: the environment before the file, the file before the program, the program before the
//! defaults.

use std::time::Duration;

use secure_api::{Tls, config::Config, docs::Docs};

use super::{Written, effective, sample, variables};
use crate::support::{
    Folder, TestServer,
    server::{ALICES, order},
};

#[test]
fn the_environment_counts_more_than_the_file_and_that_more_than_the_program() {
    let written = Written::new("deadline = \"5s\"\nbody_limit = \"8KiB\"\n");
    let stated = |config: Config| {
        // Before or after: the order of calls decides nothing.
        let before = sample().deadline(Duration::from_secs(9)).most_open(7).config(config.clone());
        let after = sample().config(config).deadline(Duration::from_secs(9)).most_open(7);
        let [before, after] = [before, after].map(|app| app.check());
        assert_eq!(before, after);
        assert_eq!(before.problems, []);
        before
    };
    let both = stated(written.config().variables([("SHOP_DEADLINE", "3s")]));
    let file = stated(written.config());
    let none = stated(Config::named("shop"));
    let value = |found, name| {
        let (value, from) = effective(found, name);
        (value, written.short(&from))
    };
    let pair = |value: &str, from: &str| (value.to_owned(), from.to_owned());
    assert_eq!(value(&both, "deadline"), pair("\"3s\"", "SHOP_DEADLINE"));
    assert_eq!(value(&both, "body_limit"), pair("\"8KiB\"", "shop.toml:2"));
    assert_eq!(value(&file, "deadline"), pair("\"5s\"", "shop.toml:1"));
    assert_eq!(value(&none, "deadline"), pair("\"9s\"", "program"));
    assert_eq!(value(&both, "most_open"), pair("7", "program"));
    assert_eq!(value(&none, "body_limit"), pair("\"64KiB\"", "default"));
    assert_eq!(value(&none, "base_url"), pair("-", "-"));
}

#[tokio::test]
async fn an_app_is_served_with_what_counts() {
    let written = Written::new("hosts = [\"shop.example\"]\nbody_limit = \"8KiB\"\n");
    let config = written.config().variables([("SHOP_HOSTS", "127.0.0.1, other.example")]);
    // The list of the program is replaced, and not added to.
    let server = TestServer::with(|app| app.hosts(["first.example"]).config(config)).await;
    let alice = server.token("alice", &["customer"]);
    let port = server.address.port();
    for (host, status) in [
        ("other.example".to_owned(), 200),
        ("shop.example".to_owned(), 421),
        ("first.example".to_owned(), 421),
    ] {
        let request = server.request(reqwest::Method::GET, &order("v2", ALICES));
        let answer =
            request.bearer_auth(&alice).header("host", &host).send().await.expect("an answer");
        assert_eq!(answer.status(), status, "{host}, port {port}");
    }
    let settings =
        sample().config(variables(&[("SHOP_BODY_LIMIT", "8KiB")])).configured().model().settings;
    assert_eq!(settings.map(|settings| settings.body_limit), Some(8 * 1024));
}

#[test]
fn one_of_a_group_stands_in_the_place_of_another() {
    let written = Written::new("[docs]\nopen = \"the shop is an example for all\"\n");
    let found = sample().config(written.config().variables([("SHOP_DOCS_OFF", "true")])).check();
    assert_eq!(found.problems, []);
    assert_eq!(effective(&found, "docs.off").1, "SHOP_DOCS_OFF");
    assert_eq!(effective(&found, "docs.open").0, "-");
    let app = sample().docs(Docs::off()).config(written.config()).build().expect("it starts");
    assert!(app.model().settings.as_ref().is_some_and(|settings| settings.docs.served));
}

#[test]
fn certificates_that_the_program_could_not_have_are_none_of_those_that_are_stated() {
    let folder = Folder::made("config-");
    let [certificate, key] = folder.pair("shop.example");
    // As a release build has of a certificate for development.
    let absent = || Tls::pem_files(folder.path().join("none"), folder.path().join("none"));
    let stated = variables(&[("SHOP_TLS_CERTIFICATE", &certificate), ("SHOP_TLS_KEY", &key)]);
    assert_eq!(sample().tls(absent()).config(stated).check().problems, []);
    let told = sample().tls(absent()).check().problems;
    assert_eq!(told.iter().map(|problem| problem.code).collect::<Vec<_>>(), ["SA204"]);
    // The last call counts in the program too.
    let given = sample().tls(absent()).tls(Tls::pem_files(&certificate, &key));
    assert_eq!(given.check().problems, []);
}
