//! A body that is in a file and not in memory: how it is read, and how it is kept.

use std::{fmt, io, path::Path};

use tokio::fs::File;
use uuid::Uuid;

use super::{SafeFileName, folder::adopt};
use crate::input::{Drafts, Leaf, Spooled};

/// A handler's argument: the body as it is, at most `MOST` bytes of one of the media types that the route states by
/// `accepts("…")`, written to a file while it arrives.
///
/// Nobody holds more than a piece of it. The file is in the folder that [`spool`](crate::app::AppBuilder::spool) names, under a
/// name that is made here, and on Unix only the user of this process may read it. It is there before the handler runs, and is
/// removed with this argument; [`persist`](Self::persist) keeps it. A body of another media type is answered with 415 and a
/// longer one with 413; one that breaks off is answered with 400, if somebody is still there. In each case nothing stays. How
/// long it may take to arrive is what the route's `timeout` says.
///
/// What the bytes are is nobody's promise: that they are of the media type that they come with is for the handler to find out.
///
/// ```
/// use secure_api::prelude::*;
/// # #[derive(Role)]
/// # enum Role { Member }
/// # #[derive(Version)]
/// # enum Version { V1 }
///
/// /// Keeps a recording.
/// #[post("/recordings", version = Version::V1, role = Role::Member, accepts("audio/ogg"), timeout = Duration::from_secs(600))]
/// async fn add_recording(recording: StreamedBody<{ 500 * MIB }>) -> Result<Accepted, StoreError> {
///     let name = recording.persist("/var/lib/recordings").await?;
///     drop(name); // kept beside what else is known of it
///     Ok(Accepted)
/// }
/// ```
pub struct StreamedBody<const MOST: usize> {
    spooled: Spooled,
    media_type: &'static str,
    drafts: Drafts,
}

impl<const MOST: usize> StreamedBody<MOST> {
    pub(crate) const fn new(spooled: Spooled, media_type: &'static str, drafts: Drafts) -> Self {
        Self { spooled, media_type, drafts }
    }

    /// Returns the media type that it came with: one of those that the route states, as they are written there.
    pub const fn media_type(&self) -> &'static str {
        self.media_type
    }

    /// Returns the number of bytes.
    pub const fn len(&self) -> u64 {
        self.spooled.length()
    }

    /// Returns `true` if there are none.
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Opens it to be read, from its first byte on.
    ///
    /// # Errors
    ///
    /// Those of the file system.
    pub async fn reader(&self) -> io::Result<File> {
        File::open(self.spooled.path()).await
    }

    /// Keeps it in a folder that is there, under a name that is made here, a random UUID. Gives that name.
    ///
    /// It is moved there, or copied where the folder is on another disk than the one of [`spool`](crate::app::AppBuilder::spool),
    /// and has its name once it is complete and on the disk. Nothing is overwritten, and no symbolic link is followed.
    ///
    /// The file stays once the handler has answered, and its view has. Where one of them fails, panics or is cut at its deadline,
    /// the file is removed: so write its name where others read it last, and leave that its time. A caller that hangs up changes
    /// nothing: the handler runs to its end.
    ///
    /// # Errors
    ///
    /// Those of the file system. Nothing is left behind then, as far as it can be removed.
    pub async fn persist(self, folder: impl AsRef<Path>) -> io::Result<SafeFileName> {
        let folder = folder.as_ref().to_owned();
        let name = Uuid::new_v4().to_string();
        let part = format!(".{name}.part");
        let name = SafeFileName::parse(&name).map_err(io::Error::other)?;
        let task = tokio::task::spawn_blocking(move || {
            adopt(&folder, &part, name.as_str(), self.spooled.path())?;
            // Here and not where this is awaited: nobody may be there any more.
            self.drafts.add(folder.join(name.as_str()));
            Ok(name)
        });
        task.await.map_err(io::Error::other)?
    }
}

impl<const MOST: usize> fmt::Debug for StreamedBody<MOST> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What is in it is not for logs, nor where it is.
        write!(f, "StreamedBody({}, {} bytes)", self.media_type, self.len())
    }
}
