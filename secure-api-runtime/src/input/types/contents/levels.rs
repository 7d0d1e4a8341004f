//! The levels at which an input may stand, each with the contents of what it holds there.

use std::marker::PhantomData;

use super::Contents;
use crate::input::{Decode, Input};

/// A type whose contents are a constant.
pub trait Contains {
    /// The contents.
    const CONTENTS: Contents;
}

/// A value without secrets and references.
impl Contains for () {
    const CONTENTS: Contents = Contents::NOTHING;
}

/// A number of levels of inputs that may stand below a place.
pub trait Depth {
    /// The number that is one less.
    type Below: Depth;

    /// An input's contents, where one may stand.
    type Look<C: Contains>: Contains;
}

/// No level.
#[derive(Debug)]
pub enum Floor {}

/// One level above others.
#[derive(Debug)]
pub struct Above<D>(PhantomData<D>);

impl Depth for Floor {
    type Below = Self;
    type Look<C: Contains> = Self;
}

impl Contains for Floor {
    const CONTENTS: Contents = Contents::ENDLESS;
}

impl<D: Depth> Depth for Above<D> {
    type Below = D;
    type Look<C: Contains> = C;
}

type Two<D> = Above<Above<D>>;
type Four<D> = Two<Two<D>>;
type Eight<D> = Four<Four<D>>;
type Sixteen<D> = Eight<Eight<D>>;

/// The levels of a body.
type Deepest = Sixteen<Sixteen<Floor>>;

/// An input whose fields are all values, as a type with contents.
#[derive(Debug)]
pub struct Flat<T>(PhantomData<T>);

impl<T: Input> Contains for Flat<T> {
    const CONTENTS: Contents = Contents::of(T::FIELDS, &[]);
}

/// An input above so many levels; made by `#[derive(Input)]`.
pub trait Nested<D: Depth> {
    /// The contents of its fields.
    const CONTENTS: Contents;
}

/// An input above so many levels, as a type with contents.
#[derive(Debug)]
pub struct Within<T, D>(PhantomData<(T, D)>);

impl<T: Nested<D>, D: Depth> Contains for Within<T, D> {
    const CONTENTS: Contents = T::CONTENTS;
}

/// Returns the contents of an input.
pub(crate) const fn contents_of<T: Decode>() -> Contents {
    <T::Contents<Deepest> as Contains>::CONTENTS
}
