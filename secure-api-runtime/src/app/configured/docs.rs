//! The readers of the documents, as a configuration states them.

use super::{draft::Draft, fit::yes};
use crate::{config::Applied, docs::Docs, nearest::nearest, role::RoleSet};

/// Serves the documents so, to whoever signs in as was stated before.
pub(super) fn documented(draft: &mut Draft, docs: Docs) -> Applied {
    let before = &mut draft.builder.settings.docs;
    *before = docs.signing_in_as(before);
    Ok(())
}

/// Serves the documents to callers with the role of this name.
pub(super) fn set_docs_role(draft: &mut Draft, name: &str) -> Applied {
    let table = draft.builder.api.roles;
    let Some(role) = table.roles.iter().find(|role| role.name == name) else {
        let names: Vec<&str> = table.roles.iter().map(|role| role.name).collect();
        return Err(format!("not a role: {}", nearest(name, &names)).into());
    };
    documented(draft, Docs::for_holders(RoleSet::new(role.holders, table)))
}

/// Returns `true` as it is written where they are served as a debug build does.
pub(super) fn shown_developing(draft: &Draft) -> Option<String> {
    let docs = &draft.builder.settings.docs;
    let is_stated = docs.reason().is_some() || docs.settings().role.is_some();
    (docs.served() && !is_stated).then(yes)
}
