//! Values that are shown in bounds: what the document promises of an answer is a type, so that nothing else leaves.

use super::{Project, name, used::Flavour};
use crate::cli::import::decide::{
    leaf::BASE64,
    number_text::limits,
    plan::{Bounds, TextRules, Ty},
};

/// The room of these values.
const ROOM: &str = "values";

/// The most characters of a text of which the document promises something else only.
const LONGEST: u64 = 65_536;

/// The most characters of bytes in Base64.
const LONGEST_BYTES: u64 = 1 << 26;

/// Returns a text or a number with all of its bounds, where the document promises one of them.
pub(super) fn promised(ty: &Ty) -> Option<Ty> {
    match ty {
        Ty::Text(rules)
            if rules.least > Some(0) || rules.most.is_some() || rules.pattern.is_some() =>
        {
            let longest =
                if rules.pattern.as_deref() == Some(BASE64) { LONGEST_BYTES } else { LONGEST };
            let most = rules.most.or(Some(longest.max(rules.least.unwrap_or(0))));
            Some(Ty::Text(TextRules { most, ..rules.clone() }))
        }
        Ty::Int(kind, bounds) if bounds.least.is_some() || bounds.most.is_some() => {
            let (lowest, highest) = limits(kind);
            let (least, most) = (bounds.least.or(Some(lowest)), bounds.most.or(Some(highest)));
            Some(Ty::Int(kind, Bounds { least, most, ..bounds.clone() }))
        }
        Ty::Float(kind, bounds) if bounds.least.is_some() || bounds.most.is_some() => {
            let most = if *kind == "f32" { f64::from(f32::MAX) } else { f64::MAX };
            let (least, most) = (bounds.least.or(Some(-most)), bounds.most.or(Some(most)));
            Some(Ty::Float(kind, Bounds { least, most, ..bounds.clone() }))
        }
        Ty::Shorter(..) | Ty::Bool(Some(_)) => Some(ty.clone()),
        _ => None,
    }
}

/// Returns a number, or the question for it.
fn asked(most: Option<u64>, what: &str) -> String {
    match most {
        Some(most) => most.to_string(),
        None => format!("{{ secure_api::question!(\"how many {what} may it have?\") }}"),
    }
}

impl Project<'_> {
    /// Returns the most entries of a list that is no field; a question where nobody says.
    pub(super) fn most(&self, stated: Option<u64>) -> String {
        asked(stated.or(self.answers.items), "items")
    }

    /// Returns the most bytes of a body or an answer of them.
    pub(super) fn bytes(&self) -> String {
        asked(self.answers.bytes, "bytes")
    }

    /// Returns the most characters of an answer of text.
    pub(super) fn characters(&self) -> String {
        asked(self.answers.text, "characters")
    }

    /// Returns the answer of one scalar. A text without a bound has a question for it.
    pub(super) fn scalar(&mut self, ty: &Ty) -> String {
        fn of(project: &mut Project<'_>, ty: &Ty) -> String {
            match ty {
                Ty::Nullable(inner) => format!("Option<{}>", of(project, inner)),
                Ty::Text(_) => project.bounded(ty),
                ty => project.shown(ty).0,
            }
        }
        format!("Scalar<{}>", of(self, ty))
    }

    /// Returns the value type of what is shown in these bounds: one for all that have the same.
    pub(super) fn bounded(&mut self, ty: &Ty) -> String {
        let written = self.written(ty, Flavour::Input);
        let rules = written.rules.join(", ");
        let key = format!("{} {rules}", written.ty);
        if let Some(known) = self.bounded.get(&key) {
            return known.clone();
        }
        let words = match ty {
            Ty::Text(_) => "Text",
            Ty::Shorter(name, _) => name,
            Ty::Bool(_) => "Truth",
            _ => "Number",
        };
        let number = self.bounded.len() + 1;
        let own = self.types.take(name::type_name(&format!("{words} {number}"), words), "Value");
        let block = format!(
            "/// What is answered, in its bounds.\n#[derive(Value)]\n#[value({rules})]\n\
             pub(crate) struct {own}({});\n",
            written.ty
        );
        self.rooms.add(ROOM, block);
        self.bounded.insert(key, own.clone());
        own
    }
}
