//! The packages that are published: one version of the compiler everywhere, and manifests that a registry takes. The script
//! `check-package` holds what is in each package.

use super::read;

/// The crates that are published, by their folders.
const PUBLISHED: [&str; 3] = ["", "secure-api-macros/", "secure-api-runtime/"];

/// Returns the value of a key of a manifest, a line as `key = "value"`.
fn stated<'a>(manifest: &'a str, key: &str) -> Option<&'a str> {
    let value = manifest.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = "))?;
    Some(value.trim_matches('"'))
}

// The oldest compiler that the manifests promise is the one that builds and tests all of this.
#[test]
fn the_compiler_is_the_same_everywhere() {
    let manifest = read("Cargo.toml");
    let oldest = stated(&manifest, "rust-version").expect("a version");
    assert_eq!(stated(&read("rust-toolchain.toml"), "channel"), Some(&*format!("{oldest}.0")));
    let template = read("src/cli/project/template/Cargo.toml.txt");
    assert_eq!(stated(&template, "rust-version"), Some(oldest));
    let workflow = read(".github/workflows/ci.yml");
    let images = workflow.split("container: rust:").skip(1);
    let images: Vec<&str> = images.filter_map(|rest| rest.split(['\n', ' ']).next()).collect();
    assert!(images.len() > 2, "{images:?}");
    for image in images {
        assert!(image == format!("{oldest}-bookworm") || image == "bookworm", "{image}");
    }
    for page in ["README.md", "book/src/quickstart.md"] {
        let text = read(page).replace("Rust is 1", "Rust 1");
        let told = text.split("Rust ").skip(1).filter(|rest| rest.starts_with("1."));
        let told: Vec<&str> = told.filter_map(|rest| rest.split(' ').next()).collect();
        assert!(!told.is_empty(), "{page} does not say which Rust it takes");
        assert!(told.iter().all(|version| *version == oldest), "{page} says Rust {told:?}");
    }
}

#[test]
fn each_manifest_says_what_a_registry_asks_for() {
    for folder in PUBLISHED {
        let manifest = read(format!("{folder}Cargo.toml"));
        let package = manifest.split("\n[package]").nth(1).unwrap_or(&manifest);
        let package = package.split("\n[").next().unwrap_or_default();
        for key in ["description", "readme", "keywords", "categories", "include"] {
            assert!(stated(package, key).is_some(), "{folder}Cargo.toml has no {key}");
        }
        for key in ["version", "rust-version", "license", "repository"] {
            let shared = package.contains(&format!("\n{key}.workspace = true"));
            assert!(shared, "{folder}Cargo.toml has a {key} of its own, or none");
        }
        let keywords = stated(package, "keywords").unwrap_or_default();
        // The registry takes five.
        assert!(keywords.split(',').count() <= 5, "{folder}Cargo.toml: {keywords}");
        for license in ["LICENSE-MIT", "LICENSE-APACHE"] {
            assert_eq!(read(format!("{folder}{license}")), read(license), "{folder}{license}");
        }
        assert!(read(format!("{folder}README.md")).contains("```rust"), "{folder}README.md");
    }
}
