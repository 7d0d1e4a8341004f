//! The shop as a process of its own: what it answered holds when it is killed, and its reading half only reads.

mod audited;
mod code;
mod crowd;
mod database;
mod examples;
mod ledger;
mod limits;
mod outage;
mod partner;
mod shared;
mod soak;
mod standing;
mod stopped;
pub(crate) mod trust;

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
    time::{Duration, Instant},
};

use reqwest::{Certificate, Client, StatusCode, header};
use secure_api::{identity::CallerId, object::Store};

use crate::support::Folder;

#[expect(unreachable_pub, reason = "in the shop, its root is public")]
#[allow(dead_code, reason = "what is no handler of the shop takes the halves of its database")]
#[path = "../../examples/shop/db.rs"]
mod db;

/// A shop that runs until it is killed.
struct Shop {
    process: Child,
    address: String,
    /// The receiver of its output, open for as long as it runs.
    output: BufReader<ChildStdout>,
}

impl Drop for Shop {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Makes an empty file of a database in the folder of a shop.
fn database(folder: &Folder) -> PathBuf {
    std::fs::create_dir(folder.path()).expect("a folder");
    let file = folder.path().join("shop.db");
    std::fs::File::create(&file).expect("a file");
    file
}

/// Returns the program, which `cargo test` builds beside the tests.
fn program() -> PathBuf {
    let tests = std::env::current_exe().expect("this program has a path");
    let program = tests.with_file_name("../examples/shop");
    assert!(program.exists(), "the shop is not built: `cargo build --example shop`");
    program
}

fn shop(data: &Path) -> Command {
    let mut command = Command::new(program());
    command
        .env("SHOP_DATA", data)
        .env("SHOP_ADDR", "127.0.0.1:0")
        .env("SHOP_CONSOLE", "127.0.0.1:0")
        .env("SHOP_LIMIT_SCALE", "1000000");
    command.env("RUST_LOG", "error");
    command
}

impl Shop {
    fn start(data: &Path) -> Self {
        Self::run(shop(data))
    }

    fn run(mut command: Command) -> Self {
        let mut process = command.stdout(Stdio::piped()).spawn().expect("the shop starts");
        let mut output = BufReader::new(process.stdout.take().expect("its output is piped"));
        let mut first = String::new();
        output.read_line(&mut first).expect("it prints a line");
        let (_, address) = first.split_once(' ').expect("the line ends with an address");
        let address = address.trim_end().trim_end_matches("/docs").to_owned();
        Self { address, process, output }
    }

    /// Reads where its management listener is, which it says in its second line.
    fn manage(&mut self) -> String {
        let mut line = String::new();
        self.output.read_line(&mut line).expect("it prints a line");
        let place = line.strip_prefix("Console: ").and_then(|rest| rest.split_once("/console"));
        place.unwrap_or_else(|| panic!("{line}")).0.to_owned()
    }
}

/// Returns a client that asks the shop itself, whatever proxy the machine has, and waits for no answer for ever.
pub(crate) fn direct() -> reqwest::ClientBuilder {
    Client::builder().no_proxy().timeout(Duration::from_secs(60))
}

fn client(data: &Path, role: &str, subject: &str) -> Client {
    let token = shop(data).args(["token", "--role", role, "--subject", subject]).output();
    let token = String::from_utf8(token.expect("the command runs").stdout).expect("a token");
    let authority =
        std::fs::read(data.join("localhost-certificate.pem")).expect("the certificate was made");
    let authority = Certificate::from_pem(&authority).expect("a certificate");
    let bearer = format!("Bearer {}", token.trim()).parse().expect("a header's value");
    direct()
        .tls_certs_only([authority])
        .default_headers([(header::AUTHORIZATION, bearer)].into_iter().collect())
        .build()
        .expect("a client")
}

/// Places orders until the shop is gone; gives the path of each that was answered with 201.
async fn order_until_it_ends(client: Client, address: String) -> Vec<String> {
    let order = serde_json::json!({
        "customer_email": "alice@shop.example",
        "items": [{ "sku": "TEA-GREEN", "qty": 1 }],
    });
    let mut placed = Vec::new();
    let send = || {
        let key = format!("\"{}\"", uuid::Uuid::new_v4());
        let request = client.post(format!("{address}/v1/orders")).header("idempotency-key", key);
        request.json(&order).send()
    };
    while let Ok(answer) = send().await {
        assert_eq!(answer.status(), StatusCode::CREATED);
        let place = answer.headers()[header::LOCATION].to_str();
        placed.push(place.expect("a path is ASCII").to_owned());
    }
    placed
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_order_that_was_answered_with_201_survives_a_kill() {
    let folder = Folder::new("shop-");
    let data = folder.path();
    let client = client(data, "customer", "alice");
    let mut placed = Vec::new();
    for round in 1..=3 {
        let mut shop = Shop::start(data);
        let writers: Vec<_> = (0..4)
            .map(|_| tokio::spawn(order_until_it_ends(client.clone(), shop.address.clone())))
            .collect();
        tokio::time::sleep(Duration::from_millis(300 * round)).await;
        shop.process.kill().unwrap(); // SIGKILL
        for writer in writers {
            placed.extend(writer.await.unwrap());
        }
    }
    assert!(placed.len() > 10, "{} orders are too few to prove anything", placed.len());
    let shop = Shop::start(data);
    for path in placed {
        let answer = client.get(format!("{}{path}", shop.address)).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
    }
    drop(shop);
}

// R35, R36: relations of callers to what they see, in the shop as a user meets them.
#[tokio::test]
async fn an_account_shows_more_to_its_owner_and_an_order_can_be_given_away() {
    let folder = Folder::new("shop-");
    let data = folder.path();
    let [alice, bob] = ["alice", "bob"].map(|subject| client(data, "customer", subject));
    let support = client(data, "support", "sue");
    let shop = Shop::start(data);
    let url = |path: &str| format!("{}{path}", shop.address);
    let get = async |client: &Client, path: &str| {
        let answer = client.get(url(path)).send().await.unwrap();
        (answer.status().as_u16(), answer.json::<serde_json::Value>().await.unwrap())
    };
    // The caller's own, without a key.
    assert_eq!(get(&alice, "/v2/me").await, (200, serde_json::json!({ "user_name": "alice" })));
    assert_eq!(get(&support, "/v2/me").await.0, 404);
    // Own and other.
    let (status, own) = get(&alice, "/v2/accounts/alice").await;
    assert_eq!((status, &own["email"]), (200, &serde_json::json!("alice@shop.example")));
    let other = serde_json::json!({ "id": "alice", "user_name": "alice" });
    assert_eq!(get(&support, "/v2/accounts/alice").await, (200, other));
    assert_eq!(get(&bob, "/v2/accounts/alice").await.0, 404);
    // A present: whoever has it sees it, and whoever gave it does not any more.
    let order = "/v2/orders/019a0000-0000-7000-8000-000000000002";
    let give = async |client: &Client, to: &str| {
        let request = client.put(url(&format!("{order}/customer")));
        request.json(&serde_json::json!({ "account": to })).send().await.unwrap().status().as_u16()
    };
    assert_eq!(give(&bob, "bob").await, 404);
    assert_eq!(give(&alice, "nobody").await, 422);
    assert_eq!(get(&alice, order).await.0, 200);
    assert_eq!(give(&alice, "bob").await, 204);
    assert_eq!((get(&alice, order).await.0, get(&bob, order).await.0), (404, 200));
    drop(shop);
}

/// Returns the permissions of a file, without its type.
#[cfg(unix)]
fn mode(path: &Path) -> u32 {
    let file = std::fs::metadata(path).expect("the file was made");
    std::os::unix::fs::PermissionsExt::mode(&file.permissions()) & 0o777
}

#[cfg(unix)]
#[test]
fn keys_are_made_once_by_two_processes_and_are_their_owners_alone() {
    let folder = Folder::new("shop-");
    let data = folder.path();
    let token = || {
        let mut command = shop(data);
        command.args(["token", "--role", "customer", "--subject", "alice"]);
        command.stdout(Stdio::null()).spawn().unwrap()
    };
    let started = Instant::now();
    let mut both = [token(), token()];
    assert!(both.iter_mut().all(|process| process.wait().unwrap().success()));
    assert!(started.elapsed() < Duration::from_secs(10));
    assert_eq!(mode(&data.join("signing-key.pem")), 0o600);
    assert_eq!(mode(data), 0o700);
    let before = std::fs::read(data.join("signing-key.pem")).unwrap();
    assert!(token().wait().unwrap().success());
    assert_eq!(std::fs::read(data.join("signing-key.pem")).unwrap(), before);
}

// R18: an owner of before has the text that its token's id has now.
#[tokio::test]
async fn owners_of_before_have_the_text_of_an_id() {
    let folder = Folder::new("shop-");
    let file = database(&folder);
    drop(db::Db::open(&file).await.unwrap());
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&file);
    let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
    let migrations = [
        include_str!("../../examples/shop/migrations/0004_owners.sql"),
        include_str!("../../examples/shop/migrations/0005_owners_in_ascii.sql"),
    ];
    let owner = "UPDATE orders SET customer = ?";
    for subject in ["alice", "jürgen", "漢字 und |", "😀%", "tab\there"] {
        sqlx::query(owner).bind(subject).execute(&pool).await.unwrap();
        for migration in migrations {
            sqlx::raw_sql(migration).execute(&pool).await.unwrap();
        }
        let id = CallerId::new("https://shop.example", None, subject).unwrap();
        let found: Vec<String> =
            sqlx::query_scalar("SELECT customer FROM orders").fetch_all(&pool).await.unwrap();
        assert!(!found.is_empty());
        assert!(found.iter().all(|text| text == id.as_str()), "{subject}: {found:?}");
    }
    pool.close().await;
}

#[tokio::test]
async fn the_reading_half_of_the_database_cannot_write() {
    let folder = Folder::new("shop-");
    let file = database(&folder);
    let db = db::Db::open(&file).await.unwrap();
    let write = "UPDATE products SET price = 1";
    let refused = sqlx::query(write).execute(db.reader()).await.unwrap_err();
    assert!(refused.to_string().contains("readonly"), "{refused}");
    // Not even when it asks for more.
    sqlx::query("PRAGMA query_only = off").execute(db.reader()).await.unwrap();
    assert!(sqlx::query(write).execute(db.reader()).await.is_err());
    // A build without debug assertions makes up no writer.
    #[cfg(debug_assertions)]
    {
        let db = secure_api::testing::writer!(db);
        let mut change = db.begin().await.unwrap();
        assert!(sqlx::query(write).execute(&mut *change).await.is_ok());
        change.commit().await.unwrap();
    }
}

#[tokio::test]
async fn no_number_of_a_card_is_kept() {
    let folder = Folder::new("shop-");
    let file = database(&folder);
    let db = db::Db::open(&file).await.unwrap();
    let ends: Vec<String> =
        sqlx::query_scalar("SELECT card_end FROM orders WHERE card_end IS NOT NULL")
            .fetch_all(db.reader())
            .await
            .unwrap();
    assert!(!ends.is_empty() && ends.iter().all(|end| end.len() == 4), "{ends:?}");
    let columns: Vec<String> = sqlx::query_scalar("SELECT name FROM pragma_table_info('orders')")
        .fetch_all(db.reader())
        .await
        .unwrap();
    let has = |column: &str| columns.iter().any(|name| name == column);
    assert!(has("card_end") && !has("card_pan"), "{columns:?}");
    drop(db);
}
