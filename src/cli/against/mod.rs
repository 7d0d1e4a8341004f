//! The inventory against something else: an OpenAPI document, an access log, or both.

mod compared;
mod shown;
mod source;
mod traffic;

use std::{
    io::{self, BufRead},
    path::{Path, PathBuf},
};

use serde_json::Value;

pub(crate) use self::source::{Log, log};
use self::{
    compared::compare,
    source::{Given, given, logs},
    traffic::Traffic,
};
use super::{
    commands::{AgainstLogArgs, InventoryArgs, Printed},
    file::{self, named},
    terminal::{self, Ended, Failure, Outcome},
};
use crate::{app::AppBuilder, inventory::LoggedTraffic};

/// Holds the inventory of an app against what the arguments name; `None` where they name nothing.
pub(crate) fn run(app: &AppBuilder, args: &InventoryArgs) -> Option<Outcome> {
    let InventoryArgs { against, live, log, .. } = args;
    let files = against.iter().chain(live).chain(&log.log).map(PathBuf::as_path);
    if let Err(failure) = file::once(files).and_then(|()| log.kinds().map(drop)) {
        return Some(Err(failure));
    }
    let outcome = match (against, live, &log.log[..]) {
        (None, None, []) if log.fail_on.is_empty() => return None,
        (None, None, []) => Err(Failure::new("`--fail-on` says what of a log a build fails for")
            .help("add `--log access.log`")),
        (None, Some(_), _) => Err(Failure::new("a live inventory is held against nothing")
            .help("add `--against openapi.json`")),
        (None, None, files) => logs(files).and_then(|log| logged(app, log, args)),
        (Some(file), ..) => given(file).and_then(|given| match (given, live) {
            (Given::Document(document), _) => documented(app, file, &document, args),
            (Given::Log(first), None) => first.and(&log.log).and_then(|log| logged(app, log, args)),
            (Given::Log(log), Some(_)) => {
                let told = format!("{} is a log, which says itself what was called", log.shown);
                Err(Failure::new(told).help("leave out `--live`, or name an OpenAPI document"))
            }
        }),
    };
    Some(outcome)
}

/// Holds an app against a log.
fn logged(app: &AppBuilder, log: Log, args: &InventoryArgs) -> Outcome {
    told(&read(log, |lines| app.traffic_in(lines))?, &args.log, &args.printed)
}

/// Compares an app with a document, with the traffic of both where that is known.
fn documented(app: &AppBuilder, file: &Path, document: &Value, args: &InventoryArgs) -> Outcome {
    let api = app.model();
    if !args.log.fail_on.is_empty() {
        let told = format!("`--fail-on` is for a log alone, and {} is a document", named(file));
        return Err(Failure::new(told).help("leave it out: it ends with 1 where anything differs"));
    }
    let mut compared = compare(&api, document, file.display().to_string());
    let traffic = match (&args.live, &args.log.log[..]) {
        (None, []) => None,
        (Some(live), _) => Some(Traffic::kept(live)?),
        (None, files) => Some(Traffic::logged(&api, &compared, files)?),
    };
    if let Some(traffic) = &traffic {
        compared.tell(traffic);
    }
    if args.printed.json {
        terminal::json(&compared)?;
    } else {
        terminal::print(compared.text())?;
    }
    Ok(Ended::found(compared.is_any()))
}

/// Holds a document against logs, without an app: it stands where an app has its own operations.
pub(crate) fn document_against_log(
    file: &Path,
    against: Option<&Path>,
    args: &AgainstLogArgs,
    printed: &Printed,
) -> Outcome {
    let files = std::iter::once(file).chain(against).chain(args.log.iter().map(PathBuf::as_path));
    file::once(files)?;
    args.kinds()?;
    let document = match given(file)? {
        Given::Document(document) => document,
        Given::Log(log) => {
            return Err(Failure::new(format!("{} is a log, and no OpenAPI document", log.shown))
                .help("write `secure-api inventory openapi.json --log access.log`"));
        }
    };
    let log = match against.map(given).transpose()? {
        Some(Given::Log(first)) => first.and(&args.log)?,
        None if !args.log.is_empty() => logs(&args.log)?,
        None => {
            return Err(Failure::new("there is no log to hold the document against")
                .help("add `--log access.log`"));
        }
        Some(Given::Document(_)) => {
            return Err(Failure::new("a document is held against logs here, and not another one")
                .help("write `secure-api diff OLD NEW`"));
        }
    };
    let expected = traffic::expected(&document, file.display().to_string());
    told(&read(log, |lines| LoggedTraffic::read(expected, lines))?, args, printed)
}

/// Reads a log, in which there has to be a request: of any other file all would be told as never called.
fn read(
    log: Log,
    read: impl FnOnce(Box<dyn BufRead>) -> io::Result<LoggedTraffic>,
) -> Result<LoggedTraffic, Failure> {
    let shown = log.shown.clone();
    let traffic = log.read(read).map_err(|error| unreadable(&shown, &error))?;
    if traffic.requests > 0 { Ok(traffic) } else { Err(no_request(traffic.lines, &shown)) }
}

/// Returns the failure of a log that cannot be read to its end.
pub(crate) fn unreadable(shown: &str, error: &io::Error) -> Failure {
    Failure::new(format!("cannot read {shown}: {error}"))
        .help("name a log, plain or compressed by gzip, or `-` for standard input")
}

/// Returns the failure of a log without a request, which is another file or in another format.
pub(crate) fn no_request(lines: u64, shown: &str) -> Failure {
    let lines = if lines == 1 { "1 line".to_owned() } else { format!("{lines} lines") };
    Failure::new(format!("there is no request in {lines} of {shown}"))
        .help("name a log in the common or the combined format, or in JSON of nginx or Caddy")
}

/// Prints what a log came to, and ends as the arguments say.
fn told(traffic: &LoggedTraffic, args: &AgainstLogArgs, printed: &Printed) -> Outcome {
    if printed.json {
        terminal::json(traffic)?;
    } else {
        terminal::print(terminal::plain(&traffic.to_string()))?;
    }
    let kinds = args.kinds()?;
    Ok(Ended::found(kinds.iter().any(|one| one.is_in(traffic))))
}
