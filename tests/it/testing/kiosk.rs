//! A small API to test against: tickets that belong to whoever bought them.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use secure_api::{prelude::*, testing};

use crate::support::started;

#[derive(Role, Debug)]
pub(crate) enum Role {
    Visitor,
    #[role(includes(Visitor))]
    Guard,
}

#[derive(Version)]
pub(crate) enum Version {
    #[version(
        deprecated = "2026-06-01",
        sunset = "2027-01-01",
        migrate = "https://kiosk.example/migrate"
    )]
    V1,
    V2,
}

#[derive(Value, Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[value(key, range = 1..=1_000_000)]
pub(crate) struct TicketId(u32);

impl TicketId {
    pub(crate) fn of(number: u32) -> Self {
        Self::new(number).expect("a small number")
    }
}

#[derive(Resource, Debug, Clone)]
#[view(TicketView, role = Role::Visitor, fields(id, gate))]
pub(crate) struct Ticket {
    pub(crate) id: TicketId,
    pub(crate) gate: String,
    pub(crate) owner: CallerId,
}

impl Ticket {
    pub(crate) fn of(owner: &str, number: u32) -> Self {
        Self {
            id: TicketId::of(number),
            gate: "north".to_owned(),
            owner: testing::caller_id(owner),
        }
    }
}

/// Clones share what is in it.
#[derive(Clone, Default)]
pub(crate) struct Db(Arc<Mutex<BTreeMap<TicketId, Ticket>>>);

impl Db {
    pub(crate) fn with(tickets: impl IntoIterator<Item = Ticket>) -> Self {
        let db = Self::default();
        db.tickets().extend(tickets.into_iter().map(|ticket| (ticket.id, ticket)));
        db
    }

    pub(crate) fn tickets(&self) -> MutexGuard<'_, BTreeMap<TicketId, Ticket>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store for Db {
    type Read = Self;
    type Write = Self;

    fn reader(&self) -> &Self {
        self
    }

    fn writer(&self, _: &Writing) -> &Self {
        self
    }
}

impl Object for Ticket {
    type Key = TicketId;
    type Store = Db;
    type Roles = Role;
    type Scope = Option<CallerId>;

    async fn load(
        db: &Reader<Db>,
        key: TicketId,
        _: &Loading<Role>,
    ) -> Result<Option<Self>, StoreError> {
        Ok(db.tickets().get(&key).cloned())
    }

    fn permits(&self, caller: &Caller<Role>, action: Action) -> bool {
        match action {
            Action::Read => caller.has(Role::Guard) || self.owner == *caller.id(),
            Action::Create | Action::Update | Action::Delete => self.owner == *caller.id(),
        }
    }

    fn scope(caller: &Caller<Role>) -> Option<CallerId> {
        (!caller.has(Role::Guard)).then(|| caller.id().clone())
    }
}

#[derive(Input)]
pub(crate) struct NewTicket {
    #[input(pattern = "^[a-z]{3,10}$")]
    pub(crate) gate: String,
    #[input(range = 1..=8)]
    pub(crate) seats: u8,
}

#[derive(Input)]
pub(crate) struct Move {
    #[input(pattern = "^[a-z]{3,10}$")]
    gate: Option<String>,
}

/// A collaborator: what is written on the slip.
pub(crate) struct Printer(pub(crate) &'static str);

#[derive(Resource)]
#[view(SlipView, role = Role::Visitor, fields(text))]
pub(crate) struct Slip {
    pub(crate) text: String,
}

#[derive(ApiError, Debug)]
pub(crate) enum KioskError {
    #[problem(status = 409, title = "The gate is closed", type = "https://kiosk.example/closed")]
    Closed,
    #[problem(internal)]
    Jammed(std::io::Error),
    #[problem(transparent)]
    Denied(Denied),
}

/// Lists tickets, page by page.
#[get("/tickets", version = Version::V1.., role = Role::Visitor, view = TicketView)]
pub(crate) async fn list_tickets(
    db: Reader<Db>,
    scoped: Scoped<Ticket>,
    paging: Paging<TicketId>,
) -> Page<Authorized<Ticket>> {
    let owner = scoped.scope();
    let fits = |ticket: &&Ticket| owner.as_ref().is_none_or(|owner| *owner == ticket.owner);
    let after = |ticket: &&Ticket| paging.position().is_none_or(|last| ticket.id > *last);
    let tickets = db.tickets();
    let rows = tickets.values().filter(fits).filter(after).take(paging.rows()).cloned().collect();
    scoped.paged(&paging, rows, |last| last.id)
}

/// Shows a ticket.
#[get("/tickets/{ticket}", version = Version::V1.., role = Role::Visitor, view = TicketView)]
pub(crate) async fn get_ticket(ticket: Authorized<Ticket>) -> Authorized<Ticket> {
    ticket
}

/// Buys a ticket.
#[post("/tickets", version = Version::V1.., role = Role::Visitor, view = TicketView,
       limit = Limit::per_principal(3).per_minute(), idempotency_key)]
pub(crate) async fn buy_ticket(
    db: Writer<Db>,
    caller: Caller<Role>,
    Json(new): Json<NewTicket>,
) -> Result<Created<Authorized<Ticket>>, KioskError> {
    match &*new.gate {
        "closed" => return Err(KioskError::Closed),
        "jammed" => return Err(KioskError::Jammed(std::io::Error::other("the paper is in knots"))),
        _ => {}
    }
    let mut tickets = db.tickets();
    let number = u32::try_from(tickets.len()).unwrap_or(u32::MAX) + u32::from(new.seats);
    let ticket = Ticket { id: TicketId::of(number), gate: new.gate, owner: caller.id().clone() };
    let ticket = Authorized::create(ticket, &caller)?;
    tickets.insert(ticket.id, (*ticket).clone());
    Ok(Created::at::<get_ticket>(ticket.id, ticket))
}

/// Moves a ticket to another gate.
#[patch("/tickets/{ticket}", version = Version::V2, role = Role::Visitor, view = TicketView)]
pub(crate) async fn move_ticket(
    ticket: Authorized<Ticket>,
    db: Writer<Db>,
    Patch(change): Patch<Move>,
) -> Authorized<Ticket> {
    let moved = ticket.map(|ticket| Ticket { gate: change.gate.unwrap_or(ticket.gate), ..ticket });
    db.tickets().insert(moved.id, (*moved).clone());
    moved
}

/// Checks in.
#[post("/tickets/{ticket}/check-in", version = Version::V2, role = Role::Visitor, view = TicketView)]
pub(crate) async fn check_in(ticket: Authorized<Ticket>) -> Performed<Authorized<Ticket>> {
    Performed(ticket)
}

/// Enters by a ticket that was checked in.
#[post("/tickets/{ticket}/entry", version = Version::V2, role = Role::Visitor,
       after(check_in, within = Duration::from_secs(60)))]
pub(crate) async fn enter(_ticket: Authorized<Ticket>) -> Accepted {
    Accepted
}

/// Prints a slip.
#[get("/slip", version = Version::V2, role = Role::Visitor, view = SlipView)]
pub(crate) async fn slip(printer: Service<Printer>, context: RequestContext) -> Slip {
    Slip { text: format!("{} of {}", printer.0, context.version()) }
}

/// Opens the gates.
#[post("/gates/opening", version = Version::V2, role = Role::Guard, scope = "gates:open")]
pub(crate) async fn open_gates() -> Accepted {
    Accepted
}

/// Answers whoever asks, rarely.
#[get("/hours", version = Version::V2, public = "opening hours are on the door",
      limit = Limit::per_address(2).per_minute(), view = HoursView)]
pub(crate) async fn hours(caller: Option<Caller<Role>>) -> Hours {
    Hours { known: caller.is_some() }
}

#[derive(Resource)]
#[view(HoursView, public, fields(known))]
pub(crate) struct Hours {
    known: bool,
}

/// Tickets.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(600).per_minute(), routes(
    list_tickets, get_ticket, buy_ticket, move_ticket, check_in, enter, slip, open_gates, hours,
))]
pub(crate) struct Kiosk;

/// Stocks the kiosk: Alice has the tickets 1 and 3, Bob has 2. It is the last day of November.
pub(crate) fn kiosk() -> testing::Client {
    let tickets = [Ticket::of("alice", 1), Ticket::of("bob", 2), Ticket::of("alice", 3)];
    started(Kiosk::app().store(Db::with(tickets)).service(Printer("a slip")))
}
