//! Audiences: whom a view is for, which is whoever may call the operations that show it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Project, name};
use crate::cli::import::decide::plan::{Access, OperationPlan, Ty, TypeId};

/// The audience of a view.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Audience {
    /// Nobody has said.
    Open,
    /// Anybody.
    Public,
    /// Callers of these roles.
    Roles(BTreeSet<String>),
}

impl Audience {
    /// Returns the audience that includes both: of two, the wider; an open one stays open.
    fn with(self, other: Self) -> Self {
        match (self, other) {
            (Self::Open, _) | (_, Self::Open) => Self::Open,
            (Self::Public, _) | (_, Self::Public) => Self::Public,
            (Self::Roles(one), Self::Roles(other)) => Self::Roles(&one | &other),
        }
    }

    /// Returns the key of a view, with a comma before it.
    pub(super) fn written(&self) -> String {
        match self {
            Self::Open => String::new(),
            Self::Public => ", public".to_owned(),
            Self::Roles(roles) => {
                let roles: Vec<String> = roles.iter().map(|role| format!("Role::{role}")).collect();
                match &*roles {
                    [one] => format!(", role = {one}"),
                    _ => format!(", role = [{}]", roles.join(", ")),
                }
            }
        }
    }
}

impl Project<'_> {
    /// Returns who may call an operation, as the audience of what it shows.
    pub(super) fn audience(&self, one: &OperationPlan) -> Audience {
        match &one.access {
            Access::Open => match &self.answers.role {
                Some(role) => Audience::Roles(BTreeSet::from([name::type_name(role, "Member")])),
                None => Audience::Open,
            },
            Access::Public | Access::Optional => Audience::Public,
            Access::Credentials { any, .. } => match self.roles_of(any) {
                roles if roles.is_empty() => Audience::Open,
                roles => Audience::Roles(roles),
            },
        }
    }

    /// Notes whom each type is shown to: the callers of all operations that show it.
    pub(super) fn audiences(&mut self, told: &[&OperationPlan]) {
        // Few operations differ in who may call them, and each type is looked at once for all of these.
        let mut shown: BTreeMap<Audience, Vec<&Ty>> = BTreeMap::new();
        for one in told {
            if let Some(ty) = one.answer.shown() {
                shown.entry(self.audience(one)).or_default().push(ty);
            }
        }
        let mut found: BTreeMap<TypeId, Audience> = BTreeMap::new();
        for (audience, types) in shown {
            for id in self.within(types) {
                let known = found.remove(&id);
                let both =
                    known.map_or_else(|| audience.clone(), |known| known.with(audience.clone()));
                found.insert(id, both);
            }
        }
        self.audiences = found;
    }

    /// Returns the audience of a type.
    pub(super) fn audience_of(&self, id: TypeId) -> Audience {
        self.audiences.get(&id).cloned().unwrap_or(Audience::Open)
    }
}
