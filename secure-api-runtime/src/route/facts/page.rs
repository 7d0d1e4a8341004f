//! The form of a page: where its items stand, and by what the next one is named.

use crate::object::CURSOR;

/// The form of a page, where it is another than `{"items": […], "next": "…"}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageShape {
    /// The member that has the items; where there is none, the page is their array.
    pub items: Option<&'static str>,
    /// The member that has the number of items on all pages.
    pub total: Option<&'static str>,
    /// The member that has the cursor of the next page.
    pub next: Option<&'static str>,
    /// The parameter of the query by which a `Link` names the next page and the first (RFC 8288).
    pub links: Option<&'static str>,
}

impl PageShape {
    /// The form of a page that says nothing of it.
    pub const USUAL: Self =
        Self { items: Some("items"), total: None, next: Some("next"), links: None };

    /// The parameter of links that name the next page by its cursor.
    pub const BY_CURSOR: Option<&'static str> = Some(CURSOR);
}
