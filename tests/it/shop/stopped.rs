//! A shop that is told to stop while many call it: each request that it took has its answer.

use std::{process::Command, time::Duration};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    task::JoinHandle,
    time::{sleep, timeout},
};

use super::{Shop, client, shop};
use crate::support::Folder;

/// The outcome of the requests of one client.
#[derive(Debug, Default)]
struct Came {
    answered: usize,
    /// The answers that said that they were the last ones of their connection.
    last: usize,
    lost: Vec<String>,
}

/// Reads one answer, and returns its head.
async fn answer(stream: &mut TcpStream) -> Result<String, String> {
    let mut read = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&read).to_lowercase();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            let length: usize = length.and_then(|length| length.parse().ok()).unwrap_or_default();
            if body.len() >= length {
                return Ok(head.to_owned());
            }
        }
        match stream.read_buf(&mut read).await {
            Ok(0) => return Err(format!("the end after {} bytes", read.len())),
            Ok(_) => {}
            Err(error) => return Err(error.to_string()),
        }
    }
}

/// Asks again and again, over connections that it keeps for so many requests, until nobody listens.
async fn ask_until_it_ends(address: String, kept: usize) -> Came {
    let mut came = Came::default();
    // Nobody listens any more: somebody else would be asked.
    while let Ok(mut stream) = TcpStream::connect(&address).await {
        for _ in 0..kept {
            let request = b"GET /v2/products?size=5 HTTP/1.1\r\nhost: localhost\r\n\r\n";
            if let Err(error) = stream.write_all(request).await {
                came.lost.push(error.to_string());
                break;
            }
            match answer(&mut stream).await {
                Ok(head) => {
                    assert!(head.starts_with("http/1.1 200"), "{head}");
                    came.answered += 1;
                    if head.contains("connection: close") {
                        came.last += 1;
                        break;
                    }
                }
                Err(error) => {
                    came.lost.push(error);
                    break;
                }
            }
        }
    }
    came
}

/// Asks over HTTP/2 and TLS until nobody listens, several at one time. Returns the number of answers.
async fn ask_by_http2(client: reqwest::Client, address: String) -> Came {
    let mut came = Came::default();
    loop {
        match client.get(format!("{address}/v2/orders")).send().await {
            Ok(answer) => {
                assert_eq!(answer.status(), 200);
                match answer.bytes().await {
                    Ok(_) => came.answered += 1,
                    Err(error) => came.lost.push(format!("{error:?}")),
                }
            }
            Err(error) if error.is_connect() => return came,
            Err(error) => {
                came.lost.push(format!("{error:?}"));
                return came;
            }
        }
    }
}

/// Sends SIGTERM after a while, and returns what came of all, once the shop has ended by itself.
async fn stopped(mut shop: Shop, clients: Vec<JoinHandle<Came>>) -> Came {
    sleep(Duration::from_millis(700)).await;
    let process = shop.process.id().to_string();
    assert!(Command::new("kill").arg(process).status().expect("it is told").success());
    let ended = async {
        while shop.process.try_wait().expect("a process").is_none() {
            sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(Duration::from_secs(20), ended).await.expect("it ends by itself");
    assert!(shop.process.wait().expect("it has ended").success());
    let mut all = Came::default();
    for client in clients {
        let came = client.await.expect("a client");
        all.answered += came.answered;
        all.last += came.last;
        all.lost.extend(came.lost);
    }
    all
}

// R49: over HTTP/1.1, by connections that are kept and ones that are new.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_answer_is_lost_over_http1() {
    let folder = Folder::new("shop-");
    let mut command = shop(folder.path());
    command.env("SHOP_TLS", "off");
    let shop = Shop::run(command);
    let address = shop.address.trim_start_matches("http://").to_owned();
    let clients = (0..16).map(|number| {
        let kept = if number % 4 == 0 { 5 } else { usize::MAX };
        tokio::spawn(ask_until_it_ends(address.clone(), kept))
    });
    let came = stopped(shop, clients.collect()).await;
    assert!(came.answered > 200, "{came:?}");
    assert!(came.last >= 12, "those that are kept are told: {came:?}");
    assert_eq!(came.lost, Vec::<String>::new(), "{came:?}");
}

// R49
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_answer_is_lost_over_http2() {
    let folder = Folder::new("shop-");
    let client = client(folder.path(), "customer", "alice");
    let shop = Shop::start(folder.path());
    let ask = |_| tokio::spawn(ask_by_http2(client.clone(), shop.address.clone()));
    let clients = (0..16).map(ask).collect();
    let came = stopped(shop, clients).await;
    assert!(came.answered > 200, "{came:?}");
    assert_eq!(came.lost, Vec::<String>::new(), "{came:?}");
}
