//! `#[object]` on `impl Object for T`: what follows from the owner, the roles and the function that loads is filled in.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote};
use syn::{Attribute, DeriveInput, ItemImpl, Token, parse_quote};

use self::spec::ObjectSpec;
use crate::{broken, diag::Diagnostics, message, path, unmarked};

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
        // Whoever leaves the trait out means it.
        Ok(mut block) if block.trait_.is_none() => {
            if let Some(last) = path::last_of(&block.self_ty) {
                unmarked::note("object", &last.ident);
            }
            let place = format!("`impl Object for {}`", path::as_written(&block.self_ty));
            diag.report_on(&block.self_ty, &message::WRONG_ITEM, &["#[object]", &place]);
            let object = path::private_at(block.impl_token.span);
            block.trait_ = Some((parse_quote!(#object::Object), Token![for](Span::call_site())));
            let spec = ObjectSpec::read(attribute, block, &mut diag);
            expand::expand(check::check(spec, &mut diag))
        }
        _ => match syn::parse2::<DeriveInput>(item.clone()) {
            Ok(input) if input.generics.params.is_empty() => of_type(&attribute, input, &mut diag),
            _ => {
                diag.report_on(&item, &message::WRONG_ITEM, &["#[object]", PLACE]);
                item
            }
        },
    };
    let errors = diag.finish();
    quote!(#errors #code)
}

fn is_object(block: &ItemImpl) -> bool {
    let last = block.trait_.as_ref().and_then(|(path, _)| path.segments.last());
    last.is_some_and(|segment| segment.ident == "Object")
}

/// Expands the mistake of an attribute above the type itself, and what stands in for the implementation that it was meant to
/// be. Where that stands nearby without what the attribute would fill in, a type that is none takes the place of this one: its
/// name says what to do, and the compiler says nothing else of it.
fn of_type(attribute: &TokenStream, mut input: DeriveInput, diag: &mut Diagnostics) -> TokenStream {
    let is_derive = |attribute: &mut Attribute| attribute.path().is_ident("derive");
    let derives: Vec<Attribute> = input.attrs.extract_if(.., is_derive).collect();
    if !derives.is_empty() {
        return quote!(#(#derives)* #[object(#attribute)] #input);
    }
    let (ident, visibility) = (&input.ident, &input.vis);
    match unmarked::without_object(&input) {
        Some(object) => {
            let place = format!("`impl Object for {ident}`");
            diag.report_on(ident, &message::WRONG_ITEM, &["#[object]", &place]);
            quote!(#input #object)
        }
        None => {
            let sentence = format_ident!("SA005_PUT_OBJECT_ABOVE_THE_IMPL", span = ident.span());
            quote!(#visibility type #ident = #sentence;)
        }
    }
}
