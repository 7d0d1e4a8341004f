//! The derives, one file or folder each: what was written, what was proved of it, and the code.

pub(crate) mod error;
pub(crate) mod input;
pub(crate) mod resource;
pub(crate) mod role;
pub(crate) mod value;
pub(crate) mod version;
