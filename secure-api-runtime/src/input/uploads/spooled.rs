//! A body that is written to a file while it arrives, so that nobody holds more than a piece of it.

use std::{
    fs::{self, OpenOptions},
    io,
    path::{Path, PathBuf},
};

use aws_lc_rs::digest;
use bytes::Bytes;
use tokio::{
    fs::File,
    io::{AsyncWriteExt, BufWriter},
    task::spawn_blocking,
};
use uuid::Uuid;

/// The bytes that are written at once at least: each time asks the system, and who sends decides how small its pieces are.
const AT_ONCE: usize = 16 * 1024;

/// A file that is removed with this.
struct Temporary(PathBuf);

/// A body while it arrives.
pub(crate) struct Spool {
    // Closed before it is removed, which some systems ask for.
    file: BufWriter<File>,
    temporary: Temporary,
    length: u64,
    digest: Option<digest::Context>,
}

/// A body that has arrived, in its file, which is removed with this.
pub(crate) struct Spooled {
    temporary: Temporary,
    length: u64,
}

impl Spool {
    /// Creates a file in a folder. With `digested` its content is told apart from that of others.
    ///
    /// # Errors
    ///
    /// Those of the file system.
    pub(crate) async fn begin(folder: &Path, digested: bool) -> io::Result<Self> {
        let path = folder.join(format!(".secure-api-{}.body", Uuid::new_v4()));
        // Created and guarded at one place: nobody may be there any more to get it.
        let created = spawn_blocking(move || {
            let mut options = OpenOptions::new();
            // Exclusive creation fails on whatever is there, and so does not follow a link.
            options.write(true).create_new(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            let file = options.open(&path)?;
            Ok::<_, io::Error>((file, Temporary(path)))
        });
        let (file, temporary) = created.await.map_err(io::Error::other)??;
        let digest = digested.then(|| digest::Context::new(&digest::SHA256));
        let file = BufWriter::with_capacity(AT_ONCE, File::from_std(file));
        Ok(Self { file, temporary, length: 0, digest })
    }

    /// Writes the next piece.
    ///
    /// # Errors
    ///
    /// Those of the file system.
    pub(crate) async fn write(&mut self, piece: &[u8]) -> io::Result<()> {
        self.length += piece.len() as u64;
        if let Some(digest) = &mut self.digest {
            digest.update(piece);
        }
        self.file.write_all(piece).await
    }

    /// Ends it. Gives the file, and what stands for its content, if that was asked for.
    ///
    /// # Errors
    ///
    /// Those of the file system, also of what was written last.
    pub(crate) async fn end(mut self) -> io::Result<(Spooled, Option<Bytes>)> {
        self.file.flush().await?;
        let digest = self.digest.map(|digest| Bytes::copy_from_slice(digest.finish().as_ref()));
        Ok((Spooled { temporary: self.temporary, length: self.length }, digest))
    }
}

impl Spooled {
    /// Returns the path of its file.
    pub(crate) fn path(&self) -> &Path {
        &self.temporary.0
    }

    /// Returns the number of its bytes.
    pub(crate) const fn length(&self) -> u64 {
        self.length
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        match fs::remove_file(&self.0) {
            // Its handler has kept it under another name.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            // Its path is the app's own, and may say where files are kept.
            Err(error) => tracing::warn!(
                target: "secure_api::request",
                %error,
                "the file of a body could not be removed"
            ),
            Ok(()) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn small_pieces_are_written_together() {
        let mut spool = Spool::begin(&std::env::temp_dir(), false).await.expect("a file");
        let path = spool.temporary.0.clone();
        for _ in 0..100 {
            spool.write(b"a").await.expect("a byte");
        }
        assert_eq!(fs::metadata(&path).expect("a file").len(), 0);
        let (spooled, _) = spool.end().await.expect("an end");
        assert_eq!((spooled.length(), fs::read(&path).expect("its bytes")), (100, vec![b'a'; 100]));
        drop(spooled);
        assert!(!path.exists());
    }
}
