//! The order in which `lint` tells what it found.

use serde_json::{Value, json};

use super::{
    clean::{changed, clean},
    run, told, tool,
};

// The worst stands first, wherever in the document it is; of one severity the document's order holds.
#[test]
fn the_worst_is_told_first() {
    let old = json!({ "type": "mutualTLS" });
    let document = changed(
        clean(),
        &[
            ("/components/securitySchemes/Old", old.clone()),
            ("/components/securitySchemes/Older", old),
            ("/paths/~1admin~1notes/get/security", json!([{ "Login": ["read"] }])),
        ],
    );
    let (_, text, errors) = told(run(tool(), &["lint", "-", "--json"], &document.to_string()));
    let report: Value = serde_json::from_str(&text).unwrap_or_else(|_| panic!("{errors}"));
    let findings = report["documents"][0]["findings"].as_array().expect("a list").iter();
    let findings: Vec<_> = findings
        .map(|one| ["severity", "rule", "place"].map(|member| one[member].as_str().expect("text")))
        .collect();
    assert_eq!(
        findings,
        [
            ["high", "admin-like-others", "/paths/~1admin~1notes/get"],
            ["low", "unused-scheme", "/components/securitySchemes/Old"],
            ["low", "unused-scheme", "/components/securitySchemes/Older"],
        ]
    );
}
