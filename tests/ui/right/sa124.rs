//! An object of another tenant is not there in an API with `tenants`. That can only be asked of an object that says
//! whose it is, and one that is forgotten is the leak between customers that such systems are feared for. So every
//! object that guards a route says its tenant, or the route says why it is shared between all of them. That it is said
//! holds at compile time; it is asked before the object's own rule, at each request.
//!
//! Wrong: object/order_of_no_tenant

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Resource)]
#[view(NoteView, role = Role::Customer, fields(text))]
pub struct Note {
    tenant: String,
    text: String,
}

impl Object for Note {
    type Key = OrderId;
    type Store = Db;
    type Roles = Role;
    type Scope = ();
    const TENANT: Option<fn(&Self) -> &str> = Some(|note| &note.tenant);
    async fn load(
        _: &Reader<Db>,
        _: OrderId,
        _: &Loading<Role>,
    ) -> Result<Option<Self>, StoreError> {
        Ok(None)
    }
    fn permits(&self, _: &Caller<Role>, _: Action) -> bool {
        true
    }
    fn scope(_: &Caller<Role>) {}
}

#[get("/notes/{note}", version = Version::V1.., role = Role::Customer, view = NoteView)]
async fn get_note(note: Authorized<Note>) -> Authorized<Note> {
    note
}

#[api(roles = Role, versions = Version, limit = BROWSE, tenants, routes(get_note))]
pub struct Notes;
