//! Webhooks that another service sends: the check of who signed them.

use std::fmt;

use aws_lc_rs::hmac;
use base64::{Engine, engine::general_purpose::STANDARD};

use super::secret::{NoWebhookSecret, WebhookSecret, is_id, signed};
use crate::{
    clock::Clock,
    error::{ApiError, Problem, ProblemType, StartError, StartProblem, problem},
    input::{Body, read_answer},
    secret::{NamesOrigin, SecretBytes, SecretFault},
};

/// The seconds that a timestamp may be off: clocks differ, and a message that somebody kept is worth nothing later.
const TOLERANCE: u64 = 300;
/// The most signatures of a message that are looked at.
const MOST_SIGNATURES: usize = 8;

/// The receiver of webhooks that another service signs (Standard Webhooks), a [`Service`](crate::route::Service) of an app.
///
/// ```
/// # mod app {
/// use secure_api::{client::{WebhookError, WebhookReceiver}, prelude::*};
/// # #[derive(Role)] pub enum Role { Member }
/// # #[derive(Version)] pub enum Version { V1 }
/// #[derive(Input)]
/// pub struct Signed {
///     #[input(name = "webhook-id", max_len = 128)]
///     id: String,
///     #[input(name = "webhook-timestamp", range = 0..=100_000_000_000)]
///     timestamp: i64,
///     #[input(name = "webhook-signature", max_len = 1000)]
///     signature: String,
/// }
///
/// #[derive(Input)]
/// pub struct Paid {
///     #[input(max_len = 40)]
///     order: String,
/// }
///
/// /// Takes the news of the payment service.
/// #[post("/hooks/paid", version = Version::V1.., public = "the payment service signs what it sends", accepts("application/json"))]
/// pub async fn paid(
///     Headers(Signed { id, timestamp, signature }): Headers<Signed>,
///     body: RawBody<65_536>,
///     receiver: Service<WebhookReceiver>,
///     clock: Clock,
/// ) -> Result<NoContent, WebhookError> {
///     let Paid { order } = receiver.open(&clock, &id, timestamp, &signature, &body)?;
///     // Kept with the change that it makes, the id tells what was done before.
///     println!("{id}: {order} is paid");
///     Ok(NoContent)
/// }
/// # }
/// ```
pub struct WebhookReceiver(Vec<WebhookSecret>);

impl WebhookReceiver {
    /// Creates the receiver of messages that are signed with this secret, a text `whsec_…`.
    ///
    /// # Errors
    ///
    /// SA177 where it cannot be read, or is no such text.
    pub fn new(secret: impl NamesOrigin) -> Result<Self, StartError> {
        Self(Vec::new()).also(secret)
    }

    /// Accepts another secret besides, while the sender changes its own.
    ///
    /// # Errors
    ///
    /// Those of [`new`](Self::new).
    pub fn also(mut self, secret: impl NamesOrigin) -> Result<Self, StartError> {
        let secret: SecretBytes = secret.secret();
        let read = || std::str::from_utf8(secret.line()).ok()?.parse().ok();
        let fault = secret.unread().map_or_else(
            || read().ok_or(SecretFault::Unread(format!("its place: {NoWebhookSecret}"))),
            Err,
        );
        self.0.push(fault.map_err(|fault| StartError(vec![StartProblem::of(fault)]))?);
        Ok(self)
    }

    /// Returns what a message says, if it was signed with a secret of this receiver, and is not older than five minutes. The id, the
    /// timestamp and the signatures are those of its headers.
    ///
    /// A sender that had no answer sends a message again, with the same id. An app that does what it says once keeps the id with the
    /// change.
    ///
    /// # Errors
    ///
    /// 403 for what is not signed, or too old; of what is signed, those of [`decode_body`](crate::input::decode_body).
    pub fn open<B: Body>(
        &self,
        clock: &Clock,
        id: &str,
        timestamp: i64,
        signatures: &str,
        content: &[u8],
    ) -> Result<B, WebhookError> {
        if !is_id(id) {
            return Err(WebhookError::unsigned("its id is none"));
        }
        if timestamp.abs_diff(clock.unix_seconds()) > TOLERANCE {
            return Err(WebhookError::unsigned("it is too old, or from the future"));
        }
        let message = signed(id, timestamp, content);
        let is_ours = |signature: &str| {
            let Some(signature) = signature.strip_prefix("v1,") else { return false };
            let Ok(signature) = STANDARD.decode(signature) else { return false };
            self.0.iter().any(|secret| hmac::verify(&secret.key(), &message, &signature).is_ok())
        };
        // A sender that changes its secret signs with both.
        if !signatures.split(' ').take(MOST_SIGNATURES).any(is_ours) {
            return Err(WebhookError::unsigned("nobody who may send it signed it"));
        }
        read_answer(content, false).map_err(WebhookError)
    }
}

impl fmt::Debug for WebhookReceiver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WebhookReceiver(…)")
    }
}

/// The refusal of a message: nobody who may send it signed it, or what it says is not acceptable.
#[derive(Debug)]
pub struct WebhookError(Problem);

impl WebhookError {
    fn unsigned(why: &'static str) -> Self {
        Self(Problem::new(&problem::FORBIDDEN).because(why))
    }
}

impl ApiError for WebhookError {
    fn problems() -> Vec<&'static ProblemType> {
        vec![&problem::MALFORMED, &problem::FORBIDDEN, &problem::INVALID_INPUT]
    }

    fn into_problem(self) -> Problem {
        self.0
    }
}
