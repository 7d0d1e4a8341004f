//! Files and folders that are for one user's eyes, written all at once or not at all.

use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, Write},
    path::Path,
};

/// Makes the folder, and those above it, unless they are there. Only its owner may look into it.
pub fn make_folder(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Opens the file, empty if it was not there. Only its owner may read and write it.
pub fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.create(true).write(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Writes the file. Whoever reads it, even after a crash, finds the old content or the new, and never a half.
pub fn write(path: &Path, content: &str) -> io::Result<()> {
    let draft = path.with_added_extension("draft");
    let mut file = open(&draft)?;
    file.set_len(0)?;
    file.write_all(content.as_bytes())?;
    file.sync_all()?;
    fs::rename(&draft, path)
}
