//! The keys that tokens are verified with: one key, one algorithm.

use std::fmt;

use base64::{Engine, engine::general_purpose::STANDARD};
use jsonwebtoken::{DecodingKey, crypto::aws_lc::DEFAULT_PROVIDER};

use crate::{
    error::StartProblem,
    secret::{NamesOrigin, SecretFault},
};

/// RFC 7518, section 3.2: an HMAC key is at least as long as the hash.
const MIN_SECRET: usize = 32;
/// RFC 7518, section 3.3: an RSA key has at least 2048 bits.
const MIN_RSA_BITS: usize = 2048;
/// The largest size of an RSA modulus in bits, the most that the cryptography verifies with.
const MAX_RSA_BITS: usize = 8192;
/// A key id longer than this is none. Thumbprints have 43 characters, cloud key names up to about 100.
const MAX_ID: usize = 128;

/// The DER of a P-256 public key up to the uncompressed point (RFC 5480).
const P256_PREFIX: &[u8] = &[
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a,
    0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
];
/// The DER of an Ed25519 public key up to its 32 bytes (RFC 8410).
const ED25519_PREFIX: &[u8] =
    &[0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

/// A key that one issuer's tokens are verified with, and the one algorithm it is for.
///
/// Public keys are PEM with the label `PUBLIC KEY` (SubjectPublicKeyInfo, RFC 7468). What cannot be used
/// (another kind of key, an RSA key below 2048 bits, a secret below 32 bytes) keeps the app from starting,
/// with `SA153`.
///
/// ```no_run
/// use secure_api::{secret::SecretBytes, token::Key};
///
/// # fn main() -> std::io::Result<()> {
/// let current = Key::es256_pem(std::fs::read_to_string("issuer-2026.pem")?).id("2026");
/// let shared = Key::hs256(SecretBytes::file("/run/secrets/issuer"));
/// # Ok(()) }
/// ```
pub struct Key {
    pub(super) id: Option<String>,
    pub(super) algorithm: Algorithm,
    pub(super) material: Result<DecodingKey, Fault>,
}

impl Key {
    /// Creates a key of ECDSA on P-256 with SHA-256 (`ES256`), by its public key.
    pub fn es256_pem(pem: impl AsRef<str>) -> Self {
        let material = der(pem.as_ref()).and_then(|der| match der.strip_prefix(P256_PREFIX) {
            Some(point) if point.len() == 65 && point[0] == 4 => {
                Ok(DecodingKey::from_ec_der(point))
            }
            _ => Err(Fault::OtherKey),
        });
        Self { id: None, algorithm: Algorithm::Es256, material }
    }

    /// Creates a key of RSA with PKCS #1 v1.5 padding and SHA-256 (`RS256`), by its public key of 2048 to 8192 bits.
    pub fn rs256_pem(pem: impl AsRef<str>) -> Self {
        let pem = pem.as_ref();
        Self { id: None, algorithm: Algorithm::Rs256, material: der(pem).and_then(|_| rsa(pem)) }
    }

    /// Creates a key of Ed25519, by its public key. Tokens name it `EdDSA` (RFC 8037) or `Ed25519` (RFC 9864).
    pub fn ed25519_pem(pem: impl AsRef<str>) -> Self {
        let material = der(pem.as_ref()).and_then(|der| match der.strip_prefix(ED25519_PREFIX) {
            Some(key) if key.len() == 32 => Ok(DecodingKey::from_ed_der(key)),
            _ => Err(Fault::OtherKey),
        });
        Self { id: None, algorithm: Algorithm::Ed25519, material }
    }

    /// Creates a key of HMAC with SHA-256 (`HS256`), by a secret of at least 32 bytes that the issuer shares.
    ///
    /// Whoever can verify with it can also sign, so prefer the others where the issuer offers them. It takes
    /// [`SecretBytes`](crate::secret::SecretBytes), which say where they come from; text and bytes do not compile (SA176), and no conversion makes
    /// [`SecretBytes`](crate::secret::SecretBytes) of them. One that can be guessed does not start (SA178).
    ///
    /// ```compile_fail,E0277
    /// secure_api::token::Key::hs256("this secret would be in every clone of the repository");
    /// ```
    ///
    /// ```compile_fail,E0277
    /// secure_api::token::Key::hs256("this secret would be in every clone of the repository".into());
    /// ```
    pub fn hs256(secret: impl NamesOrigin) -> Self {
        let secret = secret.secret();
        let bytes = secret.expose();
        let material = if let Some(fault) = secret.unread() {
            Err(Fault::Secret(fault))
        } else if bytes.starts_with(b"-----BEGIN") {
            Err(Fault::PemSecret)
        } else if bytes.len() < MIN_SECRET {
            Err(Fault::ShortSecret)
        } else if let Some(fault) = secret.unfit() {
            Err(Fault::Secret(fault))
        } else {
            Ok(DecodingKey::from_secret(bytes))
        };
        Self { id: None, algorithm: Algorithm::Hs256, material }
    }

    /// Sets the key's id, which a token names as `kid`: 1 to 128 of letters, digits and `-._~:=+/`. An issuer with more
    /// than one key gives each an id.
    #[must_use]
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    pub(super) fn from_p256_point(point: &[u8], id: &str) -> Self {
        let material = Ok(DecodingKey::from_ec_der(point));
        Self { id: Some(id.to_owned()), algorithm: Algorithm::Es256, material }
    }
}

// What a key is made of is nobody's to read, a public one included: a log does not tell them apart.
impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Key")
            .field("id", &self.id)
            .field("algorithm", &self.algorithm)
            .finish_non_exhaustive()
    }
}

/// The algorithm of a key. There is no `none` here, so none can be configured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Algorithm {
    Es256,
    Rs256,
    Ed25519,
    Hs256,
}

impl Algorithm {
    /// Returns `true` if a token's `alg` is this algorithm, compared exactly.
    pub(crate) fn is_named(self, name: &str) -> bool {
        match self {
            Self::Es256 => name == "ES256",
            Self::Rs256 => name == "RS256",
            Self::Ed25519 => name == "EdDSA" || name == "Ed25519",
            Self::Hs256 => name == "HS256",
        }
    }

    /// Returns `true` if the verifier's key also signs.
    pub(super) fn is_symmetric(self) -> bool {
        self == Self::Hs256
    }

    fn backend(self) -> jsonwebtoken::Algorithm {
        match self {
            Self::Es256 => jsonwebtoken::Algorithm::ES256,
            Self::Rs256 => jsonwebtoken::Algorithm::RS256,
            Self::Ed25519 => jsonwebtoken::Algorithm::EdDSA,
            Self::Hs256 => jsonwebtoken::Algorithm::HS256,
        }
    }
}

/// The fault of a key that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    NotPem,
    Private,
    OtherKey,
    RsaSize,
    ShortSecret,
    PemSecret,
    Secret(SecretFault),
}

impl Fault {
    /// Returns the problem of the key at a place of an issuer's list, counted from 1.
    pub(super) fn problem(self, issuer: &str, place: usize) -> StartProblem {
        let text = match self {
            Self::Secret(fault) => return StartProblem::of(fault),
            Self::NotPem => "is not PEM with one block labelled PUBLIC KEY",
            Self::Private => "is a private key, and verifying needs only the public one",
            Self::OtherKey => "is not a public key for its algorithm",
            Self::RsaSize => "is an RSA key of less than 2048 or more than 8192 bits",
            Self::ShortSecret => "is a secret of less than 32 bytes",
            Self::PemSecret => "is a PEM file, and no secret",
        };
        StartProblem {
            code: "SA153",
            text: format!("key {place} of the issuer {issuer} {text}"),
            help: "use the issuer's public key for that algorithm, or a secret of 32 random bytes",
        }
    }
}

/// A key that is ready to verify.
pub(crate) struct VerifyingKey {
    algorithm: Algorithm,
    material: DecodingKey,
}

impl VerifyingKey {
    pub(crate) fn new(algorithm: Algorithm, material: DecodingKey) -> Self {
        Self { algorithm, material }
    }

    /// Returns `true` if a token's `alg` is the one that this key is for.
    pub(super) fn is_for(&self, algorithm: &str) -> bool {
        self.algorithm.is_named(algorithm)
    }

    /// Returns `true` if the signature over `signed` is by this key. The provider is named here instead of taken from
    /// the process, where another crate's feature could leave none.
    pub(crate) fn verifies(&self, signed: &[u8], signature: &Vec<u8>) -> bool {
        match (DEFAULT_PROVIDER.verifier_factory)(&self.algorithm.backend(), &self.material) {
            Ok(verifier) => verifier.verify(signed, signature).is_ok(),
            Err(_) => false,
        }
    }
}

/// Returns `true` if a text can be a key's id. It is never more than the key of a map, and still bounded.
pub(super) fn is_id(text: &str) -> bool {
    (1..=MAX_ID).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~:=+/".contains(&byte))
}

/// Returns `true` for an RSA key of a size that is acceptable, with an odd exponent above 1 of at most 33 bits, the most that the
/// cryptography verifies with.
#[cfg(feature = "discovery")]
pub(super) fn is_rsa(modulus: &[u8], exponent: &[u8]) -> bool {
    let odd = exponent.last().is_some_and(|last| last & 1 == 1);
    (MIN_RSA_BITS..=MAX_RSA_BITS).contains(&bit_length(modulus))
        && odd
        && (2..=33).contains(&bit_length(exponent))
}

/// Returns the content of a PEM file with one public key.
fn der(pem: &str) -> Result<Vec<u8>, Fault> {
    if pem.contains("PRIVATE KEY-----") {
        return Err(Fault::Private);
    }
    let body = pem
        .trim()
        .strip_prefix("-----BEGIN PUBLIC KEY-----")
        .and_then(|rest| rest.strip_suffix("-----END PUBLIC KEY-----"))
        .ok_or(Fault::NotPem)?;
    let body: String = body.split_ascii_whitespace().collect();
    STANDARD.decode(body).map_err(|_| Fault::NotPem)
}

fn rsa(pem: &str) -> Result<DecodingKey, Fault> {
    let key = DecodingKey::from_rsa_pem(pem.as_bytes()).map_err(|_| Fault::OtherKey)?;
    let der = key.try_get_as_bytes().map_err(|_| Fault::OtherKey)?;
    let (modulus, _) = (DEFAULT_PROVIDER.key_utils.rsa_pub_components_from_public_key)(der)
        .map_err(|_| Fault::OtherKey)?;
    if !is_rsa_size(&modulus) {
        return Err(Fault::RsaSize);
    }
    Ok(key)
}

/// Returns `true` for a modulus of a size that is accepted.
pub(crate) fn is_rsa_size(modulus: &[u8]) -> bool {
    (MIN_RSA_BITS..=MAX_RSA_BITS).contains(&bit_length(modulus))
}

/// Returns the length of a number without its leading zeros.
fn bit_length(number: &[u8]) -> usize {
    match number.iter().position(|byte| *byte != 0) {
        Some(first) => (number.len() - first) * 8 - number[first].leading_zeros() as usize,
        None => 0,
    }
}
