//! Access tokens: what is accepted is a JWT that another library verifies, for this API, from its issuer, and in time.

use http::HeaderValue;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde_json::Value;

use super::{
    api::{NOW, SECRET, ask, get},
    encoded::signed,
};

/// The header of a good token.
pub(super) const HEADER: &[u8] = br#"{"typ":"at+jwt","alg":"HS256"}"#;

/// Sends bytes as a token; or, behind `!`, a header and claims with a line between, signed by the issuer's key.
pub fn check(data: &[u8]) -> bool {
    let token = match data.strip_prefix(b"!") {
        Some(rest) => {
            let mut parts = rest.splitn(2, |byte| *byte == b'\n');
            let (header, claims) = (parts.next().unwrap_or(rest), parts.next());
            // One line is claims under a good header.
            let (header, claims) = claims.map_or((HEADER, header), |claims| (header, claims));
            signed(header, claims).into_bytes()
        }
        None => data.to_vec(),
    };
    let Ok(value) = HeaderValue::from_bytes(&[b"Bearer ", &token[..]].concat()) else {
        return false;
    };
    let answer = ask(get("/v1/me").header("authorization", value), "");
    if !answer.is_well() {
        assert!([400, 401, 403].contains(&answer.status.as_u16()), "{answer:?}");
        return false;
    }
    let token = str::from_utf8(&token).expect("visible ASCII").trim();
    // It refuses a member that it knows in another form, where ours knows none.
    let Ok(header) = jsonwebtoken::decode_header(token) else { return false };
    let mut validation = Validation::new(Algorithm::HS256);
    validation.set_audience(&["targets"]);
    validation.set_issuer(&["https://login.example"]);
    validation.set_required_spec_claims(&["iss", "aud", "sub", "exp"]);
    // Its clock is the machine's.
    (validation.validate_exp, validation.validate_nbf) = (false, false);
    let key = DecodingKey::from_secret(SECRET.as_ref());
    let read = jsonwebtoken::decode::<Value>(token, &key, &validation);
    let read = read.unwrap_or_else(|error| panic!("{error}: {token}"));
    let claims = &read.claims;
    assert_eq!(answer.text("subject").as_deref(), claims["sub"].as_str());
    let seconds = |name: &str| claims.get(name).map(|value| value.as_f64().expect("a number"));
    assert!(seconds("exp").is_some_and(|end| end + 30.0 > NOW as f64), "{claims}");
    for start in ["nbf", "iat"] {
        assert!(seconds(start).is_none_or(|start| start <= NOW as f64 + 30.0), "{claims}");
    }
    assert!(header.typ.is_some_and(|typ| typ.to_ascii_lowercase().ends_with("at+jwt")));
    assert!(
        header.jku.is_none() && header.jwk.is_none() && header.x5u.is_none(),
        "a token has its key"
    );
    true
}
