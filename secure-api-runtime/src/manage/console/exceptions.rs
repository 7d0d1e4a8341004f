//! The exceptions from rules, each with its reason.

use serde::Serialize;

use super::{
    Forms, Look, Sheet,
    html::{Html, all, text},
    parts::{code, paragraph, table},
};
use crate::inventory::Hatch;

/// The page of the exceptions.
#[derive(Serialize)]
pub(super) struct Exceptions {
    exceptions: Vec<Hatch>,
}

impl Sheet for Exceptions {
    const TITLE: &'static str = "Exceptions";
    const PATH: &'static str = "/console/exceptions";
    const JSON: &'static str = "/console/exceptions.json";

    fn of(look: &Look) -> Self {
        Self { exceptions: look.model.hatches() }
    }

    fn html(&self, _: &Forms<'_>) -> Html {
        let row = |Hatch { place, rule, reason }: &Hatch| {
            vec![text(place.as_deref().unwrap_or("the whole API")), code(rule), text(reason)]
        };
        let rows = self.exceptions.iter().map(row).collect();
        let about =
            "Each place that a rule does not hold for, with the reason that the program states.";
        all([
            paragraph(about),
            table("Exceptions from rules", &["Where", "Rule", "Reason"], rows, "There are none."),
        ])
    }
}
