//! Fields of a view that cannot stand in it as they are, with what can: by types of the file, and by types of other libraries.

use proc_macro2::Ident;
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
pub(super) fn help(ty: &Type, name: &Ident) -> Option<String> {
    let held = path::innermost(ty);
    if let Some(view) =
        path::plain(held).filter(|of| !source::is_value(of)).and_then(source::first_view)
    {
        return Some(format!("write `{name} as {view}`"));
    }
    if let Some(role) = path::plain(held).filter(|of| source::is_role_alone(of)) {
        return Some(format!(
            "write `#[derive(Role, Value)]` above `{role}`, whose names are then texts"
        ));
    }
    let ours = other(held).or_else(|| other(ty))?;
    Some(format!("write `{ours}` in place of `{}`", path::as_written(held)))
}

/// Returns our type for one of another library's, which is plainly that: by its path, or by the `use` that brings it.
fn other(ty: &Type) -> Option<&'static str> {
    let Type::Path(written) = ty else { return None };
    let segments: Vec<String> =
        written.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
    let (last, before) = segments.split_last()?;
    let (_, module, ours) = OTHERS.iter().find(|(name, ..)| name == last)?;
    let is_it = match before {
        [] => source::is_brought(last, module),
        before => before.iter().any(|segment| segment == module),
    };
    is_it.then_some(*ours)
}
