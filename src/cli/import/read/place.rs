//! Paths with a query in them: its parameters are those of any query, and a fragment is not sent.

use super::operation::Parameter;

/// Returns the path of a request, whose query and fragment are left out where they decide nothing. A parameter of the query that
/// is written there has to be sent.
pub(super) fn of<'a>(path: &'a str, parameters: &mut Vec<Parameter<'a>>) -> &'a str {
    let (place, fragment) = path.split_once('#').unwrap_or((path, ""));
    // One with a value is there to tell two operations apart that a header does.
    if fragment.contains('=') {
        return path;
    }
    let Some((place, query)) = place.split_once('?') else { return place };
    let pairs: Option<Vec<_>> = query.split('&').map(pair).collect();
    // A value that is fixed is a part of what the operation is.
    let Some(pairs) = pairs else { return path };
    for (name, of) in pairs {
        let stated = parameters.iter().position(|one| one.name == of && is_of_url(one.part));
        let known = parameters.iter().any(|one| one.name == name && one.part == "query");
        match stated {
            Some(stated) => {
                let parameter = &mut parameters[stated];
                (parameter.name, parameter.part, parameter.required) = (name, "query", true);
            }
            None if known => {}
            None => parameters.push(Parameter {
                name,
                part: "query",
                required: true,
                style: None,
                explode: None,
                schema: None,
                media: None,
                about: "",
            }),
        }
    }
    place
}

fn is_of_url(part: &str) -> bool {
    matches!(part, "path" | "query")
}

/// Returns the name and the parameter of `name={parameter}`.
fn pair(pair: &str) -> Option<(&str, &str)> {
    let (name, value) = pair.split_once('=')?;
    let of = value.strip_prefix('{')?.strip_suffix('}')?;
    (!name.is_empty() && !of.contains(['{', '}'])).then_some((name, of))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the place, and the names in the query.
    fn read(path: &str) -> (String, Vec<String>) {
        let mut parameters = Vec::new();
        let place = of(path, &mut parameters).to_owned();
        (place, parameters.iter().map(|one| one.name.to_owned()).collect())
    }

    #[test]
    fn a_query_in_a_path_is_one_and_a_value_in_it_is_not_left_out() {
        let of = |place: &str, names: &[&str]| {
            (place.to_owned(), names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>())
        };
        assert_eq!(read("/air?city={city}&key={id}"), of("/air", &["city", "key"]));
        assert_eq!(read("/air/{city}"), of("/air/{city}", &[]));
        assert_eq!(read("/air#city&key"), of("/air", &[]));
        for path in ["/air?v=2", "/air?{city}", "/air?city={city}&v=2", "/#X-Target=Air.Get"] {
            assert_eq!(read(path), of(path, &[]));
        }
    }
}
