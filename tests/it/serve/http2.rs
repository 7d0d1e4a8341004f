//! HTTP/2 by its frames, as no client would send them: a list of fields that is none has no answer.

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use super::frames::{PLAIN, PREFACE, block, frame};
use crate::support::TestServer;

/// The end of a stream, as its frames tell it.
#[derive(Debug, PartialEq)]
enum End {
    /// An answer of 200.
    Shown,
    /// Another answer.
    Told,
    /// `RST_STREAM`, or `GOAWAY` of the whole connection, with this code.
    Refused(u32),
}

/// `PROTOCOL_ERROR`
const MALFORMED: End = End::Refused(1);

/// Sends fields on the first stream, with content where there is some, and returns how that ends.
async fn sent(server: &TestServer, fields: &[(&str, &str)], content: Option<&[u8]>) -> End {
    let mut stream = TcpStream::connect(server.address).await.expect("a connection");
    let end = u8::from(content.is_none());
    let mut bytes = PREFACE.to_vec();
    bytes.extend(frame(4, 0, 0, &[]));
    bytes.extend(frame(1, 4 | end, 1, &block(fields)));
    bytes.extend(content.into_iter().flat_map(|content| frame(0, 1, 1, content)));
    stream.write_all(&bytes).await.expect("sent");
    loop {
        let mut head = [0; 9];
        stream.read_exact(&mut head).await.expect("a frame");
        let length = u32::from_be_bytes([0, head[0], head[1], head[2]]) as usize;
        let mut content = vec![0; length];
        stream.read_exact(&mut content).await.expect("the whole of it");
        let number = |at: usize| u32::from_be_bytes(*content[at..].first_chunk().expect("a code"));
        match head[3] {
            1 => {
                // The status stands first, behind a change of the table's size; 200 is in the table (RFC 7541, appendix A).
                let first = content.iter().find(|byte| *byte & 0xE0 != 0x20);
                return if first == Some(&0x88) { End::Shown } else { End::Told };
            }
            3 => return End::Refused(number(0)),
            7 => return End::Refused(number(4)),
            _ => {}
        }
    }
}

// R50, RFC 9113, section 8.2: what means something for one connection of HTTP/1.1 would part a request where a proxy writes it so.
#[tokio::test]
async fn fields_of_a_connection_are_no_request() {
    let server = TestServer::start().await;
    let with = |more: (&'static str, &'static str)| [&PLAIN[..], &[more]].concat();
    assert_eq!(sent(&server, &PLAIN, None).await, End::Shown);
    assert_eq!(sent(&server, &with(("te", "trailers")), None).await, End::Shown);
    for field in [
        ("connection", "close"),
        ("connection", "x-user"),
        ("keep-alive", "timeout=5"),
        ("proxy-connection", "close"),
        ("transfer-encoding", "chunked"),
        ("transfer-encoding", "identity"),
        ("upgrade", "h2c"),
        ("te", "gzip"),
        ("te", "trailers, gzip"),
    ] {
        assert_eq!(sent(&server, &with(field), None).await, MALFORMED, "{field:?}");
    }
}

// R50 in part, RFC 9113, sections 8.2.1 and 8.3.
#[tokio::test]
async fn fields_that_are_none_are_no_request() {
    let server = TestServer::start().await;
    let with = |more: (&'static str, &'static str)| [&PLAIN[..], &[more]].concat();
    assert_eq!(sent(&server, &with(("x-user", "alice")), None).await, End::Shown);
    for field in [
        ("X-User", "alice"),
        ("Host", "localhost"),
        ("x user", "alice"),
        ("x-user:", "alice"),
        ("x-user\r\nx-role", "alice"),
        ("x-user\0", "alice"),
        ("", "alice"),
        ("x-user", "a\r\nx-role: admin"),
        ("x-user", "a\nb"),
        ("x-user", "a\0b"),
        // What a proxy would write into the first line.
        (":method", "DELETE"),
        (":path", "/v2/orders"),
        (":authority", "elsewhere"),
        (":status", "200"),
        (":other", "x"),
    ] {
        assert_eq!(sent(&server, &with(field), None).await, MALFORMED, "{field:?}");
    }
    let behind = [&[("x-user", "alice")], &PLAIN[..]].concat();
    assert_eq!(sent(&server, &behind, None).await, MALFORMED, "the first line stands first");
    for missing in [":method", ":scheme", ":path"] {
        let without: Vec<_> = PLAIN.into_iter().filter(|(name, _)| *name != missing).collect();
        assert_eq!(sent(&server, &without, None).await, MALFORMED, "without {missing}");
    }
    for (name, value) in [
        (":path", ""),
        (":path", "/v2/parts/BOLT HTTP/1.1\r\nhost: x\r\n\r\nGET /v2/orders"),
        (":method", "GET /v2/orders"),
        (":method", ""),
    ] {
        let changed = PLAIN.map(|field| if field.0 == name { (name, value) } else { field });
        assert_ne!(sent(&server, &changed, None).await, End::Shown, "{name} {value:?}");
    }
}

// R50 in part, RFC 9113, section 8.1.1: content is as long as it says.
#[tokio::test]
async fn a_length_that_is_not_that_of_the_content_is_no_request() {
    let server = TestServer::start().await;
    let with = |more: &[(&'static str, &'static str)]| [&PLAIN[..], more].concat();
    assert_eq!(sent(&server, &with(&[("content-length", "0")]), None).await, End::Shown);
    for (lengths, content) in [
        (&[("content-length", "1")][..], None),
        (&[("content-length", "1")], Some(&b"xy"[..])),
        (&[("content-length", "3")], Some(b"xy")),
        (&[("content-length", "x")], None),
        (&[("content-length", "0"), ("content-length", "1")], None),
    ] {
        let end = sent(&server, &with(lengths), content).await;
        assert_ne!(end, End::Shown, "{lengths:?} {content:?}");
    }
}
