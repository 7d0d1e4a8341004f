//! Lines that are JSON: those of Caddy, and those of nginx by the names that its variables have.
//!
//! A text with an escape in it is not read: what servers write of a request that is one has none.

use std::net::IpAddr;

use jiff::Timestamp;
use serde::Deserialize;

use super::formats::{Line, in_time, local, request};

/// A line of Caddy's.
#[derive(Deserialize)]
struct Caddy<'a> {
    ts: Time<'a>,
    #[serde(borrow)]
    request: CaddyRequest<'a>,
    #[serde(borrow, default)]
    user_id: Option<&'a str>,
    status: u16,
}

#[derive(Deserialize)]
struct CaddyRequest<'a> {
    remote_ip: IpAddr,
    client_ip: Option<IpAddr>,
    #[serde(borrow)]
    method: &'a str,
    #[serde(borrow)]
    uri: &'a str,
}

/// A line of nginx, whose fields are named by who set it up; most name them as its variables are.
#[derive(Deserialize)]
struct Nginx<'a> {
    remote_addr: IpAddr,
    #[serde(borrow, default)]
    remote_user: Option<&'a str>,
    #[serde(borrow, alias = "time", alias = "timestamp", alias = "msec", alias = "@timestamp")]
    #[serde(alias = "time_iso8601")]
    time_local: Time<'a>,
    #[serde(borrow, default)]
    request: Option<&'a str>,
    #[serde(borrow, default, alias = "method")]
    request_method: Option<&'a str>,
    #[serde(borrow, default, alias = "uri")]
    request_uri: Option<&'a str>,
    status: Status<'a>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Time<'a> {
    Seconds(f64),
    #[serde(borrow)]
    Text(&'a str),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Status<'a> {
    Number(u16),
    #[serde(borrow)]
    Text(&'a str),
}

impl Time<'_> {
    fn nanos(&self) -> Option<u64> {
        match self {
            Self::Seconds(seconds) => of_seconds(*seconds),
            Self::Text(text) => {
                let stamp = text.parse::<Timestamp>().ok().map(|time| time.as_nanosecond());
                let stamp = stamp.and_then(|nanos| u64::try_from(nanos).ok());
                let number = || text.parse::<f64>().ok().and_then(of_seconds);
                stamp.and_then(in_time).or_else(number).or_else(|| local(text))
            }
        }
    }
}

fn of_seconds(seconds: f64) -> Option<u64> {
    (seconds.is_finite() && seconds >= 0.0).then(|| in_time((seconds * 1e9) as u64)).flatten()
}

fn named(user: Option<&str>) -> Option<&str> {
    user.filter(|user| !user.is_empty() && *user != "-")
}

/// Reads a line of Caddy.
pub(super) fn caddy(line: &str) -> Option<Line<'_>> {
    let Caddy { ts, request, user_id, status } = serde_json::from_str(line).ok()?;
    Some(Line {
        address: request.client_ip.unwrap_or(request.remote_ip),
        user: named(user_id),
        at: ts.nanos()?,
        method: request.method,
        target: request.uri,
        status,
    })
}

/// Reads a line of nginx.
pub(super) fn nginx(line: &str) -> Option<Line<'_>> {
    let read: Nginx<'_> = serde_json::from_str(line).ok()?;
    let parts = read.request_method.zip(read.request_uri);
    let (method, target) = parts.or_else(|| request(read.request?))?;
    Some(Line {
        address: read.remote_addr,
        user: named(read.remote_user),
        at: read.time_local.nanos()?,
        method,
        target,
        status: match read.status {
            Status::Number(status) => status,
            Status::Text(text) => text.parse().ok()?,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::super::read;

    #[test]
    fn four_formats_tell_the_same_of_one_request() {
        let lines = [
            r#"192.0.2.1 - alice [29/Nov/2026:20:42:26 +0000] "GET /v1/orders?a=1 HTTP/1.1" 200 12"#,
            r#"192.0.2.1 - alice [29/Nov/2026:20:42:26 +0000] "GET /v1/orders?a=1 HTTP/1.1" 200 12 "-" "curl/8""#,
            r#"{"remote_addr":"192.0.2.1","remote_user":"alice","time_local":"29/Nov/2026:20:42:26 +0000","request":"GET /v1/orders?a=1 HTTP/1.1","status":"200"}"#,
            r#"{"remote_addr":"192.0.2.1","remote_user":"alice","msec":"1795984946.000","request_method":"GET","request_uri":"/v1/orders?a=1","status":200}"#,
            r#"{"remote_addr":"192.0.2.1","remote_user":"alice","time_iso8601":"2026-11-29T20:42:26+00:00","request_method":"GET","request_uri":"/v1/orders?a=1","status":200}"#,
            r#"{"level":"info","ts":1795984946.0,"logger":"http.log.access","msg":"handled request","request":{"remote_ip":"192.0.2.1","remote_port":"4","proto":"HTTP/2.0","method":"GET","host":"shop","uri":"/v1/orders?a=1","headers":{"Accept":["*/*"]}},"user_id":"alice","duration":0.0009,"size":12,"status":200}"#,
        ];
        let first = read(lines[0]).expect("a line");
        assert_eq!(
            (first.user, first.target, first.status),
            (Some("alice"), "/v1/orders?a=1", 200)
        );
        for line in lines {
            assert_eq!(read(line), Some(first), "{line}");
        }
        for line in ["{}", "{\"request\":1}", "", "{\"status\":200"] {
            assert_eq!(read(line), None, "{line}");
        }
    }
}
