//! The access matrix: operations by callers.

use serde::Serialize;

use super::{
    Forms, Look, Sheet,
    html::{Html, all, text},
    parts::{code, paragraph, wide_table},
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
        let about = "The view that each caller is shown; “yes” where nothing is shown, “–” where it is refused; “by rule” where the \
                     object's own rule is code, which decides about each object.";
        // Verb and path are one cell, which stays in sight.
        let callers = self.heads.iter().skip(2).map(String::as_str);
        let heads: Vec<&str> = std::iter::once("operation").chain(callers).collect();
        let row = |row: &Vec<String>| -> Vec<Html> {
            let (operation, cells) = row.split_at(row.len().min(2));
            let cells = cells.iter().map(|cell| text(if cell == "-" { "–" } else { cell }));
            std::iter::once(code(&operation.join(" "))).chain(cells).collect()
        };
        let rows = self.rows.iter().map(row).collect();
        all([paragraph(about), wide_table("Operations by callers", &heads, rows)])
    }
}
