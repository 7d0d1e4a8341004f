//! Webhooks that another service sends: the check of who signed them.

use std::{any::type_name, fmt, marker::PhantomData};

use aws_lc_rs::hmac;
use base64::{Engine, engine::general_purpose::STANDARD};
use http::HeaderMap;

use super::{
    event::{ID, SIGNATURE, TIMESTAMP},
    secret::{RULE, WebhookSecret, is_id, signed},
};
use crate::{
    error::{Problem, StartError, StartProblem, problem, stage},
    ledger::{AppLedger, Attempt},
    secret::{NamesOrigin, SecretBytes, SecretFault},
};

/// The seconds that a timestamp may be off: clocks differ, and a message that somebody kept is worth nothing later.
const TOLERANCE: u64 = 300;
/// The seconds that a message is remembered for after that: the clock of another machine may be behind.
const BEHIND: u64 = 60;
/// The most signatures of a message that are looked at.
const MOST_SIGNATURES: usize = 8;

/// The proof that a service signed the content of a request (Standard Webhooks), an argument of a handler beside the one that reads that
/// content. It stands first, so that nothing is told of what nobody signed.
///
/// A message without it, with another content, one that is off by more than five minutes, and one that came before are refused by 403:
/// the ledger remembers each until it is too old, unless its handler failed by a 5xx. A sender that had no answer signs a message again,
/// with the same id and the time of that attempt: an app that does what it says once keeps the id with the change.
///
/// The type parameter names the sender, a type of your own; the app has its [`WebhookReceiver`] as a service.
///
/// ```
/// # mod app {
/// use secure_api::{client::{Webhook, WebhookReceiver}, prelude::*, secret::SecretBytes};
/// # #[derive(Role)] pub enum Role { Member }
/// # #[derive(Version)] pub enum Version { V1 }
/// pub struct Payments;
///
/// /// A message as Standard Webhooks has it, with the data of these.
/// #[derive(Input)]
/// pub struct Paid {
///     #[input(max_len = 64)]
///     r#type: String,
///     timestamp: Timestamp,
///     data: PaidOrder,
/// }
///
/// #[derive(Input)]
/// pub struct PaidOrder {
///     #[input(max_len = 40)]
///     order: String,
/// }
///
/// /// Takes the news of the payment service.
/// #[post("/hooks/paid", version = Version::V1.., public = "the payment service signs what it sends")]
/// pub async fn paid(hook: Webhook<Payments>, Json(paid): Json<Paid>) -> NoContent {
///     println!("{}: {} of {}: {} is paid", hook.id(), paid.r#type, paid.timestamp, paid.data.order);
///     NoContent
/// }
/// # use secure_api::api;
/// # #[api(roles = Role, versions = Version, limit = Limit::per_address(60).per_minute(), allow(unused_role, reason = "an example without any"), routes(paid))]
/// # pub struct Shop;
///
/// # fn app() -> Result<secure_api::app::AppBuilder, StartError> {
/// let receiver = WebhookReceiver::<Payments>::new(SecretBytes::env("PAYMENTS_WEBHOOK_SECRET"))?;
/// # let app =
/// Shop::app().service(receiver)
/// # ; Ok(app)
/// # }
/// # }
/// ```
pub struct Webhook<S> {
    id: String,
    /// The time at which this attempt to send it was signed.
    timestamp: i64,
    of: PhantomData<fn() -> S>,
}

impl<S> Webhook<S> {
    /// Returns the id of the message, the same however often it is sent.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Returns it if it came for the first time, or was not handled before: whoever has read a message could send it as well.
    ///
    /// # Errors
    ///
    /// 403 for one that came before, 503 where nobody knows.
    pub(crate) async fn first(
        self,
        attempt: &Attempt,
        ledger: &AppLedger,
    ) -> Result<Self, Problem> {
        let sender = type_name::<S>();
        let name = ledger.name(&["webhook", sender, &self.id, &self.timestamp.to_string()]);
        let holder = ledger.name(&["webhook: sender", sender]);
        let until = self.timestamp.saturating_add_unsigned(TOLERANCE + BEHIND);
        match attempt.begin(ledger, (name, holder), until).await {
            Ok(true) => Ok(self),
            Ok(false) => Err(refused("a webhook that came before")),
            Err(error) => Err(Problem::new(&problem::UNAVAILABLE).because(error)),
        }
    }
}

fn refused(why: &'static str) -> Problem {
    Problem::new(&problem::FORBIDDEN).at(stage::WEBHOOK).because(why)
}

impl<S> fmt::Debug for Webhook<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Webhook").field("id", &self.id).finish()
    }
}

/// The receiver of the webhooks that a service signs, a service of the app; a handler takes a [`Webhook`] of the same type.
pub struct WebhookReceiver<S> {
    secrets: Vec<WebhookSecret>,
    of: PhantomData<fn() -> S>,
}

impl<S> WebhookReceiver<S> {
    /// Creates the receiver of messages that are signed with this secret, a text `whsec_…`.
    ///
    /// # Errors
    ///
    /// SA177 where it cannot be read, or is no such text.
    pub fn new(secret: impl NamesOrigin) -> Result<Self, StartError> {
        Self { secrets: Vec::new(), of: PhantomData }.also(secret)
    }

    /// Accepts another secret besides, while the sender changes its own.
    ///
    /// # Errors
    ///
    /// Those of [`new`](Self::new).
    pub fn also(mut self, secret: impl NamesOrigin) -> Result<Self, StartError> {
        let secret: SecretBytes = secret.secret();
        let read = || std::str::from_utf8(secret.line()).ok()?.parse().ok();
        let read = match secret.unread() {
            Some(fault) => Err(fault),
            None => read().ok_or_else(|| SecretFault::Unread(format!("its place: {RULE}"))),
        };
        self.secrets.push(read.map_err(|fault| StartError(vec![StartProblem::of(fault)]))?);
        Ok(self)
    }

    /// Returns the proof that a message is signed.
    ///
    /// # Errors
    ///
    /// 403 for one that is not, or is too old.
    pub(crate) fn check(
        &self,
        headers: &HeaderMap,
        content: &[u8],
        now: i64,
    ) -> Result<Webhook<S>, Problem> {
        let only = |name: &'static str| {
            let mut values = headers.get_all(name).iter();
            let value = values.next().filter(|_| values.next().is_none())?;
            value.to_str().ok()
        };
        let id = only(ID).filter(|id| is_id(id));
        let id = id.ok_or_else(|| refused("a webhook without an id"))?;
        // What is signed has the number as it stands there: another spelling of it is what nobody signed.
        let timestamp = only(TIMESTAMP)
            .and_then(|text| text.parse::<i64>().ok().filter(|number| number.to_string() == text));
        let timestamp = timestamp.ok_or_else(|| refused("a webhook without a timestamp"))?;
        if timestamp.abs_diff(now) > TOLERANCE {
            return Err(refused("a webhook that is too old, or from the future"));
        }
        let message = signed(id, timestamp, content);
        let is_ours = |signature: &str| {
            let Some(signature) = signature.strip_prefix("v1,") else { return false };
            let Ok(signature) = STANDARD.decode(signature) else { return false };
            self.secrets
                .iter()
                .any(|secret| hmac::verify(&secret.key(), &message, &signature).is_ok())
        };
        // A sender that changes its secret signs with both.
        let signatures = only(SIGNATURE).unwrap_or_default();
        if !signatures.split(' ').take(MOST_SIGNATURES).any(is_ours) {
            return Err(refused("a webhook that nobody signed who may send it"));
        }
        Ok(Webhook { id: id.to_owned(), timestamp, of: PhantomData })
    }
}

impl<S> fmt::Debug for WebhookReceiver<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WebhookReceiver(…)")
    }
}
