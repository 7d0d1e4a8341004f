//! The way that commands print: codes, JSON, closed pipes, colours, help and completions.

use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

use serde_json::Value;

use super::{run, shop, told, tool};
use crate::support::Folder;

#[test]
fn each_command_tells_the_same_as_json() {
    for (arguments, member, count) in [
        (&["routes"][..], "/operations", 38),
        (&["matrix"], "/operations", 38),
        (&["inventory"], "/model/operations", 38),
        (&["lint"], "/documents", 2),
    ] {
        let arguments: Vec<&str> = arguments.iter().copied().chain(["--json"]).collect();
        let (code, text, errors) = told(run(shop(), &arguments, ""));
        assert_eq!((code, &*errors), (0, ""), "{arguments:?}");
        let value: Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(
            value.pointer(member).and_then(Value::as_array).map(Vec::len),
            Some(count),
            "{arguments:?}"
        );
    }
    let (_, text, _) = told(run(shop(), &["matrix", "--json"], ""));
    let value: Value = serde_json::from_str(&text).expect("JSON");
    let account = value["operations"]
        .as_array()
        .expect("a list")
        .iter()
        .find(|one| one["operation"] == "get_account");
    assert_eq!(account.expect("it is there")["callers"]["customer"]["own"], "AccountContact");
    let (_, text, _) = told(run(shop(), &["limits", "--against", "-", "--json"], ""));
    assert_eq!(serde_json::from_str::<Value>(&text).expect("JSON")["requests"], 0);
}

#[test]
fn documents_are_written_into_a_folder() {
    let folder = Folder::new("openapi-");
    let out = folder.path().to_str().expect("a path");
    let (code, text, _) = told(run(shop(), &["openapi", "--out", out], ""));
    assert_eq!((code, &*text), (0, &*format!("{out}/v1.json\n{out}/v2.json\n")));
    let (_, printed, _) = told(run(shop(), &["openapi", "--version", "v2"], ""));
    assert_eq!(std::fs::read_to_string(folder.path().join("v2.json")).expect("a file"), printed);
    // Of a preview there is one where it is asked for by name.
    assert!(!folder.path().join("v3.json").exists());
    let (code, _, errors) = told(run(shop(), &["openapi"], ""));
    assert!(code == 2 && errors.contains("write `openapi --version v1`"), "{errors}");
}

#[test]
fn what_may_be_meant_is_told() {
    for (program, arguments, wanted) in [
        (shop as fn() -> Command, &["rotes"][..], "a similar subcommand exists: 'routes'"),
        (shop, &["openapi", "--version", "v9"], "[possible values: v1, v2, v3]"),
        (
            shop,
            &["token", "--role", "custmer", "--subject", "a"],
            "a similar value exists: 'customer'",
        ),
        (
            shop,
            &["limits", "--against", "-", "--as", "list_product"],
            "did you mean `list_products`?",
        ),
        (shop, &["limits", "--against", "/nowhere"], "cannot read /nowhere"),
        (tool, &["lint", "--fail-on", "hihg"], "a similar value exists: 'high'"),
        (tool, &["lnt"], "a similar subcommand exists: 'lint'"),
        (tool, &["completions", "fsh"], "a similar value exists: 'fish'"),
    ] {
        let (code, text, errors) = told(run(program(), arguments, ""));
        assert_eq!((code, &*text), (2, ""), "{arguments:?}: {errors}");
        assert!(
            errors.starts_with("error: ") && errors.contains(wanted),
            "{arguments:?}: {errors}"
        );
    }
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_ends_nothing_badly() {
    let programs = [
        (shop as fn() -> Command, &["routes"][..]),
        (shop, &["inventory", "--json"]),
        (tool, &["explain"]),
        (tool, &["completions", "bash"]),
        (tool, &["--help"]),
        (tool, &["lint", "--rules"]),
    ];
    for (program, arguments) in programs {
        let mut command = program();
        command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut process = command.spawn().expect("it starts");
        drop(process.stdout.take());
        let output = process.wait_with_output().expect("it ends");
        assert_eq!((output.status.code(), &*output.stderr), (Some(0), &b""[..]), "{arguments:?}");
    }
}

/// `script` gives a program a terminal; where it is missing, nothing is asked.
#[cfg(unix)]
#[test]
fn colours_go_to_a_terminal_alone() {
    let plain = told(run(tool(), &["explain", "SA701"], "")).1;
    assert!(!plain.contains('\u{1b}'));
    let in_terminal = |variable: &str| {
        let program = format!("{} explain SA701", tool().get_program().to_str().expect("a path"));
        let mut script = Command::new("script");
        script
            .args(["-qec", &program, "/dev/null"])
            .env("TERM", "xterm")
            .env_remove("CI")
            .env_remove("NO_COLOR");
        script.env(variable, "1").stdin(Stdio::null()).output().ok()
    };
    let Some(coloured) = in_terminal("SECURE_API_NOTHING") else { return };
    assert!(coloured.stdout.contains(&0x1b), "a terminal has colours");
    let asked = in_terminal("NO_COLOR").expect("it ran before");
    assert!(!asked.stdout.contains(&0x1b), "NO_COLOR asks for none");
}

#[test]
fn options_stand_before_a_command_or_after_it_and_are_told_where_it_serves() {
    let folder = Folder::new("cli-");
    let data = folder.path().to_str().expect("a path");
    let token = ["token", "--role", "customer", "--subject", "alice"];
    for arguments in
        [[&["--data", data][..], &token[..]].concat(), [&token[..], &["--data", data]].concat()]
    {
        let (code, token, errors) = told(run(shop(), &arguments, ""));
        assert_eq!((code, &*errors), (0, ""));
        assert_eq!(token.trim().split('.').count(), 3);
    }
    assert!(folder.path().join("signing-key.pem").exists());
    let help = |arguments: &[&str]| told(run(shop(), arguments, "")).1;
    assert!(
        help(&["--help"]).contains("--limit-scale")
            && help(&["serve", "-h"]).contains("--limit-scale")
    );
    assert!(!help(&["routes", "--help"]).contains("--limit-scale"));
    assert!(help(&["-h"]).contains("Usage: cargo run --example shop -- "));
    // The API's own words begin it.
    for asked in ["-h", "--help"] {
        let told = help(&[asked]);
        assert!(told.starts_with("A small shop"), "{told}");
        assert!(told.contains("Without a command, it serves."), "{told}");
    }
}

#[test]
fn serve_serves_as_no_command_does() {
    let folder = Folder::new("cli-");
    let mut command = shop();
    command
        .arg("serve")
        .arg("--data")
        .arg(folder.path())
        .args(["--addr", "127.0.0.1:0"])
        .env("RUST_LOG", "error");
    let mut process = command.stdout(Stdio::piped()).spawn().expect("it starts");
    let mut first = String::new();
    BufReader::new(process.stdout.take().expect("piped")).read_line(&mut first).expect("a line");
    process.kill().expect("it runs");
    process.wait().expect("it ends");
    assert!(first.contains("https://127.0.0.1:"), "{first}");
    // What keeps it from serving is told, and is no finding of a command.
    let (code, _, errors) = told(run(
        shop(),
        &[
            "--addr",
            "127.0.0.1:1",
            "--tls",
            "off",
            "--url",
            "ftp://x",
            "--data",
            folder.path().to_str().expect("a path"),
        ],
        "",
    ));
    assert_eq!(code, 1, "{errors}");
    assert!(errors.starts_with("error: ") && errors.contains("SA223"), "{errors}");
}

#[test]
fn each_shell_gets_its_completions() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        for (program, word) in [(shop as fn() -> Command, "matrix"), (tool, "explain")] {
            let (code, text, _) = told(run(program(), &["completions", shell], ""));
            assert_eq!(code, 0);
            assert!(text.contains(word), "{shell}");
        }
    }
}

/// An app that has no command line compiles none of what it takes.
#[test]
fn only_the_feature_compiles_clap() {
    let tree = |features: &[&str]| {
        let mut command = Command::new(env!("CARGO"));
        command.current_dir(env!("CARGO_MANIFEST_DIR"));
        command.args([
            "tree",
            "--locked",
            "--offline",
            "-p",
            "secure-api",
            "-e",
            "normal",
            "--prefix",
            "none",
        ]);
        told(run(command, features, ""))
    };
    let (code, default, errors) = tree(&[]);
    assert_eq!(code, 0, "{errors}");
    let with = tree(&["--features", "cli"]).1;
    for name in ["clap", "clap_complete", "anstream", "serde-saphyr"] {
        let has = |tree: &str| tree.lines().any(|line| line.split(' ').next() == Some(name));
        assert!(!has(&default), "{name} is in every app");
        assert!(has(&with), "{name} is not in the feature");
    }
}
