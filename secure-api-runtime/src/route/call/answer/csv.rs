//! Rows as an answer: each through the view of the caller, as a line of CSV (RFC 4180) in which no cell is a formula.

mod cell;

use std::{convert::Infallible, fmt};

use http::{HeaderValue, header};

use self::cell::{cell, members, of_text};
use super::{
    Answer, Answered, Arms, Outcome, Shown, download::disposition, projection::fitting, text::whole,
};
use crate::{
    error::{Problem, problem},
    route::{
        call::Context,
        facts::{AnswerInfo, Content},
    },
    value::SafeFileName,
    verb::Verb,
    view::{Fields, ViewInfo},
};

/// 200 with rows (`text/csv`), at most `MOST` of them: each is a resource through the view that fits the caller, as an item of a
/// [`Page`](crate::object::Page); what may not leave to it is left out.
///
/// The first line names the columns: the fields of the views that the caller may get, in their order. Text stands in quotes. A text
/// that a program for tables would take for a formula has `'` before it; what is a number stays one. A list or an object inside of a
/// row is JSON in its cell, and what is not there is an empty one. `?fields=` chooses columns. More rows than `MOST` are a failure of
/// the server that the log explains: 500.
///
/// ```
/// # mod app {
/// use secure_api::{prelude::*, route::Csv};
/// # #[derive(Role)] pub enum Role { Member }
/// # #[derive(Version)] pub enum Version { V1 }
/// #[derive(Resource)]
/// #[view(BookRow, role = Role::Member, fields(title, price))]
/// pub struct Book { title: String, price: i64 }
///
/// /// Lists all books for a spreadsheet.
/// #[get("/books.csv", version = Version::V1.., role = Role::Member, view = BookRow,
///       allow(path, reason = "spreadsheets know it by that name"))]
/// pub async fn export_books() -> Csv<Book> {
///     // A line of the answer: "'=1+1",-5
///     Csv::new(vec![Book { title: "=1+1".to_owned(), price: -5 }])
/// }
/// # }
/// ```
pub struct Csv<T, const MOST: usize = 10_000> {
    rows: Vec<T>,
    name: Option<SafeFileName>,
}

impl<T, const MOST: usize> Csv<T, MOST> {
    /// Answers with these rows.
    pub fn new(rows: Vec<T>) -> Self {
        Self { rows, name: None }
    }

    /// Adds the name under which the caller is to keep them.
    #[must_use]
    pub fn named(mut self, name: SafeFileName) -> Self {
        self.name = Some(name);
        self
    }
}

impl<T, const MOST: usize> Outcome for Csv<T, MOST> {
    type Success = Self;
    type Error = Infallible;

    fn result(self) -> Result<Self, Infallible> {
        Ok(self)
    }
}

impl<T, const MOST: usize> Answer for Csv<T, MOST> {
    type Inner = T;
    const INFO: AnswerInfo =
        AnswerInfo::new("`Csv`", &[Verb::Get, Verb::Query], 200, Content::Rows(MOST));

    fn answer(self, context: &Context, arms: Arms<T>) -> Answered
    where
        T: Shown,
    {
        let Self { rows, name } = self;
        let internal = |why: String| Problem::new(&problem::INTERNAL).because(why);
        if rows.len() > MOST {
            let found = rows.len();
            return Err(internal(format!(
                "the answer has {found} rows, and its type has room for {MOST}"
            )));
        }
        let columns = columns(context);
        let mut text = String::new();
        line(&mut text, columns.iter().map(|name| of_text(name)));
        for row in rows.iter().filter_map(|row| row.read(context.identity.as_ref())) {
            let arm = fitting(context, arms, row)?;
            let mut output = context.output(256);
            let only = context.only.as_deref();
            Fields::object_of(&mut output, only, |fields| (arm.project)(row, fields));
            let json = String::from_utf8(output.into_bytes()?)
                .map_err(|_| internal("a row is no text".to_owned()))?;
            let members = members(&json)
                .ok_or_else(|| internal("a row is no object of plain names".to_owned()))?;
            if let Some((name, _)) = members.iter().find(|(name, _)| !columns.contains(name)) {
                return Err(internal(format!("a row has `{name}`, which is no column")));
            }
            let mut cells = Vec::with_capacity(columns.len());
            for column in &columns {
                let value = members.iter().find(|(name, _)| name == column);
                let value = value.map_or(Some(String::new()), |(_, json)| cell(json));
                cells.push(value.ok_or_else(|| internal("a cell is no JSON".to_owned()))?);
            }
            line(&mut text, cells.into_iter());
        }
        let media = HeaderValue::from_static("text/csv; charset=utf-8; header=present");
        let mut rendered = whole(context, media, text.into())?;
        let disposition = HeaderValue::from_str(&disposition(false, name.as_ref()))
            .map_err(|error| internal(error.to_string()))?;
        rendered.field(header::CONTENT_DISPOSITION, disposition);
        Ok(rendered)
    }
}

/// Returns the names of the columns: the fields of the views that the caller may get, or those of them that it asks for.
fn columns(context: &Context) -> Vec<&'static str> {
    let roles = context.identity.as_ref().map_or(0, |identity| identity.roles());
    let mut columns = Vec::new();
    for view in context.route.views_for(roles) {
        add(view, context.version_index, &mut columns);
    }
    if let Some(only) = &context.only {
        columns.retain(|name| only.contains(name));
    }
    columns
}

/// Adds the fields of a view, those of the view that it extends first.
fn add(view: &'static ViewInfo, version: usize, columns: &mut Vec<&'static str>) {
    if let Some(base) = view.extends {
        add(base, version, columns);
    }
    for name in view.names_in(version) {
        if !columns.contains(&name) {
            columns.push(name);
        }
    }
}

/// Writes a line, which ends as RFC 4180 has it.
fn line(text: &mut String, cells: impl Iterator<Item = String>) {
    for (place, cell) in cells.enumerate() {
        if place > 0 {
            text.push(',');
        }
        text.push_str(&cell);
    }
    text.push_str("\r\n");
}

impl<T, const MOST: usize> fmt::Debug for Csv<T, MOST> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What is in them is not for logs.
        write!(f, "Csv({} rows)", self.rows.len())
    }
}
