//! The targets of fuzzing: each is in the script and has seeds, and its invariants hold of each seed. What only `cargo fuzz`
//! builds opens no door for anybody else.

use std::{collections::BTreeSet, fs, panic};

use super::{files_under, read, root};

#[path = "../../../fuzz/src/lib.rs"]
#[allow(
    dead_code,
    unreachable_pub,
    reason = "it is a crate of its own, of which some is for fuzzing alone"
)]
mod targets;

/// A target: it returns `true` where something of its bytes is accepted.
type Target = fn(&[u8]) -> bool;

/// The targets that the public interface leads to.
const TARGETS: [(&str, Target); 13] = [
    ("config", targets::config::check),
    ("cookie", targets::cookie::check),
    ("cursor", targets::cursor::check),
    ("forwarded", targets::forwarded::check),
    ("json", targets::json::check),
    ("multipart", targets::multipart::check),
    ("path", targets::path::check),
    ("problem", targets::problem::check),
    ("range", targets::range::check),
    ("structured", targets::structured::check),
    ("token", targets::token::check),
    ("trace", targets::trace::check),
    ("webhook", targets::webhook::check),
];

/// The targets that `secure_api::__fuzz` opens a door for.
const INSIDE: [&str; 2] = ["document", "proxied"];

fn names() -> BTreeSet<String> {
    TARGETS.iter().map(|(name, _)| *name).chain(INSIDE).map(str::to_owned).collect()
}

/// Returns the names in a folder of `fuzz/`, without their endings.
fn entries(folder: &str) -> BTreeSet<String> {
    let entries =
        fs::read_dir(root().join(folder)).unwrap_or_else(|error| panic!("{folder}: {error}"));
    let names =
        entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("a name"));
    names.map(|name| name.split('.').next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn each_target_is_in_the_script_and_has_seeds() {
    assert_eq!(entries("fuzz/fuzz_targets"), names(), "this test names each target");
    assert_eq!(entries("fuzz/seeds"), names());
    let script = read("scripts/fuzz");
    let (_, listed) = script.split_once("TARGETS=(").expect("the targets");
    let listed = listed.split(')').next().unwrap_or_default().split_whitespace();
    assert_eq!(listed.map(str::to_owned).collect::<BTreeSet<_>>(), names(), "scripts/fuzz");
    let manifest = read("fuzz/Cargo.toml");
    for name in names() {
        assert!(entries(&format!("fuzz/seeds/{name}")).len() >= 4, "{name} has few seeds");
        assert!(manifest.contains(&format!("path = \"fuzz_targets/{name}.rs\"")), "{name}");
        let call = format!("secure_api_fuzz::{name}::check(data)");
        assert!(read(format!("fuzz/fuzz_targets/{name}.rs")).contains(&call), "{name}");
    }
}

#[test]
fn what_a_target_holds_holds_of_each_seed() {
    let mut broken = Vec::new();
    for (name, check) in TARGETS {
        let mut accepted = BTreeSet::new();
        for seed in files_under(&format!("fuzz/seeds/{name}"), "") {
            let bytes =
                fs::read(&seed).unwrap_or_else(|error| panic!("{}: {error}", seed.display()));
            match panic::catch_unwind(|| check(&bytes)) {
                Ok(is_accepted) => drop(accepted.insert(is_accepted)),
                Err(_) => broken.push(seed),
            }
        }
        // Of what is always refused nothing would be asked.
        assert!(accepted.contains(&true), "no seed of {name} is accepted");
        assert!(accepted.len() == 2 || name == "problem", "no seed of {name} is refused");
    }
    assert!(broken.is_empty(), "what each says is above: {broken:#?}");
}

/// Nothing of the framework is built otherwise for fuzzing: a target would hold what holds of another program.
#[test]
fn nothing_but_fuzzing_opens_the_door() {
    let mut doors = BTreeSet::new();
    for folder in ["src", "secure-api-runtime/src", "secure-api-macros/src"] {
        for path in files_under(folder, ".rs") {
            let text = read(&path);
            let told = text.lines().filter(|line| line.contains("fuzzing") && line.contains("cfg"));
            for line in told {
                assert_eq!(line.trim(), "#[cfg(fuzzing)]", "{path:?}");
                doors.insert(super::shown(&path));
            }
        }
    }
    let expected = [
        "secure-api-runtime/src/lib.rs",
        "secure-api-runtime/src/serve/mod.rs",
        "secure-api-runtime/src/serve/preamble.rs",
        "src/cli/import/mod.rs",
        "src/cli/lint/mod.rs",
        "src/cli/mod.rs",
        "src/lib.rs",
    ];
    assert_eq!(doors.iter().map(String::as_str).collect::<Vec<_>>(), expected);
    for manifest in ["Cargo.toml", "secure-api-runtime/Cargo.toml", "secure-api-macros/Cargo.toml"]
    {
        let text = read(manifest);
        let named = text.lines().filter(|line| line.contains("fuzzing") && !line.starts_with('#'));
        assert!(named.into_iter().all(|line| line.contains("check-cfg")), "{manifest}");
    }
}
