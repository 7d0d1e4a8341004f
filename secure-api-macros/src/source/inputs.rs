//! Inputs of a file, as their fields and the rules of the app's own are written.

use proc_macro2::Ident;
use syn::{Data, DeriveInput, Expr, Type};

use super::{SourceFile, derived, is_imported, site};
use crate::{derive::value::COPIED, diag::Diagnostics, key, path};

/// Values of the language and the framework besides those that are [`COPIED`], by the names of their types.
const OTHERS: &[&str] = &[
    "String",
    "Email",
    "Money",
    "Decimal",
    "NumberText",
    "Currency",
    "PhoneNumber",
    "WebUrl",
    "Slug",
    "PlainText",
    "RichText",
];

/// Returns the first field of an input of the module that has to be there, with its type as it is written.
pub(crate) fn required(name: &Ident) -> Option<(String, String)> {
    let (file, item) = site::item(&name.to_string())?;
    if !derived(name)?.iter().any(|word| word == "Input") {
        return None;
    }
    let input: DeriveInput = syn::parse_str(&file.text[item.place.clone()]).ok()?;
    let Data::Struct(data) = input.data else { return None };
    let is_value = |ty: &Type| {
        let last = path::last_of(ty).map(|last| last.ident.to_string());
        last.is_some_and(|last| {
            (COPIED.contains(&&*last) || OTHERS.contains(&&*last)) && !file.declares(&last)
        })
    };
    let is_always =
        |field: &&syn::Field| !field.attrs.iter().any(|found| found.path().is_ident("cfg"));
    let field = data.fields.iter().filter(is_always).find(|field| is_value(&field.ty))?;
    Some((field.ident.as_ref()?.to_string(), path::as_written(&field.ty)))
}

/// Returns the name of a rule of the app's own and what it answers, where that is plainly no reason: yes or no, or nothing.
pub(crate) fn answers(check: &Expr) -> Option<(String, String)> {
    let Expr::Path(path) = check else { return None };
    let site = site::site()?;
    let file = &site.file;
    let segments: Vec<&Ident> = path.path.segments.iter().map(|segment| &segment.ident).collect();
    let (name, place) = match segments[..] {
        [name] => {
            let (_, item) = site::function(&name.to_string())?;
            (name, file.place_of(name, None).filter(|_| site::is_plain(&item))?)
        }
        [of, name] => {
            site.one(|item| *of == item.name)?;
            (name, file.place_of(name, Some((of, &site.module)))?)
        }
        _ => return None,
    };
    if segments.iter().any(|segment| is_imported(segment)) {
        return None;
    }
    let open = (place..file.tokens.len()).find(|place| file.shown(*place) == "{")?;
    let is_arrow = |place: &usize| file.shown(*place) == ">" && file.shown(place - 1) == "-";
    let name = name.to_string();
    match (place..open).rev().find(is_arrow) {
        Some(arrow) => {
            let answer: String = (arrow + 1..open).map(|place| file.shown(place)).collect();
            (answer == "bool").then_some((name, answer))
        }
        None => Some((name, String::new())),
    }
}

impl SourceFile {
    /// Returns the place of the only function of this name: of a free one, or of one in an `impl` of this type in this module. One
    /// with an attribute may be another than it is written.
    fn place_of(&self, name: &Ident, of: Option<(&Ident, &[String])>) -> Option<usize> {
        let is_it = |place: &usize| self.shown(*place) == "fn" && *name == self.shown(place + 1);
        let mut found = (0..self.tokens.len()).filter(is_it);
        let place = found.next().filter(|_| found.next().is_none())?;
        match of {
            None => self.functions(name).next().map(|_| place),
            Some((of, module)) => {
                let before = |place: usize| place.checked_sub(1).map_or("", |at| self.shown(at));
                let is_own = |place: &usize| {
                    self.shown(*place) == "impl"
                        && *of == self.shown(place + 1)
                        && self.shown(place + 2) == "{"
                        && before(*place) != "]"
                        && self.module_of(*place).is_some_and(|found| found == module)
                };
                let is_of_begin = |place: &usize| {
                    ["pub", "(", "crate", "super", ")", "const", "async"].contains(&before(*place))
                };
                let begin = (0..=place).rev().find(|place| !is_of_begin(place))?;
                let mut blocks = (0..place).filter(is_own);
                let is_plain = before(begin) != "]";
                (is_plain && blocks.any(|block| self.inside(block).contains(&place)))
                    .then_some(place)
            }
        }
    }
}

/// Returns the types of the fields of an input of the module that do not say how deep they nest: of an enum those of all its
/// variants.
pub(crate) fn held(name: &str) -> Option<Vec<Type>> {
    let (file, item) = site::item(name)?;
    let input: DeriveInput = syn::parse_str(&file.text[item.place.clone()]).ok()?;
    let fields: Vec<syn::Field> = match input.data {
        Data::Struct(data) => data.fields.into_iter().collect(),
        Data::Enum(data) => data.variants.into_iter().flat_map(|variant| variant.fields).collect(),
        Data::Union(_) => return None,
    };
    let is_open = |field: &syn::Field| {
        let keys = key::written_keys(&field.attrs, "input", &mut Diagnostics::ignored());
        !keys.iter().any(|key| key.is("depth"))
    };
    Some(fields.into_iter().filter(is_open).map(|field| field.ty).collect())
}

/// Returns `true` if an item of the module is declared above another one.
pub(crate) fn is_above(name: &str, other: &str) -> bool {
    let place = |name: &str| site::item(name).map(|(_, item)| item.place.start);
    matches!((place(name), place(other)), (Some(one), Some(other)) if one < other)
}
