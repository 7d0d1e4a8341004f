//! The Redis killed, while it is asked, and back: meanwhile nobody is let in, and nothing that it was told is lost.

use std::time::{Duration, Instant};

use reqwest::Method;
use tokio::time::sleep;
use uuid::Uuid;

use super::{
    Seen,
    caller::{Callers, Field, Statuses, bearer},
    seen,
    shared::{keyed, proven},
};
use crate::{api::PERMITS, folder::Failure, redis::RedisProcess, token::Keys};

/// The tickets that are taken before.
const TAKEN: u32 = 5;
/// The requests one after the other whose time is taken while the Redis is away.
const TIMED: usize = 30;
/// Longer than the longest pause of a server between two attempts to reach the Redis.
const BACK: Duration = Duration::from_secs(10);

/// The callers that had done something before, each something else.
struct Before {
    taker: Vec<Field>,
    payer: Vec<Field>,
    booker: Vec<Field>,
    booked: String,
    revoked: Vec<Field>,
    prover: Vec<Field>,
}

impl Before {
    async fn done(callers: &Callers, keys: &Keys) -> Result<Self, Failure> {
        let bearer = |subject| Ok::<_, Failure>(bearer(&keys.token(subject, false)?));
        let (taker, payer, revoked) = (bearer("fred")?, bearer("gina")?, bearer("hugo")?);
        for number in 0..TAKEN {
            expect(202, callers.post(number as usize, "/v1/tickets", &taker).await?)?;
        }
        expect(202, callers.post(0, "/v1/checkout", &payer).await?)?;
        let booker = keyed(&keys.token("iris", false)?, Uuid::new_v4());
        let booked = callers.send(0, Method::POST, "/v1/bookings", &booker).await?;
        expect(200, booked.status)?;
        expect(204, callers.send(0, Method::DELETE, "/v1/session", &revoked).await?.status)?;
        let prover = proven(keys, "john")?;
        expect(202, callers.post(0, "/v1/transfers", &prover).await?)?;
        Ok(Self { taker, payer, booker, booked: booked.body, revoked, prover })
    }

    /// Returns each request by which it would be seen that something was forgotten.
    fn asked(&self) -> [(&'static str, &[Field]); 5] {
        [
            ("/v1/tickets", &self.taker),
            ("/v1/payments", &self.payer),
            ("/v1/bookings", &self.booker),
            ("/v1/tickets", &self.revoked),
            ("/v1/transfers", &self.prover),
        ]
    }
}

/// Fails unless what has to be so before anything is shown is so.
fn expect(wanted: u16, status: u16) -> Result<(), Failure> {
    if status == wanted { Ok(()) } else { Err(format!("{status} in place of {wanted}").into()) }
}

/// Kills the Redis while it is asked, and lets it come back.
pub(super) async fn outage(
    callers: &Callers,
    keys: &Keys,
    redis: &mut RedisProcess,
) -> Result<Seen, Failure> {
    let before = Before::done(callers, keys).await?;
    let crowd = bearer(&keys.token("kate", false)?);
    let (meanwhile, killed) = tokio::join!(trickle(callers, &crowd), async {
        sleep(Duration::from_millis(40)).await;
        redis.kill()
    });
    killed?;
    let meanwhile = meanwhile?;

    let mut closed = callers.post_all(TIMED, "/v1/tickets", &before.taker).await?;
    let mut times = Vec::new();
    for number in 0..TIMED {
        let (path, fields) = before.asked()[number / 2 % 5];
        let begun = Instant::now();
        closed.0.push(callers.post(number, path, fields).await?);
        times.push(begun.elapsed());
    }
    times.sort();
    let (usual, longest) = (times[TIMED / 2], times[TIMED - 1]);
    let refused = closed.count(503);

    redis.run()?;
    let gone = Instant::now();
    let other = bearer(&keys.token("luke", false)?);
    for server in [0, 1] {
        while callers.post(server, "/v1/checkout", &other).await? != 202 {
            if gone.elapsed() > BACK {
                return Ok(Err("a server does not find the Redis again".to_owned()));
            }
            sleep(Duration::from_millis(20)).await;
        }
    }

    let left = (PERMITS - TAKEN) as usize;
    let passed = callers.post_all(40, "/v1/tickets", &before.taker).await?.count(202);
    let crowd = callers.post_all(40, "/v1/tickets", &crowd).await?;
    let crowd_passed = meanwhile.count(202) + crowd.count(202);
    let paid = callers.post(1, "/v1/payments", &before.payer).await?;
    let paid_again = callers.post(0, "/v1/payments", &before.payer).await?;
    let booked = callers.send(1, Method::POST, "/v1/bookings", &before.booker).await?;
    let revoked = callers.post(1, "/v1/tickets", &before.revoked).await?;
    let proven = callers.post(1, "/v1/transfers", &before.prover).await?;

    // The one who was charged when the Redis died may not have been told.
    let permits = PERMITS as usize;
    let crowd_holds = (permits - 1..=permits).contains(&crowd_passed);
    let holds = refused == closed.0.len()
        && usual < Duration::from_millis(100)
        && crowd_holds
        && passed == left
        && (paid, paid_again) == (202, 409)
        && (booked.status, booked.is_replayed) == (200, true)
        && booked.body == before.booked
        && (revoked, proven) == (401, 401);
    Ok(seen(
        holds,
        format!(
            "away: {refused} of {} were 503, in {usual:.0?}, {longest:.0?} at most; back: {passed} of {left} tickets left, step \
             {paid} and then {paid_again}, key {}, revoked {revoked}, proof {proven}; of who asked while it died {crowd_passed} \
             of {PERMITS} passed, {} were 503",
            closed.0.len(),
            if booked.body == before.booked { "replayed" } else { "NOT replayed" },
            meanwhile.count(503),
        ),
    ))
}

/// Takes tickets for a while, one after the other.
async fn trickle(callers: &Callers, fields: &[Field]) -> Result<Statuses, Failure> {
    let mut statuses = Statuses(Vec::new());
    for number in 0..20 {
        statuses.0.push(callers.post(number, "/v1/tickets", fields).await?);
        sleep(Duration::from_millis(5)).await;
    }
    Ok(statuses)
}
