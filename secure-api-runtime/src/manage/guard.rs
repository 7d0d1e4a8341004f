//! The guard of the desk: by which name it is asked, whose page asks, and with which credentials.

use std::net::IpAddr;

use aws_lc_rs::constant_time::verify_slices_are_equal;
use base64::{Engine, engine::general_purpose::STANDARD};
use http::{HeaderMap, HeaderName, HeaderValue, Method, header, request::Parts, uri::Authority};

use crate::{
    error::{Problem, problem},
    secret::SecretBytes,
};

/// The field in which a browser says whose page asks (Fetch Metadata).
const SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// The challenges of one who has no credentials: a program's, and a browser's, which asks its user.
const CHALLENGES: [HeaderValue; 2] = [
    HeaderValue::from_static("Bearer realm=\"management\""),
    HeaderValue::from_static("Basic realm=\"management\", charset=\"UTF-8\""),
];

/// The guard of the desk.
#[derive(Debug)]
pub(super) struct Guard {
    pub(super) token: Option<SecretBytes>,
    pub(super) hosts: Vec<String>,
}

/// The one who asks, as the log and the console name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Asker {
    /// The credentials, and the name that is stated beside them. Nobody proves the name: all have one token.
    pub(crate) name: String,
    /// `true` if no browser sent the credentials by itself: it does that with those of `Basic` only.
    pub(crate) is_program: bool,
}

impl Asker {
    /// Returns the asker of a page that is open to all.
    pub(super) fn nobody() -> Self {
        Self { name: "nobody".to_owned(), is_program: false }
    }

    fn on_this_machine() -> Self {
        Self { name: "the console, on this machine".to_owned(), is_program: false }
    }
}

impl Guard {
    /// Refuses a request that is asked by a foreign name, or by a page of another site.
    ///
    /// # Errors
    ///
    /// 400 where the `Host` is none, 421 where it is not ours, 403 where another site asks.
    pub(super) fn check_origin(&self, parts: &Parts) -> Result<(), Problem> {
        let host = host(parts)?;
        if !self.is_ours(host.host()) {
            return Err(Problem::new(&problem::MISDIRECTED).saying("the host is not ours"));
        }
        let foreign = || {
            Err(Problem::new(&problem::FORBIDDEN)
                .because("a page of another site asks the management listener"))
        };
        let site = one(&parts.headers, &SITE)?;
        match site {
            Some("same-origin") => Ok(()),
            // Whoever types the address into a browser reads; nobody types an act.
            Some("none") if parts.method != Method::POST => Ok(()),
            Some(_) => foreign(),
            None => match one(&parts.headers, &header::ORIGIN)? {
                None => Ok(()),
                Some(origin) => {
                    let own = origin.split_once("://").map(|(_, authority)| authority);
                    let is_own = own.is_some_and(|own| own.eq_ignore_ascii_case(host.as_str()));
                    if is_own { Ok(()) } else { foreign() }
                }
            },
        }
    }

    /// Refuses whoever does not have the token, where one is demanded. It takes as long for one that is nearly right.
    ///
    /// # Errors
    ///
    /// 401 with a challenge.
    pub(super) fn check_credentials(&self, headers: &HeaderMap) -> Result<Asker, Problem> {
        let Some(token) = &self.token else { return Ok(Asker::on_this_machine()) };
        let held = presented(headers).filter(|(presented, _)| {
            verify_slices_are_equal(presented.trim_ascii(), token.expose().trim_ascii()).is_ok()
        });
        if let Some((_, asker)) = held {
            return Ok(asker);
        }
        let why = match headers.contains_key(header::AUTHORIZATION) {
            true => "the management listener was asked with a wrong token",
            false => "the management listener was asked without its token",
        };
        let refusal = Problem::new(&problem::UNAUTHENTICATED).because(why);
        let challenged = CHALLENGES.into_iter().fold(refusal, |refusal, challenge| {
            refusal.header(header::WWW_AUTHENTICATE, challenge)
        });
        Err(challenged)
    }

    /// Returns `true` for an address and for `localhost`, which no foreign name server gives to this machine, and for the names
    /// that were stated.
    fn is_ours(&self, host: &str) -> bool {
        let literal =
            host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(host);
        literal.parse::<IpAddr>().is_ok()
            || host.eq_ignore_ascii_case("localhost")
            || self.hosts.iter().any(|own| own.eq_ignore_ascii_case(host))
    }
}

/// Returns the host that a request names: its authority over HTTP/2, else its one `Host`.
fn host(parts: &Parts) -> Result<Authority, Problem> {
    let refuse = |why: &'static str| Problem::new(&problem::MALFORMED).saying(why);
    let stated = one(&parts.headers, &header::HOST)?;
    let stated: Option<Authority> = match stated {
        Some(text) => Some(text.parse().map_err(|_| refuse("the Host is none"))?),
        None => None,
    };
    let host =
        parts.uri.authority().cloned().or(stated).ok_or_else(|| refuse("there is no Host"))?;
    match host.as_str().contains('@') {
        true => Err(refuse("the Host is none")),
        false => Ok(host),
    }
}

/// Returns the one field of this name, if there is any.
fn one<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Result<Option<&'h str>, Problem> {
    let mut lines = headers.get_all(name).iter();
    match (lines.next(), lines.next()) {
        (None, _) => Ok(None),
        (Some(line), None) if line.to_str().is_ok() => Ok(line.to_str().ok()),
        _ => Err(Problem::new(&problem::MALFORMED).saying("a header field is malformed")),
    }
}

/// Returns the token that a request brings, as `Bearer`, or as the password of `Basic`; and who would have brought it.
fn presented(headers: &HeaderMap) -> Option<(Vec<u8>, Asker)> {
    let line = one(headers, &header::AUTHORIZATION).ok().flatten()?;
    let (scheme, value) = line.split_once(' ')?;
    let name = "the console, by its token";
    if scheme.eq_ignore_ascii_case("bearer") {
        let asker = Asker { name: name.to_owned(), is_program: true };
        return Some((value.as_bytes().to_vec(), asker));
    }
    let pair = scheme.eq_ignore_ascii_case("basic").then(|| STANDARD.decode(value.trim()).ok());
    let pair = pair.flatten()?;
    let colon = pair.iter().position(|byte| *byte == b':')?;
    let user = std::str::from_utf8(&pair[..colon]).ok().filter(|user| is_name(user));
    let name = user.map_or_else(|| name.to_owned(), |user| format!("{name}, as {user}"));
    Some((pair[colon + 1..].to_vec(), Asker { name, is_program: false }))
}

/// Returns `true` for what may stand in a log as a name.
fn is_name(user: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"._-@+".contains(&byte);
    (1..=64).contains(&user.len()) && user.bytes().all(fits)
}
