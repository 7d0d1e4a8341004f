//! The parameters of a path, as a value that makes its address.

use std::any::TypeId;

use crate::input::Leaf;

/// The key that fills the parameters of a path.
pub trait PathKey {
    /// Returns the text of each parameter, in order.
    fn segments(&self) -> Vec<String>;

    /// Returns the type of the last of them.
    #[doc(hidden)]
    fn last() -> Option<TypeId> {
        None
    }
}

impl PathKey for () {
    fn segments(&self) -> Vec<String> {
        Vec::new()
    }
}

impl<K: Leaf> PathKey for K {
    fn segments(&self) -> Vec<String> {
        vec![self.to_text()]
    }

    fn last() -> Option<TypeId> {
        Some(TypeId::of::<K>())
    }
}

macro_rules! keys {
    ($($key:ident $place:tt),*) => {
        impl<$($key: Leaf),*> PathKey for ($($key,)*) {
            fn segments(&self) -> Vec<String> {
                vec![$(self.$place.to_text()),*]
            }

            fn last() -> Option<TypeId> {
                [$(TypeId::of::<$key>()),*].last().copied()
            }
        }
    };
}

keys!(A 0, B 1);
keys!(A 0, B 1, C 2);
keys!(A 0, B 1, C 2, D 3);
keys!(A 0, B 1, C 2, D 3, E 4);
keys!(A 0, B 1, C 2, D 3, E 4, F 5);
keys!(A 0, B 1, C 2, D 3, E 4, F 5, G 6);
keys!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);
