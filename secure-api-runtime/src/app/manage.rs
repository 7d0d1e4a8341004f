//! The pages of the management listener for machines: is the app alive, is it ready, what did it count.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use http::StatusCode;
use serde_json::json;
use tokio::time::timeout;

use super::{App, AppBuilder, console::Overseen, router::Endpoint};
use crate::{
    error::StartError,
    inventory::ApiModel,
    ledger::AppLedger,
    manage::{Desk, Manage, Page, Told, console, plain},
    serve::{Addresses, BoundServer, CheckedServer, Server, ServerSettings, Stopping},
};

/// The time that the ledger has to answer a probe: less than what asks waits.
const PATIENCE: Duration = Duration::from_millis(800);

/// The time for which an answer of the ledger holds: probes are many, and anybody may ask.
const HOLDS: Duration = Duration::from_secs(1);

/// The media type of what collectors read.
#[cfg(feature = "metrics")]
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// The connections of those who run an app; one address has half of them at most.
const CONNECTIONS: usize = 200;

/// The management listener of an app, before its socket is open.
pub(super) struct Managed(Option<(CheckedServer, Addresses, Stopping)>);

impl AppBuilder {
    /// Opens a second socket for those who run the app: `/console`, `/inventory`, `/metrics`, `/livez` and `/readyz`. By default
    /// there is none.
    #[must_use]
    pub fn manage(mut self, manage: Manage) -> Self {
        self.manage = Some(manage);
        self
    }
}

impl App {
    /// Takes the management listener, if it may serve where it was told to.
    pub(super) fn managed(&mut self) -> Result<Managed, StartError> {
        let Some(manage) = self.manage.take() else { return Ok(Managed(None)) };
        let stopping = Stopping::default();
        let model = Arc::new(self.model.clone());
        let readiness = Arc::new(Readiness {
            endpoint: self.endpoint.clone(),
            ledger: self.ledger.clone(),
            stopping: stopping.clone(),
            answered: Mutex::default(),
        });
        let (desk, addresses) = desk(manage, model, readiness);
        let server = Server::responding(desk).settings(ServerSettings {
            max_connections: CONNECTIONS,
            shutdown_deadline: Duration::from_secs(1),
            ..ServerSettings::default()
        });
        #[cfg(feature = "tls")]
        let server = match &self.tls {
            Some(tls) => server.tls(tls.clone()),
            None => server,
        };
        let checked = server.checked(&addresses, Vec::new())?;
        Ok(Managed(Some((checked, addresses, stopping))))
    }
}

impl Managed {
    /// Opens its socket, and has it run beside the app's.
    ///
    /// # Errors
    ///
    /// SA203 if the machine does not give the address.
    pub(super) fn beside(self, bound: BoundServer) -> Result<BoundServer, StartError> {
        let Some((server, addresses, stopping)) = self.0 else { return Ok(bound) };
        Ok(bound.beside(server.bind_now(&addresses)?, stopping))
    }
}

/// The readiness of an app: what it depends on, asked.
pub(super) struct Readiness {
    endpoint: Endpoint,
    ledger: Option<AppLedger>,
    stopping: Stopping,
    answered: Mutex<Option<(Instant, bool)>>,
}

/// Returns the desk of an app, with the addresses it stands on.
fn desk(manage: Manage, model: Arc<ApiModel>, readiness: Arc<Readiness>) -> (Desk, Addresses) {
    let endpoint = readiness.endpoint.clone();
    let overseen =
        Overseen { endpoint: endpoint.clone(), model, readiness: Arc::clone(&readiness) };
    let alive = Page::read("/livez", |_| Box::pin(async { ok() })).open();
    let ready = Page::read("/readyz", move |asked| {
        let readiness = Arc::clone(&readiness);
        Box::pin(async move { readiness.told(asked.is_local).await })
    })
    .open();
    let inventory = endpoint.clone();
    let seen = Page::read("/inventory", move |_| {
        let endpoint = inventory.clone();
        Box::pin(async move {
            let seen = serde_json::to_vec(&endpoint.current().await).unwrap_or_default();
            plain(StatusCode::OK, "application/json", seen)
        })
    });
    #[cfg(feature = "metrics")]
    let metrics = {
        let endpoint = endpoint.clone();
        Page::read("/metrics", move |_| {
            let text = endpoint.metrics();
            Box::pin(async { plain(StatusCode::OK, OPEN_METRICS, text) })
        })
    };
    let mut pages = vec![
        alive,
        ready,
        seen,
        #[cfg(feature = "metrics")]
        metrics,
    ];
    pages.extend(console::pages(Box::new(overseen)));
    Desk::new(manage, pages, endpoint.shared().settings.audited.clone())
}

impl Readiness {
    async fn told(&self, is_local: bool) -> Told {
        let reasons = self.reasons().await;
        if reasons.is_empty() { ok() } else { unready(&reasons, is_local) }
    }

    /// Returns why the app is not ready.
    pub(super) async fn reasons(&self) -> Vec<&'static str> {
        let mut reasons = Vec::new();
        if self.stopping.is_told() {
            reasons.push("the app is shutting down");
        }
        if !self.endpoint.has_keys() {
            reasons.push("the keys of an issuer are not there");
        }
        if !self.ledger_answers().await {
            reasons.push("the ledger does not answer");
        }
        if !self.endpoint.has_closings() {
            reasons.push("the live inventory was not read yet, nor what is closed");
        }
        reasons
    }

    async fn ledger_answers(&self) -> bool {
        let Some(ledger) = &self.ledger else { return true };
        if ledger.is_here() {
            return true;
        }
        let known = *self.answered.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, answers)) = known.filter(|(at, _)| at.elapsed() < HOLDS) {
            return answers;
        }
        let answers = matches!(timeout(PATIENCE, ledger.answers()).await, Ok(Ok(())));
        *self.answered.lock().unwrap_or_else(PoisonError::into_inner) =
            Some((Instant::now(), answers));
        answers
    }
}

fn ok() -> Told {
    plain(StatusCode::OK, "text/plain; charset=utf-8", "ok\n")
}

/// Makes the answer of an app that is not ready. Why is told on this machine alone.
fn unready(reasons: &[&str], is_local: bool) -> Told {
    let mut document =
        json!({ "type": "about:blank", "title": "Service Unavailable", "status": 503 });
    if is_local {
        document["reasons"] = json!(reasons);
    }
    plain(StatusCode::SERVICE_UNAVAILABLE, "application/problem+json", document.to_string())
}
