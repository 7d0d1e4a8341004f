//! Operations on parcels, each with whoever may call it.

use secure_api::{identity::Principal, prelude::*, session::SessionError};

use crate::{
    Role, Version,
    credentials::{Badge, PKI},
    parcel::{
        Credentials, LabelOf, Lockers, Look, NewParcel, NewPhoto, Packed, Parcel, ParcelId,
        ParcelView, Pause, Return, Screen, Search, State,
    },
};

const GUESSES: Limit = Limit::per_address(16).per_minute();

#[derive(ApiError, Debug)]
pub(crate) enum SignInError {
    /// The name or the password is not right.
    #[problem(status = 422, title = "The name or the password is not right")]
    Unknown,
    #[problem(transparent, from(SessionError))]
    Store(StoreError),
}

#[derive(ApiError, Debug)]
pub(crate) enum ParcelError {
    #[problem(transparent)]
    Denied(Denied),
    #[problem(transparent)]
    Store(StoreError),
}

/// Signs in.
#[put("/session", version = Version::V1.., public = "who signs in is not known yet", credential,
      limit = [GUESSES, Limit::per_field("name", 5).per_hour()])]
pub(crate) async fn sign_in(
    Json(input): Json<Credentials>,
    sessions: Sessions,
) -> Result<NoContent, SignInError> {
    if input.password.expose() != "sesame" {
        return Err(SignInError::Unknown);
    }
    sessions.begin(Principal::new(PKI, &*input.name).roles(["customer"])).await?;
    Ok(NoContent)
}

/// Signs out.
#[delete("/session", version = Version::V1.., role = Role::Customer, by = Session)]
pub(crate) async fn sign_out(sessions: Sessions) -> Result<NoContent, StoreError> {
    sessions.end().await?;
    Ok(NoContent)
}

/// Sends a parcel. Each thing in it counts.
#[post("/parcels", version = Version::V1.., role = Role::Customer, view = ParcelView,
       limit = Limit::per_principal(12).per_minute().weight_of("items"))]
pub(crate) async fn send_parcel(
    lockers: Writer<Lockers>,
    caller: Caller<Role>,
    Json(new): Json<NewParcel>,
) -> Result<Created<Authorized<Parcel>>, ParcelError> {
    let id = ParcelId::new(Uuid::now_v7());
    let items = u32::try_from(new.items.len()).unwrap_or(u32::MAX);
    let parcel = Parcel { id, sender: caller.id().clone(), street: new.street, items };
    let parcel = Authorized::create(parcel, &caller)?;
    lockers.with(|all| all.insert(id, (*parcel).clone()))?;
    Ok(Created::at::<get_parcel>(id, parcel))
}

/// Shows a parcel.
#[get("/parcels/{parcel}", version = Version::V1.., role = Role::Customer, view = ParcelView)]
pub(crate) async fn get_parcel(parcel: Authorized<Parcel>) -> Authorized<Parcel> {
    parcel
}

/// Tells what becomes of a parcel.
#[get("/parcels/{parcel}/events", version = Version::V1.., role = Role::Customer, view = ParcelView, open = 2)]
pub(crate) async fn watch_parcel(parcel: Authorized<Parcel>) -> Events<Authorized<Parcel>> {
    let (now, events) = Events::channel(1);
    let _ = now.send(Event::new(parcel)).await;
    events
}

/// Says how a parcel is to be packed.
#[put("/packing", version = Version::V1.., role = Role::Customer)]
pub(crate) async fn pack(Json(outer): Json<Packed>) -> Accepted {
    drop((outer.label, outer.inner));
    Accepted
}

/// Sends a parcel back.
#[post("/returns", version = Version::V1.., role = Role::Customer)]
pub(crate) async fn send_back(Json(wanted): Json<Return>) -> Accepted {
    drop((wanted.parcel, wanted.reason));
    Accepted
}

/// Shows what stands on the label of a parcel.
#[get("/label", version = Version::V1.., role = Role::Customer, view = ParcelView)]
pub(crate) async fn print_label(Query(wanted): Query<LabelOf>) -> Ref<Parcel> {
    wanted.parcel
}

/// Keeps a photograph of a parcel.
#[put("/parcels/{parcel}/photo", version = Version::V1.., role = Role::Customer, by = Session)]
pub(crate) async fn add_photo(
    parcel: Authorized<Parcel>,
    Upload(new): Upload<NewPhoto>,
) -> NoContent {
    drop((parcel, new.photo, new.text));
    NoContent
}

/// Looks up the locker of a street: each street seldom, whoever asks.
#[post("/streets", version = Version::V1.., role = Role::Customer, limit = Limit::per_field("street", 4).per_minute())]
pub(crate) async fn look_up_street(Json(search): Json<Search>) -> Accepted {
    drop(search.street);
    Accepted
}

/// Tells the tariff to the apps of others.
#[post("/tariff", version = Version::V1.., role = Role::Customer, by = Bearer, limit = Limit::per_client(3).per_minute())]
pub(crate) async fn show_tariff() -> Accepted {
    Accepted
}

/// Opens the door of a locker: by an app that proves its key, and two at a time.
#[put("/doors", version = Version::V1.., role = Role::Customer, by = Dpop, limit = Limit::per_principal(2).at_once())]
pub(crate) async fn open_door(Json(search): Json<Search>) -> NoContent {
    drop(search.street);
    NoContent
}

/// Leaves a note for the courier.
#[put("/note", version = Version::V1.., role = Role::Customer)]
pub(crate) async fn leave_note(TextBody(note): TextBody<200>) -> NoContent {
    drop(note);
    NoContent
}

/// Has parcels wait: for some days, or until the customer says otherwise.
#[post("/pauses", version = Version::V1.., role = Role::Customer)]
pub(crate) async fn pause(pause: Option<Json<Pause>>) -> Accepted {
    let _ = pause.map(|Json(Pause { days })| days);
    Accepted
}

/// Tells when the lockers are open, as it is shown on a screen.
#[get("/hours", version = Version::V1.., role = Role::Customer)]
pub(crate) async fn show_hours(
    Headers(screen): Headers<Screen>,
    Cookies(look): Cookies<Look>,
) -> Text<200> {
    Text::new(format!("day and night {} {}", screen.width, look.theme.unwrap_or_default()))
}

/// Brings parcels in: the program of a courier.
#[post("/arrivals", version = Version::V1.., role = Role::Courier, by = ApiKey, scope = "parcels:bring",
       limit = Limit::per_api_key(4).per_minute())]
pub(crate) async fn bring_in(Json(search): Json<Search>) -> Accepted {
    drop(search.street);
    Accepted
}

/// Recalls what was brought in: the program of a courier, with somebody who is signed in.
#[delete("/arrivals", version = Version::V1.., role = Role::Courier, by = all(Bearer, ApiKey))]
pub(crate) async fn recall() -> NoContent {
    NoContent
}

/// Begins a round.
#[put("/rounds", version = Version::V1.., role = Role::Courier, by = Badge)]
pub(crate) async fn begin_round() -> NoContent {
    NoContent
}

/// Notes the state of a locker.
#[put("/state", version = Version::V1.., role = Role::Locker, by = Certificate)]
pub(crate) async fn report_state(Json(state): Json<State>) -> NoContent {
    drop((state.free, state.told));
    NoContent
}
