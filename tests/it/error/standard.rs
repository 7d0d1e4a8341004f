//! Errors of the framework where a program's own code meets them: `?` in `main` and in tests, whatever box these return.

use std::error::Error;

use secure_api::{
    api_key::ApiKeyError,
    client::UpstreamError,
    contract::ContractError,
    error::{StartError, StartProblem},
    input::InvalidValue,
    ledger::LedgerError,
    object::StoreError,
    session::SessionError,
    sign_in::SignInError,
    token::SignError,
};

/// Compiles for an error that `main`, a test and `anyhow` take.
fn is_standard<E: Error + Send + Sync + 'static>() {}

fn plain<E>(failed: Result<(), E>) -> Result<(), Box<dyn Error>>
where
    Box<dyn Error>: From<E>,
{
    Ok(failed?)
}

fn sendable<E>(failed: Result<(), E>) -> Result<(), Box<dyn Error + Send + Sync>>
where
    Box<dyn Error + Send + Sync>: From<E>,
{
    Ok(failed?)
}

// The test is that it compiles.
#[test]
fn each_error_is_one_of_the_standard_library() {
    is_standard::<StartError>();
    is_standard::<StartProblem>();
    is_standard::<ApiKeyError>();
    is_standard::<ContractError>();
    is_standard::<InvalidValue>();
    is_standard::<LedgerError>();
    is_standard::<SessionError>();
    is_standard::<SignInError>();
    is_standard::<SignError>();
    is_standard::<UpstreamError>();
    let problem = || StartProblem { code: "SA000", text: "it rains".into(), help: "wait" };
    assert_eq!(
        sendable(Err(problem())).expect_err("one").to_string(),
        "SA000: it rains\n  help: wait"
    );
    assert!(plain(Err(problem())).is_err());
}

// A store's error is made of any, and is none itself: it gives its cause.
#[test]
fn an_error_of_a_store_gives_its_cause_in_main() {
    let broken = || -> Result<(), StoreError> { Err(std::io::Error::other("the disk is full"))? };
    assert!(plain(broken()).expect_err("one").is::<std::io::Error>());
    let sent = sendable(broken().map_err(StoreError::into_cause));
    assert!(sent.expect_err("one").is::<std::io::Error>());
}

// The names that end in `Error` in the facade's lists, so that a new one is asked as well.
#[test]
fn no_public_error_is_left_out() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/modules.rs");
    let facade = std::fs::read_to_string(path).expect("the facade");
    let words = facade.split(|letter: char| !letter.is_alphanumeric());
    let errors = words.filter(|word| word.len() > 5 && word.ends_with("Error"));
    let this = include_str!("standard.rs");
    let errors: Vec<_> =
        errors.filter(|error| !["ApiError", "StoreError"].contains(error)).collect();
    assert!(errors.len() > 5, "{errors:?}");
    for error in errors {
        assert!(this.contains(&format!("is_standard::<{error}>")), "{error} is not asked");
    }
}
