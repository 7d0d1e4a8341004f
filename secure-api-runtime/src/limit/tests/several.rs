//! Several limits of one request: charged all or none, and reported all.

use super::*;

/// Returns the outcome of limits in memory, which are asked at once.
fn now(checked: Checked<'_>) -> Result<(), Problem> {
    match checked {
        Checked::Now(outcome) => outcome,
        Checked::Later(_) => unreachable!("no machine is asked"),
    }
}

fn passed(checked: Checked<'_>) -> bool {
    now(checked).is_ok()
}

// R63
#[test]
fn a_refused_request_is_charged_to_none_of_the_limits() {
    let clock = Clock::manual(START);
    // Whichever order they are declared in.
    for limits in [
        [Limit::per_principal(1).per_second(), Limit::per_principal(5).per_day()],
        [Limit::per_principal(5).per_day(), Limit::per_principal(1).per_second()],
    ] {
        let set = set(&limits, &clock);
        assert!(principal(&set, alice()).is_ok());
        for _ in 0..50 {
            assert!(principal(&set, alice()).is_err());
        }
        let mut passed = 1;
        for _ in 0..10 {
            clock.advance(Duration::from_secs(1));
            passed += usize::from(principal(&set, alice()).is_ok());
        }
        assert_eq!(passed, 5, "the daily limit was charged for what passed only");
    }
}

// R63
#[test]
fn every_limit_is_reported_whether_it_refused_or_not() {
    let clock = Clock::manual(START);
    let limits = [
        Limit::per_address(100).per_minute(),
        Limit::per_principal(1).per_second(),
        Limit::per_principal(5).per_day(),
    ];
    let set = set(&limits, &clock);
    let request = || {
        charged(|quota| {
            set.check(Unit::Address, home(), quota)?;
            set.check(Unit::Principal, alice(), quota)
        })
    };
    let headers = fields(&request().expect("the first"));
    assert_eq!(
        headers["ratelimit"],
        "\"get_order-address\";r=99;t=60, \"get_order-principal\";r=0;t=1, \"get_order-principal-2\";r=4;t=86400"
    );
    assert_eq!(
        headers["ratelimit-policy"],
        "\"get_order-address\";q=100;w=60, \"get_order-principal\";q=1;w=1, \"get_order-principal-2\";q=5;w=86400"
    );
    assert_eq!(headers.get_all("ratelimit").iter().count(), 1);

    let (_, refused, body) = refusal(request());
    // What did not refuse says what is left, and no `t` beyond `Retry-After`. R57
    assert_eq!(
        refused["ratelimit"],
        "\"get_order-address\";r=98;t=60, \"get_order-principal\";r=0;t=1, \"get_order-principal-2\";r=4"
    );
    assert_eq!(refused["ratelimit-policy"], headers["ratelimit-policy"]);
    assert_eq!(refused["retry-after"], "1");
    assert_eq!(body["violated-policies"], serde_json::json!(["get_order-principal"]));
}

// R63
#[test]
fn all_that_refuse_are_named_and_the_longest_wait_counts() {
    let clock = Clock::manual(START);
    let limits = [Limit::per_principal(1).per_second(), Limit::per_principal(1).per_minute()];
    let set = set(&limits, &clock);
    assert!(principal(&set, alice()).is_ok());
    let (_, headers, body) = refusal(principal(&set, alice()));
    assert_eq!(headers["retry-after"], "60");
    assert_eq!(
        body["violated-policies"],
        serde_json::json!(["get_order-principal", "get_order-principal-2"])
    );
}

// R64
#[test]
fn versions_that_share_a_set_share_its_buckets() {
    let clock = Clock::manual(START);
    let v1 = Arc::new(set(&[Limit::per_principal(4).per_minute()], &clock));
    let v2 = Arc::clone(&v1);
    assert!(principal(&v1, alice()).is_ok());
    assert_eq!(passes(&v2, Unit::Principal, alice()), 3);
    assert!(principal(&v1, alice()).is_err());
}

#[test]
fn phases_are_charged_apart() {
    let clock = Clock::manual(START);
    let set =
        set(&[Limit::per_address(2).per_minute(), Limit::per_principal(3).per_minute()], &clock);
    assert_eq!(passes(&set, Unit::Address, home()), 2);
    assert_eq!(passes(&set, Unit::Principal, home()), 3);
}

// R63
#[test]
fn what_an_earlier_stage_was_charged_is_given_back() {
    let clock = Clock::manual(START);
    let counting = Arc::new(Counting::new(&clock, 1, None));
    let app = LimitSet::new("app", &["app"], &[Limit::per_address(100).per_minute()], &counting);
    const LIMITS: &[Limit] =
        &[Limit::per_address(10).per_minute(), Limit::per_principal(2).per_minute()];
    let arms = [LimitUse::rest(LIMITS)];
    let arms = LimitArms::new("get_order", &[], &arms, Outage::Closed, &counting);
    let call = |quota: &mut Quota| {
        now(arms.check_address(&app, alice(), quota))?;
        now(arms.check_caller(&app, 0, alice(), quota))
    };
    for _ in 0..2 {
        assert!(call(&mut Quota::new()).is_ok());
    }
    for _ in 0..50 {
        let mut quota = Quota::new();
        let problem = call(&mut quota).expect_err("the limit per principal is used up");
        assert_eq!(problem.into_response().status(), StatusCode::TOO_MANY_REQUESTS);
        let headers = fields(&quota);
        assert_eq!(
            headers["ratelimit"],
            "\"app-address\";r=98, \"get_order-address\";r=8, \"get_order-principal\";r=0;t=60"
        );
    }
    // The guessing of credentials is not given back: it was no limit that refused it.
    for left in (0..8).rev() {
        let mut quota = Quota::new();
        assert!(now(arms.check_address(&app, home(), &mut quota)).is_ok());
        let text = fields(&quota)["ratelimit"].to_str().expect("text").to_owned();
        assert!(text.contains(&format!("\"get_order-address\";r={left};")), "{text}");
    }
    assert!(now(arms.check_address(&app, home(), &mut Quota::new())).is_err());
}

#[test]
fn a_limit_per_address_and_that_of_the_app_are_charged_together() {
    let clock = Clock::manual(START);
    let counting = Arc::new(Counting::new(&clock, 1, None));
    let app = LimitSet::new("app", &["app"], &[Limit::per_address(5).per_minute()], &counting);
    const LIMITS: &[Limit] = &[Limit::per_address(2).per_minute()];
    let arms = [LimitUse::rest(LIMITS)];
    let arms = LimitArms::new("get_order", &[], &arms, Outage::Closed, &counting);
    let calls = (0..20).filter(|_| passed(arms.check_address(&app, home(), &mut Quota::new())));
    assert_eq!(calls.count(), 2);
    let others = (0..20).filter(|_| passed(check_app(&app, home(), &mut Quota::new())));
    assert_eq!(others.count(), 3, "what the operation refused is not charged to the app");
}

// R65: whoever was refused gives its own place back, and nobody else's of the same moment.
#[test]
fn a_place_is_given_back_once() {
    const LIMITS: &[Limit] =
        &[Limit::per_address(2).at_once(), Limit::per_principal(1).per_minute()];

    let clock = Clock::manual(START);
    let counting = Arc::new(Counting::new(&clock, 1, None));
    let uses = [LimitUse::rest(LIMITS)];
    let arms = LimitArms::new("get_order", &["all"], &uses, Outage::Closed, &counting);
    let app = LimitSet::new("app", &["app"], &[], &counting);
    let begin = |quota: &mut Quota| passed(arms.check_address(&app, home(), quota));
    let mut held = Quota::new();
    assert!(begin(&mut held) && passed(arms.check_caller(&app, 0, alice(), &mut held)));
    let mut refused = Quota::new();
    assert!(begin(&mut refused));
    assert!(!passed(arms.check_caller(&app, 0, alice(), &mut refused)));
    drop(refused);
    let (mut second, mut third) = (Quota::new(), Quota::new());
    assert!(begin(&mut second));
    assert!(!begin(&mut third), "the first request has its place");
    drop(held);
    assert!(begin(&mut third));
}
