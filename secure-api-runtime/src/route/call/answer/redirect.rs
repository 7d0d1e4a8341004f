//! Redirects: to a route of the API, or to one of the hosts that the route names.

use std::{convert::Infallible, fmt, marker::PhantomData};

use http::{HeaderValue, StatusCode, header};
use url::Url;

use super::{super::PathKey, Answer, Answered, Arms, Nothing, Outcome, Place};
use crate::{
    error::{Problem, problem},
    rendered::Rendered,
    route::{
        call::Context,
        facts::{AnswerInfo, Content, Endpoint},
    },
    verb::Verb,
};

/// 303: the caller is sent to another address, with a GET; or 307 and 308 of what is read,
/// [for now](Self::temporary) and [for good](Self::permanent).
///
/// The address is that of a route, [`to`](Self::to), or one of a host that the route names by `redirects("…")`,
/// [`elsewhere`](Self::elsewhere). Nothing that a caller sends can make it another one.
///
/// ```
/// # mod app {
/// use secure_api::prelude::*;
/// # #[derive(Role)] pub enum Role { Member }
/// # #[derive(Version)] pub enum Version { V1 }
/// # #[derive(Value)] #[value(text, max_len = 9, unowned = "an example is for everybody")] pub struct ReportId(String);
/// # #[derive(Resource)] #[view(ReportView, role = Role::Member, fields(done))] pub struct Report { done: bool }
///
/// /// Shows a report.
/// #[get("/reports/{id}", version = Version::V1.., role = Role::Member, view = ReportView)]
/// pub async fn get_report(id: Unowned<ReportId>) -> Option<Report> {
///     Some(Report { done: !id.0.as_str().is_empty() })
/// }
///
/// /// Leads to the newest report.
/// #[get("/reports", version = Version::V1.., role = Role::Member)]
/// pub async fn newest() -> Result<Redirect, StoreError> {
///     Ok(Redirect::to::<get_report>(ReportId::new("7".to_owned())?))
/// }
///
/// /// Leads to where one pays.
/// #[post("/payments", version = Version::V1.., role = Role::Member, redirects("pay.example.com"))]
/// pub async fn pay() -> Redirect {
///     Redirect::elsewhere("https://pay.example.com/checkout/7")
/// }
/// # }
/// ```
pub struct Redirect<S = SeeOther> {
    target: Target,
    status: PhantomData<fn() -> S>,
}

enum Target {
    Route(Place),
    Elsewhere(String),
}

/// 303, the status of a [`Redirect`] where nothing else is said.
#[derive(Debug)]
pub enum SeeOther {}

/// 307, the status of a [`Redirect`] for now.
#[derive(Debug)]
pub enum Temporary {}

/// 308, the status of a [`Redirect`] for good.
#[derive(Debug)]
pub enum Permanent {}

/// A status of a [`Redirect`]: [`SeeOther`], [`Temporary`] or [`Permanent`].
pub trait RedirectStatus {
    /// The facts of its answers.
    #[doc(hidden)]
    const REDIRECT: AnswerInfo;
}

const ANY: &[Verb] = &[Verb::Get, Verb::Query, Verb::Post, Verb::Put, Verb::Patch, Verb::Delete];

impl RedirectStatus for SeeOther {
    const REDIRECT: AnswerInfo = AnswerInfo::new("`Redirect`", ANY, 303, Content::None);
}

// A caller repeats its verb and its body there (RFC 9110, sections 15.4.8 and 15.4.9): so these are of what is read.
impl RedirectStatus for Temporary {
    const REDIRECT: AnswerInfo =
        AnswerInfo::new("`Redirect<Temporary>`", &[Verb::Get], 307, Content::None);
}

impl RedirectStatus for Permanent {
    const REDIRECT: AnswerInfo =
        AnswerInfo::new("`Redirect<Permanent>`", &[Verb::Get], 308, Content::None);
}

impl Redirect {
    /// Sends the caller to the route `E` under `key`: `Redirect::to::<get_report>(id)`. It is a `#[get]`, since whoever follows
    /// sends a GET: any other one does not compile (SA750), and where the compiler cannot see it, it is a 500.
    pub fn to<E: Endpoint<Key: PathKey>>(key: E::Key) -> Self {
        Self { target: Target::Route(Place::at::<E>(key)), status: PhantomData }
    }

    /// Sends the caller to an address of a host that the route names by `redirects("…")`. It is `https`, its host and port are
    /// exactly one of the list, and nothing stands before the host. Any other address is a failure of the server, which the log
    /// explains, and never the redirect: 500.
    pub fn elsewhere(url: impl Into<String>) -> Self {
        Self { target: Target::Elsewhere(url.into()), status: PhantomData }
    }

    /// Returns the same for now, with 307: of a GET, which is asked there again.
    pub fn temporary(self) -> Redirect<Temporary> {
        Redirect { target: self.target, status: PhantomData }
    }

    /// Returns the same for good, with 308: of a GET, which is asked there from now on.
    pub fn permanent(self) -> Redirect<Permanent> {
        Redirect { target: self.target, status: PhantomData }
    }
}

impl<S> Outcome for Redirect<S> {
    type Success = Self;
    type Error = Infallible;

    fn result(self) -> Result<Self, Infallible> {
        Ok(self)
    }
}

impl<S: RedirectStatus> Answer for Redirect<S> {
    type Inner = Nothing;
    const INFO: AnswerInfo = S::REDIRECT;

    fn answer(self, context: &Context, _: Arms<Nothing>) -> Answered {
        let internal = |why: &'static str| Problem::new(&problem::INTERNAL).because(why);
        let status = S::REDIRECT.status;
        let status = StatusCode::from_u16(status).map_err(|_| internal("no status"))?;
        let mut rendered = Rendered::empty(status);
        match self.target {
            // The compiler sees a route that a handler names, and not what a function that it calls does.
            Target::Route(place) if !place.is_read() => {
                Err(internal("a redirect leads to an operation that answers no GET"))
            }
            Target::Route(place) => place.of(context, rendered),
            Target::Elsewhere(url) => {
                let address = allowed(&url, context.route.options.redirects).map_err(internal)?;
                rendered.field(header::LOCATION, address);
                Ok(rendered)
            }
        }
    }
}

/// The longest address.
const LONGEST: usize = 2048;

/// Returns an address as the value of `Location`, if a caller may be sent there.
fn allowed(text: &str, hosts: &[&str]) -> Result<HeaderValue, &'static str> {
    // What readers of addresses leave out or turn around is not there: each then reads the same host.
    if text.len() > LONGEST || !text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\') {
        return Err(
            "the address of a redirect is no line of visible ASCII, or longer than 2048 bytes",
        );
    }
    let url = Url::parse(text).map_err(|_| "the address of a redirect is none")?;
    let authority = text.split_once("://").map_or("", |(_, rest)| rest);
    let authority = authority.split(['/', '?', '#']).next().unwrap_or_default();
    if url.scheme() != "https" || authority.is_empty() || authority.contains('@') {
        return Err(
            "the address of a redirect is not of https, or somebody stands before its host",
        );
    }
    let host = url.host_str().unwrap_or_default();
    let host = url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
    if !hosts.contains(&&*host) {
        return Err("the host of a redirect is none that the route names by `redirects`");
    }
    HeaderValue::from_str(url.as_str()).map_err(|_| "the address of a redirect is none")
}

impl<S> fmt::Debug for Redirect<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Redirect").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_to_another_host() {
        let hosts = &["pay.example.com", "login.example.com:8443"];
        for (text, sent) in [
            ("https://pay.example.com", "https://pay.example.com/"),
            ("https://PAY.example.com/a?b=c#d", "https://pay.example.com/a?b=c#d"),
            ("https://pay.example.com:443/a@b", "https://pay.example.com/a@b"),
            ("https://login.example.com:8443/", "https://login.example.com:8443/"),
            (
                "https://pay.example.com/?to=https://evil.example",
                "https://pay.example.com/?to=https://evil.example",
            ),
        ] {
            assert_eq!(
                allowed(text, hosts).map(|value| value.to_str().expect("a text").to_owned()),
                Ok(sent.to_owned())
            );
        }
        for text in [
            "http://pay.example.com/",
            "https://evil.example/",
            "https://pay.example.com.evil.example/",
            "https://evil.example/pay.example.com",
            "https://sub.pay.example.com/",
            "https://pay.example.com@evil.example/",
            "https://pay.example.com:pw@evil.example/",
            "https://user@pay.example.com/",
            "https://@pay.example.com/",
            "https://pay.example.com:8443/",
            "https://login.example.com/",
            "https://pay.example.com./",
            "https:pay.example.com/",
            "https:/pay.example.com/",
            "https:///pay.example.com/",
            "https://evil.example\\@pay.example.com/",
            "https://pay.example.com\\@evil.example/",
            "https://pay.example.com\r\nSet-Cookie: a=b",
            "https://pay.ex\tample.com/",
            " https://pay.example.com/",
            "https://p\u{430}y.example.com/",
            "//pay.example.com/",
            "/v1/a",
            "javascript:alert(1)",
            "data:text/html,x",
            "",
        ] {
            assert!(allowed(text, hosts).is_err(), "{text:?}");
        }
        assert!(allowed("https://pay.example.com/", &[]).is_err());
    }
}
