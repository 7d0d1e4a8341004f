//! One event, with the names of OWASP's logging vocabulary where that has one
//! (<https://cheatsheetseries.owasp.org/cheatsheets/Logging_Vocabulary_Cheat_Sheet.html>).

use std::collections::BTreeMap;

use serde::Serialize;

/// An event that concerns security. What is not known of it is left out.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Event<'a> {
    pub(crate) event: &'static str,
    pub(crate) description: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) request_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) trace_id: Option<&'a str>,
    /// The hash of who called, the same as in the log.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) subject: Option<String>,
    /// The hash of the address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) address: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) request_method: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) operation: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) version: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) problem: Option<&'a str>,
    /// The cause of a refusal, or what somebody gave as the reason of an act.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) reason: Option<&'a str>,
    /// The name under which an act was done on the management listener.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) by: Option<&'a str>,
    /// The page of the management listener.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) page: Option<&'a str>,
    /// The events like it that have no line, or the rows that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) count: Option<u64>,
    /// The events that have no line because there was no room, by their name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) lost: Option<&'a BTreeMap<&'static str, u64>>,
}

/// The line of an event.
#[derive(Serialize)]
pub(super) struct Line<'a> {
    pub(super) datetime: String,
    pub(super) appid: &'static str,
    pub(super) level: &'static str,
    #[serde(flatten)]
    pub(super) event: &'a Event<'a>,
}

/// Returns the level that the vocabulary gives an event.
pub(super) fn level(event: &str) -> &'static str {
    match event {
        "authz_fail" | "authn_token_reuse" | "malicious_cors" => "CRITICAL",
        "authn_token_created" | "authn_token_revoked" => "INFO",
        _ => "WARN",
    }
}
