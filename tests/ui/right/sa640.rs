//! A hash, a key or a token that leaves by mistake is as good as given away. What is named like one is asked for,
//! word by word, wherever its type can hold one: text, bytes, a UUID, a URL, a view below such a name, and lists and maps
//! of these; numbers, times and closed sets of names are not asked. Where a caller
//! is meant to get it, as after signing in, the list says why, and the inventory shows it. This holds at compile
//! time.
//!
//! Wrong: view/secret_shown

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Resource)]
#[view(AccountView, role = Role::Admin, fields(name))]
#[view(IssuedKey, role = Role::Admin, fields(
    #[allow(plain_secret, reason = "a new key is shown once, to the one who made it")] api_key,
))]
pub struct Account {
    pub name: String,
    pub api_key: String,
    pub password_hash: String,
}
