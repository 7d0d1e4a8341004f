//! The OpenAPI document of one version: every operation, with the facts that the pipeline enforces.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use utoipa::openapi::{
    Components, InfoBuilder, License, OpenApi, OpenApiBuilder, PathItem, Paths, RefOr, Server, Tag,
    extensions::Extensions,
    info::Contact,
    path::{HttpMethod, Operation, ParameterIn},
    tag::TagBuilder,
};

use super::{
    credentials,
    example::Examples,
    operation::Parts,
    refusal::Responses,
    retry,
    schema::{Schemas, some},
};
use crate::{
    inventory::{self, ApiModel, VersionModel},
    verb::Verb,
    version::Brownout,
};

/// Returns the document of the version at this place of the API's table.
pub(super) fn document(api: &ApiModel, index: usize) -> Option<OpenApi> {
    let version = api.versions.get(index)?;
    let mut schemas = Schemas::new(api, index);
    let responses = Responses::new(api, version, &mut schemas);
    let examples = Examples::new(api, index);
    let mut parts = Parts { api, version, schemas, responses, examples };
    let mut paths = Paths::new();
    let mut tags: Vec<Tag> = Vec::new();
    let mut places = BTreeMap::new();
    for model in api.operations_in(&version.segment) {
        let tag = tag(api, model);
        if tags.iter().all(|known| known.name != tag) {
            let address = version.address(&format!("/{tag}"));
            let is_one = |one: &inventory::Operation| first_segment(one) == tag;
            let description = match (tag, api.operations_in(&version.segment).any(is_one)) {
                (ROOT, _) => format!("The operation at `{}`.", version.address("/")),
                (_, true) => format!("Operations below `{address}`."),
                (_, false) => format!("Operations at `{address}` with an extension."),
            };
            tags.push(TagBuilder::new().name(tag).description(Some(description)).build());
        }
        let id = operation_id(api, version, model);
        let mut operation = parts.operation(model, id, tag);
        let first: &inventory::Operation = places.entry(model.place()).or_insert(model);
        call_as_in(first, model, &mut operation);
        add(&mut paths, version.address(&first.path), model.verb, operation);
    }
    let Parts { schemas, responses, mut examples, .. } = parts;
    let (headers, responses) = responses.into_components();
    let mut components = Components::new();
    for (name, scheme) in credentials::schemes(api, version) {
        components.add_security_scheme(name, scheme);
    }
    components.schemas = schemas.into_components(&mut examples);
    components.headers = headers;
    components.responses = responses;
    let document = OpenApiBuilder::new()
        .info(info(api, version))
        .servers(Some([server(api)]))
        .tags(Some(tags))
        .paths(paths)
        .components(Some(components));
    let mut document = document.build();
    document.extensions = Some(retry::of_document(api, version));
    Some(document)
}

fn info(api: &ApiModel, version: &VersionModel) -> utoipa::openapi::Info {
    let mut text = vec![some(&api.description).unwrap_or(&api.name).to_owned()];
    text.extend(some(&version.description).map(str::to_owned));
    text.extend(notice(version));
    text.push(
        "Every refusal is a problem document (RFC 9457) with constant texts. A path answers a method that is \
         not listed with 405 and `Allow`, and `HEAD` wherever it answers `GET`. Unknown members of a body are \
         refused."
            .to_owned(),
    );
    let mut contact = Contact::new();
    contact.name = Some(api.name.clone());
    let mut license = License::new("Not stated");
    license.identifier = Some("LicenseRef-not-stated".to_owned());
    let info = InfoBuilder::new()
        .title(if version.preview { format!("{} (preview)", api.name) } else { api.name.clone() })
        .version(&*version.segment)
        .description(Some(text.join("\n\n")))
        .contact(Some(contact))
        .license(Some(license))
        .extensions(version.preview.then(|| Extensions::from_iter([("x-preview", true)])));
    info.build()
}

fn notice(version: &VersionModel) -> Option<String> {
    if version.preview {
        return Some("This version is a preview: it may change or go at any time.".to_owned());
    }
    let mut text = match (version.deprecated, version.sunset) {
        (None, None) => return None,
        (Some(since), None) => format!("This version is deprecated from {since} on."),
        (None, Some(end)) => format!("This version is served until {end}, 00:00 UTC."),
        (Some(since), Some(end)) => {
            format!(
                "This version is deprecated from {since} on, and served until {end}, 00:00 UTC."
            )
        }
    };
    if !version.brownouts.is_empty() {
        let listed = Brownout::listed(&version.brownouts);
        text.push_str(&format!(" It is out of service before, as a reminder: {listed}."));
    }
    if let Some(url) = &version.migrate {
        text.push_str(&format!(" How to move on: <{url}>"));
    }
    Some(text)
}

/// Returns the server. Where no URL is stated it names no host: the document holds for whichever server it came from.
fn server(api: &ApiModel) -> Server {
    let base_url = api.settings.as_ref().and_then(|settings| settings.base_url.as_deref());
    let mut server = Server::new(base_url.unwrap_or("/"));
    let text = match base_url {
        Some(_) => "Where the API is found, be it production, staging or local.",
        None => "The server that this document comes from, be it production, staging or local.",
    };
    server.description = Some(text.to_owned());
    server.extensions = Some(Extensions::from_iter([("x-internal", false)]));
    server
}

/// The group of the path that is `/` alone.
const ROOT: &str = "root";

/// Returns the group of an operation: the first segment of the path, without an extension. What is called as that of another but for
/// case, as in `/Parcels.csv` beside `/parcels`, is of its group.
fn tag<'a>(api: &'a ApiModel, operation: &'a inventory::Operation) -> &'a str {
    let first = first_segment(operation);
    match first.split_once('.') {
        Some((stem, extension)) if !stem.is_empty() && !extension.is_empty() => {
            let mut others = api.operations.iter().map(first_segment);
            others.find(|other| other.eq_ignore_ascii_case(stem)).unwrap_or(stem)
        }
        _ => first,
    }
}

fn first_segment(operation: &inventory::Operation) -> &str {
    operation.path.split('/').find(|part| !part.is_empty()).unwrap_or(ROOT)
}

/// Returns the handler's name; where two modules have one of the same name, with the module.
fn operation_id(
    api: &ApiModel,
    version: &VersionModel,
    operation: &inventory::Operation,
) -> String {
    type Key = fn(&inventory::Operation) -> (&str, &str);
    let alike = |key: Key| {
        let others = api.operations_in(&version.segment);
        others.filter(|other| key(other) == key(operation)).count()
    };
    let name: Key = |operation| (&operation.name, "");
    let short: Key =
        |operation| (&operation.name, operation.module.rsplit("::").next().unwrap_or_default());
    if alike(name) == 1 {
        operation.name.clone()
    } else if alike(short) == 1 {
        let (name, module) = short(operation);
        format!("{module}_{name}")
    } else if alike(|operation| (&operation.name, &operation.module)) == 1 {
        format!("{}_{}", operation.module.replace("::", "_"), operation.name)
    } else {
        // Of two versions of one crate. Nothing else is at its place.
        let place = operation.verb.as_str().to_lowercase() + &operation.place();
        format!(
            "{}_{}",
            operation.name,
            place.replace(|letter: char| !letter.is_alphanumeric(), "_")
        )
    }
}

/// Calls an operation's parameters of the path as the first one at its place does: paths that differ by these names alone are one
/// path, and may not stand in a document beside each other (OpenAPI 3.1, paths object).
fn call_as_in(
    first: &inventory::Operation,
    model: &inventory::Operation,
    operation: &mut Operation,
) {
    let names: Vec<_> = model.parameters().zip(first.parameters()).collect();
    for parameter in operation.parameters.iter_mut().flatten() {
        if let RefOr::T(parameter) = parameter
            && parameter.parameter_in == ParameterIn::Path
            && let Some((_, name)) = names.iter().find(|(own, _)| *own == parameter.name)
        {
            parameter.name = (*name).to_owned();
        }
    }
}

fn add(paths: &mut Paths, path: String, verb: Verb, operation: Operation) {
    let item = match verb {
        Verb::Get => PathItem::new(HttpMethod::Get, operation),
        Verb::Post => PathItem::new(HttpMethod::Post, operation),
        Verb::Put => PathItem::new(HttpMethod::Put, operation),
        Verb::Patch => PathItem::new(HttpMethod::Patch, operation),
        Verb::Delete => PathItem::new(HttpMethod::Delete, operation),
        Verb::Query => {
            let mut item = PathItem::default();
            item.query = Some(operation);
            item
        }
    };
    match paths.paths.get_mut(&path) {
        Some(known) => known.merge_operations(item),
        None => drop(paths.paths.insert(path, item)),
    }
}

/// The member that holds a QUERY before OpenAPI 3.2, which no tool takes for an operation that it knows.
const BEFORE_3_2: &str = "x-query";

/// Makes a document one of OpenAPI 3.1, which has no member for QUERY: its operations are whole, and are extensions.
pub(super) fn of_3_1(document: &mut Value) {
    rename(document, "query", BEFORE_3_2);
}

/// Gives the operations of a QUERY in a document of 3.1 the place that they have in 3.2.
pub(crate) fn with_query(document: &mut Value) {
    rename(document, BEFORE_3_2, "query");
}

/// Makes a document of OpenAPI 3.1 one of 3.2.
pub(super) fn of_3_2(document: &mut Value) {
    with_query(document);
    let paths = document.get_mut("paths").and_then(Value::as_object_mut);
    for operation in paths.into_iter().flat_map(Map::values_mut) {
        let operations = operation.as_object_mut().into_iter().flat_map(Map::values_mut);
        operations.for_each(tell_events);
    }
    document["openapi"] = "3.2.0".into();
}

/// Gives the schema of the data of events the place that it has in 3.2: it is that of one event, and not of all of them.
fn tell_events(operation: &mut Value) {
    let responses = operation.get_mut("responses").and_then(Value::as_object_mut);
    for response in responses.into_iter().flat_map(Map::values_mut) {
        let events = response.pointer_mut("/content/text~1event-stream");
        let Some(events) = events.and_then(Value::as_object_mut) else { continue };
        let Some(data) = events.shift_remove("schema") else { continue };
        // An example is one of the data.
        events.shift_remove("examples");
        let event = json!({
            "type": "object",
            "required": ["data"],
            "properties": {
                "id": { "type": "string", "maxLength": 1024 },
                "event": { "type": "string", "maxLength": 64 },
                "data": { "type": "string", "contentMediaType": "application/json", "contentSchema": data },
                "retry": { "type": "integer", "minimum": 0 },
            },
        });
        events.insert("itemSchema".to_owned(), event);
    }
}

fn rename(document: &mut Value, from: &str, to: &str) {
    let paths = document.get_mut("paths").and_then(Value::as_object_mut);
    for item in paths.into_iter().flat_map(Map::values_mut) {
        let Some(item) = item.as_object_mut() else { continue };
        if let Some(operation) = item.shift_remove(from) {
            item.insert(to.to_owned(), operation);
        }
    }
}

/// Returns the document's text, always the same for the same API. Objects keep their order, except that extensions come
/// last and sorted: the library keeps them in a hash map.
pub(super) fn in_order(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let (mut extensions, mut ordered): (Vec<_>, Vec<_>) =
                members.into_iter().partition(|(name, _)| name.starts_with("x-"));
            extensions.sort_by(|(one, _), (other, _)| one.cmp(other));
            ordered.append(&mut extensions);
            Value::Object(
                ordered.into_iter().map(|(name, value)| (name, in_order(value))).collect(),
            )
        }
        Value::Array(items) => Value::Array(items.into_iter().map(in_order).collect()),
        plain => plain,
    }
}
