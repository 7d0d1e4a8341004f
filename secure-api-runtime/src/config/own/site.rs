//! The site of a value of the app's own, kept while the app's types read it: what is told of their faults.

use std::{cell::RefCell, collections::HashSet};

use super::error::{Fault, shown};
use crate::{
    config::{
        fault,
        node::{Node, Place, Raw},
        variable::capitals,
    },
    error::StartProblem,
};

/// The fewest letters of a value that a message is searched for.
const FEWEST: usize = 4;

/// The fewest letters without a blank between that a secret has.
const SECRET: usize = 16;

/// The site of a value.
pub(super) struct Site<'p> {
    pub(super) name: String,
    pub(super) variable: String,
    /// The place; none where nothing stands.
    pub(super) place: Option<Place>,
    /// All texts that stand there, which no message repeats.
    pub(super) values: Vec<String>,
    pub(super) problems: &'p RefCell<Vec<StartProblem>>,
}

impl Site<'_> {
    /// Tells a fault, where it was not told further inside.
    pub(super) fn tell<T>(&self, result: Result<T, Fault>) -> Result<T, Fault> {
        result.map_err(|fault| {
            let place = |variable: &str| {
                self.place.clone().unwrap_or_else(|| Place::Variable(variable.to_owned()))
            };
            let problem = match fault {
                Fault::Told => return Fault::Told,
                Fault::Missing(field) => {
                    let variable = format!("{}_{}", self.variable, capitals(field));
                    fault::value(&place(&variable), &format!("{}.{field}", self.name), "missing")
                }
                Fault::Unfit(why) => fault::value(&place(&self.variable), &self.name, why),
                Fault::Said(why) => {
                    fault::value(&place(&self.variable), &self.name, self.without_values(&why))
                }
            };
            self.problems.borrow_mut().push(problem);
            Fault::Told
        })
    }

    /// Returns a message of the app's own types, if it repeats nothing that stands there, not even cut or escaped. Beside what is as
    /// long as a secret none is told: it may be there in a form that no search finds.
    fn without_values(&self, why: &str) -> String {
        let why = shown(why);
        let told = letters(&why);
        let told: HashSet<&[char]> = told.windows(FEWEST).collect();
        let is_secret = |value: &str| {
            value.split_whitespace().any(|word| word.chars().nth(SECRET - 1).is_some())
        };
        let is_repeated = |value: &str| {
            // Of signs alone there is no piece to look for.
            (value.chars().nth(FEWEST - 1).is_some() && why.contains(value))
                || letters(value).windows(FEWEST).any(|piece| told.contains(piece))
        };
        match self.values.iter().any(|value| is_secret(value) || is_repeated(value)) {
            true => "not of the form that the app reads".to_owned(),
            false => why,
        }
    }
}

/// Returns the letters and digits of a text alone, in small letters.
fn letters(text: &str) -> Vec<char> {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

impl Node {
    /// Returns what was written, of what is no list and no table.
    pub(super) fn written(&self) -> Option<&str> {
        match &self.raw {
            Raw::Text(text) | Raw::Variable(text) | Raw::Float(text) | Raw::Date(text) => {
                Some(text)
            }
            Raw::Integer(digits, _) => Some(digits),
            Raw::Flag(_) | Raw::List(_) | Raw::Table(_) => None,
        }
    }

    /// Adds the texts that stand in it, at any depth.
    pub(super) fn values(&self, values: &mut Vec<String>) {
        values.extend(self.written().map(str::to_owned));
        match &self.raw {
            Raw::List(entries) => entries.iter().for_each(|entry| entry.values(values)),
            Raw::Table(members) => members.iter().for_each(|member| member.node.values(values)),
            _ => {}
        }
    }
}
