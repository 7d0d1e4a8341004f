//! Inputs that contain themselves: the field that closes the circle says how deep it nests.

use quote::ToTokens;
use syn::{GenericArgument, Ident, PathArguments, Type, ext::IdentExt};

use super::field::FieldLine;
use crate::{diag::Diagnostics, message, source::inputs};

/// The longest circle that is looked for.
const LONGEST: usize = 8;

/// Reports each field that leads back to its own input, itself or through other inputs of the file, and does not say how deep.
pub(super) fn check(input: &Ident, fields: &[FieldLine<'_>], diag: &mut Diagnostics) {
    let own = input.unraw().to_string();
    for field in fields.iter().filter(|field| !field.rules.has_depth()) {
        let mut names = Vec::new();
        named(field.ty, &mut names);
        let closes = |name: &String| *name == own || *name == "Self";
        let is_direct = names.iter().any(closes);
        // Of the fields of one circle that is told where it comes back to what stands above it.
        names.retain(|name| inputs::is_above(name, &own));
        if is_direct || leads_back(&names, &own) {
            let ident = field.ident.unraw().to_string();
            diag.report(field.ident.span(), &message::INPUT_CIRCLE, &[&ident, &own]);
        }
    }
}

/// Returns `true` if inputs of these names hold the one that is looked for, and no field between says how deep.
fn leads_back(names: &[String], own: &str) -> bool {
    let (mut seen, mut next): (Vec<String>, Vec<String>) = (Vec::new(), names.to_vec());
    for _ in 0..LONGEST {
        let mut found = Vec::new();
        for name in std::mem::take(&mut next) {
            if seen.contains(&name) {
                continue;
            }
            for ty in inputs::held(&name).unwrap_or_default() {
                named(&ty, &mut found);
            }
            seen.push(name);
        }
        if found.iter().any(|name| name == own) {
            return true;
        }
        if found.is_empty() {
            return false;
        }
        next = found;
    }
    false
}

/// Adds the names of the types that a type is written with.
fn named(ty: &Type, names: &mut Vec<String>) {
    let Type::Path(path) = ty else { return };
    let Some(last) = path.path.segments.last() else { return };
    match &last.arguments {
        PathArguments::AngleBracketed(arguments) => {
            for argument in &arguments.args {
                if let GenericArgument::Type(inner) = argument {
                    named(inner, names);
                }
            }
        }
        _ => names.push(last.ident.unraw().to_token_stream().to_string()),
    }
}
