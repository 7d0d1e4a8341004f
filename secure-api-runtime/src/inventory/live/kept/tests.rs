//! Closings by hand, which hold on all machines and after a restart.

mod file;

use std::sync::Arc;

use super::{Keeper, KeptIn};
use crate::{
    clock::Clock,
    error::problem,
    inventory::live::{Act, CONFIGURATION, Calls, Live},
    ledger::{AppLedger, Memory, Record},
    metrics::Metrics,
};

/// A machine that keeps its inventory with others.
struct Machine {
    live: Arc<Live>,
    keeper: Keeper,
    calls: Arc<Calls>,
}

const BY_HAND: Act<'_> = Act { operation: "get_order", reason: "it shows too much", by: "alice" };

impl Machine {
    fn started(kept: &KeptIn, ledger: &AppLedger) -> Self {
        let keeper = Keeper::of(kept, ledger).expect("it is kept");
        let live = Arc::new(Live::new(
            1,
            Arc::new(Metrics::new(Arc::default())),
            keeper.parts(),
            Default::default(),
        ));
        keeper.begin(&live).expect("it can be read");
        let calls = live.watch("get_order", "v1", (None, None));
        Self { live, keeper, calls }
    }

    async fn is_closed(&self) -> bool {
        self.keeper.keep(&self.live).await;
        self.calls.is_closed()
    }
}

/// Holds that what is closed and opened on one machine is so on another, and after a restart.
async fn closings_hold_everywhere(kept: &KeptIn) {
    let ledger = AppLedger::in_memory(Memory::new(Clock::manual(1)));
    let one = Machine::started(kept, &ledger);
    one.live.close(BY_HAND, 5).expect("it was open");
    assert!(one.is_closed().await);
    let other = Machine::started(kept, &ledger);
    assert!(other.is_closed().await);
    other.live.open(Act { reason: "it shows less now", ..BY_HAND }, 6).expect("it was closed");
    assert!(!other.is_closed().await);
    assert!(!Machine::started(kept, &ledger).is_closed().await);
    // It was opened before it was closed again, also in the same second.
    other.live.close(BY_HAND, 6).expect("it was open");
    assert!(other.is_closed().await);
    let again = Machine::started(kept, &ledger);
    assert!(again.is_closed().await);
    let acts: Vec<_> = again.live.seen().acts.iter().map(|act| (act.opened, act.at)).collect();
    assert_eq!(acts, [(false, 5), (true, 6), (false, 7)]);
}

#[tokio::test]
async fn what_is_closed_by_hand_is_closed_on_all_machines() {
    closings_hold_everywhere(&KeptIn::Ledger).await;
}

#[tokio::test]
async fn what_is_closed_by_hand_is_closed_after_a_restart() {
    let folder = std::env::temp_dir().join(format!("kept{}", uuid::Uuid::new_v4()));
    std::fs::create_dir(&folder).expect("a folder");
    closings_hold_everywhere(&KeptIn::File(folder.join("inventory.json"))).await;
    std::fs::remove_dir_all(folder).expect("it was there");
}

#[tokio::test]
async fn a_folder_is_left_where_it_is() {
    // All in a folder of its own: what it is about is that something of somebody else's is moved away.
    let own = std::env::temp_dir().join(format!("kept{}", uuid::Uuid::new_v4()));
    let folder = own.join("inventory");
    std::fs::create_dir_all(folder.join("of-others")).expect("a folder");
    let ledger = AppLedger::in_memory(Memory::new(Clock::manual(1)));
    let keeper = Keeper::of(&KeptIn::File(folder.clone()), &ledger).expect("it is kept");
    let live = Arc::new(Live::new(
        1,
        Arc::new(Metrics::new(Arc::default())),
        keeper.parts(),
        Default::default(),
    ));
    let problem = keeper.begin(&live).expect_err("it does not start");
    assert_eq!(problem.code, "SA234");
    let calls = live.watch("get_order", "v1", (None, None));
    live.call(&calls, 2, None, (1, || "a".to_owned()));
    assert!(!keeper.keep(&live).await);
    assert!(folder.join("of-others").is_dir());
    let beside = std::fs::read_dir(&own).expect("it is there").flatten();
    let beside: Vec<_> =
        beside.map(|one| one.file_name()).filter(|name| name != "inventory.lock").collect();
    assert_eq!(beside, ["inventory"]);
    std::fs::remove_dir_all(own).expect("it was there");
}

#[tokio::test]
async fn one_machine_hears_from_another_while_both_run() {
    let ledger = AppLedger::in_memory(Memory::new(Clock::manual(1)));
    let [one, other] = [(); 2].map(|()| Machine::started(&KeptIn::Ledger, &ledger));
    assert!(!one.keeper.has_read(), "it knows nothing of others yet");
    assert!(!one.is_closed().await && !other.is_closed().await);
    assert!(one.keeper.has_read());
    one.live.close(BY_HAND, 5).expect("it was open");
    assert!(one.is_closed().await && other.is_closed().await);
    one.live.open(BY_HAND, 7).expect("it was closed");
    assert!(!one.is_closed().await && !other.is_closed().await);
}

// R101 in part: what was done last holds, whatever the clocks say.
#[tokio::test]
async fn a_machine_whose_clock_is_slow_has_the_last_word() {
    let ledger = AppLedger::in_memory(Memory::new(Clock::manual(1)));
    let [fast, slow] = [(); 2].map(|()| Machine::started(&KeptIn::Ledger, &ledger));
    fast.live.close(BY_HAND, 1000).expect("it was open");
    assert!(fast.is_closed().await && slow.is_closed().await);
    fast.live.open(BY_HAND, 1010).expect("it was closed");
    assert!(!fast.is_closed().await && !slow.is_closed().await);
    slow.live.close(BY_HAND, 1005).expect("it was open");
    assert!(slow.is_closed().await && fast.is_closed().await);
    slow.live.open(BY_HAND, 1006).expect("it was closed");
    assert!(!slow.is_closed().await && !fast.is_closed().await);
}

#[tokio::test]
async fn the_program_opens_once_ever() {
    const WHY: &str = "the answer is as it should be";
    let ledger = AppLedger::in_memory(Memory::new(Clock::manual(1)));
    let first = Machine::started(&KeptIn::Ledger, &ledger);
    first.live.close(BY_HAND, 0).expect("it was open");
    assert!(first.is_closed().await);
    let second = Machine::started(&KeptIn::Ledger, &ledger);
    assert!(second.is_closed().await);
    second.live.reopen("get_order", WHY, 2);
    assert!(!second.is_closed().await && !first.is_closed().await);
    first.live.close(BY_HAND, 1).expect("it was open");
    assert!(first.is_closed().await && second.is_closed().await);
    let third = Machine::started(&KeptIn::Ledger, &ledger);
    assert!(third.is_closed().await);
    third.live.reopen("get_order", WHY, 9);
    assert!(third.is_closed().await, "a machine that is new undoes nothing");
    third.live.reopen("get_order", "it is mended once more", 9);
    assert!(third.is_closed().await, "it was closed after the machine began");
    let acts = third.live.seen().acts;
    assert_eq!(acts.iter().filter(|act| act.by == CONFIGURATION).count(), 2);
    // Where it is open, that it opens is done.
    first.live.open(BY_HAND, 9).expect("it was closed");
    first.live.reopen("get_order", "it is open in any case", 9);
    first.live.close(BY_HAND, 9).expect("it was open");
    first.live.reopen("get_order", "it is open in any case", 9);
    assert!(first.is_closed().await);
}

#[tokio::test]
async fn a_record_that_is_none_stays_as_it_is() {
    let ledger = AppLedger::in_memory(Memory::new(Clock::manual(1)));
    for part in 0..8_u8 {
        let name = ledger.name(&[&b"live inventory"[..], &[part]]);
        let record = Record { value: b"[]".to_vec(), until: 1000, group: None, holder: None };
        assert!(ledger.insert(name, record).await.expect("it answers"));
    }
    let one = Machine::started(&KeptIn::Ledger, &ledger);
    one.live.close(BY_HAND, 5).expect("it was open");
    assert!(!one.keeper.keep(&one.live).await && !one.keeper.has_read());
    for part in 0..8_u8 {
        let kept = ledger.get(ledger.name(&[&b"live inventory"[..], &[part]])).await;
        assert_eq!(kept.expect("it answers").expect("it is there").value, b"[]");
    }
}

#[tokio::test]
async fn a_lock_that_nobody_gives_back_is_an_error() {
    let folder = std::env::temp_dir().join(format!("kept{}", uuid::Uuid::new_v4()));
    std::fs::create_dir(&folder).expect("a folder");
    let lock = std::fs::File::create(folder.join("inventory.json.lock")).expect("a file");
    lock.lock().expect("it is free");
    let ledger = AppLedger::in_memory(Memory::new(Clock::manual(1)));
    let one = Machine::started(&KeptIn::File(folder.join("inventory.json")), &ledger);
    one.live.close(BY_HAND, 5).expect("it was open");
    assert!(!one.keeper.keep(&one.live).await);
    lock.unlock().expect("it was held");
    assert!(one.keeper.keep(&one.live).await);
    std::fs::remove_dir_all(folder).expect("it was there");
}

#[tokio::test]
async fn an_orphan_that_two_machines_found_is_told_once() {
    let ledger = AppLedger::in_memory(Memory::new(Clock::manual(1)));
    let [one, other] = [(); 2].map(|()| Machine::started(&KeptIn::Ledger, &ledger));
    for (machine, now) in [(&one, 40 * 86_400), (&other, 40 * 86_400 + 5)] {
        machine.live.looked(now);
        assert!(machine.keeper.keep(&machine.live).await);
    }
    for machine in [&one, &other] {
        let waiting = (0..machine.keeper.parts()).filter_map(|part| machine.live.send(part));
        assert_eq!(waiting.count(), 0, "nothing is new");
    }
}

#[tokio::test]
async fn a_lock_that_is_given_back_is_waited_for() {
    let folder = std::env::temp_dir().join(format!("kept{}", uuid::Uuid::new_v4()));
    std::fs::create_dir(&folder).expect("a folder");
    let lock = std::fs::File::create(folder.join("inventory.json.lock")).expect("a file");
    let ledger = AppLedger::in_memory(Memory::new(Clock::manual(1)));
    let one = Machine::started(&KeptIn::File(folder.join("inventory.json")), &ledger);
    lock.lock().expect("it is free");
    let held = std::thread::spawn(move || {
        std::thread::sleep(std::time::Duration::from_millis(200));
        lock.unlock().expect("it was held");
    });
    one.live.close(BY_HAND, 5).expect("it was open");
    assert!(!folder.join("inventory.json").exists());
    assert!(one.keeper.keep(&one.live).await);
    assert!(held.is_finished(), "it was written while another process held the lock");
    assert!(folder.join("inventory.json").exists());
    std::fs::remove_dir_all(folder).expect("it was there");
}

#[tokio::test]
async fn processes_that_write_one_file_at_once_lose_nothing() {
    let folder = std::env::temp_dir().join(format!("kept{}", uuid::Uuid::new_v4()));
    std::fs::create_dir(&folder).expect("a folder");
    let kept = KeptIn::File(folder.join("inventory.json"));
    let ledger = AppLedger::in_memory(Memory::new(Clock::manual(1)));
    let writing = (0..4).map(|number| {
        let one = Machine::started(&kept, &ledger);
        async move {
            for at in 0..10 {
                one.live.call(&one.calls, at, None, (number, || number.to_string()));
                assert!(one.keeper.keep(&one.live).await);
            }
        }
    });
    futures_util::future::join_all(writing).await;
    let seen = Machine::started(&kept, &ledger).live.seen();
    assert_eq!(seen.operations.iter().map(|one| one.calls).sum::<u64>(), 40);
    std::fs::remove_dir_all(folder).expect("it was there");
}

#[tokio::test]
async fn the_last_failure_of_all_machines_is_told() {
    let ledger = AppLedger::in_memory(Memory::new(Clock::manual(1)));
    let [one, other] = [(); 2].map(|()| Machine::started(&KeptIn::Ledger, &ledger));
    let fails = |machine: &Machine, at, problem: &crate::error::ProblemType| {
        machine.live.call(&machine.calls, at, Some(problem.uri()), (1, || "a".to_owned()));
    };
    let failed =
        |machine: &Machine| machine.live.seen().operations.first().and_then(|one| one.failed);
    // A caller's own mistake is no failure, nor is a limit.
    for problem in [&problem::MALFORMED, &problem::QUOTA_EXCEEDED, &problem::FORBIDDEN] {
        fails(&one, 3, problem);
    }
    assert_eq!(failed(&one), None);
    fails(&one, 5, &problem::INTERNAL);
    fails(&other, 7, &problem::UNAVAILABLE);
    assert_eq!((failed(&one), failed(&other)), (Some(5), Some(7)));
    // An answer takes nothing back.
    one.live.call(&one.calls, 9, None, (1, || "a".to_owned()));
    for machine in [&one, &other, &one] {
        assert!(machine.keeper.keep(&machine.live).await);
    }
    assert_eq!((failed(&one), failed(&other)), (Some(7), Some(7)));
    assert_eq!(failed(&Machine::started(&KeptIn::Ledger, &ledger)), None, "it has not read");
}

#[tokio::test]
async fn the_configuration_of_a_machine_is_its_own() {
    let ledger = AppLedger::in_memory(Memory::new(Clock::manual(1)));
    let [one, other] = [(); 2].map(|()| Machine::started(&KeptIn::Ledger, &ledger));
    one.live.close(Act { by: CONFIGURATION, ..BY_HAND }, 5).expect("it was open");
    assert!(one.is_closed().await && !other.is_closed().await);
}
