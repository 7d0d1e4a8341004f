//! The form of a token, before anything in it is believed.

use super::*;

#[test]
fn a_token_of_the_issuer_identifies_by_issuer_and_subject() {
    // R18
    let claims = with(claims(), "email", json!("root@shop.example"));
    let identity = accepted(&header(), &claims);
    assert_eq!((identity.issuer(), identity.subject()), (ISSUER, "alice"));
    assert_eq!(identity.roles(), 1);
    assert!(identity.has_scope("orders:read") && identity.has_scope("orders:write"));
    assert!(!identity.has_scope("orders"));
    assert_eq!((identity.client_id(), identity.token_id()), (Some("web"), Some("t-1")));
    assert_eq!((identity.issued_at(), identity.expires_at()), (Some(NOW), NOW + 600));
}

#[test]
fn only_three_segments_of_base64url_are_a_token() {
    // R14
    let (verifier, _) = verifier(vec![issuer()]);
    let token = sign(&header(), &claims());
    let [head, payload, signature]: [&str; 3] =
        token.split('.').collect::<Vec<_>>().try_into().expect("three segments");
    for not_compact in [
        head.to_owned(),
        format!("{head}.{payload}"),
        format!("{head}.{payload}."),
        format!(".{payload}.{signature}"),
        format!("{head}..{signature}"),
        format!("{head}.{payload}.{signature}.{signature}.{signature}"),
        format!("{head}.{payload}.{signature}="),
        format!("{head}.{payload}.{signature}+"),
        format!("{{\"payload\":\"{payload}\"}}"),
        format!("\"{token}\""),
        format!("{token}%"),
    ] {
        assert_eq!(present(&verifier, &not_compact).expect_err(&not_compact), Refusal::NotCompact);
    }
    assert!(present(&verifier, &token).is_ok());
}

#[test]
fn a_token_over_8_kib_is_refused_before_it_is_decoded() {
    // R14: the length is judged first, so even a text that is no token is refused for its length.
    let (verifier, _) = verifier(vec![issuer()]);
    let judged = |length: usize| present(&verifier, &"!".repeat(length)).expect_err("no token");
    assert_eq!(judged(8193), Refusal::TooLong);
    assert_eq!(judged(8192), Refusal::NotCompact);
    let long = with(claims(), "note", json!("x".repeat(7000)));
    assert_eq!(
        present(&verifier, &sign(&header(), &long)).expect_err("too long"),
        Refusal::TooLong
    );
    let fits = with(claims(), "note", json!("x".repeat(4000)));
    assert!(present(&verifier, &sign(&header(), &fits)).is_ok());
}

#[test]
fn a_member_that_stands_twice_is_refused_at_any_depth() {
    // R15
    let (verifier, _) = verifier(vec![issuer()]);
    let key = ec_private(&EC);
    let good_header = header().to_string();
    let good_claims = claims().to_string();
    let doubled = |text: &str, member: &str| format!("{{{member},{}", &text[1..]);
    let cases = [
        (doubled(&good_header, r#""alg":"none""#), good_claims.clone(), Refusal::Header),
        (doubled(&good_header, r#""kid":"other""#), good_claims.clone(), Refusal::Header),
        // The same name, spelled with an escape.
        (doubled(&good_header, r#""\u0061lg":"ES256""#), good_claims.clone(), Refusal::Header),
        (good_header.clone(), doubled(&good_claims, r#""sub":"root""#), Refusal::Payload),
        (
            good_header.clone(),
            doubled(&good_claims, r#""unknown":1,"unknown":1"#),
            Refusal::Payload,
        ),
        (good_header.clone(), doubled(&good_claims, r#""deep":[{"a":1,"a":2}]"#), Refusal::Payload),
    ];
    for (header, claims, refusal) in cases {
        let token = sign_text(&header, &claims, Algorithm::ES256, &key);
        assert_eq!(present(&verifier, &token).expect_err(&claims), refusal);
    }
    assert!(
        present(&verifier, &sign_text(&good_header, &good_claims, Algorithm::ES256, &key)).is_ok()
    );
}

#[test]
fn what_is_not_one_utf8_object_is_refused() {
    // R15
    let (verifier, _) = verifier(vec![issuer()]);
    let good = claims().to_string();
    for claims in [
        b"\xff".to_vec(),
        b"[]".to_vec(),
        b"null".to_vec(),
        b"".to_vec(),
        format!("{good}{good}").into_bytes(),
        format!("\u{feff}{good}").into_bytes(),
        [b"{\"note\":\"\xc3\x28\",", &good.as_bytes()[1..]].concat(),
        format!("{{\"deep\":{}", "[".repeat(5000)).into_bytes(),
    ] {
        let signed = format!("{}.{}", encode(header().to_string()), encode(&claims));
        let key = ec_private(&EC);
        let signature = jsonwebtoken::crypto::sign(signed.as_bytes(), &key, Algorithm::ES256)
            .expect("a signature");
        let refusal = present(&verifier, &format!("{signed}.{signature}")).expect_err("refused");
        assert!(matches!(refusal, Refusal::Payload | Refusal::NotCompact), "{refusal}");
    }
}

#[test]
fn only_an_access_token_is_taken_for_one() {
    // R12
    for typ in ["at+jwt", "AT+JWT", "application/at+jwt", "Application/At+Jwt"] {
        accepted(&with(header(), "typ", json!(typ)), &claims());
    }
    for typ in ["JWT", "jwt", "logout+jwt", "id+jwt", "dpop+jwt", "at+jwt ", "x/at+jwt", ""] {
        assert_eq!(refused(&with(header(), "typ", json!(typ)), &claims()), Refusal::Type);
    }
    assert_eq!(refused(&with(header(), "typ", json!(null)), &claims()), Refusal::Type);
    assert_eq!(refused(&with(header(), "typ", json!(["at+jwt"])), &claims()), Refusal::Type);
}

#[test]
fn a_header_that_brings_a_key_or_an_extension_is_refused() {
    // R5
    for member in ["jku", "jwk", "x5c", "x5u"] {
        let header = with(header(), member, json!("https://evil.example/keys"));
        assert_eq!(refused(&header, &claims()), Refusal::KeyInHeader);
    }
    for crit in [json!(["b64"]), json!([]), json!("exp"), json!(false)] {
        assert_eq!(refused(&with(header(), "crit", crit), &claims()), Refusal::Critical);
    }
    accepted(&with(header(), "cty", json!("json")), &claims());
}

#[test]
fn a_kid_is_bounded_in_length_and_letters() {
    // R6
    for kid in ["", "../../etc/passwd\0", "a b", "' OR 1=1 --", "schlüssel", &"k".repeat(129)] {
        assert_eq!(refused(&with(header(), "kid", json!(kid)), &claims()), Refusal::KeyId, "{kid}");
    }
    assert_eq!(refused(&with(header(), "kid", json!(2026)), &claims()), Refusal::KeyId);
    assert_eq!(refused(&with(header(), "kid", json!("k".repeat(128))), &claims()), Refusal::NoKey);
    assert_eq!(refused(&with(header(), "kid", json!("../2026")), &claims()), Refusal::NoKey);
}

#[test]
fn no_single_changed_character_survives() {
    let (verifier, _) = verifier(vec![issuer()]);
    let token = sign(&header(), &claims());
    for place in 0..token.len() {
        let mut changed = token.clone().into_bytes();
        changed[place] = if changed[place] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(changed).expect("ASCII");
        assert!(present(&verifier, &changed).is_err(), "changed at {place}");
    }
    assert_eq!(verifier.remembered(), 0);
}

// R5
#[test]
fn a_header_that_changes_how_a_token_is_read_is_refused() {
    for (name, value) in [
        ("b64", json!(false)),
        ("b64", json!(true)),
        ("zip", json!("DEF")),
        ("zip", json!("none")),
        ("enc", json!("A128GCM")),
    ] {
        assert_eq!(refused(&with(header(), name, value), &claims()), Refusal::Unencoded, "{name}");
    }
    let extended = with(with(header(), "b64", json!(false)), "crit", json!(["b64"]));
    assert_eq!(refused(&extended, &claims()), Refusal::Critical);
}
