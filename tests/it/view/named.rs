//! Names of members as a contract has them: in answers, in `?fields=`, in the document, and under attack.

use secure_api::{prelude::*, testing};
use serde_json::Value as Tree;

use crate::support::TestServer;

#[derive(Role, Debug)]
enum Role {
    Guest,
}

#[derive(Version)]
enum Version {
    V1,
}

/// A pet.
#[derive(Resource)]
#[resource(rename_all = "camelCase")]
#[view(PetLine, role = Role::Guest, fields(first_name, "@id" = number, also_known = nick_name))]
#[view(PetSheet, role = Role::Guest, extends = PetLine, fields(
    "a/b~c" = Pet::length,
    "a-b~c" = Pet::twice,
    last_visit as VisitView,
    #[max_items(3)] other_names,
))]
struct Pet {
    number: u32,
    first_name: String,
    nick_name: String,
    last_visit: Visit,
    other_names: Vec<String>,
}

impl Pet {
    fn length(&self) -> u32 {
        self.first_name.len() as u32
    }

    fn twice(&self) -> u32 {
        self.length() * 2
    }
}

#[derive(Resource)]
#[resource(tag = "$type", rename_all = "UPPERCASE", rename_all_fields = "camelCase")]
#[view(VisitView, role = Role::Guest, variants(HouseCall { how_far, "from.where" = from }, CheckUp { how_far }))]
enum Visit {
    HouseCall {
        how_far: u8,
        from: String,
    },
    #[resource(name = "check up", rename_all = "kebab-case")]
    CheckUp {
        how_far: u8,
    },
}

#[derive(Input)]
#[input(rename_all = "camelCase")]
struct NewPet {
    #[input(min_len = 2, max_len = 20)]
    first_name: String,
    #[input(name = "a/b~c", range = 1..=9)]
    length: u32,
    visit: NewVisit,
}

#[derive(Input)]
#[input(tag = "$type", rename_all = "UPPERCASE", rename_all_fields = "camelCase")]
enum NewVisit {
    HouseCall {
        #[input(range = 1..=9)]
        how_far: u8,
    },
}

#[derive(Input)]
struct Which {
    #[input(name = "filter[far]", range = 1..=9)]
    far: u8,
}

/// Shows a pet.
#[get("/pet", version = Version::V1, role = Role::Guest, view = PetSheet)]
async fn get_pet(Query(which): Query<Which>) -> Pet {
    let far = which.far;
    let last_visit = match far {
        1 => Visit::CheckUp { how_far: far },
        _ => Visit::HouseCall { how_far: far, from: "Aa".to_owned() },
    };
    let (first_name, nick_name) = ("Ada".to_owned(), "A".to_owned());
    Pet { number: 7, first_name, nick_name, last_visit, other_names: Vec::new() }
}

/// Admits a pet.
#[post("/pets", version = Version::V1, role = Role::Guest, view = PetLine)]
async fn add_pet(Json(pet): Json<NewPet>) -> Performed<Pet> {
    let NewVisit::HouseCall { how_far } = pet.visit;
    let last_visit = Visit::HouseCall { how_far, from: String::new() };
    let (first_name, nick_name) = (pet.first_name, "A".to_owned());
    Performed(Pet {
        number: pet.length,
        first_name,
        nick_name,
        last_visit,
        other_names: Vec::new(),
    })
}

/// Pets.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(6000).per_minute(), routes(get_pet, add_pet))]
struct Pets;

async fn server() -> TestServer {
    TestServer::of(Pets::app()).await
}

#[tokio::test]
async fn an_answer_has_the_names_of_its_contract() {
    let server = server().await;
    let guest = server.token("alice", &["guest"]);
    let whole = r#"{"firstName":"Ada","@id":7,"also_known":"A","a/b~c":3,"a-b~c":6,"lastVisit":"#;
    for (query, visit) in [
        ("filter[far]=1", r#"{"$type":"check up","how-far":1}"#),
        ("filter%5Bfar%5D=2", r#"{"$type":"HOUSECALL","howFar":2,"from.where":"Aa"}"#),
    ] {
        let answer = server.get_as(&guest, &format!("/v1/pet?{query}")).await;
        assert_eq!(
            (answer.status, answer.body),
            (200, format!("{whole}{visit},\"otherNames\":[]}}"))
        );
    }
    for (fields, part) in [
        ("firstName,@id", r#"{"firstName":"Ada","@id":7}"#),
        ("a%2Fb~c,a-b~c", r#"{"a/b~c":3,"a-b~c":6}"#),
    ] {
        let path = format!("/v1/pet?filter[far]=1&fields={fields}");
        assert_eq!(server.get_as(&guest, &path).await.body, part);
    }
    // The names of the struct are not those of the contract.
    for fields in ["first_name", "number"] {
        let path = format!("/v1/pet?filter[far]=1&fields={fields}");
        server.get_as(&guest, &path).await.is_problem(400);
    }
}

#[tokio::test]
async fn a_document_has_the_names_of_its_contract() {
    let document = server().await.get("/openapi/v1.json").await.json();
    let schemas = &document["components"]["schemas"];
    let names = |schema: &str| {
        let properties = schemas[schema]["properties"].as_object().map(|all| all.keys());
        let mut names: Vec<_> = properties.into_iter().flatten().map(String::as_str).collect();
        names.sort_unstable();
        names
    };
    assert_eq!(
        names("PetSheet"),
        ["@id", "a-b~c", "a/b~c", "also_known", "firstName", "lastVisit", "otherNames"]
    );
    assert_eq!(names("NewPet"), ["a/b~c", "firstName", "visit"]);
    assert_eq!(names("VisitViewHouseCall"), ["$type", "from.where", "howFar"]);
    assert_eq!(names("VisitViewCheckUp"), ["$type", "how-far"]);
    let visits = &schemas["VisitView"]["discriminator"];
    assert_eq!(visits["propertyName"], "$type");
    assert!(visits["mapping"].get("check up").is_some(), "{visits}");
    let parameters = document["paths"]["/v1/pet"]["get"]["parameters"].as_array();
    let is_far = |parameter: &&Tree| parameter["name"] == "filter[far]";
    assert_eq!(parameters.into_iter().flatten().filter(is_far).count(), 1);
}

#[tokio::test]
async fn names_of_a_contract_are_attacked_too() {
    let app = Pets::app().tokens(testing::issuer());
    let verified = testing::verify(app).await;
    for check in [testing::Check::Bounds, testing::Check::Members, testing::Check::Views] {
        assert!(verified.kept(check) > 0, "{check} was not tried\n{verified}");
    }
}
