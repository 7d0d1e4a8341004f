//! The places of credentials, apart from what inputs and the framework read.

use crate::{
    error::StartProblem,
    identity::{Kind, Place},
    input::header_name,
    inventory::{ApiModel, ArgumentModel},
    object::{CURSOR, SIZE},
    route::Api,
    version::VersionPlace,
    view::FIELDS,
};

/// Returns the parameters of the query that are credentials.
pub(super) fn parameters<'k>(kinds: impl Iterator<Item = &'k Kind>) -> Box<[&'static str]> {
    kinds.filter_map(Kind::parameter).collect()
}

/// Returns the reason why credentials cannot be a parameter of an API's queries.
pub(super) fn taken(api: &Api, kind: &Kind) -> Option<&'static str> {
    let name = kind.parameter()?;
    let is_version = matches!(api.versions.addresses.place, VersionPlace::Query(of) if of == name);
    (is_version || [FIELDS, SIZE, CURSOR].contains(&name))
        .then_some("the framework reads this parameter")
}

/// Returns a problem for each field of an input that is the place of credentials. Headers of the framework's own are known to the
/// compiler.
pub(super) fn read_by_input<'k>(
    model: &ApiModel,
    kinds: impl Iterator<Item = &'k Kind>,
) -> Vec<StartProblem> {
    let places: Vec<Place> = kinds.map(Kind::place).collect();
    let mut problems = Vec::new();
    for argument in model.operations.iter().flat_map(|operation| &operation.arguments) {
        let (schema, is_it): (_, fn(&Place, &str) -> bool) = match argument {
            ArgumentModel::Headers(schema) => (
                schema,
                |place, name| matches!(place, Place::Header(of) if header_name(name).eq_ignore_ascii_case(of)),
            ),
            ArgumentModel::Cookies(schema) => {
                (schema, |place, name| matches!(place, Place::Cookie(of) if *of == name))
            }
            ArgumentModel::Query(schema) => {
                (schema, |place, name| matches!(place, Place::Query(of) if *of == name))
            }
            _ => continue,
        };
        for field in model.fields(schema) {
            if places.iter().any(|place| is_it(place, &field.name)) {
                problems.push(StartProblem {
                    code: "SA550",
                    text: format!(
                        "`{}` is not for an input to read: it is for credentials, which `by` declares",
                        field.name
                    ),
                    help: "remove the field, or give it another name by `name = \"…\"`",
                });
            }
        }
    }
    problems
}
