//! The checks at start: every store and service that the routes take is registered.

mod flat;

use self::flat::flat;
#[cfg(feature = "client")]
use super::upstreams;
use super::{
    AppBuilder, apart, audited, besides, cors::is_origin, host::Host, registered::registered,
    sources::sources, spool, tables::tables,
};
use crate::{
    error::StartProblem,
    identity::{Place, Sources},
    input::Media,
    inventory::{ApiModel, ArgumentModel, Operation, live::KeptIn},
    ledger::AppLedger,
    limit::{Limit, Unit},
    manage::Manage,
    object::{CURSOR, CursorKey, SIZE},
    reason::is_sentence,
    secret::{self, AppSecret},
    serve::without_room,
    view::FIELDS,
};

/// Adds what is wrong to the builder's problems. Gives the sources of identity that are sound, and the ledger.
pub(super) fn verify(builder: &mut AppBuilder, model: &ApiModel) -> (Sources, AppLedger) {
    tables(builder);
    proxies(builder);
    #[cfg(feature = "client")]
    upstreams::without_token(builder);
    let remembering = remembering(builder, model);
    builder.problems.extend(apart::read_by_input(model, remembering.0.kinds()));
    registered(builder);
    builder.problems.extend(besides::taken(model));
    builder.problems.extend(besides::read_twice(model));
    names(builder);
    inputs(builder, model);
    parameters(builder, model);
    settings(builder);
    builder.problems.extend(spool::lacking(builder));
    builder.problems.extend(builder.manage.iter().flat_map(Manage::problems));
    remembering
}

/// Makes what depends on the app's secret: the key of cursors, the ledger, and the sources that remember in it. In the place
/// of a weak one, with which no app starts, stands a random one.
fn remembering(builder: &mut AppBuilder, model: &ApiModel) -> (Sources, AppLedger) {
    let (given, own) = (builder.secret.is_some(), builder.ledger.take());
    if own.is_some() && !given {
        builder.problems.push(StartProblem {
            code: "SA130",
            text: "the app has a ledger of its own, and no secret to make its names with"
                .to_owned(),
            help: "give `.secret(…)` 32 random bytes, the same on every machine",
        });
    }
    if own.is_none() && builder.settings.inventory == KeptIn::Ledger {
        builder.problems.push(StartProblem {
            code: "SA136",
            text: "the live inventory is to be shared, and the app has no ledger that machines share"
                .to_owned(),
            help: "add `.ledger(…)` to the app, or write `.inventory_file(\"…\")` in place of `.inventory_shared()`",
        });
    }
    if !given && matches!(builder.settings.inventory, KeptIn::File(_)) {
        builder.problems.push(StartProblem {
            code: "SA236",
            text: "the live inventory is kept in a file, and the app has no secret to name its clients by"
                .to_owned(),
            help: "add `.secret(SecretBytes::env(\"APP_SECRET\").base64())` to the app, with the name of your variable: 32 random bytes",
        });
    }
    builder.problems.extend(own.iter().flat_map(|own| own.problems()));
    let secret = secret(builder).unwrap_or_else(AppSecret::random);
    let ledger = AppLedger::new(&secret, own, builder.settings.clock.clone());
    builder.remembers = Some(ledger.clone());
    audited::ready(builder, &ledger);
    builder.state.add_service(CursorKey::of(&secret));
    #[cfg(feature = "client")]
    builder.state.add_service(ledger.clone());
    (sources(builder, model, ledger.clone(), &secret), ledger)
}

/// Checks that the documents are open for a reason, and that the bounds of time and of the server admit somebody.
fn settings(builder: &mut AppBuilder) {
    let super::Settings { docs, server, deadline, address_limit, .. } = &builder.settings;
    let unexplained = docs.reason().is_some_and(|reason| !is_sentence(reason));
    let unexplained = unexplained.then(|| StartProblem {
        code: "SA641",
        text: "the documents are open to everybody without a reason in words".to_owned(),
        help: "write a sentence for the one who reviews it, of three words or more, into `Docs::open(…)`",
    });
    let foreign = docs.readers().filter(|readers| !readers.is_of(builder.api.roles));
    let docs = unexplained.into_iter().chain(foreign.map(|readers| StartProblem {
        code: "SA648",
        text: format!(
            "the documents are for a role of {}, and the roles of {} are {}",
            readers.table().type_name,
            builder.api.name,
            builder.api.roles.type_name
        ),
        help: "name a role of the API's own enum, as `Docs::for_role(Role::…)`",
    }));
    let deadline = deadline.is_zero().then(|| without_room("deadline"));
    let addresses = misfit(address_limit).map(|misfit| StartProblem {
        code: "SA315",
        text: format!("the limit of addresses over the whole app is {misfit}"),
        help: "write `.address_limit(Limit::per_address(1200).per_minute())`, or `Limit::unlimited(\"…\")` with the reason",
    });
    builder.problems.extend(docs.chain(deadline).chain(addresses).chain(server.problems()));
}

/// Returns the reason for which a limit is none of addresses over the whole app: nobody knows the caller yet, nothing is read
/// yet, and what only counts or is counted at one time bounds no guessing.
fn misfit(limit: &Limit) -> Option<String> {
    match limit.unit() {
        Unit::Unlimited => None,
        Unit::Address if limit.is_at_once() => Some("of requests at one time".to_owned()),
        Unit::Address if limit.is_observed() => Some("only observed".to_owned()),
        Unit::Address if limit.weighs().is_some() => Some("by the input".to_owned()),
        Unit::Address => None,
        unit => Some(format!("per {}", unit.name())),
    }
}

impl AppBuilder {
    /// Returns `true` if the app's own server asks clients for certificates.
    pub(super) fn asks_clients(&self) -> bool {
        #[cfg(feature = "tls")]
        return matches!(&self.tls, Some(Ok(tls)) if tls.asks_clients());
        #[cfg(not(feature = "tls"))]
        false
    }
}

/// Checks that the trusted proxies are not everyone, and that somebody brings the certificates that callers are known by.
fn proxies(builder: &mut AppBuilder) {
    if builder.settings.proxies.cover_everyone() {
        builder.problems.push(StartProblem {
            code: "SA184",
            text: "the trusted proxies are everyone, so anybody can say where a request comes from, and whose certificate it has"
                .to_owned(),
            help: "name the networks of your proxies alone, as `.proxies([\"10.0.0.0/8\"])`",
        });
    }
    if builder.settings.server.proxy_protocol && builder.settings.proxy_names.is_empty() {
        builder.problems.push(StartProblem {
            code: "SA225",
            text: "the PROXY protocol is for trusted proxies, and none is named".to_owned(),
            help: "name the networks of those who speak it, as `.proxies([\"10.0.0.0/8\"])`",
        });
    }
    if builder.settings.forwarded.is_some() && builder.settings.proxy_names.is_empty() {
        builder.problems.push(StartProblem {
            code: "SA226",
            text: "a header tells the addresses of clients, and no proxy that writes it is named"
                .to_owned(),
            help: "name the networks of those who write it, as `.proxies([\"10.0.0.0/8\"])`",
        });
    }
    let known = builder.sources.iter().any(|(kind, _)| kind.place() == Place::Connection);
    if known && builder.settings.proxy_names.is_empty() && !builder.asks_clients() {
        builder.problems.push(StartProblem {
            code: "SA186",
            text: "callers are known by client certificates, and nobody asks for one".to_owned(),
            help: "ask for them by `Tls::clients(…)`, or name the proxies that do by `.proxies([…])`",
        });
    }
}

/// Checks the hosts that the app answers for, and the origins whose pages may read answers.
fn names(builder: &mut AppBuilder) {
    let super::Settings { hosts, origins, .. } = &builder.settings;
    let hosts = hosts.iter().filter(|host| Host::parse(host).is_none()).map(|host| StartProblem {
        code: "SA221",
        text: format!("`{host}` is no host"),
        help: "write it as `Host` has it: `shop.example`, or `shop.example:8443` where the port is not the default",
    });
    let origins = origins.iter().filter(|origin| !is_origin(origin)).map(|origin| StartProblem {
        code: "SA222",
        text: format!("`{origin}` is no origin that answers may be read by"),
        help: "write it as browsers send it: `https://app.example`; `http` is for this machine, as \
               `http://localhost:5173`",
    });
    builder.problems.extend(hosts.chain(origins));
}

/// Checks the inputs of the operations that come from a query string or a form.
fn inputs(builder: &mut AppBuilder, model: &ApiModel) {
    for operation in &model.operations {
        for argument in &operation.arguments {
            let schema = match argument {
                ArgumentModel::Query(schema) => Some(&**schema),
                ArgumentModel::Body { schema, media: Media::Form, .. } => schema.named(),
                _ => None,
            };
            if let Some(schema) = schema {
                flat(&operation.name, schema, model, &mut Vec::new(), &mut builder.problems);
            }
        }
    }
}

/// Checks that nobody else reads the parameters that the framework does.
fn parameters(builder: &mut AppBuilder, model: &ApiModel) {
    for operation in &model.operations {
        for name in taken_twice(model, operation) {
            builder.problems.push(StartProblem {
                code: "SA717",
                text: format!("`{}` has a query parameter `{name}` of its own", operation.name),
                help: "rename the field of the input: the framework reads `fields` on a GET that shows a view, and \
                       `size` and `cursor` where `Paging` is taken",
            });
        }
    }
}

/// Checks the app's secret. None where none is given, or one that is unread, too short or can be guessed.
fn secret(builder: &mut AppBuilder) -> Option<AppSecret> {
    let given = builder.secret.as_ref()?;
    let is_short = given.unread().is_none() && given.expose().len() < secret::SHORTEST;
    let problem = match is_short {
        true => Some(StartProblem {
            code: "SA718",
            text: "the app's secret has fewer than 32 bytes".to_owned(),
            help: "give `.secret(…)` 32 random bytes, the same on every machine",
        }),
        false => given.unfit().map(StartProblem::of),
    };
    match problem {
        Some(problem) => {
            builder.problems.push(problem);
            None
        }
        None => Some(AppSecret::of(given.expose())),
    }
}

/// Returns the parameters that both the framework and the operation's input would read.
fn taken_twice<'a>(model: &'a ApiModel, operation: &'a Operation) -> impl Iterator<Item = &'a str> {
    let reads = |name: &str| match name {
        FIELDS => operation.offers_fields(),
        SIZE | CURSOR => operation.is_paged(),
        _ => false,
    };
    let inputs = operation.arguments.iter().filter_map(|argument| match argument {
        ArgumentModel::Query(schema) => Some(model.fields(schema)),
        _ => None,
    });
    inputs.flatten().map(|field| &*field.name).filter(move |name| reads(name))
}
