//! Introspection (RFC 7662): tokens that only their issuer can read.
//!
//! The issuer is asked once for a token that comes several times at once, by a task of its own. What it says is held against the
//! same rules as the claims of a JWT.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value};
use tokio::{runtime::Handle, sync::watch};

use super::{
    json,
    published::Metadata,
    refusal::{Outage, Refusal, Unverified},
};
use crate::{
    clock::Clock,
    fingerprint::Fingerprint,
    outbound::{Endpoint, Fault, Fetcher},
};

/// The seconds for which an answer is remembered at most, unless the app says: a caller that sends ten requests a second costs
/// one question in thirty seconds, and a token that its issuer takes back counts for that long at most.
pub(crate) const REMEMBERED: i64 = 30;
/// The most questions at once. Tokens that nobody knows are made up by whoever sends them.
const MOST: usize = 256;
/// The seconds for which an issuer's discovery document counts.
const DISCOVERED: i64 = 3600;

/// An issuer that is asked about tokens.
pub(super) struct Introspection {
    issuer: Arc<str>,
    /// The endpoint, where the app states it.
    stated: Option<Endpoint>,
    /// The value of `Authorization` (RFC 6749, section 2.3.1).
    authorization: SecretString,
    fetcher: Arc<Fetcher>,
    clock: Clock,
    /// The seconds for which an answer is remembered at most.
    pub(super) remembered: i64,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// The endpoint of the discovery document, until a time.
    discovered: Option<(Endpoint, i64)>,
    /// The questions that are under way.
    asked: HashMap<Fingerprint, watch::Receiver<Told>>,
}

/// The answer to a question: none so far, or that of the issuer.
type Told = Option<Result<Arc<Map<String, Value>>, Unknown>>;

/// The reason for which a question has no answer that lets somebody in.
#[derive(Clone, Copy)]
enum Unknown {
    Inactive,
    Outage,
}

impl Introspection {
    pub(super) fn new(
        issuer: Arc<str>,
        stated: Option<Endpoint>,
        authorization: SecretString,
        fetcher: Arc<Fetcher>,
        clock: Clock,
        remembered: i64,
    ) -> Self {
        Self { issuer, stated, authorization, fetcher, clock, remembered, state: Mutex::default() }
    }

    /// Asks about a token, and returns what the issuer says of one that is active.
    pub(super) async fn ask(
        self: &Arc<Self>,
        token: &str,
        fingerprint: Fingerprint,
    ) -> Result<Arc<Map<String, Value>>, Unverified> {
        let outage = Unverified::Unavailable(Outage::Introspection);
        let Some(mut told) = self.question(token, fingerprint) else { return Err(outage) };
        let told = match told.wait_for(Option::is_some).await {
            Ok(told) => told.clone(),
            // The task was dropped with its runtime.
            Err(_) => None,
        };
        match told {
            Some(Ok(claims)) => Ok(claims),
            Some(Err(Unknown::Inactive)) => Err(Refusal::Inactive.into()),
            Some(Err(Unknown::Outage)) | None => Err(outage),
        }
    }

    /// Returns the question about a token that is under way, or one that begins; none where there are too many.
    fn question(
        self: &Arc<Self>,
        token: &str,
        fingerprint: Fingerprint,
    ) -> Option<watch::Receiver<Told>> {
        let mut state = self.state();
        let under_way = state.asked.get(&fingerprint);
        if let Some(told) = under_way.filter(|told| told.has_changed().is_ok()) {
            return Some(told.clone());
        }
        // What was dropped with its runtime makes room.
        state.asked.retain(|_, told| told.has_changed().is_ok());
        if state.asked.len() >= MOST {
            return None;
        }
        let runtime = Handle::try_current().ok()?;
        let (tell, told) = watch::channel(None);
        state.asked.insert(fingerprint, told.clone());
        let (asking, token) = (Arc::clone(self), SecretString::from(token));
        runtime.spawn(async move {
            let answer = asking.answer(token.expose_secret()).await;
            asking.state().asked.remove(&fingerprint);
            tell.send_replace(Some(answer));
        });
        Some(told)
    }

    /// Asks the issuer.
    async fn answer(&self, token: &str) -> Result<Arc<Map<String, Value>>, Unknown> {
        match self.active(token).await {
            Ok(Some(claims)) => Ok(Arc::new(claims)),
            Ok(None) => Err(Unknown::Inactive),
            Err(why) => {
                tracing::error!(
                    target: "secure_api::token", issuer = &*self.issuer, %why,
                    "an issuer cannot be asked about a token; it is answered by 503"
                );
                Err(Unknown::Outage)
            }
        }
    }

    /// Returns what the issuer says of an active token, and nothing of one that is none.
    async fn active(&self, token: &str) -> Result<Option<Map<String, Value>>, Fault> {
        let form: String = form_urlencoded::Serializer::new(String::new())
            .append_pair("token", token)
            .append_pair("token_type_hint", "access_token")
            .finish();
        let endpoint = self.endpoint().await?;
        let authorization = self.authorization.expose_secret();
        let fetched = self.fetcher.post(&endpoint, authorization, form).await?;
        let none = Fault::Document("the answer is none of RFC 7662");
        let claims = json::object(&fetched.body).ok_or(none.clone())?;
        match claims.get("active") {
            Some(Value::Bool(true)) => Ok(Some(claims)),
            Some(Value::Bool(false)) => Ok(None),
            _ => Err(none),
        }
    }

    /// Returns the endpoint, which the discovery document names where the app does not.
    async fn endpoint(&self) -> Result<Endpoint, Fault> {
        if let Some(stated) = &self.stated {
            return Ok(stated.clone());
        }
        let now = self.clock.unix_seconds();
        let known = self.state().discovered.clone().filter(|(_, until)| now < *until);
        if let Some((endpoint, _)) = known {
            return Ok(endpoint);
        }
        let metadata = Metadata::fetch(&self.issuer, &self.fetcher).await?;
        let none = "the discovery document names no https `introspection_endpoint`";
        let endpoint = metadata.introspection.ok_or(Fault::Document(none))?;
        self.state().discovered = Some((endpoint.clone(), now.saturating_add(DISCOVERED)));
        Ok(endpoint)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // It is whole after every change.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
