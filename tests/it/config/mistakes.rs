//! Mistakes in a configuration: each with its place, all together with those of the app, and none with its value.

use secure_api::{config::Config, error::StartProblem};

use super::{Written, lines, sample, told, variables};
use crate::support::Folder;

#[test]
fn each_mistake_is_told_with_its_place() {
    for (text, said) in [
        (
            "deadlne = \"5s\"",
            "SA902: shop.toml:1:1: there is no setting `deadlne`: did you mean `deadline`?",
        ),
        (
            "\n[server]\n  max_conections = 5",
            "SA902: shop.toml:3:3: there is no setting `server.max_conections`: did you mean `server.max_connections`?",
        ),
        (
            "[srever]\nmax_connections = 5",
            "SA902: shop.toml:2:1: there is no setting `srever.max_connections`: did you mean `server.max_connections`?",
        ),
        (
            "\"server.max_connections\" = 5",
            "SA902: shop.toml:1:1: there is no setting `server.max_connections`",
        ),
        ("server = 5", "SA902: shop.toml:1:1: there is no setting `server`"),
        ("deadline = 5", "SA903: shop.toml:1:1: `deadline` is not a duration, as `\"15s\"`"),
        ("deadline = \"5 s\"", "SA903: shop.toml:1:1: `deadline` is not a duration"),
        ("deadline = \"5m\"", "SA903: shop.toml:1:1: `deadline` is not a duration"),
        (
            "deadline = \"99999999999999999999s\"",
            "SA903: shop.toml:1:1: `deadline` is not a duration",
        ),
        ("body_limit = 64", "SA903: shop.toml:1:1: `body_limit` is not a size, as `\"64KiB\"`"),
        ("body_limit = \"64kb\"", "SA903: shop.toml:1:1: `body_limit` is not a size"),
        (
            "address_limit = \"0/min\"",
            "SA903: shop.toml:1:1: `address_limit` is not a limit, as `\"1200/min\"`",
        ),
        ("address_limit = \"9/week\"", "SA903: shop.toml:1:1: `address_limit` is not a limit"),
        ("most_open = -1", "SA903: shop.toml:1:1: `most_open` is not a whole number"),
        ("limit_scale = 0", "SA903: shop.toml:1:1: `limit_scale` is not a factor of 1 or more"),
        (
            "limit_scale = 4294967296",
            "SA903: shop.toml:1:1: `limit_scale` is not a whole number of 32 bits",
        ),
        (
            "base_url = \"http://shop.example\"",
            "SA903: shop.toml:1:1: `base_url` is not a URL that an app is found at",
        ),
        (
            "hosts = [\"shop.example\", \"a b\"]",
            "SA903: shop.toml:1:1: `hosts` is not a list of hosts",
        ),
        ("hosts = [5]", "SA903: shop.toml:1:1: `hosts` is not a list of texts"),
        ("cors = [\"*\"]", "SA903: shop.toml:1:1: `cors` is not a list of origins"),
        (
            "proxies = [\"10.0.0.0/99\"]",
            "SA903: shop.toml:1:1: `proxies` is not a list of networks",
        ),
        (
            "forwarded = \"x-real-ip\"",
            "SA903: shop.toml:1:1: `forwarded` is not one of `\"x-forwarded-for\"`",
        ),
        ("inventory_shared = false", "SA903: shop.toml:1:1: `inventory_shared` is not `true`"),
        ("previews = [\"v77\"]", "SA903: shop.toml:1:1: `previews` is not a list of previews"),
        (
            "docs.for_role = \"custmer\"",
            "SA903: shop.toml:1:6: `docs.for_role` is not a role: did you mean `customer`?",
        ),
        (
            "manage.address = \"nonsense\"",
            "SA903: shop.toml:1:8: `manage.address` is not an address and a port",
        ),
        (
            "manage.hosts = [\"a\"]",
            "SA903: shop.toml:1:8: `manage.hosts` is stated without `manage.address`",
        ),
        (
            "tls.certificate = [\"a.pem\"]",
            "SA903: shop.toml:1:5: `tls.certificate` is stated without `tls.key`",
        ),
        (
            "tls.acme.folder = \"acme\"",
            "SA903: shop.toml:1:10: `tls.acme.folder` is stated without `tls.acme.hosts`",
        ),
        (
            "[tls.acme]\nhosts = [\"shop.example\"]",
            "SA903: shop.toml:2:1: `tls.acme.hosts` is stated without `tls.acme.folder`",
        ),
        (
            "tls.key = \"a.pem\"\ntls.acme.hosts = [\"shop.example\"]",
            "SA904: shop.toml:2:10: `tls.acme.hosts` is stated beside `tls.key`, at shop.toml:1:5, and one of them counts",
        ),
        (
            "tls.acme.hosts = [\"shop.example\"]\ntls.acme.folder = \"FOLDER/acme\"",
            "SA217: nobody agreed to the terms of service of https://acme-v02.api.letsencrypt.org/directory",
        ),
        (
            "tls.certificate = \"a.pem\"\ntls.key = [\"a\", \"b\"]",
            "SA903: shop.toml:2:5: `tls.key` is not a list as long as",
        ),
        (
            "ledger.deadline = \"1s\"",
            "SA903: shop.toml:1:8: `ledger.deadline` is stated without `ledger.url`",
        ),
        ("app = 5", "SA903: shop.toml:1:1: `app` is not a table"),
        (
            "deadline = \"5s\"\ndeadline = \"6s\"",
            "SA904: shop.toml:2:1: `deadline` is stated already, further up in the file",
        ),
        (
            "inventory_file = \"a\"\ninventory_shared = true",
            "SA904: shop.toml:2:1: `inventory_shared` is stated beside `inventory_file`",
        ),
        ("secret = \"x\"", "SA905: shop.toml:1:1: `secret` is a secret"),
        ("secret = { fil = \"x\" }", "SA903: shop.toml:1:1: `secret` is not `{ file"),
        ("deadline = ", "SA901: the configuration cannot be read: shop.toml:1:12: "),
        (
            "[app]\ngreeting = \"x\"",
            "SA906: shop.toml:2:1: there are settings of the app's own, and nobody reads them",
        ),
    ] {
        let told = Written::new(text).told();
        assert!(
            told.lines().next().is_some_and(|line| line.starts_with(said)),
            "{text}\n  told: {told}\n  not: {said}"
        );
    }
}

#[test]
fn variables_are_told_by_their_names() {
    for (name, value, said) in [
        (
            "SHOP_DEADLNE",
            "5s",
            "SA902: SHOP_DEADLNE: there is no setting `SHOP_DEADLNE`: did you mean `SHOP_DEADLINE`?",
        ),
        ("SHOP_APP", "5s", "SA902: SHOP_APP: there is no setting `SHOP_APP`"),
        ("SHOP_DEADLINE", "5", "SA903: SHOP_DEADLINE: `deadline` is not a duration"),
        (
            "SHOP_DEADLINE",
            "",
            "SA903: SHOP_DEADLINE: `deadline` is stated by a variable that is empty",
        ),
        ("SHOP_HOSTS", "", "SA903: SHOP_HOSTS: `hosts` is stated by a variable that is empty"),
        (
            "SHOP_PORT",
            "80",
            "SA902: SHOP_PORT: there is no setting `SHOP_PORT`: there are `SHOP_ACCEPT_GZIP`,",
        ),
        ("SHOP_HOSTS", "a,,b", "SA903: SHOP_HOSTS: `hosts` is not a list of texts"),
        ("SHOP_MOST_OPEN", "+5", "SA903: SHOP_MOST_OPEN: `most_open` is not a whole number"),
        ("SHOP_MOST_OPEN", "1_000", "SA903: SHOP_MOST_OPEN: `most_open` is not a whole number"),
        (
            "SHOP_SERVER_PROXY_PROTOCOL",
            "yes",
            "SA903: SHOP_SERVER_PROXY_PROTOCOL: `server.proxy_protocol` is not `true` or `false`",
        ),
        ("SHOP_SECRET", "x", "SA905: SHOP_SECRET: `secret` is a secret"),
        ("SHOP_LEDGER_PASSWORD", "x", "SA905: SHOP_LEDGER_PASSWORD: `ledger.password` is a secret"),
        ("SHOP_APP_GREETING", "x", "SA906: SHOP_APP_GREETING: there are settings of the app's own"),
    ] {
        let told = told(variables(&[(name, value)]));
        assert!(told.starts_with(said), "{name}={value}: {told}");
    }
    let twice = told(variables(&[("SHOP_DEADLINE", "5s"), ("SHOP_DEADLINE", "6s")]));
    assert_eq!(twice, "SA904: SHOP_DEADLINE: `deadline` is stated already, at SHOP_DEADLINE");
    // Others' variables, and those that the program names, are nobody's mistake.
    let config = variables(&[
        ("SHOPPING", "x"),
        ("SHOP_DATA", "x"),
        ("PATH", "/bin"),
        ("SHOP_APP_OLD", "x"),
    ]);
    assert_eq!(told(config.apart(["SHOP_DATA", "SHOP_APP_OLD"])), "");
}

/// A terminal obeys nothing of what somebody named.
#[test]
fn a_name_is_told_on_one_line() {
    let named = "a\u{1b}[31mb\nc\u{202e}d";
    let written = Written::new("\"a\\u001b[31mb\\nc\\u202ed\" = 1\n");
    let all = [
        written.told(),
        told(variables(&[(&format!("SHOP_{named}"), "x")])),
        told(variables(&[(&format!("SHOP_APP_{named}"), "x")])),
        lines(
            variables(&[(&format!("SHOP_APP_{named}"), "x")])
                .app::<Own>()
                .expect_err("an error")
                .problems(),
        ),
    ];
    for told in all {
        assert!(told.starts_with("SA90"), "{told}");
        assert!(!told.contains(['\u{1b}', '\n', '\u{202e}']), "{told:?}");
    }
    let long = told(variables(&[(&format!("SHOP_{}", "A".repeat(100_000)), "x")]));
    assert!(long.len() < 1000, "{}", long.len());
}

/// Settings of the app's own, of which there are none.
#[derive(Debug, serde::Deserialize)]
struct Own {}

#[test]
fn a_file_that_cannot_be_read_is_told() {
    let folder = Folder::made("config-");
    let nowhere = folder.path().join("nowhere.toml");
    let told_of = |path: &std::path::Path| {
        told(Config::named("shop").file(path)).replace(&folder.path().display().to_string(), "…")
    };
    assert_eq!(
        told_of(&nowhere),
        "SA901: the configuration cannot be read: …/nowhere.toml: there is no such file"
    );
    assert!(told_of(folder.path()).starts_with("SA901: the configuration cannot be read: …: "));
    assert!(Written::new([0xff, 0xfe]).told().ends_with("shop.toml: it is no UTF-8"));
    // What never ends is not read at all, and what never begins is not waited for.
    if cfg!(unix) {
        assert!(told_of("/dev/zero".as_ref()).ends_with("/dev/zero: it is no file"));
    }
    let long = "# \n".repeat(400_000);
    assert!(Written::new(long).told().ends_with("it is larger than 1 MiB"));
    for name in ["", "5shop", "a b", "shöp"] {
        let told = told(Config::named(name).variables([("_X", "y"), ("PATH", "/bin")]));
        assert!(
            told.starts_with("SA901: the configuration cannot be read: the name"),
            "{name}: {told}"
        );
    }
}

#[test]
fn two_files_state_different_things() {
    let (one, other) = (Written::new("deadline = \"5s\"\n"), Written::new("most_open = 5\n"));
    let twice = Written::new("\ndeadline = \"6s\"\n");
    let found = sample().config(one.config().file(other.path())).check();
    assert_eq!(lines(&found.problems), "");
    let found = sample().config(one.config().file(twice.path())).check();
    let [StartProblem { code, text, .. }] = &found.problems[..] else { panic!("{found:?}") };
    let said = format!("{}:2:1: `deadline` is stated already, at {}:1:1", twice.path(), one.path());
    assert_eq!((*code, text), ("SA904", &said));
}
