//! An authority that speaks ACME, Debian's `pebble`, with a DNS of its own: two processes and a folder.

use std::{
    fs,
    net::{SocketAddr, TcpListener},
    process::{Child, Command, Stdio},
    time::Duration,
};

use reqwest::{Certificate, Client};
use tokio::time::sleep;

use super::Folder;

/// A pebble that runs. It is gone when dropped.
pub(crate) struct Pebble {
    /// The URL of its directory.
    pub(crate) directory: String,
    /// The root of the certificate that its directory has.
    pub(crate) root: String,
    manage: SocketAddr,
    places: Places,
    folder: Folder,
    processes: Vec<Child>,
}

/// The addresses of its parts, of which each was free a moment ago.
struct Places {
    directory: SocketAddr,
    dns: SocketAddr,
    manage_dns: SocketAddr,
}

/// Returns `true` if a pebble can be started. Where it cannot, that is said.
pub(crate) fn is_installed() -> bool {
    let asked =
        Command::new("pebble").arg("-h").stdout(Stdio::null()).stderr(Stdio::null()).status();
    if asked.is_err() {
        eprintln!("skipped: pebble is not installed; ./scripts/test --install does that");
    }
    asked.is_ok()
}

fn free() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address")
}

impl Pebble {
    /// Chooses its addresses, so that an app can name them before it runs.
    pub(crate) fn planned() -> Self {
        let pair = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).expect("a pair");
        let folder = Folder::made("pebble-");
        let root = pair.cert.pem();
        fs::write(folder.path().join("directory.pem"), &root).expect("a file");
        let key = pair.signing_key.serialize_pem();
        fs::write(folder.path().join("directory-key.pem"), key).expect("a file");
        let places = Places { directory: free(), dns: free(), manage_dns: free() };
        let directory = format!("https://{}/dir", places.directory);
        Self { directory, root, manage: free(), places, folder, processes: Vec::new() }
    }

    /// Runs it: each host is this machine, and its port 443 is this one. What it issues is good for so many seconds.
    pub(crate) async fn run(&mut self, https: u16, seconds: u64) {
        let file = |name: &str| self.folder.path().join(name).display().to_string();
        let config = serde_json::json!({ "pebble": {
            "listenAddress": self.places.directory.to_string(),
            "managementListenAddress": self.manage.to_string(),
            "certificate": file("directory.pem"),
            "privateKey": file("directory-key.pem"),
            "httpPort": 1,
            "tlsPort": https,
            "externalAccountBindingRequired": false,
            "certificateValidityPeriod": seconds,
        }});
        fs::write(file("pebble.json"), config.to_string()).expect("a file");
        let dns = Command::new("pebble-challtestsrv")
            .args([
                "-defaultIPv4",
                "127.0.0.1",
                "-defaultIPv6",
                "",
                "-http01",
                "",
                "-https01",
                "",
                "-tlsalpn01",
                "",
            ])
            .args(["-dns01", &self.places.dns.to_string()])
            .args(["-management", &self.places.manage_dns.to_string()])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        self.processes.push(dns.expect("it comes with pebble"));
        let pebble = Command::new("pebble")
            .args([
                "-config",
                &file("pebble.json"),
                "-dnsserver",
                &self.places.dns.to_string(),
                "-strict",
            ])
            // Nothing is slept through, and no nonce is refused for a try: instant-acme takes two of those, and pebble might have three.
            .envs([("PEBBLE_VA_NOSLEEP", "1"), ("PEBBLE_WFE_NONCEREJECT", "0")])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        self.processes.push(pebble.expect("it starts"));
        for _ in 0..500 {
            if self.issuer().await.is_some() {
                return;
            }
            sleep(Duration::from_millis(20)).await;
        }
        panic!("the pebble does not answer");
    }

    /// Returns the root of what it issues, as PEM. It is another one after each start.
    pub(crate) async fn issuer(&self) -> Option<String> {
        let root = Certificate::from_pem(self.root.as_bytes()).expect("a certificate");
        let client = Client::builder().no_proxy().tls_certs_only([root]).build().expect("a client");
        let answer = client.get(format!("https://{}/roots/0", self.manage)).send().await.ok()?;
        answer.error_for_status().ok()?.text().await.ok()
    }

    /// Kills it.
    pub(crate) fn kill(&mut self) {
        for mut process in self.processes.drain(..) {
            // It may have ended by itself.
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}

impl Drop for Pebble {
    fn drop(&mut self) {
        self.kill();
    }
}
