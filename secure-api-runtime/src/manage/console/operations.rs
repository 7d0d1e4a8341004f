//! The operations, each with all that was decided about it, and a form to close it.

use serde::Serialize;

use super::{
    Forms, Look, Sheet,
    ends::beginning,
    html::{Html, all, element, text},
    parts::{
        code, facts, link, list, mark, maybe_day, maybe_time, number, outages, paragraph, table,
    },
};
use crate::{
    inventory::{ApiModel, ClosedOperation, Facts, LiveOperation, Operation},
    version::{Brownout, Day},
};

/// The page of the operations.
#[derive(Serialize)]
pub(super) struct Operations {
    operations: Vec<Told>,
}

/// One operation.
#[derive(Serialize)]
struct Told {
    #[serde(flatten)]
    facts: Facts,
    summary: String,
    /// The versions that have it, each with its end.
    versions: Vec<InVersion>,
    closed: Option<ClosedOperation>,
}

/// One operation in one version.
#[derive(Serialize)]
struct InVersion {
    version: String,
    #[serde(serialize_with = "beginning")]
    deprecated: Option<Day>,
    #[serde(serialize_with = "beginning")]
    sunset: Option<Day>,
    instead: Option<String>,
    /// The short outages that are announced.
    brownouts: Vec<Brownout>,
    calls: u64,
    #[serde(with = "crate::clock::rfc3339::maybe")]
    last: Option<i64>,
}

impl Sheet for Operations {
    const TITLE: &'static str = "Operations";
    const PATH: &'static str = "/console/operations";
    const JSON: &'static str = "/console/operations.json";

    fn of(look: &Look) -> Self {
        let model = &*look.model;
        let told = |operation: &Operation| Told {
            facts: Facts::of(model, operation),
            summary: operation.summary.clone(),
            versions: versions(model, operation, &look.live.operations),
            closed: look
                .live
                .closed
                .iter()
                .find(|closed| closed.operation == operation.name)
                .cloned(),
        };
        Self { operations: model.operations.iter().map(told).collect() }
    }

    fn html(&self, forms: &Forms<'_>) -> Html {
        let about = "Each operation with what was decided about it. A closed one answers 410 in all its versions.";
        all([paragraph(about), all(self.operations.iter().map(|told| told.html(forms)))])
    }
}

fn versions(model: &ApiModel, operation: &Operation, live: &[LiveOperation]) -> Vec<InVersion> {
    let own = model.served_versions().filter(|version| operation.is_in(&version.segment));
    let told = own.map(|version| {
        let is_it = |one: &&LiveOperation| {
            one.operation == operation.name && one.version == version.segment
        };
        let seen = live.iter().find(is_it);
        InVersion {
            version: version.segment.clone(),
            deprecated: operation.deprecated_in(version),
            sunset: operation.sunset_in(version),
            instead: operation.instead_in(version),
            brownouts: operation.brownouts_in(version),
            calls: seen.map_or(0, |seen| seen.calls),
            last: seen.and_then(|seen| seen.last),
        }
    });
    told.collect()
}

impl Told {
    fn html(&self, forms: &Forms<'_>) -> Html {
        let Facts { verb, path, who, limits, view, handler, notes } = &self.facts;
        let closed = self.closed.as_ref().map(|_| all([text(" "), mark("bad", "closed")]));
        let ending = self.versions.iter().filter(|one| one.deprecated.is_some());
        let ends = ending
            .map(|one| all([text(" "), mark("warn", &format!("{} deprecated", one.version))]));
        let summary = element(
            "summary",
            &[],
            [
                element("span", &[("class", "verb")], text(verb)),
                text(" "),
                code(path),
                all(closed),
                all(ends),
            ],
        );
        let notes = match notes.is_empty() {
            true => text("nothing"),
            false => list(notes.iter().map(|note| text(note))),
        };
        let about = facts([
            ("Handler", code(handler)),
            ("About", text(&self.summary)),
            ("Who", text(who)),
            ("Limits", text(limits)),
            ("View", text(view)),
            ("Besides", notes),
        ]);
        let act = match &self.closed {
            None => forms.close(handler),
            Some(closed) => element(
                "p",
                &[],
                [
                    text(&format!("It is closed, by {}: {} ", closed.by, closed.reason)),
                    link("/console/closed", "Closed operations"),
                ],
            ),
        };
        element(
            "details",
            &[("id", handler)],
            [summary, element("div", &[], [about, self.table(), act])],
        )
    }

    fn table(&self) -> Html {
        let row = |one: &InVersion| {
            vec![
                code(&one.version),
                number(one.calls),
                maybe_time(one.last),
                maybe_day(one.deprecated),
                maybe_day(one.sunset),
                text(one.instead.as_deref().unwrap_or("–")),
                outages(&one.brownouts),
            ]
        };
        let caption = format!("{} by version", self.facts.handler);
        let heads = ["Version", "Calls", "Last call", "Deprecated", "Sunset", "Instead", "Out"];
        table(&caption, &heads, self.versions.iter().map(row).collect(), "No version has it.")
    }
}
