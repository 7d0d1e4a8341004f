//! Fields that are left out where they are nothing: one by one, in a whole view, computed, of variants, and in the document.

use secure_api::{prelude::*, testing};

use crate::support::TestServer;

#[derive(Role, Debug)]
enum Role {
    Guest,
}

#[derive(Version)]
enum Version {
    V1,
}

/// A person.
#[derive(Resource, Default)]
#[view(PersonLine, role = Role::Guest, fields(name, #[optional] nickname, born))]
#[view(PersonCard, role = Role::Guest, extends = PersonLine, optional, fields(
    partner as PersonLine,
    initial = Person::initial,
    #[optional] boss = Person::boss as PersonLine,
    pet as PetView,
    tags,
))]
struct Person {
    name: String,
    nickname: Option<String>,
    born: Option<u32>,
    partner: Option<Box<Person>>,
    pet: Pet,
    tags: Vec<Option<u8>>,
}

impl Person {
    fn initial(&self) -> Option<&str> {
        self.name.get(..1)
    }

    fn boss(&self) -> Option<&Person> {
        self.partner.as_deref()
    }
}

#[derive(Resource, Default)]
#[resource(tag = "kind")]
#[view(PetView, role = Role::Guest, variants(None, Cat { #[optional] name, age }))]
enum Pet {
    #[default]
    None,
    Cat {
        name: Option<String>,
        age: Option<u8>,
    },
}

#[derive(Input)]
struct Which {
    full: bool,
}

/// Shows a person.
#[get("/person", version = Version::V1, role = Role::Guest, view = PersonCard)]
async fn get_person(Query(which): Query<Which>) -> Person {
    let nickname = which.full.then(|| "A".to_owned());
    let pet = match which.full {
        true => Pet::Cat { name: None, age: None },
        false => Pet::None,
    };
    let ada = Person { name: "Ada".to_owned(), nickname, pet, ..Person::default() };
    match which.full {
        true => Person { partner: Some(Box::default()), tags: vec![None], ..ada },
        false => Person { name: String::new(), ..ada },
    }
}

/// People.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(6000).per_minute(), routes(get_person))]
struct People;

async fn server() -> TestServer {
    TestServer::of(People::app()).await
}

#[tokio::test]
async fn what_is_nothing_is_left_out_where_the_view_says_so() {
    let server = server().await;
    let guest = server.token("alice", &["guest"]);
    let partner = r#"{"name":"","born":null}"#;
    for (query, body) in [
        ("full=false", r#"{"name":"","born":null,"pet":{"kind":"none"},"tags":[]}"#.to_owned()),
        (
            "full=true",
            format!(
                r#"{{"name":"Ada","nickname":"A","born":null,"partner":{partner},"initial":"A","boss":{partner},"pet":{{"kind":"cat","age":null}},"tags":[null]}}"#
            ),
        ),
        ("full=true&fields=initial,boss", format!(r#"{{"initial":"A","boss":{partner}}}"#)),
        ("full=false&fields=initial,boss,nickname", "{}".to_owned()),
        ("full=true&fields=born", r#"{"born":null}"#.to_owned()),
    ] {
        let answer = server.get_as(&guest, &format!("/v1/person?{query}")).await;
        assert_eq!((answer.status, answer.body), (200, body), "{query}");
    }
}

#[tokio::test]
async fn what_may_be_left_out_is_documented_so() {
    let document = server().await.get("/openapi/v1.json").await.json();
    let card = &document["components"]["schemas"]["PersonCard"];
    let required = |schema: &serde_json::Value| schema["required"].as_array().cloned();
    assert_eq!(required(card), Some(["name", "born", "pet", "tags"].map(Into::into).into()));
    let properties = &card["properties"];
    assert_eq!(properties["nickname"]["type"], "string");
    assert_eq!(properties["born"]["type"], serde_json::json!(["integer", "null"]));
    assert_eq!(properties["boss"]["$ref"], "#/components/schemas/PersonLine");
    let cat = &document["components"]["schemas"]["PetViewCat"];
    assert_eq!(required(cat), Some(["kind", "age"].map(Into::into).into()));
    assert_eq!(cat["properties"]["name"]["type"], "string");
}

#[tokio::test]
async fn answers_without_optional_fields_fit_their_views() {
    let verified = testing::verify(People::app().tokens(testing::issuer())).await;
    assert!(verified.kept(testing::Check::Views) > 0, "{verified}");
}
