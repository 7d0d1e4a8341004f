//! Files that name what the prelude has and do not bring it: each name would be an error of its own.

use std::{cell::RefCell, collections::BTreeSet, path::PathBuf};

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::UseTree;

use super::{SourceFile, site, this_file};
use crate::{message, path, signature::Handler};

/// The types and traits of the prelude that handlers name.
const NAMES: &[&str] = &[
    "Accepted",
    "AcceptedAt",
    "AcceptedWith",
    "ApiKeys",
    "Array",
    "Authorized",
    "ByteStream",
    "Caller",
    "CallerId",
    "Clock",
    "Codes",
    "Cookies",
    "Created",
    "CreatedWith",
    "Csv",
    "Download",
    "Event",
    "Events",
    "Exists",
    "Form",
    "FreeJson",
    "FreeObject",
    "Headers",
    "Json",
    "Map",
    "NoContent",
    "Page",
    "Paging",
    "Passwords",
    "Patch",
    "Performed",
    "Query",
    "RawBody",
    "RawBytes",
    "Reader",
    "Redirect",
    "RequestContext",
    "Revocations",
    "Scalar",
    "Scoped",
    "Service",
    "Sessions",
    "StoreError",
    "StreamedBody",
    "Text",
    "TextBody",
    "Tokens",
    "Unchecked",
    "Unowned",
    "Upload",
    "WithHeaders",
    "Writer",
];

/// The other types and traits of the prelude, and those of the language.
const OTHERS: &[&str] = &[
    "Action",
    "ApiError",
    "ApiKey",
    "ApiKeyList",
    "Bearer",
    "BelongsTo",
    "Certificate",
    "Currency",
    "Date",
    "Decimal",
    "Denied",
    "Docs",
    "DownloadKinds",
    "Dpop",
    "Duration",
    "Email",
    "FileKind",
    "Input",
    "InvalidValue",
    "Issuer",
    "Key",
    "Limit",
    "Loading",
    "Money",
    "Nullable",
    "NumberText",
    "Object",
    "OpenSessions",
    "Option",
    "Owned",
    "Patched",
    "PhoneNumber",
    "PlainText",
    "Ref",
    "Resource",
    "ResponseHeaders",
    "Result",
    "RichText",
    "Role",
    "SafeFileName",
    "SafePath",
    "Secret",
    "SecretBytes",
    "Session",
    "Slug",
    "StartError",
    "Store",
    "String",
    "Timestamp",
    "UploadedFile",
    "Uuid",
    "Value",
    "Vec",
    "Version",
    "WebUrl",
    "Writing",
];

/// The derives of the prelude, whose names types may have beside them.
const DERIVES: &[&str] =
    &["ApiError", "Input", "Resource", "ResponseHeaders", "Role", "Value", "Version"];

/// Returns `true` if a type of this name stands in the module around the one of this name, and neither elsewhere in the file nor in
/// the prelude.
pub(crate) fn is_only_outside(module: &Ident, name: &Ident) -> bool {
    let Some(file) = this_file() else { return false };
    let mut modules = file.items.iter().filter(|item| item.kind == "mod" && *module == item.name);
    let Some(module) = modules.next().filter(|_| modules.next().is_none()) else { return false };
    let is_known = |known: &&&str| name == **known;
    let is_of_prelude = NAMES.iter().any(|known| is_known(&known))
        || OTHERS.iter().any(|known| is_known(&known))
            && !DERIVES.iter().any(|known| is_known(&known));
    let mut named = file.items.iter().filter(|item| *name == item.name);
    let item = named.next().filter(|_| named.next().is_none() && !is_of_prelude);
    item.is_some_and(|item| {
        matches!(item.kind, "struct" | "enum")
            && item.module == module.module
            && !file.declares(&name.to_string())
    })
}

thread_local! {
    /// The files that were told of.
    static TOLD: RefCell<BTreeSet<PathBuf>> = const { RefCell::new(BTreeSet::new()) };
}

/// Tells, once for a file, that a handler names what the prelude has and nothing brings, and brings it, so that this is the only
/// error.
pub(crate) fn missing(handler: &Handler) -> Option<TokenStream> {
    let file = this_file().filter(|file| !file.has_prelude())?;
    let site = handler.ident();
    let mut here = file.items.iter().filter(|item| *site == item.name);
    here.next().filter(|item| item.module.is_empty() && here.next().is_none())?;
    site::site().filter(|site| site.module.is_empty())?;
    let mut tokens = TokenStream::new();
    quote::ToTokens::to_tokens(&handler.signature.inputs, &mut tokens);
    quote::ToTokens::to_tokens(&handler.signature.output, &mut tokens);
    let name = named(&tokens).into_iter().find(|name| !may_bring(&file, &name.to_string()))?;
    if !TOLD.with_borrow_mut(|told| told.insert(file.path.clone())) {
        return None;
    }
    let private = path::private();
    let from = path::named_crate()
        .map_or_else(|| "secure_api".to_owned(), |path| path.to_string().replace(' ', ""));
    let text = format!("`{name}` is of the prelude, which is not brought here");
    let help = format!("write `use {from}::prelude::*;` at the top of this file");
    let told = message::GRAMMAR.render(&[&text, &help]);
    let error = syn::Error::new(name.span(), told).into_compile_error();
    Some(quote::quote! {
        #error
        #[allow(unused_imports)]
        use #private::prelude::*;
    })
}

/// Returns the names of the prelude that begin a path.
fn named(tokens: &TokenStream) -> Vec<Ident> {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let mut found = Vec::new();
    for (place, token) in tokens.iter().enumerate() {
        let is_below = place > 0
            && matches!(&tokens[place - 1], TokenTree::Punct(mark) if mark.as_char() == ':')
            && place > 1
            && matches!(&tokens[place - 2], TokenTree::Punct(mark) if mark.as_char() == ':');
        match token {
            TokenTree::Ident(name) if !is_below && NAMES.iter().any(|known| name == known) => {
                found.push(name.clone());
            }
            TokenTree::Group(group) => found.extend(named(&group.stream())),
            _ => {}
        }
    }
    found
}

/// Returns `true` if something of the file may bring or declare a name: a `use`, a macro, or an item.
fn may_bring(file: &SourceFile, name: &str) -> bool {
    let is_macro = |item: &super::Item| item.kind == "macro";
    file.text.contains("macro_rules")
        || file.declares(name)
        || file.items.iter().any(|item| is_macro(item) || item.name == name)
        || file.items.iter().filter(|item| item.kind == "use" && item.module.is_empty()).any(
            |item| {
                let read = syn::parse_str::<syn::ItemUse>(&file.text[item.place.clone()]);
                read.is_ok_and(|read| brings(&read.tree, &mut Vec::new(), name))
            },
        )
}

/// Returns `true` if a `use` brings a name, or all of something other than the crate's root.
fn brings(tree: &UseTree, way: &mut Vec<String>, name: &str) -> bool {
    match tree {
        UseTree::Path(path) => {
            way.push(path.ident.to_string());
            let brings = brings(&path.tree, way, name);
            way.pop();
            brings
        }
        UseTree::Name(last) => last.ident == name,
        UseTree::Rename(last) => last.rename == name,
        UseTree::Glob(_) => *way != ["secure_api"],
        UseTree::Group(group) => group.items.iter().any(|tree| brings(tree, way, name)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn may(text: &str) -> bool {
        may_bring(&SourceFile::new(PathBuf::new(), text.to_owned()), "Json")
    }

    /// A name that nothing in the file can have is missing; where something may have it, nobody knows.
    #[test]
    fn a_name_is_missing_where_nothing_may_bring_it() {
        assert!(!may("use secure_api::*; fn a(Json(b): Json<C>) {}"));
        assert!(!may("use secure_api::get; use std::fmt::{self, Debug}; fn a() {}"));
        assert!(may("use secure_api::input::Json; fn a() {}"));
        assert!(may("use own::Body as Json; fn a() {}"));
        assert!(may("use super::*; fn a() {}") && may("use own::{b, c::*}; fn a() {}"));
        assert!(may("struct Json<T>(T);") && may("type Json<T> = Own<T>;"));
        assert!(may("own::prelude!(); fn a() {}") && may("macro_rules! own { () => {} }"));
    }

    /// The names are those of the prelude.
    #[test]
    fn the_names_are_those_of_the_prelude() {
        let prelude = include_str!("../../../src/prelude.rs");
        let words = prelude.lines().filter(|line| !line.starts_with("//"));
        let words = words.flat_map(|line| line.split(|letter: char| !letter.is_alphanumeric()));
        let words: BTreeSet<&str> = words.collect();
        for name in NAMES {
            assert!(words.contains(name), "{name}");
        }
        for word in words.into_iter().filter(|word| {
            word.contains(char::is_lowercase) && word.starts_with(char::is_uppercase)
        }) {
            assert!(NAMES.contains(&word) || OTHERS.contains(&word), "{word}");
        }
    }

    /// A name behind another path is not of the prelude.
    #[test]
    fn a_path_begins_with_its_crate() {
        let names = |text: &str| {
            let tokens: TokenStream = text.parse().expect("tokens");
            named(&tokens).iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        assert_eq!(
            names("a: axum::Json<Own>, b: Result<Page<Note>, StoreError>, c: (Paging<u8>, u8)"),
            ["Page", "StoreError", "Paging"]
        );
    }
}
