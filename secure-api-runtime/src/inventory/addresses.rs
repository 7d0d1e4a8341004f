//! The form of the addresses of an API, as owned plain data.

use serde::{Deserialize, Serialize};

use super::{ApiModel, VersionModel};
use crate::{
    input::Media,
    version::{AddressForm, VersionPlace},
};

/// JSON that states no version.
const PLAIN: &str = "application/json";

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
    /// The media type of what is sent and accepted, with `{version}` in the place of the version.
    MediaType(String),
}

impl PlaceModel {
    /// Returns `true` for a segment of the path.
    pub(crate) fn is_path(&self) -> bool {
        *self == Self::Path
    }

    /// Returns `true` where requests state the version, and not in their path: then one path has several versions.
    pub fn is_stated(&self) -> bool {
        self.is_apart() || matches!(self, Self::MediaType(_))
    }

    /// Returns `true` where they do so by something that states the version alone: a header or a parameter.
    pub(crate) fn is_apart(&self) -> bool {
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
            PlaceModel::Nowhere
            | PlaceModel::Header(_)
            | PlaceModel::Query(_)
            | PlaceModel::MediaType(_) => format!("{}{path}", self.below),
        }
    }

    /// Returns the same to be followed: with its version, where that is stated in the query.
    pub fn link(&self, segment: &str, path: &str) -> String {
        let address = self.address(segment, path);
        match &self.place {
            PlaceModel::Query(name) => format!("{address}?{name}={segment}"),
            PlaceModel::Path
            | PlaceModel::Nowhere
            | PlaceModel::Header(_)
            | PlaceModel::MediaType(_) => address,
        }
    }

    /// Returns the media type that states the version of this segment, where one does.
    pub fn media_type(&self, segment: &str) -> Option<String> {
        match &self.place {
            PlaceModel::MediaType(written) => Some(written.replace("{version}", segment)),
            PlaceModel::Path
            | PlaceModel::Nowhere
            | PlaceModel::Header(_)
            | PlaceModel::Query(_) => None,
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
            VersionPlace::MediaType(written, _) => PlaceModel::MediaType(written.to_owned()),
        };
        let unstated = unstated.is_some_and(|place| usize::from(place) == index);
        Self { below: below.to_owned(), place, unstated }
    }
}

impl VersionModel {
    /// Returns the media type that states this version, where one does.
    pub fn media_type(&self) -> Option<String> {
        self.addresses.media_type(&self.segment)
    }

    /// Returns the media types that JSON is answered as, that of who states the version first.
    pub(crate) fn types_answered(&self) -> Vec<String> {
        let stated = self.media_type();
        let plain = (stated.is_none() || self.addresses.unstated).then(|| PLAIN.to_owned());
        stated.into_iter().chain(plain).collect()
    }
}

impl ApiModel {
    /// Returns the media types of a body of this kind in a version, the most exact one first.
    pub(crate) fn types_read(&self, version: &VersionModel, media: Media) -> Vec<String> {
        let all = media.types().iter().map(|name| (*name).to_owned());
        let Some(stated) = version.media_type() else { return all.collect() };
        // Plain JSON is a body of an API that has a version for who states none.
        let is_plain_read = self.versions.iter().any(|version| version.addresses.unstated);
        let types = all.flat_map(|name| match name == PLAIN {
            true => [Some(stated.clone()), is_plain_read.then_some(name)],
            false => [Some(name), None],
        });
        types.flatten().collect()
    }
}
