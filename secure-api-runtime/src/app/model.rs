//! The model of an app: that of its API, with the settings that bear on its security.

#[cfg(feature = "discovery")]
use std::time::Duration;

use super::{AppBuilder, router::KEYS};
#[cfg(feature = "discovery")]
use crate::token::{KEPT, PublishedAt, REMEMBERED};
use crate::{
    docs,
    dpop::Dpop,
    identity::{Bearer, Credential, DPOP, Place},
    inventory::{
        ApiModel, CredentialModel, DpopSettings, IssuerKeys, IssuerSettings, LimitModel, Settings,
    },
    proxies::ForwardedHeader,
    session::Session,
    token::Issuer,
};

impl AppBuilder {
    /// Returns the API and the settings so far as owned plain data.
    pub fn model(&self) -> ApiModel {
        let mut model = ApiModel { settings: Some(self.settings()), ..self.api.model() };
        let mut served = docs::places(&model);
        served.extend(self.sign_in.as_ref().map(|_| KEYS.to_owned()));
        if let Some(settings) = &mut model.settings {
            settings.served = served;
        }
        model
    }

    fn settings(&self) -> Settings {
        let super::Settings {
            clock: _,
            // A place on one machine.
            spool: _,
            // Where those who run it have it written.
            audited: _,
            server,
            behavior,
            address_limit,
            limit_scale,
            body_limit,
            gzip,
            deadline,
            most_open,
            hosts,
            base_url,
            proxies: _,
            proxy_names,
            forwarded,
            origins,
            docs,
            inventory: _,
            reopened: _,
            previews,
        } = &self.settings;
        let versions = self.api.versions.versions.iter().enumerate();
        let previews = versions
            .filter(|(place, version)| version.preview && previews.serve(*place, version))
            .map(|(_, version)| version.segment.to_owned());
        Settings {
            hosts: hosts.clone(),
            base_url: base_url.as_ref().map(ToString::to_string),
            proxies: proxy_names.clone(),
            forwarded: match (proxy_names.is_empty(), forwarded) {
                (true, _) => None,
                (false, stated) => {
                    let header = stated.unwrap_or(ForwardedHeader::XForwardedFor);
                    header.name().map(|name| name.as_str().to_owned())
                }
            },
            proxy_protocol: server.proxy_protocol,
            behavior: Some(behavior.name().to_owned()),
            origins: origins.clone(),
            address_limit: LimitModel::from(address_limit),
            limit_scale: *limit_scale,
            body_limit: *body_limit,
            gzip: *gzip,
            deadline_seconds: deadline.as_secs_f64(),
            most_open: *most_open,
            issuers: self.issuers.iter().map(issuer).chain(self.own_issuer()).collect(),
            credentials: self.credentials(),
            dpop: self.dpop.as_ref().map(proofs),
            client_certificates: self.knows_certificates(),
            standing_seconds: self
                .standing
                .as_ref()
                .map(|standing| standing.remembered.as_secs_f64()),
            #[cfg(feature = "client")]
            upstreams: self.called(),
            #[cfg(not(feature = "client"))]
            upstreams: Vec::new(),
            previews: previews.collect(),
            docs: docs.settings().clone(),
            served: Vec::new(),
        }
    }
}

impl AppBuilder {
    /// Returns the kinds of credentials that there are sources of.
    fn credentials(&self) -> Vec<CredentialModel> {
        let tokens = !self.issuers.is_empty() || self.sign_in.is_some();
        let bearer = tokens.then_some(&Bearer::KIND);
        let bound = self.dpop.as_ref().map(|_| &DPOP);
        let own = self.sources.iter().map(|(kind, _)| kind);
        let sessions = self.sessions.as_ref().map(|_| &Session::KIND);
        let tokens = bearer.into_iter().chain(bound);
        tokens.chain(sessions).chain(own).map(CredentialModel::from).collect()
    }
}

impl AppBuilder {
    /// Returns `true` if the app's server asks clients for certificates, or a proxy does for a source of them.
    fn knows_certificates(&self) -> bool {
        let known = self.sources.iter().any(|(kind, _)| kind.place() == Place::Connection);
        self.asks_clients() || (known && !self.settings.proxy_names.is_empty())
    }
}

impl AppBuilder {
    /// Returns the app as an issuer of tokens to its own users, where it is one.
    fn own_issuer(&self) -> Option<IssuerSettings> {
        let sign_in = self.sign_in.as_ref()?;
        let base_url = self.settings.base_url.as_ref().map(ToString::to_string);
        let name = sign_in.issuer.clone().or(base_url)?;
        let issuer_of = Issuer::new(name).audience(&*sign_in.audience);
        let settings = issuer(&match &sign_in.tenant_claim {
            Some(claim) => issuer_of.tenant_claim(&**claim),
            None => issuer_of,
        });
        Some(IssuerSettings { keys: IssuerKeys::Own, ..settings })
    }
}

fn proofs(Dpop { window, nonces }: &Dpop) -> DpopSettings {
    DpopSettings { window_seconds: window.as_secs_f64(), nonces: *nonces }
}

fn issuer(issuer: &Issuer) -> IssuerSettings {
    // Of its keys nothing is told, not even the public ones.
    let Issuer {
        name,
        audience,
        keys: stated,
        own: _,
        #[cfg(feature = "discovery")]
        published,
        #[cfg(feature = "discovery")]
        keys_kept,
        #[cfg(feature = "discovery")]
        asked,
        #[cfg(feature = "discovery")]
        answers_kept,
        shape,
        tenant_claim,
        leeway,
        partial_profile,
        for_tests,
    } = issuer;
    #[cfg(feature = "discovery")]
    let (published, keys_kept, answers_kept) = (
        published.as_ref().map(keys_at),
        published.as_ref().map(|_| kept(*keys_kept, KEPT)),
        asked.as_ref().map(|_| kept(*answers_kept, REMEMBERED)),
    );
    #[cfg(not(feature = "discovery"))]
    let (published, keys_kept, answers_kept) = (None, None, None);
    let keys = match published {
        Some(at) => at,
        None if answers_kept.is_some() && stated.is_empty() => IssuerKeys::Unknown,
        None => IssuerKeys::Stated,
    };
    IssuerSettings {
        name: name.clone(),
        keys,
        keys_kept_seconds: keys_kept,
        introspection_kept_seconds: answers_kept,
        audience: audience.clone(),
        roles_claim: shape.roles.join(", "),
        clients: shape.clients.clone(),
        tenant_claim: tenant_claim.clone(),
        leeway_seconds: leeway.as_secs_f64(),
        partial_profile: partial_profile.map(str::to_owned),
        untyped: shape.untyped.map(str::to_owned),
        client_as_subject: shape.client_as_subject.map(str::to_owned),
        for_tests: *for_tests,
    }
}

/// Describes the place of the keys that an issuer publishes.
#[cfg(feature = "discovery")]
fn keys_at(at: &PublishedAt) -> IssuerKeys {
    match at {
        PublishedAt::Discovered => IssuerKeys::Discovered,
        PublishedAt::Stated(url) => IssuerKeys::Published(url.clone()),
    }
}

/// Returns a time in seconds, or the default where none is stated.
#[cfg(feature = "discovery")]
fn kept(stated: Option<Duration>, default: i64) -> f64 {
    stated.unwrap_or(Duration::from_secs(default.unsigned_abs())).as_secs_f64()
}
