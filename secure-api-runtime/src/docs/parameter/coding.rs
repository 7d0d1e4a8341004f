//! The header field that tells that a body is compressed.

use utoipa::openapi::{
    Required,
    path::{Parameter, ParameterBuilder, ParameterIn},
};

use crate::{
    docs::schema::exactly,
    inventory::{ApiModel, ArgumentModel, Operation},
};

/// Returns it for an operation that takes a body, where the app takes such.
pub(super) fn coding(api: &ApiModel, operation: &Operation) -> Option<Parameter> {
    let is_body = |argument: &ArgumentModel| {
        matches!(argument, ArgumentModel::Body { .. } | ArgumentModel::RawBody { .. })
    };
    if !api.takes_gzip() || !operation.arguments.iter().any(is_body) {
        return None;
    }
    let text = "There if the body is compressed (RFC 9110, section 8.4). Its bound is that of the content.";
    let parameter = ParameterBuilder::new()
        .name("Content-Encoding")
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(text))
        .schema(Some(exactly("gzip")));
    Some(parameter.build())
}
