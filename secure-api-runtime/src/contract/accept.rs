//! Checking an API against its files, and accepting its changes: by name where they break or loosen something.

use super::{Contract, ContractError, Finding, Report, lock::AcceptedChange};
use crate::{
    inventory::{ApiModel, matrix},
    version::Day,
};

/// The name of the contract's file.
pub const LOCK: &str = "api.lock";

/// The name of the access matrix's file.
pub const MATRIX: &str = "matrix.snap";

/// The word that accepts what breaks nothing and loosens nothing, the first contract among it.
const NEW: &str = "new";

/// The most lines of a matrix that are told.
const MOST: usize = 40;

/// The files of changes that were accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acceptance {
    /// The text of `api.lock`.
    pub lock: String,
    /// The text of `matrix.snap`.
    pub matrix: String,
    /// The changes.
    pub report: Report,
}

/// Compares an API with the texts of its files, `api.lock` and `matrix.snap`. A file that is not there is out of date.
///
/// # Errors
///
/// If the lock cannot be read.
pub fn check(
    api: &ApiModel,
    lock: Option<&str>,
    snap: Option<&str>,
    today: Day,
) -> Result<Report, ContractError> {
    let now = Contract::of(api);
    let mut outdated = Vec::new();
    let findings = match lock.map(Contract::read).transpose()? {
        None => {
            outdated.push(format!("{LOCK} is not there"));
            Vec::new()
        }
        Some(before) => {
            if !before.promises_as(&now) {
                outdated.push(format!("{LOCK} is not what the API promises now"));
            }
            before.compare(&now, today).findings
        }
    };
    let is = matrix(api);
    match snap {
        None => outdated.push(format!("{MATRIX} is not there")),
        Some(was) if *was != is => {
            outdated.push(format!("{MATRIX} is another table now:\n{}", changed(was, &is)))
        }
        Some(_) => {}
    }
    Ok(Report { findings, outdated })
}

/// Returns the lines that only one of two texts has.
fn changed(was: &str, is: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (was.lines().collect(), is.lines().collect());
    let gone = old.iter().filter(|line| !new.contains(line)).map(|line| format!("  - {line}"));
    let come = new.iter().filter(|line| !old.contains(line)).map(|line| format!("  + {line}"));
    let mut lines: Vec<String> = gone.chain(come).collect();
    let more = lines.len().saturating_sub(MOST);
    lines.truncate(MOST);
    if more > 0 {
        lines.push(format!("  and {more} more"));
    }
    lines.join("\n")
}

/// Accepts the changes of an API, and gives the files to write. `words` are ids of findings as [`Finding::id`] has them, or `new`
/// for what needs no name. ContractRule and operation are enough where no other change has both.
///
/// # Errors
///
/// If the lock cannot be read, if a word names no change or several, or if a change is left that has to be named.
pub fn accept(
    api: &ApiModel,
    lock: Option<&str>,
    words: &[&str],
    today: Day,
) -> Result<Acceptance, ContractError> {
    let mut now = Contract::of(api);
    let before = lock.map(Contract::read).transpose()?;
    let findings =
        before.as_ref().map(|before| before.compare(&now, today).findings).unwrap_or_default();
    let mut named: Vec<&Finding> = Vec::new();
    let mut wrong = Vec::new();
    for word in words.iter().map(|word| word.trim()).filter(|word| !word.is_empty() && *word != NEW)
    {
        match found(&findings, word) {
            Ok(finding) => named.push(finding),
            Err(why) => wrong.push(why),
        }
    }
    let left = findings.iter().filter(|one| one.is_accepted_by_name() && !named.contains(one));
    wrong.extend(left.map(|finding| format!("not accepted:\n{finding}")));
    if !wrong.is_empty() {
        return Err(ContractError::new(wrong.join("\n")));
    }
    now.accepted = before.map(|before| before.accepted).unwrap_or_default();
    now.accepted.extend(named.iter().map(|finding| AcceptedChange {
        on: today,
        change: finding.id(),
        sentence: finding.sentence.clone(),
    }));
    let report = Report { findings: findings.clone(), outdated: Vec::new() };
    Ok(Acceptance { lock: now.text(), matrix: matrix(api), report })
}

/// Returns the finding that a word names.
fn found<'a>(findings: &'a [Finding], word: &str) -> Result<&'a Finding, String> {
    if let Some(exact) = findings.iter().find(|finding| finding.id() == word) {
        return Ok(exact);
    }
    let short = |finding: &&Finding| format!("{} {}", finding.rule, finding.operation) == word;
    let mut alike = findings.iter().filter(short);
    match (alike.next(), alike.next()) {
        (Some(one), None) => Ok(one),
        (None, _) => Err(format!("no change is called `{word}`")),
        (Some(_), Some(_)) => {
            let ids: Vec<String> = findings.iter().filter(short).map(Finding::id).collect();
            Err(format!("`{word}` are several changes: {}", ids.join("; ")))
        }
    }
}
