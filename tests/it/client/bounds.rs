//! The bounds of an answer: its time, its size, its type, and what is in it.

use std::{convert::Infallible, time::Duration};

use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use futures_util::{StreamExt, stream};
use http::header;

use super::{
    Peer, RateAnswer, Rates, ask,
    peer::{json, status},
};

/// A while that passes in a test, and no answer comes in it.
const SOON: Duration = Duration::from_millis(200);

fn streamed(chunks: impl futures_util::Stream<Item = &'static [u8]> + Send + 'static) -> Response {
    let body = Body::from_stream(chunks.map(|chunk| Ok::<_, Infallible>(Bytes::from(chunk))));
    ([(header::CONTENT_TYPE, "application/json")], body).into_response()
}

// R93
#[tokio::test]
async fn nobody_waits_for_a_head_that_does_not_come() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let upstream = secure_api::client::Upstream::<Rates>::at(format!("http://{address}/"));
    let upstream = upstream.internal(address.to_string(), super::peer::REASON).retries(0);
    let rates = upstream.timeouts(SOON, SOON).client().expect("it is declared");
    assert!(ask(&rates).await.expect_err("nobody answers").is_timeout());
    drop(listener);
}

// R93
#[tokio::test]
async fn nobody_waits_for_a_body_that_does_not_come() {
    let peer =
        Peer::start(|_, _| streamed(stream::iter([&b"{\"cents\":"[..]]).chain(stream::pending())))
            .await;
    let rates = peer.client(|upstream| upstream.timeouts(SOON, SOON).retries(0));
    assert!(ask(&rates).await.expect_err("it never ends").is_timeout());
}

// R93
#[tokio::test]
async fn an_answer_is_read_up_to_its_bound() {
    let endless = Peer::start(|_, _| streamed(stream::repeat(&[b' '; 1024][..]))).await;
    let rates = endless.client(|upstream| upstream.most_bytes(64 * 1024));
    let refused = ask(&rates).await.expect_err("it never ends");
    assert!(refused.to_string().ends_with("more than 65536 bytes"), "{refused}");
    assert_eq!(endless.times(), 1);

    let just = Peer::start(|_, _| json("{\"cents\":1}")).await;
    assert!(ask(&just.client(|upstream| upstream.most_bytes(11))).await.is_ok());
    let refused = ask(&just.client(|upstream| upstream.most_bytes(10))).await;
    assert!(refused.expect_err("it says that it is longer").to_string().contains("10 bytes"));
}

// R93
#[tokio::test]
async fn nothing_is_unpacked() {
    let peer = Peer::start(|_, _| {
        let fields =
            [(header::CONTENT_TYPE, "application/json"), (header::CONTENT_ENCODING, "gzip")];
        (fields, "{\"cents\":1}").into_response()
    })
    .await;
    let refused = ask(&peer.client(|upstream| upstream)).await.expect_err("it is coded");
    assert!(refused.to_string().ends_with("it is coded"), "{refused}");
    assert_eq!(peer.asked()[0].header("accept-encoding"), None);
}

// R93
#[tokio::test]
async fn an_answer_is_of_the_type_that_was_asked_for() {
    for media in ["text/html", "application/jsonp", "application/json; charset=utf-16", ""] {
        let peer = Peer::start(move |_, _| {
            ([(header::CONTENT_TYPE, media)], "{\"cents\":1}").into_response()
        })
        .await;
        let refused = ask(&peer.client(|upstream| upstream)).await.expect_err(media);
        assert!(refused.to_string().ends_with("another media type"), "{media}: {refused}");
        assert_eq!(peer.asked()[0].header("accept"), Some("application/json"));
    }
    let picture =
        Peer::start(|_, _| ([(header::CONTENT_TYPE, "image/png")], "png").into_response());
    let picture = picture.await;
    let rates = picture.client::<Rates>(|upstream| upstream);
    assert_eq!(rates.get(["a"]).bytes("image/png").await.expect("it is"), b"png");
    assert!(rates.get(["a"]).bytes("image/jpeg").await.is_err());
}

// R93
#[tokio::test]
async fn an_answer_is_read_as_strictly_as_an_input() {
    let answered = async |text: &'static str, open: bool| {
        let peer = Peer::start(move |_, _| json(text)).await;
        let rates = peer.client(|upstream| match open {
            true => upstream.ignores_unknown_members(),
            false => upstream,
        });
        ask(&rates).await
    };
    for (text, why) in [
        ("{\"cents\":1001}", "range"),
        ("{\"cents\":\"1\"}", "type"),
        ("{\"cents\":1,\"day\":\"a day that is longer than it may be\"}", "length"),
        ("{}", "required"),
        ("{\"cents\":1,\"cents\":2}", ""),
        ("{\"cents\":1}x", ""),
        ("[]", "type"),
        ("", ""),
    ] {
        for open in [false, true] {
            let refused = answered(text, open).await.expect_err(text).to_string();
            assert!(refused.starts_with("Rates: the answer cannot be read: "), "{text}: {refused}");
            assert!(refused.contains(why), "{text}: {refused}");
        }
    }
    let more = "{\"cents\":1,\"more\":\"s3cret\",\"day\":null}";
    let refused = answered(more, false).await.expect_err("more was sent").to_string();
    assert!(refused.ends_with("unknown") && !refused.contains("s3cret"), "{refused}");
    let RateAnswer { cents, day } = answered(more, true).await.expect("more is left out");
    assert_eq!((cents, day), (1, None));
}

// R93
#[tokio::test]
async fn nothing_is_read_of_an_answer_that_nobody_wants() {
    let peer = Peer::start(|number, _| match number {
        0 => streamed(stream::repeat(&[b' '; 1024][..])),
        _ => status(404),
    })
    .await;
    let rates = peer.client::<Rates>(|upstream| upstream);
    rates.delete(["rates", "1"]).done().await.expect("it is done");
    assert_eq!(rates.delete(["rates", "1"]).done().await.expect_err("none").status(), Some(404));
}
