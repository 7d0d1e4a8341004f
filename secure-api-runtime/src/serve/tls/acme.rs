//! Certificates that an authority issues by ACME (RFC 8555): of whom, for which hosts, and where they are kept.

mod challenge;
mod exchange;
mod folder;
mod order;
mod renewal;
#[cfg(test)]
mod tests;
mod window;

use std::path::{Path, PathBuf};

use reqwest::Certificate;
use url::Url;

pub(super) use self::{challenge::Challenges, renewal::keep};
use self::{exchange::Exchange, folder::Folder};
use super::{Tls, pair::Pair, pairs::Pairs};
use crate::{
    error::{StartError, StartProblem},
    named_file,
    secret::without_secrets,
};

/// The authority that issues a server's certificate by ACME, and the hosts that it is for.
///
/// ```
/// use secure_api::{Tls, app::AppBuilder, serve::Acme};
///
/// fn with_tls(app: AppBuilder) -> AppBuilder {
///     let acme = Acme::new(["api.example.com"], "/var/lib/house/acme");
///     app.tls(Tls::acme(acme.contact("mailto:ops@example.com").terms_of_service_agreed()))
/// }
/// ```
#[derive(Debug, Clone)]
pub struct Acme {
    hosts: Vec<String>,
    folder: PathBuf,
    directory: String,
    contacts: Vec<String>,
    roots: Vec<Certificate>,
    agreed: bool,
    has_bad_root: bool,
}

impl Acme {
    /// Let's Encrypt, which is asked where nothing else is said.
    pub const LETS_ENCRYPT: &str = "https://acme-v02.api.letsencrypt.org/directory";
    /// The staging environment of Let's Encrypt: no client trusts its certificates, and its limits are wide.
    pub const LETS_ENCRYPT_STAGING: &str = "https://acme-staging-v02.api.letsencrypt.org/directory";

    /// Names the hosts of one certificate, and the folder that keeps it with its key and with the key of the account. The folder is
    /// made where it is not there; what is in it is for the server's user alone.
    pub fn new(
        hosts: impl IntoIterator<Item = impl Into<String>>,
        folder: impl AsRef<Path>,
    ) -> Self {
        let hosts = hosts.into_iter().map(|host| Into::<String>::into(host).to_ascii_lowercase());
        Self {
            hosts: hosts.collect(),
            folder: folder.as_ref().to_owned(),
            directory: Self::LETS_ENCRYPT.to_owned(),
            contacts: Vec::new(),
            roots: Vec::new(),
            agreed: false,
            has_bad_root: false,
        }
    }

    /// Agrees to the terms of service of the authority, in the name of whoever runs the server. Without it nothing is asked (SA217).
    #[must_use]
    pub fn terms_of_service_agreed(mut self) -> Self {
        self.agreed = true;
        self
    }

    /// Names an address that the authority may write to, as `mailto:ops@example.com`.
    #[must_use]
    pub fn contact(mut self, contact: impl Into<String>) -> Self {
        self.contacts.push(contact.into());
        self
    }

    /// Asks the authority whose directory is at this URL, in the place of Let's Encrypt.
    #[must_use]
    pub fn directory(mut self, url: impl Into<String>) -> Self {
        self.directory = url.into();
        self
    }

    /// Adds an authority that the certificate of the directory itself may come from, in PEM, besides those that the machine trusts.
    #[must_use]
    pub fn root_certificate(mut self, pem: impl AsRef<[u8]>) -> Self {
        match Certificate::from_pem_bundle(pem.as_ref()) {
            Ok(roots) if !roots.is_empty() => self.roots.extend(roots),
            _ => self.has_bad_root = true,
        }
        self
    }

    /// Checks what was said, before anybody is asked.
    fn ordering(self) -> Result<Ordering, StartError> {
        let url = Url::parse(&self.directory).ok().filter(|url| url.scheme() == "https");
        let problems = self.problems(url.is_some());
        let (Some(first), Some(url), true) = (self.hosts.first(), url, problems.is_empty()) else {
            return Err(StartError(problems));
        };
        let Self { hosts, folder, directory, contacts, roots, .. } = &self;
        let folder = Folder::open(folder, &url, first).map_err(|error| StartProblem {
            code: "SA219",
            text: format!(
                "the folder {} cannot keep a certificate: {}",
                folder.display(),
                named_file::why(&error)
            ),
            help: "name a folder that the server's user may write to, and that outlasts the server",
        })?;
        let exchange = Exchange::new(roots.clone());
        let exchange = exchange.map_err(|_| unaskable(directory, "its roots cannot be used"))?;
        let (hosts, directory, contacts) = (hosts.clone(), directory.clone(), contacts.clone());
        Ok(Ordering { hosts, directory, contacts, folder, exchange })
    }

    /// Returns what cannot be meant of what was said.
    fn problems(&self, is_https: bool) -> Vec<StartProblem> {
        /// The most hosts of a certificate that authorities issue.
        const MOST_HOSTS: usize = 100;

        let Self { hosts, directory, .. } = self;
        let mut problems = Vec::new();
        let wrong: Vec<_> = hosts.iter().filter(|host| !is_host(host)).collect();
        match &wrong[..] {
            _ if hosts.is_empty() => problems.push(no_host("no host")),
            [] if hosts.len() > MOST_HOSTS => problems.push(no_host("more than 100 hosts")),
            [] => {}
            [host, more @ ..] => {
                let host: String = host.chars().take(100).collect();
                problems.push(no_host(&match more.len() {
                    0 => format!("`{host}`"),
                    more => format!("`{host}` and {more} more"),
                }));
            }
        }
        let is_contact = |contact: &String| contact.starts_with("mailto:") && contact.is_ascii();
        for (is_wrong, why) in [
            (!is_https, "it is no `https` URL"),
            (!self.contacts.iter().all(is_contact), "a contact does not begin with `mailto:`"),
            (self.has_bad_root, "a root has no certificate in PEM"),
        ] {
            problems.extend(is_wrong.then(|| unaskable(directory, why)));
        }
        if !self.agreed {
            problems.push(StartProblem {
                code: "SA217",
                text: format!(
                    "nobody agreed to the terms of service of {}",
                    without_secrets(directory)
                ),
                help: "read them, and write `.terms_of_service_agreed()`",
            });
        }
        problems
    }
}

impl Tls {
    /// Serves a certificate that an authority issues by ACME, as Let's Encrypt, and renews it.
    ///
    /// The authority is told that the hosts are this server's by TLS-ALPN-01 (RFC 8737), in a handshake on the port that is served:
    /// clients reach it as port 443 of each host, and no other port is opened. Until the first certificate is there, each other
    /// handshake is refused. It is renewed at two thirds of its life, or when the authority says (ARI, RFC 9773); a renewal that
    /// fails leaves the one from before, is told in the log, counted, and tried again, two minutes later at first and at most six
    /// hours. Certificate and keys are kept, so that a start asks for nothing.
    ///
    /// # Errors
    ///
    /// SA216 if a host is none that a certificate is issued for so, SA217 if nobody agreed to the terms of service, SA218 if the
    /// directory cannot be asked as it was stated, SA219 if the folder cannot be written to.
    pub fn acme(acme: Acme) -> Result<Self, StartError> {
        Ok(Self::of(Pairs::acme(acme.ordering()?))?)
    }
}

/// The orders of one certificate.
pub(super) struct Ordering {
    hosts: Vec<String>,
    directory: String,
    contacts: Vec<String>,
    folder: Folder,
    exchange: Exchange,
}

impl Ordering {
    /// Returns the pair that was issued before, if it is good at this time. Where it is not for all of the hosts, another is due.
    pub(super) fn kept(&self, now: i64) -> Option<Pair> {
        self.folder.pair().filter(|pair| pair.good_at(now).is_ok())
    }

    /// Returns the host that it is known by.
    fn host(&self) -> &str {
        self.hosts.first().map_or("", String::as_str)
    }

    /// Returns `true` if it is for each of the hosts.
    fn covers(&self, pair: &Pair) -> bool {
        self.hosts.iter().all(|host| pair.is_for(host))
    }
}

fn no_host(host: &str) -> StartProblem {
    StartProblem {
        code: "SA216",
        text: format!("a certificate for {host} cannot be had by TLS-ALPN-01"),
        help: "name hosts that clients reach on port 443, as `api.example.com`: no address, and no wildcard",
    }
}

fn unaskable(directory: &str, why: &str) -> StartProblem {
    StartProblem {
        code: "SA218",
        text: format!("ACME cannot be asked at `{}`: {why}", without_secrets(directory)),
        help: "write the `https` URL of a directory, as `.directory(Acme::LETS_ENCRYPT)`, its root in PEM, and contacts as \
               `mailto:ops@example.com`",
    }
}

/// Returns `true` for a name of the DNS, in lower case.
fn is_host(host: &str) -> bool {
    let is_label = |label: &str| {
        let sound = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        (1..=63).contains(&label.len())
            && label.bytes().all(sound)
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let is_number = |label: &str| label.bytes().all(|byte| byte.is_ascii_digit());
    host.len() <= 253
        && host.split('.').all(is_label)
        && host.rsplit('.').next().is_some_and(|last| !is_number(last))
}
