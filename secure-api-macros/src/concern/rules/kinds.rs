//! The kinds of files that a list names: one that is not there is told with the one that is meant.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote_spanned};
use syn::{Expr, spanned::Spanned};

use super::bare;
use crate::{diag::Diagnostics, key, message, source};

/// The variants of `FileKind`.
pub(super) const KINDS: &[&str] = &["Png", "Jpeg", "Gif", "WebP", "PlainText", "Pdf"];

/// Returns `false` for a kind that is none, and reports it.
pub(crate) fn are_known(list: &Expr, diag: &mut Diagnostics) -> bool {
    let Expr::Array(list) = list else { return true };
    let mut known = true;
    for kind in &list.elems {
        let Expr::Path(path) = kind else { continue };
        let segments: Vec<_> = path.path.segments.iter().map(|segment| &segment.ident).collect();
        let [of, name] = segments[..] else { continue };
        // A constant of a type of the file's own is none of ours.
        let is_ours = of == "FileKind" && !source::is_declared(of);
        if !is_ours || KINDS.iter().any(|known| name == known) {
            continue;
        }
        known = false;
        let others = list.elems.len() > 1;
        let help = match meant(&name.to_string()) {
            Some(meant) => format!("write `FileKind::{meant}`"),
            None if others => {
                format!(
                    "remove `FileKind::{name}`: what can run scripts or hold other files is no kind"
                )
            }
            None => format!("write `FileKind::Png`, or another of {}", KINDS.join(", ")),
        };
        let text = format!("files of the kind `{name}` are not taken");
        diag.report_on(name, &message::GRAMMAR, &[&text, &help]);
    }
    known
}

/// Returns a list of kinds as a reference: one in place is lent; a constant is one already.
pub(crate) fn lent(list: &Expr) -> TokenStream {
    match bare(list) {
        list @ Expr::Array(_) => quote_spanned!(list.span()=> &#list),
        other => other.to_token_stream(),
    }
}

/// Returns the kind that a name is about.
fn meant(name: &str) -> Option<&'static str> {
    let lower = name.to_ascii_lowercase();
    let alike = KINDS.iter().find(|kind| kind.eq_ignore_ascii_case(&lower)).copied();
    alike.or(match lower.as_str() {
        "jpg" => Some("Jpeg"),
        "txt" | "text" | "plain" | "csv" => Some("PlainText"),
        _ => key::meant(name, KINDS).filter(|_| name.len() > 4),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The kinds are the variants that the runtime has.
    #[test]
    fn the_kinds_are_those_of_the_runtime() {
        let text = include_str!("../../../../secure-api-runtime/src/input/uploads/file_kind.rs");
        let (_, text) = text.split_once("pub enum FileKind {").expect("the enum");
        let (text, _) = text.split_once("\n}").expect("its end");
        let is_variant = |line: &&str| line.ends_with(',') && !line.starts_with("//");
        let variants: Vec<&str> = text
            .lines()
            .map(str::trim)
            .filter(is_variant)
            .map(|line| line.trim_end_matches(','))
            .collect();
        assert_eq!(variants, KINDS);
    }
}
