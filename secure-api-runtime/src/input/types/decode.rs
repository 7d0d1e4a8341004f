//! Decoding from a request: the trait, and the decoding of lists.

use crate::shape::Shape;

use crate::input::{
    Contains, Decoding, Depth, Field, Forms, Input, Kinds, Needs, Node, Referred, Rules, Texts,
    types::unique::{identity_of, refuse_equal, refuse_repeated},
};

/// The facts that the derive asks of a field's type.
#[derive(Debug, Clone, Copy)]
pub struct TypeInfo {
    /// The bounds that have to be stated.
    pub needs: Needs,
    /// `true` if it may be omitted.
    pub optional: bool,
    /// `true` if null in a merge patch removes it.
    pub removable: bool,
    /// Marks a key of an object, or what holds one: only the path names an object by its bare key.
    pub key: bool,
    /// The reasons for which keys of objects in it belong to nobody.
    pub unowned: fn() -> Vec<&'static str>,
    /// `true` of plain text, as `PlainText` and a value around a `String`, and of lists and maps of it.
    pub text: bool,
    /// The kinds of JSON that it may be.
    pub kinds: Kinds,
    /// The object that it refers to, or its parts do.
    pub refers: Option<&'static Referred>,
    /// The fields that it has itself, in each of its forms. A function, since a type may contain itself.
    pub fields: fn() -> Vec<&'static [Field]>,
    /// `true` of an input whose members a query or a form can name, as `filter[status]`: a struct, and no list or map of such.
    pub deep: bool,
    /// Its JSON form under given rules.
    pub shape: fn(&Rules) -> Shape,
}

impl TypeInfo {
    /// Creates the facts of a type that brings its own bounds.
    pub const fn bounded(shape: fn(&Rules) -> Shape) -> Self {
        Self::needing(Needs::Nothing, shape)
    }

    /// Creates the facts of a type with fields of its own.
    pub const fn object(shape: fn(&Rules) -> Shape) -> Self {
        Self::needing(Needs::Object, shape)
    }

    /// Creates the facts of an input that has the same fields in each of its values.
    pub const fn of<I: Input>() -> Self {
        let object = Self::object(|_| I::input_shape()).with(|| vec![I::FIELDS]);
        Self { deep: true, ..object }
    }

    /// Creates the facts of such an input, some of whose fields are files.
    pub const fn of_files<I: Input>() -> Self {
        Self { needs: Needs::Upload, ..Self::of::<I>() }
    }

    /// Creates the facts of a type that is always there and needs these bounds.
    pub const fn needing(needs: Needs, shape: fn(&Rules) -> Shape) -> Self {
        Self {
            needs,
            optional: false,
            removable: false,
            key: false,
            unowned: Vec::new,
            text: matches!(needs, Needs::Text),
            kinds: Kinds::of(&needs),
            refers: None,
            fields: Vec::new,
            deep: false,
            shape,
        }
    }

    /// Adds fields of its own.
    #[must_use]
    pub const fn with(self, fields: fn() -> Vec<&'static [Field]>) -> Self {
        Self { fields, ..self }
    }

    /// Says of which kinds of JSON it may be.
    #[must_use]
    pub const fn being(self, kinds: Kinds) -> Self {
        Self { kinds, ..self }
    }

    /// Adds the object that it refers to.
    #[must_use]
    pub const fn referring(self, refers: &'static Referred) -> Self {
        Self { refers: Some(refers), ..self }
    }

    /// Says if it is plain text, by the texts that it has in a path.
    #[must_use]
    pub const fn texts(self, texts: Texts) -> Self {
        Self { text: texts.are_plain(), ..self }
    }

    /// Marks it as the key of an object, or not.
    #[must_use]
    pub const fn marked(self, key: bool) -> Self {
        Self { key, ..self }
    }

    /// Sets the reasons for which the keys in it belong to nobody. Where there is no `key`, there is nothing to except.
    #[must_use]
    pub const fn unowned(self, key: bool, reasons: fn() -> Vec<&'static str>) -> Self {
        if key { Self { unowned: reasons, ..self } } else { self }
    }
}

/// A type that can be decoded from a request.
///
/// There are text, `bool`, whole numbers of up to 64 bits, `f32`, `f64`, `Uuid`, `IpAddr`, `Ipv4Addr`, `Ipv6Addr`,
/// `jiff::Timestamp`, `jiff::civil::Date`, `Secret<String>`, the typed values of `secure_api::value`, `Option`,
/// `Nullable`, `Patched`, `Vec` and `BTreeMap` of these, `UploadedFile` in an upload, and what derives `Value` or `Input`.
#[diagnostic::on_unimplemented(
    message = "SA507: `{Self}` cannot be read from a request",
    label = "not readable from a request",
    note = "write `#[derive(Input)]` above `{Self}`, where that is a struct of fields, or `#[derive(Value)]` above a newtype or an enum of names",
    note = "a time is a `Timestamp`, a day a `Date`, a map a `BTreeMap`, an amount a `Decimal` or `Money`, a file an `UploadedFile`, a URL a `WebUrl`",
    note = "a whole number has at most 64 bits, as `u64`; a text is a `String`, a path a `SafePath`, a duration a number of seconds, a set a `Vec` with `unique`, free JSON a struct, and HTML a `RichText`, which needs the feature `html`"
)]
pub trait Decode: Sized {
    /// The facts of the type.
    #[doc(hidden)]
    const TYPE: TypeInfo;

    /// The forms of its values.
    #[doc(hidden)]
    const FORMS: Forms = Forms::Value;

    /// Its contents, where it stands above so many levels of inputs: `()` of a value that has neither secrets nor inputs in it.
    #[doc(hidden)]
    type Contents<D: Depth>: Contains;

    /// Reads a value. Where nothing comes back, the mistake is noted in `decoding`.
    #[doc(hidden)]
    fn decode(node: Node<'_>, rules: &Rules, decoding: &mut Decoding) -> Option<Self>;

    /// Reads a value into its place.
    #[doc(hidden)]
    fn fill(place: &mut Option<Self>, node: Node<'_>, rules: &Rules, decoding: &mut Decoding) {
        let noted = decoding.to_note(&node);
        *place = Self::decode(node, rules, decoding);
        if let (Some(noted), Some(value)) = (noted, place) {
            decoding.note(noted, value);
        }
    }

    /// Returns a text that two values share where they are equal as they were read, and only there. Others are compared as
    /// they were sent.
    #[doc(hidden)]
    fn identity(&self) -> Option<String> {
        None
    }
}

impl<T: Decode> Decode for Vec<T> {
    const TYPE: TypeInfo = TypeInfo {
        needs: Needs::List(&T::TYPE.needs),
        kinds: Kinds::LIST,
        optional: false,
        removable: false,
        shape: |rules| {
            let (fewest, most) = rules.items.unwrap_or((0, usize::MAX));
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
        let items = list(node, rules, decoding)?;
        let unique = rules.unique;
        // Of secrets nothing is cut, and no copy is made: they are compared below, by their digests.
        let as_sent = unique && !T::TYPE.needs.is_secret();
        let distinct = !as_sent || refuse_repeated(&items, rules.of_items(), decoding);
        let rules = rules.of_items();
        let count = items.len();
        let (mut decoded, mut places) = (Vec::with_capacity(count), Vec::new());
        for (index, item) in items.into_iter().enumerate() {
            let item = decoding.in_item(index, |decoding| {
                // A merge patch replaces a list as a whole (RFC 7396), so its items are no patches.
                decoding.whole(|decoding| match item {
                    Node::Refused(mistake) => {
                        decoding.refuse(mistake.code, mistake.detail);
                        None
                    }
                    item => T::decode(item, rules, decoding),
                })
            });
            if unique && item.is_some() {
                places.push(index);
            }
            decoded.extend(item);
        }
        if unique && distinct {
            refuse_equal(&decoded, &places, decoding);
        }
        (decoded.len() == count).then_some(decoded)
    }

    fn identity(&self) -> Option<String> {
        identity_of(&self.iter().map(T::identity).collect::<Vec<_>>())
    }
}

/// Returns the items of a list of an acceptable length: the items of a longer one are not looked at.
fn list<'b>(node: Node<'b>, rules: &Rules, decoding: &mut Decoding) -> Option<Vec<Node<'b>>> {
    let Node::List(items) = node else {
        decoding.refuse_type("a list is expected");
        return None;
    };
    // The compiler has seen that bounds are stated; without them there is room for nothing.
    let (fewest, most) = rules.items.unwrap_or((0, 0));
    if (fewest..=most).contains(&items.len()) || crate::weakened::is("items") {
        return Some(items);
    }
    decoding.refuse("items", format!("the list has from {fewest} to {most} items"));
    None
}
