//! The line of a user's test: it reads the files, says what changed, and writes what was accepted.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use secure_api::{
    contract::{LOCK, MATRIX},
    testing,
};

use super::api::Kiosk;

/// The variable that names the folder of the test below.
const FOLDER: &str = "CONTRACT_FOLDER";

#[test]
#[ignore = "the test below runs it, in a process with variables of its own"]
fn as_a_user_writes_it() {
    testing::contract_in(Kiosk::app(), env::var(FOLDER).expect("a folder"));
}

/// Runs the test above, and returns whether it passed and what it said.
fn run(folder: &Path, words: Option<&str>) -> (bool, String) {
    let mut command = Command::new(env::current_exe().expect("this program has a path"));
    command.args(["contract::kept::as_a_user_writes_it", "--exact", "--ignored", "--nocapture"]);
    command.env(FOLDER, folder).env_remove("SECURE_API_ACCEPT");
    if let Some(words) = words {
        command.env("SECURE_API_ACCEPT", words);
    }
    let output = command.output().expect("the same program");
    let text = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&text).into_owned())
}

struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        // It is in the folder of what goes.
        let _ = fs::remove_dir_all(&self.0);
    }
}

// R34: the files are reviewed, and a test fails where they are not what the API is.
#[test]
fn a_test_of_a_user_holds_the_files_and_writes_what_is_accepted() {
    let folder = Folder(env::temp_dir().join(format!("contract-{}", uuid::Uuid::new_v4())));
    fs::create_dir(&folder.0).expect("a folder");
    let lock = folder.0.join(LOCK);

    // The book shows it, of a test that is called otherwise.
    let (passed, said) = run(&folder.0, None);
    let page = include_str!("../../../book/src/contract.md");
    let (_, shown) = page.split_once("```text\nthere is no contract yet").expect("it is shown");
    let (shown, _) = shown.split_once("```").expect("an end");
    let shown = shown.replace("the_contract_is_kept", "contract::kept::as_a_user_writes_it");
    assert!(!passed && said.contains(&format!("there is no contract yet{shown}")), "{said}");
    assert!(!lock.exists(), "nothing is written unless it is asked for");

    let (passed, said) = run(&folder.0, Some("new"));
    assert!(passed && lock.exists() && folder.0.join(MATRIX).exists(), "{said}");
    assert!(run(&folder.0, None).0);

    // As if the limit of sign-in had been stricter, and a field shorter.
    let text = fs::read_to_string(&lock).expect("a lock");
    let text = text.replace("5 per address in 60s", "2 per address in 60s");
    let text = text.replace("\"maxLength\": 40", "\"maxLength\": 50");
    fs::write(&lock, text).expect("a lock");
    let (passed, said) = run(&folder.0, None);
    let loosened =
        "limit-loosened POST /[v1,v2]/sign-in address for admin, anonymous, customer, support";
    let shorter = "request-property-max-length-decreased POST /[v1,v2]/orders body.note";
    assert!(!passed && said.contains(loosened) && said.contains(shorter), "{said}");
    assert!(
        said.contains(
            "have a limit 2.5 times as high: 5 per address in 60s, was 2 per address in 60s"
        ),
        "{said}"
    );
    let (_, words) = said.split_once("SECURE_API_ACCEPT='").expect("a command");
    let (words, _) = words.split_once("' cargo test").expect("a command");

    let (passed, said) = run(&folder.0, Some("new"));
    assert!(!passed && said.contains(loosened), "{said}");
    let (passed, said) = run(&folder.0, Some(words));
    assert!(passed, "{said}");
    let text = fs::read_to_string(&lock).expect("a lock");
    assert_eq!(text.matches("\"change\"").count(), 3, "{text}");
    assert!(run(&folder.0, None).0);
}
