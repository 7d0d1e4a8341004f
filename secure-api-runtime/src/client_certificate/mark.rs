//! A mark that a certificate is known by.

use crate::identity::{ClientCertificate, Thumbprint, same};

/// A name in a certificate, or the certificate itself.
pub(super) enum Mark {
    /// A name of a host, in lower case.
    Dns(String),
    Uri(String),
    Subject(String),
    Thumbprint(Thumbprint),
}

impl Mark {
    /// Returns `true` if a certificate has it. A wildcard is a name like any other, and stands for no other.
    pub(super) fn is_of(&self, certificate: &ClientCertificate) -> bool {
        match self {
            Self::Dns(name) => certificate.dns_names().any(|own| own.eq_ignore_ascii_case(name)),
            Self::Uri(uri) => certificate.uris().any(|own| own == uri),
            Self::Subject(subject) => certificate.subject() == subject,
            Self::Thumbprint(thumbprint) => same(thumbprint, certificate.thumbprint()),
        }
    }
}

/// Reads a digest in hexadecimal digits, with colons between the bytes or without.
pub(super) fn thumbprint(text: &str) -> Option<Thumbprint> {
    let digits: Vec<u8> = match text.len() {
        64 => text.bytes().collect(),
        95 => {
            let mut places = text.bytes().enumerate();
            let colons = places.all(|(place, byte)| (place % 3 == 2) == (byte == b':'));
            colons.then(|| text.bytes().filter(|byte| *byte != b':').collect())?
        }
        _ => return None,
    };
    let digit =
        |digit: u8| char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let mut thumbprint = Thumbprint::default();
    for (place, pair) in digits.chunks_exact(2).enumerate() {
        thumbprint[place] = digit(pair[0])? * 16 + digit(pair[1])?;
    }
    Some(thumbprint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_written_with_colons_or_without() {
        let plain = "0aFF".repeat(16);
        let pairs: Vec<_> = plain
            .as_bytes()
            .chunks(2)
            .map(|pair| std::str::from_utf8(pair).expect("text"))
            .collect();
        let expected: Vec<u8> = [0x0A, 0xFF].repeat(16);
        for text in [plain.clone(), pairs.join(":")] {
            assert_eq!(thumbprint(&text).expect("a digest").to_vec(), expected, "{text}");
        }
        let short = pairs[1..].join(":");
        for text in
            ["", &plain[1..], &plain.replace('F', "G"), &short, &pairs.join("-"), &"é".repeat(32)]
        {
            assert!(thumbprint(text).is_none(), "{text}");
        }
    }
}
