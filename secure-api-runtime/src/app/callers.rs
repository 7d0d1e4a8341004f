//! The parts of an app that say who is calling, and what is remembered of callers.

use super::{AppBuilder, Names, builder::MakeSource};
#[cfg(feature = "testing")]
use crate::client_certificate::Certificates;
use crate::{
    api_key::{ApiKeyStore, ApiKeys},
    dpop::Dpop,
    error::StartProblem,
    identity::{API_KEY, Credential, Kind, Own, Source, Standing},
    ledger::{self, Ledger},
    proxies::ForwardedHeader,
    secret::NamesOrigin,
    session::SessionSettings,
    sign_in::SignIn,
    token::Issuer,
};

/// The parts of its sources by which a verification makes callers up.
#[cfg(feature = "testing")]
#[derive(Default)]
pub(crate) struct Tested {
    /// The function that makes an API key, where the app takes them.
    pub(crate) makes_keys: Option<crate::api_key::MakeUp>,
    /// `true` if the app lists which certificates are whose, and asks no function.
    pub(crate) lists_certificates: bool,
}

impl AppBuilder {
    /// Adds an issuer whose tokens are accepted; there may be several.
    #[must_use]
    pub fn tokens(mut self, issuer: Issuer) -> Self {
        self.issuers.push(issuer);
        self
    }

    /// Takes access tokens that are bound to a key of their client's, each with a new proof of that key (RFC 9449). The tokens
    /// are those of the app's issuers.
    ///
    /// A proof is for one URL, so the app states its [`base_url`](Self::base_url), or does not start (SA180).
    #[must_use]
    pub fn dpop(mut self, dpop: Dpop) -> Self {
        self.dpop = Some(dpop);
        self
    }

    /// Signs the app's own users in: its handlers take [`Tokens`](crate::sign_in::Tokens), [`Passwords`](crate::sign_in::Passwords)
    /// and [`Codes`](crate::sign_in::Codes), and the tokens that they issue are accepted beside those of other issuers.
    #[must_use]
    pub fn sign_in(mut self, sign_in: SignIn) -> Self {
        self.sign_in = Some(sign_in);
        self
    }

    /// Asks the app's own data if the account of each caller is still there, and in which roles: in the order of enforcement
    /// after revocation, and before role and scope. The last call counts.
    #[must_use]
    pub fn standing(mut self, standing: Standing) -> Self {
        self.standing = Some(standing);
        self
    }

    /// Sets the networks of the proxies before this app, as `10.0.0.0/8`, `fd00::/8` or one address. What they say of a client
    /// counts, and what anybody else says does not: its address in [`forwarded`](Self::forwarded), by which limits are counted, and
    /// its certificate in the header `Client-Cert` (RFC 9440), which of others is refused: 400. Their connections are not shared
    /// out by address, and may be plaintext on any address of this machine; those from elsewhere are closed then.
    ///
    /// Whoever calls from these networks can be anybody, at any address and with any certificate, so they are those of the proxies
    /// and of nothing else. An app that trusts everyone does not start (SA184).
    #[must_use]
    pub fn proxies(mut self, networks: impl Names) -> Self {
        for network in networks.names() {
            if !self.settings.proxies.add(&network) {
                self.problems.push(StartProblem {
                    code: "SA183",
                    text: format!("`{network}` is no network of proxies"),
                    help: "write the first address and the length of the prefix, as `10.0.0.0/8`, or one address",
                });
            }
            self.settings.proxy_names.push(network);
        }
        self
    }

    /// Sets the header in which the trusted [`proxies`](Self::proxies) tell a client's address. They have to write it themselves, and
    /// add to what a client wrote or put theirs in its place: of a header that they pass on as it came, each client would choose
    /// its address.
    ///
    /// Without this it is `X-Forwarded-For`, and a request of a proxy that has both headers is refused: 400. A proxy that writes
    /// `Forwarded` alone would pass the other one on.
    #[must_use]
    pub fn forwarded(mut self, header: ForwardedHeader) -> Self {
        self.settings.forwarded = Some(header);
        self
    }

    /// Takes API keys: as credentials of callers, and as what handlers take to make and end them, [`ApiKeys`], or to list them,
    /// [`ApiKeyList`](crate::api_key::ApiKeyList).
    #[must_use]
    pub fn api_keys<S: ApiKeyStore>(mut self, keys: ApiKeys<S>) -> Self {
        self.state.add_argument(keys.clone());
        #[cfg(feature = "testing")]
        {
            self.tested.makes_keys = Some(keys.clone().into_made_up());
        }
        let kind = keys.kind();
        if kind.name() != API_KEY {
            self.problems.push(StartProblem {
                code: "SA247",
                text: format!("`{}` is no kind of API keys", kind.name()),
                help: "make it by `ApiKey::in_header(\"x-acme-key\")`, `ApiKey::in_cookie(\"acme_key\")` or `ApiKey::in_query(\"key\", \"…\")`",
            });
        }
        self.source_of(kind, keys)
    }

    /// Adds a source of identity of your own: credentials of another kind than access tokens. There is one of each kind.
    #[must_use]
    pub fn source<S: Source>(self, source: S) -> Self {
        #[cfg(feature = "testing")]
        let this = self.noted(&source);
        #[cfg(not(feature = "testing"))]
        let this = self;
        this.source_of(S::Kind::KIND, source)
    }

    /// Notes for the tests if a source has a list of certificates.
    #[cfg(feature = "testing")]
    fn noted(mut self, source: &dyn std::any::Any) -> Self {
        if let Some(listed) = source.downcast_ref::<Certificates>() {
            self.tested.lists_certificates = listed.is_list();
        }
        self
    }

    /// Adds a source of credentials that stand where this kind says.
    fn source_of<S: Source>(mut self, kind: Kind, source: S) -> Self {
        let (roles, tenants) = (self.api.roles, self.api.tenants);
        let make: MakeSource =
            Box::new(move |clock| Box::new(Own { source, kind, roles, tenants, clock }));
        self.sources.push((kind, make));
        self
    }

    /// Sets the app's secret: at least 32 random bytes, the same on every machine that answers for this app, and after a
    /// restart; as a [`SecretBytes`](crate::secret::SecretBytes) it says where it comes from. Without one it is made when the app is
    /// built, and what is sealed with it is good for this process only.
    ///
    /// Each use has a key of its own, derived from it (RFC 5869): the seal of cursors is one. Cursors have no end of their
    /// own: they are places in a list and admit nobody. A new secret makes all of them invalid, which callers see as 400.
    #[must_use]
    pub fn secret(mut self, secret: impl NamesOrigin) -> Self {
        self.secret = Some(secret.secret());
        self
    }

    /// Sets the ledger in which the app remembers what its machines have to know of each other's callers: revocations,
    /// sessions, proofs that were seen. Without one it is in the memory of this process, and forgotten with it.
    ///
    /// An app with a ledger of its own has a [`secret`](Self::secret), or does not start (SA130).
    #[must_use]
    pub fn ledger<L: Ledger>(mut self, ledger: L) -> Self {
        self.ledger = Some(Box::new(ledger::Own(ledger)));
        self
    }

    /// Gives the app sessions of browsers, by a cookie: the source that knows them, and [`Sessions`](crate::session::Sessions)
    /// for the handlers that begin and end them.
    ///
    /// An app with sessions states its [`base_url`](Self::base_url), which the pages that may use them have as their origin.
    #[must_use]
    pub fn sessions(mut self, settings: SessionSettings) -> Self {
        self.sessions = Some(settings);
        self
    }
}
