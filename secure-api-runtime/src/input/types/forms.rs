//! The JSON that values of a type may be, as constants: so the compiler tells if one value may fit two variants.

use super::kinds::Kinds;
use crate::{
    compose::{Text, fail, same},
    input::{Field, Input, TypeInfo, Variant},
};

/// The forms that values of a type have.
#[derive(Debug, Clone, Copy)]
pub enum Forms {
    /// The kinds that the facts of the type tell.
    Value,
    /// One object of these members, and no other.
    Object(&'static [Field]),
    /// One of several objects, which a member tells apart.
    Tagged(&'static [Variant]),
    /// One of several values, by their variants.
    OneOf(&'static [Field], &'static [Self]),
}

impl Forms {
    /// Creates the form of an input with the same fields in each of its values.
    pub const fn of<I: Input>() -> Self {
        // One that has a mistake meets nothing.
        if I::IS_SOUND { Self::Object(I::FIELDS) } else { Self::OneOf(&[], &[]) }
    }
}

/// The members of one object.
#[derive(Clone, Copy)]
pub(super) struct Members {
    fields: &'static [Field],
    variant: Option<&'static Variant>,
}

impl Members {
    pub(super) const fn of(fields: &'static [Field]) -> Self {
        Self { fields, variant: None }
    }

    pub(super) const fn tagged(variant: &'static Variant) -> Self {
        Self { fields: variant.fields, variant: Some(variant) }
    }

    pub(super) const fn count(&self) -> usize {
        match self.variant {
            None => self.fields.len(),
            Some(Variant { content: Some(_), fields, .. }) => 1 + !fields.is_empty() as usize,
            Some(_) => 1 + self.fields.len(),
        }
    }

    /// Returns the name of the member at this place, whether it has to be there, and its kinds.
    pub(super) const fn at(&self, place: usize) -> (&'static str, bool, Kinds) {
        let place = match self.variant {
            None => place,
            Some(variant) if place == 0 => return (variant.tag, true, Kinds::word(variant.name)),
            Some(Variant { content: Some((name, _)), .. }) => return (name, true, Kinds::OBJECT),
            Some(_) => place - 1,
        };
        let field = &self.fields[place];
        (field.name, !field.ty.optional, field.ty.kinds)
    }

    const fn find(&self, name: &str) -> Option<(bool, Kinds)> {
        let mut place = 0;
        while place < self.count() {
            let (own, required, kinds) = self.at(place);
            if same(own, name) {
                return Some((required, kinds));
            }
            place += 1;
        }
        None
    }

    /// Returns `true` if no object has the members of both: one needs a member that the other does not take, or a member that is
    /// there has another value in each.
    const fn is_apart_from(&self, other: &Self) -> bool {
        let mut place = 0;
        while place < self.count() {
            let (name, required, kinds) = self.at(place);
            match other.find(name) {
                None if required => return true,
                Some((also, theirs)) if required || also => {
                    if kinds.shared(&theirs).is_none() {
                        return true;
                    }
                }
                None | Some(_) => {}
            }
            place += 1;
        }
        place = 0;
        while place < other.count() {
            let (name, required, _) = other.at(place);
            if required && self.find(name).is_none() {
                return true;
            }
            place += 1;
        }
        false
    }
}

/// A value that fits two variants.
#[derive(Clone, Copy)]
enum Meeting {
    /// A value of this kind, and this text where there is one.
    Kind(&'static str, &'static str),
    /// An object of the members that both need.
    Object(Members, Members),
}

impl Meeting {
    const fn tell(&self, text: &mut Text) {
        match self {
            Self::Kind(kind, word) if word.is_empty() => text.push(kind),
            Self::Kind(_, word) => text.push_all(&["the text `", word, "`"]),
            Self::Object(one, other) => {
                let before = Told { any: false };
                let told = before.members(text, one, None).members(text, other, Some(one));
                if !told.any {
                    text.push("an object without members");
                }
            }
        }
    }
}

/// Tells if a member was told.
struct Told {
    any: bool,
}

impl Told {
    /// Adds the members that have to be there, without those of another.
    const fn members(mut self, text: &mut Text, all: &Members, but: Option<&Members>) -> Self {
        let mut place = 0;
        while place < all.count() {
            let (name, required, _) = all.at(place);
            let known = match but {
                Some(but) => matches!(but.find(name), Some((true, _))),
                None => false,
            };
            if required && !known {
                text.push_all(&[if self.any { "`, `" } else { "an object of `" }, name]);
                self.any = true;
            }
            place += 1;
        }
        if self.any && but.is_some() {
            text.push("`");
        }
        self
    }
}

/// A variant: the facts of its type, and the forms.
type Side = (&'static TypeInfo, &'static Forms);

/// Returns a value that fits both, if there may be one.
const fn meeting(one: Side, other: Side) -> Option<Meeting> {
    match (one, other) {
        ((_, Forms::OneOf(variants, forms)), _) => {
            let mut place = 0;
            while place < variants.len() {
                let found = meeting((&variants[place].ty, &forms[place]), other);
                if found.is_some() {
                    return found;
                }
                place += 1;
            }
            None
        }
        (_, (_, Forms::OneOf(..))) => meeting(other, one),
        ((ty, Forms::Value), (theirs, _)) | ((theirs, _), (ty, Forms::Value)) => {
            match ty.kinds.shared(&theirs.kinds) {
                Some((kind, word)) => Some(Meeting::Kind(kind, word)),
                None => None,
            }
        }
        ((_, Forms::Tagged(variants)), (_, theirs))
        | ((_, theirs), (_, Forms::Tagged(variants))) => {
            let mut place = 0;
            while place < variants.len() {
                let found = meeting_object(Members::tagged(&variants[place]), theirs);
                if found.is_some() {
                    return found;
                }
                place += 1;
            }
            None
        }
        ((_, Forms::Object(fields)), (_, theirs)) => meeting_object(Members::of(fields), theirs),
    }
}

const fn meeting_object(members: Members, theirs: &'static Forms) -> Option<Meeting> {
    match theirs {
        Forms::Object(fields) => {
            let other = Members::of(fields);
            if members.is_apart_from(&other) { None } else { Some(Meeting::Object(members, other)) }
        }
        Forms::Tagged(variants) => {
            let mut place = 0;
            while place < variants.len() {
                let other = Members::tagged(&variants[place]);
                if !members.is_apart_from(&other) {
                    return Some(Meeting::Object(members, other));
                }
                place += 1;
            }
            None
        }
        // These were taken apart before.
        Forms::Value | Forms::OneOf(..) => Some(Meeting::Kind("a value", "")),
    }
}

/// Checks that no value fits a variant and one before it.
#[track_caller]
pub const fn check_apart(
    name: &str,
    variants: &'static [Field],
    forms: &'static [Forms],
    place: usize,
) {
    let (later, mut index) = ((&variants[place].ty, &forms[place]), 0);
    while index < place {
        if let Some(meeting) = meeting((&variants[index].ty, &forms[index]), later) {
            let mut text = Text::new();
            let (one, other) = (variants[index].name, variants[place].name);
            text.push_all(&["SA751: `", one, "` and `", other, "` of `", name, "` both take "]);
            meeting.tell(&mut text);
            text.push(
                "\n  help: give one of them a member that it needs and the other does not have, or a member of both other values \
                 in each; where the first that fits is meant: `#[input(untagged, ordered, reason = \"…\")]`",
            );
            text.fail();
        }
        index += 1;
    }
}

/// Checks that the order of variants decides something.
#[track_caller]
pub const fn check_ordered(name: &str, variants: &'static [Field], forms: &'static [Forms]) {
    let mut place = 0;
    while place < variants.len() {
        let mut index = 0;
        while index < place {
            let (one, other) =
                ((&variants[index].ty, &forms[index]), (&variants[place].ty, &forms[place]));
            if meeting(one, other).is_some() {
                return;
            }
            index += 1;
        }
        place += 1;
    }
    fail(&[
        "SA752: no value fits two variants of `",
        name,
        "`\n  help: remove `ordered` and its reason: it would hide a later mistake",
    ]);
}
