//! The settings that a configuration states, found by the table of those that there are.

use std::{collections::HashMap, sync::atomic::Ordering};

use super::{
    Config, UNTOLD, fault,
    key::{Act, Key, Sets, Unfit},
    node::{Member, Node, Place, Raw, shown_name},
    variable::capitals,
};
use crate::{
    error::StartProblem,
    nearest::{nearest, nearest_behind},
};

/// The table of a file, and the beginning of variables, that are the app's own.
pub(super) const OWN: &str = "app";

/// A setting that is stated.
pub(crate) struct Stated<T: 'static> {
    pub(crate) key: &'static Key<T>,
    /// The value as it is shown.
    pub(crate) shown: String,
    pub(crate) place: Place,
    act: Act<T>,
}

/// The table of settings, and what was found of it.
struct Found<T: 'static> {
    keys: &'static [Key<T>],
    /// Beginnings of names that a feature has, which is off.
    absent: &'static [(&'static str, &'static str)],
    stated: Vec<Stated<T>>,
    problems: Vec<StartProblem>,
}

impl<T> Stated<T> {
    /// Applies it.
    pub(crate) fn apply(self, to: &mut T) -> Result<(), StartProblem> {
        let Self { key, place, act, .. } = self;
        act(to).map_err(|unfit| unfit.problem(&place, key.name))
    }
}

impl Unfit {
    /// Returns the problem of a setting whose value this is.
    pub(crate) fn problem(self, place: &Place, name: &str) -> StartProblem {
        match self {
            Self::Form(fault) => fault::value(place, name, fault),
            Self::Without(other) => fault::without(place, name, other),
            #[cfg(any(feature = "acme", feature = "redis"))]
            Self::Unread(why) => fault::unread_file(place, name, &why),
            Self::Secret => fault::secret(place, name),
        }
    }
}

impl Config {
    /// Returns the settings that are stated, in the order in which they are applied, and what is wrong.
    pub(crate) fn read<T>(
        &self,
        keys: &'static [Key<T>],
        absent: &'static [(&'static str, &'static str)],
    ) -> (Vec<Stated<T>>, Vec<StartProblem>) {
        let mut found = Found { keys, absent, stated: Vec::new(), problems: self.problems.clone() };
        for file in &self.files {
            found.members(&file.members, "");
        }
        let by_file = found.settled();
        self.find_variables(&mut found);
        let by_variable = found.settled();
        // A variable stands in the place of what the file states, and of what the file states of its group.
        let is_replaced =
            |one: &Stated<T>| by_variable.iter().any(|other| other.is_instead_of(one));
        let mut stated: Vec<_> = by_file.into_iter().filter(|one| !is_replaced(one)).collect();
        stated.extend(by_variable);
        if !self.own_read.load(Ordering::Relaxed)
            && let Some((_, place)) = self.own().into_iter().next()
        {
            found.problems.push(fault::unused(&place));
        }
        (stated, fault::bounded(found.problems))
    }

    fn find_variables<T>(&self, found: &mut Found<T>) {
        let names: HashMap<String, &'static Key<T>> =
            found.keys.iter().map(|key| (key.variable(), key)).collect();
        let own = self.own_prefix();
        for variable in &self.variables {
            if self.apart.contains(&variable.name) || variable.name.starts_with(&own) {
                continue;
            }
            let place = &variable.node.place;
            let name = variable.name.strip_prefix(&self.name).unwrap_or_default();
            if let Some(key) = names.get(name) {
                found.state(key, &variable.node);
            } else if let Some(key) = names.get(&format!("{name}_FILE")) {
                found.problems.push(fault::secret(place, key.name));
            } else {
                let mut known: Vec<&str> = names.keys().map(|name| &**name).collect();
                known.sort_unstable();
                let meant = found.absent(&name.to_ascii_lowercase().replacen('_', ".", 1));
                let meant = meant.unwrap_or_else(|| nearest_behind(&self.name, name, &known));
                found.problems.push(fault::unknown(place, &variable.name, &meant));
            }
        }
    }

    /// Returns the beginning of the variables that are the app's own.
    pub(super) fn own_prefix(&self) -> String {
        format!("{}APP_", self.name)
    }

    /// Returns the settings of the app's own that are stated, each with its name and its place: those of files by their keys,
    /// without those in whose place a variable stands, and behind them the variables.
    pub(crate) fn own(&self) -> Vec<(String, Place)> {
        let prefix = self.own_prefix();
        let variables = self.variables.iter().filter(|variable| {
            variable.name.starts_with(&prefix) && !self.apart.contains(&variable.name)
        });
        let is_replaced = |name: &str| {
            variables.clone().any(|one| one.name == format!("{}{}", self.name, capitals(name)))
        };
        let mut own = Vec::new();
        for member in self.files.iter().flat_map(|file| &file.members) {
            if member.name == OWN {
                leaves(OWN.to_owned(), &member.node, &mut own);
            }
        }
        own.retain(|(name, _)| !is_replaced(name));
        own.extend(variables.clone().map(|one| (OWN.to_owned(), one.node.place.clone())));
        own
    }
}

/// Finds the values inside of tables, each with its name.
fn leaves(name: String, node: &Node, into: &mut Vec<(String, Place)>) {
    match &node.raw {
        Raw::Table(members) if !members.is_empty() => {
            for member in members {
                leaves(format!("{name}.{}", shown_name(&member.name)), &member.node, into);
            }
        }
        _ => into.push((name, node.place.clone())),
    }
}

impl<T> Stated<T> {
    /// Returns `true` if it states the same setting as another, or one of its group.
    fn is_instead_of(&self, other: &Self) -> bool {
        self.key.name == other.key.name || self.key.excludes(other.key)
    }
}

impl<T> Found<T> {
    /// Finds the settings of a table, whose names begin with this.
    fn members(&mut self, members: &[Member], begin: &str) {
        for Member { name, node } in members {
            let is_own = begin.is_empty() && name == OWN;
            // A dot in a key is not one between keys.
            let dotted = format!("{begin}{name}");
            let keys = self.keys;
            let key = keys.iter().find(|key| key.name == dotted && !name.contains('.'));
            match (key, &node.raw) {
                _ if is_own => {
                    if !matches!(node.raw, Raw::Table(_)) {
                        self.problems.push(fault::value(&node.place, OWN, "not a table"));
                    }
                }
                (Some(key), _) => self.state(key, node),
                (None, Raw::Table(members)) if !members.is_empty() => {
                    self.members(members, &format!("{dotted}."));
                }
                (None, _) => {
                    let known = || self.keys.iter().map(|key| key.name).collect::<Vec<_>>();
                    let meant = self.absent(&dotted);
                    // Nobody is told more, and a name is compared with each.
                    let is_told = self.problems.len() < fault::MOST;
                    let meant = meant.or_else(|| is_told.then(|| nearest(&dotted, &known())));
                    let meant = meant.unwrap_or_default();
                    self.problems.push(fault::unknown(&node.place, &dotted, &meant));
                }
            }
        }
    }

    /// Says which feature has a setting, where it is off.
    fn absent(&self, name: &str) -> Option<String> {
        let (_, feature) = self.absent.iter().find(|(begin, _)| name.starts_with(begin))?;
        Some(format!("it belongs to the feature `{feature}`, which is off"))
    }

    fn state(&mut self, key: &'static Key<T>, node: &Node) {
        match key.sets.read(node) {
            Some((shown, act)) => {
                self.stated.push(Stated { key, shown, place: node.place.clone(), act });
            }
            None => {
                let (place, name) = (node.place.clone(), key.name);
                self.problems.push(match (&key.sets, &node.raw) {
                    (_, Raw::Variable(text)) if text.is_empty() => fault::empty(&place, name),
                    (Sets::Secret(_), Raw::Table(_)) => {
                        fault::value(&place, name, "not `{ file = \"…\" }`")
                    }
                    (Sets::Secret(_), _) => fault::secret(&place, name),
                    (sets, _) => fault::value(&place, name, format!("not {}", sets.form())),
                });
                // It is stated all the same, and none of the others is in its place.
                let (shown, act): (_, Act<T>) = (UNTOLD.to_owned(), Box::new(|_| Ok(())));
                self.stated.push(Stated { key, shown, place, act });
            }
        }
    }

    /// Takes what is stated so far, without what is stated twice.
    fn settled(&mut self) -> Vec<Stated<T>> {
        let mut settled: Vec<Stated<T>> = Vec::new();
        // The kinds that were told of: what else is stated of one is the same mistake.
        let mut told = Vec::new();
        for one in std::mem::take(&mut self.stated) {
            match settled.iter().find(|other| one.is_instead_of(other)) {
                Some(first) if first.key.name == one.key.name => {
                    self.problems.push(fault::twice(&one.place, one.key.name, &first.place));
                }
                Some(_) if told.contains(&one.key.kind()) => {}
                Some(first) => {
                    told.push(one.key.kind());
                    let (name, other) = (one.key.name, first.key.name);
                    self.problems.push(fault::beside(&one.place, name, other, &first.place));
                }
                None => settled.push(one),
            }
        }
        settled
    }
}
