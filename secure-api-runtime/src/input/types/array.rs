//! A bare list, within bounds that its type states: a whole body, a whole answer, or a field of either.

use super::decode::{Decode, TypeInfo};
use crate::{
    input::{Body, Decoding, Depth, Kinds, Needs, Node, Reads, Rules},
    shape::Shape,
};

/// A list of at most `MOST` items, and at least `LEAST`: the whole of a body, or of an answer.
///
/// As `Json<Array<NewItem, 100>>` it is the body of a request. An item is an input, or a value that brings its own bounds: an own
/// newtype by `#[derive(Value)]`, a `Uuid`, a day. As `Array<Book, 100>` it is the answer of a GET, each item through the view; of
/// objects it holds their proofs, [`Scoped::prove`](crate::object::Scoped::prove) gives them. An answer of more than `MOST` is a
/// mistake of the app: the caller is told 500, and the log why.
///
/// ```
/// use secure_api::prelude::*;
/// # #[derive(Role)]
/// # enum Role { Clerk }
/// # #[derive(Version)]
/// # enum Version { V1 }
///
/// #[derive(Input)]
/// struct NewItem {
///     #[input(range = 1..=1000)]
///     qty: u32,
/// }
///
/// /// Adds items to the stock.
/// #[post("/items", version = Version::V1, role = Role::Clerk)]
/// async fn add_items(Json(Array(items)): Json<Array<NewItem, 100, 1>>) -> Accepted {
///     assert!((1..=100).contains(&items.len()));
///     Accepted
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Array<T, const MOST: usize, const LEAST: usize = 0>(pub Vec<T>);

impl<T: Decode, const MOST: usize, const LEAST: usize> Decode for Array<T, MOST, LEAST> {
    const TYPE: TypeInfo = TypeInfo {
        // Items that bring no bounds of their own have those that the field states, as those of any list.
        needs: match T::TYPE.needs {
            Needs::Nothing
            | Needs::Formed { .. }
            | Needs::Truth
            | Needs::Object
            | Needs::Free(_) => Needs::Object,
            _ => Needs::List(&T::TYPE.needs),
        },
        kinds: Kinds::LIST,
        optional: false,
        removable: false,
        deep: false,
        shape: |rules| {
            let Rules { items, .. } = within::<MOST, LEAST>(rules);
            let (fewest, most) = items.unwrap_or((LEAST, MOST));
            rules.further(Shape::List {
                item: Box::new((T::TYPE.shape)(rules.of_items())),
                min_items: fewest as u64,
                max_items: most as u64,
            })
        },
        ..T::TYPE
    };

    type Contents<D: Depth> = T::Contents<D>;

    fn decode(node: Node<'_>, rules: &Rules, decoding: &mut Decoding) -> Option<Self> {
        Vec::decode(node, &within::<MOST, LEAST>(rules), decoding).map(Self)
    }

    fn identity(&self) -> Option<String> {
        self.0.identity()
    }
}

/// Returns the rules of a list with the bounds of its type. A field may narrow them.
fn within<const MOST: usize, const LEAST: usize>(rules: &Rules) -> Rules {
    let (fewest, most) = rules.items.unwrap_or((LEAST, MOST));
    Rules { items: Some((fewest.max(LEAST), most.min(MOST))), ..*rules }
}

#[diagnostic::do_not_recommend]
impl<T: Decode, const MOST: usize, const LEAST: usize> Body for Array<T, MOST, LEAST> {
    const READS: Reads =
        Reads::Items { needs: T::TYPE.needs, bounds: (LEAST, MOST), fields: T::TYPE.fields };

    fn body_shape() -> Shape {
        (Self::TYPE.shape)(&Rules::NONE)
    }
}

impl<T, const MOST: usize, const LEAST: usize> From<Vec<T>> for Array<T, MOST, LEAST> {
    fn from(items: Vec<T>) -> Self {
        Self(items)
    }
}

impl<T, const MOST: usize, const LEAST: usize> FromIterator<T> for Array<T, MOST, LEAST> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self(items.into_iter().collect())
    }
}

impl<T, const MOST: usize, const LEAST: usize> IntoIterator for Array<T, MOST, LEAST> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
