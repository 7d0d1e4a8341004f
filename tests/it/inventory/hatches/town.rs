//! A service that the app calls, inside and with a token of its own.

use secure_api::{client::Upstream, testing::secret};

pub(super) struct Town;

pub(super) fn declared() -> Upstream<Town> {
    Upstream::at("https://town.corp/v1")
        .internal("town.corp:443", "the town hall is next door")
        .own_token(secret!("a-token-of-the-house"), "the town knows the house and not its guests")
}
