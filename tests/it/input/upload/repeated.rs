//! A repeated upload, whose boundary is another one.

use super::*;

// R116: the boundary is another one each time, and the upload the same.
#[tokio::test]
async fn a_repeated_upload_is_known_by_its_parts() {
    let running = Running::start().await;
    let send = |boundary: &str, title: &'static [u8]| {
        let image = png(0);
        let content = body(&[(TITLE, title), (PICTURE, &image)]);
        let content = [&content[..content.len() - 2]].concat();
        let content = replaced(&content, b"--b", format!("--{boundary}").as_bytes());
        let request =
            running.server.request(Method::POST, "/v1/pictures").bearer_auth(&running.token);
        let request = request.header("idempotency-key", "\"one\"");
        let media_type = format!("multipart/form-data; boundary={boundary}");
        Answer::of(request.header("content-type", media_type).body(content))
    };
    let first = send("x1", b"Tea").await;
    assert_eq!(first.status, 200, "{first:#?}");
    let again = send("y2", b"Tea").await;
    assert_eq!((again.status, &again.body), (200, &first.body));
    assert_eq!(again.header("idempotency-replayed"), "true");
    send("x1", b"Milk").await.is_problem(422);
    assert_eq!(running.files(), 1);
}

fn replaced(bytes: &[u8], old: &[u8], new: &[u8]) -> Vec<u8> {
    let mut replaced = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        match rest.strip_prefix(old) {
            Some(after) => {
                replaced.extend(new);
                rest = after;
            }
            None => {
                replaced.push(rest[0]);
                rest = &rest[1..];
            }
        }
    }
    replaced
}
