//! The order of versions: oldest first, as far as their numbers say.

use proc_macro2::Ident;
use syn::ext::IdentExt;

use super::VersionLine;
use crate::{diag::Diagnostics, message, path};

/// Reports versions that stand in another order than their numbers, and puts them into it: what names them was
/// written for that order. Names without numbers, or of different words, have none.
pub(super) fn sort(versions: &mut [VersionLine<'_>], diag: &mut Diagnostics) {
    let numbered = |line: &VersionLine<'_>| {
        let name = line.ident.unraw().to_string();
        let is_digit = |letter: char| letter.is_ascii_digit();
        let words: Vec<String> =
            name.split(is_digit).filter(|word| !word.is_empty()).map(str::to_owned).collect();
        let numbers =
            name.split(|letter: char| !is_digit(letter)).filter(|digits| !digits.is_empty());
        let numbers: Vec<u64> = numbers.map(|digits| digits.parse().unwrap_or(u64::MAX)).collect();
        (words.into_iter().next(), numbers)
    };
    let known: Vec<_> = versions.iter().map(numbered).collect();
    let comparable = known.iter().all(|(word, numbers)| *word == known[0].0 && !numbers.is_empty());
    let later = known.windows(2).position(|pair| comparable && pair[1].1 < pair[0].1);
    let Some(later) = later else { return };
    let (ident, before) = (versions[later + 1].ident, versions[later].ident.to_string());
    versions.sort_by_cached_key(|line| numbered(line).1);
    let order: Vec<_> = versions.iter().map(|line| line.ident.to_string()).collect();
    diag.report(
        ident.span(),
        &message::VERSION_ORDER,
        &[&ident.to_string(), &before, &order.join(", ")],
    );
}

/// Returns the name of a version with the first number that no other version has.
pub(super) fn free(version: &Ident, others: &[Ident]) -> String {
    let name = version.to_string();
    let words = path::pascal_case(name.trim_end_matches(|letter: char| letter.is_ascii_digit()));
    let segments: Vec<_> =
        others.iter().map(|other| path::kebab_case(&other.to_string())).collect();
    let is_free = |name: &String| !segments.contains(&path::kebab_case(name));
    let numbered = (2..).map(|number| format!("{words}{number}"));
    numbered.take(others.len() + 1).find(is_free).unwrap_or(name)
}
