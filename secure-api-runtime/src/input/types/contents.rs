//! The contents of an input at any depth, as constants: secrets, references, and fields for some callers to set.
//!
//! A function walks the fields of an input and of the inputs in them. It is made of statics that name each other, so an input
//! may contain itself; and a field costs nothing to compile but its line in the table, which it has anyway.

use crate::{
    compose::same,
    input::{Decode, Field, TypeInfo},
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
}

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
    pub const NOTHING: Self =
        Self { secret: None, asks_caller: None, roles: None, other_roles: None };

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

    const fn settable(field: &'static str, setters: RoleSet) -> Self {
        let asks_caller = Some(AsksCaller::Settable(field));
        Self { asks_caller, ..Self::speaking(field, setters.table()) }
    }

    /// Returns these and others.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        let mut all = self.speaks(other.roles).speaks(other.other_roles);
        if all.secret.is_none() {
            all.secret = other.secret;
        }
        if all.asks_caller.is_none() {
            all.asks_caller = other.asks_caller;
        }
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
            other_roles: self.other_roles,
        }
    }
}

/// The fields of an input in each of its forms. A static, since an input may contain itself: what refers to it needs its
/// address and not its value.
#[derive(Debug)]
pub struct Forms {
    /// The place of its declaration in the source, by which an input is known again.
    pub place: &'static str,
    /// The fields of each form: one of a struct, one for each variant of an enum.
    pub fields: &'static [&'static [Field]],
}

/// Returns the contents of an input.
pub(crate) const fn contents_of<T: Decode>() -> Contents {
    /// The levels of a body. Nothing stands below them.
    const LEVELS: usize = 32;

    T::TYPE.contents(&mut Seen { forms: [None; Seen::ROOM], count: 0 }, LEVELS)
}

/// The inputs that were looked into: what an input contains is told once.
struct Seen {
    forms: [Option<&'static Forms>; Self::ROOM],
    count: usize,
}

impl Seen {
    /// Room for these; those beyond are looked into again wherever they stand.
    const ROOM: usize = 64;

    /// Adds an input, or returns `false` if it was here before.
    const fn add(&mut self, forms: &'static Forms) -> bool {
        let mut index = 0;
        while index < self.count {
            if let Some(known) = self.forms[index]
                && same(known.place, forms.place)
            {
                return false;
            }
            index += 1;
        }
        if self.count < Self::ROOM {
            self.forms[self.count] = Some(forms);
            self.count += 1;
        }
        true
    }
}

impl TypeInfo {
    const fn contents(&self, seen: &mut Seen, levels: usize) -> Contents {
        let mut all = match self.refers {
            Some(referred) => Contents::reference(referred.roles),
            None if self.secret => Contents::SECRET,
            None => Contents::NOTHING,
        };
        let Some(forms) = self.forms else { return all };
        if levels == 0 || !seen.add(forms) {
            return all;
        }
        let mut form = 0;
        while form < forms.fields.len() {
            let fields = forms.fields[form];
            let mut index = 0;
            while index < fields.len() {
                let field = &fields[index];
                all = all.and(field.ty.contents(seen, levels - 1).named(field.name));
                if let Some(setters) = field.setters {
                    all = all.and(Contents::settable(field.name, setters));
                }
                index += 1;
            }
            form += 1;
        }
        all
    }
}
