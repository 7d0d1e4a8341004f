//! The values of the attributes' keys, one concern a file: parsed, checked alone, expanded.

pub(crate) mod accepts;
pub(crate) mod allow;
pub(crate) mod arm;
pub(crate) mod brownout;
pub(crate) mod by;
pub(crate) mod day;
mod decided;
pub(crate) mod defaults;
pub(crate) mod deprecated;
pub(crate) mod exception;
pub(crate) mod flow;
pub(crate) mod if_match;
pub(crate) mod limit;
pub(crate) mod link;
pub(crate) mod list;
pub(crate) mod media_type;
pub(crate) mod outage;
pub(crate) mod page;
pub(crate) mod path;
pub(crate) mod pattern;
pub(crate) mod redirects;
pub(crate) mod role;
pub(crate) mod rules;
pub(crate) mod scope;
pub(crate) mod secret;
pub(crate) mod version;
pub(crate) mod view;
