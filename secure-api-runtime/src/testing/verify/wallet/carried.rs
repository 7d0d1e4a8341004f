//! Credentials as a request carries them: each at the place of its kind.

use super::super::{
    draft::{Draft, Fault, Persona},
    world::World,
};
use crate::{identity::Principal, inventory::CredentialModel, testing::request::Request};

/// Adds credentials of a kind that stands in a request.
fn presented(request: Request, kind: &CredentialModel, text: &str) -> Request {
    match (&kind.header, &kind.cookie, &kind.query) {
        (Some(header), ..) => request.header(header, text),
        (_, Some(cookie), _) => request.header("cookie", format!("{cookie}={text}")),
        (.., Some(parameter)) => request.query(parameter, text),
        (None, None, None) => request.header("authorization", format!("{} {text}", kind.name)),
    }
}

/// Adds credentials that nobody was given. No client has a certificate of that sort, so of that kind there are then none.
fn unknown(request: Request, kind: &CredentialModel) -> Request {
    const TEXT: &str = "verify-that-nobody-was-given-this";

    if kind.certificate { request } else { presented(request, kind, TEXT) }
}

impl Draft<'_> {
    /// Returns the same with credentials of a kind that stands in a request, beside those that it has.
    pub(in crate::testing::verify) fn carrying(
        mut self,
        kind: &CredentialModel,
        text: impl Into<String>,
    ) -> Self {
        let text = text.into();
        match (&kind.header, &kind.cookie, &kind.query) {
            (Some(header), ..) => self.further.push((header.clone(), text)),
            (_, Some(cookie), _) => {
                self.further.push(("cookie".to_owned(), format!("{cookie}={text}")));
                return self.header("sec-fetch-site", "same-origin");
            }
            (.., Some(parameter)) => self.query.push((parameter.clone(), text)),
            (None, None, None) => {
                return self.header("authorization", format!("{} {text}", kind.name));
            }
        }
        self
    }
}

impl World {
    /// Begins a request that brings the credentials of a persona.
    pub(in crate::testing::verify) async fn proved(
        &self,
        draft: &Draft<'_>,
        persona: &Persona,
    ) -> Request {
        let kinds = self.kinds_of(draft.target.operation, persona);
        let roles = match &persona.roles[..] {
            [] => "no role".to_owned(),
            roles => roles.join(", "),
        };
        let mut who = format!("{} ({roles})", persona.subject);
        if !kinds.iter().all(CredentialModel::is_bearer) {
            let names: Vec<&str> = kinds.iter().map(|kind| &*kind.name).collect();
            who = format!("{who} by {}", names.join(" and "));
        }
        let mut request = Request::new(&self.client, who, draft.method, &draft.path);
        for kind in &kinds {
            let fault = persona.fault.as_ref().filter(|(of, _)| of == kind);
            request = match fault.map(|(_, fault)| *fault) {
                None => self.with(request, kind, persona).await,
                Some(Fault::MadeUp) => unknown(request, kind),
                Some(Fault::Elsewhere) => {
                    let tenant = Some("tenant-of-others".to_owned());
                    self.with(request, kind, &Persona { tenant, ..persona.clone() }).await
                }
            };
        }
        request
    }

    /// Adds the credentials of one kind.
    async fn with(&self, request: Request, kind: &CredentialModel, persona: &Persona) -> Request {
        if kind.is_bearer() && self.makes(kind) {
            return request.token(self.actor(persona).token());
        }
        if kind.is_dpop() && self.makes(kind) {
            return request.proved(self.prover.clone(), &self.bound_token(persona));
        }
        if self.makes(kind) {
            let Some(coin) = self.coin(kind, persona).await else { return request };
            return presented(request, kind, &coin.text);
        }
        let mut holders = self.given.holders.iter();
        let of_kind = |(name, ..): &&(String, Principal, String)| *name == kind.name;
        let given = persona.given.map(|place| &self.given.holders[place]).filter(of_kind);
        match given.or_else(|| holders.find(of_kind)) {
            Some((.., pem)) if kind.certificate => request.certificate(pem),
            Some((.., text)) => presented(request, kind, text),
            None => request,
        }
    }
}
