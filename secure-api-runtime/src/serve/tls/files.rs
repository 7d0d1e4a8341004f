//! The files of a pair that somebody else renews: their contents, and what is told of one that cannot be read.

use std::path::{Path, PathBuf};

use super::pair::Pair;
use crate::{
    error::StartProblem,
    identity::{Thumbprint, thumbprint},
    named_file,
};

/// The files of a certificate chain and of its private key.
pub(super) struct Files {
    pub(super) chain: PathBuf,
    pub(super) key: PathBuf,
}

/// The contents of the files of a pair.
pub(super) struct Read {
    chain: Vec<u8>,
    key: Vec<u8>,
    pub(super) thumbprint: Thumbprint,
}

/// A file that could not be read: the one of the key, or the one of the certificate.
pub(super) struct Unread {
    is_key: bool,
    why: String,
}

/// The most kibibytes of each: a chain has some four, and authorities of clients a few hundred.
const MOST: u64 = 1024;

impl Files {
    pub(super) fn read(&self) -> Result<Read, Unread> {
        let read = |path: &Path, is_key| {
            named_file::read(path, MOST).map_err(|why| Unread { is_key, why })
        };
        let (chain, key) = (read(&self.chain, false)?, read(&self.key, true)?);
        let thumbprint = thumbprint(&[thumbprint(&chain), thumbprint(&key)].concat());
        Ok(Read { chain, key, thumbprint })
    }

    pub(super) fn problem(&self, unread: &Unread) -> StartProblem {
        let (code, what, path) = match unread.is_key {
            false => ("SA204", "certificate", &self.chain),
            true => ("SA205", "private key", &self.key),
        };
        StartProblem {
            code,
            text: format!("the {what} file {} cannot be read: {}", path.display(), unread.why),
            help: "name a PEM file that the server's user may read",
        }
    }
}

impl Read {
    pub(super) fn pair(&self) -> Result<Pair, StartProblem> {
        Pair::of(&self.chain, &self.key)
    }
}
