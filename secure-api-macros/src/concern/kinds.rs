//! `kinds = [FileKind::Png, …]`: the kinds of files that the bytes of a route's body are of.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::Expr;

use super::rules::{are_known, lent};
use crate::{diag::Diagnostics, key::Key, message};

/// The kinds of files as they were proved.
pub(crate) struct FileKinds {
    pub(crate) span: Span,
    list: Expr,
}

/// Reads the kinds; one that is not there, and `accepts` beside them, is reported.
pub(crate) fn parse(key: &Key, accepts: Option<&Key>, diag: &mut Diagnostics) -> Option<FileKinds> {
    let list = key.expr(diag)?.clone();
    if let Some(accepts) = accepts {
        let text = "`accepts` and `kinds` both say which bytes a route takes";
        let help = "remove `accepts`: the media types are those of the kinds";
        diag.report(accepts.span(), &message::GRAMMAR, &[text, help]);
        return None;
    }
    are_known(&list, diag).then(|| FileKinds { span: key.span(), list })
}

impl FileKinds {
    /// Expands the list, with the media types of its kinds. `__p` is in scope.
    pub(crate) fn expand(&self) -> TokenStream {
        let list = lent(&self.list);
        quote!({
            const KINDS: &[__p::FileKind] = #list;
            const TYPES: [&'static ::core::primitive::str; KINDS.len()] = __p::media_types_of(KINDS);
            ::core::option::Option::Some(__p::BodyKinds { kinds: KINDS, media_types: &TYPES })
        })
    }
}
