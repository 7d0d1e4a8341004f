//! The access matrix: operations by callers.

use super::{head::head, path, table};
use crate::inventory::{ANONYMOUS, ApiModel, OthersObjects, Sees};

/// The end of a cell about objects whose rule is written by hand.
const BY_RULE: &str = ", by rule";

/// Returns a table of operations by callers: the view each gets, `yes` where nothing is shown, `-` where it is refused. A
/// caller to whom some operation answers otherwise about its own objects than about those of others has two columns. Where an
/// object's rule is written by hand, nobody but the object knows its answer: then the cell says `by rule`.
pub fn matrix(api: &ApiModel) -> String {
    let cells = cells(api);
    let by_rule = cells.iter().flatten().any(|cell| cell.ends_with(BY_RULE));
    let below = match by_rule {
        true => "\nby rule: the object's own rule is code, and decides about each object\n",
        false => "",
    };
    format!("{}\n\n{}{below}", head(api), table(&cells))
}

/// Returns the rows of that table, the heading first.
pub(crate) fn cells(api: &ApiModel) -> Vec<Vec<String>> {
    let rows: Vec<_> =
        api.operations.iter().map(|operation| (operation, operation.sees(api))).collect();
    let seen = |sees: &[Sees<'_>], caller: &str| sees.iter().position(|seen| seen.caller == caller);
    let is_parted = |caller: &str| {
        rows.iter().any(|(_, sees)| {
            let seen = seen(sees, caller).map(|place| &sees[place]);
            seen.is_some_and(|seen| seen.own.is_some() || seen.others == OthersObjects::Refused)
        })
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
            let Some(seen) = place.map(|place| &sees[place]) else {
                row.extend(std::iter::repeat_n("-".to_owned(), 1 + usize::from(*parted)));
                continue;
            };
            let by_rule = if seen.others == OthersObjects::ByRule { BY_RULE } else { "" };
            let other = seen.view.unwrap_or("yes");
            if *parted {
                row.push(format!("{}{by_rule}", seen.own.unwrap_or(other)));
            }
            row.push(match seen.others {
                OthersObjects::Refused => "-".to_owned(),
                _ => format!("{other}{by_rule}"),
            });
        }
        cells.push(row);
    }
    cells
}
