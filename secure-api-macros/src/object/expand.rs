//! The block of an object with what it lacked. What stands in it stays as it is, on its own tokens.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{AttrStyle, Expr, ImplItem, spanned::Spanned};

use super::{
    policy::{Listing, ObjectPolicy, Rule},
    spec::Field,
};
use crate::path;

pub(super) fn expand(policy: ObjectPolicy) -> TokenStream {
    let broken = policy.is_broken();
    let ObjectPolicy { block, types, owner, tenant, rule, listing, no_load } = policy;
    let private = path::private();
    let types = types.iter().map(|(name, given)| {
        let name = Ident::new(name, Span::call_site());
        match given {
            Some(ty) => quote!(type #name = #ty;),
            None => quote!(type #name = #private::Unstated;),
        }
    });
    let owner = owner.map(|field| {
        let owner = of_field(&field, "OwnerField", "owner");
        quote! {
            const OWNER: ::core::option::Option<fn(&Self) -> ::core::option::Option<&#private::CallerId>> =
                ::core::option::Option::Some(#owner);
        }
    });
    let tenant = tenant.map(|field| {
        let tenant = of_field(&field, "TenantField", "tenant");
        quote! {
            const TENANT: ::core::option::Option<fn(&Self) -> &::core::primitive::str> =
                ::core::option::Option::Some(#tenant);
        }
    });
    // A function that was written stays, unless it names a type that is missing.
    let is_load =
        |item: &ImplItem| matches!(item, ImplItem::Fn(function) if function.sig.ident == "load");
    let items = block.items.iter().filter(|item| match item {
        ImplItem::Fn(_) => !(broken || (no_load && is_load(item))),
        _ => true,
    });
    let load = (no_load || broken).then(|| no_load_of(&private));
    let rule = match rule {
        Some(rule) if !broken => Some(rule.expand(&private)),
        None if !broken => None,
        _ => Some(Rule { grants: Vec::new() }.expand(&private)),
    };
    let listing = match listing {
        Some(listing) if !broken => Some(listing.expand(&private)),
        None if !broken => None,
        Some(Listing::Own | Listing::OwnUnless(_) | Listing::Unfiltered) => {
            Some(Listing::Unfiltered.expand(&private))
        }
        _ => Some(Listing::Unknown { typed: true }.expand(&private)),
    };
    let (outer, inner): (Vec<_>, Vec<_>) =
        block.attrs.iter().partition(|attribute| matches!(attribute.style, AttrStyle::Outer));
    let (generics, condition) = (&block.generics.params, &block.generics.where_clause);
    let (object, self_ty) = (block.trait_.as_ref().map(|(path, _)| path), &block.self_ty);
    quote! {
        #(#outer)*
        impl <#generics> #object for #self_ty #condition {
            #(#inner)*
            #(#types)*
            #owner
            #tenant
            #(#items)*
            #load
            #rule
            #listing
        }
    }
}

/// Writes a function in place of one that was not written, so that this is the only error.
fn no_load_of(private: &TokenStream) -> TokenStream {
    quote! {
        async fn load(
            _: &#private::Reader<Self::Store>,
            _: Self::Key,
            _: &#private::Loading<Self::Roles>,
        ) -> ::core::result::Result<::core::option::Option<Self>, #private::StoreError> {
            ::core::result::Result::Ok(::core::option::Option::None)
        }
    }
}

/// Writes a function from the object to its field, on the field's token.
fn of_field(field: &Field, read_by: &str, function: &str) -> TokenStream {
    let span = field.span();
    let private = path::private_at(span);
    // Of the user's hygiene: an expression of two would be told at the whole attribute.
    let object = Ident::new("__object", span);
    let (read_by, function) = (Ident::new(read_by, span), Ident::new(function, span));
    let place = match field {
        Expr::Field(_) => below(&object, field),
        field => quote_spanned!(span=> #object.#field),
    };
    quote_spanned!(span=> |#object: &Self| #private::#read_by::#function(&#place))
}

/// Returns `object.account.owner` of `account.owner`.
fn below(object: &Ident, field: &Field) -> TokenStream {
    match field {
        Expr::Field(inner) => {
            let (base, member) = (below(object, &inner.base), &inner.member);
            quote_spanned!(member.span()=> #base.#member)
        }
        field => quote_spanned!(field.span()=> #object.#field),
    }
}

/// Asks if the caller has one of the roles.
fn has(caller: &Ident, roles: &[Expr]) -> TokenStream {
    let each = roles.iter().map(|role| quote_spanned!(role.span()=> #caller.has(#role)));
    quote!(#(#each)||*)
}

impl Rule {
    fn expand(&self, private: &TokenStream) -> TokenStream {
        let caller = Ident::new("caller", Span::mixed_site());
        let action = Ident::new("action", Span::mixed_site());
        let grants = self.grants.iter().map(|(action, roles)| {
            let has = has(&caller, roles);
            quote!(#private::Action::#action => #has,)
        });
        let all = self.grants.len() == 4;
        let rest = (!all).then(|| quote!(_ => false,));
        quote! {
            fn grants(
                #caller: &#private::Caller<<Self as #private::Object>::Roles>,
                #action: #private::Action,
            ) -> ::core::option::Option<::core::primitive::bool> {
                let _ = #caller;
                ::core::option::Option::Some(match #action { #(#grants)* #rest })
            }

            fn permits(
                &self,
                #caller: &#private::Caller<<Self as #private::Object>::Roles>,
                #action: #private::Action,
            ) -> ::core::primitive::bool {
                #private::is_owner(self, #caller)
                    || <Self as #private::Object>::grants(#caller, #action)
                        == ::core::option::Option::Some(true)
            }
        }
    }
}

impl Listing {
    fn expand(&self, private: &TokenStream) -> TokenStream {
        let caller = Ident::new("caller", Span::mixed_site());
        let (ty, value) = match self {
            Self::Own => (quote!(#private::Owned), quote!(#private::Owned::unless(false, #caller))),
            Self::OwnUnless(roles) => {
                let has = has(&caller, roles);
                (quote!(#private::Owned), quote!(#private::Owned::unless(#has, #caller)))
            }
            Self::Unfiltered => (quote!(()), quote!({ let _ = #caller; })),
            Self::Unknown { .. } => (quote!(()), quote!({ let _ = #caller; loop {} })),
        };
        let typed = matches!(self, Self::Unknown { typed: true });
        let scope = (!typed).then(|| quote!(type Scope = #ty;));
        quote! {
            #scope
            fn scope(#caller: &#private::Caller<<Self as #private::Object>::Roles>) -> Self::Scope {
                #value
            }
        }
    }
}
