//! One order: the account, the challenges of the hosts, the certificate.

use std::{fmt, time::Duration};

use instant_acme::{
    Account, AuthorizationStatus, CertificateIdentifier, ChallengeType, Error, Identifier,
    NewAccount, NewOrder, Order, OrderStatus, Problem, RetryPolicy,
};
use tokio::{task::spawn_blocking, time::timeout};

use super::{
    super::{
        pair::Pair,
        pairs::{Pairs, now},
    },
    Challenges, Ordering,
    challenge::Answering,
};
use crate::inventory::is_obeyed;

/// The deadline of one order, with the authority's look at each host.
const DEADLINE: Duration = Duration::from_secs(10 * 60);
/// The asking for a result: sooner at first, for as long as an authority may take.
const PATIENCE: RetryPolicy = RetryPolicy::new().timeout(Duration::from_secs(3 * 60));

/// The type of the problem that a directory has with an account that it does not know (RFC 8555, section 6.7).
const UNKNOWN_ACCOUNT: &str = "urn:ietf:params:acme:error:accountDoesNotExist";

/// The types of problems that say nothing of an order: the same one is tried again.
const OF_THE_TIME: [&str; 3] = [
    UNKNOWN_ACCOUNT,
    "urn:ietf:params:acme:error:rateLimited",
    "urn:ietf:params:acme:error:serverInternal",
];

/// The reason for which there is no certificate, for the log.
#[derive(Debug)]
pub(super) struct Fault(String);

impl Ordering {
    /// Returns the account at the directory, as it is kept, or a new one.
    pub(super) async fn account(&self) -> Result<Account, Fault> {
        let builder = || Account::builder_with_http(Box::new(self.exchange.clone()));
        let folder = self.folder.clone();
        let kept = spawn_blocking(move || folder.account()).await?;
        if let Some(kept) = kept {
            return Ok(builder().from_credentials(kept).await?);
        }
        let contacts: Vec<_> = self.contacts.iter().map(String::as_str).collect();
        // Without the agreement there is no `Ordering`.
        let account = NewAccount {
            contact: &contacts,
            terms_of_service_agreed: true,
            only_return_existing: false,
        };
        let (account, made) = builder().create(&account, self.directory.clone(), None).await?;
        let folder = self.folder.clone();
        spawn_blocking(move || folder.keep_account(&made)).await??;
        Ok(account)
    }

    /// Orders a certificate, and keeps it. What it replaces is said until an authority refuses the order: then the next one goes without.
    pub(super) async fn order(
        &self,
        pairs: &Pairs,
        replaces: &mut Option<CertificateIdentifier<'static>>,
    ) -> Result<Pair, Fault> {
        let ordered = timeout(DEADLINE, self.ordered(&pairs.challenges, replaces)).await;
        let (chain, key) = ordered.map_err(|_| Fault("it took too long".to_owned()))??;
        let pair = Pair::of(chain.as_bytes(), key.as_bytes());
        let pair = pair.and_then(|pair| pair.good_at(now()).map(|()| pair));
        let pair = pair.map_err(|problem| Fault(problem.text))?;
        if !self.covers(&pair) {
            return Err(Fault("it was issued for other hosts".to_owned()));
        }
        let folder = self.folder.clone();
        // What was issued counts among the few of a week, so it is served all the same.
        if let Err(error) = spawn_blocking(move || folder.keep_pair(&chain, &key)).await? {
            let host = self.host();
            tracing::error!(target: "secure_api::tls", host, %error, "a certificate that was issued cannot be kept; the next start orders another");
        }
        Ok(pair)
    }

    async fn ordered(
        &self,
        challenges: &Challenges,
        replaces: &mut Option<CertificateIdentifier<'static>>,
    ) -> Result<(String, String), Fault> {
        let account = self.account().await?;
        let hosts: Vec<_> = self.hosts.iter().cloned().map(Identifier::Dns).collect();
        let order = NewOrder::new(&hosts);
        let order = match replaces.clone() {
            Some(replaces) => order.replaces(replaces),
            None => order,
        };
        let mut order = match account.new_order(&order).await {
            Err(Error::Api(problem)) => {
                if problem.r#type.as_deref() == Some(UNKNOWN_ACCOUNT) {
                    let folder = self.folder.clone();
                    spawn_blocking(move || folder.forget_account()).await??;
                }
                if is_of_the_order(&problem) {
                    *replaces = None;
                }
                return Err(Fault::told(&problem));
            }
            // It takes no such word any more.
            Err(error @ Error::Unsupported(_)) => {
                *replaces = None;
                return Err(error.into());
            }
            order => order?,
        };
        // The answers are there until the authority has looked.
        let answering = self.answered(&mut order, challenges).await?;
        if order.state().status != OrderStatus::Ready {
            match order.poll_ready(&PATIENCE).await {
                Ok(OrderStatus::Ready) => {}
                Ok(_) | Err(Error::Api(_)) => return Err(refused(&mut order).await),
                Err(error) => return Err(error.into()),
            }
        }
        drop(answering);
        let key = order.finalize().await?;
        Ok((order.poll_certificate(&PATIENCE).await?, key))
    }

    /// Answers the challenge of each host that the authority wants to see, and tells it so.
    async fn answered<'a>(
        &self,
        order: &mut Order,
        challenges: &'a Challenges,
    ) -> Result<Vec<Answering<'a>>, Fault> {
        let mut answering = Vec::new();
        let mut authorizations = order.authorizations();
        while let Some(authorization) = authorizations.next().await {
            let mut authorization = authorization?;
            match authorization.status {
                AuthorizationStatus::Pending => {}
                AuthorizationStatus::Valid => continue,
                _ => return Err(Fault("a host is not authorized".to_owned())),
            }
            let Identifier::Dns(host) = authorization.identifier().identifier.clone() else {
                return Err(Fault("another kind of host is asked for".to_owned()));
            };
            // Whoever is answered for it could have a certificate for it, elsewhere.
            if !self.hosts.contains(&host) {
                return Err(Fault::told(&format!("{host} is asked for, which was not ordered")));
            }
            let challenge = authorization.challenge(ChallengeType::TlsAlpn01);
            let mut challenge = challenge
                .ok_or_else(|| Fault::told(&format!("TLS-ALPN-01 is not offered for {host}")))?;
            let digest = challenge.key_authorization().digest();
            let digest = digest.as_ref().try_into().map_err(|_| Fault("no SHA-256".to_owned()))?;
            answering.push(challenges.answer(&host, digest).map_err(|why| Fault::told(&why))?);
            challenge.set_ready().await?;
        }
        Ok(answering)
    }
}

/// Returns `true` if a problem may be one of what an order says.
fn is_of_the_order(problem: &Problem) -> bool {
    problem.status.is_none_or(|status| status < 500)
        && problem.r#type.as_deref().is_none_or(|of| !OF_THE_TIME.contains(&of))
}

/// Returns what the authority says of the hosts that it did not find to be this server's.
async fn refused(order: &mut Order) -> Fault {
    let mut authorizations = order.authorizations();
    while let Some(authorization) = authorizations.next().await {
        let Ok(mut authorization) = authorization else { continue };
        if let Ok(state) = authorization.refresh().await
            && let Some(error) =
                state.challenges.iter().find_map(|challenge| challenge.error.as_ref())
        {
            return Fault::told(error);
        }
    }
    Fault("a host was not found to be this server's".to_owned())
}

impl Fault {
    /// Tells of an answer that nobody could read.
    pub(super) fn unreadable() -> Self {
        Self("an answer of the authority cannot be read".to_owned())
    }

    /// Tells what others said, on one line and not at length.
    fn told(text: &impl fmt::Display) -> Self {
        const MOST: usize = 500;

        let text = text.to_string();
        let printable = text.chars().map(|c| if is_obeyed(c) { ' ' } else { c });
        Self(printable.take(MOST).collect())
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self::told(&error)
    }
}

impl From<std::io::Error> for Fault {
    fn from(error: std::io::Error) -> Self {
        Self(format!("it cannot be kept: {}", error.kind()))
    }
}

impl From<tokio::task::JoinError> for Fault {
    fn from(_: tokio::task::JoinError) -> Self {
        Self("the folder cannot be read".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // An authority that is busy says nothing of the order; one that refuses what it replaces issues another without.
    #[test]
    fn what_an_order_replaces_is_said_until_the_order_is_refused() {
        let of = |kind: Option<&str>| {
            let text = kind.map(|kind| format!("urn:ietf:params:acme:error:{kind}"));
            let (detail, status, subproblems) = (None, None, Vec::new());
            is_of_the_order(&Problem { r#type: text, detail, status, subproblems })
        };
        for kind in ["rateLimited", "serverInternal", "accountDoesNotExist"] {
            assert!(!of(Some(kind)), "{kind}");
        }
        for kind in ["alreadyReplaced", "malformed", "unauthorized"] {
            assert!(of(Some(kind)), "{kind}");
        }
        assert!(of(None));
    }
}
