//! The types that a service holds: a store inside of `Arc<Mutex<…>>` is one as well.

use syn::{GenericArgument, PathArguments, Type};

/// Returns the types inside of the one that `Service<…>` is of, at any depth; none where it is of another type.
pub(super) fn held(argument: &Type) -> Vec<&Type> {
    let mut all = Vec::new();
    if let Type::Path(path) = argument
        && path.path.segments.last().is_some_and(|last| last.ident == "Service")
    {
        inside(argument, &mut all);
    }
    // The first is the service's own type, which is asked for as the argument is.
    all.drain(..all.len().min(1));
    all
}

/// Adds the types inside of this one, each before those in it.
fn inside<'t>(outer: &'t Type, all: &mut Vec<&'t Type>) {
    let inner: Vec<&Type> = match outer {
        Type::Path(path) => {
            let arguments = path.path.segments.iter().filter_map(|part| match &part.arguments {
                PathArguments::AngleBracketed(arguments) => Some(&arguments.args),
                PathArguments::None | PathArguments::Parenthesized(_) => None,
            });
            let types = arguments.flatten().filter_map(|argument| match argument {
                GenericArgument::Type(inner) => Some(inner),
                _ => None,
            });
            types.collect()
        }
        Type::Tuple(tuple) => tuple.elems.iter().collect(),
        Type::Array(array) => vec![&array.elem],
        Type::Slice(slice) => vec![&slice.elem],
        Type::Reference(reference) => vec![&reference.elem],
        Type::Group(group) => vec![&group.elem],
        Type::Paren(paren) => vec![&paren.elem],
        _ => Vec::new(),
    };
    for inner in inner {
        all.push(inner);
        inside(inner, all);
    }
}

#[cfg(test)]
mod tests {
    use quote::ToTokens;

    use super::*;

    #[test]
    fn what_a_service_holds_is_found_at_any_depth() {
        for (argument, inner) in [
            ("Service<Db>", &[][..]),
            ("Service<Arc<tokio::sync::Mutex<Db>>>", &["tokio :: sync :: Mutex < Db >", "Db"]),
            ("secure_api::Service<(Mailer, Box<Db>)>", &["Mailer", "Box < Db >", "Db"]),
            ("Reader<Arc<Db>>", &[]),
        ] {
            let argument: Type = syn::parse_str(argument).expect("a type");
            let found = held(&argument).into_iter().map(|held| held.to_token_stream().to_string());
            assert_eq!(found.collect::<Vec<_>>(), inner);
        }
    }
}
