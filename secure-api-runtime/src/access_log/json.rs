//! Lines that are JSON: those of Caddy, and those of nginx by the names that its variables have.

use std::{borrow::Cow, net::IpAddr};

use jiff::Timestamp;
use serde::Deserialize;

use super::formats::{Line, in_time, local, request};

/// A text, which is a part of the line unless something in it is escaped.
#[derive(Deserialize)]
#[serde(transparent)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

/// A line of Caddy's.
#[derive(Deserialize)]
struct Caddy<'a> {
    ts: Time<'a>,
    #[serde(borrow)]
    request: CaddyRequest<'a>,
    #[serde(borrow, default)]
    user_id: Option<Text<'a>>,
    status: u16,
}

#[derive(Deserialize)]
struct CaddyRequest<'a> {
    remote_ip: IpAddr,
    client_ip: Option<IpAddr>,
    #[serde(borrow)]
    method: Cow<'a, str>,
    #[serde(borrow)]
    uri: Cow<'a, str>,
}

/// A line of nginx, whose fields are named by who set it up; most name them as its variables are.
#[derive(Deserialize)]
struct Nginx<'a> {
    remote_addr: IpAddr,
    #[serde(borrow, default)]
    remote_user: Option<Text<'a>>,
    // A format may have the time in several forms, as may the target; so each is a field.
    #[serde(borrow, default)]
    msec: Option<Time<'a>>,
    #[serde(borrow, default)]
    time_iso8601: Option<Time<'a>>,
    #[serde(borrow, default)]
    time_local: Option<Time<'a>>,
    #[serde(borrow, default, alias = "timestamp", alias = "@timestamp")]
    time: Option<Time<'a>>,
    #[serde(borrow, default)]
    request: Option<Text<'a>>,
    #[serde(borrow, default)]
    request_method: Option<Text<'a>>,
    #[serde(borrow, default)]
    method: Option<Text<'a>>,
    #[serde(borrow, default)]
    request_uri: Option<Text<'a>>,
    #[serde(borrow, default)]
    uri: Option<Text<'a>>,
    status: Status<'a>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Time<'a> {
    Seconds(f64),
    #[serde(borrow)]
    Text(Cow<'a, str>),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Status<'a> {
    Number(u16),
    #[serde(borrow)]
    Text(Cow<'a, str>),
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

fn named(user: Option<Text<'_>>) -> Option<Cow<'_, str>> {
    user.map(|Text(user)| user).filter(|user| !user.is_empty() && user != "-")
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
    // The most exact one.
    let time = read.msec.or(read.time_iso8601).or(read.time_local).or(read.time)?;
    let method = read.request_method.or(read.method);
    let (method, target) = match (method, read.request_uri, read.request) {
        (Some(Text(method)), Some(Text(uri)), _) => (method, uri),
        (_, _, Some(Text(request))) => whole(request)?,
        // Where nginx leads a request elsewhere, `$uri` is not what was asked for: it counts where nothing else is there.
        (Some(Text(method)), None, None) => (method, read.uri?.0),
        _ => return None,
    };
    if method.is_empty() || target.is_empty() {
        return None;
    }
    Some(Line {
        address: read.remote_addr,
        user: named(read.remote_user),
        at: time.nanos()?,
        method,
        target,
        status: match read.status {
            Status::Number(status) => status,
            Status::Text(text) => text.parse().ok()?,
        },
    })
}

/// Returns method and target of a request line, which are parts of the line as it is.
fn whole(line: Cow<'_, str>) -> Option<(Cow<'_, str>, Cow<'_, str>)> {
    match line {
        Cow::Borrowed(line) => request(line).map(|(method, target)| (method.into(), target.into())),
        Cow::Owned(line) => {
            let (method, target) = request(&line)?;
            Some((method.to_owned().into(), target.to_owned().into()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{Line, read},
        *,
    };

    #[test]
    fn four_formats_tell_the_same_of_one_request() {
        let lines = [
            r#"192.0.2.1 - alice [29/Nov/2026:20:42:26 +0000] "GET /v1/orders?a=1 HTTP/1.1" 200 12"#,
            r#"192.0.2.1 - alice [29/Nov/2026:20:42:26 +0000] "GET /v1/orders?a=1 HTTP/1.1" 200 12 "-" "curl/8""#,
            r#"{"remote_addr":"192.0.2.1","remote_user":"alice","time_local":"29/Nov/2026:20:42:26 +0000","request":"GET /v1/orders?a=1 HTTP/1.1","status":"200"}"#,
            r#"{"remote_addr":"192.0.2.1","remote_user":"alice","msec":"1795984946.000","request_method":"GET","request_uri":"/v1/orders?a=1","status":200}"#,
            r#"{"remote_addr":"192.0.2.1","remote_user":"alice","time_iso8601":"2026-11-29T20:42:26+00:00","request_method":"GET","request_uri":"/v1/orders?a=1","status":200}"#,
            r#"{"remote_addr":"192.0.2.1","remote_user":"alice","time_local":"29/Nov/2026:20:42:26 +0000","time_iso8601":"2026-11-29T20:42:26+00:00","msec":1795984946.0,"request":"GET /v1/orders?a=1 HTTP/1.1","request_method":"GET","request_uri":"/v1/orders?a=1","uri":"/index.php","status":"200"}"#,
            r#"{"remote_addr":"192.0.2.1","remote_user":"alice","@timestamp":"2026-11-29T20:42:26+00:00","request":"GET /v1/orders?a=1 HTTP/1.1","method":"GET","uri":"/index.php","status":200}"#,
            r#"{"remote_addr":"192.0.2.1","remote_user":"alice","time":"2026-11-29T20:42:26+00:00","method":"GET","uri":"/v1/orders?a=1","status":200}"#,
            r#"{"level":"info","ts":1795984946.0,"logger":"http.log.access","msg":"handled request","request":{"remote_ip":"192.0.2.1","remote_port":"4","proto":"HTTP/2.0","method":"GET","host":"shop","uri":"/v1/orders?a=1","headers":{"Accept":["*/*"]}},"user_id":"alice","duration":0.0009,"size":12,"status":200}"#,
        ];
        let first = read(lines[0]).expect("a line");
        assert_eq!(
            (first.user.as_deref(), &*first.target, first.status),
            (Some("alice"), "/v1/orders?a=1", 200)
        );
        for line in lines {
            assert_eq!(read(line).as_ref(), Some(&first), "{line}");
        }
        let empty = r#"{"remote_addr":"192.0.2.1","msec":1.0,"request":"","request_method":"","request_uri":"","status":400}"#;
        for line in [empty, "{}", "{\"request\":1}", "", "{\"status\":200"] {
            assert_eq!(read(line), None, "{line}");
        }
    }

    #[test]
    fn what_is_escaped_is_read_as_it_was_sent() {
        let lines = [
            r#"192.0.2.1 - al\"ice [29/Nov/2026:20:42:26 +0000] "GET /v1/\"or\\ders\"?a=1&b=\xc3\xa9 HTTP/1.1" 200 12"#,
            r#"192.0.2.1 - al\x22ice [29/Nov/2026:20:42:26 +0000] "GET /v1/\x22or\x5Cders\x22?a=1&b=\xC3\xA9 HTTP/1.1" 200 12 "-" "\"curl\"""#,
            r#"{"remote_addr":"192.0.2.1","remote_user":"al\"ice","time_local":"29\/Nov\/2026:20:42:26 +0000","request":"GET \/v1\/\"or\\ders\"?a=1\u0026b=\u00e9 HTTP\/1.1","status":"200"}"#,
            r#"{"remote_addr":"192.0.2.1","remote_user":"al\u0022ice","time_local":"29/Nov/2026:20:42:26 +0000","request_method":"G\u0045T","request_uri":"\/v1\/\"or\\ders\"?a=1\u0026b=é","status":"\u00320\u0030"}"#,
            r#"{"ts":"2026-11-29T20\u003a42:26Z","request":{"remote_ip":"192.0.2.1","method":"\u0047ET","uri":"\/v1\/\"or\\ders\"?a=1\u0026b=é"},"user_id":"al\"ice","status":200}"#,
        ];
        let first = read(lines[0]).expect("a line");
        assert_eq!(
            (first.user.as_deref(), &*first.method, &*first.target),
            (Some("al\"ice"), "GET", "/v1/\"or\\ders\"?a=1&b=é")
        );
        for line in lines {
            assert_eq!(read(line).as_ref(), Some(&first), "{line}");
        }
        // What is no escape, and what is no text without it, stays.
        for (target, wanted) in
            [(r"/\q\x2g\x1", r"/\q\x2g\x1"), (r"/\xff\x22", r"/\xff\x22"), (r"/\n\t", "/\n\t")]
        {
            let line = format!(
                "192.0.2.1 - - [29/Nov/2026:20:42:26 +0000] \"GET {target} HTTP/1.1\" 200 12"
            );
            assert_eq!(read(&line).expect("a line").target, wanted);
        }
    }

    #[test]
    fn what_is_not_escaped_is_not_copied() {
        let line = r#"{"ts":1795984946.0,"request":{"remote_ip":"192.0.2.1","method":"GET","uri":"/v1/orders"},"user_id":"alice","status":200}"#;
        let Line { user, method, target, .. } = read(line).expect("a line");
        for text in [user.expect("a user"), method, target] {
            assert!(matches!(text, Cow::Borrowed(_)), "{text}");
        }
    }
}
