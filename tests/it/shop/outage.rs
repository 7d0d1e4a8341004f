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

use reqwest::{Client, header};
use serde_json::json;
use tokio::{task::JoinHandle, time::sleep};

use super::{Shop, direct, shop};
use crate::support::{Answer, Folder};

/// A request that the traffic asks over and over.
pub(super) type Ask = fn(&Client, &str) -> reqwest::RequestBuilder;

/// Looks at the catalogue, as anybody.
pub(super) const CATALOGUE: (&str, Ask) =
    ("catalogue", |client, address| client.get(format!("{address}/v2/products")));
/// Looks at one's orders.
pub(super) const ORDERS: (&str, Ask) =
    ("orders", |client, address| client.get(format!("{address}/v2/orders")));
/// Places an order.
pub(super) const PLACE: (&str, Ask) = ("place", |client, address| {
    let key = format!("\"{}\"", uuid::Uuid::new_v4());
    placing(client, address, &key)
});

/// All of them.
const KINDS: [(&str, Ask); 3] = [CATALOGUE, ORDERS, PLACE];
/// The answers to them while nothing is gone.
pub(super) const WELL: [(&str, u16); 3] = [("catalogue", 200), ("orders", 200), ("place", 201)];

/// Returns the request that places an order with this key.
pub(super) fn placing(client: &Client, address: &str, key: &str) -> reqwest::RequestBuilder {
    let request = client.post(format!("{address}/v2/orders")).header("idempotency-key", key);
    request.json(&json!({
        "customer_email": "alice@shop.example",
        "items": [{ "sku": "TEA-GREEN", "qty": 1 }],
    }))
}

/// A shop in plaintext that writes its log to a file.
pub(super) struct Logged {
    pub(super) shop: Shop,
    pub(super) manage: String,
    pub(super) client: Client,
    log: PathBuf,
    /// It goes after the shop.
    pub(super) folder: Folder,
}

impl Logged {
    /// Starts one, as alice will call it.
    pub(super) fn start(set: impl FnOnce(&mut Command)) -> Self {
        let folder = Folder::made("shop-");
        let log = folder.path().join("log");
        let mut command = plain(folder.path());
        set(&mut command);
        command.stderr(File::create(&log).expect("a file"));
        let mut shop = Shop::run(command);
        let manage = shop.manage();
        let bearer = bearer(folder.path(), "alice").parse().expect("a header's value");
        let client = direct()
            .default_headers([(header::AUTHORIZATION, bearer)].into_iter().collect())
            .build()
            .expect("a client");
        Self { shop, manage, client, log, folder }
    }

    pub(super) async fn ask(&self, ask: (&str, Ask)) -> Answer {
        Answer::of(ask.1(&self.client, &self.shop.address)).await
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
    pub(super) fn traffic(&self) -> Traffic {
        let (over, seen) = (Arc::new(AtomicBool::new(false)), Arc::<Mutex<Seen>>::default());
        let clients = KINDS.into_iter().flat_map(|ask| [ask, ask]).map(|(name, ask)| {
            let (over, seen) = (Arc::clone(&over), Arc::clone(&seen));
            let (client, address) = (self.client.clone(), self.shop.address.clone());
            tokio::spawn(async move {
                while !over.load(Relaxed) {
                    let answer = Answer::of(ask(&client, &address)).await;
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
    for word in ["redis", "sqlite", "select", "products", "table", "lock", "/tmp", &folder] {
        assert!(!told.contains(word), "{word}: {told}");
    }
}

/// Returns a shop over plaintext that writes what it usually does to its log.
pub(super) fn plain(data: &Path) -> Command {
    let mut command = shop(data);
    command.env("SHOP_TLS", "off").env("RUST_LOG", "info");
    command
}

/// Returns the value of `Authorization` of a customer.
pub(super) fn bearer(data: &Path, subject: &str) -> String {
    let token = plain(data).args(["token", "--role", "customer", "--subject", subject]).output();
    let token = String::from_utf8(token.expect("the command runs").stdout).expect("a token");
    format!("Bearer {}", token.trim())
}
