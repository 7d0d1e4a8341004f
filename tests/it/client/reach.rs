//! The places that calls may lead to: nobody inside, in whatever form it is written, and whatever a name leads to.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use proptest::prelude::*;
use secure_api::client::{SafeClient, Upstream};

use super::{
    Peer, Rates, ask,
    peer::{REASON, json},
};

/// The name of a service on the web.
const NAME: &str = "https://rates.example/v1";

/// Returns the client of a service whose name leads there.
fn leading_to(
    found: impl Fn() -> Vec<SocketAddr> + Send + Sync + 'static,
    change: impl FnOnce(Upstream<Rates>) -> Upstream<Rates>,
) -> SafeClient<Rates> {
    let upstream = Upstream::at(NAME).resolving(move |_| found()).retries(0);
    change(upstream).client().expect("a public name")
}

#[track_caller]
fn is_refused(url: &str) {
    let refused = Upstream::<Rates>::at(url).client().expect_err(url);
    let codes: Vec<_> = refused.problems().iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["SA211"], "{url}: {refused}");
}

// R92
#[test]
fn addresses_inside_are_refused_in_any_form() {
    for host in [
        "127.0.0.1",
        "127.0.0.1.",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "0177.0.0.1",
        "017700000001",
        "0.0.0.0",
        "0",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "169.254.169.254",
        "169.254.169.254.",
        "2852039166",
        "0xa9fea9fe",
        "168.63.129.16",
        "192.0.2.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.1",
        "192.88.99.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[64:ff9b:1::1]",
        "[2002:7f00:1::]",
        "[2001::1]",
        "[2001:db8::1]",
        "[3fff::1]",
        "[fc00::1]",
        "[fd00:ec2::254]",
        "[fe80::1]",
        "[fec0::1]",
        "[ff02::1]",
        "[100::1]",
        "[5f00::1]",
        "[::ffff:0:a00:1]",
        // Full-width digits are the same digits to whoever normalizes a name.
        "１２７.0.0.1",
        "127。0。0。1",
    ] {
        is_refused(&format!("https://{host}/"));
        is_refused(&format!("https://{host}:8443/a"));
    }
}

// R92
#[test]
fn only_https_without_a_user_name_is_called() {
    for url in [
        "http://rates.example/",
        "ftp://rates.example/",
        "file:///etc/passwd",
        "https://",
        "https://me@rates.example/",
        "https://me:pw@rates.example/",
        "https://rates.example:0/",
        "https://rates.example/?a=1",
        "https://rates.example/#a",
        "rates.example",
        "",
        "http://localhost:8080/",
        "gopher://rates.example/",
        "data:text/plain,a",
    ] {
        is_refused(url);
    }
    assert!(Upstream::<Rates>::at("https://rates.example:8443/v1/").client().is_ok());
}

// R92
#[tokio::test]
async fn a_name_that_leads_inside_is_not_connected_to() {
    let peer = Peer::start(|_, _| json("{\"cents\":1}")).await;
    for address in [
        peer.address,
        SocketAddr::new(Ipv4Addr::new(169, 254, 169, 254).into(), 80),
        SocketAddr::new(Ipv6Addr::LOCALHOST.into(), peer.address.port()),
        SocketAddr::new(Ipv4Addr::LOCALHOST.to_ipv6_mapped().into(), peer.address.port()),
    ] {
        let refused = ask(&leading_to(move || vec![address], |upstream| upstream)).await;
        assert!(refused.expect_err("it leads inside").leads_inside(), "{address}");
    }
    assert_eq!(peer.times(), 0);
}

// R92
#[tokio::test]
async fn a_name_that_leads_elsewhere_later_is_judged_again() {
    let (peer, certificate) = Peer::named("rates.example", |_, _| json("{\"cents\":1}")).await;
    let (address, asked) = (peer.address, Arc::new(AtomicUsize::new(0)));
    let client = || {
        let asked = Arc::clone(&asked);
        let rebinding = move || match asked.fetch_add(1, Ordering::SeqCst) {
            0 => vec![address],
            _ => vec![SocketAddr::new(Ipv4Addr::new(169, 254, 169, 254).into(), 443)],
        };
        leading_to(rebinding, |upstream| {
            upstream.internal("rates.example", REASON).root_certificate(&certificate)
        })
    };
    // The address that was found good is the one that is connected to: nobody looks again in between.
    let rates = client();
    assert_eq!(ask(&rates).await.expect("an answer").cents, 1);
    assert_eq!(asked.load(Ordering::SeqCst), 1);
    // A connection that is kept was judged when it was made; one that is new is judged as a new one.
    let refused = ask(&client()).await.expect_err("it leads to the metadata service");
    assert!(refused.leads_inside(), "{refused}");
    assert_eq!((asked.load(Ordering::SeqCst), peer.times()), (2, 1));
}

// R92
#[tokio::test]
async fn a_declared_host_is_that_port_of_it_alone() {
    let peer = Peer::start(|_, _| json("{\"cents\":1}")).await;
    let other = Peer::start(|_, _| json("{\"cents\":2}")).await;
    assert_eq!(ask(&peer.client(|upstream| upstream)).await.expect("it is declared").cents, 1);
    let url = format!("http://{}/base", other.address);
    let refused = Upstream::<Rates>::at(&url).internal(peer.address.to_string(), REASON).client();
    assert!(refused.is_err());
    for host in [
        "169.254.169.254:443",
        "[fd00:ec2::254]:443",
        "[fe80::1]:443",
        "224.0.0.1:443",
        "0.0.0.0:443",
    ] {
        let metadata = Upstream::<Rates>::at(format!("https://{host}/")).internal(host, REASON);
        assert!(metadata.client().is_err(), "{host}");
    }
    // Plaintext is for this machine.
    let plain = Upstream::<Rates>::at("http://10.0.0.7:80/").internal("10.0.0.7:80", REASON);
    assert!(plain.client().is_err());
    let private = Upstream::<Rates>::at("https://10.0.0.7/").internal("10.0.0.7:443", REASON);
    assert!(private.client().is_ok());
}

// R92
#[tokio::test]
async fn a_text_of_a_user_is_one_segment() {
    let peer = Peer::start(|_, _| json("{\"cents\":1}")).await;
    let rates = peer.client::<Rates>(|upstream| upstream);
    let text = "../../admin?x=1#y%2e%2e/ä";
    let answer = rates.get(["of", text]).query("q", "a&b=c d").json::<super::RateAnswer>().await;
    answer.expect("an answer");
    let asked = peer.asked();
    assert_eq!(
        asked[0].target,
        "/base/of/..%2F..%2Fadmin%3Fx%3D1%23y%252e%252e%2F%C3%A4?q=a%26b%3Dc+d"
    );
    for segment in ["", ".", ".."] {
        assert!(rates.get([segment, "admin"]).done().await.is_err(), "{segment:?}");
    }
    for (name, value) in [
        ("authorization", "Bearer x"),
        ("host", "a"),
        ("cookie", "a=b"),
        ("x-a", "a\r\nb: c"),
        ("a b", "c"),
    ] {
        assert!(rates.get(["a"]).header(name, value).done().await.is_err(), "{name}");
    }
    assert_eq!(peer.times(), 1);
}

/// The special ranges of IANA's registries (RFC 6890), and what carries an IPv4 address inside.
fn special() -> impl Strategy<Value = IpAddr> {
    let v4 = |prefix: [u8; 4], bits: u32| {
        any::<u32>().prop_map(move |low| {
            let mask = u32::MAX.checked_shr(bits).unwrap_or(0);
            IpAddr::V4(Ipv4Addr::from(u32::from_be_bytes(prefix) | (low & mask)))
        })
    };
    let v6 = |prefix: [u16; 8], bits: u32| {
        any::<u128>().prop_map(move |low| {
            let mask = u128::MAX.checked_shr(bits).unwrap_or(0);
            IpAddr::V6(Ipv6Addr::from(u128::from(Ipv6Addr::from(prefix)) | (low & mask)))
        })
    };
    prop_oneof![
        v4([0, 0, 0, 0], 8),
        v4([10, 0, 0, 0], 8),
        v4([100, 64, 0, 0], 10),
        v4([127, 0, 0, 0], 8),
        v4([169, 254, 0, 0], 16),
        v4([172, 16, 0, 0], 12),
        v4([192, 0, 0, 0], 24),
        v4([192, 0, 2, 0], 24),
        v4([192, 88, 99, 0], 24),
        v4([192, 168, 0, 0], 16),
        v4([198, 18, 0, 0], 15),
        v4([198, 51, 100, 0], 24),
        v4([203, 0, 113, 0], 24),
        v4([224, 0, 0, 0], 4),
        v4([240, 0, 0, 0], 4),
        v4([168, 63, 129, 16], 32),
        v6([0; 8], 80),
        v6([0x64, 0xff9b, 0, 0, 0, 0, 0, 0], 96),
        v6([0x64, 0xff9b, 1, 0, 0, 0, 0, 0], 48),
        v6([0x100, 0, 0, 0, 0, 0, 0, 0], 64),
        v6([0x2001, 0, 0, 0, 0, 0, 0, 0], 23),
        v6([0x2001, 0xdb8, 0, 0, 0, 0, 0, 0], 32),
        v6([0x2002, 0, 0, 0, 0, 0, 0, 0], 16),
        v6([0x3fff, 0, 0, 0, 0, 0, 0, 0], 20),
        v6([0x5f00, 0, 0, 0, 0, 0, 0, 0], 16),
        v6([0xfc00, 0, 0, 0, 0, 0, 0, 0], 7),
        v6([0xfe80, 0, 0, 0, 0, 0, 0, 0], 10),
        v6([0xfec0, 0, 0, 0, 0, 0, 0, 0], 10),
        v6([0xff00, 0, 0, 0, 0, 0, 0, 0], 8),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

    // R92
    #[test]
    fn no_special_address_is_connected_to(address in special()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.expect("a runtime");
        let found = SocketAddr::new(address, 443);
        let refused = runtime.block_on(async {
            ask(&leading_to(move || vec![found], |upstream| upstream)).await
        });
        prop_assert!(refused.expect_err("it is special").leads_inside(), "{}", address);
        let literal = Upstream::<Rates>::at(format!("https://{found}/")).client();
        prop_assert!(literal.is_err(), "{}", address);
    }
}
