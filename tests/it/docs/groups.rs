//! Groups of operations in a document: by the first segment of their paths.

use secure_api::prelude::*;
use serde_json::Value;

use crate::support::document::document;

#[derive(Role)]
enum Role {
    Member,
}

#[derive(Version)]
enum Version {
    V1,
}

macro_rules! deletes {
    ($($name:ident $path:literal)*) => {$(
        /// Removes something.
        #[delete($path, version = Version::V1.., role = Role::Member,
                 allow(path, reason = "spreadsheets know it by that name"))]
        async fn $name() -> NoContent {
            NoContent
        }
    )*};
}

deletes! {
    whole "/Parcels.csv" other "/Stamps.tar.gz" hidden "/.hidden" ended "/ended."
}

/// Removes all.
#[delete("/parcels", version = Version::V1.., role = Role::Member)]
async fn all() -> NoContent {
    NoContent
}

/// Parcels.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(60).per_minute(),
      routes(whole, other, hidden, ended, all))]
struct Parcels;

// R118
#[test]
fn an_extension_makes_no_group_of_its_own() {
    let document = document(&Parcels::API.model());
    let tag = |path: &str| document["paths"][format!("/v1{path}")]["delete"]["tags"][0].clone();
    for (path, group) in [
        ("/Parcels.csv", "parcels"),
        ("/parcels", "parcels"),
        ("/Stamps.tar.gz", "Stamps"),
        ("/.hidden", ".hidden"),
        ("/ended.", "ended."),
    ] {
        assert_eq!(tag(path), group, "{path}");
    }
    let tags = document["tags"].as_array().expect("a list");
    let names: Vec<&Value> = tags.iter().map(|tag| &tag["name"]).collect();
    assert_eq!(names, ["parcels", "Stamps", ".hidden", "ended."]);
    let told: Vec<&Value> = tags.iter().map(|tag| &tag["description"]).collect();
    assert_eq!(told[0], "Operations below `/v1/parcels`.");
    assert_eq!(told[1], "Operations at `/v1/Stamps` with an extension.");
}
