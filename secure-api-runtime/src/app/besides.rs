//! The addresses of operations beside those that the app answers by itself: its documents, their page, its keys.

use crate::{
    error::StartProblem,
    input::header_name,
    inventory::{ApiModel, ArgumentModel, PlaceModel, place, served_by},
    route::segment,
};

/// Returns a problem for each operation that is called where the app answers by itself. Below a version nothing of an app's own
/// stands; where paths begin otherwise, one of the two would never be reached, also by the value of a parameter.
pub(super) fn taken(model: &ApiModel) -> Vec<StartProblem> {
    let own = served_by(model.settings.as_ref());
    let mut problems = Vec::new();
    for version in model.served_versions() {
        for operation in model.operations_in(&version.segment) {
            let address = version.address(&operation.path);
            if let Some(own) = own.iter().find(|own| meet(own, &address)) {
                let problem = StartProblem {
                    code: "SA041",
                    text: format!(
                        "`{}` is called at `{address}`, and the app itself answers `{own}`",
                        operation.name
                    ),
                    help: "change the path, or put all paths below a segment: `#[version(below = \"/api\", …)]` above the enum of versions",
                };
                // An operation in several versions that have one address is one mistake.
                if !problems.contains(&problem) {
                    problems.push(problem);
                }
            }
        }
    }
    problems
}

/// Returns a problem for each input that reads what states the version.
pub(super) fn read_twice(model: &ApiModel) -> Vec<StartProblem> {
    let Some(version) = model.versions.first() else { return Vec::new() };
    let mut problems = Vec::new();
    for operation in &model.operations {
        for argument in &operation.arguments {
            let (fields, stated) = match (&version.addresses.place, argument) {
                (PlaceModel::Header(stated), ArgumentModel::Headers(schema))
                | (PlaceModel::Query(stated), ArgumentModel::Query(schema)) => {
                    (model.fields(schema), stated)
                }
                _ => continue,
            };
            let is_it = |name: &str| match argument {
                ArgumentModel::Headers(_) => header_name(name).eq_ignore_ascii_case(stated),
                _ => name == stated,
            };
            problems.extend(fields.iter().filter(|field| is_it(&field.name)).map(|field| StartProblem {
                code: "SA044",
                text: format!("`{}` reads `{}`, which states the version", operation.name, field.name),
                help: "remove the field, or give it another name by `name = \"…\"`: `RequestContext` tells the version",
            }));
        }
    }
    problems
}

/// Returns `true` if one request may be to both of these addresses.
fn meet(one: &str, other: &str) -> bool {
    let fits = |template: &str, segment: &str| segment::split(&place(template), segment).is_some();
    let alike = |(one, other): (&str, &str)| one == other || fits(one, other) || fits(other, one);
    one.split('/').count() == other.split('/').count()
        && one.split('/').zip(other.split('/')).all(alike)
}

#[cfg(test)]
mod tests {
    use super::meet;

    #[test]
    fn a_parameter_may_be_any_segment() {
        assert!(
            meet("/docs", "/docs") && meet("/docs", "/{name}") && meet("/docs/{file}", "/{a}/{b}")
        );
        assert!(meet("/docs", "/{name}cs") && !meet("/docs", "/{name}.json"));
        assert!(
            !meet("/docs/", "/{a}/{b}") && !meet("/docs", "/v1/docs") && !meet("/docs", "/orders")
        );
    }
}
