//! The names that credentials are tried for: how many of them, and nothing else, is known of whoever tries.

use std::time::Duration;

use secure_api::{
    prelude::*,
    sign_in::{Codes, OneTimeCode, SignIn, SignInError, TokenGrant, Tokens},
    testing::{self, Client, json},
};

#[derive(Role)]
enum Role {
    Guest,
}

#[derive(Version)]
enum Version {
    V1,
}

const CODE: OneTimeCode = OneTimeCode::digits("entry");
const GUESSES: Limit = Limit::per_address(16).per_minute();
const FEW: Limit = Limit::per_field("name", 5).per_minute();

/// A sign-in.
#[derive(Input)]
struct Entry {
    /// The name to sign in by.
    #[input(max_len = 40)]
    name: String,
    /// The word that opens.
    #[input(max_len = 40)]
    word: Secret<String>,
}

/// The name of somebody who is to be written to.
#[derive(Input)]
struct Asked {
    /// The name to write to.
    #[input(max_len = 40)]
    name: String,
}

/// Somebody of a name.
#[derive(Resource)]
#[view(Guest, public, fields(name))]
struct Somebody {
    name: String,
}

/// A name that can be asked for.
#[derive(Value)]
#[value(max_len = 40, unowned = "whoever signs up asks if it is free")]
struct Name(String);

/// Signs in by a word.
#[post("/entry", version = Version::V1, public = "who signs in has no token", limit = [GUESSES, FEW], credential, view = Guest)]
async fn enter(
    tokens: Tokens,
    Json(body): Json<Entry>,
) -> Result<Performed<Somebody>, SignInError> {
    if body.word.expose() != "sesame" {
        return Err(SignInError::Refused("the word is wrong"));
    }
    let grant = TokenGrant::new(&body.name, "web").roles([Role::Guest]);
    tokens.issue(grant).await?;
    Ok(Performed(Somebody { name: body.name }))
}

/// Signs in by a code.
#[post("/code", version = Version::V1, public = "who signs in has no token", limit = GUESSES, credential)]
async fn redeem(codes: Codes, Json(body): Json<Entry>) -> Result<Accepted, SignInError> {
    match codes.redeem(&CODE, &body.name, &body.word).await? {
        true => Ok(Accepted),
        false => Err(SignInError::Refused("the word is wrong")),
    }
}

/// Sends a code, if there is somebody of that name.
#[post("/codes", version = Version::V1, public = "who asks has no token", limit = [GUESSES, FEW], credential)]
async fn ask(Json(_): Json<Asked>) -> Accepted {
    Accepted
}

/// Says if a name is taken.
#[get("/names/{name}", version = Version::V1, public = "a sign-up form asks it", limit = GUESSES, credential, view = Guest)]
async fn look_up(Unowned(name): Unowned<Name>) -> Somebody {
    Somebody { name: name.0 }
}

#[api(roles = Role, versions = Version, limit = Limit::per_principal(600).per_minute(),
      routes(enter, redeem, ask, look_up))]
struct Entrance;

fn entrance() -> Client {
    let app = Entrance::app()
        .secret(testing::secret!([7; 32]))
        .base_url("https://entrance.example")
        .sign_in(SignIn::new("entrance"));
    testing::client(app).expect("an app that starts")
}

/// Tries a path for one name after the other, or always for one, each minute four, until the score refuses it. Returns how many
/// were tried.
async fn tries(client: &Client, path: &str, distinct: bool) -> Option<u32> {
    for number in 0..60 {
        client.advance(Duration::from_secs(15));
        let name = if distinct { format!("name-{number}") } else { "alice".to_owned() };
        let reply = match path {
            "/v1/names" => client.get(&format!("/v1/names/{name}")).await,
            "/v1/codes" => client.post(path).json(json!({ "name": name })).await,
            _ => client.post(path).json(json!({ "name": name, "word": "guess" })).await,
        };
        if reply.status() == 429 {
            return Some(number);
        }
        assert!([200, 202, 422].contains(&reply.status()), "{reply:?}");
    }
    None
}

// R67
#[tokio::test]
async fn who_tries_many_names_is_refused_sooner_than_who_tries_one() {
    for (path, of_many, of_one) in [
        ("/v1/entry", 4..10, Some(20..40)),
        ("/v1/code", 4..10, Some(20..40)),
        ("/v1/codes", 10..40, None),
        ("/v1/names", 10..40, None),
    ] {
        let many = tries(&entrance(), path, true).await.expect("it is refused");
        assert!(of_many.contains(&many), "{path}: {many} names");
        let one = tries(&entrance(), path, false).await;
        let as_wanted = match (&of_one, &one) {
            (Some(wanted), Some(one)) => wanted.contains(one),
            (None, None) => true,
            _ => false,
        };
        assert!(as_wanted, "{path}: one name is refused after {one:?}");
    }
}

// R67
#[tokio::test]
async fn whom_a_sign_in_lets_in_speaks_for_the_address() {
    let client = entrance();
    for person in 0..40 {
        client.advance(Duration::from_secs(15));
        let body = json!({ "name": format!("person-{person}"), "word": "sesame" });
        client.post("/v1/entry").json(body).await.assert_status(200);
    }
    let alone = tries(&entrance(), "/v1/entry", true).await.expect("it is refused");
    let in_an_office = tries(&client, "/v1/entry", true).await;
    assert!(in_an_office.is_none_or(|tried| tried > 3 * alone), "{in_an_office:?}, {alone} alone");
}
