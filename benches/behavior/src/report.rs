//! The figures of the book: tables as Markdown, plots as SVG, the same bytes on each run.

use std::fmt::Write as _;

use crate::{
    adaptive,
    attackers::Attack,
    held_out,
    measure::{Mean, Runs, bootstrap, count},
    people::FAMILIES,
    plot,
    policies::{NAMES, SCORED, School, Scored},
    simulate,
};

/// A file of the book: its name and its text.
type Figure = (String, String);

/// The seeds of the small figures, which are compared with each change.
const FEW: u64 = 2;

/// Makes all figures, of so many seeds.
pub fn figures(seeds: u64) -> Vec<Figure> {
    let school = School::new(None);
    let runs = all_runs(&school, seeds);
    let held_out = held_out::all(&school);
    let adaptive = adaptive::all(&school);
    let (policies, attacks) = (plot::trade(&runs), plot::shares(&runs));
    let mut figures = vec![
        ("through.txt".to_owned(), through(&runs)),
        ("contained.txt".to_owned(), contained(&runs)),
        ("noticed.txt".to_owned(), noticed(&runs)),
        ("people.txt".to_owned(), people(&runs)),
        ("held_out.txt".to_owned(), of_held_out(&held_out)),
        ("adaptive.txt".to_owned(), of_adaptive(&adaptive)),
        ("against.txt".to_owned(), against(&runs)),
        ("logged.txt".to_owned(), logged(&school)),
        ("trade.svg".to_owned(), policies),
        ("shares.svg".to_owned(), attacks),
    ];
    figures.push(small(&school));
    figures
}

/// Makes the figures of few seeds alone.
pub fn few() -> Figure {
    small(&School::new(None))
}

fn all_runs(school: &School, seeds: u64) -> Vec<Runs> {
    let of = |number| {
        let run = |seed| {
            let mut policy = school.policy(number, seed);
            count(&simulate::run(simulate::actors(seed, None), &mut *policy))
        };
        Runs((1..=seeds).map(run).collect())
    };
    (0..NAMES.len()).map(of).collect()
}

/// Returns the head of a table whose columns are policies.
fn head(first: &str) -> String {
    let mut text = format!("| {first} |");
    for name in NAMES {
        let _ = write!(text, " {name} |");
    }
    text + "\n|---|" + &"---:|".repeat(NAMES.len()) + "\n"
}

/// Returns a number as few digits tell it.
fn short(number: f64) -> String {
    match number {
        number if !(0.05..9.95).contains(&number) => format!("{number:.0}"),
        number => format!("{number:.1}"),
    }
}

fn cell(mean: Mean) -> String {
    let (low, high) = (short(mean.low), short(mean.high));
    let own = short(mean.mean);
    if low == high { own } else { format!("{own} ({low}–{high})") }
}

fn through(runs: &[Runs]) -> String {
    let mut text = head("attempts let through, of each attacker");
    for attack in Attack::ALL {
        let _ = write!(text, "| {} |", attack.name());
        for runs in runs {
            let _ = write!(text, " {} |", cell(runs.through(attack)));
        }
        text.push('\n');
    }
    text
}

fn contained(runs: &[Runs]) -> String {
    let mut text = head("contained; let through before");
    for attack in Attack::ALL {
        let _ = write!(text, "| {} |", attack.name());
        for runs in runs {
            let share = 100.0 * runs.contained(attack).mean;
            let _ = write!(text, " {share:.0} %; {} |", cell(runs.harm(attack)));
        }
        text.push('\n');
    }
    text
}

fn noticed(runs: &[Runs]) -> String {
    let mut text = head("noticed; at attempt, after seconds (median)");
    for attack in Attack::ALL {
        let _ = write!(text, "| {} |", attack.name());
        for runs in runs {
            let (share, attempt, seconds) = runs.noticed(attack);
            let _ = match (attempt, seconds) {
                (Some(attempt), Some(seconds)) => {
                    write!(text, " {:.0} %; {attempt:.0}, {seconds:.0} s |", 100.0 * share)
                }
                _ => write!(text, " – |"),
            };
        }
        text.push('\n');
    }
    text
}

fn people(runs: &[Runs]) -> String {
    let mut text = head("sessions held up, in 10 000");
    for (number, (_, name, _)) in FAMILIES.iter().enumerate() {
        let _ = write!(text, "| {name} |");
        for runs in runs {
            let _ = write!(text, " {} |", cell(runs.held_up(&[number])));
        }
        text.push('\n');
    }
    text.push_str("| **all of them** |");
    for runs in runs {
        let _ = write!(text, " **{}** |", cell(runs.held_up(&[0, 1, 2, 3, 4, 5, 6])));
    }
    text.push_str("\n| calls of the office refused, in one run |");
    for runs in runs {
        let _ = write!(text, " {} |", cell(runs.refused(2)));
    }
    text + "\n"
}

fn of_held_out(all: &[held_out::HeldOut]) -> String {
    let mut text = "| attempts let through | scored, chosen with it | without it | Q-learning, taught with it | without it | \
                    learned, taught with it | without it |\n|---|---:|---:|---:|---:|---:|---:|\n"
        .to_owned();
    for (attack, own) in Attack::ALL.iter().zip(all) {
        let _ = write!(text, "| {} |", attack.name());
        for mean in own.scored.iter().chain(&own.table).chain(&own.learned) {
            let _ = write!(text, " {} |", cell(*mean));
        }
        text.push('\n');
    }
    text
}

fn of_adaptive(all: &[[adaptive::Best; NAMES.len()]]) -> String {
    let mut text = head("attempts in an hour at the best pace; of these unnoticed");
    for (attack, own) in adaptive::GOALS.iter().zip(all) {
        let name = attack.name().trim_end_matches(", fast");
        let _ = write!(text, "| {name} |");
        for best in own {
            let _ = write!(text, " {}; {} |", short(best.through), short(best.unnoticed));
        }
        text.push('\n');
    }
    text
}

/// Compares the learned policy with the scored one, seed by seed.
fn against(runs: &[Runs]) -> String {
    let [.., scored, learned, _] = runs else { return String::new() };
    let mut text = "| learned less scored, of the same seed | difference | beyond the noise |\n|---|---:|---|\n".to_owned();
    let mut row = |name: &str, pairs: Vec<f64>| {
        let mean = bootstrap(&pairs);
        let verdict = match mean {
            mean if mean.low > 0.0 => "worse",
            mean if mean.high < 0.0 => "better",
            _ => "no",
        };
        let Mean { mean, low, high } = mean;
        let _ = writeln!(text, "| {name} | {mean:+.1} ({low:+.1} to {high:+.1}) | {verdict} |");
    };
    for attack in Attack::ALL {
        let pairs = scored.0.iter().zip(&learned.0).map(|(scored, learned)| {
            let of = |run: &crate::measure::Run| {
                let own = &run.attacks[attack as usize];
                own.through / f64::from(own.attackers.max(1))
            };
            of(learned) - of(scored)
        });
        row(attack.name(), pairs.collect());
    }
    let held_up = scored.0.iter().zip(&learned.0).map(|(scored, learned)| {
        let of = |run: &crate::measure::Run| {
            let (all, held) =
                run.people.iter().fold((0, 0), |sum, own| (sum.0 + own.0, sum.1 + own.1));
            10_000.0 * f64::from(held) / f64::from(all)
        };
        of(learned) - of(scored)
    });
    row("sessions held up, in 10 000", held_up.collect());
    text
}

/// Compares what the log of the learned policy says of the scored one with what that really earns.
fn logged(school: &School) -> String {
    let mut rows = [Vec::new(), Vec::new(), Vec::new()];
    for seed in 1..=10 {
        let log = |learned| {
            let mut policy = Scored::learning(learned);
            simulate::run(simulate::actors(seed, None), &mut policy);
            policy.into_learned().take_log()
        };
        let log_of_learned = log(school.learned(seed).logging());
        let log_of_scored = log(school.learned(seed).frozen().logging());
        let (mut by_weight, mut doubly) = (0.0, 0.0);
        for own in &log_of_learned {
            let weight = if own.step == own.scored { 1.0 / own.propensity.max(0.01) } else { 0.0 };
            by_weight += weight * own.reward;
            doubly += own.predicted_of_scored + weight * (own.reward - own.predicted);
        }
        let count = log_of_learned.len().max(1) as f64;
        let truth: f64 = log_of_scored.iter().map(|own| own.reward).sum();
        rows[0].push(truth / log_of_scored.len().max(1) as f64);
        rows[1].push(by_weight / count);
        rows[2].push(doubly / count);
    }
    let mut text = "| reward of the scored policy | mean, of ten seeds |\n|---|---:|\n".to_owned();
    let names = ["as it is", "from the log of the learned, weighted", "the same, doubly robust"];
    for (name, values) in names.iter().zip(&rows) {
        let Mean { mean, low, high } = bootstrap(values);
        let _ = writeln!(text, "| {name} | {mean:.3} ({low:.3}–{high:.3}) |");
    }
    text
}

/// Counts the calls that each policy let through and refused, of few seeds: small enough to be compared with each change.
fn small(school: &School) -> Figure {
    let mut text = String::new();
    for (name, runs) in NAMES.iter().zip(all_runs(school, FEW)) {
        let _ = write!(text, "{name}:");
        for run in &runs.0 {
            let through: f64 = run.attacks.iter().map(|own| own.through).sum();
            let harm: f64 = run.attacks.iter().map(|own| own.harm).sum();
            let held: u32 = run.people.iter().map(|own| own.1).sum();
            let refused: u32 = run.people.iter().map(|own| own.2).sum();
            let _ = write!(text, " {through:.0} {harm:.0} {held} {refused};");
        }
        text.push('\n');
    }
    debug_assert!(SCORED < NAMES.len());
    ("small.txt".to_owned(), text)
}
