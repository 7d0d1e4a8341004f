//! An API as owned plain data, made once from what was declared. The OpenAPI documents, the tables of this module and
//! the checks at start read it, and nothing else of a declaration: text for people, data for tests and tools.
//!
//! Only `made` knows how a declaration looks. What it makes can be written as JSON, read back and compared.

mod hatch;
mod made;
mod model;
mod operation;
mod refusal;
mod schema;
mod settings;
mod table;

#[cfg(test)]
pub(crate) mod tests;

pub use hatch::Hatch;
pub use model::{ANONYMOUS, ApiModel, Exception, Limit, Object, Role, Version};
pub use operation::{
    Access, After, AnswerModel, ArgumentModel, Content, Deprecation, Inherited, LimitArm,
    Operation, Sees, ShownTo, Successor, View, ViewArm,
};
pub use refusal::Refusal;
pub use schema::{Field, Form, NamedSchema, Reference, Rules, Schema, Variant};
pub use settings::{DocsSettings, IssuerSettings, Settings, SignInUrls};
pub use table::{matrix, routes};
