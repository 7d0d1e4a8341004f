//! The command `token`: an access token for development, which no issuer on the internet could have signed.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use super::{
    TokenRequest,
    commands::TokenArgs,
    terminal::{self, Ended, Failure, Outcome},
};

/// The endings of names that are nobody's (RFC 2606, RFC 6761, and `internal` by ICANN's resolution of 2024).
const NOBODYS: [&str; 5] = ["example", "test", "localhost", "invalid", "internal"];

/// Prints the token that `sign` makes, if this build may.
pub(crate) fn run(
    args: TokenArgs,
    may_sign: bool,
    sign: impl FnOnce(TokenRequest) -> Result<String, String>,
) -> Outcome {
    if !may_sign {
        return Err(Failure::new(
            "tokens are signed in development only, and this is a release build",
        )
        .help(
            "run it without `--release`, or write `.token_in_release(\"why\")` after `.token(…)`",
        ));
    }
    let TokenArgs { role, subject, ttl, scope, printed } = args;
    let request = TokenRequest { roles: role, subject, lifetime: ttl, scopes: scope };
    let token = sign(request).map_err(Failure::new)?;
    match issuer(&token) {
        Some(issuer) if is_nobodys(&issuer) => {}
        Some(issuer) => {
            return Err(Failure::new(format!("a token of {issuer} is not made here: somebody has that name"))
                .help("sign for an issuer on loopback, or below `.example` or `.test`, that the app trusts in development"));
        }
        None => {
            return Err(Failure::new("what was signed is no JSON Web Token with an issuer")
                .help("return what `Signer::sign` makes"));
        }
    }
    if printed.json {
        terminal::json(&json!({ "token": token }))?;
    } else {
        terminal::print(format!("{token}\n"))?;
    }
    Ok(Ended::Fine)
}

/// Returns the failure of an app that signs none.
pub(crate) fn unsigned() -> Failure {
    Failure::new("this app signs no tokens").help(
        "write `.token(|request, options| …)` after `secure_api::cli(…)`, or ask the app's issuer",
    )
}

/// Returns the issuer that a token names.
fn issuer(token: &str) -> Option<String> {
    let claims = URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok()?;
    let claims: Value = serde_json::from_slice(&claims).ok()?;
    Some(claims.get("iss")?.as_str()?.to_owned())
}

/// Returns `true` for an issuer that nobody can have on the internet.
fn is_nobodys(issuer: &str) -> bool {
    let rest = issuer.split_once("://").map_or(issuer, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    if let Some((v6, _)) = host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        return v6.parse::<std::net::Ipv6Addr>().is_ok_and(|address| address.is_loopback());
    }
    let host = host.rsplit_once(':').map_or(host, |(host, _)| host);
    if let Ok(address) = host.parse::<std::net::Ipv4Addr>() {
        return address.is_loopback();
    }
    let last = host.trim_end_matches('.').rsplit('.').next().unwrap_or_default();
    NOBODYS.iter().any(|name| last.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::commands::Printed;

    /// Returns how the command ends where this is signed.
    fn ends(may_sign: bool, claims: &Value) -> Outcome {
        let claims = URL_SAFE_NO_PAD.encode(claims.to_string());
        let args = TokenArgs {
            role: vec!["writer".to_owned()],
            subject: "alice".to_owned(),
            ttl: std::time::Duration::from_secs(1),
            scope: Vec::new(),
            printed: Printed { json: true },
        };
        run(args, may_sign, |_| Ok(format!("e30.{claims}.c2ln")))
    }

    #[test]
    fn nothing_is_printed_that_an_issuer_could_have_signed_or_in_a_release() {
        let local = json!({ "iss": "https://notes.example" });
        assert_eq!(ends(true, &local), Ok(Ended::Fine));
        assert!(ends(false, &local).is_err());
        for claims in [json!({ "iss": "https://login.notes.com" }), json!({}), json!(1)] {
            assert!(ends(true, &claims).is_err(), "{claims}");
        }
    }

    #[test]
    fn names_of_the_internet_are_somebodys() {
        let nobodys = [
            "https://shop.example",
            "http://127.0.0.1:9000",
            "http://[::1]:9000/a",
            "https://a.TEST./x",
            "http://localhost",
        ];
        for name in nobodys {
            assert!(is_nobodys(name), "{name}");
        }
        for name in [
            "https://login.shop.com",
            "https://example.com",
            "https://shop.example@evil.com",
            "http://10.0.0.1",
            "",
            "https://[2001:db8::1]",
        ] {
            assert!(!is_nobodys(name), "{name}");
        }
    }
}
