//! The partner that sends parcels: it is told of each order by a signed webhook, once the order is stored.
//!
//! The log of events says what was placed, in the change that placed it, and one row says up to where the partner was told. So no
//! order waits for the partner, and a webhook that could not be delivered is sent again, also after a restart. It may come twice,
//! with one id.

use std::time::Duration;

use axum::http::Uri;
use secure_api::{
    client::{SafeClient, Upstream, UpstreamError, WebhookEvent, WebhookSecret},
    prelude::*,
};
use serde::Serialize;
use sqlx::SqlitePool;
use tokio::time::sleep;

use crate::{db::Db, folder::Failure};

/// The pause between two looks for orders that were placed.
const LOOK: Duration = Duration::from_secs(1);

/// The pause after a delivery that failed. The client asks a service that is down less often by itself.
const PAUSE: Duration = Duration::from_secs(5);

/// The status of a receiver that wants nothing more.
const GONE: u16 = 410;

/// The service of the partner.
pub struct Parcels;

/// The data of a webhook: what was placed. Whose it is and what is in it the partner asks the shop, as somebody who may know.
#[derive(Serialize)]
struct Placed {
    order: String,
}

/// The partner.
pub struct Partner {
    parcels: SafeClient<Parcels>,
    secret: WebhookSecret,
    read: SqlitePool,
    write: SqlitePool,
}

impl Partner {
    /// Returns the partner at this URL, who knows the secret. It is told of the orders from now on, if it was never told of any.
    pub async fn at(url: &str, secret: WebhookSecret, db: &Db) -> Result<Self, Failure> {
        let upstream = Upstream::<Parcels>::at(url);
        let upstream = match on_this_machine(url) {
            Some(host) => upstream.internal(host, "the partner runs on this machine"),
            None => upstream,
        };
        let parcels = upstream.client()?;
        let (read, write) = db.halves();
        sqlx::query(
            "INSERT INTO partner (told)
             SELECT (SELECT COALESCE(MAX(id), 0) FROM events) WHERE NOT EXISTS (SELECT 1 FROM partner)",
        )
        .execute(&write)
        .await?;
        Ok(Self { parcels, secret, read, write })
    }

    /// Tells the partner of each order, in their order, for as long as it wants to know.
    pub async fn tell(self) {
        loop {
            match self.tell_next().await {
                Ok(true) => {}
                Ok(false) => sleep(LOOK).await,
                Err(error) if is_gone(&error) => {
                    tracing::warn!("the partner wants to know of no more orders");
                    return;
                }
                Err(error) => {
                    tracing::warn!(%error, "the partner could not be told of an order");
                    sleep(PAUSE).await;
                }
            }
        }
    }

    /// Tells of the next order; `false` if there is none.
    async fn tell_next(&self) -> Result<bool, Failure> {
        let next = sqlx::query_as(
            "SELECT id, at, target FROM events
             WHERE kind = 'order-placed' AND id > (SELECT told FROM partner) ORDER BY id LIMIT 1",
        );
        let next: Option<(i64, i64, String)> = next.fetch_optional(&self.read).await?;
        let Some((id, at, order)) = next else { return Ok(false) };
        // The event is as old as the order, whenever it is sent.
        let placed = Clock::manual(at);
        let event =
            WebhookEvent::new(format!("evt_{id}"), "order.placed", &Placed { order }, &placed)?;
        match self.parcels.deliver_at(&event, ["orders"], &self.secret).await {
            Ok(()) => {}
            // Sent again it would be refused again, and all others would wait behind it.
            Err(error) if is_refused(&error) => {
                tracing::error!(id, %error, "the partner refused to be told of an order, and is told of the next one");
            }
            Err(error) => return Err(error.into()),
        }
        sqlx::query("UPDATE partner SET told = ?1 WHERE told < ?1")
            .bind(id)
            .execute(&self.write)
            .await?;
        Ok(true)
    }
}

/// Returns `true` if the receiver wants nothing more.
fn is_gone(error: &Failure) -> bool {
    let status = error.downcast_ref::<UpstreamError>().and_then(UpstreamError::status);
    status == Some(GONE)
}

/// Returns `true` if the receiver refuses this event for good. Who it is, how often and how fast it was asked may be better later.
fn is_refused(error: &UpstreamError) -> bool {
    let status = error.status().unwrap_or_default();
    (400..500).contains(&status) && ![401, 403, 404, 408, GONE, 429].contains(&status)
}

/// Returns `host:port` of a URL that leads to this machine: there the partner may be, in plaintext too. One elsewhere is called
/// by `https`, and at a public address alone.
fn on_this_machine(url: &str) -> Option<String> {
    let url: Uri = url.parse().ok()?;
    let host = url.host()?;
    let address = host.trim_start_matches('[').trim_end_matches(']');
    let is_here = host == "localhost"
        || address.parse().is_ok_and(|address: std::net::IpAddr| address.is_loopback());
    let usual = if url.scheme_str() == Some("http") { 80 } else { 443 };
    is_here.then(|| format!("{host}:{}", url.port_u16().unwrap_or(usual)))
}
