//! Traffic at the shop while something that it needs is gone: what each request was answered with, and what the log says.

use std::{
    collections::BTreeMap,
    fs::File,
    path::{Path, PathBuf},
    process::Command,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    time::Duration,
};

use reqwest::Client;
use serde_json::json;
use tokio::{task::JoinHandle, time::sleep};

use super::{Shop, direct, shop};
use crate::support::{Answer, Folder};

/// A request that the traffic asks over and over.
pub(super) type Ask = fn(&Logged) -> reqwest::RequestBuilder;

/// Looks at the catalogue, as anybody.
pub(super) const CATALOGUE: (&str, Ask) = ("catalogue", |shop| shop.get("v2/products"));
/// Looks at one's orders.
pub(super) const ORDERS: (&str, Ask) =
    ("orders", |shop| shop.get("v2/orders").bearer_auth(&shop.token));
/// Places an order.
pub(super) const PLACE: (&str, Ask) = ("place", |shop| {
    shop.post("v2/orders").json(&json!({
        "customer_email": "alice@shop.example",
        "items": [{ "sku": "TEA-GREEN", "qty": 1 }],
    }))
});
/// All of them.
const KINDS: [(&str, Ask); 3] = [CATALOGUE, ORDERS, PLACE];
/// The answers to them while nothing is gone.
pub(super) const WELL: [(&str, u16); 3] = [("catalogue", 200), ("orders", 200), ("place", 201)];

/// A shop in plaintext that writes its log to a file.
pub(super) struct Logged {
    shop: Shop,
    manage: String,
    pub(super) client: Client,
    token: String,
    log: PathBuf,
    /// The shop's folder, which goes after it.
    pub(super) folder: Folder,
}

impl Logged {
    /// Starts one, which alice will call.
    pub(super) fn start(set: impl FnOnce(&mut Command)) -> Arc<Self> {
        let folder = Folder::made("shop-");
        let log = folder.path().join("log");
        let mut command = plain(folder.path());
        set(&mut command);
        command.stderr(File::create(&log).expect("a file"));
        let mut shop = Shop::run(command);
        let manage = shop.manage();
        let token = token(folder.path(), "alice");
        let client = direct().build().expect("a client");
        Arc::new(Self { shop, manage, client, token, log, folder })
    }

    /// Returns the address of a path.
    pub(super) fn url(&self, path: &str) -> String {
        format!("{}/{path}", self.shop.address)
    }

    pub(super) fn get(&self, path: &str) -> reqwest::RequestBuilder {
        self.client.get(self.url(path))
    }

    /// Returns a request of alice.
    pub(super) fn post(&self, path: &str) -> reqwest::RequestBuilder {
        self.client.post(self.url(path)).bearer_auth(&self.token)
    }

    pub(super) async fn ask(&self, ask: (&str, Ask)) -> Answer {
        Answer::of(ask.1(self)).await
    }

    /// Returns the status of a page of the management listener.
    pub(super) async fn probe(&self, page: &str) -> u16 {
        Answer::of(self.client.get(format!("{}/{page}", self.manage))).await.status
    }

    /// Asks until it is answered with this status.
    pub(super) async fn until(&self, ask: (&str, Ask), status: u16) {
        for _ in 0..600 {
            if self.ask(ask).await.status == status {
                return;
            }
            sleep(Duration::from_millis(50)).await;
        }
        panic!("{} is never answered with {status}: {}", ask.0, self.log());
    }

    /// Waits until a probe has this status.
    pub(super) async fn probed(&self, page: &str, status: u16) {
        for _ in 0..600 {
            if self.probe(page).await == status {
                return;
            }
            sleep(Duration::from_millis(50)).await;
        }
        panic!("{page} never says {status}: {}", self.log());
    }

    pub(super) fn log(&self) -> String {
        std::fs::read_to_string(&self.log).expect("the log")
    }

    /// Begins to ask for each of [`KINDS`], two clients each, until it is ended.
    pub(super) fn traffic(self: &Arc<Self>) -> Traffic {
        let (over, seen) = (Arc::new(AtomicBool::new(false)), Arc::<Mutex<Seen>>::default());
        let clients = KINDS.into_iter().flat_map(|ask| [ask, ask]).map(|(name, ask)| {
            let (over, seen) = (Arc::clone(&over), Arc::clone(&seen));
            let shop = Arc::clone(self);
            tokio::spawn(async move {
                while !over.load(Relaxed) {
                    let answer = Answer::of(ask(&shop)).await;
                    let kind = (name, answer.status);
                    seen.lock().expect("no panic").entry(kind).or_default().push(answer);
                    sleep(Duration::from_millis(5)).await;
                }
            })
        });
        Traffic { clients: clients.collect(), over, seen }
    }
}

/// The answers to each kind of request, by their status.
pub(super) type Seen = BTreeMap<(&'static str, u16), Vec<Answer>>;

/// Clients that ask all the while.
pub(super) struct Traffic {
    clients: Vec<JoinHandle<()>>,
    over: Arc<AtomicBool>,
    seen: Arc<Mutex<Seen>>,
}

impl Traffic {
    /// Takes what was answered until now.
    pub(super) fn take(&self) -> Seen {
        std::mem::take(&mut self.seen.lock().expect("no panic"))
    }

    /// Waits until each kind was answered so often since [`take`](Self::take), and takes that.
    pub(super) async fn after(&self, answers: usize) -> Seen {
        for _ in 0..1200 {
            let mut counts = BTreeMap::<_, usize>::new();
            for ((kind, _), seen) in self.seen.lock().expect("no panic").iter() {
                *counts.entry(*kind).or_default() += seen.len();
            }
            if counts.len() == KINDS.len() && counts.values().all(|count| *count >= answers) {
                return self.take();
            }
            sleep(Duration::from_millis(50)).await;
        }
        panic!("too few are answered");
    }

    /// Ends it. Each request was answered.
    pub(super) async fn end(self) {
        self.over.store(true, Relaxed);
        for client in self.clients {
            client.await.expect("each is answered");
        }
    }
}

/// Fails unless each kind was answered so, and in no other way.
#[track_caller]
pub(super) fn answered(seen: &Seen, expected: &[(&str, u16)]) {
    let all: Vec<_> = seen.keys().copied().collect();
    assert_eq!(all, expected);
}

/// Fails unless what was refused is a problem of 503 that names nothing of the machine.
pub(super) fn reveals_nothing(answer: &Answer, folder: &Path) {
    let problem = answer.is_problem(503);
    let told = format!("{problem} {:?}", answer.headers).to_lowercase();
    let folder = folder.display().to_string();
    for word in ["redis", "sqlite", "select", "no such", "table", "lock", "/tmp", &folder] {
        assert!(!told.contains(word), "{word}: {told}");
    }
}

/// Returns a shop over plaintext that writes what it usually does to its log.
fn plain(data: &Path) -> Command {
    let mut command = shop(data);
    command.env("SHOP_TLS", "off").env("RUST_LOG", "info");
    command
}

/// Returns an access token of a customer.
pub(super) fn token(data: &Path, subject: &str) -> String {
    let token = plain(data).args(["token", "--role", "customer", "--subject", subject]).output();
    let token = String::from_utf8(token.expect("the command runs").stdout).expect("a token");
    token.trim().to_owned()
}
