//! The kind of a file, which its bytes say.

use super::*;

// R95
#[tokio::test]
async fn a_file_is_what_its_bytes_say() {
    let running = Running::start().await;
    let polyglot = [png(10), b"PK\x03\x04evil".to_vec()].concat();
    let cut = png(10)[..50].to_vec();
    for (part, code) in [
        (file(&b"<svg onload=steal()>"[..], "a.png", "image/png"), "kind"),
        (file(&b"<!DOCTYPE html><script>"[..], "a.png", "image/png"), "kind"),
        (file(&b"PK\x03\x04 evil"[..], "a.png", "image/png"), "kind"),
        (file(&b"GIF89a;"[..], "a.gif", "image/gif"), "kind"),
        (file(polyglot, "a.png", "image/png"), "kind"),
        (file(cut, "a.png", "image/png"), "kind"),
        (file(&b""[..], "a.png", "image/png"), "size"),
        (file(png(0), "a.png", "image/jpeg"), "media-type"),
        (file(png(0), "a.png", "text/html"), "media-type"),
        (file(png(0), "a.png", "multipart/mixed; boundary=evil"), "media-type"),
        (file(png(0), "a.jpg", "image/png"), "file-name"),
        (file(png(0), "a.png.exe", "image/png"), "file-name"),
        (file(png(0), "../../etc/passwd", "image/png"), "file-name"),
        (file(png(0), "a\u{202E}gnp.png", "image/png"), "file-name"),
    ] {
        let answer = running.upload(pictured(part)).await;
        assert_eq!(Running::told(&answer, 422), pairs([("/picture", code)]), "{answer:#?}");
    }
    // A name that is only unusual is not shown.
    let answer = running.upload(pictured(file(png(0), "-rf.png", "image/png"))).await;
    assert_eq!((answer.status, &answer.json()["called"]), (200, &Json_::Null));
    assert_eq!(running.files(), 1, "nothing that was refused is kept");
}
