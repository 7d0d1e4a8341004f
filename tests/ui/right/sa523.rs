//! A request has one body. With two arguments for it, the second would find nothing, or both would read the same
//! bytes in different forms, which is how a check of one form is passed by the other. It is checked when the app is
//! built, before a socket opens.
//!
//! Wrong: below

use crate::shop::*;
use secure_api::app::App;
use secure_api::prelude::*;

#[derive(Input)]
struct Sender {
    #[input(text, max_len = 80)]
    name: String,
}

/// Takes a note, with who sends it.
#[post("/notes", version = Version::V1.., public = "a sandbox")]
async fn note(_: Json<NewOrder>, _: Form<Sender>) -> Accepted {
    Accepted
}

#[api(roles = Role, versions = Version, limit = Limit::per_address(60).per_minute(), routes(note))]
pub struct Sandbox;

pub(super) fn wrong() -> Result<App, StartError> {
    Sandbox::app().build()
}

pub(super) fn right() -> Result<App, StartError> {
    /// Takes a note, with who sends it.
    #[derive(Input)]
    struct NewNote {
        #[input(text, max_len = 500)]
        note: String,
        #[input(text, max_len = 80)]
        sender: String,
    }

    #[post("/notes", version = Version::V1.., public = "a sandbox")]
    async fn note(_: Json<NewNote>) -> Accepted {
        Accepted
    }

    #[api(roles = Role, versions = Version, limit = Limit::per_address(60).per_minute(), routes(note))]
    struct Sandbox;

    Sandbox::app().build()
}
