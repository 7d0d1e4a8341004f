//! Zombies, orphans and shadows: what is called and should not be, what is not called, and what is called and not there.

use serde::Serialize;

use super::{
    Forms, Look, Sheet,
    html::{Html, all, text},
    parts::{code, heading, list, maybe_time, number, paragraph, table, time, versioned},
};
use crate::inventory::{LiveClient, LiveOperation, UndeclaredPath};

/// The days without a call after which an operation is an orphan.
pub(super) const DAYS: u32 = 30;

/// The page of what is not as it was declared.
#[derive(Serialize)]
pub(super) struct Unexpected {
    /// Operations that are deprecated, and called.
    pub(super) zombies: Vec<LiveOperation>,
    /// Operations that are documented, and not called for so many days.
    pub(super) orphans: Vec<LiveOperation>,
    orphans_after_days: u32,
    /// `false` while it was not watched for so long that orphans are known.
    orphans_are_known: bool,
    /// Paths that are not there, and that several call.
    pub(super) shadows: Vec<UndeclaredPath>,
    /// Paths that are not there, and that one calls, or those who look for anything.
    strays: Vec<UndeclaredPath>,
}

impl Sheet for Unexpected {
    const TITLE: &'static str = "Zombies, orphans, shadows";
    const PATH: &'static str = "/console/unexpected";
    const JSON: &'static str = "/console/unexpected.json";

    fn of(look: &Look) -> Self {
        let Look { live, now, .. } = look;
        let shadows: Vec<_> = live.shadows().cloned().collect();
        let strays = live.unmatched.iter().filter(|path| !shadows.contains(path)).cloned();
        Self {
            zombies: live.zombies().cloned().collect(),
            orphans: live.orphans(*now, DAYS).cloned().collect(),
            orphans_after_days: DAYS,
            orphans_are_known: now.saturating_sub(live.since) >= i64::from(DAYS) * 86_400,
            strays: strays.collect(),
            shadows,
        }
    }

    fn html(&self, _: &Forms<'_>) -> Html {
        let zombie = |one: &LiveOperation| {
            let clients = one.clients.iter().map(|LiveClient { client, calls, .. }| {
                all([code(client), text(": "), number(*calls)])
            });
            vec![
                versioned(&one.version, &one.operation),
                maybe_time(one.deprecated),
                maybe_time(one.sunset),
                number(one.calls),
                list(clients),
            ]
        };
        let orphan = |one: &LiveOperation| {
            vec![versioned(&one.version, &one.operation), number(one.calls), maybe_time(one.last)]
        };
        let none = match self.orphans_are_known {
            true => "There are none.",
            false => "It is not known yet: the app was not watched for so long.",
        };
        let heads = ["Path", "Requests", "First", "Last"];
        all([
            heading("zombies", "Zombies"),
            paragraph("Deprecated or past the sunset, and called all the same."),
            table(
                "Zombies",
                &["Operation", "Deprecated", "Sunset", "Calls", "By"],
                rows(&self.zombies, zombie),
                "There are none.",
            ),
            heading("orphans", "Orphans"),
            paragraph(&format!("Documented, and not called for {DAYS} days.")),
            table(
                "Orphans",
                &["Operation", "Calls", "Last call"],
                rows(&self.orphans, orphan),
                none,
            ),
            heading("shadows", "Shadows"),
            paragraph(
                "Not there, and several clients ask for it: something else may have promised it.",
            ),
            table("Shadows", &heads, rows(&self.shadows, path), "There are none."),
            heading("strays", "Asked for besides"),
            paragraph("Not there, and one client asks for it, or those who try every server."),
            table("Asked for besides", &heads, rows(&self.strays, path), "Nothing was."),
        ])
    }
}

fn rows<T>(all: &[T], row: impl Fn(&T) -> Vec<Html>) -> Vec<Vec<Html>> {
    all.iter().map(row).collect()
}

fn path(one: &UndeclaredPath) -> Vec<Html> {
    vec![
        code(&format!("{} {}", one.method, one.path)),
        number(one.calls),
        time(one.first),
        time(one.last),
    ]
}
