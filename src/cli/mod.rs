//! The command line of an app: serving, and what there is to know of an API without serving it.
//!
//! [`cli`](fn@crate::cli) reads the arguments of the program that calls it, so everything that it tells is of the API that was
//! compiled with it. Code 0 is for what is fine, 1 for findings and for an app that did not serve, 2 for what could not be told and
//! for arguments that are wrong.

mod against;
mod bounds;
mod check;
mod client;
mod commands;
mod contract;
mod document;
mod explain;
mod facts;
mod file;
#[cfg(fuzzing)]
pub(crate) mod fuzzed;
mod import;
mod lint;
mod project;
mod run;
mod terminal;
mod token;
pub(crate) mod tool;

use std::{fmt::Display, net::SocketAddr, pin::Pin};

use clap::Args;

pub use clap;

use crate::app::AppBuilder;

/// The end of serving, in words where it failed.
type Served = Pin<Box<dyn Future<Output = Result<(), String>>>>;

/// The function that states settings.
type State<O> = Box<dyn Fn(AppBuilder, &O) -> AppBuilder>;

/// The function that serves.
type Serve<O> = Box<dyn FnOnce(AppBuilder, O) -> Served>;

/// The function that signs tokens for development.
type Sign<O> = Box<dyn FnOnce(TokenRequest, O) -> Result<String, String>>;

/// The options of serving, where an app has none of its own.
#[derive(Debug, Clone, Copy, Args)]
pub struct ServeOptions {
    /// The address and port to listen on.
    #[arg(long, default_value = "127.0.0.1:8080")]
    pub addr: SocketAddr,
}

/// A token that the command `token` is asked for.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct TokenRequest {
    /// The roles that it gives, by their names in tokens.
    pub roles: Vec<String>,
    /// The subject that it speaks for.
    pub subject: String,
    /// Its lifetime.
    pub lifetime: std::time::Duration,
    /// The OAuth scopes that it gives.
    pub scopes: Vec<String>,
}

/// The command line of an app, until it [runs](Self::run).
///
/// `O` are the app's own options, which stand before or after a command.
pub struct Cli<O = ServeOptions> {
    app: fn() -> AppBuilder,
    called: Option<String>,
    settings: State<O>,
    serve: Option<Serve<O>>,
    sign: Option<Sign<O>>,
    release: bool,
}

/// Begins the command line of an app.
///
/// `Shop::app` is the function that `#[api]` makes.
///
/// ```no_run
/// use secure_api::prelude::*;
/// # #[derive(Role)] enum Role { Member }
/// # #[derive(Version)] enum Version { V1 }
/// # #[post("/ping", version = Version::V1.., public = "a monitor has no token")]
/// # async fn ping() -> Accepted { Accepted }
///
/// #[api(roles = Role, versions = Version, limit = Limit::per_address(60).per_minute(), routes(ping))]
/// struct Pings;
///
/// #[tokio::main]
/// async fn main() -> std::process::ExitCode {
///     let cli = secure_api::cli(Pings::app);
///     cli.serve(async |app, options| app.build()?.serve(options.addr).await).run().await
/// }
/// ```
pub fn cli(app: fn() -> AppBuilder) -> Cli {
    Cli { app, called: None, settings: unchanged(), serve: None, sign: None, release: false }
}

/// Makes settings that change nothing.
fn unchanged<O>() -> State<O> {
    Box::new(|app, _| app)
}

impl<O: Args + 'static> Cli<O> {
    /// Takes options of the app's own in place of `--addr`. It comes first: the functions below are given them.
    ///
    /// `#[derive(Args)]` of [`clap`] makes such a type. Where the app does not depend on clap itself, `use secure_api::cli::clap;`
    /// brings it.
    #[must_use]
    pub fn options<P: Args + 'static>(self) -> Cli<P> {
        let Self { app, called, .. } = self;
        Cli { app, called, settings: unchanged(), serve: None, sign: None, release: false }
    }

    /// States the words that the program is run by, for its help: `cargo run --example shop --`.
    #[must_use]
    pub fn called(mut self, words: impl Into<String>) -> Self {
        self.called = Some(words.into());
        self
    }

    /// States the settings of the app that need no network and make nothing. Commands that tell of the app apply them, and `serve` gets
    /// an app that has them. The app's secret may be one of them, for `inventory --client`: where its place cannot be read, all else is
    /// told without it.
    #[must_use]
    pub fn settings(mut self, settings: impl Fn(AppBuilder, &O) -> AppBuilder + 'static) -> Self {
        self.settings = Box::new(settings);
        self
    }

    /// States how the app is served: what runs without a command, and by `serve`.
    ///
    /// With `--check` it runs up to where it builds the app, which is checked in place of that; what it does before, it does.
    #[must_use]
    pub fn serve<E: Display>(
        mut self,
        serve: impl AsyncFnOnce(AppBuilder, O) -> Result<(), E> + 'static,
    ) -> Self {
        self.serve = Some(Box::new(|app, options| {
            Box::pin(async move { serve(app, options).await.map_err(|error| format!("{error:#}")) })
        }));
        self
    }

    /// Adds the command `token`, for development: it prints what this function signs.
    ///
    /// The token has to name an issuer in `iss` that is nobody's on the internet: on loopback, or below `.example`, `.test`,
    /// `.localhost`, `.invalid` or `.internal`. In a release build the command refuses; see [`token_in_release`](Self::token_in_release).
    #[must_use]
    pub fn token<E: Display>(
        mut self,
        sign: impl FnOnce(TokenRequest, O) -> Result<String, E> + 'static,
    ) -> Self {
        self.sign = Some(Box::new(|request, options| {
            sign(request, options).map_err(|error| format!("{error:#}"))
        }));
        self
    }

    /// Lets a release build sign tokens too, as for load tests. The reason is for whoever reads the program.
    #[must_use]
    pub fn token_in_release(mut self, reason: &'static str) -> Self {
        self.release = !reason.trim().is_empty();
        self
    }
}
