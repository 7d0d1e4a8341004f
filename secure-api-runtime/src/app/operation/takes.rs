//! The body that an operation takes, and the media types in which it reads and answers.

use crate::{
    input::Media,
    route::{Offers, RawForm, Route},
    version::AddressForm,
};

/// The body that an operation takes.
#[derive(Debug, Clone, Copy)]
pub(in crate::app) enum Takes {
    Nothing,
    /// An input, written in this way.
    Input(Media),
    /// The same, or nothing at all.
    Perhaps(Media),
    /// Bytes or text, of one of these media types.
    Raw(&'static [&'static str], RawForm),
    /// Any body: an extractor checks its media type.
    Anything,
}

/// Returns the media types that a route answers with in a version. The one that states the version stands for JSON, and beside what
/// has a form of its own: whoever accepts it has said which version is meant.
pub(super) fn offers(route: &Route, version_index: usize) -> Offers {
    let mut own = route.answer.media_types(route.options.media_type);
    let addresses = &route.versions.table().addresses;
    let mut beside = addresses.media_type(version_index);
    if own.contains(&PLAIN)
        && let Some(stated) = beside.take()
    {
        own.retain(|media| *media != PLAIN || addresses.is_unstated(version_index));
        own.push(stated);
    }
    Offers { own, beside }
}

/// Returns the media types in which a route reads a body of this kind in a version. Where one states the version, plain JSON is as
/// good in an API that has a version for who states none.
pub(super) fn reads(
    media: Media,
    addresses: &AddressForm,
    version_index: usize,
) -> Vec<&'static str> {
    let mut types = media.types().to_vec();
    if let (Some(stated), Some(place)) =
        (addresses.media_type(version_index), types.iter().position(|media| *media == PLAIN))
    {
        types.insert(place, stated);
        types.retain(|media| *media != PLAIN || addresses.unstated.is_some());
    }
    types
}

/// JSON that states no version.
const PLAIN: &str = "application/json";
