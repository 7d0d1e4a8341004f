//! Secrets: from files alone, and in nothing that is told.

use secure_api::config::Config;

use super::{Written, effective, lines, sample, variables};
use crate::support::Folder;

/// A secret, as `openssl rand -base64 32` prints it.
const SECRET: &str = "Yk2gN7hRrM1cV0z9dJ4wXqE8sT6bLuPaFiOo3yHtKxI=";

/// Returns all that an app with a configuration tells anywhere.
fn all_of(config: Config) -> String {
    let debug = format!("{config:?}");
    let found = sample().config(config.clone()).check();
    let error = sample().config(config).build().err();
    let own = error.map(|error| format!("{error}{error:?}")).unwrap_or_default();
    format!("{debug}{found:?}{}{own}", lines(&found.problems))
}

#[test]
fn a_secret_is_read_from_its_file() {
    let folder = Folder::made("config-");
    let file = folder.path().join("secret");
    std::fs::write(&file, format!("{SECRET}\n")).expect("a file");
    let file = file.display().to_string();
    let written = Written::new(format!("secret = {{ file = \"{file}\" }}\n"));
    for (config, from) in [
        (written.config(), format!("{}:1", written.path())),
        (variables(&[("SHOP_SECRET_FILE", &file)]), "SHOP_SECRET_FILE".to_owned()),
    ] {
        let found = sample().config(config.clone()).check();
        assert_eq!(lines(&found.problems), "");
        assert_eq!(effective(&found, "secret"), (format!("{{ file = \"{file}\" }}"), from));
        assert!(!all_of(config.clone()).contains(SECRET));
        // It is the app's secret: names are made by it, the same each time.
        let name = || {
            sample().config(config.clone()).configured().live_client(
                "https://a.example",
                None,
                "alice",
            )
        };
        assert!(name().is_some() && name() == name());
        assert_ne!(
            name(),
            sample().secret(secure_api::secret::SecretBytes::random()).live_client(
                "https://a.example",
                None,
                "alice"
            )
        );
    }
    // The one of the program is not told either.
    let found = sample().secret(secure_api::secret::SecretBytes::random()).check();
    assert_eq!(effective(&found, "secret"), ("(not shown)".to_owned(), "program".to_owned()));
}

#[test]
fn a_secret_that_is_none_keeps_the_app_from_starting() {
    let folder = Folder::made("config-");
    let file = |name: &str, text: &str| {
        let file = folder.path().join(name);
        std::fs::write(&file, text).expect("a file");
        file.display().to_string()
    };
    let (short, typed) = (
        file("short", "c2hvcnQ="),
        file("typed", "not base64 at all, but a sentence of many words"),
    );
    // It would be a secret, and is read up to a bound: a device has no end.
    let long = file("long", &SECRET.repeat(2000));
    for (path, code, why) in [
        (&*short, "SA718", ""),
        (&*typed, "SA177", "it is no base64"),
        ("/nowhere/secret", "SA177", "there is no such file"),
        (&*long, "SA177", "it is larger than 64 KiB"),
    ] {
        let found = sample().config(variables(&[("SHOP_SECRET_FILE", path)])).check();
        let [problem] = &found.problems[..] else { panic!("{path}: {found:?}") };
        assert!(problem.code == code && problem.text.contains(why), "{path}: {problem}");
    }
}

/// Tries each place in which somebody might write one.
#[test]
fn a_secret_in_the_configuration_is_refused_and_not_repeated() {
    let pem = format!("-----BEGIN PRIVATE KEY-----\\n{SECRET}\\n-----END PRIVATE KEY-----");
    // A variable has it on one line at times.
    let line = pem.replace("\\n", " ");
    for text in [
        format!("tls.key = \"{line}\"\ntls.certificate = \"a.pem\""),
        format!("tls.key = \"a.pem\"\ntls.certificate = [\"{line}\"]"),
        format!("secret = \"{SECRET}\""),
        format!("secret = {{ value = \"{SECRET}\" }}"),
        format!("secret = {{ file = \"{pem}\" }}"),
        format!("secret = [\"{SECRET}\"]"),
        format!("[secret]\nfile = [\"{SECRET}\"]"),
        format!("manage.token = \"{SECRET}\""),
        format!("manage.address = \"{SECRET}\""),
        format!("ledger.password = '{SECRET}'"),
        format!("ledger.url = \"rediss://shop:{SECRET}@redis.example\""),
        format!("ledger.url = \"{SECRET}\""),
        format!("ledger.user = \"{SECRET}\""),
        format!("base_url = \"https://shop:{SECRET}@shop.example\""),
        format!("base_url = \"{SECRET}\""),
        format!("cors = [\"https://shop:{SECRET}@shop.example\"]"),
        format!("hosts = [\"{SECRET}\"]"),
        format!("proxies = [\"{SECRET}\"]"),
        format!("deadline = \"{SECRET}\""),
        format!("body_limit = \"{SECRET}\""),
        format!("forwarded = \"{SECRET}\""),
        format!("docs.for_role = \"{SECRET}\""),
        format!("previews = [\"{SECRET}\"]"),
        format!("tls.key = \"{pem}\"\ntls.certificate = \"a.pem\""),
        format!("tokens.issuer = \"https://a:{SECRET}@login.example\""),
        format!("unknown = \"{SECRET}\""),
        format!("[app]\nsecret = \"{SECRET}\""),
        format!("secret = {SECRET}"),
        format!("secret \"{SECRET}\""),
        format!("secret = \"{SECRET}"),
        format!("secret = \"\"\"{SECRET}"),
        format!("deadline = \"1s\" {SECRET}"),
    ] {
        let written = Written::new(&text);
        let all = all_of(written.config());
        assert!(all.contains("SA90"), "{text} is no mistake: {all}");
        assert!(!all.contains(SECRET), "{text}: {all}");
    }
    for name in [
        "SECRET",
        "MANAGE_TOKEN",
        "LEDGER_PASSWORD",
        "BASE_URL",
        "DEADLINE",
        "MOST_OPEN",
        "SECRT",
        "APP_SECRET",
    ] {
        let all = all_of(variables(&[(&format!("SHOP_{name}"), SECRET)]));
        assert!(all.contains("SA90") && !all.contains(SECRET), "{name}: {all}");
    }
}

// Whoever writes the secret where the name of its file stands is told that there is no such file, and of which setting.
#[test]
fn a_secret_in_the_place_of_its_file_is_not_repeated() {
    let written = Written::new(format!("secret = {{ file = \"{SECRET}\" }}\n"));
    let variable = |name: &str| variables(&[(name, SECRET)]);
    for config in [
        written.config(),
        variable("SHOP_SECRET_FILE"),
        variable("SHOP_MANAGE_TOKEN_FILE"),
        variable("SHOP_LEDGER_PASSWORD_FILE"),
    ] {
        let found = sample().config(config.clone()).check();
        let shown: Vec<_> = found.problems.iter().map(|problem| problem.to_string()).collect();
        let told = format!("{}{:?}{shown:?}", all_of(config), found);
        assert!(!told.contains(SECRET), "{told}");
        assert!(!shown.is_empty(), "{told}");
    }
}

// A user may be a token, and a query may have a key.
#[test]
fn a_secret_in_a_url_is_not_shown() {
    for (name, url, shown) in [
        (
            "tokens.issuer",
            format!("https://{SECRET}@login.example/a"),
            "https://(not shown)@login.example/a",
        ),
        (
            "tokens.issuer",
            format!("https://login.example?key={SECRET}"),
            "https://login.example?(not shown)",
        ),
        (
            "tokens.jwks_uri",
            format!("https://a@b@login.example/keys#{SECRET}"),
            "https://(not shown)@login.example/keys?(not shown)",
        ),
        (
            "docs.open",
            format!("see https://{SECRET}@docs.example"),
            "see https://(not shown)@docs.example",
        ),
        ("tokens.audience", "https://shop.example/@a".to_owned(), "https://shop.example/@a"),
    ] {
        let (group, key) = name.split_once('.').expect("a dot");
        let written = Written::new(format!("[{group}]\n{key} = \"{url}\"\n"));
        let found = sample().config(written.config()).check();
        assert_eq!(effective(&found, name).0, format!("\"{shown}\""));
        assert!(!format!("{found:?}").contains(SECRET), "{found:#?}");
    }
}
