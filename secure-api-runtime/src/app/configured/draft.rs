//! An app that a configuration is applied to: its builder, and the settings that are applied together.

#[cfg(feature = "redis")]
use std::{path::PathBuf, time::Duration};

use super::super::AppBuilder;
#[cfg(feature = "tls")]
use super::tls::TlsDraft;
#[cfg(feature = "discovery")]
use crate::token::{Issuer, PublishedAt};
use crate::{
    config::Unfit,
    manage::Manage,
    secret::{NamesOrigin, SecretBytes},
};
#[cfg(feature = "redis")]
use crate::{
    ledger::{self, Redis},
    named_file,
};

/// The faults of settings that are applied together, each with a name of them.
pub(super) type Unfits = Vec<(&'static str, Unfit)>;

/// The most kibibytes of a file of authorities: those that a machine trusts have a few hundred.
#[cfg(any(feature = "acme", feature = "redis"))]
pub(super) const MOST_AUTHORITIES: u64 = 1024;

/// An app that a configuration is applied to.
pub(super) struct Draft {
    pub(super) builder: AppBuilder,
    #[cfg(feature = "tls")]
    pub(super) tls: TlsDraft,
    #[cfg(feature = "redis")]
    pub(super) ledger: LedgerDraft,
    pub(super) manage: ManageDraft,
    #[cfg(feature = "discovery")]
    pub(super) tokens: TokensDraft,
}

/// The Redis that is the ledger.
#[cfg(feature = "redis")]
#[derive(Default)]
pub(super) struct LedgerDraft {
    pub(super) url: Option<String>,
    pub(super) user: Option<String>,
    pub(super) password: Option<SecretBytes>,
    pub(super) authorities: Option<PathBuf>,
    pub(super) deadline: Option<Duration>,
}

/// The management listener.
#[derive(Default)]
pub(super) struct ManageDraft {
    pub(super) address: Option<String>,
    pub(super) token: Option<SecretBytes>,
    pub(super) hosts: Option<Vec<String>>,
}

/// The issuer of tokens.
#[cfg(feature = "discovery")]
#[derive(Default)]
pub(super) struct TokensDraft {
    pub(super) issuer: Option<String>,
    pub(super) audience: Option<String>,
    pub(super) jwks_uri: Option<String>,
    pub(super) roles_claim: Option<String>,
    pub(super) tenant_claim: Option<String>,
}

impl Draft {
    pub(super) fn of(builder: AppBuilder) -> Self {
        Self {
            builder,
            #[cfg(feature = "tls")]
            tls: TlsDraft::default(),
            #[cfg(feature = "redis")]
            ledger: LedgerDraft::default(),
            manage: ManageDraft::default(),
            #[cfg(feature = "discovery")]
            tokens: TokensDraft::default(),
        }
    }

    /// Applies what is applied together, and gives the builder back.
    pub(super) fn finish(self) -> (AppBuilder, Unfits) {
        let Self {
            mut builder,
            #[cfg(feature = "tls")]
            tls,
            #[cfg(feature = "redis")]
            ledger,
            manage,
            #[cfg(feature = "discovery")]
            tokens,
        } = self;
        let mut unfits = Unfits::new();
        #[cfg(feature = "tls")]
        unfits.extend(tls.apply(&mut builder));
        #[cfg(feature = "redis")]
        unfits.extend(ledger.apply(&mut builder));
        #[cfg(feature = "discovery")]
        unfits.extend(tokens.apply(&mut builder));
        unfits.extend(manage.apply(&mut builder));
        (builder, unfits)
    }
}

#[cfg(feature = "redis")]
impl LedgerDraft {
    /// Puts the Redis in the place of the program's ledger.
    fn apply(self, builder: &mut AppBuilder) -> Option<(&'static str, Unfit)> {
        let Self { url, user, password, authorities, deadline } = self;
        let Some(url) = url else {
            let stated = [
                ("ledger.user", user.is_some()),
                ("ledger.password", password.is_some()),
                ("ledger.authorities", authorities.is_some()),
                ("ledger.deadline", deadline.is_some()),
            ];
            let (name, _) = stated.into_iter().find(|(_, stated)| *stated)?;
            return Some((name, Unfit::Without("ledger.url")));
        };
        let mut redis = Redis::connect(url);
        if let Some(user) = user {
            redis = redis.user(user);
        }
        if let Some(password) = password {
            redis = redis.password(password);
        }
        if let Some(deadline) = deadline {
            redis = redis.deadline(deadline);
        }
        let mut unread = None;
        if let Some(path) = authorities {
            match named_file::read(&path, MOST_AUTHORITIES) {
                Ok(pem) => redis = redis.authorities(pem),
                Err(why) => unread = Some(("ledger.authorities", Unfit::Unread(why))),
            }
        }
        builder.ledger = Some(Box::new(ledger::Own(redis)));
        unread
    }
}

impl ManageDraft {
    /// Moves the program's management listener, or opens one.
    fn apply(self, builder: &mut AppBuilder) -> Option<(&'static str, Unfit)> {
        let Self { address, token, hosts } = self;
        let before = builder.manage.take();
        let mut manage = match (address, before) {
            (Some(address), Some(before)) => before.moved_to(&address),
            (Some(address), None) => Manage::at(&*address),
            (None, Some(before)) => before,
            (None, None) => {
                let stated = [("manage.token", token.is_some()), ("manage.hosts", hosts.is_some())];
                let (name, _) = stated.into_iter().find(|(_, stated)| *stated)?;
                return Some((name, Unfit::Without("manage.address")));
            }
        };
        if let Some(token) = token {
            manage = manage.token(token.secret());
        }
        if let Some(hosts) = hosts {
            manage = manage.with_hosts(hosts);
        }
        builder.manage = Some(manage);
        None
    }
}

#[cfg(feature = "discovery")]
impl TokensDraft {
    /// Changes the program's issuer, or adds a discovered one.
    fn apply(self, builder: &mut AppBuilder) -> Option<(&'static str, Unfit)> {
        let Self { issuer: name, audience, jwks_uri, roles_claim, tenant_claim } = self;
        let stated = [
            ("tokens.issuer", name.is_some()),
            ("tokens.audience", audience.is_some()),
            ("tokens.jwks_uri", jwks_uri.is_some()),
            ("tokens.roles_claim", roles_claim.is_some()),
            ("tokens.tenant_claim", tenant_claim.is_some()),
        ];
        let (first, _) = stated.into_iter().find(|(_, stated)| *stated)?;
        if builder.issuers.len() > 1 {
            return Some((first, "of one issuer, and the program names several".into()));
        }
        let mut issuer = match (builder.issuers.pop(), name) {
            (Some(mut issuer), Some(name)) => {
                issuer.name = name;
                issuer
            }
            (Some(issuer), None) => issuer,
            (None, Some(name)) => Issuer::discover(name),
            (None, None) => return Some((first, Unfit::Without("tokens.issuer"))),
        };
        if let Some(audience) = audience {
            issuer = issuer.audience(audience);
        }
        if let Some(url) = jwks_uri {
            issuer.published = Some(PublishedAt::Stated(url));
        }
        if let Some(claim) = roles_claim {
            issuer = issuer.roles_claim(claim);
        }
        if let Some(claim) = tenant_claim {
            issuer = issuer.tenant_claim(claim);
        }
        builder.issuers.push(issuer);
        None
    }
}
