//! The cost of a decision on an innocent caller while others, who are all over their limit, ask without a pause.

use std::{
    hint::black_box,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use secure_api::ledger::{Ledger, Memory, Points, Redis};

use super::{Failed, HOUR, LOGIN, TASKS, WIDE, charge, name};

/// The attackers, each over the limit.
const ATTACKERS: u64 = 10_000;

/// Asks for attackers one after the other until it is told to stop, and counts how often.
async fn attack(ledger: impl Ledger, from: u64, stop: Arc<AtomicBool>, asked: Arc<AtomicU64>) {
    for turn in from.. {
        if stop.load(Ordering::Relaxed) {
            return;
        }
        // One that is not answered is asked again, as an attacker would.
        black_box(ledger.charge(&[charge(20, turn % ATTACKERS, LOGIN)]).await.is_ok());
        asked.fetch_add(1, Ordering::Relaxed);
    }
}

/// Returns the microseconds of a decision on the innocent caller, half of them below it and 99 of 100.
async fn innocent(ledger: &impl Ledger, times: usize, pause: bool) -> Result<[f64; 2], Failed> {
    let charges = [charge(20, ATTACKERS + 7, WIDE)];
    let mut all = Vec::with_capacity(times);
    for turn in 0..times {
        if pause && turn % 16 == 0 {
            tokio::task::yield_now().await;
        }
        let begun = Instant::now();
        let charged = ledger.charge(&charges).await?;
        all.push(begun.elapsed().as_nanos() as f64 / 1_000.0);
        if !charged.admitted {
            return Err("the innocent caller was refused".into());
        }
    }
    all.sort_by(f64::total_cmp);
    Ok([all[times / 2], all[times * 99 / 100]])
}

/// Compares a quiet minute with an attack by so many tasks.
async fn beside<L: Ledger + Clone>(
    what: &str,
    ledger: &L,
    tasks: u64,
    times: usize,
) -> Result<(), Failed> {
    for attacker in 0..ATTACKERS {
        for _ in 0..6 {
            ledger.charge(&[charge(20, attacker, LOGIN)]).await?;
        }
    }
    let quiet = innocent(ledger, times, false).await?;
    let (stop, asked) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
    let attacks: Vec<_> = (0..tasks)
        .map(|task| {
            let (stop, asked) = (Arc::clone(&stop), Arc::clone(&asked));
            tokio::spawn(attack(ledger.clone(), task * 157, stop, asked))
        })
        .collect();
    tokio::time::sleep(Duration::from_millis(100)).await;
    let (before, begun) = (asked.load(Ordering::Relaxed), Instant::now());
    let attacked = innocent(ledger, times, true).await?;
    let rate = (asked.load(Ordering::Relaxed) - before) as f64 / begun.elapsed().as_secs_f64();
    stop.store(true, Ordering::Relaxed);
    for attack in attacks {
        attack.await?;
    }
    println!(
        "{what:<28} {:>9.2} {:>9.2} {:>9.1} {:>12.2} {:>9.2} {:>9.1} {:>13.1}",
        quiet[0],
        attacked[0],
        attacked[0] / quiet[0],
        quiet[1],
        attacked[1],
        attacked[1] / quiet[1],
        rate / 1_000.0
    );
    Ok(())
}

fn head() {
    println!();
    println!(
        "one innocent caller, µs         quiet  attacked     ratio     99 %: quiet  attacked     ratio   refused, k/s"
    );
}

pub(super) async fn in_memory() -> Result<(), Failed> {
    head();
    let memory = Memory::new(secure_api::clock::Clock::system());
    beside("in memory, one thread asks", &memory, 1, 1_000_000).await
}

pub(super) async fn in_a_redis(url: String) -> Result<(), Failed> {
    head();
    let ledger = Redis::connect(url).deadline(Duration::from_secs(5));
    for tasks in [1, 8, TASKS] {
        beside(&format!("in a Redis, {tasks} ask"), &ledger, tasks, 10_000).await?;
    }
    Ok(())
}

/// Returns what is asked of a caller's score: one of each signal.
pub(super) fn scores(turn: u64) -> Vec<Points> {
    let slot = name(turn % 1_000);
    (0..11)
        .map(|signal| Points {
            name: name((turn % 1_000) * 16 + signal),
            slot,
            points: if signal == 0 { 1.0 } else { 0.0 },
            half_life: HOUR,
        })
        .collect()
}
