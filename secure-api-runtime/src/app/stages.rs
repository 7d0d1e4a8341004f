//! The order of enforcement: what a request passes on its way to a handler and back. It is written here and nowhere else.
//!
//! [`stages`] is the part that is the same for all operations, up to the body. [`run`] is the part that knows the types of
//! one operation. The steps themselves are elsewhere: each in the module of its concern, and those of [`Call`] in the code
//! of a route.

use std::{
    future::{Future, poll_fn},
    mem,
    pin::{Pin, pin},
    sync::Arc,
    time::Duration,
};

use axum::body::Body;
use http::{header, request::Parts};
use http_body::Body as _;

use super::{
    admission::{admit, certificate, head, own_page},
    aside::{LONG, aside},
    body::{read_body, refuse_content},
    deadline::{Deadline, too_late, too_slow},
    hygiene,
    load::Rank,
    passage::{passage, to_the_end},
    place::{Matched, Place},
    record::Record,
    shared::Shared,
    unhandled::{document, keys, options},
};
use crate::{
    error::{Problem, problem},
    flow::Earlier,
    ledger::Begun,
    limit::{ByInput, Checked, Who, check_app},
    route::{Answered, Arguments, Call, Conditions, Context, Listing, Route},
    weakened,
};

/// Runs the stages before the body is decoded.
pub(super) async fn stages<'a>(
    shared: &'a Shared,
    place: &'a Place,
    parts: &mut Parts,
    body: &mut Body,
    record: &mut Record<'a>,
) -> Answered {
    // Form of the request; then route and version. What no operation answers is counted as what one does, and then
    // refused.
    let address = record.client.key(&shared.unaddressed);
    let is_empty = body.is_end_stream();
    let formed = record.unreadable.take().map_or_else(
        || hygiene::check(parts, is_empty, (record.connection, record.client), &shared.settings),
        Err,
    );
    let matched = match formed {
        Ok(()) => place.matched(parts, &shared.settings.clock),
        Err(problem) => Matched::Refused(problem),
    };
    record.found(&matched, &shared.settings.clock);
    // Room: a place among the requests that run, and for what they hold.
    record.enter(shared, &address)?;
    let who = Who::at(address);
    record.watched.at(&address, &record.client);
    let mut deadline = Deadline::default();
    if !matches!(matched, Matched::Operation { .. }) {
        let checked = check_app(&shared.address, who, &mut record.quota);
        limited(checked, &mut deadline, shared.settings.deadline).await?;
        record.weigh(shared, None)?;
    }
    let (operation, reader) = match matched {
        Matched::Operation { operation, reader } => (operation, reader),
        // Neither takes content, so what is sent all the same is refused as it is where an operation takes none.
        Matched::Options(allow) => {
            refuse_content(&shared.settings, &parts.headers, body, &mut record.broken).await?;
            return Ok(options(shared, &parts.headers, &allow));
        }
        Matched::Fixed(fixed) => {
            if let Some(readers) = &fixed.readers {
                Box::pin(readers.admit(shared, parts, record, &mut deadline)).await?;
            }
            refuse_content(&shared.settings, &parts.headers, body, &mut record.broken).await?;
            return document(shared, fixed, &parts.headers, &record.prefix);
        }
        Matched::Keys(own) => {
            refuse_content(&shared.settings, &parts.headers, body, &mut record.broken).await?;
            let keys = pin!(keys(own, &parts.headers));
            let told = deadline.within(shared.settings.deadline, keys).await;
            return told.unwrap_or_else(too_late);
        }
        Matched::Gone(operation) => {
            operation.seen(&mut record.seen);
            let clock = &shared.settings.clock;
            let why = if operation.route.is_sunset(clock) {
                "the operation is past its sunset"
            } else if operation.version.is_sunset(clock) {
                "the version is past its sunset"
            } else {
                "the operation was closed"
            };
            return Err(Problem::new(&problem::SUNSET).saying(why));
        }
        Matched::Refused(problem) => return Err(problem),
    };
    operation.seen(&mut record.seen);

    // Limit by address, before anybody looks at credentials.
    let checked = operation.limits.check_address(&shared.address, who, &mut record.quota);
    limited(checked, &mut deadline, operation.deadline).await?;

    // Of an operation that may let somebody in, what was ended so far; nothing that it looks at is older.
    // Credentials; then role and scope. Only absent credentials may be anonymous, and only on a public route.
    let identified_at = (!is_empty).then(|| shared.settings.clock.unix_seconds());
    let begun = match operation.lets_in {
        true => {
            let begun = pin!(shared.sources.begun());
            deadline.within(operation.deadline, begun).await.unwrap_or_else(too_late)?
        }
        false => Begun::never(),
    };
    let mut identity = {
        let certificate = certificate(shared, parts, record.client)?;
        let head = head(shared, parts, record, certificate.as_ref());
        let identified = pin!(shared.sources.identify(&head, &operation.admits));
        deadline.within(operation.deadline, identified).await.unwrap_or_else(too_late)?
    };
    // A browser's session counts where one's own page asked.
    own_page(shared, operation, parts, identity.as_deref())?;
    // From here on it is the caller who is refused, and not who else is at its address.
    record.watched.is(identity.as_ref());
    admit(operation, identity.as_deref(), &shared.settings.clock)?;
    record.watched.is_admitted = true;
    // An outage that was announced: who still calls is known by now where callers have names, and it costs nothing of the caller's
    // limits. Those per address were charged above, before anybody was asked for a name.
    operation.is_out(&shared.settings.clock)?;

    // Limit by caller.
    if deadline.has_waited() {
        record.quota.waited();
    }
    let roles = identity.as_ref().map_or(0, |identity| identity.roles());
    {
        let who = Who { identity: identity.as_deref(), ..who };
        let checked = operation.limits.check_caller(&shared.address, roles, who, &mut record.quota);
        limited(checked, &mut deadline, operation.deadline).await?;
    }
    // Less than its limit for a caller whose score says so.
    record.weigh(shared, Some(&operation.rate))?;
    // Where there is little room, it is for callers who are known.
    let rank = Rank::of(identity.is_some(), record.watched.is_tightened);
    shared.load.keep(rank)?;

    // A place among the answers that are open, where this one stays so.
    if operation.flows {
        let who = Who { identity: identity.as_deref(), ..who };
        record.open = Some(shared.opened.enter(operation.route, who)?);
    }

    // Only now is anything of the request's content looked at: its conditions, its query, its body's length and type.
    operation.offers.accepted(&parts.headers)?;
    let conditions = Conditions::of(&parts.headers)?;
    if operation.route.if_match && !conditions.has_if_match() && !weakened::is("if-match") {
        return Err(Problem::new(&problem::PRECONDITION_REQUIRED).saying("there is no If-Match"));
    }
    let mut asked = operation.asked(parts.uri.query(), roles)?;
    let passage = passage(shared, operation, parts, identity.as_ref())?;
    let mut content = shared.load.content(address.half());
    let body = {
        let place = (&*shared.settings.spool, passage.is_some());
        let room = (&shared.load, &mut content, &mut record.broken);
        let body = pin!(read_body(operation, place, &parts.headers, body, room));
        deadline.within(operation.deadline, body).await.unwrap_or_else(too_slow)?
    };
    // How long a body takes is up to the caller. What was ended meanwhile makes nothing that would outlive it.
    if let (Some(caller), Some(since)) = (&mut identity, identified_at)
        && since < shared.settings.clock.unix_seconds()
    {
        let certificate = certificate(shared, parts, record.client)?;
        let head = head(shared, parts, record, certificate.as_ref());
        let still = pin!(shared.sources.still(Arc::clone(caller), &head, &operation.admits));
        let left = deadline.within(operation.deadline, still).await.unwrap_or_else(too_late)?;
        if left.roles() != roles {
            admit(operation, Some(&left), &shared.settings.clock)?;
            asked = operation.asked(parts.uri.query(), left.roles())?;
        }
        *caller = left;
    }

    // No longer a queue behind it than is answered in time.
    record.begin(shared, operation, rank, deadline.has_waited())?;

    // What depends on the operation's types, under a deadline that begins when the body is there.
    let (run, lent, tried, attempt) = {
        if operation.keeps_parts {
            record.watched.asks(parts);
        }
        let caller = (identity, begun);
        let mut context =
            operation.context(shared, parts, caller, asked, body, record, &passage, who);
        let lent = context.counted.as_deref().map(ByInput::lent);
        if conditions.are_stated() {
            operation.waits_for(conditions, reader, &mut context);
        }
        let (tried, attempt) = (context.tried.clone(), context.attempt.clone());
        ((operation.run)(context), lent, tried, attempt)
    };
    let answered = if passage.is_some() || attempt.is_some() || operation.takes_upload() {
        to_the_end((passage, attempt), deadline, operation.deadline, run).await
    } else {
        deadline.within(operation.deadline, run).await.unwrap_or_else(too_late)
    };
    if let Some(lent) = lent {
        record.quota = lent.back();
    }
    record.watched.tries(tried);
    answered
}

/// Waits for the answer of limits, which most have at once.
async fn limited(
    checked: Checked<'_>,
    deadline: &mut Deadline,
    most: Duration,
) -> Result<(), Problem> {
    match checked {
        Checked::Now(outcome) => outcome,
        Checked::Later(outcome) => deadline.within(most, outcome).await.unwrap_or_else(too_late),
    }
}

/// Joins a route and its run. Generated code names it.
pub const fn listing<C: Call + 'static>(route: &'static Route) -> Listing {
    Listing { route, run: run::<C> }
}

/// Runs the stages of one route, from decoding to the view. Each route's run is one of it.
///
/// All arguments are decoded before the first is resolved, so a malformed body is told before an object is loaded, and no
/// store is asked for a request that cannot succeed.
fn run<C: Call + 'static>(mut context: Context) -> Pin<Box<dyn Future<Output = Answered> + Send>> {
    // What few requests wait for is in a box of its own: below a kilobyte an allocator has a place at once.
    Box::pin(async move {
        // Its places among requests at one time are its own until it is over.
        let mut slots = mem::take(&mut context.slots);
        // Decoding, sanitizing, rules. A long body takes a while, and others have requests, too.
        let mut decoded = if context.body.len() > LONG {
            let work = aside(move || (C::decode(&mut context), context));
            let (decoded, back) = Box::pin(work).await?;
            context = back;
            decoded?
        } else {
            C::decode(&mut context)?
        };
        // Limits by what was read.
        if let Some(counted) = context.counted.take() {
            if let (Some(tried), Some(name)) = (&context.tried, counted.name()) {
                tried.note(name);
            }
            Box::pin(counted.check(context.identity.as_deref(), &mut slots)).await?;
        }
        // Objects: each is loaded, then its tenant and its rule are asked.
        poll_fn(|task| C::Arguments::poll(&mut decoded, task)).await?;
        let arguments = C::Arguments::taken(decoded)?;
        // Relations: each object belongs to the one before it in the path.
        if !weakened::is("relation") {
            C::relate(&arguments)?;
        }
        // Repetition, then order. A request that was answered before has that answer.
        match context.enter().await? {
            None => {}
            Some(Earlier::Answer(answer)) => return Ok(Earlier::replayed(*answer)),
            // What was created is loaded and shown as it is now, to whoever asks now.
            Some(Earlier::Created { key, location }) => {
                let mut shown = C::again(&context, &key).await?;
                shown.field(header::LOCATION, location);
                return Ok(Earlier::replayed(shown));
            }
        }
        // State of the object, where a condition names it.
        if !weakened::is("condition") {
            C::unchanged(&arguments, &context)?;
        }
        if let Some(condition) = context.condition.take().filter(|_| !weakened::is("condition")) {
            Box::pin(condition.holds(&context)).await?;
        }
        // Handler.
        context.begins(C::CREATES);
        let outcome = C::call(arguments).await;
        // View. What was written of an upload stays where its handler was answered.
        let mut answer = C::show(outcome, &context)?;
        context.set_cookie(&mut answer);
        context.drafts.keep();
        // What is sent while it is made is not over yet.
        answer.hold(slots);
        Ok(answer)
    })
}
