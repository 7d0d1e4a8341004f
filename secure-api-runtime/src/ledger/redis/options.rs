//! The options of a ledger in a Redis.

use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};

use rustls::{
    ClientConfig, RootCertStore,
    crypto::aws_lc_rs,
    pki_types::{CertificateDer, pem::PemObject},
};

use super::{address::Address, record::Share};
use crate::{error::StartProblem, secret::SecretBytes};

/// The deadline of an operation. On one network an answer takes less than a millisecond.
const DEADLINE: Duration = Duration::from_millis(50);
/// The room of one holder: as much as one has in the memory of a process, some 35 new keys a minute all day.
const SHARE: Share = Share { records: 50_000, bytes: 32 * 1024 * 1024 };

/// The options of a ledger in a Redis.
#[derive(Clone)]
pub(super) struct Options {
    pub(super) address: Result<Address, &'static str>,
    pub(super) deadline: Duration,
    /// The room of one holder.
    pub(super) share: Share,
    /// The certificates of the authorities that are trusted, where they are not the machine's.
    authorities: Option<Vec<u8>>,
    tls: OnceLock<Arc<ClientConfig>>,
    /// The problems of what was stated.
    pub(super) problems: Vec<StartProblem>,
}

impl Options {
    pub(super) fn new(url: &str) -> Self {
        Self {
            address: Address::parse(url),
            deadline: DEADLINE,
            share: SHARE,
            authorities: None,
            tls: OnceLock::new(),
            problems: Vec::new(),
        }
    }

    /// Returns where the Redis is, without whom to be there.
    pub(super) fn shown(&self) -> String {
        self.address.as_ref().map_or_else(|_| "nowhere".to_owned(), ToString::to_string)
    }

    /// Takes a password; what is wrong with its place is told with the other problems.
    pub(super) fn set_password(&mut self, password: &SecretBytes) {
        if let Some(fault) = password.unread() {
            self.problems.push(StartProblem::of(fault));
            return;
        }
        match (str::from_utf8(password.expose()), &mut self.address) {
            // A file has a line break at its end, which is no part of a password.
            (Ok(password), Ok(address)) => {
                address.set_password(password.trim_end_matches(['\r', '\n']).to_owned());
            }
            (Err(_), _) => self.problems.push(StartProblem {
                code: "SA134",
                text: "the password of the ledger's Redis is no UTF-8".to_owned(),
                help: "put it there as text",
            }),
            (_, Err(_)) => {}
        }
    }

    pub(super) fn trust(&mut self, authorities: Vec<u8>) {
        self.authorities = Some(authorities);
        self.tls = OnceLock::new();
    }

    /// Returns all problems that show without a connection.
    pub(super) fn all_problems(&self) -> Vec<StartProblem> {
        let address = self.address.as_ref().err().map(|why| StartProblem {
            code: "SA134",
            text: format!("the URL of the ledger's Redis is none: {why}"),
            help: "write it as `rediss://redis.example:6379`, or `redis://127.0.0.1:6379` on this machine",
        });
        let authorities = self.authorities.as_deref().and_then(|pem| roots(pem).err());
        let authorities = authorities.map(|why| StartProblem {
            code: "SA134",
            text: format!("the authorities of the ledger's Redis are none: {why}"),
            help: "give `.authorities(…)` the certificate of the authority in PEM, as `redis-cli --cacert` takes it",
        });
        address.into_iter().chain(authorities).chain(self.problems.iter().cloned()).collect()
    }

    /// Returns the settings of TLS. The machine's authorities are read the first time, which takes some milliseconds.
    pub(super) fn tls(&self) -> Result<Arc<ClientConfig>, String> {
        if let Some(config) = self.tls.get() {
            return Ok(Arc::clone(config));
        }
        let roots = match &self.authorities {
            Some(pem) => roots(pem)?,
            None => {
                let mut roots = RootCertStore::empty();
                // One that this library does not read is trusted by nobody; without any, no certificate is.
                roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
                roots
            }
        };
        let config = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|error| error.to_string())?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Arc::clone(self.tls.get_or_init(|| Arc::new(config))))
    }
}

fn roots(pem: &[u8]) -> Result<RootCertStore, String> {
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_slice_iter(pem) {
        let certificate = certificate.map_err(|_| "they are no PEM")?;
        roots.add(certificate).map_err(|_| "one of them is no certificate")?;
    }
    if roots.is_empty() { Err("there is no certificate in them".to_owned()) } else { Ok(roots) }
}
