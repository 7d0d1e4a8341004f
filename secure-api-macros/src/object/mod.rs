//! `#[object]` on `impl Object for T`: what follows from the owner, the roles and the function that loads is filled in.

use proc_macro2::TokenStream;
use quote::quote;
use syn::ItemImpl;

use self::spec::ObjectSpec;
use crate::{broken, diag::Diagnostics, message};

mod check;
mod expand;
mod load;
mod policy;
mod spec;

/// The place of `#[object]`.
const PLACE: &str = "`impl Object for …`";

pub(crate) fn expand(attribute: TokenStream, item: TokenStream) -> TokenStream {
    let mut diag = Diagnostics::new();
    let code = match syn::parse2::<ItemImpl>(item.clone()) {
        // What names the object lacks its implementation then, so it is passed over too.
        Ok(block) if is_object(&block) && broken::is_generic(&item) => {
            if let syn::Type::Path(path) = &*block.self_ty
                && let Some(last) = path.path.segments.last()
            {
                broken::note_generic(&last.ident, true);
            }
            TokenStream::new()
        }
        Ok(block) if is_object(&block) => {
            let spec = ObjectSpec::read(attribute, block, &mut diag);
            let policy = check::check(spec, &mut diag);
            expand::expand(policy)
        }
        _ => {
            diag.report_on(&item, &message::WRONG_ITEM, &["#[object]", PLACE]);
            item
        }
    };
    let errors = diag.finish();
    quote!(#errors #code)
}

fn is_object(block: &ItemImpl) -> bool {
    let last = block.trait_.as_ref().and_then(|(path, _)| path.segments.last());
    last.is_some_and(|segment| segment.ident == "Object")
}
