//! A folder of a test's own.

use std::path::{Path, PathBuf};

/// A folder that goes with the test, whatever comes of it.
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// Returns one whose name begins so, and that is not there yet: what runs makes its own.
    pub(crate) fn new(name: &str) -> Self {
        Self(std::env::temp_dir().join(format!("{name}{}", uuid::Uuid::new_v4())))
    }

    /// Returns one that is there.
    pub(crate) fn made(name: &str) -> Self {
        let folder = Self::new(name);
        std::fs::create_dir(folder.path()).expect("a folder");
        folder
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What did not start has made none.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
