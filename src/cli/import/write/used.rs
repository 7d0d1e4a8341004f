//! Types that the routes use: what each is for, and the module that it stands in.

use std::collections::{BTreeMap, BTreeSet};

use super::{Project, name};
use crate::cli::import::decide::plan::{BodyPlan, Form, OperationPlan, Ty, TypeId};

/// The use of a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Flavour {
    /// Input.
    Input,
    /// A merge patch.
    Patch,
    /// A part of a URL or a header, where a text is one line.
    Flat,
    /// An upload.
    Upload,
    /// A view.
    View,
    /// A value, which comes in and goes out.
    Value,
}

/// The room of what several have.
const SHARED: &str = "shared";

impl Project<'_> {
    /// Names the types that operations use, and writes them.
    pub(super) fn used(&mut self, told: &[&OperationPlan], rooms: &[String]) {
        let mut uses: BTreeMap<(TypeId, Flavour), BTreeSet<&str>> = BTreeMap::new();
        for (one, room) in told.iter().zip(rooms) {
            let mut left: Vec<(&Ty, Flavour)> = Vec::new();
            for fields in [&one.headers, &one.cookies, &one.query] {
                left.extend(fields.iter().map(|field| match field.json {
                    true => (&field.ty, Flavour::Input),
                    false => (&field.ty, Flavour::Flat),
                }));
            }
            match &one.body {
                Some(BodyPlan::Json(ty) | BodyPlan::PerhapsJson(ty) | BodyPlan::Form(ty)) => {
                    left.push((ty, Flavour::Input))
                }
                Some(BodyPlan::Patch(ty)) => left.push((ty, Flavour::Patch)),
                Some(BodyPlan::Upload(ty)) => left.push((ty, Flavour::Upload)),
                _ => {}
            }
            left.extend(one.answer.held().map(|ty| (ty, Flavour::View)));
            left.extend(one.answer_headers.iter().map(|field| (&field.ty, Flavour::View)));
            self.walk(left, room, &mut uses);
        }
        let shown: BTreeSet<TypeId> = uses
            .keys()
            .filter(|(_, flavour)| *flavour == Flavour::View)
            .map(|(id, _)| *id)
            .collect();
        for (id, flavour) in uses.keys() {
            let def = &self.plan.types[*id];
            let text = match flavour {
                Flavour::Input if shown.contains(id) => format!("{} input", def.name),
                Flavour::Patch => format!("{} change", def.name),
                Flavour::Upload => format!("{} upload", def.name),
                Flavour::Flat => format!("{} query", def.name),
                _ => def.name.clone(),
            };
            let taken = self.types.take(name::type_name(&text, "Type"), "Type");
            self.names.insert((*id, *flavour), taken);
        }
        for ((id, flavour), rooms) in uses {
            let room = match rooms.len() {
                1 => rooms.into_iter().next().unwrap_or(SHARED),
                _ => SHARED,
            };
            self.owner = Some(id);
            let block = self.definition(id, flavour);
            self.owner = None;
            self.rooms.add(room, block);
        }
    }

    /// Notes all types below these, each once for each flavour.
    fn walk<'r, 't>(
        &'t self,
        mut left: Vec<(&'t Ty, Flavour)>,
        room: &'r str,
        uses: &mut BTreeMap<(TypeId, Flavour), BTreeSet<&'r str>>,
    ) {
        while let Some((ty, flavour)) = left.pop() {
            // What stands inside of a patch is merged too; what stands in an upload comes in as everything.
            match ty {
                Ty::List(inner, ..) | Ty::Map(inner, _) => {
                    let inside = if flavour == Flavour::Patch { Flavour::Input } else { flavour };
                    left.push((inner, inside));
                }
                Ty::Nullable(inner) => left.push((inner, flavour)),
                Ty::Named(id) => {
                    let form = &self.plan.types[*id].form;
                    let flavour = match form {
                        Form::Choice(_) => Flavour::Value,
                        Form::Union(_) if flavour == Flavour::Patch => Flavour::Input,
                        _ => flavour,
                    };
                    if let Form::Alias(ty) = form {
                        left.push((ty, flavour));
                        continue;
                    }
                    if matches!(form, Form::Union(_)) && flavour == Flavour::Flat {
                        continue;
                    }
                    if !uses.entry((*id, flavour)).or_default().insert(room) {
                        continue;
                    }
                    match form {
                        Form::Object(fields) => {
                            let fields = fields.iter().filter(|field| match flavour {
                                Flavour::View => !field.write_only,
                                _ => !field.read_only,
                            });
                            left.extend(fields.map(|field| (&field.ty, flavour)));
                        }
                        Form::Union(union) => {
                            left.extend(union.variants.iter().map(|(_, ty)| (ty, flavour)));
                        }
                        _ => {}
                    }
                }
                _ => {}
            }
        }
    }

    /// Writes a type.
    fn definition(&mut self, id: TypeId, flavour: Flavour) -> String {
        let def = &self.plan.types[id];
        let own = self.names[&(id, flavour)].clone();
        match (&def.form, flavour) {
            (Form::Object(fields), Flavour::View) => self.resource(&own, def, fields, id),
            (Form::Object(fields), _) => {
                let notes = &def.notes;
                self.input(&own, &def.about, notes, fields, flavour)
            }
            (Form::Choice(words), _) => choice(&own, &def.about, words, "", true),
            (Form::Union(union), Flavour::View) => self.shown_union(&own, def, union, id),
            (Form::Union(union), _) => self.input_union(&own, def, union),
            (Form::Unfinished | Form::Alias(_) | Form::Cannot(_), _) => String::new(),
        }
    }
}

/// Writes an enum of texts.
pub(super) fn choice(
    own: &str,
    about: &str,
    words: &[String],
    attribute: &str,
    copied: bool,
) -> String {
    use super::text;
    let mut block = text::doc("", about, "One of these.");
    let derives = if copied { "Value, Clone, Copy" } else { "Value" };
    block.push_str(&format!("#[derive({derives})]\n{attribute}pub(crate) enum {own} {{\n"));
    let mut names = name::Names::new();
    for word in words {
        let variant = names.take(name::type_name(word, "Value"), "");
        block.push_str(&text::comment(
            "    ",
            "///",
            &format!("The value {}.", text::literal(word)),
        ));
        block.push_str(&format!("    #[value(name = {})]\n    {variant},\n", text::literal(word)));
    }
    block.push_str("}\n");
    block
}
