//! The check of inputs in queries and forms, at the start.

use crate::{
    error::StartProblem,
    inventory::{ApiModel, Schema, SchemaForm},
};

/// Checks that a query string or a form has values, lists of values, inputs of such and JSON. The compiler asks this of each route
/// already; a route that was put together without its macro is asked here.
pub(super) fn flat(
    operation: &str,
    id: &str,
    model: &ApiModel,
    seen: &mut Vec<String>,
    problems: &mut Vec<StartProblem>,
) {
    if seen.iter().any(|other| other == id) {
        return;
    }
    seen.push(id.to_owned());
    for field in model.fields(id) {
        let is_object = |id: &&str| {
            let schema = model.schema(id);
            schema.is_some_and(|schema| matches!(schema.form, SchemaForm::Object(_)))
        };
        if let Some(id) = field.schema.nested().filter(is_object) {
            flat(operation, id, model, seen, problems);
            continue;
        }
        let is_single = match bare(&field.schema) {
            Schema::List { item, .. } | Schema::Map { value: item, .. } => is_single(item),
            schema => is_single(schema),
        };
        if !is_single && !field.schema.is_json() {
            problems.push(StartProblem {
                code: "SA512",
                text: format!(
                    "`{}` of `{operation}` cannot come from a query string or a form",
                    field.name
                ),
                help: "name a scalar, a list or a map of scalars or a struct of these, write `#[input(json)]` above it, or take the input as `Json`",
            });
        }
    }
}

fn bare(schema: &Schema) -> &Schema {
    match schema {
        Schema::Nullable(schema) | Schema::Ruled(schema, _) => bare(schema),
        schema => schema,
    }
}

fn is_single(schema: &Schema) -> bool {
    !matches!(
        bare(schema),
        Schema::List { .. } | Schema::Map { .. } | Schema::Named(_) | Schema::Free { .. }
    )
}
