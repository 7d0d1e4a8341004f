//! Webhooks (Standard Webhooks): events that are sent to addresses of users, signed, and the check of those that others send.

mod event;
mod receiver;
mod secret;

#[cfg(feature = "testing")]
pub(crate) use self::event::fields;
pub use self::{
    event::WebhookEvent,
    receiver::{Webhook, WebhookReceiver},
    secret::WebhookSecret,
};
