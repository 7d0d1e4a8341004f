//! The file of a live inventory: broken, of several processes, and who can read it.

use std::sync::Arc;

use super::{BY_HAND, Machine};
use crate::{
    clock::Clock,
    inventory::live::{
        Live,
        kept::{Keeper, KeptIn},
    },
    ledger::{AppLedger, Memory},
    metrics::Metrics,
};

/// Returns what a folder has in it.
fn names(folder: &std::path::Path) -> Vec<String> {
    let all = std::fs::read_dir(folder).expect("it is there").flatten();
    let mut names: Vec<_> = all.map(|one| one.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

// R101 in part: what is closed stays closed, also where nobody can read any more what was.
#[tokio::test]
async fn a_file_that_is_broken_while_it_runs_is_never_written() {
    let folder = std::env::temp_dir().join(format!("kept{}", uuid::Uuid::new_v4()));
    std::fs::create_dir(&folder).expect("a folder");
    let file = folder.join("inventory.json");
    let ledger = AppLedger::in_memory(Memory::new(Clock::manual(1)));
    let one = Machine::started(&KeptIn::File(file.clone()), &ledger);
    one.live.close(BY_HAND, 5).expect("it was open");
    assert!(one.keeper.keep(&one.live).await && one.keeper.failure().is_none());
    let whole = std::fs::read(&file).expect("it is there");
    std::fs::write(&file, &whole[..whole.len() / 2]).expect("it can be written");
    // It is noticed although nothing is new.
    assert!(!one.keeper.keep(&one.live).await);
    let failure = one.keeper.failure().expect("it is told");
    assert!(failure.contains("it is no live inventory: line 1, column"), "{failure}");
    one.live.call(&one.calls, 6, None, (1, || "a".to_owned()));
    assert!(!one.keeper.keep(&one.live).await && one.calls.is_closed());
    assert_eq!(std::fs::read(&file).expect("it is there"), whole[..whole.len() / 2]);
    assert_eq!(names(&folder), ["inventory.json", "inventory.json.lock"]);
    let other = Live::new(1, Arc::new(Metrics::new(Arc::default())), 1, Default::default());
    let keeper = Keeper::of(&KeptIn::File(file.clone()), &ledger).expect("it is kept");
    assert_eq!(keeper.begin(&other).expect_err("it does not start").code, "SA235");
    // Put back, it is kept again, with what was seen meanwhile.
    std::fs::write(&file, &whole).expect("it can be written");
    assert!(one.keeper.keep(&one.live).await && one.keeper.failure().is_none());
    let again = Machine::started(&KeptIn::File(file), &ledger);
    assert!(again.calls.is_closed());
    assert_eq!(again.live.seen().operations[0].calls, 1);
    std::fs::remove_dir_all(folder).expect("it was there");
}

#[tokio::test]
async fn what_another_process_closes_is_heard_without_a_call() {
    let folder = std::env::temp_dir().join(format!("kept{}", uuid::Uuid::new_v4()));
    std::fs::create_dir(&folder).expect("a folder");
    let kept = KeptIn::File(folder.join("inventory.json"));
    let ledger = AppLedger::in_memory(Memory::new(Clock::manual(1)));
    let [one, other] = [(); 2].map(|()| Machine::started(&kept, &ledger));
    one.live.close(BY_HAND, 5).expect("it was open");
    assert!(one.is_closed().await && other.is_closed().await);
    std::fs::remove_dir_all(folder).expect("it was there");
}

#[cfg(unix)]
#[tokio::test]
async fn nobody_else_reads_it_and_no_link_leads_elsewhere() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let folder = std::env::temp_dir().join(format!("kept{}", uuid::Uuid::new_v4()));
    std::fs::create_dir(&folder).expect("a folder");
    let (file, of_others) = (folder.join("inventory.json"), folder.join("of-others"));
    let beside = |ending: &str| folder.join(format!("inventory.json.{ending}"));
    std::fs::write(&of_others, "theirs").expect("a file");
    symlink(&of_others, beside("new")).expect("a link");
    // That of an older build.
    std::fs::write(beside("lock"), "").expect("a file");
    std::fs::set_permissions(beside("lock"), std::fs::Permissions::from_mode(0o644)).expect("ours");
    let ledger = AppLedger::in_memory(Memory::new(Clock::manual(1)));
    let one = Machine::started(&KeptIn::File(file.clone()), &ledger);
    one.live.close(BY_HAND, 5).expect("it was open");
    assert!(one.keeper.keep(&one.live).await);
    assert_eq!(std::fs::read_to_string(&of_others).expect("it is there"), "theirs");
    for path in [&file, &beside("lock")] {
        let there = std::fs::symlink_metadata(path).expect("it is there");
        assert_eq!((there.is_file(), there.permissions().mode() & 0o777), (true, 0o600));
    }
    // What a crash has left.
    std::fs::write(beside("new"), "{").expect("a file");
    one.live.open(BY_HAND, 6).expect("it was closed");
    assert!(one.keeper.keep(&one.live).await);
    assert_eq!(names(&folder), ["inventory.json", "inventory.json.lock", "of-others"]);
    std::fs::remove_file(beside("lock")).expect("it was there");
    symlink(&of_others, beside("lock")).expect("a link");
    one.live.close(BY_HAND, 7).expect("it was open");
    assert!(!one.keeper.keep(&one.live).await, "its lock is a link");
    assert_eq!(std::fs::read_to_string(&of_others).expect("it is there"), "theirs");
    std::fs::remove_dir_all(folder).expect("it was there");
}
