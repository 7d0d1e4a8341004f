//! Events that are sent to addresses of users, and to services that are declared.

use std::{fmt, time::Duration};

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue};
use serde::Serialize;

use super::secret::{WebhookSecret, is_id};
use crate::{
    client::{error::UpstreamError, outgoing::Outgoing, safe::SafeClient},
    clock::Clock,
    value::WebUrl,
};

/// The header fields of a webhook.
pub(super) const ID: &str = "webhook-id";
pub(super) const TIMESTAMP: &str = "webhook-timestamp";
pub(super) const SIGNATURE: &str = "webhook-signature";

/// An event that is sent to receivers: its id, by which a receiver knows that it had it before, and its content.
///
/// The content is JSON with `type`, `timestamp` and `data`, as Standard Webhooks has it.
#[derive(Clone)]
pub struct WebhookEvent {
    id: String,
    content: Bytes,
}

#[derive(Serialize)]
struct Payload<'a, D> {
    r#type: &'a str,
    timestamp: String,
    data: &'a D,
}

impl WebhookEvent {
    /// Creates an event that happened now: its id, the same however often it is sent, its type, as `order.paid`, and its data, of a type
    /// that is made to leave.
    ///
    /// # Errors
    ///
    /// Where the id is no visible ASCII without points, or the data is no JSON.
    pub fn new<D: Serialize>(
        id: impl Into<String>,
        kind: &str,
        data: &D,
        clock: &Clock,
    ) -> Result<Self, serde_json::Error> {
        let id = id.into();
        if !is_id(&id) {
            let text = "the id of an event is 1 to 128 visible ASCII characters without points";
            return Err(serde::ser::Error::custom(text));
        }
        let content = serde_json::to_vec(&Payload {
            r#type: kind,
            timestamp: clock.now().to_string(),
            data,
        })?;
        Ok(Self { id, content: content.into() })
    }

    /// Returns the call that sends it.
    fn over<'c>(&self, call: Outgoing<'c>, secret: &WebhookSecret) -> Outgoing<'c> {
        /// Pause between attempts: in the same second another one would be the message that came before.
        const PAUSE: Duration = Duration::from_secs(1);

        let (own, secret) = (self.clone(), secret.clone());
        let signed = move |now| own.signed(&secret, now);
        call.signed("application/json", self.content.clone(), (signed, PAUSE))
    }

    /// Returns the fields of an attempt to send it at this time, in seconds since 1970.
    fn signed(&self, secret: &WebhookSecret, now: i64) -> HeaderMap {
        fields(secret, &self.id, now, &self.content)
    }
}

/// Returns the fields of a message that is sent at this time, in seconds since 1970.
pub(crate) fn fields(secret: &WebhookSecret, id: &str, now: i64, content: &[u8]) -> HeaderMap {
    let signature = secret.sign(id, now, content);
    let fields = [(ID, id), (TIMESTAMP, &now.to_string()), (SIGNATURE, &signature)];
    // Visible ASCII, all of it.
    let field = |(name, text): (&'static str, &str)| {
        Some((HeaderName::from_static(name), HeaderValue::from_str(text).ok()?))
    };
    fields.into_iter().filter_map(field).collect()
}

impl fmt::Debug for WebhookEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebhookEvent").field("id", &self.id).finish_non_exhaustive()
    }
}

impl<T> SafeClient<T> {
    /// Sends an event to an address that a user gave, signed with the secret of this receiver. It is sent again as the service declares,
    /// and nothing of the answer is read but its status.
    ///
    /// # Errors
    ///
    /// Whatever keeps the answer from being one of success. What is not delivered is sent again later, by the app, with the same id; a
    /// receiver that answers with 410 wants nothing more.
    pub async fn deliver(
        &self,
        event: &WebhookEvent,
        to: &WebUrl,
        secret: &WebhookSecret,
    ) -> Result<(), UpstreamError> {
        event.over(self.post_to(to), secret).done().await
    }

    /// Sends an event to a path of the service, where that is declared at a URL: a partner whose address the operator states, and no
    /// user. It goes as [`deliver`](Self::deliver) does.
    ///
    /// # Errors
    ///
    /// Those of [`deliver`](Self::deliver).
    pub async fn deliver_at<'s>(
        &self,
        event: &WebhookEvent,
        path: impl IntoIterator<Item = &'s str>,
        secret: &WebhookSecret,
    ) -> Result<(), UpstreamError> {
        event.over(self.post(path), secret).done().await
    }
}
