//! The claims that a token must have, and those that refuse it.

use std::time::Duration;

use super::*;

#[test]
fn the_issuer_is_compared_byte_for_byte() {
    // R8
    for name in [
        "https://login.shop.example/",
        "https://LOGIN.shop.example",
        "http://login.shop.example",
        "https://login.shop.example.evil.example",
        "",
    ] {
        assert_eq!(refused(&header(), &with(claims(), "iss", json!(name))), Refusal::Issuer);
    }
    assert_eq!(refused(&header(), &with(claims(), "iss", json!(null))), Refusal::Issuer);
    assert_eq!(refused(&header(), &with(claims(), "iss", json!([ISSUER]))), Refusal::Issuer);
}

#[test]
fn the_audience_must_name_this_api() {
    // R10
    accepted(&header(), &with(claims(), "aud", json!([AUDIENCE])));
    accepted(&header(), &with(claims(), "aud", json!(["other-api", AUDIENCE])));
    for audience in [
        json!(null),
        json!("other-api"),
        json!("shop-api "),
        json!("SHOP-API"),
        json!([]),
        json!(["other-api"]),
        json!([AUDIENCE, 1]),
        json!({ "shop-api": true }),
    ] {
        assert_eq!(refused(&header(), &with(claims(), "aud", audience)), Refusal::Audience);
    }
}

#[test]
fn a_token_counts_between_its_times_and_a_little_around_them() {
    // R11, with the default leeway of 30 seconds.
    let at = |name: &str, time: Value| with(claims(), name, time);
    accepted(&header(), &at("exp", json!(NOW - 29)));
    accepted(&header(), &at("exp", json!(NOW as f64 + 0.5)));
    assert_eq!(refused(&header(), &at("exp", json!(NOW - 30))), Refusal::Expired);
    assert_eq!(refused(&header(), &at("exp", json!(0))), Refusal::Expired);
    for no_time in
        [json!(null), json!("2036-01-01"), json!(-1), json!(1e300), json!(u64::MAX), json!([])]
    {
        assert_eq!(refused(&header(), &at("exp", no_time)), Refusal::Expiry);
    }

    accepted(&header(), &at("nbf", json!(NOW + 30)));
    assert_eq!(refused(&header(), &at("nbf", json!(NOW + 31))), Refusal::Early);
    assert_eq!(refused(&header(), &at("nbf", json!(NOW as f64 + 30.5))), Refusal::Early);
    assert_eq!(refused(&header(), &at("nbf", json!("soon"))), Refusal::NotBefore);

    accepted(&header(), &at("iat", json!(NOW + 30)));
    assert_eq!(refused(&header(), &at("iat", json!(NOW + 31))), Refusal::Future);
    assert_eq!(refused(&header(), &at("iat", json!("now"))), Refusal::IssuedAt);
}

#[test]
fn leeway_is_the_issuers() {
    // R11
    let token = sign(&header(), &with(claims(), "exp", json!(NOW - 1)));
    let exact = verifier(vec![issuer().leeway(Duration::ZERO)]).0;
    assert_eq!(present(&exact, &token).expect_err("no leeway"), Refusal::Expired);
    let wide = verifier(vec![issuer().leeway(Duration::from_secs(300))]).0;
    assert!(present(&wide, &token).is_ok());
}

#[test]
fn the_full_profile_needs_every_claim() {
    // R13
    for (name, refusal) in [
        ("iss", Refusal::Issuer),
        ("exp", Refusal::Expiry),
        ("aud", Refusal::Audience),
        ("sub", Refusal::Subject),
        ("client_id", Refusal::ClientId),
        ("iat", Refusal::IssuedAt),
        ("jti", Refusal::TokenId),
    ] {
        assert_eq!(refused(&header(), &with(claims(), name, json!(null))), refusal, "{name}");
    }
    for (name, refusal) in
        [("sub", Refusal::Subject), ("client_id", Refusal::ClientId), ("jti", Refusal::TokenId)]
    {
        for value in [json!(""), json!(7), json!("a\nb"), json!("x".repeat(256))] {
            assert_eq!(refused(&header(), &with(claims(), name, value)), refusal, "{name}");
        }
    }
}

#[test]
fn a_partial_profile_spares_three_claims_and_no_more() {
    // R13
    let (verifier, _) = verifier(vec![issuer().partial_profile("the old login sends neither")]);
    for name in ["client_id", "iat", "jti"] {
        let token = sign(&header(), &with(claims(), name, json!(null)));
        assert!(present(&verifier, &token).is_ok(), "{name}");
        let token = sign(&header(), &with(claims(), name, json!([])));
        assert!(present(&verifier, &token).is_err(), "{name} is read where it is there");
    }
    for name in ["iss", "exp", "aud", "sub"] {
        let token = sign(&header(), &with(claims(), name, json!(null)));
        assert!(present(&verifier, &token).is_err(), "{name}");
    }
    let token = sign(&header(), &with(claims(), "iat", json!(NOW + 3600)));
    assert_eq!(present(&verifier, &token).expect_err("issued later"), Refusal::Future);
}

// R27: whoever has a copy of a bound token has nothing.
#[test]
fn a_bound_token_is_no_bearer_token() {
    let thumbprint = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";
    for (member, refusal) in [("jkt", Refusal::Unproved), ("x5t#S256", Refusal::OtherCertificate)] {
        let (verifier, _) = verifier(vec![issuer()]);
        let token = sign(&header(), &with(claims(), "cnf", json!({ member: thumbprint })));
        // The second time it is remembered, with what it is bound to.
        for _ in 0..2 {
            assert_eq!(present(&verifier, &token).expect_err("no proof"), refusal, "{member}");
        }
    }
}

// R27: what nobody here could ask the proof of, and what can be read in two ways.
#[test]
fn a_confirmation_is_one_that_is_known() {
    let thumbprint = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";
    for cnf in [
        json!({}),
        json!("x"),
        json!([]),
        json!({ "jkt": "0ZcOCORZNYy" }),
        json!({ "jkt": format!("{thumbprint}=") }),
        json!({ "jkt": &thumbprint[1..] }),
        // The last letter has two bits that say nothing.
        json!({ "jkt": thumbprint.replace("A4I", "A4J") }),
        json!({ "jkt": 7 }),
        json!({ "x5t#S256": "a" }),
        json!({ "jkt": thumbprint, "x5t#S256": thumbprint }),
        json!({ "jkt": thumbprint, "kid": "1" }),
        json!({ "jwk": { "kty": "EC" } }),
        json!({ "kid": "1" }),
        json!({ "JKT": thumbprint }),
    ] {
        let refusal = refused(&header(), &with(claims(), "cnf", cnf.clone()));
        assert_eq!(refusal, Refusal::Confirmation, "{cnf}");
    }
    let text = claims().to_string().replacen('{', "{\"cnf\":null,", 1);
    let token = sign_text(&header().to_string(), &text, Algorithm::ES256, &ec_private(&EC));
    let (verifier, _) = verifier(vec![issuer()]);
    assert_eq!(present(&verifier, &token).expect_err("cnf is there"), Refusal::Confirmation);
}

#[test]
fn roles_come_by_name_and_unknown_names_give_nothing() {
    let granted = |roles: Value| accepted(&header(), &with(claims(), "roles", roles)).roles();
    assert_eq!(granted(json!(["customer", "admin"])), 0b101);
    assert_eq!(granted(json!("support  customer")), 0b011);
    assert_eq!(granted(json!(["root", "Admin", "admin "])), 0);
    assert_eq!(granted(json!([])), 0);
    assert_eq!(granted(json!(null)), 0);
    for roles in [json!(7), json!({ "admin": true }), json!([["admin"]]), json!(["admin", 1])] {
        assert_eq!(refused(&header(), &with(claims(), "roles", roles)), Refusal::Roles);
    }
}

#[test]
fn the_roles_claim_is_a_name_or_a_pointer() {
    let granted = |claim: &str, name: &str, value: Value| {
        let (verifier, _) = verifier(vec![issuer().roles_claim(claim)]);
        let claims = with(with(claims(), "roles", json!(["admin"])), name, value);
        present(&verifier, &sign(&header(), &claims)).expect("accepted").roles()
    };
    assert_eq!(granted("groups", "groups", json!(["support"])), 2);
    assert_eq!(granted("groups", "other", json!(["support"])), 0);
    assert_eq!(granted("/realm_access/roles", "realm_access", json!({ "roles": ["support"] })), 2);
    assert_eq!(granted("/realm_access/roles", "realm_access", json!({})), 0);
    assert_eq!(granted("https://a.example/roles", "https://a.example/roles", json!("support")), 2);
    assert_eq!(granted("/https:~1~1a.example", "https://a.example", json!("support")), 2);
}

#[test]
fn scopes_are_words_of_the_oauth_alphabet() {
    let scopes = |scope: Value| {
        let identity = accepted(&header(), &with(claims(), "scope", scope));
        identity.scopes().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(scopes(json!("a b:c")), ["a", "b:c"]);
    assert!(scopes(json!("")).is_empty());
    assert!(scopes(json!(null)).is_empty());
    for scope in [json!(["a"]), json!(1), json!("a\"b"), json!("a\\b"), json!("ä"), json!("a\tb")]
    {
        assert_eq!(refused(&header(), &with(claims(), "scope", scope)), Refusal::Scope);
    }
}
