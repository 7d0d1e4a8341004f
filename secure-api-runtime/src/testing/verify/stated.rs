//! Versions that requests state elsewhere than in their path: none that is not served, and not two.

use super::{
    Check,
    draft::{By, Draft, Target},
    world::World,
};
use crate::{inventory::PlaceModel, testing::request::Request};

pub(super) async fn check(world: &World, target: Target<'_>) {
    let version = target.version;
    if !version.addresses.place.is_stated() {
        return;
    }
    let own = || version.segment.clone();
    let mut wrong = vec![
        (vec!["no-such-version".to_owned()], "a version that nobody declared"),
        (vec![String::new()], "a version without a name"),
        (vec![own(), own()], "a version that is stated twice"),
        (vec![own(), "no-such-version".to_owned()], "two versions"),
    ];
    if world.model.versions.iter().all(|version| !version.addresses.unstated) {
        wrong.push((Vec::new(), "no version"));
    }
    for (stated, what) in wrong {
        let mut draft = world.rough(target);
        draft.version = Some(stated);
        let reply = world.send(&draft, &By::Nobody).await;
        let why = format!("400 was expected of a request with {what}");
        let is_it = reply.status() == 400
            && reply.json_pointer("/type") == crate::error::problem::UNKNOWN_VERSION.uri();
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
    })
}
