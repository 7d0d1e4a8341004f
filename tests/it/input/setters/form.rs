//! The same in every form that an input is sent in.

use super::*;

// R42
#[tokio::test]
async fn a_field_is_set_by_whoever_has_its_role_in_every_form() {
    let server = start().await;
    let admin = &["admin"][..];
    for (body, place) in [
        (json!({"text": "x", "note": "y"}), "/note"),
        (json!({"note": null}), "/note"),
        (json!({"line": {"price": 1}}), "/line/price"),
    ] {
        let patch = |server: &TestServer| {
            server
                .request(Method::PATCH, "/v1/tickets")
                .header("content-type", "application/merge-patch+json")
                .body(body.to_string())
        };
        is_for(&server, admin, (422, place), patch).await;
    }
    let form = |server: &TestServer| {
        server
            .request(Method::POST, "/v1/forms")
            .header("content-type", "application/x-www-form-urlencoded")
            .body("like=x&all=true")
    };
    is_for(&server, admin, (422, "all"), form).await;
    let query = |server: &TestServer| server.request(Method::POST, "/v1/searches?all=true");
    is_for(&server, admin, (400, "all"), query).await;

    let file =
        || Part::bytes(&b"text"[..]).file_name("a.txt").mime_str("text/plain").expect("a type");
    let scan = |form: fn(Multipart) -> Multipart| {
        move |server: &TestServer| {
            let form = form(Multipart::new().part("file", file()));
            server.request(Method::POST, "/v1/scans").multipart(form)
        }
    };
    is_for(&server, &["customer", "support", "admin", "auditor"], (0, ""), scan(|form| form)).await;
    is_for(&server, admin, (422, "/label"), scan(|form| form.text("label", "x"))).await;
    let notes = |form: Multipart| {
        let file = Part::bytes(&b"text"[..]).file_name("a.txt").mime_str("text/plain");
        form.part("notes", file.expect("a type"))
    };
    is_for(&server, admin, (422, "/notes"), scan(notes)).await;
}
