//! A value in a box, which is read as the value: a type that contains itself needs one.

use super::{
    decode::{Decode, TypeInfo},
    forms::Forms,
};
use crate::input::{Decoding, Depth, Node, Rules};

impl<T: Decode> Decode for Box<T> {
    const TYPE: TypeInfo = T::TYPE;
    const FORMS: Forms = T::FORMS;

    type Contents<D: Depth> = T::Contents<D>;

    fn decode(node: Node<'_>, rules: &Rules, decoding: &mut Decoding) -> Option<Self> {
        T::decode(node, rules, decoding).map(Self::new)
    }

    fn identity(&self) -> Option<String> {
        (**self).identity()
    }
}
