//! The served documents against the served operations: the same ones, with the statuses and members they state.

use std::collections::BTreeSet;

use reqwest::Method;
use secure_api::prelude::Docs;
use serde_json::Value;

use crate::support::{
    Answer, TestServer,
    api::Depot,
    server::{ALICES, filled},
};

const VERBS: [Method; 5] = [Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE];

async fn documented() -> (TestServer, Vec<(&'static str, Value)>) {
    let open = |app: secure_api::app::AppBuilder| {
        app.docs(Docs::open("the tests read them")).limit_scale(1_000_000)
    };
    let server = TestServer::with(open).await;
    let mut documents = Vec::new();
    for version in ["v1", "v2"] {
        let answer = server.get(&format!("/openapi/{version}.json")).await;
        assert_eq!(answer.status, 200);
        answer.has_security_headers();
        documents.push((version, answer.json()));
    }
    server.get("/openapi/v3.json").await.is_problem(404);
    (server, documents)
}

/// Returns every path with its verbs, as the document has them.
fn operations(document: &Value) -> BTreeSet<(String, String)> {
    let paths = document["paths"].as_object().expect("paths");
    let verbs = VERBS.map(|verb| verb.to_string().to_lowercase());
    paths
        .iter()
        .flat_map(|(path, item)| {
            let item = item.as_object().expect("a path item");
            let verbs = item.keys().filter(|name| verbs.contains(name));
            verbs.map(|verb| (path.clone(), verb.clone())).collect::<Vec<_>>()
        })
        .collect()
}

// R118: every operation is documented, and nothing else is.
#[tokio::test]
async fn documents_have_the_routers_operations() {
    let (server, documents) = documented().await;
    for (index, (version, document)) in documents.iter().enumerate() {
        let routes = Depot::API
            .routes_in(index)
            .map(|route| (format!("/{version}{}", route.path), route.verb.as_str().to_lowercase()));
        let listed = operations(document);
        assert_eq!(listed, routes.collect(), "{version}");
        // Asked of the router itself: what is listed is there, and no other verb is.
        for (path, _) in &listed {
            for verb in &VERBS {
                let is_listed = listed.contains(&(path.clone(), verb.to_string().to_lowercase()));
                let answer = Answer::of(server.request(verb.clone(), &filled(path))).await;
                assert_eq!(answer.status == 405, !is_listed, "{verb} {path}: {}", answer.status);
            }
        }
    }
}

// R118 R72: whatever comes back was announced.
#[tokio::test]
async fn every_status_is_documented() {
    let (server, documents) = documented().await;
    let tokens = [
        None,
        Some("nonsense".to_owned()),
        Some(server.token("carol", &[])),
        Some(server.token("alice", &["customer"])),
        Some(server.token("root", &["admin", "auditor"])),
    ];
    let mut seen = BTreeSet::new();
    for (version, document) in &documents {
        for (path, verb) in operations(document) {
            let responses = &document["paths"][&path][&verb]["responses"];
            let method = Method::from_bytes(verb.to_uppercase().as_bytes()).expect("a method");
            let url = filled(&path);
            for token in &tokens {
                let request = |url: &str| {
                    let request = server.request(method.clone(), url);
                    match token {
                        Some(token) => request.bearer_auth(token),
                        None => request,
                    }
                };
                let json = |body: &'static str| {
                    request(&url).header("content-type", "application/json").body(body)
                };
                let other = url.replace(&uuid::Uuid::from_u128(ALICES).to_string(), "nobodys");
                for request in [
                    request(&url),
                    request(&other),
                    request(&format!("{url}?colour=red")),
                    request(&url).header("accept", "text/html"),
                    json("{"),
                    json("{}"),
                    json(r#"{"text":"hello"}"#),
                    json(r#"{"parts":[{"sku":"BOLT","price":5}],"card":"4"}"#),
                    request(&url).header("content-type", "text/plain").body("x"),
                    request(&url)
                        .header("content-type", "application/json")
                        .body("x".repeat(70_000)),
                ] {
                    let answer = Answer::of(request).await;
                    let status = answer.status.to_string();
                    let stated = resolved(document, &responses[&status]);
                    assert!(stated.is_object(), "{version} {verb} {path} answered {status}");
                    seen.insert(answer.status);
                    // R76: so was each header that comes with it, and its media type.
                    for name in ["location", "www-authenticate", "retry-after", "allow"] {
                        let documented = stated["headers"].as_object().is_some_and(|headers| {
                            headers.keys().any(|header| header.eq_ignore_ascii_case(name))
                        });
                        let is = answer.maybe_header(name).is_some();
                        assert!(!is || documented, "{name} of {status} on {verb} {path}");
                    }
                    if let Some(media) = answer.maybe_header("content-type") {
                        assert!(stated["content"][media].is_object(), "{media} of {status}");
                    }
                }
            }
        }
    }
    for status in [200, 201, 202, 204, 400, 401, 403, 404, 406, 413, 415, 422, 503] {
        assert!(seen.contains(&status), "nothing was answered by {status}: {seen:?}");
    }
}

/// Returns a schema with its references followed.
pub(crate) fn resolved<'d>(document: &'d Value, schema: &'d Value) -> &'d Value {
    match schema["$ref"].as_str() {
        Some(reference) => {
            let pointer = reference.strip_prefix('#').expect("a reference inside the document");
            resolved(document, document.pointer(pointer).expect("what is referred to"))
        }
        None => schema,
    }
}

/// Lists the members that a value has beyond its schema, or lacks of the required ones.
pub(crate) fn conforms(
    document: &Value,
    schema: &Value,
    value: &Value,
    at: &str,
) -> Result<(), String> {
    let schema = resolved(document, schema);
    if let Some(choices) = schema["oneOf"].as_array().or(schema["anyOf"].as_array()) {
        let tried = choices.iter().map(|choice| conforms(document, choice, value, at));
        let failures: Vec<_> = tried.filter_map(Result::err).collect();
        return match choices.len() - failures.len() {
            0 => Err(failures.join(", or ")),
            2.. if schema["oneOf"].is_array() => Err(format!("{at} fits more than one")),
            _ => Ok(()),
        };
    }
    if let Some(constant) = schema.get("const") {
        return if constant == value { Ok(()) } else { Err(format!("{at} is not {constant}")) };
    }
    let kinds = match value {
        Value::Null => ["null", "null"],
        Value::Bool(_) => ["boolean", "boolean"],
        Value::Number(_) => ["integer", "number"],
        Value::String(_) => ["string", "string"],
        Value::Array(_) => ["array", "array"],
        Value::Object(_) => ["object", "object"],
    };
    let is_kind = |kind: &Value| kinds.iter().any(|is| kind == is);
    let stated = &schema["type"];
    if !is_kind(stated) && !stated.as_array().is_some_and(|any| any.iter().any(is_kind)) {
        return Err(format!("{at} is {kinds:?}, and {stated} in the document"));
    }
    match value {
        Value::Object(members) => {
            let stated = schema["properties"].as_object();
            for (name, value) in members {
                let member = stated.and_then(|stated| stated.get(name));
                let member = member.unwrap_or(&schema["additionalProperties"]);
                if !member.is_object() {
                    return Err(format!("{at}/{name} is not documented"));
                }
                conforms(document, member, value, &format!("{at}/{name}"))?;
            }
            for name in schema["required"].as_array().into_iter().flatten() {
                let name = name.as_str().expect("a name");
                if !members.contains_key(name) {
                    return Err(format!("{at}/{name} is missing"));
                }
            }
            Ok(())
        }
        Value::Array(items) if items.len() as u64 > schema["maxItems"].as_u64().unwrap_or(0) => {
            Err(format!("{at} has more items than documented"))
        }
        Value::Array(items) => {
            items.iter().try_for_each(|item| conforms(document, &schema["items"], item, at))
        }
        _ => Ok(()),
    }
}

// R109: what is sent is what the schemas say, views and problems alike.
#[tokio::test]
async fn bodies_are_what_their_schemas_say() {
    let (server, documents) = documented().await;
    let tokens = [
        None,
        Some(server.token("alice", &["customer"])),
        Some(server.token("walt", &["warehouse"])),
        Some(server.token("root", &["admin", "auditor"])),
    ];
    let mut compared = 0;
    for (_, document) in &documents {
        for (path, _) in operations(document).iter().filter(|(_, verb)| verb == "get") {
            for token in &tokens {
                let request = server.request(Method::GET, &filled(path));
                let answer = Answer::of(match token {
                    Some(token) => request.bearer_auth(token),
                    None => request,
                })
                .await;
                let response =
                    &document["paths"][path]["get"]["responses"][answer.status.to_string()];
                let response = resolved(document, response);
                let media = answer.header("content-type");
                let schema = &response["content"][media]["schema"];
                assert!(schema.is_object(), "{path} {}: {response}", answer.status);
                let fits = conforms(document, schema, &answer.json(), path);
                assert_eq!(fits, Ok(()), "{path} {}", answer.status);
                compared += 1;
            }
        }
    }
    assert!(compared > 40, "{compared}");
}
