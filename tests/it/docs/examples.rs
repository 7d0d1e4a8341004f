//! Examples in the documents: each is valid by its own schema, as another implementation reads it, and each of an input is
//! one that its own decoder takes.

use secure_api::{
    docs::openapi_json,
    input::{Input, decode_body},
};
use serde_json::{Value as Json, json};

use super::{
    contract::resolved,
    things::{Forms, Many, Numbers, Texts, Things},
};

fn document() -> Json {
    let text = openapi_json(&Things::API.model(), "v1").expect("v1 is a version");
    serde_json::from_str(&text).expect("it is JSON")
}

/// Returns what is wrong with a value by a schema of a document.
pub(crate) fn wrong(document: &Json, schema: &Json, value: &Json) -> Option<String> {
    let whole = json!({ "components": document["components"], "allOf": [schema] });
    let options = jsonschema::options().with_draft(jsonschema::Draft::Draft202012);
    let validator = options.should_validate_formats(true).build(&whole).expect("a schema");
    let errors: Vec<_> = validator.iter_errors(value).map(|error| error.to_string()).collect();
    (!errors.is_empty()).then(|| format!("{value}: {}", errors.join("; ")))
}

/// Returns the examples of a parameter or a media type, each with its schema.
fn examples(of: &Json) -> Vec<(&Json, &Json)> {
    let named = of["examples"].as_object().into_iter().flatten();
    let named = named.map(|(_, example)| &example["value"]);
    of.get("example").into_iter().chain(named).map(|example| (&of["schema"], example)).collect()
}

/// Asserts that all has examples, and that each is valid; returns their number.
pub(crate) fn hold(document: &Json) -> usize {
    let mut held = 0;
    let mut hold = |place: String, examples: Vec<(&Json, &Json)>| {
        assert!(!examples.is_empty(), "{place} has no example");
        for (schema, example) in examples {
            assert_eq!(wrong(document, schema, example), None, "{place}");
            held += 1;
        }
    };
    let components = document["components"]["schemas"].as_object().expect("schemas");
    for (name, schema) in components {
        let examples = schema["examples"].as_array().into_iter().flatten();
        hold(name.clone(), examples.map(|example| (schema, example)).collect());
    }
    let paths = document["paths"].as_object().expect("paths");
    for (path, item) in paths {
        for (verb, operation) in item.as_object().expect("a path item") {
            let place = |what: &str| format!("{verb} {path}: {what}");
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                let name = parameter["name"].as_str().unwrap_or_default();
                // Only an earlier answer can tell it.
                if name != "cursor" {
                    hold(place(name), examples(parameter));
                }
            }
            let bodies = operation["requestBody"]["content"].as_object().into_iter().flatten();
            bodies.for_each(|(media, content)| hold(place(media), examples(content)));
            for (status, response) in operation["responses"].as_object().expect("responses") {
                let content = resolved(document, response)["content"].as_object();
                for (media, content) in content.into_iter().flatten() {
                    // Bytes have no example in JSON.
                    if content["schema"]["format"] != "binary" {
                        hold(place(&format!("{status} {media}")), examples(content));
                    }
                }
            }
        }
    }
    held
}

// R118: what is documented is what is taken.
#[test]
fn each_input_view_and_problem_has_an_example_that_is_valid() {
    assert!(hold(&document()) > 60);
}

#[test]
fn an_example_of_an_input_is_read_by_its_decoder() {
    fn read<T: Input>(document: &Json, name: &str) {
        let example = &document["components"]["schemas"][name]["examples"][0];
        let body = example.to_string();
        let told = decode_body::<T>(body.as_bytes()).err().map(|problem| format!("{problem:?}"));
        assert_eq!(told, None, "{body}");
    }
    let document = document();
    read::<Texts>(&document, "Texts");
    read::<Forms>(&document, "Forms");
    read::<Numbers>(&document, "Numbers");
    read::<Many>(&document, "Many");
}

// Every set that is closed is an `enum`.
#[test]
fn words_that_are_listed_are_an_enum() {
    let document = document();
    let operation = &document["paths"]["/v1/things/{code}"]["get"];
    let parameters = operation["parameters"].as_array().expect("parameters");
    let schema =
        |name: &str| &parameters.iter().find(|known| known["name"] == name).expect(name)["schema"];
    assert_eq!(schema("color")["enum"], json!(["red", "sea-green"]));
    assert!(schema("currency")["enum"].as_array().is_some_and(|codes| codes.len() > 100));
    assert_eq!(
        schema("fields")["items"]["enum"],
        json!(["name", "colors", "counts", "maybe", "at"])
    );
    let view = &document["components"]["schemas"]["ThingView"]["properties"];
    assert_eq!(view["colors"]["items"]["enum"], json!(["red", "sea-green"]));
    assert_eq!(view["counts"]["propertyNames"]["enum"], json!(["red", "sea-green"]));
}
