//! The common code of the three servers: their arguments, the orders they hold, and their shutdown.

use std::{io::BufRead, net::SocketAddr, path::PathBuf};

use uuid::Uuid;

/// The issuer of the callers' tokens.
pub const ISSUER: &str = "https://peers.example";
/// The API that they are for.
pub const AUDIENCE: &str = "peers";
/// The id of the key that signs them.
pub const KEY_ID: &str = "peers-1";
/// The number of callers. Each has one token and one order.
pub const CALLERS: u32 = 1000;
/// Requests per minute of one address. Above what is measured, so that a limit counts and never refuses.
pub const PER_ADDRESS: u32 = 1_000_000_000;
/// Requests per minute of one caller, for the same reason.
pub const PER_CALLER: u32 = 100_000_000;

/// The arguments of a server: `SERVER ADDRESS FOLDER`.
pub struct Start {
    /// The address to listen on.
    pub address: SocketAddr,
    /// The folder with the issuer's keys, `private.pem` and `public.pem`.
    pub keys: PathBuf,
}

impl Start {
    /// Reads the arguments. From then on the process ends when its standard input does, so that no server outlives
    /// what measures it; each line there is answered by the allocations so far.
    pub fn read() -> Self {
        let mut arguments = std::env::args().skip(1);
        let mut next = || arguments.next().expect("the arguments are ADDRESS FOLDER");
        let address = next().parse().expect("the first argument is an address");
        let keys = PathBuf::from(next());
        std::thread::spawn(|| {
            for _ in std::io::stdin().lock().lines() {
                println!("{}", allocated());
            }
            std::process::exit(0);
        });
        Self { address, keys }
    }

    /// Reads one of the issuer's keys.
    pub fn key(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).expect("the key is there")
    }

    /// Returns the path of a file of the keys.
    pub fn path(&self, name: &str) -> std::path::PathBuf {
        self.keys.join(name)
    }
}

#[cfg(feature = "allocations")]
#[global_allocator]
static ALLOCATOR: &stats_alloc::StatsAlloc<std::alloc::System> = &stats_alloc::INSTRUMENTED_SYSTEM;

/// Allocations and bytes since the start, with a growing buffer as one more.
#[cfg(feature = "allocations")]
fn allocated() -> String {
    let stats = ALLOCATOR.stats();
    format!("{} {}", stats.allocations + stats.reallocations, stats.bytes_allocated)
}

/// Returns zeros: nothing is counted.
#[cfg(not(feature = "allocations"))]
fn allocated() -> String {
    "0 0".to_owned()
}

/// An order as every server holds it.
pub struct Order {
    /// The key.
    pub id: Uuid,
    /// The subject of whose it is.
    pub owner: String,
    /// An address.
    pub customer_email: String,
    /// A remark.
    pub note: String,
    /// Articles and quantities.
    pub items: Vec<(String, u32)>,
    /// The margin, which no customer sees.
    pub margin: i64,
}

/// Returns the subject of a caller.
pub fn subject(number: u32) -> String {
    format!("caller-{number:04}")
}

/// Returns the order of a caller.
pub fn order(number: u32) -> Order {
    Order {
        id: Uuid::from_u128(number.into()),
        owner: subject(number),
        customer_email: "alice@example.com".to_owned(),
        note: "leave it at the door".to_owned(),
        items: (1..=3).map(|number| (format!("SKU-{number}"), number)).collect(),
        margin: 7,
    }
}

/// The body of a new order. It is the answer's too, without the id.
pub const NEW_ORDER: &str = r#"{"customer_email":"alice@example.com","note":"leave it at the door","items":[{"sku":"SKU-1","quantity":1},{"sku":"SKU-2","quantity":2},{"sku":"SKU-3","quantity":3}]}"#;

/// Returns the body of an order as a customer sees it.
pub fn shown(id: Uuid) -> String {
    format!("{{\"id\":\"{id}\",{}", &NEW_ORDER[1..])
}

/// The body of a ping.
pub const PONG: &str = r#"{"status":"up","region":"north"}"#;
