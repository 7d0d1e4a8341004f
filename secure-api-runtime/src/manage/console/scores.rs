//! The scores of callers: who behaves strangely, by what, and how much of its limits it has.

use serde::Serialize;

use super::{
    Forms, Look, Sheet,
    html::{Html, all, text},
    look::{Points, Score},
    parts::{code, list, mark, paragraph, table},
};

/// The page of the scores.
#[derive(Serialize)]
pub(super) struct Scores {
    /// The policy, as `scored`; `off` where nobody is weighed.
    policy: String,
    callers: Option<Vec<Score>>,
}

impl Sheet for Scores {
    const TITLE: &'static str = "Scores";
    const PATH: &'static str = "/console/scores";
    const JSON: &'static str = "/console/scores.json";

    fn of(look: &Look) -> Self {
        let settings = look.model.settings.as_ref();
        let policy = settings.and_then(|settings| settings.behavior.clone());
        Self { policy: policy.unwrap_or_default(), callers: look.scores.clone() }
    }

    fn html(&self, _: &Forms<'_>) -> Html {
        let Some(callers) = &self.callers else {
            return paragraph(
                "Nobody is weighed: behavior is off, or limits are multiplied for a load test.",
            );
        };
        let row = |one: &Score| {
            let share = format!("{:.0} %", one.share * 100.0);
            let terms = one.terms.iter().map(|Points { signal, count, points }| {
                text(&format!("{points:.1} by {signal}, counted {count:.1}"))
            });
            vec![
                all([code(&one.client), text(if one.is_known { "" } else { " in this process" })]),
                text(&format!("{:.1}", one.score)),
                match one.step {
                    0 => text("all"),
                    _ => mark("bad", &share),
                },
                list(terms),
            ]
        };
        let heads = ["Caller", "Score", "Of its limits", "By"];
        let rows = callers.iter().map(row).collect();
        let about = format!(
            "The policy is “{}”. A caller that gave no signal is not remembered; a score halves by itself.",
            self.policy
        );
        all([
            paragraph(&about),
            table("Callers by their score", &heads, rows, "Nobody has a score."),
        ])
    }
}
