//! The files that a request has written and that are not kept yet.

use std::{
    fs, io,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

/// The files that were written of one upload. They stay once the handler has answered, be its caller there or not; where it
/// fails, takes too long or panics, they are removed with the last that knows them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Drafts(Option<Arc<Written>>);

#[derive(Debug, Default)]
struct Written {
    /// The files, until they are kept.
    pending: Mutex<Option<Vec<PathBuf>>>,
}

impl Drafts {
    /// Creates the drafts of a request that has an end. Without one, whatever is written is kept.
    pub(crate) fn of_request() -> Self {
        Self(Some(Arc::new(Written { pending: Mutex::new(Some(Vec::new())) })))
    }

    /// Adds a file that was written.
    pub(crate) fn add(&self, file: PathBuf) {
        if let Some(written) = &self.0
            && let Some(pending) =
                written.pending.lock().unwrap_or_else(PoisonError::into_inner).as_mut()
        {
            pending.push(file);
        }
    }

    /// Keeps all that was written, and what will be.
    pub(crate) fn keep(&self) {
        if let Some(written) = &self.0 {
            *written.pending.lock().unwrap_or_else(PoisonError::into_inner) = None;
        }
    }
}

/// Two parts are the same by what was sent, not by what became of it.
impl PartialEq for Drafts {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Drafts {}

impl Drop for Written {
    fn drop(&mut self) {
        let pending = self.pending.get_mut().unwrap_or_else(PoisonError::into_inner).take();
        for file in pending.into_iter().flatten() {
            match fs::remove_file(&file) {
                // Its handler has removed it by itself.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                // Its path is the app's own, and may say where files are kept.
                Err(error) => tracing::warn!(
                    target: "secure_api::request",
                    %error,
                    "a file of a request that failed could not be removed"
                ),
                Ok(()) => {}
            }
        }
    }
}
