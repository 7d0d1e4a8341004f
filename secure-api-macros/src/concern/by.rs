//! `by = Bearer`, `by = any(Bearer, ApiKey)`, also written as a list, `by = all(Bearer, ApiKey)` and
//! `by = any(Bearer, all(ApiKey, Certificate))`: the credentials that callers prove themselves with.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::{Expr, spanned::Spanned};

use crate::{
    diag::Diagnostics,
    key::Key,
    message,
    source::{self, objects},
};

/// Kinds of credentials: the alternatives, any of which is enough, each the kinds that are demanded together.
pub(crate) struct By {
    sets: Vec<Vec<Expr>>,
}

/// Reads them; what names no type, a kind that comes twice, and an alternative that is never needed are reported.
pub(crate) fn parse(key: &Key, diag: &mut Diagnostics) -> Option<By> {
    let expr = key.expr(diag)?;
    let alternatives: Vec<&Expr> = match (expr, called(expr, "any")) {
        (Expr::Array(array), _) => array.elems.iter().collect(),
        (_, Some(all)) => all,
        (one, None) => vec![one],
    };
    let sets: Vec<Vec<&Expr>> =
        alternatives.iter().map(|one| called(one, "all").unwrap_or_else(|| vec![one])).collect();
    if sets.is_empty() || sets.iter().any(Vec::is_empty) {
        let help = "name a kind, as `by = Bearer`, or leave the key out";
        diag.report_on(expr, &message::GRAMMAR, &["an empty list admits no credentials", help]);
        return None;
    }
    let is_alone = matches!(&sets[..], [set] if set.len() == 1 && std::ptr::eq(set[0], expr));
    let mut sound = true;
    for kinds in &sets {
        let mut seen: Vec<String> = Vec::new();
        for kind in kinds {
            sound &= is_kind(kind, is_alone, &seen, diag);
            seen.push(text_of(kind));
        }
    }
    sound = sound && are_needed(&alternatives, &sets, diag);
    let owned = |kinds: Vec<&Expr>| kinds.into_iter().cloned().collect();
    sound.then(|| By { sets: sets.into_iter().map(owned).collect() })
}

/// Returns the arguments of a call of this word, where an expression is one.
fn called<'e>(expr: &'e Expr, word: &str) -> Option<Vec<&'e Expr>> {
    match expr {
        Expr::Call(call) if matches!(&*call.func, Expr::Path(path) if path.path.is_ident(word)) => {
            Some(call.args.iter().collect())
        }
        _ => None,
    }
}

fn text_of(kind: &Expr) -> String {
    kind.to_token_stream().to_string()
}

/// Reports what names no kind, or one that was named before, by the texts of those.
fn is_kind(kind: &Expr, is_alone: bool, seen: &[String], diag: &mut Diagnostics) -> bool {
    let text = text_of(kind);
    if !matches!(kind, Expr::Path(_)) {
        let help = match meant(kind) {
            Some(name) if is_alone => format!("write `by = {name}`"),
            Some(name) => format!("write `{name}`"),
            None => "name types, as `by = [Bearer, Badge]`".to_owned(),
        };
        diag.report_on(kind, &message::GRAMMAR, &["a kind of credentials is a type", &help]);
    } else if let Expr::Path(path) = kind
        && let Some(known) = known_by(&path.path)
    {
        let help = format!("write `{known}`, the kind of credentials that this source knows");
        diag.report_with(kind, &message::NOT_CREDENTIAL, &[&text], &help);
    } else if seen.contains(&text) {
        diag.report_on(kind, &message::REPEATED_KEY, &[&text]);
    } else {
        return true;
    }
    false
}

/// Reports alternatives that ask for all that another one asks for: whoever has that is admitted by the other.
fn are_needed(alternatives: &[&Expr], sets: &[Vec<&Expr>], diag: &mut Diagnostics) -> bool {
    let texts: Vec<Vec<String>> =
        sets.iter().map(|set| set.iter().map(|kind| text_of(kind)).collect()).collect();
    let mut sound = true;
    for (place, (one, kinds)) in alternatives.iter().zip(&texts).enumerate() {
        let less = |(other, theirs): &(usize, &Vec<String>)| {
            let is_within = theirs.iter().all(|kind| kinds.contains(kind));
            *other != place && is_within && (theirs.len() < kinds.len() || *other < place)
        };
        let Some((_, theirs)) = texts.iter().enumerate().find(less) else { continue };
        sound = false;
        if let ([kind], [_]) = (&kinds[..], &theirs[..]) {
            diag.report_on(one, &message::REPEATED_KEY, &[kind]);
            continue;
        }
        let theirs = match &theirs[..] {
            [kind] => kind.clone(),
            several => format!("all({})", several.join(", ")),
        };
        let own = format!("all({})", kinds.join(", "));
        diag.report_on(one, &message::ALTERNATIVE_IDLE, &[&own, &theirs, &own]);
    }
    sound
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
        let one = |kind: &Expr| quote_spanned!(kind.span()=> <#kind as __p::Credential>::KIND);
        let list = |kinds: &[&Expr]| {
            let kinds = kinds.iter().map(|kind| one(kind));
            quote!(&[#(#kinds),*])
        };
        let mut named: Vec<&Expr> = Vec::new();
        for kind in self.sets.iter().flatten() {
            if !named.iter().any(|other| text_of(other) == text_of(kind)) {
                named.push(kind);
            }
        }
        let kinds = list(&named);
        match &self.sets[..] {
            [set] if set.len() > 1 => quote!(__p::By::AllOf(#kinds)),
            sets if sets.iter().all(|set| set.len() == 1) => quote!(__p::By::AnyOf(#kinds)),
            sets => {
                let sets = sets.iter().map(|set| list(&set.iter().collect::<Vec<_>>()));
                quote!(__p::By::OneOf(__p::Alternatives { kinds: #kinds, sets: &[#(#sets),*] }))
            }
        }
    }
}
