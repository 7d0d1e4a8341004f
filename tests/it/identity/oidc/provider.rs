//! The provider as a process of its own, `tests/outside/provider.mjs`.

use std::{
    env,
    io::{BufRead, BufReader},
    process::{Child, ChildStdout, Command, Stdio},
};

use reqwest::{Certificate, Client, redirect::Policy};
use serde_json::Value;

/// The APIs that the provider issues tokens for, each in one form.
#[derive(Clone, Copy)]
pub(super) enum Api {
    Jwt,
    Opaque,
    OtherJwt,
    OtherOpaque,
}

impl Api {
    fn resource(self) -> &'static str {
        match self {
            Self::Jwt => "https://depot.example/jwt",
            Self::Opaque => "https://depot.example/opaque",
            Self::OtherJwt => "https://other.example/jwt",
            Self::OtherOpaque => "https://other.example/opaque",
        }
    }
}

/// A provider that runs. It is gone when dropped.
pub(super) struct Oidc {
    /// Its identifier, which is where it is found.
    pub(super) name: String,
    client: Client,
    process: Child,
    /// The receiver of its output, open for as long as it runs.
    _output: BufReader<ChildStdout>,
}

impl Oidc {
    pub(super) async fn start() -> Self {
        Self::at("0").await
    }

    /// Starts at a port, with keys that nobody has seen.
    pub(super) async fn at(port: &str) -> Self {
        Self::run(port, None).await
    }

    /// Starts over TLS, with this certificate and its key.
    pub(super) async fn tls(certificate: &str, key: &str) -> Self {
        Self::run("0", Some((certificate, key))).await
    }

    async fn run(port: &str, tls: Option<(&str, &str)>) -> Self {
        let tools = env::var("SECURE_API_OUTSIDE");
        let tools = tools.expect("SECURE_API_OUTSIDE names no folder: run scripts/check-provider");
        let mut command = Command::new(format!("{tools}/bin/node"));
        let program = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/outside/provider.mjs");
        let client = Client::builder().no_proxy().redirect(Policy::none());
        let client = match tls {
            None => client.tls_certs_only([]),
            Some((certificate, key)) => {
                command.env("CERTIFICATE", certificate).env("KEY", key);
                client.tls_certs_only(Certificate::from_pem(certificate.as_bytes()))
            }
        };
        let mut process = command
            .args([program, &tools, port])
            .stdout(Stdio::piped())
            .spawn()
            .expect("the provider starts");
        let mut output = BufReader::new(process.stdout.take().expect("its output is piped"));
        let mut name = String::new();
        while !name.starts_with("http") {
            name.clear();
            assert_ne!(output.read_line(&mut name).expect("a line"), 0, "the provider has ended");
        }
        let name = name.trim().to_owned();
        Self { name, client: client.build().expect("a client"), process, _output: output }
    }

    /// Posts a form, as a client that proves itself by its secret.
    async fn post(&self, path: &str, who: &str, form: &str, proof: Option<&str>) -> Value {
        let request =
            self.client.post(format!("{}{path}", self.name)).basic_auth(who, Some("s%2F+7"));
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        let request = match proof {
            Some(proof) => request.header("dpop", proof),
            None => request,
        };
        let answer = request.body(form.to_owned()).send().await.expect("an answer");
        let (status, text) = (answer.status(), answer.text().await.expect("a text"));
        assert!(status.is_success(), "{path} of {who}: {status} {text}");
        serde_json::from_str(&text).unwrap_or_default()
    }

    /// Returns a new token of a client by its own credentials, good for a day.
    pub(super) async fn token(&self, client: &str, api: Api) -> String {
        self.issue(client, api, None).await
    }

    /// Returns one that is bound to the key of a proof.
    pub(super) async fn bound_token(&self, api: Api, proof: &str) -> String {
        self.issue("prover", api, Some(proof)).await
    }

    async fn issue(&self, client: &str, api: Api, proof: Option<&str>) -> String {
        let form = format!("grant_type=client_credentials&resource={}", api.resource());
        let issued = self.post("/token", client, &form, proof).await;
        let token = issued["access_token"].as_str();
        token.unwrap_or_else(|| panic!("no token: {issued}")).to_owned()
    }

    /// Takes a token of a client back (RFC 7009).
    pub(super) async fn revoke(&self, client: &str, token: &str) {
        self.post("/token/revocation", client, &format!("token={token}"), None).await;
    }

    /// Tells it what to do.
    pub(super) async fn told(&self, what: &str) {
        self.tell(what, "").await;
    }

    /// Has it answer in a manner from now on.
    pub(super) async fn answer(&self, manner: &str) {
        self.tell("manner", manner).await;
    }

    async fn tell(&self, what: &str, how: &str) {
        let request = self.client.post(format!("{}/told/{what}", self.name)).body(how.to_owned());
        let answer = request.send().await.expect("an answer");
        assert_eq!(answer.status(), 204, "{what} {how}");
    }

    /// Ends it.
    pub(super) fn end(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Drop for Oidc {
    fn drop(&mut self) {
        self.end();
    }
}
