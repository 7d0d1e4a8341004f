//! The hash of somebody whom an operator knows: the client of a live inventory.

use serde_json::Value;

use super::{run, shop, told};
use crate::support::folder::Folder;

const ISSUER: &str = "https://login.example";

/// Asks the shop of a folder for hashes.
fn ask(folder: &Folder, arguments: &[&str]) -> (i32, String, String) {
    let data = folder.path().to_str().expect("a text");
    let all = [&["inventory", "--data", data], arguments].concat();
    told(run(shop(), &all, ""))
}

fn hashes(folder: &Folder, arguments: &[&str]) -> Vec<String> {
    let (code, text, errors) = ask(folder, &[&["--json"], arguments].concat());
    assert_eq!(code, 0, "{errors}");
    let all: Value = serde_json::from_str(&text).expect("JSON");
    let all = all["clients"].as_array().expect("a list").iter();
    all.map(|one| one["client"].as_str().expect("a text").to_owned()).collect()
}

// R101 in part: an operator finds a partner by its hash.
#[test]
fn a_subject_has_its_hash() {
    let folder = Folder::made("client");
    let secret = "xK7+q2Pz9Lm4Vt1Rb8Ys3Wd6Hf0Nc5JaxK7+q2Pz9Lk=";
    std::fs::write(folder.path().join("secret"), secret).expect("a file");
    let issuer = ["--issuer", ISSUER];
    let both = hashes(&folder, &[&issuer[..], &["--client", "alice", "--client", "bob"]].concat());
    assert_eq!(both.len(), 2);
    assert!(both.iter().all(|hash| hash.len() == 16) && both[0] != both[1], "{both:?}");
    let alice = [&issuer[..], &["--client", "alice"]].concat();
    assert_eq!(hashes(&folder, &alice), [&*both[0]]);
    let acme = [&alice[..], &["--tenant", "acme"]].concat();
    assert_ne!(hashes(&folder, &acme), [&*both[0]], "tenants are apart");
    assert_eq!(hashes(&folder, &["--client", "192.0.2.1"]).len(), 1, "an address has no issuer");
    let (code, text, _) = ask(&folder, &alice);
    assert!(code == 0 && text.contains(&both[0]) && text.contains(ISSUER), "{text}");
}

#[test]
fn hashes_are_of_the_secret_that_the_settings_state() {
    let folder = Folder::made("client");
    let alice = ["--client", "alice", "--issuer", ISSUER];
    let (code, text, errors) = ask(&folder, &alice);
    assert_eq!((code, &*text), (2, ""));
    assert!(errors.contains("state no secret") && errors.contains(".secret("), "{errors}");
    assert_eq!(std::fs::read_dir(folder.path()).expect("it is there").count(), 0, "it makes none");
    for arguments in [&["--client", "alice", "--against", "x"][..], &["--issuer", ISSUER]] {
        assert_eq!(ask(&folder, arguments).0, 2, "{arguments:?}");
    }
}
