//! Values that may not be there, may be null, or both: three things, three types.

use crate::shape::Shape;

use crate::input::{Decode, Decoding, Depth, Node, Rules, TypeInfo, types::unique::identity_of};

/// Decodes an absent value as `None`. So is null, but in a [`Patch`](crate::input::Patch): there null would mean to
/// remove, and what can be removed is a [`Patched`].
impl<T: Decode> Decode for Option<T> {
    const TYPE: TypeInfo = TypeInfo {
        kinds: T::TYPE.kinds.or_null(),
        optional: true,
        removable: false,
        shape: |rules| Shape::Nullable(Box::new((T::TYPE.shape)(rules))),
        ..T::TYPE
    };

    type Contents<D: Depth> = T::Contents<D>;

    fn decode(node: Node<'_>, rules: &Rules, decoding: &mut Decoding) -> Option<Self> {
        match node {
            Node::Absent => Some(None),
            Node::Null if decoding.merges() => {
                decoding.refuse("null", "this can be changed and not removed");
                None
            }
            Node::Null => Some(None),
            node => T::decode(node, rules, decoding).map(Some),
        }
    }

    fn identity(&self) -> Option<String> {
        identity_of(&self.iter().map(T::identity).collect::<Vec<_>>())
    }
}

/// A value that has to be stated and may be null: nobody forgets it, and "none" is said, not left out.
///
/// ```
/// use secure_api::{input::{Nullable, decode_body}, prelude::*};
///
/// #[derive(Input)]
/// struct Address {
///     #[input(max_len = 20)]
///     middle_name: Nullable<String>,
/// }
///
/// let address: Address = decode_body(br#"{"middle_name": null}"#).map_err(|_| "refused")?;
/// assert_eq!(address.middle_name, Nullable(None));
/// assert!(decode_body::<Address>(b"{}").is_err());
/// # Ok::<_, &str>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Nullable<T>(pub Option<T>);

impl<T: Decode> Decode for Nullable<T> {
    const TYPE: TypeInfo = TypeInfo { optional: false, ..<Option<T> as Decode>::TYPE };

    type Contents<D: Depth> = T::Contents<D>;

    fn decode(node: Node<'_>, rules: &Rules, decoding: &mut Decoding) -> Option<Self> {
        match node {
            Node::Null => Some(Self(None)),
            node => T::decode(node, rules, decoding).map(|value| Self(Some(value))),
        }
    }

    fn identity(&self) -> Option<String> {
        self.0.identity()
    }
}

/// The change to an optional value in a merge patch (RFC 7396): none, removal, or a new value.
///
/// ```
/// use secure_api::{input::{Patched, decode_patch}, prelude::*};
///
/// #[derive(Input)]
/// struct Change {
///     #[input(max_len = 20)]
///     title: Option<String>,
///     #[input(max_len = 20)]
///     note: Patched<String>,
/// }
///
/// let change: Change = decode_patch(br#"{"note": null}"#).map_err(|_| "refused")?;
/// let mut note = Some("old".to_owned());
/// change.note.apply(&mut note);
/// assert_eq!((change.title, note), (None, None));
/// assert!(decode_patch::<Change>(br#"{"title": null}"#).is_err());
/// # Ok::<_, &str>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Patched<T> {
    /// The absent value: it stays as it is.
    #[default]
    Kept,
    /// Null: it is removed.
    Removed,
    /// A new value.
    Set(T),
}

impl<T> Patched<T> {
    /// Applies the patch to a value.
    pub fn apply(self, value: &mut Option<T>) {
        match self {
            Self::Kept => {}
            Self::Removed => *value = None,
            Self::Set(new) => *value = Some(new),
        }
    }
}

impl<T: Decode> Decode for Patched<T> {
    const TYPE: TypeInfo = TypeInfo { removable: true, ..<Option<T> as Decode>::TYPE };

    type Contents<D: Depth> = T::Contents<D>;

    fn decode(node: Node<'_>, rules: &Rules, decoding: &mut Decoding) -> Option<Self> {
        match node {
            Node::Absent => Some(Self::Kept),
            Node::Null => Some(Self::Removed),
            node => T::decode(node, rules, decoding).map(Self::Set),
        }
    }

    fn identity(&self) -> Option<String> {
        match self {
            Self::Kept => Some(String::new()),
            Self::Removed => Some("0".to_owned()),
            Self::Set(value) => identity_of(&[value.identity()]),
        }
    }
}
