//! Webhooks (Standard Webhooks): events that are sent to addresses of users, signed, and the check of those that others send.

mod event;
mod receiver;
mod secret;

pub use self::{
    event::WebhookEvent,
    receiver::{Webhook, WebhookReceiver},
    secret::WebhookSecret,
};
