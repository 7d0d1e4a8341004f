//! A path that stays below a folder of the app's.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use unicode_normalization::UnicodeNormalization;

use super::{
    file_name::{file_name, is_file_name},
    leaf::text_value,
};
use crate::shape::Shape;

/// Longest path, in octets.
const LONGEST: usize = 1024;
/// Most names in a path.
const DEEPEST: usize = 32;

/// A path of files below a folder of the app's, which it cannot leave.
///
/// It is relative: up to 32 names with `/` between, each by the rules of [`SafeFileName`](super::SafeFileName),
/// 1024 octets at most. So there is no `..`, no backslash, no drive, no NUL. In JSON it is a text.
///
/// What is on the disk can still lead out of the folder, by a symbolic link. [`resolve`](Self::resolve) and
/// [`open`](Self::open) follow the links and look where they end. Whoever may write to the folder itself can change
/// a link between that look and the use of the path; let nobody write there but the app.
///
/// ```
/// use secure_api::value::SafePath;
///
/// let path: SafePath = "2026/report.pdf".parse()?;
/// assert_eq!(path.names().collect::<Vec<_>>(), ["2026", "report.pdf"]);
/// for text in ["/etc/passwd", "../x", "a/../../x", "a//b", "a\\..\\b", "C:/x", "a/./b", "a/"] {
///     assert!(text.parse::<SafePath>().is_err());
/// }
/// # Ok::<_, secure_api::input::InvalidValue>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SafePath(String);

text_value! {
    [] SafePath, wanted: "a relative path of plain names is expected", code: "path",
    shape: Shape::Text { min_length: 1, max_length: LONGEST as u64, pattern: Some(PATTERN), format: None },
    texts: Form,
    read: read,
    debug: |path, f| write!(f, "SafePath({})", path.0),
}

/// Names as the pattern of one says them.
const PATTERN: &str = file_name!(name "^", concat!("(?:/", file_name!(name "", ""), "){0,31}$"));

fn read(text: &str) -> Option<String> {
    if text.len() > LONGEST {
        return None;
    }
    let path: String = text.nfc().collect();
    (path.split('/').count() <= DEEPEST && path.split('/').all(is_file_name)).then_some(path)
}

impl SafePath {
    /// Returns its names, from the outside in. There is at least one.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.split('/')
    }

    /// Returns the file or folder below `root`, with all links followed. What does not exist yet is named by a folder
    /// that does.
    ///
    /// # Errors
    ///
    /// [`io::ErrorKind::PermissionDenied`] where links lead out of `root`, or to nothing;
    /// [`io::ErrorKind::NotFound`] where `root` or the folder around the file is not there; else those of the
    /// system.
    pub fn resolve(&self, root: &Path) -> io::Result<PathBuf> {
        let root = root.canonicalize()?;
        let whole: PathBuf = self.names().fold(root.clone(), |path, name| path.join(name));
        match whole.canonicalize() {
            Ok(found) => within(&root, found),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                // A link to nothing would be created where it points to.
                if fs::symlink_metadata(&whole).is_ok() {
                    return Err(outside());
                }
                let (Some(folder), Some(name)) = (whole.parent(), whole.file_name()) else {
                    return Err(error);
                };
                let folder = within(&root, folder.canonicalize()?)?;
                Ok(folder.join(name))
            }
            Err(error) => Err(error),
        }
    }

    /// Opens the file below `root` for reading.
    ///
    /// # Errors
    ///
    /// Those of [`resolve`](Self::resolve), and [`io::ErrorKind::PermissionDenied`] too where it is no regular file:
    /// a pipe or a device would block or never end.
    pub fn open(&self, root: &Path) -> io::Result<File> {
        let path = self.resolve(root)?;
        // Before it is opened, since opening a pipe waits for its writer.
        if !fs::symlink_metadata(&path)?.is_file() {
            return Err(outside());
        }
        let file = File::open(&path)?;
        if file.metadata()?.is_file() && self.resolve(root)? == path {
            Ok(file)
        } else {
            Err(outside())
        }
    }
}

fn within(root: &Path, path: PathBuf) -> io::Result<PathBuf> {
    if path.starts_with(root) { Ok(path) } else { Err(outside()) }
}

fn outside() -> io::Error {
    io::Error::new(io::ErrorKind::PermissionDenied, "the path leads out of its folder")
}
