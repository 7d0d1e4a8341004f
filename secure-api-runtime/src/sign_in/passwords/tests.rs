//! The tests of passwords and of their pool.

use std::{sync::mpsc, time::Duration};

use super::{rules::SHORTEST_EVER, *};
use crate::sign_in::SignIn;

fn secret(text: &str) -> Secret<String> {
    Secret::new(text.to_owned())
}

fn passwords() -> Passwords {
    Passwords::new(Rules::default())
}

const PHRASE: &str = "correct horse battery staple";

#[tokio::test]
async fn a_password_is_right_for_its_own_hash_only() {
    let passwords = passwords();
    let (hash, other) = (
        passwords.hash(&secret(PHRASE)).await.expect("a hash"),
        passwords.hash(&secret(PHRASE)).await.expect("a hash"),
    );
    assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
    assert_ne!(hash, other, "each has a salt of its own");
    for (sent, kept, right) in [
        (PHRASE, Some(&*hash), true),
        (PHRASE, Some(&*other), true),
        ("correct horse battery stapl", Some(&*hash), false),
        ("", Some(&*hash), false),
        (PHRASE, None, false),
    ] {
        assert_eq!(
            passwords.verify(&secret(sent), kept).await.expect("an answer"),
            right,
            "{sent}"
        );
    }
    let broken = passwords.verify(&secret(PHRASE), Some("plain")).await;
    assert!(matches!(broken, Err(SignInError::Unavailable(_))), "what is no hash lets nobody in");
}

// A command hashes by the rules of the app, and its handlers know the password.
#[tokio::test]
async fn a_hash_of_a_command_is_one_of_the_app() {
    let sign_in = SignIn::new("notes").shortest_password(8).blocklist(|known| known == "qwertz123");
    let hash = sign_in.hash_password(&secret("caf\u{e9} um acht")).expect("a hash");
    assert!(
        passwords().verify(&secret("cafe\u{301} um acht"), Some(&hash)).await.expect("an answer")
    );
    assert!(!passwords().needs_rehash(&hash));
    for weak in ["", "short", "qwertz123", &"a".repeat(129)] {
        let result = sign_in.hash_password(&secret(weak));
        assert!(matches!(result, Err(SignInError::Password(_))), "{weak}");
    }
}

#[tokio::test]
async fn one_password_of_two_keyboards_is_one() {
    let passwords = passwords();
    let hash = passwords.hash(&secret("caf\u{e9} am abend um acht")).await.expect("a hash");
    let typed = secret("cafe\u{301} am abend um acht");
    assert!(passwords.verify(&typed, Some(&hash)).await.expect("an answer"));
}

#[test]
fn nobodys_hash_costs_what_others_do() {
    assert!(PasswordHash::new(NOBODYS).is_ok() && !passwords().needs_rehash(NOBODYS));
}

#[test]
fn a_hash_of_other_parameters_is_made_anew() {
    let old = NOBODYS.replace("m=19456", "m=4096");
    assert!(passwords().needs_rehash(&old));
    assert!(passwords().needs_rehash(&NOBODYS.replace("argon2id", "argon2i")));
    assert!(passwords().needs_rehash("plain"));
}

#[test]
fn a_new_password_has_a_length_and_is_not_everybodys() {
    let rules =
        Rules { shortest: 3, blocklist: Some(Arc::new(|password| password == "password1234")) };
    assert_eq!(rules.check(&"ä".repeat(SHORTEST_EVER)), Ok(()));
    assert!(rules.check(&"ä".repeat(SHORTEST_EVER - 1)).is_err(), "fewer are never enough");
    assert_eq!(rules.check(&"ä".repeat(128)), Ok(()));
    assert!(rules.check(&"ä".repeat(129)).is_err());
    assert!(rules.check("password1234").is_err());
    assert!(Rules::default().check("fourteen signs").is_err());
    assert_eq!(Rules::default().check("fifteen signs !"), Ok(()));
}

#[tokio::test]
async fn a_flood_waits_in_a_bounded_queue() {
    let pool = Arc::new(Pool::new(1, 1));
    let (release, held) = mpsc::channel::<()>();
    let first = tokio::spawn({
        let pool = Arc::clone(&pool);
        async move { pool.run(move || held.recv().is_ok()).await }
    });
    while pool_free(&pool) == 2 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let second = tokio::spawn({
        let pool = Arc::clone(&pool);
        async move { pool.run(|| true).await }
    });
    while pool_free(&pool) > 0 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    assert!(matches!(pool.run(|| true).await, Err(SignInError::Busy)));
    release.send(()).expect("it waits");
    assert!(first.await.expect("it ends").expect("its turn"));
    assert!(second.await.expect("it ends").expect("its turn"));
    assert!(pool.run(|| true).await.expect("there is room again"));
}

fn pool_free(pool: &Pool) -> usize {
    pool.free()
}
