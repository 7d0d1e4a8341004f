//! Members that no field names: mistakes of what callers send, and at times additions of a service that is called.

use super::Decoding;

impl Decoding {
    /// Returns the same where more members may come than there are fields.
    #[cfg(feature = "client")]
    pub(in crate::input) fn open_to_more(self, is_open: bool) -> Self {
        Self { is_open, ..self }
    }

    /// Returns `true` if members that no field names are left out, and no mistakes.
    pub(in crate::input) fn is_open(&self) -> bool {
        self.is_open
    }
}
