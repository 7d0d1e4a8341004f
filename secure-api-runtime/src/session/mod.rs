//! Sessions: credentials of browsers, in a cookie that no script and no other site can read.
//!
//! [`Sessions`] begins and ends them, [`OpenSessions`] lists them; both are arguments of handlers. `SessionSource` is the source that knows them, and
//! `origin` refuses the requests that another site has a browser send.

mod error;
mod keeper;
mod kept;
mod origin;
mod sessions;
mod settings;
mod source;
mod text;

use crate::identity::{Credential, Kind};

pub use error::SessionError;
pub(crate) use keeper::Keeper;
pub use kept::OpenSession;
pub(crate) use origin::{refuse_others, says_page};
pub(crate) use sessions::CookieSlot;
pub use sessions::{OpenSessions, Sessions};
pub use settings::SessionSettings;
pub(crate) use source::SessionSource;

/// The name of the cookie. Browsers take one that begins so only over HTTPS, for the whole of one host and for no other, and
/// let no other host set it (RFC 6265bis, section 4.1.3.2).
pub(crate) const COOKIE: &str = "__Host-session";

/// Sessions, sent as a cookie by browsers, as `by = Session` names them. An app has them by
/// [`sessions`](crate::app::AppBuilder::sessions).
///
/// A browser adds the cookie to each request, whoever caused it. So it counts only where `by` admits it, beside no other
/// credentials, and for what changes something only where one's own page asked.
#[derive(Debug)]
pub enum Session {}

impl Credential for Session {
    const KIND: Kind = Kind::cookie("Session", COOKIE);
}
