//! The admission of a caller: the certificate it has, the principal it is, the role and the scopes it needs.

use std::sync::Arc;

use http::{header, request::Parts};

use super::{Settings, client::Client, operation::Operation, record::Record, shared::Shared};
use crate::{
    client_certificate::forwarded,
    clock::Clock,
    error::{Problem, problem},
    identity::{ClientCertificate, Head, Identity, Place, Refusal, insufficient_scope},
    route::Access,
    session::{refuse_others, says_page},
    weakened,
};

/// Returns the certificate that the caller of a request proved to have, if it is good now. That of a trusted proxy's
/// connection is the proxy's own, and nobody's who called it.
///
/// # Errors
///
/// 400 if a trusted proxy forwards something that is none.
pub(super) fn certificate(
    shared: &Shared,
    parts: &Parts,
    client: Client,
) -> Result<Option<ClientCertificate>, Problem> {
    let clock = &shared.settings.clock;
    let found = if client.proxied {
        forwarded(&parts.headers)?
    } else {
        parts.extensions.get::<ClientCertificate>().cloned()
    };
    Ok(found.filter(|certificate| {
        certificate.is_good_at(clock.unix_seconds()) || weakened::is("certificate-time")
    }))
}

/// Returns the head of a request, as sources of identity see it.
pub(super) fn head<'a>(
    shared: &'a Shared,
    parts: &'a Parts,
    record: &'a Record<'_>,
    certificate: Option<&'a ClientCertificate>,
) -> Head<'a> {
    let peer = record.connection.map(|connection| connection.peer);
    let Settings { clock, base_url, .. } = &shared.settings;
    Head::new(parts, clock, peer, base_url.as_ref(), &record.prefix)
        .with_client(record.client.address())
        .with_certificate(certificate)
}

/// Refuses what a page of another site had a browser send: where a session is used, or could be begun, or a cookie is read,
/// to change something.
pub(super) fn own_page(
    shared: &Shared,
    operation: &Operation,
    parts: &Parts,
    identity: Option<&Identity>,
) -> Result<(), Problem> {
    let used = || identity.is_some_and(|identity| identity.kind().is_ambient());
    // So do the cookies that an input reads: a browser adds them, too.
    let reads_cookie = || {
        operation.reads_head.as_ref().is_some_and(|head| head.cookies())
            && parts.headers.contains_key(header::COOKIE)
    };
    let is_free = operation.cross_site || weakened::is("csrf");
    if is_free || !(operation.sets_session || used() || reads_cookie()) {
        return Ok(());
    }
    // A program has a certificate, too, and says nothing of pages; a cookie only a browser has.
    let of_connection =
        || identity.is_some_and(|identity| identity.kind().place() == Place::Connection);
    let in_cookie = |other: &Arc<Identity>| matches!(other.kind().place(), Place::Cookie(_));
    let comes_with_cookie = || identity.is_some_and(|caller| caller.beside().iter().any(in_cookie));
    let by_program =
        !operation.sets_session && !comes_with_cookie() && !reads_cookie() && of_connection();
    if by_program && !says_page(&parts.headers) {
        return Ok(());
    }
    refuse_others(&parts.headers, shared.settings.base_url.as_ref())
}

/// Refuses a caller without a role or a scope that the route asks for, and one whose authentication is too weak or too old.
pub(super) fn admit(
    operation: &Operation,
    identity: Option<&Identity>,
    clock: &Clock,
) -> Result<(), Problem> {
    let route = operation.route;
    match (route.access, identity) {
        (Access::Public(_), _) => Ok(()),
        (Access::Roles(_), None) if weakened::is("credentials") => Ok(()),
        (Access::Roles(_), None) => Err(operation.admits.missing(Refusal::Missing)),
        (Access::Roles(roles), Some(identity))
            if roles.admits(identity.roles()) || weakened::is("role") =>
        {
            let scopes = route.options.scopes;
            if !scopes.iter().all(|scope| identity.has_scope(scope)) && !weakened::is("scope") {
                return Err(insufficient_scope(identity, scopes));
            }
            let step_up = operation.step_up.as_ref().filter(|_| !weakened::is("step-up"));
            step_up.map_or(Ok(()), |step_up| step_up.asked_of(identity, clock))
        }
        (Access::Roles(_), Some(_)) => {
            Err(Problem::new(&problem::FORBIDDEN)
                .because("the caller has none of the route's roles"))
        }
    }
}
