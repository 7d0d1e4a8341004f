//! The commands that print what was declared: operations, matrix, documents, exceptions, and limits tried against a log.

use std::{
    fs,
    io::{self, ErrorKind},
    path::Path,
};

use serde_json::{Map, Value, json};

use super::{
    against, client,
    commands::{InventoryArgs, LimitsArgs, OpenapiArgs, Printed},
    file::named,
    terminal::{self, Ended, Failure, Outcome, table},
};
use crate::{
    app::AppBuilder,
    docs::{openapi_json, openapi_json_3_2},
    inventory::{self, ANONYMOUS, ApiModel, Hatch, OthersObjects},
};

/// Prints every operation.
pub(crate) fn routes(api: &ApiModel, printed: &Printed) -> Outcome {
    if printed.json {
        terminal::json(&json!({ "api": api.name, "operations": api.operations }))?;
    } else {
        terminal::print(inventory::routes(api))?;
    }
    Ok(Ended::Fine)
}

/// Prints who may call what.
pub(crate) fn matrix(api: &ApiModel, printed: &Printed) -> Outcome {
    if !printed.json {
        terminal::print(inventory::matrix(api))?;
        return Ok(Ended::Fine);
    }
    let operations = api.operations.iter().map(|operation| {
        let sees = operation.sees(api).into_iter().map(|sees| {
            let mut seen = json!({ "view": sees.view });
            if let Some(own) = sees.own {
                seen["own"] = json!(own);
            }
            match sees.others {
                OthersObjects::Admitted => {}
                OthersObjects::ByRule => seen["others"] = json!("by-rule"),
                OthersObjects::Refused => seen["others"] = json!("refused"),
            }
            (sees.caller.to_owned(), seen)
        });
        json!({
            "operation": operation.name,
            "verb": operation.verb.as_str(),
            "path": operation.path,
            "versions": operation.versions,
            "callers": sees.collect::<Map<String, Value>>(),
        })
    });
    let roles = api.roles.iter().map(|role| &*role.name);
    let callers: Vec<&str> = std::iter::once(ANONYMOUS).chain(roles).collect();
    let operations: Vec<Value> = operations.collect();
    terminal::json(&json!({ "api": api.name, "callers": callers, "operations": operations }))?;
    Ok(Ended::Fine)
}

/// Returns the documents of an API, each with its version. That of a preview is none of them: it is free to change.
pub(crate) fn documents(api: &ApiModel) -> Vec<(&str, String)> {
    let released = api.versions.iter().filter(|version| !version.preview);
    let document = |segment| Some((segment, openapi_json(api, segment)?));
    released.filter_map(|version| document(&*version.segment)).collect()
}

/// Prints the document of a version, or writes those of all.
pub(crate) fn openapi(api: &ApiModel, args: &OpenapiArgs) -> Outcome {
    let OpenapiArgs { version, out, served: _, printed } = args;
    let documents = match version {
        Some(version) => {
            let text = openapi_json(api, version);
            let text =
                text.ok_or_else(|| Failure::new(format!("there is no version {version}")))?;
            vec![(version.as_str(), text)]
        }
        None => documents(api),
    };
    match (&documents[..], out) {
        (_, Some(folder)) => {
            let mut files = Vec::new();
            for (version, text) in documents {
                files.push(write(&folder.join(format!("{version}.json")), text)?);
            }
            files.extend(later(api, version.as_deref(), folder)?);
            if printed.json {
                terminal::json(&json!({ "files": files }))?;
            } else {
                terminal::print(files.join("\n") + "\n")?;
            }
        }
        ([(_, text)], None) => terminal::print(format!("{text}\n"))?,
        (several, None) => {
            let versions: Vec<&str> = several.iter().map(|(version, _)| *version).collect();
            let first = versions.first().copied().unwrap_or("v1");
            return Err(Failure::new(format!(
                "there is a document of each of {}",
                versions.join(", ")
            ))
            .help(format!("write `openapi --version {first}`, or `openapi --out DIR` for all")));
        }
    }
    Ok(Ended::Fine)
}

/// Writes the documents as OpenAPI 3.2 beside the others, of one version or of all, and returns their files: those of versions that
/// have a QUERY.
fn later(api: &ApiModel, version: Option<&str>, folder: &Path) -> Result<Vec<String>, Failure> {
    let asked = api.versions.iter().filter(|one| match version {
        Some(version) => one.segment == version,
        None => !one.preview,
    });
    let texts = asked.filter_map(|one| Some((&one.segment, openapi_json_3_2(api, &one.segment)?)));
    texts.map(|(version, text)| write(&folder.join(format!("{version}-3.2.json")), text)).collect()
}

/// Writes a document into a folder that is made, and returns its file.
fn write(file: &Path, text: String) -> Result<String, Failure> {
    let made = file.parent().map_or(Ok(()), fs::create_dir_all);
    made.and_then(|()| fs::write(file, text + "\n")).map_err(|error| {
        Failure::new(format!("cannot write {}: {error}", file.display()))
            .help("name a folder that can be written into, or that can be made")
    })?;
    Ok(file.display().to_string())
}

/// Prints every operation with the app's settings and each exception, or holds them against a document or a log.
pub(crate) fn inventory(app: &AppBuilder, args: &InventoryArgs) -> Outcome {
    if let Some(outcome) = client::run(app, args).or_else(|| against::run(app, args)) {
        return outcome;
    }
    let (api, printed) = (&app.model(), &args.printed);
    let hatches = api.hatches();
    if printed.json {
        terminal::json(&json!({ "exceptions": hatches, "model": api }))?;
        return Ok(Ended::Fine);
    }
    let mut rows = vec![["exception", "of", "reason"].map(str::to_owned).to_vec()];
    rows.extend(hatches.into_iter().map(|Hatch { place, rule, reason }| {
        vec![rule, place.unwrap_or_else(|| api.name.clone()), reason]
    }));
    let exceptions = if rows.len() > 1 { format!("\n{}", table(&rows)) } else { String::new() };
    terminal::print(inventory::routes(api) + &exceptions)?;
    Ok(Ended::Fine)
}

/// Tries the limits against a log, and prints what they came to.
pub(crate) fn limits(app: &AppBuilder, args: &LimitsArgs) -> Outcome {
    let LimitsArgs { against: file, only, fail_on_refusal, printed } = args;
    let tried = against::log(file)?.read(|log| match only {
        Some(operation) => app.limits_against_as(log, operation),
        None => app.limits_against(log),
    });
    let tried = tried.map_err(|error| unread(app, args, &error))?;
    // Of nothing in another format no limit would refuse anybody. One that is empty is of a quiet day.
    if tried.requests + tried.late == 0 && tried.lines > 0 {
        return Err(against::no_request(tried.lines, &named(file)));
    }
    if printed.json {
        terminal::json(&tried)?;
    } else {
        terminal::print(&tried)?;
    }
    Ok(Ended::found(*fail_on_refusal && tried.refused > 0))
}

/// Returns the failure of a log that could not be read, or of an operation that there is none of.
fn unread(app: &AppBuilder, args: &LimitsArgs, error: &io::Error) -> Failure {
    let LimitsArgs { against, only, .. } = args;
    let Some(operation) = only.as_ref().filter(|_| error.kind() == ErrorKind::InvalidInput) else {
        return against::unreadable(&named(against), error);
    };
    let failure = Failure::new(error.to_string());
    let model = app.model();
    let names = model.operations.iter().map(|operation| &*operation.name);
    match terminal::near(operation, names).first() {
        Some(name) => failure.help(format!("did you mean `{name}`?")),
        None => failure.help("`routes` prints all of them"),
    }
}
