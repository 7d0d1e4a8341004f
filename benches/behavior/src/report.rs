//! stub
use crate::{attackers::Attack, measure::*, people::FAMILIES, policies::*, simulate};
pub fn figures(seeds: u64) -> Vec<(String, String)> {
    let t = std::time::Instant::now();
    let school = School::new(None);
    eprintln!("school {:?}", t.elapsed());
    for number in 0..8 {
        let t = std::time::Instant::now();
        let mut runs = Runs::default();
        let mut calls = 0u64;
        for seed in 1..=seeds {
            let mut policy = school.policy(number, seed);
            let seen = simulate::run(simulate::actors(seed, None), &mut *policy);
            calls += seen.iter().map(|s| u64::from(s.through + s.extra)).sum::<u64>();
            runs.0.push(count(&seen));
        }
        println!("== {} {:?} calls {calls}", NAMES[number], t.elapsed());
        for attack in Attack::ALL {
            let h = runs.harm(attack); let c = runs.contained(attack); let n = runs.noticed(attack); let th = runs.through(attack);
            println!("  {:32} harm {:7.0} [{:.0},{:.0}] through {:7.0} contained {:.2} noticed {:.2} at {:?} {:?}", attack.name(), h.mean, h.low, h.high, th.mean, c.mean, n.0, n.1, n.2);
        }
        for (i, f) in FAMILIES.iter().enumerate() {
            let h = runs.held_up(&[i]); let r = runs.refused(i);
            println!("  {:32} held up {:.1} [{:.1}, {:.1}] refused {:.1}", f.1, h.mean, h.low, h.high, r.mean);
        }
    }
    vec![]
}
