//! One run: actors call in the order of time, declared limits refuse first, then the policy may.

use std::{
    cmp::Reverse,
    collections::{BinaryHeap, HashMap},
};

use crate::{
    attackers::{self, Attack, Attacker},
    behavior::math::{Chance, mixed},
    people::{self, Family},
    policies::Policy,
    world::{END, Ms, Request},
};

/// One call of a script: so many milliseconds after the answer to the one before.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    pub wait: Ms,
    pub request: Request,
}

/// The calls of an actor.
#[derive(Debug, Clone)]
pub enum Plan {
    Script(Vec<Step>),
    Attack(Attacker),
}

/// One person or one attacker.
#[derive(Debug, Clone)]
pub struct Actor {
    begin: Ms,
    pub family: Option<Family>,
    pub attack: Option<Attack>,
    plan: Plan,
    at: usize,
    retries: u32,
    chance: Chance,
}

impl Actor {
    pub fn new(
        begin: Ms,
        family: Option<Family>,
        attack: Option<Attack>,
        plan: Plan,
        chance: &mut Chance,
    ) -> Self {
        let chance = Chance::new(chance.bits());
        Self { begin, family, attack, plan, at: 0, retries: 0, chance }
    }

    /// Returns the next request and the milliseconds before it. `refused` are those that the last answer said to wait.
    fn next(&mut self, refused: Option<Ms>) -> Option<(Ms, Request)> {
        match &mut self.plan {
            Plan::Attack(attacker) => attacker.next(&mut self.chance),
            Plan::Script(steps) => {
                if let Some(wait) = refused {
                    // A client waits as it is told, up to ten minutes, three times.
                    if self.retries < 3 && wait <= 600_000 {
                        self.retries += 1;
                        let request = steps.get(self.at - 1)?.request;
                        return Some((wait + 50 + self.chance.below(500), request));
                    }
                }
                self.retries = 0;
                let step = steps.get(self.at)?;
                self.at += 1;
                Some((step.wait, step.request))
            }
        }
    }
}

/// The figures of one actor.
#[derive(Debug, Clone)]
pub struct Seen {
    pub family: Option<Family>,
    pub attack: Option<Attack>,
    /// Attempts that the declared limits admitted, `true` for those that the policy did too.
    pub attempts: Vec<bool>,
    /// All attempts of an attacker.
    pub tried: u32,
    /// The calls that were let through.
    pub through: u32,
    /// The calls that the policy refused and the declared limits would not have.
    pub extra: u32,
    /// The attempt and the milliseconds since the first one at which the policy took a measure.
    pub detected: Option<(u32, Ms)>,
    first: Option<Ms>,
}

/// The declared limits, by caller and route.
#[derive(Default)]
struct Declared(HashMap<(u64, u8), Ms>);

impl Declared {
    fn admit(&mut self, request: &Request, now: Ms) -> Result<(), Ms> {
        let (_, window) = request.route.limit();
        // In tenths of a microsecond a minute's limit has no remainder that would add up.
        let interval = (request.route.interval() * 10_000.0) as u64;
        let now = now * 10_000;
        let until = self.0.entry((request.caller(), request.route as u8)).or_default();
        let next = (*until).max(now) + interval;
        if next > now + window * 10_000 {
            return Err((next - now - window * 10_000).div_ceil(10_000));
        }
        *until = next;
        Ok(())
    }
}

/// Makes the actors of a seed.
pub fn actors(seed: u64, left_out: Option<Attack>) -> Vec<Actor> {
    let mut chance = Chance::new(mixed(seed));
    let mut actors = people::all(&mut chance);
    actors.extend(attackers::all(&mut chance, left_out));
    actors
}

/// Lets actors meet a policy.
pub fn run(mut actors: Vec<Actor>, policy: &mut dyn Policy) -> Vec<Seen> {
    let mut seen: Vec<_> = actors
        .iter()
        .map(|actor| Seen {
            family: actor.family,
            attack: actor.attack,
            attempts: Vec::new(),
            tried: 0,
            through: 0,
            extra: 0,
            detected: None,
            first: None,
        })
        .collect();
    let mut declared = Declared::default();
    let mut queue = BinaryHeap::new();
    let mut next: Vec<Option<Request>> = vec![None; actors.len()];
    for (number, actor) in actors.iter_mut().enumerate() {
        if let Some((wait, request)) = actor.next(None) {
            next[number] = Some(request);
            queue.push(Reverse((actor.begin + wait, number)));
        }
    }
    while let Some(Reverse((now, number))) = queue.pop() {
        if now >= END {
            break;
        }
        let Some(request) = next[number] else { continue };
        let own = &mut seen[number];
        let first = *own.first.get_or_insert(now);
        let refused = match declared.admit(&request, now) {
            Err(wait) => {
                policy.limited(&request, now);
                Some(wait)
            }
            Ok(()) => match policy.admit(&request, now) {
                Err(wait) => {
                    own.extra += 1;
                    own.attempts.push(false);
                    Some(wait)
                }
                Ok(()) => {
                    own.through += 1;
                    own.attempts.push(true);
                    policy.outcome(&request, now);
                    None
                }
            },
        };
        if own.attack.is_some() {
            own.tried += 1;
            if own.detected.is_none() && policy.holds(&request, now) {
                own.detected = Some((own.tried, now - first));
            }
        }
        if let Some((wait, request)) = actors[number].next(refused) {
            next[number] = Some(request);
            queue.push(Reverse((now + wait, number)));
        }
    }
    seen
}
