//! The answer of one operation: its status, its content, and what comes with that.

use serde::{Deserialize, Serialize};

use super::Operation;
use crate::inventory::Schema;

/// The answer of success.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AnswerModel {
    /// The status.
    pub status: u16,
    /// The form of the content.
    pub content: ContentModel,
    /// The schema of JSON that no view shows: of any form, or one scalar.
    #[serde(default)]
    pub free: Option<Schema>,
    /// The media types of a file, of text and of bytes.
    #[serde(default)]
    pub media_types: Vec<String>,
    /// Set where a `Location` comes with it.
    pub location: bool,
    /// The hosts elsewhere that a redirect may lead to.
    #[serde(default)]
    pub redirects: Vec<String>,
    /// The most answers that a caller may have open at one time.
    #[serde(default)]
    pub open: Option<usize>,
    /// The most seconds that an answer stays open.
    #[serde(default)]
    pub lasts_seconds: Option<f64>,
    /// The form of a page, where it is another than usual.
    #[serde(default)]
    pub page: Option<PageModel>,
    /// The header fields that are the handler's own.
    #[serde(default)]
    pub headers: Vec<HeaderModel>,
}

/// The form of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageModel {
    /// The member that has the items; where there is none, the page is their array.
    pub items: Option<String>,
    /// The member that has the number of items on all pages.
    pub total: Option<String>,
    /// The member that has the cursor of the next page.
    pub next: Option<String>,
    /// Set where a `Link` names the next page.
    pub links: bool,
}

/// One header field of an answer that is the handler's own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HeaderModel {
    /// Its name.
    pub name: String,
    /// Its doc comment.
    pub description: String,
    /// The schema of its value.
    pub schema: Schema,
    /// Set where it is always there.
    pub always: bool,
}

/// The form of an answer's content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ContentModel {
    /// No content.
    None,
    /// One resource, through the view.
    One,
    /// A page of resources.
    Page,
    /// JSON of any form.
    Free,
    /// One scalar of JSON.
    Scalar,
    /// A bare list of at most so many resources.
    Array(u64),
    /// A bare map of at most so many resources.
    Map(u64),
    /// A file.
    File,
    /// Text of at most so many characters.
    Text(u64),
    /// Bytes, at most so many.
    Bytes(u64),
    /// Events, each of one resource.
    Events,
    /// Rows, each of one resource, at most so many.
    Rows(u64),
    /// Bytes that are made while they are sent, at most so many.
    Stream(u64),
}

impl ContentModel {
    /// Returns `true` if several resources are shown, each by its own relation to the caller.
    pub fn is_list(self) -> bool {
        matches!(self, Self::Page | Self::Array(_) | Self::Map(_) | Self::Events | Self::Rows(_))
    }
}

impl AnswerModel {
    /// Returns `true` if it stays open.
    pub fn flows(&self) -> bool {
        matches!(self.content, ContentModel::Events | ContentModel::Stream(_))
    }

    /// Returns `true` if it is JSON that no view shows: of any form, or one scalar.
    pub(crate) fn is_unviewed_json(&self) -> bool {
        matches!(self.content, ContentModel::Free | ContentModel::Scalar)
    }

    /// Returns `true` if it asks if something is there, and shows nothing.
    pub(crate) fn is_question(&self) -> bool {
        self.status == 204 && self.content == ContentModel::None
    }

    /// Returns `true` if it is text or bytes, whole: no view shows it.
    pub fn is_plain(&self) -> bool {
        matches!(self.content, ContentModel::Text(_) | ContentModel::Bytes(_))
    }

    /// Returns `true` if it is JSON.
    pub(crate) fn is_json(&self) -> bool {
        use ContentModel::{Array, Free, Map, One, Page};
        matches!(self.content, One | Page | Array(_) | Map(_) | Free)
    }

    /// Returns `true` if it sends its caller to another address.
    pub fn is_redirect(&self) -> bool {
        matches!(self.status, 303 | 307 | 308)
    }
}

impl Operation {
    /// Returns the form of its page.
    pub fn page(&self) -> PageModel {
        let usual = |name: &str| Some(name.to_owned());
        self.answer.page.clone().unwrap_or_else(|| PageModel {
            items: usual("items"),
            total: None,
            next: usual("next"),
            links: false,
        })
    }
}
