//! The certificates of clients that a server asks for: their authorities, and the lists of those that were revoked.

#[cfg(test)]
mod tests;

use std::sync::Arc;

use rustls::{
    RootCertStore, ServerConfig,
    crypto::aws_lc_rs,
    pki_types::{CertificateDer, CertificateRevocationListDer, UnixTime, pem::PemObject},
    server::{NoServerSessionStorage, WebPkiClientVerifier},
    version::{TLS12, TLS13},
};
use x509_cert::{
    crl::CertificateList,
    der::{Decode, oid::AssociatedOid},
    ext::pkix::CrlNumber,
};

use super::{Tls, bad_certificate};
use crate::error::StartProblem;

/// The certificates that are taken of clients.
#[derive(Clone)]
pub(super) struct Clients {
    authorities: Arc<RootCertStore>,
    optional: bool,
    /// The lists of revoked certificates, the newest first: of two of one authority the first is looked up, and the other never.
    /// Without any, none is.
    lists: Vec<(Age, CertificateRevocationListDer<'static>)>,
}

/// The age of a list: its time, and of two within one second its number (RFC 5280, section 5.2.3), as long as it is and as DER has
/// it.
type Age = (u64, usize, Vec<u8>);

impl Tls {
    /// Demands of each client a certificate that one of these authorities issued, in PEM: whoever has none gets no connection.
    /// Chain and period are verified in the handshake, and the period again with each request.
    ///
    /// ```
    /// use secure_api::{Tls, app::AppBuilder};
    ///
    /// fn with_clients(app: AppBuilder, authorities: &[u8]) -> AppBuilder {
    ///     app.tls(Tls::pem_files("certificate.pem", "key.pem").and_then(|tls| tls.clients(authorities)))
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// SA185 if there is no usable authority among them, or one that is none.
    pub fn clients(self, authorities: &[u8]) -> Result<Self, StartProblem> {
        self.with_clients(authorities, false)
    }

    /// Asks each client for a certificate, and takes those that have none too: what such a caller may do, `by` says. One that
    /// does not verify ends the connection all the same.
    ///
    /// # Errors
    ///
    /// As [`clients`](Self::clients).
    pub fn optional_clients(self, authorities: &[u8]) -> Result<Self, StartProblem> {
        self.with_clients(authorities, true)
    }

    /// Refuses client certificates that their authority has revoked, by its list (CRL, RFC 5280): several in PEM, or one in DER.
    /// It is called after [`clients`](Self::clients) or [`optional_clients`](Self::optional_clients), and again for more
    /// lists. Of two lists of one authority the newer one counts, in whatever order they come.
    ///
    /// Each authority of a client's chain has a list here, or the client gets no connection: of whom nobody can tell, nobody
    /// knows that they were not revoked. So it is with a list past its next update; a server is started anew with the next
    /// one before that. A handshake is never cut short by an earlier one then. Of a connection that is open nothing is looked
    /// up again: what cannot wait is revoked by its thumbprint, by
    /// [`Revocations`](crate::identity::Revocations::revoke_token).
    ///
    /// ```
    /// use secure_api::{Tls, error::StartProblem};
    ///
    /// fn strict(tls: Tls, authorities: &[u8], lists: &[u8]) -> Result<Tls, StartProblem> {
    ///     tls.clients(authorities)?.revoked(lists)
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// SA188 if there is no list, one that cannot be read or that has a next update before now, or if nobody is asked for
    /// certificates; SA189 if two authorities have one name.
    pub fn revoked(self, lists: &[u8]) -> Result<Self, StartProblem> {
        let Some(clients) = self.clients.clone() else {
            return Err(bad_list("is there, and no client is asked for a certificate"));
        };
        let read = if lists.first() == Some(&SEQUENCE) {
            vec![CertificateRevocationListDer::from(lists.to_vec())]
        } else {
            let read =
                CertificateRevocationListDer::pem_slice_iter(lists).collect::<Result<_, _>>();
            read.map_err(|_| bad_list(UNREADABLE))?
        };
        if read.is_empty() {
            return Err(bad_list(UNREADABLE));
        }
        let mut lists = clients.lists;
        for der in read {
            let list = CertificateList::<x509_cert::certificate::Rfc5280>::from_der(&der);
            let list = list.map_err(|_| bad_list(UNREADABLE))?.tbs_cert_list;
            let next = list.next_update.ok_or_else(|| bad_list(UNREADABLE))?.to_unix_duration();
            if next.as_secs() <= UnixTime::now().as_secs() {
                return Err(bad_list("has ended: its next update was before now"));
            }
            let of_list = list.this_update.to_unix_duration().as_secs();
            let mut stated = list.crl_extensions.iter().flatten();
            let number = stated.find(|stated| stated.extn_id == CrlNumber::OID);
            let number = number.map(|number| number.extn_value.as_bytes().to_vec());
            let number = number.unwrap_or_default();
            lists.push(((of_list, number.len(), number), der));
        }
        lists.sort_by(|(age, _), (other, _)| other.cmp(age));
        self.asking(Clients { lists, ..clients })
    }

    /// Asks clients for certificates as another does.
    pub(crate) fn asking_as(self, other: &Self) -> Result<Self, StartProblem> {
        match &other.clients {
            Some(clients) => self.asking(clients.clone()),
            None => Ok(self),
        }
    }

    fn with_clients(self, authorities: &[u8], optional: bool) -> Result<Self, StartProblem> {
        let mut roots = RootCertStore::empty();
        for authority in CertificateDer::pem_slice_iter(authorities) {
            authority.ok().and_then(|der| roots.add(der).ok()).ok_or_else(bad_authority)?;
        }
        // Without any authority nothing can be verified.
        if roots.is_empty() {
            return Err(bad_authority());
        }
        // Lists that were given before count on.
        let lists = self.clients.as_ref().map(|clients| clients.lists.clone()).unwrap_or_default();
        self.asking(Clients { authorities: Arc::new(roots), optional, lists })
    }

    /// Asks clients for certificates in this way, and in no other.
    fn asking(self, clients: Clients) -> Result<Self, StartProblem> {
        let provider = Arc::new(aws_lc_rs::default_provider());
        let authorities = Arc::clone(&clients.authorities);
        let verifier =
            WebPkiClientVerifier::builder_with_provider(authorities, Arc::clone(&provider));
        let verifier = if clients.optional { verifier.allow_unauthenticated() } else { verifier };
        let revoking = !clients.lists.is_empty();
        if revoking && share_a_name(&clients.authorities) {
            return Err(shared_name());
        }
        let verifier = match revoking {
            true => {
                let lists = clients.lists.iter().map(|(_, list)| list.clone());
                verifier.with_crls(lists).enforce_revocation_expiration()
            }
            false => verifier,
        };
        let verifier = verifier.build().map_err(|_| bad_list(UNREADABLE))?;
        let builder = ServerConfig::builder_with_provider(provider)
            .with_protocol_versions(&[&TLS13, &TLS12])
            .map_err(|_| bad_certificate())?;
        let mut config = builder
            .with_client_cert_verifier(verifier)
            .with_cert_resolver(Arc::clone(&self.config.cert_resolver));
        config.alpn_protocols = self.config.alpn_protocols.clone();
        // A session that is resumed has the certificate of the handshake before, which nobody looks up again.
        if revoking {
            config.session_storage = Arc::new(NoServerSessionStorage {});
            config.send_tls13_tickets = 0;
        }
        Ok(Self { config: Arc::new(config), clients: Some(clients), ..self })
    }
}

/// The first byte of DER that is a list.
const SEQUENCE: u8 = 0x30;

const UNREADABLE: &str = "cannot be read";

fn bad_authority() -> StartProblem {
    StartProblem {
        code: "SA185",
        text: "there is no authority to take client certificates of, or one that is none".into(),
        help: "give the certificates of the authorities in PEM, each of which may issue certificates",
    }
}

/// Returns `true` if two authorities have one name and not one key: a list names its authority, and its signature is verified by
/// the key of whichever was found by that name.
fn share_a_name(authorities: &RootCertStore) -> bool {
    let all = &authorities.roots;
    all.iter().enumerate().any(|(place, one)| {
        let others = &all[place + 1..];
        others.iter().any(|other| {
            one.subject == other.subject
                && one.subject_public_key_info != other.subject_public_key_info
        })
    })
}

fn shared_name() -> StartProblem {
    StartProblem {
        code: "SA189",
        text: "two authorities of client certificates have one name, and nobody can tell whose list is whose".into(),
        help: "name each authority once, and have a new one issue under a name of its own; or give no lists",
    }
}

fn bad_list(why: &str) -> StartProblem {
    StartProblem {
        code: "SA188",
        text: format!("a list of revoked client certificates {why}"),
        help: "after `.clients(…)`, give the lists (CRL) that the authorities publish now, in PEM or DER",
    }
}
