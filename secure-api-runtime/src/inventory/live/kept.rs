//! The file in which the live inventory is kept: one document, replaced as a whole, so that a crash leaves the one before.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use super::{Live, LiveInventory};

/// The keeper of a live inventory. Clones share it, and one of them writes at a time.
#[derive(Debug, Clone)]
pub(crate) struct Keeper(PathBuf, Arc<Mutex<()>>);

impl Keeper {
    pub(crate) fn at(path: &Path) -> Self {
        Self(path.to_owned(), Arc::default())
    }

    /// Reads what was kept. A file that is none of ours is put aside, and told of.
    pub(crate) fn load(&self) -> Option<LiveInventory> {
        let told = fs::read(&self.0).and_then(|text| Ok(serde_json::from_slice(&text)?));
        match told {
            Ok(seen) => Some(seen),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => {
                let aside = fs::rename(&self.0, self.0.with_extension("broken"));
                let (path, aside) = (self.0.display(), aside.is_ok());
                tracing::error!(target: "secure_api::inventory", %path, %error, aside, "the live inventory cannot be read");
                None
            }
        }
    }

    /// Keeps what was seen, if it is anything new. `false` if it cannot be kept: then it is tried again.
    pub(crate) fn keep(&self, live: &Live) -> bool {
        let _one = self.1.lock().unwrap_or_else(PoisonError::into_inner);
        if !live.has_changed() {
            return true;
        }
        let kept = serde_json::to_vec(&live.seen())
            .map_err(io::Error::from)
            .and_then(|text| self.replace(&text));
        if let Err(error) = &kept {
            live.change();
            let path = self.0.display();
            tracing::error!(target: "secure_api::inventory", %path, %error, "the live inventory cannot be kept");
        }
        kept.is_ok()
    }

    /// Replaces the file. Its bytes are on the disk before its name is: a machine that fails leaves one of the two.
    fn replace(&self, text: &[u8]) -> io::Result<()> {
        let new = self.0.with_extension("new");
        let mut file = File::create(&new)?;
        file.write_all(text)?;
        file.sync_all()?;
        fs::rename(&new, &self.0)
    }
}
