//! The names of values: what a type is taken for before the compiler knows it, so that it need not be asked.

use syn::{GenericArgument, PathArguments, Type, TypePath};

/// Returns `true` if a type is written as one that holds a value, and nothing that is loaded, secret or an input.
pub(super) fn is_named_like_a_value(ty: &Type) -> bool {
    /// Types that hold what is in them.
    const PARTS: &[&str] = &["Nullable", "Option", "Patched", "Vec"];

    let Type::Path(TypePath { qself: None, path, .. }) = ty else { return false };
    let (1, Some(segment)) = (path.segments.len(), path.segments.last()) else { return false };
    let name = segment.ident.to_string();
    match &segment.arguments {
        PathArguments::AngleBracketed(arguments) if PARTS.contains(&&*name) => {
            arguments.args.iter().all(|argument| match argument {
                GenericArgument::Type(part) => is_named_like_a_value(part),
                _ => false,
            })
        }
        _ => is_of_a_value(&name),
    }
}

/// Returns `true` if a name is that of a value of the language or the libraries. No input has one.
pub(super) fn is_of_a_value(name: &str) -> bool {
    const VALUES: &[&str] = &[
        "String", "Uuid", "bool", "f32", "f64", "i16", "i32", "i64", "i8", "u16", "u32", "u64",
        "u8",
    ];

    VALUES.contains(&name)
}
