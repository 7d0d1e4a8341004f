//! `#[derive(Input)]`: a struct that a request carries, its fields in a table with their bounds.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Data, DeriveInput, Expr, Fields, Index, Type, ext::IdentExt, spanned::Spanned};

use crate::{
    concern::{
        allow::Allowed,
        rules::{self, RuleSet},
    },
    diag::Diagnostics,
    key, message, path,
};

/// As many fields as a set of bits holds.
const MOST: usize = 128;

pub(crate) fn expand(item: TokenStream) -> TokenStream {
    let input: DeriveInput = match syn::parse2(item) {
        Ok(input) => input,
        Err(error) => return error.into_compile_error(),
    };
    let mut diag = Diagnostics::new();
    let spec = InputSpec::read(&input, &mut diag);
    let sound = diag.is_empty();
    let errors = diag.finish();
    let code = match spec {
        Some(spec) => spec.expand(sound),
        None => fallback(&input),
    };
    quote!(#errors #code)
}

/// What was written. Its rules are complete in themselves; whether they fit the types is asked of the compiler.
struct InputSpec<'a> {
    input: &'a DeriveInput,
    fields: Vec<FieldLine<'a>>,
    /// The rules across fields.
    checks: Vec<Expr>,
}

/// One field as written.
struct FieldLine<'a> {
    ident: &'a Ident,
    ty: &'a Type,
    /// The name in JSON.
    name: String,
    description: String,
    rules: RuleSet,
    /// The rules of the app's own.
    checks: Vec<Expr>,
    /// Whether its name is that of a secret.
    secret: bool,
}

impl<'a> InputSpec<'a> {
    fn read(input: &'a DeriveInput, diag: &mut Diagnostics) -> Option<Self> {
        let Data::Struct(syn::DataStruct { fields: Fields::Named(named), .. }) = &input.data else {
            let place = "a struct with named fields";
            diag.report(input.ident.span(), &message::WRONG_ITEM, &["#[derive(Input)]", place]);
            return None;
        };
        if let Some(parameter) = input.generics.params.first() {
            let help = "write an input for each type it is used with";
            diag.report_on(parameter, &message::GRAMMAR, &["an input has no generics", help]);
        }
        let mut checks = Vec::new();
        for key in key::helper_keys(&input.attrs, "input", &["check"], diag) {
            checks.extend(rules_of_app(&key, diag));
        }
        if let Some(field) = named.named.iter().nth(MOST) {
            diag.report_on(&field.ident, &message::INPUT_TOO_LARGE, &[]);
            return None;
        }
        let mut fields: Vec<FieldLine<'_>> = Vec::new();
        let known = [rules::KEYS, &["name", "allow", "check"]].concat();
        for field in &named.named {
            let Some(ident) = &field.ident else { continue };
            let (mut rules, mut allowed, mut checks) =
                (RuleSet::default(), Allowed::default(), Vec::new());
            let (mut name, mut span) = (ident.unraw().to_string(), ident.span());
            for key in key::helper_keys(&field.attrs, "input", &known, diag) {
                if key.is("name") {
                    if let Some(text) = key.text(diag) {
                        (name, span) = (text.value(), text.span());
                    }
                } else if key.is("allow") {
                    allowed = Allowed::read(&key, diag);
                } else if key.is("check") {
                    checks.extend(rules_of_app(&key, diag));
                } else {
                    rules.read(&key, diag);
                }
            }
            let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
            if name.is_empty() || name.len() > 64 || !name.bytes().all(plain) {
                diag.report(span, &message::INPUT_NAME, &[]);
            } else if fields.iter().any(|other| other.name == name) {
                diag.report(span, &message::INPUT_SAME_NAME, &[&name]);
            }
            let secret = allowed.check(&name, span, diag);
            let description = path::doc_comment(&field.attrs);
            fields.push(FieldLine {
                ident,
                ty: &field.ty,
                name,
                description,
                rules,
                checks,
                secret,
            });
        }
        if input.generics.params.is_empty() { Some(Self { input, fields, checks }) } else { None }
    }

    /// The implementation and, where nothing is wrong so far, the checks on types and constants.
    fn expand(&self, sound: bool) -> TokenStream {
        let Self { input, fields, checks: across } = self;
        let private = path::private();
        let ident = &input.ident;
        let (name, description) = (ident.unraw().to_string(), path::doc_comment(&input.attrs));
        let rows = fields.iter().map(|FieldLine { ty, name, description, rules, .. }| {
            let rules = rules.expand();
            quote!(#private::Field {
                name: #name, description: #description, rules: #rules, ty: <#ty as #private::Decode>::TYPE,
            })
        });
        let places: Vec<_> = (0..fields.len()).map(Index::from).collect();
        let slots = fields.iter().map(|_| quote!(::core::option::Option::None,));
        let arms = fields.iter().zip(&places).map(|(FieldLine { ty, checks, .. }, place)| {
            let held = checks.iter().map(|check| {
                let rule = rule_of_app(check, ty);
                quote!(.and_then(|value| decoding.hold(value, #rule)))
            });
            quote!(#place => slots.#place = <#ty as #private::Decode>::decode(node, rules, decoding) #(#held)*,)
        });
        let held = across.iter().map(|check| {
            let rule = rule_of_app(check, ident);
            quote!(let value = decoding.hold(value, #rule)?;)
        });
        let values = fields.iter().zip(&places);
        let values = values.map(|(FieldLine { ident, .. }, place)| quote!(#ident: slots.#place?,));
        let checks = sound.then(|| self.checks());
        let mutable = (!fields.is_empty()).then(|| quote!(mut));
        quote! {
            #[automatically_derived]
            impl #private::Input for #ident {
                const NAME: &'static ::core::primitive::str = #name;
                const DESCRIPTION: &'static ::core::primitive::str = #description;
                const FIELDS: &'static [#private::Field] = &[#(#rows),*];
            }
            #[automatically_derived]
            impl #private::Decode for #ident {
                const TYPE: #private::TypeInfo =
                    #private::TypeInfo::object(|_| <Self as #private::Input>::input_shape());
                fn decode(
                    node: #private::Node<'_>,
                    _: &#private::Rules,
                    decoding: &mut #private::Decoding,
                ) -> ::core::option::Option<Self> {
                    let #mutable slots = (#(#slots)*);
                    #private::decode_fields(
                        node,
                        <Self as #private::Input>::FIELDS,
                        decoding,
                        &mut |index, node, rules, decoding| match index {
                            #(#arms)*
                            _ => {}
                        },
                    );
                    let value = Self { #(#values)* };
                    #(#held)*
                    ::core::option::Option::Some(value)
                }
            }
            #checks
        }
    }

    /// One constant for each field, so that each field's mistake is told. The calls stand on the user's tokens.
    fn checks(&self) -> TokenStream {
        let private = path::private();
        let ident = &self.input.ident;
        let constant = Ident::new("FIELD", proc_macro2::Span::call_site());
        let checks = self.fields.iter().enumerate().map(|(place, FieldLine { ident: field, ty, rules, secret, .. })| {
            let checks = rules.checks(&constant, ty);
            let secret = secret.then(|| {
                let private = path::private_at(field.span());
                quote_spanned!(field.span()=> #private::check_secret(#constant);)
            });
            quote! {
                const _: () = {
                    const #constant: &#private::Field = &<#ident as #private::Input>::FIELDS[#place];
                    #secret
                    #checks
                };
            }
        });
        checks.collect()
    }
}

/// The paths of `check = path`, or of `check = [path, path]`.
fn rules_of_app(key: &key::Key, diag: &mut Diagnostics) -> Vec<Expr> {
    match key.expr(diag) {
        Some(Expr::Array(array)) => array.elems.iter().cloned().collect(),
        Some(path) => vec![path.clone()],
        None => Vec::new(),
    }
}

/// A rule, said to be a function on the type: the compiler's own error on the path where it is another.
fn rule_of_app(check: &Expr, ty: &impl ToTokens) -> TokenStream {
    let private = path::private();
    quote_spanned!(check.span()=> {
        let rule: fn(&#ty) -> ::core::result::Result<(), #private::InvalidValue> = #check;
        rule
    })
}

/// Stands in for the implementation where the item is none that has one, so that its uses are no further
/// errors.
fn fallback(input: &DeriveInput) -> TokenStream {
    let private = path::private();
    let ident = &input.ident;
    let (generics, arguments, condition) = input.generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #generics #private::Input for #ident #arguments #condition {
            const NAME: &'static ::core::primitive::str = "";
            const DESCRIPTION: &'static ::core::primitive::str = "";
            const FIELDS: &'static [#private::Field] = &[];
        }
        #[automatically_derived]
        impl #generics #private::Decode for #ident #arguments #condition {
            const TYPE: #private::TypeInfo = #private::TypeInfo::object(|_| #private::Shape::Boolean);
            fn decode(
                _: #private::Node<'_>,
                _: &#private::Rules,
                _: &mut #private::Decoding,
            ) -> ::core::option::Option<Self> {
                ::core::option::Option::None
            }
        }
    }
}
