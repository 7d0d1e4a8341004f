//! The first page: what asks for somebody's attention.

use serde::Serialize;

use super::{
    Forms, Look, Sheet,
    ends::Ends,
    html::{Html, all, element, text},
    limits::LimitsReached,
    parts::{facts, heading, link, mark, number},
    unexpected::Unexpected,
};
use crate::error::problem;

/// The first page.
#[derive(Serialize)]
pub(super) struct Start {
    api: String,
    operations: usize,
    versions: usize,
    exceptions: usize,
    calls: u64,
    refused: u64,
    /// The things that ask for attention, the most urgent first.
    attention: Vec<Attention>,
}

/// One thing that asks for attention.
#[derive(Serialize)]
struct Attention {
    urgency: Urgency,
    says: String,
    /// The page that tells more.
    page: &'static str,
}

#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Urgency {
    Now,
    Soon,
}

impl Sheet for Start {
    const TITLE: &'static str = "What needs attention";
    const PATH: &'static str = "/console";
    const JSON: &'static str = "/console/start.json";

    fn of(look: &Look) -> Self {
        let operations = || look.live.operations.iter();
        Self {
            api: look.model.name.clone(),
            operations: look.model.operations.len(),
            versions: look.model.versions.len(),
            exceptions: look.model.hatches().len(),
            calls: operations().map(|operation| operation.calls).sum(),
            refused: operations().flat_map(|operation| operation.refused.values()).sum(),
            attention: attention(look),
        }
    }

    fn html(&self, _: &Forms<'_>) -> Html {
        let attention = match self.attention.is_empty() {
            true => element("p", &[], [mark("good", "quiet"), text(" Nothing needs attention.")]),
            false => {
                let entries = self.attention.iter().map(|Attention { urgency, says, page }| {
                    let mark = match urgency {
                        Urgency::Now => mark("bad", "now"),
                        Urgency::Soon => mark("warn", "soon"),
                    };
                    let says = element("p", &[], [text(says), text(" "), link(page, "Look at it")]);
                    element("li", &[], [element("p", &[], mark), says])
                });
                element("ul", &[("class", "attention")], entries)
            }
        };
        let count = |count: usize| number(count as u64);
        all([
            attention,
            heading("numbers", "In numbers"),
            facts([
                ("Operations", count(self.operations)),
                ("Versions", count(self.versions)),
                ("Exceptions", count(self.exceptions)),
                ("Calls", number(self.calls)),
                ("Of them refused", number(self.refused)),
            ]),
        ])
    }
}

fn attention(look: &Look) -> Vec<Attention> {
    let mut all = Vec::new();
    let mut add = |count: usize, urgency, says: &dyn Fn(&str) -> String, page| {
        let number = if count == 1 { "One".to_owned() } else { count.to_string() };
        all.extend((count > 0).then(|| Attention { urgency, says: says(&number), page }));
    };
    for why in &look.unready {
        add(1, Urgency::Now, &|_| format!("The app is not ready: {why}."), Start::PATH);
    }
    let failed = |problem: &crate::error::ProblemType| -> u64 {
        let operations = look.live.operations.iter();
        operations.filter_map(|operation| operation.refused.get(problem.uri())).sum()
    };
    let failures = failed(&problem::INTERNAL) + failed(&problem::UNAVAILABLE);
    let failures = usize::try_from(failures).unwrap_or(usize::MAX);
    add(
        failures,
        Urgency::Now,
        &|count| format!("{count} calls failed on the server's side."),
        "/console/traffic",
    );
    let steps = look.scores.iter().flatten().filter(|score| score.step > 0).count();
    add(
        steps,
        Urgency::Now,
        &|count| format!("{count} of the callers behave strangely, and have less of their limits."),
        "/console/scores",
    );
    let Unexpected { zombies, shadows, orphans, .. } = Unexpected::of(look);
    add(
        zombies.len(),
        Urgency::Now,
        &|count| format!("{count} deprecated and still called."),
        Unexpected::PATH,
    );
    add(
        shadows.len(),
        Urgency::Now,
        &|count| format!("{count} of the paths that nothing answers have several clients."),
        Unexpected::PATH,
    );
    let ending = Ends::of(look).soon();
    add(
        ending,
        Urgency::Soon,
        &|count| format!("{count} ending within ninety days, and called within the last thirty."),
        Ends::PATH,
    );
    let limited = LimitsReached::of(look).reached();
    add(
        limited,
        Urgency::Soon,
        &|count| format!("{count} of the operations refused calls by a limit."),
        LimitsReached::PATH,
    );
    let closed = look.live.closed.len();
    add(
        closed,
        Urgency::Soon,
        &|count| format!("{count} closed before the sunset."),
        "/console/closed",
    );
    add(
        orphans.len(),
        Urgency::Soon,
        &|count| format!("{count} not called for thirty days."),
        Unexpected::PATH,
    );
    all
}
