//! One operation of a document: its parts, put together.

use utoipa::openapi::{
    Deprecated, SecurityRequirement,
    path::{self, OperationBuilder},
};

use super::{
    example::Examples,
    openapi::SCHEME,
    refusal::Responses,
    schema::{Schemas, some},
};
use crate::inventory::{AccessModel, ApiModel, ContentModel, Operation, VersionModel};

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
            .securities(Some(security(operation)))
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

/// Returns one alternative for each of the least roles: any of them is enough, each with all scopes. Public is the
/// empty alternative, since an empty list would read as nothing having been said.
fn security(operation: &Operation) -> Vec<SecurityRequirement> {
    let needed = |role| std::iter::once(role).chain(&operation.scopes);
    match &operation.access {
        AccessModel::Public(_) => vec![SecurityRequirement::default()],
        AccessModel::Roles(roles) => {
            roles.iter().map(|role| SecurityRequirement::new(SCHEME, needed(role))).collect()
        }
    }
}
