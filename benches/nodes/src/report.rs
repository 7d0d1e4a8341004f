//! The tables of the book, as Markdown.

use std::fmt::Write as _;

use crate::{
    simulate::{Measures, Trips, measure, silence},
    world::World,
};

/// The numbers of machines.
const MACHINES: [u64; 3] = [10, 100, 1_000];

/// A file of the book: its name and its text.
pub type Table = (&'static str, String);

/// Makes all tables for a Redis that runs so many scripts a second.
pub fn tables(capacity: u64) -> Vec<Table> {
    let worlds = MACHINES.map(World::of);
    let measured = worlds.each_ref().map(measure);
    let mut shapes =
        head(["machines", "callers", "decisions a second", "refused", "callers refused"]);
    let mut trips = head(["machines", "signed in", "remembered", "public", "remembered"]);
    let mut hottest = head(["machines", "signed in", "remembered", "public", "remembered"]);
    let mut outage = head([
        "machines; slot",
        "callers; requests",
        "`closed` refuses",
        "`local(4)` admits above",
        "`local(n)` admits above",
        "`local(n)` refuses",
    ]);
    for (world, all) in worlds.iter().zip(&measured) {
        let machines = number(world.machines);
        let Measures { requests, refused, refused_callers, .. } = all;
        row(
            &mut shapes,
            [
                machines.clone(),
                number(world.callers),
                number(requests / 60),
                percent(*refused, *requests),
                number(*refused_callers),
            ],
        );
        let each = |cell: &dyn Fn(&Trips) -> String| {
            let [asks, remembers] = &all.asked;
            let all = [&asks.signed_in, &remembers.signed_in, &asks.public, &remembers.public];
            let [one, two, three, four] = all.map(cell);
            [machines.clone(), one, two, three, four]
        };
        let asked = |trips: &Trips| {
            let (sum, hottest) = (trips.sum() / 60, trips.hottest().1 / 60);
            // One that has to carry more than it can is not helped by others.
            let needed = match hottest > capacity {
                true => "none".to_owned(),
                false => number(sum.div_ceil(capacity).max(1)),
            };
            format!("{}; {needed}", number(sum))
        };
        row(&mut trips, each(&asked));
        row(
            &mut hottest,
            each(&|trips| {
                let (sum, hottest) = (trips.sum(), trips.hottest().1);
                format!("{}; {}", number(hottest / 60), percent(hottest, sum))
            }),
        );
        let trips = &all.asked[1].signed_in;
        let shares = [4, world.machines];
        for (name, slot) in [("any", trips.median()), ("hottest", trips.hottest().0)] {
            let silent = silence(world, slot, &shares);
            let above = |place: usize| {
                let (above, _) = silent.local[place];
                let most = silent.most[place] as f64 / 100.0;
                format!("{}; {most:.1} counts", number(above))
            };
            row(
                &mut outage,
                [
                    format!("{machines}; {name}"),
                    format!("{}; {}", number(silent.callers), number(silent.requests)),
                    number(silent.would_pass),
                    above(0),
                    above(1),
                    number(silent.local[1].1),
                ],
            );
        }
    }
    vec![
        ("shapes.txt", shapes),
        ("trips.txt", trips),
        ("hottest.txt", hottest),
        ("outage.txt", outage),
    ]
}

fn head<const N: usize>(columns: [&str; N]) -> String {
    format!("| {} |\n|---|{}\n", columns.join(" | "), "---:|".repeat(N - 1))
}

fn row<const N: usize>(table: &mut String, cells: [String; N]) {
    let _ = writeln!(table, "| {} |", cells.join(" | "));
}

/// Returns a number with its thousands apart.
fn number(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push('\u{a0}');
        }
        text.push(digit);
    }
    text
}

fn percent(part: u64, all: u64) -> String {
    let hundredths = (10_000 * part + all / 2) / all.max(1);
    match hundredths {
        0..1_000 => format!("{}.{:02}\u{a0}%", hundredths / 100, hundredths % 100),
        _ => format!("{}\u{a0}%", (hundredths + 50) / 100),
    }
}
