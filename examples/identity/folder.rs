//! The folder of what the example makes when it starts: certificates, and what its clients keep secret.

use std::{
    fs::{self, DirBuilder, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};

/// The reason for which the example cannot go on.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// The folder. Only its owner may look into it.
pub struct Folder(PathBuf);

impl Folder {
    /// Opens the folder, and makes it unless it is there.
    pub fn open(path: &Path) -> io::Result<Self> {
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(path)?;
        Ok(Self(path.canonicalize()?))
    }

    /// Returns the path of the folder itself.
    pub fn root(&self) -> &Path {
        &self.0
    }

    /// Returns the path of a file in it.
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Reads a file that the running example wrote.
    pub fn read(&self, name: &str) -> Result<String, Failure> {
        let path = self.path(name);
        let read = fs::read_to_string(&path);
        Ok(read.map_err(|error| format!("{}: {error}; does the example run?", path.display()))?)
    }

    /// Writes a file in the place of the one before.
    pub fn write(&self, name: &str, content: &str) -> io::Result<()> {
        let draft = self.path(name).with_added_extension("draft");
        // One that was left by a start that failed.
        let _ = fs::remove_file(&draft);
        let mut options = OpenOptions::new();
        options.create_new(true).write(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(&draft)?.write_all(content.as_bytes())?;
        fs::rename(&draft, self.path(name))
    }
}

/// Quotes a path as one word of a shell's command line.
pub fn quoted(path: &Path) -> String {
    format!("'{}'", path.display().to_string().replace('\'', r"'\''"))
}
