//! The files of the crate besides the one that a macro stands in, read only where a mistake would be told.

use std::{
    cell::RefCell,
    collections::BTreeMap,
    path::{Path, PathBuf},
    rc::Rc,
};

use super::{SourceFile, file::Implemented};

/// The number of files from which on nobody waits for them to be read.
const MOST: usize = 2_000;

thread_local! {
    static FOLDERS: RefCell<BTreeMap<PathBuf, Rc<Folder>>> = const { RefCell::new(BTreeMap::new()) };
}

/// The implementations in the files of a folder, and of those in it.
#[derive(Debug, Default)]
pub(super) struct Folder {
    files: Vec<Implemented>,
    /// `true` if there may be more than was read.
    is_open: bool,
}

/// Returns the folder of the package that has the file: `src`, `tests` or the like. It is read once. There is none where the
/// file is of no package.
pub(super) fn of(file: &Path) -> Option<Rc<Folder>> {
    let package = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR")?);
    let file = file.canonicalize().ok()?;
    let inside = file.strip_prefix(package.canonicalize().ok()?).ok()?;
    let mut parts = inside.components();
    let first = parts.next()?;
    // A file that lies in the package's own folder may have its modules in any.
    let folder = if parts.next().is_some() { package.join(first) } else { package };
    Some(FOLDERS.with_borrow_mut(|folders| {
        let read = || Rc::new(Folder::read(&folder));
        Rc::clone(folders.entry(folder.clone()).or_insert_with(read))
    }))
}

impl Folder {
    pub(super) fn may_implement(&self, name: &str, traits: &[&str]) -> bool {
        self.is_open || self.files.iter().any(|file| file.may_have(name, traits))
    }

    fn read(folder: &Path) -> Self {
        let mut found = Self::default();
        let mut folders = vec![folder.to_owned()];
        while let Some(folder) = folders.pop() {
            let Ok(entries) = std::fs::read_dir(&folder) else {
                found.is_open = true;
                continue;
            };
            for entry in entries.flatten() {
                let (path, name) = (entry.path(), entry.file_name());
                let is_hidden = name == "target" || name.as_encoded_bytes().starts_with(b".");
                let is_source = path.extension().is_some_and(|extension| extension == "rs");
                match entry.file_type() {
                    _ if is_hidden => {}
                    Ok(kind) if kind.is_dir() => folders.push(path),
                    Ok(_) if is_source && found.files.len() < MOST => found.take(path),
                    // What a link leads to is not followed: it may lead back.
                    Ok(kind) => found.is_open |= is_source || kind.is_symlink(),
                    Err(_) => found.is_open = true,
                }
            }
        }
        found
    }

    fn take(&mut self, path: PathBuf) {
        let Some(file) = SourceFile::read(path) else {
            self.is_open = true;
            return;
        };
        self.files.push(Implemented::new(&file));
        // A module may lie elsewhere.
        let mut attributes = file.items.iter().flat_map(|item| &item.attributes);
        let is_elsewhere = |text: &String| text.contains("..") || text.starts_with("\"/");
        self.is_open |= attributes
            .any(|attribute| attribute.name == "path" && attribute.texts.iter().any(is_elsewhere));
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    fn folder(files: &[(&str, &str)]) -> Folder {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let name =
            format!("folder-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let root = std::env::temp_dir().join(name);
        for (name, text) in files {
            let path = root.join(name);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            std::fs::write(path, text).expect("a file");
        }
        let read = Folder::read(&root);
        std::fs::remove_dir_all(&root).expect("the folder");
        read
    }

    fn may(folder: &Folder) -> bool {
        folder.may_implement("Order", &["Object"])
    }

    /// Files in folders are read, those that are made or hidden are not.
    #[test]
    fn an_implementation_may_be_anywhere_in_the_folder() {
        let by_hand = "impl Object for Order {}";
        assert!(may(&folder(&[("lib.rs", "mod a;"), ("a/b.rs", by_hand)])));
        assert!(may(&folder(&[("lib.rs", "owned!(Order);")])));
        assert!(!may(&folder(&[("lib.rs", "mod a;"), ("a/b.rs", "struct Order;")])));
        assert!(!may(&folder(&[
            ("target/a.rs", by_hand),
            (".git/a.rs", by_hand),
            ("a.txt", by_hand)
        ])));
    }

    /// Anything may be there where there may be more than what was read.
    #[test]
    fn a_folder_that_leads_elsewhere_is_open() {
        assert!(may(&folder(&[("lib.rs", "#[path = \"../a.rs\"] mod a;")])));
        assert!(may(&folder(&[("lib.rs", "mod a { include!(\"made.rs\"); }")])));
        assert!(!may(&folder(&[("lib.rs", "#[path = \"b.rs\"] mod a;")])));
    }
}
