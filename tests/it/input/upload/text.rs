//! The texts of an upload, which are read as those of a form.

use super::*;

// R80 R83 R85
#[tokio::test]
async fn texts_are_read_as_those_of_a_form() {
    let running = Running::start().await;
    let with = |name: &'static str, part: Part| {
        Multipart::new().part("picture", file(png(0), "a.png", "image/png")).part(name, part)
    };
    let bytes = |bytes: &'static [u8]| Part::bytes(bytes);
    for (form, pointer, code) in [
        (with("title", bytes(b"a\xFF")), "/title", "encoding"),
        (with("title", bytes(b"a\0b")), "/title", "characters"),
        (with("title", bytes(&[b'a'; 21])), "/title", "length"),
        (with("title", file(&b"Tea"[..], "a.txt", "text/plain")), "/title", "type"),
        (with("title", bytes(b"Tea").mime_str("text/html").expect("one")), "/title", "media-type"),
        (
            with("title", bytes(b"Tea").mime_str("text/plain; charset=utf-7").expect("one")),
            "/title",
            "media-type",
        ),
        (with("title", bytes(b"Tea")).text("title", "Milk"), "/title", "repeated"),
        (with("title", bytes(b"Tea")).text("stars", "+1"), "/stars", "type"),
        (
            with("title", bytes(b"Tea")).part("picture", file(png(0), "b.png", "image/png")),
            "/picture",
            "repeated",
        ),
    ] {
        let answer = running.upload(form).await;
        assert_eq!(Running::told(&answer, 422), pairs([(pointer, code)]), "{answer:#?}");
    }
    // A browser sends an empty part for a file that nobody chose.
    let unchosen = || file(&b""[..], "", "application/octet-stream");
    let form = pictured(file(png(0), "a.png", "image/png"))
        .part("manual", unchosen())
        .part("notes", unchosen());
    let answer = running.upload(form).await;
    assert_eq!((answer.status, &answer.json()["notes"]), (200, &json!(0)), "{answer:#?}");
    let form = Multipart::new().text("title", "Tea").part("picture", unchosen());
    let told = Running::told(&running.upload(form).await, 422);
    assert_eq!(told, pairs([("/picture", "required")]));
    // No part at all is a form without fields.
    let told = Running::told(&running.send(TYPE, "--b--\r\n").await, 422);
    assert_eq!(told, pairs([("/title", "required"), ("/picture", "required")]));
}
