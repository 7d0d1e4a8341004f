//! The score of a document: 30 points for credentials, 70 for the form of requests and answers, as scanners divide them. How it is
//! computed is ours.

use std::collections::BTreeMap;

use serde::Serialize;

use super::rule::{Part, RULES, Severity};

/// The score of a document, from 0 to 100.
#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct LintScore {
    /// Both together.
    pub(crate) total: u32,
    /// The points of credentials, of 30.
    pub(crate) security: u32,
    /// The points of requests and answers, of 70.
    pub(crate) data: u32,
}

impl LintScore {
    /// Computes it of the places that each rule was asked of, and of those where it was broken.
    ///
    /// Each rule that is broken takes a share of what its part has left: its weight, times the share of places in which it is broken.
    /// The weight is 0.6 for a severe one, 0.2 for a medium one, 0.05 for a low one. What is left is rounded down, so that only a
    /// document without a finding has all.
    pub(crate) fn of(asked: &BTreeMap<&'static str, (u32, u32)>) -> Self {
        let left = |part: Part, points: f64| {
            let rules = RULES.iter().filter(|rule| rule.part == part);
            let share = rules.fold(1.0, |left, rule| {
                let (places, broken) = asked.get(rule.id).copied().unwrap_or((1, 0));
                let share = f64::from(broken) / f64::from(places.max(1));
                left * (1.0 - weight(rule.severity) * share)
            });
            #[allow(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "it is from 0 to 70"
            )]
            let points = (points * share).floor() as u32;
            points
        };
        let (security, data) = (left(Part::Security, 30.0), left(Part::Data, 70.0));
        Self { total: security + data, security, data }
    }
}

const fn weight(severity: Severity) -> f64 {
    match severity {
        Severity::High => 0.6,
        Severity::Medium => 0.2,
        Severity::Low => 0.05,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the points of a document in which one rule of a severity and a part is broken in so many of its places.
    fn left(severity: Severity, part: Part, asked: (u32, u32)) -> (u32, u32, u32) {
        let is_it =
            |rule: &&&super::super::rule::LintRule| rule.severity == severity && rule.part == part;
        let rule = RULES.iter().find(is_it).expect("a rule");
        let LintScore { total, security, data } = LintScore::of(&[(rule.id, asked)].into());
        (total, security, data)
    }

    #[test]
    fn what_is_worse_costs_more_and_of_its_part_alone() {
        let all = |severity, part| left(severity, part, (4, 4));
        assert_eq!(all(Severity::High, Part::Security), (82, 12, 70));
        assert_eq!(all(Severity::Medium, Part::Security), (94, 24, 70));
        assert_eq!(all(Severity::Low, Part::Security), (98, 28, 70));
        assert_eq!(all(Severity::Medium, Part::Data), (86, 30, 56));
        assert_eq!(all(Severity::Low, Part::Data), (96, 30, 66));
    }

    #[test]
    fn a_rule_costs_by_its_share_of_places_and_never_nothing() {
        let of = |asked| left(Severity::High, Part::Security, asked);
        assert_eq!([of((4, 1)), of((4, 2)), of((4, 3))].map(|(_, points, _)| points), [25, 21, 16]);
        assert_eq!(left(Severity::Low, Part::Data, (100_000, 1)), (99, 30, 69));
        assert_eq!(of((4, 0)), (100, 30, 70));
    }
}
