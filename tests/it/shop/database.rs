//! The shop while its database fails it: nobody is told why, what does not need it goes on, and nobody restarts the shop.

use futures_util::future::join_all;
use sqlx::{Connection, SqliteConnection, sqlite::SqliteConnectOptions};

use super::outage::{CATALOGUE, Logged, ORDERS, PLACE, WELL, answered, reveals_nothing};

/// Opens the database of a shop beside it, as whoever moves its tables or backs it up does.
async fn beside(shop: &Logged) -> SqliteConnection {
    let file = shop.folder.path().join("shop.db");
    let options = SqliteConnectOptions::new().filename(file);
    SqliteConnection::connect_with(&options).await.expect("a connection")
}

async fn run(database: &mut SqliteConnection, statement: &'static str) {
    sqlx::raw_sql(statement).execute(database).await.expect(statement);
}

/// Returns what the shop says of its database to a monitor.
async fn is_up(shop: &Logged) -> bool {
    let status = shop.ask(("status", |shop| shop.get("v2/status"))).await;
    status.has_status(200);
    status.json()["database"].as_bool().expect("`true` or `false`")
}

// R74 in part
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_table_that_is_gone_under_traffic_is_told_to_the_log_alone() {
    let shop = Logged::start(|_| {});
    let mut database = beside(&shop).await;
    let traffic = shop.traffic();
    answered(&traffic.after(10).await, &WELL);
    assert!(is_up(&shop).await);

    run(&mut database, "ALTER TABLE products RENAME TO moved").await;
    shop.until(CATALOGUE, 503).await;
    shop.until(PLACE, 503).await;
    traffic.after(4).await;
    let seen = traffic.after(20).await;
    answered(&seen, &[("catalogue", 503), ("orders", 200), ("place", 503)]);
    for answer in seen.values().flatten().filter(|answer| answer.status == 503) {
        reveals_nothing(answer, shop.folder.path());
    }
    assert!(!is_up(&shop).await);
    assert_eq!((shop.probe("livez").await, shop.probe("readyz").await), (200, 200));

    run(&mut database, "ALTER TABLE moved RENAME TO products").await;
    shop.until(CATALOGUE, 200).await;
    shop.until(PLACE, 201).await;
    traffic.after(4).await;
    answered(&traffic.after(10).await, &WELL);
    traffic.end().await;
    assert!(is_up(&shop).await);
    let log = shop.log();
    assert!(log.contains("no such table: products"), "{log}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_somebody_else_holds_is_read_and_refuses_what_writes() {
    let shop = Logged::start(|_| {});
    let mut database = beside(&shop).await;
    let traffic = shop.traffic();
    answered(&traffic.after(10).await, &WELL);

    run(&mut database, "BEGIN IMMEDIATE").await;
    shop.until(PLACE, 503).await;
    traffic.after(1).await;
    let seen = traffic.after(2).await;
    answered(&seen, &[("catalogue", 200), ("orders", 200), ("place", 503)]);
    for answer in &seen[&("place", 503)] {
        reveals_nothing(answer, shop.folder.path());
    }
    assert!(is_up(&shop).await);

    run(&mut database, "ROLLBACK").await;
    shop.until(PLACE, 201).await;
    shop.until(ORDERS, 200).await;
    traffic.after(4).await;
    answered(&traffic.after(10).await, &WELL);
    traffic.end().await;
    let log = shop.log();
    assert!(log.contains("database is locked"), "{log}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_that_is_moved_away_and_put_back_loses_nothing() {
    let shop = Logged::start(|_| {});
    let (file, away) = ["shop.db", "away.db"].map(|name| shop.folder.path().join(name)).into();
    let traffic = shop.traffic();
    answered(&traffic.after(10).await, &WELL);

    std::fs::rename(&file, &away).expect("it is moved");
    // More at one time than there are connections: others are opened, and find no file.
    let many = join_all((0..32).map(|_| shop.ask(ORDERS))).await;
    many.iter().filter(|answer| answer.status != 200).for_each(|answer| {
        reveals_nothing(answer, shop.folder.path());
    });
    let seen = traffic.after(40).await;
    for ((kind, status), answers) in &seen {
        if !WELL.contains(&(*kind, *status)) {
            answers.iter().for_each(|answer| reveals_nothing(answer, shop.folder.path()));
        }
    }
    assert!(!file.exists(), "nobody made an empty one in its place");
    assert_eq!(shop.probe("livez").await, 200);

    std::fs::rename(&away, &file).expect("it is put back");
    shop.until(PLACE, 201).await;
    traffic.after(4).await;
    answered(&traffic.after(20).await, &WELL);
    traffic.end().await;
    assert!(is_up(&shop).await);
    let whole: String = sqlx::query_scalar("PRAGMA integrity_check")
        .fetch_one(&mut beside(&shop).await)
        .await
        .expect("an answer");
    assert_eq!(whole, "ok");
}
