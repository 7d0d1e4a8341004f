//! The management listener of the shop: where it is, and the token that it asks for elsewhere than on this machine.

use clap::Args;
use secure_api::{app::AppBuilder, manage::Manage, secret::SecretBytes};

/// The variable of the token. A command line is seen by others on the machine, so it is no option.
pub const TOKEN: &str = "SHOP_CONSOLE_TOKEN";

/// The management listener.
#[derive(Args)]
pub struct Console {
    /// The address of the management listener, with `/console`, `/inventory`, `/metrics`, `/livez` and `/readyz`, or `off` for
    /// none. An empty value is a free port of this machine, for a second shop on it. Elsewhere than on loopback it asks for the
    /// token in SHOP_CONSOLE_TOKEN.
    #[arg(
        long,
        env = "SHOP_CONSOLE",
        default_value = "127.0.0.1:9443",
        value_name = "ADDRESS|off"
    )]
    console: String,
}

impl Console {
    /// Adds it to an app, unless it is off.
    pub fn add(&self, app: AppBuilder) -> AppBuilder {
        if self.console == "off" {
            return app;
        }
        // A second shop on this machine finds the port of the first one taken (SA203).
        let address = if self.console.is_empty() { "127.0.0.1:0" } else { &*self.console };
        let manage = Manage::at(address);
        app.manage(match std::env::var_os(TOKEN) {
            Some(_) => manage.token(SecretBytes::env(TOKEN)),
            None => manage,
        })
    }
}
