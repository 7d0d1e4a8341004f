//! `#[derive(Role)]`: roles and their hierarchy, folded into sets of bits.

mod expand;
mod hierarchy;

use proc_macro2::{Ident, Span, TokenStream};
use syn::{Data, DeriveInput, LitStr};

use crate::{broken, diag::Diagnostics, key, keys, message, path};

/// The number of roles that fit in a set of bits.
const MOST: usize = 128;

pub(crate) fn expand(item: TokenStream) -> TokenStream {
    super::derive(item, "role", |input, diag| {
        let policy = RoleSpec::read(input, diag).check(diag);
        broken::note(&input.ident, !policy.is_plain());
        if policy.is_plain() && policy.known && !super::repaired::is_repaired() {
            policy.expand()
        } else {
            policy.fallback()
        }
    })
}

/// Expands what stands in for the derive where it is missing: of roles without a hierarchy nobody knows who has which.
pub(crate) fn stand_in(input: &DeriveInput) -> TokenStream {
    broken::note(&input.ident, false);
    RolePolicy { input, roles: Vec::new(), known: false }.fallback()
}

/// The role enum as written.
struct RoleSpec<'a> {
    input: &'a DeriveInput,
    roles: Vec<RoleLine<'a>>,
}

/// One variant as written.
struct RoleLine<'a> {
    ident: &'a Ident,
    description: String,
    name: Option<LitStr>,
    includes: Vec<Ident>,
}

/// The role enum as proved: an acyclic hierarchy of distinct names, its closure computed.
struct RolePolicy<'a> {
    input: &'a DeriveInput,
    roles: Vec<Role<'a>>,
    /// `false` if some role includes what is none and is near to none, or itself, so that nobody knows who holds which.
    known: bool,
}

struct Role<'a> {
    ident: &'a Ident,
    description: String,
    name: String,
    /// Itself and all it includes, however deep.
    includes: u128,
    /// Itself and all that include it, however deep.
    holders: u128,
}

impl<'a> RoleSpec<'a> {
    fn read(input: &'a DeriveInput, diag: &mut Diagnostics) -> Self {
        let Data::Enum(data) = &input.data else {
            diag.report(input.ident.span(), &message::WRONG_ITEM, &["#[derive(Role)]", "an enum"]);
            return Self { input, roles: Vec::new() };
        };
        if let Some(parameter) = input.generics.params.first() {
            diag.report_on(
                parameter,
                &message::GRAMMAR,
                &["a role enum has no generics", "remove them"],
            );
        }
        if data.variants.is_empty() {
            diag.report(input.ident.span(), &message::ROLE_NONE, &[&input.ident.to_string()]);
        }
        if let Some(variant) = data.variants.iter().nth(MOST) {
            diag.report(variant.ident.span(), &message::ROLE_TOO_MANY, &[]);
        }
        let mut roles = Vec::new();
        for variant in data.variants.iter().take(MOST) {
            if !matches!(variant.fields, syn::Fields::Unit) {
                let help = "write the variant's name alone";
                diag.report_on(&variant.fields, &message::GRAMMAR, &["a role has no fields", help]);
            }
            let mut line = RoleLine {
                ident: &variant.ident,
                description: path::doc_comment(&variant.attrs),
                name: None,
                includes: Vec::new(),
            };
            let keys = key::helper_keys(&variant.attrs, "role", keys::ROLE, diag);
            for key in &keys {
                match key.name.to_string().as_str() {
                    "name" => line.name = key.text(diag),
                    _ => line.includes = key.names(diag),
                }
            }
            roles.push(line);
        }
        Self { input, roles }
    }

    fn check(self, diag: &mut Diagnostics) -> RolePolicy<'a> {
        let idents: Vec<_> = self.roles.iter().map(|role| role.ident.to_string()).collect();
        let known: Vec<_> = idents.iter().map(String::as_str).collect();
        let mut direct = vec![0_u128; known.len()];
        let mut is_known = true;
        for (index, role) in self.roles.iter().enumerate() {
            for included in &role.includes {
                match known.iter().position(|name| included == name) {
                    Some(other) => direct[index] |= 1 << other,
                    None => {
                        let help = key::nearest(&included.to_string(), &known);
                        diag.report(
                            included.span(),
                            &message::ROLE_UNKNOWN,
                            &[&included.to_string(), &help],
                        );
                        // What was meant is included all the same, so that nobody is told that it is not.
                        let meant = key::meant(&included.to_string(), &known);
                        match known.iter().position(|name| meant == Some(*name)) {
                            Some(other) => direct[index] |= 1 << other,
                            None => is_known = false,
                        }
                    }
                }
            }
        }
        let includes = hierarchy::closure(&direct);
        for (index, role) in self.roles.iter().enumerate() {
            // One cycle is one mistake: it is reported on the first of its roles, at what leads back.
            let on_cycle = |other: usize| includes[other] & 1 << index != 0;
            let first =
                (0..index).all(|other| includes[index] & 1 << other == 0 || !on_cycle(other));
            let back = role.includes.iter().find(|included| {
                known.iter().position(|name| included == name).is_some_and(on_cycle)
            });
            if let (Some(back), true) = (back, first) {
                // Of roles in a circle everybody has all: what follows from that is no further mistake.
                is_known = false;
                let way = hierarchy::cycle(index, &direct, &known);
                diag.report(back.span(), &message::ROLE_CYCLE, &[&way]);
            }
        }
        let mut names: Vec<String> = Vec::new();
        let named = path::as_named;
        for role in &self.roles {
            let (name, span): (String, Span) = match &role.name {
                Some(name) => (name.value(), name.span()),
                None => (path::kebab_case(&role.ident.to_string()), role.ident.span()),
            };
            // A role name becomes an OAuth scope, whose characters RFC 6749 (section 3.3) lists.
            let scope_token = |byte: u8| byte.is_ascii_graphic() && byte != b'"' && byte != b'\\';
            if name.is_empty() || !name.bytes().all(scope_token) {
                let better = path::joined(
                    &name,
                    |letter| scope_token(letter as u8) && letter.is_ascii(),
                    "-",
                );
                let better = match &*better {
                    "" => path::kebab_case(&role.ident.to_string()),
                    better => better.to_owned(),
                };
                let help = named("role", &better, role.name.is_some());
                diag.report(span, &message::ROLE_NAME, &[&help]);
            } else if names.contains(&name) {
                let better = path::free(&role.ident.to_string(), &name, &names);
                let help = named("role", &better, role.name.is_some());
                diag.report(span, &message::ROLE_SAME_NAME, &[&name, &help]);
            }
            names.push(name);
        }
        let roles = self.roles.into_iter().enumerate().zip(names);
        let roles = roles.map(|((index, role), name)| {
            let own = 1 << index;
            let holding = |other: &usize| includes[*other] & own != 0;
            let holders =
                (0..includes.len()).filter(holding).fold(own, |bits, other| bits | 1 << other);
            let RoleLine { ident, description, name: _, includes: _ } = role;
            Role { ident, description, name, includes: includes[index] | own, holders }
        });
        RolePolicy { input: self.input, roles: roles.collect(), known: is_known }
    }
}
