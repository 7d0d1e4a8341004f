//! Request ids and the security log, for people who run the server.
//!
//! Nothing here takes a credential, a body or a query string; what is not passed in cannot be logged.

mod request_id;
mod seen;

#[cfg(feature = "testing")]
pub(crate) use self::seen::Logged;
pub use self::{
    request_id::{REQUEST_ID, RequestId},
    seen::Seen,
};
