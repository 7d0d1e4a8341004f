//! Reports: the findings of a comparison as text, as JSON and as a number for whoever asks by a command.

use std::fmt;

use serde::Serialize;

use super::{Finding, Severity};

/// The findings of a comparison, the heaviest first.
///
/// Its text has a line for each finding and one for its sentence; written as JSON it is the same as data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The changes.
    pub findings: Vec<Finding>,
    /// The files that are not as the program would write them now, each with what is wrong.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub outdated: Vec<String>,
}

impl Report {
    /// Returns `true` where nothing keeps a release up: nothing breaks, nothing is open, and the files are up to date.
    pub fn passes(&self) -> bool {
        self.exit_code() == 0
    }

    /// Returns 1 where something breaks, concerns security, or a file is out of date; 2 where nobody can tell; else 0.
    pub fn exit_code(&self) -> u8 {
        let any = |level| self.findings.iter().any(|finding| finding.level == level);
        if any(Severity::Breaking) || any(Severity::Security) || !self.outdated.is_empty() {
            return 1;
        }
        if any(Severity::Undecided) { 2 } else { 0 }
    }

    /// Returns the findings that have to be accepted by their ids.
    pub fn open(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.is_accepted_by_name())
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for finding in &self.findings {
            writeln!(f, "{finding}")?;
        }
        for line in &self.outdated {
            writeln!(f, "{line}")?;
        }
        let levels = [
            Severity::Breaking,
            Severity::Security,
            Severity::Undecided,
            Severity::Warning,
            Severity::Info,
        ];
        let count = |level| self.findings.iter().filter(|finding| finding.level == level).count();
        let counts = levels.map(|level| (level, count(level)));
        let told = counts.iter().filter(|(_, count)| *count > 0);
        let told: Vec<String> = told.map(|(level, count)| format!("{count} {level}")).collect();
        if told.is_empty() {
            return writeln!(f, "no change");
        }
        writeln!(f, "{}", told.join(", "))
    }
}
