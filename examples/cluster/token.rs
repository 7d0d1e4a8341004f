//! The issuer of tokens and its clients, as keys in a folder: whoever may read that can be anybody.

use rcgen::KeyPair;
use secure_api::clock::Clock;
use serde_json::json;
use uuid::Uuid;

use crate::{
    folder::{Failure, Folder},
    jwt::{JwtKey, digest},
};

/// The name of the issuer.
pub const ISSUER: &str = "https://login.office.example";
/// The name of the API in tokens that are for it: `aud`.
pub const AUDIENCE: &str = "office-api";
/// The URL that callers find the API at, as behind a balancer: a proof is for it, whichever server gets the request.
pub const URL: &str = "https://office.example";

/// The time for which a token is good, in seconds.
const LIFETIME: i64 = 3600;

const SIGNING: &str = "signing.key";
const CLIENT: &str = "client.key";

/// The keys of the issuer and of its clients.
pub struct Keys {
    signing: JwtKey,
    client: JwtKey,
}

impl Keys {
    /// Makes them, and writes them into the folder.
    pub fn make(folder: &Folder) -> Result<Self, Failure> {
        let keys = Self { signing: JwtKey::make()?, client: JwtKey::make()? };
        folder.write(SIGNING, &keys.signing.pem())?;
        folder.write(CLIENT, &keys.client.pem())?;
        Ok(keys)
    }

    /// Reads those of a cluster that runs.
    pub fn read(folder: &Folder) -> Result<Self, Failure> {
        let key = |name| JwtKey::read(&folder.read(name)?);
        Ok(Self { signing: key(SIGNING)?, client: key(CLIENT)? })
    }

    /// Returns the key that tokens are verified by, as PEM.
    pub fn public_pem(&self) -> Result<String, Failure> {
        Ok(KeyPair::from_pem(&self.signing.pem())?.public_key_pem())
    }

    /// Signs an access token (RFC 9068), bound to the key of the clients where that is asked for.
    pub fn token(&self, subject: &str, bound: bool) -> Result<String, Failure> {
        let now = Clock::system().unix_seconds();
        let mut claims = json!({
            "iss": ISSUER, "aud": AUDIENCE, "sub": subject, "client_id": "web", "roles": ["member"],
            "jti": Uuid::new_v4().to_string(), "iat": now, "exp": now + LIFETIME,
        });
        if bound {
            claims["cnf"] = json!({ "jkt": self.client.thumbprint() });
        }
        self.signing.sign(&json!({ "typ": "at+jwt", "alg": "EdDSA", "kid": "office-1" }), &claims)
    }

    /// Makes a proof for a POST to this path with a token (RFC 9449, section 4.2).
    pub fn proof(&self, path: &str, token: &str) -> Result<String, Failure> {
        let header = json!({ "typ": "dpop+jwt", "alg": "EdDSA", "jwk": self.client.jwk() });
        let claims = json!({
            "htm": "POST", "htu": format!("{URL}{path}"), "ath": digest(token),
            "jti": Uuid::new_v4().to_string(), "iat": Clock::system().unix_seconds(),
        });
        self.client.sign(&header, &claims)
    }
}
