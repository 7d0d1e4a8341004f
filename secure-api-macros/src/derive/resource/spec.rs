//! What was written above a resource and on its fields.

use proc_macro2::{Ident, TokenStream};
use syn::{
    Attribute, Data, DeriveInput, Expr, ExprPath, Fields, Meta, Token, Type,
    ext::IdentExt,
    parse::{Parse, ParseStream, Parser},
    punctuated::Punctuated,
};

use crate::{
    diag::Diagnostics,
    key::{self, Key},
    message, path,
};

const VIEW_KEYS: &[&str] = &["role", "public", "extends", "fields"];

/// A resource as written.
pub(super) struct ResourceSpec<'a> {
    pub(super) input: &'a DeriveInput,
    pub(super) fields: Vec<FieldSpec<'a>>,
    pub(super) views: Vec<ViewSpec>,
}

/// A field of the entity.
pub(super) struct FieldSpec<'a> {
    pub(super) ident: &'a Ident,
    pub(super) ty: &'a Type,
    pub(super) description: String,
    /// The role below which no view may list it.
    pub(super) sensitive: Option<Expr>,
}

/// One `#[view(…)]`.
pub(super) struct ViewSpec {
    pub(super) ident: Ident,
    pub(super) role: Option<Key>,
    pub(super) public: Option<Key>,
    pub(super) extends: Option<Ident>,
    /// Nothing where no list is written.
    pub(super) fields: Option<Vec<Listed>>,
    /// It could not be read to its end: what is missing is no further mistake.
    pub(super) silent: bool,
}

/// A field in a view's list: `items`, `items as ItemView`, `total_cents = total`, `due = Order::due`, each with
/// `#[since(…)]` and `#[until(…)]` before it.
pub(super) struct Listed {
    pub(super) attributes: Vec<Attribute>,
    /// The name in JSON.
    pub(super) name: Ident,
    pub(super) source: Source,
    pub(super) shown_as: Option<Type>,
}

/// Where a value in a view comes from.
pub(super) enum Source {
    /// A field of the entity.
    Field(Ident),
    /// A function of the entity.
    Function(ExprPath),
}

impl Parse for Listed {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        let name = input.call(Ident::parse_any)?;
        let source = match input.parse::<Option<Token![=]>>()? {
            Some(_) => {
                let path: ExprPath = input.parse()?;
                match path.path.get_ident() {
                    Some(field) => Source::Field(field.clone()),
                    None => Source::Function(path),
                }
            }
            None => Source::Field(name.clone()),
        };
        let shown_as = match input.parse::<Option<Token![as]>>()? {
            Some(_) => Some(input.parse()?),
            None => None,
        };
        Ok(Self { attributes, name, source, shown_as })
    }
}

impl<'a> ResourceSpec<'a> {
    pub(super) fn read(input: &'a DeriveInput, diag: &mut Diagnostics) -> Self {
        let mut spec = Self { input, fields: Vec::new(), views: Vec::new() };
        let named = match &input.data {
            Data::Struct(data) => match &data.fields {
                Fields::Named(fields) => Some(&fields.named),
                Fields::Unnamed(_) | Fields::Unit => None,
            },
            Data::Enum(_) | Data::Union(_) => None,
        };
        let Some(named) = named else {
            let place = "a struct with named fields";
            diag.report(input.ident.span(), &message::WRONG_ITEM, &["#[derive(Resource)]", place]);
            // The views are there still, of nothing, so that what names them is no further mistake.
            for attribute in
                input.attrs.iter().filter(|attribute| attribute.path().is_ident("view"))
            {
                let view = view(attribute, diag);
                spec.views.extend(view.map(|view| ViewSpec { fields: Some(Vec::new()), ..view }));
            }
            return spec;
        };
        if let Some(parameter) = input.generics.params.first() {
            diag.report_on(
                parameter,
                &message::GRAMMAR,
                &["a resource has no generics", "write out the types it is for"],
            );
        }
        for field in named {
            let Some(ident) = &field.ident else { continue };
            spec.fields.push(FieldSpec {
                ident,
                ty: &field.ty,
                description: path::doc_comment(&field.attrs),
                sensitive: sensitive(&field.attrs, diag),
            });
        }
        for attribute in input.attrs.iter().filter(|attribute| attribute.path().is_ident("view")) {
            spec.views.extend(view(attribute, diag));
        }
        spec
    }
}

fn sensitive(attributes: &[Attribute], diag: &mut Diagnostics) -> Option<Expr> {
    let attribute = attributes.iter().find(|attribute| attribute.path().is_ident("sensitive"))?;
    match &attribute.meta {
        Meta::List(list) => {
            diag.take(syn::parse2(list.tokens.clone()), "write one role: `#[sensitive(Role::…)]`")
        }
        Meta::Path(_) | Meta::NameValue(_) => {
            let help = "write `#[sensitive(Role::…)]`, the lowest role that may see it";
            diag.report_on(attribute, &message::GRAMMAR, &["`sensitive` needs a role", help]);
            None
        }
    }
}

fn view(attribute: &Attribute, diag: &mut Diagnostics) -> Option<ViewSpec> {
    let Meta::List(list) = &attribute.meta else {
        let help = "write `#[view(OrderSummary, role = Role::…, fields(id))]`";
        diag.report_on(attribute, &message::GRAMMAR, &["`view` needs a name and fields", help]);
        return None;
    };
    let parser = |input: ParseStream<'_>| {
        let ident: Ident = input.parse()?;
        if input.peek(Token![=]) {
            let help = "write its name first: `#[view(OrderSummary, role = Role::…, fields(id))]`";
            return Err(syn::Error::new(
                ident.span(),
                message::GRAMMAR.render(&["a view needs a name", help]),
            ));
        }
        key::comma(input, diag);
        let (keys, complete) = key::parse_keys(input, diag);
        Ok((ident, keys, complete))
    };
    let parsed = parser.parse2(list.tokens.clone());
    let (ident, keys, complete) =
        diag.take(parsed, "write `#[view(OrderSummary, role = Role::…, fields(id))]`")?;
    let mut view = ViewSpec {
        ident,
        role: None,
        public: None,
        extends: None,
        fields: None,
        silent: !complete,
    };
    for key in key::known_once(keys, VIEW_KEYS, diag) {
        match key.name.to_string().as_str() {
            "role" => view.role = Some(key),
            "public" => view.public = Some(key),
            "extends" => view.extends = extends(&key, diag),
            _ => view.fields = Some(fields(key.list(diag), diag)),
        }
    }
    Some(view)
}

fn extends(key: &Key, diag: &mut Diagnostics) -> Option<Ident> {
    let expr = key.expr(diag)?;
    let name = match expr {
        Expr::Path(path) => path.path.get_ident().cloned(),
        _ => None,
    };
    if name.is_none() {
        let help = "write the name of a `#[view(…)]` of the same struct";
        diag.report_on(expr, &message::GRAMMAR, &["`extends` names a view of this resource", help]);
    }
    name
}

fn fields(list: Option<&TokenStream>, diag: &mut Diagnostics) -> Vec<Listed> {
    let Some(list) = list else { return Vec::new() };
    let parser = Punctuated::<Listed, Token![,]>::parse_terminated;
    let help = "write `fields(id, items as ItemView)`";
    diag.take(parser.parse2(list.clone()), help).into_iter().flatten().collect()
}
