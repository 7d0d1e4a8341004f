//! The PROXY protocol, version 2: a proxy that passes bytes on says before them whose they are.
//!
//! <https://www.haproxy.org/download/3.0/doc/proxy-protocol.txt>, section 2.2. Version 1, a line of text, is refused: it has neither
//! a length nor a check sum.

use std::{
    io::{Error, ErrorKind, Result},
    net::{IpAddr, SocketAddr},
};

use tokio::io::{AsyncRead, AsyncReadExt};

/// The bytes that no request of HTTP and no handshake of TLS begins with.
const SIGNATURE: [u8; 12] = *b"\r\n\r\n\0\r\nQUIT\n";

/// The bytes before the addresses: signature, command, family, length.
const FIXED: usize = 16;

/// The most bytes of addresses and of what a proxy adds to them. A chain of certificates is more, and nobody reads it here.
const MOST: usize = 4096;

/// The kind of the field that holds a check sum (CRC-32C) of the whole.
const CHECK_SUM: u8 = 0x03;

/// Reads the header, and not a byte of what follows. Returns the address of the client, or none: the proxy speaks for itself, or
/// for somebody whose address it does not tell.
///
/// # Errors
///
/// The connection's, or `InvalidData` if it begins with anything else.
pub(super) async fn read(stream: &mut (impl AsyncRead + Unpin)) -> Result<Option<SocketAddr>> {
    let mut fixed = [0; FIXED];
    stream.read_exact(&mut fixed).await?;
    let [_, _, _, _, _, _, _, _, _, _, _, _, command, family, high, low] = fixed;
    if !fixed.starts_with(&SIGNATURE) {
        return Err(wrong("it begins with no header of the PROXY protocol, version 2"));
    }
    let length = usize::from(u16::from_be_bytes([high, low]));
    if length > MOST {
        return Err(wrong("the header is longer than 4 KiB"));
    }
    let mut header = Vec::with_capacity(FIXED + length);
    header.extend_from_slice(&fixed);
    header.resize(FIXED + length, 0);
    stream.read_exact(&mut header[FIXED..]).await?;

    let told = &header[FIXED..];
    let (told, further) = match (command, family) {
        // Local: whatever stands there is not looked at.
        (0x20, _) => (None, &told[told.len()..]),
        (0x21, 0x00) => (None, told),
        (0x21, 0x11) => {
            let (source, further) = address::<4>(told)?;
            (Some(source), further)
        }
        (0x21, 0x21) => {
            let (source, further) = address::<16>(told)?;
            (Some(source), further)
        }
        // Two sockets of the proxy's own machine.
        (0x21, 0x31) => (None, told.get(216..).ok_or_else(|| wrong(SHORT))?),
        (0x20..=0x21, _) => return Err(wrong("the header tells of no stream")),
        _ => return Err(wrong("the header has another version or command")),
    };
    if let Some((place, sum)) = check_sum(further)? {
        // What is summed up has zeros in the place of the sum.
        let place = header.len() - further.len() + place;
        header[place..place + sum.len()].fill(0);
        if crc32c(&header) != u32::from_be_bytes(sum) {
            return Err(wrong("the check sum is another"));
        }
    }
    Ok(told)
}

const SHORT: &str = "the header is shorter than what it tells";

fn wrong(why: &'static str) -> Error {
    Error::new(ErrorKind::InvalidData, why)
}

/// Takes two addresses of so many bytes and two ports off, and returns the first of each.
fn address<const BYTES: usize>(told: &[u8]) -> Result<(SocketAddr, &[u8])>
where
    IpAddr: From<[u8; BYTES]>,
{
    let (source, rest) = told.split_first_chunk::<BYTES>().ok_or_else(|| wrong(SHORT))?;
    let (_, rest) = rest.split_first_chunk::<BYTES>().ok_or_else(|| wrong(SHORT))?;
    let (&[high, low, _, _], further) =
        rest.split_first_chunk::<4>().ok_or_else(|| wrong(SHORT))?;
    let port = u16::from_be_bytes([high, low]);
    Ok((SocketAddr::new(IpAddr::from(*source), port), further))
}

/// Walks the fields behind the addresses, each of a kind and a length. Returns the check sum with its place among them.
fn check_sum(fields: &[u8]) -> Result<Option<(usize, [u8; 4])>> {
    let mut found = None;
    let mut left = fields;
    while let Some((&[kind, high, low], rest)) = left.split_first_chunk() {
        let length = usize::from(u16::from_be_bytes([high, low]));
        let (value, rest) = rest.split_at_checked(length).ok_or_else(|| wrong(SHORT))?;
        if kind == CHECK_SUM {
            let sum = value.try_into().map_err(|_| wrong("the check sum has not four bytes"))?;
            let place = fields.len() - rest.len() - value.len();
            if found.replace((place, sum)).is_some() {
                return Err(wrong("there are two check sums"));
            }
        }
        left = rest;
    }
    if left.is_empty() { Ok(found) } else { Err(wrong(SHORT)) }
}

/// Computes CRC-32C (Castagnoli), bit by bit: headers are short, and few proxies send one.
fn crc32c(bytes: &[u8]) -> u32 {
    const REFLECTED: u32 = 0x82F6_3B78;
    let byte = |sum: u32, byte: &u8| {
        let bit = |sum: u32, _| (sum >> 1) ^ if sum & 1 == 1 { REFLECTED } else { 0 };
        (0..8).fold(sum ^ u32::from(*byte), bit)
    };
    !bytes.iter().fold(!0, byte)
}

#[cfg(test)]
mod tests {
    use std::net::Ipv6Addr;

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
}
