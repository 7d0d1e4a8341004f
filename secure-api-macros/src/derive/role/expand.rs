//! The expansion of the derive: the table of the roles, and what each role has.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, ext::IdentExt};

use super::{Role, RolePolicy};
use crate::{fingerprint::Fingerprint, path};

impl RolePolicy<'_> {
    pub(super) fn expand(&self) -> TokenStream {
        let Self { input, roles, known: _ } = self;
        let private = path::private();
        let (ident, vis) = (&input.ident, &input.vis);
        let rows = roles.iter().map(|role| {
            let Role { ident, description, name, includes, holders } = role;
            let variant = ident.to_string();
            quote!(#private::RoleInfo {
                variant: #variant, name: #name, description: #description, holders: #holders, includes: #includes,
            })
        });
        let fingerprint = self.fingerprint();
        let variants = roles.iter().map(|role| role.ident);
        let arms = roles.iter().enumerate().map(|(index, role)| {
            let variant = role.ident;
            quote!(Self::#variant => #index,)
        });
        let arms: Vec<_> = arms.collect();
        let body = quote!(match self { #(#arms)* });
        let names: Vec<_> = roles.iter().map(|role| &role.name).collect();
        let named: Vec<_> = roles.iter().map(|role| role.ident).collect();
        quote! {
            impl #ident {
                /// Everybody who has this role: itself and all roles that include it.
                #vis const fn holders(self) -> #private::RoleSet {
                    let index: ::core::primitive::usize = #body;
                    let table = <Self as #private::Roles>::TABLE;
                    #private::RoleSet::new(table.roles[index].holders, table)
                }

                /// Returns the name that this role has in tokens, scopes and documents.
                #vis const fn name(&self) -> &'static ::core::primitive::str {
                    match self { #(Self::#named => #names,)* }
                }

                /// Returns the role of this name, if it is the name of one: as a column of a table has it.
                #vis fn named(name: &::core::primitive::str) -> ::core::option::Option<Self> {
                    match name {
                        #(#names => ::core::option::Option::Some(Self::#named),)*
                        _ => ::core::option::Option::None,
                    }
                }
            }
            #[automatically_derived]
            impl #private::Roles for #ident {
                const TABLE: &'static #private::RoleTable = &#private::RoleTable {
                    type_name: ::core::concat!(::core::module_path!(), "::", ::core::stringify!(#ident)),
                    fingerprint: #fingerprint,
                    roles: &[#(#rows),*],
                };
                const ALL: &'static [Self] = &[#(Self::#variants),*];
                fn index(self) -> ::core::primitive::usize { #body }
            }
        }
    }

    /// Returns everything that a bit of a set of these roles depends on.
    fn fingerprint(&self) -> u128 {
        let roles = self.roles.iter().fold(Fingerprint::of("roles"), |table, role| {
            let Role { ident, description: _, name, includes, holders } = role;
            table.text(&ident.unraw().to_string()).text(name).number(*includes).number(*holders)
        });
        roles.finish()
    }

    /// Returns `true` if this is an enum of unit variants that fit in a set, with or without other mistakes.
    pub(super) fn is_plain(&self) -> bool {
        let Self { input, roles, known: _ } = self;
        let Data::Enum(data) = &input.data else { return false };
        let unit = |variant: &syn::Variant| matches!(variant.fields, syn::Fields::Unit);
        !roles.is_empty()
            && roles.len() == data.variants.len()
            && input.generics.params.is_empty()
            && data.variants.iter().all(unit)
    }

    /// Expands a placeholder for an enum that is not of unit variants, or of roles that are not known, so that its uses are
    /// no further errors. Nobody is in its sets, and the checks of routes and views say nothing of such.
    pub(super) fn fallback(&self) -> TokenStream {
        let Self { input, roles: _, known: _ } = self;
        let private = path::private();
        let (ident, vis) = (&input.ident, &input.vis);
        let (generics, arguments, condition) = input.generics.split_for_impl();
        let predicates = condition.map(|condition| &condition.predicates);
        let table = quote!(&#private::RoleTable {
            type_name: ::core::concat!(::core::module_path!(), "::", ::core::stringify!(#ident)),
            fingerprint: 0,
            roles: &[],
        });
        quote! {
            #[allow(dead_code)]
            impl #generics #ident #arguments #condition {
                #[doc(hidden)]
                #vis const fn holders(self) -> #private::RoleSet {
                    // What is in it may have a destructor, which a constant does not run.
                    ::core::mem::forget(self);
                    #private::RoleSet::new(0, #table)
                }
                #[doc(hidden)]
                #vis const fn name(&self) -> &'static ::core::primitive::str { "" }
                #[doc(hidden)]
                #vis fn named(_: &::core::primitive::str) -> ::core::option::Option<Self> {
                    ::core::option::Option::None
                }
            }
            #[automatically_derived]
            impl #generics #private::Roles for #ident #arguments
            where
                Self: ::core::marker::Send + ::core::marker::Sync + 'static,
                #predicates
            {
                const TABLE: &'static #private::RoleTable = #table;
                const ALL: &'static [Self] = &[];
                fn index(self) -> ::core::primitive::usize { 0 }
            }
        }
    }
}
