//! The trust that the shop has beside itself, by its environment: an issuer elsewhere, and the proxies before it.

use std::fmt;

use clap::Args;
use percent_encoding::percent_decode_str;
use secure_api::{
    app::{App, AppBuilder},
    error::StartError,
    secret::SecretBytes,
    token::Issuer,
};

use crate::token::AUDIENCE;

/// The reason for which a client may be a subject, where nothing is said of it.
const CLIENT_AS_SUBJECT: &str =
    "a program has no subject at some providers, and a person has one at all";

/// The trust beside the shop itself.
#[derive(Args)]
pub struct Trust {
    /// An issuer whose access tokens the shop takes beside its own: its address, where its discovery document says where its
    /// keys are.
    #[arg(long, env = "SHOP_ISSUER", value_name = "https://…")]
    issuer: Option<String>,

    /// The name of the shop at that issuer, which its tokens have in `aud`: `shop-api` where this is left out.
    #[arg(long, env = "SHOP_AUDIENCE")]
    audience: Option<String>,

    /// The claim that holds the roles in tokens of that issuer: its name, or a JSON Pointer as `/realm_access/roles`. `roles`
    /// where this is left out.
    #[arg(long, env = "SHOP_ROLES_CLAIM", value_name = "CLAIM")]
    roles_claim: Option<String>,

    /// The place where the shop asks about tokens that are no JWT, with the client and the secret by which it asks; what a
    /// URL does not take is percent-encoded in them. Of that issuer, or of the URL's origin where none is named. A command
    /// line is seen by others on the machine: the environment is the place for it.
    #[arg(
        long,
        env = "SHOP_INTROSPECT",
        hide_env_values = true,
        value_name = "https://client:secret@host/path"
    )]
    introspect: Option<String>,

    /// The reason for which a client is the subject of such a token of which nobody is told, or `off`: then it is refused. Where
    /// this is left out it is that some providers name no subject of a program's token, and a person's has one.
    #[arg(long, env = "SHOP_CLIENT_AS_SUBJECT", value_name = "REASON|off")]
    client_as_subject: Option<String>,

    /// The networks of the proxies before the shop, `10.0.0.0/8,fd00::/8`: their word on a client's address and certificate counts,
    /// and plaintext is served to them on any address.
    #[arg(long, env = "SHOP_PROXIES", value_delimiter = ',', value_name = "NETWORK,…")]
    proxies: Vec<String>,
}

impl Trust {
    /// Builds an app that has this trust, or returns everything that is wrong with both.
    pub fn build(self, app: AppBuilder) -> Result<App, Mistakes> {
        let mut own = Vec::new();
        let app = match self.issuer(&mut own) {
            Some(issuer) => app.tokens(issuer),
            None => app,
        };
        match app.proxies(self.proxies).build() {
            Ok(app) if own.is_empty() => Ok(app),
            built => Err(Mistakes { own, apps: built.err() }),
        }
    }

    /// Returns the issuer that is named, or the one that is asked. What is wrong with it as an issuer is found when the app is
    /// built, with everything else.
    fn issuer(&self, own: &mut Vec<&'static str>) -> Option<Issuer> {
        let asked = self.introspect.as_deref().map(Asked::parse);
        if matches!(asked, Some(None)) {
            own.push("SHOP_INTROSPECT is not `https://client:secret@host/path`");
        }
        if self.introspect.is_none() && self.client_as_subject.is_some() {
            own.push("SHOP_CLIENT_AS_SUBJECT is of tokens that are asked about, and SHOP_INTROSPECT names nobody to ask");
        }
        let asked = asked.flatten();
        let issuer = match (&self.issuer, &asked) {
            (Some(name), _) => Issuer::discover(name),
            (None, Some(asked)) => Issuer::new(&asked.origin),
            (None, None) => {
                if self.introspect.is_none()
                    && (self.audience.is_some() || self.roles_claim.is_some())
                {
                    own.push("SHOP_AUDIENCE and SHOP_ROLES_CLAIM are of the issuer that SHOP_ISSUER names, and it names none");
                }
                return None;
            }
        };
        let issuer = issuer.audience(self.audience.as_deref().unwrap_or(AUDIENCE));
        let issuer = match &self.roles_claim {
            Some(claim) => issuer.roles_claim(claim),
            None => issuer,
        };
        Some(match asked {
            Some(asked) => {
                let issuer =
                    issuer.introspect(asked.client, asked.secret).introspection_uri(asked.url);
                match &self.client_as_subject {
                    None => issuer.client_as_subject(CLIENT_AS_SUBJECT),
                    Some(off) if off == "off" => issuer,
                    // Reasons are there for as long as the app is.
                    Some(reason) => issuer.client_as_subject(reason.clone().leak()),
                }
            }
            None => issuer,
        })
    }
}

/// The parts of `SHOP_INTROSPECT`.
struct Asked {
    client: String,
    secret: SecretBytes,
    /// The URL without the two.
    url: String,
    /// The URL without its path.
    origin: String,
}

impl Asked {
    /// Takes a URL apart. None where a part is missing: nothing of it is told then, as nobody knows where the secret is.
    fn parse(text: &str) -> Option<Self> {
        let (scheme, rest) = text.split_once("://")?;
        let (authority, path) = rest.find('/').map(|slash| rest.split_at(slash))?;
        let (pair, host) = authority.rsplit_once('@')?;
        let (client, secret) = pair.split_once(':')?;
        let decoded = |text: &str| Some(percent_decode_str(text).decode_utf8().ok()?.into_owned());
        let origin = format!("{scheme}://{host}");
        let url = format!("{origin}{path}");
        let (client, secret) = (decoded(client)?, decoded(secret)?);
        let stated = !client.is_empty() && !secret.is_empty();
        let secret = SecretBytes::fetched(|| stated.then(|| secret.into_bytes()).ok_or(())).ok()?;
        Some(Self { client, secret, url, origin })
    }
}

/// Everything that keeps the shop from starting.
#[derive(Debug)]
pub struct Mistakes {
    own: Vec<&'static str>,
    apps: Option<StartError>,
}

impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let own = self.own.iter().map(ToString::to_string);
        let lines = own.chain(self.apps.iter().map(ToString::to_string));
        f.write_str(&lines.collect::<Vec<_>>().join("\n"))
    }
}

impl std::error::Error for Mistakes {}
