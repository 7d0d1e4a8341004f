//! The command line and the environment of the example.

use std::{net::SocketAddr, path::PathBuf};

use clap::{Args, Parser, Subcommand};

/// A desk over HTTPS that knows its callers by five kinds of credentials, and an issuer of tokens beside it. Without a command,
/// it serves both.
#[derive(Parser)]
#[command(bin_name = "cargo run --example identity --")]
pub struct CommandLine {
    /// The folder of what is made at each start: certificates and secrets.
    #[arg(long, env = "IDENTITY_DATA", global = true,
          default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/target/identity"))]
    pub data: PathBuf,

    /// The command to run instead of serving.
    #[command(subcommand)]
    pub command: Option<Command>,

    /// The options of serving.
    #[command(flatten)]
    pub serving: Serving,
}

/// The options of serving.
#[derive(Args)]
pub struct Serving {
    /// The address and port of the desk.
    #[arg(long, env = "IDENTITY_ADDR", default_value = "127.0.0.1:8444")]
    pub addr: SocketAddr,

    /// The address and port of the issuer, which is plaintext: on loopback only.
    #[arg(long, env = "IDENTITY_ISSUER_ADDR", default_value = "127.0.0.1:8445")]
    pub issuer_addr: SocketAddr,
}

/// Something else than serving, for a client of the desk that runs.
#[derive(Subcommand)]
pub enum Command {
    /// Asks the issuer for an access token, and prints it.
    Token {
        /// The client that asks: `jobs` gets a JWT, `reports` an opaque token, `payments` one that is bound to its key.
        client: String,
        /// The API that the token is for.
        #[arg(long, default_value = crate::AUDIENCE)]
        audience: String,
    },
    /// Makes a proof of the key of `payments` for one request, and prints it.
    Proof {
        /// The method of the request.
        method: String,
        /// The URL of the request, without its query.
        url: String,
        /// The token that is sent with it.
        token: String,
    },
}
