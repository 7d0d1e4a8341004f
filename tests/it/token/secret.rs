//! Secrets that an app is given: where they come from, and which ones it does not start with.

use secure_api::{app::AppBuilder, prelude::*, testing, token::Signer};

use crate::support::{
    api::{Depot, Runs},
    server::stocked,
    token,
};

/// Returns the codes that an app does not start for, and the whole report.
fn told(change: impl FnOnce(AppBuilder) -> AppBuilder) -> (Vec<&'static str>, String) {
    let app = Depot::app().store(stocked()).service(Runs::default()).tokens(token::issuer());
    match change(app).build() {
        Ok(_) => (Vec::new(), String::new()),
        Err(error) => {
            (error.problems().iter().map(|problem| problem.code).collect(), error.to_string())
        }
    }
}

fn fetched(bytes: &[u8]) -> SecretBytes {
    SecretBytes::fetched(|| Ok::<_, StoreError>(bytes.to_vec())).expect("bytes")
}

fn shared(secret: SecretBytes) -> Issuer {
    Issuer::new("https://other.example").audience("depot").key(Key::hs256(secret))
}

// R17: the worst keys are refused, the app's own and those that issuers share.
#[test]
fn a_key_that_can_be_guessed_keeps_an_app_from_starting() {
    let counted: Vec<u8> = (1..=32).collect();
    for guessed in [
        &[7; 32][..],
        &counted,
        b"thirty-two bytes of test secret!",
        b"please-change-me-before-we-go-live",
        b"quick-horses1quick-horses1quick-h",
    ] {
        let (own, report) = told(|app| app.secret(fetched(guessed)));
        assert_eq!(own, ["SA178"], "{guessed:?}");
        assert!(!report.contains("horses") && !report.contains("please"), "{report}");
        assert_eq!(told(|app| app.tokens(shared(fetched(guessed)))).0, ["SA178"], "{guessed:?}");
    }
    assert_eq!(told(|app| app.secret(fetched(b"short"))).0, ["SA718"]);
    assert_eq!(told(|app| app.tokens(shared(fetched(b"short")))).0, ["SA153"]);
    assert!(told(|app| app.secret(SecretBytes::random())).0.is_empty());
    assert!(told(|app| app.tokens(shared(SecretBytes::random()))).0.is_empty());
    // A test makes up what it likes.
    assert!(told(|app| app.secret(testing::secret!([7; 32]))).0.is_empty());
}

// R17
#[test]
fn a_secret_that_cannot_be_read_keeps_an_app_from_starting() {
    let unset = || SecretBytes::env("SECURE_API_TEST_THAT_NOBODY_SETS");
    let missing = || SecretBytes::file("/nowhere/secret");
    let garbled = || fetched(b"no base64!").base64();
    for unread in [unset, missing, garbled] {
        let (codes, report) = told(|app| app.secret(unread()));
        assert_eq!(codes, ["SA177"], "{report}");
        assert_eq!(told(|app| app.tokens(shared(unread()))).0, ["SA177"]);
        let asked = Issuer::discover("https://other.example").audience("depot");
        assert_eq!(told(|app| app.tokens(asked.introspect("depot", unread()))).0, ["SA177"]);
        assert_eq!(told(|app| app.tls(secure_api::Tls::pem(b"", unread()))).0, ["SA177"]);
        assert!(Signer::es256_pem(unread(), "one").is_err());
    }
    let (_, report) = told(|app| app.secret(unset()));
    assert!(report.contains("`SECURE_API_TEST_THAT_NOBODY_SETS`"), "{report}");
    let told = Signer::es256_pem(unset(), "one").expect_err("nothing to read").to_string();
    assert!(told.contains("`SECURE_API_TEST_THAT_NOBODY_SETS`"), "{told}");
}

// R17: a file and the environment are read, and a line break at the end of base64 is no fault.
#[test]
fn a_secret_is_read_from_a_file_and_from_the_environment() {
    let path = std::env::temp_dir().join(format!("secure-api-secret-{}", std::process::id()));
    std::fs::write(&path, "6Jx1m3m3v0lT9o7f2mYvQkqgW9mQ1sUu0rY0bq2Vd5E=\n").expect("written");
    let (text, bytes) = (SecretBytes::file(&path), SecretBytes::file(&path).base64());
    std::fs::remove_file(&path).expect("removed");
    assert!(told(|app| app.secret(text)).0.is_empty());
    assert!(told(|app| app.secret(bytes)).0.is_empty());
    // Each process of cargo's has it, and it is short.
    assert_eq!(told(|app| app.secret(SecretBytes::env("CARGO_PKG_VERSION"))).0, ["SA718"]);
}
