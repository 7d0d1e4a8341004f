//! The table of rules: the name of each, and its weight. Names are those of oasdiff where it has one.

mod facts;
mod plain;
mod schema;

use super::Severity;

/// One rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ContractRule {
    /// Its name.
    pub id: &'static str,
    /// Its weight where two documents are compared.
    pub level: Severity,
    /// Its weight where two contracts are compared: what their documents say is what is enforced, so a bound that appears
    /// in one is a bound that requests meet, and no late note of an old one.
    pub enforced: Severity,
}

const fn rule(id: &'static str, level: Severity) -> ContractRule {
    ContractRule { id, level, enforced: level }
}

const fn enforced(id: &'static str, level: Severity, enforced: Severity) -> ContractRule {
    ContractRule { id, level, enforced }
}

/// Returns all rules, each once.
pub fn all() -> impl Iterator<Item = &'static ContractRule> {
    let lists = [plain::PLAIN, facts::FACTS].into_iter();
    let of_schemas = schema::REQUEST.iter().chain(schema::RESPONSE).copied();
    lists.chain(of_schemas).flatten()
}

/// The rule of a finding whose own is in no list. There is none: each rule that a comparison names has a case in the tests.
static NAMELESS: ContractRule = rule("not-compared", Severity::Undecided);

/// Returns the rule with this name.
pub(super) fn named(id: &str) -> &'static ContractRule {
    let found = all().find(|rule| rule.id == id);
    debug_assert!(found.is_some(), "no rule is called {id}");
    found.unwrap_or(&NAMELESS)
}
