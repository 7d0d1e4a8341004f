//! The schema of a problem document (RFC 9457), with the members that the framework adds.

use serde_json::{Value, json};
use utoipa::openapi::{
    Object, ObjectBuilder, Ref, RefOr, Schema, Type, schema::AdditionalProperties,
};

use super::schema::{Schemas, described, integer, list, text};
use crate::{error::problem, inventory::Refusal};

/// Adds it to the schemas of a document.
pub(super) fn problem_schema(schemas: &mut Schemas<'_>) -> Ref {
    let closed = || {
        ObjectBuilder::new()
            .schema_type(Type::Object)
            .additional_properties(Some(AdditionalProperties::FreeForm(false)))
    };
    let saying = |description: &str, schema: Object| -> RefOr<Schema> {
        described(schema.into(), description)
    };
    let invalid = closed()
        .description(Some("One place in the input that is wrong. What was sent is not repeated."))
        .property(
            "pointer",
            saying(
                "JSON Pointer into the body (RFC 6901), or the name of a query parameter, a header or a cookie.",
                text(0, 1024, None, None),
            ),
        )
        .property(
            "code",
            saying("The rule, as a stable word.", text(1, 64, Some("^[a-z][a-z0-9-]*$"), None)),
        )
        .property("detail", saying("The rule in words.", text(0, 1024, None, None)))
        .required("pointer")
        .required("code")
        .required("detail")
        .examples([invalid_field()]);
    let invalid = schemas.add("InvalidField", invalid.build());
    let problem = closed()
        .description(Some("Why a request was refused (RFC 9457). All texts are constant."))
        .property(
            "type",
            saying("Identifies the kind of problem.", text(1, 256, None, Some("uri"))),
        )
        .property("title", saying("The kind of problem in words.", text(1, 256, None, None)))
        .property("status", saying("The HTTP status.", integer(400, 599)))
        .property(
            "detail",
            saying(
                "This refusal in words, where its kind leaves something open.",
                text(1, 256, None, None),
            ),
        )
        .property("errors", list(invalid.into(), None, 50))
        .property("violated-policies", list(text(1, 128, None, None).into(), None, 32))
        .required("type")
        .required("title")
        .required("status")
        .examples([example(&(&problem::INVALID_INPUT).into())]);
    schemas.add("Problem", problem.build())
}

/// Returns an example of a problem document. One of an input tells a place that is wrong.
pub(super) fn example(problem: &Refusal) -> Value {
    let mut document = json!({
        "type": problem.uri,
        "title": problem.title,
        "status": problem.status,
    });
    if problem.uri == problem::INVALID_INPUT.uri() {
        document["errors"] = json!([invalid_field()]);
    } else if problem.uri == problem::INVALID_QUERY.uri() {
        document["errors"] =
            json!([{ "pointer": "size", "code": "range", "detail": "from 1 to 100" }]);
    } else if problem.uri == problem::UNKNOWN_VERSION.uri() {
        document["errors"] = json!([{
            "pointer": "x-api-version", "code": "choice", "detail": "one of: 2026-06-01, 2026-10-01"
        }]);
    } else if problem.uri == problem::INVALID_HEADER.uri() {
        document["errors"] = json!([repeated("x-source", "a header stands once")]);
    } else if problem.uri == problem::INVALID_COOKIE.uri() {
        document["errors"] = json!([repeated("theme", "a cookie stands once")]);
    }
    document
}

fn repeated(name: &str, detail: &str) -> Value {
    json!({ "pointer": name, "code": "repeated", "detail": detail })
}

fn invalid_field() -> Value {
    json!({ "pointer": "/items/0/qty", "code": "range", "detail": "from 1 to 1000" })
}
