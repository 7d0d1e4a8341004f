//! The place of an audit stream: a file, which may be moved away while it is written, or anything else that takes bytes.

use std::{
    fmt,
    fs::{self, File},
    io::{self, ErrorKind, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use uuid::Uuid;

/// The place that lines are written to.
pub(super) enum Place {
    File { path: PathBuf, open: Option<File> },
    Other(Box<dyn Write + Send>),
}

impl Place {
    /// Tries if a file can be written, and leaves all as it is: one that is there is opened, and of one that is not the folder is
    /// tried.
    ///
    /// # Errors
    ///
    /// What keeps it from being written.
    pub(super) fn probe(&self) -> io::Result<()> {
        let Self::File { path, .. } = self else { return Ok(()) };
        match fs::metadata(path) {
            Ok(there) if there.is_file() || there.is_dir() => {
                File::options().append(true).open(path).map(drop)
            }
            // Whoever reads a pipe would see its end.
            Ok(_) => Ok(()),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                // Modes alone do not tell it: of a folder of somebody else's, or of a disk that is read only.
                let own = path.with_file_name(format!(".secure-api-{}.probe", Uuid::new_v4()));
                File::options().write(true).create_new(true).open(&own)?;
                fs::remove_file(own)
            }
            Err(error) => Err(error),
        }
    }

    /// Opens the file, or opens it again where another one, or none, has its name by now: whoever rotates it moves it away, and need
    /// tell nobody. `true` if it was opened.
    pub(super) fn look(&mut self) -> io::Result<bool> {
        let Self::File { path, open } = self else { return Ok(false) };
        if open.as_ref().is_some_and(|file| is_still(path, file)) {
            return Ok(false);
        }
        let mut file = match opened(path) {
            Ok(file) => file,
            Err(error) => {
                // What is written into a file without a name is gone when the server ends, and nobody would be told.
                if open.as_ref().is_some_and(has_no_name) {
                    *open = None;
                }
                return Err(error);
            }
        };
        if is_torn(path) {
            file.write_all(b"\n")?;
            tracing::warn!(
                target: "secure_api::audit",
                file = %path.display(),
                "the last line of the audit stream is torn, and the next one begins behind it"
            );
        }
        *open = Some(file);
        Ok(true)
    }

    /// Writes bytes from where it came to the last time.
    pub(super) fn write(&mut self, bytes: &[u8], done: &mut usize) -> io::Result<()> {
        let to: &mut dyn Write = match self {
            Self::File { open: Some(file), .. } => file,
            Self::File { open: None, .. } => return Err(ErrorKind::NotFound.into()),
            Self::Other(other) => other,
        };
        while *done < bytes.len() {
            match to.write(&bytes[*done..]) {
                Ok(0) => return Err(ErrorKind::WriteZero.into()),
                Ok(written) => *done += written.min(bytes.len() - *done),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
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

/// Opens a pipe without waiting, if a path names one: while somebody reads it, opening it again waits for nobody.
///
/// # Errors
///
/// Where nobody reads it: the app would wait for whoever does.
#[cfg(unix)]
fn read_pipe(path: &Path) -> io::Result<Option<File>> {
    use std::os::unix::fs::{FileTypeExt, OpenOptionsExt};

    if !fs::metadata(path).is_ok_and(|there| there.file_type().is_fifo()) {
        return Ok(None);
    }
    let pipe = File::options().write(true).custom_flags(libc::O_NONBLOCK).open(path);
    pipe.map(Some).map_err(|error| match error.raw_os_error() {
        Some(libc::ENXIO) => io::Error::other("it is a pipe that nobody reads"),
        _ => error,
    })
}

/// Returns nothing: elsewhere no path names a pipe.
#[cfg(not(unix))]
fn read_pipe(_: &Path) -> io::Result<Option<File>> {
    Ok(None)
}

/// Opens a file to write at its end. One that is made is for its owner alone.
fn opened(path: &Path) -> io::Result<File> {
    let _read = read_pipe(path)?;
    let mut options = File::options();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Returns `true` if a file ends within a line: a process, or a machine, ended while it was written. Of one that cannot be read nobody
/// knows.
fn is_torn(path: &Path) -> bool {
    let mut last = [0];
    let is_file = fs::metadata(path).is_ok_and(|there| there.is_file() && there.len() > 0);
    let mut read = || {
        let mut file = File::open(path)?;
        file.seek(SeekFrom::End(-1))?;
        file.read_exact(&mut last)
    };
    is_file && read().is_ok() && last != *b"\n"
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

    let place = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
    match (fs::metadata(path), file.metadata()) {
        (Ok(there), Ok(here)) => place(there) == place(here),
        _ => false,
    }
}

/// Returns `true` if a path still leads to a file that was opened. Elsewhere an open file is not moved away.
#[cfg(not(unix))]
fn is_still(path: &Path, _: &File) -> bool {
    path.exists()
}
