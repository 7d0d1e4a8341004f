//! Secrets that an app is given: bytes, and the place that they come from.

use std::{env, fmt, fs::File, io::Read, path::Path};

use base64::{
    Engine,
    alphabet::{STANDARD, URL_SAFE},
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use secrecy::{ExposeSecret, SecretSlice};

use super::guessed::guessed;
use crate::named_file;

/// Returns a base64 that has `=` at its end or not.
const fn base64(alphabet: &base64::alphabet::Alphabet) -> GeneralPurpose {
    let config = GeneralPurposeConfig::new();
    GeneralPurpose::new(alphabet, config.with_decode_padding_mode(DecodePaddingMode::Indifferent))
}

/// The bytes of a secret that an app is given, with the place that they come from: a key that tokens are signed by, the app's
/// own secret, the secret of a client.
///
/// Each way to make one names a place outside of the program, so bytes that stand in the source do not compile where a
/// secret is asked for (SA176). A place that cannot be read keeps the app from starting (SA177), and so does a key that can be
/// guessed (SA178).
///
/// ```no_run
/// use secure_api::{prelude::*, secret::SecretBytes};
///
/// let shared = Key::hs256(SecretBytes::env("ISSUER_SECRET").base64());
/// let mounted = Key::hs256(SecretBytes::file("/run/secrets/issuer"));
/// ```
///
/// There is no conversion from bytes or text:
///
/// ```compile_fail,E0277
/// let secret: secure_api::secret::SecretBytes = b"in every clone of the repository".to_vec().into();
/// ```
///
/// # Limits
///
/// The compiler sees types, and not what a file or a variable has in it. Three ways stay open, and a review looks for them: a file
/// that is kept in the repository, a variable that the program sets itself, and a closure of [`fetched`](Self::fetched) that
/// returns bytes of the source. Most of such keys look typed, as words, repetitions and counted numbers, and do not start; bytes
/// that look random do. Random text of letters or digits alone looks typed too, and text in base32 at times: hexadecimal and
/// base64 do not.
pub struct SecretBytes {
    bytes: Result<SecretSlice<u8>, String>,
    origin: String,
    made_up: bool,
}

/// The fault of a secret that is not used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SecretFault {
    /// Its place cannot be read.
    Unread(String),
    /// Guessing finds it.
    Guessed(String),
}

impl SecretBytes {
    /// Takes the secret from an environment variable, as its text is. The variable is read here, once.
    pub fn env(name: &str) -> Self {
        let bytes = match env::var_os(name) {
            Some(value) => Ok(value.into_encoded_bytes().into()),
            None => Err("it is not set".to_owned()),
        };
        Self { bytes, origin: format!("the variable `{name}`"), made_up: false }
    }

    /// Takes the secret from a file, as its bytes are, with a line break at the end if it has one: a random byte may be one too. The
    /// file is read here, once; one of more than 64 KiB is no secret.
    pub fn file(path: impl AsRef<Path>) -> Self {
        let path = path.as_ref();
        let bytes = read(path).map(SecretSlice::from);
        Self { bytes, origin: format!("the file {}", path.display()), made_up: false }
    }

    /// Reads a file that something names, and tells that by which it is named: the name may be the secret itself.
    pub(crate) fn file_of(path: impl AsRef<Path>, named_by: &impl fmt::Display) -> Self {
        Self { origin: format!("the file that {named_by} names"), ..Self::file(path) }
    }

    /// Takes the secret from where a closure gets it: a vault, a key management service, a configuration that was read.
    ///
    /// What is awaited is awaited before, and its result is what the closure returns.
    ///
    /// # Errors
    ///
    /// The closure's own.
    ///
    /// ```
    /// use secure_api::secret::SecretBytes;
    ///
    /// # struct Vault;
    /// # impl Vault { async fn read(&self, _: &str) -> Result<Vec<u8>, std::io::Error> { Ok(vec![]) } }
    /// async fn secret(vault: &Vault) -> Result<SecretBytes, std::io::Error> {
    ///     let read = vault.read("shop/issuer").await;
    ///     SecretBytes::fetched(|| read)
    /// }
    /// ```
    pub fn fetched<E>(fetch: impl FnOnce() -> Result<Vec<u8>, E>) -> Result<Self, E> {
        let bytes = Ok(fetch()?.into());
        Ok(Self { bytes, origin: "a closure".to_owned(), made_up: false })
    }

    /// Makes 32 random bytes, which this process alone has.
    ///
    /// # Panics
    ///
    /// If the system gives no randomness: a secret that can be guessed is none.
    pub fn random() -> Self {
        let mut bytes = vec![0; super::SHORTEST];
        aws_lc_rs::rand::fill(&mut bytes).expect("the system gives random bytes");
        Self { bytes: Ok(bytes.into()), origin: "this process".to_owned(), made_up: false }
    }

    /// Decodes what was read as base64, with either alphabet, with or without `=`; blanks and line breaks around it are no part of
    /// it. `openssl rand -base64 32` prints such a text.
    #[must_use]
    pub fn base64(mut self) -> Self {
        self.bytes = self.bytes.and_then(|text| {
            let text = text.expose_secret().trim_ascii();
            let url_safe = text.iter().any(|byte| b"-_".contains(byte));
            let alphabet = if url_safe { &URL_SAFE } else { &STANDARD };
            match base64(alphabet).decode(text) {
                Ok(bytes) => Ok(bytes.into()),
                Err(_) => Err("it is no base64".to_owned()),
            }
        });
        self
    }

    /// Takes bytes that a test makes up.
    #[cfg(any(test, all(feature = "testing", debug_assertions)))]
    pub(crate) fn made_up(bytes: impl Into<Vec<u8>>) -> Self {
        Self { bytes: Ok(bytes.into().into()), origin: "a test".to_owned(), made_up: true }
    }

    /// Returns the bytes; none of a place that could not be read.
    pub(crate) fn expose(&self) -> &[u8] {
        match &self.bytes {
            Ok(bytes) => bytes.expose_secret(),
            Err(_) => &[],
        }
    }

    /// Returns the bytes of a text that stands on one line, without its end.
    #[cfg(any(feature = "client", feature = "discovery"))]
    pub(crate) fn line(&self) -> &[u8] {
        let line = self.expose();
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        line.strip_suffix(b"\r").unwrap_or(line)
    }

    /// Returns the fault of a secret whose place could not be read.
    pub(crate) fn unread(&self) -> Option<SecretFault> {
        let why = self.bytes.as_ref().err()?;
        Some(SecretFault::Unread(format!("{}: {why}", self.origin)))
    }

    /// Returns the fault of a key that is not used: its place could not be read, or it can be guessed. A test may make any up.
    pub(crate) fn unfit(&self) -> Option<SecretFault> {
        let guessed = || guessed(self.expose()).filter(|_| !self.made_up);
        let guessed = || Some(SecretFault::Guessed(format!("{}: {}", self.origin, guessed()?)));
        self.unread().or_else(guessed)
    }
}

/// The most bytes of a file: a private key has some thousand.
const MOST: usize = 64 * 1024;

/// Reads a file, up to a bound: one that never ends, as `/dev/zero`, would take all memory before anything is told.
fn read(path: &Path) -> Result<Vec<u8>, String> {
    // It has room for all of it, so that no copy stays behind where it grew.
    let mut bytes = Vec::with_capacity(MOST + 1);
    let most = bytes.capacity() as u64;
    match File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes)) {
        Ok(length) if length > MOST => Err(named_file::too_large(MOST as u64)),
        Ok(_) => Ok(bytes),
        Err(error) => Err(named_file::why(&error)),
    }
}

impl fmt::Debug for SecretBytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretBytes(…)")
    }
}

/// A secret that names its origin, as [`SecretBytes`] do and no other type of the framework.
#[diagnostic::on_unimplemented(
    message = "SA176: `{Self}` does not say where the secret comes from",
    label = "bytes that may stand in the source",
    note = "write `SecretBytes::env(\"APP_SECRET\")` in place of it, with the name of your variable; there are `file`, `fetched` and `random` too"
)]
pub trait NamesOrigin {
    /// Returns the secret.
    fn secret(self) -> SecretBytes;
}

impl NamesOrigin for SecretBytes {
    fn secret(self) -> SecretBytes {
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(bytes: &[u8]) -> SecretBytes {
        SecretBytes::fetched(|| Ok::<_, ()>(bytes.to_vec())).expect("bytes")
    }

    #[test]
    fn base64_has_either_alphabet_and_any_end() {
        for text in ["-_8AAA==", "-_8AAA", "+/8AAA==\n", " +/8AAA"] {
            assert_eq!(of(text.as_bytes()).base64().expose(), [0xfb, 0xff, 0, 0], "{text}");
        }
        for text in ["a", "+_8AAA", "é"] {
            assert!(of(text.as_bytes()).base64().unread().is_some(), "{text}");
        }
    }

    #[test]
    fn it_is_not_told() {
        assert_eq!(format!("{:?}", SecretBytes::random()), "SecretBytes(…)");
    }

    #[test]
    fn what_a_test_makes_up_is_not_asked() {
        assert!(SecretBytes::made_up([7; 32]).unfit().is_none());
        assert!(of(&[7; 32]).unfit().is_some());
    }
}
