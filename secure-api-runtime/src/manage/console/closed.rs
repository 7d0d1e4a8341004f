//! The closed operations with forms to open them, and who closed and opened what.

use serde::Serialize;

use super::{
    Forms, Look, Sheet,
    html::{Html, all, element, text},
    parts::{code, facts, heading, link, paragraph, table, time},
};
use crate::inventory::{ClosedOperation, ClosingAct, live::CONFIGURATION};

/// The page of the closed operations.
#[derive(Serialize)]
pub(super) struct Closed {
    closed: Vec<ClosedOperation>,
    /// The last acts, the newest first.
    acts: Vec<ClosingAct>,
    /// `true` if what is closed by hand stays closed when the process ends.
    is_kept: bool,
    /// `true` if it is closed on all machines that share a ledger.
    is_shared: bool,
}

impl Sheet for Closed {
    const TITLE: &'static str = "Closed operations";
    const PATH: &'static str = "/console/closed";
    const JSON: &'static str = "/console/closed.json";

    fn of(look: &Look) -> Self {
        let acts = look.live.acts.iter().rev().cloned().collect();
        let Look { is_kept, is_shared, .. } = *look;
        Self { closed: look.live.closed.clone(), acts, is_kept, is_shared }
    }

    fn html(&self, forms: &Forms<'_>) -> Html {
        let about = element(
            "p",
            &[],
            [
                text(
                    "A closed operation answers 410 in all its versions. One is closed on the page of the ",
                ),
                link("/console/operations", "operations"),
                text("."),
            ],
        );
        let holds = match (self.is_kept, self.is_shared) {
            (_, true) => {
                "What is closed here is closed on each machine that shares the ledger, within ten seconds, and stays closed when the app is started again."
            }
            (true, false) => {
                "What is closed here stays closed when the app is started again. Another machine is closed by its own console."
            }
            (false, false) => {
                "What is closed here is open again when the process ends, since the app states no inventory_file. Another machine is closed by its own console."
            }
        };
        let closed = self.closed.iter().map(|one| {
            let act = match one.by == CONFIGURATION {
                true => paragraph("The program closes it, so it is not opened here: remove its close(…) and start the app again."),
                false => forms.open(&one.operation),
            };
            let told = facts([("Reason", text(&one.reason)), ("By", text(&one.by)), ("Since", time(one.since))]);
            element("section", &[], [element("h3", &[], code(&one.operation)), told, act])
        });
        let closed = match self.closed.is_empty() {
            true => element("p", &[("class", "none")], text("None is closed.")),
            false => all(closed),
        };
        let row = |act: &ClosingAct| {
            vec![
                time(act.at),
                text(if act.opened { "opened" } else { "closed" }),
                code(&act.operation),
                text(&act.reason),
                text(&act.by),
            ]
        };
        let rows = self.acts.iter().map(row).collect();
        all([
            about,
            paragraph(holds),
            heading("closed", "Closed now"),
            closed,
            heading("acts", "Who closed and opened what"),
            table(
                "The last acts, the newest first",
                &["When", "What", "Operation", "Reason", "By"],
                rows,
                "Nothing was closed or opened by hand.",
            ),
        ])
    }
}
