//! The attackers: what each family tries, how fast, and from how many addresses.

use crate::{
    behavior::math::Chance,
    people::ATTACKED,
    simulate::{Actor, Plan},
    world::{END, Outcome, Request, Route},
};

/// A family of attacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Attack {
    PayFirst,
    CodeFast,
    CodeSlow,
    CodeSpread,
    PasswordFast,
    PasswordSlow,
    PasswordSpread,
    Lookup,
    Enumerate,
    Scrape,
    Scan,
    Probe,
    Forge,
}

pub const ATTACKS: usize = 13;

/// The attackers of each family in one simulation.
pub const EACH: u32 = 3;

impl Attack {
    pub const ALL: [Self; ATTACKS] = [
        Self::PayFirst,
        Self::CodeFast,
        Self::CodeSlow,
        Self::CodeSpread,
        Self::PasswordFast,
        Self::PasswordSlow,
        Self::PasswordSpread,
        Self::Lookup,
        Self::Enumerate,
        Self::Scrape,
        Self::Scan,
        Self::Probe,
        Self::Forge,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::PayFirst => "payment without checkout",
            Self::CodeFast => "one-time codes, fast",
            Self::CodeSlow => "one-time codes, slow",
            Self::CodeSpread => "one-time codes, 100 addresses",
            Self::PasswordFast => "passwords, fast",
            Self::PasswordSlow => "passwords, slow",
            Self::PasswordSpread => "leaked passwords, 200 addresses",
            Self::Lookup => "user-name look-up",
            Self::Enumerate => "enumeration of ids",
            Self::Scrape => "scraping",
            Self::Scan => "404 scanning",
            Self::Probe => "validation probing",
            Self::Forge => "forged tokens",
        }
    }

    /// Returns the mean milliseconds between two attempts, their number, and the addresses they come from.
    fn pace(self) -> (f64, u32, u32) {
        match self {
            Self::PayFirst => (3_000.0, 200, 1),
            Self::CodeFast => (1_000.0, 1200, 1),
            Self::CodeSlow => (60_000.0, 180, 1),
            Self::CodeSpread => (1_500.0, 2000, 100),
            Self::PasswordFast => (500.0, 1500, 1),
            Self::PasswordSlow => (90_000.0, 120, 1),
            Self::PasswordSpread => (2_000.0, 2500, 200),
            Self::Lookup => (2_000.0, 800, 1),
            Self::Enumerate => (500.0, 1500, 1),
            Self::Scrape => (200.0, 6000, 1),
            Self::Scan => (100.0, 3000, 1),
            Self::Probe => (1_000.0, 800, 1),
            Self::Forge => (500.0, 1200, 1),
        }
    }
}

/// One attack that is under way.
#[derive(Debug, Clone)]
pub struct Attacker {
    pub attack: Attack,
    pub gap: f64,
    pub left: u32,
    pub addresses: u32,
    pub first_address: u32,
    pub account: u32,
    tried: u64,
}

impl Attacker {
    pub fn new(attack: Attack, nth: u32) -> Self {
        let (gap, left, addresses) = attack.pace();
        let number = attack as u32 * EACH + nth;
        Self {
            attack,
            gap,
            left,
            addresses,
            first_address: 1_000_000 + number * 1000,
            account: 2_000_000 + number,
            tried: 0,
        }
    }

    /// Sends an attempt every so many milliseconds, and goes on to the end.
    pub fn at_a_pace(mut self, gap: f64) -> Self {
        self.gap = gap;
        self.left = (END as f64 / gap) as u32;
        self
    }

    /// Makes the next attempt, with the milliseconds before it.
    pub fn next(&mut self, chance: &mut Chance) -> Option<(u64, Request)> {
        self.left = self.left.checked_sub(1)?;
        self.tried += 1;
        let tried = self.tried;
        let spread = u64::from(self.addresses);
        let address = self.first_address + chance.below(spread) as u32;
        // Accounts that somebody else owns and uses.
        let own = ATTACKED + self.account % 12;
        let (route, principal, name, outcome) = match self.attack {
            Attack::PayFirst => (Route::Pay, Some(self.account), None, Outcome::OutOfOrder),
            Attack::CodeFast | Attack::CodeSlow | Attack::CodeSpread => {
                (Route::Code, None, Some(own), Outcome::Wrong)
            }
            Attack::PasswordFast | Attack::PasswordSlow => {
                (Route::Login, None, Some(own), Outcome::Wrong)
            }
            Attack::PasswordSpread => {
                // Of a list of passwords that leaked elsewhere one in two hundred holds.
                let holds = chance.is(0.005);
                let outcome = if holds { Outcome::SignedIn } else { Outcome::Wrong };
                (
                    Route::Login,
                    None,
                    Some(3_000_000 + self.account * 10_000 + tried as u32),
                    outcome,
                )
            }
            Attack::Lookup => (Route::Lookup, None, Some(4_000_000 + tried as u32), Outcome::Asked),
            Attack::Enumerate => (Route::Order, Some(self.account), None, Outcome::Refused),
            Attack::Scrape => (Route::Browse, None, None, Outcome::Fine),
            Attack::Scan => {
                let found = chance.is(0.02);
                let outcome = if found { Outcome::Fine } else { Outcome::Missing };
                (Route::Unknown, None, None, outcome)
            }
            Attack::Probe => (Route::Register, None, None, Outcome::Invalid),
            Attack::Forge => (Route::Order, None, None, Outcome::BadToken),
        };
        let key = 1_000_000 + tried;
        let request = Request { route, address, principal, name, key, outcome, hostile: true };
        Some(((self.gap * (0.5 + chance.unit())) as u64, request))
    }
}

/// Makes all attackers of a seed but those of a family that is left out.
pub fn all(chance: &mut Chance, left_out: Option<Attack>) -> Vec<Actor> {
    let mut attackers = Vec::new();
    for attack in Attack::ALL {
        for nth in 0..EACH {
            let begin = 600_000 + chance.below(3_600_000);
            let actor = Actor::new(
                begin,
                None,
                Some(attack),
                Plan::Attack(Attacker::new(attack, nth)),
                chance,
            );
            if left_out != Some(attack) {
                attackers.push(actor);
            }
        }
    }
    attackers
}
