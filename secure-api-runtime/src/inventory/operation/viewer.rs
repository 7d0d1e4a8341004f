//! The views of an operation's answer, and who sees which.

use serde::{Deserialize, Serialize};

use super::{AccessModel, ArgumentModel, Operation};
use crate::{
    inventory::{ANONYMOUS, ApiModel, SchemaForm, VersionModel},
    object::Action,
};

/// One arm of an operation's view.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ViewArm {
    /// Its callers.
    pub to: Viewers,
    /// The view that they see.
    pub view: ViewModel,
}

/// The callers of one arm of a view.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Viewers {
    /// The owner of the object that is shown.
    Owner,
    /// Holders of one of these least roles.
    Roles(Vec<String>),
    /// The rest of those that the operation admits.
    Rest,
}

/// A choice of a resource's fields.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ViewModel {
    /// Its name.
    pub name: String,
    /// The resource's name.
    pub resource: String,
    /// Set where the resource is an object, with a rule of its own.
    pub object: bool,
    /// The least roles of those who may see it; `None` is anybody.
    pub audience: Option<Vec<String>>,
    /// The id of its schema.
    pub schema: String,
}

/// One caller's row of an operation in the access matrix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sees<'a> {
    /// The role's name, or `anonymous`.
    pub caller: &'a str,
    /// The view's name; nothing where nothing is shown.
    pub view: Option<&'a str>,
    /// The name of the view of an object that the caller owns, where the operation's view depends on that.
    pub own: Option<&'a str>,
    /// The rule's answer about objects that others own.
    pub others: OthersObjects,
}

/// The answer of the rules that an operation asks, to a caller who does not own the objects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OthersObjects {
    /// The caller's role is enough, or no rule is asked.
    Admitted,
    /// A rule is written by hand, so that only the object itself can be asked.
    ByRule,
    /// A rule admits the owner and other roles than the caller's.
    Refused,
}

impl Operation {
    /// Returns the view of each caller that is admitted: `anonymous` on a public operation, then each role by itself.
    pub fn sees<'a>(&'a self, api: &'a ApiModel) -> Vec<Sees<'a>> {
        let roles = api.roles.iter().map(|role| &*role.name);
        let callers = std::iter::once(ANONYMOUS).chain(roles);
        let admitted = callers.filter(|caller| match &self.access {
            AccessModel::Public(_) => true,
            AccessModel::Roles(roles) => api.admits(roles, caller),
        });
        let view = |caller, owner| {
            let fits = |arm: &&ViewArm| match &arm.to {
                Viewers::Owner => owner,
                Viewers::Roles(roles) => api.admits(roles, caller),
                Viewers::Rest => true,
            };
            self.views.iter().find(fits).map(|arm| &*arm.view.name)
        };
        let has_mine = self.views.iter().any(|arm| arm.to == Viewers::Owner);
        let seen = |caller| Sees {
            caller,
            view: view(caller, false),
            // Nothing is a stranger's.
            own: view(caller, true).filter(|_| has_mine && caller != ANONYMOUS),
            others: self.others(api, caller),
        };
        admitted.map(seen).collect()
    }

    /// Returns `true` if its whole path names the object of this parameter, the last one, in the last segment.
    fn names(&self, parameter: &str) -> bool {
        let path = self.path.strip_suffix('/').unwrap_or(&self.path);
        path.rsplit('/').next().is_some_and(|last| last.contains('{'))
            && self.parameters().last() == Some(parameter)
    }

    /// Returns the answer of its rules about objects that this caller does not own: of those of the path, and of a page of them.
    fn others(&self, api: &ApiModel, caller: &str) -> OthersObjects {
        let taken = self.arguments.iter().filter_map(|argument| match argument {
            ArgumentModel::Object { parameter, object, .. } => {
                let action = match self.names(parameter) {
                    true => Action::of(self.verb),
                    false => Action::above(self.verb),
                };
                Some((&**object, action))
            }
            _ => None,
        });
        let is_page = self.answer.content.is_list();
        let listed = self.views.iter().filter(|arm| is_page && arm.view.object);
        let listed = listed.map(|arm| (&*arm.view.resource, Action::Read));
        let mut answer = OthersObjects::Admitted;
        for (object, action) in taken.chain(listed) {
            match api.grants(object, action) {
                Some(roles) if api.admits(roles, caller) => {}
                Some(_) => return OthersObjects::Refused,
                None => answer = OthersObjects::ByRule,
            }
        }
        answer
    }
}

impl ApiModel {
    /// Returns the least roles that the rule of this object admits to what others own; `None` where nobody but the object knows, or
    /// where two have this name.
    fn grants(&self, object: &str, action: Action) -> Option<&[String]> {
        let mut named = self.objects.iter().filter(|known| known.name == object);
        let grants = named.next().filter(|_| named.next().is_none())?.grants.as_ref()?;
        Some(match action {
            Action::Read => &grants.read,
            Action::Create => &grants.create,
            Action::Update => &grants.update,
            Action::Delete => &grants.delete,
        })
    }

    /// Returns the names of the fields that an operation's answer can have in a version, each once: of all its views, and
    /// where it is one of several objects, of each.
    pub fn names_shown<'a>(
        &'a self,
        operation: &'a Operation,
        version: &VersionModel,
    ) -> Vec<&'a str> {
        let version = self.place(&version.segment).unwrap_or_default();
        let mut names: Vec<&str> = Vec::new();
        for arm in &operation.views {
            let mut objects = Vec::new();
            self.objects_shown(&arm.view.schema, &mut objects);
            let fields = objects.into_iter().flat_map(|id| self.fields(id));
            for field in fields.filter(|field| self.has_field(version, field)) {
                if !names.contains(&&*field.name) {
                    names.push(&field.name);
                }
            }
        }
        names
    }

    /// Adds the objects that a view shows, each once: of an enum those of its variants.
    fn objects_shown<'a>(&'a self, id: &'a str, found: &mut Vec<&'a str>) {
        match self.schema(id).map(|view| &view.form) {
            Some(SchemaForm::Union { variants, .. }) => {
                found.extend(variants.iter().map(|variant| &*variant.schema));
            }
            Some(SchemaForm::Untagged { variants, .. }) if !found.contains(&id) => {
                found.push(id);
                let inside = variants.iter().filter_map(|variant| variant.schema.named());
                inside.for_each(|id| self.objects_shown(id, found));
            }
            Some(SchemaForm::Untagged { .. }) => {}
            Some(SchemaForm::Object(_)) | None => found.push(id),
        }
    }
}
