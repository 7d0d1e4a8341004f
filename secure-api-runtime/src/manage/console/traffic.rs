//! The live traffic: calls, refusals by their stage, the last call, and the clients by their hashes.

use std::cmp::Reverse;

use serde::Serialize;

use super::{
    Forms, Look, Sheet,
    html::{Html, all, element, text},
    parts::{code, facts, link, maybe_time, number, paragraph, refusals, table, time, versioned},
};
use crate::inventory::{LiveClient, LiveOperation};

/// The page of the traffic.
#[derive(Serialize)]
pub(super) struct Traffic {
    /// The operations that were called, or asked for by strangers, those with the most calls first.
    called: Vec<LiveOperation>,
    /// The number of those that were not, each version for itself.
    not_called: usize,
}

impl Sheet for Traffic {
    const TITLE: &'static str = "Traffic";
    const PATH: &'static str = "/console/traffic";
    const JSON: &'static str = "/console/traffic.json";

    fn of(look: &Look) -> Self {
        let all = &look.live.operations;
        let is_told = |one: &&LiveOperation| one.calls > 0 || one.strangers > 0;
        let mut called: Vec<_> = all.iter().filter(is_told).cloned().collect();
        let not_called = all.iter().filter(|one| one.calls == 0).count();
        called.sort_by_key(|one| Reverse(one.calls));
        Self { called, not_called }
    }

    fn html(&self, _: &Forms<'_>) -> Html {
        let about =
            "Of a caller the hash is told, which is the same everywhere and leads back to nobody.";
        let rest = element(
            "p",
            &[],
            [
                text("Not called so far: "),
                number(self.not_called as u64),
                text(", each version for itself. "),
                link("/console/unexpected", "Orphans"),
            ],
        );
        all([paragraph(about), all(self.called.iter().map(called)), rest])
    }
}

fn called(one: &LiveOperation) -> Html {
    let LiveOperation { operation, version, calls, refused, first, last, clients, others, .. } =
        one;
    let summary = element(
        "summary",
        &[],
        [
            versioned(version, operation),
            text(": "),
            number(*calls),
            text(if *calls == 1 { " call, " } else { " calls, " }),
            number(one.refused_calls()),
            text(" refused, last "),
            maybe_time(*last),
        ],
    );
    let row = |LiveClient { client, calls, first, last }: &LiveClient| {
        vec![code(client), number(*calls), time(*first), time(*last)]
    };
    let caption = format!("Clients of {operation} in {version}");
    let rows = clients.iter().map(row).collect();
    let clients =
        table(&caption, &["Client", "Calls", "First", "Last"], rows, "No client is known.");
    let about = facts([
        ("First call", maybe_time(*first)),
        ("Refused", refusals(refused)),
        ("Calls of others", number(*others)),
        ("Refused besides, as strangers", number(one.strangers)),
    ]);
    element("details", &[], [summary, element("div", &[], [about, clients])])
}
