//! Fields of a view that cannot stand in it as they are, with what can: by types of the file, and by types of other libraries.

use syn::Type;

use crate::{path, source};

/// Types of other libraries, each with the module that it is of and with ours.
const OTHERS: &[(&str, &str, &str)] = &[
    ("SystemTime", "time", "Timestamp"),
    ("Instant", "time", "Timestamp"),
    ("DateTime", "chrono", "Timestamp"),
    ("NaiveDateTime", "chrono", "Timestamp"),
    ("NaiveDate", "chrono", "Date"),
    ("OffsetDateTime", "time", "Timestamp"),
    ("Url", "url", "WebUrl"),
    ("PathBuf", "path", "String"),
];

/// Returns the help for a field of such a type, which is listed by this name.
pub(super) fn help(ty: &Type, name: &str) -> Option<String> {
    let held = path::innermost(ty);
    let own = path::plain(held).filter(|name| !source::is_imported(name));
    if let Some(view) = own.filter(|of| !source::is_value(of)).and_then(source::first_view) {
        return Some(format!("write `{name} as {view}`"));
    }
    if let Some(role) = own.filter(|of| source::is_role_alone(of)) {
        return Some(format!(
            "write `#[derive(Role, Value)]` above `{role}`, whose names are then texts"
        ));
    }
    let ours = other(held).or_else(|| other(ty))?;
    Some(format!("write `{ours}` in place of `{}`", path::as_written(held)))
}

/// Returns our type for one of another library's.
fn other(ty: &Type) -> Option<&'static str> {
    let last = path::last_of(ty)?;
    let (_, module, ours) = OTHERS.iter().find(|(name, ..)| last.ident == name)?;
    source::is_of(ty, &[module]).then_some(*ours)
}
