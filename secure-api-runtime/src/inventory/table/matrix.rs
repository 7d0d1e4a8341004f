//! The access matrix: operations by callers.

use super::{head::head, path, table};
use crate::inventory::{ANONYMOUS, ApiModel, Sees};

/// Returns a table of operations by callers: the view each gets, `yes` where nothing is shown, `-` where it is refused. A
/// caller to whom some operation shows its own objects through another view has two columns, for its own and for others.
pub fn matrix(api: &ApiModel) -> String {
    format!("{}\n\n{}", head(api), table(&cells(api)))
}

/// Returns the rows of that table, the heading first.
pub(crate) fn cells(api: &ApiModel) -> Vec<Vec<String>> {
    let rows: Vec<_> =
        api.operations.iter().map(|operation| (operation, operation.sees(api))).collect();
    let seen = |sees: &[Sees<'_>], caller: &str| sees.iter().position(|seen| seen.caller == caller);
    let is_parted = |caller: &str| {
        rows.iter()
            .any(|(_, sees)| seen(sees, caller).is_some_and(|place| sees[place].own.is_some()))
    };
    let roles = api.roles.iter().map(|role| &*role.name);
    let callers = std::iter::once(ANONYMOUS).chain(roles).map(|caller| (caller, is_parted(caller)));
    let callers: Vec<(&str, bool)> = callers.collect();
    let mut heading = vec!["verb".to_owned(), "path".to_owned()];
    for (caller, parted) in &callers {
        match parted {
            true => heading.extend(["own", "other"].map(|whose| format!("{caller}, {whose}"))),
            false => heading.push((*caller).to_owned()),
        }
    }
    let mut cells = vec![heading];
    for (operation, sees) in &rows {
        let mut row = vec![operation.verb.as_str().to_owned(), path(operation)];
        for (caller, parted) in &callers {
            let place = seen(sees, caller);
            let other = place.map_or("-", |place| sees[place].view.unwrap_or("yes"));
            if *parted {
                row.push(place.and_then(|place| sees[place].own).unwrap_or(other).to_owned());
            }
            row.push(other.to_owned());
        }
        cells.push(row);
    }
    cells
}
