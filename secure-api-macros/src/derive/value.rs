//! `#[derive(Value)]`: a single value with bounds of its own, a newtype or an enum of names.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::{Data, DeriveInput, Fields, LitStr, Type, ext::IdentExt};

use crate::{
    concern::rules::{self, RuleSet},
    diag::Diagnostics,
    key, message, path,
};

pub(crate) fn expand(item: TokenStream) -> TokenStream {
    let input: DeriveInput = match syn::parse2(item) {
        Ok(input) => input,
        Err(error) => return error.into_compile_error(),
    };
    let mut diag = Diagnostics::new();
    let spec = ValueSpec::read(&input, &mut diag);
    let sound = diag.is_empty();
    let errors = diag.finish();
    let code = match spec {
        Some(spec) => spec.expand(sound),
        None => fallback(&input),
    };
    quote!(#errors #code)
}

/// What was written. Whether the bounds fit the wrapped type is asked of the compiler.
struct ValueSpec<'a> {
    input: &'a DeriveInput,
    unowned: Option<LitStr>,
    form: Form<'a>,
}

enum Form<'a> {
    Newtype { ty: &'a Type, rules: RuleSet },
    Choice(Vec<(&'a Ident, String)>),
}

impl<'a> ValueSpec<'a> {
    fn read(input: &'a DeriveInput, diag: &mut Diagnostics) -> Option<Self> {
        if let Some(parameter) = input.generics.params.first() {
            let help = "write a value for each type it is used with";
            diag.report_on(parameter, &message::GRAMMAR, &["a value has no generics", help]);
            return None;
        }
        match &input.data {
            Data::Struct(syn::DataStruct { fields: Fields::Unnamed(fields), .. })
                if fields.unnamed.len() == 1 =>
            {
                let known = [rules::SCALAR_KEYS, &["unowned"]].concat();
                let mut rules = RuleSet::default();
                let mut unowned = None;
                for key in key::helper_keys(&input.attrs, "value", &known, diag) {
                    if key.is("unowned") {
                        unowned = reason(&key, diag);
                    } else {
                        rules.read(&key, diag);
                    }
                }
                let ty = &fields.unnamed[0].ty;
                Some(Self { input, unowned, form: Form::Newtype { ty, rules } })
            }
            Data::Enum(data) => {
                let keys = key::helper_keys(&input.attrs, "value", &["unowned"], diag);
                let unowned = keys.first().and_then(|key| reason(key, diag));
                let names = read_names(input, data, diag)?;
                Some(Self { input, unowned, form: Form::Choice(names) })
            }
            Data::Struct(_) | Data::Union(_) => {
                let place = "a struct with one unnamed field, or an enum without fields";
                diag.report(input.ident.span(), &message::WRONG_ITEM, &["#[derive(Value)]", place]);
                None
            }
        }
    }

    fn expand(&self, sound: bool) -> TokenStream {
        let Self { input, unowned, form } = self;
        let private = path::private();
        let ident = &input.ident;
        let unowned = unowned.as_ref().map(|reason| {
            quote! {
                const UNOWNED: ::core::option::Option<&'static ::core::primitive::str> =
                    ::core::option::Option::Some(#reason);
            }
        });
        let code = match form {
            Form::Newtype { ty, rules } => newtype(input, ty, rules, unowned, sound),
            Form::Choice(names) => choice(input, names, unowned),
        };
        // The anonymous constant keeps the helpers from having names that others could use.
        quote! {
            const _: () = {
                #code
                #[automatically_derived]
                impl ::core::fmt::Display for #ident {
                    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                        #private::Leaf::write_text(self, f)
                    }
                }
                #[automatically_derived]
                impl ::core::str::FromStr for #ident {
                    type Err = #private::InvalidValue;
                    fn from_str(
                        text: &::core::primitive::str,
                    ) -> ::core::result::Result<Self, #private::InvalidValue> {
                        #private::Leaf::parse(text)
                    }
                }
            };
        }
    }
}

/// The reason of `unowned = "…"`; an empty one is reported.
fn reason(key: &key::Key, diag: &mut Diagnostics) -> Option<LitStr> {
    let reason = key.text(diag)?;
    if reason.value().trim().is_empty() {
        diag.report(reason.span(), &message::EMPTY_REASON, &["unowned", "unowned"]);
    }
    Some(reason)
}

fn read_names<'a>(
    input: &DeriveInput,
    data: &'a syn::DataEnum,
    diag: &mut Diagnostics,
) -> Option<Vec<(&'a Ident, String)>> {
    if data.variants.is_empty() {
        diag.report(input.ident.span(), &message::VALUE_NONE, &[&input.ident.to_string()]);
        return None;
    }
    let mut names: Vec<(&Ident, String)> = Vec::new();
    let mut plain = true;
    for variant in &data.variants {
        if !matches!(variant.fields, Fields::Unit) {
            let help = "write the variant's name alone";
            diag.report_on(&variant.fields, &message::GRAMMAR, &["a value has no fields", help]);
            plain = false;
        }
        let keys = key::helper_keys(&variant.attrs, "value", &["name"], diag);
        let written = keys.first().and_then(|key| key.text(diag));
        let (name, span): (String, Span) = match written {
            Some(name) => (name.value(), name.span()),
            None => (path::kebab_case(&variant.ident.unraw().to_string()), variant.ident.span()),
        };
        let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
        if name.is_empty() || !name.bytes().all(unreserved) {
            diag.report(span, &message::VALUE_NAME, &[]);
        } else if names.iter().any(|(_, other)| *other == name) {
            diag.report(span, &message::VALUE_SAME_NAME, &[&name]);
        }
        names.push((&variant.ident, name));
    }
    plain.then_some(names)
}

fn newtype(
    input: &DeriveInput,
    ty: &Type,
    rules: &RuleSet,
    unowned: Option<TokenStream>,
    sound: bool,
) -> TokenStream {
    let private = path::private();
    let (ident, vis) = (&input.ident, &input.vis);
    let name = ident.unraw().to_string();
    let constant = Ident::new("__FIELD", Span::call_site());
    let stated = rules.expand();
    let checks = sound.then(|| {
        let checks = rules.checks(&constant, ty);
        quote!(const _: () = { #checks };)
    });
    let leaf = quote!(<#ty as #private::Leaf>);
    let constructor = if rules.is_empty() {
        quote! {
            /// Wraps a value; any is one.
            #vis const fn new(value: #ty) -> Self {
                Self(value)
            }
        }
    } else {
        quote! {
            /// Wraps a value that is within bounds; text is cleaned first.
            ///
            /// # Errors
            ///
            /// Which bound it breaks.
            #vis fn new(value: #ty) -> ::core::result::Result<Self, #private::InvalidValue> {
                #leaf::admit(value, &#constant.rules).map(Self)
            }
        }
    };
    let parse = if rules.is_empty() {
        quote!(#leaf::parse(text).map(Self::new))
    } else {
        quote!(#leaf::parse_within(text, &#constant.rules).map(Self))
    };
    let (accessor, inner) = if is_one_of(ty, &["String"]) {
        let accessor = quote! {
            /// The text.
            #vis fn as_str(&self) -> &::core::primitive::str {
                ::core::convert::AsRef::as_ref(&self.0)
            }
        };
        (accessor, quote!(::core::fmt::Formatter::write_str(f, self.as_str())))
    } else if is_one_of(ty, COPIED) {
        let accessor = quote! {
            /// The value.
            #vis const fn get(&self) -> #ty {
                self.0
            }
        };
        (accessor, quote!(#leaf::write_text(&self.get(), f)))
    } else {
        let accessor = quote! {
            /// The value.
            #vis const fn get(&self) -> &#ty {
                &self.0
            }
        };
        (accessor, quote!(#leaf::write_text(self.get(), f)))
    };
    quote! {
        const #constant: &#private::Field = &#private::Field {
            name: #name, description: "", rules: #stated, ty: #leaf::KIND, allowed: &[],
        };
        #checks
        impl #ident {
            #constructor
            #accessor
        }
        #[automatically_derived]
        impl #private::Decode for #ident {
            const TYPE: #private::TypeInfo =
                #private::TypeInfo::bounded(|_| (#constant.ty.shape)(&#constant.rules));
            fn decode(
                node: #private::Node<'_>,
                _: &#private::Rules,
                decoding: &mut #private::Decoding,
            ) -> ::core::option::Option<Self> {
                #leaf::read(node, &#constant.rules, decoding).map(Self)
            }
        }
        #[automatically_derived]
        impl #private::Leaf for #ident {
            #unowned
            fn parse(
                text: &::core::primitive::str,
            ) -> ::core::result::Result<Self, #private::InvalidValue> {
                #parse
            }
            fn write_text(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                #inner
            }
            fn serialize<S: #private::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                #leaf::serialize(&self.0, serializer)
            }
        }
    }
}

/// Types whose values an accessor hands out; it lends others, as those written by an alias.
const COPIED: &[&str] = &[
    "bool",
    "u8",
    "u16",
    "u32",
    "u64",
    "i8",
    "i16",
    "i32",
    "i64",
    "f32",
    "f64",
    "Uuid",
    "Timestamp",
    "Date",
];

/// Whether the type is written by one of these names, in whatever module.
fn is_one_of(ty: &Type, names: &[&str]) -> bool {
    let Type::Path(path) = ty else { return false };
    path.path.segments.last().is_some_and(|last| names.iter().any(|name| last.ident == name))
}

fn choice(
    input: &DeriveInput,
    names: &[(&Ident, String)],
    unowned: Option<TokenStream>,
) -> TokenStream {
    let private = path::private();
    let (ident, vis) = (&input.ident, &input.vis);
    let texts: Vec<_> = names.iter().map(|(_, name)| name).collect();
    let variants: Vec<_> = names.iter().map(|(variant, _)| variant).collect();
    let places = 0..names.len();
    quote! {
        const __NAMES: &[&::core::primitive::str] = &[#(#texts),*];
        fn __at(place: ::core::primitive::usize) -> ::core::option::Option<#ident> {
            match place {
                #(#places => ::core::option::Option::Some(#ident::#variants),)*
                _ => ::core::option::Option::None,
            }
        }
        impl #ident {
            /// The name in paths, queries and JSON.
            #vis const fn as_str(&self) -> &'static ::core::primitive::str {
                match self { #(Self::#variants => #texts,)* }
            }
        }
        #[automatically_derived]
        impl #private::Decode for #ident {
            const TYPE: #private::TypeInfo =
                #private::TypeInfo::bounded(|_| #private::Shape::Choice(__NAMES));
            fn decode(
                node: #private::Node<'_>,
                _: &#private::Rules,
                decoding: &mut #private::Decoding,
            ) -> ::core::option::Option<Self> {
                #private::decode_choice(&node, __NAMES, __at, decoding)
            }
        }
        #[automatically_derived]
        impl #private::Leaf for #ident {
            #unowned
            fn parse(
                text: &::core::primitive::str,
            ) -> ::core::result::Result<Self, #private::InvalidValue> {
                #private::parse_choice(text, __NAMES, __at)
            }
            fn write_text(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Formatter::write_str(f, self.as_str())
            }
            fn serialize<S: #private::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                #private::Serializer::serialize_str(serializer, self.as_str())
            }
        }
    }
}

/// Stands in for the implementation where the item is none that has one, so that its uses are no further
/// errors.
fn fallback(input: &DeriveInput) -> TokenStream {
    let private = path::private();
    let ident = &input.ident;
    let (generics, arguments, condition) = input.generics.split_for_impl();
    let predicates = condition.map(|condition| &condition.predicates);
    quote! {
        #[automatically_derived]
        impl #generics #private::Decode for #ident #arguments #condition {
            const TYPE: #private::TypeInfo = #private::TypeInfo::bounded(|_| #private::Shape::Boolean);
            fn decode(
                _: #private::Node<'_>,
                _: &#private::Rules,
                _: &mut #private::Decoding,
            ) -> ::core::option::Option<Self> {
                ::core::option::Option::None
            }
        }
        #[automatically_derived]
        impl #generics #private::Leaf for #ident #arguments #condition
        where
            Self: ::core::marker::Send + ::core::marker::Sync + 'static,
            #predicates
        {
            fn parse(
                text: &::core::primitive::str,
            ) -> ::core::result::Result<Self, #private::InvalidValue> {
                #private::parse_choice(text, &[], |_| ::core::option::Option::None)
            }
            fn write_text(&self, _: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::result::Result::Ok(())
            }
            fn serialize<S: #private::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                #private::Serializer::serialize_unit(serializer)
            }
        }
    }
}
