//! The contents of an input at any depth, as constants: secrets, references, and fields for some callers to set.
//!
//! The constant of a type that contains itself cannot be made of its fields' constants. So a type has one for each level at
//! which it may stand, and there are as many levels as a body may have: nothing stands below them.

mod levels;

pub(crate) use self::levels::contents_of;
pub use self::levels::{Above, Contains, Depth, Flat, Floor, Nested, Within};
use crate::{
    input::{Field, Needs},
    role::{RoleSet, RoleTable},
};

/// The facts of everything in a value that is read from a request, however deep.
#[derive(Debug, Clone, Copy)]
pub struct Contents {
    /// The name of the first field that holds a secret.
    pub secret: Option<&'static str>,
    /// The first field that asks who is calling.
    pub asks_caller: Option<AsksCaller>,
    /// The first field that speaks of roles, by its name, and their table.
    pub roles: Option<(&'static str, &'static RoleTable)>,
    /// The first field that speaks of roles of another table.
    pub other_roles: Option<(&'static str, &'static RoleTable)>,
    /// The first of its fields, or of theirs, that no query names where this is an input in one.
    pub unnamed: Option<Unreachable>,
    /// The same of the fields of inputs in it.
    pub unnamed_below: Option<Unreachable>,
    /// The first field that leads back to its own input and does not say how deep, with the input: by their names.
    pub endless: Option<(&'static str, &'static str)>,
    /// A field that has to be there and leads back to its own input by such fields alone, with the input: no value of it ends.
    pub valueless: Option<(&'static str, &'static str)>,
    /// The parameters that its fields take in a query at most, without what leads back to where it came from.
    pub parameters: usize,
    /// The list of most items among those.
    pub longest: (&'static str, usize),
}

/// A field that no query names where its input is one in another, by its own name.
#[derive(Debug, Clone, Copy)]
pub enum Unreachable {
    /// The field of more than values and inputs of such.
    Form(&'static str),
    /// The field whose name has brackets.
    Brackets(&'static str),
}

/// The table of an enum of roles that no API has.
static NOBODYS: RoleTable = RoleTable { type_name: "", fingerprint: 0, roles: &[] };

/// A field that asks who is calling, by its name.
#[derive(Debug, Clone, Copy)]
pub enum AsksCaller {
    /// A reference to an object, which is permitted to a caller.
    Refers(&'static str),
    /// A field that callers of some roles may set.
    Settable(&'static str),
}

impl Contents {
    /// The contents of a value without any of them.
    pub const NOTHING: Self = Self {
        secret: None,
        asks_caller: None,
        roles: None,
        other_roles: None,
        unnamed: None,
        unnamed_below: None,
        endless: None,
        valueless: None,
        parameters: 0,
        longest: ("", 0),
    };

    /// The contents of what stands below all levels: only inputs that lead back to themselves are as deep. They have no names yet.
    const ENDLESS: Self =
        Self { endless: Some(("", "")), valueless: Some(("", "")), ..Self::NOTHING };

    /// The contents of a secret, which has no name yet.
    pub const SECRET: Self = Self { secret: Some(""), ..Self::NOTHING };

    /// Creates the contents of a reference to an object whose rule speaks of these roles.
    pub const fn reference(roles: &'static RoleTable) -> Self {
        let asks_caller = Some(AsksCaller::Refers(""));
        Self { asks_caller, ..Self::speaking("", roles) }
    }

    const fn speaking(field: &'static str, roles: &'static RoleTable) -> Self {
        Self { roles: Some((field, roles)), ..Self::NOTHING }
    }

    /// Joins the contents of fields, from those of each field's type, in the same order. A type that was not asked is a
    /// value; of one that is none all is feared.
    pub const fn of(fields: &'static [Field], types: &[Option<Self>]) -> Self {
        let mut all = Self::NOTHING;
        let (mut valueless, mut parameters, mut longest) = (None, fields.len(), ("", 0));
        let mut index = 0;
        while index < fields.len() {
            let field = &fields[index];
            let asked = if index < types.len() { types[index] } else { None };
            let of_type = match asked {
                Some(contents) => contents,
                None if is_value(field) => Self::NOTHING,
                None => Self { secret: Some(""), ..Self::reference(&NOBODYS) },
            };
            let below = if field.is_nested() { of_type.unnamed } else { None };
            let of_type = of_type.named(field.name);
            let endless = if field.rules.depth.is_some() { None } else { of_type.endless };
            if field.has_a_value() && valueless.is_none() {
                valueless = of_type.valueless;
            }
            let (within, list) = match field.repeated() {
                Some(most) => (most, (field.name, most)),
                None if field.is_nested() && field.rules.depth.is_none() => {
                    (of_type.parameters, of_type.longest)
                }
                None => (0, ("", 0)),
            };
            parameters = parameters.saturating_add(within);
            if list.1 > longest.1 {
                longest = list;
            }
            all = all.and(Self { unnamed: None, unnamed_below: None, endless, ..of_type });
            all.unnamed_below = first(all.unnamed_below, below);
            all.unnamed = first(all.unnamed, first(unnamed(field), below));
            if let Some(setters) = field.setters {
                all = all.and(Self::settable(field.name, setters));
            }
            index += 1;
        }
        Self { valueless, parameters, longest, ..all }
    }

    const fn settable(field: &'static str, setters: RoleSet) -> Self {
        let asks_caller = Some(AsksCaller::Settable(field));
        Self { asks_caller, ..Self::speaking(field, setters.table()) }
    }

    /// Returns these and others: of two forms, of which a value has one. So what each of a value's fields has to have is not joined.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        let mut all = self.speaks(other.roles).speaks(other.other_roles);
        if all.secret.is_none() {
            all.secret = other.secret;
        }
        if all.asks_caller.is_none() {
            all.asks_caller = other.asks_caller;
        }
        if all.endless.is_none() {
            all.endless = other.endless;
        }
        all.unnamed = first(all.unnamed, other.unnamed);
        all.unnamed_below = first(all.unnamed_below, other.unnamed_below);
        all
    }

    const fn speaks(mut self, roles: Option<(&'static str, &'static RoleTable)>) -> Self {
        match (self.roles, roles) {
            (None, _) => self.roles = roles,
            (Some((_, known)), Some((_, table))) if !known.is(table) => {
                if self.other_roles.is_none() {
                    self.other_roles = roles;
                }
            }
            (Some(_), _) => {}
        }
        self
    }

    /// Returns the same as the contents of an input. Of one that was told to be wrong it is not told again that it leads back to
    /// itself.
    #[must_use]
    pub const fn of_input(mut self, input: &'static str, sound: bool) -> Self {
        const fn name(
            of: Option<(&'static str, &'static str)>,
            input: &'static str,
        ) -> Option<(&'static str, &'static str)> {
            match of {
                Some((field, own)) if own.is_empty() => Some((field, input)),
                named => named,
            }
        }
        self.endless = if sound { name(self.endless, input) } else { None };
        self.valueless = if sound { name(self.valueless, input) } else { None };
        self
    }

    /// Returns the same as the contents of a field: what has no name yet has the field's.
    const fn named(self, field: &'static str) -> Self {
        const fn name(own: &'static str, field: &'static str) -> &'static str {
            if own.is_empty() { field } else { own }
        }
        Self {
            secret: match self.secret {
                Some(own) => Some(name(own, field)),
                None => None,
            },
            asks_caller: match self.asks_caller {
                Some(AsksCaller::Refers(own)) => Some(AsksCaller::Refers(name(own, field))),
                asks_caller => asks_caller,
            },
            roles: match self.roles {
                Some((own, table)) => Some((name(own, field), table)),
                None => None,
            },
            endless: match self.endless {
                Some((own, input)) => Some((name(own, field), input)),
                None => None,
            },
            valueless: match self.valueless {
                Some((own, input)) => Some((name(own, field), input)),
                None => None,
            },
            other_roles: self.other_roles,
            ..self
        }
    }
}

const fn first(one: Option<Unreachable>, other: Option<Unreachable>) -> Option<Unreachable> {
    if one.is_some() { one } else { other }
}

/// Returns the reason for which no query names a field of an input in another one, if there is one.
const fn unnamed(field: &Field) -> Option<Unreachable> {
    let is_list = matches!(field.ty.needs, Needs::List(item) if item.is_single());
    if !(field.is_one_text() || field.is_nested() || field.is_map() || field.rules.json || is_list)
    {
        return Some(Unreachable::Form(field.name));
    }
    if has_brackets(field.name) { Some(Unreachable::Brackets(field.name)) } else { None }
}

/// Returns `true` for a name with brackets, other than `[]` at its end.
const fn has_brackets(name: &str) -> bool {
    let name = name.as_bytes();
    let ends = name.len() > 2 && name[name.len() - 2] == b'[' && name[name.len() - 1] == b']';
    let (end, mut index) = (if ends { name.len() - 2 } else { name.len() }, 0);
    while index < end {
        if matches!(name[index], b'[' | b']') {
            return true;
        }
        index += 1;
    }
    false
}

/// Returns `true` if nothing is in a field but values, or lists and maps of them.
const fn is_value(field: &Field) -> bool {
    let mut needs = &field.ty.needs;
    while let Needs::List(part) | Needs::Map(_, part) = needs {
        needs = part;
    }
    field.ty.refers.is_none() && !matches!(needs, Needs::Secret | Needs::Object | Needs::Upload)
}
