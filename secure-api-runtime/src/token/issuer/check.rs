//! The check of issuers when an app is built.

use std::{sync::Arc, time::Duration};

use super::{Issuer, TokenShape, keys::Keys};
#[cfg(feature = "discovery")]
use super::{PublishedAt, discover, introspect};
use crate::{clock::Clock, error::StartProblem, reason::is_sentence, secret::without_secrets};
#[cfg(feature = "discovery")]
use crate::{
    outbound::Fetcher,
    token::{
        introspection::{self, Introspection},
        published,
    },
};

/// The beginnings of issuers that sign for anybody's tenant.
const MULTITENANT: [&str; 3] = [
    "https://login.microsoftonline.com/common/",
    "https://login.microsoftonline.com/organizations/",
    "https://login.microsoftonline.com/consumers/",
];
/// The largest leeway: beyond it a clock is wrong, and leeway would only hide it.
const MAX_LEEWAY: Duration = Duration::from_secs(300);

impl Issuer {
    /// Returns the issuer as it is verified with; of an API with `tenants`, if its callers have some. What is wrong
    /// goes to `problems`, all of it.
    pub(in crate::token) fn check(
        self,
        surroundings: &Surroundings,
        problems: &mut Vec<StartProblem>,
    ) -> Option<Trusted> {
        let before = problems.len();
        let tenants = surroundings.tenants;
        let name: Arc<str> = self.name.into();
        let told = without_secrets(&name);
        let mut report = |code, text: String, help| {
            // A user or a query that no issuer has may be a key.
            let text = if *told == *name { text } else { text.replace(&*name, &told) };
            problems.push(StartProblem { code, text, help });
        };
        if !is_issuer(&name) {
            report(
                "SA150",
                format!("the issuer `{name}` is not an https URL without query and fragment"),
                "give the issuer's identifier as its metadata states it, as `https://login.example`",
            );
        }
        let shape = self.shape;
        let audience = self.audience.filter(|audience| !audience.is_empty());
        if audience.is_none() && shape.clients.is_empty() {
            report(
                "SA151",
                format!("the issuer {name} has no audience"),
                "add `.audience(\"…\")`, this API's name at the issuer",
            );
        }
        if self.leeway > MAX_LEEWAY {
            report(
                "SA155",
                format!("the issuer {name} has a leeway of more than 300 seconds"),
                "set the clocks; a leeway of 30 seconds is plenty then",
            );
        }
        if self.partial_profile.is_some_and(|reason| !is_sentence(reason)) {
            report(
                "SA158",
                format!("the issuer {name} has a partial profile without a reason in words"),
                "write a sentence for the one who reviews it, of three words or more: why its tokens lack claims of RFC 9068",
            );
        }
        if shape.untyped.is_some_and(|reason| !is_sentence(reason)) {
            report(
                "SA171",
                format!(
                    "the issuer {name} has tokens without a type, and no reason in words for it"
                ),
                "write a sentence for the one who reviews it, of three words or more: why its access tokens are not `at+jwt`",
            );
        }
        if shape.client_as_subject.is_some_and(|reason| !is_sentence(reason)) {
            report(
                "SA146",
                format!(
                    "the issuer {name} has tokens whose subject is their client, and no reason in words for it"
                ),
                "write a sentence for the one who reviews it, of three words or more: why none of them is a person's",
            );
        }
        if MULTITENANT.iter().any(|start| name.starts_with(start)) {
            report(
                "SA172",
                format!("the issuer {name} stands for the tenants of everybody"),
                "write the id of your tenant, as `Issuer::entra(\"00000000-0000-0000-0000-000000000000\")`",
            );
        }
        if shape.roles.iter().any(String::is_empty) {
            report(
                "SA159",
                format!("the issuer {name} has a roles claim without a name"),
                "name the claim, or leave `.roles_claim(…)` out for `roles`",
            );
        }
        if tenants && self.tenant_claim.is_none() {
            report(
                "SA162",
                format!("the issuer {name} does not say where a caller's tenant is"),
                "add `.tenant_claim(\"…\")`, the claim that names it, or remove `tenants` from the API",
            );
        }
        if self.tenant_claim.as_deref().is_some_and(str::is_empty) {
            report(
                "SA161",
                format!("the issuer {name} has a tenant claim without a name"),
                "name the claim, as `.tenant_claim(\"org_id\")`",
            );
        }
        #[cfg(feature = "discovery")]
        let asked = self.asked.is_some();
        #[cfg(feature = "discovery")]
        let (keys_kept, answers_kept) = (
            kept(self.keys_kept, 3600..=86_400, published::KEPT),
            kept(self.answers_kept, 0..=300, introspection::REMEMBERED),
        );
        #[cfg(feature = "discovery")]
        if keys_kept.is_none() || (self.keys_kept.is_some() && self.published.is_none()) {
            report(
                "SA128",
                format!(
                    "the keys of the issuer {name} are kept for less than an hour or for more than a day, or it publishes none"
                ),
                "leave `.keys_kept_for(…)` out, or give it hours: for longer than they are fresh, and not for long after they were withdrawn",
            );
        }
        #[cfg(feature = "discovery")]
        if answers_kept.is_none() || (self.answers_kept.is_some() && !asked) {
            report(
                "SA127",
                format!(
                    "what the issuer {name} says of a token is remembered for more than five minutes, or nobody asks it"
                ),
                "leave `.introspection_kept_for(…)` out, or give it seconds: until they are over, a token that was taken back counts",
            );
        }
        #[cfg(feature = "discovery")]
        let introspection = self.asked.and_then(|asked| {
            let discovered = matches!(self.published, Some(PublishedAt::Discovered));
            // What does not fit has been told.
            let asked = (asked, answers_kept.unwrap_or_default());
            introspect::check(&name, asked, discovered, surroundings, &mut report)
        });
        #[cfg(feature = "discovery")]
        let keys = match (self.own, self.published) {
            (Some(own), _) => Keys::of_own(own, &name, self.keys, &mut report),
            (None, Some(at)) => {
                let at = (at, keys_kept.unwrap_or_default());
                discover::check(&name, at, &self.keys, surroundings, &mut report)
            }
            // Each of its tokens is asked about.
            (None, None) if asked && self.keys.is_empty() => Some(Keys::None),
            (None, None) => Keys::check(&name, self.keys, &mut report),
        };
        #[cfg(not(feature = "discovery"))]
        let keys = match self.own {
            Some(own) => Keys::of_own(own, &name, self.keys, &mut report),
            None => Keys::check(&name, self.keys, &mut report),
        };
        if problems.len() > before {
            return None;
        }
        Some(Trusted {
            name,
            audience: audience.map(Into::into),
            keys: keys?,
            #[cfg(feature = "discovery")]
            introspection,
            shape,
            tenant_claim: self.tenant_claim.map(Into::into),
            tenant_required: tenants,
            // At most 300, as was just checked.
            leeway: i64::try_from(self.leeway.as_secs()).ok()?,
            full_profile: self.partial_profile.is_none(),
        })
    }
}

/// The surroundings that all issuers of an app have in common.
pub(in crate::token) struct Surroundings {
    /// `true` if a token without a tenant is refused.
    pub(super) tenants: bool,
    #[cfg(feature = "discovery")]
    pub(super) clock: Clock,
    #[cfg(feature = "discovery")]
    pub(super) fetcher: Arc<Fetcher>,
}

impl Surroundings {
    #[cfg_attr(not(feature = "discovery"), expect(unused_variables, reason = "nothing is fetched"))]
    pub(in crate::token) fn new(tenants: bool, clock: &Clock) -> Self {
        Self {
            tenants,
            #[cfg(feature = "discovery")]
            clock: clock.clone(),
            #[cfg(feature = "discovery")]
            fetcher: Arc::new(Fetcher::new()),
        }
    }
}

/// An issuer without a fault.
pub(in crate::token) struct Trusted {
    pub(in crate::token) name: Arc<str>,
    /// The API's name, none only where `shape` has clients.
    pub(in crate::token) audience: Option<Box<str>>,
    pub(in crate::token) keys: Keys,
    /// Set where it is asked about tokens that are no JWT.
    #[cfg(feature = "discovery")]
    pub(in crate::token) introspection: Option<Arc<Introspection>>,
    pub(in crate::token) shape: TokenShape,
    pub(in crate::token) tenant_claim: Option<Box<str>>,
    /// `true` if a token without a tenant is refused.
    pub(in crate::token) tenant_required: bool,
    /// The leeway in seconds.
    pub(in crate::token) leeway: i64,
    /// `true` if `client_id`, `iat` and `jti` are required.
    pub(in crate::token) full_profile: bool,
}

/// Returns a time in seconds, if it is within its bounds; the default where none is stated.
#[cfg(feature = "discovery")]
fn kept(
    stated: Option<Duration>,
    within: std::ops::RangeInclusive<u64>,
    default: i64,
) -> Option<i64> {
    let Some(stated) = stated else { return Some(default) };
    let fits = within.contains(&stated.as_secs()) && stated <= Duration::from_secs(*within.end());
    fits.then(|| i64::try_from(stated.as_secs()).ok()).flatten()
}

/// Returns `true` for an issuer's identifier (RFC 8414, section 2); on loopback without encryption, for development.
fn is_issuer(name: &str) -> bool {
    let Ok(uri) = name.parse::<http::Uri>() else { return false };
    let host = uri.host().unwrap_or_default();
    let loopback = matches!(host, "localhost" | "127.0.0.1" | "[::1]");
    let plain_ascii = name.bytes().all(|byte| byte.is_ascii_graphic());
    let encrypted = name.starts_with("https://") || (name.starts_with("http://") && loopback);
    encrypted && plain_ascii && !host.is_empty() && !name.contains(['?', '#', '@'])
}
