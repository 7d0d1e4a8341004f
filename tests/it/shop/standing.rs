//! The standing of the shop's accounts: what its database says counts within seconds.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use reqwest::{Certificate, Client, StatusCode};

use super::{Shop, client, direct};
use crate::support::Folder;

/// Signs in by a one-time code, as the account's owner finds it in the mail.
async fn sign_in(client: &Client, address: &str, data: &Path, account: &str) -> String {
    let body = serde_json::json!({ "user_name": account });
    let asked = client
        .post(format!("{address}/v2/otp"))
        .json(&body)
        .send()
        .await
        .expect("the shop answers");
    assert_eq!(asked.status(), StatusCode::ACCEPTED);
    let mail = data.join(format!("outbox/{account}.txt"));
    let deadline = Instant::now() + Duration::from_secs(10);
    let text = loop {
        match std::fs::read_to_string(&mail) {
            Ok(text) if !text.is_empty() => break text,
            _ => assert!(Instant::now() < deadline, "no mail came"),
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    };
    let code = text.lines().last().expect("a code");
    let body = serde_json::json!({ "user_name": account, "code": code });
    let given = client
        .post(format!("{address}/v2/otp/login"))
        .json(&body)
        .send()
        .await
        .expect("the shop answers");
    assert_eq!(given.status(), StatusCode::OK);
    let tokens: serde_json::Value = given.json().await.expect("JSON");
    tokens["access_token"].as_str().expect("a token").to_owned()
}

// R19: what the database says of an account counts within seconds, and what its token says no longer.
#[tokio::test]
async fn an_account_that_lost_its_role_or_was_deleted_is_out_within_seconds() {
    let folder = Folder::new("shop-");
    let data = folder.path();
    // Whoever comes with a token of the command needs no account.
    let anybody = client(data, "support", "nobody-has-this-account");
    let shop = Shop::start(data);
    let authority =
        Certificate::from_pem(&std::fs::read(data.join("localhost-certificate.pem")).unwrap())
            .unwrap();
    let plain = direct().tls_certs_only([authority]).build().unwrap();
    let token = sign_in(&plain, &shop.address, data, "sam").await;
    let found = format!("{}/v2/accounts?user_name=ali", shop.address);
    let status = async || {
        let answer = plain.get(&found).bearer_auth(&token).send().await.unwrap();
        answer.status().as_u16()
    };
    let becomes = async |wanted: u16| {
        let deadline = Instant::now() + Duration::from_secs(20);
        loop {
            match status().await {
                status if status == wanted => return,
                status => assert!(Instant::now() < deadline, "{status} is no {wanted}"),
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    };
    assert_eq!(status().await, 200);
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(data.join("shop.db"));
    let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
    let demoted = "UPDATE accounts SET role = 'customer' WHERE id = 'sam'";
    sqlx::query(demoted).execute(&pool).await.unwrap();
    becomes(403).await;
    sqlx::raw_sql("DELETE FROM one_time_codes; DELETE FROM accounts WHERE id = 'sam'")
        .execute(&pool)
        .await
        .unwrap();
    becomes(401).await;
    assert_eq!(anybody.get(&found).send().await.unwrap().status(), StatusCode::OK);
    pool.close().await;
}
