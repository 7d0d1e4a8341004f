//! The examples of the shop's documents: each is valid, and the shop takes what they say of its inputs.

use reqwest::{Client, Method, Url};
use serde_json::Value;

use super::{Shop, client, shop};
use crate::{docs::examples::hold, support::Folder};

/// Returns a parameter's example as a path or a query has it.
fn spelled(example: &Value) -> String {
    match example {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(spelled).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}

/// Sends an operation with the examples of all of its inputs; returns the status.
async fn tried(client: &Client, url: &str, verb: &str, path: &str, operation: &Value) -> u16 {
    let mut path = path.to_owned();
    let (mut query, mut headers) = (Vec::new(), Vec::new());
    for parameter in operation["parameters"].as_array().into_iter().flatten() {
        let name = parameter["name"].as_str().expect("a name").to_owned();
        let Some(example) = parameter.get("example").map(spelled) else { continue };
        match parameter["in"].as_str() {
            Some("path") => path = path.replace(&format!("{{{name}}}"), &example),
            Some("query") => query.push((name, example)),
            // Another request has another key.
            _ if name == "Idempotency-Key" => {
                headers.push((name, format!("\"{}\"", uuid::Uuid::new_v4())));
            }
            _ => headers.push((name, example)),
        }
    }
    let method = Method::from_bytes(verb.to_uppercase().as_bytes()).expect("a method");
    let url = Url::parse_with_params(&format!("{url}{path}"), query).expect("a URL");
    let mut request = client.request(method, url);
    for (name, value) in headers {
        request = request.header(name, value);
    }
    let bodies = operation["requestBody"]["content"].as_object();
    if let Some((media, content)) = bodies.and_then(|bodies| bodies.iter().next()) {
        request = request.header("content-type", media).body(content["example"].to_string());
    }
    let answer = request.send().await.expect("an answer");
    let status = answer.status().as_u16();
    let problem = answer.text().await.expect("a text");
    // What is refused by the shop's own rules is taken as an input: no such product, no such account.
    let is_own = status == 422 && !problem.contains("urn:problem-type:secure-api:");
    if is_own { 404 } else { status }
}

// R118: what is documented is what is taken.
#[tokio::test]
async fn the_shop_takes_the_examples_of_its_documents() {
    let folder = Folder::new("shop-");
    let data = folder.path();
    let clients = [("customer", "alice"), ("support", "sue"), ("admin", "root")]
        .map(|(role, subject)| client(data, role, subject));
    let server = Shop::start(data);
    let mut taken = 0;
    for version in ["v1", "v2"] {
        let document = shop(data).args(["openapi", "--version", version]).output();
        let document: Value =
            serde_json::from_slice(&document.expect("the command runs").stdout).expect("JSON");
        assert!(hold(&document) > 150);
        for (path, item) in document["paths"].as_object().expect("paths") {
            for (verb, operation) in item.as_object().expect("a path item") {
                if operation["requestBody"]["content"]["multipart/form-data"].is_object() {
                    // A file's bytes are not in JSON.
                    continue;
                }
                for client in &clients {
                    let status = tried(client, &server.address, verb, path, operation).await;
                    // 404, 409 and 412: what the example names is not there.
                    let is_taken = matches!(status, 200..300 | 304 | 401 | 403 | 404 | 409 | 412);
                    assert!(is_taken, "{verb} {path}: {status}");
                    taken += usize::from((200..300).contains(&status));
                }
            }
        }
    }
    assert!(taken > 20, "{taken} answers of success");
    drop(server);
}
