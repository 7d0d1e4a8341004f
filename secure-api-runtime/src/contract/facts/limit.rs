//! Limits as one line of a lock each, and their comparison.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Change, OperationFacts};
use crate::{contract::finding::values, inventory::LimitModel, limit::Unit};

/// A limit, written as `60 per principal in 60s`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(in crate::contract) struct LimitText(pub(super) LimitModel);

impl fmt::Display for LimitText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let LimitModel {
            per,
            count,
            window_seconds,
            burst,
            field,
            weight,
            weight_of,
            at_once,
            observed,
            reason,
        } = &self.0;
        if let Some(reason) = reason {
            return write!(f, "unlimited: {reason}");
        }
        write!(f, "{count} per {}", per.name())?;
        if let Some(field) = field {
            write!(f, " {field}")?;
        }
        match at_once {
            true => write!(f, " at once")?,
            false => write!(f, " in {window_seconds}s")?,
        }
        if !at_once && burst != count {
            write!(f, " burst {burst}")?;
        }
        if *weight != 1 {
            write!(f, " weight {weight}")?;
        }
        if let Some(field) = weight_of {
            write!(f, " for each {field}")?;
        }
        if *observed {
            write!(f, " observed")?;
        }
        Ok(())
    }
}

impl From<LimitText> for String {
    fn from(limit: LimitText) -> Self {
        limit.to_string()
    }
}

impl TryFrom<String> for LimitText {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        read(&text).map(Self).ok_or_else(|| format!("`{text}` is no limit"))
    }
}

fn read(text: &str) -> Option<LimitModel> {
    let mut limit = LimitModel {
        per: Unit::Unlimited,
        count: 0,
        window_seconds: 0.0,
        burst: 0,
        field: None,
        weight: 1,
        weight_of: None,
        at_once: false,
        observed: false,
        reason: None,
    };
    if let Some(reason) = text.strip_prefix("unlimited: ") {
        limit.reason = Some(reason.to_owned());
        return Some(limit);
    }
    let mut words = text.split(' ').peekable();
    limit.count = words.next()?.parse().ok()?;
    words.next().filter(|word| *word == "per")?;
    let unit = words.next()?;
    limit.per = Unit::ALL.into_iter().find(|one| one.name() == unit)?;
    if limit.per == Unit::Field {
        limit.field = Some(words.next()?.to_owned());
    }
    limit.burst = limit.count;
    while let Some(word) = words.next() {
        match word {
            "in" => limit.window_seconds = words.next()?.strip_suffix('s')?.parse().ok()?,
            "at" => {
                words.next().filter(|word| *word == "once")?;
                limit.at_once = true;
            }
            "burst" => limit.burst = words.next()?.parse().ok()?,
            "weight" => limit.weight = words.next()?.parse().ok()?,
            "for" => {
                words.next().filter(|word| *word == "each")?;
                limit.weight_of = Some(words.next()?.to_owned());
            }
            "observed" => limit.observed = true,
            _ => return None,
        }
    }
    Some(limit)
}

impl LimitText {
    /// Makes the line of a limit. What is counted at one time and what has no limit has nothing to say of windows.
    pub(super) fn of(limit: &LimitModel) -> Self {
        let text = Self(limit.clone()).to_string();
        Self(read(&text).unwrap_or_else(|| limit.clone()))
    }

    /// Returns what it is known by beside others.
    fn key(&self) -> String {
        let field = self.0.field.as_deref().map(|field| format!(" {field}")).unwrap_or_default();
        let at_once = if self.0.at_once { " at once" } else { "" };
        format!("{}{field}{at_once}", self.0.per.name())
    }

    fn is_none(&self) -> bool {
        self.0.reason.is_some()
    }

    /// Returns the requests per second that it admits in the long run, or at one time.
    fn rate(&self) -> f64 {
        let each = f64::from(self.0.count) / f64::from(self.0.weight.max(1));
        if self.0.at_once || self.0.window_seconds <= 0.0 {
            each
        } else {
            each / self.0.window_seconds
        }
    }

    fn burst(&self) -> f64 {
        f64::from(self.0.burst.max(1)) / f64::from(self.0.weight.max(1))
    }
}

/// A change of one caller's limits: rule, the limit's key, sentence without its caller, before, after.
type LimitChange = (&'static str, String, String, Option<String>, Option<String>);

/// Compares the limits of one caller.
pub(super) fn changes(was: &[LimitText], is: &[LimitText]) -> Vec<LimitChange> {
    let mut found = Vec::new();
    let mut left: Vec<&LimitText> = is.iter().filter(|limit| !limit.is_none()).collect();
    for one in was.iter().filter(|limit| !limit.is_none()) {
        let text = |limit: &LimitText| Some(limit.to_string());
        let Some(place) = left.iter().position(|other| other.key() == one.key()) else {
            found.push((
                "limit-removed",
                one.key(),
                format!("has no limit per {} any more, and had {one}", one.key()),
                text(one),
                None,
            ));
            continue;
        };
        let other = left.remove(place);
        match (one.0.observed, other.0.observed) {
            (false, true) => {
                let sentence = format!("is refused by {one} no more: it only counts");
                found.push(("limit-only-observed", one.key(), sentence, text(one), text(other)));
            }
            (true, false) => {
                found.push((
                    "limit-in-force",
                    one.key(),
                    format!("is refused by {other}, which only counted"),
                    text(one),
                    text(other),
                ));
            }
            _ => {}
        }
        if one.0.weight_of.is_some() && other.0.weight_of.is_none() {
            let sentence = format!("has {other}, where each entry of a list counted: was {one}");
            found.push(("limit-loosened", one.key(), sentence, text(one), text(other)));
            continue;
        }
        let (times, bursts) = (other.rate() / one.rate(), other.burst() / one.burst());
        let same = |times: f64| (times - 1.0).abs() < 1e-9;
        if same(times) && same(bursts) && one.0.weight_of == other.0.weight_of {
            continue;
        }
        // More at once or more in the long run is looser, whatever the other is.
        if times > 1.0 && !same(times) || bursts > 1.0 && !same(bursts) {
            let most =
                if times > 1.0 && !same(times) { (times, "") } else { (bursts, "for a moment ") };
            let sentence = format!(
                "has a limit {}{} times as high: {other}, was {one}",
                most.1,
                round(most.0)
            );
            found.push(("limit-loosened", one.key(), sentence, text(one), text(other)));
        } else {
            found.push((
                "limit-tightened",
                one.key(),
                format!("has the limit {other}, was {one}"),
                text(one),
                text(other),
            ));
        }
    }
    for other in left {
        found.push((
            "limit-added",
            other.key(),
            format!("has a new limit, {other}"),
            None,
            Some(other.to_string()),
        ));
    }
    found
}

/// Returns a factor with two digits at most behind the point.
fn round(times: f64) -> f64 {
    (times * 100.0).round() / 100.0
}

impl Change<'_> {
    pub(super) fn limits(&mut self, was: &OperationFacts, is: &OperationFacts) {
        let mut told: Vec<(LimitChange, Vec<&str>)> = Vec::new();
        for (caller, new) in &is.callers {
            let Some(old) = was.callers.get(caller) else { continue };
            for change in changes(&old.limits, &new.limits) {
                match told.iter_mut().find(|(other, _)| *other == change) {
                    Some((_, callers)) => callers.push(caller),
                    None => told.push((change, vec![caller])),
                }
            }
        }
        for ((rule, key, sentence, before, after), callers) in told {
            let place = format!("{key} for {}", callers.join(", "));
            let sentence = match (&callers[..], sentence.split_once(' ')) {
                ([_, _, ..], Some(("has", rest))) => format!("have {rest}"),
                ([_, _, ..], Some(("is", rest))) => format!("are {rest}"),
                _ => sentence,
            };
            let sentence = format!("{} {sentence}", super::called(&callers));
            self.tell(rule, &place, sentence, (before, after));
        }
        match (was.outage_local, is.outage_local) {
            (None, Some(machines)) => {
                let sentence = format!(
                    "while the shared ledger is away, each of {machines} machines counts by itself, and none refuses"
                );
                self.tell(
                    "outage-loosened",
                    "",
                    sentence,
                    values("closed", format!("local({machines})")),
                );
            }
            (Some(machines), None) => {
                let sentence = "while the shared ledger is away, it is refused".to_owned();
                self.tell(
                    "outage-tightened",
                    "",
                    sentence,
                    values(format!("local({machines})"), "closed"),
                );
            }
            (Some(before), Some(after)) if before != after => {
                let rule = if after < before { "outage-loosened" } else { "outage-tightened" };
                let sentence = format!(
                    "while the shared ledger is away, a machine admits 1/{after} of each count, was 1/{before}"
                );
                self.tell(rule, "", sentence, values(before, after));
            }
            _ => {}
        }
    }
}
