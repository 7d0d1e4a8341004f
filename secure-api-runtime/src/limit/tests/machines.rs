//! Two machines with one ledger: what is one limit, and for how long a refusal is known.

use super::*;
use crate::{
    ledger::{AppLedger, Memory, Own},
    secret::AppSecret,
};

/// Makes the counting of some machines with one ledger.
fn machines<const N: usize>(clock: &Clock) -> [Arc<Counting>; N] {
    let (memory, secret) = (Memory::new(clock.clone()), AppSecret::of(&[7; 32]));
    std::array::from_fn(|_| {
        let ledger = AppLedger::new(&secret, Some(Box::new(Own(memory.clone()))), clock.clone());
        let machines = Arc::new(Machines::new(ledger, clock.clone()));
        Arc::new(Counting::new(clock, 1, Some(machines)))
    })
}

async fn then(checked: Checked<'_>) -> bool {
    match checked {
        Checked::Now(outcome) => outcome.is_ok(),
        Checked::Later(outcome) => outcome.await.is_ok(),
    }
}

/// An operation on one machine, whose address has no limit.
struct Orders {
    arms: LimitArms,
    app: LimitSet,
}

impl Orders {
    fn new(limits: &'static [Limit], counting: &Arc<Counting>) -> Self {
        let uses = [LimitUse::rest(limits)];
        let arms = LimitArms::new("order", &["order"], &uses, Outage::Closed, counting);
        Self { arms, app: LimitSet::new("app", &["app"], &[], counting) }
    }

    async fn by(&self, who: Who<'_>, quota: &mut Quota) -> bool {
        then(self.arms.check_caller(&self.app, 0, who, quota)).await
    }

    async fn with(&self, email: &str, who: Who<'_>, quota: &mut Quota) -> bool {
        let mut notes = Notes::of(self.arms.fields());
        notes.text("email", email.to_owned());
        let who = Who { notes: Some(&notes), ..who };
        self.arms.check_input(&self.app, 0, who, quota).await.is_ok()
    }
}

const DAILY: &[Limit] =
    &[Limit::per_principal(1).per_day(), Limit::per_field("email", 1).per_day()];

// R63: what is given back is free again on the machine that refused it meanwhile, and on another one a minute later.
#[tokio::test]
async fn a_refusal_is_forgotten_when_something_is_given_back() {
    let clock = Clock::manual(START);
    let [one, two] = machines(&clock);
    let (one, two) = (Orders::new(DAILY, &one), Orders::new(DAILY, &two));
    let mut quota = Quota::new();
    assert!(one.by(bob(), &mut quota).await && one.with("a@b.example", bob(), &mut quota).await);
    let mut first = Quota::new();
    assert!(one.by(alice(), &mut first).await);
    for machine in [&one, &two] {
        assert!(!machine.by(alice(), &mut Quota::new()).await, "the one of this day is spent");
    }
    assert!(!one.with("a@b.example", alice(), &mut first).await);
    clock.advance(Duration::from_secs(59));
    assert!(!two.by(alice(), &mut Quota::new()).await, "it remembers for a minute");
    let mut second = Quota::new();
    assert!(one.by(alice(), &mut second).await);
    assert!(!one.with("a@b.example", alice(), &mut second).await);
    clock.advance(Duration::from_secs(1));
    assert!(two.by(alice(), &mut Quota::new()).await);
}

// R65: an hour later or more, who was refused is told so by whoever refuses it.
#[tokio::test]
async fn a_remembered_refusal_is_told_as_the_first_one() {
    let clock = Clock::manual(START);
    let [machine] = machines(&clock);
    let orders = Orders::new(DAILY, &machine);
    assert!(orders.by(alice(), &mut Quota::new()).await);
    let mut told = Vec::new();
    for _ in 0..3 {
        let mut quota = Quota::new();
        assert!(!orders.by(alice(), &mut quota).await);
        told.push(fields(&quota));
    }
    assert!(told.iter().all(|fields| *fields == told[0]), "{told:?}");
}

// R65: limits of an API are one where they are the same in all that they say, with a ledger as without.
#[tokio::test]
async fn limits_of_an_api_are_one_where_they_say_the_same() {
    const ALL: Limit = Limit::per_api(3).per_minute();
    const OTHERS: [&[Limit]; 4] =
        [&[ALL.observe()], &[ALL.weight(2)], &[ALL.burst(3)], &[Limit::per_api(3).at_once()]];

    let clock = Clock::manual(START);
    let [shared] = machines(&clock);
    for counting in [shared, Arc::new(Counting::new(&clock, 1, None))] {
        for others in OTHERS {
            let other = Orders::new(others, &counting);
            for _ in 0..5 {
                other.by(bob(), &mut Quota::new()).await;
            }
        }
        let (one, two) = (Orders::new(&[ALL], &counting), Orders::new(&[ALL], &counting));
        for _ in 0..3 {
            assert!(one.by(alice(), &mut Quota::new()).await);
        }
        assert!(!two.by(bob(), &mut Quota::new()).await);
    }
}

// R60: a caller decides how long its body takes, and not when it is counted.
#[tokio::test]
async fn what_is_read_late_is_counted_when_it_is_read() {
    const EACH: &[Limit] =
        &[Limit::per_principal(9).per_minute(), Limit::per_field("email", 1).per_minute()];

    let clock = Clock::manual(START);
    let orders = Orders::new(EACH, &Arc::new(Counting::new(&clock, 1, None)));
    let mut slow = Quota::new();
    assert!(orders.by(alice(), &mut slow).await);
    clock.advance(Duration::from_secs(30));
    assert!(orders.with("a@b.example", alice(), &mut slow).await);
    clock.advance(Duration::from_secs(30));
    assert!(!orders.with("a@b.example", bob(), &mut Quota::new()).await);
    clock.advance(Duration::from_secs(30));
    assert!(orders.with("a@b.example", bob(), &mut Quota::new()).await);
}

// R62: a part of a limit admits one request at least, whatever that weighs, and no second one.
#[test]
fn a_part_that_is_less_than_a_request_is_one_request() {
    let clock = Clock::manual(START);
    for limit in [
        Limit::per_principal(8).per_minute().weight(3),
        Limit::per_principal(8).per_minute().burst(4).weight(3),
        Limit::per_principal(8).at_once().weight(3),
    ] {
        let set = set(&[limit], &clock);
        let limits = Together { sets: &[&set], stage: Stage::Caller };
        let mut quotas = [Quota::new(), Quota::new()];
        let passed = quotas.each_mut().map(|quota| limits.check_here(&alice(), 4, quota).is_ok());
        assert_eq!(passed, [true, false], "{limit:?}");
    }
}
