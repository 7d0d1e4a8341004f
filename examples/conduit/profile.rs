//! A profile: what everybody sees of an account. Whoever has an account follows others.

use secure_api::prelude::*;

use crate::{
    account::UserName,
    error::ConduitError,
    limit::{READ, WRITE},
    role::{Role, Version},
    store::{Db, State},
};

/// A profile, as one caller sees it.
#[derive(Resource, Clone)]
#[view(ProfileView, public, fields(username, bio, image, following))]
pub(crate) struct Profile {
    pub(crate) username: UserName,
    pub(crate) bio: Option<String>,
    pub(crate) image: Option<WebUrl>,
    /// `true` if the caller follows its owner.
    pub(crate) following: bool,
}

/// A profile in the member that the contract has around it.
#[derive(Resource)]
#[view(ProfileAnswer, public, fields(profile as ProfileView))]
pub(crate) struct Shown {
    pub(crate) profile: Profile,
}

fn shown(state: &State, name: &UserName, caller: Option<&CallerId>) -> Option<Shown> {
    Some(Shown { profile: state.profile(state.named(name)?, caller) })
}

/// Shows a profile.
#[get("/profiles/{username}", version = Version::V1.., public = "profiles are for everybody to read", limit = READ,
      view = ProfileAnswer)]
pub(crate) async fn get_profile(
    Unowned(username): Unowned<UserName>,
    caller: Option<Caller<Role>>,
    db: Reader<Db>,
) -> Result<Option<Shown>, StoreError> {
    db.with(|state| shown(state, &username, caller.as_ref().map(|caller| caller.id())))
}

fn follow(
    state: &mut State,
    name: &UserName,
    caller: &CallerId,
    follows: bool,
) -> Result<Shown, ConduitError> {
    let whom = state.named(name).ok_or(ConduitError::Nothing)?.id.clone();
    state.follow(caller, &whom, follows)?;
    shown(state, name, Some(caller)).ok_or(ConduitError::Nothing)
}

/// The body that some clients send along to follow somebody: their own address, which says nothing that the token does not.
#[derive(Input)]
pub(crate) struct Following {
    user: Option<Follower>,
}

#[derive(Input)]
struct Follower {
    email: Option<Email>,
}

/// Follows somebody.
#[post("/profiles/{username}/follow", version = Version::V1.., role = Role::Member, limit = WRITE, view = ProfileAnswer)]
pub(crate) async fn follow_profile(
    Unowned(username): Unowned<UserName>,
    body: Option<Json<Following>>,
    caller: Caller<Role>,
    db: Writer<Db>,
) -> Result<Performed<Shown>, ConduitError> {
    drop(body.and_then(|Json(body)| body.user?.email));
    db.with(|state| Ok(Performed(follow(state, &username, caller.id(), true)?)))?
}

/// Follows somebody no longer.
#[delete("/profiles/{username}/follow", version = Version::V1.., role = Role::Member, limit = WRITE, view = ProfileAnswer)]
pub(crate) async fn unfollow_profile(
    Unowned(username): Unowned<UserName>,
    caller: Caller<Role>,
    db: Writer<Db>,
) -> Result<Performed<Shown>, ConduitError> {
    db.with(|state| Ok(Performed(follow(state, &username, caller.id(), false)?)))?
}
