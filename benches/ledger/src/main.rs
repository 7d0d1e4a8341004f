//! The cost of a decision: in memory beside governor, in a Redis beside `GET` and `INCR` by the same client.
//!
//!     cargo run --release --manifest-path benches/ledger/Cargo.toml
//!
//! It starts a `redis-server` of its own, on a socket in a folder that goes with it. Trust the ratios, and not the rates: the
//! server, the client and whatever else runs share one machine.

mod attack;

use std::{
    error::Error,
    future::Future,
    hint::black_box,
    num::NonZeroU32,
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use secure_api::{
    clock::Clock,
    ledger::{Bound, Charge, Ledger, Memory, Name, Redis},
};

type Failed = Box<dyn Error + Send + Sync>;

/// The tasks that ask at once.
const TASKS: u64 = 64;

#[tokio::main]
async fn main() -> Result<(), Failed> {
    println!("in memory, one thread                        ns    × governor, one key");
    in_memory().await?;
    attack::in_memory().await?;
    let server = Server::start()?;
    println!();
    println!(
        "in a Redis, one connection        µs alone   × GET   {TASKS} at once, k/s   GET ÷ it"
    );
    in_a_redis(&server).await?;
    server.told(&["FLUSHALL"])?;
    attack::in_a_redis(server.url()).await
}

fn name(number: u64) -> Name {
    // Spread as a keyed hash is.
    let mixed = |salt: u64| {
        let mut z = number.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(salt);
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    };
    (u128::from(mixed(1)) << 64 | u128::from(mixed(2))).to_le_bytes().into()
}

/// Returns a charge of a caller to a limit, by numbers.
fn charge(limit: u64, caller: u64, bound: Bound) -> Charge {
    let (slot, limit) = (name(caller), name(1 << 60 | limit));
    let name = name(caller.wrapping_mul(31).wrapping_add(u64::from(limit.as_bytes()[0])));
    Charge { limit, name, slot, bound, weight: 1 }
}

const HOUR: Duration = Duration::from_secs(3600);
const WIDE: Bound = Bound::Window { count: u32::MAX, window: HOUR };
const SPACED: Bound = Bound::Spaced { interval: Duration::from_micros(1), burst: 1_000_000 };
/// A limit as one declares it: of it, all are refused but the first.
const LOGIN: Bound = Bound::Window { count: 5, window: HOUR };

async fn in_memory() -> Result<(), Failed> {
    let quota = governor::Quota::per_second(NonZeroU32::MAX);
    let plain = governor::RateLimiter::keyed(quota);
    let base = each(2_000_000, |_| black_box(plain.check_key(&7_u64).is_ok()));
    row("governor, one key", base, base);
    let told = each(1_000_000, |turn| black_box(plain.check_key(&turn).is_ok()));
    row("governor, a million keys", told, base);

    let memory = Memory::new(Clock::system());
    let one = [charge(1, 7, WIDE)];
    row("one limit, one key", asked(1_000_000, &memory, |_| one).await?, base);
    let three = [charge(1, 7, WIDE), charge(2, 7, SPACED), charge(3, 7, WIDE)];
    row("three limits, one key", asked(1_000_000, &memory, |_| three).await?, base);
    let many = |turn: u64| [charge(4, turn % 1_000_000, LOGIN)];
    asked(1_000_000, &memory, many).await?;
    row("one limit, a million keys", asked(1_000_000, &memory, many).await?, base);
    let flood = |turn: u64| [charge(5, turn, LOGIN)];
    row("one limit, ten million new keys", asked(10_000_000, &memory, flood).await?, base);
    let limited = [charge(6, 7, LOGIN)];
    row("one limit, refused", asked(1_000_000, &memory, |_| limited).await?, base);
    Ok(())
}

/// Returns the nanoseconds that each takes.
fn each(times: u64, mut run: impl FnMut(u64) -> bool) -> f64 {
    let begun = Instant::now();
    for turn in 0..times {
        black_box(run(turn));
    }
    begun.elapsed().as_nanos() as f64 / times as f64
}

async fn asked<const N: usize>(
    times: u64,
    memory: &Memory,
    charges: impl Fn(u64) -> [Charge; N],
) -> Result<f64, Failed> {
    let begun = Instant::now();
    for turn in 0..times {
        black_box(memory.charge(&charges(turn)).await?);
    }
    Ok(begun.elapsed().as_nanos() as f64 / times as f64)
}

fn row(what: &str, nanos: f64, base: f64) {
    println!("{what:<36} {nanos:>10.0} {:>10.1}", nanos / base);
}

async fn in_a_redis(server: &Server) -> Result<(), Failed> {
    let client = redis::Client::open(server.url())?;
    let plain = client.get_multiplexed_async_connection().await?;
    let command = |words: &'static [&'static str]| {
        let plain = plain.clone();
        move |turn: u64| {
            let mut plain = plain.clone();
            async move {
                let mut command = redis::Cmd::new();
                for word in words {
                    command.arg(*word);
                }
                let command = command.arg(turn % 1_000);
                command
                    .query_async::<redis::Value>(&mut plain)
                    .await
                    .map(|_| ())
                    .map_err(Failed::from)
            }
        }
    };
    let base = measured(command(&["GET"])).await?;
    told("GET", base, base);
    told("INCR", measured(command(&["INCR"])).await?, base);
    let ledger = Redis::connect(server.url()).deadline(Duration::from_secs(5));
    let kinds: [(&str, fn(u64) -> Vec<Charge>); 7] = [
        ("one limit, a log", |turn| vec![charge(1, turn % 1_000, WIDE)]),
        ("one limit, spaced", |turn| vec![charge(2, turn % 1_000, SPACED)]),
        ("one limit, at once", |turn| {
            let bound = Bound::AtOnce { count: 100, lease: Duration::from_millis(50) };
            vec![charge(3, turn % 1_000, bound)]
        }),
        ("one limit, refused", |turn| vec![charge(4, turn % 1_000, LOGIN)]),
        ("one limit, new callers", |turn| vec![charge(5, turn + (1 << 40), LOGIN)]),
        ("three limits, one slot", |turn| {
            (6..9).map(|limit| charge(limit, turn % 1_000, WIDE)).collect()
        }),
        ("three limits, three slots", |turn| {
            let slots = |charge: Charge| Charge { slot: charge.name, ..charge };
            (9..12).map(|limit| slots(charge(limit, turn % 1_000, WIDE))).collect()
        }),
    ];
    for (what, charges) in kinds {
        let ledger = ledger.clone();
        let run = move |turn: u64| {
            let ledger = ledger.clone();
            async move { ledger.charge(&charges(turn)).await.map(|_| ()).map_err(Failed::from) }
        };
        told(what, measured(run).await?, base);
    }
    let until = Clock::system().unix_seconds() + 60;
    let asked = ledger.clone();
    let run = move |turn: u64| {
        let ledger = asked.clone();
        async move { ledger.first(name(turn), until).await.map(|_| ()).map_err(Failed::from) }
    };
    told("a proof that is seen", measured(run).await?, base);
    let asked = ledger.clone();
    let run = move |turn: u64| {
        let ledger = asked.clone();
        async move {
            let names = [name(turn), name(turn + 1), name(turn + 2)];
            ledger.revoked(&names).await.map(|_| ()).map_err(Failed::from)
        }
    };
    told("three revocations", measured(run).await?, base);
    let asked = ledger.clone();
    let run = move |turn: u64| {
        let ledger = asked.clone();
        async move { ledger.add(&attack::scores(turn)).await.map(|_| ()).map_err(Failed::from) }
    };
    told("the score of a caller", measured(run).await?, base);
    bytes(server, &ledger).await
}

/// Measures one after the other, and many at once: the microseconds of one, and the number in a second.
async fn measured<F>(run: impl Fn(u64) -> F + Clone + Send + 'static) -> Result<(f64, f64), Failed>
where
    F: Future<Output = Result<(), Failed>> + Send,
{
    const ALONE: u64 = 20_000;
    const EACH: u64 = 2_000;

    for turn in 0..1_000 {
        run(turn).await?;
    }
    let begun = Instant::now();
    for turn in 0..ALONE {
        run(turn).await?;
    }
    let alone = begun.elapsed().as_nanos() as f64 / ALONE as f64 / 1_000.0;
    let begun = Instant::now();
    let tasks = (0..TASKS).map(|task| {
        let run = run.clone();
        tokio::spawn(async move {
            for turn in 0..EACH {
                run(task * EACH + turn).await?;
            }
            Ok::<_, Failed>(())
        })
    });
    for task in tasks.collect::<Vec<_>>() {
        task.await??;
    }
    Ok((alone, (TASKS * EACH) as f64 / begun.elapsed().as_secs_f64()))
}

fn told(what: &str, (alone, rate): (f64, f64), (base, most): (f64, f64)) {
    println!(
        "{what:<32} {alone:>9.1} {:>7.1} {:>18.1} {:>10.1}",
        alone / base,
        rate / 1_000.0,
        most / rate
    );
}

/// Tells what a Redis says that the key of a caller takes who has spent all.
async fn bytes(server: &Server, ledger: &Redis) -> Result<(), Failed> {
    println!();
    println!("a caller who has spent all              bytes, by MEMORY USAGE");
    for (what, bound) in [
        ("5 in an hour", LOGIN),
        ("60 in an hour", Bound::Window { count: 60, window: HOUR }),
        ("1000 in an hour", Bound::Window { count: 1_000, window: HOUR }),
        ("60 in an hour, with a burst", Bound::Spaced { interval: HOUR / 60, burst: 10 }),
        ("10 at once", Bound::AtOnce { count: 10, lease: HOUR }),
    ] {
        server.told(&["FLUSHALL"])?;
        while ledger.charge(&[charge(1, 7, bound)]).await?.admitted {}
        let key = server.told(&["--scan"])?;
        println!("{what:<40} {}", server.told(&["MEMORY", "USAGE", &key])?);
    }
    Ok(())
}

/// A Redis of this process. It is gone when dropped.
struct Server {
    folder: PathBuf,
    process: Child,
}

impl Server {
    fn start() -> Result<Self, Failed> {
        let folder = std::env::temp_dir().join(format!("ledger-bench-{}", std::process::id()));
        std::fs::create_dir(&folder)?;
        let process = Command::new("redis-server")
            .args(["--port", "0", "--save", "", "--unixsocket"])
            .arg(folder.join("redis.sock"))
            .current_dir(&folder)
            .stdout(Stdio::null())
            .spawn()?;
        let server = Self { folder, process };
        for _ in 0..500 {
            if server.told(&["PING"]).is_ok_and(|answer| answer == "PONG") {
                return Ok(server);
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        Err("the Redis does not answer".into())
    }

    fn url(&self) -> String {
        format!("unix://{}", self.folder.join("redis.sock").display())
    }

    fn told(&self, words: &[&str]) -> Result<String, Failed> {
        let socket = self.folder.join("redis.sock");
        let told = Command::new("redis-cli").arg("-s").arg(socket).args(words).output()?;
        Ok(String::from_utf8_lossy(&told.stdout).trim_end().to_owned())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
