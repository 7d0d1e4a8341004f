//! Headers of the PROXY protocol, and what is none.

use std::net::Ipv6Addr;

use futures_util::FutureExt;
use proptest::prelude::*;

use super::*;

fn header(command: u8, family: u8, told: &[u8]) -> Vec<u8> {
    let length = u16::try_from(told.len()).expect("a length").to_be_bytes();
    [&SIGNATURE[..], &[command, family], &length, told].concat()
}

/// Reads a header before a request, of which nothing is taken.
async fn read_before(header: &[u8]) -> Result<Option<SocketAddr>> {
    let bytes = [header, b"GET /"].concat();
    let mut stream = &bytes[..];
    let told = read(&mut stream).await?;
    assert_eq!(stream, b"GET /");
    Ok(told)
}

fn v4() -> Vec<u8> {
    [&[192, 0, 2, 7, 10, 0, 0, 1][..], &4711_u16.to_be_bytes(), &443_u16.to_be_bytes()].concat()
}

fn v6() -> Vec<u8> {
    let client: Ipv6Addr = "2001:db8::7".parse().expect("an address");
    let ports = [4711_u16.to_be_bytes(), 443_u16.to_be_bytes()].concat();
    [&client.octets()[..], &[0; 16], &ports].concat()
}

fn field(kind: u8, value: &[u8]) -> Vec<u8> {
    let length = u16::try_from(value.len()).expect("a length").to_be_bytes();
    [&[kind][..], &length, value].concat()
}

/// Returns a header with a check sum of it.
fn summed(told: &[u8]) -> Vec<u8> {
    let mut header = header(0x21, 0x11, &[told, &field(CHECK_SUM, &[0; 4])].concat());
    let (sum, place) = (crc32c(&header), header.len() - 4);
    header[place..].copy_from_slice(&sum.to_be_bytes());
    header
}

// R51
#[tokio::test]
async fn a_header_tells_whose_a_connection_is() {
    let peer = |text: &str| Some(text.parse::<SocketAddr>().expect("an address"));
    let more = [&v4()[..], &field(0x04, &[0; 9]), &field(0xEA, b"vpce-1")].concat();
    for (header, told) in [
        (header(0x21, 0x11, &v4()), peer("192.0.2.7:4711")),
        (header(0x21, 0x21, &v6()), peer("[2001:db8::7]:4711")),
        (header(0x21, 0x11, &more), peer("192.0.2.7:4711")),
        (summed(&v4()), peer("192.0.2.7:4711")),
        (summed(&more), peer("192.0.2.7:4711")),
        // The proxy's own, and what it tells nothing of.
        (header(0x20, 0x00, &[]), None),
        (header(0x20, 0x11, &v4()), None),
        (header(0x21, 0x00, &[]), None),
        (header(0x21, 0x31, &[0; 216]), None),
    ] {
        assert_eq!(read_before(&header).await.expect("a header"), told, "{header:?}");
    }
}

// R51
#[tokio::test]
async fn what_is_no_header_is_refused() {
    let mut other_sum = summed(&v4());
    other_sum[16] ^= 1;
    let short = |family, told: &[u8]| header(0x21, family, &told[..told.len() - 1]);
    let twice = [&v4()[..], &field(CHECK_SUM, &[0; 4]), &field(CHECK_SUM, &[0; 4])].concat();
    for header in [
        b"PROXY TCP4 192.0.2.7 10.0.0.1 4711 443\r\n".to_vec(),
        b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n".to_vec(),
        header(0x11, 0x11, &v4()),
        header(0x22, 0x11, &v4()),
        header(0x21, 0x12, &v4()),
        header(0x21, 0x41, &v4()),
        header(0x21, 0x11, &[0; MOST + 1]),
        short(0x11, &v4()),
        short(0x21, &v6()),
        short(0x31, &[0; 216]),
        header(0x21, 0x11, &[&v4()[..], &[0x04, 0, 9, 0]].concat()),
        header(0x21, 0x11, &[&v4()[..], &[0x04]].concat()),
        header(0x21, 0x11, &[&v4()[..], &field(CHECK_SUM, &[0; 3])].concat()),
        header(0x21, 0x11, &twice),
        other_sum,
    ] {
        let error = read_before(&header).await.expect_err("no header");
        assert_eq!(error.kind(), ErrorKind::InvalidData, "{header:?}");
    }
    let cut = header(0x21, 0x11, &v4());
    for length in 0..cut.len() {
        let error = read(&mut &cut[..length]).await.expect_err("a part");
        assert_eq!(error.kind(), ErrorKind::UnexpectedEof, "{length}");
    }
}

#[test]
fn a_check_sum_is_castagnolis() {
    // RFC 3720, appendix B.4.
    assert_eq!(crc32c(&[0; 32]), 0x8A91_36AA);
    assert_eq!(crc32c(&[0xFF; 32]), 0x62A8_AB43);
    assert_eq!(crc32c(b"123456789"), 0xE306_9283);
}

proptest! {
    // R51: whatever comes, nothing panics, and nothing behind the header is taken.
    #[test]
    fn a_header_ends_where_it_says(
        command in prop_oneof![Just(0x20), Just(0x21), any::<u8>()],
        family in prop_oneof![Just(0), Just(0x11), Just(0x21), Just(0x31), any::<u8>()],
        told in prop::collection::vec(any::<u8>(), 0..300),
        fields in prop::collection::vec((0..6_u8, prop::collection::vec(any::<u8>(), 0..8)), 0..4),
        cut: u16,
    ) {
        let fields: Vec<u8> = fields.iter().flat_map(|(kind, value)| field(*kind, value)).collect();
        let header = header(command, family, &[told, fields].concat());
        // All of it is there, so nobody waits.
        let read_all = |bytes: &[u8]| {
            let mut stream = bytes;
            let told = read(&mut stream).now_or_never().expect("it is there");
            (told, stream.len())
        };
        let (told, left) = read_all(&[&header[..], b"GET /"].concat());
        prop_assert_eq!(left, 5);
        prop_assert!(told.is_ok() || told.is_err_and(|error| error.kind() == ErrorKind::InvalidData));
        let (told, _) = read_all(&header[..usize::from(cut) % header.len()]);
        prop_assert!(told.is_err());
    }
}
