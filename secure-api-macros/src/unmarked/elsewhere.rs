//! Types that lack their derive in another module than that of the macro that names them.

use std::{ops::Range, rc::Rc};

use syn::{DeriveInput, Visibility};

use super::{Lacks, is_plain};
use crate::source::{SourceFile, uses};

/// The types that are named most often, and are none of the crate's.
const KNOWN: &[&str] = &[
    "CallerId",
    "Currency",
    "Date",
    "Decimal",
    "Denied",
    "Email",
    "IpAddr",
    "Money",
    "NumberText",
    "Option",
    "PhoneNumber",
    "PlainText",
    "RichText",
    "SafeFileName",
    "SafePath",
    "Secret",
    "Self",
    "Slug",
    "StoreError",
    "String",
    "Timestamp",
    "UploadedFile",
    "Uuid",
    "Vec",
    "WebUrl",
];

/// Returns the file and the place of a type that the site's module has by `use`, if nothing there may give it the derive. What
/// is made in its place names nothing but the type, since nothing else that stands there need be known here.
pub(super) fn lacking(
    file: &Rc<SourceFile>,
    site: &str,
    lacks: Lacks,
    name: &str,
) -> Option<(Rc<SourceFile>, Range<usize>)> {
    let is_named_alone = matches!(
        lacks,
        Lacks::Role | Lacks::Version | Lacks::Input | Lacks::Value | Lacks::ApiError
    );
    if !is_named_alone || KNOWN.contains(&name) || !name.starts_with(char::is_uppercase) {
        return None;
    }
    let mut sites = file.items.iter().filter(|item| item.name == site && item.kind != "mod");
    let site = sites.next().filter(|_| sites.next().is_none())?;
    let is_here = file.items.iter().any(|item| item.name == name && item.module == site.module);
    if is_here {
        return None;
    }
    let (other, item) = uses::type_of(file, &site.module, name)?;
    let input: DeriveInput = syn::parse_str(&other.text[item.place.clone()]).ok()?;
    // What is private is seen by the modules in its own.
    let is_around = match other.path == file.path {
        true => site.module.starts_with(&item.module),
        false => item.module.is_empty() && uses::is_root(&other),
    };
    let is_open = is_around || !matches!(input.vis, Visibility::Inherited);
    // A newtype is made of its inside, which is known there.
    let is_whole = lacks != Lacks::Value || item.kind == "enum";
    let is_meant = is_open && is_whole && is_plain(&other, &item, lacks);
    is_meant.then(|| (other, item.place.clone()))
}
