//! Content of no bytes is no content, however it is framed.

use super::*;

// R110: clients of .NET and some proxies frame nothing as chunks.
#[tokio::test]
async fn chunks_of_nothing_are_nothing() {
    let (server, token) = server().await;
    let admin = server.token("root", &["admin"]);
    let shipment = format!("{}/shipment", order("v2", ALICES));
    for (method, path, who, status) in [
        ("GET", "/v2/parts/BOLT", None, 200),
        ("HEAD", "/v2/parts/BOLT", None, 200),
        ("OPTIONS", "/v2/parts/BOLT", None, 204),
        ("GET", "/v2/orders", Some(&token), 200),
        ("POST", &*shipment, Some(&admin), 202),
    ] {
        for framing in [
            "transfer-encoding: chunked\r\n\r\n0\r\n\r\n",
            "transfer-encoding: chunked\r\n\r\n000\r\n\r\n",
            "transfer-encoding: chunked\r\n\r\n0;x=y\r\n\r\n",
            "transfer-encoding: chunked\r\n\r\n0\r\nx-trailer: y\r\n\r\n",
            "transfer-encoding: chunked\r\ncontent-type: application/json\r\n\r\n0\r\n\r\n",
            "content-length: 0\r\n\r\n",
            "content-length: 0\r\ncontent-type: text/plain\r\n\r\n",
        ] {
            let bearer =
                who.map_or(String::new(), |who| format!("authorization: Bearer {who}\r\n"));
            let text = format!(
                "{method} {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n{bearer}{framing}"
            );
            assert_eq!(
                raw(server.address, text).await.status,
                status,
                "{method} {path} {framing:?}"
            );
        }
    }
    // One byte is content.
    let text = "GET /v2/parts/BOLT HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\
                transfer-encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n";
    raw(server.address, text).await.is_problem(400);
}
