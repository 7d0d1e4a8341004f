//! The figures of a run: per attack what got through and when it was noticed, per family of people who was held up.

use crate::{
    attackers::{ATTACKS, Attack},
    behavior::math::Chance,
    people::FAMILIES,
    simulate::Seen,
};

/// The figures of one run.
#[derive(Debug, Clone)]
pub struct Run {
    pub attacks: [OfAttack; ATTACKS],
    /// Sessions of each family, those that were refused a call, and the calls refused.
    pub people: [(u32, u32, u32); FAMILIES.len()],
}

/// The figures of one family of attacks in one run.
#[derive(Debug, Clone, Default)]
pub struct OfAttack {
    pub attackers: u32,
    pub contained: u32,
    pub detected: u32,
    /// Attempts that were let through before the attacker was contained, of all attackers.
    pub harm: f64,
    /// Attempts that were let through, of all attackers.
    pub through: f64,
    /// The attempt, and the seconds since the first, at which each attacker was noticed, if it was.
    pub noticed: Vec<(f64, f64)>,
}

/// Counts a run.
pub fn count(seen: &[Seen]) -> Run {
    let mut attacks: [OfAttack; ATTACKS] = Default::default();
    let mut people = [(0, 0, 0); FAMILIES.len()];
    for seen in seen {
        if let Some(attack) = seen.attack {
            let own = &mut attacks[attack as usize];
            let (contained, harm) = harm(&seen.attempts);
            own.attackers += 1;
            own.contained += u32::from(contained);
            own.harm += f64::from(harm);
            own.through += f64::from(seen.through);
            if let Some((attempt, millis)) = seen.detected {
                own.detected += 1;
                own.noticed.push((f64::from(attempt), millis as f64 / 1000.0));
            }
        }
        if let Some(number) = FAMILIES.iter().position(|family| Some(family.0) == seen.family) {
            let own = &mut people[number];
            own.0 += 1;
            own.1 += u32::from(seen.extra > 0);
            own.2 += seen.extra;
        }
    }
    Run { attacks, people }
}

/// Returns `true` if an attacker was contained, and the attempts that were let through until then. It is contained from the
/// first attempt on from which at most one in ten was let through, of ten or more that followed. Attempts that the declared
/// limits refuse do not count: they are refused by all policies.
fn harm(attempts: &[bool]) -> (bool, u32) {
    const FOLLOWING: usize = 10;

    let all: u32 = attempts.iter().map(|through| u32::from(*through)).sum();
    let (mut before, mut left) = (0, all);
    for (at, through) in attempts.iter().enumerate() {
        let following = attempts.len() - at;
        if following < FOLLOWING {
            break;
        }
        if u64::from(left) * 10 <= following as u64 {
            return (true, before);
        }
        before += u32::from(*through);
        left -= u32::from(*through);
    }
    (false, all)
}

/// A mean over seeds with its interval.
#[derive(Debug, Clone, Copy, Default)]
pub struct Mean {
    pub mean: f64,
    pub low: f64,
    pub high: f64,
}

/// Returns the mean of values, one for each seed, and the interval in which 95 of 100 resampled means are.
pub fn bootstrap(values: &[f64]) -> Mean {
    const SAMPLES: usize = 1000;

    let count = values.len().max(1);
    let mut chance = Chance::new(17);
    let mut means: Vec<f64> = (0..SAMPLES)
        .map(|_| {
            let sum: f64 = (0..count).map(|_| values[chance.below(count as u64) as usize]).sum();
            sum / count as f64
        })
        .collect();
    means.sort_by(f64::total_cmp);
    Mean {
        mean: values.iter().sum::<f64>() / count as f64,
        low: means[SAMPLES / 40],
        high: means[SAMPLES - SAMPLES / 40 - 1],
    }
}

/// Returns the value in the middle.
pub fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

/// The runs of one policy, one for each seed.
#[derive(Debug, Clone, Default)]
pub struct Runs(pub Vec<Run>);

impl Runs {
    fn of(&self, attack: Attack) -> impl Iterator<Item = &OfAttack> {
        self.0.iter().map(move |run| &run.attacks[attack as usize])
    }

    fn per_attacker(&self, attack: Attack, figure: impl Fn(&OfAttack) -> f64) -> Mean {
        let values: Vec<f64> =
            self.of(attack).map(|own| figure(own) / f64::from(own.attackers.max(1))).collect();
        bootstrap(&values)
    }

    /// Returns the attempts of an attacker that were let through before it was contained.
    pub fn harm(&self, attack: Attack) -> Mean {
        self.per_attacker(attack, |own| own.harm)
    }

    /// Returns the attempts of an attacker that were let through in all.
    pub fn through(&self, attack: Attack) -> Mean {
        self.per_attacker(attack, |own| own.through)
    }

    /// Returns the share of attackers that were contained.
    pub fn contained(&self, attack: Attack) -> Mean {
        self.per_attacker(attack, |own| f64::from(own.contained))
    }

    /// Returns the share of attackers that were noticed, and of those the attempt and the second in the middle.
    pub fn noticed(&self, attack: Attack) -> (f64, Option<f64>, Option<f64>) {
        let share = self.per_attacker(attack, |own| f64::from(own.detected)).mean;
        let all: Vec<_> = self.of(attack).flat_map(|own| own.noticed.iter().copied()).collect();
        let attempts = median(all.iter().map(|noticed| noticed.0).collect());
        (share, attempts, median(all.iter().map(|noticed| noticed.1).collect()))
    }

    /// Returns the sessions in 10 000 of these families that were refused a call, with their interval.
    pub fn held_up(&self, families: &[usize]) -> Mean {
        let values: Vec<f64> = self
            .0
            .iter()
            .map(|run| {
                let sum = |figure: fn(&(u32, u32, u32)) -> u32| -> f64 {
                    families.iter().map(|family| f64::from(figure(&run.people[*family]))).sum()
                };
                10_000.0 * sum(|own| own.1) / sum(|own| own.0).max(1.0)
            })
            .collect();
        bootstrap(&values)
    }

    /// Returns the calls of a family that were refused, in one run.
    pub fn refused(&self, family: usize) -> Mean {
        let values: Vec<f64> = self.0.iter().map(|run| f64::from(run.people[family].2)).collect();
        bootstrap(&values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attacker_is_contained_from_where_nine_of_ten_are_refused() {
        let mut attempts = vec![true; 20];
        attempts.extend([false; 50]);
        // Two of 52 that follow may be let through.
        assert_eq!(harm(&attempts), (true, 15));
        assert_eq!(harm(&[true; 30]), (false, 30));
        assert_eq!(harm(&[false; 30]), (true, 0));
    }
}
