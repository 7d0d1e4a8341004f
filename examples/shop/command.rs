//! The command line and the environment of the shop.

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use clap::{Args, Parser, Subcommand, ValueEnum, builder::PossibleValuesParser};
use secure_api::{role::Roles, version::Versions};

use crate::{console::Console, role::Role, trust::Trust, version::Version};

/// A shop over HTTPS on an SQLite file. Without a command, it serves.
#[derive(Parser)]
#[command(bin_name = "cargo run --example shop --")]
pub struct CommandLine {
    /// The folder of keys and database.
    #[arg(long, env = "SHOP_DATA", global = true,
          default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/target/shop"))]
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
    /// The address and port to listen on.
    #[arg(long, env = "SHOP_ADDR", default_value = "127.0.0.1:8443")]
    pub addr: SocketAddr,

    /// HTTPS or plaintext: that on loopback, or to trusted proxies only.
    #[arg(long, env = "SHOP_TLS", value_enum, default_value = "on")]
    pub tls: Switch,

    /// The URL that callers find the shop at, which its documents and challenges name. That of a loopback address where this is
    /// left out.
    #[arg(long, env = "SHOP_URL", value_name = "https://…")]
    pub url: Option<String>,

    /// Serves version 3 too, which is being tried out.
    #[arg(long, env = "SHOP_PREVIEW")]
    pub preview: bool,

    /// Multiplies every limit, for load tests on loopback.
    #[arg(long, env = "SHOP_LIMIT_SCALE", default_value_t = 1)]
    pub limit_scale: u32,

    /// A Redis, in which the shop remembers who called how often, who is signed in or was signed out, and what was done once. Shops
    /// with one data folder and one Redis are one shop. Whoever else is on this machine sees a command line, and a URL may hold a
    /// password: the environment is the place for it.
    #[arg(long, env = "SHOP_REDIS", hide_env_values = true, value_name = "redis://…")]
    pub redis: Option<String>,

    /// The management listener.
    #[command(flatten)]
    pub console: Console,

    /// The issuers and proxies that are trusted.
    #[command(flatten)]
    pub trust: Trust,
}

impl Serving {
    /// Returns the URL that callers find the shop at, if it is known.
    pub fn base_url(&self) -> Option<String> {
        let local = self.addr.ip().is_loopback() && self.addr.port() != 0;
        let found = || match (self.tls, self.addr.port()) {
            (Switch::On, 443) => format!("https://{}", host(self.addr)),
            (Switch::Off, 80) => format!("http://{}", host(self.addr)),
            (Switch::On, _) => format!("https://{}", self.addr),
            (Switch::Off, _) => format!("http://{}", self.addr),
        };
        self.url.clone().or_else(|| local.then(found))
    }
}

/// Returns the host of an address, as a URL has it.
fn host(address: SocketAddr) -> String {
    match address {
        SocketAddr::V4(address) => address.ip().to_string(),
        SocketAddr::V6(address) => format!("[{}]", address.ip()),
    }
}

/// A switch, on or off.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Switch {
    /// Switched on.
    On,
    /// Switched off.
    Off,
}

/// Something else than serving.
#[derive(Subcommand)]
pub enum Command {
    /// Prints an access token, for development.
    Token(TokenArgs),
    /// Prints the OpenAPI document of a version.
    Openapi {
        /// The version.
        #[arg(long, value_parser = versions())]
        version: String,
    },
    /// Prints every operation: who may call it, how often, and what it shows.
    Routes,
    /// Prints who may call what, and which view of it they see.
    Matrix,
    /// Tries the limits against an access log: whom they would have refused, and how often callers really call. Ends with 2
    /// where the log cannot be read.
    Limits(LimitsArgs),
}

/// The log that limits are tried against.
#[derive(Args)]
pub struct LimitsArgs {
    /// The access log, in the common or the combined format; `-` for standard input.
    #[arg(long, value_name = "FILE")]
    pub against: PathBuf,
    /// Takes each request for a call of this operation, whatever its path: for the log of something else.
    #[arg(long = "as", value_name = "OPERATION")]
    pub only: Option<String>,
    /// Ends with 1 where a limit would have refused somebody, for a build that is to fail then.
    #[arg(long)]
    pub fail_on_refusal: bool,
}

/// The bearer of a token.
#[derive(Args)]
pub struct TokenArgs {
    /// A role that the token gives. Several may be.
    #[arg(long, required = true, value_parser = roles())]
    pub role: Vec<String>,
    /// The account that it speaks for.
    #[arg(long)]
    pub subject: String,
    /// The lifetime in seconds.
    #[arg(long, default_value = "600", value_parser = seconds)]
    pub ttl: Duration,
    /// An OAuth scope that it gives. Several may be.
    #[arg(long)]
    pub scope: Vec<String>,
}

fn roles() -> PossibleValuesParser {
    Role::TABLE.roles.iter().map(|role| role.name).into()
}

fn versions() -> PossibleValuesParser {
    Version::TABLE.versions.iter().map(|version| version.segment).into()
}

fn seconds(text: &str) -> Result<Duration, std::num::ParseIntError> {
    text.parse().map(Duration::from_secs)
}
