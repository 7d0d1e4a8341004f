//! Another service, as an app declares it: where it is, what it is sent, and how long anybody waits for it.

use std::{any::type_name, fmt, marker::PhantomData, time::Duration};

use reqwest::Certificate;
use url::Url;

use super::{
    credential::Credential, exchange::TokenExchange, reach::Internal, safe::SafeClient,
    stated::Stated,
};
use crate::{
    clock::Clock,
    error::{StartError, StartProblem},
    reason::is_sentence,
    secret::NamesOrigin,
};

/// The time for a connection, TLS included: three packets there and back, some of them sent twice.
const CONNECT: Duration = Duration::from_secs(2);
/// The time for one attempt: a third of a request's, so that it can be made again.
const ATTEMPT: Duration = Duration::from_secs(5);
/// The time for a call with its retries where no request waits for it, which is the default deadline of one.
const WHOLE: Duration = Duration::from_secs(15);
/// The most bytes of an answer: many times what most have, and nothing to a server.
const MOST: usize = 1024 * 1024;
/// The retries of what may be sent twice.
const RETRIES: u32 = 2;

/// Another service that an app calls, declared once: a handler takes the [`SafeClient`] of it. The type parameter is its name, a type of
/// your own.
///
/// ```
/// use secure_api::{client::Upstream, prelude::*};
///
/// /// The service that charges cards.
/// pub struct Payments;
///
/// let payments = Upstream::<Payments>::at("https://payments.example/v2").passes_token();
/// ```
///
/// A call leads where the service is declared to be, by `https`, and to no address inside: those of private networks, of this machine,
/// of links and of the clouds' metadata services are refused in any form, at the moment of connecting. It follows no redirects, takes
/// no proxy from the environment and keeps no cookies; certificates are checked, and there is no switch for that.
pub struct Upstream<T> {
    pub(super) stated: Stated,
    of: PhantomData<fn() -> T>,
}

impl<T: 'static> Upstream<T> {
    /// Declares a service at this URL, which the paths of its calls begin with: `https`, without a query.
    pub fn at(base: impl AsRef<str>) -> Self {
        let text = base.as_ref();
        let mut declared = Self::new();
        let url = Url::parse(text)
            .ok()
            .filter(|url| url.has_host() && url.query().is_none() && url.fragment().is_none());
        if url.is_none() {
            declared.misplaced(text, "it is no URL, or has a query");
        }
        declared.stated.base = url;
        declared
    }

    /// Declares calls to addresses that users give, each a [`WebUrl`](crate::value::WebUrl): images that are fetched, webhooks. They
    /// carry no credentials.
    pub fn of_users() -> Self {
        Self::new()
    }

    fn new() -> Self {
        let name = type_name::<T>();
        Self {
            stated: Stated {
                name: name.rsplit("::").next().unwrap_or(name),
                base: None,
                internal: Vec::new(),
                credential: Credential::None,
                roots: Vec::new(),
                redirects: 0,
                connect: CONNECT,
                attempt: ATTEMPT,
                whole: WHOLE,
                most: MOST,
                retries: RETRIES,
                open: false,
                #[cfg(feature = "testing")]
                look_up: None,
                problems: Vec::new(),
            },
            of: PhantomData,
        }
    }

    /// Lets calls lead to a host of your own network, `host:port`, and says why. Its addresses may then be private ones or those of
    /// this machine, where plaintext is allowed as well; those of metadata services stay closed. It is listed with the other exceptions
    /// of the app.
    #[must_use]
    pub fn internal(mut self, host: impl AsRef<str>, reason: &'static str) -> Self {
        match Internal::parse(host.as_ref()) {
            Some(internal) => self.stated.internal.push((internal, reason)),
            None => self.misplaced(host.as_ref(), "a host is written as `payments.corp:443`"),
        }
        self.reasoned(reason);
        self
    }

    /// Sends each call with the access token of the caller that it is made for, to this service and nobody else (ASVS 8.3.3). So the
    /// service decides by who is calling, and the app has no credentials for all of them.
    ///
    /// A token that is bound to a key of the caller's is not sent: nobody but the caller can use it. [`exchanges_token`] gets
    /// another one for it.
    ///
    /// [`exchanges_token`]: Self::exchanges_token
    #[must_use]
    pub fn passes_token(self) -> Self {
        self.credential(Credential::Passed)
    }

    /// Sends each call with a token that the issuer gives for the caller's (RFC 8693): for this service alone, with no more than it
    /// needs.
    #[must_use]
    pub fn exchanges_token(self, exchange: TokenExchange) -> Self {
        self.credential(Credential::exchanged(exchange))
    }

    /// Sends each call with a token of the app's own, as `Authorization: Bearer`, and says why: whoever finds a way to have the app ask
    /// is answered as the app. It is listed with the other exceptions of the app.
    #[must_use]
    pub fn own_token(mut self, token: impl NamesOrigin, reason: &'static str) -> Self {
        self.reasoned(reason);
        self.credential(Credential::Own(token.secret(), reason))
    }

    /// Adds an authority that certificates of this service may come from, in PEM, besides those that the machine trusts.
    #[must_use]
    pub fn root_certificate(mut self, pem: impl AsRef<[u8]>) -> Self {
        match Certificate::from_pem_bundle(pem.as_ref()) {
            Ok(roots) if !roots.is_empty() => self.stated.roots.extend(roots),
            _ => self.misplaced("root_certificate", "it has no certificate in PEM"),
        }
        self
    }

    /// Follows so many redirects of a GET, ten at most; by default none, since whoever answers would say where the app goes. Each leads
    /// where a call may, and to another host nothing of the call is sent but its URL.
    #[must_use]
    pub fn redirects(mut self, hops: usize) -> Self {
        self.stated.redirects = hops.min(10);
        self
    }

    /// Sets the time of one attempt, by default five seconds, and of its connection, by default two. No call takes longer than the
    /// request that it is made for.
    #[must_use]
    pub fn timeouts(mut self, connect: Duration, attempt: Duration) -> Self {
        (self.stated.connect, self.stated.attempt) = (connect, attempt);
        self
    }

    /// Sets the most bytes of an answer, by default a mebibyte.
    #[must_use]
    pub fn most_bytes(mut self, bytes: usize) -> Self {
        self.stated.most = bytes;
        self
    }

    /// Sets the number of retries, by default two, of calls that may be sent twice: by their method, or by a key.
    #[must_use]
    pub fn retries(mut self, retries: u32) -> Self {
        self.stated.retries = retries.min(10);
        self
    }

    /// Leaves out members of answers that nobody declared. By default such an answer is a failure, since it is not what was agreed;
    /// many services add members without saying so.
    #[must_use]
    pub fn ignores_unknown_members(mut self) -> Self {
        self.stated.open = true;
        self
    }

    /// Looks names up by a function, for a test: what it finds is judged as what the system finds. A port of its own counts where the
    /// URL has none.
    #[cfg(feature = "testing")]
    #[must_use]
    pub fn resolving(
        mut self,
        look_up: impl Fn(&str) -> Vec<std::net::SocketAddr> + Send + Sync + 'static,
    ) -> Self {
        self.stated.look_up = Some(std::sync::Arc::new(look_up));
        self
    }

    /// Makes the client of a program that is no app: of a command, of a worker that takes jobs.
    ///
    /// # Errors
    ///
    /// SA211 and SA212 where the service is not declared as it has to be, SA177 where its secret cannot be read.
    pub fn client(mut self) -> Result<SafeClient<T>, StartError> {
        match self.problems() {
            problems if problems.is_empty() => Ok(SafeClient::alone(self, &Clock::system())),
            problems => Err(StartError(problems)),
        }
    }
}

impl<T> Upstream<T> {
    /// Returns what is wrong with it.
    pub(crate) fn problems(&mut self) -> Vec<StartProblem> {
        self.stated.check();
        std::mem::take(&mut self.stated.problems)
    }

    fn credential(mut self, credential: Credential) -> Self {
        if !matches!(self.stated.credential, Credential::None) {
            let name = self.stated.name;
            self.misplaced(name, "its calls have two kinds of credentials");
        }
        self.stated.credential = credential;
        self
    }

    fn reasoned(&mut self, reason: &str) {
        if !is_sentence(reason) {
            self.stated.problems.push(StartProblem {
                code: "SA212",
                text: format!("{} is called without a reason in words", self.stated.name),
                help: "write a sentence for the one who reviews it, of three words or more, into `.internal(…)` and `.own_token(…)`",
            });
        }
    }

    fn misplaced(&mut self, text: &str, why: &str) {
        self.stated.misplaced(text, why);
    }
}

impl<T> fmt::Debug for Upstream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upstream").field("name", &self.stated.name).finish_non_exhaustive()
    }
}
