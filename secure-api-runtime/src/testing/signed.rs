//! The signatures of a request: by the key that its token is bound to, and by the secret of the service that sends it.

use http::{HeaderName, HeaderValue, response::Parts};

use super::{prover::Prover, request::Request};
#[cfg(feature = "client")]
use crate::client::{WebhookSecret, webhook_fields};

/// The header that a proof is sent in.
const DPOP: HeaderName = HeaderName::from_static("dpop");

impl Request {
    /// Signs its content as the service does that sends it as a webhook with this id (Standard Webhooks), at the time of the app's clock.
    /// A field of the signature that was added by hand stays as it is.
    ///
    /// ```rust,test_harness
    /// use secure_api::{client::{Webhook, WebhookReceiver, WebhookSecret}, prelude::*, testing};
    /// # #[derive(Role)] pub enum Role { Member }
    /// # #[derive(Version)] pub enum Version { V1 }
    /// pub struct Payments;
    ///
    /// #[derive(Input)]
    /// pub struct Paid {
    ///     #[input(max_len = 40)]
    ///     order: String,
    /// }
    ///
    /// /// Takes the news of the payment service.
    /// #[post("/hooks/paid", version = Version::V1.., public = "the payment service signs what it sends")]
    /// pub async fn paid(hook: Webhook<Payments>, Json(paid): Json<Paid>) -> NoContent {
    ///     println!("{}: {}", hook.id(), paid.order);
    ///     NoContent
    /// }
    /// # use secure_api::api;
    /// # #[api(roles = Role, versions = Version, limit = Limit::per_address(60).per_minute(), allow(unused_role, reason = "an example without any"), routes(paid))]
    /// # pub struct Shop;
    ///
    /// #[tokio::test]
    /// async fn what_is_signed_is_taken() -> Result<(), StartError> {
    ///     let secret = WebhookSecret::generate();
    ///     let receiver = WebhookReceiver::<Payments>::new(testing::secret!(secret.reveal()))?;
    ///     let shop = testing::client(Shop::app().service(receiver))?;
    ///     let hook = shop.post("/v1/hooks/paid").json(testing::json!({ "order": "7" }));
    ///     hook.clone().webhook("msg_1", &secret).await.assert_status(204);
    ///     hook.webhook("msg_1", &WebhookSecret::generate()).await.assert_status(403);
    ///     Ok(())
    /// }
    /// # fn main() {}
    /// ```
    #[cfg(feature = "client")]
    pub fn webhook(mut self, id: &str, secret: &WebhookSecret) -> Self {
        self.webhook = Some((id.to_owned(), secret.clone()));
        self
    }

    /// Sends this token, with a proof of the key that it is bound to.
    #[track_caller]
    pub(super) fn proved(mut self, prover: Prover, token: &str) -> Self {
        self.prover = Some((prover, token.to_owned()));
        self.header("authorization", format_args!("DPoP {token}"))
    }

    /// Returns the same with a new proof, and the signature of its content, unless it has one that was made by hand.
    pub(super) fn signed(mut self) -> Self {
        let url = self.client.shared.url.as_deref().unwrap_or_default();
        let now = self.client.shared.clock.unix_seconds();
        if let Some((prover, token)) = &self.prover
            && !self.headers.contains_key(DPOP)
        {
            let proof =
                prover.proof(self.method.as_str(), &format!("{url}{}", self.path), token, now);
            // It is of letters, digits, dots, `-` and `_`.
            self.headers.extend(HeaderValue::from_str(&proof).map(|proof| (DPOP, proof)));
        }
        #[cfg(feature = "client")]
        if let Some((id, secret)) = &self.webhook {
            let content = self.body.as_deref().unwrap_or_default();
            for (name, value) in &webhook_fields(secret, id, now, content) {
                self.headers.entry(name).or_insert_with(|| value.clone());
            }
        }
        self
    }

    /// Notes the nonce of an answer. `true` if the request is to be sent again with it.
    pub(super) fn lacked_nonce(&self, answer: &Parts) -> bool {
        let text = |name| answer.headers.get(name).and_then(|value| value.to_str().ok());
        let (Some((prover, _)), Some(nonce)) = (&self.prover, text("dpop-nonce")) else {
            return false;
        };
        prover.takes(nonce);
        let asked = text("www-authenticate").is_some_and(|asked| asked.contains("use_dpop_nonce"));
        asked && !self.headers.contains_key(DPOP)
    }
}
