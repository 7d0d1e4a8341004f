//! Conduit: a contract that somebody else wrote, the RealWorld API, kept as it is.
//!
//! People write articles, comment on them, mark them as favorites and follow each other. Paths, members, the scheme of tokens and
//! the form of its pages are the contract's; who may do what, how much of it and how often is said here, as for any API.
//!
//! `CONDUIT_ADDR` is the address, `127.0.0.1:8090`. All is kept in memory and ends with the process.

mod account;
mod accounts;
mod article;
mod articles;
mod comment;
mod error;
mod limit;
mod moment;
mod profile;
mod role;
mod store;
#[cfg(test)]
mod tests;
mod token;
mod written;

use std::error::Error;

use secure_api::{app::AppBuilder, prelude::*, sign_in::SignIn};

use crate::{
    role::{Role, Version},
    store::Db,
    token::{ISSUER, Token, TokenKey, Tokens},
};

/// Conduit: articles, and who reads and writes them.
#[api(roles = Role, versions = Version, limit = limit::READ, by = Token,
      routes(accounts::sign_up, accounts::sign_in, accounts::get_user, accounts::change_user,
             profile::get_profile, profile::follow_profile, profile::unfollow_profile,
             articles::list_articles, articles::feed, articles::get_article, articles::write_article,
             articles::change_article, articles::remove_article, articles::favorite_article,
             articles::unfavorite_article, articles::list_tags,
             comment::write_comment, comment::list_comments, comment::remove_comment))]
pub(crate) struct Conduit;

/// Returns the app on this store, with this key of its tokens.
fn app(db: Db, key: TokenKey) -> AppBuilder {
    Conduit::app()
        .store(db.clone())
        .service(key.clone())
        .source(Tokens { key, db })
        // It hashes passwords. Its own tokens are issued by nobody, and no operation admits them. The clients that there are have
        // passwords of eight characters; a new API keeps the default, 15.
        .sign_in(SignIn::new("conduit").issuer(ISSUER).shortest_password(8))
        .docs(Docs::open("conduit is an example, and its documents are for its readers"))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let address = std::env::var("CONDUIT_ADDR").unwrap_or("127.0.0.1:8090".into());
    let app = app(Db::default(), TokenKey::generate()?).build()?;
    println!("http://{address}/api/articles and http://{address}/docs");
    Ok(app.serve(&address).await?)
}
