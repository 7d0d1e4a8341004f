//! The legitimate callers: what each family does in a session, wrong turns included.

use crate::{
    behavior::math::Chance,
    simulate::{Actor, Plan, Step},
    world::{END, Outcome, Request, Route},
};

/// A family of legitimate callers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    Shopper,
    Importer,
    Office,
    Mobile,
    Newcomer,
    Robot,
    /// The owner of an account that somebody else is guessing at.
    Owner,
}

pub const FAMILIES: [(Family, &str, u32); 7] = [
    (Family::Shopper, "browsing customer", 300),
    (Family::Importer, "importer with bursts", 4),
    (Family::Office, "shared office, each of 200", 200),
    (Family::Mobile, "mobile client with retries", 60),
    (Family::Newcomer, "newcomer who mistypes", 60),
    (Family::Robot, "search robot", 3),
    (Family::Owner, "owner of an attacked account", 12),
];

/// The first name of an account that is attacked. Its owners are the family of that name.
pub const ATTACKED: u32 = 500_000;

/// The address of the office.
const OFFICE: u32 = 77;

struct Session<'a> {
    chance: &'a mut Chance,
    steps: Vec<Step>,
    address: u32,
    person: u32,
    principal: Option<u32>,
}

impl Session<'_> {
    fn wait(&mut self, seconds: f64) -> u64 {
        (self.chance.wait(seconds) * 1000.0) as u64 + 150
    }

    fn call(&mut self, seconds: f64, route: Route, key: u64, outcome: Outcome) {
        let wait = self.wait(seconds);
        let name = route.is_credential().then_some(self.person);
        let request = Request {
            route,
            address: self.address,
            principal: self.principal,
            name,
            key,
            outcome,
            hostile: false,
        };
        self.steps.push(Step { wait, request });
    }

    fn browse(&mut self, pages: u64, seconds: f64) {
        for _ in 0..pages {
            let key = self.chance.below(5000);
            let dead = self.chance.is(0.01);
            let (route, outcome) = match dead {
                true => (Route::Unknown, Outcome::Missing),
                false => (Route::Browse, Outcome::Fine),
            };
            // Dead links are few, and many follow the same.
            self.call(seconds, route, if dead { key % 7 } else { key }, outcome);
        }
    }

    fn sign_in(&mut self, wrong: u64) {
        for _ in 0..wrong {
            self.call(8.0, Route::Login, 0, Outcome::Wrong);
        }
        self.call(10.0, Route::Login, 0, Outcome::SignedIn);
        self.principal = Some(self.person);
    }

    /// Reads orders, some of which are gone: from a bookmark, or from a list that was drawn before.
    fn read_orders(&mut self, orders: u64, seconds: f64) {
        for _ in 0..orders {
            let key = self.chance.below(10_000);
            let outcome = if self.chance.is(0.06) { Outcome::Refused } else { Outcome::Fine };
            self.call(seconds, Route::Order, key, outcome);
        }
    }

    fn buy(&mut self) {
        let invalid = if self.chance.is(0.15) { 1 + self.chance.below(2) } else { 0 };
        for nth in 0..invalid {
            let places = nth + self.chance.below(3);
            self.call(15.0, Route::Checkout, places, Outcome::Invalid);
        }
        self.call(20.0, Route::Checkout, 0, Outcome::Fine);
        self.call(20.0, Route::Pay, 0, Outcome::Done);
        while self.chance.is(0.06) {
            // Back in the browser, and paid again.
            self.call(5.0, Route::Pay, 0, Outcome::OutOfOrder);
        }
    }

    fn mistakes(&mut self, once: f64) -> u64 {
        let mut mistakes = 0;
        while mistakes < 6 && self.chance.is(if mistakes == 0 { once } else { 0.4 }) {
            mistakes += 1;
        }
        mistakes
    }

    fn run(&mut self, family: Family) {
        match family {
            Family::Shopper | Family::Owner => {
                let pages = 3 + self.chance.below(25);
                self.browse(pages, 9.0);
                if family == Family::Owner || self.chance.is(0.5) {
                    let wrong = self.mistakes(0.12);
                    self.sign_in(wrong);
                    let orders = self.chance.below(4);
                    self.read_orders(orders, 6.0);
                    if self.chance.is(0.4) {
                        self.buy();
                    }
                }
            }
            Family::Importer => {
                self.sign_in(0);
                for _ in 0..16 {
                    self.call(600.0, Route::Browse, 0, Outcome::Fine);
                    self.read_orders(20, 0.5);
                    // More than its limit now and then: it is told to wait, and does.
                    let rows = 150 + self.chance.below(250);
                    for row in 0..rows {
                        // A mistake of its program is the same rule in each row.
                        let bad = self.chance.is(0.015);
                        let outcome = if bad { Outcome::Invalid } else { Outcome::Fine };
                        self.call(0.12, Route::Import, if bad { row % 3 } else { row }, outcome);
                    }
                }
            }
            Family::Office => {
                let pages = 2 + self.chance.below(12);
                self.browse(pages, 8.0);
                let wrong = self.mistakes(0.1);
                self.sign_in(wrong);
                let pages = 3 + self.chance.below(20);
                self.browse(pages, 12.0);
                let orders = self.chance.below(5);
                self.read_orders(orders, 6.0);
                if self.chance.is(0.3) {
                    self.buy();
                }
            }
            Family::Mobile => {
                self.sign_in(0);
                if self.chance.is(0.05) {
                    // All that was missed since last week, at once.
                    for _ in 0..90 {
                        let key = self.chance.below(5000);
                        self.call(0.3, Route::Browse, key, Outcome::Fine);
                    }
                }
                for _ in 0..30 {
                    if self.chance.is(0.1) {
                        self.read_orders(1, 5.0);
                    }
                    let key = self.chance.below(5000);
                    let again = if self.chance.is(0.1) { 1 + self.chance.below(3) } else { 0 };
                    for _ in 0..again {
                        self.call(0.5, Route::Browse, key, Outcome::Fine);
                    }
                    self.call(12.0, Route::Browse, key, Outcome::Fine);
                    if self.chance.is(0.05) {
                        // A path of an earlier release, asked for again each time.
                        self.call(0.3, Route::Unknown, 900_000, Outcome::Missing);
                    }
                }
                // The token has ended, and three calls were under way.
                for _ in 0..self.chance.below(7) {
                    self.call(0.1, Route::Browse, 0, Outcome::BadToken);
                }
                self.sign_in(0);
                self.browse(8, 12.0);
            }
            Family::Newcomer => {
                self.browse(5, 10.0);
                let invalid = 1 + self.chance.below(4);
                for nth in 0..invalid {
                    self.call(20.0, Route::Register, nth * 11, Outcome::Invalid);
                }
                self.call(20.0, Route::Register, 0, Outcome::Fine);
                let wrong = 2 + self.chance.below(4);
                for _ in 0..wrong {
                    self.call(9.0, Route::Login, 0, Outcome::Wrong);
                }
                if self.chance.is(0.5) {
                    self.call(15.0, Route::Lookup, 0, Outcome::Asked);
                    for _ in 0..self.chance.below(3) {
                        self.call(12.0, Route::Code, 0, Outcome::Wrong);
                    }
                    self.call(15.0, Route::Code, 0, Outcome::SignedIn);
                    self.principal = Some(self.person);
                } else {
                    self.sign_in(0);
                }
                self.browse(6, 9.0);
                self.buy();
            }
            Family::Robot => {
                for page in 0..1200 {
                    let dead = self.chance.is(0.015);
                    let (route, outcome) = match dead {
                        true => (Route::Unknown, Outcome::Missing),
                        false => (Route::Browse, Outcome::Fine),
                    };
                    self.call(10.0, route, page, outcome);
                }
            }
        }
    }
}

/// Makes all legitimate callers of a seed.
pub fn all(chance: &mut Chance) -> Vec<Actor> {
    let mut people = Vec::new();
    for (number, (family, _, count)) in FAMILIES.into_iter().enumerate() {
        for nth in 0..count {
            let person = match family {
                Family::Owner => ATTACKED + nth,
                _ => 1000 * (number as u32 + 1) + nth,
            };
            let address = if family == Family::Office { OFFICE } else { 10_000 + person };
            let begin = match family {
                // Within the hour in which all come to work.
                Family::Office => 1_800_000 + chance.below(3_600_000),
                Family::Importer | Family::Robot => chance.below(600_000),
                _ => chance.below(END * 3 / 4),
            };
            let mut session =
                Session { chance, steps: Vec::new(), address, person, principal: None };
            session.run(family);
            let steps = session.steps;
            people.push(Actor::new(begin, Some(family), None, Plan::Script(steps), chance));
        }
    }
    people
}
