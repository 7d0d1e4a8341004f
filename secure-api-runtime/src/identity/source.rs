//! A source of identity: what knows credentials of one kind.

use std::{future::Future, sync::Arc};

use futures_util::future::BoxFuture;

use super::{Credential, Declined, Head, Identity, Principal, Refused};

/// A source of identity, which knows credentials of one kind and says for whom they speak.
///
/// An app takes it by [`source`](crate::app::AppBuilder::source). It is asked for each request that brings credentials of
/// its kind, before anything of the request's content is looked at; role, tenant, revocation and limits are asked of what it
/// returns as of any other caller. What it has to remember it remembers itself. It identifies once for each request.
///
/// ```
/// use secure_api::identity::{Credential, Head, Kind, Principal, Refused, Source};
///
/// /// The badge that a reader at the door reads.
/// enum Badge {}
///
/// impl Credential for Badge {
///     const KIND: Kind = Kind::header("Badge", "x-badge");
/// }
///
/// struct Badges;
///
/// impl Source for Badges {
///     type Kind = Badge;
///
///     async fn identify(&self, presented: &[u8], _: &Head<'_>) -> Result<Principal, Refused> {
///         match presented {
/// #           b"\x01" => Err(Refused::unavailable("the list of badges does not answer")),
///             b"7" => Ok(Principal::new("https://doors.example", "badge-7").roles(["member"])),
///             _ => Err(Refused::invalid("nobody has this badge")),
///         }
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "SA163: `{Self}` is no source of credentials",
    label = "knows no caller",
    note = "write `impl Source for {Self}`, or take one that the framework has, as `ApiKeys`"
)]
pub trait Source: Send + Sync + 'static {
    /// The kind of credentials that it knows.
    type Kind: Credential;

    /// Returns the principal that these credentials speak for: what stands behind the kind's name, or in its header. They
    /// are whatever bytes the caller sent; compare secrets in constant time.
    ///
    /// # Errors
    ///
    /// [`Refused::Invalid`], which is answered by 401, and [`Refused::Unavailable`], by 503.
    fn identify(
        &self,
        presented: &[u8],
        head: &Head<'_>,
    ) -> impl Future<Output = Result<Principal, Refused>> + Send;

    /// Checks that credentials which it has identified still count: asked where the content of their request took a second or
    /// more to arrive, which is up to whoever sends it. By default they do: a source whose credentials are ended in its own table
    /// looks there again. Revocations and accounts are asked in any case.
    ///
    /// # Errors
    ///
    /// Those of [`identify`](Self::identify).
    fn still(
        &self,
        _presented: &[u8],
        _head: &Head<'_>,
    ) -> impl Future<Output = Result<(), Refused>> + Send {
        std::future::ready(Ok(()))
    }
}

/// The answer of a source, at once or later.
pub(crate) enum Identified<'a> {
    Now(Result<Arc<Identity>, Declined>),
    Later(BoxFuture<'a, Result<Arc<Identity>, Declined>>),
}

/// A source whose type is forgotten.
pub(crate) trait AnySource: Send + Sync {
    /// Returns the identity that these credentials prove.
    fn identify<'a>(&'a self, presented: &'a [u8], head: &'a Head<'a>) -> Identified<'a>;

    /// Checks that credentials which it has identified still count. Tokens do: revocations and accounts are asked of all
    /// credentials besides, a proof is good for one request, and an issuer is asked about an opaque token every now and then.
    fn still<'a>(
        &'a self,
        _presented: &'a [u8],
        _head: &'a Head<'a>,
    ) -> BoxFuture<'a, Result<(), Refused>> {
        Box::pin(std::future::ready(Ok(())))
    }

    /// Begins to fetch what it will need, when the app is about to be served.
    fn start(&self) {}

    /// Returns `true` if it has what it needs to tell whose credentials are good.
    fn is_ready(&self) -> bool {
        true
    }

    /// Returns the number of credentials that it need not verify again.
    #[cfg_attr(
        not(feature = "metrics"),
        allow(dead_code, reason = "only the text of metrics reads it")
    )]
    fn remembered(&self) -> usize {
        0
    }
}
