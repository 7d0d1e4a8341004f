//! The source file that a macro stands in, looked into where a mistake would be told many times.
//!
//! A macro sees its own item and no other. What it finds here decides nothing in a program without mistakes: it only says which
//! of the compiler's errors follow from one that is told anyway.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    rc::Rc,
    sync::LazyLock,
};

use proc_macro2::Ident;
use syn::Type;

use crate::path;

mod blocks;
mod file;
pub(crate) mod inputs;
mod items;
pub(crate) mod objects;
pub(crate) mod prelude;
pub(crate) mod routes;
pub(crate) mod site;
mod tree;
pub(crate) mod uses;
mod words;

pub(crate) use file::SourceFile;
pub(crate) use items::{Attribute, Item};

/// The first file of the crate, in a compiler, which expands one crate and ends. A server of an editor expands what changes, many
/// times and in any order, so that what was seen before tells it nothing: there is none.
static ROOT: LazyLock<Option<PathBuf>> = LazyLock::new(|| {
    let is_compiler =
        std::env::args_os().any(|argument| argument.to_string_lossy().starts_with("--crate-name"));
    let mut files = std::env::args_os().skip(1).map(PathBuf::from);
    let is_source = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "rs");
    files.find(is_source).filter(|_| is_compiler)?.canonicalize().ok()
});

thread_local! {
    /// The files that were looked into.
    static FILES: RefCell<BTreeMap<PathBuf, Option<Rc<SourceFile>>>> = const { RefCell::new(BTreeMap::new()) };
    /// The functions of which several are in one module, and one was asked about.
    static ASKED: RefCell<BTreeSet<(PathBuf, String)>> = const { RefCell::new(BTreeSet::new()) };
}

/// Returns the file that the macro stands in.
pub(crate) fn this_file() -> Option<Rc<SourceFile>> {
    if !proc_macro::is_available() || ROOT.is_none() {
        return None;
    }
    // A page of a book, whose samples are programs of their own, is no such file.
    let path = proc_macro::Span::call_site().local_file()?;
    if path.extension().is_none_or(|extension| extension != "rs") {
        return None;
    }
    file_at(path)
}

/// Returns a file of the crate.
fn file_at(path: PathBuf) -> Option<Rc<SourceFile>> {
    FILES.with_borrow_mut(|files| match files.get(&path) {
        Some(file) => file.clone(),
        None => files.entry(path.clone()).or_insert(SourceFile::read(path).map(Rc::new)).clone(),
    })
}

/// Returns `true` if the file has a function of this name that stands in no `impl`.
pub(crate) fn is_free_function(name: &Ident) -> bool {
    this_file().is_some_and(|file| file.functions(name).next().is_some())
}

/// Returns `true` if the macro stands in an `impl`, as the only function of this name in the file.
pub(crate) fn is_in_impl(name: &Ident) -> bool {
    this_file().is_some_and(|file| {
        let is_there = |at| file.is_in_impl(file.place_at(at));
        file.functions(name).next().is_none()
            && file.has_in_impl(&name.to_string())
            && site::call_site(&file).is_some_and(is_there)
    })
}

/// Returns `true` if the function of this name in the module of the site is no constant one.
pub(crate) fn is_computed(name: &Ident) -> bool {
    let function = site::function(&name.to_string());
    function.filter(|(_, item)| site::is_plain(item)).is_some_and(|(file, item)| {
        let read = syn::parse_str::<syn::ItemFn>(&file.text[item.place.clone()]);
        read.is_ok_and(|read| read.sig.constness.is_none())
    })
}

/// Returns `true` if it is the file that the macro stands in.
pub(crate) fn is_this(file: &SourceFile) -> bool {
    this_file().is_some_and(|this| this.path == file.path)
}

/// Returns the name of the first view of the type of this name in the module of the site.
pub(crate) fn first_view(name: &Ident) -> Option<String> {
    let (_, item) = site::item(&name.to_string())?;
    let view = item.attributes.iter().find(|attribute| attribute.name == "view")?;
    view.words.first().cloned()
}

/// Returns the words of the derives of the type of this name in the module of the site.
fn derived(name: &Ident) -> Option<Vec<String>> {
    let (_, item) = site::item(&name.to_string())?;
    let derives = item.attributes.iter().filter(|attribute| attribute.name == "derive");
    Some(derives.flat_map(|derive| derive.words.iter().cloned()).collect())
}

/// Returns `true` if a type of the module derives `Value`.
pub(crate) fn is_value(name: &Ident) -> bool {
    derived(name).is_some_and(|words| words.iter().any(|word| word == "Value"))
}

/// Returns `true` if a type of the module derives `Role` and is plainly no value: a derive may have another name.
pub(crate) fn is_role_alone(name: &Ident) -> bool {
    derived(name).is_some_and(|words| {
        words.iter().any(|word| word == "Role")
            && words.iter().all(|word| word == "secure_api" || PLAIN.contains(&&**word))
    })
}

/// Derives that make no value of a type.
const PLAIN: &[&str] =
    &["Role", "Clone", "Copy", "Debug", "Default", "Eq", "Hash", "Ord", "PartialEq", "PartialOrd"];

/// Returns `true` if a type is plainly one of another library: by its path, or by the `use` that brings its name out of such a
/// module.
pub(crate) fn is_of(ty: &Type, modules: &[&str]) -> bool {
    matches!(ty, Type::Path(written) if is_path_of(&written.path, modules))
}

/// Returns `true` if a path is plainly one of another library.
pub(crate) fn is_path_of(path: &syn::Path, modules: &[&str]) -> bool {
    let segments: Vec<String> =
        path.segments.iter().map(|segment| segment.ident.to_string()).collect();
    match segments.split_last() {
        Some((last, [])) => modules.iter().any(|module| is_brought(last, module)),
        Some((_, before)) => {
            before.iter().any(|segment| modules.contains(&&**segment))
                && site::site().is_some_and(|site| site.has_foreign(&before[0]))
        }
        None => false,
    }
}

/// Returns `true` if a `use` of the file names this word, so that it may be another thing than the item of this name.
pub(crate) fn is_imported(name: &Ident) -> bool {
    let name = name.to_string();
    this_file().is_none_or(|file| {
        file.items.iter().filter(|item| item.kind == "use").any(|item| {
            file.text[item.place.clone()]
                .split(|letter: char| !letter.is_alphanumeric() && letter != '_')
                .any(|word| word == name)
        })
    })
}

/// Returns `true` if the first file of the crate has this text, or cannot be read.
pub(crate) fn root_has(text: &str) -> bool {
    ROOT.clone().and_then(file_at).is_none_or(|file| file.text.contains(text))
}

/// Returns `true` if a `use` beside the site brings this name out of such a module of another library, and nothing else here is
/// called so.
pub(crate) fn is_brought(name: &str, module: &str) -> bool {
    site::site().is_some_and(|site| {
        let path = uses::way_of(&site, name);
        path.is_some_and(|path| path.iter().any(|of| of == module) && site.is_foreign(&path[0]))
            && !site.file.declares(name)
            && !site.file.items.iter().any(|item| item.name == name)
    })
}

/// Returns `true` if the module of the site has a type of this name, and the file nothing else that is called so.
pub(crate) fn is_type(name: &Ident) -> bool {
    let name = name.to_string();
    site::item(&name)
        .is_some_and(|(file, item)| matches!(item.kind, "struct" | "enum") && !file.declares(&name))
}

/// Returns `true` if a name of the language may be another thing beside the site.
pub(crate) fn may_be_own(name: &Ident) -> bool {
    let text = name.to_string();
    is_declared(name)
        || is_imported(name)
        || site::site().is_none_or(|site| uses::may_bring(&site, &text))
}

/// Returns `true` if something of the file is declared by this name, in whatever module.
pub(crate) fn is_declared(name: &Ident) -> bool {
    let name = name.to_string();
    this_file()
        .is_some_and(|file| file.declares(&name) || file.items.iter().any(|item| item.name == name))
}

/// Returns the one type of the file that has this name in whatever case.
pub(crate) fn type_like(word: &str) -> Option<String> {
    let file = this_file()?;
    let mut found = file.items.iter().filter(|item| {
        matches!(item.kind, "struct" | "enum") && item.name.eq_ignore_ascii_case(word)
    });
    found.next().filter(|_| found.next().is_none()).map(|item| item.name.clone())
}

/// Returns `true` if something of the file may be called so, or brought into it under that name.
pub(crate) fn may_be_named(name: &Ident) -> bool {
    this_file().is_none_or(|file| file.may_have(&name.to_string()))
}

/// Returns `true` if the file has a conversion of this type into one of this name.
pub(crate) fn is_made_from(name: &str, ty: &Type) -> bool {
    let from = format!("From<{}>", path::as_written(ty));
    this_file().is_some_and(|file| file.implements(name, |before| before.ends_with(&from)))
}

/// Returns `true` if the file has several functions of this name, all of them in one module, and one of them was asked about
/// before: then the compiler says that there are two.
pub(crate) fn is_second(name: &Ident) -> bool {
    let Some(file) = this_file() else { return false };
    let functions: Vec<_> = file.functions(name).collect();
    let site = site::site().map(|site| site.module);
    let is_of_one = functions.iter().all(|item| Some(&item.module) == site.as_ref());
    // Of those that stand there under conditions, nobody knows which do.
    let mut attributes = functions.iter().flat_map(|item| &item.attributes);
    let is_meant = !attributes.any(|attribute| attribute.name.starts_with("cfg"));
    let key = (file.path.clone(), name.to_string());
    functions.len() > 1
        && is_of_one
        && is_meant
        && !ASKED.with_borrow_mut(|asked| asked.insert(key))
}

/// The attributes that make nothing.
pub(crate) const INERT: &[&str] = &[
    "allow",
    "expect",
    "warn",
    "deny",
    "doc",
    "must_use",
    "non_exhaustive",
    "repr",
    "serde",
    "error",
];
