//! The lines above a table: the API, its own exceptions, and the settings of its app that a review has to see.

use crate::{
    inventory::{
        AddressModel, ApiModel, DpopSettings, Exception, Hatch, IssuerKeys, IssuerSettings,
        PlaceModel, Settings, UpstreamSettings, UpstreamToken, VersionModel,
    },
    version::Brownout,
};

pub(super) fn head(api: &ApiModel) -> String {
    let count = api.operations.len();
    let versions: Vec<String> = api.versions.iter().map(version).collect();
    let roles: Vec<&str> = api.roles.iter().map(|role| &*role.name).collect();
    let mut text = format!(
        "{}: {count} operation{}; versions {}; roles {}",
        api.name,
        if count == 1 { "" } else { "s" },
        versions.join(", "),
        roles.join(", ")
    );
    if api.tenants {
        text.push_str("; tenants");
    }
    text.extend(api.versions.first().map(|version| addresses(&version.addresses)));
    for Exception { rule, reason } in &api.exceptions {
        text.push_str(&format!("\nallowed {rule}: {reason}"));
    }
    for Hatch { place, reason, .. } in api.in_query() {
        let kind = place.unwrap_or_default();
        text.push_str(&format!("\ncredentials {kind} in the query: {reason}"));
    }
    api.settings.iter().for_each(|settings| settings_of(api, settings, &mut text));
    text
}

/// Says where a request states its version, where that is not the first segment of the path.
fn addresses(AddressModel { below, place, unstated: _ }: &AddressModel) -> String {
    let below = match &**below {
        "" => String::new(),
        below => format!("; below {below}"),
    };
    match place {
        PlaceModel::Path => below,
        PlaceModel::Nowhere => below + "; no version in requests",
        PlaceModel::Header(name) => format!("{below}; version in the header {name}"),
        PlaceModel::Query(name) => format!("{below}; version in the query parameter {name}"),
        PlaceModel::MediaType(written) => format!("{below}; version in the media type {written}"),
    }
}

fn version(version: &VersionModel) -> String {
    let mut text = version.segment.clone();
    if version.preview {
        text.push_str(" (preview)");
    }
    if version.addresses.unstated {
        text.push_str(" (also unstated)");
    }
    if let Some(day) = version.deprecated {
        text.push_str(&format!(" (deprecated {day}"));
        if let Some(day) = version.sunset {
            text.push_str(&format!(", sunset {day}"));
        }
        if !version.brownouts.is_empty() {
            text.push_str(&format!(", out {}", Brownout::listed(&version.brownouts)));
        }
        text.push(')');
    }
    text
}

/// Says how the keys of an issuer are learned.
fn keys_of(issuer: &IssuerSettings) -> String {
    let learned = match &issuer.keys {
        IssuerKeys::Stated => "keys stated".to_owned(),
        IssuerKeys::Discovered => "keys discovered".to_owned(),
        IssuerKeys::Published(url) => format!("keys at {url}"),
        IssuerKeys::Own => "keys of its own".to_owned(),
        IssuerKeys::Unknown => "no keys".to_owned(),
    };
    match issuer.keys_kept_seconds {
        Some(seconds) => format!("{learned}, kept for {seconds}s"),
        None => learned,
    }
}

fn settings_of(api: &ApiModel, settings: &Settings, text: &mut String) {
    for issuer in &settings.issuers {
        text.push_str(&format!("\nissuer {}; {}", issuer.name, keys_of(issuer)));
        if let Some(seconds) = issuer.introspection_kept_seconds {
            text.push_str(&format!("; asked about tokens, remembered for {seconds}s"));
        }
        if let Some(reason) = &issuer.partial_profile {
            text.push_str(&format!("; partial profile: {reason}"));
        }
        if let Some(reason) = &issuer.untyped {
            text.push_str(&format!("; tokens without a type: {reason}"));
        }
        if let Some(reason) = &issuer.client_as_subject {
            text.push_str(&format!("; a client is the subject where none is named: {reason}"));
        }
    }
    let others = settings.credentials.iter().filter(|kind| !kind.is_bearer());
    others.for_each(|kind| text.push_str(&format!("\ncredentials {}", kind.name)));
    if let Some(DpopSettings { window_seconds, nonces }) = &settings.dpop {
        let nonces = if *nonces { ", with a nonce" } else { "" };
        text.push_str(&format!("\nproofs good for {window_seconds}s{nonces}"));
    }
    if let Some(seconds) = settings.standing_seconds {
        text.push_str(&format!("\nstanding of accounts remembered for {seconds}s"));
    }
    for UpstreamSettings { name, url, token, internal } in &settings.upstreams {
        let url = url.as_deref().unwrap_or("addresses of users");
        text.push_str(&format!("\ncalls {name} at {url}"));
        match token {
            UpstreamToken::None => {}
            UpstreamToken::Passed => text.push_str(", with the caller's token"),
            UpstreamToken::Exchanged => text.push_str(", with a token for the caller's"),
            UpstreamToken::Own(reason) => {
                text.push_str(&format!(", with a token of its own: {reason}"));
            }
        }
        for Exception { rule: host, reason } in internal {
            text.push_str(&format!("; inside at {host}: {reason}"));
        }
    }
    if !settings.proxies.is_empty() {
        text.push_str(&format!("\ntrusted proxies {}", settings.proxies.join(", ")));
        if let Some(header) = &settings.forwarded {
            text.push_str(&format!("; addresses of clients by {header}"));
        }
        if settings.proxy_protocol {
            text.push_str("; connections by the PROXY protocol");
        }
    }
    if !settings.origins.is_empty() {
        text.push_str(&format!("\nread by pages of {}", settings.origins.join(", ")));
    }
    if settings.gzip {
        text.push_str("\nbodies may be compressed by gzip");
    }
    if let Some(reason) = &settings.address_limit.reason {
        text.push_str(&format!("\naddresses unlimited: {reason}"));
    }
    if api.operations.iter().any(|operation| operation.answer.flows()) {
        let most = settings.most_open;
        text.push_str(&format!("\nanswers open at one time: {most}"));
    }
    if settings.limit_scale != 1 {
        text.push_str(&format!("\nlimits times {}", settings.limit_scale));
    }
    // Unsaid, it is as it is without a statement.
    if let Some(policy) = settings.behavior.as_ref().filter(|policy| *policy != "scored") {
        text.push_str(&format!("\nbehavior {policy}"));
    }
    if !settings.previews.is_empty() {
        text.push_str(&format!("\npreviews served: {}", settings.previews.join(", ")));
    }
    if let Some(reason) = &settings.docs.reason {
        text.push_str(&format!("\ndocuments open: {reason}"));
    }
    if let Some(role) = &settings.docs.role {
        text.push_str(&format!("\ndocuments for {role}"));
    }
    if !settings.served.is_empty() {
        text.push_str(&format!("\nserved besides: {}", settings.served.join(", ")));
    }
}
