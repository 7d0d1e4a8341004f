//! The model of an app: that of its API, with the settings that bear on its security.

use super::AppBuilder;
use crate::{
    dpop::Dpop,
    identity::{Bearer, Credential, DPOP},
    inventory::{ApiModel, CredentialModel, DpopSettings, IssuerSettings, LimitModel, Settings},
    session::Session,
    token::Issuer,
};

impl AppBuilder {
    /// Returns the API and the settings so far as owned plain data.
    pub fn model(&self) -> ApiModel {
        ApiModel { settings: Some(self.settings()), ..self.api.model() }
    }

    fn settings(&self) -> Settings {
        let super::Settings {
            clock: _,
            server: _,
            address_limit,
            limit_scale,
            body_limit,
            deadline,
            hosts,
            base_url,
            proxies: _,
            proxy_names,
            origins,
            docs,
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
            origins: origins.clone(),
            address_limit: LimitModel::from(address_limit),
            limit_scale: *limit_scale,
            body_limit: *body_limit,
            deadline_seconds: deadline.as_secs_f64(),
            issuers: self.issuers.iter().map(issuer).collect(),
            credentials: self.credentials(),
            dpop: self.dpop.as_ref().map(proofs),
            previews: previews.collect(),
            docs: docs.settings().clone(),
        }
    }
}

impl AppBuilder {
    /// Returns the kinds of credentials that there are sources of.
    fn credentials(&self) -> Vec<CredentialModel> {
        let bearer = (!self.issuers.is_empty()).then_some(&Bearer::KIND);
        let bound = self.dpop.as_ref().map(|_| &DPOP);
        let own = self.sources.iter().map(|(kind, _)| kind);
        let sessions = self.sessions.as_ref().map(|_| &Session::KIND);
        let tokens = bearer.into_iter().chain(bound);
        tokens.chain(sessions).chain(own).map(CredentialModel::from).collect()
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
        keys: _,
        #[cfg(feature = "discovery")]
            published: _,
        roles_claim,
        tenant_claim,
        leeway,
        partial_profile,
        for_tests,
    } = issuer;
    IssuerSettings {
        name: name.clone(),
        audience: audience.clone(),
        roles_claim: roles_claim.clone(),
        tenant_claim: tenant_claim.clone(),
        leeway_seconds: leeway.as_secs_f64(),
        partial_profile: partial_profile.map(str::to_owned),
        for_tests: *for_tests,
    }
}
