//! Credentials in the query.

use secure_api::identity::{Credential, Head, Kind, Principal, Refused, Source};

/// A ticket, which is shown in the URL.
pub(super) enum Ticket {}

impl Credential for Ticket {
    const KIND: Kind =
        Kind::query("Ticket", "ticket", "the machines at the gate print it into an address");
}

pub(super) struct Tickets;

impl Source for Tickets {
    type Kind = Ticket;

    async fn identify(&self, _: &[u8], _: &Head<'_>) -> Result<Principal, Refused> {
        Err(Refused::invalid("nobody has a ticket yet"))
    }
}

/// Returns the rule that a method excepts from, whose name is mostly its own.
pub(super) fn rule(name: &str) -> &str {
    match name {
        "open" => "docs",
        "query" | "in_query" => "credentials_in_query",
        name => name,
    }
}
