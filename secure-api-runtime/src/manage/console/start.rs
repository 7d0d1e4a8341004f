//! The first page: what asks for somebody's attention.

use serde::Serialize;

use super::{
    Forms, Look, Sheet,
    closed::Closed,
    ends::Ends,
    html::{Html, all, element, text},
    limits::LimitsReached,
    parts::{facts, heading, link, mark, number},
    scores::Scores,
    traffic::Traffic,
    unexpected::Unexpected,
};
use crate::inventory::LiveOperation;

/// The seconds for which what happened is news.
const DAY: i64 = 86_400;

/// The first page.
#[derive(Serialize)]
pub(super) struct Start {
    api: String,
    operations: usize,
    versions: usize,
    exceptions: usize,
    calls: u64,
    refused: u64,
    /// The requests that were refused before their caller was known.
    strangers: u64,
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
            calls: operations().map(|one| one.calls).fold(0, u64::saturating_add),
            refused: operations().map(LiveOperation::refused_calls).fold(0, u64::saturating_add),
            strangers: operations().map(|one| one.strangers).fold(0, u64::saturating_add),
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
                ("Refused besides, as strangers", number(self.strangers)),
            ]),
        ])
    }
}

fn attention(look: &Look) -> Vec<Attention> {
    let mut all = Vec::new();
    if let Some(why) = &look.unkept {
        let says = format!(
            "The live inventory cannot be kept, and with it what is closed by hand: {why}."
        );
        all.push(Attention { urgency: Urgency::Now, says, page: Closed::PATH });
    }
    for why in &look.unready {
        let says = format!("The app is not ready: {why}.");
        all.push(Attention { urgency: Urgency::Now, says, page: Start::PATH });
    }
    // What was kept from long ago is no news.
    let is_lately = |at: Option<i64>| at.is_some_and(|at| look.now.saturating_sub(at) <= DAY);
    let failures = look.live.operations.iter().filter(|one| is_lately(one.failed)).count();
    let strange = look.scores.iter().flatten().filter(|score| score.step > 0).count();
    let Unexpected { zombies, shadows, orphans, .. } = Unexpected::of(look);
    // A deprecation may have been taken back since, or put off.
    let is_old = |one: &LiveOperation| {
        one.deprecated.into_iter().chain(one.sunset).any(|from| look.now >= from)
    };
    let zombies = zombies.iter().filter(|one| is_old(one) && is_lately(one.last)).count();
    let shadows = shadows.iter().filter(|one| is_lately(Some(one.last))).count();
    let (now, soon) = (Urgency::Now, Urgency::Soon);
    let ends = Ends::of(look);
    for (count, urgency, one, many, page) in [
        (
            ends.out(),
            now,
            "One operation is out, as it was announced: it answers 503 for a while.",
            "{} operations are out, as it was announced: they answer 503 for a while.",
            Ends::PATH,
        ),
        (
            failures,
            now,
            "One operation failed on the server's side within the last day.",
            "{} operations failed on the server's side within the last day.",
            Traffic::PATH,
        ),
        (
            strange,
            now,
            "One caller behaves strangely, and has less of its limits.",
            "{} callers behave strangely, and have less of their limits.",
            Scores::PATH,
        ),
        (
            zombies,
            now,
            "One operation is deprecated and was called within the last day.",
            "{} operations are deprecated and were called within the last day.",
            Unexpected::PATH,
        ),
        (
            shadows,
            now,
            "Several clients ask for a path that nothing answers, the last within a day.",
            "Several clients ask for {} paths that nothing answers, the last within a day.",
            Unexpected::PATH,
        ),
        (
            ends.soon(),
            soon,
            "One operation ends within ninety days, and was called lately.",
            "{} operations end within ninety days, and were called lately.",
            Ends::PATH,
        ),
        (
            LimitsReached::of(look).reached(),
            soon,
            "One operation refused calls by a limit.",
            "{} operations refused calls by a limit.",
            LimitsReached::PATH,
        ),
        (
            look.live.closed.len(),
            soon,
            "One operation is closed before its sunset.",
            "{} operations are closed before their sunset.",
            Closed::PATH,
        ),
        (
            orphans.len(),
            soon,
            "One operation was not called for thirty days.",
            "{} operations were not called for thirty days.",
            Unexpected::PATH,
        ),
    ] {
        let says = match count {
            0 => continue,
            1 => one.to_owned(),
            _ => many.replace("{}", &count.to_string()),
        };
        all.push(Attention { urgency, says, page });
    }
    all
}
