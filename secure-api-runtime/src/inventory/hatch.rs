//! The exceptions of an API and its app from rules, in one list, each with its reason.

use serde::Serialize;

use super::{
    AccessModel, ApiModel, Exception, LimitArm, LimitModel, Operation, SchemaForm, UpstreamToken,
};

/// An exception from a rule, and the place that it holds for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hatch {
    /// The operation, its field as `create_order NewOrder.id` or `sign_in SignedIn.token`, the issuer; nothing for the whole API.
    pub place: Option<String>,
    /// The rule's name, as `public`, `unlimited`, `extractor`.
    pub rule: String,
    /// The reason stated.
    pub reason: String,
}

impl ApiModel {
    /// Returns every exception: those of the API, of each operation in its order, and of the app's settings.
    pub fn hatches(&self) -> Vec<Hatch> {
        let mut hatches: Vec<Hatch> =
            self.exceptions.iter().map(|one| of_rule(None, one)).collect();
        hatches.extend(unlimited(None, &self.limits));
        for operation in &self.operations {
            hatches.extend(self.hatches_of(operation));
        }
        hatches.extend(self.hatches_of_app());
        hatches
    }

    /// Returns the exceptions of the app's settings.
    pub(crate) fn hatches_of_app(&self) -> Vec<Hatch> {
        let mut hatches = self.in_query();
        let Some(settings) = &self.settings else { return hatches };
        hatches.extend(unlimited(None, std::slice::from_ref(&settings.address_limit)));
        let partial = settings.issuers.iter().filter_map(|issuer| {
            Some(hatch(Some(&issuer.name), "partial_profile", issuer.partial_profile.as_ref()?))
        });
        hatches.extend(partial);
        let untyped = settings.issuers.iter().filter_map(|issuer| {
            Some(hatch(Some(&issuer.name), "untyped", issuer.untyped.as_ref()?))
        });
        hatches.extend(untyped);
        let by_client = settings.issuers.iter().filter_map(|issuer| {
            let reason = issuer.client_as_subject.as_ref()?;
            Some(hatch(Some(&issuer.name), "client_as_subject", reason))
        });
        hatches.extend(by_client);
        for upstream in &settings.upstreams {
            let name = &upstream.name;
            hatches.extend(upstream.internal.iter().map(|Exception { rule: host, reason }| {
                hatch(Some(&format!("{name} {host}")), "internal", reason)
            }));
            if let UpstreamToken::Own(reason) = &upstream.token {
                hatches.push(hatch(Some(name), "own_token", reason));
            }
        }
        hatches.extend(settings.docs.reason.iter().map(|reason| hatch(None, "docs", reason)));
        hatches
    }

    /// Returns the kinds of credentials that stand in the query, each once.
    pub(super) fn in_query(&self) -> Vec<Hatch> {
        let mut found = Vec::new();
        let stated = self.operations.iter().flat_map(|operation| self.credentials_of(operation));
        let known = self.settings.iter().flat_map(|settings| settings.credentials.clone());
        for kind in known.chain(stated) {
            let Some(reason) = &kind.reason else { continue };
            let one = hatch(Some(&kind.name), "credentials_in_query", reason);
            if !found.contains(&one) {
                found.push(one);
            }
        }
        found
    }

    /// Returns the exceptions of fields of an operation's inputs and views, each with the names of input or view and field.
    pub fn field_exceptions<'a>(
        &'a self,
        operation: &'a Operation,
    ) -> impl Iterator<Item = (&'a str, &'a str, &'a Exception)> {
        let views = operation.views.iter().map(|arm| &*arm.view.schema);
        self.fields_within(operation.inputs().chain(views))
            .flat_map(|(of, field)| field.exceptions.iter().map(move |one| (of, &*field.name, one)))
    }

    /// Returns the unions of an operation's inputs of which the first form that fits is taken, each with its reason.
    pub(super) fn ordered<'a>(
        &'a self,
        operation: &'a Operation,
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.within(operation.inputs()).into_iter().filter_map(|input| match &input.form {
            SchemaForm::Untagged { ordered, .. } => Some((&*input.name, ordered.as_deref()?)),
            SchemaForm::Object(_) | SchemaForm::Union { .. } => None,
        })
    }

    /// Returns the exceptions of one operation.
    pub(crate) fn hatches_of(&self, operation: &Operation) -> Vec<Hatch> {
        let name = Some(&*operation.name);
        let mut hatches = Vec::new();
        if let AccessModel::Public(reason) = &operation.access {
            hatches.push(hatch(name, "public", reason));
        }
        if !operation.limits_inherited {
            let limits = operation.limits.iter().flat_map(|LimitArm { limits, .. }| limits);
            hatches.extend(unlimited(name, limits));
        }
        hatches.extend(operation.exceptions.iter().map(|one| of_rule(name, one)));
        hatches.extend(operation.unowned().map(|reason| hatch(name, "unowned", reason)));
        hatches.extend(self.field_exceptions(operation).map(|(of, field, one)| {
            of_rule(Some(&format!("{} {of}.{field}", operation.name)), one)
        }));
        hatches.extend(self.ordered(operation).map(|(of, reason)| {
            hatch(Some(&format!("{} {of}", operation.name)), "ordered", reason)
        }));
        hatches
    }
}

fn hatch(place: Option<&str>, rule: &str, reason: &str) -> Hatch {
    Hatch { place: place.map(str::to_owned), rule: rule.to_owned(), reason: reason.to_owned() }
}

fn of_rule(place: Option<&str>, exception: &Exception) -> Hatch {
    hatch(place, &exception.rule, &exception.reason)
}

fn unlimited<'a>(
    place: Option<&str>,
    limits: impl IntoIterator<Item = &'a LimitModel>,
) -> impl Iterator<Item = Hatch> {
    let reasons = limits.into_iter().filter_map(|limit| limit.reason.as_deref());
    reasons.map(move |reason| hatch(place, "unlimited", reason))
}
