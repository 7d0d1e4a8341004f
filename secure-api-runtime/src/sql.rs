//! Statements of SQL that are put together: of text that stands in the program, and of values that are bound.

use std::fmt;

use sqlx_core::{
    arguments::{Arguments, IntoArguments},
    database::Database,
    encode::Encode,
    error::BoxDynError,
    from_row::FromRow,
    query::{Query, query_with_result},
    query_as::{QueryAs, query_as_with_result},
    query_scalar::{QueryScalar, query_scalar_with_result},
    sql_str::{SqlSafeStr, SqlStr},
    types::Type,
};

/// The values that a statement is run with.
type BoundValues<DB> = <DB as Database>::Arguments;

/// A statement of SQL that depends on the request: by a filter that is there or not, by the order of a list.
///
/// Its text is of `&'static str` alone, so of what stands in the program; whatever was read is [bound](Self::bind), and the
/// database never takes it for SQL. A column that the caller chooses is a variant of an enum, and its text the arm of a `match`.
///
/// Nothing is put between two texts, so each brings the spaces that it needs. A value that cannot be encoded is
/// `sqlx::Error::Encode` when the statement is run, and nothing is sent.
#[must_use = "it is run by what `build`, `build_query_as` or `build_query_scalar` make of it"]
pub struct Statement<DB: Database> {
    sql: String,
    /// The values, or the first error of encoding one.
    arguments: Result<BoundValues<DB>, BoxDynError>,
    /// `true` if `ORDER BY` is there already.
    is_ordered: bool,
}

/// The direction in which rows are sorted by a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// The smallest first: `ASC`.
    Ascending,
    /// The largest first: `DESC`.
    Descending,
}

impl<DB: Database> Statement<DB> {
    /// The largest number of values in a list. Each length of a list is a statement of its own, which the database prepares.
    pub const MOST: usize = 1000;

    /// Creates a statement that begins with this text.
    pub fn new(sql: &'static str) -> Self {
        Self { sql: sql.to_owned(), arguments: Ok(BoundValues::<DB>::default()), is_ordered: false }
    }

    /// Adds text: a part of the statement, or the name of a column.
    pub fn push(&mut self, sql: &'static str) -> &mut Self {
        self.sql.push_str(sql);
        self
    }

    /// Adds a value: its placeholder in the text, `?` or `$1`, and the value beside it.
    pub fn bind<'t>(&mut self, value: impl Encode<'t, DB> + Type<DB>) -> &mut Self {
        if let Ok(arguments) = &mut self.arguments {
            // Writing to a `String` cannot fail, so that is an error of the driver's, and kept like one of encoding.
            let added = arguments.add(value);
            let added = added.and_then(|()| Ok(arguments.format_placeholder(&mut self.sql)?));
            if let Err(error) = added {
                self.arguments = Err(error);
            }
        }
        self
    }

    /// Adds a list of values in parentheses, as `IN` takes one: `.push(" AND sku IN ").bind_list(skus)`.
    ///
    /// An empty list is `(NULL)`, since not each database has one without values: nothing is `IN` it, and nothing is `NOT IN` it
    /// either. With more than [`MOST`](Self::MOST) values the statement is an error when it is run.
    pub fn bind_list<'t, T: Encode<'t, DB> + Type<DB>>(
        &mut self,
        values: impl IntoIterator<Item = T>,
    ) -> &mut Self {
        let mut values = values.into_iter();
        let Some(first) = values.next() else { return self.push("(NULL)") };
        self.push("(").bind(first);
        for value in values.by_ref().take(Self::MOST - 1) {
            self.push(", ").bind(value);
        }
        if values.next().is_some() {
            self.arguments = Err(format!("a list has more than {} values", Self::MOST).into());
        }
        self.push(")")
    }

    /// Adds a column to sort by. The first begins `ORDER BY`; the next one sorts what is equal before it.
    ///
    /// `column` is a name, or an expression as `ORDER BY` takes one.
    pub fn order_by(&mut self, column: &'static str, direction: Direction) -> &mut Self {
        self.push(if self.is_ordered { ", " } else { " ORDER BY " });
        self.is_ordered = true;
        self.push(column).push(match direction {
            Direction::Ascending => " ASC",
            Direction::Descending => " DESC",
        })
    }

    /// Converts this statement into a query of sqlx.
    pub fn build(self) -> Query<'static, DB, BoundValues<DB>>
    where
        BoundValues<DB>: IntoArguments<DB>,
    {
        query_with_result(proven(self.sql), self.arguments)
    }

    /// Converts this statement into a query whose rows are a type of the app's.
    pub fn build_query_as<T>(self) -> QueryAs<'static, DB, T, BoundValues<DB>>
    where
        T: for<'r> FromRow<'r, DB::Row>,
        BoundValues<DB>: IntoArguments<DB>,
    {
        query_as_with_result(proven(self.sql), self.arguments)
    }

    /// Converts this statement into a query of the first column alone.
    pub fn build_query_scalar<T>(self) -> QueryScalar<'static, DB, T, BoundValues<DB>>
    where
        (T,): for<'r> FromRow<'r, DB::Row>,
        BoundValues<DB>: IntoArguments<DB>,
    {
        query_scalar_with_result(proven(self.sql), self.arguments)
    }
}

/// Converts the text of a statement into what sqlx runs.
#[expect(
    clippy::disallowed_methods,
    reason = "each piece of it is `&'static str` or a placeholder"
)]
fn proven(sql: String) -> SqlStr {
    sqlx_core::sql_str::AssertSqlSafe(sql).into_sql_str()
}

/// Its text, which has no value in it.
impl<DB: Database> fmt::Debug for Statement<DB> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Statement").field(&self.sql).finish()
    }
}
