//! The options of the shop, on its command line and in its environment.

use std::{net::SocketAddr, path::PathBuf};

use clap::{Arg, Args, Command, ValueEnum};
use secure_api::config::Config;

use crate::{
    console::{Console, TOKEN},
    trust::Trust,
};

/// The options of the shop. They hold for each command.
#[derive(Args)]
pub struct Options {
    /// The folder of keys and database.
    #[arg(long, env = "SHOP_DATA", default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/target/shop"))]
    pub data: PathBuf,

    /// A file of settings, in TOML: what it states, and what variables of the same names do, counts more than the options.
    #[arg(long, env = "SHOP_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,

    /// The options of serving.
    #[command(flatten)]
    pub serving: Serving,
}

impl Options {
    /// Returns the settings of the file and of the environment, without the variables of options.
    pub fn config(&self) -> Config {
        let options = Self::augment_args(Command::new("shop"));
        let named = options.get_arguments().filter_map(Arg::get_env);
        let named = named.map(|name| name.to_string_lossy().into_owned());
        let named: Vec<String> = named.chain([TOKEN.to_owned()]).collect();
        let config = Config::named("shop").environment().apart(named);
        match &self.config {
            Some(file) => config.file(file),
            None => config,
        }
    }
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

    /// The seconds that a connection may rest, between two requests and before the first; by default what the framework says.
    #[arg(long, env = "SHOP_IDLE_SECONDS", value_name = "SECONDS")]
    pub idle_seconds: Option<u32>,

    /// A Redis, in which the shop remembers who called how often, who is signed in or was signed out, and what was done once.
    /// Shops with one data folder and one Redis are one shop. Whoever else is on this machine sees a command line, and a URL
    /// may hold a password: the environment is the place for it.
    #[arg(long, env = "SHOP_REDIS", hide_env_values = true, value_name = "redis://…")]
    pub redis: Option<String>,

    /// The milliseconds within which the Redis answers.
    #[arg(long, env = "SHOP_REDIS_DEADLINE", value_name = "MILLISECONDS")]
    pub redis_deadline: Option<u64>,

    /// The URL of a partner who is told of each order by a signed webhook, at `orders` below it: `https` at a public address, or on
    /// this machine. The secret that it knows the signatures by is in the data folder, in `partner-secret`.
    #[arg(long, env = "SHOP_PARTNER", hide_env_values = true, value_name = "https://…")]
    pub partner: Option<String>,

    /// A file of the audit stream: refusals, sign-ins, the beginning and the end of the shop, as lines of JSON that name nobody.
    #[arg(long, env = "SHOP_AUDIT", value_name = "FILE")]
    pub audit: Option<PathBuf>,

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
