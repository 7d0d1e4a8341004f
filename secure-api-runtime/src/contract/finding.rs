//! Findings: one change each, with its rule, its place and the sentence that a reviewer reads.

use std::{collections::HashSet, fmt};

use serde::{Deserialize, Serialize};

use super::rules;

/// The weight of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// A change that breaks no client.
    Info,
    /// A change that breaks some clients, or begins what would.
    Warning,
    /// A change of which nobody can say by reading if it breaks a client.
    Undecided,
    /// A change of who may do what, how often, and what they see.
    Security,
    /// A change that breaks clients.
    Breaking,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Undecided => "undecided",
            Self::Security => "security",
            Self::Breaking => "breaking",
        })
    }
}

/// One change between two contracts or two documents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The rule's name, as `request-property-became-required`.
    pub rule: &'static str,
    /// Its weight.
    pub level: Severity,
    /// The operation, as `POST /v1/orders`; `api` for the whole.
    pub operation: String,
    /// The place in it, as `body.items[].qty`; empty for the operation itself.
    pub place: String,
    /// The sentence for a reviewer.
    pub sentence: String,
    /// The value before, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// The value after, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

impl Finding {
    /// Returns the text that it is accepted by: rule, operation and place. It is the same each time.
    pub fn id(&self) -> String {
        let mut id = format!("{} {}", self.rule, self.operation);
        if !self.place.is_empty() {
            id.push(' ');
            id.push_str(&self.place);
        }
        id
    }

    /// Returns `true` if it holds a release up until somebody accepts it by its id.
    pub fn is_accepted_by_name(&self) -> bool {
        self.level >= Severity::Undecided
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:<9}  {}", self.level.to_string(), self.id())?;
        write!(f, "\n           {}", self.sentence)
    }
}

/// The findings of one comparison, in the making.
#[derive(Debug)]
pub(super) struct Findings {
    /// Set where both sides are contracts, whose documents say what is enforced.
    pub(super) enforced: bool,
    pub(super) found: Vec<Finding>,
    /// The rules and places of all that was found: of most there is one, and then nothing has to be compared.
    known: HashSet<(&'static str, String, String)>,
}

/// The values before and after a change.
pub(super) type Values = (Option<String>, Option<String>);

/// Makes the values of a change that has both.
pub(super) fn values(before: impl fmt::Display, after: impl fmt::Display) -> Values {
    (Some(before.to_string()), Some(after.to_string()))
}

impl Findings {
    pub(super) fn new(enforced: bool) -> Self {
        Self { enforced, found: Vec::new(), known: HashSet::new() }
    }

    /// Adds a finding of the rule with this name.
    pub(super) fn add(
        &mut self,
        rule: &str,
        (operation, place): (&str, &str),
        sentence: String,
        (before, after): Values,
    ) {
        let rule = rules::named(rule);
        let level = if self.enforced { rule.enforced } else { rule.level };
        let (operation, place) = (operation.to_owned(), place.to_owned());
        let one = Finding { rule: rule.id, level, operation, place, sentence, before, after };
        // A place that is reached on two ways, as by two members of a union, is told once.
        let key = (one.rule, one.operation.clone(), one.place.clone());
        if !self.known.contains(&key) || !self.found.contains(&one) {
            self.push(one);
        }
    }

    /// Adds a finding that was made elsewhere.
    pub(super) fn push(&mut self, one: Finding) {
        self.known.insert((one.rule, one.operation.clone(), one.place.clone()));
        self.found.push(one);
    }

    /// Returns them by weight, the heaviest first, and by their ids.
    pub(super) fn sorted(mut self) -> Vec<Finding> {
        self.found.sort_by_key(|one| (std::cmp::Reverse(one.level), one.id()));
        self.found
    }
}
