//! One server: its ledger is the Redis, and its secret is that of the other one. That is all that makes two of them one.

use std::{
    env,
    io::{self, BufRead, BufReader, Read},
    process::{Child, ChildStdin, Command, Stdio},
    thread,
    time::Duration,
};

use secure_api::{ledger::Redis, prelude::*};
use tokio::sync::oneshot;

use crate::{
    api::Office,
    folder::Failure,
    token::{AUDIENCE, ISSUER, URL},
};

const REDIS: &str = "CLUSTER_REDIS";
const SECRET: &str = "CLUSTER_SECRET";
const KEY: &str = "CLUSTER_ISSUER_KEY";

/// Longer than the usual 50 milliseconds: a machine that compiles beside it is slow. One that is gone is known to be at once.
const DEADLINE: Duration = Duration::from_secs(2);

/// Serves, as the environment says, for as long as somebody holds the other end of the input.
pub async fn serve() -> Result<(), Failure> {
    let key = Key::ed25519_pem(env::var(KEY)?).id("office-1");
    let app = Office::app()
        .secret(SecretBytes::env(SECRET).base64())
        .ledger(Redis::connect(env::var(REDIS)?).deadline(DEADLINE))
        .tokens(Issuer::new(ISSUER).audience(AUDIENCE).key(key))
        .base_url(URL)
        .dpop(Dpop::new())
        .build()?;
    let bound = app.bind("127.0.0.1:0").await?;
    println!("http://{}", bound.local_addr());
    let (held, let_go) = oneshot::channel::<()>();
    thread::spawn(move || {
        // However it ends, nobody is there any more.
        let _ = io::stdin().read_to_end(&mut Vec::new());
        drop(held);
    });
    bound
        .run(async {
            let _ = let_go.await;
        })
        .await;
    Ok(())
}

/// The settings that all servers of a cluster are given.
pub struct Shared {
    /// The URL of the Redis.
    pub redis: String,
    /// The secret, in base64.
    pub secret: String,
    /// The key of the issuer, as PEM.
    pub key: String,
}

/// A server that runs in a process of its own. It ends when this is dropped, and when this process ends.
pub struct Server {
    process: Child,
    /// The end of its input that it waits for.
    _held: ChildStdin,
    /// Its address, as a URL.
    pub url: String,
}

impl Server {
    /// Starts one.
    pub fn start(shared: &Shared) -> Result<Self, Failure> {
        let mut process = Command::new(env::current_exe()?)
            .arg("server")
            .env(REDIS, &shared.redis)
            .env(SECRET, &shared.secret)
            .env(KEY, &shared.key)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let held = process.stdin.take().ok_or("a server has no input")?;
        let output = process.stdout.take().ok_or("a server has no output")?;
        let mut server = Self { process, _held: held, url: String::new() };
        BufReader::new(output).read_line(&mut server.url)?;
        server.url.truncate(server.url.trim_end().len());
        if server.url.is_empty() {
            return Err("a server did not start".into());
        }
        Ok(server)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
