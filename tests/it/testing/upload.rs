//! Uploads and texts: what a test sends as a form with files, and what it reads of an answer.

use secure_api::{
    prelude::*,
    testing::{self, json},
};

use super::messages::failure;

#[derive(Role)]
enum Role {
    Keeper,
}

#[derive(Version)]
enum Version {
    V1,
}

#[derive(Input)]
struct NewAlbum {
    #[input(max_len = 40)]
    title: String,
    #[input(items = 1..=2, each(max_bytes = KIB, kinds = [FileKind::PlainText]))]
    leaves: Vec<UploadedFile>,
}

#[derive(Resource)]
#[view(AlbumView, role = Role::Keeper, fields(title, names, bytes))]
struct Album {
    title: String,
    names: String,
    bytes: u32,
}

/// Keeps an album, and says what came.
#[post("/albums", version = Version::V1, role = Role::Keeper, view = AlbumView)]
async fn keep_album(Upload(new): Upload<NewAlbum>) -> Performed<Album> {
    let names: Vec<_> = new
        .leaves
        .iter()
        .filter_map(UploadedFile::display_name)
        .map(SafeFileName::as_str)
        .collect();
    let names = names.join(", ");
    let bytes = new.leaves.iter().map(|leaf| leaf.len() as u32).sum();
    Performed(Album { title: new.title, names, bytes })
}

#[api(roles = Role, versions = Version, limit = Limit::per_principal(60).per_minute(), routes(keep_album))]
struct Albums;

fn keeper() -> testing::Actor {
    let app = Albums::app().tokens(testing::issuer());
    testing::client(app).expect("an app that starts").as_caller(Role::Keeper, "kim")
}

#[tokio::test]
async fn an_upload_is_made_of_fields_and_files() {
    let kim = keeper();
    let kept = kim.post("/v1/albums").file("leaves", "a.txt", "one\r\n").field("title", "Hives");
    let kept = kept.file("leaves", "b.txt", [b'x'; 20]).await;
    assert_eq!(kept.assert_status(200).text_at("/title"), "Hives");
    assert_eq!(kept.text_at("/names"), "a.txt, b.txt");
    assert_eq!(kept.json_pointer("/bytes"), 25);
    // It is held against the rules as any.
    let wrong = kim.post("/v1/albums").file("leaf", "a.txt", "one").field("title", "x".repeat(41));
    let wrong = wrong.await.assert_status(422).problem();
    assert_eq!(wrong.rule_at("/leaf"), "unknown");
    assert_eq!(wrong.rule_at("/title"), "length");
    assert_eq!(wrong.rule_at("/leaves"), "items");
    // Another body takes its place.
    let json = kim.post("/v1/albums").file("leaves", "a.txt", "one").json(json!({}));
    json.await.assert_status(415);
}

#[tokio::test]
async fn what_is_no_text_and_no_name_is_said() {
    let kim = keeper();
    let kept = kim.post("/v1/albums").field("title", "Hives").file("leaves", "a.txt", "one").await;
    let said = failure(|| kept.text_at("/bytes"));
    assert!(said.contains("3 is at \"/bytes\", which is no text"), "{said}");
    assert!(said.contains("POST /v1/albums as kim"), "{said}");
    for name in ["a\".txt", "a\\b", "a\r\nb"] {
        let said = failure(|| kim.post("/v1/albums").file("leaves", name, "one"));
        assert!(said.contains("cannot stand in the header of a part"), "{said}");
    }
}
