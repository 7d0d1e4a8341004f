//! `by = Bearer`, `by = [Bearer, ApiKey]` and `by = all(Bearer, ApiKey)`: the credentials that callers prove themselves with.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::{Expr, spanned::Spanned};

use crate::{
    diag::Diagnostics,
    key::Key,
    message,
    source::{self, objects},
};

/// Kinds of credentials: one of them is enough, or all are demanded together.
pub(crate) struct By {
    all: bool,
    kinds: Vec<Expr>,
}

/// Reads them; what names no type, and a kind that comes twice, are reported.
pub(crate) fn parse(key: &Key, diag: &mut Diagnostics) -> Option<By> {
    let expr = key.expr(diag)?;
    let (all, kinds): (bool, Vec<Expr>) = match expr {
        Expr::Array(array) => (false, array.elems.iter().cloned().collect()),
        Expr::Call(call) if matches!(&*call.func, Expr::Path(path) if path.path.is_ident("all")) => {
            (true, call.args.iter().cloned().collect())
        }
        one => (false, vec![one.clone()]),
    };
    if kinds.is_empty() {
        let help = "name a kind, as `by = Bearer`, or leave the key out";
        diag.report_on(expr, &message::GRAMMAR, &["an empty list admits no credentials", help]);
        return None;
    }
    let mut seen: Vec<String> = Vec::new();
    let mut sound = true;
    for kind in &kinds {
        let text = kind.to_token_stream().to_string();
        if !matches!(kind, Expr::Path(_)) {
            let help = match (meant(kind), kinds.len()) {
                (Some(name), 1) if !all => format!("write `by = {name}`"),
                (Some(name), _) => format!("write `{name}`"),
                (None, _) => "name types, as `by = [Bearer, Badge]`".to_owned(),
            };
            diag.report_on(kind, &message::GRAMMAR, &["a kind of credentials is a type", &help]);
            sound = false;
        } else if let Expr::Path(path) = kind
            && let Some(known) = known_by(&path.path)
        {
            let help = format!("write `{known}`, the kind of credentials that this source knows");
            diag.report_with(kind, &message::NOT_CREDENTIAL, &[&text], &help);
            sound = false;
        } else if seen.contains(&text) {
            diag.report_on(kind, &message::REPEATED_KEY, &[&text]);
            sound = false;
        }
        seen.push(text);
    }
    sound.then_some(By { all, kinds })
}

/// Returns the kind of credentials that a source knows, where one is named in the place of its kind: one of the file, or what the
/// framework has. Without its store's type `ApiKeys` would be an error of the language, which does not say what is meant.
fn known_by(path: &syn::Path) -> Option<String> {
    /// Types about credentials that are no kinds of them: name, module, and the kind.
    const OURS: &[(&str, &str, &str)] = &[
        ("ApiKeys", "api_key", "ApiKey"),
        ("ApiKeyList", "api_key", "ApiKey"),
        ("Certificates", "client_certificate", "Certificate"),
        ("Issuer", "token", "Bearer"),
        ("OpenSessions", "session", "Session"),
        ("Sessions", "session", "Session"),
        ("Tokens", "sign_in", "Bearer"),
    ];
    if let Some(known) = path.get_ident().and_then(objects::kind_of) {
        return Some(known);
    }
    let name = &path.segments.last()?.ident;
    let (_, module, kind) = OURS.iter().find(|(own, ..)| name == own)?;
    let of_prelude = path.get_ident().is_some_and(|name| !source::may_be_own(name));
    (of_prelude || source::is_path_of(path, &[module, "prelude"])).then(|| (*kind).to_owned())
}

/// Returns the type that a text is about, as `ApiKey` of `"api-key"`: one of the framework's, or of the file. Of another text nobody
/// knows: a kind that is guessed may admit callers that are not meant.
fn meant(kind: &Expr) -> Option<String> {
    /// Words for a kind, each with its type.
    const KINDS: &[(&str, &str)] = &[
        ("bearer", "Bearer"),
        ("token", "Bearer"),
        ("jwt", "Bearer"),
        ("oauth", "Bearer"),
        ("oauth2", "Bearer"),
        ("dpop", "Dpop"),
        ("certificate", "Certificate"),
        ("mtls", "Certificate"),
        ("apikey", "ApiKey"),
        ("session", "Session"),
        ("cookie", "Session"),
    ];
    let text = match kind {
        Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => text.value(),
        other => other.to_token_stream().to_string(),
    };
    let is_of_word = |letter: &char| letter.is_ascii_alphanumeric();
    let word: String = text.chars().filter(is_of_word).collect::<String>().to_ascii_lowercase();
    let known = KINDS.iter().find(|(known, _)| *known == word).map(|(_, ty)| (*ty).to_owned());
    known.or_else(|| source::type_like(&word))
}

impl By {
    /// Returns the kinds as `By` of the runtime. `__p` is in scope.
    pub(crate) fn expand(&self) -> TokenStream {
        let Self { all, kinds } = self;
        let kinds =
            kinds.iter().map(|kind| quote_spanned!(kind.span()=> <#kind as __p::Credential>::KIND));
        let kinds = quote!(&[#(#kinds),*]);
        if *all { quote!(__p::By::AllOf(#kinds)) } else { quote!(__p::By::AnyOf(#kinds)) }
    }
}
