//! The pairs that a server serves with: which one a client is shown, and how another one takes its place while it serves.

#[cfg(test)]
mod tests;

use std::{
    fmt, fs, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError, RwLock},
};

use rustls::{
    pki_types::UnixTime,
    server::{ClientHello, ResolvesServerCert},
    sign::CertifiedKey,
};

use super::pair::Pair;
use crate::{
    error::StartProblem,
    identity::{Thumbprint, thumbprint},
    metrics::CertificateCounts,
};

/// The seconds of a day: how often somebody is told that a certificate ends soon.
const DAY: i64 = 24 * 60 * 60;

/// The pairs of a server, the one first that is shown to a client of whose host there is none.
#[derive(Clone)]
pub(super) struct Pairs {
    each: Vec<Arc<Kept>>,
    pub(super) counts: Arc<CertificateCounts>,
}

/// A pair that may be replaced, by that which its files have then.
struct Kept {
    files: Option<Files>,
    now: RwLock<Pair>,
    looked: Mutex<Looked>,
}

/// The files of a certificate chain and of its private key.
struct Files {
    chain: PathBuf,
    key: PathBuf,
}

/// The findings of earlier looks, and of which somebody was told.
#[derive(Default)]
struct Looked {
    /// The contents of the files that are served.
    served: Option<Thumbprint>,
    /// The contents that cannot be used, none where a file could not be read, and `true` if somebody was told.
    unusable: Option<(Option<Thumbprint>, bool)>,
    /// The day on which somebody was told of its end.
    told: Option<i64>,
}

impl Pairs {
    /// Returns one pair that was read already.
    pub(super) fn of(pair: Pair) -> Self {
        Self::one(None, pair, Looked::default())
    }

    /// Reads one pair from its files, whose contents may change.
    ///
    /// # Errors
    ///
    /// SA204 or SA205 if a file cannot be read, and as [`Pair::of`].
    pub(super) fn files(chain: &Path, key: &Path) -> Result<Self, StartProblem> {
        let files = Files { chain: chain.to_owned(), key: key.to_owned() };
        let read = files.read().map_err(|unread| files.problem(&unread))?;
        let pair = read.pair()?;
        let looked = Looked { served: Some(read.thumbprint), ..Looked::default() };
        Ok(Self::one(Some(files), pair, looked))
    }

    fn one(files: Option<Files>, pair: Pair, looked: Looked) -> Self {
        let kept = Kept { files, now: RwLock::new(pair), looked: Mutex::new(looked) };
        let pairs = Self { each: vec![Arc::new(kept)], counts: Arc::default() };
        pairs.count_ends();
        pairs
    }

    /// Returns these and others behind them.
    pub(super) fn and(mut self, others: Self) -> Self {
        self.each.extend(others.each);
        self.count_ends();
        self
    }

    fn count_ends(&self) {
        let ends = |kept: &Arc<Kept>| kept.with(|pair| (pair.name().to_owned(), pair.ends));
        self.counts.ends(self.each.iter().map(ends));
    }

    /// Returns them if each is good at this time.
    ///
    /// # Errors
    ///
    /// SA214 if one has ended, or has not begun.
    pub(super) fn good_at(self, now: i64) -> Result<Self, StartProblem> {
        self.each.iter().try_for_each(|kept| kept.with(|pair| pair.good_at(now)))?;
        Ok(self)
    }

    /// Returns `true` if each of them is for some host.
    pub(super) fn name_hosts(&self) -> bool {
        self.each.iter().all(|kept| kept.with(|pair| !pair.name().is_empty()))
    }

    /// Returns `true` if some of them come from files.
    pub(super) fn have_files(&self) -> bool {
        self.each.iter().any(|kept| kept.files.is_some())
    }

    /// Looks if the files have other pairs by now, and if a certificate ends soon. Whoever `asked` for it is told at once what cannot
    /// be used; otherwise the next look tells, since one file may have been replaced before the other.
    pub(super) fn look(&self, now: i64, asked: bool) {
        for kept in &self.each {
            let mut looked = kept.looked.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(files) = &kept.files {
                self.renew(kept, files, &mut looked, (now, asked));
            }
            kept.tell_of_end(&mut looked, now);
        }
    }

    fn renew(&self, kept: &Kept, files: &Files, looked: &mut Looked, (now, asked): (i64, bool)) {
        let read = files.read();
        let found = read.as_ref().ok().map(|read| read.thumbprint);
        if found.is_some() && found == looked.served {
            looked.unusable = None;
            return;
        }
        let pair = match &read {
            Ok(read) => read.pair().and_then(|pair| pair.good_at(now).map(|()| pair)),
            Err(unread) => Err(files.problem(unread)),
        };
        match pair {
            Ok(pair) => {
                let (host, ends) = (pair.name().to_owned(), pair.ends);
                *kept.now.write().unwrap_or_else(PoisonError::into_inner) = pair;
                *looked = Looked { served: found, ..Looked::default() };
                self.counts.renewed.add();
                self.count_ends();
                tracing::info!(target: "secure_api::tls", host, ends = day(ends), "another certificate is served from now on");
            }
            Err(problem) => {
                let before = looked.unusable.filter(|(before, _)| *before == found);
                let told = before.is_some_and(|(_, told)| told);
                let tell = !told && (asked || before.is_some());
                if tell {
                    self.counts.unusable.add();
                    let file = files.chain.display();
                    tracing::error!(
                        target: "secure_api::tls",
                        %file,
                        why = %problem.text,
                        "a new certificate cannot be used; the one from before is served"
                    );
                }
                looked.unusable = Some((found, told || tell));
            }
        }
    }
}

impl Kept {
    fn with<T>(&self, read: impl FnOnce(&Pair) -> T) -> T {
        read(&self.now.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Tells once a day that the certificate ends soon: within 30 days, or in the last third of its time where that is shorter.
    fn tell_of_end(&self, looked: &mut Looked, now: i64) {
        let (host, begins, ends) =
            self.with(|pair| (pair.name().to_owned(), pair.begins, pair.ends));
        let soon = (30 * DAY).min((ends - begins) / 3);
        let today = now.div_euclid(DAY);
        if now < ends - soon || looked.told == Some(today) {
            return;
        }
        looked.told = Some(today);
        let ends_at = day(ends);
        if ends < now {
            tracing::error!(target: "secure_api::tls", host, ends = ends_at, "a certificate has ended, and clients refuse it");
        } else {
            tracing::warn!(target: "secure_api::tls", host, ends = ends_at, "a certificate ends soon");
        }
    }
}

/// The contents of the files of a pair.
struct Read {
    chain: Vec<u8>,
    key: Vec<u8>,
    thumbprint: Thumbprint,
}

/// A file that could not be read: the one of the key, or the one of the certificate.
struct Unread {
    is_key: bool,
    kind: io::ErrorKind,
}

impl Files {
    fn read(&self) -> Result<Read, Unread> {
        let read = |path: &Path, is_key| {
            fs::read(path).map_err(|error| Unread { is_key, kind: error.kind() })
        };
        let (chain, key) = (read(&self.chain, false)?, read(&self.key, true)?);
        let thumbprint = thumbprint(&[thumbprint(&chain), thumbprint(&key)].concat());
        Ok(Read { chain, key, thumbprint })
    }

    fn problem(&self, unread: &Unread) -> StartProblem {
        let (code, what, path) = match unread.is_key {
            false => ("SA204", "certificate", &self.chain),
            true => ("SA205", "private key", &self.key),
        };
        StartProblem {
            code,
            text: format!("the {what} file {} cannot be read: {}", path.display(), unread.kind),
            help: "name a PEM file that the server's user may read",
        }
    }
}

impl Read {
    fn pair(&self) -> Result<Pair, StartProblem> {
        Pair::of(&self.chain, &self.key)
    }
}

/// Returns the time as it is written into a log.
fn day(seconds: i64) -> String {
    jiff::Timestamp::from_second(seconds).map_or_else(|_| "never".to_owned(), |at| at.to_string())
}

/// Returns the time of this machine, in seconds since 1970.
pub(super) fn now() -> i64 {
    i64::try_from(UnixTime::now().as_secs()).unwrap_or(i64::MAX)
}

impl ResolvesServerCert for Pairs {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let host = hello.server_name().map(str::to_ascii_lowercase);
        let fits = |pair: &Pair| {
            let understood = pair.certified.key.choose_scheme(hello.signature_schemes()).is_some();
            understood && host.as_deref().is_some_and(|host| pair.is_for(host))
        };
        let of_host = self.each.iter().find(|kept| kept.with(fits)).or(self.each.first())?;
        Some(of_host.with(|pair| Arc::clone(&pair.certified)))
    }
}

// Keys are for no log.
impl fmt::Debug for Pairs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pairs")
    }
}
