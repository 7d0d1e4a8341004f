//! The addresses that proxies tell, and what a client cannot tell.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use http::{HeaderMap, HeaderName, HeaderValue};
use proptest::prelude::*;

use super::*;

/// Returns the proxies of these tests.
fn ours() -> Proxies {
    let mut proxies = Proxies::default();
    assert!(proxies.add("10.0.0.0/8") && proxies.add("fd00::/8"));
    proxies
}

/// Returns the client that proxies of `10.0.0.0/8` and `fd00::/8` tell in these lines of a header, where one at `10.0.0.1` sent
/// them.
fn client(
    stated: Option<ForwardedHeader>,
    lines: &[(&str, &[u8])],
) -> Result<String, &'static str> {
    let mut headers = HeaderMap::new();
    for (name, value) in lines {
        let name: HeaderName = name.parse().expect("a name");
        headers.append(name, HeaderValue::from_bytes(value).expect("a value"));
    }
    let told = ours().client(stated, &headers, IpAddr::from([10, 0, 0, 1]));
    told.map(|address| address.to_string())
}

fn by_list(lines: &[&str]) -> Result<String, &'static str> {
    let lines: Vec<_> = lines.iter().map(|line| ("x-forwarded-for", line.as_bytes())).collect();
    client(None, &lines)
}

fn by_forwarded(lines: &[&str]) -> Result<String, &'static str> {
    let lines: Vec<_> = lines.iter().map(|line| ("forwarded", line.as_bytes())).collect();
    client(Some(ForwardedHeader::Forwarded), &lines)
}

// R51
#[test]
fn a_list_is_read_from_the_right_through_trusted_proxies() {
    for (lines, told) in [
        (&[][..], "10.0.0.1"),
        (&["192.0.2.7"], "192.0.2.7"),
        (&["  192.0.2.7\t"], "192.0.2.7"),
        (&["192.0.2.7:4711"], "192.0.2.7"),
        (&["2001:db8::7"], "2001:db8::7"),
        (&["[2001:DB8::7]"], "2001:db8::7"),
        (&["[2001:db8::7]:4711"], "2001:db8::7"),
        (&["::ffff:192.0.2.7"], "192.0.2.7"),
        (&["192.0.2.7, 10.9.9.9"], "192.0.2.7"),
        (&["192.0.2.7,10.9.9.9,fd00::3, ::ffff:10.1.2.3"], "192.0.2.7"),
        // What stands left of it is the client's own word.
        (&["198.51.100.1, 192.0.2.7"], "192.0.2.7"),
        (&["10.0.0.5, 198.51.100.1, 192.0.2.7, 10.9.9.9"], "192.0.2.7"),
        (&["nonsense, \", 192.0.2.7"], "192.0.2.7"),
        // Several lines are one list.
        (&["198.51.100.1", "192.0.2.7"], "192.0.2.7"),
        (&["192.0.2.7", "10.9.9.9", ""], "192.0.2.7"),
        // Nothing between commas is nothing.
        (&["192.0.2.7, , ,"], "192.0.2.7"),
        (&["", ","], "10.0.0.1"),
        // Who is hidden is counted where it is hidden.
        (&["unknown"], "10.0.0.1"),
        (&["192.0.2.7, Unknown, 10.9.9.9"], "10.9.9.9"),
        // All are proxies: the first of them is the client.
        (&["10.3.3.3, 10.2.2.2"], "10.3.3.3"),
    ] {
        assert_eq!(by_list(lines).as_deref(), Ok(told), "{lines:?}");
    }
}

// R51
#[test]
fn a_proxy_that_tells_no_address_is_refused() {
    for wrong in [
        "nonsense",
        "192.0.2.256",
        "192.0.2",
        "0300.0.2.7",
        "192.0.2.7:",
        "192.0.2.7:x",
        "192.0.2.7:123456",
        "[192.0.2.7]",
        "[2001:db8::7",
        "[2001:db8::7]4711",
        "2001:db8::7%eth0",
        "\"192.0.2.7\"",
        "192.0.2.7 10.9.9.9",
        "for=192.0.2.7",
        "192.0.2.7;10.9.9.9",
        "_",
        "http://192.0.2.7",
    ] {
        for line in [wrong.to_owned(), format!("192.0.2.7, {wrong}"), format!("{wrong}, 10.9.9.9")]
        {
            assert!(by_list(&[&line]).is_err(), "{line}");
        }
    }
    assert!(client(None, &[("x-forwarded-for", b"192.0.2.\xff")]).is_err());
    let (most, more) = (vec!["10.2.2.2"; 32].join(","), vec!["10.2.2.2"; 33].join(","));
    assert_eq!(by_list(&[&most]).as_deref(), Ok("10.2.2.2"));
    assert!(by_list(&[&more]).is_err());
    // A client may write as much as it likes.
    assert_eq!(by_list(&[&more, "192.0.2.7"]).as_deref(), Ok("192.0.2.7"));
}

// R51
#[test]
fn forwarded_is_read_as_its_rfc_has_it() {
    for (lines, told) in [
        (&[][..], "10.0.0.1"),
        (&["for=192.0.2.7"], "192.0.2.7"),
        (&["For=\"192.0.2.7:4711\";proto=https"], "192.0.2.7"),
        (&["proto=http; by=10.0.0.1; FOR=192.0.2.7"], "192.0.2.7"),
        (&["for=\"[2001:db8::7]\""], "2001:db8::7"),
        (&["for=\"[2001:db8::7]:4711\""], "2001:db8::7"),
        (&["for=\"[2001:db8::7]:_port\""], "2001:db8::7"),
        (&["for=192.0.2.7, for=10.9.9.9"], "192.0.2.7"),
        (&["for=192.0.2.7;host=\"a,b;c\", for=\"[fd00::3]\""], "192.0.2.7"),
        (&["for=198.51.100.1, for=192.0.2.7"], "192.0.2.7"),
        (&["for=198.51.100.1", "for=192.0.2.7"], "192.0.2.7"),
        // A quote that a client left open takes nothing in.
        (&["for=\"198.51.100.1, for=192.0.2.7"], "192.0.2.7"),
        (&["for=198.51.100.1;x=\"", "for=192.0.2.7"], "192.0.2.7"),
        (&["for=unknown"], "10.0.0.1"),
        (&["for=192.0.2.7, for=_hidden, for=10.9.9.9"], "10.9.9.9"),
        (&["for=\"_hidden:4711\""], "10.0.0.1"),
        (&["proto=https"], "10.0.0.1"),
        (&["for=192.0.2.7, proto=https;by=_x"], "10.0.0.1"),
        (&["for=192.0.2.7,,"], "192.0.2.7"),
    ] {
        assert_eq!(by_forwarded(lines).as_deref(), Ok(told), "{lines:?}");
    }
    for wrong in [
        "192.0.2.7",
        "for",
        "for=",
        "for=\"\"",
        "for=192.0.2.7:4711",
        "for=[2001:db8::7]",
        "for = 192.0.2.7",
        "for=\"192.0.2.7",
        "for=192.0.2.7\"",
        "for=\"192.0.2.\\7\"",
        "for=192.0.2.7;for=192.0.2.8",
        "for=example.com",
        "for=_",
        "for=\"192.0.2.7\" x",
        // Open at the proxy's end: from there on it is one entry with what a client wrote.
        "for=192.0.2.7;proto=https, for=\"[2001:db8::7]:",
        "for=192.0.2.7;x=\"",
    ] {
        assert!(by_forwarded(&[wrong]).is_err(), "{wrong}");
    }
}

// R51: a client cannot choose which header is read.
#[test]
fn one_header_is_read() {
    let both: [(&str, &[u8]); 2] =
        [("x-forwarded-for", b"192.0.2.7"), ("forwarded", b"for=192.0.2.8")];
    assert!(client(None, &both).is_err());
    for (stated, told) in [
        (ForwardedHeader::XForwardedFor, "192.0.2.7"),
        (ForwardedHeader::Forwarded, "192.0.2.8"),
        (ForwardedHeader::Neither, "10.0.0.1"),
    ] {
        assert_eq!(client(Some(stated), &both).as_deref(), Ok(told));
    }
    assert_eq!(client(None, &both[1..]).as_deref(), Ok("10.0.0.1"));
}

/// Makes lists of what could stand in either header.
fn entries() -> impl Strategy<Value = Vec<Vec<u8>>> {
    let entry = prop_oneof![
        any::<Ipv4Addr>().prop_map(|address| address.to_string()),
        any::<Ipv6Addr>().prop_map(|address| format!("for=\"[{address}]\"")),
        any::<u8>().prop_map(|last| format!("10.0.0.{last}")),
        any::<u8>().prop_map(|last| format!("For=10.0.0.{last};proto=http")),
        "[0-9a-f.:\\[\\]\",;=_ for\\\\-]{0,24}",
    ];
    let line =
        prop::collection::vec(entry, 0..6).prop_map(|entries| entries.join(", ").into_bytes());
    let bytes =
        prop::collection::vec(prop_oneof![Just(b'\t'), 0x20..0x7F_u8, 0x80..=0xFF_u8], 0..60);
    prop::collection::vec(prop_oneof![3 => line, 1 => bytes], 0..4)
}

proptest! {
    // R51: whatever stands there, nothing panics, and a proxy is a client only where nobody else is told.
    #[test]
    fn a_proxy_is_the_client_only_where_nobody_else_is_told(lines in entries(), forwarded: bool) {
        let (name, stated) = match forwarded {
            true => ("forwarded", ForwardedHeader::Forwarded),
            false => ("x-forwarded-for", ForwardedHeader::XForwardedFor),
        };
        let lines: Vec<_> = lines.iter().map(|line| (name, &line[..])).collect();
        let Ok(told) = client(Some(stated), &lines) else { return Ok(()) };
        let ours = ours();
        if !ours.trust(told.parse().ok()) {
            return Ok(());
        }
        // Each entry up to the right end, or to one that hides somebody, is a proxy's.
        let text: Vec<_> = lines.iter().map(|(_, line)| String::from_utf8_lossy(line)).collect();
        for entry in text.join(",").rsplit(',').map(str::trim) {
            let hides = entry.to_ascii_lowercase().contains("unknown") || entry.contains('_');
            if hides || (forwarded && !entry.is_empty() && !entry.to_ascii_lowercase().contains("for=")) {
                break;
            }
            for number in entry.split(['"', '=', ';', ']', '[', ' ']) {
                if let Ok(address) = number.parse::<IpAddr>() {
                    prop_assert!(ours.trust(Some(address)), "{lines:?} told {told}");
                }
            }
        }
    }

    // R51 R61: what a client writes changes nothing, whatever it is.
    #[test]
    fn what_a_client_writes_changes_nothing(lines in entries(), forwarded: bool) {
        let (name, stated, own) = match forwarded {
            true => ("forwarded", ForwardedHeader::Forwarded, &b"for=192.0.2.7"[..]),
            false => ("x-forwarded-for", ForwardedHeader::XForwardedFor, &b"192.0.2.7"[..]),
        };
        // A proxy adds a line, or to the last one.
        let mut added: Vec<_> = lines.iter().map(|line| (name, line.clone())).collect();
        added.push((name, own.to_vec()));
        let mut joined: Vec<_> = lines.iter().map(|line| (name, line.clone())).collect();
        if let Some((_, last)) = joined.last_mut() {
            last.extend_from_slice(b", ");
            last.extend_from_slice(own);
        } else {
            joined.push((name, own.to_vec()));
        }
        for lines in [added, joined] {
            let lines: Vec<_> = lines.iter().map(|(name, line)| (*name, &line[..])).collect();
            let told = client(Some(stated), &lines);
            prop_assert_eq!(told.as_deref(), Ok("192.0.2.7"));
        }
    }
}
