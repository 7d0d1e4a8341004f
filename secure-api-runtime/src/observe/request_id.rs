//! The id of a request, by which a caller can ask about one.

use std::{
    fmt,
    hash::Hasher,
    sync::{
        LazyLock,
        atomic::{AtomicU64, Ordering},
    },
};

use http::{HeaderMap, HeaderName, HeaderValue};
use siphasher::sip128::{Hasher128, SipHasher24};
use uuid::{Builder, Uuid};

use crate::fingerprint::random_key;

/// Carries the request id, in both directions.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The id of one request, in place: whoever keeps it copies it.
#[derive(Clone, Copy)]
pub struct RequestId {
    text: [u8; LONGEST],
    length: usize,
}

/// Bytes of the longest id that a caller may give.
const LONGEST: usize = 64;

impl RequestId {
    /// Returns the caller's own id, if it is one that is safe to repeat, else that of the request's number.
    pub(crate) fn of(headers: &HeaderMap, number: Uuid) -> Self {
        let acceptable = |id: &&[u8]| {
            (8..=LONGEST).contains(&id.len())
                && id.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
        };
        let own = headers.get(&REQUEST_ID).map(HeaderValue::as_bytes);
        let mut text = [0; LONGEST];
        let length = match own.filter(acceptable) {
            Some(own) => {
                text[..own.len()].copy_from_slice(own);
                own.len()
            }
            None => number.hyphenated().encode_lower(&mut text).len(),
        };
        Self { text, length }
    }

    /// Returns the text: letters, digits and hyphens.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.text[..self.length]).unwrap_or_default()
    }

    /// Returns the text as the value of a header field.
    pub(crate) fn header(&self) -> HeaderValue {
        // Letters, digits and hyphens are what a field may hold.
        HeaderValue::from_bytes(&self.text[..self.length])
            .unwrap_or(HeaderValue::from_static("unknown"))
    }
}

impl fmt::Debug for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Returns the number of a request, of which its ids are made. Asking the system for randomness would cost each request a call of the kernel, so the process asks
/// once, and counts: a pseudorandom function of the number is as hard to guess, and no two are the same by anything but
/// chance.
pub(crate) fn next_number() -> Uuid {
    static KEYED: LazyLock<SipHasher24> =
        LazyLock::new(|| SipHasher24::new_with_key(&random_key()));
    static NUMBER: AtomicU64 = AtomicU64::new(0);

    let mut hasher = *KEYED;
    hasher.write_u64(NUMBER.fetch_add(1, Ordering::Relaxed));
    Builder::from_random_bytes(hasher.finish128().as_bytes()).into_uuid()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_two_ids_are_the_same_and_none_tells_the_next() {
        let ids: HashSet<Uuid> = (0..10_000).map(|_| next_number()).collect();
        assert_eq!(ids.len(), 10_000);
        assert!(ids.iter().all(|id| id.get_version_num() == 4));
        // Neighbours differ in about half of their 122 bits.
        let differing = |_| (next_number().as_u128() ^ next_number().as_u128()).count_ones();
        assert!((0..1000).map(differing).all(|bits| (20..103).contains(&bits)));
    }
}
