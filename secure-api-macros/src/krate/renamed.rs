//! The name by which an app knows the facade, as its compiler was told: where it is another one and nothing says so, each path
//! of generated code would be an error of its own.

use std::{ffi::OsStr, path::Path, sync::LazyLock};

use proc_macro2::Span;

use crate::{diag::Diagnostics, message, source};

/// The facade's own name.
const NAME: &str = "secure_api";

/// The name of the crate, where the compiler has it by another name alone: `--extern guard=…/libsecure_api-….rmeta`.
static RENAMED: LazyLock<Option<String>> = LazyLock::new(|| {
    let arguments: Vec<String> =
        std::env::args_os().map(|argument| argument.to_string_lossy().into_owned()).collect();
    renamed(&arguments)
});

fn renamed(arguments: &[String]) -> Option<String> {
    let mut name = None;
    for pair in arguments.windows(2).filter(|pair| pair[0] == "--extern") {
        // A crate of the compiler's own has no file: `proc_macro`.
        let Some((known, file)) = pair[1].split_once('=') else { continue };
        // Options stand before the name, as `priv:guard`.
        let known = known.rsplit(':').next().unwrap_or(known);
        let file = Path::new(file).file_name().and_then(OsStr::to_str).unwrap_or_default();
        let is_facade = file.strip_prefix("lib").is_some_and(|file| {
            file.strip_prefix(NAME).is_some_and(|rest| rest.starts_with(['-', '.']))
        });
        if known == NAME {
            return None;
        }
        if is_facade {
            name = Some(known.to_owned());
        }
    }
    name
}

/// Reports an attribute or derive that does not say by which name the crate is known, and returns that. `helper` is the attribute
/// that stands above a type.
pub(super) fn meant(helper: Option<&str>, diag: &mut Diagnostics) -> Option<syn::Path> {
    let name = RENAMED.as_ref().filter(|_| proc_macro::is_available())?;
    // `extern crate guard as secure_api;` gives it its own name again.
    if source::root_has("as secure_api") {
        return None;
    }
    let text = format!("this app knows `{NAME}` as `{name}`");
    let help = match helper {
        Some(helper) => format!("write `#[{helper}(crate = ::{name})]` below it"),
        None => format!("write `crate = ::{name}` as its last key"),
    };
    diag.report(Span::call_site(), &message::GRAMMAR, &[&text, &help]);
    syn::parse_str(&format!("::{name}")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A name is told if it is another one, and the only one.
    #[test]
    fn the_name_is_what_the_compiler_was_told() {
        let told = |externs: &[&str]| {
            let pairs = externs.iter().flat_map(|of| ["--extern".to_owned(), (*of).to_owned()]);
            renamed(&pairs.collect::<Vec<_>>())
        };
        let guard = "guard=/t/libsecure_api-1.rmeta";
        assert_eq!(told(&["axum=/t/libaxum-1.rmeta", guard]).as_deref(), Some("guard"));
        assert_eq!(told(&["priv:guard=/t/libsecure_api-1.rlib"]).as_deref(), Some("guard"));
        assert_eq!(told(&[guard, "secure_api=/t/libsecure_api-1.rmeta"]), None);
        assert_eq!(told(&["proc_macro", guard]).as_deref(), Some("guard"));
        assert_eq!(told(&["guard=/t/..", guard]).as_deref(), Some("guard"));
        assert_eq!(told(&["runtime=/t/libsecure_api_runtime-1.rmeta"]), None);
    }
}
