//! Proofs that should hold, and everything else that should not, each for its own reason.

mod signing;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use http::{HeaderMap, HeaderValue};
use jsonwebtoken::Algorithm;
use rcgen::KeyPair;
use serde_json::{Value, json};

use self::signing::Signing;
use super::{
    Refusal,
    jwk::Jwk,
    proof::{self, Expected, Proof},
};
use crate::identity::thumbprint;

const NOW: i64 = 1_780_272_000;
const URL: &str = "https://shop.example/v1/orders";
const TOKEN: &str = "e30.e30.c2ln";

fn claims() -> Value {
    let hash = URL_SAFE_NO_PAD.encode(thumbprint(TOKEN.as_bytes()));
    json!({ "jti": "p-1", "htm": "GET", "htu": URL, "iat": NOW, "ath": hash })
}

/// Returns `base` with one member set, or taken out by null.
fn with(mut base: Value, name: &str, value: Value) -> Value {
    let members = base.as_object_mut().expect("an object");
    match value {
        Value::Null => members.remove(name),
        value => members.insert(name.to_owned(), value),
    };
    base
}

/// Returns the refusal of a proof with these claims, well signed.
#[track_caller]
fn refused(name: &str, value: Value) -> Refusal {
    let key = Signing::ec();
    let text = key.sign(&key.header(), &with(claims(), name, value));
    key.read(&text).expect_err("the proof is refused")
}

/// Returns the refusal of a proof with this header, well signed.
#[track_caller]
fn refused_header(key: &Signing, header: &Value) -> Refusal {
    key.read(&key.sign(header, &claims())).expect_err("the proof is refused")
}

// RFC 9449, sections 4.1, 6.1 and 7.1: the example of the standard, which another implementation made.
#[test]
fn the_proof_of_the_standard_holds() {
    const PROOF: &str = "eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDU\
         kRZOXpDa0RscEJoRjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JEQSIsImNydiI6IlAtM\
         jU2In19.eyJqdGkiOiJlMWozVl9iS2ljOC1MQUVCIiwiaHRtIjoiR0VUIiwiaHR1IjoiaHR0cHM6Ly9yZXNvdXJjZS5leGFtcGxlLm9yZy9wcm90ZWN\
         0ZWRyZXNvdXJjZSIsImlhdCI6MTU2MjI2MjYxOCwiYXRoIjoiZlVIeU8ycjJaM0RaNTNFc05yV0JiMHhXWG9hTnk1OUlpS0NBcWtzbVFFbyJ9.2oW9RP\
         35yRqzhrtNP86L-Ey71EOptxRimPPToA1plemAgR6pxHF8y6-yqyVnmcw6Fy1dqd-jfxSYoMxhAJpLjA";
    let key =
        URL_SAFE_NO_PAD.decode("0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I").expect("base64url");
    let expected = Expected {
        method: "GET",
        url: "https://resource.example.org/protectedresource",
        token: b"Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU",
        key: &key.try_into().expect("32 bytes"),
        now: 1_562_262_618,
        window: 60,
    };
    let proof = Proof::read(PROOF, &expected).expect("it holds");
    assert_eq!(
        (&*proof.id, proof.issued_at, proof.nonce),
        ("e1j3V_bKic8-LAEB", 1_562_262_618, None)
    );
}

// R26
#[test]
fn a_proof_of_each_kind_of_key_holds() {
    let rsa = KeyPair::generate_rsa_for(&rcgen::PKCS_RSA_SHA256, rcgen::RsaKeySize::_2048);
    let ed = KeyPair::generate_for(&rcgen::PKCS_ED25519);
    for key in [
        Signing::ec(),
        Signing::of(&rsa.expect("an RSA key"), Algorithm::RS256),
        Signing::of(&ed.expect("an Ed25519 key"), Algorithm::EdDSA),
    ] {
        let text = key.sign(&key.header(), &claims());
        let proof = key.read(&text).expect("it holds");
        assert_eq!((&*proof.id, proof.issued_at), ("p-1", NOW));
        assert_eq!(proof.thumbprint, URL_SAFE_NO_PAD.encode(key.thumbprint()));
        // Every letter counts.
        for place in 0..text.len() {
            let mut changed = text.clone().into_bytes();
            changed[place] = if changed[place] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(changed).expect("text");
            assert!(key.read(&changed).is_err(), "{place}");
        }
    }
}

#[test]
fn a_proof_is_for_one_method_and_one_url() {
    for method in
        [json!(null), json!("POST"), json!("get"), json!("HEAD"), json!(""), json!(["GET"])]
    {
        assert_eq!(refused("htm", method), Refusal::Method);
    }
    for url in [
        json!(null),
        json!(""),
        json!("/v1/orders"),
        json!("https://shop.example/v1/orders/7"),
        json!("https://evil.example/v1/orders"),
        json!("http://shop.example/v1/orders"),
        json!([URL]),
    ] {
        assert_eq!(refused("htu", url), Refusal::Target);
    }
}

#[test]
fn a_proof_is_good_for_a_minute_around_its_time() {
    let key = Signing::ec();
    let at =
        |name: &str, time: Value| key.read(&key.sign(&key.header(), &with(claims(), name, time)));
    for time in [json!(NOW - 60), json!(NOW + 60), json!(NOW as f64 + 0.5)] {
        assert!(at("iat", time).is_ok());
    }
    assert_eq!(refused("iat", json!(NOW - 61)), Refusal::Old);
    assert_eq!(refused("iat", json!(NOW + 61)), Refusal::Future);
    for time in [json!(null), json!("now"), json!(-1), json!(1e300), json!([NOW])] {
        assert_eq!(refused("iat", time), Refusal::Time);
    }
    // What nobody has to state counts where it is stated.
    assert!(at("exp", json!(NOW + 1)).is_ok() && at("nbf", json!(NOW)).is_ok());
    assert_eq!(refused("exp", json!(NOW)), Refusal::Old);
    assert_eq!(refused("nbf", json!(NOW + 61)), Refusal::Future);
    assert_eq!(refused("exp", json!("soon")), Refusal::Time);
}

#[test]
fn a_proof_has_an_id_and_is_for_one_token() {
    for id in [json!(null), json!(""), json!(7), json!("x".repeat(256))] {
        assert_eq!(refused("jti", id), Refusal::Id);
    }
    let other = URL_SAFE_NO_PAD.encode(thumbprint(b"another token"));
    let padded = format!("{}=", claims()["ath"].as_str().expect("text"));
    for hash in [json!(null), json!(""), json!(TOKEN), json!(other), json!(padded), json!([1])] {
        assert_eq!(refused("ath", hash), Refusal::Token);
    }
}

#[test]
fn the_header_of_a_proof_says_what_it_is_and_demands_nothing() {
    let key = Signing::ec();
    let header = |name: &str, value: Value| with(key.header(), name, value);
    for typ in [
        json!(null),
        json!("at+jwt"),
        json!("JWT"),
        json!("DPoP+jwt"),
        json!("application/dpop+jwt"),
    ] {
        assert_eq!(refused_header(&key, &header("typ", typ)), Refusal::Type);
    }
    for (name, value) in [
        ("crit", json!(["exp"])),
        ("b64", json!(false)),
        ("zip", json!("DEF")),
        ("jku", json!("https://evil.example/keys")),
        ("x5u", json!("https://evil.example/chain")),
        ("x5c", json!(["MIIB"])),
    ] {
        assert_eq!(refused_header(&key, &header(name, value)), Refusal::Header, "{name}");
    }
    for algorithm in
        [json!(null), json!("none"), json!("HS256"), json!("RS256"), json!("ES384"), json!("es256")]
    {
        assert_eq!(refused_header(&key, &header("alg", algorithm)), Refusal::Algorithm);
    }
}

#[test]
fn the_key_of_a_proof_is_public_and_the_tokens() {
    let key = Signing::ec();
    let jwk = |name: &str, value: Value| {
        refused_header(&key, &with(key.header(), "jwk", with(key.public.clone(), name, value)))
    };
    for name in ["d", "p", "q", "dp", "dq", "qi", "oth", "k"] {
        assert_eq!(jwk(name, json!("AAAA")), Refusal::Private, "{name}");
    }
    for (name, value) in [
        ("kty", json!(null)),
        ("kty", json!("oct")),
        ("kty", json!("RSA")),
        ("crv", json!(null)),
        ("crv", json!("P-384")),
        ("crv", json!("Ed25519")),
        ("x", json!(null)),
        ("x", json!("AAAA")),
        ("y", json!(7)),
    ] {
        assert_eq!(jwk(name, value), Refusal::Jwk, "{name}");
    }
    for value in [json!(null), json!("key"), json!([]), json!({})] {
        assert_eq!(refused_header(&key, &with(key.header(), "jwk", value)), Refusal::Jwk);
    }
    // A proof of somebody's own key holds for nobody else's token, and one that names the token's key needs its signature.
    let thief = Signing::ec();
    let theirs = thief.sign(&thief.header(), &claims());
    assert!(thief.read(&theirs).is_ok());
    assert_eq!(key.read(&theirs).expect_err("another key"), Refusal::OtherKey);
    let named = thief.sign(&key.header(), &claims());
    assert_eq!(key.read(&named).expect_err("another signature"), Refusal::Signature);
}

#[test]
fn a_short_key_of_rsa_is_none() {
    let key = |n: &[u8], e: &[u8]| {
        let [n, e] = [n, e].map(|number| URL_SAFE_NO_PAD.encode(number));
        let jwk = json!({ "kty": "RSA", "n": n, "e": e });
        Jwk::read(jwk.as_object().expect("an object")).map(|_| ())
    };
    assert_eq!(key(&[0xFF; 256], &[1, 0, 1]), Ok(()));
    assert_eq!(key(&[0xFF; 255], &[1, 0, 1]), Err(Refusal::Jwk));
    assert_eq!(key(&[0xFF; 1025], &[1, 0, 1]), Err(Refusal::Jwk));
    // A number has one way to be written, or a key would have two thumbprints.
    assert_eq!(key(&[&[0], &[0xFF; 256][..]].concat(), &[1, 0, 1]), Err(Refusal::Jwk));
    assert_eq!(key(&[0xFF; 256], &[0, 1, 0, 1]), Err(Refusal::Jwk));
    assert_eq!(key(&[0xFF; 256], &[]), Err(Refusal::Jwk));
}

#[test]
fn a_request_has_one_proof_of_bounded_length() {
    let headers = |values: &[&str]| {
        let value = |value: &&str| (proof::HEADER, HeaderValue::from_str(value).expect("a value"));
        values.iter().map(value).collect::<HeaderMap>()
    };
    assert_eq!(proof::presented(&headers(&["a.b.c"])), Ok("a.b.c"));
    assert_eq!(proof::presented(&headers(&[])), Err(Refusal::Missing));
    assert_eq!(proof::presented(&headers(&["a.b.c", "a.b.c"])), Err(Refusal::Several));
    assert_eq!(proof::presented(&headers(&["a.b.c, a.b.c"])), Ok("a.b.c, a.b.c"));
    let key = Signing::ec();
    for text in ["", "a.b.c", "a.b.c, a.b.c", "e30.e30.", "e30.e30", "e30.e30.AA.AA", "[].e30.AA"] {
        assert_eq!(key.read(text).expect_err("no proof"), Refusal::Form, "{text}");
    }
    assert!(proof::presented(&headers(&[&"a".repeat(4096)])).is_ok());
    assert_eq!(proof::presented(&headers(&[&"a".repeat(4097)])), Err(Refusal::TooLong));
    // Two members of one name are two readings.
    let header = key.header().to_string().replacen('{', "{\"typ\":\"dpop+jwt\",", 1);
    let text = key.sign(&key.header(), &claims());
    let (_, rest) = text.split_once('.').expect("segments");
    let doubled = format!("{}.{rest}", URL_SAFE_NO_PAD.encode(header));
    assert_eq!(key.read(&doubled).expect_err("two members"), Refusal::Form);
}
