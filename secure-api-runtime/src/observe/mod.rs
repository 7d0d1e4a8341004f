//! Request ids, traces, the security log and the audit stream, for people who run the server.
//!
//! Nothing here takes a credential, a body or a query string; what is not passed in cannot be logged.

mod audit;
#[cfg(feature = "log")]
mod init;
#[cfg(feature = "otel")]
mod otel;
mod request_id;
mod seen;
mod trace;
#[cfg(all(feature = "client", not(feature = "otel")))]
mod unexported;

pub(crate) use self::audit::{Audited, Event, SUBJECT};
#[cfg(feature = "log")]
pub use self::init::init;
#[cfg(feature = "otel")]
pub(crate) use self::otel::{Facts, adopt, answered, flush};
#[cfg(all(feature = "client", feature = "otel"))]
pub(crate) use self::otel::{failed, replied, sending, within};
pub(crate) use self::request_id::next_number;
#[cfg(feature = "testing")]
pub(crate) use self::seen::Logged;
#[cfg(feature = "client")]
pub(crate) use self::trace::{TRACEPARENT, TRACESTATE};
#[cfg(all(feature = "client", not(feature = "otel")))]
pub(crate) use self::unexported::{failed, replied, sending, within};
pub use self::{
    audit::Audit,
    request_id::{REQUEST_ID, RequestId},
    seen::Seen,
    trace::Trace,
};
