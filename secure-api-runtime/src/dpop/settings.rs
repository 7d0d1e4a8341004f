//! The settings of proofs: the time that one is good for, and whether the server gives nonces.

use std::time::Duration;

use crate::{
    error::StartProblem,
    identity::{Credential, DPOP, Kind},
};

/// The time by which a client's clock may differ, and a request be on its way: a minute, which clocks of phones and laptops
/// keep without being set by hand.
const WINDOW: Duration = Duration::from_secs(60);
/// The largest window. Beyond it a clock is wrong, and each proof that was seen is remembered for twice the window.
const LARGEST: Duration = Duration::from_secs(300);

/// Access tokens that are bound to a key of their client's, sent as `Authorization: DPoP …` with a proof in the header `DPoP`
/// (RFC 9449). As `by = Dpop` it is the kind of credentials, and `.dpop(Dpop::new())` takes it into an app.
///
/// ```
/// use secure_api::prelude::*;
///
/// # #[derive(Role)] enum Role { Customer }
/// # #[derive(Version)] enum Version { V1 }
/// # /// Pays.
/// #[post("/payments", version = Version::V1.., role = Role::Customer, by = Dpop)]
/// async fn pay() -> Accepted {
///     Accepted
/// }
/// # #[api(roles = Role, versions = Version, limit = Limit::per_principal(60).per_minute(), routes(pay))] struct Shop;
///
/// # let key = "";
/// let app = Shop::app()
///     .tokens(Issuer::new("https://login.shop.example").audience("shop-api").key(Key::es256_pem(key)))
///     .base_url("https://shop.example")
///     .dpop(Dpop::new());
/// ```
#[derive(Debug, Clone)]
pub struct Dpop {
    pub(crate) window: Duration,
    pub(crate) nonces: bool,
}

impl Credential for Dpop {
    const KIND: Kind = DPOP;
}

impl Default for Dpop {
    fn default() -> Self {
        Self::new()
    }
}

impl Dpop {
    /// Creates the settings that fit most: a proof is good for a minute before and after the time that it states, and there
    /// are no nonces.
    pub fn new() -> Self {
        Self { window: WINDOW, nonces: false }
    }

    /// Sets the time by which the `iat` of a proof may lie before or after now, in whole seconds from 1 to 300. By default a
    /// minute.
    #[must_use]
    pub fn window(mut self, window: Duration) -> Self {
        self.window = window;
        self
    }

    /// Demands of each proof a nonce that this server gave (RFC 9449, section 9), so that nobody who had a client's key for a
    /// moment made proofs for later. A nonce is good for two and a half to five minutes, and nothing is remembered of it: it is
    /// derived from the app's [`secret`](crate::app::AppBuilder::secret), so that all machines with one secret accept it.
    ///
    /// A client that has none yet is answered 401 with one, and asks again.
    #[must_use]
    pub fn nonces(mut self) -> Self {
        self.nonces = true;
        self
    }

    /// Returns what is wrong with it.
    pub(crate) fn mistake(&self) -> Option<StartProblem> {
        let fits = self.window >= Duration::from_secs(1) && self.window <= LARGEST;
        (!fits).then(|| StartProblem {
            code: "SA181",
            text: "proofs are good for less than 1 or more than 300 seconds".to_owned(),
            help: "leave `.window(…)` out for a minute; clocks that differ by more are to be set",
        })
    }

    /// Returns the window in seconds.
    pub(crate) fn seconds(&self) -> i64 {
        // At most 300, or the app does not start.
        i64::try_from(self.window.as_secs()).unwrap_or_default()
    }
}
