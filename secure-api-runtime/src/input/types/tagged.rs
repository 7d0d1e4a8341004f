//! An object of one of several forms: a member, the tag, says of which.

use std::borrow::Cow;

use crate::shape::{ALL_VERSIONS, FieldShape, ObjectShape, Shape, UnionShape};

use crate::input::{Decode, Decoding, Field, Node, types::fields};

/// One form of the object: a variant of the enum.
#[derive(Debug, Clone, Copy)]
pub struct Variant {
    /// The value of the tag.
    pub name: &'static str,
    /// The name in documents.
    pub schema: &'static str,
    /// The description, from its doc comment.
    pub description: &'static str,
    /// The name of the tag.
    pub tag: &'static str,
    /// The member that the others stand in, and the name of that object in documents, where they do not stand beside the tag.
    pub content: Option<(&'static str, &'static str)>,
    /// The other members.
    pub fields: &'static [Field],
}

impl Variant {
    /// Returns its JSON form, for documents. `fields` is a function that calls [`field_shapes`](Self::field_shapes).
    pub fn shape(&self, fields: fn() -> Vec<FieldShape>) -> ObjectShape {
        ObjectShape { name: self.schema, description: self.description, fields }
    }

    /// Returns the forms of its members, the tag first.
    pub fn field_shapes(&'static self) -> Vec<FieldShape> {
        let mut shapes = vec![FieldShape::tag(self.tag, self.name)];
        shapes.extend(fields::shapes(self.fields));
        shapes
    }

    /// Returns the forms of the tag and of the member that the others stand in. `fields` is a function that calls
    /// [`content_shapes`](Self::content_shapes).
    pub fn adjacent_shapes(&'static self, fields: fn() -> Vec<FieldShape>) -> Vec<FieldShape> {
        let mut shapes = vec![FieldShape::tag(self.tag, self.name)];
        if let Some((content, name)) = self.content.filter(|_| !self.fields.is_empty()) {
            let object = ObjectShape { name, description: "", fields };
            shapes.push(FieldShape::shown(content, "", Shape::Object(object), ALL_VERSIONS));
        }
        shapes
    }

    /// Returns the forms of the members that stand in another one.
    pub fn content_shapes(&'static self) -> Vec<FieldShape> {
        fields::shapes(self.fields)
    }
}

/// An enum that a request carries, made by `#[derive(Input)]` with `#[input(tag = "…")]`.
///
/// It is a field of another input. What is not declared by the variant that was sent is refused, as in any input.
///
/// ```
/// use secure_api::{input::decode_body, prelude::*};
///
/// #[derive(Input)]
/// #[input(tag = "kind")]
/// enum Delivery {
///     Pickup,
///     Parcel {
///         #[input(max_len = 80)]
///         street: String,
///     },
/// }
///
/// #[derive(Input)]
/// struct Order {
///     delivery: Delivery,
/// }
///
/// let order: Order =
///     decode_body(br#"{"delivery": {"kind": "parcel", "street": "Teestr. 1"}}"#).map_err(|_| "refused")?;
/// assert!(matches!(order.delivery, Delivery::Parcel { street } if street == "Teestr. 1"));
/// assert!(decode_body::<Order>(br#"{"delivery": {"kind": "pickup", "street": "x"}}"#).is_err());
/// # Ok::<_, &str>(())
/// ```
pub trait TaggedInput: Decode {
    /// The type's name.
    const NAME: &'static str;
    /// The description, from its doc comment.
    const DESCRIPTION: &'static str;
    /// Its variants, in the order of declaration.
    const VARIANTS: &'static [Variant];

    /// Returns its JSON form, made of that of each variant.
    #[doc(hidden)]
    fn union(shapes: Vec<ObjectShape>) -> Shape {
        Shape::Union(UnionShape {
            name: Self::NAME,
            description: Self::DESCRIPTION,
            tag: Self::VARIANTS.first().map_or("", |variant| variant.tag),
            variants: Self::VARIANTS.iter().map(|variant| variant.name).zip(shapes).collect(),
        })
    }
}

/// Decodes an object by the variant that its tag names; `read` gets that variant's place and the other members.
///
/// The object is a whole: where a patch has one, it replaces what was there.
pub fn decode_tagged<'b, T>(
    node: Node<'b>,
    variants: &'static [Variant],
    decoding: &mut Decoding,
    read: impl FnOnce(usize, Node<'b>, &mut Decoding) -> Option<T>,
) -> Option<T> {
    let tag = variants.first().map_or("", |variant| variant.tag);
    let Node::Object(mut members) = node else {
        decoding.refuse_type("an object is expected");
        return None;
    };
    let Some(place) = members.iter().position(|(name, _)| name == tag) else {
        decoding.in_field(tag, |decoding| decoding.refuse("required", "this has to be there"));
        return None;
    };
    let named = match members.remove(place).1 {
        Node::Text(text) => variants.iter().position(|variant| variant.name == text),
        _ => {
            decoding.in_field(tag, |decoding| decoding.refuse_type("text is expected"));
            return None;
        }
    };
    let Some(index) = named else {
        let names: Vec<_> = variants.iter().map(|variant| variant.name).collect();
        let detail: Cow<'static, str> = format!("one of: {}", names.join(", ")).into();
        decoding.in_field(tag, |decoding| decoding.refuse("choice", detail));
        return None;
    };
    let variant = &variants[index];
    decoding.whole(|decoding| match variant.content {
        Some((content, _)) if !variant.fields.is_empty() => {
            let inner = content_of(members, content, decoding)?;
            decoding.in_field(content, |decoding| read(index, inner, decoding))
        }
        Some(_) | None => read(index, Node::Object(members), decoding),
    })
}

/// Returns the member of this name; all others are mistakes.
fn content_of<'b>(
    members: Vec<(Cow<'b, str>, Node<'b>)>,
    content: &'static str,
    decoding: &mut Decoding,
) -> Option<Node<'b>> {
    let mut found = None;
    for (name, value) in members {
        if name == content {
            found = Some(value);
        } else if !decoding.is_open() && !crate::weakened::is("unknown-member") {
            decoding.refuse_member(&name);
        }
    }
    if found.is_none() {
        decoding.in_field(content, |decoding| decoding.refuse("required", "this has to be there"));
    }
    found
}
