//! The access matrix: operations by callers.

use serde::Serialize;

use super::{
    Forms, Look, Sheet,
    html::{Html, all, element, text},
    parts::{code, paragraph},
};
use crate::inventory::cells;

/// The page of the access matrix.
#[derive(Serialize)]
pub(super) struct Matrix {
    /// The names of the columns: verb, path, and each caller.
    heads: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Sheet for Matrix {
    const TITLE: &'static str = "Access matrix";
    const PATH: &'static str = "/console/matrix";
    const JSON: &'static str = "/console/matrix.json";

    fn of(look: &Look) -> Self {
        let mut rows = cells(&look.model).into_iter();
        Self { heads: rows.next().unwrap_or_default(), rows: rows.collect() }
    }

    fn html(&self, _: &Forms<'_>) -> Html {
        let about = "The view that each caller is shown; “yes” where nothing is shown, “–” where it is refused.";
        // Verb and path are one cell, which stays in sight.
        let callers =
            self.heads.iter().skip(2).map(|head| element("th", &[("scope", "col")], text(head)));
        let first = element("th", &[("scope", "col")], text("operation"));
        let head = element("tr", &[], std::iter::once(first).chain(callers));
        let row = |row: &Vec<String>| {
            let operation = row.iter().take(2).map(String::as_str).collect::<Vec<_>>().join(" ");
            let operation = element("th", &[("scope", "row")], code(&operation));
            let cells = row
                .iter()
                .skip(2)
                .map(|cell| element("td", &[], text(if cell == "-" { "–" } else { cell })));
            element("tr", &[], std::iter::once(operation).chain(cells))
        };
        let table = element(
            "table",
            &[],
            [
                element("caption", &[], text("Operations by callers")),
                element("thead", &[], head),
                element("tbody", &[], self.rows.iter().map(row)),
            ],
        );
        let scroll = [
            ("class", "scroll"),
            ("role", "region"),
            ("aria-label", "Operations by callers"),
            ("tabindex", "0"),
        ];
        all([paragraph(about), element("div", &scroll, table)])
    }
}
