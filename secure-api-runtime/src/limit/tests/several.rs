//! Several limits of one request: charged all or none, and reported all.

use super::*;

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
        "\"get_order-address\";r=99;t=1, \"get_order-principal\";r=0;t=1, \"get_order-principal-2\";r=4;t=17280"
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
        "\"get_order-address\";r=98;t=1, \"get_order-principal\";r=0;t=1, \"get_order-principal-2\";r=4"
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
