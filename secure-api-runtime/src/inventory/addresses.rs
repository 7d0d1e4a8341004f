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
    /// Set for the version that a request means which states none.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unstated: bool,
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
    /// A field of its header.
    Header(String),
    /// A parameter of its query.
    Query(String),
}

impl PlaceModel {
    /// Returns `true` for a segment of the path.
    pub(crate) fn is_path(&self) -> bool {
        *self == Self::Path
    }

    /// Returns `true` where requests state the version, and not in their path: then one path has several versions.
    pub fn is_stated(&self) -> bool {
        matches!(self, Self::Header(_) | Self::Query(_))
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
            PlaceModel::Nowhere | PlaceModel::Header(_) | PlaceModel::Query(_) => {
                format!("{}{path}", self.below)
            }
        }
    }

    /// Returns the same to be followed: with its version, where that is stated in the query.
    pub fn link(&self, segment: &str, path: &str) -> String {
        let address = self.address(segment, path);
        match &self.place {
            PlaceModel::Query(name) => format!("{address}?{name}={segment}"),
            PlaceModel::Path | PlaceModel::Nowhere | PlaceModel::Header(_) => address,
        }
    }
}

impl AddressModel {
    /// Makes that of the version at this place of its table.
    pub(crate) fn of(addresses: &AddressForm, index: usize) -> Self {
        let AddressForm { as_written: _, below, place, elsewhere: _, unstated } = *addresses;
        let place = match place {
            VersionPlace::Path => PlaceModel::Path,
            VersionPlace::Nowhere => PlaceModel::Nowhere,
            VersionPlace::Header(name, _) => PlaceModel::Header(name.to_owned()),
            VersionPlace::Query(name) => PlaceModel::Query(name.to_owned()),
        };
        let unstated = unstated.is_some_and(|place| usize::from(place) == index);
        Self { below: below.to_owned(), place, unstated }
    }
}
