//! One operation of a document: its parts, put together.

use utoipa::openapi::{
    Deprecated, SecurityRequirement,
    path::{self, OperationBuilder},
};

use super::{
    access_tokens, credentials,
    example::Examples,
    refusal::Responses,
    schema::{Schemas, some},
};
use crate::inventory::{
    AccessModel, ApiModel, ContentModel, CredentialModel, Operation, VersionModel,
};

/// A document in the making.
pub(super) struct Parts<'a> {
    pub(super) api: &'a ApiModel,
    pub(super) version: &'a VersionModel,
    pub(super) schemas: Schemas<'a>,
    pub(super) responses: Responses<'a>,
    pub(super) examples: Examples<'a>,
}

impl<'a> Parts<'a> {
    /// Returns one operation, with its parameters, its answers, and its demands on the caller.
    pub(super) fn operation(
        &mut self,
        operation: &'a Operation,
        id: String,
        tag: &str,
    ) -> path::Operation {
        let mut made = OperationBuilder::new()
            .operation_id(Some(id))
            .tags(Some([tag]))
            .summary(Some(some(&operation.summary).unwrap_or(&operation.name)))
            .description(Some(self.text(operation)))
            .securities(Some(security(self.api, operation)))
            .extensions(Some(self.extensions(operation)));
        let (since, end) =
            (operation.deprecated_in(self.version), operation.sunset_in(self.version));
        if since.is_some() || end.is_some() {
            made = made.deprecated(Some(Deprecated::True));
        }
        for parameter in self.parameters(operation) {
            made = made.parameter(parameter);
        }
        if let Some(body) = self.body(operation) {
            made = made.request_body(Some(body));
        }
        made = made.response(operation.answer.status.to_string(), self.success(operation));
        if operation.answer.content == ContentModel::File {
            made = made.response("206", self.part(operation));
        }
        if operation.is_tagged() {
            made = made.response("304", self.unchanged(operation));
        }
        for (status, refusal) in self.responses.refusals(operation) {
            made = made.response(status.to_string(), refusal);
        }
        made.build()
    }
}

/// Returns the alternatives, any of which is enough: one for each scheme, or each set of schemes that are demanded together;
/// where schemes have scopes, one for each of the least roles with all scopes. Public is the empty alternative, since an empty
/// list would read as nothing having been said.
fn security(api: &ApiModel, operation: &Operation) -> Vec<SecurityRequirement> {
    let AccessModel::Roles(roles) = &operation.access else {
        return vec![SecurityRequirement::default()];
    };
    let together = |kinds: Vec<CredentialModel>| {
        let names = kinds.iter().map(|kind| credentials::names(api, operation, kind));
        names.fold(vec![Vec::new()], |sets: Vec<Vec<String>>, names| {
            let with = |set: &Vec<String>| {
                names
                    .iter()
                    .map(|name| [set.as_slice(), std::slice::from_ref(name)].concat())
                    .collect::<Vec<_>>()
            };
            sets.iter().flat_map(with).collect()
        })
    };
    let sets: Vec<Vec<String>> =
        api.alternatives_of(operation).into_iter().flat_map(together).collect();
    let mut alternatives = Vec::new();
    for (role, set) in roles.iter().flat_map(|role| sets.iter().map(move |set| (role, set))) {
        let with = |requirement: SecurityRequirement, name: &String| {
            let needed = std::iter::once(role).chain(&operation.scopes);
            let needed = needed.filter(|_| access_tokens::has_scopes(name));
            requirement.add(name, needed)
        };
        let alternative = set.iter().fold(SecurityRequirement::default(), with);
        if !alternatives.contains(&alternative) {
            alternatives.push(alternative);
        }
    }
    alternatives
}
