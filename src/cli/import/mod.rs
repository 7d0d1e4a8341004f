//! The command `import`: a project made of an OpenAPI document that somebody else wrote.

mod decide;
mod read;
mod report;

use serde_json::json;

use super::{
    document,
    terminal::{self, BOLD, Ended, Failure, Outcome, plain},
    tool::ImportArgs,
};
use report::ImportReport;

/// Imports a document.
pub(super) fn run(args: &ImportArgs) -> Outcome {
    let ImportArgs { file, report, printed } = args;
    let document = document::read(file)?;
    let api = read::operation::api(&document);
    if api.operations.is_empty() {
        return Err(Failure::new(format!("{} has no operations to import", file.display()))
            .help("name a document with `paths`; one of webhooks alone is called by nobody"));
    }
    let plan = decide::plan(&api);
    let counted = ImportReport::of(&plan);
    if let Some(report) = report {
        let text = serde_json::to_string_pretty(&counted)
            .map_err(|error| Failure::new(format!("the report is no JSON: {error}")))?;
        std::fs::write(report, text).map_err(|error| {
            Failure::new(format!("cannot write {}: {error}", report.display()))
        })?;
    }
    if printed.json {
        terminal::json(&json!(counted))?;
    } else {
        terminal::print(format!(
            "{BOLD}{}{BOLD:#}: {} operations, {} declared, {} by an extractor, {} not\n",
            plain(&plan.title),
            counted.operations,
            counted.declared,
            counted.hatch,
            counted.not.len()
        ))?;
    }
    Ok(Ended::found(!counted.not.is_empty()))
}
