//! The PROXY protocol, version 2: a proxy that passes bytes on says before them whose they are.
//!
//! <https://www.haproxy.org/download/3.0/doc/proxy-protocol.txt>, section 2.2. Version 1, a line of text, is refused: it has neither
//! a length nor a check sum.

#[cfg(test)]
mod tests;

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

/// Reads the header that bytes begin with, for a target of fuzzing. Returns the number of bytes behind it too.
#[cfg(fuzzing)]
pub fn proxied(mut bytes: &[u8]) -> Result<(Option<SocketAddr>, usize)> {
    use futures_util::FutureExt;

    let read = read(&mut bytes).now_or_never();
    let told = read.ok_or_else(|| wrong("bytes that are there were waited for"))??;
    Ok((told, bytes.len()))
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
