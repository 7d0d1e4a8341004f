//! Paths of documents: one that two operations call its parameters of by other names is one.

use secure_api::{docs::openapi_json, prelude::*};

#[derive(Role)]
enum Role {
    Member,
}

#[derive(Version)]
enum Version {
    V1,
    V2,
}

#[derive(Value)]
#[value(max_len = 20, unowned = "whoever knows a name may use it")]
struct Name(String);

#[derive(Value)]
#[value(unowned = "whoever knows a number may use it")]
struct Number(Uuid);

/// Renames somebody in a room.
#[put("/rooms/{room}/guests/{guest}", version = Version::V1.., role = Role::Member)]
async fn rename(room: Unowned<Name>, guest: Unowned<Name>) -> NoContent {
    drop((room, guest));
    NoContent
}

/// Removes somebody from a room. Its parameters have each other's names.
#[delete("/rooms/{guest}/guests/{room}", version = Version::V1.., role = Role::Member)]
async fn remove(room: Unowned<Number>, guest: Unowned<Name>) -> NoContent {
    drop((room, guest));
    NoContent
}

/// Replaces somebody in a room.
#[put("/rooms/{other}/seats/{seat}", version = Version::V2, role = Role::Member)]
async fn seat(other: Unowned<Name>, seat: Unowned<Number>) -> NoContent {
    drop((other, seat));
    NoContent
}

/// Frees a seat, in an older version.
#[delete("/rooms/{room}/seats/{place}", version = Version::V1, role = Role::Member)]
async fn free(room: Unowned<Name>, place: Unowned<Number>) -> NoContent {
    drop((room, place));
    NoContent
}

/// Rooms.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(60).per_minute(),
      routes(rename, remove, seat, free))]
struct Rooms;

// R118: two paths that differ by the names of their parameters alone may not stand in a document (OpenAPI 3.1).
#[test]
fn paths_that_differ_by_names_alone_are_one() {
    let document = |version| -> serde_json::Value {
        let text = openapi_json(&Rooms::API.model(), version).expect("a document");
        serde_json::from_str(&text).expect("JSON")
    };
    let paths = |document: &serde_json::Value| -> Vec<String> {
        document["paths"].as_object().expect("paths").keys().cloned().collect()
    };
    let (first, second) = (document("v1"), document("v2"));
    assert_eq!(
        paths(&first),
        ["/v1/rooms/{room}/guests/{guest}", "/v1/rooms/{room}/seats/{place}"]
    );
    assert_eq!(
        paths(&second),
        ["/v2/rooms/{room}/guests/{guest}", "/v2/rooms/{other}/seats/{seat}"]
    );

    // The names are those of the first, and what each is stays the operation's own.
    let item = &first["paths"]["/v1/rooms/{room}/guests/{guest}"];
    for (verb, guest) in [("put", Some("text")), ("delete", Some("uuid"))] {
        let parameters = item[verb]["parameters"].as_array().expect("parameters");
        let told: Vec<_> = parameters
            .iter()
            .filter(|one| one["in"] == "path")
            .map(|one| (one["name"].as_str(), one["schema"]["format"].as_str()))
            .collect();
        assert_eq!(told.len(), 2, "{verb}");
        assert!(told.contains(&(Some("guest"), guest)), "{verb}: {told:?}");
        assert!(told.iter().any(|(name, _)| *name == Some("room")), "{verb}: {told:?}");
    }
}
