//! The management listener: a second socket, for those who run the app and not for its callers.
//!
//! [`Manage`] says where it is and who may use it. A `Desk` is what stands there: a table of pages, each behind the same guard. The
//! pages for people are in `console`; the app adds those for machines.

pub(crate) mod console;
mod desk;
mod form;
mod guard;
mod page;
mod refused;
mod settings;

pub(crate) use desk::Desk;
pub(crate) use form::Form;
pub(crate) use guard::Asker;
pub(crate) use page::{Asked, Page, Told, plain};
pub use settings::Manage;
