//! Names that another module of the file has for other things, while the route's own come from another file with all of its names;
//! and versions of which the newer one has the smaller number.

mod inputs;

use inputs::*;

use crate::shop::{BROWSE, Role};
use secure_api::{
    error::{ApiError, Problem, ProblemType},
    identity::{Head, Principal, Refused, Source},
    prelude::*,
};

mod old {
    use crate::shop::Role;
    use secure_api::prelude::*;

    #[derive(Input)]
    pub(super) struct Change {
        #[input(max_len = 40)]
        pub(super) title: String,
    }

    #[derive(Resource)]
    #[view(PaymentView, role = Role::Customer, fields(number))]
    pub(super) struct Payment {
        pub(super) number: u8,
    }

    pub(super) fn seldom() -> u32 {
        3
    }

    pub(super) fn is_even(number: &u8) -> bool {
        number.is_multiple_of(2)
    }

    /// A badge that no app takes.
    pub(super) mod badges {
        pub(in super::super) struct Other;
    }
}

mod http {
    pub(super) use super::inputs::StatusCode;
}

#[derive(Version)]
enum Version {
    V2,
    V1,
    Legacy,
}

struct Badges;

impl Source for Badges {
    type Kind = Self;

    async fn identify(&self, _: &[u8], _: &Head<'_>) -> Result<Principal, Refused> {
        Err(Refused::invalid("nobody has this badge"))
    }
}

#[derive(Resource)]
#[view(PaidView, role = Role::Customer, fields(paid))]
struct Paid {
    paid: Payment,
}

#[derive(Input)]
struct Even {
    #[input(range = 0..=9, check = is_even)]
    number: u8,
}

#[patch("/things", version = Version::V1.., role = Role::Customer, limit = seldom())]
async fn change(Patch(change): Patch<Change>) -> NoContent {
    drop(change.title);
    NoContent
}

#[put("/doors", version = Version::V1.., role = Role::Customer, by = [Badges, Bearer])]
async fn open(_caller: Caller<Role>) -> NoContent {
    NoContent
}

#[get("/paid", version = Version::V2..=Version::V1, role = Role::Customer, view = PaidView)]
async fn paid() -> Paid {
    Paid { paid: if BROWSE == seldom() { Payment::Cash } else { Payment::Card } }
}

#[get("/status", version = Version::Legacy.., role = Role::Customer, view = StatusCodeView)]
async fn status() -> http::StatusCode {
    http::StatusCode { code: 7 }
}

#[put("/even", version = Version::V1.., role = Role::Customer)]
async fn even(Json(even): Json<Even>) -> NoContent {
    drop(even.number.to_string());
    NoContent
}

#[put("/status", version = Version::V1.., role = Role::Customer, view = StatusCodeView)]
async fn put_status() -> http::StatusCode {
    http::StatusCode { code: 7 }
}

/// The app's own.
trait Error: Send {}

impl ApiError for Box<dyn Error> {
    fn into_problem(self) -> Problem {
        unreachable!("nothing is one")
    }

    fn problems() -> Vec<&'static ProblemType> {
        Vec::new()
    }
}

#[put("/failing", version = Version::V1.., role = Role::Customer)]
async fn failing() -> Result<NoContent, Box<dyn Error>> {
    Ok(NoContent)
}

macro_rules! route {
    ($name:ident) => {
        #[put("/made", version = Version::V1.., role = Role::Customer)]
        async fn $name() -> NoContent {
            NoContent
        }
    };
}

route!(made);

impl Badges {
    fn made() -> [u8; 3] {
        let payment = old::Payment { number: 2 };
        let change = old::Change { title: String::new() };
        drop((change.title, old::badges::Other, Badges));
        [u8::from(old::is_even(&payment.number)), payment.number, old::seldom() as u8]
    }
}

#[api(roles = Role, versions = Version, limit = BROWSE,
      routes(change, open, paid, status, even, put_status, failing, made),
      allow(unused_role, reason = "a part of a larger API"))]
struct Elsewhere;

#[test]
fn names_of_another_module_are_none_of_the_routes() {
    assert_eq!(Elsewhere::API.routes().count(), 8);
    assert_eq!(Badges::made(), [1, 2, 3]);
}
