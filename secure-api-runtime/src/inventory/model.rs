//! The whole API: its roles, versions, objects and operations.

use http::HeaderValue;
use serde::{Deserialize, Serialize};

use super::{AddressModel, NamedSchema, Operation, Settings};
use crate::{
    limit::Unit,
    version::{self, Brownout, Day},
};

/// The name of a caller without a token.
pub const ANONYMOUS: &str = "anonymous";

/// An API as owned plain data.
///
/// It is equal to what is read back from its JSON, and two declarations are alike where their models are equal.
///
/// ```
/// use secure_api::{inventory::ApiModel, prelude::*};
///
/// # #[derive(Role)]
/// # enum Role { Member }
/// # #[derive(Version)]
/// # enum Version { V1 }
/// # const OFTEN: Limit = Limit::per_address(60).per_minute();
/// /// Answers while it runs.
/// #[post("/ping", version = Version::V1.., public = "a monitor has no token")]
/// async fn ping() -> Accepted {
///     Accepted
/// }
///
/// #[api(roles = Role, versions = Version, limit = OFTEN, routes(ping))]
/// struct Pings;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let model = Pings::API.model();
/// let text = serde_json::to_string(&model)?;
/// assert_eq!(serde_json::from_str::<ApiModel>(&text)?, model);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ApiModel {
    /// The API's name.
    pub name: String,
    /// The API's doc comment.
    pub description: String,
    /// Its roles, in the order of declaration.
    pub roles: Vec<RoleModel>,
    /// Its versions, oldest first.
    pub versions: Vec<VersionModel>,
    /// Set where each caller is of a tenant, and each object of a tenant or shared for a reason.
    pub tenants: bool,
    /// The limits of operations that state none.
    pub limits: Vec<LimitModel>,
    /// Rules about the whole API that it is excepted from.
    pub exceptions: Vec<Exception>,
    /// The objects that operations reach, each once: who writes a second `Object` over the same data has written a
    /// second rule.
    pub objects: Vec<ObjectModel>,
    /// Its operations, in the order in which they are listed.
    pub operations: Vec<Operation>,
    /// The schemas of its inputs and views, each once, in the order in which they are first named.
    pub schemas: Vec<NamedSchema>,
    /// The settings of the app that serves it; none for a declaration by itself.
    pub settings: Option<Settings>,
}

/// One role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleModel {
    /// Its name in tokens.
    pub name: String,
    /// The variant's name.
    pub variant: String,
    /// The variant's doc comment.
    pub description: String,
    /// The names of all roles that its holder has too, itself left out.
    pub includes: Vec<String>,
}

/// One version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionModel {
    /// Its text in requests, and its name in documents: `v1`.
    pub segment: String,
    /// The variant's doc comment.
    pub description: String,
    /// The day from which it should not be used for anything new (RFC 9745).
    pub deprecated: Option<Day>,
    /// The day on which it stops being served (RFC 8594).
    pub sunset: Option<Day>,
    /// The URL of the page on how to move on.
    pub migrate: Option<String>,
    /// Set for a preview: served only where the app enables it, and free to change.
    pub preview: bool,
    /// The short outages that are announced, in the order of time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub brownouts: Vec<Brownout>,
    /// The form of its addresses, where it is another than its segment before each path.
    #[serde(default, skip_serializing_if = "AddressModel::is_plain")]
    pub addresses: AddressModel,
}

/// One rate limit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LimitModel {
    /// The requests that are counted together.
    pub per: Unit,
    /// Requests per window.
    pub count: u32,
    /// The window in seconds.
    pub window_seconds: f64,
    /// The most requests at once.
    pub burst: u32,
    /// The input field whose values are counted, where that is the unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The number that each request counts for.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub weight: u32,
    /// The list of the input each of whose entries counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight_of: Option<String>,
    /// `true` if requests are counted at one time, and not per window.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub at_once: bool,
    /// `true` if it counts and refuses nothing.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub observed: bool,
    /// The reason for having no limit, where there is none.
    pub reason: Option<String>,
}

const fn one() -> u32 {
    1
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
const fn is_one(weight: &u32) -> bool {
    *weight == 1
}

/// A rule that something is excepted from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exception {
    /// The rule's name.
    pub rule: String,
    /// The reason stated.
    pub reason: String,
}

/// An implementation of `Object` that some operation reaches. Types are named without modules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectModel {
    /// The object's type.
    pub name: String,
    /// The type of its key. Two objects of one key are most likely two rules over the same data.
    pub key: String,
    /// The type of its store.
    pub store: String,
    /// The operations that take, list, return or load it, or whose inputs refer to it, in the API's order.
    pub operations: Vec<String>,
    /// The roles that its rule admits to what others own; none where the rule is written by hand, so that only the object
    /// itself can be asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grants: Option<GrantsModel>,
}

/// The least roles that an object's rule admits to what others own, by what they do to it. The owner is admitted to everything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GrantsModel {
    /// The roles that may look at it.
    pub read: Vec<String>,
    /// The roles that may make it for somebody.
    pub create: Vec<String>,
    /// The roles that may change it.
    pub update: Vec<String>,
    /// The roles that may remove it.
    pub delete: Vec<String>,
}

impl ApiModel {
    /// Returns the place of the version with this path segment.
    pub fn place(&self, segment: &str) -> Option<usize> {
        self.versions.iter().position(|version| version.segment == segment)
    }

    /// Returns the operations of the version with this path segment.
    pub fn operations_in(&self, segment: &str) -> impl Iterator<Item = &Operation> {
        self.operations.iter().filter(move |operation| operation.is_in(segment))
    }

    /// Returns the versions that its app serves: of the previews those that the app enables, so none of a declaration by itself.
    pub fn served_versions(&self) -> impl Iterator<Item = &VersionModel> {
        let previews = self.settings.as_ref().map_or(&[][..], |settings| &settings.previews);
        self.versions
            .iter()
            .filter(move |version| !version.preview || previews.contains(&version.segment))
    }

    /// Returns the schema with this id.
    pub fn schema(&self, id: &str) -> Option<&NamedSchema> {
        self.schemas.iter().find(|schema| schema.id == id)
    }

    /// Returns whether a caller with this role, and no other, is admitted where these are the least roles.
    pub fn admits(&self, least: &[String], caller: &str) -> bool {
        let named = self.roles.iter().find(|role| role.name == caller);
        let included = named.map_or(&[][..], |role| &role.includes);
        let has = |name: &String| name == caller || included.contains(name);
        least.iter().any(has)
    }

    /// Returns the names of the other roles whose holders have this one too.
    pub(crate) fn includers<'a>(&'a self, role: &'a str) -> impl Iterator<Item = &'a str> {
        let includes = move |other: &&RoleModel| other.includes.iter().any(|name| name == role);
        self.roles.iter().filter(includes).map(|other| &*other.name)
    }
}

impl VersionModel {
    /// Returns the address of a path in this version: `/v1/orders`, unless the version is stated elsewhere.
    pub fn address(&self, path: &str) -> String {
        self.addresses.address(&self.segment, path)
    }

    /// Returns `Deprecation`, `Sunset` and `Link` as every answer of this version carries them (RFC 9745, RFC 8594).
    pub fn headers(&self) -> Vec<(&'static str, HeaderValue)> {
        version::headers(self.deprecated, self.sunset, self.link().as_deref())
    }

    pub(super) fn link(&self) -> Option<String> {
        version::link(self.migrate.as_deref(), self.sunset)
    }
}
