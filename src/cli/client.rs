//! The hashes by which the live inventory knows callers: from somebody whom an operator knows to the client of a list.

use std::net::IpAddr;

use serde::Serialize;
use serde_json::json;

use super::{
    commands::{ClientArgs, InventoryArgs},
    terminal::{self, Ended, Failure, Outcome, table},
};
use crate::app::AppBuilder;

/// A caller with its hash.
#[derive(Serialize)]
struct Known<'a> {
    client: String,
    /// The subject, or the address.
    of: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    issuer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tenant: Option<&'a str>,
}

/// Prints the hashes of the callers that the arguments name; `None` where they name none.
pub(crate) fn run(app: &AppBuilder, args: &InventoryArgs) -> Option<Outcome> {
    let asked = !args.client.client.is_empty();
    asked.then(|| {
        let known = known(app, &args.client)?;
        if args.printed.json {
            terminal::json(&json!({ "clients": known }))?;
        } else {
            let mut rows = vec![["client", "of", "issuer", "tenant"].map(str::to_owned).to_vec()];
            rows.extend(known.into_iter().map(|Known { client, of, issuer, tenant }| {
                let tenant = tenant.unwrap_or_default().to_owned();
                vec![client, of.to_owned(), issuer.unwrap_or_default(), tenant]
            }));
            terminal::print(terminal::plain(&table(&rows)))?;
        }
        Ok(Ended::Fine)
    })
}

fn known<'a>(app: &AppBuilder, args: &'a ClientArgs) -> Result<Vec<Known<'a>>, Failure> {
    let ClientArgs { client, issuer, tenant } = args;
    let mut known = Vec::new();
    for of in client {
        // Of an issuer it is a subject, whatever it looks like.
        let address = of.parse::<IpAddr>().ok().filter(|_| issuer.is_none());
        if let Some(address) = address {
            let client = app.live_address(address).ok_or_else(unstated)?;
            known.push(Known { client, of, issuer: None, tenant: None });
            continue;
        }
        let issuers = match issuer {
            Some(issuer) => vec![issuer.clone()],
            None => issuers(app)?,
        };
        for issuer in issuers {
            let tenant = tenant.as_deref();
            let client = app.live_client(&issuer, tenant, of).ok_or_else(unstated)?;
            known.push(Known { client, of, issuer: Some(issuer), tenant });
        }
    }
    Ok(known)
}

/// Returns the issuers that an app's settings name.
fn issuers(app: &AppBuilder) -> Result<Vec<String>, Failure> {
    let settings = app.model().settings;
    let issuers = settings.into_iter().flat_map(|settings| settings.issuers);
    let issuers: Vec<_> = issuers.map(|issuer| issuer.name).collect();
    match issuers.is_empty() {
        true => Err(Failure::new("the settings of the app name no issuer of this subject")
            .help("add `--issuer`, as the `iss` of its tokens or the name that its source of credentials states")),
        false => Ok(issuers),
    }
}

fn unstated() -> Failure {
    Failure::new("the settings of the app state no secret that can be read, and hashes are made by that")
        .help("write `.secret(SecretBytes::env(\"…\").base64())` in `.settings(…)` of its command line, and set the variable")
}
