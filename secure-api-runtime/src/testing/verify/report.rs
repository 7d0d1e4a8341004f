//! The report: what was kept, broken and not tried, as data and as a table.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::{self, Write as _},
};

use super::Check;

/// The routes that are named of a reason which many have.
const SHOWN: usize = 6;

/// The result of a verification. Its `Display` is a table for people.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Verified {
    /// The API's name.
    pub api: String,
    /// The routes that were attacked: operation and version.
    pub routes: Vec<String>,
    /// The requests that were sent.
    pub requests: u64,
    /// The promises that were broken.
    pub broken: Vec<Broken>,
    /// The checks that could not be made, each with its reason.
    pub untested: Vec<Untested>,
    /// The routes that kept each check.
    pub(super) kept: BTreeMap<Check, BTreeSet<String>>,
}

/// A promise that was broken.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Broken {
    /// The route: operation and version.
    pub route: String,
    /// The promise.
    pub check: Check,
    /// The request, and the answer that was not expected.
    pub what: String,
}

/// A check that could not be made.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Untested {
    /// The route: operation and version.
    pub route: String,
    /// The check, or none for all of the route.
    pub check: Option<Check>,
    /// The reason.
    pub reason: String,
}

impl Verified {
    /// Returns the number of routes that kept a promise, each tried at least once.
    pub fn kept(&self, check: Check) -> usize {
        self.of(check).count()
    }

    /// Returns the checks that found something, each once, in the order of enforcement.
    pub fn noticed(&self) -> Vec<Check> {
        let found: BTreeSet<Check> = self.broken.iter().map(|broken| broken.check).collect();
        found.into_iter().collect()
    }

    /// Returns the checks that no route had anything for.
    pub fn without(&self) -> impl Iterator<Item = Check> {
        let found = |check: &Check| {
            self.kept.contains_key(check)
                || self.broken.iter().any(|broken| broken.check == *check)
                || self.untested.iter().any(|untested| untested.check == Some(*check))
        };
        Check::ALL.iter().copied().filter(move |check| !found(check))
    }

    fn of(&self, check: Check) -> impl Iterator<Item = &String> {
        let broken = move |route: &&String| {
            !self.broken.iter().any(|broken| broken.check == check && broken.route == **route)
        };
        self.kept.get(&check).into_iter().flatten().filter(broken)
    }
}

impl fmt::Display for Verified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { api, routes, requests, broken, untested, .. } = self;
        writeln!(
            f,
            "{api}: {} routes, {requests} requests, {} promises broken\n",
            routes.len(),
            broken.len()
        )?;
        writeln!(f, "{:16} {:>6} {:>6} {:>6}  promise", "check", "kept", "broken", "not")?;
        for check in Check::ALL {
            let mut hit: Vec<_> =
                broken.iter().filter(|one| one.check == *check).map(|one| &one.route).collect();
            hit.dedup();
            let not = untested.iter().filter(|one| one.check == Some(*check)).count();
            let (kept, hit) = (self.kept(*check), hit.len());
            writeln!(f, "{check:16} {kept:>6} {hit:>6} {not:>6}  {}", check.promise())?;
        }
        if !broken.is_empty() {
            f.write_str("\nbroken:\n")?;
        }
        for Broken { route, check, what } in broken {
            writeln!(f, "  {route} broke {check}: {}", check.promise())?;
            what.lines().try_for_each(|line| writeln!(f, "    {line}"))?;
        }
        let nothing = self.without().map(Check::id).collect::<Vec<_>>();
        if !untested.is_empty() || !nothing.is_empty() {
            f.write_str("\nnot tried:\n")?;
        }
        if !nothing.is_empty() {
            writeln!(
                f,
                "  of no route, since none promises it or nobody may call one: {}",
                nothing.join(", ")
            )?;
        }
        // One reason of many routes is told once.
        let mut reasons: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for Untested { route, check, reason } in untested {
            let mut told = String::new();
            let _ = match check {
                Some(check) => write!(told, "{check}: {reason}"),
                None => write!(told, "{reason}"),
            };
            reasons.entry(told).or_default().push(route);
        }
        for (reason, routes) in reasons {
            let more = routes.len().saturating_sub(SHOWN);
            let shown = routes.iter().take(SHOWN).copied().collect::<Vec<_>>().join(", ");
            match more {
                0 => writeln!(f, "  {reason} ({shown})")?,
                more => writeln!(f, "  {reason} ({shown}, and {more} more)")?,
            }
        }
        Ok(())
    }
}
