//! The files that arguments name: what an error calls them, and standard input, which is there once.

use std::{
    fs,
    io::{self, ErrorKind, Read},
    path::Path,
};

use super::terminal::{self, Failure};

/// The files of a folder that are looked at for the one that was meant.
const MOST: usize = 1000;

/// Returns `true` for standard input.
pub(crate) fn is_input(file: &Path) -> bool {
    file.as_os_str() == "-"
}

/// Returns a file as an error names it.
pub(crate) fn named(file: &Path) -> String {
    if is_input(file) { "standard input".to_owned() } else { file.display().to_string() }
}

/// Reads a file, or standard input.
pub(crate) fn bytes(file: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let read = match is_input(file) {
        true => io::stdin().lock().read_to_end(&mut bytes).map(drop),
        false => fs::read(file).map(|read| bytes = read),
    };
    read.map(|()| bytes).map_err(|error| unread(file, &error))
}

/// Returns the failure of a file that cannot be read.
pub(crate) fn unread(file: &Path, error: &io::Error) -> Failure {
    let failure = Failure::new(format!("cannot read {}: {error}", named(file)));
    match near(file).filter(|_| error.kind() == ErrorKind::NotFound) {
        Some(name) => failure.help(format!("did you mean `{name}`?")),
        None => failure.help("name a file that is there, or `-` for standard input"),
    }
}

/// Returns the file in the same folder that may have been meant.
fn near(file: &Path) -> Option<String> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    let entries = fs::read_dir(folder.unwrap_or(Path::new("."))).ok()?.take(MOST);
    let names: Vec<String> =
        entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
    let near = terminal::near(file.file_name()?.to_str()?, names.iter().map(String::as_str));
    near.first().map(|name| file.with_file_name(name).display().to_string())
}

/// Refuses standard input that is named more than once: the second time nothing would be left of it.
pub(crate) fn once<'a>(files: impl IntoIterator<Item = &'a Path>) -> Result<(), Failure> {
    match files.into_iter().filter(|file| is_input(file)).count() {
        0 | 1 => Ok(()),
        count => Err(Failure::new(format!(
            "`-` is named {count} times, and standard input is there once"
        ))
        .help("write it into a file, and name that in its place")),
    }
}
