//! Enums without a tag as answers: each variant is the value that it holds, or an object of its fields.

use secure_api::{
    app::AppBuilder,
    docs::openapi_json,
    prelude::*,
    testing::{self, Check, json},
};

#[derive(Role)]
enum Role {
    Guest,
}

#[derive(Version)]
enum Version {
    V1,
}

#[derive(Resource, Clone)]
#[view(PersonView, role = Role::Guest, fields(name, "born-in" = born))]
struct Person {
    name: String,
    born: u16,
    secret: String,
}

/// An author, as the old client has them.
#[derive(Resource, Clone)]
#[resource(untagged)]
#[view(AuthorView, role = Role::Guest, variants(
    Known(0 as PersonView),
    Group { title, of = members },
    Name(0),
    Several(#[max_items(2)] 0 as PersonView),
))]
enum Author {
    Known(Box<Person>),
    Group { title: String, members: u8 },
    Name(String),
    Several(Vec<Person>),
}

#[derive(Resource)]
#[view(BookView, role = Role::Guest, fields(author as AuthorView, others as AuthorView))]
struct Book {
    author: Author,
    others: Vec<Author>,
}

/// A finding: always an object.
#[derive(Resource)]
#[resource(untagged)]
#[view(FoundView, role = Role::Guest, variants(Person(0 as PersonView), Place { street }))]
enum Found {
    Person(Person),
    Place { street: String },
}

fn person() -> Person {
    Person { name: "Ida".to_owned(), born: 1900, secret: "hidden".to_owned() }
}

/// Shows a book.
#[get("/book", version = Version::V1, role = Role::Guest, view = BookView)]
async fn get_book() -> Book {
    assert_eq!(person().secret, "hidden");
    let group = Author::Group { title: "Choir".to_owned(), members: 7 };
    let several = Author::Several(vec![person(); 2]);
    let others = vec![group, Author::Name("Anon <b>".to_owned()), several];
    Book { author: Author::Known(Box::new(person())), others }
}

/// Shows a book with too many authors.
#[get("/crowd", version = Version::V1, role = Role::Guest, view = BookView)]
async fn get_crowd() -> Book {
    Book { author: Author::Several(vec![person(); 3]), others: Vec::new() }
}

/// Finds a person.
#[get("/person", version = Version::V1, role = Role::Guest, view = FoundView)]
async fn get_person() -> Found {
    Found::Person(person())
}

/// Finds a place.
#[get("/place", version = Version::V1, role = Role::Guest, view = FoundView)]
async fn get_place() -> Found {
    Found::Place { street: "Teestr.".to_owned() }
}

/// Books.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(6000).per_minute(),
      routes(get_book, get_crowd, get_person, get_place))]
struct Books;

fn app() -> AppBuilder {
    Books::app().tokens(testing::issuer()).clock(testing::at("2026-11-30"))
}

#[tokio::test]
async fn each_variant_leaves_as_what_it_holds() {
    let client = testing::client(app()).expect("an app that starts");
    let guest = client.as_caller(Role::Guest, "alice");
    let person = r#"{"name":"Ida","born-in":1900}"#;
    let book = guest.get("/v1/book").await;
    let others =
        format!(r#"[{{"title":"Choir","of":7}},"Anon \u003cb\u003e",[{person},{person}]]"#);
    let whole = format!(r#"{{"author":{person},"others":{others}}}"#);
    assert_eq!(book.assert_status(200).text(), whole);
    guest.get("/v1/crowd").await.assert_status(500);
    for (path, body) in [
        ("/v1/person", person),
        ("/v1/person?fields=born-in", r#"{"born-in":1900}"#),
        ("/v1/person?fields=street", "{}"),
        ("/v1/place", r#"{"street":"Teestr."}"#),
    ] {
        assert_eq!(guest.get(path).await.assert_status(200).text(), body, "{path}");
    }
    guest.get("/v1/person?fields=secret").await.assert_status(400);
}

#[test]
fn the_document_says_one_of_them_only_where_they_are_told_apart() {
    let document: serde_json::Value =
        serde_json::from_str(&openapi_json(&Books::API.model(), "v1").expect("a version"))
            .expect("JSON");
    let schemas = &document["components"]["schemas"];
    let author = schemas["AuthorView"]["oneOf"].as_array().expect("one of them");
    assert_eq!(author[0]["$ref"], "#/components/schemas/PersonView");
    assert_eq!(author[1]["$ref"], "#/components/schemas/AuthorViewGroup");
    assert_eq!((&author[2]["type"], &author[3]["maxItems"]), (&json!("string"), &json!(2)));
    assert_eq!(schemas["FoundView"]["oneOf"].as_array().map(Vec::len), Some(2));
    let fields = document["paths"]["/v1/person"]["get"]["parameters"].to_string();
    assert!(fields.contains("born-in") && fields.contains("street"), "{fields}");
}

#[tokio::test]
async fn answers_are_held_against_their_forms() {
    let verified =
        testing::verify(app()).skip("get_crowd", "it answers with 500, as it should").await;
    assert!(verified.kept(Check::Views) > 0, "{verified}");
}
