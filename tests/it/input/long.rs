//! Long bodies: they are read where they keep no other request waiting.

use std::{
    sync::Mutex,
    thread::{self, ThreadId},
};

use secure_api::{
    error::problem,
    prelude::*,
    testing::{self, json},
};

#[derive(Version)]
enum Version {
    V1,
}

#[derive(Role)]
enum Role {
    Writer,
}

/// The threads that inputs were read on.
static READ_ON: Mutex<Vec<ThreadId>> = Mutex::new(Vec::new());

#[allow(clippy::ptr_arg, reason = "a rule takes the field as it is")]
fn is_noted(text: &String) -> Result<(), InvalidValue> {
    if text.starts_with("broken") {
        panic!("the rule of an app fails");
    }
    READ_ON.lock().expect("no panic under the lock").push(thread::current().id());
    Ok(())
}

#[derive(Input)]
struct NewLetter {
    #[input(max_len = 40_000, check = is_noted)]
    text: String,
}

/// Keeps a letter.
#[post("/letters", version = Version::V1.., role = Role::Writer)]
async fn keep(Json(letter): Json<NewLetter>) -> Accepted {
    drop(letter.text);
    Accepted
}

/// Letters.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(600).per_minute(), routes(keep))]
struct Letters;

// R49 in part: the only thread there is answers others while somebody's long text is read.
#[tokio::test(flavor = "current_thread")]
async fn a_long_body_is_read_on_another_thread() {
    let client =
        testing::client(Letters::app().tokens(testing::issuer())).expect("an app that starts");
    let writer = client.as_caller(Role::Writer, "alice");
    let send = async |text: String| writer.post("/v1/letters").json(json!({ "text": text })).await;
    for length in [10, 30_000] {
        send("a".repeat(length)).await.assert_status(202);
    }
    let threads = READ_ON.lock().expect("no panic under the lock").clone();
    let [short, long] = threads[..] else { panic!("{threads:?}") };
    assert_eq!(short, thread::current().id());
    assert_ne!(long, short);
    // What is wrong there is told as it is here.
    let broken = send(format!("broken{}", "a".repeat(30_000))).await;
    broken.assert_problem(&problem::INTERNAL);
    send("a".repeat(40_001)).await.assert_problem(&problem::INVALID_INPUT);
}
