//! The pairs that a server serves with: which one a client is shown, and how another one takes its place while it serves.

#[cfg(test)]
mod tests;

use std::{
    fmt,
    path::Path,
    sync::{Arc, Mutex, PoisonError, RwLock},
};

use rustls::{
    pki_types::UnixTime,
    server::{ClientHello, ResolvesServerCert},
    sign::CertifiedKey,
};

#[cfg(feature = "acme")]
use super::acme::{Challenges, Ordering};
#[cfg(feature = "development-certificates")]
use super::development::Development;
use super::{files::Files, pair::Pair};
use crate::{error::StartProblem, identity::Thumbprint, metrics::CertificateCounts};

/// The seconds of a day: how often somebody is told that a certificate ends soon.
const DAY: i64 = 24 * 60 * 60;

/// The pairs of a server, the one first that is shown to a client of whose host there is none.
#[derive(Clone)]
pub(super) struct Pairs {
    each: Vec<Arc<Kept>>,
    pub(super) counts: Arc<CertificateCounts>,
    #[cfg(feature = "acme")]
    pub(super) challenges: Challenges,
}

/// A pair that may be replaced, by that which its source has then.
pub(super) struct Kept {
    source: Source,
    /// None until an authority has issued the first.
    now: RwLock<Option<Pair>>,
    looked: Mutex<Looked>,
}

/// The source of a pair.
enum Source {
    /// The app, which gave it once.
    Given,
    Files(Files),
    #[cfg(feature = "acme")]
    Acme(Arc<Ordering>),
    #[cfg(feature = "development-certificates")]
    Development(Development),
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
        Self::one(Source::Given, Some(pair), Looked::default())
    }

    /// Returns one pair that an authority issues by ACME, with what it issued before where that is good still.
    #[cfg(feature = "acme")]
    pub(super) fn acme(ordering: Ordering) -> Self {
        let kept = ordering.kept(now());
        Self::one(Source::Acme(Arc::new(ordering)), kept, Looked::default())
    }

    /// Returns one pair for this machine, which is made here.
    #[cfg(feature = "development-certificates")]
    pub(super) fn development(development: Development, pair: Pair) -> Self {
        Self::one(Source::Development(development), Some(pair), Looked::default())
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
        Ok(Self::one(Source::Files(files), Some(pair), looked))
    }

    fn one(source: Source, pair: Option<Pair>, looked: Looked) -> Self {
        let kept = Kept { source, now: RwLock::new(pair), looked: Mutex::new(looked) };
        let pairs = Self {
            each: vec![Arc::new(kept)],
            counts: Arc::default(),
            #[cfg(feature = "acme")]
            challenges: Challenges::default(),
        };
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
        self.counts.ends(self.each.iter().filter_map(ends));
    }

    /// Returns them if each is good at this time.
    ///
    /// # Errors
    ///
    /// SA214 if one has ended, or has not begun.
    pub(super) fn good_at(self, now: i64) -> Result<Self, StartProblem> {
        self.each
            .iter()
            .try_for_each(|kept| kept.with(|pair| pair.good_at(now)).unwrap_or(Ok(())))?;
        Ok(self)
    }

    /// Returns `true` if each of them is for some host.
    pub(super) fn name_hosts(&self) -> bool {
        self.each.iter().all(|kept| kept.with(|pair| !pair.name().is_empty()).unwrap_or(true))
    }

    /// Returns `true` if some of them come from files.
    pub(super) fn have_files(&self) -> bool {
        self.each.iter().any(|kept| matches!(kept.source, Source::Files(_)))
    }

    /// Returns those that are for development alone.
    #[cfg(feature = "development-certificates")]
    pub(super) fn developments(&self) -> impl Iterator<Item = &Development> {
        self.each.iter().filter_map(|kept| match &kept.source {
            Source::Development(development) => Some(development),
            _ => None,
        })
    }

    /// Returns those that are issued by ACME, each with its orders.
    #[cfg(feature = "acme")]
    pub(super) fn ordered(&self) -> impl Iterator<Item = (Arc<Kept>, Arc<Ordering>)> {
        self.each.iter().filter_map(|kept| match &kept.source {
            Source::Acme(ordering) => Some((Arc::clone(kept), Arc::clone(ordering))),
            _ => None,
        })
    }

    /// Serves this pair in the place of one, from now on.
    fn replace(&self, kept: &Kept, pair: Pair) {
        let (host, ends) = (pair.name().to_owned(), pair.ends);
        *kept.now.write().unwrap_or_else(PoisonError::into_inner) = Some(pair);
        self.counts.renewed.add();
        self.count_ends();
        tracing::info!(target: "secure_api::tls", host, ends = day(ends), "another certificate is served from now on");
    }

    /// Serves what an authority issued.
    #[cfg(feature = "acme")]
    pub(super) fn issued(&self, kept: &Kept, pair: Pair) {
        self.replace(kept, pair);
        *kept.looked.lock().unwrap_or_else(PoisonError::into_inner) = Looked::default();
    }

    /// Looks if the files have other pairs by now, and if a certificate ends soon. Whoever `asked` for it is told at once what cannot
    /// be used; otherwise the next look tells, since one file may have been replaced before the other.
    pub(super) fn look(&self, now: i64, asked: bool) {
        for kept in &self.each {
            let mut looked = kept.looked.lock().unwrap_or_else(PoisonError::into_inner);
            match &kept.source {
                Source::Files(files) => self.renew(kept, files, &mut looked, (now, asked)),
                #[cfg(feature = "development-certificates")]
                Source::Development(development) => {
                    if let Some(pair) = kept.with(|pair| development.look(pair, now)).flatten() {
                        self.replace(kept, pair);
                    }
                }
                // What is ordered has a task of its own, since it takes a while.
                _ => {}
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
                self.replace(kept, pair);
                *looked = Looked { served: found, ..Looked::default() };
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
    /// Reads the pair, where there is one.
    pub(super) fn with<T>(&self, read: impl FnOnce(&Pair) -> T) -> Option<T> {
        self.now.read().unwrap_or_else(PoisonError::into_inner).as_ref().map(read)
    }

    /// Tells once a day that the certificate ends soon: within 30 days, or in the last third of its time where that is shorter; of one
    /// that renews itself at that third, in the last sixth.
    fn tell_of_end(&self, looked: &mut Looked, now: i64) {
        let times = self.with(|pair| (pair.name().to_owned(), pair.begins, pair.ends));
        let Some((host, begins, ends)) = times else { return };
        let part = if matches!(self.source, Source::Given | Source::Files(_)) { 3 } else { 6 };
        let soon = (30 * DAY).min((ends - begins) / part);
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
        let fits = |kept: &&Arc<Kept>| kept.with(fits).unwrap_or(false);
        let of_host = self.each.iter().find(fits).or(self.each.first())?;
        of_host.with(|pair| Arc::clone(&pair.certified))
    }
}

// Keys are for no log.
impl fmt::Debug for Pairs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pairs")
    }
}
