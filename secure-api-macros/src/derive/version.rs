//! `#[derive(Version)]`: the versions of an API, oldest first, with deprecation and sunset.

mod address_form;
mod ends;
mod fallback;
mod hash;
mod media_type;
mod name;
mod order;
mod place;

pub(crate) use fallback::stand_in;

use address_form::AddressForm;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::{Data, DeriveInput, LitStr};

use crate::{
    broken,
    concern::{
        brownout::Brownout,
        day::{self, Day},
    },
    diag::Diagnostics,
    key, keys, message, path,
};

pub(crate) fn expand(item: TokenStream) -> TokenStream {
    super::derive(item, "version", |input, diag| {
        let policy = VersionSpec::read(input, diag).check(diag);
        broken::note(&input.ident, !policy.is_plain());
        if policy.is_plain() && !super::repaired::is_repaired() {
            policy.expand()
        } else {
            policy.fallback()
        }
    })
}

/// The version enum as written.
struct VersionSpec<'a> {
    input: &'a DeriveInput,
    addresses: AddressForm,
    versions: Vec<VersionLine<'a>>,
}

/// One variant as written.
struct VersionLine<'a> {
    ident: &'a Ident,
    description: String,
    deprecated: Option<LitStr>,
    sunset: Option<LitStr>,
    migrate: Option<LitStr>,
    name: Option<LitStr>,
    preview: Option<Span>,
    /// Set for the version that a request means which states none.
    unstated: Option<Span>,
    brownouts: Vec<key::Key>,
    /// `true` if some of it could not be read: what is missing is then no further mistake.
    is_unread: bool,
}

/// The version enum as proved: days that exist, each sunset after its deprecation, distinct path segments, previews
/// last.
struct VersionPolicy<'a> {
    input: &'a DeriveInput,
    addresses: AddressForm,
    versions: Vec<Version<'a>>,
}

struct Version<'a> {
    ident: &'a Ident,
    description: String,
    segment: String,
    deprecated: Option<Day>,
    sunset: Option<Day>,
    migrate: Option<LitStr>,
    preview: bool,
    unstated: bool,
    brownouts: Vec<Brownout>,
}

impl<'a> VersionSpec<'a> {
    fn read(input: &'a DeriveInput, diag: &mut Diagnostics) -> Self {
        let Data::Enum(data) = &input.data else {
            diag.report(
                input.ident.span(),
                &message::WRONG_ITEM,
                &["#[derive(Version)]", "an enum"],
            );
            return Self { input, addresses: AddressForm::default(), versions: Vec::new() };
        };
        if let Some(parameter) = input.generics.params.first() {
            diag.report_on(
                parameter,
                &message::GRAMMAR,
                &["a version enum has no generics", "remove them"],
            );
        }
        if data.variants.is_empty() {
            diag.report(input.ident.span(), &message::VERSION_NONE, &[&input.ident.to_string()]);
        }
        let mut versions = Vec::new();
        for variant in &data.variants {
            if !matches!(variant.fields, syn::Fields::Unit) {
                let help = "write the variant's name alone";
                diag.report_on(
                    &variant.fields,
                    &message::GRAMMAR,
                    &["a version has no fields", help],
                );
            }
            let mut line = VersionLine {
                ident: &variant.ident,
                description: path::doc_comment(&variant.attrs),
                deprecated: None,
                sunset: None,
                migrate: None,
                name: None,
                preview: None,
                unstated: None,
                brownouts: Vec::new(),
                is_unread: false,
            };
            let before = diag.count();
            let written = key::written_keys(&variant.attrs, "version", diag);
            let (brownouts, written): (Vec<_>, _) =
                written.into_iter().partition(|key| key.is("brownout"));
            line.brownouts = brownouts;
            for key in key::known_once(written, keys::VERSION, diag) {
                if key.is("preview") {
                    line.preview = key.flag(diag).then(|| key.span());
                    continue;
                }
                if key.is("unstated") {
                    line.unstated = key.flag(diag).then(|| key.span());
                    continue;
                }
                let text = key.text(diag);
                match key.name.to_string().as_str() {
                    "deprecated" => line.deprecated = text,
                    "sunset" => line.sunset = text,
                    "migrate" => line.migrate = text,
                    "name" => line.name = text,
                    _ => {}
                }
            }
            line.is_unread = diag.count() > before;
            versions.push(line);
        }
        let addresses = AddressForm::read(&input.attrs, diag);
        Self { input, addresses, versions }
    }

    fn check(mut self, diag: &mut Diagnostics) -> VersionPolicy<'a> {
        let mut versions: Vec<Version<'a>> = Vec::new();
        order::sort(&mut self.versions, diag);
        self.addresses.check(&self.versions, diag);
        let idents: Vec<Ident> = self.versions.iter().map(|line| line.ident.clone()).collect();
        for line in self.versions {
            let ends = ends::check(&line, diag);
            let VersionLine {
                ident,
                description,
                deprecated: _,
                sunset: _,
                migrate,
                name,
                preview,
                unstated,
                brownouts: _,
                is_unread: _,
            } = line;
            if preview.is_none()
                && let Some(before) = versions.last().filter(|before| before.preview)
            {
                diag.report(
                    ident.span(),
                    &message::PREVIEW_FIRST,
                    &[&ident.to_string(), &before.ident.to_string(), &ident.to_string()],
                );
            }
            if let Some(url) = &migrate {
                let text = url.value();
                let plain =
                    text.bytes().all(|byte| byte.is_ascii_graphic() && !b"<>\"\\".contains(&byte));
                if !plain || !text.starts_with("https://") {
                    let help = "write `migrate = \"https://…\"`";
                    diag.report(
                        url.span(),
                        &message::GRAMMAR,
                        &["`migrate` is the https URL of a page", help],
                    );
                }
            }
            let segment = name::checked(ident, name.as_ref(), diag);
            if versions.iter().any(|other| other.segment.eq_ignore_ascii_case(&segment)) {
                let free = order::free(ident, &idents);
                let span = name.as_ref().map_or(ident.span(), LitStr::span);
                diag.report(span, &message::VERSION_SAME_SEGMENT, &[&segment, &free]);
            }
            versions.push(Version {
                ident,
                description,
                segment,
                deprecated: ends.deprecated,
                sunset: ends.sunset,
                migrate,
                preview: preview.is_some(),
                unstated: unstated.is_some(),
                brownouts: ends.brownouts,
            });
        }
        VersionPolicy { input: self.input, addresses: self.addresses, versions }
    }
}

impl VersionPolicy<'_> {
    fn expand(&self) -> TokenStream {
        let Self { input, addresses, versions } = self;
        let private = path::private();
        let unstated = versions.iter().position(|version| version.unstated);
        let names: Vec<&str> = versions.iter().map(|version| &*version.segment).collect();
        let addresses = addresses.expand((&names, unstated), &private);
        let (ident, vis) = (&input.ident, &input.vis);
        let rows = versions.iter().map(|version| {
            let Version {
                ident,
                description,
                segment,
                deprecated,
                sunset,
                migrate,
                preview,
                unstated: _,
                brownouts,
            } = version;
            let variant = ident.to_string();
            let deprecated = day::expand(*deprecated);
            let sunset = day::expand(*sunset);
            let migrate = match migrate {
                Some(url) => quote!(::core::option::Option::Some(#url)),
                None => quote!(::core::option::Option::None),
            };
            let brownouts = Brownout::expand(brownouts);
            quote!(#private::VersionInfo {
                variant: #variant, segment: #segment, description: #description,
                deprecated: #deprecated, sunset: #sunset, migrate: #migrate, preview: #preview,
                brownouts: #brownouts,
            })
        });
        let fingerprint = self.fingerprint();
        let variants = versions.iter().map(|version| version.ident);
        let arms = versions.iter().enumerate().map(|(index, version)| {
            let variant = version.ident;
            let index = u8::try_from(index).unwrap_or(u8::MAX);
            quote!(Self::#variant => #index,)
        });
        let body = quote!(match self { #(#arms)* });
        quote! {
            impl #ident {
                /// Returns this version as a value that is compared in constants.
                #vis const fn point(self) -> #private::VersionPoint {
                    let index: ::core::primitive::u8 = #body;
                    #private::VersionPoint { index, table: <Self as #private::Versions>::TABLE }
                }
            }
            #[automatically_derived]
            impl #private::Versions for #ident {
                const TABLE: &'static #private::VersionTable = &#private::VersionTable {
                    type_name: ::core::concat!(::core::module_path!(), "::", ::core::stringify!(#ident)),
                    fingerprint: #fingerprint,
                    addresses: #addresses,
                    versions: &[#(#rows),*],
                };
                const ALL: &'static [Self] = &[#(Self::#variants),*];
                fn index(self) -> ::core::primitive::usize {
                    self.point().index as ::core::primitive::usize
                }
            }
        }
    }

    /// Returns `true` if this is an enum of unit variants, with or without other mistakes.
    fn is_plain(&self) -> bool {
        let Self { input, addresses: _, versions } = self;
        let Data::Enum(data) = &input.data else { return false };
        let unit = |variant: &syn::Variant| matches!(variant.fields, syn::Fields::Unit);
        !versions.is_empty() && input.generics.params.is_empty() && data.variants.iter().all(unit)
    }
}
