//! A certificate for this machine, made and renewed here: for development, and for nobody else.

#[cfg(test)]
mod tests;

use std::{
    env, fs, io,
    path::{Path, PathBuf},
};

use rcgen::{
    CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, KeyPair, KeyUsagePurpose,
    date_time_ymd,
};

use super::{
    Tls,
    pair::Pair,
    pairs::{Pairs, now},
    private,
};
use crate::error::StartProblem;

const HOUR: i64 = 60 * 60;
/// The life of a certificate. A browser's exception lasts for two thirds of it, and a key that got lost is of no use after it.
const LIFE: i64 = 30 * 24 * HOUR;
/// The time before now at which one begins: clocks of machines differ.
const BACKDATED: i64 = HOUR;

/// The files of a certificate that is made here.
pub(super) struct Development {
    /// The certificate with its key. None where there is no folder for it: then it lasts as long as the process.
    pair: Option<PathBuf>,
}

impl Tls {
    /// Makes a certificate for `localhost`, `127.0.0.1` and `::1`, which signs itself: for development.
    ///
    /// It is good for 30 days, and renewed by itself when a third of them is left, also while it is served. It is kept in the user's
    /// folder of caches, so that each app of that user has the same, and the exception of a browser lasts; which file has the
    /// certificate for clients, the log says at the start.
    ///
    /// An app that is served with it on an address that others can reach does not start (SA220).
    ///
    /// ```
    /// use secure_api::{Tls, app::AppBuilder};
    ///
    /// fn with_tls(app: AppBuilder) -> AppBuilder {
    ///     app.tls(match cfg!(debug_assertions) {
    ///         true => Tls::development(),
    ///         false => Tls::pem_files("/etc/house/certificate.pem", "/run/credentials/house/key.pem"),
    ///     })
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// SA220 in a release build.
    pub fn development() -> Result<Self, StartProblem> {
        Self::made(caches().map(|caches| caches.join("secure-api")))
    }

    /// Makes the same certificate, and keeps it in this folder: as `localhost.pem` with its key, for the server, and as
    /// `localhost-certificate.pem` without, for clients.
    ///
    /// # Errors
    ///
    /// SA220 in a release build.
    pub fn development_in(folder: impl AsRef<Path>) -> Result<Self, StartProblem> {
        Self::made(Some(folder.as_ref().to_owned()))
    }

    fn made(folder: Option<PathBuf>) -> Result<Self, StartProblem> {
        if !cfg!(debug_assertions) {
            return Err(misplaced("in a release build"));
        }
        let (development, pair) = Development::open(folder, now())?;
        Self::of(Pairs::development(development, pair))
    }
}

/// Returns the problem of a certificate for development that is served somewhere else.
pub(in crate::serve) fn misplaced(place: &str) -> StartProblem {
    StartProblem {
        code: "SA220",
        text: format!("a certificate for development is served {place}"),
        help: "give the server one that its clients trust, by `Tls::pem_files(…)`; `Tls::development()` is for 127.0.0.1 and [::1]",
    }
}

/// Returns the user's folder of what may be lost.
fn caches() -> Option<PathBuf> {
    let stated = |name| env::var_os(name).filter(|path| !path.is_empty()).map(PathBuf::from);
    if cfg!(windows) {
        return stated("LOCALAPPDATA");
    }
    let usual = if cfg!(target_os = "macos") { "Library/Caches" } else { ".cache" };
    let stated_for_all = stated("XDG_CACHE_HOME").filter(|path| path.is_absolute());
    stated_for_all.or_else(|| stated("HOME").map(|home| home.join(usual)))
}

impl Development {
    /// Returns the pair of this folder, made where none is good for long enough.
    ///
    /// # Errors
    ///
    /// SA204, if none can be made.
    fn open(folder: Option<PathBuf>, now: i64) -> Result<(Self, Pair), StartProblem> {
        let development = Self { pair: folder.map(|folder| folder.join("localhost.pem")) };
        let kept = development.kept().filter(|pair| lasts(pair, now));
        let pair = kept.map_or_else(|| development.made(now), Ok)?;
        Ok((development, pair))
    }

    /// Tells which file clients trust.
    pub(super) fn tell(&self) {
        let certificate = self.pair.as_deref().map(for_clients);
        if let Some(certificate) = certificate.filter(|path| path.is_file()) {
            tracing::info!(
                target: "secure_api::tls",
                certificate = %certificate.display(),
                "a certificate for development is served; clients that trust this file trust it"
            );
        }
    }

    /// Returns the pair to serve in the place of this one, if another is due, or another process has made one.
    pub(super) fn look(&self, served: &Pair, now: i64) -> Option<Pair> {
        match self.kept().filter(|pair| lasts(pair, now)) {
            Some(kept) => (kept.certificate() != served.certificate()).then_some(kept),
            None if lasts(served, now) => None,
            None => self.made(now).ok(),
        }
    }

    /// Reads the pair that is kept, and writes the file for clients where it is not there, or another one. A pair that others may
    /// read, or write, is none.
    fn kept(&self) -> Option<Pair> {
        let path = self.pair.as_ref()?;
        let read = is_private(path).then(|| fs::read_to_string(path).ok())??;
        let pair = Pair::of(read.as_bytes(), read.as_bytes()).ok()?;
        if let Err(error) = tell_clients(path, &read) {
            tracing::warn!(target: "secure_api::tls", %error, "the file of a certificate for clients cannot be written");
        }
        Some(pair)
    }

    /// Makes a pair and keeps it. One that cannot be kept is served all the same.
    fn made(&self, now: i64) -> Result<Pair, StartProblem> {
        let (certificate, key) = generated(now).map_err(|_| super::bad_certificate())?;
        let pair = Pair::of(certificate.as_bytes(), key.as_bytes())?;
        if let Some(path) = &self.pair
            && let Err(error) = keep(path, &certificate, &key)
        {
            let path = path.display();
            tracing::warn!(target: "secure_api::tls", %path, %error, "a certificate for development cannot be kept; the next start makes another");
        }
        Ok(pair)
    }
}

/// Returns `true` if more than a third of its life is left.
fn lasts(pair: &Pair, now: i64) -> bool {
    pair.good_at(now).is_ok() && pair.ends - now > (pair.ends - pair.begins) / 3
}

fn keep(path: &Path, certificate: &str, key: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        private::make_folder(folder)?;
    }
    private::write(path, format!("{certificate}{key}").as_bytes())?;
    tell_clients(path, certificate)
}

/// Writes the certificate of a pair to the file for clients, unless that has it.
fn tell_clients(path: &Path, pair: &str) -> io::Result<()> {
    const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
    const END: &str = "-----END CERTIFICATE-----";

    let begins = pair.find(BEGIN).map(|at| &pair[at..]);
    // Nothing of the key that stands beside it.
    let certificate = begins.and_then(|text| Some(&text[..text.find(END)? + END.len()]));
    let Some(certificate) = certificate else { return Err(io::ErrorKind::InvalidData.into()) };
    let (clients, certificate) = (for_clients(path), format!("{certificate}\n"));
    match fs::read(&clients) {
        Ok(there) if there == certificate.as_bytes() => Ok(()),
        _ => private::write(&clients, certificate.as_bytes()),
    }
}

/// Returns the file of the certificate without its key.
fn for_clients(path: &Path) -> PathBuf {
    path.with_file_name("localhost-certificate.pem")
}

#[cfg(unix)]
fn is_private(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;

    fs::metadata(path).is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o077 == 0)
}

/// Trusts the folder of a user's caches to be that user's.
#[cfg(not(unix))]
fn is_private(_: &Path) -> bool {
    true
}

/// Returns a new certificate and its key, as PEM.
fn generated(now: i64) -> Result<(String, String), rcgen::Error> {
    let mut params = CertificateParams::new(["localhost", "127.0.0.1", "::1"].map(str::to_owned))?;
    params.distinguished_name.push(DnType::CommonName, "localhost, for development");
    params.is_ca = IsCa::ExplicitNoCa;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    let seconds = |at: i64| std::time::Duration::from_secs(at.max(0).unsigned_abs());
    let epoch = date_time_ymd(1970, 1, 1);
    params.not_before = epoch + seconds(now - BACKDATED);
    params.not_after = epoch + seconds(now - BACKDATED + LIFE);
    let key = KeyPair::generate()?;
    Ok((params.self_signed(&key)?.pem(), key.serialize_pem()))
}
