//! Bodies that two readers would take apart in two ways, over real sockets: what a gateway before the server saw has to
//! be what the server saw, or nothing.

use super::*;

/// Returns a body whose first part has these headers, where the title would be.
fn titled(headers: &str, content: &[u8]) -> Vec<u8> {
    body(&[(headers, content), (PICTURE, &png(0))])
}

// R80 R95
#[tokio::test]
async fn a_name_is_what_every_reader_takes_for_it() {
    let running = Running::start().await;
    let disposition = |rest: &str| titled(&format!("Content-Disposition: form-data{rest}"), b"Tea");
    // The name of a file may hold what looks like another name: it is no title, and so the title is missing.
    let hidden = disposition("; filename=\" name=title; \"; name=\"evil\"");
    let mut told = Running::told(&running.send(TYPE, hidden).await, 422);
    told.sort();
    assert_eq!(told, pairs([("/evil", "unknown"), ("/title", "required")]));
    for rest in [
        "; filename=\" name=title\"",
        "; filename=\"a;name=title;b\"",
        "; name=\"title\"; name=\"stars\"",
        "; name=\"title\"; NAME=\"stars\"",
        "; name=\"title\"; filename=\"a\"; filename=\"b\"",
        "; name=\"tit\\le\"",
        "; name=\"title\\\"; name=\\\"stars\"",
        "; filename=\"\\\"; name=\"title\"; x=\"\\\"\"",
        "; name = \"title\"",
        "; name=\"title\" evil",
        "; name=\"title\"; evil=\"1\"",
        "; name=\"title\";",
        "; name=title stars",
        "; name=\"title",
        ", name=\"title\"",
        "-data; name=\"title\"",
        " name=\"title\"",
    ] {
        let answer = running.send(TYPE, disposition(rest)).await;
        assert_eq!(answer.status, 400, "{rest}: {answer:#?}");
        Running::told(&answer, 400);
    }
    // What is no more than another way of writing is read.
    for rest in ["; name=title", ";name=\"title\"", " ; Name=\"title\""] {
        let answer = running.send(TYPE, disposition(rest)).await;
        assert_eq!(answer.status, 200, "{rest}: {answer:#?}");
    }
}

// R80 R95
#[tokio::test]
async fn a_part_ends_where_every_reader_ends_it() {
    let running = Running::start().await;
    let inner = "Content-Disposition: form-data; name=\"stars\"\r\n\r\n5";
    for (what, content) in [
        ("an empty content that is none", format!("--b\r\n{inner}")),
        ("a boundary after a line feed", format!("Tea\n--b\r\n{inner}")),
        ("the last boundary after a line feed", "Tea\n--b--\r\n".to_owned()),
        ("a longer boundary", format!("Tea\r\n--bb\r\n{inner}")),
        ("a boundary with padding", format!("Tea\r\n--b \r\n{inner}")),
        ("a boundary and a tab", format!("Tea\r\n--b\t\r\n{inner}")),
        ("a boundary that a line feed ends", format!("Tea\r\n--b\n{inner}")),
        ("a last boundary with more", "Tea\r\n--b--evil".to_owned()),
    ] {
        let answer = running.send(TYPE, titled(TITLE, content.as_bytes())).await;
        assert_eq!(answer.status, 400, "{what}: {answer:#?}");
    }
    // What only looks alike is content.
    let answer = running.send(TYPE, titled(TITLE, b"a--b")).await;
    assert_eq!((answer.status, &answer.json()["title"]), (200, &json!("a--b 0")));
}

// R80 R95
#[tokio::test]
async fn headers_of_a_part_are_lines() {
    let running = Running::start().await;
    for headers in [
        "Content-Disposition: form-data;\r\n name=\"title\"".to_owned(),
        "Content-Disposition: form-data;\r\n\tname=\"title\"".to_owned(),
        format!("X-Other: a\n{TITLE}"),
        format!("{TITLE}\r\n--b: x"),
        format!("--b: x\r\n{TITLE}"),
        format!("{TITLE}\r\n--b--: x"),
        format!("X-Other: a\r{TITLE}"),
        format!("{TITLE}\nContent-Type: text/plain"),
        "Content-Disposition : form-data; name=\"title\"".to_owned(),
        format!(" {TITLE}"),
        format!("\r\n{TITLE}"),
        format!("X Other: a\r\n{TITLE}"),
        format!(": a\r\n{TITLE}"),
        format!("X-Other: a\0b\r\n{TITLE}"),
        format!(
            "{TITLE}\r\nContent-Transfer-Encoding: binary\r\nContent-Transfer-Encoding: base64"
        ),
        format!("{TITLE}\r\nContent-Transfer-Encoding: quoted-printable"),
    ] {
        let answer = running.send(TYPE, titled(&headers, b"Tea")).await;
        assert_eq!(answer.status, 400, "{headers:?}: {answer:#?}");
    }
    let headers = format!(
        "X-Other: ignored\r\nContent-Length: 7\r\n{TITLE}\r\nContent-Transfer-Encoding: 8BIT"
    );
    assert_eq!(running.send(TYPE, titled(&headers, b"Tea")).await.status, 200);
    // An upload in an upload, and a default of encodings, are what they are called: neither text nor known.
    let nested = format!("{TITLE}\r\nContent-Type: multipart/mixed; boundary=c");
    let content = b"--c\r\nContent-Disposition: attachment; filename=\"a\"\r\n\r\nTea\r\n--c--";
    let told = Running::told(&running.send(TYPE, titled(&nested, content)).await, 422);
    assert_eq!(told, pairs([("/title", "media-type")]));
    let charset = ("Content-Disposition: form-data; name=\"_charset_\"", &b"utf-7"[..]);
    let content = body(&[charset, (TITLE, b"Tea"), (PICTURE, &png(0))]);
    let told = Running::told(&running.send(TYPE, content).await, 422);
    assert_eq!(told, pairs([("/_charset_", "unknown")]));
}

// R95: two kinds in one file.
#[tokio::test]
async fn an_image_is_no_script_and_no_archive() {
    let running = Running::start().await;
    let zip = b"PK\x05\x06\0\0\0\0\x01\0\x01\0\x2E\0\0\0\0\0\0\0\x02\0\xFF\xD9";
    let commented = [&b"\xFF\xD8\xFF\xFE\0\x0C%PDF-1.7 x"[..], b"\xFF\xD9"].concat();
    for image in [
        [b"\xFF\xD8\xFF\xE0\0\x04ab\xFF\xD9", &zip[..]].concat(),
        b"\xFF\xD8\xFF\xE0 <script>steal()</script> \xFF\xD9".to_vec(),
        commented,
    ] {
        let answer = running.upload(pictured(file(image, "a.jpg", "image/jpeg"))).await;
        assert_eq!(Running::told(&answer, 422), pairs([("/picture", "kind")]));
    }
    assert_eq!(running.files(), 0);
}

// R80 R95
#[tokio::test]
async fn what_can_be_read_in_two_ways_is_refused() {
    let running = Running::start().await;
    let image = png(0);
    let good = body(&[(TITLE, b"Tea"), (PICTURE, &image)]);
    assert_eq!(running.send(TYPE, good.clone()).await.status, 200);
    let quoted = "Multipart/Form-Data; charset=UTF-8; boundary=\"b\"";
    assert_eq!(running.send(quoted, [b"\r\n", &good[..]].concat()).await.status, 200);
    let with = |headers: &str| body(&[(headers, b"Tea"), (PICTURE, &image)]);
    let many: Vec<_> = (0..60).map(|_| (TITLE, &b"Tea"[..])).collect();
    let long = format!("{TITLE}\r\nX-Filling: {}", "a".repeat(3000));
    let nul = "Content-Disposition: form-data; name=\"picture\"; filename=\"a\0.png\"";
    for (what, body) in [
        ("nothing", Vec::new()),
        ("cut off in a part", good[..good.len() - 20].to_vec()),
        ("cut off in the last boundary", good[..good.len() - 4].to_vec()),
        ("a preamble", [b"evil\r\n", &good[..]].concat()),
        ("an epilogue", [&good[..], b"evil"].concat()),
        ("a second upload", [&good[..], &good[..]].concat()),
        ("another boundary", String::from_utf8_lossy(&good).replace("--b", "--c").into_bytes()),
        ("no name", with("Content-Disposition: form-data")),
        ("an empty name", with("Content-Disposition: form-data; name=\"\"")),
        ("no disposition", with("X-Other: form-data; name=\"title\"")),
        ("another disposition", with("Content-Disposition: attachment; name=\"title\"")),
        ("a name in an encoding", with(&format!("{TITLE}; filename*=UTF-8''a.png"))),
        (
            "a content in an encoding",
            with(&format!("{TITLE}\r\nContent-Transfer-Encoding: base64")),
        ),
        ("two dispositions", with(&format!("{TITLE}\r\n{PICTURE}"))),
        (
            "two media types",
            with(&format!("{TITLE}\r\nContent-Type: a/b\r\ncontent-type: text/plain")),
        ),
        ("long headers", with(&long)),
        ("headers that are none", with(&format!("{TITLE}\r\nno header"))),
        ("NUL in a name", with(nul)),
        ("too many parts", self::body(&many)),
    ] {
        let answer = running.send(TYPE, body).await;
        assert_eq!(answer.status, 400, "{what}: {answer:#?}");
        Running::told(&answer, 400);
    }
    assert_eq!(running.files(), 2);
}
