//! All files of the crate, by the modules that they declare, read only where a mistake would be told.

use std::{
    cell::OnceCell,
    path::{Path, PathBuf},
};

use super::{Item, ROOT, SourceFile, file::Implemented};

/// The number of files from which on nobody waits for them to be read.
const MOST: usize = 2_000;

thread_local! {
    static TREE: OnceCell<Tree> = const { OnceCell::new() };
}

/// The implementations in the files of a crate.
#[derive(Debug, Default)]
struct Tree {
    files: Vec<Implemented>,
    /// `true` if there may be more than was read.
    is_open: bool,
}

/// Returns `true` if one of the traits may be implemented for a type of this name in a file of the crate.
pub(super) fn may_implement(name: &str, traits: &[&str]) -> bool {
    let Some(root) = &*ROOT else { return true };
    TREE.with(|tree| tree.get_or_init(|| Tree::read(root)).may_implement(name, traits))
}

impl Tree {
    fn may_implement(&self, name: &str, traits: &[&str]) -> bool {
        self.is_open || self.files.iter().any(|file| file.may_have(name, traits))
    }

    fn read(root: &Path) -> Self {
        let mut tree = Self::default();
        // Each with the folder of its modules.
        let mut files = vec![(root.to_owned(), folder(root).to_owned())];
        while let Some((path, modules)) = files.pop() {
            let Some(file) = SourceFile::read(path).filter(|_| tree.files.len() < MOST) else {
                tree.is_open = true;
                continue;
            };
            let implemented = Implemented::new(&file);
            tree.is_open |= implemented.may_bring_files();
            tree.files.push(implemented);
            for module in file.modules() {
                match find(&file.path, &modules, module) {
                    Some(found) => files.push(found),
                    None => tree.is_open = true,
                }
            }
        }
        tree
    }
}

fn folder(file: &Path) -> &Path {
    file.parent().unwrap_or_else(|| Path::new(""))
}

/// Returns the file of a module that is declared in another, and the folder of its own modules.
pub(super) fn find(file: &Path, modules: &Path, module: &Item) -> Option<(PathBuf, PathBuf)> {
    let modules = module.module.iter().fold(modules.to_owned(), |folder, name| folder.join(name));
    if let Some(path) = module.attributes.iter().find(|attribute| attribute.name == "path") {
        let text = path.texts.first()?.strip_prefix('"')?.strip_suffix('"')?;
        let base = if module.module.is_empty() { folder(file) } else { &modules };
        let path = base.join(text);
        let modules = folder(&path).to_owned();
        return path.is_file().then_some((path, modules));
    }
    let own = modules.join(&module.name);
    let beside = own.with_extension("rs");
    let inside = own.join("mod.rs");
    let found = [beside, inside].into_iter().find(|path| path.is_file())?;
    Some((found, own))
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    /// Returns the implementations of a crate of these files, of which `lib.rs` is the first.
    fn tree(files: &[(&str, &str)]) -> Tree {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let root = std::env::temp_dir().join(format!("crate-{}-{count}", std::process::id()));
        for (name, text) in files {
            let path = root.join(name);
            std::fs::create_dir_all(folder(&path)).expect("a folder");
            std::fs::write(path, text).expect("a file");
        }
        let tree = Tree::read(&root.join("lib.rs"));
        std::fs::remove_dir_all(&root).expect("the folder");
        tree
    }

    /// Returns `true` if `Order` may be an object there.
    fn may(files: &[(&str, &str)]) -> bool {
        tree(files).may_implement("Order", &["Object"])
    }

    /// Returns `true` if all that may make it one was read.
    fn has(files: &[(&str, &str)]) -> bool {
        !tree(files).is_open && may(files)
    }

    const BY_HAND: &str = "impl Object for Order {}";

    /// Modules lie beside their file, in its folder, or where their path says.
    #[test]
    fn an_implementation_may_be_in_any_module() {
        assert!(has(&[("lib.rs", "mod a;"), ("a.rs", BY_HAND)]));
        assert!(has(&[("lib.rs", "mod a;"), ("a/mod.rs", BY_HAND)]));
        assert!(has(&[("lib.rs", "mod a;"), ("a.rs", "mod b;"), ("a/b.rs", BY_HAND)]));
        assert!(has(&[("lib.rs", "mod a { mod b; }"), ("a/b.rs", BY_HAND)]));
        assert!(has(&[
            ("lib.rs", "#[path = \"c/d.rs\"] mod a;"),
            ("c/d.rs", "mod e;"),
            ("c/e.rs", BY_HAND)
        ]));
        assert!(has(&[("lib.rs", "owned!(Order);")]));
    }

    /// A file that no module names is of another crate.
    #[test]
    fn a_file_of_no_module_is_not_read() {
        assert!(!may(&[("lib.rs", "mod a;"), ("a.rs", "struct Order;"), ("b.rs", BY_HAND)]));
        assert!(!may(&[("lib.rs", "struct Order;"), ("bin/b.rs", BY_HAND)]));
    }

    /// Anything may be in a file that is not found, or that a macro brings.
    #[test]
    fn a_file_that_is_not_found_may_have_anything() {
        assert!(may(&[("lib.rs", "mod a;")]));
        assert!(may(&[("lib.rs", "mod a { include!(\"made.rs\"); }")]));
        assert!(may(&[("lib.rs", "when! { unix => mod a; }")]));
    }
}
