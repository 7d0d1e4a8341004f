//! The clients of the issuer: they ask it for tokens, and one of them proves that it has the key of its own.

use secure_api::clock::Clock;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    folder::{Failure, Folder},
    issuer::{CLIENTS, KEY},
    jwt::{JwtKey, digest},
};

/// Asks the issuer for an access token for an API (RFC 6749, section 4.4).
pub async fn token(folder: &Folder, client: &str, audience: &str) -> Result<String, Failure> {
    let clients: Value = serde_json::from_str(&folder.read(CLIENTS)?)?;
    let (issuer, secret) = (clients["issuer"].as_str(), clients[client].as_str());
    let issuer = issuer.ok_or("the issuer has no address")?;
    let answer = reqwest::Client::builder()
        .no_proxy()
        .build()?
        .post(format!("{issuer}/token"))
        .basic_auth(client, secret)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(format!("grant_type=client_credentials&audience={audience}"))
        .send()
        .await?
        .error_for_status()?;
    let token: Value = answer.json().await?;
    Ok(token["access_token"].as_str().ok_or("the answer has no token")?.to_owned())
}

/// Makes a proof for one request with a token (RFC 9449, section 4.2).
pub fn proof(folder: &Folder, method: &str, url: &str, token: &str) -> Result<String, Failure> {
    let key = JwtKey::read(&folder.read(KEY)?)?;
    let header = json!({ "typ": "dpop+jwt", "alg": "EdDSA", "jwk": key.jwk() });
    let claims = json!({
        "htm": method, "htu": url, "ath": digest(token),
        "jti": Uuid::new_v4().to_string(), "iat": Clock::system().unix_seconds(),
    });
    key.sign(&header, &claims)
}
