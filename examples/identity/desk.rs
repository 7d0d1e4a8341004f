//! The operations of the desk: one for whoever is known, and two that admit one kind of credentials alone.

use secure_api::prelude::*;

use crate::role::{Role, Version};

/// The caller, as the desk knows it.
#[derive(Resource)]
#[view(MeView, public, fields(kind, id, client))]
pub struct Me {
    /// The kind of credentials that it came with.
    kind: String,
    /// Issuer, tenant and name in one: by this an object knows its owner.
    id: CallerId,
    /// The OAuth client that acts for it, where there is one.
    client: Option<String>,
}

/// Shows who is calling. Each kind of credentials is admitted, as the API states it.
#[get("/me", version = Version::V1.., role = [Role::Member, Role::Machine], view = MeView)]
pub async fn get_me(caller: Caller<Role>) -> Me {
    let identity = caller.identity();
    Me {
        kind: identity.kind().name().to_owned(),
        id: caller.id().clone(),
        client: identity.client_id().map(str::to_owned),
    }
}

/// Pays. A copy of a token does not: each request has a proof that its caller has the key.
#[post("/payments", version = Version::V1.., role = Role::Member, by = Dpop)]
pub async fn pay() -> Accepted {
    Accepted
}

/// Books: machines alone, which prove themselves in the handshake of the connection.
#[post("/bookings", version = Version::V1.., role = Role::Machine, by = Certificate)]
pub async fn book() -> Accepted {
    Accepted
}
