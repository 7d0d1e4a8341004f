//! A folder in which files are kept: each is whole, and under a name that was not there.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::Path,
};

/// Writes bytes under a name that is not there yet, by way of another one.
pub(super) fn write(folder: &Path, part: &str, name: &str, bytes: &[u8]) -> io::Result<()> {
    keep(folder, part, name, |mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    })
}

/// Takes a file over, under a name that is not there yet: by its name, or copied by way of another one where the folder is on
/// another disk.
pub(super) fn adopt(folder: &Path, part: &str, name: &str, from: &Path) -> io::Result<()> {
    let folder_file = opened(folder)?;
    File::open(from)?.sync_all()?;
    match rename(from, &folder.join(name)) {
        Ok(()) => synced(folder_file, &folder.join(name)),
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
            keep(folder, part, name, |mut file| {
                io::copy(&mut File::open(from)?, &mut file)?;
                file.sync_all()
            })
        }
        Err(error) => Err(error),
    }
}

/// Fills a new file, and gives it its name once it is whole and on the disk.
fn keep(
    folder: &Path,
    part: &str,
    name: &str,
    fill: impl FnOnce(File) -> io::Result<()>,
) -> io::Result<()> {
    // Opened before anything is in it: a folder that cannot be synced keeps nothing.
    let opened = opened(folder)?;
    let (part, name) = (folder.join(part), folder.join(name));
    let mut options = OpenOptions::new();
    // Exclusive creation fails on whatever is there, and so does not follow a link.
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(&part)?;
    let moved = fill(file).and_then(|()| rename(&part, &name));
    if moved.is_err() {
        // The error that led here is the one to tell.
        let _ = fs::remove_file(&part);
        return moved;
    }
    synced(opened, &name)
}

/// Renames a file. A rename replaces what is there; the name is new, and what is there all the same is kept.
fn rename(from: &Path, name: &Path) -> io::Result<()> {
    match fs::symlink_metadata(name) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => fs::rename(from, name),
        Ok(_) => Err(io::ErrorKind::AlreadyExists.into()),
        Err(error) => Err(error),
    }
}

/// Writes a name to the disk, too, or removes the file.
fn synced(folder: Option<File>, name: &Path) -> io::Result<()> {
    let synced = folder.map_or(Ok(()), |folder| folder.sync_all());
    if synced.is_err() {
        let _ = fs::remove_file(name);
    }
    synced
}

/// Opens a folder to be synced. Where one cannot be opened as a file, the system does that by itself.
fn opened(folder: &Path) -> io::Result<Option<File>> {
    if cfg!(unix) { File::open(folder).map(Some) } else { Ok(None) }
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::{MetadataExt, symlink};

    use uuid::Uuid;

    use super::*;

    fn folder(name: &str) -> std::path::PathBuf {
        let folder = std::env::temp_dir().join(format!("secure-api-{name}-{}", Uuid::new_v4()));
        fs::create_dir(&folder).expect("a new folder");
        folder
    }

    // R95
    #[test]
    fn nothing_is_overwritten_and_no_link_is_followed() {
        let folder = folder("links");
        let outside = folder.join("outside");
        fs::write(&outside, "kept").expect("a file");
        symlink(&outside, folder.join("part")).expect("a link");
        symlink(&outside, folder.join("name")).expect("a link");
        for (part, name) in [("part", "new"), ("other", "name"), ("other", "outside")] {
            let error = write(&folder, part, name, b"sent").expect_err("it is there");
            assert_eq!(error.kind(), io::ErrorKind::AlreadyExists, "{part} {name}");
        }
        let from = folder.join("from");
        fs::write(&from, "sent").expect("a file");
        for name in ["name", "outside"] {
            let error = adopt(&folder, "other", name, &from).expect_err("it is there");
            assert_eq!(error.kind(), io::ErrorKind::AlreadyExists, "{name}");
        }
        assert_eq!(fs::read_to_string(&outside).expect("it is there"), "kept");
        // Nothing was left behind.
        assert_eq!(fs::read_dir(&folder).expect("a folder").count(), 4);
        fs::remove_dir_all(folder).expect("it is removed");
    }

    // R95
    #[test]
    fn only_this_user_may_read_it() {
        let folder = folder("mode");
        write(&folder, ".a.part", "a.png", b"sent").expect("it is written");
        let file = fs::metadata(folder.join("a.png")).expect("it is there");
        assert_eq!(file.mode() & 0o777, 0o600);
        assert_eq!(fs::read_dir(&folder).expect("a folder").count(), 1);
        fs::remove_dir_all(folder).expect("it is removed");
    }
}
