//! Calls of other services: to where they were declared and nowhere inside, within the time of the request, and answered by what is
//! read as strictly as an input.
//!
//! `reach` knows where a call may lead, `settings` what was declared, `connector` carries calls out, `outgoing` is what a handler
//! builds of one.

mod breaker;
mod connector;
mod credential;
mod error;
mod exchange;
mod failure;
mod outgoing;
mod reach;
mod retry;
mod safe;
mod settings;
mod stated;
mod traced;
mod webhook;

pub use self::{
    error::UpstreamError,
    exchange::TokenExchange,
    outgoing::Outgoing,
    safe::SafeClient,
    settings::Upstream,
    webhook::{Webhook, WebhookEvent, WebhookReceiver, WebhookSecret},
};

#[cfg(feature = "testing")]
pub(crate) use self::webhook::fields as webhook_fields;
pub(crate) use self::{
    connector::{Connector, Facts},
    credential::Credential,
    safe::{Origin, Subject},
};
