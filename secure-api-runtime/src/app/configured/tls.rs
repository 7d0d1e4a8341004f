//! The certificates that an app is served with: files, or what an authority issues.

#[cfg(feature = "acme")]
use std::fs;
use std::path::PathBuf;

use super::super::AppBuilder;
#[cfg(feature = "acme")]
use super::{draft::Draft, fit::without_password};
#[cfg(feature = "acme")]
use crate::{config::Applied, serve::Acme};
use crate::{config::Unfit, error::StartProblem, serve::Tls};

/// The pairs of a certificate and its key.
#[derive(Default)]
pub(super) struct TlsDraft {
    pub(super) certificate: Vec<PathBuf>,
    pub(super) key: Vec<PathBuf>,
    #[cfg(feature = "acme")]
    pub(super) acme: AcmeDraft,
}

/// The authority that issues a certificate.
#[cfg(feature = "acme")]
#[derive(Default)]
pub(super) struct AcmeDraft {
    pub(super) hosts: Option<Vec<String>>,
    pub(super) folder: Option<PathBuf>,
    pub(super) agreed: Option<bool>,
    pub(super) contacts: Option<Vec<String>>,
    pub(super) directory: Option<String>,
    pub(super) root_certificate: Option<PathBuf>,
}

impl TlsDraft {
    /// Puts the pairs in the place of the program's.
    pub(super) fn apply(self, builder: &mut AppBuilder) -> Option<(&'static str, Unfit)> {
        let Self {
            certificate,
            key,
            #[cfg(feature = "acme")]
            acme,
        } = self;
        #[cfg(feature = "acme")]
        if let Some(name) = acme.first() {
            if !certificate.is_empty() || !key.is_empty() {
                return Some((name, "stated beside `tls.certificate` and `tls.key`".into()));
            }
            return acme.apply(builder);
        }
        match (certificate.len(), key.len()) {
            (0, 0) => return None,
            (_, 0) => return Some(("tls.certificate", "stated without `tls.key`".into())),
            (0, _) => return Some(("tls.key", "stated without `tls.certificate`".into())),
            (certificates, keys) if certificates != keys => {
                return Some(("tls.key", "not a list as long as that of `tls.certificate`".into()));
            }
            _ => {}
        }
        let mut pairs = certificate.into_iter().zip(key);
        let (certificate, key) = pairs.next()?;
        let tls = pairs.fold(Tls::pem_files(certificate, key), |tls, (certificate, key)| {
            tls?.and_pem_files(certificate, key)
        });
        serve(builder, tls);
        None
    }
}

/// Serves these certificates in the place of the program's; whom it asks for one of theirs stays as it is.
fn serve(builder: &mut AppBuilder, tls: Result<Tls, StartProblem>) {
    let tls = tls.and_then(|tls| match &builder.tls {
        Some(before) => tls.asking_as(before),
        None => Ok(tls),
    });
    // What is wrong with those of the program, as in a release that they are for development, is of none that are served.
    (builder.tls, builder.tls_fault) = match tls {
        Ok(tls) => (Some(tls), None),
        Err(problem) => (None, Some(problem)),
    };
}

#[cfg(feature = "acme")]
impl AcmeDraft {
    /// Returns the name of the first of its settings that is stated.
    fn first(&self) -> Option<&'static str> {
        let stated = [
            ("tls.acme.hosts", self.hosts.is_some()),
            ("tls.acme.folder", self.folder.is_some()),
            ("tls.acme.terms_of_service_agreed", self.agreed.is_some()),
            ("tls.acme.contacts", self.contacts.is_some()),
            ("tls.acme.directory", self.directory.is_some()),
            ("tls.acme.root_certificate", self.root_certificate.is_some()),
        ];
        stated.into_iter().find(|(_, stated)| *stated).map(|(name, _)| name)
    }

    /// Puts a certificate that is issued in the place of the program's.
    fn apply(self, builder: &mut AppBuilder) -> Option<(&'static str, Unfit)> {
        let first = self.first()?;
        let Self { hosts, folder, agreed, contacts, directory, root_certificate } = self;
        let Some(hosts) = hosts else {
            return Some((first, "stated without `tls.acme.hosts`".into()));
        };
        let Some(folder) = folder else {
            return Some((first, "stated without `tls.acme.folder`".into()));
        };
        let mut acme = contacts.into_iter().flatten().fold(Acme::new(hosts, folder), Acme::contact);
        if agreed == Some(true) {
            acme = acme.terms_of_service_agreed();
        }
        if let Some(directory) = directory {
            acme = acme.directory(directory);
        }
        match root_certificate.map(fs::read) {
            Some(Ok(pem)) => acme = acme.root_certificate(pem),
            Some(Err(error)) => {
                let unread = format!("not a file that can be read: {}", error.kind());
                return Some(("tls.acme.root_certificate", unread.into()));
            }
            None => {}
        }
        serve(builder, Tls::acme(acme));
        None
    }
}

/// Takes the URL of a directory.
#[cfg(feature = "acme")]
pub(super) fn set_directory(draft: &mut Draft, url: &str) -> Applied {
    without_password(
        url,
        "not the URL of a directory, as `https://acme-v02.api.letsencrypt.org/directory`",
    )?;
    draft.tls.acme.directory = Some(url.to_owned());
    Ok(())
}
