//! Files of private keys: nobody but the server's user reads them, and each is there whole or not at all.

use std::{
    fs::{self, DirBuilder, OpenOptions},
    io::{self, Write},
    path::Path,
};

use uuid::Uuid;

/// Makes a folder with all above it, for the server's user alone. One that is there is left as it is.
pub(super) fn make_folder(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Writes a file that the server's user alone reads. Whoever reads it meanwhile reads the one from before, also where the machine
/// stops.
pub(super) fn write(path: &Path, content: &[u8]) -> io::Result<()> {
    let begun = path.with_added_extension(Uuid::new_v4().simple().to_string());
    let written = written(&begun, content).and_then(|()| fs::rename(&begun, path));
    if written.is_err() {
        // It may not be there.
        let _ = fs::remove_file(&begun);
    }
    written
}

fn written(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(content)?;
    file.sync_all()
}
