//! A desk that knows its callers by whatever they bring: tokens of an issuer, API keys, sessions, and certificates.
//!
//! It starts the issuer too, and prints lines to paste. The operations are in `desk`; this file says which credentials there
//! are, and where each comes from.

pub mod certificates;
pub mod client;
pub mod command;
pub mod desk;
pub mod folder;
pub mod hints;
pub mod issuer;
pub mod jwt;
pub mod key_table;
pub mod keys;
pub mod page;
pub mod role;
pub mod secret;
pub mod session;

use std::process::ExitCode;

use clap::Parser;
use secure_api::{
    Tls,
    api_key::ApiKeys,
    client_certificate::Certificates,
    identity::Principal,
    prelude::*,
    serve::shutdown_signal,
    session::{Session, SessionSettings},
};
use tokio::net::TcpListener;

use crate::{
    command::{Command, CommandLine, Serving},
    folder::{Failure, Folder},
    hints::Hints,
    key_table::Table,
    role::{Role, Version},
    session::Passphrase,
};

/// The name of the desk in tokens that are for it: `aud`.
pub const AUDIENCE: &str = "desk-api";

/// The authority that vouches for machines, as the first half of their names.
const PKI: &str = "https://pki.desk.example";

/// The desk: each kind of credentials says who is calling, where an operation does not say otherwise.
#[api(
    roles = Role,
    versions = Version,
    limit = Limit::per_principal(600).per_minute(),
    by = [Bearer, Dpop, ApiKey, Session, Certificate],
    routes(desk::get_me, desk::pay, desk::book, keys::make_key, session::sign_in, session::sign_out)
)]
pub struct Desk;

#[tokio::main]
async fn main() -> ExitCode {
    match run(CommandLine::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

async fn run(line: CommandLine) -> Result<(), Failure> {
    let folder = Folder::open(&line.data)?;
    match line.command {
        None => serve(&folder, line.serving).await?,
        Some(Command::Token { client, audience }) => {
            println!("{}", client::token(&folder, &client, &audience).await?);
        }
        Some(Command::Proof { method, url, token }) => {
            println!("{}", client::proof(&folder, &method, &url, &token)?);
        }
    }
    Ok(())
}

/// Serves the issuer and the desk until the process is told to stop.
async fn serve(folder: &Folder, serving: Serving) -> Result<(), Failure> {
    // Both sockets are open before anything is said of their addresses, so a port may be 0.
    let listener = TcpListener::bind(serving.addr).await?;
    let url = format!("https://{}", listener.local_addr()?);
    let issuer = issuer::start(TcpListener::bind(serving.issuer_addr).await?, folder)?;
    certificates::write(folder)?;
    let passphrase = Passphrase::make(folder)?;

    // Who may book: the machine whose certificate has this name.
    let billing = Principal::new(PKI, "billing").roles(["machine"]);
    let machines = Certificates::new().uri("spiffe://desk.example/billing", billing);
    let tls = Tls::development_in(folder.root());
    let clients = folder.read("clients-authority.pem")?;
    let keys = ApiKeys::new("desk", Table::default());

    let app = Desk::app()
        .base_url(&url)
        .tls(tls.and_then(|tls| tls.optional_clients(clients.as_bytes())))
        // Tokens: by their signatures, or where they have none by asking the issuer.
        .tokens(
            Issuer::discover(&issuer.url)
                .audience(AUDIENCE)
                .introspect(AUDIENCE, issuer.desk_secret),
        )
        .dpop(Dpop::new())
        .api_keys(keys)
        .source(machines)
        .sessions(SessionSettings::new())
        .service(passphrase)
        .docs(Docs::open("the desk is an example, and its documents are for its readers"))
        .build()?
        .map_router(page::beside);
    let bound = app.listen(listener)?;
    println!("{}", Hints::new(&url, &issuer.url, folder)?);
    bound.run(shutdown_signal()).await;
    Ok(())
}
