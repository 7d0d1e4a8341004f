//! Views: resources with what leaves of them, which is what the document describes. Whom they are for is said by who may call the
//! operations that show them; where nothing says that, nothing stands here, which does not compile.

use super::{Project, audience::Audience, bounded::promised, name, text, used::Flavour};
use crate::cli::import::decide::plan::{Field, Form, OperationPlan, Ty, TypeDef, TypeId, Union};

impl Project<'_> {
    /// Writes a resource with its view.
    pub(super) fn resource(
        &mut self,
        own: &str,
        def: &TypeDef,
        fields: &[Field],
        id: TypeId,
    ) -> String {
        let audience = self.audience_of(id);
        let (listed, body) = self.shown_fields(own, fields, "    ", "pub(crate) ");
        let mut block = text::doc("", &def.about, "What goes out.");
        for note in &def.notes {
            block.push_str(&text::comment("", "//", &format!("{note}.")));
        }
        block.push_str("#[derive(Resource)]\n");
        block.push_str(&view(own, &audience, "fields", &listed));
        block.push_str(&format!("pub(crate) struct {own} {{\n{body}}}\n"));
        block
    }

    /// Writes a resource of which the document says nothing. It has a view only where somebody has said that nothing leaves.
    pub(super) fn undescribed(&mut self, own: &str, one: &OperationPlan) -> String {
        let audience = self.audience(one);
        let mut block =
            text::comment("", "///", "The answer, which the document does not describe.");
        block.push_str("#[derive(Resource)]\n");
        match self.answers.undescribed {
            Some(true) => block.push_str(&view(own, &audience, "fields", &["done".to_owned()])),
            _ => block.push_str(&format!("#[view({own}View{})]\n", audience.written())),
        }
        block.push_str(&format!(
            "pub(crate) struct {own} {{\n    /// `true`.\n    pub(crate) done: bool,\n}}\n"
        ));
        block
    }

    /// Returns the fields as a view lists them, and as the struct has them.
    pub(super) fn shown_fields(
        &mut self,
        own: &str,
        fields: &[Field],
        indent: &str,
        visible: &str,
    ) -> (Vec<String>, String) {
        let (mut listed, mut body) = (Vec::new(), String::new());
        let mut names = name::Names::new();
        for field in fields.iter().filter(|field| !field.write_only) {
            let ident = names.take(name::value_name(&field.name, "field"), "");
            // The rule stands before the reason. One that is of inputs says nothing here.
            let allowed = self.allowed(own, &ident, &field.name);
            let allowed = allowed.map(|text| text.split_once(": ").unwrap_or((PLAIN_SECRET, text)));
            let allowed = allowed.filter(|(rule, _)| [PLAIN_SECRET, SHOWN_SECRET].contains(rule));
            let allowed = allowed.map(|(rule, reason)| (rule == SHOWN_SECRET, reason.to_owned()));
            let (mut ty, view) = match allowed {
                Some(_) => self.shown(&plain(&field.ty)),
                None => self.shown(&field.ty),
            };
            if !field.required && !ty.starts_with("Option<") {
                ty = format!("Option<{ty}>");
            }
            let (mut line, mut notes) = (String::new(), field.notes.clone());
            match allowed {
                // A view has no rule for a secret whose name is that of none.
                Some((true, reason)) => {
                    notes
                        .insert(format!("the document calls it a secret, and it leaves: {reason}"));
                }
                Some((false, reason)) => {
                    let reason = text::literal(&reason);
                    line.push_str(&format!("#[allow({PLAIN_SECRET}, reason = {reason})] "));
                }
                None => {}
            }
            if let Ty::List(_, _, Some(most), _) | Ty::Map(_, Some(most)) = &field.ty {
                line.push_str(&format!("#[max_items({most})] "));
            }
            line.push_str(&self.depth(&field.ty));
            if !field.required {
                line.push_str("#[optional] ");
            }
            line.push_str(&wire(&field.name, &ident));
            if let Some(view) = view {
                line.push_str(&format!(" as {view}"));
            }
            listed.push(line);
            body.push_str(&text::doc(
                indent,
                &field.about,
                &format!("The field {}.", text::literal(&field.name)),
            ));
            for note in &notes {
                body.push_str(&text::comment(indent, "//", &format!("{note}.")));
            }
            body.push_str(&format!("{indent}{visible}{ident}: {ty},\n"));
        }
        (listed, body)
    }

    /// Returns a type as a resource has it, and the view that it is shown through.
    pub(super) fn shown(&mut self, ty: &Ty) -> (String, Option<String>) {
        if let Some(ty) = promised(ty) {
            return (self.bounded(&ty), None);
        }
        match ty {
            Ty::Text(_) | Ty::File => ("String".to_owned(), None),
            // It stands in the view, which does not compile, until somebody has said that it leaves.
            Ty::Secret(_) => ("Secret<String>".to_owned(), None),
            Ty::NumberText(kind, _) => (format!("NumberText<{kind}>"), None),
            Ty::Typed(name) | Ty::Shorter(name, _) => ((*name).to_owned(), None),
            Ty::Int(kind, _) | Ty::Float(kind, _) => ((*kind).to_owned(), None),
            Ty::Bool(_) => ("bool".to_owned(), None),
            Ty::List(inner, ..) => {
                let (inner, view) = self.shown(inner);
                (format!("Vec<{inner}>"), view)
            }
            Ty::Map(inner, _) => {
                let (inner, view) = self.shown(inner);
                (format!("BTreeMap<String, {inner}>"), view)
            }
            Ty::Nullable(inner) => {
                let (inner, view) = self.shown(inner);
                (format!("Option<{inner}>"), view)
            }
            Ty::Named(id) => {
                let plan = self.plan;
                let def = &plan.types[*id];
                if let Form::Alias(ty) = &def.form {
                    return self.shown(ty);
                }
                if let Some(name) = self.names.get(&(*id, Flavour::Value)) {
                    return (name.clone(), None);
                }
                match self.names.get(&(*id, Flavour::View)).cloned() {
                    Some(name) if def.circular => {
                        (format!("Box<{name}>"), Some(format!("{name}View")))
                    }
                    Some(name) => (name.clone(), Some(format!("{name}View"))),
                    None => self.free(),
                }
            }
            Ty::FreeObject => (self.free_object(), None),
            Ty::Free | Ty::Cannot(_) => self.free(),
        }
    }

    /// Returns the attribute of a field that leads back to its own view.
    fn depth(&self, ty: &Ty) -> String {
        self.levels(ty).map_or(String::new(), |most| format!("#[depth({most})] "))
    }

    pub(super) fn free(&mut self) -> (String, Option<String>) {
        self.has_free = true;
        ("FreeValue".to_owned(), None)
    }

    /// Returns the type of free JSON that is an object.
    pub(super) fn free_object(&mut self) -> String {
        self.has_free_object = true;
        "FreeObjectValue".to_owned()
    }

    /// Writes a union that goes out.
    pub(super) fn shown_union(
        &mut self,
        own: &str,
        def: &TypeDef,
        union: &Union,
        id: TypeId,
    ) -> String {
        let audience = self.audience_of(id);
        let mut names = name::Names::new();
        let (mut listed, mut body) = (Vec::new(), String::new());
        for (label, ty) in &union.variants {
            let variant = names.take(name::type_name(label, "Form"), "");
            let fields = union.tag.as_ref().and_then(|tag| self.fields_of(ty, tag));
            body.push_str(&text::comment(
                "    ",
                "///",
                &format!("The form {}.", text::literal(label)),
            ));
            match fields {
                Some(fields) => {
                    body.push_str(&format!("    #[resource(name = {})]\n", text::literal(label)));
                    let (of, inside) = self.shown_fields(own, &fields, "        ", "");
                    listed.push(format!("{variant} {{ {} }}", of.join(", ")));
                    body.push_str(&format!("    {variant} {{\n{inside}    }},\n"));
                }
                None => {
                    let depth = self.depth(ty);
                    let (ty, view) = self.shown(ty);
                    let view = view.map_or(String::new(), |view| format!(" as {view}"));
                    listed.push(format!("{variant}({depth}0{view})"));
                    body.push_str(&format!("    {variant}({ty}),\n"));
                }
            }
        }
        let mut block = text::doc("", &def.about, "What goes out, in one of several forms.");
        block.push_str("#[derive(Resource)]\n");
        block.push_str(&match &union.tag {
            Some(tag) => format!("#[resource(tag = {})]\n", text::literal(tag)),
            None => "#[resource(untagged)]\n".to_owned(),
        });
        block.push_str(&view(own, &audience, "variants", &listed));
        block.push_str(&format!("pub(crate) enum {own} {{\n{body}}}\n"));
        block
    }
}

/// The rule of a view by which what is called like a secret is none.
const PLAIN_SECRET: &str = "plain_secret";

/// The rule of an answer by which a secret leaves whose name is that of none.
const SHOWN_SECRET: &str = "shown_secret";

/// Returns a type with texts in place of secrets.
fn plain(ty: &Ty) -> Ty {
    let inside = |inner: &Ty| Box::new(plain(inner));
    match ty {
        Ty::Secret(rules) => Ty::Text(rules.clone()),
        Ty::Nullable(inner) => Ty::Nullable(inside(inner)),
        Ty::List(inner, fewest, most, unique) => Ty::List(inside(inner), *fewest, *most, *unique),
        Ty::Map(inner, most) => Ty::Map(inside(inner), *most),
        ty => ty.clone(),
    }
}

/// Returns the attribute of a view.
fn view(own: &str, audience: &Audience, key: &str, listed: &[String]) -> String {
    let audience = audience.written();
    let line = format!("#[view({own}View{audience}, {key}({}))]\n", listed.join(", "));
    if line.len() <= 120 {
        return line;
    }
    let listed: String = listed.iter().map(|one| format!("    {one},\n")).collect();
    format!("#[view({own}View{audience}, {key}(\n{listed}))]\n")
}

/// Returns a field of a view under the name that it has on the wire.
fn wire(name: &str, ident: &str) -> String {
    let is_ident = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && name.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic())
        && !crate::cli::project::KEYWORDS.contains(&name)
        && name != "Self";
    if name == ident {
        ident.to_owned()
    } else if is_ident {
        format!("{name} = {ident}")
    } else {
        format!("{} = {ident}", text::literal(name))
    }
}
