//! Kinds of credentials: those that the framework has, and those that stand where the contract has them.

use std::collections::BTreeSet;

use super::{Project, name, text};
use crate::cli::import::{
    decide::{
        plan::{Access, OperationPlan},
        security::first_alike,
    },
    read::security::{Scheme, Sent},
};

/// The reason of keys in the query.
const REASON: &str = "clients of the contract that was imported send the key in the query";

/// The way in which a project has a scheme.
enum Known {
    /// A kind of the framework's, by its name.
    Framework(&'static str),
    /// A kind of its own, by the constructor, the place, and a reason where it needs one.
    Own(&'static str, String, Option<&'static str>),
    /// No kind that a project has.
    Not,
}

fn known(scheme: &Scheme) -> Known {
    match &scheme.sent {
        Sent::Bearer => Known::Framework("Bearer"),
        Sent::Authorization(of) if of.is_empty() => Known::Framework("Bearer"),
        Sent::Certificate => Known::Framework("Certificate"),
        Sent::Cookie(cookie) if is_session(cookie) => Known::Framework("Session"),
        Sent::Header(header) if header.eq_ignore_ascii_case("x-api-key") => {
            Known::Framework("ApiKey")
        }
        Sent::Header(header) => Known::Own("header", header.to_ascii_lowercase(), None),
        Sent::Cookie(cookie) => Known::Own("cookie", cookie.clone(), None),
        Sent::Query(parameter) => Known::Own("query", parameter.clone(), Some(REASON)),
        Sent::Authorization(of) => Known::Own("authorization", name::type_name(of, "Kind"), None),
        Sent::Unknown(_) => Known::Not,
    }
}

/// Returns `true` for a cookie that is a session by its name. Browsers send back whatever they were given, so its name is nobody's.
fn is_session(cookie: &str) -> bool {
    let cookie = cookie.to_ascii_lowercase();
    ["sess", "sid"].iter().any(|word| cookie.contains(word))
}

impl Project<'_> {
    /// Names the kinds of credentials that operations ask for.
    pub(super) fn credentials(&mut self, told: &[&OperationPlan]) {
        let mut used: BTreeSet<usize> = BTreeSet::new();
        let schemes = &self.plan.schemes;
        for one in told {
            if let Access::Credentials { by, .. } = &one.access {
                used.extend(by.iter().flatten().map(|number| first_alike(schemes, *number)));
            }
        }
        // One scheme of keys is the keys of the app; of several nobody knows which.
        let is_key = |number: &&usize| match known(&schemes[**number]) {
            Known::Framework(name) => name == "ApiKey",
            Known::Own(place, ..) => place != "authorization",
            Known::Not => false,
        };
        let are_keys = used.iter().filter(is_key).count() == 1;
        for number in used {
            let scheme = &schemes[number];
            let (place, at, reason) = match known(scheme) {
                Known::Framework(name) => {
                    self.kinds.insert(number, name.to_owned());
                    continue;
                }
                Known::Own(place, at, reason) => (place, text::literal(&at), reason),
                Known::Not => continue,
            };
            let name = self.types.take(name::type_name(&scheme.name, "Kind"), "Credentials");
            let reason = reason.map_or(String::new(), |why| format!(", {}", text::literal(why)));
            let (kind, otherwise) = match (place, are_keys) {
                ("authorization", _) => (
                    format!("identity::Kind::authorization({at})"),
                    "A kind of credentials. The app needs a source of it: `.source(…)`.".to_owned(),
                ),
                (_, true) => (
                    format!("api_key::ApiKey::in_{place}({at}{reason})"),
                    format!(
                        "API keys. The app takes them by `.api_keys(ApiKeys::new(…).sent_as::<{name}>())`, or by a source: \
                         `.source(…)`."
                    ),
                ),
                (_, false) => (
                    format!("identity::Kind::{place}({}, {at}{reason})", text::literal(&name)),
                    "A kind of credentials. The app needs a source of it: `.source(…)`.".to_owned(),
                ),
            };
            let block = format!(
                include_str!("template/kind.rs.txt"),
                about = text::doc("", &scheme.about, &otherwise),
                kind = kind,
                name = name
            );
            self.rooms.add("credentials", block);
            self.kinds.insert(number, name);
        }
    }

    /// Returns the key of credentials.
    pub(super) fn by(&self, by: &[Vec<usize>]) -> Option<String> {
        // Two schemes may be one kind, as cookies of sessions.
        let names = |alternative: &Vec<usize>| {
            let names = alternative.iter().filter_map(|number| self.kinds.get(number).cloned());
            let mut seen = BTreeSet::new();
            names.filter(|name| seen.insert(name.clone())).collect::<Vec<String>>()
        };
        let sets: Vec<Vec<String>> = by.iter().map(names).filter(|set| !set.is_empty()).collect();
        let mut alternatives: Vec<String> = Vec::new();
        for set in &sets {
            let one = match &**set {
                [one] => one.clone(),
                several => format!("all({})", several.join(", ")),
            };
            let less = |other: &Vec<String>| {
                other.len() < set.len() && other.iter().all(|name| set.contains(name))
            };
            if !alternatives.contains(&one) && !sets.iter().any(less) {
                alternatives.push(one);
            }
        }
        match &*alternatives {
            [] => None,
            [one] => Some(format!("by = {one}")),
            several if several.iter().any(|one| one.contains('(')) => {
                Some(format!("by = any({})", several.join(", ")))
            }
            several => Some(format!("by = [{}]", several.join(", "))),
        }
    }
}
