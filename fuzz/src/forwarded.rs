//! The address of a client behind proxies: in `X-Forwarded-For` and in `Forwarded` it is the same, however its lines are parted,
//! and nothing that stands left of it counts.

use std::{
    net::{IpAddr, Ipv4Addr},
    sync::LazyLock,
};

use axum::Router;
use http::{HeaderName, HeaderValue, header::FORWARDED};
use secure_api::app::ForwardedHeader;

use super::api::{app, ask_from, get, lines, router};

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// A proxy.
const PROXY: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));

static LISTED: LazyLock<Router> = LazyLock::new(|| behind(ForwardedHeader::XForwardedFor));
static STANDARD: LazyLock<Router> = LazyLock::new(|| behind(ForwardedHeader::Forwarded));

fn behind(header: ForwardedHeader) -> Router {
    router(app().proxies(["192.0.2.0/24", "2001:db8::/32"]).forwarded(header))
}

fn is_ours(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => address.octets().starts_with(&[192, 0, 2]),
        IpAddr::V6(address) => address.segments().starts_with(&[0x2001, 0xdb8]),
    }
}

/// Returns the address that an app finds behind a peer; none where it refuses the request.
fn found(router: &Router, peer: IpAddr, name: &HeaderName, sent: &[u8]) -> Option<IpAddr> {
    let answer = ask_from(router, peer, lines(get("/v1/where"), name, sent), "");
    answer.is_well().then(|| answer.text("address").expect("one").parse().expect("an address"))
}

/// Sends lines as the header of a proxy.
pub fn check(data: &[u8]) -> bool {
    let mut accepted = false;
    for (router, name) in [(&LISTED, &X_FORWARDED_FOR), (&STANDARD, &FORWARDED)] {
        let address = found(router, PROXY, name, data);
        // Who is no proxy says what it likes.
        let stranger = IpAddr::V4(Ipv4Addr::new(198, 51, 100, 7));
        assert_eq!(found(router, stranger, name, data), Some(stranger));
        let Some(address) = address else { continue };
        assert_eq!(address, address.to_canonical());
        accepted |= address != PROXY;
        // What a client puts before what a proxy added.
        let is_sent =
            data.split(|byte| *byte == b'\n').all(|line| HeaderValue::from_bytes(line).is_ok())
                && data.split(|byte| *byte == b'\n').count() < 39;
        if !is_ours(address) && is_sent {
            for before in ["10.0.0.1, ", "\"", "for=\"", "203.0.113.9\n", "garbage;=,", ",,,"] {
                // Quotes that a client leaves open may hold no comma that a proxy wrote.
                let sent = [
                    before.as_bytes(),
                    if before.ends_with([',', ' ', '\n']) { b"" } else { b"," },
                    data,
                ]
                .concat();
                assert_eq!(found(router, PROXY, name, &sent), Some(address), "{before:?}");
            }
        }
    }
    same(data);
    accepted
}

/// Asserts that a list of addresses is read alike from both headers, and from one line or several.
fn same(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else { return };
    let addresses: Option<Vec<IpAddr>> =
        text.split(',').map(|entry| entry.trim_matches([' ', '\t']).parse().ok()).collect();
    let Some(addresses) = addresses else { return };
    let mut expected = PROXY;
    for (number, address) in addresses.iter().rev().enumerate() {
        if number == 32 {
            assert_eq!(found(&LISTED, PROXY, &X_FORWARDED_FOR, data), None);
            return;
        }
        expected = address.to_canonical();
        if !is_ours(expected) {
            break;
        }
    }
    assert_eq!(found(&LISTED, PROXY, &X_FORWARDED_FOR, data), Some(expected), "{text}");
    let lines = addresses.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    if addresses.len() <= 40 {
        assert_eq!(
            found(&LISTED, PROXY, &X_FORWARDED_FOR, lines.as_bytes()),
            Some(expected),
            "{text}"
        );
    }
    let element = |address: &IpAddr| match address {
        IpAddr::V4(address) => format!("proto=https;for={address}"),
        IpAddr::V6(address) => format!("For=\"[{address}]:443\";by=_us"),
    };
    let elements = addresses.iter().map(element).collect::<Vec<_>>().join(", ");
    assert_eq!(
        found(&STANDARD, PROXY, &FORWARDED, elements.as_bytes()),
        Some(expected),
        "{elements}"
    );
}
