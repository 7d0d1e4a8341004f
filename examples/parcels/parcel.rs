//! A parcel: what it is, whose it is, and the inputs that name one.

use std::{collections::BTreeMap, sync::Mutex};

use secure_api::prelude::*;

use crate::Role;

#[derive(Value, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[value(key)]
pub(crate) struct ParcelId(Uuid);

/// A parcel, as its sender sees it.
#[derive(Resource, Clone)]
#[view(ParcelView, role = Role::Customer, fields(id, street, items))]
pub(crate) struct Parcel {
    pub(crate) id: ParcelId,
    pub(crate) sender: CallerId,
    pub(crate) street: String,
    pub(crate) items: u32,
}

/// A new parcel, and what is in it.
#[derive(Input)]
pub(crate) struct NewParcel {
    #[input(min_len = 3, max_len = 40)]
    pub(crate) street: String,
    #[input(items = 1..=4, each(max_len = 20))]
    pub(crate) items: Vec<String>,
}

/// A box, and those that are in it.
#[derive(Input)]
pub(crate) struct Packed {
    #[input(max_len = 20)]
    pub(crate) label: String,
    #[input(items = 0..=2, depth = 3)]
    pub(crate) inner: Option<Vec<Packed>>,
}

/// The parcel that goes back.
#[derive(Input)]
pub(crate) struct Return {
    pub(crate) parcel: Ref<Parcel>,
    #[input(max_len = 80)]
    pub(crate) reason: String,
}

/// The parcel that a label is for.
#[derive(Input)]
pub(crate) struct LabelOf {
    pub(crate) parcel: Ref<Parcel>,
}

/// The street that somebody looks for a locker in.
#[derive(Input)]
pub(crate) struct Search {
    #[input(min_len = 3, max_len = 40)]
    pub(crate) street: String,
}

/// A name, and the password that goes with it.
#[derive(Input)]
pub(crate) struct Credentials {
    #[input(max_len = 40)]
    pub(crate) name: String,
    #[input(max_len = 40)]
    pub(crate) password: Secret<String>,
}

/// A photograph of a parcel.
#[derive(Input)]
pub(crate) struct NewPhoto {
    #[input(max_bytes = 64 * KIB, kinds = [FileKind::Png, FileKind::Jpeg])]
    pub(crate) photo: UploadedFile,
    #[input(max_len = 40)]
    pub(crate) text: String,
}

/// The state of a locker.
#[derive(Input)]
pub(crate) struct State {
    #[input(range = 0..=100)]
    pub(crate) free: u8,
    /// Further facts, as its maker has them.
    pub(crate) told: Option<FreeJson<400, 3, 10>>,
}

/// The days for which parcels wait.
#[derive(Input)]
pub(crate) struct Pause {
    #[input(range = 1..=30)]
    pub(crate) days: u8,
}

/// The screen that something is shown on.
#[derive(Input)]
pub(crate) struct Screen {
    #[input(name = "X-Screen-Width", range = 1..=9999)]
    pub(crate) width: u16,
}

/// The look that a customer has chosen.
#[derive(Input)]
pub(crate) struct Look {
    #[input(max_len = 20)]
    pub(crate) theme: Option<String>,
}

/// The parcels that are under way.
#[derive(Default)]
pub(crate) struct Lockers(Mutex<BTreeMap<ParcelId, Parcel>>);

impl Store for Lockers {
    type Read = Self;
    type Write = Self;

    fn reader(&self) -> &Self {
        self
    }

    fn writer(&self, _: &Writing) -> &Self {
        self
    }
}

impl Lockers {
    pub(crate) fn with<T>(
        &self,
        work: impl FnOnce(&mut BTreeMap<ParcelId, Parcel>) -> T,
    ) -> Result<T, StoreError> {
        let mut all = self.0.lock().map_err(|_| "a thread panicked while it wrote")?;
        Ok(work(&mut all))
    }
}

/// A parcel is its sender's.
#[object(owner = sender)]
impl Object for Parcel {
    async fn load(
        lockers: &Reader<Lockers>,
        id: ParcelId,
        _: &Loading<Role>,
    ) -> Result<Option<Self>, StoreError> {
        lockers.with(|all| all.get(&id).cloned())
    }
}
