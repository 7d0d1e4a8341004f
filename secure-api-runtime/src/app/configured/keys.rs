//! The table of settings that a configuration can state: each with its name, its form, and the way in which it is applied and
//! shown.

use std::net::ToSocketAddrs;

#[cfg(any(feature = "discovery", feature = "redis"))]
use super::fit::without_password;
#[cfg(feature = "acme")]
use super::tls::{set_agreed, set_directory, set_root_certificate};
use super::{
    super::{cors::is_origin, host::Host},
    docs::{documented, set_docs_role, shown_developing},
    draft::Draft,
    fit::{FORWARDED, cast, each, has_password, some_list, untold, yes},
    previews::{set_previews, shown_previews},
};
use crate::{
    base_url::BaseUrl,
    config::{Key, Sets, Unfit, duration, limit, size, text},
    docs::Docs,
    inventory::live::KeptIn,
    observe::Audit,
    proxies::Proxies,
};

const ANY: u64 = usize::MAX as u64;
const BITS_32: u64 = u32::MAX as u64;

/// Writes a row: name, perhaps its group, form, the value that there is, and a description.
macro_rules! keys {
    ($($(#[$feature:meta])* $name:literal $(in $group:literal)?, $sets:expr, $shows:expr, $description:literal;)*) => {
        &[$($(#[$feature])* Key {
            name: $name,
            group: concat!("" $(, $group)?),
            description: $description,
            sets: $sets,
            shows: $shows,
        }),*]
    };
}

/// Writes the form and the value of a bound of the server.
macro_rules! server {
    (duration $field:ident) => {
        Sets::Duration(|draft, value| {
            draft.builder.settings.server.$field = value;
            Ok(())
        })
    };
    (number $field:ident, $most:expr) => {
        Sets::Number($most, |draft, value| {
            draft.builder.settings.server.$field = cast(value)?;
            Ok(())
        })
    };
}

/// All settings, in the order in which they are listed.
pub(super) static KEYS: &[Key<Draft>] = keys! {
    "base_url",
        Sets::Text(|draft, url| match (has_password(url), BaseUrl::parse(url)) {
            (true, _) => Err(Unfit::Secret),
            (false, Some(url)) => { draft.builder.settings.base_url = Some(url); Ok(()) }
            (false, None) => Err("not a URL that an app is found at, as `https://shop.example/api`".into()),
        }),
        |draft| draft.builder.settings.base_url.as_ref().map(|url| text(&url.to_string())),
        "The URL that callers find the app at.";
    "hosts",
        Sets::List(|draft, hosts| {
            each(&hosts, "not a list of hosts, as `shop.example`", |host| Host::parse(host).is_some())?;
            draft.builder.settings.hosts = hosts;
            Ok(())
        }),
        |draft| some_list(&draft.builder.settings.hosts), "The hosts that the app answers for; others get 421.";
    "cors",
        Sets::List(|draft, origins| {
            each(&origins, "not a list of origins, as `https://app.example`", is_origin)?;
            draft.builder.settings.origins = origins;
            Ok(())
        }),
        |draft| some_list(&draft.builder.settings.origins), "The origins whose pages may read answers in a browser.";
    "proxies",
        Sets::List(|draft, networks| {
            let mut proxies = Proxies::default();
            let every = networks.iter().all(|network| proxies.add(network));
            if !every {
                return Err("not a list of networks, as `10.0.0.0/8`".into());
            }
            let settings = &mut draft.builder.settings;
            (settings.proxies, settings.proxy_names) = (proxies, networks);
            Ok(())
        }),
        |draft| some_list(&draft.builder.settings.proxy_names),
        "The networks of the proxies before the app, whose word on a client counts.";
    "forwarded",
        Sets::Choice(&["x-forwarded-for", "forwarded", "neither"], |draft, header| {
            draft.builder.settings.forwarded = FORWARDED.iter().find(|(name, _)| *name == header).map(|(_, header)| *header);
            Ok(())
        }),
        |draft| {
            let stated = draft.builder.settings.forwarded?;
            FORWARDED.iter().find(|(_, header)| *header == stated).map(|(name, _)| text(name))
        },
        "The header in which the proxies tell the address of a client.";
    "body_limit",
        Sets::Size(ANY, |draft, bytes| { draft.builder.settings.body_limit = cast(bytes)?; Ok(()) }),
        |draft| Some(size(draft.builder.settings.body_limit as u64)), "The most bytes of a request's body.";
    "accept_gzip",
        Sets::Flag(|draft, accepts| { draft.builder.settings.gzip = accepts; Ok(()) }),
        |draft| Some(draft.builder.settings.gzip.to_string()), "Takes bodies that are compressed by gzip.";
    "deadline",
        Sets::Duration(|draft, time| { draft.builder.settings.deadline = time; Ok(()) }),
        |draft| Some(duration(draft.builder.settings.deadline)),
        "The deadline of a request: for its body, and again for its answer.";
    "address_limit",
        Sets::Limit(|draft, limit| { draft.builder.settings.address_limit = limit; Ok(()) }),
        |draft| Some(limit(&draft.builder.settings.address_limit)), "The limit of one address over the whole app.";
    "limit_scale",
        Sets::Number(BITS_32, |draft, factor| {
            if factor == 0 {
                return Err("not a factor of 1 or more".into());
            }
            draft.builder.settings.limit_scale = cast(factor)?;
            Ok(())
        }),
        |draft| Some(draft.builder.settings.limit_scale.to_string()),
        "The factor of every limit, for load tests on loopback.";
    "most_open",
        Sets::Number(ANY, |draft, answers| { draft.builder.settings.most_open = cast(answers)?; Ok(()) }),
        |draft| Some(draft.builder.settings.most_open.to_string()), "The most answers that stay open at one time.";
    "spool",
        Sets::Path(|draft, folder| { draft.builder.settings.spool = folder; Ok(()) }),
        |draft| Some(text(&draft.builder.settings.spool.display().to_string())), "The folder of bodies that are in files.";
    "inventory_file" in "inventory",
        Sets::Path(|draft, path| { draft.builder.settings.inventory = KeptIn::File(path); Ok(()) }),
        |draft| match &draft.builder.settings.inventory {
            KeptIn::File(path) => Some(text(&path.display().to_string())),
            KeptIn::Ledger | KeptIn::Process => None,
        },
        "The file that the live inventory is kept in.";
    "inventory_shared" in "inventory", Sets::Mark(|draft| { draft.builder.settings.inventory = KeptIn::Ledger; Ok(()) }),
        |draft| (draft.builder.settings.inventory == KeptIn::Ledger).then(yes), "Keeps the live inventory in the ledger.";
    "docs.while_developing" in "docs", Sets::Mark(|draft| documented(draft, Docs::while_developing())),
        shown_developing, "Serves the documents in a debug build, and not in a release build.";
    "docs.open" in "docs",
        Sets::Text(|draft, reason| documented(draft, Docs::open(reason))),
        |draft| draft.builder.settings.docs.reason().map(text), "Serves the documents to everybody, for this reason.";
    "docs.off" in "docs", Sets::Mark(|draft| documented(draft, Docs::off())),
        |draft| (!draft.builder.settings.docs.served()).then(yes), "Serves no documents.";
    "docs.for_role" in "docs",
        Sets::Text(set_docs_role),
        |draft| draft.builder.settings.docs.settings().role.as_deref().map(text),
        "Serves the documents to callers with this role.";
    "previews",
        Sets::List(set_previews), shown_previews, "The previews that are served.";
    "server.handshake_timeout", server!(duration handshake_timeout),
        |draft| Some(duration(draft.builder.settings.server.handshake_timeout)), "The time that a TLS handshake may take.";
    "server.header_timeout", server!(duration header_timeout),
        |draft| Some(duration(draft.builder.settings.server.header_timeout)),
        "The time in which a request's header section arrives.";
    "server.idle_timeout", server!(duration idle_timeout),
        |draft| Some(duration(draft.builder.settings.server.idle_timeout)),
        "The time that a connection may be without a request.";
    "server.max_header_bytes",
        Sets::Size(BITS_32, |draft, bytes| { draft.builder.settings.server.max_header_bytes = cast(bytes)?; Ok(()) }),
        |draft| Some(size(draft.builder.settings.server.max_header_bytes.into())), "The largest header section.";
    "server.max_connections", server!(number max_connections, ANY),
        |draft| Some(draft.builder.settings.server.max_connections.to_string()), "The largest number of connections.";
    "server.max_concurrent_streams", server!(number max_concurrent_streams, BITS_32),
        |draft| Some(draft.builder.settings.server.max_concurrent_streams.to_string()),
        "The largest number of open requests on one HTTP/2 connection.";
    "server.max_concurrent_requests", server!(number max_concurrent_requests, ANY),
        |draft| Some(draft.builder.settings.server.max_concurrent_requests.to_string()),
        "The largest number of requests that run at one time.";
    "server.max_buffered_bytes",
        Sets::Size(ANY, |draft, bytes| { draft.builder.settings.server.max_buffered_bytes = cast(bytes)?; Ok(()) }),
        |draft| Some(size(draft.builder.settings.server.max_buffered_bytes as u64)), "The most bytes of bodies and of unsent answers.";
    "server.latency_target", server!(duration latency_target),
        |draft| Some(duration(draft.builder.settings.server.latency_target)), "The latency of operations without a queue.";
    "server.proxy_protocol",
        Sets::Flag(|draft, speaks| { draft.builder.settings.server.proxy_protocol = speaks; Ok(()) }),
        |draft| Some(draft.builder.settings.server.proxy_protocol.to_string()), "Reads the PROXY protocol of trusted proxies.";
    "server.certificate_interval", server!(duration certificate_interval),
        |draft| Some(duration(draft.builder.settings.server.certificate_interval)),
        "The time between two looks at the files of the certificates.";
    "server.shutdown_deadline", server!(duration shutdown_deadline),
        |draft| Some(duration(draft.builder.settings.server.shutdown_deadline)),
        "The time that requests have to finish at shutdown.";
    "server.shutdown_delay", server!(duration shutdown_delay),
        |draft| Some(duration(draft.builder.settings.server.shutdown_delay)),
        "The time from the signal to the end of the listener.";
    #[cfg(feature = "tls")]
    "tls.certificate" in "tls/files",
        Sets::Paths(|draft, paths| { draft.tls.certificate = paths; Ok(()) }),
        |draft| draft.builder.tls.is_some().then(untold), "The files of the certificate chains, in PEM.";
    #[cfg(feature = "tls")]
    "tls.key" in "tls/files",
        Sets::Paths(|draft, paths| { draft.tls.key = paths; Ok(()) }),
        |draft| draft.builder.tls.is_some().then(untold), "The files of their private keys, in the same order.";
    #[cfg(feature = "acme")]
    "tls.acme.hosts" in "tls/acme", Sets::List(|draft, hosts| { draft.tls.acme.hosts = Some(hosts); Ok(()) }), |_| None,
        "The hosts of a certificate that an authority issues by ACME.";
    #[cfg(feature = "acme")]
    "tls.acme.folder" in "tls/acme", Sets::Path(|draft, folder| { draft.tls.acme.folder = Some(folder); Ok(()) }), |_| None,
        "The folder that keeps it with its keys.";
    #[cfg(feature = "acme")]
    "tls.acme.terms_of_service_agreed" in "tls/acme", Sets::Flag(set_agreed), |_| None,
        "Agrees to the terms of service of the authority.";
    #[cfg(feature = "acme")]
    "tls.acme.contacts" in "tls/acme", Sets::List(|draft, contacts| { draft.tls.acme.contacts = Some(contacts); Ok(()) }), |_| None,
        "The addresses that it may write to, as `mailto:ops@example.com`.";
    #[cfg(feature = "acme")]
    "tls.acme.directory" in "tls/acme", Sets::Text(set_directory), |_| None, "The directory of the authority; Let's Encrypt's by default.";
    #[cfg(feature = "acme")]
    "tls.acme.root_certificate" in "tls/acme", Sets::Path(set_root_certificate), |_| None,
        "The file of the authorities that certify the directory, in PEM.";
    "audit.file",
        Sets::Path(|draft, path| { draft.builder.audit = Some(Audit::file(path)); Ok(()) }),
        |draft| draft.builder.audit.as_ref().map(|_| untold()), "The file of the audit stream.";
    "secret",
        Sets::Secret(|draft, secret| { draft.builder.secret = Some(secret.base64()); Ok(()) }),
        |draft| draft.builder.secret.is_some().then(untold),
        "The app's secret, in base64, as `openssl rand -base64 32` prints it.";
    #[cfg(feature = "redis")]
    "ledger.url",
        Sets::Text(|draft, url| {
            without_password(url, "not the URL of a Redis, as `rediss://redis.example`")?;
            draft.ledger.url = Some(url.to_owned());
            Ok(())
        }),
        |draft| draft.builder.ledger.is_some().then(untold), "The Redis that is the ledger.";
    #[cfg(feature = "redis")]
    "ledger.user",
        Sets::Text(|draft, user| { draft.ledger.user = Some(user.to_owned()); Ok(()) }), |_| None,
        "The user of the Redis.";
    #[cfg(feature = "redis")]
    "ledger.password",
        Sets::Secret(|draft, password| { draft.ledger.password = Some(password); Ok(()) }), |_| None,
        "The password of the Redis.";
    #[cfg(feature = "redis")]
    "ledger.authorities",
        Sets::Path(|draft, path| { draft.ledger.authorities = Some(path); Ok(()) }), |_| None,
        "The file of the authorities that certify the Redis, in PEM.";
    #[cfg(feature = "redis")]
    "ledger.deadline",
        Sets::Duration(|draft, time| { draft.ledger.deadline = Some(time); Ok(()) }), |_| None,
        "The deadline of one operation of the ledger.";
    "manage.address",
        Sets::Text(|draft, address| {
            if address.to_socket_addrs().is_err() {
                return Err("not an address and a port, as `127.0.0.1:9443`".into());
            }
            draft.manage.address = Some(address.to_owned());
            Ok(())
        }),
        |draft| draft.builder.manage.as_ref().map(|_| untold()), "The address of the management listener.";
    "manage.token",
        Sets::Secret(|draft, token| { draft.manage.token = Some(token); Ok(()) }),
        |draft| draft.builder.manage.as_ref().filter(|manage| manage.has_token()).map(|_| untold()),
        "The token that the management listener asks for.";
    "manage.hosts",
        Sets::List(|draft, hosts| { draft.manage.hosts = Some(hosts); Ok(()) }),
        |draft| some_list(draft.builder.manage.as_ref()?.hosts()), "The names that the management listener is asked by.";
    #[cfg(feature = "discovery")]
    "tokens.issuer",
        Sets::Text(|draft, url| {
            without_password(url, "not the URL of an issuer, as `https://login.example`")?;
            draft.tokens.issuer = Some(url.to_owned());
            Ok(())
        }),
        |draft| Some(text(&draft.builder.issuers.first()?.name)), "The issuer whose tokens are accepted.";
    #[cfg(feature = "discovery")]
    "tokens.audience",
        Sets::Text(|draft, name| { draft.tokens.audience = Some(name.to_owned()); Ok(()) }),
        |draft| draft.builder.issuers.first()?.audience.as_deref().map(text), "The app's name in its tokens.";
    #[cfg(feature = "discovery")]
    "tokens.jwks_uri",
        Sets::Text(|draft, url| {
            without_password(url, "not the URL of a set of keys, as `https://login.example/keys`")?;
            draft.tokens.jwks_uri = Some(url.to_owned());
            Ok(())
        }),
        |_| None, "The URL of its keys, where they are not found by discovery.";
    #[cfg(feature = "discovery")]
    "tokens.roles_claim",
        Sets::Text(|draft, claim| { draft.tokens.roles_claim = Some(claim.to_owned()); Ok(()) }),
        |draft| Some(text(&draft.builder.issuers.first()?.shape.roles.join(", "))), "The claim that has the roles.";
    #[cfg(feature = "discovery")]
    "tokens.tenant_claim",
        Sets::Text(|draft, claim| { draft.tokens.tenant_claim = Some(claim.to_owned()); Ok(()) }),
        |draft| draft.builder.issuers.first()?.tenant_claim.as_deref().map(text), "The claim that has the tenant.";
};
