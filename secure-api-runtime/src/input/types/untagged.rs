//! A value of one of several forms, which its own JSON tells: its kind, or the members of an object.

use std::borrow::Cow;

use super::{
    fields,
    forms::{Forms, Members},
};
use crate::{
    input::{Decode, Decoding, Field, Node, Rules, Variant},
    shape::{FieldShape, Shape, UntaggedShape},
};

/// An enum that a request carries, made by `#[derive(Input)]` with `#[input(untagged)]`.
///
/// No value fits two of its variants, which the compiler holds; or the first that fits is taken, where that is said with a reason:
/// `#[input(untagged, ordered, reason = "…")]`. It is a field of another input, or a whole JSON body. Mistakes are told of the
/// variant that was meant: the one that lacks the least.
///
/// ```
/// use secure_api::{input::decode_body, prelude::*};
///
/// #[derive(Input)]
/// struct Address {
///     #[input(max_len = 80)]
///     street: String,
/// }
///
/// #[derive(Input)]
/// #[input(untagged)]
/// enum Place {
///     Known(Uuid),
///     New(Address),
/// }
///
/// #[derive(Input)]
/// struct Order {
///     place: Place,
/// }
///
/// let order: Order = decode_body(br#"{"place": {"street": "Teestr. 1"}}"#).map_err(|_| "refused")?;
/// assert!(matches!(order.place, Place::New(Address { street }) if street == "Teestr. 1"));
/// assert!(decode_body::<Order>(br#"{"place": 7}"#).is_err());
/// # Ok::<_, &str>(())
/// ```
pub trait UntaggedInput: Decode {
    /// The type's name.
    const NAME: &'static str;
    /// The description, from its doc comment.
    const DESCRIPTION: &'static str;
    /// Its variants, in the order of declaration, each as a field of its name.
    const VARIANTS: &'static [Field];
    /// The forms of each.
    const VARIANT_FORMS: &'static [Forms];
    /// The reason for which the first that fits is taken.
    const ORDERED: Option<&'static str>;

    /// Returns its JSON form.
    #[doc(hidden)]
    fn untagged_shape() -> Shape {
        Shape::Untagged(UntaggedShape {
            name: Self::NAME,
            description: Self::DESCRIPTION,
            ordered: Self::ORDERED,
            variants: Self::variant_shapes,
        })
    }

    /// Returns the forms of its variants.
    #[doc(hidden)]
    fn variant_shapes() -> Vec<FieldShape> {
        fields::shapes(Self::VARIANTS)
    }
}

/// Decodes a value by the variant that it fits; `read` gets that variant's place.
///
/// The value is a whole: where a patch has one, it replaces what was there.
pub fn decode_untagged<'b, U: UntaggedInput>(
    node: Node<'b>,
    decoding: &mut Decoding,
    read: impl Fn(usize, Node<'b>, &Rules, &mut Decoding) -> Option<U>,
) -> Option<U> {
    let (variants, forms) = (U::VARIANTS, U::VARIANT_FORMS);
    let sides = || variants.iter().zip(forms);
    let lacks: Vec<Option<usize>> = sides().map(|side| lack(&node, side)).collect();
    // The first of those that lack the least.
    let near = (0..lacks.len()).filter_map(|place| Some((lacks[place]?, place))).min();
    let Some((_, near)) = near else {
        let mut names: Vec<&str> = Vec::new();
        for name in variants.iter().flat_map(|variant| variant.ty.kinds.names()) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let wanted: Cow<'static, str> = match &names[..] {
            [one] => format!("{one} is expected").into(),
            names => format!("one of these is expected: {}", names.join(", ")).into(),
        };
        decoding.refuse("type", wanted);
        return None;
    };
    decoding.whole(|decoding| {
        let some_fit = lacks.iter().flatten().count() > 1;
        if U::ORDERED.is_some() && some_fit {
            for place in (0..lacks.len()).filter(|place| lacks[*place].is_some()) {
                let rules = &variants[place].rules;
                let tried =
                    decoding.attempt(&node, |node, decoding| read(place, node, rules, decoding))?;
                if let Some(read) = tried {
                    return read;
                }
            }
        }
        read(near, node, &variants[near].rules, decoding)
    })
}

/// Returns the number of members by which a value is none of these forms; `None` where it is of another kind.
fn lack(node: &Node<'_>, (variant, forms): (&Field, &Forms)) -> Option<usize> {
    match forms {
        Forms::Value => {
            let kinds = variant.ty.kinds;
            kinds.admit(node).then(|| usize::from(!kinds.admit_wholly(node)))
        }
        Forms::Object(fields) => of_object(node, &Members::of(fields)),
        Forms::Tagged(variants) => {
            let Node::Object(members) = node else { return None };
            let known = variants.iter().find(|variant| is_tagged(members, variant));
            match known {
                Some(variant) => of_object(node, &Members::tagged(variant)),
                // The tag, and whatever it would tell.
                None => Some(1 + members.len()),
            }
        }
        Forms::OneOf(variants, forms) => {
            variants.iter().zip(*forms).filter_map(|side| lack(node, side)).min()
        }
    }
}

fn is_tagged(members: &[(Cow<'_, str>, Node<'_>)], variant: &Variant) -> bool {
    members.iter().any(|(name, value)| {
        name == variant.tag && matches!(value, Node::Text(text) if text == variant.name)
    })
}

fn of_object(node: &Node<'_>, form: &Members) -> Option<usize> {
    let Node::Object(members) = node else { return None };
    let (mut lacks, mut known) = (0, 0);
    for place in 0..form.count() {
        let (name, required, kinds) = form.at(place);
        match members.iter().find(|(other, _)| other == name) {
            Some((_, value)) => {
                known += 1;
                lacks += usize::from(!kinds.admit_wholly(value));
            }
            None => lacks += usize::from(required),
        }
    }
    Some(lacks + members.len() - known)
}
