//! Schemas as types of the language. Each place of the document becomes one type, however often it is referred to.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{
    leaf, member,
    plan::{Field, Form, Ty, TypeDef, TypeId},
    reason, union,
};
use crate::cli::import::read::{
    At, Lost,
    parts::told,
    shape::{Additional, Shape},
};

/// The depth of schemas that stand inside of each other, without references between them.
const DEEPEST: usize = 40;

/// The most types of a project.
const MOST_TYPES: usize = 50_000;

/// The most fields of objects that several schemas are put together for. Of a few schemas that hold each other there are sums
/// without end: a document that has that many was written for it.
const MOST_JOINED: usize = 100_000;

/// The table of types, while it is made.
pub(super) struct Types<'a> {
    pub(super) document: &'a Value,
    pub(super) defs: Vec<TypeDef>,
    places: BTreeMap<String, Ty>,
    unfinished: BTreeSet<TypeId>,
    pub(super) pending: Vec<union::Pending>,
    depth: usize,
    joined: usize,
}

impl<'a> Types<'a> {
    /// Begins a table.
    pub(super) fn new(document: &'a Value) -> Self {
        let (defs, places, unfinished, pending) = Default::default();
        Self { document, defs, places, unfinished, pending, depth: 0, joined: 0 }
    }

    /// Returns the type of a schema. `name` is that of what has it, for a schema without one.
    pub(super) fn of(&mut self, at: &At<'a>, name: &str) -> Ty {
        match at.value {
            Value::Bool(true) => return Ty::Free,
            Value::Bool(false) => return Ty::Cannot(&reason::IMPOSSIBLE),
            _ => {}
        }
        self.of_shape(Shape::of(self.document, at), name)
    }

    /// Returns the type of what several schemas say of one value. Where nothing is all of it, the first is meant.
    pub(super) fn of_parts(&mut self, parts: &[At<'a>], name: &str) -> Ty {
        match &*told(parts) {
            [] => Ty::Free,
            [one] => self.of(one, name),
            parts if parts.iter().any(|part| *part.value == Value::Bool(false)) => {
                Ty::Cannot(&reason::IMPOSSIBLE)
            }
            _ if self.joined > MOST_JOINED => Ty::Cannot(&reason::TOO_LARGE),
            parts => match Shape::of_parts(self.document, parts) {
                Ok(shape) if shape.is_torn() => self.of(&parts[0], name),
                shape => {
                    if let Ok(shape) = &shape
                        && !self.places.contains_key(&shape.place)
                    {
                        self.joined += shape.properties.len() + 1;
                    }
                    self.of_shape(shape, name)
                }
            },
        }
    }

    fn of_shape(&mut self, shape: Result<Shape<'a>, Lost>, name: &str) -> Ty {
        let shape = match shape {
            Ok(shape) => shape,
            Err(Lost::Elsewhere) => return Ty::Cannot(&reason::ELSEWHERE),
            Err(Lost::Nowhere) => return Ty::Cannot(&reason::NOWHERE),
            Err(Lost::Large) => return Ty::Cannot(&reason::TOO_LARGE),
        };
        if let Some(known) = self.places.get(&shape.place) {
            if let Ty::Named(id) = known
                && self.unfinished.contains(id)
            {
                self.defs[*id].circular = true;
            }
            return known.clone();
        }
        if self.depth >= DEEPEST || self.defs.len() >= MOST_TYPES {
            return Ty::Cannot(&reason::TOO_DEEP);
        }
        self.depth += 1;
        let place = shape.place.clone();
        let name = named(&place).unwrap_or(name).to_owned();
        let nullable = shape.nullable;
        let ty = self.made(shape, &name);
        self.depth -= 1;
        let ty = match ty {
            Ty::Nullable(_) | Ty::Free | Ty::Cannot(_) => ty,
            ty if nullable => Ty::Nullable(Box::new(ty)),
            ty => ty,
        };
        self.places.insert(place, ty.clone());
        ty
    }

    fn made(&mut self, shape: Shape<'a>, name: &str) -> Ty {
        if !shape.alternatives.is_empty() {
            return union::of(self, shape, name);
        }
        self.plain(shape, name)
    }

    /// Returns the type of a schema without alternatives.
    pub(super) fn plain(&mut self, shape: Shape<'a>, name: &str) -> Ty {
        if shape.choices.is_some() {
            return self.choice(&shape, name);
        }
        let kinds: Vec<&str> = match &shape.kinds {
            Some(kinds) => kinds.iter().copied().collect(),
            None => inferred(&shape).into_iter().collect(),
        };
        match *kinds {
            [] => Ty::Free,
            [kind] => self.of_kind(kind, shape, name),
            ref many if many.len() >= 6 => Ty::Free,
            ref many => union::of_kinds(self, many, &shape, name),
        }
    }

    /// Returns the type of values of one kind.
    pub(super) fn of_kind(&mut self, kind: &str, shape: Shape<'a>, name: &str) -> Ty {
        match kind {
            "string" => leaf::text(&shape),
            "integer" => leaf::whole(&shape),
            "number" => leaf::fraction(&shape),
            "boolean" => Ty::Bool(None),
            "array" => {
                let item = self.of_parts(&shape.items, &format!("{name} item"));
                let (fewest, most) = shape.count;
                Ty::List(Box::new(item), fewest.unwrap_or(0), most, shape.unique)
            }
            "object" => self.object(shape, name),
            // Many documents have `type: any`, `file` and the like, which mean what they say nothing of.
            _ => Ty::Free,
        }
    }

    fn object(&mut self, shape: Shape<'a>, name: &str) -> Ty {
        if shape.properties.is_empty() {
            return match &shape.additional {
                Additional::Of(at) => {
                    let value = self.of(at, &format!("{name} value"));
                    Ty::Map(Box::new(value), shape.most_members)
                }
                Additional::Closed => self.add(name, &shape, Form::Object(Vec::new())),
                Additional::Unstated | Additional::Any => Ty::FreeObject,
            };
        }
        let Ty::Named(id) = self.add(name, &shape, Form::Unfinished) else {
            return Ty::Cannot(&reason::TOO_DEEP);
        };
        self.begin(id, &shape.place);
        let form = match self.fields(&shape.properties, &shape.required, name) {
            Ok(mut fields) => {
                member::add_undescribed(&mut fields, &shape.required);
                Form::Object(fields)
            }
            Err(why) => Form::Cannot(why),
        };
        self.defs[id].form = form;
        self.end(id, &shape.place);
        self.remark(id, &shape);
        Ty::Named(id)
    }

    /// Adds a type.
    pub(super) fn add(&mut self, name: &str, shape: &Shape<'a>, form: Form) -> Ty {
        if self.defs.len() >= MOST_TYPES {
            return Ty::Cannot(&reason::TOO_DEEP);
        }
        self.defs.push(TypeDef {
            name: name.to_owned(),
            about: shape.about.to_owned(),
            form,
            notes: BTreeSet::new(),
            circular: false,
        });
        Ty::Named(self.defs.len() - 1)
    }

    /// Notes that a type is being read, and is the one of a place.
    pub(super) fn begin(&mut self, id: TypeId, place: &str) {
        self.unfinished.insert(id);
        self.places.insert(place.to_owned(), Ty::Named(id));
    }

    /// Notes that a type was read.
    pub(super) fn end(&mut self, id: TypeId, place: &str) {
        self.unfinished.remove(&id);
        self.places.remove(place);
    }

    /// Adds a type of these fields, which no schema has as a whole.
    pub(super) fn add_object(&mut self, name: &str, fields: Vec<Field>) -> Ty {
        self.add(name, &Shape::default(), Form::Object(fields))
    }

    /// Notes what the document says of an object and the type does not.
    fn remark(&mut self, id: TypeId, shape: &Shape<'a>) {
        let notes = &mut self.defs[id].notes;
        notes.extend(member::notes(shape));
        if matches!(shape.additional, Additional::Any | Additional::Of(_)) {
            notes
                .insert("the document admits members of other names, which are refused".to_owned());
        }
    }
}

/// Returns the name of a schema that has one.
fn named(place: &str) -> Option<&str> {
    let rest = place.strip_prefix("/components/")?;
    let (_, name) = rest.split_once('/')?;
    (!name.contains('/')).then_some(name)
}

/// Returns the kind of values that a schema without a type speaks of.
fn inferred(shape: &Shape<'_>) -> Option<&'static str> {
    if !shape.properties.is_empty() || matches!(shape.additional, Additional::Of(_)) {
        Some("object")
    } else if !shape.items.is_empty() {
        Some("array")
    } else if shape.length != (None, None) || !shape.patterns.is_empty() {
        Some("string")
    } else if shape.least.is_some() || shape.most.is_some() {
        Some("number")
    } else {
        shape.format.and_then(leaf::kind_of_format)
    }
}
