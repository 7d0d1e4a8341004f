//! Maps: as many entries as are stated, each name and each value within bounds.

use std::collections::BTreeMap;

use crate::shape::Shape;

use crate::input::{
    Decode, Decoding, Depth, Kinds, Leaf, Needs, Node, Rules, TypeInfo, types::unique::identity_of,
};

/// An object whose names are data: `items` says how many there may be, `keys(…)` bounds each name, `each(…)` each
/// value. A name that derives `Value` brings its own bounds.
impl<K: Leaf + Ord, V: Decode> Decode for BTreeMap<K, V> {
    const TYPE: TypeInfo = TypeInfo {
        needs: Needs::Map(&K::KIND.needs, &V::TYPE.needs),
        kinds: Kinds::OBJECT,
        optional: false,
        removable: false,
        key: K::KIND.key || V::TYPE.key,
        unowned: || [(K::KIND.unowned)(), (V::TYPE.unowned)()].concat(),
        // The names above secrets say what these are.
        text: (K::KIND.text && !V::TYPE.needs.is_secret()) || V::TYPE.text,
        shape: |rules| Shape::Map {
            key: Some(Box::new((K::KIND.shape)(rules.of_keys()))),
            value: Box::new((V::TYPE.shape)(rules.of_items())),
            min_properties: rules.items.map_or(0, |(fewest, _)| fewest as u64),
            max_properties: rules.items.map_or(u64::MAX, |(_, most)| most as u64),
        },
        ..V::TYPE
    };

    type Contents<D: Depth> = V::Contents<D>;

    fn decode(node: Node<'_>, rules: &Rules, decoding: &mut Decoding) -> Option<Self> {
        let Node::Object(members) = node else {
            decoding.refuse_type("an object is expected");
            return None;
        };
        // The compiler has seen that bounds are stated; without them there is room for nothing.
        let (fewest, most) = rules.items.unwrap_or((0, 0));
        if !(fewest..=most).contains(&members.len()) {
            decoding.refuse("items", format!("there are from {fewest} to {most} entries"));
            return None;
        }
        let count = members.len();
        let mut decoded = Self::new();
        for (name, value) in members {
            let entry = decoding.in_entry(&name, |decoding| {
                let key = decoding.admit(K::parse_within(&name, rules.of_keys()));
                let value = V::decode(value, rules.of_items(), decoding);
                key.zip(value)
            });
            if let Some((key, value)) = entry
                && decoded.insert(key, value).is_some()
            {
                // Two spellings of one name.
                decoding.in_entry(&name, |decoding| {
                    decoding.refuse("duplicate", "a name stands once in an object");
                });
            }
        }
        (decoded.len() == count).then_some(decoded)
    }

    fn identity(&self) -> Option<String> {
        let entries =
            self.iter().flat_map(|(key, value)| [Some(key.comparable()), value.identity()]);
        identity_of(&entries.collect::<Vec<_>>())
    }
}
