//! stub
use super::{draft::Target, world::World};
pub(super) async fn check(_: &World, _: Target<'_>) {}
