//! The settings of an app that are exceptions: documents for everybody, and a service that it calls inside, with a token of its own.

use secure_api::{app::AppBuilder, client::Upstream, docs::Docs, testing::secret};

struct Town;

/// Adds them to an app.
pub(super) fn declared(app: AppBuilder) -> AppBuilder {
    let town = Upstream::<Town>::at("https://town.corp/v1")
        .internal("town.corp:443", "the town hall is next door")
        .own_token(secret!("a-token-of-the-house"), "the town knows the house and not its guests");
    app.docs(Docs::open("the tests read them")).upstream(town)
}
