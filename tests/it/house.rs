//! The rules of the house, as tests: what `ARCHITECTURE.md` and `CONTRIBUTING.md` promise a reader.
//!
//! What a rule does not hold for yet is listed in a file under `house/`. A list only shrinks: a line that is
//! no longer true fails the test. `BLESS=1` takes such lines out, and writes the pages that are generated.

mod addresses;
mod attacks;
mod book;
mod codes;
mod concerns;
mod coverage;
mod explained;
mod facade;
mod fuzzed;
mod glossary;
mod imports;
mod keys;
mod names;
mod numbers;
mod packages;
mod pages;
mod picture;
mod practices;
mod program;
mod rules;
mod sentences;
mod settings;
mod shown;
mod sizes;
pub(crate) mod source;
mod standards;
mod weakened;

use std::{
    collections::BTreeSet,
    fs,
    io::Write,
    path::{Path, PathBuf},
};

/// Returns the folder of the workspace.
fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Reads a file's text, by its path from the root.
fn read(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Writes a file whole: another test may be reading it.
fn write(path: &str, text: &str) {
    let part = root().join(format!("{path}.part"));
    let written = fs::write(&part, text).and_then(|()| fs::rename(&part, root().join(path)));
    written.unwrap_or_else(|error| panic!("{path}: {error}"));
}

/// Returns `true` if generated pages are to be written, not compared.
fn bless() -> bool {
    std::env::var_os("BLESS").is_some_and(|value| value == "1")
}

/// Compares a generated text with the file that holds it, or writes the file.
fn compare_or_bless(path: &str, generated: &str) {
    if bless() {
        return write(path, generated);
    }
    let differs = read(path).lines().zip(generated.lines()).position(|(has, should)| has != should);
    assert!(
        read(path) == generated,
        "{path} is not what its source makes of it (first at line {}); run `BLESS=1 cargo test --test it house`",
        differs.map_or_else(|| "the end".to_owned(), |line| (line + 1).to_string()),
    );
}

/// Fails unless `gaps` are exactly the lines of a list of exceptions, and prints those that remain.
fn only_listed(list: &str, gaps: &BTreeSet<String>) {
    let path = format!("tests/it/house/{list}");
    let text = read(&path);
    let listed: BTreeSet<String> = lines_of(&text).map(str::to_owned).collect();
    let new: Vec<_> = gaps.difference(&listed).collect();
    assert!(new.is_empty(), "missing, and no exception in {path}:\n{new:#?}");
    let closed: BTreeSet<_> = listed.difference(gaps).collect();
    if bless() {
        let keeps = |line: &&str| !closed.iter().any(|entry| *entry == line.trim());
        let kept: Vec<_> = text.lines().filter(keeps).collect();
        write(&path, &(kept.join("\n") + "\n"));
    } else {
        assert!(closed.is_empty(), "{path} lists what exists by now; take it out:\n{closed:#?}");
    }
    // Straight to the stream, so that a run that passes shows it too.
    for gap in gaps {
        drop(writeln!(std::io::stderr(), "not yet ({list}): {gap}"));
    }
}

/// Returns the entries of a list: its lines without comments and blanks.
fn lines_of(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Returns every file under a folder whose name ends so, sorted. A folder that is not there has none.
pub(crate) fn files_under(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries {
            let path = entry.unwrap_or_else(|error| panic!("{}: {error}", folder.display())).path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().ends_with(ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Returns every Rust file of the workspace, tests and wrong programs included.
fn rust_files() -> Vec<PathBuf> {
    let folders =
        ["src", "secure-api-macros", "secure-api-runtime", "examples", "benches", "fuzz", "tests"];
    let mut found: Vec<_> = folders.iter().flat_map(|folder| files_under(folder, ".rs")).collect();
    found.retain(|path| !shown(path).split('/').any(|folder| folder == "target"));
    found
}

/// Returns `true` if a file holds nothing but tests.
fn is_test(path: &Path) -> bool {
    let inside = path.strip_prefix(root()).unwrap_or(path);
    inside.ends_with("tests.rs") || inside.iter().any(|folder| folder == "tests")
}

/// Returns a path as it is written in messages: from the root.
pub(crate) fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}
