//! The operations: one for each thing that servers remember of a caller.

use std::time::Duration;

use secure_api::{identity::Revocations, prelude::*};

/// The number of tickets that a caller may take in an hour.
pub const PERMITS: u32 = 12;

const TICKETS: Limit = Limit::per_principal(PERMITS).per_hour();

/// The role of a caller.
#[derive(Role)]
pub enum Role {
    /// Somebody with a token.
    Member,
}

/// The versions of the API.
#[derive(Version)]
pub enum Version {
    /// The first.
    V1,
}

/// A booking, with the server that made it.
#[derive(Resource)]
#[view(BookingView, role = Role::Member, fields(id, server))]
pub struct Booking {
    /// Another one each time.
    id: String,
    /// The number of the server's process.
    server: u32,
}

/// Takes a ticket: so many an hour, on whichever server.
#[post("/tickets", version = Version::V1.., role = Role::Member, limit = TICKETS)]
pub async fn take_ticket() -> Accepted {
    Accepted
}

/// Checks out.
#[post("/checkout", version = Version::V1.., role = Role::Member)]
pub async fn check_out() -> Accepted {
    Accepted
}

/// Pays, once for each time that the caller checked out.
#[post("/payments", version = Version::V1.., role = Role::Member, after(check_out, within = Duration::from_secs(1800)))]
pub async fn pay() -> Accepted {
    Accepted
}

/// Books, once for each key.
#[post("/bookings", version = Version::V1.., role = Role::Member, idempotency_key, view = BookingView)]
pub async fn book() -> Performed<Booking> {
    Performed(Booking { id: Uuid::new_v4().to_string(), server: std::process::id() })
}

/// Signs the caller out: the token is refused from now on.
#[delete("/session", version = Version::V1.., role = Role::Member)]
pub async fn sign_out(
    caller: Caller<Role>,
    revocations: Revocations,
) -> Result<NoContent, StoreError> {
    revocations.revoke(&caller).await?;
    Ok(NoContent)
}

/// Transfers. Each request has a proof of the caller's key, which is good once.
#[post("/transfers", version = Version::V1.., role = Role::Member, by = Dpop)]
pub async fn transfer() -> Accepted {
    Accepted
}

/// A box office with two windows.
#[api(
    roles = Role,
    versions = Version,
    limit = Limit::per_principal(600).per_minute(),
    by = [Bearer, Dpop],
    routes(take_ticket, check_out, pay, book, sign_out, transfer)
)]
pub struct Office;
