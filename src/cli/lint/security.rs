//! Credentials: the schemes of a document, and what its operations demand of them.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    Lint,
    rule::{
        BASIC, IMPLICIT_FLOW, KEY_IN_COOKIE, KEY_IN_QUERY, NO_SCOPES, NO_SECURITY, OPEN_OPERATION,
        PASSWORD_FLOW, UNDEFINED_SCHEME, UNDEFINED_SCOPE, UNKNOWN_TYPE, UNUSED_SCHEME, WEAK_HTTP,
    },
};
use crate::cli::document::{DocumentOperation, is_open, join, resolve, security, texts};

/// The place of schemes.
const SCHEMES: &str = "/components/securitySchemes";

/// The schemes of HTTP that are outdated.
const WEAK: [&str; 5] = ["digest", "hoba", "negotiate", "ntlm", "oauth"];

impl Lint<'_> {
    /// Looks at each scheme by itself, and whether anything demands it.
    pub(super) fn schemes(&mut self, operations: &[DocumentOperation<'_>]) {
        let document = self.document;
        let mut demanded = BTreeSet::new();
        for operation in operations {
            let alternatives = security(document, operation.value).unwrap_or_default();
            let names = alternatives.iter().filter_map(Value::as_object).flat_map(|one| one.keys());
            demanded.extend(names.map(String::as_str));
        }
        let schemes = document.pointer(SCHEMES).and_then(Value::as_object);
        for (name, scheme) in schemes.into_iter().flatten() {
            let place = join(SCHEMES, name);
            self.ask(&UNUSED_SCHEME, &place, demanded.contains(name.as_str()), name);
            if let Some((scheme, place)) = resolve(document, scheme, place) {
                self.scheme(name, scheme, &place);
            }
        }
    }

    fn scheme(&mut self, name: &str, scheme: &Value, place: &str) {
        let text = |member: &str| scheme.get(member).and_then(Value::as_str).unwrap_or_default();
        let known = ["http", "apiKey", "oauth2", "openIdConnect", "mutualTLS"];
        self.ask(&UNKNOWN_TYPE, place, known.contains(&text("type")), name);
        match text("type") {
            "http" => {
                let http = text("scheme").to_lowercase();
                self.ask(&BASIC, place, http != "basic", name);
                self.ask(&WEAK_HTTP, place, !WEAK.contains(&&*http), name);
            }
            "apiKey" => {
                let is_bound =
                    ["__Host-", "__Secure-"].iter().any(|prefix| text("name").starts_with(prefix));
                self.ask(&KEY_IN_QUERY, place, text("in") != "query", name);
                self.ask(&KEY_IN_COOKIE, place, text("in") != "cookie" || is_bound, name);
            }
            "oauth2" => self.flows(name, scheme, &join(place, "flows")),
            "openIdConnect" => {
                self.issuer(text("openIdConnectUrl"), &join(place, "openIdConnectUrl"))
            }
            _ => {}
        }
    }

    fn flows(&mut self, name: &str, scheme: &Value, place: &str) {
        let flow = |flow: &str| scheme.get("flows").and_then(|flows| flows.get(flow)).is_none();
        self.ask(&IMPLICIT_FLOW, &join(place, "implicit"), flow("implicit"), name);
        self.ask(&PASSWORD_FLOW, &join(place, "password"), flow("password"), name);
        let flows = scheme.get("flows").and_then(Value::as_object).into_iter().flatten();
        for (flow, value) in flows {
            for member in ["authorizationUrl", "tokenUrl", "refreshUrl"] {
                if let Some(url) = value.get(member).and_then(Value::as_str) {
                    self.issuer(url, &join(&join(place, flow), member));
                }
            }
        }
    }

    /// Looks at what an operation demands.
    pub(super) fn credentials(&mut self, operation: &DocumentOperation<'_>) {
        let (document, name, place) = (self.document, operation.name(), &operation.place);
        let stated = security(document, operation.value);
        self.ask(&NO_SECURITY, place, stated.is_some(), &name);
        let Some(alternatives) = stated else { return };
        let has_reason = has_text(operation.value, "x-public-reason");
        self.ask(&OPEN_OPERATION, place, !is_open(alternatives) || has_reason, &name);
        let has_roles = ["x-required-roles", "x-required-scopes"]
            .iter()
            .any(|member| texts(operation.value.get(member)).next().is_some());
        let stated_at = match operation.value.get("security") {
            Some(_) => join(place, "security"),
            None => "/security".to_owned(),
        };
        let alternatives = alternatives.iter().enumerate().filter_map(|(index, one)| {
            Some((join(&stated_at, &index.to_string()), one.as_object()?))
        });
        let demands = alternatives.flat_map(|(place, one)| {
            one.iter().map(move |(scheme, scopes)| (join(&place, scheme), scheme, scopes))
        });
        for (place, scheme, scopes) in demands {
            let about = format!("{name} by {scheme}");
            let at = join(SCHEMES, scheme);
            let defined = document.pointer(&at).and_then(|found| resolve(document, found, at));
            self.ask(&UNDEFINED_SCHEME, &place, defined.is_some(), &about);
            let Some((defined, _)) = defined else { continue };
            let kind = defined.get("type").and_then(Value::as_str);
            if kind != Some("oauth2") && kind != Some("openIdConnect") {
                continue;
            }
            let is_scoped = texts(Some(scopes)).next().is_some() || has_roles;
            self.ask(&NO_SCOPES, &place, is_scoped, &about);
            let given = scopes_of(defined);
            // What an issuer that is discovered can give, only its own document tells.
            let unknown =
                texts(Some(scopes)).find(|scope| kind == Some("oauth2") && !given.contains(scope));
            let about = format!("{about} with {}", unknown.unwrap_or_default());
            self.ask(&UNDEFINED_SCOPE, &place, unknown.is_none(), &about);
        }
    }
}

fn has_text(value: &Value, member: &str) -> bool {
    value.get(member).and_then(Value::as_str).is_some_and(|text| !text.trim().is_empty())
}

/// Returns the scopes that the flows of a scheme can give.
fn scopes_of(scheme: &Value) -> BTreeSet<&str> {
    let flows = scheme.get("flows").and_then(Value::as_object).into_iter().flatten();
    let scopes = flows.filter_map(|(_, flow)| flow.get("scopes").and_then(Value::as_object));
    scopes.flat_map(|scopes| scopes.keys()).map(String::as_str).collect()
}
