//! The list of paths that nothing answers, under scanners.

use super::*;

fn live() -> Live {
    Live::new(1, Arc::new(Metrics::new(Arc::default())), 1, Default::default())
}

fn ask(live: &Live, path: &str, now: i64) {
    for client in 1..3 {
        asked(live, path, now, (client, "their network"));
    }
}

fn asked(live: &Live, path: &str, now: i64, (client, network): (u64, &str)) {
    let names = || (client.to_string(), network.to_owned());
    live.nothing(("GET", path), now, (client, names));
}

/// Returns the name of a number, in letters.
fn letters(number: i64) -> String {
    format!("{number:010b}").replace('0', "a").replace('1', "b")
}

fn shadows(live: &Live) -> Vec<String> {
    live.seen().shadows().map(|path| path.path.clone()).collect()
}

#[test]
fn scanners_do_not_blind_the_list() {
    let live = live();
    ask(&live, "/before", 1);
    for at in 0..PATHS as i64 + 9 {
        ask(&live, &format!("/{}.php", letters(at)), 2 + at);
    }
    ask(&live, "/after", 3);
    let mut shadows = shadows(&live);
    shadows.sort();
    assert_eq!(shadows, ["/after", "/before"]);
}

#[test]
fn one_path_of_a_group_that_is_no_noise_makes_it_none() {
    let live = live();
    ask(&live, "/users/a@b.sql", 1);
    assert_eq!(shadows(&live), [""; 0]);
    ask(&live, "/users/alice@shop", 2);
    assert_eq!(shadows(&live), ["/users/{text}"]);
}

// R101 in part: whoever makes up paths makes room by them.
#[test]
fn paths_that_a_few_make_up_take_the_place_of_no_others() {
    let live = live();
    asked(&live, "/once", 1, (9, "another network"));
    ask(&live, "/before", 2);
    for at in 0..3 * PATHS as i64 {
        // Each is asked for by two of three clients.
        for client in [at % 3, (at + 1) % 3] {
            let network = ["one network", "the other network"][client as usize % 2];
            asked(&live, &format!("/{}", letters(at)), 3 + at, (10 + client as u64, network));
        }
    }
    asked(&live, "/after", 9000, (8, "a third network"));
    let seen = live.seen();
    assert_eq!(seen.unmatched.len(), PATHS);
    for path in ["/once", "/before", "/after"] {
        assert!(seen.unmatched.iter().any(|one| one.path == path), "{path}");
    }
    // What they ask for now is seen, too.
    let last = format!("/{}", letters(3 * PATHS as i64 - 1));
    assert!(seen.unmatched.iter().any(|one| one.path == last), "{last}");
}

#[test]
fn a_stranger_is_no_call() {
    let live = live();
    let calls = live.watch("get_order", "v1", (Some(1), None));
    live.stranger(&calls, 5, problem::UNAUTHENTICATED.uri());
    live.stranger(&calls, 6, problem::UNAVAILABLE.uri());
    let seen = live.seen();
    let one = &seen.operations[0];
    assert_eq!((one.calls, one.strangers, one.refused.len(), one.clients.len()), (0, 2, 2, 0));
    assert_eq!((one.first, one.last, one.failed, one.zombie_since), (None, None, Some(6), None));
    assert_eq!(one.refused_calls(), 0);
    assert_eq!(seen.orphans(60 * 86_400, 30).count(), 1);
    // It is kept as what it is.
    assert!(live.send(0).is_some());
    let kept = live.to_keep(0, None, true);
    assert_eq!((kept.operations[0].calls, kept.operations[0].strangers), (0, 2));
}

#[test]
fn counts_that_are_full_stay_so() {
    let live = live();
    let calls = live.watch("get_order", "v1", (None, None));
    let ask = || live.call(&calls, 5, Some(problem::NOT_FOUND.uri()), (1, || "a".to_owned()));
    ask();
    {
        let seen = &mut *locked(&calls.seen);
        (seen.told.calls, seen.told.clients[0].calls) = (u64::MAX, u64::MAX);
        seen.refused.insert(problem::NOT_FOUND.uri(), u64::MAX);
    }
    ask();
    let one = &live.seen().operations[0];
    assert_eq!((one.calls, one.clients[0].calls), (u64::MAX, u64::MAX));
    assert_eq!(one.refused_calls(), u64::MAX);
}
