//! Kinds of limits by what is counted together: addresses and their networks, tenants, clients, keys, operations, an API; and how: by weight, at
//! one time, only observed.

use super::*;
use crate::identity::{Credential, Kind};

const ISSUER: &str = "https://issuer.example";

/// Makes a caller for good, as tests do.
fn caller(
    tenant: Option<&str>,
    subject: &str,
    change: impl Fn(Identity) -> Identity,
) -> Who<'static> {
    let identity = change(Identity::new(ISSUER.into(), tenant, subject, 0, 0));
    Who { identity: Some(Box::leak(Box::new(identity))), ..home() }
}

/// Makes the `count`th of many callers in the same network.
fn neighbors(prefix: &str) -> impl Iterator<Item = Who<'static>> + '_ {
    (0_u16..).map(move |number| at(&format!("{prefix}{number:x}::1")))
}

fn address(set: &LimitSet, who: Who<'_>) -> bool {
    set.check(Unit::Address, who, &mut Quota::new()).is_ok()
}

// R61
#[test]
fn a_household_and_an_organization_have_bounds_of_their_own() {
    let clock = Clock::manual(START);
    // A /56 may four times what a /64 may, a /48 sixteen times.
    let limit = [Limit::per_address(5).per_minute()];
    let household = set(&limit, &clock);
    let passed = neighbors("2001:db8:1:0").take(200).filter(|who| address(&household, *who));
    assert_eq!(passed.count(), 20);
    // Another household of the same /48.
    let passed = neighbors("2001:db8:1:ff").take(16).filter(|who| address(&household, *who));
    assert_eq!(passed.count(), 16);

    let organization = set(&limit, &clock);
    let all = (0..64_u16).flat_map(|n| neighbors_of(n).take(50));
    assert_eq!(all.filter(|who| address(&organization, *who)).count(), 80);
    // One refusal names the policy once.
    let refused =
        charged(|quota| organization.check(Unit::Address, at("2001:db8:1:ff00::1"), quota));
    let (_, headers, body) = refusal(refused);
    assert_eq!(headers["ratelimit"], "\"get_order-address\";r=0;t=60");
    assert_eq!(body["violated-policies"], serde_json::json!(["get_order-address"]));
}

fn neighbors_of(household: u16) -> impl Iterator<Item = Who<'static>> {
    (0..0xff_u16).map(move |number| at(&format!("2001:db8:1:{:x}::1", household << 8 | number)))
}

// R61
#[test]
fn a_large_network_is_bounded_by_its_organizations() {
    let clock = Clock::manual(START);
    let set = set(&[Limit::per_address(5).per_day()], &clock);
    // One request from each of many /64s in five /48s, as one who has a /40 sends them.
    for organization in 0..5_u16 {
        for number in 0..0x1000_u16 {
            address(&set, at(&format!("2001:db8:{organization:x}:{number:x}::1")));
        }
    }
    assert!(!address(&set, at("2001:db8:0:ffff::1")), "each has sixteen times five");
    assert!(address(&set, at("2001:db8:77:1::1")), "who is new is served");
    assert!(address(&set, at("192.0.2.77")));
}

#[test]
fn a_tenant_a_client_and_a_key_are_each_counted_together() {
    let clock = Clock::manual(START);
    let of = |unit: fn(u32) -> LimitWithoutWindow| set(&[unit(3).per_minute()], &clock);
    let client = |name: &'static str| move |identity: Identity| identity.with_client_id(Some(name));

    let tenants = of(Limit::per_tenant);
    let acme = |subject| caller(Some("acme"), subject, |identity| identity);
    assert_eq!(passes(&tenants, Unit::Tenant, acme("alice")), 3);
    assert_eq!(passes(&tenants, Unit::Tenant, acme("bob")), 0);
    let globex = caller(Some("globex"), "alice", |identity| identity);
    assert_eq!(passes(&tenants, Unit::Tenant, globex), 3);
    // Whoever is of no tenant is counted as the one they are.
    assert_eq!(passes(&tenants, Unit::Tenant, alice()), 3);
    assert_eq!(passes(&tenants, Unit::Tenant, bob()), 3);

    let clients = of(Limit::per_client);
    assert_eq!(passes(&clients, Unit::Client, caller(None, "alice", client("app"))), 3);
    assert_eq!(passes(&clients, Unit::Client, caller(None, "bob", client("app"))), 0);
    assert_eq!(passes(&clients, Unit::Client, caller(None, "bob", client("other"))), 3);

    enum Keyed {}
    impl Credential for Keyed {
        const KIND: Kind = Kind::header("ApiKey", "x-api-key");
    }
    let keys = of(Limit::per_api_key);
    let key = |id: &'static str| {
        caller(None, "alice", move |identity| {
            identity.with_kind(Keyed::KIND).with_token_id(Some(id))
        })
    };
    assert_eq!(passes(&keys, Unit::ApiKey, key("1")), 3);
    assert_eq!(passes(&keys, Unit::ApiKey, key("1")), 0);
    assert_eq!(passes(&keys, Unit::ApiKey, key("2")), 3);
}

#[test]
fn an_operation_and_an_api_are_counted_for_everybody() {
    let clock = Clock::manual(START);
    let counting = Arc::new(Counting::new(&clock, 1, None));
    let of = |name, limit: Limit| LimitSet::new(name, &[name], &[limit], &counting);
    let all = Limit::per_route(3).per_minute();
    let (read, write) = (of("read", all), of("write", all));
    assert_eq!(passes(&read, Unit::Route, alice()), 3);
    assert_eq!(passes(&read, Unit::Route, bob()), 0);
    assert_eq!(passes(&write, Unit::Route, bob()), 3);

    let all = Limit::per_api(3).per_minute();
    let (read, write) = (of("read", all), of("write", all));
    assert_eq!(passes(&read, Unit::Api, alice()), 3);
    assert_eq!(passes(&write, Unit::Api, bob()), 0, "all that state it have it together");
}

// R65
#[test]
fn a_request_counts_for_its_weight() {
    let clock = Clock::manual(START);
    let set = set(&[Limit::per_principal(10).per_minute().weight(3)], &clock);
    let headers = fields(&principal(&set, alice()).expect("the first"));
    assert_eq!(headers["ratelimit"], "\"get_order-principal\";r=7;t=60");
    assert_eq!(passes(&set, Unit::Principal, alice()), 2);
}

// R65
#[test]
fn a_place_comes_back_when_its_request_is_over() {
    let clock = Clock::manual(START);
    let set = set(&[Limit::per_principal(2).at_once()], &clock);
    assert_eq!(set.policy(), "\"get_order-principal-at-once\";q=2;qu=\"concurrent-requests\"");
    let (mut one, mut two) = (Quota::new(), Quota::new());
    assert!(set.check(Unit::Principal, alice(), &mut one).is_ok());
    assert!(set.check(Unit::Principal, alice(), &mut two).is_ok());
    // Nobody knows when a place comes back: its lease is for who is gone.
    assert_eq!(fields(&two)["ratelimit"], "\"get_order-principal-at-once\";r=0");
    let refused = principal(&set, alice());
    let (status, headers, _) = refusal(refused);
    assert_eq!(headers["ratelimit"], "\"get_order-principal-at-once\";r=0");
    assert_eq!(
        (status, &headers["retry-after"]),
        (StatusCode::TOO_MANY_REQUESTS, &"1".parse().expect("a value"))
    );
    assert!(set.check(Unit::Principal, bob(), &mut Quota::new()).is_ok());
    let slots = one.take_slots();
    drop(one);
    assert!(principal(&set, alice()).is_err(), "whoever took the places has them");
    drop(slots);
    assert!(set.check(Unit::Principal, alice(), &mut Quota::new()).is_ok());
}

// R66
#[test]
fn where_everybody_s_places_are_taken_capacity_is_reduced_for_a_while() {
    let clock = Clock::manual(START);
    let set = set(&[Limit::per_route(1).at_once()], &clock);
    let mut held = Quota::new();
    assert!(set.check(Unit::Route, alice(), &mut held).is_ok());
    let (status, headers, body) = refusal(charged(|quota| set.check(Unit::Route, bob(), quota)));
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(headers["retry-after"], "1");
    assert_eq!(
        body["type"],
        "https://iana.org/assignments/http-problem-types#temporary-reduced-capacity"
    );
    drop(held);
    assert!(set.check(Unit::Route, bob(), &mut Quota::new()).is_ok());
}

#[test]
fn what_is_only_observed_refuses_nobody_and_is_not_told() {
    let clock = Clock::manual(START);
    let limits =
        [Limit::per_principal(2).per_minute().observe(), Limit::per_principal(5).per_minute()];
    let set = set(&limits, &clock);
    assert_eq!(passes(&set, Unit::Principal, alice()), 5);
    assert_eq!(set.policy(), "\"get_order-principal-2\";q=5;w=60");
}

// R54
#[test]
fn of_two_limits_the_stricter_one_has_fewer_requests_with_their_weight() {
    let all = Limit::per_principal(600).per_minute();
    let sign_in = Limit::per_address(16).per_minute();
    assert!(sign_in.is_stricter_than(&all) && !all.is_stricter_than(&sign_in));
    // Ten a minute are fewer.
    assert!(!sign_in.is_stricter_than(&all.weight(60)));
    assert!(sign_in.weight(2).is_stricter_than(&all.weight(60)));
    for bounds_nothing in [sign_in.observe(), Limit::per_address(1).at_once()] {
        assert!(!bounds_nothing.is_stricter_than(&all) && all.is_stricter_than(&bounds_nothing));
    }
}
