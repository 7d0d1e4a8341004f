//! A wrong program is told the same by every tool: `cargo check`, `cargo build`, a doc test, and `cargo doc` as far as
//! it looks.
//!
//! The outputs beside the programs are those of `cargo check`. Here a sample of them, of each tier and concern, is given
//! to the compiler and to rustdoc as cargo would, against the framework that this test was built with. None is of those whose
//! help is by what the rest of their file says: a doc test stands in a function, where nothing of it is believed.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

/// The mistakes that the macro sees. `cargo doc` expands macros, so it tells these too.
const BY_MACRO: &[&str] = &[
    "api/misspelt_key",
    "error/status_200",
    "flow/after_for_ever",
    "input/field_names",
    "module/prefix_parameter_twice",
    "role/cycle_of_two",
    "route/missing_comma",
    "version/sunset_alone",
    "view/field_misspelt",
];

/// The mistakes that types and constants show. `cargo doc` reads no bodies and evaluates no constants, of any crate, so
/// it tells what a signature shows, and nothing of the rest.
const BY_COMPILER: &[&str] = &[
    "api/role_without_routes",
    "error/of_std",
    "error/transparent_of_no_api_error",
    "flow/after_another_object",
    "input/secret_deep_in_a_public_form",
    "input/text_without_bound",
    "limit/credential_without_limit",
    "module/prefix_with_version",
    "module/view_above_the_role",
    "object/key_without_proof",
    "object/not_a_store",
    "object/returned_without_proof",
    "role/no_decision_on_who_may_call",
    "role/role_of_another_enum",
    "route/plain_string_argument",
    "verb/patch_in_post",
    "verb/writer_in_get",
    "version/two_handlers_for_one_request",
    "view/wider_than_role",
];

#[test]
fn every_tool_tells_the_same() {
    let work = std::env::temp_dir().join(format!("secure-api-tools-{}", std::process::id()));
    std::fs::create_dir_all(&work).expect("a folder");
    let mut others = Vec::new();
    for (case, by_macro) in
        BY_MACRO.iter().map(|case| (case, true)).chain(BY_COMPILER.iter().map(|case| (case, false)))
    {
        let expected = errors(&read(&folder().join(case).with_extension("stderr")), case);
        assert!(!expected.is_empty(), "{case}");
        for (tool, found) in [
            ("cargo check", compiled(case, "metadata", &work)),
            ("cargo build", compiled(case, "link", &work)),
            ("cargo check, again and again", incrementally(case, &work)),
            ("a doc test", tested(case, &work)),
            ("cargo doc", documented(case, &work)),
        ] {
            let silent = found.is_empty() && tool == "cargo doc" && !by_macro;
            if found != expected && !silent {
                others.push(format!("{case}, {tool}:\n{found:#?}\nand not\n{expected:#?}"));
            }
        }
    }
    drop(std::fs::remove_dir_all(&work));
    assert!(others.is_empty(), "{}", others.join("\n"));
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Compiles a program as `cargo check` (`metadata`) or `cargo build` (`link`) does.
fn compiled(case: &str, emit: &str, work: &Path) -> Vec<String> {
    let mut rustc = tool("rustc", work);
    rustc.args(["--crate-type=bin", "--crate-name=wrong", &format!("--emit={emit}")]);
    told(rustc.arg("--out-dir").arg(work).arg(format!("{case}.rs")), case)
}

/// Compiles a program twice as `cargo check` does while a crate is worked on: only what was changed is looked at again.
/// There the compiler tells a mistake twice that it finds at a token and at an `.await` of the same token.
fn incrementally(case: &str, work: &Path) -> Vec<String> {
    let mut rustc = tool("rustc", work);
    rustc.args(["--crate-type=bin", "--crate-name=wrong", "--emit=metadata", "--out-dir"]);
    rustc.arg(work).arg(format!("-Cincremental={}", work.join("incremental").display()));
    rustc.arg(format!("{case}.rs"));
    let output = rustc.output().unwrap_or_else(|error| panic!("{rustc:?}: {error}"));
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    // What was shown to its last word, cargo does not show again.
    let mut shown: Vec<String> = Vec::new();
    for line in text.lines() {
        match shown.last_mut() {
            Some(error) if !line.starts_with("error") => *error += &format!("\n{line}"),
            _ => shown.push(line.to_owned()),
        }
    }
    let mut seen = std::collections::HashSet::new();
    shown.retain(|error| seen.insert(error.trim_end().to_owned()));
    errors(&shown.join("\n"), case)
}

/// Documents a program as `cargo doc` does.
fn documented(case: &str, work: &Path) -> Vec<String> {
    let mut rustdoc = tool("rustdoc", work);
    rustdoc.args(["--crate-type=bin", "--crate-name=wrong", "-o"]);
    told(rustdoc.arg(work.join("doc")).arg(format!("{case}.rs")), case)
}

/// Tests a program as a sample in somebody's docs.
fn tested(case: &str, work: &Path) -> Vec<String> {
    let program = read(&folder().join(case).with_extension("rs"));
    let shop = folder().join("shop.rs");
    let page = work.join(case.replace('/', "-")).with_extension("md");
    let sample = program.replace("../shop.rs", &shop.to_string_lossy());
    std::fs::write(&page, format!("```rust\n{sample}```\n")).expect("a page");
    let place = page.to_string_lossy().into_owned();
    let mut found = told(tool("rustdoc", work).arg("--test").arg(&page), &place);
    for line in found.iter_mut().filter(|line| line.contains("--> ")) {
        // The fence is a line too.
        let number = line.split(':').nth(1).and_then(|number| number.parse::<usize>().ok());
        if let Some(number) = number {
            *line = line.replacen(&format!(":{number}:"), &format!(":{}:", number - 1), 1);
        }
    }
    found
}

/// The compiler or rustdoc, with the framework as this test has it: the newest that was built beside it.
pub(super) fn tool(name: &str, work: &Path) -> Command {
    let binary = std::env::current_exe().expect("a test binary");
    let built = binary.parent().expect("a folder");
    let newest = |start: &str| {
        let is_of = |path: &PathBuf| {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            name.starts_with(start) && name.ends_with(".rlib")
        };
        let files =
            std::fs::read_dir(built).expect("a folder").map(|file| file.expect("a file").path());
        let age = |path: &PathBuf| path.metadata().and_then(|data| data.modified()).ok();
        files.filter(is_of).max_by_key(age)
    };
    let framework = newest("libsecure_api-").expect("the framework was built");
    let mut command = Command::new(name);
    command.current_dir(folder()).env("TMPDIR", work).args(["--edition=2024", "--color=never"]);
    command.arg("-L").arg(format!("dependency={}", built.display()));
    command.arg("--extern").arg(format!("secure_api={}", framework.display()));
    // What only an extractor reads is of axum's types.
    if let Some(axum) = newest("libaxum-") {
        command.arg("--extern").arg(format!("axum={}", axum.display()));
    }
    command
}

pub(super) fn told(command: &mut Command, case: &str) -> Vec<String> {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let text = [output.stderr, output.stdout].concat();
    errors(&String::from_utf8_lossy(&text), case)
}

/// Splits the output into errors, each from its first line to its place, in the words of the outputs that are kept.
fn errors(text: &str, case: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut inside = false;
    let summary = ["error: aborting", "error: doctest failed", "error: could not"];
    for line in text.lines() {
        inside |= line.starts_with("error") && !summary.iter().any(|start| line.starts_with(start));
        if !inside {
            continue;
        }
        let place = line.find("--> ").map(|at| &line[at..]);
        inside = place.is_none();
        let line = place.unwrap_or(line).replace(&format!("{case}.rs"), "wrong.rs");
        let line = line.replace(case, "wrong.rs").replace("rust_out::", "$CRATE::");
        // A dependency of some feature may have a `String`, too: then the whole path is told.
        let line = line.replace("std::string::String", "String");
        lines.push(line.replace("wrong::", "$CRATE::").trim().to_owned());
    }
    lines
}
