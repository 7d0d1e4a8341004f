//! Two versions of one crate of roles in one program, as cargo builds them where a library stands on the older one. The
//! names of their enums are the same, and what a bit of them means is not.

use std::path::Path;

use super::tools::{told, tool};

/// The places of a program where roles or versions are named, and the code and token of what is told there.
const PLACES: &[(&str, &str, &str)] = &[
    ("in_a_route", "SA114", ":66:17"),
    ("in_a_list", "SA114", ":15:70"),
    ("in_a_view", "SA114", ":22:71"),
    ("in_an_argument", "SA114", ":30:23"),
    ("in_a_limit", "SA114", ":36:99"),
    ("in_a_range", "SA610", ":43:31"),
];

// R33
#[test]
fn two_versions_of_a_crate_of_roles_are_two_enums() {
    let work = std::env::temp_dir().join(format!("secure-api-diamond-{}", std::process::id()));
    std::fs::create_dir_all(&work).expect("a folder");
    library("staff", "staff_1", "1", &[], &work);
    library("staff", "staff_2", "2", &[], &work);
    library("library", "library", "1", &[("staff", "1")], &work);
    let mut others = Vec::new();
    for (place, code, token) in PLACES {
        let apart = app(place, "2", &work);
        let text = apart.join("\n");
        let said = text.contains(code)
            && text.contains("another enum of that name")
            && text.contains("cargo tree -d")
            && text.contains(token);
        if !said || apart.iter().filter(|line| line.starts_with("error")).count() != 1 {
            others.push(format!("{place}, with two versions:\n{text}"));
        }
        // With one version there is nothing to tell.
        let together = app(place, "1", &work);
        if !together.is_empty() {
            others.push(format!("{place}, with one version:\n{}", together.join("\n")));
        }
    }
    drop(std::fs::remove_dir_all(&work));
    assert!(others.is_empty(), "{}", others.join("\n"));
}

fn library(name: &str, file: &str, version: &str, on: &[(&str, &str)], work: &Path) {
    let mut rustc = tool("rustc", work);
    rustc.args(["--crate-type=lib", &format!("--crate-name={name}"), "--emit=metadata"]);
    rustc.arg(format!("-Cmetadata={version}")).arg(format!("-Cextra-filename=-{version}"));
    on.iter().for_each(|(other, version)| depend(&mut rustc, other, version, work));
    rustc.arg("--out-dir").arg(work).arg(format!("diamond/{file}.rs"));
    let found = told(&mut rustc, file);
    assert!(found.is_empty(), "{found:#?}");
}

/// Returns the compiler's messages for the app with this version of the roles beside the library.
fn app(place: &str, version: &str, work: &Path) -> Vec<String> {
    let mut rustc = tool("rustc", work);
    rustc.args(["--crate-type=bin", "--crate-name=app", "--emit=metadata", "--cfg", place]);
    depend(&mut rustc, "staff", version, work);
    depend(&mut rustc, "library", "1", work);
    told(rustc.arg("--out-dir").arg(work).arg("diamond/app.rs"), "app")
}

fn depend(rustc: &mut std::process::Command, name: &str, version: &str, work: &Path) {
    let file = work.join(format!("lib{name}-{version}.rmeta"));
    rustc.arg("--extern").arg(format!("{name}={}", file.display()));
    rustc.arg("-L").arg(format!("dependency={}", work.display()));
}
