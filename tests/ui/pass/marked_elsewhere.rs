//! Types whose derives are not to be seen beside them: by another name, under a condition, from a macro, by hand. The macros
//! look into this file for what lacks its derive, and find nothing of it to tell.

#![allow(dead_code, unreachable_pub)]

use secure_api::{
    Role as Ranks,
    error::{Problem, ProblemType, problem},
    prelude::*,
};

#[derive(Ranks)]
pub enum Role {
    Reader,
}

#[cfg_attr(all(), derive(Version))]
pub enum Version {
    V1,
}

macro_rules! value {
    ($name:ident) => {
        #[derive(Value)]
        #[value(max_len = 10, unowned = "a word is nobody's property")]
        pub struct $name(String);
    };
}

value!(Word);

/// An error by hand.
pub enum Failure {
    Gone,
}

impl secure_api::error::ApiError for self::Failure {
    fn problems() -> Vec<&'static ProblemType> {
        vec![&problem::NOT_FOUND]
    }

    fn into_problem(self) -> Problem {
        match self {
            Self::Gone => Problem::new(&problem::NOT_FOUND),
        }
    }
}

mod others {
    /// No roles, and no words: types of these names that nothing here is about.
    #[derive(Debug)]
    pub enum Role {
        User,
    }

    #[derive(Debug)]
    pub struct NewNote {
        pub text: String,
    }
}

mod inputs {
    use secure_api::prelude::*;

    #[derive(Input)]
    pub struct NewNote {
        #[input(text, max_len = 20)]
        pub text: String,
    }
}

use inputs::NewNote;

#[post("/words/{word}/notes", version = Version::V1.., role = Role::Reader)]
async fn note(
    Unowned(word): Unowned<Word>,
    Json(note): Json<NewNote>,
) -> Result<Accepted, Failure> {
    let others = (others::Role::User, others::NewNote { text: note.text });
    match format!("{word}{others:?}").is_empty() {
        true => Err(Failure::Gone),
        false => Ok(Accepted),
    }
}

#[api(roles = Role, versions = Version, limit = Limit::per_principal(60).per_minute(), routes(note))]
pub struct Notes;

#[test]
fn nothing_is_said_of_what_is_marked_elsewhere() {
    assert_eq!(Notes::API.roles.roles.len(), 1);
    assert_eq!(Notes::API.versions.versions.len(), 1);
}
