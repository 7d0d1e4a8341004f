//! Arguments that prove nothing, as other frameworks have them, with the type that does.

use quote::ToTokens;
use syn::Type;

use crate::{
    concern::path::RoutePath,
    diag::Diagnostics,
    message,
    path::{as_written, last_of, plain, types_of},
    route::{Verb, policy::BoundArgument},
    signature::{self, Argument},
    source::{
        self,
        objects::{self, Proof},
    },
};

/// Reports an argument of the path that is the object or its key itself, where the file says how it would be proved. Returns
/// `true` if it did.
pub(super) fn unproven(
    argument: &BoundArgument<'_>,
    path: &RoutePath,
    diag: &mut Diagnostics,
) -> bool {
    let Some(place) = argument.parameter.filter(|_| !signature::is_from_path(argument.ty)) else {
        return false;
    };
    let extracted = last_of(argument.ty).filter(|last| last.ident == "Path");
    let inner = match extracted {
        Some(last) => types_of(last).next(),
        None => Some(argument.ty),
    };
    let Some(proof) = inner.and_then(objects::proof_of) else { return false };
    let (name, written) = (&path.parameters[place], as_written(argument.ty));
    let help = match proof {
        Proof::Object(object) => format!("write `{name}: Authorized<{object}>`"),
        Proof::Unowned(value) => format!("write `Unowned({name}): Unowned<{value}>`"),
    };
    diag.report_with(argument.ty, &message::NO_PROOF_IN, &[&written], &help);
    true
}

/// Reports what handlers share in the wrapper of another framework, or of none.
pub(super) fn shared(arguments: &[Argument<'_>], verb: Verb, diag: &mut Diagnostics) {
    for argument in arguments {
        let Some(name) = inner(argument.ty, &["Arc", "Rc", "State", "Data"]) else { continue };
        let Some(shared) = plain(name) else { continue };
        let wrapper = match verb {
            _ if !objects::is_implemented(shared, "Store") && source::is_type(shared) => "Service",
            _ if !source::is_type(shared) => continue,
            Verb::Get => "Reader",
            Verb::Post | Verb::Put | Verb::Patch | Verb::Delete => "Writer",
        };
        let (written, shared) = (as_written(argument.ty), shared.to_token_stream());
        let name = argument.name.as_deref().unwrap_or("state");
        let help = format!("write `{name}: {wrapper}<{shared}>`");
        diag.report_with(argument.ty, &message::ARGUMENT, &[&written], &help);
    }
}

/// Returns the type in one or more of these wrappers, none of which is a type of the file.
fn inner<'a>(ty: &'a Type, wrappers: &[&str]) -> Option<&'a Type> {
    let last = last_of(ty)?;
    let is_wrapper =
        wrappers.iter().any(|name| last.ident == name) && !source::is_type(&last.ident);
    let held = types_of(last).next().filter(|_| is_wrapper)?;
    inner(held, wrappers).or(Some(held))
}
