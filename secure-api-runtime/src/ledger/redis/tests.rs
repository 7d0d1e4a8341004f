//! The script of charges beside the cells in memory: both count the same. Each has an arithmetic of its own, and tells the time by its own.

use std::{
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::Duration,
};

use redis::{Cmd, Value, aio::MultiplexedConnection, from_redis_value};

use super::{connect, options::Options};
use crate::{
    fingerprint::Fingerprint,
    ledger::{
        Bound,
        cells::{self, Cells, Demand},
    },
};

/// A Redis that runs. It is gone when dropped.
struct Server {
    folder: PathBuf,
    process: Child,
}

impl Server {
    /// Starts one. None where no Redis is installed, which is said.
    fn start() -> Option<Self> {
        let folder = std::env::temp_dir().join(format!("redis-{}", uuid::Uuid::new_v4()));
        std::fs::create_dir(&folder).expect("a folder");
        let process = Command::new("redis-server")
            .args(["--port", "0", "--save", "", "--unixsocket"])
            .arg(folder.join("redis.sock"))
            .current_dir(&folder)
            .stdout(Stdio::null())
            .spawn();
        if process.is_err() {
            eprintln!("skipped: redis-server is not installed; ./scripts/test --install does that");
        }
        Some(Self { folder, process: process.ok()? })
    }

    async fn connected(&self) -> MultiplexedConnection {
        let options = Options::new(&format!("unix://{}", self.folder.join("redis.sock").display()));
        for _ in 0..500 {
            if let Ok((connection, driver)) = connect::open(&options).await {
                tokio::spawn(driver);
                return connection;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("the Redis does not answer");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself, and the folder may be in use for a moment.
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// Returns a script that is told the time, by its last two arguments.
fn timed(script: &str) -> String {
    let asked = "local time = redis.call('TIME')";
    assert!(script.contains(asked));
    script.replace(asked, "local time = { ARGV[#ARGV - 1], ARGV[#ARGV] }")
}

struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }
}

const MICROS: u64 = 1_000_000;

// R60
#[tokio::test]
async fn the_script_counts_as_the_cells_in_memory_do() {
    let Some(server) = Server::start() else { return };
    let mut redis = server.connected().await;
    let charge = timed(include_str!("lua/charge.lua"));
    let refund = timed(include_str!("lua/refund.lua"));
    let mut random = Random(0x5eed_5eed_5eed_5eed);
    let (mut admitted, mut refused, mut refunded) = (0, 0, 0);
    for turn in 0..120_u64 {
        let count = 1 + u32::try_from(random.below(40)).expect("it is small");
        let minute = Duration::from_secs(60);
        let (kind, bound, time) = match turn % 3 {
            0 => ("w", Bound::Window { count, window: minute }, 60),
            1 => ("a", Bound::AtOnce { count, lease: minute }, 60),
            _ => ("s", Bound::Spaced { interval: Duration::from_secs(3), burst: count }, 3),
        };
        let cells = Cells::new(bound);
        let key = format!("cell {turn}");
        let mut now = 1_800_000_000 * MICROS;
        let mut taken = Vec::new();
        for step in 0..60 {
            now += random.below(4 * MICROS);
            let weight = 1 + u32::try_from(random.below(3)).expect("it is small");
            let fingerprint = Fingerprint::of_hash(u128::from(turn) + 1);
            let demand = |weight| Demand { cells: &cells, key: fingerprint, bound, weight };
            let ask = |script: &str, at: Option<u64>, weight: u32| {
                let mut command = Cmd::new();
                command.arg("EVAL").arg(script).arg(1).arg(&key);
                if let Some(at) = at {
                    command.arg(at);
                }
                command.arg(kind).arg(count).arg(time * MICROS).arg(weight);
                command.arg(now / MICROS).arg(now % MICROS);
                command
            };
            let answer = redis.send_packed_command(&ask(&charge, None, weight)).await;
            let answer: Vec<u64> =
                from_redis_value(answer.and_then(Value::extract_error).expect("an answer"))
                    .expect("numbers");
            let outcome = cells::charge(&[demand(weight)], now * 1_000);
            let is_admitted = u64::from(outcome.is_ok());
            let (Ok(left) | Err(left)) = outcome;
            let expected = [
                is_admitted,
                now,
                left[0].remaining.into(),
                left[0].reset / 1_000,
                left[0].wait / 1_000,
            ];
            assert_eq!(answer, expected, "{bound:?} at step {step}, {weight} at {now}");
            admitted += is_admitted;
            refused += 1 - is_admitted;
            if is_admitted == 1 {
                taken.push((now, weight));
            }
            // What is given back is a moment old, or some seconds.
            let old = taken.len().checked_sub(1 + usize::from(random.below(4) == 0));
            if let Some(old) = old.filter(|_| random.below(3) == 0) {
                let (at, weight) = taken.remove(old);
                let answer = redis.send_packed_command(&ask(&refund, Some(at), weight)).await;
                answer.and_then(Value::extract_error).expect("an answer");
                cells::refund(&demand(weight), at * 1_000, now * 1_000);
                refunded += 1;
            }
        }
    }
    assert!(
        admitted > 1_000 && refused > 1_000 && refunded > 300,
        "{admitted} {refused} {refunded}"
    );
}
