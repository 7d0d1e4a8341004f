//! The file in which a live inventory is kept: one document, replaced as a whole, so that a crash leaves the one before.
//!
//! Several processes may have one file, as the old and the new one of a release: each adds what it has seen to what is there. It
//! tells who calls what, so nobody but its owner reads it. One that is no inventory is never written: what is closed by hand stood
//! in it, and would be open again.

use std::{
    fmt,
    fs::{self, Metadata, OpenOptions, TryLockError},
    io::{self, ErrorKind, Write},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    thread::sleep,
    time::{Duration, Instant, SystemTime},
};

use super::super::{Live, LiveInventory};

/// The time that the lock of another process is waited for.
const PATIENCE: Duration = Duration::from_secs(3);

/// The time between two looks at it.
const AGAIN: Duration = Duration::from_millis(20);

/// The attempts to have a new file of one's own, where others clear away or leave one.
const ATTEMPTS: u32 = 8;

/// A file, with its folder's other files of the same name.
#[derive(Debug)]
pub(super) struct File {
    path: PathBuf,
    /// The looks of the file as it was read or written last: one that looks so has nothing new in it.
    known: Mutex<Option<Looks>>,
}

/// The length of a file, and the time at which it was written.
type Looks = (u64, Option<SystemTime>);

/// A reason for which a file is not read or written.
#[derive(Debug)]
pub(super) enum Fault {
    /// A text that is no inventory.
    Broken(String),
    Io(io::Error),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Broken(why) => write!(f, "it is no live inventory: {why}"),
            Self::Io(error) => error.fmt(f),
        }
    }
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl File {
    pub(super) fn at(path: &Path) -> Self {
        Self { path: path.to_owned(), known: Mutex::default() }
    }

    pub(super) fn shown(&self) -> String {
        self.path.display().to_string()
    }

    /// Reads what was kept before.
    pub(super) fn load(&self, live: &Live) -> Result<(), Fault> {
        if let Some(kept) = self.read()? {
            live.hear(0, live.to_keep(0, Some(kept), false));
        }
        Ok(())
    }

    /// Adds what was seen, if it is anything new, and hears what others have added.
    pub(super) fn keep(&self, live: &Live) -> Result<(), Fault> {
        // What waited from the last time, and then what was seen since.
        for _ in 0..2 {
            if live.send(0).is_none() {
                break;
            }
            let _lock = self.locked()?;
            let kept = live.to_keep(0, self.read()?, true);
            self.write(&kept)?;
            live.hear(0, kept);
        }
        // A file that is broken is told of when it is, and not when somebody calls next.
        if self.looks() != *self.known() {
            self.load(live)?;
        }
        Ok(())
    }

    /// Reads the file, if it is there. Whatever else stands at its place, as a folder or another text, stays as it is.
    fn read(&self) -> Result<Option<LiveInventory>, Fault> {
        // A pipe would never end.
        let looks = match fs::metadata(&self.path) {
            Ok(there) if there.is_file() => looks_of(&there),
            Ok(_) => return Err(io::Error::other("it is no file").into()),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                *self.known() = None;
                return Ok(None);
            }
            Err(error) => return Err(error.into()),
        };
        let kept = serde_json::from_slice(&fs::read(&self.path)?).map_err(|error| {
            // Nothing of the text is told: the wrong file may be somebody's secret.
            Fault::Broken(format!("line {}, column {}", error.line(), error.column()))
        })?;
        *self.known() = Some(looks);
        Ok(Some(kept))
    }

    fn looks(&self) -> Option<Looks> {
        fs::metadata(&self.path).ok().map(|there| looks_of(&there))
    }

    fn known(&self) -> std::sync::MutexGuard<'_, Option<Looks>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes the file anew. It is on the disk before it takes the place of the one before.
    fn write(&self, kept: &LiveInventory) -> io::Result<()> {
        let new = self.beside("new");
        let text = serde_json::to_vec(kept).map_err(io::Error::from)?;
        let mut file = own(&new)?;
        file.write_all(&text)?;
        file.sync_all()?;
        let looks = looks_of(&file.metadata()?);
        drop(file);
        fs::rename(&new, &self.path)?;
        *self.known() = Some(looks);
        // Its name is on the disk with its folder; not every system has that to ask for. The file is there in any case, and what is
        // in it must not be added again.
        #[cfg(unix)]
        let _ = fs::File::open(self.folder()).and_then(|folder| folder.sync_all());
        Ok(())
    }

    /// Waits until no other process writes it, as long as that may take one that is not stuck.
    fn locked(&self) -> io::Result<Option<fs::File>> {
        let lock = lock(&self.beside("lock"))?;
        let began = Instant::now();
        loop {
            match lock.try_lock() {
                Ok(()) => return Ok(Some(lock)),
                // A file system without locks is mostly that of one machine, with one process.
                Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => {
                    return Ok(None);
                }
                Err(TryLockError::Error(error)) => return Err(error),
                Err(TryLockError::WouldBlock) if began.elapsed() < PATIENCE => sleep(AGAIN),
                Err(TryLockError::WouldBlock) => {
                    return Err(io::Error::other("another process holds its lock"));
                }
            }
        }
    }

    #[cfg(unix)]
    fn folder(&self) -> &Path {
        match self.path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        }
    }

    /// Returns the path with one more ending.
    fn beside(&self, ending: &str) -> PathBuf {
        let mut path = self.path.clone().into_os_string();
        path.push(".");
        path.push(ending);
        path.into()
    }
}

fn looks_of(there: &Metadata) -> Looks {
    (there.len(), there.modified().ok())
}

/// Returns the options of a file that nobody but its owner reads.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Creates a file that was not there. One of this name is what a crash has left, or a link that somebody has put there, which leads
/// elsewhere: it is removed, and never followed.
fn own(path: &Path) -> io::Result<fs::File> {
    let mut left = ATTEMPTS;
    loop {
        match private().create_new(true).open(path) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists && left > 0 => left -= 1,
            opened => return opened,
        }
        match fs::remove_file(path) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
}

/// Opens the lock, as it is or anew. A link at its place is not followed.
fn lock(path: &Path) -> io::Result<fs::File> {
    let mut options = private();
    options.create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(
        &mut options,
        // A pipe would wait for whoever reads it.
        libc::O_NOFOLLOW | libc::O_NONBLOCK,
    );
    let lock = options.open(path)?;
    let there = lock.metadata()?;
    if !there.is_file() {
        return Err(io::Error::other("its lock is no file"));
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;

        // Of an older build everybody could read it, and so hold it. Another owner's stays what it is.
        if there.permissions().mode() & 0o077 != 0 {
            let _ = lock.set_permissions(fs::Permissions::from_mode(0o600));
        }
    }
    Ok(lock)
}
