//! Articles, for APIs that differ by how requests state their version, and a client of an app.

use secure_api::{
    app::AppBuilder,
    prelude::*,
    testing::{self, Client},
};

#[derive(Role, Debug)]
pub(crate) enum Role {
    Member,
}

#[derive(Value, Debug, Clone, PartialEq, Eq)]
#[value(text, max_len = 9, pattern = "^[a-z0-9]+$", unowned = "everybody reads every article")]
pub(crate) struct Slug(String);

#[derive(Resource)]
#[view(ArticleView, role = Role::Member, fields(count))]
pub(crate) struct Article {
    pub(crate) count: u32,
}

/// Returns a client of an app that starts.
pub(crate) fn tested(app: AppBuilder) -> Client {
    testing::client(app).expect("an app that starts")
}
