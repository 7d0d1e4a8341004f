//! Files that an operator names: read up to a bound, and told of in words.

use std::{
    fs::{self, File},
    io::{self, Read},
    path::Path,
};

/// Reads a file that ends and waits for nobody, up to so many kibibytes.
///
/// # Errors
///
/// The reason, in words.
pub(crate) fn read(path: &Path, most: u64) -> Result<Vec<u8>, String> {
    let most = most * 1024;
    let found = fs::metadata(path).map_err(|error| why(&error))?;
    // A pipe would be waited for, and a device never ends.
    if !found.is_file() {
        return Err("it is no file".to_owned());
    }
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(most + 1).read_to_end(&mut bytes));
    read.map_err(|error| why(&error))?;
    if bytes.len() as u64 > most { Err(too_large(most)) } else { Ok(bytes) }
}

/// Tells of a file that has more than so many bytes.
pub(crate) fn too_large(most: u64) -> String {
    match most / 1024 {
        kibibytes if kibibytes < 1024 => format!("it is larger than {kibibytes} KiB"),
        kibibytes => format!("it is larger than {} MiB", kibibytes / 1024),
    }
}

/// Returns what keeps a file from being read or written, in words.
pub(crate) fn why(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "this user may not".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        io::ErrorKind::NotADirectory => "a part of its path is no folder".to_owned(),
        kind => kind.to_string(),
    }
}
