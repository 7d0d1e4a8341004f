//! The inventory against something else: an OpenAPI document, an access log, or both.

mod compared;
mod shown;
mod source;
mod traffic;

use std::path::Path;

use serde_json::Value;

pub(crate) use self::source::log;
use self::{
    compared::compare,
    source::{Given, failed, given, logs},
    traffic::Traffic,
};
use super::{
    commands::{AgainstLogArgs, InventoryArgs, Printed},
    terminal::{self, Ended, Failure, Outcome},
};
use crate::{app::AppBuilder, inventory::LoggedTraffic};

/// Holds the inventory of an app against what the arguments name; `None` where they name nothing.
pub(crate) fn run(app: &AppBuilder, args: &InventoryArgs) -> Option<Outcome> {
    let InventoryArgs { against, live, log, .. } = args;
    let outcome = match (against, live, &log.log[..]) {
        (None, None, []) => return None,
        (None, Some(_), _) => Err(Failure::new("a live inventory is held against nothing")
            .help("add `--against openapi.json`")),
        (None, None, files) => logs(files).and_then(|log| logged(app, log, args)),
        (Some(file), ..) => given(file).and_then(|given| match given {
            Given::Log(log) => logged(app, log, args),
            Given::Document(document) => documented(app, file, &document, args),
        }),
    };
    Some(outcome)
}

/// Holds an app against a log.
fn logged(app: &AppBuilder, log: source::Log, args: &InventoryArgs) -> Outcome {
    let traffic = app.traffic_in(log.lines).map_err(|error| failed(&log.shown, &error))?;
    told(&traffic, &args.log, &args.printed)
}

/// Compares an app with a document, with the traffic of both where that is known.
fn documented(app: &AppBuilder, file: &Path, document: &Value, args: &InventoryArgs) -> Outcome {
    let api = app.model();
    let shown = file.display().to_string();
    let mut compared = compare(&api, document, shown);
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

/// Holds a document against logs, without an app.
pub(crate) fn document_against_log(
    file: &Path,
    args: &AgainstLogArgs,
    printed: &Printed,
) -> Outcome {
    let document = match given(file)? {
        Given::Document(document) => document,
        Given::Log(log) => {
            return Err(Failure::new(format!("{} is a log, and no OpenAPI document", log.shown))
                .help("write `--against openapi.json --log access.log`"));
        }
    };
    let expected = traffic::expected(&document, file.display().to_string());
    let log = logs(&args.log)?;
    let traffic = LoggedTraffic::read(expected, log.lines);
    let traffic = traffic.map_err(|error| failed(&log.shown, &error))?;
    told(&traffic, args, printed)
}

/// Prints what a log came to, and ends as the arguments say.
fn told(traffic: &LoggedTraffic, args: &AgainstLogArgs, printed: &Printed) -> Outcome {
    if traffic.requests == 0 {
        return Err(Failure::new(format!("there is no request in {} lines", traffic.lines)).help(
            "name a log in the common or the combined format, or in JSON of nginx or Caddy",
        ));
    }
    if printed.json {
        terminal::json(traffic)?;
    } else {
        terminal::print(terminal::plain(&traffic.to_string()))?;
    }
    Ok(Ended::found(args.fail_on.iter().any(|one| one.is_in(traffic))))
}
