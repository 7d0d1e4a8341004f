//! The bounds of questions about accounts: their deadline, and how many there are at once.

use std::{
    convert::Infallible,
    future::pending,
    sync::atomic::{AtomicUsize, Ordering},
};

use futures_util::FutureExt;
use tokio::time::Instant;

use super::*;

const ROLES: RoleTable = RoleTable { type_name: "Role", fingerprint: 0, roles: &[] };

fn register(standing: Standing) -> Arc<Register> {
    Arc::new(Register::new(standing, &ROLES, Clock::manual(1_000)))
}

fn caller(subject: &str) -> Identity {
    Identity::new("https://login.example".into(), None, subject, 0, i64::MAX)
}

fn reason(answer: Result<Known, Refused>) -> String {
    match answer {
        Err(Refused::Unavailable(why)) => why.to_string(),
        other => panic!("{other:?} is no refusal of who cannot tell"),
    }
}

/// Returns a hook that answers nobody.
fn silent() -> Standing {
    Standing::new(|_| pending::<Result<AccountStatus, Infallible>>())
}

// R38: on tokio's own clock, which a test moves.
#[tokio::test(start_paused = true)]
async fn a_hook_that_says_nothing_is_given_up_after_its_deadline() {
    let (register, began) = (register(silent()), Instant::now());
    assert!(reason(register.known(&caller("alice"), None).await).starts_with(UNKNOWN));
    assert_eq!(began.elapsed().as_secs(), DEADLINE.as_secs());
    assert!(register.permits.available_permits() == MOST && register.asked().is_empty());
}

// R38
#[tokio::test(start_paused = true)]
async fn so_many_questions_are_asked_at_once_and_no_more() {
    let asked = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&asked);
    let register = register(Standing::new(move |_| {
        counted.fetch_add(1, Ordering::Relaxed);
        pending::<Result<AccountStatus, Infallible>>()
    }));
    let begin = |number: usize| {
        let register = Arc::clone(&register);
        tokio::spawn(async move { register.known(&caller(&number.to_string()), None).await })
    };
    let waiting: Vec<_> = (0..MOST).map(begin).collect();
    while asked.load(Ordering::Relaxed) < MOST {
        tokio::task::yield_now().await;
    }
    assert_eq!(reason(register.known(&caller("one more"), None).await), CROWDED);
    // Who asks what is asked already waits for that answer.
    assert!(register.known(&caller("0"), None).now_or_never().is_none());
    for one in waiting {
        assert!(reason(one.await.expect("no panic")).starts_with(UNKNOWN));
    }
    assert_eq!(asked.load(Ordering::Relaxed), MOST);
    // There is room again.
    assert!(reason(register.known(&caller("one more"), None).await).starts_with(UNKNOWN));
}

#[test]
fn outside_of_a_runtime_nobody_is_asked_and_the_log_says_why() {
    let told = register(silent()).known(&caller("alice"), None).now_or_never();
    assert_eq!(reason(told.expect("it does not wait")), NO_RUNTIME);
}
