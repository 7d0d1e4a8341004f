//! The host of a request, over sockets: one, well-formed, and ours.

use http::{Request, Uri};

use crate::support::{Answer, TestServer, raw};

const PATH: &str = "/v2/parts/BOLT";

async fn ask(server: &TestServer, target: &str, fields: &str) -> Answer {
    let request = format!("GET {target} HTTP/1.1\r\n{fields}connection: close\r\n\r\n");
    raw(server.address, request).await
}

/// Returns the status of a request over HTTP/2 without encryption.
async fn http2(server: &TestServer, uri: &str, host: &[&str]) -> Result<u16, h2::Error> {
    let stream = tokio::net::TcpStream::connect(server.address).await.expect("a connection");
    let (client, connection) = h2::client::handshake(stream).await?;
    let driver = tokio::spawn(connection);
    let mut request = Request::builder().uri(uri.parse::<Uri>().expect("a URI"));
    for host in host {
        request = request.header("host", *host);
    }
    let request = request.body(()).expect("a request");
    let (answer, _) = client.ready().await?.send_request(request, true)?;
    let status = answer.await?.status().as_u16();
    driver.abort();
    Ok(status)
}

// R52, RFC 9112, section 3.2.
#[tokio::test]
async fn a_host_that_is_none_is_400() {
    let server = TestServer::start().await;
    for host in
        ["a b", "x:99999", "u@x", "", "x:", "..", "a,b", "::1", "[::1", "http://x", "x/y", "\u{e4}"]
    {
        let answer = ask(&server, PATH, &format!("host: {host}\r\n")).await;
        if host == "x:" {
            assert_eq!(answer.status, 200, "an empty port is the default");
        } else {
            answer.is_problem(400);
        }
    }
    for host in ["localhost", "LOCALHOST:8443", "[::1]:80", "127.0.0.1", "my_shop.", " localhost "]
    {
        assert_eq!(ask(&server, PATH, &format!("host: {host}\r\n")).await.status, 200, "{host}");
    }
}

// R52, RFC 9110, section 4.2.3.
#[tokio::test]
async fn a_host_is_ours_however_it_is_written() {
    let hosts = ["shop.example", "api.example:443", "local.example:8443", "[2001:db8::1]"];
    let server = TestServer::with(|app| app.hosts(hosts)).await;
    for host in [
        "shop.example",
        "SHOP.Example",
        "shop.example:443",
        "shop.example:",
        "shop.example.",
        "shop.example.:443",
        "api.example",
        "api.example:443",
        "local.example:8443",
        "[2001:DB8:0::1]",
        "[2001:db8::1]:443",
    ] {
        assert_eq!(ask(&server, PATH, &format!("host: {host}\r\n")).await.status, 200, "{host}");
    }
    for host in [
        "shop.example:8443",
        "local.example",
        "local.example:443",
        "api.example:8080",
        "shop.example.evil",
        "evil-shop.example",
        "[2001:db8::2]",
        "localhost",
    ] {
        ask(&server, PATH, &format!("host: {host}\r\n")).await.is_problem(421);
    }
    // HTTP/1.0 need not name one, and then nobody knows that it is for us.
    let old = format!("GET {PATH} HTTP/1.0\r\n\r\n");
    raw(server.address, old).await.is_problem(421);
}

// R52: whoever looks at the other of the two would see another host.
#[tokio::test]
async fn the_target_and_the_host_are_one() {
    for hosts in [&[][..], &["shop.example"]] {
        let server = TestServer::with(|app| app.hosts(hosts.iter().copied())).await;
        let ask = async |target: &str, host: &str| {
            ask(&server, &format!("{target}{PATH}"), &format!("host: {host}\r\n")).await
        };
        for host in ["evil.example", "shop.example:8080", "shop.example.evil"] {
            ask("http://shop.example", host).await.is_problem(400);
            let uri = format!("http://shop.example{PATH}");
            assert_eq!(http2(&server, &uri, &[host]).await.expect("an answer"), 400);
        }
        ask("http://evil.example", "shop.example").await.is_problem(400);
        ask("http://u@shop.example", "shop.example").await.is_problem(400);
        ask("ftp://shop.example", "shop.example").await.is_problem(400);
        assert_eq!(ask("http://shop.example:80", "Shop.Example").await.status, 200);
        assert_eq!(ask("http://SHOP.example", "shop.example:80").await.status, 200);
        let uri = format!("http://shop.example{PATH}");
        for host in [&[][..], &["shop.example"], &["shop.example:80"]] {
            assert_eq!(http2(&server, &uri, host).await.expect("an answer"), 200, "{host:?}");
        }
        let two = http2(&server, &uri, &["shop.example", "shop.example"]).await;
        assert!(two.is_err() || two.is_ok_and(|status| status == 400));
    }
}
