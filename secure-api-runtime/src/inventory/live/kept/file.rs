//! The file in which a live inventory is kept: one document, replaced as a whole, so that a crash leaves the one before.
//!
//! Several processes may have one file, as the old and the new one of a release: each adds what it has seen to what is there.

use std::{
    fs::{self, TryLockError},
    io::{self, ErrorKind, Write},
    path::{Path, PathBuf},
    thread::sleep,
    time::{Duration, Instant},
};

use super::super::{Live, LiveInventory};

/// The files that are put aside, each under a name of its own.
const ASIDE: usize = 100;

/// The time that the lock of another process is waited for.
const PATIENCE: Duration = Duration::from_secs(3);

/// The time between two looks at it.
const AGAIN: Duration = Duration::from_millis(20);

/// A file, with its folder's other files of the same name.
#[derive(Debug)]
pub(super) struct File(PathBuf);

impl File {
    pub(super) fn at(path: &Path) -> Self {
        Self(path.to_owned())
    }

    pub(super) fn shown(&self) -> String {
        self.0.display().to_string()
    }

    /// Reads what was kept before.
    pub(super) fn load(&self, live: &Live) -> io::Result<()> {
        if let Some(kept) = self.read()? {
            live.hear(0, live.to_keep(0, Some(kept), false));
        }
        Ok(())
    }

    /// Adds what was seen, if it is anything new.
    pub(super) fn keep(&self, live: &Live) -> io::Result<()> {
        // What waited from the last time, and then what was seen since.
        for _ in 0..2 {
            if live.send(0).is_none() {
                return Ok(());
            }
            let _lock = self.locked()?;
            let kept = live.to_keep(0, self.read()?, true);
            self.write(&kept)?;
            live.hear(0, kept);
        }
        Ok(())
    }

    /// Reads the file, if it is there. One that was read and is no inventory is put aside, and told of; where that fails nothing is
    /// written, since it would be lost. Anything else at its place, as a folder, is somebody else's and stays as it is.
    fn read(&self) -> io::Result<Option<LiveInventory>> {
        // A pipe would never end.
        match fs::metadata(&self.0) {
            Ok(there) if there.is_file() => {}
            Ok(_) => return Err(io::Error::other("it is no file")),
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        }
        let text = fs::read(&self.0)?;
        match serde_json::from_slice(&text) {
            Ok(kept) => Ok(Some(kept)),
            Err(error) => {
                let aside = self.put_aside()?;
                tracing::error!(
                    target: "secure_api::inventory",
                    path = %self.0.display(),
                    %error,
                    aside = %aside.display(),
                    "the live inventory cannot be read, and was put aside"
                );
                Ok(None)
            }
        }
    }

    fn put_aside(&self) -> io::Result<PathBuf> {
        let names = (1..ASIDE).map(|number| self.beside(&format!("broken-{number}")));
        let free = std::iter::once(self.beside("broken")).chain(names);
        let aside = free.into_iter().find(|path| !path.exists());
        let aside =
            aside.ok_or_else(|| io::Error::other("too many broken ones stand beside it"))?;
        fs::rename(&self.0, &aside)?;
        Ok(aside)
    }

    /// Writes the file anew. It is on the disk before it takes the place of the one before.
    fn write(&self, kept: &LiveInventory) -> io::Result<()> {
        let new = self.beside("new");
        let text = serde_json::to_vec(kept)?;
        let mut file = fs::File::create(&new)?;
        file.write_all(&text)?;
        file.sync_all()?;
        drop(file);
        fs::rename(&new, &self.0)?;
        // Its name is on the disk with its folder; not every system has that to ask for. The file is there in any case, and what is
        // in it must not be added again.
        #[cfg(unix)]
        let _ = fs::File::open(self.folder()).and_then(|folder| folder.sync_all());
        Ok(())
    }

    /// Waits until no other process writes it, as long as that may take one that is not stuck.
    fn locked(&self) -> io::Result<Option<fs::File>> {
        let lock = fs::File::create(self.beside("lock"))?;
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
        match self.0.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        }
    }

    /// Returns the path with one more ending.
    fn beside(&self, ending: &str) -> PathBuf {
        let mut path = self.0.clone().into_os_string();
        path.push(".");
        path.push(ending);
        path.into()
    }
}
