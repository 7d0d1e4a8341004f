//! The commands `contract` and `diff`: what has changed in an API since it was accepted.

use std::{
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
};

use super::{
    commands::{ContractAct, ContractArgs, Printed},
    document, file,
    terminal::{self, Ended, Failure, Outcome},
};
use crate::{
    clock::Clock,
    contract::{self, ContractError, LOCK, MATRIX, Report},
    inventory::ApiModel,
    version::Day,
};

/// Runs `contract check` or `contract accept`.
pub(crate) fn run(api: &ApiModel, ContractArgs { act }: &ContractArgs) -> Outcome {
    match act {
        ContractAct::Check(args) => check(api, &args.folder, &args.printed),
        ContractAct::Accept(args) => accept(api, &args.folder, &args.changes, &args.printed),
    }
}

/// Tells what has changed since it was accepted.
fn check(api: &ApiModel, folder: &Path, printed: &Printed) -> Outcome {
    is_there(folder)?;
    let (lock, snap) = (kept(folder, LOCK)?, kept(folder, MATRIX)?);
    let report = contract::check(api, lock.as_deref(), snap.as_deref(), today());
    let report = report.map_err(unreadable)?;
    let ended = told(&report, printed)?;
    if !printed.json && !report.passes() {
        let names: Vec<String> =
            report.open().map(|one| format!(" \\\n  '{}'", one.id())).collect();
        terminal::print(format!("to accept this:\n\ncontract accept{}\n", names.concat()))?;
    }
    Ok(ended)
}

/// Accepts what has changed, and writes the files.
fn accept(api: &ApiModel, folder: &Path, changes: &[String], printed: &Printed) -> Outcome {
    is_there(folder)?;
    let lock = kept(folder, LOCK)?;
    let changes: Vec<&str> = changes.iter().map(String::as_str).collect();
    let accepted = contract::accept(api, lock.as_deref(), &changes, today()).map_err(|error| {
        Failure::new(error.to_string())
            .help("name each change that breaks or loosens something, in quotes")
    })?;
    for (name, text) in [(LOCK, &accepted.lock), (MATRIX, &accepted.matrix)] {
        let file = folder.join(name);
        fs::write(&file, text)
            .map_err(|error| Failure::new(format!("cannot write {}: {error}", file.display())))?;
    }
    told(&accepted.report, printed)?;
    Ok(Ended::Fine)
}

/// Compares two OpenAPI documents.
pub(crate) fn diff(old: &Path, new: &Path, printed: &Printed) -> Outcome {
    file::once([old, new])?;
    let [old, new] = [old, new].map(|file| document::read(file).map(|read| read.to_string()));
    let report = contract::diff(&old?, &new?, today()).map_err(unreadable)?;
    told(&report, printed)
}

/// Prints a report, and ends as it says.
fn told(report: &Report, printed: &Printed) -> Outcome {
    if printed.json {
        terminal::json(report)?;
    } else {
        terminal::print(terminal::plain(&report.to_string()))?;
    }
    Ok(match report.exit_code() {
        0 => Ended::Fine,
        1 => Ended::Found,
        _ => Ended::Undecided,
    })
}

/// Refuses a folder that is not there: one that was mistyped is no contract that was never accepted.
fn is_there(folder: &Path) -> Result<(), Failure> {
    if folder.is_dir() {
        return Ok(());
    }
    Err(Failure::new(format!("there is no folder {}", folder.display()))
        .help(format!("name the folder of `{LOCK}` and `{MATRIX}`, or make it")))
}

/// Reads a file of the contract, if it is there.
fn kept(folder: &Path, name: &str) -> Result<Option<String>, Failure> {
    let file: PathBuf = folder.join(name);
    match fs::read_to_string(&file) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::new(format!("cannot read {}: {error}", file.display()))),
    }
}

#[allow(clippy::needless_pass_by_value, reason = "as `map_err` gives it")]
fn unreadable(error: ContractError) -> Failure {
    Failure::new(error.to_string())
}

fn today() -> Day {
    Day::at(&Clock::system())
}
