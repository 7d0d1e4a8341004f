//! The credentials of a call: those of the caller that it is made for, or, for a reason, the app's own.

use http::HeaderValue;
use secrecy::{ExposeSecret, SecretString};

use super::{
    error::Why,
    exchange::{Exchange, TokenExchange},
    safe::Subject,
};
use crate::{clock::Clock, error::StartProblem, secret::SecretBytes};

/// The credentials that the calls of one service carry.
pub(crate) enum Credential {
    None,
    /// The caller's own token.
    Passed,
    /// A token that an issuer gives for it.
    Exchanged(Box<Exchange>),
    /// The app's own, for a reason.
    Own(SecretBytes, &'static str),
}

impl Credential {
    pub(super) fn exchanged(stated: TokenExchange) -> Self {
        Self::Exchanged(Box::new(Exchange::new(stated)))
    }

    /// Returns what is wrong with it: a problem of a secret, or a reason.
    pub(super) fn fault(&self) -> Option<Result<StartProblem, &'static str>> {
        match self {
            Self::None | Self::Passed => None,
            Self::Exchanged(exchange) => exchange.fault(),
            Self::Own(token, _) => match token.unread() {
                Some(fault) => Some(Ok(StartProblem::of(fault))),
                None if bearer(token.line()).is_none() => {
                    Some(Err("its token is empty, or no line of visible ASCII"))
                }
                None => None,
            },
        }
    }

    /// Sets the clock by which tokens end.
    pub(super) fn set_clock(&self, clock: &Clock) {
        if let Self::Exchanged(exchange) = self {
            exchange.set_clock(clock);
        }
    }

    /// Returns the value of `Authorization` for a call that is made for this caller.
    pub(super) async fn authorization(
        &self,
        subject: Option<&Subject>,
    ) -> Result<Option<HeaderValue>, Why> {
        const NOBODY: Why = Why::NoToken("it came with none");
        match self {
            Self::None => Ok(None),
            Self::Own(token, _) => Ok(bearer(token.line())),
            Self::Passed => {
                let subject = subject.ok_or(NOBODY)?;
                if subject.is_bound {
                    return Err(Why::NoToken("it is bound to a key of the caller's"));
                }
                Ok(bearer(subject.token.expose_secret().as_bytes()))
            }
            Self::Exchanged(exchange) => {
                let token: SecretString = exchange.token(subject.ok_or(NOBODY)?).await?;
                match bearer(token.expose_secret().as_bytes()) {
                    None => Err(Why::Exchange("the token is no line of visible ASCII".to_owned())),
                    sent => Ok(sent),
                }
            }
        }
    }

    /// Forgets what was given for the token of this caller, which the service does not take.
    pub(super) fn forget(&self, subject: Option<&Subject>) {
        if let (Self::Exchanged(exchange), Some(subject)) = (self, subject) {
            exchange.forget(subject);
        }
    }
}

/// Returns the value of `Authorization` that carries a token (RFC 6750, section 2.1).
fn bearer(token: &[u8]) -> Option<HeaderValue> {
    if token.is_empty() || !token.iter().all(u8::is_ascii_graphic) {
        return None;
    }
    let mut value = HeaderValue::from_bytes(&[b"Bearer ", token].concat()).ok()?;
    value.set_sensitive(true);
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subject(token: &str, is_bound: bool) -> Subject {
        Subject { token: token.into(), is_bound }
    }

    // R43
    #[tokio::test]
    async fn a_token_that_is_bound_to_a_key_is_not_passed_on() {
        let sent = Credential::Passed.authorization(Some(&subject("a.b.c", false))).await;
        let sent = sent.expect("it is passed on").expect("it is sent");
        assert!(sent.is_sensitive());
        assert_eq!(sent, "Bearer a.b.c");
        let refused = Credential::Passed.authorization(Some(&subject("a.b.c", true))).await;
        assert!(matches!(refused, Err(Why::NoToken(_))));
        assert!(matches!(Credential::Passed.authorization(None).await, Err(Why::NoToken(_))));
    }

    #[test]
    fn a_token_is_one_line_of_visible_ascii() {
        assert!(bearer(b"a.b-c_~+/=").is_some());
        for token in [&b""[..], b"a b", b"a\r\nb", b"\xc3\xa4"] {
            assert!(bearer(token).is_none(), "{token:?}");
        }
    }
}
