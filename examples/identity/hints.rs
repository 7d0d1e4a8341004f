//! The hints that the example prints when it has started: for each kind of credentials a line that works when pasted, and one
//! that is refused.

use std::{env, fmt, io};

use crate::folder::{Folder, quoted};

/// The hints to print.
pub struct Hints {
    url: String,
    issuer: String,
    /// The folder, quoted for a shell.
    data: String,
    /// The program with its folder, to run a command of it.
    program: String,
}

impl Hints {
    /// Creates the hints for a desk and an issuer that are found here.
    pub fn new(url: &str, issuer: &str, folder: &Folder) -> io::Result<Self> {
        let data = quoted(folder.root());
        let program = format!("IDENTITY_DATA={data} {}", quoted(&env::current_exe()?));
        Ok(Self { url: url.to_owned(), issuer: issuer.to_owned(), data, program })
    }

    /// Returns the lines, each after the status that it is answered by and the reason.
    fn lines(&self) -> Vec<(&'static str, String)> {
        let Self { url, data, program, .. } = self;
        let curl = format!("curl -i --cacert {data}/localhost-certificate.pem");
        let me = format!("{url}/v1/me");
        let bearer =
            |token: &str| format!("-H \"authorization: Bearer $({program} token {token})\"");
        let new_key = r#"--json '{"label": "nightly"}'"#;
        let sign_in = format!("-X PUT --json @{data}/sign-in.json {url}/v1/session");
        let pay = format!("-X POST {url}/v1/payments");
        let own_page = "-H 'sec-fetch-site: same-origin'";
        let other_page = "-H 'sec-fetch-site: cross-site'";
        let machine = |name| format!("--cert {data}/{name}.pem --key {data}/{name}.key");
        vec![
            ("200, a token that is signed", format!("{curl} {} {me}", bearer("jobs"))),
            (
                "401, a token for another API",
                format!("{curl} {} {me}", bearer("jobs --audience other-api")),
            ),
            (
                "200, a token that only its issuer can read",
                format!("{curl} {} {me}", bearer("reports")),
            ),
            (
                "401, a token that the issuer does not know",
                format!("{curl} -H 'authorization: Bearer made-up' {me}"),
            ),
            (
                "200, an API key is made by who has a token",
                format!(
                    "KEY=$({} {} {new_key} {url}/v1/keys | sed -n 's/.*\"key\":\"\\([^\"]*\\)\".*/\\1/p')",
                    curl.replace(" -i", " -s"),
                    bearer("jobs"),
                ),
            ),
            ("200, the API key", format!("{curl} -H \"x-api-key: $KEY\" {me}")),
            (
                "401, a key makes no keys",
                format!("{curl} -H \"x-api-key: $KEY\" {new_key} {url}/v1/keys"),
            ),
            (
                "204, a page of the desk signs in",
                format!("{curl} -c {data}/cookies {own_page} {sign_in}"),
            ),
            ("200, the session", format!("{curl} -b {data}/cookies {me}")),
            (
                "403, a page of another site has the browser sign out",
                format!("{curl} -b {data}/cookies {other_page} -X DELETE {url}/v1/session"),
            ),
            (
                "202, a token that is bound to a key, with a proof",
                format!(
                    "TOKEN=$({program} token payments); PROOF=$({program} proof POST {url}/v1/payments \"$TOKEN\"); \
                     {curl} -H \"authorization: DPoP $TOKEN\" -H \"dpop: $PROOF\" {pay}"
                ),
            ),
            (
                "401, the same proof again",
                format!("{curl} -H \"authorization: DPoP $TOKEN\" -H \"dpop: $PROOF\" {pay}"),
            ),
            (
                "401, the same token without its key",
                format!("{curl} -H \"authorization: Bearer $TOKEN\" {me}"),
            ),
            (
                "202, a client certificate",
                format!("{curl} {} -X POST {url}/v1/bookings", machine("billing")),
            ),
            (
                "401, a certificate of the same authority that is nobody's",
                format!("{curl} {} -X POST {url}/v1/bookings", machine("stranger")),
            ),
            (
                "400, two kinds at once: nobody could say who is calling",
                format!("{curl} -H \"x-api-key: $KEY\" {} {me}", bearer("jobs")),
            ),
        ]
    }
}

impl fmt::Display for Hints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "Page for a browser: {}/", self.url)?;
        writeln!(
            f,
            "  Its passphrase is in {}/sign-in.json; the certificate to trust is localhost-certificate.pem beside it.",
            self.data
        )?;
        writeln!(f, "Documentation: {}/docs", self.url)?;
        writeln!(f, "Issuer: {}/.well-known/openid-configuration", self.issuer)?;
        for (status, line) in self.lines() {
            write!(f, "\n{status}:\n{line}\n")?;
        }
        write!(f, "\nCtrl-C ends it.")
    }
}
