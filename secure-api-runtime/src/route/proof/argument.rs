//! Checks of an argument of a handler, on constants.

use super::{check_roles, raw::check_raw};
use crate::{
    compose::fail,
    input::{
        AsksCaller, BRACKETS, Contents, QUERY, Reads, SECRET_IN_PATH, Unreachable,
        check_parameters, check_reads,
    },
    route::facts::{Access, ArgumentFacts, RawFacts, RawForm, Route},
    session::COOKIE,
};

/// Checks an argument: it is of the route's roles, does without a caller on a public route, and is explained where no
/// rule guards what it names; its fields can be read in its way.
#[track_caller]
pub const fn check_argument(route: &Route, name: &str, facts: ArgumentFacts, store: bool) {
    if let Some(table) = facts.roles {
        check_roles(route, name, table);
    }
    if facts.needs_caller && matches!(route.access, Access::Public(_)) {
        fail(&[
            "SA115: `",
            route.name,
            "` is public, and this argument needs to know who is calling\n  help: state a role, or take \
             `Option<Caller<…>>`",
        ]);
    }
    check_reads(facts.reads, COOKIE);
    check_contents(route, facts);
    if let Some(raw) = facts.raw {
        check_raw(route, raw);
    }
    if !facts.reasoned {
        fail(&[
            "SA117: nothing says why `",
            name,
            "` belongs to nobody\n  help: take `Authorized<…>` if it belongs to somebody, or say why not: \
             `#[value(unowned = \"…\")]` above its key's type",
        ]);
    }
    if facts.extractor && !route.allows("extractor") {
        fail(&[
            "SA022: `",
            name,
            "` is read by an extractor that nothing here checks\n  help: take an argument of ours, or say why \
             not: `allow(extractor, reason = \"…\")`",
        ]);
    }
    if store {
        fail(&[
            "SA207: `",
            name,
            "` is a store, and `Service` hands out both of its halves\n  help: take `Reader<…>` to read, or `Writer<…>` to \
             write; of API keys `ApiKeyList<…>`, or `ApiKeys<…>`",
        ]);
    }
    if facts.unchecked && !route.allows("unchecked") {
        fail(&[
            "SA200: `",
            name,
            "` loads objects without asking whose they are\n  help: take `Authorized<…>` or `Scoped<…>`, or say why not: \
             `allow(unchecked, reason = \"…\")`",
        ]);
    }
}

/// Checks that what an argument with the name of a secret takes from the path is no text, unless it is an object's key.
#[track_caller]
pub const fn check_secret_parameter(name: &str, facts: ArgumentFacts) {
    if let (Some(texts), None) = (facts.texts, facts.object)
        && texts.are_plain()
    {
        fail(&["SA143: `", name, "`", SECRET_IN_PATH]);
    }
}

/// Checks an input: it has no field that needs a caller where there may be none, speaks of the route's roles, and holds
/// a secret only in a body, of a public route only if that takes credentials.
#[track_caller]
const fn check_contents(route: &Route, facts: ArgumentFacts) {
    let Contents {
        secret, asks_caller, roles, other_roles, unnamed_below, endless, valueless, ..
    } = facts.contents;
    if let Some((field, input)) = endless {
        fail(&[
            "SA754: `",
            field,
            "` leads back to `",
            input,
            "`, and nothing says how deep\n  help: write `#[input(depth = 5)]` above it, the most levels below the outermost",
        ]);
    }
    if let Some((field, input)) = valueless {
        fail(&[
            "SA755: `",
            field,
            "` has to be there and leads back to `",
            input,
            "`, so no value of it ends\n  help: make it `Option<…>`, or a list that may be empty",
        ]);
    }
    if matches!(facts.reads, Reads::Flat(_)) {
        check_parameters(&facts.contents);
    }
    if let (Reads::Flat(_), Some(unnamed)) = (facts.reads, unnamed_below) {
        match unnamed {
            Unreachable::Form(field) => fail(&["SA512: `", field, "`", QUERY]),
            Unreachable::Brackets(field) => fail(&["SA555: `", field, "`", BRACKETS]),
        }
    }
    let public = matches!(route.access, Access::Public(_));
    if let Some(asks) = asks_caller
        && public
    {
        let (field, why) = match asks {
            AsksCaller::Refers(field) => (field, "it refers to an object"),
            AsksCaller::Settable(field) => (field, "not everybody may set it"),
        };
        fail(&[
            "SA231: `",
            route.name,
            "` is public, and `",
            field,
            "` needs to know who is calling: ",
            why,
            "\n  help: write `role = Role::…` in place of `public`, or leave the field out of this input",
        ]);
    }
    if let Some((field, table)) = roles {
        check_roles(route, field, table);
    }
    if let Some((field, table)) = other_roles {
        check_roles(route, field, table);
    }
    let Some(field) = secret else { return };
    if !facts.takes_body && !facts.reads.is_of_head() {
        fail(&[
            "SA233: `",
            field,
            "` is a secret, and a URL stands in logs and histories\n  help: take `Json` or `Form` of a `#[post]` in \
             place of `Query`",
        ]);
    }
    if public && !route.options.credential {
        fail(&[
            "SA232: `",
            route.name,
            "` is public and takes the secret `",
            field,
            "`\n  help: write `credential, limit = Limit::per_address(5).per_minute()` beside `public`: a limit per address that \
             is stricter than the API's",
        ]);
    }
}

/// Checks that an argument reads no body that another one has read, none into a file whose sender is to be proved, and proves none that
/// is read before. One that is no argument at all has been told of.
#[track_caller]
pub const fn check_body(route: &Route, facts: ArgumentFacts, earlier: &[ArgumentFacts]) {
    let mut index = 0;
    while index < earlier.len() {
        if facts.takes_body && earlier[index].takes_body {
            fail(&[
                "SA523: `",
                route.name,
                "` takes two bodies\n  help: a request has one: put the fields of both into one input",
            ]);
        }
        if facts.proves_body && earlier[index].takes_body {
            fail(&[
                "SA239: `",
                route.name,
                "` reads a body before it is known who sent it\n  help: write `Webhook` in front of the argument that reads it",
            ]);
        }
        // Where the content is in a file, nothing is in memory, and a signature of nothing would stand for all of it.
        if matches!(facts.raw, Some(RawFacts { form: RawForm::File, .. }))
            && earlier[index].proves_body
        {
            fail(&[
                "SA248: `",
                route.name,
                "` takes a webhook whose content is in a file, which no signature is checked of\n  help: write `RawBody` in place \
                 of `StreamedBody`",
            ]);
        }
        index += 1;
    }
}
