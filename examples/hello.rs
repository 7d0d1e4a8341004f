//! The smallest complete API: one greeting, for anybody.
use secure_api::prelude::*;

#[derive(Role)]
enum Role {
    Member,
}

#[derive(Version)]
enum Version {
    V1,
}

#[derive(Value)]
#[value(text, max_len = 40, unowned = "a name is nobody's property")]
struct Name(String);

#[derive(Resource)]
#[view(Hello, public, fields(text))]
struct Greeting {
    text: String,
}

/// Greets whoever is named.
#[get("/hello/{name}", version = Version::V1.., public = "a greeting is for anybody", view = Hello)]
async fn hello(Unowned(name): Unowned<Name>) -> Greeting {
    Greeting { text: format!("Hello, {}!", name.as_str()) }
}

/// Greetings.
#[api(roles = Role, versions = Version, limit = Limit::per_address(60).per_minute(), routes(hello))]
struct Greetings;

#[tokio::main]
async fn main() -> Result<(), StartError> {
    secure_api::observe::init();
    let address = std::env::var("HELLO_ADDR").unwrap_or("127.0.0.1:8080".into());
    Greetings::app().build()?.serve(&address).await
}
