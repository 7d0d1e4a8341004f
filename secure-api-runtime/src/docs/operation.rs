//! One operation of a document: its parts, put together.

use utoipa::openapi::{
    Deprecated, SecurityRequirement,
    path::{self, OperationBuilder},
};

use super::{
    credentials,
    example::Examples,
    refusal::Responses,
    schema::{Schemas, some},
};
use crate::inventory::{
    AccessModel, ApiModel, ByModel, ContentModel, CredentialModel, Operation, VersionModel,
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

/// Returns one alternative for each of the least roles and each kind of credentials: any of them is enough, each with all
/// scopes. Public is the empty alternative, since an empty list would read as nothing having been said.
fn security(api: &ApiModel, operation: &Operation) -> Vec<SecurityRequirement> {
    let AccessModel::Roles(roles) = &operation.access else {
        return vec![SecurityRequirement::default()];
    };
    let kinds = api.credentials_of(operation);
    let needed = |role| std::iter::once(role).chain(&operation.scopes);
    let together = matches!(operation.by, ByModel::AllOf(_));
    let alternatives = roles.iter().flat_map(|role| {
        let of_kind = |requirement: SecurityRequirement, kind: &CredentialModel| {
            requirement.add(credentials::name(kind), needed(role))
        };
        if together {
            vec![kinds.iter().fold(SecurityRequirement::default(), of_kind)]
        } else {
            kinds.iter().map(|kind| of_kind(SecurityRequirement::default(), kind)).collect()
        }
    });
    alternatives.collect()
}
