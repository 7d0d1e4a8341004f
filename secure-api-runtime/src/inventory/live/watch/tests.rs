//! The list of paths that nothing answers, under scanners.

use super::*;

fn live() -> Live {
    Live::new(1, Arc::new(Metrics::new(Arc::default())), 1)
}

fn ask(live: &Live, path: &str, now: i64) {
    for client in 1..3 {
        live.nothing(("GET", path), now, (client, || client.to_string()));
    }
}

fn shadows(live: &Live) -> Vec<String> {
    live.seen().shadows().map(|path| path.path.clone()).collect()
}

#[test]
fn scanners_do_not_blind_the_list() {
    let live = live();
    ask(&live, "/before", 1);
    for at in 0..PATHS as i64 + 9 {
        let name = format!("{at:010b}").replace('0', "a").replace('1', "b");
        ask(&live, &format!("/{name}.php"), 2 + at);
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
