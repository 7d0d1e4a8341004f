//! The trust that the shop is given by its environment: an issuer elsewhere, opaque tokens, proxies.

use std::{path::Path, process::Stdio, time::Duration};

use base64::{Engine, engine::general_purpose::STANDARD};
use reqwest::header;
use secure_api::clock::Clock;
use serde_json::json;

use super::{Shop, direct, shop};
use crate::support::{
    Answer, Folder,
    provider::{Provider, ProviderKey},
    token::AUDIENCE,
};

/// A shop over plaintext with these variables, and its folder.
pub(crate) struct Trusting {
    shop: Shop,
    /// The shop's folder, which goes after it, so that nobody writes into it then.
    data: Folder,
}

impl Trusting {
    pub(crate) fn start(variables: &[(&str, &str)]) -> Self {
        let data = Folder::new("shop-");
        let mut command = shop(data.path());
        command.env("SHOP_TLS", "off").envs(variables.iter().copied());
        Self { shop: Shop::run(command), data }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.shop.address)
    }

    /// Returns the status of a look at orders with these fields.
    async fn orders(&self, fields: &[(header::HeaderName, &str)]) -> u16 {
        let client = direct().build().expect("a client");
        let request = client.get(self.url("/v2/orders"));
        let request =
            fields.iter().fold(request, |request, (name, value)| request.header(name, *value));
        request.send().await.expect("an answer").status().as_u16()
    }

    /// Returns the status of that with a token.
    pub(crate) async fn bearer(&self, token: &str) -> u16 {
        self.orders(&[(header::AUTHORIZATION, &format!("Bearer {token}"))]).await
    }
}

/// Returns everything that a shop says that does not start.
pub(super) fn refused(data: &Path, variables: &[(&str, &str)]) -> String {
    let mut command = shop(data);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut shop = command.envs(variables.iter().copied()).spawn().expect("it runs");
    // A shop that starts runs until it is ended.
    let ended = (0..600).any(|_| {
        std::thread::sleep(Duration::from_millis(50));
        shop.try_wait().expect("its state").is_some()
    });
    if !ended {
        shop.kill().expect("it is ended");
    }
    let output = shop.wait_with_output().expect("it has ended");
    assert!(ended && !output.status.success(), "it started with {variables:?}");
    [output.stdout, output.stderr].map(|said| String::from_utf8(said).expect("a text")).concat()
}

// R8, R10
#[tokio::test]
async fn an_issuer_is_trusted_beside_the_shop_itself() {
    let clock = Clock::system();
    let (key, other) = (ProviderKey::new("a"), ProviderKey::new("a"));
    let provider = Provider::start(&[&key]).await;
    let issuer = ("SHOP_ISSUER", &*provider.name);
    let token = key.token(&provider.name, "alice", &clock);
    let trusting = Trusting::start(&[issuer, ("SHOP_AUDIENCE", AUDIENCE)]);
    assert_eq!(trusting.bearer(&token).await, 200);
    for refused in [
        other.token(&provider.name, "alice", &clock),
        key.token("https://shop.example", "alice", &clock),
    ] {
        assert_eq!(trusting.bearer(&refused).await, 401);
    }
    // Its own are taken as before.
    let mut command = shop(trusting.data.path());
    command.args(["token", "--role", "customer", "--subject", "alice"]);
    let own = String::from_utf8(command.output().expect("it runs").stdout).expect("a token");
    assert_eq!(trusting.bearer(own.trim()).await, 200);
    // For another API, and with its roles elsewhere.
    assert_eq!(Trusting::start(&[issuer]).bearer(&token).await, 401);
    let elsewhere = [issuer, ("SHOP_AUDIENCE", AUDIENCE), ("SHOP_ROLES_CLAIM", "/shop/roles")];
    assert_eq!(Trusting::start(&elsewhere).bearer(&token).await, 403);
}

// R25
#[tokio::test]
async fn opaque_tokens_are_asked_about() {
    let now = Clock::system().unix_seconds();
    let provider = Provider::start(&[]).await;
    let at = provider.name.replace("://", "://shop%3Aapi:s%2F%207@") + "/introspect";
    let (asked, audience) = (("SHOP_INTROSPECT", &*at), ("SHOP_AUDIENCE", AUDIENCE));
    let mut said = json!({
        "active": true, "iss": provider.name, "aud": AUDIENCE, "sub": "alice", "client_id": "web",
        "iat": now, "exp": now + 600, "shop": { "roles": ["customer"] },
    });
    provider.says("opaque", said.clone());
    said["aud"] = json!("other-api");
    provider.says("other", said.clone());
    for issuer in [&[][..], &[("SHOP_ISSUER", &*provider.name)]] {
        let variables = [&[asked, audience, ("SHOP_ROLES_CLAIM", "/shop/roles")], issuer].concat();
        let trusting = Trusting::start(&variables);
        assert_eq!(trusting.bearer("opaque").await, 200);
        assert_eq!(trusting.bearer("other").await, 401);
        assert_eq!(trusting.bearer("unknown").await, 401);
    }
    // A client whose tokens have no subject is one; somebody whose subject is not told is not.
    let trusting = Trusting::start(&[asked, audience, ("SHOP_ROLES_CLAIM", "/shop/roles")]);
    said["aud"] = json!(AUDIENCE);
    said.as_object_mut().expect("an object").remove("sub");
    provider.says("nameless", said.clone());
    assert_eq!(trusting.bearer("nameless").await, 200);
    said["username"] = json!("alice");
    provider.says("person", said);
    assert_eq!(trusting.bearer("person").await, 401);
    for (reason, status) in [("none of these is of a person", 200), ("off", 401)] {
        let roles = ("SHOP_ROLES_CLAIM", "/shop/roles");
        let trusting =
            Trusting::start(&[asked, audience, roles, ("SHOP_CLIENT_AS_SUBJECT", reason)]);
        assert_eq!(trusting.bearer("nameless").await, status, "{reason}");
        assert_eq!(trusting.bearer("person").await, 401);
    }
    // By another secret nobody is told anything.
    let at = at.replace("s%2F%207", "s");
    let trusting = Trusting::start(&[("SHOP_INTROSPECT", &at), audience]);
    assert_eq!(trusting.bearer("opaque").await, 503);
}

// R29
#[tokio::test]
async fn a_proxy_that_is_trusted_forwards_certificates() {
    let pair = rcgen::generate_simple_self_signed(["printer".to_owned()]).expect("a pair");
    let field = format!(":{}:", STANDARD.encode(pair.cert.der()));
    let forwarded = [(header::HeaderName::from_static("client-cert"), &*field)];
    for (networks, status) in [("10.0.0.0/8", 400), ("10.0.0.0/8,127.0.0.0/8", 401)] {
        let trusting = Trusting::start(&[("SHOP_PROXIES", networks)]);
        assert_eq!(trusting.orders(&[]).await, 401);
        assert_eq!(trusting.orders(&forwarded).await, status, "{networks}");
    }
}

// R51 R61: a client of a trusted proxy has a limit of its own, and only there.
#[tokio::test]
async fn a_proxy_that_is_trusted_tells_the_address_of_a_client() {
    for (networks, counted) in [("127.0.0.0/8", [1, 2, 1, 2]), ("10.0.0.0/8", [1, 2, 3, 4])] {
        let trusting = Trusting::start(&[
            ("SHOP_PROXIES", networks),
            ("SHOP_ADDR", "0.0.0.0:0"),
            ("SHOP_LIMIT_SCALE", "1"),
        ]);
        let client = direct().build().expect("a client");
        let mut left = Vec::new();
        for address in ["192.0.2.7", "6.6.6.6, 192.0.2.7", "192.0.2.8", "192.0.2.7, 192.0.2.8"] {
            let request = client.get(trusting.url("/nowhere")).header("x-forwarded-for", address);
            let answer = Answer::of(request).await;
            let limit = answer.header("ratelimit");
            let rest =
                limit.strip_prefix("\"app-address\";r=").and_then(|rest| rest.split_once(';'));
            left.push(rest.and_then(|(left, _)| left.parse::<u32>().ok()).expect("a number"));
        }
        assert_eq!(left, counted.map(|count| 1200 - count), "{networks}");
    }
}

// R9, R10: all that is wrong is told at once, and nothing of a secret.
#[test]
fn a_value_that_is_wrong_keeps_the_shop_from_starting() {
    let data = Folder::new("shop-");
    let said = refused(
        data.path(),
        &[
            ("SHOP_ISSUER", "http://login.example"),
            ("SHOP_AUDIENCE", ""),
            ("SHOP_ROLES_CLAIM", ""),
            ("SHOP_INTROSPECT", "https://shop:s3cr3t/login.example"),
            ("SHOP_PROXIES", "10.0.0.0/8,10.0.0.1/8,0.0.0.0/0"),
        ],
    );
    for told in ["SHOP_INTROSPECT is not", "SA150", "SA151", "SA159", "SA183", "SA184"] {
        assert!(said.contains(told), "{told}: {said}");
    }
    assert!(!said.contains("s3cr3t"), "{said}");
    for (name, value, told) in [
        ("SHOP_ISSUER", "", "SA150"),
        ("SHOP_ISSUER", "https://login.example?a", "SA150"),
        ("SHOP_ISSUER", "https://shop.example", "SA157"),
        ("SHOP_PROXIES", "", "SA183"),
        ("SHOP_PROXIES", "10.0.0.0/8, fd00::/8", "SA183"),
        ("SHOP_AUDIENCE", "shop", "SHOP_ISSUER names"),
        ("SHOP_CLIENT_AS_SUBJECT", "none of these is of a person", "names nobody to ask"),
        ("SHOP_CLIENT_AS_SUBJECT", "off", "names nobody to ask"),
        ("SHOP_ROLES_CLAIM", "groups", "SHOP_ISSUER names"),
        ("SHOP_INTROSPECT", "", "SHOP_INTROSPECT is not"),
        ("SHOP_INTROSPECT", "shop:s3cr3t@login.example/ask", "SHOP_INTROSPECT is not"),
        ("SHOP_INTROSPECT", "https://login.example/ask", "SHOP_INTROSPECT is not"),
        ("SHOP_INTROSPECT", "https://s3cr3t@login.example/ask", "SHOP_INTROSPECT is not"),
        ("SHOP_INTROSPECT", "https://:s3cr3t@login.example/ask", "SHOP_INTROSPECT is not"),
        ("SHOP_INTROSPECT", "https://shop:s3cr3t%FF@login.example/ask", "SHOP_INTROSPECT is not"),
        ("SHOP_INTROSPECT", "https://shop:s3cr3t@login.example", "SHOP_INTROSPECT is not"),
        ("SHOP_INTROSPECT", "http://shop:s3cr3t@login.example/ask", "SA174"),
        ("SHOP_INTROSPECT", "ftp://shop:s3cr3t@localhost/ask", "SA174"),
    ] {
        let said = refused(data.path(), &[(name, value)]);
        assert!(said.contains(told), "{name}={value}: {said}");
        assert!(!said.contains("s3cr3t"), "{name}={value}: {said}");
    }
    let help =
        shop(data.path()).arg("--help").env("SHOP_INTROSPECT", "https://a:s3cr3t@b/c").output();
    let help = String::from_utf8(help.expect("it runs").stdout).expect("a text");
    assert!(help.contains("SHOP_INTROSPECT") && !help.contains("s3cr3t"), "{help}");
}
