//! An issuer of the tests' own, on loopback: it publishes keys, and answers badly when it is told to.

use std::{
    collections::HashMap,
    convert::Infallible,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    response::{IntoResponse, Response},
};
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use http::StatusCode;
use rcgen::{KeyPair, PublicKeyData};
use secure_api::{
    clock::Clock,
    token::{Claims, Issuer, Signer},
};
use serde_json::{Value, json};
use tokio::{net::TcpListener, task::JoinHandle};

use super::token::AUDIENCE;

/// An issuer that runs. It is gone when dropped.
pub(crate) struct Provider {
    /// Its identifier, which is where it is found.
    pub(crate) name: String,
    pub(crate) address: SocketAddr,
    said: Arc<Mutex<Said>>,
    task: JoinHandle<()>,
}

/// The answers that it gives, and the paths that it was asked for.
struct Said {
    keys: Vec<Value>,
    manner: Manner,
    /// The field `Cache-Control` of its sets.
    cache: Option<&'static str>,
    /// The discovery documents that it has, by their paths.
    documents: Vec<(String, Value)>,
    asked: Vec<String>,
    /// The answers about tokens that only it can read.
    tokens: HashMap<String, Value>,
}

/// The manner in which it answers.
#[derive(Clone)]
pub(crate) enum Manner {
    Well,
    Late(Duration),
    Status(u16),
    /// The same text, whatever is asked.
    Text(&'static str),
    /// More than anybody should read.
    Endless,
    Elsewhere(String),
}

/// A key of an issuer.
pub(crate) struct ProviderKey {
    id: String,
    pair: KeyPair,
}

impl ProviderKey {
    pub(crate) fn new(id: &str) -> Self {
        Self { id: id.to_owned(), pair: KeyPair::generate().expect("a P-256 key") }
    }

    /// Returns the key as a set has it.
    pub(crate) fn jwk(&self) -> Value {
        let point = self.pair.der_bytes();
        let (x, y) = point[1..].split_at(32);
        json!({
            "kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": self.id,
            "x": URL_SAFE_NO_PAD.encode(x), "y": URL_SAFE_NO_PAD.encode(y),
        })
    }

    /// Signs a token of a customer for a day.
    pub(crate) fn token(&self, issuer: &str, subject: &str, clock: &Clock) -> String {
        let signer =
            Signer::es256_pem(secure_api::testing::secret!(self.pair.serialize_pem()), &self.id)
                .expect("a signer");
        let claims = Claims::new(issuer, AUDIENCE, subject).roles(["customer"]);
        let claims = claims.lifetime(Duration::from_secs(24 * 3600));
        signer.sign(&claims, clock).expect("a token")
    }
}

impl Provider {
    /// Starts with these keys, and a document of OpenID Connect.
    pub(crate) async fn start(keys: &[&ProviderKey]) -> Self {
        Self::at("127.0.0.1:0", keys).await
    }

    /// Starts at an address.
    pub(crate) async fn at(address: &str, keys: &[&ProviderKey]) -> Self {
        let listener = TcpListener::bind(address).await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let name = format!("http://{address}");
        let document = json!({
            "issuer": name, "jwks_uri": format!("{name}/keys"),
            "introspection_endpoint": format!("{name}/introspect"),
        });
        let said = Said {
            keys: keys.iter().map(|key| key.jwk()).collect(),
            manner: Manner::Well,
            cache: None,
            documents: vec![("/.well-known/openid-configuration".to_owned(), document)],
            asked: Vec::new(),
            tokens: HashMap::new(),
        };
        let said = Arc::new(Mutex::new(said));
        let router = Router::new().fallback(answer).with_state(Arc::clone(&said));
        let task = tokio::spawn(async move {
            axum::serve(listener, router).await.expect("it runs until it is aborted");
        });
        Self { name, address, said, task }
    }

    /// Returns the issuer as an app names it.
    pub(crate) fn issuer(&self) -> Issuer {
        Issuer::discover(&self.name).audience(AUDIENCE)
    }

    fn said(&self) -> MutexGuard<'_, Said> {
        self.said.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn publish(&self, keys: &[&ProviderKey]) {
        self.publish_any(keys.iter().map(|key| key.jwk()).collect());
    }

    pub(crate) fn publish_any(&self, keys: Vec<Value>) {
        self.said().keys = keys;
    }

    pub(crate) fn answer(&self, manner: Manner) {
        self.said().manner = manner;
    }

    pub(crate) fn cache(&self, cache: &'static str) {
        self.said().cache = Some(cache);
    }

    /// Has this discovery document at this path, and no other.
    pub(crate) fn document(&self, path: &str, document: Value) {
        self.said().documents = vec![(path.to_owned(), document)];
    }

    /// Says this of a token from now on.
    pub(crate) fn says(&self, token: &str, claims: Value) {
        self.said().tokens.insert(token.to_owned(), claims);
    }

    /// Returns how often this path was asked for.
    pub(crate) fn asked(&self, path: &str) -> usize {
        self.said().asked.iter().filter(|asked| *asked == path).count()
    }

    /// Waits until this path was asked for so often, and a little more, so that the answer is there.
    pub(crate) async fn was_asked(&self, path: &str, times: usize) {
        for _ in 0..200 {
            if self.asked(path) >= times {
                tokio::time::sleep(Duration::from_millis(100)).await;
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("{path} was asked for {} times and not {times}", self.asked(path));
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn answer(State(said): State<Arc<Mutex<Said>>>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    let question = (path == "/introspect").then(|| request.headers().clone());
    let body = axum::body::to_bytes(request.into_body(), 64 * 1024).await.expect("a body");
    let question = question.map(|headers| (headers, String::from_utf8_lossy(&body).into_owned()));
    let (manner, good) = {
        let mut said = said.lock().unwrap_or_else(PoisonError::into_inner);
        said.asked.push(path.clone());
        let good = match &question {
            Some((headers, form)) => said.told(headers, form),
            None => said.good(&path),
        };
        (said.manner.clone(), good)
    };
    match manner {
        Manner::Well => good,
        Manner::Late(by) => {
            tokio::time::sleep(by).await;
            good
        }
        Manner::Status(status) => StatusCode::from_u16(status).expect("a status").into_response(),
        Manner::Text(text) => text.into_response(),
        Manner::Endless => {
            let chunks = std::iter::repeat_n(Ok::<_, Infallible>(vec![b' '; 64 * 1024]), 64);
            Body::from_stream(futures_util::stream::iter(chunks)).into_response()
        }
        Manner::Elsewhere(to) => {
            (StatusCode::TEMPORARY_REDIRECT, [("location", to)]).into_response()
        }
    }
}

impl Said {
    /// Answers a question about a token, of the client whose name and secret need to be encoded.
    fn told(&self, headers: &http::HeaderMap, form: &str) -> Response {
        let pair = STANDARD.encode("shop%3Aapi:s%2F+7");
        let known =
            headers.get("authorization").is_some_and(|value| *value == format!("Basic {pair}"));
        let token = form.strip_prefix("token=").and_then(|rest| rest.split('&').next());
        match token.filter(|_| known && form.ends_with("&token_type_hint=access_token")) {
            None => StatusCode::UNAUTHORIZED.into_response(),
            Some(token) => {
                let inactive = json!({ "active": false });
                axum::Json(self.tokens.get(token).unwrap_or(&inactive)).into_response()
            }
        }
    }

    fn good(&self, path: &str) -> Response {
        if let Some((_, document)) = self.documents.iter().find(|(there, _)| there == path) {
            return axum::Json(document).into_response();
        }
        if path != "/keys" {
            return StatusCode::NOT_FOUND.into_response();
        }
        let mut answer = axum::Json(json!({ "keys": self.keys })).into_response();
        if let Some(cache) = self.cache {
            answer.headers_mut().insert("cache-control", http::HeaderValue::from_static(cache));
        }
        answer
    }
}
