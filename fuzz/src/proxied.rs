//! The PROXY protocol: a header that is accepted is one that another parser reads, with the same address, and not a byte of what
//! follows is taken.

use std::net::{IpAddr, SocketAddr};

use ppp::v2::{Addresses, Command, Header};
use secure_api::__fuzz::proxied;

/// Reads bytes as the beginning of a connection.
pub fn check(data: &[u8]) -> bool {
    let Ok((address, left)) = proxied(data) else { return false };
    let length = 16 + usize::from(u16::from_be_bytes([data[14], data[15]]));
    assert_eq!(data.len() - left, length, "what follows is the client's");
    // Of a proxy that speaks for itself nothing further is read, which the other one looks at.
    if data[12] == 0x20 {
        assert_eq!(address, None);
        return true;
    }
    let header =
        Header::try_from(&data[..length]).unwrap_or_else(|error| panic!("{error}: {data:?}"));
    let told = match (header.command, header.addresses) {
        (Command::Local, _) | (_, Addresses::Unspecified | Addresses::Unix(_)) => None,
        (_, Addresses::IPv4(told)) => {
            Some(SocketAddr::new(told.source_address.into(), told.source_port))
        }
        (_, Addresses::IPv6(told)) => {
            Some(SocketAddr::new(IpAddr::V6(told.source_address), told.source_port))
        }
    };
    assert_eq!(address, told, "{data:?}");
    // A connection that ends within the header is none.
    assert!(proxied(&data[..length - 1]).is_err());
    true
}
