//! A key finds what belongs to somebody, so each route that takes it asks the owner's rule. `unowned` says that nobody has to
//! be asked. Where one number names both, as a user's account and his public profile, a second newtype around the key names
//! what is public.
//!
//! Wrong: object/key_of_nobody

use secure_api::prelude::*;

#[derive(Value, Clone, Copy)]
#[value(key, range = 1..=1000)]
pub struct UserId(u32);

#[derive(Value, Clone, Copy)]
#[value(unowned = "profiles are on public display")]
pub struct ProfileId(UserId);
