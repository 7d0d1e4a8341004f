//! An API as owned plain data, made once from what was declared. The OpenAPI documents, the tables of this module and
//! the checks at start read it, and nothing else of a declaration: text for people, data for tests and tools.
//!
//! Only `made` knows how a declaration looks. What it makes can be written as JSON, read back and compared.

mod addresses;
mod credentials;
mod hatch;
pub(crate) mod live;
mod logged;
mod made;
mod model;
mod operation;
mod refusal;
mod schema;
mod settable;
mod settings;
mod step_up;
mod table;
mod tried;
mod undeclared;

#[cfg(test)]
pub(crate) mod tests;

pub use addresses::{AddressModel, PlaceModel};
pub use credentials::{ByModel, CredentialModel};
pub use hatch::Hatch;
pub use live::{ClosedOperation, ClosingAct, LiveClient, LiveInventory, LiveOperation};
pub(crate) use logged::served_by;
pub use logged::{Expected, ExpectedOperation, LoggedOperation, LoggedTraffic};
pub use model::{
    ANONYMOUS, ApiModel, Exception, GrantsModel, LimitModel, ObjectModel, RoleModel, VersionModel,
};
pub(crate) use operation::place;
pub use operation::{
    AccessModel, AnswerModel, ArgumentModel, ContentModel, Deprecation, HeaderModel, InheritedKey,
    LimitArm, Operation, OthersObjects, PageModel, Sees, StepModel, Successor, ViewArm, ViewModel,
    Viewers,
};
pub use refusal::Refusal;
pub use schema::{
    BetweenModel, FieldModel, NamedSchema, Reference, RulesModel, Schema, SchemaForm, VariantModel,
};
pub use settable::Settable;
pub(crate) use settings::MOST_OPEN;
pub use settings::{
    DocsSettings, DpopSettings, IssuerKeys, IssuerSettings, Settings, SignInUrls, UpstreamSettings,
    UpstreamToken,
};
pub use step_up::StepUpModel;
pub(crate) use table::{Facts, cells, is_obeyed};
pub use table::{matrix, routes};
pub use tried::{RefusedCaller, TriedLimits, TriedPolicy};
pub use undeclared::UndeclaredPath;
