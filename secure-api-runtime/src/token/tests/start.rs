//! The issuers and keys that keep an app from starting.

use std::time::Duration;

use super::*;

/// A public key of 1024 bits. Its private half was thrown away.
const WEAK_RSA: &str = "-----BEGIN PUBLIC KEY-----
MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC/fk5uwSPqMYo3Sgmj/Vl538Pq
yfcojcI/5Ox+sZLyTt2xVb6oXZebySCEF7ApC5EJLui57Spa2rWwkTNyUMzRJFsd
6Tt4tv3snEB5/IPdQlRtekkt327eGsEn01NtHYTtttsgsj293GqwEjgzbLMgQkq3
GsBO+Q5sPncs/2UHlwIDAQAB
-----END PUBLIC KEY-----";

/// A public key on secp256k1, which is as long as one on P-256.
const OTHER_CURVE: &str = "-----BEGIN PUBLIC KEY-----
MFYwEAYHKoZIzj0CAQYFK4EEAAoDQgAEXDLDGk3xWDP7S9XrOB78K0HL7mBG5ZnP
Dt3Hzsq+qshYAZimfdWf/T0gbcek61hr+iwHwpw32zJHaBwMEyrOPA==
-----END PUBLIC KEY-----";

fn codes(issuers: Vec<Issuer>) -> Vec<&'static str> {
    match Verifier::new(issuers, &ROLES, Clock::manual(NOW)) {
        Ok(_) => Vec::new(),
        Err(problems) => problems.iter().map(|problem| problem.code).collect(),
    }
}

fn with_key(key: Key) -> Vec<Issuer> {
    vec![Issuer::new(ISSUER).audience(AUDIENCE).key(key)]
}

#[test]
fn an_issuer_without_a_fault_starts() {
    assert!(codes(vec![issuer()]).is_empty());
    let local = Issuer::new("http://localhost:8080/realms/shop").audience(AUDIENCE);
    assert!(codes(vec![local.key(ec_public(&EC))]).is_empty());
}

#[test]
fn an_issuer_is_an_https_url() {
    // R8
    for name in [
        "",
        "shop",
        "http://login.shop.example",
        "http://localhost.evil.example",
        "https://",
        "https://a.example?x",
        "https://a.example#x",
        "https://user@a.example",
        "https://a b.example",
    ] {
        let issuer = Issuer::new(name).audience(AUDIENCE).key(ec_public(&EC));
        assert_eq!(codes(vec![issuer]), ["SA150"], "{name}");
    }
}

#[test]
fn audience_and_key_are_required() {
    // R10
    assert_eq!(codes(vec![Issuer::new(ISSUER).key(ec_public(&EC))]), ["SA151"]);
    assert_eq!(codes(vec![Issuer::new(ISSUER).audience("").key(ec_public(&EC))]), ["SA151"]);
    assert_eq!(codes(vec![Issuer::new(ISSUER).audience(AUDIENCE)]), ["SA152"]);
}

#[test]
fn leeway_is_at_most_five_minutes() {
    // R11
    assert!(codes(vec![issuer().leeway(Duration::from_secs(300))]).is_empty());
    assert_eq!(codes(vec![issuer().leeway(Duration::from_millis(300_001))]), ["SA155"]);
    assert_eq!(codes(vec![issuer().leeway(Duration::MAX)]), ["SA155"]);
}

#[test]
fn weak_keys_and_secrets_do_not_start() {
    // R17
    assert!(codes(with_key(Key::hs256(SecretBytes::made_up([7; 32])))).is_empty());
    assert_eq!(codes(with_key(Key::hs256(SecretBytes::made_up(vec![7; 31])))), ["SA153"]);
    assert_eq!(codes(with_key(Key::hs256(SecretBytes::made_up(Vec::new())))), ["SA153"]);
    assert!(codes(with_key(Key::rs256_pem(RSA.public_key_pem()))).is_empty());
    let problems = Verifier::new(with_key(Key::rs256_pem(WEAK_RSA)), &ROLES, Clock::manual(NOW))
        .expect_err("1024 bits are too few");
    assert!(problems[0].text.contains("less than 2048"), "{}", problems[0].text);
}

#[test]
fn a_key_is_for_its_own_algorithm_and_public() {
    // R3, R4
    let pem = |pair: &KeyPair| pair.public_key_pem();
    let wrong = [
        Key::es256_pem(pem(&RSA)),
        Key::es256_pem(pem(&ED)),
        Key::es256_pem(OTHER_CURVE),
        Key::rs256_pem(pem(&EC)),
        Key::rs256_pem(pem(&ED)),
        Key::ed25519_pem(pem(&EC)),
        Key::ed25519_pem(pem(&RSA)),
        Key::es256_pem(""),
        Key::es256_pem("-----BEGIN PUBLIC KEY-----\n%%%\n-----END PUBLIC KEY-----"),
        Key::es256_pem(format!("{}{}", pem(&EC), pem(&EC))),
        Key::es256_pem(EC.serialize_pem()),
        Key::rs256_pem(RSA.serialize_pem()),
        Key::ed25519_pem(ED.serialize_pem()),
        // A public key in the place of a secret is the classic confusion, by configuration.
        Key::hs256(SecretBytes::made_up(pem(&RSA))),
    ];
    for key in wrong {
        let printed = format!("{key:?}");
        assert_eq!(codes(with_key(key)), ["SA153"], "{printed}");
    }
}

#[test]
fn an_issuer_has_secrets_or_public_keys_and_not_both() {
    // R4
    let mixed = issuer().key(Key::hs256(SecretBytes::made_up([7; 32])).id("shared"));
    assert_eq!(codes(vec![mixed]), ["SA154"]);
    let asymmetric = issuer().key(Key::rs256_pem(RSA.public_key_pem()).id("rsa"));
    assert!(codes(vec![asymmetric]).is_empty());
}

#[test]
fn several_keys_have_different_ids() {
    // R6
    assert_eq!(codes(vec![issuer().key(ec_public(&ec()))]), ["SA156"]);
    assert_eq!(codes(vec![issuer().key(ec_public(&ec()).id(KID))]), ["SA156"]);
    assert_eq!(codes(with_key(ec_public(&EC).id("two words"))), ["SA156"]);
    assert_eq!(codes(with_key(ec_public(&EC).id("k".repeat(129)))), ["SA156"]);
}

#[test]
fn an_issuer_is_stated_once() {
    // R8
    assert_eq!(codes(vec![issuer(), issuer()]), ["SA157"]);
}

#[test]
fn reasons_and_names_are_not_empty() {
    assert_eq!(codes(vec![issuer().partial_profile(" ")]), ["SA158"]);
    assert_eq!(codes(vec![issuer().roles_claim("")]), ["SA159"]);
}

#[test]
fn everything_wrong_is_told_at_once() {
    let worst = Issuer::new("shop")
        .leeway(Duration::from_secs(999))
        .key(Key::hs256(SecretBytes::made_up("short")))
        .key(Key::es256_pem("no key").id("a b"));
    let told = codes(vec![worst, Issuer::new(ISSUER)]);
    for code in ["SA150", "SA151", "SA152", "SA153", "SA154", "SA155", "SA156"] {
        assert!(told.contains(&code), "{code} is missing of {told:?}");
    }
    let problems = Verifier::new(
        with_key(Key::hs256(SecretBytes::made_up("hunter2"))),
        &ROLES,
        Clock::system(),
    )
    .expect_err("short");
    assert!(!format!("{problems:?}").contains("hunter2"));
}
