//! The credentials that callers prove themselves with.

use serde::{Deserialize, Serialize};

use super::{ApiModel, Operation};
use crate::identity::{Alternatives, Bearer, By, Credential, DPOP, Kind, Place};

/// A kind of credentials.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CredentialModel {
    /// Its name, which stands before the credentials in `Authorization`, and in challenges.
    pub name: String,
    /// The header that the credentials have of their own, where they have one.
    pub header: Option<String>,
    /// The cookie that they are, where they are one.
    #[serde(default)]
    pub cookie: Option<String>,
    /// Set where they are the certificate of the client, which the connection has.
    #[serde(default)]
    pub certificate: bool,
    /// The parameter of the query that they are, where they are one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
    /// The reason why they stand there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// The kinds of credentials that an operation admits.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ByModel {
    /// Each that the app has a source of: neither the operation nor its module nor the API says.
    #[default]
    Unstated,
    /// One of these.
    AnyOf(Vec<CredentialModel>),
    /// All of these together; the first says who is calling.
    AllOf(Vec<CredentialModel>),
    /// One of these alternatives, each of which is some kinds together.
    OneOf(Vec<Vec<CredentialModel>>),
}

impl From<&Kind> for CredentialModel {
    fn from(kind: &Kind) -> Self {
        let cookie = match kind.place() {
            Place::Cookie(name) => Some(name.to_owned()),
            Place::Authorization | Place::Header(_) | Place::Query(_) | Place::Connection => None,
        };
        let header = kind.own_header().map(str::to_owned);
        Self {
            name: kind.name().to_owned(),
            header,
            cookie,
            certificate: kind.place() == Place::Connection,
            query: kind.parameter().map(str::to_owned),
            reason: kind.reason().map(str::to_owned),
        }
    }
}

impl From<By> for ByModel {
    fn from(by: By) -> Self {
        let models = |kinds: &[Kind]| kinds.iter().map(CredentialModel::from).collect();
        match by {
            By::Unstated => Self::Unstated,
            By::AnyOf(kinds) => Self::AnyOf(models(kinds)),
            By::AllOf(kinds) => Self::AllOf(models(kinds)),
            By::OneOf(Alternatives { sets, .. }) => {
                Self::OneOf(sets.iter().map(|kinds| models(kinds)).collect())
            }
        }
    }
}

impl CredentialModel {
    /// Returns `true` for access tokens.
    pub fn is_bearer(&self) -> bool {
        self.name == Bearer::KIND.name()
    }

    /// Returns `true` for access tokens that come with a proof.
    pub fn is_dpop(&self) -> bool {
        self.name == DPOP.name()
    }
}

impl ApiModel {
    /// Returns the kinds of credentials that callers of an operation can bring. Where nobody says, they are those that the
    /// app has sources of, and of an API that is in no app, access tokens.
    pub fn credentials_of(&self, operation: &Operation) -> Vec<CredentialModel> {
        let mut kinds: Vec<CredentialModel> = Vec::new();
        for kind in self.alternatives_of(operation).into_iter().flatten() {
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        kinds
    }

    /// Returns the alternatives by which callers of an operation come in, each of which is the kinds that they bring together.
    pub fn alternatives_of(&self, operation: &Operation) -> Vec<Vec<CredentialModel>> {
        let apart =
            |kinds: &[CredentialModel]| kinds.iter().map(|kind| vec![kind.clone()]).collect();
        match &operation.by {
            ByModel::AnyOf(kinds) => apart(kinds),
            ByModel::AllOf(kinds) => vec![kinds.clone()],
            ByModel::OneOf(sets) => sets.clone(),
            ByModel::Unstated => match &self.settings {
                Some(settings) if !settings.credentials.is_empty() => apart(&settings.credentials),
                _ => vec![vec![CredentialModel::from(&Bearer::KIND)]],
            },
        }
    }
}
