//! The bounds of an upload: as a whole, of each part, and of the time it takes.

use super::*;

/// Returns a request to PUT a small file, up to its body.
fn small(running: &Running, headers: &str) -> String {
    format!(
        "PUT /v1/small HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer {}\r\n\
         Content-Type: {TYPE}\r\n{headers}\r\n\r\n",
        running.token
    )
}

// R82
#[tokio::test]
async fn an_upload_is_bounded_whole_and_in_each_part() {
    let running = Running::start().await;
    // What its route states, announced or not.
    let file = "Content-Disposition: form-data; name=\"file\"";
    let large = body(&[(file, &[b'a'; 600])]);
    let chunked = large
        .chunks(50)
        .map(|chunk| format!("{:x}\r\n{}\r\n", chunk.len(), String::from_utf8_lossy(chunk)));
    let chunked = small(&running, "Transfer-Encoding: chunked") + &chunked.collect::<String>();
    let stated = small(&running, "Content-Length: 601");
    for request in [chunked + "0\r\n\r\n", stated] {
        let answer = raw_text(running.server.address, request).await;
        assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
    }
    let put = |content: Vec<u8>| {
        let request = self::small(&running, &format!("Content-Length: {}", content.len()));
        raw_text(running.server.address, [request.into_bytes(), content].concat())
    };
    let answer = put(body(&[(file, &[b'a'; 100])])).await;
    assert!(answer.starts_with("HTTP/1.1 204 "), "{answer}");
    // Within the whole, and not within its own bound.
    let answer = put(body(&[(file, &[b'a'; 101])])).await;
    assert!(
        answer.starts_with("HTTP/1.1 422 ") && answer.contains("from 1 to 100 bytes"),
        "{answer}"
    );
    // A body that ends before it said so is no upload.
    let part = body(&[(file, b"abc")]);
    let mut request = small(&running, &format!("Content-Length: {}", part.len() + 5)).into_bytes();
    request.extend(&part);
    let mut stream =
        tokio::net::TcpStream::connect(running.server.address).await.expect("connects");
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    stream.write_all(&request).await.expect("is sent");
    stream.shutdown().await.expect("half is closed");
    let mut answer = String::new();
    let _ = stream.read_to_string(&mut answer).await;
    assert!(!answer.contains(" 204 "), "{answer}");
    // Without one of its own, a route has room for all of its fields.
    let most = Gallery::API.model().operations[0].body_limit.expect("that of its fields");
    assert!((3 * KIB + 200..24 * KIB).contains(&most), "{most}");
    let answer = running.send(TYPE, vec![b'a'; most + 1]).await;
    answer.is_problem(413);
    // As large as it gets, it is still read: each part by itself.
    let image = png(2 * KIB - png(0).len());
    let form = Multipart::new()
        .text("title", "\u{10FFFD}".repeat(20))
        .text("stars", "5")
        .part("picture", self::file(image, "a.png", "image/png"))
        .part("notes", self::file(vec![b'a'; 100], "a.txt", "text/plain"))
        .part("notes", self::file(vec![b'a'; 100], "b.txt", "text/plain"));
    let answer = running.upload(form).await;
    assert_eq!(answer.status, 200, "{answer:#?}");
}

// R82: who sends slowly has no more time than anybody.
#[tokio::test]
async fn a_slow_upload_is_given_up() {
    let running = Running::of(Gallery::app().deadline(Duration::from_millis(200))).await;
    let start = std::time::Instant::now();
    let begun = small(&running, "Content-Length: 500") + "--b\r\nContent-Disposition: form-data";
    let answer = raw_text(running.server.address, begun).await;
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    assert!(start.elapsed() < Duration::from_secs(4), "{:?}", start.elapsed());
}
