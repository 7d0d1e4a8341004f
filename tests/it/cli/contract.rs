//! The contract on the command line: what changed since it was accepted, and two documents beside each other.

use std::{fs, path::Path};

use serde_json::{Value, json};

use super::{clean::changed, run, shop, told, tool};
use crate::support::Folder;

/// The shop's lock, which its own test keeps.
const LOCK: &str = include_str!("../../../examples/shop/api.lock");

fn contract(act: &str, folder: &Path, words: &[&str]) -> (i32, String, String) {
    let folder = folder.to_str().expect("a path in letters");
    told(run(shop(), &[&["contract", act, "--folder", folder], words].concat(), ""))
}

// R34 R100
#[test]
fn a_change_of_the_contract_is_found_and_accepted_by_its_name() {
    let folder = Folder::new("contract-");
    fs::create_dir(folder.path()).expect("a folder");
    let (code, text, _) = contract("check", folder.path(), &[]);
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("api.lock is not there"), "{text}");
    assert_eq!(contract("accept", folder.path(), &[]).0, 0);
    assert_eq!(contract("check", folder.path(), &[]).0, 0);

    // Support did not see what it sees now.
    let lock = folder.path().join("api.lock");
    let before = fs::read_to_string(&lock).expect("the lock was written");
    assert_eq!(before, LOCK, "the command accepts what the shop's test does");
    let narrower =
        before.replace(r#""AccountFound": ["id", "user_name"]"#, r#""AccountFound": ["id"]"#);
    assert_ne!(narrower, before);
    fs::write(&lock, &narrower).expect("the lock is written");
    let (code, text, _) = contract("check", folder.path(), &[]);
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("now sees `user_name`"), "{text}");
    let (code, told, _) = contract("check", folder.path(), &["--json"]);
    let report: Value = serde_json::from_str(&told).expect("JSON");
    assert_eq!((code, &report["findings"][0]["level"]), (1, &json!("security")), "{told}");

    // A word for all is not enough.
    let (code, _, errors) = contract("accept", folder.path(), &["new"]);
    assert_eq!(code, 2, "{errors}");
    assert_eq!(
        fs::read_to_string(&lock).expect("the lock is there"),
        narrower,
        "nothing was written"
    );
    let words = text.lines().filter_map(|line| line.trim().strip_prefix('\'')?.split('\'').next());
    let words: Vec<&str> = words.collect();
    assert!(!words.is_empty(), "{text}");
    assert_eq!(contract("accept", folder.path(), &words).0, 0, "{words:?}");
    let after = fs::read_to_string(&lock).expect("the lock was written");
    assert!(after.contains("now sees `user_name`"), "an accepted change leaves its sentence");
    assert_eq!(contract("check", folder.path(), &[]).0, 0);
}

// R100
#[test]
fn two_documents_are_compared() {
    let (_, text, _) = told(run(shop(), &["openapi", "--version", "v2"], ""));
    let whole: Value = serde_json::from_str(&text).expect("JSON");
    let folder = Folder::new("contract-");
    fs::create_dir(folder.path()).expect("a folder");
    let written = |name: &str, document: &Value| {
        let file = folder.path().join(name);
        fs::write(&file, document.to_string()).expect("the document is written");
        file.to_str().expect("a path in letters").to_owned()
    };
    let old = written("old.json", &whole);
    let less = written("less.json", &changed(whole.clone(), &[("/paths/~1v2~1me", Value::Null)]));
    let diff = |old: &str, new: &str| told(run(tool(), &["diff", old, new], ""));
    assert_eq!(diff(&old, &old).0, 0);
    let (code, text, _) = diff(&old, &less);
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("api-path-removed") && text.contains("/v2/me"), "{text}");
    assert_eq!(diff(&less, &old).0, 0, "more is nothing that breaks");

    let (code, _, errors) = diff(&old, "gone.json");
    assert_eq!(code, 2);
    assert!(errors.contains("cannot read gone.json"), "{errors}");
}
