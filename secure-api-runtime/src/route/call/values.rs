//! Values that are found by their types.

use std::{
    any::{Any, TypeId},
    sync::Arc,
};

/// Values, one of each type. There are a few, so that each is looked at: a hash of a type would cost more.
#[derive(Default)]
pub(super) struct Values(Vec<(TypeId, Arc<dyn Any + Send + Sync>)>);

impl Values {
    /// Keeps a value; `false` if it takes the place of another of its type.
    pub(super) fn insert<T: Send + Sync + 'static>(&mut self, value: Arc<T>) -> bool {
        match self.0.iter_mut().find(|(kind, _)| *kind == TypeId::of::<T>()) {
            Some((_, place)) => {
                *place = value;
                false
            }
            None => {
                self.0.push((TypeId::of::<T>(), value));
                true
            }
        }
    }

    /// Returns the value of a type.
    pub(super) fn get<T: Send + Sync + 'static>(&self) -> Option<Arc<T>> {
        Arc::clone(self.of(TypeId::of::<T>())?).downcast().ok()
    }

    /// Returns the value of the type that has this id.
    pub(super) fn of(&self, kind: TypeId) -> Option<&Arc<dyn Any + Send + Sync>> {
        self.0.iter().find(|(own, _)| *own == kind).map(|(_, value)| value)
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_found_by_its_type_and_the_last_one_is() {
        let mut values = Values::default();
        assert!(values.insert(Arc::new(1_u8)));
        assert!(values.insert(Arc::new(1_u16)));
        assert!(!values.insert(Arc::new(2_u8)));
        assert_eq!(values.get::<u8>().as_deref(), Some(&2));
        assert_eq!(values.get::<u16>().as_deref(), Some(&1));
        assert!(values.get::<u32>().is_none());
        assert!(values.of(TypeId::of::<u32>()).is_none());
        assert_eq!(values.len(), 2);
    }
}
