//! The place of an audit stream: a file, which may be moved away while it is written, or anything else that takes bytes.

use std::{
    fmt,
    fs::File,
    io::{self, Write},
    path::{Path, PathBuf},
};

/// The place that lines are written to.
pub(super) enum Place {
    File { path: PathBuf, open: Option<File> },
    Other(Box<dyn Write + Send>),
}

impl Place {
    /// Opens the file, or opens it again where another one, or none, has its name by now: whoever rotates it moves it away, and need
    /// tell nobody. `true` if it was opened.
    pub(super) fn look(&mut self) -> io::Result<bool> {
        let Self::File { path, open } = self else { return Ok(false) };
        if open.as_ref().is_some_and(|file| is_still(path, file)) {
            return Ok(false);
        }
        let opened = opened(path);
        if let Ok(opened) = opened {
            *open = Some(opened);
            return Ok(true);
        }
        // What is written into a file without a name is gone when the server ends, and nobody would be told.
        if open.as_ref().is_some_and(has_no_name) {
            *open = None;
        }
        opened.map(|_| true)
    }

    /// Writes bytes from where it came to the last time.
    pub(super) fn write(&mut self, bytes: &[u8], done: &mut usize) -> io::Result<()> {
        let to: &mut dyn Write = match self {
            Self::File { open: Some(file), .. } => file,
            Self::File { open: None, .. } => return Err(io::ErrorKind::NotFound.into()),
            Self::Other(other) => other,
        };
        while *done < bytes.len() {
            match to.write(&bytes[*done..]) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(written) => *done += written.min(bytes.len() - *done),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        to.flush()
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { path, .. } => write!(f, "`{}`", path.display()),
            Self::Other(_) => f.write_str("its writer"),
        }
    }
}

/// Opens a file to write at its end. One that is made is for its owner alone.
fn opened(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Returns `true` if a file was removed.
#[cfg(unix)]
fn has_no_name(file: &File) -> bool {
    use std::os::unix::fs::MetadataExt;

    file.metadata().is_ok_and(|here| here.nlink() == 0)
}

/// Returns `true` if a file was removed. Elsewhere an open file is not.
#[cfg(not(unix))]
fn has_no_name(_: &File) -> bool {
    false
}

/// Returns `true` if a path still leads to a file that was opened.
#[cfg(unix)]
fn is_still(path: &Path, file: &File) -> bool {
    use std::os::unix::fs::MetadataExt;

    let place = |metadata: std::fs::Metadata| (metadata.dev(), metadata.ino());
    match (std::fs::metadata(path), file.metadata()) {
        (Ok(there), Ok(here)) => place(there) == place(here),
        _ => false,
    }
}

/// Returns `true` if a path still leads to a file that was opened. Elsewhere an open file is not moved away.
#[cfg(not(unix))]
fn is_still(path: &Path, _: &File) -> bool {
    path.exists()
}
