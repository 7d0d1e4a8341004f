//! An API of flags: each is read, set and removed at one path, and turned at another that shows nothing.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use secure_api::{clock::Clock, prelude::*};

use crate::support::{TestServer, server::START, token};

#[derive(Role)]
enum Role {
    Member,
    Clerk,
}

#[derive(Version)]
enum Version {
    V1,
}

/// The flags that are set, and how often a handler changed one.
#[derive(Default, Clone)]
pub(super) struct Flags(Arc<Mutex<(BTreeMap<String, bool>, u32)>>);

impl Flags {
    pub(super) fn change(&self, change: impl FnOnce(&mut BTreeMap<String, bool>)) {
        let mut flags = self.0.lock().expect("no panic under the lock");
        flags.1 += 1;
        change(&mut flags.0);
    }

    pub(super) fn changes(&self) -> u32 {
        self.0.lock().expect("no panic under the lock").1
    }
}

#[derive(Value)]
#[value(max_len = 9, unowned = "flags are everybody's")]
struct Name(String);

#[derive(Resource)]
#[view(FlagView, role = [Role::Member, Role::Clerk], fields(on))]
struct Flag {
    on: bool,
}

#[derive(Input)]
struct Setting {
    on: bool,
}

/// Shows a flag.
#[get("/flags/{name}", version = Version::V1.., role = Role::Member, view = FlagView)]
async fn get_flag(Unowned(name): Unowned<Name>, flags: Service<Flags>) -> Option<Flag> {
    let flags = flags.0.lock().expect("no panic under the lock");
    flags.0.get(name.as_str()).map(|on| Flag { on: *on })
}

/// Sets a flag.
#[put("/flags/{name}", version = Version::V1.., role = [Role::Member, Role::Clerk])]
async fn set_flag(
    Unowned(name): Unowned<Name>,
    flags: Service<Flags>,
    Json(setting): Json<Setting>,
) -> NoContent {
    flags.change(|flags| _ = flags.insert(name.as_str().to_owned(), setting.on));
    NoContent
}

/// Removes a flag.
#[delete("/flags/{name}", version = Version::V1.., role = Role::Member)]
async fn remove_flag(Unowned(name): Unowned<Name>, flags: Service<Flags>) -> NoContent {
    flags.change(|flags| _ = flags.remove(name.as_str()));
    NoContent
}

/// Turns a flag, which has no representation at this path.
#[post("/flags/{name}/turn", version = Version::V1.., role = Role::Member, view = FlagView)]
async fn turn_flag(Unowned(name): Unowned<Name>, flags: Service<Flags>) -> Performed<Flag> {
    let mut on = false;
    flags.change(|flags| {
        let flag = flags.entry(name.as_str().to_owned()).or_default();
        *flag = !*flag;
        on = *flag;
    });
    Performed(Flag { on })
}

#[api(roles = Role, versions = Version, limit = Limit::per_principal(6000).per_minute(),
      routes(get_flag, set_flag, remove_flag, turn_flag))]
struct Mast;

/// Serves it, without any flag. Gives a member's token.
pub(super) async fn mast() -> (TestServer, Flags, String) {
    let (flags, clock) = (Flags::default(), Clock::manual(START));
    let app = Mast::app().service(flags.clone()).tokens(token::issuer()).clock(clock.clone());
    let app = app.docs(Docs::open("tests read it")).build().expect("an app");
    let server = TestServer::run(app, Default::default(), clock).await;
    let member = server.token("mary", &["member"]);
    (server, flags, member)
}
