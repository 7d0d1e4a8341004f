//! Calls of other services: where they may lead, how long anybody waits, and what becomes of the answers.

mod bounds;
mod circuit;
mod exported;
pub(crate) mod peer;
mod reach;
mod redirected;
mod retried;
mod subject;
mod told;
mod traced;
mod webhook;

use secure_api::{client::SafeClient, prelude::*};

pub(crate) use peer::Peer;

/// The service that is called.
pub(crate) struct Rates;

/// An answer of it.
#[derive(Debug, Input)]
pub(crate) struct RateAnswer {
    #[input(range = 0..=1000)]
    pub(crate) cents: u32,
    #[input(max_len = 20)]
    pub(crate) day: Option<String>,
}

/// Asks for a rate.
async fn ask(rates: &SafeClient<Rates>) -> Result<RateAnswer, secure_api::client::UpstreamError> {
    rates.get(["rates", "today"]).json().await
}
