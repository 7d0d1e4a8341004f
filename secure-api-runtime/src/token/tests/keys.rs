//! The choice of the key that verifies a token.

use super::*;
use crate::token::{Claims, Signer};

const SECRET: &[u8] = b"thirty-two bytes of test secret!";

#[track_caller]
fn presented(issuer: Issuer, token: &str) -> Result<Arc<Identity>, Refusal> {
    present(&verifier(vec![issuer]).0, token)
}

fn signed(algorithm: &str, with_algorithm: Algorithm, key: &EncodingKey) -> String {
    let header = with(header(), "alg", json!(algorithm));
    sign_text(&header.to_string(), &claims().to_string(), with_algorithm, key)
}

fn shared(secret: &[u8]) -> Key {
    Key::hs256(SecretBytes::made_up(secret)).id(KID)
}

fn only(key: Key) -> Issuer {
    Issuer::new(ISSUER).audience(AUDIENCE).key(key.id(KID))
}

fn rsa_private() -> EncodingKey {
    EncodingKey::from_rsa_pem(RSA.serialize_pem().as_bytes()).expect("PKCS #8")
}

fn ed_private() -> EncodingKey {
    EncodingKey::from_ed_pem(ED.serialize_pem().as_bytes()).expect("PKCS #8")
}

#[test]
fn each_kind_of_key_verifies_its_own_algorithm() {
    // R1, R3
    let rsa = || only(Key::rs256_pem(RSA.public_key_pem()));
    let ed = || only(Key::ed25519_pem(ED.public_key_pem()));
    assert!(presented(rsa(), &signed("RS256", Algorithm::RS256, &rsa_private())).is_ok());
    assert!(presented(ed(), &signed("EdDSA", Algorithm::EdDSA, &ed_private())).is_ok());
    assert!(presented(ed(), &signed("Ed25519", Algorithm::EdDSA, &ed_private())).is_ok());
    let secret = EncodingKey::from_secret(SECRET);
    assert!(presented(only(shared(SECRET)), &signed("HS256", Algorithm::HS256, &secret)).is_ok());

    // The right key, with another algorithm that it could sign for.
    for (name, algorithm) in [("PS256", Algorithm::PS256), ("RS512", Algorithm::RS512)] {
        let refusal = presented(rsa(), &signed(name, algorithm, &rsa_private())).expect_err(name);
        assert_eq!(refusal, Refusal::Algorithm);
        // And with the name of its own.
        let refusal =
            presented(rsa(), &signed("RS256", algorithm, &rsa_private())).expect_err(name);
        assert_eq!(refusal, Refusal::Signature);
    }
    let refusal = presented(only(shared(SECRET)), &signed("HS512", Algorithm::HS512, &secret));
    assert_eq!(refusal.expect_err("HS512"), Refusal::Algorithm);
}

#[test]
fn none_is_no_algorithm_however_it_is_spelled() {
    // R1, R2
    let (verifier, _) = verifier(vec![issuer()]);
    for name in ["none", "None", "nOnE", "NONE", "", "es256", "Es256", "ES256 ", "\u{0}ES256"] {
        let header = with(header(), "alg", json!(name));
        let well_signed = sign(&header, &claims());
        assert_eq!(present(&verifier, &well_signed).expect_err(name), Refusal::Algorithm);
        let unsigned = format!("{}.{}.", encode(header.to_string()), encode(claims().to_string()));
        assert_eq!(present(&verifier, &unsigned).expect_err(name), Refusal::NotCompact);
    }
    for alg in [json!(null), json!(256), json!(["ES256"])] {
        assert_eq!(refused(&with(header(), "alg", alg), &claims()), Refusal::Algorithm);
    }
}

#[test]
fn a_public_key_is_no_shared_secret() {
    // R3: HS256 under the text, and under the bytes, of the public key that the issuer publishes.
    let issuers = [
        (only(Key::rs256_pem(RSA.public_key_pem())), &*RSA, "RS256"),
        (only(ec_public(&EC)), &*EC, "ES256"),
        (only(Key::ed25519_pem(ED.public_key_pem())), &*ED, "EdDSA"),
    ];
    for (issuer, pair, own) in issuers {
        let (verifier, _) = verifier(vec![issuer]);
        let pem = pair.public_key_pem();
        for secret in [pem.as_bytes(), pem.trim().as_bytes(), pair.public_key_raw()] {
            let secret = EncodingKey::from_secret(secret);
            let confused = signed("HS256", Algorithm::HS256, &secret);
            assert_eq!(present(&verifier, &confused).expect_err(own), Refusal::Algorithm);
            let misnamed = signed(own, Algorithm::HS256, &secret);
            assert_eq!(present(&verifier, &misnamed).expect_err(own), Refusal::Signature);
        }
    }
}

#[test]
fn another_key_and_another_payload_do_not_verify() {
    let (verifier, _) = verifier(vec![issuer()]);
    let stranger = sign_text(
        &header().to_string(),
        &claims().to_string(),
        Algorithm::ES256,
        &ec_private(&ec()),
    );
    assert_eq!(present(&verifier, &stranger).expect_err("a stranger's"), Refusal::Signature);

    let token = sign(&header(), &claims());
    let (signed, signature) = token.rsplit_once('.').expect("three segments");
    let (head, _) = signed.split_once('.').expect("three segments");
    let raised = with(claims(), "roles", json!(["admin"]));
    let tampered = format!("{head}.{}.{signature}", encode(raised.to_string()));
    assert_eq!(present(&verifier, &tampered).expect_err("tampered"), Refusal::Signature);
    let zero = format!("{signed}.{}", encode([0; 64]));
    assert_eq!(present(&verifier, &zero).expect_err("a signature of zeros"), Refusal::Signature);
    assert!(present(&verifier, &token).is_ok());
}

#[test]
fn the_kid_selects_among_several_keys_and_may_miss_only_where_there_is_one() {
    // R6, R8
    let next = ec();
    let rotating = || issuer().key(ec_public(&next).id("2027"));
    let token = |kid: Value, pair: &KeyPair| {
        let header = with(header(), "kid", kid);
        sign_text(&header.to_string(), &claims().to_string(), Algorithm::ES256, &ec_private(pair))
    };
    assert!(presented(rotating(), &token(json!("2026"), &EC)).is_ok());
    assert!(presented(rotating(), &token(json!("2027"), &next)).is_ok());
    let refusal = presented(rotating(), &token(json!("2026"), &next)).expect_err("the other key");
    assert_eq!(refusal, Refusal::Signature);
    let refusal = presented(rotating(), &token(json!("2028"), &EC)).expect_err("an unknown key");
    assert_eq!(refusal, Refusal::NoKey);
    let refusal = presented(rotating(), &token(json!(null), &EC)).expect_err("no kid among two");
    assert_eq!(refusal, Refusal::NoKey);

    assert!(presented(issuer(), &token(json!(null), &EC)).is_ok());
    let refusal = presented(issuer(), &token(json!("2027"), &EC)).expect_err("not its id");
    assert_eq!(refusal, Refusal::NoKey);
}

#[test]
fn a_key_of_one_issuer_never_serves_another() {
    // R8
    const OTHER: &str = "https://login.other.example";
    let other_key = ec();
    let other = Issuer::new(OTHER).audience(AUDIENCE).key(ec_public(&other_key).id(KID));
    let (verifier, _) = verifier(vec![issuer(), other]);
    let token = |name: &str, pair: &KeyPair| {
        let claims = with(claims(), "iss", json!(name));
        sign_text(&header().to_string(), &claims.to_string(), Algorithm::ES256, &ec_private(pair))
    };
    assert_eq!(present(&verifier, &token(ISSUER, &EC)).expect("own key").issuer(), ISSUER);
    assert_eq!(present(&verifier, &token(OTHER, &other_key)).expect("own key").issuer(), OTHER);
    assert_eq!(
        present(&verifier, &token(ISSUER, &other_key)).expect_err("crossed"),
        Refusal::Signature
    );
    assert_eq!(present(&verifier, &token(OTHER, &EC)).expect_err("crossed"), Refusal::Signature);
}

#[test]
fn what_the_signer_signs_its_own_key_verifies() {
    let signer =
        Signer::es256_pem(SecretBytes::made_up(EC.serialize_pem()), "development").expect("a key");
    let clock = Clock::manual(NOW);
    let claims = Claims::new(ISSUER, AUDIENCE, "bob").roles(["support"]).scopes(["orders:read"]);
    let token = signer.sign(&claims, &clock).expect("a token");
    let issuer = Issuer::new(ISSUER).audience(AUDIENCE).key(signer.key());
    let identity = presented(issuer, &token).expect("accepted");
    assert_eq!((identity.subject(), identity.roles()), ("bob", 2));
    assert!(identity.has_scope("orders:read"));
    assert_eq!(identity.expires_at(), NOW + 600);
    let again = signer.sign(&claims, &clock).expect("a token");
    assert_ne!(token, again, "each token has an id of its own");

    assert!(Signer::es256_pem(SecretBytes::made_up(EC.public_key_pem()), "development").is_err());
    assert!(Signer::es256_pem(SecretBytes::made_up(ED.serialize_pem()), "development").is_err());
    assert!(Signer::es256_pem(SecretBytes::made_up(RSA.serialize_pem()), "development").is_err());
    assert!(Signer::es256_pem(SecretBytes::made_up(""), "development").is_err());
    assert!(Signer::es256_pem(SecretBytes::made_up(EC.serialize_pem()), "two words").is_err());
}

#[test]
fn nothing_that_is_printed_shows_a_key_or_a_token() {
    // R23
    let signer =
        Signer::es256_pem(SecretBytes::made_up(EC.serialize_pem()), "development").expect("a key");
    let issuer = only(shared(SECRET));
    let secret = format!("{:?}", SECRET);
    let text = String::from_utf8(SECRET.to_vec()).expect("ASCII");
    for printed in [format!("{issuer:?}"), format!("{:?}", shared(SECRET)), format!("{signer:?}")] {
        assert!(!printed.contains(&text) && !printed.contains(&secret[1..40]), "{printed}");
    }
    let (verifier, _) = verifier(vec![issuer]);
    let token = signed(
        "HS256",
        Algorithm::HS256,
        &EncodingKey::from_secret(b"another secret of some length!!!"),
    );
    let problem = verifier
        .authenticate(&authorization(&format!("Bearer {token}")), None)
        .expect_err("another secret");
    let printed =
        format!("{problem:?} {:?} {}", verifier.verifier, problem.cause().expect("a cause"));
    for part in token.split('.').chain([KID, "alice"]) {
        assert!(!printed.contains(part), "{printed}");
    }
}
