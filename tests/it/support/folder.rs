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

    /// Writes a certificate for this host that vouches for itself, and its key, and returns the paths of both.
    pub(crate) fn pair(&self, host: &str) -> [String; 2] {
        let pair = rcgen::generate_simple_self_signed([host.to_owned()]).expect("a pair");
        let files =
            [("certificate.pem", pair.cert.pem()), ("key.pem", pair.signing_key.serialize_pem())];
        files.map(|(name, text)| {
            let path = self.0.join(name);
            std::fs::write(&path, text).expect("a file");
            path.display().to_string()
        })
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
