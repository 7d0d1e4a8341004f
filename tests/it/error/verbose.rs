//! Builds for development and variables of the environment: neither makes an error say more.

use std::path::PathBuf;

use crate::house::{files_under, shown, source::Source};

/// The folders of what runs in an app, or is written into its code.
const FOLDERS: [&str; 2] = ["secure-api-runtime/src", "secure-api-macros/src"];

/// Files that may ask for the kind of the build, and what each decides by it.
const BUILD: [(&str, &str); 5] = [
    ("secure-api-runtime/src/docs/settings.rs", "who may read the documents"),
    ("secure-api-runtime/src/observe/init.rs", "whether the log is text or JSON"),
    (
        "secure-api-runtime/src/serve/tls/development.rs",
        "whether a certificate for development is served",
    ),
    ("secure-api-runtime/src/token/signer.rs", "whether a token names a client of its own"),
    (
        "secure-api-runtime/src/weakened.rs",
        "whether a stage can be taken out, to see that `verify` notices",
    ),
];

/// Files that may read the environment, and what for.
const ENVIRONMENT: [(&str, &str); 4] = [
    ("secure-api-runtime/src/config/mod.rs", "settings, of which none is what an error says"),
    ("secure-api-runtime/src/observe/otel.rs", "where spans are exported to"),
    ("secure-api-runtime/src/secret/given.rs", "the secret"),
    ("secure-api-runtime/src/serve/tls/development.rs", "the folder of a user's caches"),
];

/// The door for tests: a release has none.
const DOOR: &str = "all(feature = \"testing\", debug_assertions)";

/// Holds the files whose code has one of some texts against those that may.
fn only(texts: &[&str], may: &[(&str, &str)]) {
    let has = |path: &PathBuf| {
        if path
            .components()
            .any(|part| part.as_os_str() == "tests" || part.as_os_str() == "testing")
        {
            return false;
        }
        let code = Source::read(path).with_texts.replace(DOOR, "");
        texts.iter().any(|text| code.contains(text))
    };
    let files = FOLDERS.iter().flat_map(|folder| files_under(folder, ".rs"));
    let asking: Vec<String> = files.filter(has).map(|path| shown(&path)).collect();
    for file in &asking {
        assert!(may.iter().any(|(may, _)| may == file), "{file} has one of {texts:?}");
    }
    for (file, decided) in may {
        assert!(asking.iter().any(|asks| asks == file), "{file} does not ask any more: {decided}");
    }
}

// R78: what an error tells does not depend on how an app was built.
#[test]
fn no_error_depends_on_the_kind_of_the_build() {
    only(&["debug_assertions"], &BUILD);
}

// R78: nor on a variable.
#[test]
fn no_error_depends_on_the_environment() {
    only(&["env::var", "env::vars", "option_env!"], &ENVIRONMENT);
}
