//! One-time codes of the shop: the tries that fail are counted for an account, and not for a code alone.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use reqwest::{Certificate, Client};
use sqlx::{SqlitePool, sqlite::SqliteConnectOptions};

use super::{Shop, direct};
use crate::support::Folder;

/// A shop whose codes somebody guesses.
struct Guesses<'s> {
    client: Client,
    address: &'s str,
    data: &'s Path,
    pool: SqlitePool,
}

impl Guesses<'_> {
    /// Asks for a code, and returns that of the mail.
    async fn code(&self) -> String {
        let mail = self.data.join("outbox/alice.txt");
        // There is none before the first.
        let _ = std::fs::remove_file(&mail);
        let body = serde_json::json!({ "user_name": "alice" });
        let asked = self.client.post(format!("{}/v2/otp", self.address)).json(&body).send().await;
        assert_eq!(asked.expect("the shop answers").status(), 202);
        let deadline = Instant::now() + Duration::from_secs(10);
        loop {
            match std::fs::read_to_string(&mail) {
                Ok(text) if text.ends_with('\n') => {
                    return text.lines().last().expect("a code").to_owned();
                }
                _ => assert!(Instant::now() < deadline, "no mail came"),
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    async fn tried(&self, code: &str) -> u16 {
        let body = serde_json::json!({ "user_name": "alice", "code": code });
        let request = self.client.post(format!("{}/v2/otp/login", self.address)).json(&body);
        request.send().await.expect("the shop answers").status().as_u16()
    }

    async fn sql(&self, statement: &'static str) {
        sqlx::query(statement).execute(&self.pool).await.expect("the database answers");
    }
}

// Who asks for a code each minute has no tries without end.
#[tokio::test]
async fn a_hundred_tries_that_fail_in_a_day_are_the_last() {
    let folder = Folder::new("shop-");
    let data = folder.path();
    let shop = Shop::start(data);
    let authority =
        Certificate::from_pem(&std::fs::read(data.join("localhost-certificate.pem")).unwrap())
            .unwrap();
    let client = direct().tls_certs_only([authority]).build().unwrap();
    let options = SqliteConnectOptions::new().filename(data.join("shop.db"));
    let pool = SqlitePool::connect_with(options).await.unwrap();
    let guesses = Guesses { client, address: &shop.address, data, pool };
    let mut code = String::new();
    for _ in 0..20 {
        code = guesses.code().await;
        let wrong = if code == "000000" { "000001" } else { "000000" };
        for _ in 0..5 {
            assert_eq!(guesses.tried(wrong).await, 403);
        }
        guesses.sql("UPDATE one_time_codes SET sent_at = sent_at - 60, tries_left = 5").await;
    }
    assert_eq!(guesses.tried(&code).await, 403, "a hundred have failed");
    guesses.sql("UPDATE one_time_codes SET since = since - 86400").await;
    let code = guesses.code().await;
    assert_eq!(guesses.tried(&code).await, 200, "a day has passed");
    guesses.pool.close().await;
}
