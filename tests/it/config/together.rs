//! Mistakes of a configuration together: all at once with those of the app, each once, and no more than somebody reads.

use secure_api::{client::WebhookReceiver, secret::SecretBytes};

use super::{Written, lines, sample, variables};
use crate::support::Folder;

/// Settings of the app's own, of which there are none.
#[derive(Debug, serde::Deserialize)]
struct Own {}

#[test]
fn all_of_them_are_told_at_once_with_those_of_the_app() {
    let written = Written::new("deadlne = \"5s\"\nbody_limit = 5\nsecret = \"hush-hush\"\n");
    let config = written.config().variables([("SHOP_CORSS", "x")]).file("nowhere/shop.toml");
    let error =
        sample().base_url("nonsense").config(config).build().expect_err("it does not start");
    let mut codes: Vec<&str> = error.problems().iter().map(|problem| problem.code).collect();
    codes.sort_unstable();
    assert_eq!(codes, ["SA223", "SA901", "SA902", "SA902", "SA903", "SA905"], "{error}");
}

// What could not be made of the configuration and of secrets is told with the rest, and once.
#[test]
fn services_that_cannot_be_made_are_told_with_the_rest() {
    let written = Written::new("deadlne = \"5s\"\n[app]\nnothing = 1\n");
    let config = written.config().file("nowhere/shop.toml");
    let missing = SecretBytes::env("SHOP_TEST_NO_SUCH_VARIABLE");
    let error = sample()
        .try_service(config.app::<Own>())
        .try_service(WebhookReceiver::<Own>::new(missing))
        .config(config)
        .build()
        .expect_err("it does not start");
    let mut codes: Vec<&str> = error.problems().iter().map(|problem| problem.code).collect();
    codes.sort_unstable();
    assert_eq!(codes, ["SA177", "SA901", "SA902", "SA902"], "{error}");
}

#[test]
fn one_mistake_is_told_once() {
    let acme =
        "[tls.acme]\nhosts = [\"shop.example\"]\nfolder = \"a\"\nterms_of_service_agreed = true\n";
    for (text, codes) in [
        // Two ways to a certificate, of which the first counts; and its file is not there.
        (
            format!("tls.certificate = \"a.pem\"\ntls.key = \"b.pem\"\n{acme}"),
            &["SA904", "SA204"][..],
        ),
        // What belongs to a value that is wrong.
        ("tls.certificate = 5\ntls.key = \"b.pem\"".to_owned(), &["SA903"]),
        ("ledger.url = 5\nledger.user = \"shop\"".to_owned(), &["SA903"]),
        // All that an authority is asked with.
        ("tls.acme.contacts = [\"a\"]".to_owned(), &["SA903", "SA903"]),
    ] {
        let found = sample().config(Written::new(&text).config()).check();
        let told: Vec<&str> = found.problems.iter().map(|problem| problem.code).collect();
        assert_eq!(told, codes, "{text}: {:#?}", found.problems);
    }
}

#[test]
fn mistakes_are_told_up_to_a_bound() {
    let names: String = (0..30_000).map(|name| format!("nothing_{name} = 1\n")).collect();
    let found = sample().config(Written::new(names).config()).check();
    assert_eq!(found.problems.len(), 65);
    assert!(found.problems[64].text.ends_with("there are 29936 more problems in it"));
}

// A certificate that a variable states another way stands in the place of the file's.
#[test]
fn a_variable_states_one_of_two_ways() {
    let folder = Folder::made("config-");
    let acme = folder.path().join("acme").display().to_string();
    let written = Written::new("tls.certificate = \"a.pem\"\ntls.key = \"b.pem\"\n");
    let config = written.config().variables([
        ("SHOP_TLS_ACME_HOSTS", "shop.example"),
        ("SHOP_TLS_ACME_FOLDER", &acme),
        ("SHOP_TLS_ACME_TERMS_OF_SERVICE_AGREED", "true"),
    ]);
    let found = sample().config(config).check();
    assert_eq!(lines(&found.problems), "");
    let value =
        |name| found.settings.iter().find(|one| one.name == name).expect("one").value.clone();
    assert_eq!(value("tls.acme.hosts").as_deref(), Some("[\"shop.example\"]"));
    assert_eq!(value("tls.certificate"), None, "it is not served");
}

// What is stated and wrong is not shown as if the default counted.
#[test]
fn a_value_that_is_wrong_is_not_shown_as_another() {
    let found = sample().config(variables(&[("SHOP_DEADLINE", "soon")])).check();
    let deadline = found.settings.iter().find(|one| one.name == "deadline").expect("one");
    assert_eq!(deadline.value.as_deref(), Some("(not shown)"));
    assert_eq!(deadline.from.as_deref(), Some("SHOP_DEADLINE"));
}
