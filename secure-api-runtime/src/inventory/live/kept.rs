//! The file in which the live inventory is kept: one document, replaced as a whole, so that a crash leaves the one before.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{Live, LiveInventory};

/// The keeper of a live inventory.
#[derive(Debug, Clone)]
pub(crate) struct Keeper(PathBuf);

impl Keeper {
    pub(crate) fn at(path: &Path) -> Self {
        Self(path.to_owned())
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

    /// Keeps what was seen, if it is anything new.
    pub(crate) fn keep(&self, live: &Live) {
        if !live.has_changed() {
            return;
        }
        let new = self.0.with_extension("new");
        let kept = serde_json::to_vec(&live.seen())
            .map_err(io::Error::from)
            .and_then(|text| fs::write(&new, text))
            .and_then(|()| fs::rename(&new, &self.0));
        if let Err(error) = kept {
            let path = self.0.display();
            tracing::error!(target: "secure_api::inventory", %path, %error, "the live inventory cannot be kept");
        }
    }
}
