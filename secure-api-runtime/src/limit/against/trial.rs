//! The trial: the limits of an app, charged with the requests of a log.

use std::{
    collections::{BTreeMap, HashMap},
    fmt,
    net::{IpAddr, Ipv6Addr},
    sync::Arc,
};

use smallvec::SmallVec;

use super::{
    super::{APP, AddressKey, Counting, Limit, LimitSet, Unit, Who, meter::Meter, unit::Stage},
    busiest::{Busiest, Spread},
};
use crate::{
    clock::Clock,
    fingerprint::{BuildHeld, Fingerprint},
    identity::Identity,
    ledger::{self, Bound, Demand, nanos},
};

/// The issuer of users whom a log names.
const LOG: &str = "log";

/// The limits of an app, with what the callers of a log have spent.
pub(crate) struct Trial {
    counting: Arc<Counting>,
    /// The limits of the whole app, then those of its operations.
    sets: Vec<Tried>,
    rows: Vec<Row>,
    /// The row of a limit, by its cells: limits that operations have together have one.
    row_of: HashMap<usize, usize>,
    callers: BTreeMap<CalledBy, Called>,
}

/// One set of limits, and the rows of its limits.
struct Tried {
    set: LimitSet,
    rows: Vec<Option<usize>>,
}

/// One limit, and how it was met.
pub(crate) struct Row {
    pub(crate) operation: &'static str,
    pub(crate) policy: &'static str,
    pub(crate) limit: Limit,
    /// The requests that it counts, those that it refused as well.
    pub(crate) requests: u64,
    pub(crate) refused: u64,
    callers: HashMap<Fingerprint, Met, BuildHeld>,
}

/// One caller, as one limit met it.
#[derive(Default)]
struct Met {
    busiest: Busiest,
    refused: u64,
}

/// A caller, by what a log says of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum CalledBy {
    User(Box<str>),
    Network(IpAddr),
}

/// The requests of one caller.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Called {
    pub(crate) requests: u64,
    pub(crate) refused: u64,
}

/// One request of a log.
pub(crate) struct Outcome {
    pub(crate) address: IpAddr,
    pub(crate) user: Option<Box<str>>,
    /// The operation, by its place; none where no operation answers.
    pub(crate) operation: Option<usize>,
    /// `true` if its caller was refused for its credentials, and so met no limit but those per address.
    pub(crate) is_unknown: bool,
}

impl Trial {
    /// Creates the trial of an app whose addresses have this limit.
    pub(crate) fn new(address: Limit, scale: u32) -> Self {
        // The clock is not read: the times are those of the log.
        let counting = Arc::new(Counting::new(&Clock::manual(0), scale, None));
        let (sets, rows, row_of) = (Vec::new(), Vec::new(), HashMap::new());
        let mut trial = Self { counting, sets, rows, row_of, callers: BTreeMap::new() };
        trial.add(APP, &[address]);
        trial
    }

    /// Adds an operation. Its place is the number of those before it.
    pub(crate) fn add(&mut self, name: &'static str, limits: &[Limit]) {
        // The first is the app itself.
        let scope: &[&str] = if self.sets.is_empty() { &[APP] } else { &[] };
        let set = LimitSet::new(name, scope, limits, &self.counting);
        let stated = limits.iter().filter(|limit| limit.unit() != Unit::Unlimited);
        let rows = set.meters.iter().zip(stated).map(|(meter, limit)| {
            let (cells, row) = (Arc::as_ptr(&meter.cells) as usize, self.rows.len());
            is_tried(meter).then(|| {
                *self.row_of.entry(cells).or_insert_with(|| {
                    self.rows.push(Row::new(name, meter.policy, *limit));
                    row
                })
            })
        });
        let rows = rows.collect();
        self.sets.push(Tried { set, rows });
    }

    /// Returns the policies that a log cannot try: it tells neither how long a request took nor what was in it.
    pub(crate) fn untried(&self) -> impl Iterator<Item = &'static str> {
        let meters = self.sets.iter().flat_map(|tried| &tried.set.meters);
        meters.filter(|meter| !is_tried(meter)).map(|meter| meter.policy)
    }

    /// Returns how each limit was met, in the order in which operations are listed.
    pub(crate) fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Returns all callers, in a fixed order.
    pub(crate) fn callers(&self) -> &BTreeMap<CalledBy, Called> {
        &self.callers
    }

    /// Charges a request at a time, which does not lie before the last one's.
    pub(crate) fn charge(&mut self, at: u64, request: Outcome) {
        let address = AddressKey::address(request.address);
        let user = request.user.as_deref();
        let identity = user.map(|user| Identity::new(LOG.into(), None, user, 0, i64::MAX));
        let own = request.operation.map(|operation| operation + 1);
        let Self { sets, rows, callers, .. } = self;
        let sets: SmallVec<[&Tried; 2]> =
            [Some(0), own].into_iter().flatten().map(|set| &sets[set]).collect();
        let who = Who::at(address);
        let by_address = Meeting { sets: &sets, who: &who, stage: Stage::Address, at };
        let mut admitted = by_address.charge(rows);
        if admitted && !request.is_unknown {
            let who = Who { identity: identity.as_ref(), ..who };
            admitted = Meeting { sets: &sets, who: &who, stage: Stage::Caller, at }.charge(rows);
            if !admitted {
                by_address.refund();
            }
        }
        let caller = callers.entry(CalledBy::of(request.address, request.user)).or_default();
        caller.requests += 1;
        caller.refused += u64::from(!admitted);
    }
}

/// One request at the limits of one stage.
struct Meeting<'a, 'b> {
    sets: &'b [&'a Tried],
    who: &'b Who<'b>,
    stage: Stage,
    at: u64,
}

impl<'a> Meeting<'a, '_> {
    /// Charges all of them or none, and notes in their rows who asked. Those that only count refuse nothing here either.
    fn charge(&self, rows: &mut [Row]) -> bool {
        let key = |meter: &Meter| self.who.key(meter.unit);
        for (meter, row) in self.meters() {
            rows[row].called(key(meter), meter.weight(self.who), self.at);
        }
        let (demands, of) = self.demands();
        let outcome = ledger::charge(&demands, self.at);
        if let Err(left) = &outcome {
            let mut refusing: SmallVec<[usize; 4]> = SmallVec::new();
            for (row, _) in of.iter().zip(left).filter(|(_, left)| left.wait > 0) {
                // One that is counted in several networks refuses once.
                if !refusing.contains(row) {
                    refusing.push(*row);
                }
            }
            for (meter, row) in self.meters().filter(|(_, row)| refusing.contains(row)) {
                rows[row].refused(key(meter));
            }
        }
        for (meter, row) in self.meters().filter(|(meter, _)| meter.observed) {
            let mut demands: SmallVec<[Demand<'_>; 4]> = SmallVec::new();
            meter.demands(self.who, 1, |demand| demands.push(demand));
            if ledger::charge(&demands, self.at).is_err() {
                rows[row].refused(key(meter));
            }
        }
        outcome.is_ok()
    }

    /// Gives back what was charged.
    fn refund(&self) {
        self.demands().0.iter().for_each(|demand| ledger::refund(demand, self.at, self.at));
    }

    fn meters(&self) -> impl Iterator<Item = (&'a Meter, usize)> {
        let all = self.sets.iter().flat_map(|tried| tried.set.meters.iter().zip(&tried.rows));
        let stage = self.stage;
        all.filter_map(move |(meter, row)| Some((meter, (*row)?)))
            .filter(move |(meter, _)| meter.stage() == stage)
    }

    fn demands(&self) -> (SmallVec<[Demand<'a>; 4]>, SmallVec<[usize; 4]>) {
        let (mut demands, mut of) = (SmallVec::new(), SmallVec::new());
        for (meter, row) in self.meters().filter(|(meter, _)| !meter.observed) {
            meter.demands(self.who, 1, |demand| {
                demands.push(demand);
                of.push(row);
            });
        }
        (demands, of)
    }
}

impl Row {
    fn new(operation: &'static str, policy: &'static str, limit: Limit) -> Self {
        Self { operation, policy, limit, requests: 0, refused: 0, callers: HashMap::default() }
    }

    fn called(&mut self, key: Fingerprint, weight: u32, at: u64) {
        self.requests += 1;
        let window = nanos(self.limit.window());
        self.callers.entry(key).or_default().busiest.add(at, weight, window);
    }

    fn refused(&mut self, key: Fingerprint) {
        self.refused += 1;
        self.callers.entry(key).or_default().refused += 1;
    }

    /// Returns the number of callers, and of those who were refused.
    pub(crate) fn callers(&self) -> (u64, u64) {
        let refused = self.callers.values().filter(|met| met.refused > 0).count();
        (self.callers.len() as u64, refused as u64)
    }

    /// Returns how the busiest windows of the callers spread.
    pub(crate) fn spread(&self) -> Spread {
        Spread::of(self.callers.values().map(|met| met.busiest.most()).collect())
    }
}

impl CalledBy {
    fn of(address: IpAddr, user: Option<Box<str>>) -> Self {
        match (user, address.to_canonical()) {
            (Some(user), _) => Self::User(user),
            (None, IpAddr::V6(address)) => {
                Self::Network(Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into())
            }
            (None, address) => Self::Network(address),
        }
    }
}

impl fmt::Display for CalledBy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::User(user) => f.write_str(user),
            Self::Network(IpAddr::V4(address)) => address.fmt(f),
            Self::Network(IpAddr::V6(address)) => write!(f, "{address}/64"),
        }
    }
}

fn is_tried(meter: &Meter) -> bool {
    meter.stage() != Stage::Input && !matches!(meter.bound, Bound::AtOnce { .. })
}
