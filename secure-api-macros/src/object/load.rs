//! The signature of `load`: the reader of the store, the key, and the leave to load, in this order. One that is
//! something else is shown as it should be, with the types that the author wrote.

use quote::ToTokens;
use syn::{FnArg, ImplItem, Pat, ReturnType, Signature, Type};

use super::spec::ObjectSpec;
use crate::{
    diag::Diagnostics,
    message,
    path::{self, as_written},
};

/// The mistake of arguments that are others, or in another order.
const ARGUMENTS: &str =
    "`load` takes the reader of the store, the key and the leave to load, in this order";

/// The types that `load` names, and its state.
#[derive(Default)]
pub(super) struct Load {
    /// The types that it names: of the key, the store and the roles.
    pub(super) types: [Option<Type>; 3],
    /// The body cannot be compiled: there is none, or its signature was reported.
    pub(super) broken: bool,
}

/// Reads the signature; one that is not that of `load` is reported once.
pub(super) fn check(spec: &mut ObjectSpec, name: &str, diag: &mut Diagnostics) -> Load {
    let Some(signature) = spec.function("load").cloned() else {
        return missing(spec, name, diag);
    };
    let written = Written::read(&signature);
    let types =
        [spec.loads(1, None), spec.loads(0, Some("Reader")), spec.loads(2, Some("Loading"))];
    let Some(mistake) = written.mistake(spec) else { return Load { types, broken: false } };
    let right = format!("write `{}`", written.right(spec, &signature));
    let texts = [mistake, &*right];
    match written.place(mistake).and_then(|place| typed(&signature, place)) {
        Some(argument) => diag.report_on(argument, &message::GRAMMAR, &texts),
        None => diag.report_on(&signature, &message::GRAMMAR, &texts),
    }
    Load { types: written.types(spec), broken: true }
}

/// Reports that there is no `load`. A function that has its arguments is what was meant, and is told its name.
fn missing(spec: &mut ObjectSpec, name: &str, diag: &mut Diagnostics) -> Load {
    let meant = spec.block.items.iter().position(|item| match item {
        ImplItem::Fn(function) => {
            let name = &function.sig.ident;
            name != "permits" && name != "scope" && Written::read(&function.sig).loading.is_some()
        }
        _ => false,
    });
    let Some(meant) = meant else {
        let help = "write `async fn load(db: &Reader<…>, key: …, _: &Loading<…>) -> Result<Option<Self>, StoreError>`";
        let here = syn::spanned::Spanned::span(&spec.block.self_ty);
        diag.report(here, &message::OBJECT_UNSTATED, &[name, "load", help]);
        return Load { types: Default::default(), broken: true };
    };
    let ImplItem::Fn(function) = spec.block.items.remove(meant) else {
        return Load { types: Default::default(), broken: true };
    };
    let signature = function.sig;
    let written = Written::read(&signature);
    let right = written.right(spec, &signature);
    let help = format!("write `{right}` instead of `{}`", signature.ident);
    diag.report_on(&signature, &message::OBJECT_UNSTATED, &[name, "load", &help]);
    Load { types: written.types(spec), broken: true }
}

/// The arguments of a function, told by what they are of and not by their place.
struct Written {
    /// The types without references, in their order.
    arguments: Vec<Type>,
    reader: Option<usize>,
    loading: Option<usize>,
    /// The reader or the leave is taken whole, and both are lent.
    owned: bool,
    /// The roles, also of a caller.
    roles: Option<Type>,
    is_async: bool,
    returns: Option<Type>,
}

impl Written {
    fn read(signature: &Signature) -> Self {
        let typed = signature.inputs.iter().filter_map(|argument| match argument {
            FnArg::Typed(argument) => Some(unwrapped(&argument.ty).clone()),
            FnArg::Receiver(_) => None,
        });
        let arguments: Vec<Type> = typed.collect();
        let place = |wrapper: &str| {
            arguments.iter().position(|ty| named(ty).is_some_and(|name| name == wrapper))
        };
        let roles = |wrapper: &str| arguments.iter().find_map(|ty| path::inside(ty, wrapper));
        Self {
            owned: signature.inputs.iter().any(|argument| match argument {
                FnArg::Typed(argument) => {
                    named(&argument.ty).is_some_and(|name| name == "Reader" || name == "Loading")
                }
                FnArg::Receiver(_) => false,
            }),
            reader: place("Reader"),
            loading: place("Loading"),
            roles: roles("Loading").or_else(|| roles("Caller")).cloned(),
            is_async: signature.asyncness.is_some(),
            returns: match &signature.output {
                ReturnType::Default => None,
                ReturnType::Type(_, ty) => Some((**ty).clone()),
            },
            arguments,
        }
    }

    /// Returns the place of the one argument that is another than it should be.
    fn place(&self, mistake: &str) -> Option<usize> {
        match (self.reader, self.loading) {
            _ if mistake != ARGUMENTS || self.arguments.len() != 3 => None,
            (None, Some(2)) => Some(0),
            (Some(0), None) => Some(2),
            _ => None,
        }
    }

    /// Returns what is wrong for certain. A type may be called otherwise, so one that is not known is left to the compiler.
    fn mistake(&self, spec: &ObjectSpec) -> Option<&'static str> {
        let returned = self.returns.as_ref().and_then(named);
        let stated_store = spec.store.is_some() || spec.has("Store");
        let stated_roles = spec.roles.is_some() || spec.has("Roles");
        let unread = |name: &str| spec.unread.iter().any(|unread| unread == name);
        let misplaced = |place: Option<usize>, right| place.is_some_and(|place| place != right);
        // What is called alike may be an alias, and then it is the attribute that has to name the type.
        let alias = |place: usize, of: &str| {
            self.arguments.get(place).and_then(named).is_some_and(|name| name.contains(of))
        };
        if self.arguments.len() != 3
            || misplaced(self.reader, 0)
            || misplaced(self.loading, 2)
            || (self.reader.is_none() && !stated_store && !unread("store") && !alias(0, "Read"))
            || (self.loading.is_none() && !stated_roles && !unread("roles") && !alias(2, "Load"))
        {
            return Some(ARGUMENTS);
        }
        if self.owned {
            return Some("`load` borrows the reader and the leave to load");
        }
        if !self.is_async && returned.as_deref() == Some("Result") {
            return Some("`load` is an async function");
        }
        if self.is_async
            && (self.returns.is_none()
                || returned.is_some_and(|name| name == "Option" || name == "Self"))
        {
            return Some("`load` returns a `Result`: a store can fail");
        }
        None
    }

    /// Returns the key, the store and the roles, wherever they stand.
    fn types(&self, spec: &ObjectSpec) -> [Option<Type>; 3] {
        let store = self.reader.and_then(|place| path::inside(&self.arguments[place], "Reader"));
        let plain: Vec<&Type> = self.arguments.iter().filter(|ty| is_plain(ty)).collect();
        // Without a reader the store comes first, as a reference to itself or by its name.
        let (store, key) = match (store, &plain[..]) {
            (Some(store), [key, ..]) => (Some(store), Some(*key)),
            (None, [store, key, ..]) => (Some(*store), Some(*key)),
            (None, [key]) => (None, Some(*key)),
            (store, []) => (store, None),
        };
        let roles = self.roles.clone().or_else(|| {
            let grant = spec.grants.first()?.value.first()?;
            let syn::Expr::Path(path) = grant else { return None };
            let mut path = path.path.clone();
            path.segments.pop()?;
            path.segments.pop_punct();
            (!path.segments.is_empty()).then(|| syn::parse_quote!(#path))
        });
        let of_block = |ty: &Type| {
            matches!(ty, Type::Path(path) if path.path.segments.len() == 2
            && path.path.segments[0].ident == "Self")
        };
        [key.cloned(), store.cloned(), roles].map(|ty| ty.filter(|ty| !of_block(ty)))
    }

    /// Returns the signature as it should be, with the types and names that were written.
    fn right(&self, spec: &ObjectSpec, signature: &Signature) -> String {
        let [key, store, roles] = self.types(spec);
        let stated = [&spec.key, &spec.store, &spec.roles].map(Option::as_ref);
        let [key, store, roles] =
            [(key, 0, "Self::Key"), (store, 1, "Self::Store"), (roles, 2, "Self::Roles")].map(
                |(ty, place, otherwise)| {
                    let ty = stated[place].map(|stated| stated.value.clone()).or(ty);
                    ty.map_or_else(|| otherwise.to_owned(), |ty| as_written(&ty))
                },
            );
        let [db, id] = [(&store, "db"), (&key, "id")]
            .map(|(ty, otherwise)| name_of(signature, ty).unwrap_or_else(|| otherwise.to_owned()));
        let error = self
            .returns
            .as_ref()
            .and_then(error_of)
            .map_or_else(|| "StoreError".to_owned(), as_written);
        format!(
            "async fn load({db}: &Reader<{store}>, {id}: {key}, _: &Loading<{roles}>) -> Result<Option<Self>, {error}>"
        )
    }
}

/// Returns the type of an argument as it is written.
fn typed(signature: &Signature, place: usize) -> Option<&Type> {
    let mut typed = signature.inputs.iter().filter_map(|argument| match argument {
        FnArg::Typed(argument) => Some(&*argument.ty),
        FnArg::Receiver(_) => None,
    });
    typed.nth(place)
}

/// Returns the type behind references.
fn unwrapped(mut ty: &Type) -> &Type {
    while let Type::Reference(reference) = ty {
        ty = &reference.elem;
    }
    ty
}

/// Returns `true` of what may be a store or a key.
fn is_plain(ty: &Type) -> bool {
    named(ty).is_some_and(|name| !matches!(&name[..], "Reader" | "Writer" | "Loading" | "Caller"))
}

/// Returns the last name of a type.
fn named(ty: &Type) -> Option<String> {
    path::last_of(ty).map(|last| last.ident.to_string())
}

/// Returns the name of the argument whose type has this text in it.
fn name_of(signature: &Signature, ty: &str) -> Option<String> {
    signature.inputs.iter().find_map(|argument| {
        let FnArg::Typed(argument) = argument else { return None };
        let Pat::Ident(name) = &*argument.pat else { return None };
        let bare = unwrapped(&argument.ty);
        let inner = path::inside(bare, "Reader").unwrap_or(bare);
        (as_written(inner) == ty).then(|| name.to_token_stream().to_string())
    })
}

/// Returns `E` of `Result<T, E>`.
fn error_of(ty: &Type) -> Option<&Type> {
    path::types_of(path::last_of(ty).filter(|last| last.ident == "Result")?).last()
}
