//! The table of callers, and the learned option above it.

use super::{
    Admission, Callers, FACTORS, INTERVAL, LOWEST, SIGNALS, Scoring, Signal, Subject, WAYS,
    learned::Learned, math::mixed,
};

/// A limit of 600 in a minute.
const EACH: f64 = 100.0;
const MINUTE: u64 = 60_000;

fn callers(room: usize) -> Callers {
    Callers::new(room, Scoring::PUBLISHED)
}

/// Lets a caller guess until it is on the lowest step, and returns the time then.
fn guess(callers: &Callers, subject: Subject, from: u64) -> u64 {
    let mut now = from;
    for guess in 0..200 {
        now += 1000;
        callers.note(subject, Signal::Credentials, 0, now);
        callers.note(subject, Signal::Identities, guess, now);
    }
    assert_eq!(callers.step_of(subject), LOWEST);
    now
}

// R67
#[test]
fn who_gives_no_signal_is_open_and_not_remembered() {
    let callers = callers(1000);
    for call in 0..10_000 {
        assert_eq!(callers.admit(Subject(7), EACH, MINUTE, call), Admission::Open);
        callers.prove(Subject(7), 1, call);
    }
    assert!(callers.is_empty());
    assert_eq!(callers.explain(Subject(7)), None);
}

// R67
#[test]
fn who_guesses_has_less_each_time_and_is_told_why_in_the_log() {
    let callers = callers(1000);
    let subject = Subject(7);
    let now = guess(&callers, subject, 0);
    let mut admitted = 0;
    let mut last = None;
    for call in 0..36_000 {
        match callers.admit(subject, EACH, MINUTE, now + call * 100) {
            Admission::Open => panic!("on the lowest step nobody is open"),
            Admission::Tightened => admitted += 1,
            refused @ Admission::Refused { .. } => last = Some(refused),
        }
    }
    let most = 36_000.0 * FACTORS[usize::from(LOWEST)];
    assert!(f64::from(admitted) <= most * 1.1 && admitted > 0, "{admitted} in an hour");
    let Some(Admission::Refused { wait, step, explained }) = last else { panic!("none refused") };
    assert!(wait > 0 && wait <= 15 * MINUTE);
    // An hour later its score may have let it up again.
    assert!(step >= 1);
    assert!(explained.to_string().contains("credentials"), "{explained}");
    assert_eq!(callers.admit(Subject(8), EACH, MINUTE, now), Admission::Open, "nobody else is");
}

// R67
#[test]
fn a_score_ends_and_with_it_the_measure() {
    let callers = callers(1000);
    let mut now = guess(&callers, Subject(7), 0);
    now += 3 * 86_400_000;
    for _ in 0..=LOWEST {
        callers.admit(Subject(7), EACH, MINUTE, now);
        now += INTERVAL;
    }
    assert_eq!(callers.admit(Subject(7), EACH, MINUTE, now), Admission::Open);
}

// R67
#[test]
fn many_addresses_free_nobody_and_shut_nobody_out() {
    let callers = callers(64);
    let now = guess(&callers, Subject(7), 0);
    for other in 1000..101_000 {
        callers.note(Subject(mixed(other)), Signal::Missing, other, now);
    }
    assert!(callers.len() <= 64, "{} trails", callers.len());
    assert_eq!(callers.step_of(Subject(7)), LOWEST, "it was freed");
    let newcomers = 200_000..200_100;
    let open = newcomers
        .filter(|new| callers.admit(Subject(mixed(*new)), EACH, MINUTE, now) == Admission::Open);
    assert_eq!(open.count(), 100);
    assert_eq!(callers.len() % WAYS, 0, "each place is full");
}

// R67
#[test]
fn a_place_of_guessers_makes_no_room_for_less() {
    let callers = callers(WAYS);
    let guessers = (0..WAYS as u64).map(|guesser| Subject(mixed(guesser + 1)));
    for guesser in guessers.clone() {
        guess(&callers, guesser, 0);
    }
    for other in 1000..2000 {
        callers.note(Subject(mixed(other)), Signal::Missing, other, 200_000);
    }
    assert!(guessers.clone().all(|guesser| callers.step_of(guesser) == LOWEST));
}

fn learning(seed: u64) -> Callers {
    callers(1000).learning(Learned::new(seed).logging())
}

/// Lets some guess and some be people, for an hour, and returns a caller's steps.
fn hour(callers: &Callers) -> Vec<u8> {
    let mut steps = Vec::new();
    for second in 0..3600 {
        let now = second * 1000;
        for caller in 0..8_u64 {
            let subject = Subject(mixed(caller + 1));
            if caller == 7 {
                // Without a signal.
                assert_eq!(callers.admit(subject, EACH, MINUTE, now), Admission::Open);
                continue;
            }
            let open = callers.admit(subject, EACH, MINUTE, now);
            if !matches!(open, Admission::Refused { .. }) && caller < 4 {
                callers.note(subject, Signal::Credentials, 0, now);
                callers.note(subject, Signal::Identities, second, now);
            } else if caller == 5 && second % 300 == 0 {
                callers.note(subject, Signal::Missing, second, now);
                callers.prove(subject, caller, now);
            }
        }
        steps.push(callers.step_of(Subject(mixed(1))));
    }
    steps
}

// R67 in part
#[test]
fn what_is_learned_takes_one_step_at_a_time_and_none_without_a_score() {
    let callers = learning(1);
    let steps = hour(&callers);
    assert!(steps.windows(2).all(|two| two[0].abs_diff(two[1]) <= 1));
    assert!(steps.iter().all(|step| *step <= LOWEST));
    assert!(steps.iter().filter(|step| **step >= 2).count() > 1800, "who guesses has less");
    assert_eq!(callers.step_of(Subject(mixed(8))), 0);
}

// R67 in part
#[test]
fn the_same_seed_learns_the_same() {
    assert_eq!(hour(&learning(1)), hour(&learning(1)));
}

// R67 in part
#[test]
fn each_choice_is_near_the_scored_one_and_its_probability_is_logged() {
    let callers = learning(2);
    hour(&callers);
    let log = callers.into_learned().expect("a learned policy").take_log();
    assert!(log.len() > 100, "{} choices", log.len());
    for choice in &log {
        assert!(choice.step.abs_diff(choice.scored) <= 1, "{choice:?}");
        assert!(choice.propensity > 0.0 && choice.propensity <= 1.0, "{choice:?}");
        assert!((0.0..=1.0).contains(&choice.reward), "{choice:?}");
    }
}

// R67 in part
#[test]
fn what_is_held_does_as_the_score_says_but_for_canaries() {
    let callers = callers(1000).learning(Learned::new(2).frozen().logging());
    hour(&callers);
    let log = callers.into_learned().expect("a learned policy").take_log();
    let canaries = log.iter().filter(|choice| choice.step + 1 == choice.scored).count();
    assert!(log.iter().all(|choice| choice.scored.wrapping_sub(choice.step) <= 1), "{log:?}");
    // One in twenty.
    let share = canaries as f64 / log.len() as f64;
    assert!((0.01..0.1).contains(&share), "{canaries} of {}", log.len());
}

/// Has a caller look for what is not there on one machine until it is on the lowest step, and returns what that tells and the time.
fn told(callers: &Callers, subject: Subject) -> ([f64; SIGNALS], u64) {
    let (mut counts, mut now) = ([0.0; SIGNALS], 0);
    while callers.step_of(subject) < LOWEST {
        now += 1000;
        counts[Signal::Missing.index()] += callers.note(subject, Signal::Missing, now, now);
    }
    (counts, now)
}

// R67
#[test]
fn another_machine_has_a_caller_on_its_step_at_once_and_goes_on_by_its_own() {
    let (one, other) = (callers(1000), callers(1000));
    let subject = Subject(7);
    let (counts, now) = told(&one, subject);
    other.hear(subject, &counts, now);
    assert_eq!(other.step_of(subject), LOWEST);
    let score = |callers: &Callers| callers.explain(subject).expect("a trail").score;
    assert!((score(&one) - score(&other)).abs() < 0.05);
    // What is less than it knows changes nothing.
    let known = other.explain(subject);
    other.hear(subject, &counts.map(|count| count / 2.0), now);
    assert_eq!(other.explain(subject), known);
    // One that climbs here climbs one step in a while, whatever it is told.
    let third = callers(1000);
    for path in 0..30 {
        third.note(subject, Signal::Missing, path, now);
    }
    let before = third.step_of(subject);
    assert!(before > 0 && before < LOWEST);
    third.hear(subject, &counts, now + 1);
    assert_eq!(third.step_of(subject), before);
}

// R67 in part
#[test]
fn an_office_is_one_on_each_machine_and_counts_that_are_nothing_are_not_remembered() {
    let (one, other) = (callers(1000), callers(1000));
    let office = Subject(7);
    for person in 0..60 {
        one.prove(office, person, 0);
    }
    let mut counts = [0.0; SIGNALS];
    for guess in 0..10 {
        counts[Signal::Credentials.index()] += one.note(office, Signal::Credentials, 0, 1000);
        counts[Signal::Identities.index()] += one.note(office, Signal::Identities, guess, 1000);
    }
    other.hear(office, &counts, 1000);
    let (here, there) = (one.explain(office).expect("it"), other.explain(office).expect("it"));
    assert!((here.score - there.score).abs() < 0.01, "{here} and {there}");
    assert_eq!(other.step_of(office), 0);
    other.hear(Subject(8), &[0.001; SIGNALS], 1000);
    assert_eq!(other.explain(Subject(8)), None);
}
