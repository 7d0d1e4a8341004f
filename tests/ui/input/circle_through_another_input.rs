use secure_api::prelude::*;

#[derive(Role)]
enum Role {
    Member,
}

#[derive(Version)]
enum Version {
    V1,
}

#[derive(Input)]
struct Term {
    #[input(range = 0..=9)]
    number: u8,
    factor: Option<Box<Factor>>,
}

#[derive(Input)]
struct Factor {
    term: Box<Term>,
}

/// Computes it.
#[post("/terms", version = Version::V1.., role = Role::Member)]
async fn compute(Json(term): Json<Term>) -> Accepted {
    let _ = (term.number, term.factor);
    Accepted
}

#[api(roles = Role, versions = Version, limit = Limit::per_principal(60).per_minute(), routes(compute))]
struct Calculator;

fn main() {}
