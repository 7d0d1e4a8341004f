//! One page of a list, how long it may be, and where the next one begins.

use std::{fmt, sync::Arc};

use super::{cursor::CursorKey, next::Next};
use crate::{
    error::{InvalidField, Problem, problem},
    input::Leaf,
};

/// One page of a list. Without a [`Paging`] it is all there is.
///
/// In JSON: `{"items": […]}`, and `"next": "…"` where more follows; or in the form that `page(…)` of the route states.
#[derive(Debug)]
pub struct Page<T> {
    pub(crate) items: Vec<T>,
    pub(crate) next: Next,
    /// The number of items on all pages, where it is stated.
    pub(crate) total: Option<u64>,
}

impl<T> Page<T> {
    /// The largest number of items on a page. What is beyond is cut off, so a query should ask for no more.
    pub const MOST: usize = 100;

    /// Creates a page of things that nobody owns. What has an owner comes from [`Scoped::page`](super::Scoped::page).
    pub fn new(mut items: Vec<T>) -> Self {
        items.truncate(Self::MOST);
        Self { items, next: Next::End, total: None }
    }

    /// Creates a page of things that nobody owns, and where the next one begins: see [`Paging`].
    ///
    /// `rows` are at most [`Paging::rows`], and `position` says of the last one that is shown where it stands.
    pub fn paged<K: Position>(
        paging: &Paging<K>,
        mut rows: Vec<T>,
        position: impl FnOnce(&T) -> K,
    ) -> Self {
        let next = paging.cut(&mut rows, position);
        Self { items: rows, next, total: None }
    }

    /// States the number of items on all pages, which the caller is told in the member that `page(total = "…")` of the route
    /// names. Count what the caller may see, and no more: the number of what is hidden tells of it.
    #[must_use]
    pub fn total(self, total: u64) -> Self {
        Self { total: Some(total), ..self }
    }

    /// States that more follows, from this number on: that of the next page, or the first place of it. The caller is told by a `Link`, in
    /// the parameter that `page(links = "…")` of the route names.
    #[must_use]
    pub fn followed_by(self, number: u64) -> Self {
        Self { next: Next::Number(number), ..self }
    }

    /// Returns the number of items.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Returns `true` if there are no items.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Returns `true` if a page follows.
    pub fn has_next(&self) -> bool {
        !matches!(self.next, Next::End)
    }
}

/// The page of a list that the caller wants, as the argument of a handler that lists: `?size=` and `?cursor=`.
///
/// `K` is where a row stands in the order of the list: a value that no two rows share, or several of which the last
/// tells equal ones apart. The caller gets it as a cursor: a text that it can neither read nor make, good for this
/// operation and this caller only. Anything else is 400. Cursors are sealed with
/// [`secret`](crate::app::AppBuilder::secret).
///
/// A page has 20 items unless the caller wants from 1 to 100. Ask the store for [`rows`](Self::rows), which is one
/// more, so that it shows whether another page follows:
///
/// ```
/// use secure_api::prelude::*;
///
/// #[derive(Resource)]
/// #[view(NumberView, public, fields(number))]
/// struct Number {
///     number: u32,
/// }
///
/// fn list(paging: Paging<u32>) -> Page<Number> {
///     let after = paging.position().copied().unwrap_or(0);
///     let rows = (after + 1..=1000).take(paging.rows()).map(|number| Number { number }).collect();
///     Page::paged(&paging, rows, |last| last.number)
/// }
/// ```
pub struct Paging<K> {
    pub(crate) size: usize,
    pub(crate) position: Option<K>,
    pub(crate) sealing: Sealing,
}

/// The key and the context that seal the cursors of a request.
pub(crate) struct Sealing {
    pub(crate) key: Arc<CursorKey>,
    /// The operation's path, which two versions of one crate do not share in a version of an API.
    pub(crate) place: &'static str,
    pub(crate) module: &'static str,
    pub(crate) operation: &'static str,
    /// Issuer, tenant and subject of the caller.
    pub(crate) principal: [Box<str>; 3],
}

/// The number of items on a page where the caller states none.
pub(crate) const USUAL: usize = 20;

/// The names of the query parameters.
pub(crate) const SIZE: &str = "size";
pub(crate) const CURSOR: &str = "cursor";

impl<K: Position> Paging<K> {
    /// Reads what the caller sent.
    pub(crate) fn read(
        size: Option<&str>,
        cursor: Option<&str>,
        sealing: Sealing,
    ) -> Result<Self, Problem> {
        let refuse = |pointer: &str, code, detail: &'static str| {
            let field = InvalidField { pointer: pointer.to_owned(), code, detail: detail.into() };
            Problem::new(&problem::INVALID_QUERY).errors(vec![field])
        };
        let size = match size {
            None => Ok(USUAL),
            Some(text) => match <u16 as Leaf>::parse(text).map(usize::from) {
                Ok(size) if (1..=Page::<()>::MOST).contains(&size) => Ok(size),
                _ => Err(refuse(SIZE, "range", "a whole number from 1 to 100")),
            },
        };
        let position = match cursor {
            None => Ok(None),
            Some(text) => match sealing.open(text).and_then(|texts| K::read(&texts)) {
                Some(position) => Ok(Some(position)),
                None => Err(refuse(CURSOR, "cursor", "the `next` of a page of this list").because(
                    "the cursor is forged, for another caller or list, or of another key",
                )),
            },
        };
        Ok(Self { size: size?, position: position?, sealing })
    }
}

impl<K> Paging<K> {
    /// Returns the largest number of items on the page: 1 to 100.
    pub fn size(&self) -> usize {
        self.size
    }

    /// Returns the number of rows to ask for: one more than the page has, which tells if another follows.
    pub fn rows(&self) -> usize {
        self.size + 1
    }

    /// Returns [`rows`](Self::rows) as a statement binds it for its `LIMIT`: databases have no `usize`.
    pub fn limit(&self) -> i64 {
        i64::try_from(self.rows()).unwrap_or(i64::MAX)
    }

    /// Returns the position at which the page before ended; `None` begins the list. The page has what comes after.
    pub fn position(&self) -> Option<&K> {
        self.position.as_ref()
    }
}

impl<K: Position> Paging<K> {
    /// Cuts what does not fit, and gives the cursor of the next page if there was more.
    pub(super) fn cut<T>(&self, rows: &mut Vec<T>, position: impl FnOnce(&T) -> K) -> Next {
        if rows.len() <= self.size {
            return Next::End;
        }
        rows.truncate(self.size);
        let Some(last) = rows.last() else { return Next::End };
        let texts = position(last).write();
        // A type of the app's own may write what it does not read.
        if K::read(&texts).is_none() {
            return Next::Nowhere("a position of the list cannot be read back from its own text");
        }
        match self.sealing.seal(&texts) {
            Some(cursor) => Next::At(cursor),
            None => Next::Nowhere("a position of the list is too long for a cursor"),
        }
    }
}

impl<K> fmt::Debug for Paging<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Paging").field("size", &self.size).finish_non_exhaustive()
    }
}

impl Sealing {
    fn owner(&self) -> [&str; 6] {
        let [issuer, tenant, subject] = &self.principal;
        [self.place, self.module, self.operation, issuer, tenant, subject]
    }

    fn seal(&self, texts: &[String]) -> Option<String> {
        self.key.seal(&self.owner(), texts)
    }

    fn open(&self, cursor: &str) -> Option<Vec<String>> {
        self.key.open(&self.owner(), cursor)
    }
}

/// The position of a row in a list: a leaf value, or a tuple of two or three.
#[diagnostic::on_unimplemented(
    message = "SA118: `{Self}` is no position in a list",
    label = "neither a value nor a tuple of values",
    note = "order the list by a value that has `#[derive(Value)]`, as `Paging<Timestamp>`, or by two or three: \
            `Paging<(Timestamp, OrderId)>`"
)]
pub trait Position: Sized + Send + Sync + 'static {
    /// Returns its texts.
    fn write(&self) -> Vec<String>;

    /// Reads what [`write`](Self::write) wrote.
    fn read(texts: &[String]) -> Option<Self>;
}

// A tuple is no leaf, which is not what is wrong with one of four.
#[diagnostic::do_not_recommend]
impl<K: Leaf> Position for K {
    fn write(&self) -> Vec<String> {
        vec![self.to_text()]
    }

    fn read(texts: &[String]) -> Option<Self> {
        let [text] = texts else { return None };
        K::restored(text).ok()
    }
}

impl<A: Leaf, B: Leaf> Position for (A, B) {
    fn write(&self) -> Vec<String> {
        vec![self.0.to_text(), self.1.to_text()]
    }

    fn read(texts: &[String]) -> Option<Self> {
        let [one, other] = texts else { return None };
        Some((A::restored(one).ok()?, B::restored(other).ok()?))
    }
}

impl<A: Leaf, B: Leaf, C: Leaf> Position for (A, B, C) {
    fn write(&self) -> Vec<String> {
        vec![self.0.to_text(), self.1.to_text(), self.2.to_text()]
    }

    fn read(texts: &[String]) -> Option<Self> {
        let [one, other, third] = texts else { return None };
        Some((A::restored(one).ok()?, B::restored(other).ok()?, C::restored(third).ok()?))
    }
}
