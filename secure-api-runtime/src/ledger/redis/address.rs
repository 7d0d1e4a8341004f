//! The address of a Redis, as a URL has it.

use std::{fmt, path::PathBuf};

use percent_encoding::percent_decode_str;
use secrecy::{ExposeSecret, SecretString};
use url::{Host, Url};

/// The port where a URL names none.
const PORT: u16 = 6379;

/// The address of a Redis, with whom to be there. Its text and its `Debug` have neither user nor password.
#[derive(Clone)]
pub(super) struct Address {
    pub(super) place: Place,
    pub(super) user: Option<String>,
    password: Option<SecretString>,
    pub(super) database: i64,
}

/// The socket of a Redis.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Place {
    Tcp { host: String, port: u16 },
    Tls { host: String, port: u16 },
    Unix(PathBuf),
}

impl Address {
    /// Reads a URL. What is wrong with it is said without what it holds.
    pub(super) fn parse(url: &str) -> Result<Self, &'static str> {
        let url = Url::parse(url).map_err(|_| "it is no URL")?;
        if url.query().is_some() || url.fragment().is_some() {
            return Err("it has a query or a fragment");
        }
        let text = |part: &str| {
            let text = percent_decode_str(part).decode_utf8();
            text.map(String::from).map_err(|_| "a part of it is no UTF-8")
        };
        let password = url.password().map(text).transpose()?.map(SecretString::from);
        let user = Some(url.username()).filter(|user| !user.is_empty()).map(text).transpose()?;
        let (place, database) = match url.scheme() {
            "unix" | "redis+unix" if url.has_host() => Err("a socket's path begins after `//`"),
            "unix" | "redis+unix" => Ok((Place::Unix(text(url.path())?.into()), 0)),
            scheme @ ("redis" | "rediss" | "valkey" | "valkeys") => {
                let host = match url.host().ok_or("it names no host")? {
                    Host::Domain(name) => text(name)?,
                    Host::Ipv4(address) => address.to_string(),
                    Host::Ipv6(address) => address.to_string(),
                };
                let port = url.port().unwrap_or(PORT);
                let database = match url.path() {
                    "" | "/" => 0,
                    path => path[1..].parse::<u16>().map_err(|_| "its path is no database")?,
                };
                let place = match scheme.ends_with("ss") || scheme.ends_with("ys") {
                    true => Place::Tls { host, port },
                    false => Place::Tcp { host, port },
                };
                Ok((place, database.into()))
            }
            _ => Err("its scheme is none of `redis`, `rediss` and `unix`"),
        }?;
        Ok(Self { place, user, password, database })
    }

    /// Returns the password.
    pub(super) fn password(&self) -> Option<&str> {
        self.password.as_ref().map(ExposeSecret::expose_secret)
    }

    pub(super) fn set_password(&mut self, password: String) {
        self.password = Some(password.into());
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Place::Tcp { host, port } | Place::Tls { host, port } if host.contains(':') => {
                write!(f, "[{host}]:{port}")
            }
            Place::Tcp { host, port } | Place::Tls { host, port } => write!(f, "{host}:{port}"),
            Place::Unix(path) => write!(f, "{}", path.display()),
        }
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(url: &str) -> String {
        Address::parse(url).map_or_else(str::to_owned, |address| address.to_string())
    }

    #[test]
    fn a_url_is_read_without_telling_who_asks() {
        let address = Address::parse("rediss://shop:p%40ss@redis.example:6380/3").expect("a URL");
        assert!(
            address.place == Place::Tls { host: "redis.example".into(), port: 6380 },
            "{address}"
        );
        assert_eq!((address.user.as_deref(), address.password()), (Some("shop"), Some("p@ss")));
        assert_eq!(address.database, 3);
        assert_eq!(format!("{address} {address:?}"), "redis.example:6380 redis.example:6380");
        assert_eq!(shown("redis://:secret@127.0.0.1"), "127.0.0.1:6379");
        assert_eq!(shown("valkey://[::1]:7000/"), "[::1]:7000");
        assert_eq!(shown("unix:///run/redis/redis.sock"), "/run/redis/redis.sock");
    }

    #[test]
    fn what_is_no_address_is_told_without_what_it_holds() {
        for (url, why) in [
            ("redis.example:6379", "its scheme is none of `redis`, `rediss` and `unix`"),
            ("https://redis.example", "its scheme is none of `redis`, `rediss` and `unix`"),
            ("not one", "it is no URL"),
            ("redis:///0", "it names no host"),
            ("redis://redis.example/shop", "its path is no database"),
            ("rediss://redis.example/#insecure", "it has a query or a fragment"),
            ("unix://run/redis.sock", "a socket's path begins after `//`"),
        ] {
            assert_eq!(shown(url), why, "{url}");
        }
    }
}
