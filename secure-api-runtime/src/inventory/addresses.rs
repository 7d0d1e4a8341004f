//! The form of the addresses of an API, as owned plain data.

use serde::{Deserialize, Serialize};

use crate::version::{AddressForm, VersionPlace};

/// The form of the addresses of a version, as owned plain data.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddressModel {
    /// The segments that all paths are below, as `/api`; the version's own comes behind them.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub below: String,
    /// The place where a request states the version.
    #[serde(default, skip_serializing_if = "PlaceModel::is_path")]
    pub place: PlaceModel,
}

/// The place where a request states its version.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceModel {
    /// A segment of its path.
    #[default]
    Path,
    /// Nowhere: there is one version.
    Nowhere,
}

impl PlaceModel {
    /// Returns `true` for a segment of the path.
    pub(crate) fn is_path(&self) -> bool {
        *self == Self::Path
    }
}

impl AddressModel {
    /// Returns `true` for the form that nothing states.
    pub(crate) fn is_plain(&self) -> bool {
        *self == Self::default()
    }

    /// Returns the address of a path in the version of this segment.
    pub fn address(&self, segment: &str, path: &str) -> String {
        match self.place {
            PlaceModel::Path => format!("{}/{segment}{path}", self.below),
            PlaceModel::Nowhere => format!("{}{path}", self.below),
        }
    }
}

impl From<&AddressForm> for AddressModel {
    fn from(addresses: &AddressForm) -> Self {
        let AddressForm { as_written: _, below, place, elsewhere: _ } = *addresses;
        let place = match place {
            VersionPlace::Path => PlaceModel::Path,
            VersionPlace::Nowhere => PlaceModel::Nowhere,
        };
        Self { below: below.to_owned(), place }
    }
}
