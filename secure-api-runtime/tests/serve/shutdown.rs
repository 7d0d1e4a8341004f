//! The end of a server: what it finishes, and what it does not wait for.

use super::*;

#[tokio::test]
async fn shutdown_lets_a_request_finish_and_takes_no_new_ones() {
    let mut running = Running::plain(short()).await;
    let mut stream = running.connect().await;
    stream.write_all(b"GET /slow HTTP/1.1\r\nhost: localhost\r\n\r\n").await.expect("sent");
    sleep(Duration::from_millis(100)).await;
    running.stop();
    sleep(Duration::from_millis(50)).await;
    assert!(TcpStream::connect(running.address).await.is_err(), "nothing listens");
    let answer = rest(&mut stream).await;
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("done"), "{answer}");
    timeout(Duration::from_secs(1), running.done).await.expect("it ends").expect("without a panic");
}

#[tokio::test]
async fn shutdown_does_not_wait_beyond_its_deadline() {
    let settings = ServerSettings { shutdown_deadline: Duration::from_millis(200), ..short() };
    let mut running = Running::plain(settings).await;
    let mut stream = running.connect().await;
    stream.write_all(b"GET /never HTTP/1.1\r\nhost: localhost\r\n\r\n").await.expect("sent");
    sleep(Duration::from_millis(100)).await;
    running.stop();
    let (took, ended) = elapsed(timeout(Duration::from_secs(3), running.done)).await;
    ended.expect("it ends").expect("without a panic");
    assert!(took >= Duration::from_millis(150), "{took:?}: the request was not given its time");
    assert_eq!(rest(&mut stream).await, "");
}

#[tokio::test]
async fn shutdown_does_not_wait_for_idle_connections() {
    let mut running = Running::plain(ServerSettings::default()).await;
    let _silent = running.connect().await;
    let mut stream = running.connect().await;
    stream.write_all(b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n").await.expect("sent");
    sleep(Duration::from_millis(200)).await;
    running.stop();
    timeout(Duration::from_secs(2), running.done).await.expect("it ends").expect("without a panic");
}
