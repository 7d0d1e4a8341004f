//! The time that behavior takes of a request. It is printed, and no part of the figures that are compared.

use std::{hint::black_box, time::Instant};

use crate::behavior::{
    Callers, Paces, Scoring, Signal, Subject, Usual, learned::Learned, math::mixed,
};

const CALLS: u64 = 1_000_000;

fn each(name: &str, mut call: impl FnMut(u64)) {
    let start = Instant::now();
    for number in 0..CALLS {
        call(number);
    }
    println!("{name:60} {:6.0} ns", start.elapsed().as_nanos() as f64 / CALLS as f64);
}

/// Prints the nanoseconds of each question.
pub fn print() {
    let (mut paces, mut usual) = (Paces::new(16_384), Usual::default());
    each("pace of a call, of 10 000 callers", |number| {
        black_box(paces.call(mixed(number % 10_000), number / 10, &mut usual));
    });
    for learns in [false, true] {
        let name = if learns { "learned" } else { "scored" };
        let mut callers = Callers::new(16_384, Scoring::PUBLISHED);
        if learns {
            callers = callers.learning(Learned::new(1));
        }
        each(&format!("{name}: a caller of whom nothing is remembered"), |number| {
            black_box(callers.admit(Subject(mixed(number % 10_000)), 100.0, 60_000, number / 10));
        });
        each(&format!("{name}: an identity that is let in from an address"), |number| {
            callers.prove(Subject(mixed(number % 10_000)), number, number / 10);
        });
        each(&format!("{name}: a signal, of 10 000 callers"), |number| {
            let subject = Subject(mixed(number % 10_000));
            callers.note(subject, Signal::ALL[number as usize % 11], number, number / 10);
        });
        each(&format!("{name}: a caller that has a score, of 10 000"), |number| {
            let now = 100_000 + number / 10;
            black_box(callers.admit(Subject(mixed(number % 10_000)), 100.0, 60_000, now));
        });
    }
}
