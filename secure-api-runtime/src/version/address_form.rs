//! The form of the addresses of an API, where it is another than ours.

/// The form of the addresses of an API. Stated above its enum of versions, so that each route that names a version knows it.
#[derive(Debug, Clone, Copy)]
pub struct AddressForm {
    /// The reason why paths are as they are written: with capitals, dots, a slash at the end.
    pub as_written: Option<&'static str>,
}

impl AddressForm {
    /// The form that nothing states: lower-case words with hyphens.
    pub const CANONICAL: Self = Self { as_written: None };
}
