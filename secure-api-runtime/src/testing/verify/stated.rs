//! Versions that requests state elsewhere than in their path: none that is not served, and not two.

use super::{
    Check,
    draft::{By, Content, Draft, Target},
    world::World,
};
use crate::{
    error::problem,
    inventory::{PlaceModel, VersionModel},
    testing::request::Request,
};

/// A version that no API has.
const NONE: &str = "no-such-version";

pub(super) async fn check(world: &World, target: Target<'_>) {
    let version = target.version;
    if !version.addresses.place.is_stated() {
        return;
    }
    let own = || version.segment.clone();
    let mut wrong = vec![(vec![NONE.to_owned()], "a version that nobody declared")];
    let kind = match version.media_type() {
        // Of several media types one is chosen, so two versions are no mistake.
        Some(_) => &problem::NOT_ACCEPTABLE,
        None => {
            wrong.push((vec![String::new()], "a version without a name"));
            wrong.push((vec![own(), own()], "a version that is stated twice"));
            wrong.push((vec![own(), NONE.to_owned()], "two versions"));
            &problem::UNKNOWN_VERSION
        }
    };
    if world.model.versions.iter().all(|version| !version.addresses.unstated) {
        wrong.push((Vec::new(), "no version"));
    }
    for (stated, what) in wrong {
        let mut draft = world.rough(target);
        draft.version = Some(stated);
        // A body states one, too.
        draft.content = Content::None;
        let reply = world.send(&draft, &By::Nobody).await;
        let status = kind.status().as_u16();
        let why = format!("{status} was expected of a request with {what}");
        let is_it = reply.status() == status && reply.json_pointer("/type") == kind.uri();
        world.judge(Check::Stated, target, is_it, (&why, &reply));
    }
}

/// Adds the versions that a draft states to its request: its own, unless it says others.
pub(super) fn told(request: Request, draft: &Draft<'_>) -> Request {
    let version = draft.target.version;
    let stated = draft.version.as_deref().unwrap_or(std::slice::from_ref(&version.segment));
    stated.iter().fold(request, |request, stated| match &version.addresses.place {
        PlaceModel::Path | PlaceModel::Nowhere => request,
        PlaceModel::Header(name) => request.header(name, stated),
        PlaceModel::Query(name) => request.query(name, stated),
        PlaceModel::MediaType(written) => {
            request.header("accept", written.replace("{version}", stated))
        }
    })
}

/// Returns the media type of a version that a route is not called in, where media types state versions.
pub(super) fn another(world: &World, target: Target<'_>) -> Option<String> {
    let is_other = |version: &&VersionModel| version.segment != target.version.segment;
    let other = world.model.versions.iter().find(is_other);
    let segment = other.map_or(NONE, |other| &other.segment);
    target.version.addresses.media_type(segment)
}
