//! Fields of an input: what is written above each, their table, the code that reads them, and their checks.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Expr, FieldsNamed, Index, Type, ext::IdentExt, spanned::Spanned};

use super::{
    name,
    named::is_named_like_a_value,
    rule::{rule_of_app, rules_of_app},
};
use crate::{
    concern::{
        allow::{Allowed, SecretCheck},
        role,
        rules::{self, RuleSet},
        secret,
    },
    diag::Diagnostics,
    keys, message, path,
    rename::Case,
};

/// The number of fields that fit in a set of bits.
const MOST: usize = 128;

/// One field as written.
pub(super) struct FieldLine<'a> {
    pub(super) ident: &'a Ident,
    pub(super) ty: &'a Type,
    /// The name in JSON.
    name: String,
    description: String,
    pub(super) rules: RuleSet,
    /// The rules of the app's own.
    pub(super) checks: Vec<Expr>,
    /// The question to its type, if it is named like a secret.
    secret: Option<SecretCheck>,
    allowed: Allowed,
    /// The roles whose callers may set it. `None` is everybody.
    setters: Option<Vec<Expr>>,
}

impl FieldLine<'_> {
    /// Returns the name and its place, if what it names are files.
    pub(super) fn file(&self) -> Option<(&str, Span)> {
        self.rules.is_of_file().then(|| (self.name.as_str(), self.ident.span()))
    }
}

/// Reads the fields of a struct or variant. `taken` is a name that none of them may have, and `case` writes their names.
pub(super) fn read<'a>(
    named: &'a FieldsNamed,
    taken: Option<&str>,
    case: Option<Case>,
    diag: &mut Diagnostics,
) -> Option<Vec<FieldLine<'a>>> {
    if let Some(field) = named.named.iter().nth(MOST) {
        diag.report_on(&field.ident, &message::INPUT_TOO_LARGE, &[]);
        return None;
    }
    let mut fields: Vec<FieldLine<'_>> = Vec::new();
    for field in &named.named {
        let Some(ident) = &field.ident else { continue };
        let (mut rules, mut allowed, mut checks) =
            (RuleSet::default(), Allowed::default(), Vec::new());
        let (mut setters, mut restricted) = (None, false);
        let own = ident.unraw().to_string();
        let (mut name, mut span) =
            (case.map_or(own.clone(), |case| case.field(&own)), ident.span());
        let mut is_stated = false;
        for key in rules.keys(&field.attrs, "input", keys::FIELD, &field.ty, diag) {
            if key.is("name") {
                if let Some(text) = key.text(diag) {
                    (name, span, is_stated) = (text.value(), text.span(), true);
                }
            } else if key.is("allow") {
                allowed.read(&key, diag);
            } else if key.is("key") {
                allowed.read_key(&key, diag);
            } else if key.is("role") {
                (setters, restricted) = (role::roles(&key, diag), true);
            } else if key.is("check") {
                checks.extend(rules_of_app(&key, diag));
            } else {
                rules.read(&key, diag);
            }
        }
        if !name::is_name(&name) {
            let better = name::near_to(&name, &own);
            let help = path::as_named("input", &better, is_stated);
            diag.report(span, &message::INPUT_NAME, &[&help]);
        } else if taken == Some(name.as_str()) || fields.iter().any(|other| other.name == name) {
            let others: Vec<_> = fields.iter().map(|other| other.name.clone()).collect();
            let better = path::free(&name, &name, &others).replace('-', "_");
            let help = path::as_named("input", &better, is_stated);
            diag.report(span, &message::INPUT_SAME_NAME, &[&name, &help]);
        }
        let is_secret = [&name, &own].iter().any(|name| secret::is_secret(name));
        let is_secret = is_secret || secret::is_named_secret(&field.ty);
        let secret = allowed.check(&name, is_secret, restricted, span, diag);
        let description = path::doc_comment(&field.attrs);
        fields.push(FieldLine {
            ident,
            ty: &field.ty,
            name,
            description,
            rules,
            checks,
            secret,
            allowed,
            setters,
        });
    }
    Some(fields)
}

/// Returns the table's rows.
pub(super) fn rows(input: &Ident, fields: &[FieldLine<'_>]) -> TokenStream {
    let private = path::private();
    let rows = fields.iter().map(|FieldLine { ty, name, description, rules, allowed, setters, .. }| {
        let rules = rules.expand_of(&format!("{}.{name}", input.unraw()));
        let allowed = allowed.expand();
        let setters = match setters {
            None => quote!(::core::option::Option::None),
            Some(roles) => {
                let (imports, set) = (path::imports(), role::expand_roles(roles));
                quote!({
                    #imports
                    ::core::option::Option::Some(#set)
                })
            }
        };
        quote!(#private::Field {
            name: #name, description: #description, rules: #rules, ty: <#ty as #private::Decode>::TYPE,
            allowed: #allowed, setters: #setters,
        })
    });
    quote!(&[#(#rows),*])
}

/// Expands the contents of the fields in `table`, from those of their types above `__D` levels. A field whose type has the
/// name of a value is not asked: the runtime sees that it is one.
pub(super) fn contents(fields: &[FieldLine<'_>], table: &TokenStream) -> TokenStream {
    let private = path::private();
    let types = fields.iter().map(|FieldLine { ty, .. }| {
        if is_named_like_a_value(ty) {
            return quote!(::core::option::Option::None);
        }
        // Under the whole type, where a type that cannot be read is told already.
        let (first, last) = rules::ends_of(ty);
        let private = path::private_at(first);
        let of_type = quote_spanned!(first=> <#ty as #private::Decode>::Contents<__D);
        let of_type = quote_spanned!(last=> #of_type>);
        let start = quote_spanned!(first=> <);
        let contents = quote_spanned!(last=> #start #of_type as #private::Contains>::CONTENTS);
        quote_spanned!(last=> ::core::option::Option::Some(#contents))
    });
    quote!(#private::Contents::of(#table, &[#(#types),*]))
}

/// Returns `true` if the types of all fields have names of values.
pub(super) fn is_flat(fields: &[FieldLine<'_>]) -> bool {
    fields.iter().all(|field| is_named_like_a_value(field.ty))
}

/// Expands the implementation that says what all forms of an input contain.
pub(super) fn nested(ident: &Ident, contents: &[TokenStream], sound: bool) -> TokenStream {
    let (private, name) = (path::private(), ident.unraw().to_string());
    // A value has all fields of one form, and of several one.
    let contents = match contents {
        [one] => one.clone(),
        forms => quote!(#private::Contents::NOTHING #(.and(#forms))*),
    };
    quote! {
        #[automatically_derived]
        impl<__D: #private::Depth> #private::Nested<__D> for #ident {
            const CONTENTS: #private::Contents = #contents.of_input(#name, #sound);
        }
    }
}

/// Statements that read `node` by the fields in `table` and leave `value`, made by `constructor`.
pub(super) fn decode(
    fields: &[FieldLine<'_>],
    table: &TokenStream,
    constructor: &TokenStream,
) -> TokenStream {
    let private = path::private();
    let places: Vec<_> = (0..fields.len()).map(Index::from).collect();
    let read: Vec<_> = places
        .iter()
        .map(|place| Ident::new(&format!("f{}", place.index), Span::mixed_site()))
        .collect();
    let slots = fields.iter().map(|_| quote!(::core::option::Option::None,));
    let arms = fields.iter().zip(&places).map(|(FieldLine { ty, checks, .. }, place)| {
        if checks.is_empty() {
            return quote!(#place => <#ty as #private::Decode>::fill(&mut slots.#place, node, rules, decoding),);
        }
        let held = checks.iter().map(|check| {
            let rule = rule_of_app(check, ty);
            quote!(.and_then(|value| decoding.hold(value, #rule)))
        });
        quote!(#place => {
            <#ty as #private::Decode>::fill(&mut slots.#place, node, rules, decoding);
            slots.#place = slots.#place.take() #(#held)*;
        })
    });
    let values = fields.iter().zip(&read);
    let values = values.map(|(FieldLine { ident, .. }, read)| quote!(#ident: #read,));
    let mutable = (!fields.is_empty()).then(|| quote!(mut));
    quote! {
        let #mutable slots = (#(#slots)*);
        #private::decode_fields(
            node,
            #table,
            decoding,
            &mut |index, node, rules, decoding| match index {
                #(#arms)*
                _ => {}
            },
        );
        let (#(::core::option::Option::Some(#read),)*) = slots else {
            return ::core::option::Option::None;
        };
        let value = #constructor { #(#values)* };
    }
}

/// Expands the arm that compares a struct or a variant of this name by its fields.
pub(super) fn identity(
    constructor: &TokenStream,
    name: &str,
    fields: &[FieldLine<'_>],
) -> TokenStream {
    let private = path::private();
    let idents: Vec<_> = fields.iter().map(|field| field.ident).collect();
    // As in `decode`, on the user's type: a type that cannot be read is one mistake.
    let identities = fields
        .iter()
        .map(|FieldLine { ident, ty, .. }| quote!(<#ty as #private::Decode>::identity(#ident)));
    quote! {
        #constructor { #(#idents),* } => #private::identity_of(&[
            ::core::option::Option::Some(<::std::string::String as ::core::convert::From<_>>::from(#name)),
            #(#identities),*
        ]),
    }
}

/// Expands the checks of the fields. The calls stand on the user's tokens.
///
/// A constant tells one mistake, so each field has one of its own. Fields whose rules fit by the names of their types, with
/// numbers that are literals, share one: each constant costs the compiler more than what is in it.
pub(super) fn checks(fields: &[FieldLine<'_>], table: &TokenStream) -> TokenStream {
    let variable = Ident::new("field", Span::mixed_site());
    let (mut shared, mut alone) = (TokenStream::new(), TokenStream::new());
    for (place, field) in fields.iter().enumerate() {
        let FieldLine { ident, ty, rules, secret, allowed, setters, .. } = field;
        let secret = secret.map(|check| {
            let (span, check) = match check {
                SecretCheck::Asked => (ident.span(), "check_secret"),
                SecretCheck::Allowed(span) => (span, "check_secret_allowed"),
            };
            let (private, check) = (path::private_at(span), Ident::new(check, span));
            quote_spanned!(span=> #private::#check(#variable);)
        });
        let active = allowed.active_content().map(|span| {
            let private = path::private_at(span);
            quote_spanned!(span=> #private::check_active(#variable);)
        });
        let key = allowed.key().map(|span| {
            let private = path::private_at(span);
            quote_spanned!(span=> #private::check_key_allowed(#variable);)
        });
        let check = if key.is_some() { "check_bounds" } else { "check_field" };
        let checks = rules.checks(&variable, ty, check);
        let settable = setters.as_ref().map(|_| {
            let private = path::private_at(ident.span());
            quote_spanned!(ident.span()=> #private::check_settable(#variable);)
        });
        let asked = quote!(#key #secret #settable #active);
        let is_shared = asked.is_empty() && rules.fit_by_name(ty);
        let checks = quote!(let #variable = &#table[#place]; #asked #checks);
        match is_shared {
            true => shared.extend(checks),
            false => alone.extend(quote!(const _: () = { #checks };)),
        }
    }
    let shared = (!shared.is_empty()).then(|| quote!(const _: () = { #shared };));
    quote!(#shared #alone)
}
