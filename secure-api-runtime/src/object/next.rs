//! The way on from a page: a cursor, or a number of the route's own.

use crate::error::{Problem, problem};

/// The way on from a page.
#[derive(Debug)]
pub(crate) enum Next {
    /// Nothing follows.
    End,
    /// The cursor of the next page.
    At(String),
    /// The number of the next page, in a parameter of the route's own.
    Number(u64),
    /// More follows, and no cursor says where: for this reason.
    Nowhere(&'static str),
}

impl Next {
    /// Returns the cursor of the next page, if one follows.
    ///
    /// # Errors
    ///
    /// 500 where more follows and no cursor can say so: a page without one would look like the last.
    pub(crate) fn cursor(&self) -> Result<Option<&str>, Problem> {
        match self {
            Self::End | Self::Number(_) => Ok(None),
            Self::At(cursor) => Ok(Some(cursor)),
            Self::Nowhere(why) => Err(Problem::new(&problem::INTERNAL).because(*why)),
        }
    }

    /// Returns the number of the next page, if it is followed by one that has a number.
    pub(crate) fn number(&self) -> Option<u64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::End | Self::At(_) | Self::Nowhere(_) => None,
        }
    }
}
