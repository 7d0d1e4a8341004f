//! Two OpenAPI documents, whoever wrote them.

use serde_json::Value;

use super::{ContractError, Report, documents, finding::Findings};
use crate::version::Day;

/// Compares two OpenAPI documents, 3.0, 3.1 or 3.2, as JSON. What was promised until a day may go from that day on.
///
/// # Errors
///
/// If one of them is no such document, or refers to another file, or to itself in a circle of nothing but references.
///
/// ```
/// use secure_api::{clock::Clock, contract::{self, Severity}, version::Day};
///
/// let old = r#"{ "openapi": "3.1.0", "paths": { "/v1/ping": { "get": { "responses": {} } } } }"#;
/// let new = r#"{ "openapi": "3.1.0", "paths": {} }"#;
/// let report = contract::diff(old, new, Day::at(&Clock::system()))?;
/// assert_eq!(report.findings[0].id(), "api-path-removed-without-deprecation GET /v1/ping");
/// assert_eq!(report.findings[0].level, Severity::Breaking);
/// assert_eq!(report.exit_code(), 1);
/// # Ok::<(), contract::ContractError>(())
/// ```
pub fn diff(old: &str, new: &str, today: Day) -> Result<Report, ContractError> {
    let (old, new) = (document("the old document", old)?, document("the new document", new)?);
    let mut findings = Findings::new(false);
    documents::compare(documents::Source(&old), documents::Source(&new), today, &mut findings);
    Ok(Report { findings: findings.sorted(), outdated: Vec::new() })
}

fn document(which: &str, text: &str) -> Result<Value, ContractError> {
    let wrong = |why: String| ContractError::new(format!("{which} {why}"));
    let value: Value = serde_json::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|error| wrong(format!("is no JSON: {error}")))?;
    let version = value.get("openapi").and_then(Value::as_str).unwrap_or_default();
    if !version.starts_with("3.") {
        return Err(wrong("is no OpenAPI document of version 3".to_owned()));
    }
    if value.get("paths").is_some_and(|paths| !paths.is_object()) {
        return Err(wrong("has `paths` that are no object".to_owned()));
    }
    match documents::wrong_references(&value) {
        Some(why) => Err(wrong(why)),
        None => Ok(value),
    }
}
