//! The certificates that an app is served with: files, or what an authority issues.

use std::path::PathBuf;

use super::{super::AppBuilder, draft::Unfits};
#[cfg(feature = "acme")]
use super::{
    draft::{Draft, MOST_AUTHORITIES},
    fit::without_password,
};
#[cfg(feature = "acme")]
use crate::{config::Applied, named_file, serve::Acme};
use crate::{config::Unfit, error::StartError, serve::Tls};

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
    /// Puts the certificates in the place of the program's: files, or those of an authority, of which one alone is stated.
    pub(super) fn apply(self, builder: &mut AppBuilder) -> Unfits {
        let Self {
            certificate,
            key,
            #[cfg(feature = "acme")]
            acme,
        } = self;
        #[cfg(feature = "acme")]
        if acme.is_stated() {
            return acme.apply(builder);
        }
        let unfit = |name, unfit: Unfit| vec![(name, unfit)];
        match (certificate.len(), key.len()) {
            (0, 0) => return Unfits::new(),
            (_, 0) => return unfit("tls.certificate", Unfit::Without("tls.key")),
            (0, _) => return unfit("tls.key", Unfit::Without("tls.certificate")),
            (certificates, keys) if certificates != keys => {
                let fault = "not a list as long as that of `tls.certificate`";
                return unfit("tls.key", fault.into());
            }
            _ => {}
        }
        let mut pairs = certificate.into_iter().zip(key);
        let Some((certificate, key)) = pairs.next() else { return Unfits::new() };
        let tls = pairs.fold(Tls::pem_files(certificate, key), |tls, (certificate, key)| {
            tls?.and_pem_files(certificate, key)
        });
        serve(builder, tls.map_err(StartError::from));
        Unfits::new()
    }
}

/// Serves these certificates in the place of the program's; whom it asks for one of theirs stays as it is. What is wrong with those
/// of the program, as in a release that they are for development, is of none that are served.
fn serve(builder: &mut AppBuilder, tls: Result<Tls, StartError>) {
    let tls = tls.and_then(|tls| match &builder.tls {
        Some(Ok(before)) => Ok(tls.asking_as(before)?),
        Some(Err(_)) | None => Ok(tls),
    });
    builder.tls = Some(tls);
}

#[cfg(feature = "acme")]
impl AcmeDraft {
    fn is_stated(&self) -> bool {
        self.first().is_some()
    }

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
    fn apply(self, builder: &mut AppBuilder) -> Unfits {
        let mut unfits = Unfits::new();
        let first = self.first().unwrap_or_default();
        let Self { hosts, folder, agreed, contacts, directory, root_certificate } = self;
        let (Some(hosts), Some(folder)) = (&hosts, &folder) else {
            let lacks = |lacks: bool, name| lacks.then_some((first, Unfit::Without(name)));
            unfits.extend(lacks(hosts.is_none(), "tls.acme.hosts"));
            unfits.extend(lacks(folder.is_none(), "tls.acme.folder"));
            return unfits;
        };
        let mut acme =
            contacts.into_iter().flatten().fold(Acme::new(hosts.clone(), folder), Acme::contact);
        if agreed == Some(true) {
            acme = acme.terms_of_service_agreed();
        }
        if let Some(directory) = directory {
            acme = acme.directory(directory);
        }
        if let Some(path) = root_certificate {
            match named_file::read(&path, MOST_AUTHORITIES) {
                Ok(pem) => acme = acme.root_certificate(pem),
                Err(why) => unfits.push(("tls.acme.root_certificate", Unfit::Unread(why))),
            }
        }
        serve(builder, Tls::acme(acme));
        unfits
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

/// Agrees to the terms of service of the authority, or does not.
#[cfg(feature = "acme")]
pub(super) fn set_agreed(draft: &mut Draft, agreed: bool) -> Applied {
    draft.tls.acme.agreed = Some(agreed);
    Ok(())
}

/// Takes the file of the authorities of a directory.
#[cfg(feature = "acme")]
pub(super) fn set_root_certificate(draft: &mut Draft, path: PathBuf) -> Applied {
    draft.tls.acme.root_certificate = Some(path);
    Ok(())
}
