//! Attacks on tokens, as RFC 8725 and its revision list them: each beside a token of the same making that holds.

use rcgen::KeyPair;
use secure_api::token::{Issuer, Key};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{INVALID, is_challenged, with, without};
use crate::support::{
    TestServer,
    token::{self, forge, forge_by, good_claims, good_header, keys, spelled},
};

/// Asserts that none of these tokens opens anything, and that what they say of themselves changes no answer.
async fn all_are_refused(server: &TestServer, tokens: impl IntoIterator<Item = (String, String)>) {
    let mut bodies = Vec::new();
    for (what, token) in tokens {
        let answer = server.get_as(&token, "/v2/orders").await;
        assert_eq!(answer.status, 401, "{what}");
        is_challenged(&answer, INVALID);
        bodies.push(answer.body);
    }
    assert!(bodies.len() > 2, "only {} tokens", bodies.len());
    bodies.dedup();
    assert_eq!(bodies.len(), 1, "the reason shows: {bodies:#?}");
}

/// Asserts that a token opens what the others do not.
async fn is_taken(server: &TestServer, token: &str) {
    assert_eq!(server.get_as(token, "/v2/orders").await.status, 200);
}

fn segments(token: &str) -> [&str; 3] {
    token.split('.').collect::<Vec<_>>().try_into().expect("three segments")
}

/// Returns the code of HMAC with SHA-256 (RFC 2104), which is what HS256 is.
fn hmac(key: &[u8], text: &[u8]) -> Vec<u8> {
    let mut block = [0; 64];
    match key.len() {
        0..=64 => block[..key.len()].copy_from_slice(key),
        _ => block[..32].copy_from_slice(&Sha256::digest(key)),
    }
    let pad = |by: u8| block.map(|byte| byte ^ by);
    let inner = Sha256::digest([&pad(0x36), text].concat());
    Sha256::digest([&pad(0x5c), &*inner].concat()).to_vec()
}

// R1 R2, RFC 8725, section 2.1: none is no algorithm, however it is spelled and whatever stands in the place of a signature.
#[tokio::test]
async fn a_token_that_says_it_needs_no_signature_is_refused() {
    let server = TestServer::start().await;
    let good = forge(&good_header(), &good_claims(&server.clock));
    is_taken(&server, &good).await;
    let [_, claims, signature] = segments(&good);
    let mut tokens = Vec::new();
    for alg in [json!("none"), json!("None"), json!("NONE"), json!("nOnE"), json!(""), json!(null)]
    {
        let header = token::encode(with(good_header(), "alg", alg.clone()).to_string().as_bytes());
        tokens.push((format!("{alg}, nothing"), format!("{header}.{claims}.")));
        tokens.push((format!("{alg}, a signature"), format!("{header}.{claims}.{signature}")));
        tokens.push((format!("{alg}, a letter"), format!("{header}.{claims}.A")));
    }
    all_are_refused(&server, tokens).await;
}

/// Returns a token with this header and these claims that is signed by HS256 with a secret.
fn coded(secret: &[u8], header: &Value, claims: &Value) -> String {
    let part = |value: &Value| token::encode(value.to_string().as_bytes());
    let signed = format!("{}.{}", part(header), part(claims));
    let code = token::encode(&hmac(secret, signed.as_bytes()));
    format!("{signed}.{code}")
}

// R3, RFC 8725, section 2.1: everybody has the public key, so what is signed with it as a shared secret is anybody's.
#[tokio::test]
async fn a_public_key_signs_nothing_as_a_shared_secret() {
    const OTHER: &str = "https://login.secret.example";
    let secret = b"thirty-two bytes of a shared one".to_vec();
    let trusted = Key::hs256(secure_api::testing::secret!(secret.clone())).id("k1");
    let issuer = Issuer::new(OTHER).audience(token::AUDIENCE).key(trusted);
    let server = TestServer::with(|app| app.tokens(issuer)).await;
    let header = with(good_header(), "alg", "HS256");
    let claims = good_claims(&server.clock);
    // The code is made as it should be: the issuer that has a secret takes it.
    is_taken(&server, &coded(&secret, &header, &with(claims.clone(), "iss", OTHER))).await;
    let pem = keys().public_pem();
    let point = keys().public_point();
    let lines: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    let forms = [
        ("PEM", pem.as_bytes()),
        ("PEM without a line break", pem.trim_end().as_bytes()),
        ("base64", lines.as_bytes()),
        ("the point", point),
        ("its coordinates", &point[1..]),
        ("nothing", b""),
    ];
    let tokens = forms.map(|(form, key)| (form.to_owned(), coded(key, &header, &claims)));
    all_are_refused(&server, tokens).await;
}

// R5, R6, RFC 8725, section 2.9: a token brings no key, and has nothing fetched, opened or asked for.
#[tokio::test]
async fn a_token_brings_no_key_and_has_none_looked_up() {
    let server = TestServer::start().await;
    let own = KeyPair::generate().expect("a key");
    let [x, y] = [&own.public_key_raw()[1..33], &own.public_key_raw()[33..]].map(token::encode);
    let jwk = json!({ "kty": "EC", "crv": "P-256", "x": x, "y": y, "kid": "k1" });
    let claims = good_claims(&server.clock);
    is_taken(&server, &forge(&good_header(), &claims)).await;
    let mut tokens = vec![("its key alone".to_owned(), forge_by(&own, &good_header(), &claims))];
    for (member, value) in [
        ("jwk", jwk.clone()),
        ("jku", json!(format!("{}/keys", server.base))),
        ("x5u", json!(format!("{}/chain.pem", server.base))),
        ("x5c", json!(["MIIB"])),
        ("x5t", json!("AAAA")),
        ("keys", json!([jwk])),
        ("kid", json!("../../../../dev/null")),
        ("kid", json!("k1' OR 'a'='a")),
        ("kid", json!("k1\u{0}")),
        ("kid", json!("k".repeat(4096))),
        ("kid", json!(["k1"])),
        ("kid", json!("https://evil.example/key")),
    ] {
        let header = with(good_header(), member, value);
        tokens.push((header.to_string(), forge_by(&own, &header, &claims)));
    }
    // Of the issuer's own key, these are refused as well: whoever acts on them has lost.
    for member in ["jwk", "jku", "x5u", "x5c"] {
        let header = with(good_header(), member, jwk.clone());
        tokens.push((header.to_string(), forge(&header, &claims)));
    }
    all_are_refused(&server, tokens).await;
}

// R12, RFC 8725, section 2.8: another kind of JWT, which the same key has signed, is no access token.
#[tokio::test]
async fn another_kind_of_jwt_is_no_access_token() {
    let server = TestServer::start().await;
    let claims = good_claims(&server.clock);
    let typed = |typ: Value| forge(&with(good_header(), "typ", typ), &claims);
    for typ in ["at+jwt", "application/at+jwt"] {
        is_taken(&server, &typed(json!(typ))).await;
    }
    let mut tokens = vec![("no type".to_owned(), forge(&without(good_header(), "typ"), &claims))];
    for typ in
        ["JWT", "logout+jwt", "dpop+jwt", "secevent+jwt", "token-introspection+jwt", "", "at+jwt;x"]
    {
        tokens.push((typ.to_owned(), typed(json!(typ))));
    }
    for typ in [json!(null), json!(["at+jwt"])] {
        tokens.push((typ.to_string(), typed(typ)));
    }
    all_are_refused(&server, tokens).await;
}

// R14, R15, RFC 8725, section 2.6: what two readers may read in two ways is refused.
#[tokio::test]
async fn a_token_that_can_be_read_in_two_ways_is_refused() {
    let server = TestServer::start().await;
    let (header, claims) = (good_header().to_string(), good_claims(&server.clock).to_string());
    let good = spelled(header.as_bytes(), claims.as_bytes());
    is_taken(&server, &good).await;
    let again = |text: &str, member: &str| format!("{},{member}}}", &text[..text.len() - 1]);
    let mut tokens = vec![
        (
            "two algorithms",
            spelled(again(&header, r#""alg":"none""#).as_bytes(), claims.as_bytes()),
        ),
        ("two types", spelled(again(&header, r#""typ":"JWT""#).as_bytes(), claims.as_bytes())),
        ("two subjects", spelled(header.as_bytes(), again(&claims, r#""sub":"root""#).as_bytes())),
        (
            "one by an escape",
            spelled(header.as_bytes(), again(&claims, r#""s\u0075b":"root""#).as_bytes()),
        ),
        ("two objects", spelled(header.as_bytes(), format!("{claims}{claims}").as_bytes())),
        ("a list", spelled(header.as_bytes(), format!("[{claims}]").as_bytes())),
        ("a byte order mark", spelled(header.as_bytes(), format!("\u{feff}{claims}").as_bytes())),
        ("no UTF-8", spelled(header.as_bytes(), &[claims.as_bytes(), &[0xff]].concat())),
    ];
    let [head, body, signature] = segments(&good);
    tokens.extend([
        ("padding", format!("{head}.{body}.{signature}=")),
        ("another alphabet", format!("{head}.{body}.{}+", &signature[1..])),
        ("the JSON form", format!("{{\"payload\":\"{body}\"}}")),
        ("an encrypted one", format!("{head}.{body}.{signature}.{body}.{signature}")),
        ("two at once", format!("{good},{good}")),
    ]);
    all_are_refused(&server, tokens.into_iter().map(|(what, token)| (what.to_owned(), token)))
        .await;
}

// R16 in part, RFC 8725, sections 2.3 and 2.4: nothing is decrypted, inflated, or left to be understood by somebody else.
#[tokio::test]
async fn a_header_that_changes_how_a_token_is_read_is_refused() {
    let server = TestServer::start().await;
    let claims = good_claims(&server.clock);
    is_taken(&server, &forge(&good_header(), &claims)).await;
    let headers = [
        ("zip", json!("DEF")),
        ("b64", json!(false)),
        ("crit", json!(["b64"])),
        ("crit", json!([])),
        ("enc", json!("A128GCM")),
    ];
    let tokens = headers.map(|(member, value)| {
        let header = with(good_header(), member, value);
        (header.to_string(), forge(&header, &claims))
    });
    all_are_refused(&server, tokens).await;
}

// R8, R11, R13, R27, RFC 8725, sections 2.7 and 3.8 to 3.10: a claim is of its type, or it counts for nobody.
#[tokio::test]
async fn a_claim_is_of_its_type_or_the_token_is_nobodys() {
    let server = TestServer::start().await;
    let claims = good_claims(&server.clock);
    let now = server.clock.unix_seconds();
    is_taken(&server, &forge(&good_header(), &claims)).await;
    let wrong = [
        ("iss", json!([token::ISSUER])),
        ("iss", json!(token::ISSUER.to_uppercase())),
        ("iss", json!(format!("{}\u{0}", token::ISSUER))),
        ("aud", json!({ "0": token::AUDIENCE })),
        ("aud", json!([])),
        ("aud", json!(format!("{} other", token::AUDIENCE))),
        ("sub", json!(7)),
        ("sub", json!("")),
        ("sub", json!(["alice"])),
        ("exp", json!((now + 600).to_string())),
        ("exp", json!(null)),
        ("exp", json!(-1)),
        ("nbf", json!("0")),
        ("iat", json!("0")),
        ("cnf", json!({})),
        ("cnf", json!({ "kid": "k1" })),
        ("cnf", json!("jkt")),
        ("jti", json!(1)),
        ("client_id", json!("")),
    ];
    let tokens = wrong.map(|(claim, value)| {
        let claims = with(claims.clone(), claim, value.clone());
        (format!("{claim}: {value}"), forge(&good_header(), &claims))
    });
    all_are_refused(&server, tokens).await;
}
