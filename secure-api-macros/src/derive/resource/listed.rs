//! The parser of the list in `#[view(…)]`: the members of the struct, or of each variant.

use proc_macro2::{Ident, Span, TokenStream};
use syn::{
    Attribute, ExprPath, Index, LitInt, LitStr, Member, Token, Type,
    ext::IdentExt,
    parse::{Parse, ParseStream, Parser},
    punctuated::Punctuated,
    token,
};

use super::untagged;
use crate::message;

/// The list of one view for the struct, or for a variant: `Card { last4 }`, with `#[cfg(…)]` before it.
pub(super) struct FormList {
    pub(super) attributes: Vec<Attribute>,
    pub(super) variant: Option<Ident>,
    /// `true` if braces are written, or none are needed.
    pub(super) braced: bool,
    /// The place of parentheses: the variant is the value in them.
    pub(super) value: Option<Span>,
    pub(super) fields: Vec<Listed>,
}

/// A field in a view's list: `items`, `items as ItemView`, `total_cents = total`, `"total-cents" = total`,
/// `due = Order::due`, `card = 0`, each with what holds of it before it.
pub(super) struct Listed {
    pub(super) attributes: Vec<Attribute>,
    /// The place of the name, and what it is called in generated code.
    pub(super) name: Ident,
    /// The name in JSON.
    pub(super) text: String,
    /// `true` if that was written for this view, so that `rename_all` says nothing of it.
    pub(super) is_own: bool,
    pub(super) source: Source,
    pub(super) shown_as: Option<Type>,
    /// `true` if it is no member, but the whole of its variant.
    pub(super) is_value: bool,
}

/// The source of a value in a view.
pub(super) enum Source {
    /// A field of the entity.
    Field(Member),
    /// A function of the entity.
    Function(ExprPath),
}

impl Parse for Listed {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        if input.peek(LitInt) {
            let place: LitInt = input.parse()?;
            let help = format!("write `name = {place}`");
            let text = "a field without a name needs one to leave under";
            return Err(syn::Error::new(place.span(), message::GRAMMAR.render(&[text, &help])));
        }
        let literal = if input.peek(LitStr) { Some(input.parse::<LitStr>()?) } else { None };
        let name = match &literal {
            Some(text) if !input.peek(Token![=]) => {
                let wrong = "a name in quotes needs the field that leaves under it";
                let help = format!("write `{:?} = field`", text.value());
                let wrong = message::GRAMMAR.render(&[wrong, &help]);
                return Err(syn::Error::new(text.span(), wrong));
            }
            Some(text) => stem(text),
            None => input.call(Ident::parse_any)?,
        };
        let text = literal.as_ref().map_or_else(|| name.unraw().to_string(), LitStr::value);
        let is_own = input.peek(Token![=]);
        let source = match input.parse::<Option<Token![=]>>()? {
            Some(_) if input.peek(LitInt) => {
                Source::Field(Member::Unnamed(input.parse::<Index>()?))
            }
            Some(_) => {
                let path: ExprPath = input.parse()?;
                match path.path.get_ident() {
                    Some(field) => Source::Field(Member::Named(field.clone())),
                    None => Source::Function(path),
                }
            }
            None => Source::Field(Member::Named(name.clone())),
        };
        let shown_as = match input.parse::<Option<Token![as]>>()? {
            Some(_) => Some(input.parse()?),
            None => None,
        };
        Ok(Self { attributes, name, text, is_own, source, shown_as, is_value: false })
    }
}

/// Returns what a name in quotes is called in generated code. No two names are called alike.
fn stem(text: &LitStr) -> Ident {
    let letter = |letter: char| match letter {
        'a'..='z' | 'A'..='Z' | '0'..='9' => letter.to_string(),
        other => format!("_{:x}_", u32::from(other)),
    };
    let letters: String = text.value().chars().map(letter).collect();
    Ident::new(&format!("name_{letters}"), text.span())
}

impl Parse for FormList {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        let variant: Ident = input.parse()?;
        if input.peek(token::Paren) {
            let (span, content);
            span = input.span();
            syn::parenthesized!(content in input);
            let content: TokenStream = content.parse()?;
            let value = untagged::value.parse2(content);
            let field = value.map(|(attributes, place, shown_as)| Listed {
                attributes,
                name: variant.clone(),
                text: variant.unraw().to_string(),
                is_own: true,
                source: Source::Field(Member::Unnamed(place)),
                shown_as,
                is_value: true,
            });
            let fields = field.into_iter().collect();
            let value = Some(span);
            return Ok(Self { attributes, variant: Some(variant), braced: true, value, fields });
        }
        let braced = input.peek(token::Brace);
        let mut fields = Vec::new();
        if braced {
            let content;
            syn::braced!(content in input);
            fields.extend(Punctuated::<Listed, Token![,]>::parse_terminated(&content)?);
        }
        Ok(Self { attributes, variant: Some(variant), braced, value: None, fields })
    }
}
