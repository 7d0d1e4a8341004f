//! `--check`: the settings that an app would be served with, and what keeps it from starting, before anything is served.

use serde_json::Value;

use super::Written;
use crate::{
    cli::{run, told},
    support::{Folder, example},
};

/// Checks a shop of this configuration, with further arguments.
fn checked(
    written: &Written,
    folder: &Folder,
    further: &[&str],
    variable: (&str, &str),
) -> (i32, String, String) {
    let mut shop = std::process::Command::new(example::program("shop"));
    let data = folder.path().join("data");
    shop.env_clear()
        .env("PATH", "/usr/bin:/bin")
        .env("SHOP_DATA", data)
        .env(variable.0, variable.1);
    let path = written.path();
    let arguments: Vec<&str> = [&["--config", &*path], further].concat();
    told(run(shop, &arguments, ""))
}

#[test]
fn it_prints_each_setting_with_its_origin_and_serves_nothing() {
    let folder = Folder::made("config-");
    let written = Written::new(
        "body_limit = \"8KiB\"\npreviews = [\"v3\"]\n[server]\nmax_connections = 50\n",
    );
    let (code, out, err) = checked(&written, &folder, &["--check"], ("SHOP_DEADLINE", "3s"));
    assert_eq!(code, 0, "{out}{err}");
    let line = |name: &str| {
        let line = out.lines().find(|line| line.split_whitespace().next() == Some(name));
        let line = line.unwrap_or_else(|| panic!("no {name}: {out}"));
        written.short(&line.split_whitespace().skip(1).collect::<Vec<_>>().join(" "))
    };
    assert_eq!(line("deadline"), "\"3s\" SHOP_DEADLINE");
    assert_eq!(line("body_limit"), "\"8KiB\" shop.toml:1");
    assert_eq!(line("server.max_connections"), "50 shop.toml:4");
    assert_eq!(line("previews"), "[\"v3\"] shop.toml:2");
    assert_eq!(line("limit_scale"), "1 default");
    assert_eq!(line("base_url"), "\"https://127.0.0.1:8443\" program");
    assert_eq!(line("secret"), "(not shown) program");
    assert_eq!(line("cors"), "- -");
    assert!(!out.contains("serving") && !out.contains("curl"), "{out}");
    assert!(!err.contains("is served"), "the certificate for development is not: {err}");
    // The same behind the command, and as JSON.
    let (code, json, err) =
        checked(&written, &folder, &["serve", "--check", "--json"], ("SHOP_DEADLINE", "3s"));
    assert_eq!(code, 0, "{json}{err}");
    let report: Value = serde_json::from_str(&json).expect("JSON");
    let settings = report["settings"].as_array().expect("a list");
    let deadline =
        settings.iter().find(|setting| setting["name"] == "deadline").expect("it is one");
    assert_eq!(deadline["from"], "SHOP_DEADLINE");
    assert_eq!((&report["problems"], &report["failure"]), (&serde_json::json!([]), &Value::Null));
}

/// A value as long as a file may have it stands in its own line, and makes no other one longer.
#[test]
fn a_long_value_is_printed_whole() {
    let folder = Folder::made("config-");
    let hosts: Vec<String> = (0..9000).map(|number| format!("\"a{number}.example\"")).collect();
    let written = Written::new(format!("hosts = [{}]\n", hosts.join(", ")));
    let (code, out, err) = checked(&written, &folder, &["--check"], ("A", "b"));
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("\"a8999.example\""));
    let others = out.lines().filter(|line| !line.starts_with("hosts"));
    assert!(others.map(str::len).all(|length| length < 1000), "{}", out.len());
}

#[test]
fn it_tells_all_that_is_wrong_and_ends_with_1() {
    let folder = Folder::made("config-");
    let written = Written::new(
        "deadlne = \"5s\"\nsecret = \"Yk2gN7hRrM1cV0z9dJ4wXqE8sT6bLuPaFiOo3yHtKxI=\"\n",
    );
    let (code, out, err) = checked(&written, &folder, &["--check"], ("SHOP_CORS", "*"));
    let err = written.short(&err);
    assert_eq!(code, 1, "{out}{err}");
    for said in [
        "SA902: shop.toml:1:1: there is no setting `deadlne`: did you mean `deadline`?",
        "SA903: SHOP_CORS: `cors` is not a list of origins",
        "SA905: shop.toml:2:1: `secret` is a secret",
    ] {
        assert!(err.contains(said), "{said}: {err}");
    }
    assert!(out.contains("body_limit"), "{out}");
    let (code, json, _) = checked(&written, &folder, &["--check", "--json"], ("SHOP_CORS", "*"));
    assert_eq!(code, 1, "{json}");
    let report: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(report["problems"].as_array().map(Vec::len), Some(3), "{report:#}");
    for text in [&out, &err, &json] {
        assert!(!text.contains("Yk2gN7"), "{text}");
    }
    // It does not start either.
    let (code, _, err) = checked(&written, &folder, &[], ("SHOP_CORS", "*"));
    assert_eq!(code, 1, "{err}");
    assert!(err.contains("SA902"), "{err}");
}

#[test]
fn what_fails_before_the_app_is_built_is_told_too() {
    let folder = Folder::made("config-");
    // The shop's own folder is a file here.
    std::fs::write(folder.path().join("data"), "").expect("a file");
    let (code, out, err) =
        checked(&Written::new("deadline = \"4s\"\n"), &folder, &["--check"], ("A", "b"));
    assert_eq!(code, 1, "{out}{err}");
    assert!(err.contains("the app was not built: "), "{err}");
    assert!(out.contains("\"4s\""), "{out}");
}

/// A variable whose value is no text is told, and not taken for absent.
#[cfg(unix)]
#[test]
fn a_variable_that_is_no_text_is_told() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt};

    let folder = Folder::made("config-");
    let mut shop = std::process::Command::new(example::program("shop"));
    shop.env_clear().env("PATH", "/usr/bin:/bin").env("SHOP_DATA", folder.path().join("data"));
    shop.env("SHOP_DEADLINE", OsStr::from_bytes(b"5\xff"));
    let (code, out, err) = told(run(shop, &["--check"], ""));
    assert_eq!(code, 1, "{out}{err}");
    assert!(
        err.contains("SA901: the configuration cannot be read: SHOP_DEADLINE is no UTF-8"),
        "{err}"
    );
}

#[test]
fn it_stands_beside_no_other_command() {
    let folder = Folder::made("config-");
    let written = Written::new("");
    let (code, _, err) = checked(&written, &folder, &["--check", "routes"], ("A", "b"));
    assert_eq!(code, 2, "{err}");
    assert!(err.contains("--check is for serving"), "{err}");
    let (code, _, err) = checked(&written, &folder, &["--json"], ("A", "b"));
    assert_eq!(code, 2, "{err}");
}

/// Commands tell of the settings that count, not of the program's.
#[test]
fn commands_tell_of_the_settings_that_count() {
    let folder = Folder::made("config-");
    let written = Written::new("base_url = \"https://shop.example\"\n");
    let arguments = ["openapi", "--version", "v2", "--served"];
    let (code, out, err) = checked(&written, &folder, &arguments, ("A", "b"));
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("https://shop.example"), "{out}");
}
