//! The access matrix: operations by callers.

use super::{head::head, path, table};
use crate::inventory::{ANONYMOUS, ApiModel};

/// Returns a table of operations by callers: the view each gets, `yes` where nothing is shown, `-` where it is refused.
pub fn matrix(api: &ApiModel) -> String {
    let roles = api.roles.iter().map(|role| &*role.name);
    let callers: Vec<&str> = std::iter::once(ANONYMOUS).chain(roles).collect();
    let mut heading = vec!["verb".to_owned(), "path".to_owned()];
    heading.extend(callers.iter().map(|caller| (*caller).to_owned()));
    let mut rows = vec![heading];
    for operation in &api.operations {
        let mut row = vec![operation.verb.as_str().to_owned(), path(operation)];
        let sees = operation.sees(api);
        for caller in &callers {
            let seen = sees.iter().find(|seen| seen.caller == *caller);
            row.push(seen.map_or("-", |seen| seen.view.unwrap_or("yes")).to_owned());
        }
        rows.push(row);
    }
    format!("{}\n\n{}", head(api), table(&rows))
}
