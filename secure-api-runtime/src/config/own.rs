//! The settings of the app's own, read by serde: each mistake with its place, and without the value.

mod access;
mod deserializer;
mod error;
mod site;

use std::cell::RefCell;

use serde::de::DeserializeOwned;

use self::{access::Fields, error::Fault, site::Site};
use super::{
    Config, fault,
    node::{Node, Place, Raw},
    stated::OWN,
    variable::capitals,
};
use crate::{error::StartProblem, nearest::nearest};

/// A value of the app's own, of the file and of variables together.
struct Own<'p> {
    /// The name with dots, as a file has it.
    name: String,
    /// The same as a variable.
    variable: String,
    /// The node that stands there: the variable of its own name, or else that of the file.
    node: Option<Node>,
    /// The variables whose names go on, each with the rest of its name.
    variables: Vec<(String, Node)>,
    problems: &'p RefCell<Vec<StartProblem>>,
}

/// Reads the settings of the app's own.
pub(super) fn read<T: DeserializeOwned>(config: &Config) -> (Option<T>, Vec<StartProblem>) {
    let problems = RefCell::default();
    let own = Own::of(config, &problems);
    let site = own.site();
    let read = site.tell(T::deserialize(own)).ok();
    drop(site);
    (read, problems.into_inner())
}

impl<'p> Own<'p> {
    fn of(config: &Config, problems: &'p RefCell<Vec<StartProblem>>) -> Self {
        let prefix = config.own_prefix();
        let files = config.files.iter().flat_map(|file| &file.members);
        let mut node: Option<Node> = None;
        for member in files.filter(|member| member.name == OWN) {
            match (&mut node, &member.node.raw) {
                (None, Raw::Table(_)) => node = Some(member.node.clone()),
                (Some(Node { raw: Raw::Table(all), .. }), Raw::Table(more)) => {
                    for member in more {
                        if let Some(first) = all.iter().find(|first| first.name == member.name) {
                            let name = format!("{OWN}.{}", member.name);
                            let place = &member.node.place;
                            problems.borrow_mut().push(fault::twice(
                                place,
                                &name,
                                &first.node.place,
                            ));
                        }
                    }
                    all.extend(more.iter().cloned());
                }
                (_, _) => {
                    problems.borrow_mut().push(fault::value(
                        &member.node.place,
                        OWN,
                        "not a table",
                    ));
                }
            }
        }
        let apart = |name: &String| config.apart.contains(name);
        let variables = config.variables.iter().filter(|variable| !apart(&variable.name));
        let variables = variables.filter_map(|variable| {
            Some((variable.name.strip_prefix(&prefix)?.to_owned(), variable.node.clone()))
        });
        Self {
            name: OWN.to_owned(),
            variable: prefix.trim_end_matches('_').to_owned(),
            node,
            variables: variables.collect(),
            problems,
        }
    }

    /// Returns a part of it, of the file and of variables with this name.
    fn part(&self, name: &str, node: Option<Node>, variables: Vec<(String, Node)>) -> Self {
        Self {
            name: format!("{}.{name}", self.name),
            variable: format!("{}_{}", self.variable, capitals(name)),
            node,
            variables,
            problems: self.problems,
        }
    }

    /// Returns what is to be told of its faults.
    fn site(&self) -> Site<'p> {
        let first = self.node.as_ref().or(self.variables.first().map(|(_, node)| node));
        let variables = self.variables.iter().map(|(_, node)| node);
        let mut values = Vec::new();
        self.node.iter().chain(variables).for_each(|node| node.values(&mut values));
        Site {
            name: self.name.clone(),
            variable: self.variable.clone(),
            place: first.map(|node| node.place.clone()),
            values,
            problems: self.problems,
        }
    }

    /// Ends the names here: tells the variables whose names go on, where nothing stands further inside.
    fn end(&self) -> Result<(), Fault> {
        for (_, node) in &self.variables {
            let Place::Variable(name) = &node.place else { continue };
            let meant = nearest(name, &[&self.variable]);
            self.problems.borrow_mut().push(fault::unknown(&node.place, name, &meant));
        }
        if self.variables.is_empty() { Ok(()) } else { Err(Fault::Told) }
    }

    /// Gives each field its part of the file and of the variables; tells what belongs to none.
    fn fields(&self, fields: &'static [&'static str]) -> Result<Fields<'p>, Fault> {
        let members = match self.node.as_ref().map(|node| &node.raw) {
            Some(Raw::Table(members)) => &members[..],
            None => &[],
            Some(_) => return Err(Fault::Unfit("not a table".to_owned())),
        };
        for member in members.iter().filter(|member| !fields.contains(&&*member.name)) {
            let name = format!("{}.{}", self.name, member.name);
            let meant = nearest(&member.name, fields);
            self.problems.borrow_mut().push(fault::unknown(&member.node.place, &name, &meant));
        }
        let mut variables: Vec<Vec<(String, Node)>> = fields.iter().map(|_| Vec::new()).collect();
        for (rest, node) in &self.variables {
            let begins = |field: &&str| {
                let rest = rest.strip_prefix(&capitals(field))?;
                (rest.is_empty() || rest.starts_with('_')).then_some(rest.len())
            };
            let places = fields.iter().enumerate();
            let found = places.filter_map(|(at, field)| Some((begins(field)?, at))).min();
            match found {
                Some((length, at)) => {
                    let rest = rest[rest.len() - length..].trim_start_matches('_').to_owned();
                    variables[at].push((rest, node.clone()));
                }
                None => {
                    let known =
                        fields.iter().map(|field| format!("{}_{}", self.variable, capitals(field)));
                    let known: Vec<String> = known.collect();
                    let known: Vec<&str> = known.iter().map(|name| &**name).collect();
                    let Place::Variable(name) = &node.place else { continue };
                    let meant = nearest(name, &known);
                    self.problems.borrow_mut().push(fault::unknown(&node.place, name, &meant));
                }
            }
        }
        let parts = fields.iter().zip(variables).filter_map(|(field, mut variables)| {
            let exact = variables.iter().position(|(rest, _)| rest.is_empty());
            let exact = exact.map(|at| variables.remove(at).1);
            let member = members.iter().find(|member| member.name == *field);
            let node = exact.or_else(|| member.map(|member| member.node.clone()));
            let there = node.is_some() || !variables.is_empty();
            there.then(|| (*field, self.part(field, node, variables)))
        });
        Ok(Fields::of(parts.map(|(name, part)| (name.to_owned(), part)).collect()))
    }

    /// Gives each entry of a map, whose keys nobody knows: of variables in small letters.
    fn entries(&self) -> Result<Fields<'p>, Fault> {
        let members = match self.node.as_ref().map(|node| &node.raw) {
            Some(Raw::Table(members)) => &members[..],
            None => &[],
            Some(_) => return Err(Fault::Unfit("not a table".to_owned())),
        };
        let mut entries: Vec<(String, Node)> = Vec::new();
        let variables = self.variables.iter();
        entries.extend(variables.map(|(rest, node)| (rest.to_ascii_lowercase(), node.clone())));
        for member in members {
            if !entries.iter().any(|(name, _)| *name == member.name) {
                entries.push((member.name.clone(), member.node.clone()));
            }
        }
        let parts = entries.into_iter().map(|(name, node)| {
            let part = self.part(&name, Some(node), Vec::new());
            (name, part)
        });
        Ok(Fields::of(parts.collect()))
    }
}
