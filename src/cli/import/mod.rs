//! The command `import`: a project made of an OpenAPI document that somebody else wrote.

mod answers;
mod decide;
mod read;
mod report;
mod write;

use std::{fs, io::ErrorKind, path::Path};

use serde_json::json;

use super::{
    document, project,
    terminal::{self, Ended, Failure, Outcome},
    tool::ImportArgs,
};
use answers::Answers;
use report::ImportReport;

use crate::{clock::Clock, version::Day};

/// Imports a document.
pub(super) fn run(args: &ImportArgs) -> Outcome {
    let ImportArgs { file, out, name, answers, path, report, printed } = args;
    let document = document::read(file)?;
    let api = read::operation::api(&document);
    if api.operations.is_empty() {
        return Err(Failure::new(format!("{} has no operations to import", file.display()))
            .help("name a document with `paths`; one of webhooks alone is called by nobody"));
    }
    if api.operations.len() > read::MOST_OPERATIONS {
        let (count, most) = (api.operations.len(), read::MOST_OPERATIONS);
        return Err(Failure::new(format!("{} has {count} operations", file.display()))
            .help(format!("import it in parts: {most} at most are imported at once")));
    }
    let plan = decide::plan(api);
    let counted = ImportReport::of(&plan);
    if let Some(folder) = out {
        let answers = answers.as_deref().map_or(Ok(Answers::default()), answers::read)?;
        let name = project::named(name.as_deref(), folder)?;
        let day = Day::at(&Clock::system()).to_string();
        let source = project::source(path.as_deref())?;
        let files = write::files(&plan, &answers, &name, &source, &day);
        empty(folder)?;
        for (file, text) in files {
            let file = folder.join(file);
            project::new(&file, &text).map_err(|error| project::unwritten(&file, &error))?;
        }
    }
    if let Some(report) = report {
        let text = serde_json::to_string_pretty(&counted)
            .map_err(|error| Failure::new(format!("the report is no JSON: {error}")))?;
        std::fs::write(report, text)
            .map_err(|error| Failure::new(format!("cannot write {}: {error}", report.display())))?;
    }
    if printed.json {
        terminal::json(&json!(counted))?;
    } else {
        terminal::print(counted.shown(&plan.title))?;
    }
    Ok(Ended::found(!counted.not.is_empty()))
}

/// Returns the files of a project that a document makes, by their paths.
#[cfg(fuzzing)]
pub(super) fn files(document: &serde_json::Value) -> std::collections::BTreeMap<String, String> {
    let api = read::operation::api(document);
    if api.operations.is_empty() || api.operations.len() > read::MOST_OPERATIONS {
        return std::collections::BTreeMap::new();
    }
    let plan = decide::plan(api);
    write::files(&plan, &Answers::default(), "imported", "version = \"0.1\"", "2026-11-29")
}

/// Makes the folder, which may be there already if nothing is in it.
fn empty(folder: &Path) -> Result<(), Failure> {
    let shown = folder.display();
    let help = "choose another folder; nothing is ever written over";
    match fs::read_dir(folder) {
        Ok(mut files) => match files.next() {
            None => Ok(()),
            Some(_) => Err(Failure::new(format!("{shown} is not empty")).help(help)),
        },
        Err(error) if error.kind() == ErrorKind::NotFound => fs::create_dir(folder)
            .map_err(|error| Failure::new(format!("{shown} cannot be made: {error}"))),
        Err(error) => Err(Failure::new(format!("{shown} is no folder: {error}")).help(help)),
    }
}
