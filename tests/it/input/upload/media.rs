//! The media type of an upload, with its boundary.

use super::*;

// R83
#[tokio::test]
async fn an_upload_says_that_it_is_one() {
    let running = Running::start().await;
    let image = png(0);
    let good = body(&[(TITLE, b"Tea"), (PICTURE, &image)]);
    let long = format!("multipart/form-data; boundary={}", "b".repeat(71));
    for wrong in [
        "application/json",
        "multipart/mixed; boundary=b",
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=b; boundary=c",
        "multipart/form-data; boundary=b; other=c",
        "multipart/form-data; boundary=b\u{e9}",
        &long,
    ] {
        let answer = running.send(wrong, good.clone()).await;
        answer.is_problem(415);
        assert_eq!(answer.header("accept"), "multipart/form-data");
    }
}
