//! The command `new`: a project that runs.

mod name;

pub(crate) use name::KEYWORDS;

use std::{
    fs::{self, File},
    io::{self, ErrorKind, Write},
    path::{Path, PathBuf},
};

use serde_json::json;

use super::{
    terminal::{self, BOLD, Ended, Failure, Outcome},
    tool::NewArgs,
};

/// The files that every project has: the alias of cargo by which its own program is run, and what stays out of a repository.
pub(super) const COMMON: [(&str, &str); 2] = [
    (".cargo/config.toml", include_str!("template/config.toml.txt")),
    (".gitignore", include_str!("template/gitignore.txt")),
];

/// The files of a project, each with its text, in which `project-name`, `ProjectApi` and `SOURCE` stand for those of the project.
const FILES: [(&str, &str); 5] = [
    ("Cargo.toml", include_str!("template/Cargo.toml.txt")),
    ("src/main.rs", include_str!("template/src/main.rs")),
    COMMON[0],
    COMMON[1],
    ("README.md", include_str!("template/README.md.txt")),
];

/// Writes a project.
pub(super) fn write(args: &NewArgs) -> Outcome {
    let NewArgs { name, into, path, printed } = args;
    name::check(name)?;
    let folder = into.clone().unwrap_or_else(|| PathBuf::from(name));
    let source = source(path.as_deref())?;
    make(&folder)?;
    let mut files = Vec::new();
    for (file, template) in FILES {
        let text = template
            .replace("project-name", name)
            .replace("ProjectApi", &name::type_name(name))
            .replace("SOURCE", &source);
        let file = folder.join(file);
        new(&file, &text).map_err(|error| unwritten(&file, &error))?;
        files.push(file.display().to_string());
    }
    if printed.json {
        terminal::json(&json!({ "folder": folder, "files": files }))?;
    } else {
        terminal::print(format!(
            "{BOLD}{name}{BOLD:#} is in {}\n\n    cd {}\n    cargo api        serves it\n    cargo api --help lists the rest\n    cargo test\n",
            folder.display(),
            folder.display(),
        ))?;
    }
    Ok(Ended::Fine)
}

/// Returns the name of a project in a folder: one that was stated, or else the folder's, which is mended to be one.
pub(super) fn named(stated: Option<&str>, folder: &Path) -> Result<String, Failure> {
    match stated {
        Some(name) => name::check(name).map(|()| name.to_owned()),
        None => {
            let name = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            Ok(if name::check(name).is_ok() { name.to_owned() } else { name::proposed(name) })
        }
    }
}

/// Returns where the project has the framework from: a copy, or the repository. Nothing is on crates.io yet.
pub(super) fn source(path: Option<&Path>) -> Result<String, Failure> {
    let Some(path) = path else {
        return Ok(format!("git = \"{}\"", env!("CARGO_PKG_REPOSITORY")));
    };
    let whole = path.canonicalize().map_err(|error| unread(path, &error))?;
    let manifest = whole.join("Cargo.toml");
    let text = fs::read_to_string(&manifest).map_err(|error| unread(&manifest, &error))?;
    if !text.contains("name = \"secure-api\"") {
        return Err(Failure::new(format!("{} is no copy of secure-api", path.display()))
            .help("name the folder that its `Cargo.toml` is in"));
    }
    // A text of JSON is one of TOML too.
    Ok(format!("path = {}", json!(whole)))
}

/// Makes the folder, which may not be there yet.
fn make(folder: &Path) -> Result<(), Failure> {
    fs::create_dir(folder).map_err(|error| {
        let shown = folder.display();
        match error.kind() {
            ErrorKind::AlreadyExists => Failure::new(format!("{shown} is there already"))
                .help("choose another name, or another folder with `--into`; nothing is ever written over"),
            ErrorKind::NotFound => Failure::new(format!("{shown} cannot be made: what it is in is not there"))
                .help("make that folder first"),
            _ => Failure::new(format!("{shown} cannot be made: {error}")),
        }
    })
}

/// Writes a file that is not there yet.
pub(super) fn new(file: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    File::create_new(file)?.write_all(text.as_bytes())
}

fn unread(file: &Path, error: &io::Error) -> Failure {
    Failure::new(format!("cannot read {}: {error}", file.display()))
}

pub(super) fn unwritten(file: &Path, error: &io::Error) -> Failure {
    Failure::new(format!("cannot write {}: {error}", file.display()))
}
