//! Names that `use` brings into a module, followed to the file of the crate in which their type stands.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    rc::Rc,
};

use syn::UseTree;

use super::{INERT, Item, ROOT, SourceFile, file_at, tree};

mod beside;

pub(crate) use beside::{may_bring, way_of};

/// A module: a file, or one that is written in a file.
#[derive(Clone)]
struct Module {
    file: Rc<SourceFile>,
    /// The folder of the modules that the file declares.
    folder: PathBuf,
    /// The way to it in the file.
    inside: Vec<String>,
}

/// A type, with the file in which it stands.
pub(crate) type Found = (Rc<SourceFile>, Rc<Item>);

/// A name that is brought, or all of a module, which has none.
#[derive(Clone)]
struct Brought {
    path: Vec<String>,
    name: Option<String>,
    is_renamed: bool,
}

/// A name that was looked for: the file, the way in it and the name.
type Question = (PathBuf, Vec<String>, String);

thread_local! {
    /// The types that were found.
    static ASKED: RefCell<BTreeMap<Question, Option<Found>>> = const { RefCell::new(BTreeMap::new()) };
}

/// Returns the one type of the crate that a module of this file has under a name from elsewhere. Where more than one may be
/// meant, or a condition decides it, there is none.
pub(crate) fn type_of(file: &Rc<SourceFile>, inside: &[String], name: &str) -> Option<Found> {
    let key = (file.path.clone(), inside.to_vec(), name.to_owned());
    if let Some(found) = ASKED.with_borrow(|asked| asked.get(&key).cloned()) {
        return found;
    }
    let found = Module::of_file(file).and_then(|mut module| {
        module.inside = inside.to_vec();
        module.find(name, &mut BTreeSet::new())
    });
    ASKED.with_borrow_mut(|asked| asked.insert(key, found.clone()));
    found
}

/// Returns `true` if it is the first file of the crate, around whose modules all others stand.
pub(crate) fn is_root(file: &SourceFile) -> bool {
    file.path.canonicalize().is_ok_and(|path| Some(path) == *ROOT)
}

impl Module {
    fn of_file(file: &Rc<SourceFile>) -> Option<Self> {
        let path = file.path.canonicalize().ok()?;
        let is_folders = path == *ROOT.as_ref()? || path.file_name()? == "mod.rs";
        let folder = if is_folders { path.parent()?.to_owned() } else { path.with_extension("") };
        Some(Self { file: Rc::clone(file), folder, inside: Vec::new() })
    }

    fn at(path: PathBuf) -> Option<Self> {
        Self::of_file(&file_at(path)?)
    }

    /// Returns the type that the module has under a name.
    fn find(&self, name: &str, seen: &mut BTreeSet<(PathBuf, Vec<String>)>) -> Option<Found> {
        if !seen.insert((self.file.path.clone(), self.inside.clone())) {
            return None;
        }
        let is_it = |item: &&Rc<Item>| {
            item.name == name
                && matches!(item.kind, "struct" | "enum")
                && item.module == self.inside
        };
        let here: Vec<_> = self.file.items.iter().filter(is_it).collect();
        if let [first, others @ ..] = &here[..] {
            return others.is_empty().then(|| (Rc::clone(&self.file), Rc::clone(first)));
        }
        if self.file.declares(name) {
            return None;
        }
        let brought = self.brought()?;
        let mut named = brought.iter().filter(|one| one.name.as_deref() == Some(name)).peekable();
        if named.peek().is_some() {
            let one = named.next().filter(|one| named.next().is_none() && !one.is_renamed)?;
            return self.follow(&one.path)?.find(name, seen);
        }
        let all = brought.iter().filter(|one| one.name.is_none());
        let mut found = all.filter_map(|one| self.follow(&one.path)?.find(name, seen));
        found.next().filter(|_| found.next().is_none())
    }

    /// Returns what the module brings, or nothing where a condition decides it.
    fn brought(&self) -> Option<Vec<Brought>> {
        let uses =
            self.file.items.iter().filter(|item| item.kind == "use" && item.module == self.inside);
        let mut brought = Vec::new();
        for item in uses {
            let text = &self.file.text[item.place.clone()];
            let read: syn::ItemUse = syn::parse_str(text).ok()?;
            let is_inert = |attribute: &syn::Attribute| {
                ["doc", "allow", "expect"].iter().any(|name| attribute.path().is_ident(name))
            };
            if !read.attrs.iter().all(is_inert) {
                return None;
            }
            if read.leading_colon.is_none() {
                collect(&read.tree, &mut Vec::new(), &mut brought);
            }
        }
        Some(brought)
    }

    /// Returns the module of the crate that a path leads to from here.
    fn follow(&self, path: &[String]) -> Option<Self> {
        let mut module = self.clone();
        for (place, name) in path.iter().enumerate() {
            module = match name.as_str() {
                "crate" if place == 0 => Self::at(ROOT.clone()?)?,
                "self" if place == 0 => module,
                "super" => module.around()?,
                name => module.child(name)?,
            };
        }
        Some(module)
    }

    fn child(&self, name: &str) -> Option<Self> {
        let is_it = |item: &&Rc<Item>| {
            item.kind == "mod" && item.name == name && item.module == self.inside
        };
        let mut found = self.file.items.iter().filter(is_it);
        let item = found.next().filter(|_| found.next().is_none())?;
        // Another attribute may be a macro, which makes of the module what it likes.
        let is_plain =
            |name: &str| INERT.contains(&name) || ["cfg", "path", "routes"].contains(&name);
        if !item.attributes.iter().all(|attribute| is_plain(&attribute.name)) {
            return None;
        }
        if self.file.text[item.place.clone()].ends_with(';') {
            let (path, folder) = tree::find(&self.file.path, &self.folder, item)?;
            return Some(Self { file: file_at(path)?, folder, inside: Vec::new() });
        }
        let mut inner = self.clone();
        inner.inside.push(name.to_owned());
        Some(inner)
    }

    /// Returns the module around this one, if its file is where it is looked for.
    fn around(&self) -> Option<Self> {
        let mut outer = self.clone();
        if outer.inside.pop().is_some() {
            return Some(outer);
        }
        let path = self.file.path.canonicalize().ok()?;
        let root = ROOT.as_ref()?;
        if path == *root {
            return None;
        }
        // `a/b.rs` and `a/b/mod.rs` are `b` of `a.rs`, of `a/mod.rs`, or of the crate.
        let own = if path.file_name()? == "mod.rs" { path.parent()? } else { &path };
        let (folder, name) = (own.parent()?, own.file_stem()?.to_str()?);
        let is_root = root.parent() == Some(folder);
        let beside = [folder.with_extension("rs"), folder.join("mod.rs")];
        let outer =
            if is_root { root.clone() } else { beside.into_iter().find(|path| path.is_file())? };
        let outer = Self::at(outer)?;
        let is_same =
            |child: &Self| child.file.path.canonicalize().is_ok_and(|found| found == path);
        outer.child(name).filter(is_same)?;
        Some(outer)
    }
}

fn collect(tree: &UseTree, path: &mut Vec<String>, brought: &mut Vec<Brought>) {
    let mut bring = |path: &[String], name: Option<String>, is_renamed| {
        brought.push(Brought { path: path.to_vec(), name, is_renamed });
    };
    match tree {
        UseTree::Path(inner) => {
            path.push(inner.ident.to_string());
            collect(&inner.tree, path, brought);
            path.pop();
        }
        UseTree::Group(group) => group.items.iter().for_each(|tree| collect(tree, path, brought)),
        UseTree::Glob(_) => bring(path, None, false),
        UseTree::Name(name) => bring(path, Some(name.ident.to_string()), false),
        UseTree::Rename(name) => bring(path, Some(name.rename.to_string()), true),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn brought(text: &str) -> Option<Vec<String>> {
        let file = Rc::new(SourceFile::new(PathBuf::new(), text.to_owned()));
        let module = Module { file, folder: PathBuf::new(), inside: Vec::new() };
        let shown = |one: &Brought| {
            format!("{} {}", one.path.join("::"), one.name.as_deref().unwrap_or("*"))
        };
        Some(module.brought()?.iter().map(shown).collect())
    }

    fn found(text: &str, inside: &[&str]) -> Option<Vec<String>> {
        let file = Rc::new(SourceFile::new(PathBuf::new(), text.to_owned()));
        let inside = inside.iter().map(|name| (*name).to_owned()).collect();
        let module = Module { file, folder: PathBuf::new(), inside };
        module.find("Role", &mut BTreeSet::new()).map(|(_, item)| item.module.clone())
    }

    /// Names and whole modules are brought as they are written; where a condition decides it, nobody knows.
    #[test]
    fn names_are_brought_as_they_are_written() {
        let text = "use a::{b::*, C, D as E}; pub use self::f::G; use ::other::H;";
        let expected = ["a::b *", "a C", "a E", "self::f G"];
        assert_eq!(brought(text).expect("plain uses"), expected);
        assert!(brought("#[cfg(unix)] use a::B;").is_none());
    }

    /// A type is followed through the modules that bring it, by its name or with all of theirs.
    #[test]
    fn a_type_is_followed_through_modules() {
        let text = "mod a { pub use super::b::*; } mod b { pub enum Role {} } mod c { use super::a::Role; }";
        assert_eq!(found(text, &["c"]).expect("a type"), ["b"]);
        assert_eq!(found("enum Role {} mod c { use super::*; }", &["c"]).expect("a type").len(), 0);
    }

    /// A type that another crate may have, that has another name there, or of which there are two, is not found.
    #[test]
    fn a_type_that_nobody_knows_is_not_found() {
        assert!(found("mod c { use other::Role; } enum Role {}", &["c"]).is_none());
        assert!(
            found("mod b { pub enum Other {} pub enum Role {} } use b::Other as Role;", &[])
                .is_none()
        );
        assert!(
            found("mod a { enum Role {} } mod b { enum Role {} } use {a::*, b::*};", &[]).is_none()
        );
        assert!(found("#[own::made] mod c { pub enum Role {} } use c::Role;", &[]).is_none());
        assert!(found("mod b { pub enum Role {} } type Role = u8; use b::*;", &[]).is_none());
        assert!(
            found("mod a { use super::b::*; } mod b { use super::a::*; } use a::*;", &[]).is_none()
        );
    }
}
