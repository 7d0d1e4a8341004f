//! OpenAPI documents that others wrote: what `lint` tells is of a place that is there, what `import` writes are files of Rust in
//! its folder, and the same document says the same in JSON and in YAML.

use std::path::{Component, Path};

use secure_api::{__fuzz::Looked, contract::diff, version::Day};

/// Reads bytes as a document.
pub fn check(data: &[u8]) -> bool {
    let Ok(looked) = Looked::of(data) else { return false };
    for (place, what) in &looked.findings {
        assert!(looked.document.pointer(place).is_some(), "nothing is at {place}: {what}");
    }
    assert!(looked.score <= 100, "{}", looked.score);
    for (path, text) in &looked.files {
        let inside = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
        assert!(inside, "{path} is written");
        if path.ends_with(".rs") {
            syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}:\n{text}"));
        } else if path.ends_with(".toml") {
            text.parse::<toml::Table>().unwrap_or_else(|error| panic!("{path}: {error}:\n{text}"));
        }
    }
    let json = looked.document.to_string();
    let again = Looked::of(json.as_bytes()).unwrap_or_else(|error| panic!("{error}: {json}"));
    assert_eq!(again, looked, "{json}");
    let today = Day::new(2026, 11, 29);
    if let Ok(report) = diff(&json, &json, today) {
        assert!(report.findings.is_empty(), "{:?}: {json}", report.findings);
    }
    true
}
